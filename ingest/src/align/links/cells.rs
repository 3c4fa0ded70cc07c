//! The pairs of words that meet in aligned sentences, numbered.

use crate::align::side::Side;

/// Aligned sentences whose pairs of words are numbered, so that a model is a list of values.
pub(crate) struct Cells {
    /// The Chinese side.
    pub(crate) zh: Side,
    /// The English side.
    pub(crate) en: Side,
    /// The Chinese and the English word of each number, ascending.
    pub(crate) entries: Vec<(u32, u32)>,
    /// The sentence pairs.
    pub(crate) grids: Vec<Grid>,
}

/// The pairs of words of a sentence pair.
pub(crate) struct Grid {
    /// How many Chinese words there are.
    pub(crate) zh: usize,
    /// How many English words there are.
    pub(crate) en: usize,
    /// The number of each pair of words: Chinese words × English words, row after row; empty where the sentences are
    /// too long.
    pub(crate) numbers: Vec<u32>,
}

/// Sentences whose words multiply to more than this are not aligned.
const LARGEST: usize = 250_000;

impl Cells {
    /// Numbers the pairs of words.
    pub(crate) fn new(zh: Side, en: Side) -> Self {
        let rows = rows(&zh, &en);
        let mut starts = Vec::with_capacity(rows.len());
        let mut entries = Vec::new();
        for (word, row) in (0u32..).zip(&rows) {
            starts.push(entries.len());
            entries.extend(row.iter().map(|&target| (word, target)));
        }
        let number = |zh: u32, en: u32| {
            let at = rows.get(zh as usize).and_then(|row| row.binary_search(&en).ok()).unwrap_or(0);
            u32::try_from(starts.get(zh as usize).copied().unwrap_or(0) + at).unwrap_or(0)
        };
        let grid = |(zh, en): (&Vec<u32>, &Vec<u32>)| {
            let pairs = zh.iter().flat_map(|&zh| en.iter().map(move |&en| (zh, en)));
            let numbers = if fits(zh, en) { pairs.map(|(zh, en)| number(zh, en)).collect() } else { Vec::new() };
            Grid { zh: zh.len(), en: en.len(), numbers }
        };
        let grids = zh.sentences.iter().zip(&en.sentences).map(grid).collect();
        Self { zh, en, entries, grids }
    }
}

impl Grid {
    /// The number of a pair of words, by their places in the sentences.
    pub(crate) fn number(&self, zh: usize, en: usize) -> Option<usize> {
        // A side may have left out the last words of a very long sentence.
        if en >= self.en {
            return None;
        }
        self.numbers.get(zh * self.en + en).map(|&number| number as usize)
    }
}

fn fits(zh: &[u32], en: &[u32]) -> bool {
    zh.len().saturating_mul(en.len()) <= LARGEST
}

/// For each Chinese word the English words that it meets, ascending.
fn rows(zh: &Side, en: &Side) -> Vec<Vec<u32>> {
    let mut rows: Vec<Vec<u32>> = vec![Vec::new(); zh.words.len()];
    // How long each row was when it last was free of repetitions: frequent words meet the same words again and again.
    let mut plain = vec![1000; zh.words.len()];
    for (zh, en) in zh.sentences.iter().zip(&en.sentences).filter(|(zh, en)| fits(zh, en)) {
        for &word in zh {
            let (Some(row), Some(plain)) = (rows.get_mut(word as usize), plain.get_mut(word as usize)) else {
                continue;
            };
            row.extend(en);
            if row.len() > 2 * *plain {
                row.sort_unstable();
                row.dedup();
                *plain = row.len().max(1000);
            }
        }
    }
    for row in &mut rows {
        row.sort_unstable();
        row.dedup();
    }
    rows
}
