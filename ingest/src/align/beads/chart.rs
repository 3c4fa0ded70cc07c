//! The probability of every bead in the band: forward and backward sums over all paths (Baum 1972), and the path that
//! is expected to have most sentences in right beads.

use super::{
    band::Band,
    edges::edges,
    lexicon::Lexicon,
    marks::Marks,
    path::{MOST, Step},
    shapes::Shapes,
    words::WordGains,
};
use crate::align::side::Side;

/// How many beads with sentences of both sides may end in a cell.
const PAIRED: usize = MOST * MOST;
/// Beads less likely than this teach nothing.
const UNLIKELY: f32 = 0.02;
/// What a sentence without a counterpart is worth beside one in a bead: the aligner is not asked for those, yet must not
/// prefer an unlikely bead to them.
const ALONE_WORTH: f64 = 0.5;

/// The scores of all beads in the band.
pub(crate) struct Chart {
    rows: Vec<Row>,
    columns: usize,
    /// Scores of a Chinese and of an English sentence without a counterpart.
    alone: (f32, f32),
    /// How far the scores can be believed: they are multiplied by this.
    sharpness: f32,
}

struct Row {
    low: usize,
    /// For each column, by `(zh - 1) * MOST + en - 1`, the scores of the beads that end there.
    scores: Vec<[f32; PAIRED]>,
}

/// A number for each cell of the band.
struct Cells<'a, T> {
    chart: &'a Chart,
    rows: Vec<Vec<T>>,
}

impl<'a, T: Copy> Cells<'a, T> {
    fn new(chart: &'a Chart, value: T) -> Self {
        Self { chart, rows: chart.rows.iter().map(|row| vec![value; row.scores.len()]).collect() }
    }

    fn get(&self, row: usize, column: usize) -> Option<T> {
        let low = self.chart.rows.get(row)?.low;
        self.rows.get(row)?.get(column.checked_sub(low)?).copied()
    }

    fn get_mut(&mut self, row: usize, column: usize) -> Option<&mut T> {
        let low = self.chart.rows.get(row)?.low;
        self.rows.get_mut(row)?.get_mut(column.checked_sub(low)?)
    }

    fn set(&mut self, row: usize, column: usize, value: T) {
        if let Some(cell) = self.get_mut(row, column) {
            *cell = value;
        }
    }
}

/// What beads are scored by.
pub(crate) struct Model<'a> {
    /// Word translations.
    pub(crate) lexicon: &'a Lexicon,
    /// Shapes and lengths.
    pub(crate) shapes: &'a Shapes,
    /// Traits.
    pub(crate) marks: &'a Marks,
}

impl Chart {
    /// Scores all beads in the band.
    pub(crate) fn new(zh: &Side, en: &Side, band: &Band, model: &Model<'_>, sharpness: f32) -> Self {
        let Model { lexicon, shapes, marks } = model;
        let mut words = WordGains::new(zh, en, band, lexicon, shapes.unexplained);
        let edges = edges(zh, en, band, lexicon);
        let (zh_letters, en_letters) = (running(&zh.lengths), running(&en.lengths));
        let rows = band.rows.iter().zip(edges).enumerate();
        let rows = rows.map(|(row, (&(low, high), edges))| {
            let gains = words.row(row);
            let scores = (low..=high).zip(edges).map(|(column, edge)| {
                let mut scores = [f32::NEG_INFINITY; PAIRED];
                let traits = marks.scores(row, column);
                for a in 1..=zh.room(row) {
                    for b in 1..=en.room(column) {
                        let zh_letters = (zh_letters[row] - zh_letters[row - a]) as f32;
                        let en_letters = (en_letters[column] - en_letters[column - b]) as f32;
                        scores[(a - 1) * MOST + b - 1] = shapes.score(a, b, zh_letters, en_letters)
                            + words.gain(&gains, column, a, b)
                            + traits[(a - 1) * MOST + b - 1]
                            + edge;
                    }
                }
                scores
            });
            Row { low, scores: scores.collect() }
        });
        let rows = rows.collect();
        let alone = (shapes.score(1, 0, 0.0, 0.0), shapes.score(0, 1, 0.0, 0.0));
        Self { rows, columns: en.len(), alone, sharpness }
    }

    /// The same with sentences that may stay without a counterpart at no cost.
    pub(crate) fn with_free_gaps(self) -> Self {
        Self { alone: (0.0, 0.0), ..self }
    }

    /// The score of a bead that ends in a cell.
    fn gain(&self, row: usize, column: usize, zh: usize, en: usize) -> f32 {
        let found = self.beads(row, column).find(|bead| (bead.0, bead.1) == (zh, en));
        found.map_or(0.0, |(_, _, score)| score as f32 / self.sharpness)
    }

