//! The vocabulary of policy and standards that ships with this crate.

use std::{collections::HashMap, ops::Range, sync::OnceLock};

use aho_corasick::{AhoCorasick, MatchKind};

/// A Chinese word or phrase of the field, and how it is translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headword {
    /// The word, in simplified characters.
    pub zh: &'static str,
    /// What it does in a sentence.
    pub part: PartOfSpeech,
    renderings: &'static str,
}

/// What a word of the vocabulary does in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfSpeech {
    /// An act: 健全.
    Verb,
    /// A thing, which may be a term: 营商环境.
    Noun,
    /// A connective or a set phrase: 自发布之日起施行.
    Phrase,
    /// An agency.
    Name,
}

/// The entries, by headword.
pub(super) struct Vocabulary {
    entries: Vec<Headword>,
    places: HashMap<&'static str, usize>,
    phrases: OnceLock<Option<AhoCorasick>>,
}

/// The words of the vocabulary that ships with this crate. They are read anew at each call, which takes no dictionary.
pub fn headwords() -> impl Iterator<Item = Headword> {
    include_str!("vocabulary.tsv").lines().filter_map(Headword::read)
}

impl Headword {
    /// English words and phrases as in running text, the most usual first; one at least.
    pub fn renderings(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.renderings.split('|')
    }

    /// An entry of a line `Chinese TAB renderings TAB part`; `None` for a comment.
    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split('\t');
        let (zh, renderings) = (cells.next()?, cells.next()?);
        let part = match cells.next() {
            Some("v") => PartOfSpeech::Verb,
            Some("phrase") => PartOfSpeech::Phrase,
            Some("name") => PartOfSpeech::Name,
            _ => PartOfSpeech::Noun,
        };
        Some(Self { zh, part, renderings })
    }
}

impl Vocabulary {
    /// The vocabulary that ships with this crate.
    pub(super) fn shipped() -> Self {
        let entries: Vec<Headword> = headwords().collect();
        let places = entries.iter().enumerate().map(|(at, entry)| (entry.zh, at)).collect();
        Self { entries, places, phrases: OnceLock::new() }
    }

    pub(super) fn get(&self, zh: &str) -> Option<&Headword> {
        self.entries.get(*self.places.get(zh)?)
    }

    /// All entries, in the order of the file.
    pub(super) fn entries(&self) -> &[Headword] {
        &self.entries
    }

    /// The headwords of two characters and more that occur in a text.
    pub(super) fn phrases_in(&self, text: &str) -> Vec<(Range<usize>, &Headword)> {
        let automaton = self.phrases.get_or_init(|| {
            let words = self.entries.iter().map(|entry| entry.zh);
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok()
        });
        let found = automaton.iter().flat_map(|automaton| automaton.find_iter(text));
        let entries = found.filter_map(|place| Some((place.range(), self.entries.get(place.pattern().as_usize())?)));
        entries.filter(|(_, entry)| entry.zh.chars().nth(1).is_some()).collect()
    }
}
