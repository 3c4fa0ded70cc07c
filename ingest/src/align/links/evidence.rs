//! What speaks for a pair of words before any text is counted.

use super::{TokenPair, alike, amounts, cells::Cells, function_words, meanings, names};
use crate::align::{Dictionary, Knowledge};
use corpus::text::is_han;

/// What a word is worth that only the whole of neighbouring words renders.
const COMPOUND: f32 = 0.7;
/// The most words and characters of such a whole.
const LONGEST_COMPOUND: (usize, usize) = (4, 8);
/// What is left for a classifier of what the word before it is rendered by.
const CLASSIFIER: f32 = 0.6;
/// How many links of other bitexts are half as good as many.
const FEW: f32 = 1.0;

/// Weights of numbered pairs of words, from 0 for no evidence; 1 is a plain rendering in the dictionary.
pub(crate) struct Evidence<'a> {
    /// The pairs.
    pub(crate) cells: &'a Cells,
    /// The weight of each number.
    weights: Vec<f32>,
}

impl Evidence<'_> {
    /// Raises the weight of a number, if it is less.
    pub(crate) fn raise(&mut self, number: usize, weight: f32) {
        if let Some(known) = self.weights.get_mut(number) {
            *known = known.max(weight);
        }
    }

    /// Raises the weight of two words of a sentence pair, by their places in the sentences.
    pub(crate) fn raise_at(&mut self, pair: usize, zh: usize, en: usize, weight: f32) {
        if let Some(number) = self.cells.grids.get(pair).and_then(|grid| grid.number(zh, en)) {
            self.raise(number, weight);
        }
    }
}

/// The weight of each numbered pair of words: dictionary, function words, likeness, numbers, names, other bitexts.
pub(crate) fn weights(pairs: &[TokenPair<'_>], cells: &Cells, knowledge: Knowledge<'_>) -> Vec<f32> {
    let mut evidence = Evidence { cells, weights: vec![0.0; cells.entries.len()] };
    meanings::weigh(&mut evidence, knowledge.dictionary);
    let headwords = alike::headwords(pairs, cells);
    alike::weigh(&mut evidence, &headwords);
    let known: Vec<bool> = headwords.iter().map(|found| !found.is_empty()).collect();
    let aligned = cells.grids.iter().map(|grid| !grid.numbers.is_empty());
    for (pair, (zh, en)) in pairs.iter().enumerate().zip(aligned).filter_map(|(pair, aligned)| aligned.then_some(pair))
    {
        compounds(&mut evidence, pair, zh, knowledge.dictionary);
        amounts::weigh(&mut evidence, pair, zh, en);
        names::weigh(&mut evidence, pair, zh, en, &known);
        classifiers(&mut evidence, pair, zh);
    }
    learned(&mut evidence, knowledge);
    evidence.weights
}

/// Neighbouring words that are a headword together: 印, 尼.
fn compounds(evidence: &mut Evidence<'_>, pair: usize, zh: &[&str], dictionary: &Dictionary) {
    let cells = evidence.cells;
    let Some(sentence) = cells.en.sentences.get(pair) else { return };
    for start in 0..zh.len() {
        for end in start + 2..=(start + LONGEST_COMPOUND.0).min(zh.len()) {
            let text = zh.get(start..end).unwrap_or_default().concat();
            if text.chars().count() > LONGEST_COMPOUND.1 || !text.chars().all(is_han) {
                break;
            }
            for (stem, weight) in meanings::of_dictionary(&text, dictionary, COMPOUND) {
                let Some(id) = cells.en.id(&stem) else { continue };
                for (en, _) in sentence.iter().enumerate().filter(|(_, word)| **word == id) {
                    (start..end).for_each(|zh| evidence.raise_at(pair, zh, en, weight));
                }
            }
        }
    }
}

/// A classifier goes with the numeral or the pronoun before it.
fn classifiers(evidence: &mut Evidence<'_>, pair: usize, zh: &[&str]) {
    let Some(grid) = evidence.cells.grids.get(pair) else { return };
    for (at, words) in zh.windows(2).enumerate() {
        let [before, word] = words else { continue };
        if !function_words::is_classifier(word) || !(function_words::counts(before) || amounts::is_amount(before)) {
            continue;
        }
        for en in 0..grid.en {
            let known = grid.number(at, en).and_then(|number| evidence.weights.get(number)).copied().unwrap_or(0.0);
            evidence.raise_at(pair, at + 1, en, CLASSIFIER * known);
        }
    }
}

/// What other bitexts have taught.
fn learned(evidence: &mut Evidence<'_>, knowledge: Knowledge<'_>) {
    let cells = evidence.cells;
    for (zh, word) in (0u32..).zip(&cells.zh.words) {
        let renderings = knowledge.learned.renderings(word);
        let total: f32 = renderings.iter().map(|(_, count)| count).sum();
        for (stem, count) in renderings {
            let number = cells.en.id(stem).and_then(|en| cells.entries.binary_search(&(zh, en)).ok());
            if let Some(weight) = number.and_then(|number| evidence.weights.get_mut(number)) {
                *weight += count / total.max(f32::MIN_POSITIVE) * (count / (count + FEW));
            }
        }
    }
}
