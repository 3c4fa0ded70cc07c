//! What is known of words beforehand: CC-CEDICT, and a vocabulary of policy and standards.

mod compounds;
mod glosses;
mod shares;
mod vocabulary;

use std::{ops::Range, sync::OnceLock};

use jieba_rs::Jieba;
use rust_stemmers::{Algorithm, Stemmer};

use super::stop::{is_english_stop, is_gloss_stop};
use compounds::Compounds;
pub(crate) use glosses::english_words;
use shares::Shares;
use vocabulary::Vocabulary;
pub use vocabulary::{Headword, PartOfSpeech, headwords};

/// CC-CEDICT as the crate `chinese_dictionary` carries it and the vocabulary of policy and standards that ships with
/// this crate, with the segmenter and the stemmer that look-up needs.
///
/// Loading takes about half a second and 200 MB, once in a process; so only aligning and mining ask for it.
pub struct Dictionary {
    jieba: Jieba,
    stemmer: Stemmer,
    vocabulary: Vocabulary,
    compounds: Compounds,
}

/// A rendering that the dictionary gives for a Chinese word: a stem and its share of the word's renderings.
pub(crate) type Rendering = (String, f32);

/// The longest headword tried when a word is cut into headwords, in characters.
const LONGEST_HEADWORD: usize = 8;
/// The vocabulary's share in a word that CC-CEDICT has too: it says what the field writes, CC-CEDICT what could be
/// written.
const VOCABULARY: f32 = 2.0 / 3.0;
/// What a rendering of the vocabulary counts less for every one before it.
const LATER: f32 = 0.5;
/// The most that compounds count in a word that is rendered itself.
const COMPOUNDS: f32 = 0.15;
/// After how many compounds their word is counted half as much as that.
const FEW_COMPOUNDS: f32 = 2.0;

