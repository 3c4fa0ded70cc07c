//! How well the words of two groups of sentences explain each other, row by row of the grid.

use std::ops::Range;

use super::{
    band::Band,
    lexicon::{Lexicon, Table},
    path::MOST,
};
use crate::align::side::Side;

/// For a pair of sentences: for each word of the one the summed probability given the words of the other.
type Cover = Vec<f32>;

/// The logarithm of something that must not be chosen, yet can be added up.
const NEVER: f32 = -1e6;

/// How much the gain of the words counts: they do not come independently of each other.
const WEIGHT: f32 = 0.85;

/// Word gains of beads; the rows of the grid must be asked for in order.
pub(crate) struct WordGains<'a> {
    zh: &'a Side,
    en: &'a Side,
    band: &'a Band,
    forward: &'a Table,
    /// Probabilities of Chinese words given English ones, by the Chinese word.
    backward: Table,
    /// The share of words that the other side does not explain.
    unexplained: f32,
    /// Covers of the last rows of English words by the Chinese sentence, newest last.
    covers: Vec<Vec<Cover>>,
    /// `zh_logs[row][b - 1][column]`: Chinese sentence `row` explained by the `b` English sentences up to `column`.
    zh_logs: Vec<Vec<Vec<f32>>>,
    dense: Vec<f32>,
}

/// The gains of the beads that end in one row.
pub(crate) struct RowGains {
    /// `en_logs[a - 1][sentence]`: English sentences in reach explained by the last `a` Chinese ones.
    en_logs: Vec<Vec<f32>>,
    row: usize,
    first: usize,
}

impl<'a> WordGains<'a> {
    pub(crate) fn new(zh: &'a Side, en: &'a Side, band: &'a Band, lexicon: &'a Lexicon, unexplained: f32) -> Self {
        Self {
            zh,
            en,
            band,
            forward: &lexicon.forward,
            backward: lexicon.backward.transposed(zh.words.len()),
            unexplained,
            covers: Vec::new(),
            zh_logs: Vec::new(),
            dense: vec![0.0; en.words.len()],
        }
    }

    /// Moves on to a row, the one after the last.
    pub(crate) fn row(&mut self, row: usize) -> RowGains {
        if row > 0 {
            self.push_covers(row - 1);
        }
        let en_logs = (1..=MOST.min(row)).map(|zh| self.en_logs(row, zh)).collect();
        RowGains { en_logs, row, first: self.reach(row).start }
    }

    /// How much better the words of a bead of at least one sentence a side explain each other than chance does: the
    /// mean of both directions.
    pub(crate) fn gain(&self, gains: &RowGains, column: usize, zh: usize, en: usize) -> f32 {
        let logs = &gains.en_logs[zh - 1];
        let forward: f32 =
            (column - en..column).map(|at| logs.get(at.wrapping_sub(gains.first)).copied().unwrap_or(0.0)).sum();
        let backward: f32 = (gains.row - zh..gains.row).map(|at| self.zh_log(at, gains.row, en, column)).sum();
        WEIGHT * f32::midpoint(forward, backward)
    }

    /// English sentences that a bead ending in this row may hold.
    fn reach(&self, row: usize) -> Range<usize> {
        let (low, high) = self.band.rows[row];
        low.saturating_sub(MOST)..high
    }

    fn zh_log(&self, sentence: usize, row: usize, en: usize, column: usize) -> f32 {
        let Some(logs) = (row - sentence).checked_sub(1).and_then(|back| self.zh_logs.len().checked_sub(back + 1))
        else {
            return 0.0;
        };
        let first = self.reach(sentence + 1).start;
        let logs = &self.zh_logs[logs][en - 1];
        column.checked_sub(first).and_then(|at| logs.get(at)).copied().unwrap_or(NEVER)
    }

