//! The dynamic programme over beads.

use std::ops::Range;

use super::{
    band::Band,
    lexicon::{Lexicon, Table},
    shapes::Shapes,
    side::Side,
};

/// The most sentences of one side in a bead.
pub(crate) const MOST: usize = 5;

/// A bead on the best path.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Chinese sentences.
    pub(crate) zh: Range<usize>,
    /// English sentences.
    pub(crate) en: Range<usize>,
    /// How sure, from 0 to 1.
    pub(crate) score: f32,
}

/// The best path through the band.
pub(crate) fn best_path(zh: &Side, en: &Side, band: &Band, lexicon: &Lexicon, shapes: &Shapes) -> Vec<Step> {
    let mut grid = Grid::new(zh, en, band, lexicon, shapes);
    for row in 0..=zh.len() {
        grid.fill(row);
    }
    grid.trace()
}

/// For a pair of sentences: for each word of the one the summed probability given the words of the other.
type Cover = Vec<f32>;

struct Grid<'a> {
    zh: &'a Side,
    en: &'a Side,
    band: &'a Band,
    forward: &'a Table,
    /// Probabilities of Chinese words given English ones, by the Chinese word.
    backward: Table,
    shapes: &'a Shapes,
    /// Letters before each sentence.
    zh_letters: Vec<f64>,
    en_letters: Vec<f64>,
    /// The best score of each cell and the bead that reached it, row by row.
    scores: Vec<Vec<f32>>,
    beads: Vec<Vec<(u8, u8)>>,
    gains: Vec<Vec<f32>>,
    /// Covers of the last rows of English words by the Chinese sentence, newest last.
    covers: Vec<Vec<Cover>>,
    /// `zh_logs[row][b - 1][column]`: Chinese sentence `row` explained by the `b` English sentences up to `column`.
    zh_logs: Vec<Vec<Vec<f32>>>,
    dense: Vec<f32>,
}

impl<'a> Grid<'a> {
    fn new(zh: &'a Side, en: &'a Side, band: &'a Band, lexicon: &'a Lexicon, shapes: &'a Shapes) -> Self {
        Self {
            zh,
            en,
            band,
            forward: &lexicon.forward,
            backward: lexicon.backward.transposed(zh.words.len()),
            shapes,
            zh_letters: running(&zh.lengths),
            en_letters: running(&en.lengths),
            scores: Vec::with_capacity(zh.len() + 1),
            beads: Vec::with_capacity(zh.len() + 1),
            gains: Vec::with_capacity(zh.len() + 1),
            covers: Vec::new(),
            zh_logs: Vec::new(),
            dense: vec![0.0; en.words.len()],
        }
    }

    /// English sentences that a bead ending in this row may hold.
    fn reach(&self, row: usize) -> Range<usize> {
        let (low, high) = self.band.rows[row];
        low.saturating_sub(MOST)..high
    }

    fn fill(&mut self, row: usize) {
        if row > 0 {
            self.push_covers(row - 1);
        }
        let en_logs: Vec<Vec<f32>> = (1..=MOST.min(row)).map(|zh| self.en_logs(row, zh)).collect();
        let (low, high) = self.band.rows[row];
        let mut scores = Vec::with_capacity(high - low + 1);
        let mut beads = Vec::with_capacity(high - low + 1);
        let mut gains = Vec::with_capacity(high - low + 1);
        for column in low..=high {
            let (mut best, mut bead, mut gain) = (f32::NEG_INFINITY, (0, 0), 0.0);
            if row == 0 && column == 0 {
                best = 0.0;
            }
            for zh in 0..=MOST.min(row) {
                for en in 0..=MOST.min(column) {
                    let Some(before) = self.before(row - zh, column - en, row, &scores, low) else { continue };
                    let words = self.words(row, column, zh, en, &en_logs);
                    let score = before + words + self.shape(row, column, zh, en);
                    if score > best {
                        (best, bead, gain) = (score, (zh as u8, en as u8), words);
                    }
                }
            }
            scores.push(best);
            beads.push(bead);
            gains.push(gain);
        }
        self.scores.push(scores);
        self.beads.push(beads);
        self.gains.push(gains);
        let keep = self.scores.len().saturating_sub(MOST + 1);
        if let Some(old) = keep.checked_sub(1).and_then(|old| self.scores.get_mut(old)) {
            *old = Vec::new();
        }
    }

