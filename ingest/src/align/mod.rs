//! Documents to bitexts, sentences to beads, words to links.
//!
//! [`fingerprint()`], [`sketch`] and [`pair`] find which documents are translations of each other; [`beads()`] aligns the sentences
//! of such a pair; [`word_links`] aligns the words of aligned sentences. All three are pure functions: the same
//! input gives the same output on every machine.

mod beads;
mod dictionary;
mod fingerprint;
mod knowledge;
mod line;
mod links;
mod numbers;
mod pairing;
mod side;
mod stop;
mod tokens;

pub use beads::beads;
pub use dictionary::{Dictionary, Headword, PartOfSpeech, headwords};
pub use fingerprint::{Fingerprint, fingerprint};
pub use knowledge::{Knowledge, LearnedWords};
pub use line::Line;
pub use links::word_links;
pub(crate) use links::{Soft, posteriors, word_pairs};
pub use pairing::{PairScore, Trial, pair, promise, sketch, try_alignment};
pub(crate) use stop::{is_chinese_stop, is_english_stop};
pub(crate) use tokens::is_traditional;

#[cfg(test)]
mod tests;
