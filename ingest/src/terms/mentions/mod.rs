//! Where a document without a counterpart uses designations of known concepts, and how else it renders them.
//!
//! A text that nothing is aligned with shows no Chinese for what it says. But where it writes a designation that is
//! known from elsewhere, that is a place where it is used; where it spells it otherwise (new-quality for new quality),
//! that spelling is in use; and where it has the same head with a modifier that the dictionary lists for the same
//! Chinese word (new-type for 新型, where new-style is known), it may well render the same Chinese. How sure that is
//! goes by what supports it, not by how often it is met: a phrase that renders something else does so every time.

mod forms;
mod places;
mod spelling;

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};
use corpus::term::{KnownPair, TermPair};
use corpus::text::normalise::normal_form;

use self::forms::Form;
use crate::align::Dictionary;

/// What speaks for a designation that a document uses, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Support {
    /// It is known.
    Known,
    /// A known one is spelled otherwise.
    Spelling,
    /// The vocabulary of the field lists it for the Chinese designation.
    Listed,
    /// It has the head of a known one, and a modifier that the dictionary lists for the same Chinese word.
    Composed,
}

impl Support {
    /// How sure it is that what a document writes renders the Chinese designation, from 0 to 1. Of a known designation
    /// that is never more than what is known of it anyway.
    fn confidence(self, sure: bool) -> f32 {
        match (self, sure) {
            (Self::Known, true) => 0.9,
            (Self::Spelling, true) => 0.85,
            (Self::Known, false) => 0.5,
            (Self::Spelling, false) => 0.45,
            (Self::Listed, true) => 0.6,
            (Self::Listed, false) => 0.35,
            (Self::Composed, true) => 0.45,
            (Self::Composed, false) => 0.25,
        }
    }
}

/// A designation that a document uses, with its places.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The designation with the one in the other language that it stands for; its sightings have one side only.
    pub pair: TermPair,
    /// What speaks for it.
    pub support: Support,
}

/// Known designations, made ready to be looked for in any number of documents.
pub struct Mentions {
    known: Vec<KnownPair>,
    /// For each form the known pair that it is of.
    forms: Vec<(usize, Form)>,
    /// The forms by the keys of their words, with a space between.
    by_keys: HashMap<String, Vec<usize>>,
    /// The Chinese designations, each with the first pair that has it.
    chinese: Option<AhoCorasick>,
    of_chinese: Vec<usize>,
}

impl Mentions {
    /// Makes designations ready. Their order does not matter.
    pub fn new(mut known: Vec<KnownPair>, dictionary: &Dictionary) -> Self {
        known.sort_by(|a, b| b.sure.cmp(&a.sure).then_with(|| a.cmp(b)));
        known.dedup_by(|a, b| (&a.zh, &a.en) == (&b.zh, &b.en));
        let forms: Vec<(usize, Form)> = (0..)
            .zip(&known)
            .flat_map(|(at, known)| forms::forms(known, dictionary).into_iter().map(move |form| (at, form)))
            .collect();
        let mut by_keys: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, (_, form)) in forms.iter().enumerate() {
            for row in form.key_rows() {
                by_keys.entry(row.join(" ")).or_default().push(at);
            }
        }
        let (mut designations, mut of_chinese) = (Vec::new(), Vec::new());
        let mut places: HashMap<String, usize> = HashMap::new();
        for (at, known) in known.iter().enumerate() {
            places.entry(normal_form(&known.zh)).or_insert_with_key(|zh| {
                designations.push(zh.clone());
                of_chinese.push(at);
                at
            });
        }
        let chinese = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(designations).ok();
        Self { known, forms, by_keys, chinese, of_chinese }
    }

    /// What an English document uses, by Chinese designation. Its sentences are those of its running text.
    pub fn in_english(&self, sentences: &[&str]) -> Vec<Mention> {
        places::in_english(self, sentences)
    }

    /// What a Chinese document uses; nothing is proposed.
    pub fn in_chinese(&self, sentences: &[&str]) -> Vec<Mention> {
        places::in_chinese(self, sentences)
    }
}

/// The texts by which a search finds every English document in which [`Mentions::in_english`] may find these pairs: each
/// may be met with any inflection of its words, and with hyphens or spaces between them.
pub fn spellings(known: &[KnownPair], dictionary: &Dictionary) -> Vec<String> {
    let forms = known.iter().flat_map(|known| forms::forms(known, dictionary));
    let mut texts: Vec<String> = forms.flat_map(|form| form.spellings()).collect();
    texts.sort();
    texts.dedup();
    texts
}

#[cfg(test)]
mod tests;
