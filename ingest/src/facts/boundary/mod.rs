//! Where a glossed term begins: how much of the words before a bracket the gloss in it covers.

mod chinese;
mod english;

pub(super) use chinese::chinese_term;
pub(super) use english::{english_term, is_known};
