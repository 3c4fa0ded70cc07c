//! What is known of words before a bitext is read: the dictionary, and what other bitexts have taught.

use std::collections::BTreeMap;

use corpus::bitext::WordPair;

use super::Dictionary;

/// What aligning and mining know beforehand.
#[derive(Clone, Copy)]
pub struct Knowledge<'a> {
    /// The dictionary.
    pub dictionary: &'a Dictionary,
    /// Words that other bitexts have rendered.
    pub learned: &'a LearnedWords,
}

impl Knowledge<'static> {
    /// Nothing but the dictionary of this process.
    pub fn of_dictionary() -> Self {
        static NOTHING: LearnedWords = LearnedWords { rows: BTreeMap::new() };
        Self { dictionary: Dictionary::shared(), learned: &NOTHING }
    }
}

/// How often words were linked in other bitexts than the one that is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LearnedWords {
    /// For each Chinese word the stems that rendered it, with expected counts.
    rows: BTreeMap<String, Vec<(String, f32)>>,
}

impl LearnedWords {
    /// Gathers pairs; those of the same words are added up.
    pub fn new(pairs: impl IntoIterator<Item = WordPair>) -> Self {
        let mut rows: BTreeMap<String, Vec<(String, f32)>> = BTreeMap::new();
        for pair in pairs {
            let row = rows.entry(pair.zh).or_default();
            match row.iter_mut().find(|(en, _)| *en == pair.en) {
                Some((_, count)) => *count += pair.count,
                None => row.push((pair.en, pair.count)),
            }
        }
        Self { rows }
    }

    /// The stems that rendered a Chinese word, with expected counts.
    pub fn renderings(&self, zh: &str) -> &[(String, f32)] {
        self.rows.get(zh).map_or(&[], Vec::as_slice)
    }
}