    fn before(&self, row: usize, column: usize, now: usize, current: &[f32], low: usize) -> Option<f32> {
        let score = if row == now {
            current.get(column.checked_sub(low)?)?
        } else {
            self.scores.get(row)?.get(column.checked_sub(self.band.rows.get(row)?.0)?)?
        };
        (*score > f32::NEG_INFINITY).then_some(*score)
    }

    fn shape(&self, row: usize, column: usize, zh: usize, en: usize) -> f32 {
        let zh_letters = (self.zh_letters[row] - self.zh_letters[row - zh]) as f32;
        let en_letters = (self.en_letters[column] - self.en_letters[column - en]) as f32;
        self.shapes.score(zh, en, zh_letters, en_letters)
    }

    /// How much better the words of a bead explain each other than chance does: the mean of both directions.
    fn words(&self, row: usize, column: usize, zh: usize, en: usize, en_logs: &[Vec<f32>]) -> f32 {
        if zh == 0 || en == 0 {
            return 0.0;
        }
        let first = self.reach(row).start;
        let logs = &en_logs[zh - 1];
        let forward: f32 =
            (column - en..column).map(|at| logs.get(at.wrapping_sub(first)).copied().unwrap_or(0.0)).sum();
        let backward: f32 = (row - zh..row).map(|at| self.zh_log(at, row, en, column)).sum();
        f32::midpoint(forward, backward)
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
            for &(target, p) in &self.forward.rows[word as usize] {
                self.dense[target as usize] += p;
            }
        }
        let english = &self.en.sentences[reach.clone()];
        let covers = english.iter().map(|s| s.iter().map(|&word| self.dense[word as usize]).collect()).collect();
        for &word in words {
            for &(target, _) in &self.forward.rows[word as usize] {
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
            let entries = &self.backward.rows[word as usize];
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
                self.shapes.unexplained,
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
                self.shapes.unexplained,
                words.map(|(place, &word)| {
                    let sum: f32 = covers.iter().flatten().map(|cover| cover[place]).sum();
                    sum * inverse / self.en.share[word as usize]
                }),
            )
        };
        reach.map(log).collect()
    }

    fn trace(&self) -> Vec<Step> {
        let (mut row, mut column) = (self.zh.len(), self.en.len());
        let mut path = Vec::new();
        while row > 0 || column > 0 {
            let at = column.checked_sub(self.band.rows[row].0);
            let cell = at.and_then(|at| Some((*self.beads[row].get(at)?, *self.gains[row].get(at)?)));
            // A cell that nothing reached, if the band ever had a gap, still must not lose a sentence.
            let alone = if row > 0 { (1, 0) } else { (0, 1) };
            let ((zh, en), gain) = cell.filter(|(bead, _)| *bead != (0, 0)).unwrap_or((alone, 0.0));
            let (zh, en) = (usize::from(zh).min(row), usize::from(en).min(column));
            let step = Step { zh: row - zh..row, en: column - en..column, score: 0.0 };
            let score = self.confidence(&step, gain);
            path.push(Step { score, ..step });
            (row, column) = (row - zh, column - en);
        }
        path.reverse();
        path
    }

    /// The gain for a word, squeezed between 0 and 1: half where the words fit no better than chance.
    fn confidence(&self, step: &Step, gain: f32) -> f32 {
        if step.zh.is_empty() || step.en.is_empty() {
            return 0.0;
        }
        let words: usize = self.zh.sentences[step.zh.clone()].iter().map(Vec::len).sum::<usize>()
            + self.en.sentences[step.en.clone()].iter().map(Vec::len).sum::<usize>();
        let gain = 2.0 * gain / words.max(1) as f32;
        1.0 / (1.0 + (-3.0 * gain).exp())
    }
}

/// The logarithm of something that must not be chosen, yet can be added up.
const NEVER: f32 = -1e6;

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

fn running(lengths: &[f32]) -> Vec<f64> {
    let mut sums = vec![0.0];
    for &length in lengths {
        sums.push(sums.last().copied().unwrap_or(0.0) + f64::from(length));
    }
    sums
}
