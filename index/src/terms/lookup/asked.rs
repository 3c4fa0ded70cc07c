//! What was typed, in the forms in which it is looked up.

use std::collections::BTreeSet;

use super::fuzzy::Shape;
use super::pinyin::Spoken;
use super::words::words_of;
use crate::terms::key::{key, stem};

/// What is typed beyond so many characters is not looked at.
const MOST_CHARACTERS: usize = 500;

/// What was typed, in the forms in which it is looked up.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) key: String,
    pub(super) words: BTreeSet<String>,
    pub(super) stems: BTreeSet<String>,
    pub(super) spoken: Option<Spoken>,
    pub(super) shape: Shape,
}

impl Asked {
    /// `None` where there is nothing to look up.
    pub(super) fn new(query: &str) -> Option<Self> {
        let query =
            query.char_indices().nth(MOST_CHARACTERS).map_or(query, |(end, _)| query.get(..end).unwrap_or(query));
        let key = key(query);
        let (words, spoken, shape) = (words_of(&key), Spoken::parse(query), Shape::of(&key));
        let stems = words.iter().map(|word| stem(word)).collect();
        (!key.is_empty()).then_some(Self { key, words, stems, spoken, shape })
    }
}
