//! Word links of aligned sentences.
//!
//! What is known of words beforehand is weighed first ([`evidence`]); then two hidden Markov models, one of each
//! direction, are trained on the sentences and must agree ([`agreement`]); links are what both believe in
//! ([`symmetry`]).

mod agreement;
mod alike;
mod amounts;
mod cells;
mod evidence;
mod function_words;
mod hmm;
mod meanings;
mod names;
mod sounds;
mod symmetry;
mod taught;

use super::{Dictionary, Knowledge, dictionary::english_words, numbers, side::Side, tokens::is_traditional};
use cells::Cells;
use corpus::text::normalise::normal_form;

pub(crate) use taught::word_pairs;

/// A sentence pair as words.
type TokenPair<'a> = (Vec<&'a str>, Vec<&'a str>);

/// Sentences are trained together as long as their word pairs are no more than this, which bounds memory.
const TOGETHER: usize = 4_000_000;

/// Word links of tokenised sentence pairs, as (Chinese, English) indexes from 0, ascending.
///
/// Trained on the pairs themselves in both directions, with all that is known of words as prior; a link stands where
/// both directions believe in it, or where it joins a word that has none to a neighbouring link.
pub fn word_links(pairs: &[TokenPair<'_>], knowledge: Knowledge<'_>) -> Vec<Vec<(usize, usize)>> {
    posteriors(pairs, knowledge).iter().map(Soft::links).collect()
}

/// How likely each word of one side is linked to each of the other, by both directions.
pub(crate) struct Soft {
    /// How many English words there are.
    en: usize,
    /// Chinese words × English words, row after row; empty for sentences that are too long.
    cells: Vec<f32>,
}

impl Soft {
    /// The geometric mean of both directions, from 0 to 1.
    pub(crate) fn get(&self, zh: usize, en: usize) -> f32 {
        if en >= self.en {
            return 0.0;
        }
        self.cells.get(zh * self.en + en).copied().unwrap_or(0.0)
    }

    /// The links, as (Chinese, English) indexes from 0, ascending.
    pub(crate) fn links(&self) -> Vec<(usize, usize)> {
        symmetry::links(&self.cells, self.en)
    }
}

/// The word posteriors of tokenised sentence pairs.
pub(crate) fn posteriors(pairs: &[TokenPair<'_>], knowledge: Knowledge<'_>) -> Vec<Soft> {
    let mut found = Vec::with_capacity(pairs.len());
    let mut rest = pairs;
    while !rest.is_empty() {
        let (part, after) = rest.split_at(together(rest));
        found.extend(trained(part, knowledge));
        rest = after;
    }
    found
}

/// How many of the first pairs are trained together: at least one.
fn together(pairs: &[TokenPair<'_>]) -> usize {
    let mut total = 0usize;
    let fits = |(zh, en): &&TokenPair<'_>| {
        total = total.saturating_add(zh.len().saturating_mul(en.len()));
        total <= TOGETHER
    };
    pairs.iter().take_while(fits).count().max(1)
}

fn trained(pairs: &[TokenPair<'_>], knowledge: Knowledge<'_>) -> Vec<Soft> {
    let simplified: Vec<Vec<String>> = pairs.iter().map(|(zh, _)| zh_words(zh)).collect();
    let texts = simplified.iter().map(|words| words.iter().map(String::as_str).collect());
    let pairs: Vec<TokenPair<'_>> = texts.zip(pairs).map(|(zh, (_, en))| (zh, en.clone())).collect();
    let en_words = |en: &Vec<&str>| en.iter().map(|word| en_key(word, knowledge.dictionary)).collect();
    let en = pairs.iter().map(|(_, en)| en_words(en)).collect();
    let cells = Cells::new(Side::new(simplified.clone(), &[]), Side::new(en, &[]));
    let weights = evidence::weights(&pairs, &cells, knowledge);
    let both = agreement::align(&cells, &weights);
    cells.grids.iter().zip(both).map(|(grid, cells)| Soft { en: grid.en, cells }).collect()
}

/// The words of a Chinese sentence in the form that is counted: in simplified characters, Latin letters small.
fn zh_words(words: &[&str]) -> Vec<String> {
    let traditional = is_traditional(&words.concat());
    words.iter().map(|word| if traditional { normal_form(word).to_lowercase() } else { zh_key(word) }).collect()
}

fn zh_key(word: &str) -> String {
    numbers::ascii(word).to_lowercase()
}

/// An English word in the form that is counted: a number's value, the stems of its parts, or the mark itself.
fn en_key(word: &str, dictionary: &Dictionary) -> String {
    let lower = word.to_lowercase().replace('’', "'");
    if let Some(value) = numbers::value(&lower).or_else(|| numbers::english_value(&lower)) {
        return value;
    }
    let letters: String = lower.chars().filter(|&c| c != '.').collect();
    if letters.starts_with('\'') {
        // A possessive that the tokeniser cut off.
        return lower;
    }
    let abbreviation = letters.len() > 1 && letters.chars().all(char::is_alphabetic);
    let stems: Vec<String> =
        english_words(if abbreviation { &letters } else { &lower }).map(|word| dictionary.stem(&word)).collect();
    if stems.is_empty() { lower } else { stems.join("-") }
}

#[cfg(test)]
mod tests;