impl Dictionary {
    /// The dictionary of this process, loaded at the first call.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Dictionary> = OnceLock::new();
        SHARED.get_or_init(|| {
            // The first look-up loads the crate's tables: better here than in the middle of an alignment.
            let _ = chinese_dictionary::query_by_simplified("一");
            let mut dictionary = Self {
                jieba: Jieba::new(),
                stemmer: Stemmer::create(Algorithm::English),
                vocabulary: Vocabulary::shipped(),
                compounds: Compounds::default(),
            };
            dictionary.compounds = Compounds::learn(&dictionary);
            dictionary
        })
    }

    /// Whether the word is a headword of CC-CEDICT, in simplified characters.
    ///
    /// Words of the vocabulary are none: 营商环境 in one piece would hide the words that terms are made of.
    pub(crate) fn has(&self, word: &str) -> bool {
        !chinese_dictionary::query_by_simplified(word).is_empty()
    }

    /// How common a Chinese word is in the general language: the log of one more than its frequency in the
    /// segmenter's word list of 60 million; 0 for what is no word of that list.
    pub(crate) fn commonness(&self, word: &str) -> f32 {
        // The frequency that would keep a listed word whole is its own.
        if self.jieba.has_word(word) { (self.jieba.suggest_freq(word) as f32).ln_1p() } else { 0.0 }
    }

    /// Whether a gloss of a Chinese word is `to` with this English word in lower case.
    pub(crate) fn is_verb(&self, zh: &str, en: &str) -> bool {
        let entries = chinese_dictionary::query_by_simplified(zh);
        entries.iter().flat_map(|entry| &entry.english).any(|gloss| {
            let rest = gloss.strip_prefix("to ").and_then(|gloss| gloss.strip_prefix(en));
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
        })
    }

    /// What a word of the vocabulary does in a sentence; `None` for what is no headword of it.
    pub(crate) fn part_of_speech(&self, zh: &str) -> Option<PartOfSpeech> {
        self.vocabulary.get(zh).map(|headword| headword.part)
    }

    /// The stem of an English word in lower case.
    pub(crate) fn stem(&self, word: &str) -> String {
        self.stemmer.stem(word).into_owned()
    }

    /// Chinese text cut into words by the segmenter.
    pub(crate) fn cut<'a>(&self, text: &'a str) -> Vec<&'a str> {
        self.jieba.cut(text, true).into_iter().map(|token| token.word).collect()
    }

    /// Chinese text cut into words with the segmenter's part of speech.
    pub(crate) fn tag<'a>(&'a self, text: &'a str) -> Vec<(&'a str, &'a str)> {
        self.jieba.tag(text, true).into_iter().map(|tag| (tag.word, tag.tag)).collect()
    }

    /// Cuts a word that is no headword into the longest headwords from the left; a headword stays whole.
    pub(crate) fn parts<'a>(&self, word: &'a str) -> Vec<&'a str> {
        if self.has(word) {
            return vec![word];
        }
        let mut parts = Vec::new();
        let mut rest = word;
        while !rest.is_empty() {
            let part = self.longest_prefix(rest);
            parts.push(part);
            rest = rest.get(part.len()..).unwrap_or_default();
        }
        parts
    }

    fn longest_prefix<'a>(&self, text: &'a str) -> &'a str {
        let ends: Vec<usize> = text.char_indices().skip(1).map(|(at, _)| at).chain([text.len()]).collect();
        let first = ends.first().copied().unwrap_or(text.len());
        let end =
            ends.iter().copied().take(LONGEST_HEADWORD).rev().find(|&end| self.has(text.get(..end).unwrap_or("")));
        text.get(..end.unwrap_or(first)).unwrap_or(text)
    }

    /// The renderings of a Chinese word as stems of content words, most likely first; shares add up to 1.
    ///
    /// A word that the vocabulary has only in compounds takes from them what their other parts do not account for.
    pub(crate) fn renderings(&self, word: &str) -> Vec<Rendering> {
        let listed = self.listed(word);
        let learned = self.compounds.renderings(word);
        if learned.is_empty() {
            return listed;
        }
        let count: f32 = learned.iter().map(|(_, count)| count).sum();
        let weight = if listed.is_empty() { 1.0 } else { COMPOUNDS * count / (count + FEW_COMPOUNDS) };
        let mut shares = Shares::default();
        shares.add_all(listed.iter().map(|(stem, share)| (stem.as_str(), share * (1.0 - weight))));
        shares.add_all(learned.iter().map(|&(stem, count_here)| (stem, weight * count_here / count)));
        shares.renderings()
    }

    /// The headwords of the vocabulary in a text in simplified characters, of two characters and more: byte ranges,
    /// longest first from the left, none within another.
    pub fn phrases_in(&self, text: &str) -> Vec<(Range<usize>, &Headword)> {
        self.vocabulary.phrases_in(text)
    }

    /// The renderings of a headword of the vocabulary as they are written, the most usual first.
    pub(crate) fn phrases_of_field(&self, zh: &str) -> impl Iterator<Item = &'static str> + use<> {
        self.vocabulary.get(zh).copied().into_iter().flat_map(|headword| headword.renderings())
    }

    /// The glosses of CC-CEDICT for a word, without what stands in brackets.
    pub(crate) fn phrases_of_language(&self, zh: &str) -> Vec<String> {
        let entries = chinese_dictionary::query_by_simplified(zh);
        let glosses = entries.iter().flat_map(|entry| &entry.english).filter_map(|gloss| glosses::plain(gloss));
        glosses.flat_map(|gloss| gloss.split([';', ',']).map(|one| one.trim().to_owned()).collect::<Vec<_>>()).collect()
    }

    /// The renderings that the vocabulary and CC-CEDICT list.
    fn listed(&self, word: &str) -> Vec<Rendering> {
        let field = self.of_vocabulary(word).renderings();
        let general = self.of_glosses(word).renderings();
        if field.is_empty() || general.is_empty() {
            return if field.is_empty() { general } else { field };
        }
        let mut shares = Shares::default();
        shares.add_all(field.iter().map(|(stem, share)| (stem.as_str(), share * VOCABULARY)));
        shares.add_all(general.iter().map(|(stem, share)| (stem.as_str(), share * (1.0 - VOCABULARY))));
        shares.renderings()
    }

    fn of_vocabulary(&self, word: &str) -> Shares {
        let mut shares = Shares::default();
        for (text, weight) in self.vocabulary.get(word).into_iter().flat_map(weighed) {
            self.add_phrase(text, weight, &mut shares);
        }
        shares
    }

    /// Each gloss counts alike whatever its length, so a long explanation does not drown a plain equivalent.
    fn of_glosses(&self, word: &str) -> Shares {
        let mut shares = Shares::default();
        for entry in chinese_dictionary::query_by_simplified(word) {
            for gloss in entry.english.iter().filter_map(|gloss| glosses::plain(gloss)) {
                self.add_phrase(&gloss, 1.0, &mut shares);
            }
        }
        shares
    }

    /// Adds the content words of a rendering, which share its weight, and its initials.
    fn add_phrase(&self, text: &str, weight: f32, shares: &mut Shares) {
        let words = self.content_stems(text);
        let share = weight / (words.len().max(1) as f32);
        shares.add_all(words.iter().chain(glosses::initials(&words).as_ref()).map(|word| (word.as_str(), share)));
    }

    /// The stems of the content words of a phrase; a phrase of function words only renders a function word.
    fn content_stems(&self, text: &str) -> Vec<String> {
        let words: Vec<String> = english_words(text).filter(|word| !is_gloss_stop(word)).collect();
        let content: Vec<&String> = words.iter().filter(|word| !is_english_stop(word)).collect();
        let kept = if content.is_empty() { words.iter().collect() } else { content };
        kept.into_iter().map(|word| self.stem(word)).collect()
    }
}

/// The renderings of an entry, each with its weight: 1 for the most usual.
fn weighed(entry: &Headword) -> impl Iterator<Item = (&'static str, f32)> {
    entry.renderings().enumerate().map(|(before, text)| (text, 1.0 / (1.0 + LATER * before as f32)))
}

#[cfg(test)]
mod tests;
