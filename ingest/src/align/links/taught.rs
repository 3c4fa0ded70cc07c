//! What a bitext teaches of words: how often they were linked.

use std::collections::BTreeMap;

use corpus::bitext::WordPair;

use super::{Soft, TokenPair, en_key, function_words, zh_key};
use crate::align::Knowledge;

/// The most pairs that a bitext teaches; those linked most often are kept.
const MOST: usize = 5000;

/// How often words were linked in tokenised sentence pairs, by their posteriors, in order of the words.
///
/// Function words, classifiers, marks, numbers and words that are written alike are left out: every text has them, and
/// they need no teacher. That leaves about five pairs a sentence.
pub(crate) fn word_pairs(pairs: &[TokenPair<'_>], soft: &[Soft], knowledge: Knowledge<'_>) -> Vec<WordPair> {
    let mut counts: BTreeMap<(String, String), f32> = BTreeMap::new();
    for ((zh, en), soft) in pairs.iter().zip(soft) {
        for (zh_at, en_at) in soft.links() {
            let (Some(zh), Some(en)) = (zh.get(zh_at), en.get(en_at)) else { continue };
            let key = (zh_key(zh), en_key(en, knowledge.dictionary));
            if teaches(&key.0, &key.1) {
                *counts.entry(key).or_default() += soft.get(zh_at, en_at);
            }
        }
    }
    let mut taught: Vec<WordPair> = counts.into_iter().map(|((zh, en), count)| WordPair { zh, en, count }).collect();
    // The sort is stable, so equal counts stay in the order of the words.
    taught.sort_by(|a, b| b.count.total_cmp(&a.count));
    taught.truncate(MOST);
    taught.sort_by(|a, b| (&a.zh, &a.en).cmp(&(&b.zh, &b.en)));
    taught
}

fn teaches(zh: &str, en: &str) -> bool {
    let loose = function_words::is_loose_chinese(zh)
        || function_words::is_classifier(zh)
        || function_words::is_loose_english(en);
    zh != en && !loose && zh.starts_with(char::is_alphabetic) && en.starts_with(char::is_alphabetic)
}
