//! Word links of aligned sentences: two hidden Markov models that must agree (Liang, Taskar and Klein 2006).

use std::collections::BTreeMap;

use corpus::bitext::WordPair;

use super::{
    Dictionary, Knowledge,
    dictionary::english_words,
    hmm::{self, Posterior},
    lexicon::{Lexicon, PriorRows},
    numbers,
    side::Side,
    tokens,
};

/// How likely a link must be, as the geometric mean of both directions.
const LIKELY: f32 = 0.2;

/// Word links of tokenised sentence pairs, as (Chinese, English) indexes from 0, ascending.
///
/// Trained on the pairs themselves in both directions, with the dictionary as prior; a link stands where both
/// directions believe in it.
pub fn word_links(pairs: &[(Vec<&str>, Vec<&str>)], knowledge: Knowledge<'_>) -> Vec<Vec<(usize, usize)>> {
    posteriors(pairs, knowledge).iter().map(Soft::links).collect()
}

/// How likely each word of one side is linked to each of the other, by both directions.
pub(crate) struct Soft {
    zh: usize,
    en: usize,
    forward: Posterior,
    backward: Posterior,
}

impl Soft {
    /// The geometric mean of both directions.
    pub(crate) fn get(&self, zh: usize, en: usize) -> f32 {
        (self.forward.get(en, zh) * self.backward.get(zh, en)).sqrt()
    }

    /// The links, as (Chinese, English) indexes from 0, ascending.
    pub(crate) fn links(&self) -> Vec<(usize, usize)> {
        let all = (0..self.zh).flat_map(|zh| (0..self.en).map(move |en| (zh, en)));
        all.filter(|&(zh, en)| self.get(zh, en) > LIKELY).collect()
    }
}

/// The word posteriors of tokenised sentence pairs.
pub(crate) fn posteriors(pairs: &[(Vec<&str>, Vec<&str>)], knowledge: Knowledge<'_>) -> Vec<Soft> {
    let dictionary = knowledge.dictionary;
    let zh_keys = pairs.iter().map(|(zh, _)| zh.iter().map(|word| zh_key(word)).collect()).collect();
    let en_keys = pairs.iter().map(|(_, en)| en.iter().map(|word| en_key(word, dictionary)).collect()).collect();
    let (zh, en) = (Side::new(zh_keys, &[]), Side::new(en_keys, &[]));
    let rows: PriorRows = zh.words.iter().map(|word| prior_row(word, &en, dictionary)).collect();
    let prior = Lexicon::from_rows(rows, &zh, &en);
    let numbered: Vec<hmm::Pair> = zh.sentences.iter().cloned().zip(en.sentences.iter().cloned()).collect();
    let swapped: Vec<hmm::Pair> = numbered.iter().map(|(zh, en)| (en.clone(), zh.clone())).collect();
    let first = Lexicon::train(&prior, &numbered, &zh, &en);
    let forward = hmm::align(&prior.forward, &first.forward, &numbered, &en.share);
    let backward = hmm::align(&prior.backward, &first.backward, &swapped, &zh.share);
    let sides = numbered.iter().map(|(zh, en)| (zh.len(), en.len()));
    let both = sides.zip(forward.into_iter().zip(backward));
    both.map(|((zh, en), (forward, backward))| Soft { zh, en, forward, backward }).collect()
}

/// How often words were linked in tokenised sentence pairs, by their posteriors.
pub(crate) fn word_pairs(pairs: &[(Vec<&str>, Vec<&str>)], soft: &[Soft], knowledge: Knowledge<'_>) -> Vec<WordPair> {
    let mut counts: BTreeMap<(String, String), f32> = BTreeMap::new();
    for ((zh, en), soft) in pairs.iter().zip(soft) {
        for (zh_at, en_at) in soft.links() {
            let (Some(zh), Some(en)) = (zh.get(zh_at), en.get(en_at)) else { continue };
            *counts.entry((zh_key(zh), en_key(en, knowledge.dictionary))).or_default() += soft.get(zh_at, en_at);
        }
    }
    counts.into_iter().map(|((zh, en), count)| WordPair { zh, en, count }).collect()
}

fn zh_key(word: &str) -> String {
    numbers::ascii(word).to_lowercase()
}

/// A number's value, a stem, or the mark itself.
fn en_key(word: &str, dictionary: &Dictionary) -> String {
    let lower = word.to_lowercase();
    if let Some(value) = numbers::value(&lower).or_else(|| numbers::english_value(&lower)) {
        return value;
    }
    english_words(&lower).next().map_or(lower.clone(), |word| dictionary.stem(&word))
}

/// What the dictionary says of a token, and of the words in it where the tokeniser's word is not the dictionary's.
fn prior_row(word: &str, en: &Side, dictionary: &Dictionary) -> Vec<(u32, f32)> {
    let mut row: Vec<(u32, f32)> = mark(word).and_then(|mark| en.id(mark)).map(|id| (id, 1.0)).into_iter().collect();
    row.extend(super::lexicon::prior_row(word, en, dictionary));
    let parts = tokens::chinese(word, dictionary);
    if parts.len() != 1 || parts.first().is_some_and(|part| part != word) {
        for part in &parts {
            row.extend(super::lexicon::prior_row(part, en, dictionary));
        }
    }
    super::lexicon::summed(row)
}

/// The English mark for a Chinese one.
fn mark(mark: &str) -> Option<&'static str> {
    Some(match mark {
        "。" => ".",
        "、" => ",",
        "《" | "「" | "“" => "``",
        "》" | "」" | "”" => "''",
        "(" => "-lrb-",
        ")" => "-rrb-",
        _ => return None,
    })
}
