//! How well the words about a boundary go together: what two sentences begin with, and what two end with.
//!
//! The words of a bead are a bag; a sentence at the edge of a bead that belongs to its neighbour is told by where in the
//! bead its words have their counterparts.

use super::{
    band::Band,
    lexicon::{Lexicon, Table},
};
use crate::align::side::Side;

/// How many words from the boundary are compared.
const WORDS: usize = 4;
/// What they weigh beside the words of the whole bead.
const WEIGHT: f32 = 0.3;
/// The share of words that have no counterpart at the edge.
const UNEXPLAINED: f32 = 0.7;

/// The gain of a boundary for each cell of the band, row by row.
pub(crate) fn edges(zh: &Side, en: &Side, band: &Band, lexicon: &Lexicon) -> Vec<Vec<f32>> {
    let mut edges = Edges {
        zh,
        en,
        forward: &lexicon.forward,
        backward: lexicon.backward.transposed(zh.words.len()),
        given: vec![0.0; en.words.len()],
        giving: vec![vec![0.0; en.words.len()]; WORDS],
    };
    let rows = band.rows.iter().enumerate();
    rows.map(|(row, &(low, high))| {
        let beginnings = edges.row(beginning(zh, row), (low..=high).map(|column| beginning(en, column)));
        let endings = edges.row(ending(zh, row), (low..=high).map(|column| ending(en, column)));
        beginnings.iter().zip(endings).map(|(beginning, ending)| WEIGHT * (beginning + ending)).collect()
    })
    .collect()
}

/// The first words of the sentence after a boundary.
fn beginning(side: &Side, boundary: usize) -> &[u32] {
    let words = side.sentences.get(boundary).map_or(&[][..], Vec::as_slice);
    words.get(..WORDS).unwrap_or(words)
}

/// The last words of the sentence before a boundary.
fn ending(side: &Side, boundary: usize) -> &[u32] {
    let words = boundary.checked_sub(1).and_then(|at| side.sentences.get(at)).map_or(&[][..], Vec::as_slice);
    words.get(words.len().saturating_sub(WORDS)..).unwrap_or(words)
}

struct Edges<'a> {
    zh: &'a Side,
    en: &'a Side,
    forward: &'a Table,
    /// Probabilities of Chinese words given English ones, by the Chinese word.
    backward: Table,
    /// The probability of each English word given the Chinese words at hand, summed.
    given: Vec<f32>,
    /// The probability of each Chinese word at hand given an English word.
    giving: Vec<Vec<f32>>,
}

impl Edges<'_> {
    /// How much better a few Chinese words and each of several lists of English words explain each other than chance.
    fn row<'w>(&mut self, zh: &[u32], columns: impl Iterator<Item = &'w [u32]>) -> Vec<f32> {
        self.spread(zh, 1.0);
        let gains = columns.map(|en| self.gain(zh, en)).collect();
        self.spread(zh, 0.0);
        gains
    }

    /// Writes the probabilities of some Chinese words out by the English word, or with 0 wipes them out.
    fn spread(&mut self, zh: &[u32], factor: f32) {
        for (&word, giving) in zh.iter().zip(&mut self.giving) {
            for &(target, p) in self.forward.row(word) {
                let sum = &mut self.given[target as usize];
                *sum = factor * (*sum + p);
            }
            for &(target, p) in self.backward.row(word) {
                giving[target as usize] = factor * p;
            }
        }
    }

    fn gain(&self, zh: &[u32], en: &[u32]) -> f32 {
        if zh.is_empty() || en.is_empty() {
            return 0.0;
        }
        let log = |sum: f32, count: usize, share: f32| {
            (UNEXPLAINED + (1.0 - UNEXPLAINED) * sum / (count as f32 * share)).ln()
        };
        let forward = en.iter().map(|&word| log(self.given[word as usize], zh.len(), self.en.share[word as usize]));
        let backward = zh.iter().zip(&self.giving).map(|(&word, giving)| {
            let sum: f32 = en.iter().map(|&from| giving[from as usize]).sum();
            log(sum, en.len(), self.zh.share[word as usize])
        });
        f32::midpoint(forward.sum(), backward.sum())
    }
}