    /// Adds Chinese sentence `row` to the covers, and drops the oldest.
    fn push_covers(&mut self, row: usize) {
        let reach = self.reach(row + 1);
        let words = &self.zh.sentences[row];
        for &word in words {
            for &(target, p) in self.forward.row(word) {
                self.dense[target as usize] += p;
            }
        }
        let english = &self.en.sentences[reach.clone()];
        let covers = english.iter().map(|s| s.iter().map(|&word| self.dense[word as usize]).collect()).collect();
        for &word in words {
            for &(target, _) in self.forward.row(word) {
                self.dense[target as usize] = 0.0;
            }
        }
        let zh_logs = self.chinese_logs(row, reach);
        if self.covers.len() == MOST {
            self.covers.remove(0);
            self.zh_logs.remove(0);
        }
        self.covers.push(covers);
        self.zh_logs.push(zh_logs);
    }

    /// Chinese sentence `row` explained by every 1 to [`MOST`] English sentences that end in reach.
    fn chinese_logs(&mut self, row: usize, reach: Range<usize>) -> Vec<Vec<f32>> {
        let words = &self.zh.sentences[row];
        let english = &self.en.sentences[reach];
        // `sums[word][column]`: running sums over the English sentences.
        let mut sums: Vec<Vec<f32>> = Vec::with_capacity(words.len());
        for &word in words {
            let entries = self.backward.row(word);
            entries.iter().for_each(|&(target, p)| self.dense[target as usize] = p);
            let mut sum = vec![0.0];
            for sentence in english {
                let last = sum.last().copied().unwrap_or(0.0);
                sum.push(last + sentence.iter().map(|&target| self.dense[target as usize]).sum::<f32>());
            }
            entries.iter().for_each(|&(target, _)| self.dense[target as usize] = 0.0);
            sums.push(sum);
        }
        let mut counts = vec![0usize];
        for sentence in english {
            counts.push(counts.last().copied().unwrap_or(0) + sentence.len());
        }
        let log = |from: usize, to: usize| -> f32 {
            let inverse = 1.0 / (counts[to] - counts[from]).max(1) as f32;
            let parts = words.iter().zip(&sums);
            product_log(
                self.unexplained,
                parts.map(|(&word, sum)| (sum[to] - sum[from]).max(0.0) * inverse / self.zh.share[word as usize]),
            )
        };
        (1..=MOST)
            .map(|en| (0..counts.len()).map(|to| if to >= en { log(to - en, to) } else { NEVER }).collect())
            .collect()
    }

    /// Each English sentence in reach explained by the last `zh` Chinese sentences.
    fn en_logs(&self, row: usize, zh: usize) -> Vec<f32> {
        let reach = self.reach(row);
        let words: usize = self.zh.sentences[row - zh..row].iter().map(Vec::len).sum();
        let inverse = 1.0 / words.max(1) as f32;
        let newest = self.covers.len();
        let log = |sentence: usize| -> f32 {
            let covers: Vec<Option<&Cover>> = (newest - zh..newest)
                .map(|at| {
                    let first = self.reach(row + at + 1 - newest).start;
                    sentence.checked_sub(first).and_then(|column| self.covers[at].get(column))
                })
                .collect();
            let words = self.en.sentences[sentence].iter().enumerate();
            product_log(
                self.unexplained,
                words.map(|(place, &word)| {
                    let sum: f32 = covers.iter().flatten().map(|cover| cover[place]).sum();
                    sum * inverse / self.en.share[word as usize]
                }),
            )
        };
        reach.map(log).collect()
    }
}
/// The sum of the logarithms of how much likelier each word is than chance, where a share of it is chance in any case.
fn product_log(null: f32, ratios: impl Iterator<Item = f32>) -> f32 {
    let (mut product, mut sum) = (1.0f64, 0.0f64);
    for ratio in ratios {
        product *= f64::from(null + (1.0 - null) * ratio);
        if !(1e-200..1e200).contains(&product) {
            sum += product.ln();
            product = 1.0;
        }
    }
    (sum + product.ln()) as f32
}
