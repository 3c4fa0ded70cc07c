//! The few features by which a document is looked up among all others.

use super::super::fingerprint::{Fingerprint, hash};
use corpus::document::Language;

/// How many rare words are kept. A Chinese word stands there by each of its renderings, so more are needed.
const WORDS_ZH: usize = 320;
const WORDS_EN: usize = 160;
/// How many numbers are kept, and how many pairs of numbers that follow each other.
const NUMBERS: usize = 32;
const NUMBER_PAIRS: usize = 64;

/// Hashes of what is rare in a document, at most some 500; ascending, nothing twice. Translations of each other share
/// many of them, other documents few.
///
/// Of each kind the smallest hashes are kept, so that both languages keep the same features (Broder 1997).
pub fn sketch(print: &Fingerprint) -> Vec<u32> {
    let most = if print.language == Language::Zh { WORDS_ZH } else { WORDS_EN };
    let mut found = smallest(print.words.iter().map(|(word, _)| *word), most);
    found.extend(smallest(print.numbers.iter().map(|number| hash(&format!("n {number}"))), NUMBERS));
    let pairs = print.numbers.iter().zip(print.numbers.iter().skip(1));
    found.extend(smallest(pairs.map(|(a, b)| hash(&format!("p {a} {b}"))), NUMBER_PAIRS));
    // Words of titles weigh on their own: their hashes are apart from those of the text.
    found.extend(print.title.iter().flatten().map(|word| word.rotate_left(16) ^ 0x5bd1_e995));
    found.extend(print.number.map(|(year, serial)| hash(&format!("d {year} {serial}"))));
    found.extend(print.standard.iter().chain(&print.english_title).map(|name| hash(&format!("s {name}"))));
    let all = found.len();
    smallest(found.into_iter(), all)
}

fn smallest(hashes: impl Iterator<Item = u32>, most: usize) -> Vec<u32> {
    let mut found: Vec<u32> = hashes.collect();
    found.sort_unstable();
    found.dedup();
    found.truncate(most);
    found
}