    /// The cells, in order.
    fn cells(&self) -> impl DoubleEndedIterator<Item = (usize, usize)> + '_ {
        let columns = |row: &Row| row.low..row.low + row.scores.len();
        self.rows.iter().enumerate().flat_map(move |(at, row)| columns(row).map(move |column| (at, column)))
    }

    /// The beads that end in a cell, as counts of sentences, with their scores.
    fn beads(&self, row: usize, column: usize) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        let scores = self.rows.get(row).and_then(|found| found.scores.get(column.checked_sub(found.low)?));
        let paired = scores.into_iter().flatten().enumerate().map(|(at, &score)| (at / MOST + 1, at % MOST + 1, score));
        [(1, 0, self.alone.0), (0, 1, self.alone.1)]
            .into_iter()
            .chain(paired)
            .filter(move |&(zh, en, score)| zh <= row && en <= column && score > f32::NEG_INFINITY)
            .map(|(zh, en, score)| (zh, en, f64::from(self.sharpness * score)))
    }

    /// For each cell the logarithm of the sum over all paths that lead there.
    fn forward(&self) -> Cells<'_, f64> {
        let mut sums = Cells::new(self, f64::NEG_INFINITY);
        let mut terms = Vec::new();
        for (row, column) in self.cells() {
            terms.clear();
            terms.extend((row == 0 && column == 0).then_some(0.0));
            let beads = self.beads(row, column);
            terms.extend(beads.filter_map(|(zh, en, score)| Some(sums.get(row - zh, column - en)? + score)));
            sums.set(row, column, log_sum(&terms));
        }
        sums
    }

    /// For each cell the logarithm of the sum over all paths from there to the end.
    fn backward(&self) -> Cells<'_, f64> {
        let mut sums = Cells::new(self, f64::NEG_INFINITY);
        sums.set(self.rows.len().saturating_sub(1), self.columns, 0.0);
        for (row, column) in self.cells().rev() {
            let here = sums.get(row, column).unwrap_or(f64::NEG_INFINITY);
            if here == f64::NEG_INFINITY {
                continue;
            }
            for (zh, en, score) in self.beads(row, column) {
                if let Some(sum) = sums.get_mut(row - zh, column - en) {
                    *sum = log_add(*sum, here + score);
                }
            }
        }
        sums
    }

    /// The probabilities of all beads.
    pub(crate) fn posteriors(&self) -> Posteriors<'_> {
        let (forward, backward) = (self.forward(), self.backward());
        let total = forward.get(self.rows.len().saturating_sub(1), self.columns).unwrap_or(0.0);
        Posteriors { chart: self, forward, backward, total }
    }
}

/// The probabilities of the beads of a chart.
pub(crate) struct Posteriors<'a> {
    chart: &'a Chart,
    forward: Cells<'a, f64>,
    backward: Cells<'a, f64>,
    total: f64,
}

impl Posteriors<'_> {
    /// The beads that end in a cell, as counts of sentences, with their probabilities.
    fn beads(&self, row: usize, column: usize) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        let after = self.backward.get(row, column).unwrap_or(f64::NEG_INFINITY) - self.total;
        self.chart.beads(row, column).filter_map(move |(zh, en, score)| {
            let before = self.forward.get(row - zh, column - en)?;
            Some((zh, en, (before + score + after).exp().min(1.0)))
        })
    }

    /// The beads that are not unlikely, in order of their ends.
    pub(crate) fn likely(&self) -> Vec<Step> {
        let mut found = Vec::new();
        for (row, column) in self.chart.cells() {
            let through = |sums: &Cells<'_, f64>| sums.get(row, column).unwrap_or(f64::NEG_INFINITY);
            let passed = (through(&self.forward) + through(&self.backward) - self.total).exp();
            if passed < f64::from(UNLIKELY) {
                continue;
            }
            let steps = self.beads(row, column).map(|(zh, en, p)| step(row, column, zh, en, p));
            found.extend(steps.filter(|step| step.score >= UNLIKELY));
        }
        found
    }

    /// The path with the greatest expected count of sentences in right beads (minimum Bayes risk), each bead with its
    /// probability as score.
    pub(crate) fn surest_path(&self) -> Vec<Step> {
        let mut worths = Cells::new(self.chart, f64::NEG_INFINITY);
        let mut steps: Cells<'_, Option<(usize, usize, f64)>> = Cells::new(self.chart, None);
        for (row, column) in self.chart.cells() {
            let (mut best, mut chosen) = (if row == 0 && column == 0 { 0.0 } else { f64::NEG_INFINITY }, None);
            for (zh, en, p) in self.beads(row, column) {
                let size = if zh == 0 || en == 0 { ALONE_WORTH } else { (zh + en) as f64 };
                let worth = worths.get(row - zh, column - en).unwrap_or(f64::NEG_INFINITY) + p * size;
                if worth > best {
                    (best, chosen) = (worth, Some((zh, en, p)));
                }
            }
            worths.set(row, column, best);
            steps.set(row, column, chosen);
        }
        traced(&steps)
    }
}

fn traced(steps: &Cells<'_, Option<(usize, usize, f64)>>) -> Vec<Step> {
    let (mut row, mut column) = (steps.chart.rows.len().saturating_sub(1), steps.chart.columns);
    let mut path = Vec::new();
    while row > 0 || column > 0 {
        // A cell that nothing reached, if the band ever had a gap, still must not lose a sentence.
        let alone = if row > 0 { (1, 0, 0.0) } else { (0, 1, 0.0) };
        let (zh, en, p) = steps.get(row, column).flatten().unwrap_or(alone);
        path.push(Step { gain: steps.chart.gain(row, column, zh, en), ..step(row, column, zh, en, p) });
        (row, column) = (row - zh, column - en);
    }
    path.reverse();
    path
}

fn step(row: usize, column: usize, zh: usize, en: usize, p: f64) -> Step {
    Step { zh: row - zh..row, en: column - en..column, score: p as f32, gain: 0.0 }
}

fn log_sum(terms: &[f64]) -> f64 {
    let most = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return most;
    }
    most + terms.iter().map(|term| (term - most).exp()).sum::<f64>().ln()
}

fn log_add(a: f64, b: f64) -> f64 {
    let (most, least) = if a > b { (a, b) } else { (b, a) };
    if least == f64::NEG_INFINITY { most } else { most + (least - most).exp().ln_1p() }
}

/// Running sums, from 0.
fn running(lengths: &[f32]) -> Vec<f64> {
    let mut sums = vec![0.0];
    for &length in lengths {
        sums.push(sums.last().copied().unwrap_or(0.0) + f64::from(length));
    }
    sums
}
