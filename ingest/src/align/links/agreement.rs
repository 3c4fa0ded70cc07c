//! Two models, one of each direction, trained to agree (Liang, Taskar and Klein 2006): what is counted is the product
//! of their posteriors, so a rare word cannot gather what is left over on the other side.

use super::{
    cells::Cells,
    function_words,
    hmm::{self, EMPTY, Emissions, JumpCounts, Jumps},
};

/// How much the evidence of a word is worth, in observations.
const STRENGTH: f32 = 4.0;
/// Weak evidence counts for less than its weight: the exponent.
const SHARPNESS: f32 = 1.5;
/// Taken off every count, so that a chance meeting stays small.
const DISCOUNT: f32 = 0.3;
/// What part of an emission is the table, the rest being how common the word is.
const TRUST: f32 = 0.95;
/// How readily a word comes from the empty word, if it often has no counterpart, or if not.
const LOOSE: (f32, f32) = (3.0, 0.4);
/// Rounds by position, then by chain.
const ROUNDS: (usize, usize) = (2, 2);
/// Sentences of more words than this, or whose words multiply to more, are aligned by position: a chain costs the
/// square of a side.
const LARGEST_CHAIN: (usize, usize) = (400, 40_000);

/// For each sentence pair how likely its words are linked, as the geometric mean of both directions: Chinese words ×
/// English words, row after row.
pub(crate) fn align(cells: &Cells, weights: &[f32]) -> Vec<Vec<f32>> {
    let mut models = [Model::new(cells, weights, true), Model::new(cells, weights, false)];
    for round in 0..ROUNDS.0 + ROUNDS.1 {
        let chained = round >= ROUNDS.0;
        let mut counts = vec![0.0; cells.entries.len()];
        for (pair, grid) in cells.grids.iter().enumerate() {
            let products = both(&mut models, cells, pair, chained);
            for (&number, product) in grid.numbers.iter().zip(products) {
                counts[number as usize] += product;
            }
        }
        models.iter_mut().for_each(|model| model.maximise(cells, &counts));
        if chained {
            models.iter_mut().for_each(Model::update_jumps);
        }
    }
    let means = |pair| both(&mut models, cells, pair, true).into_iter().map(f32::sqrt).collect();
    (0..cells.grids.len()).map(means).collect()
}

/// The product of both posteriors of a sentence pair.
fn both(models: &mut [Model; 2], cells: &Cells, pair: usize, chained: bool) -> Vec<f32> {
    let [forward, backward] = models.each_mut().map(|model| model.posterior(cells, pair, chained));
    let columns = cells.grids.get(pair).map_or(1, |grid| grid.zh.max(1));
    let rows = forward.len() / columns;
    let across = |(at, p): (usize, &f32)| p * forward.get(at % rows * columns + at / rows).copied().unwrap_or(0.0);
    backward.iter().enumerate().map(across).collect()
}

/// The model of one direction: how English words come from Chinese ones (forward), or Chinese from English.
struct Model {
    forward: bool,
    /// The probability of the target word given the source word, of each numbered pair.
    table: Vec<f32>,
    /// What the evidence adds to the counts.
    prior: Vec<f32>,
    /// The probability of each target word whatever the source.
    share: Vec<f32>,
    /// The probability of each target word given the empty word.
    empty: Vec<f32>,
    jumps: Jumps,
    jump_counts: JumpCounts,
}

impl Model {
    fn new(cells: &Cells, weights: &[f32], forward: bool) -> Self {
        let side = if forward { &cells.en } else { &cells.zh };
        let loose = if forward { function_words::is_loose_english } else { function_words::is_loose_chinese };
        let readiness = |word: &String| if loose(word) { LOOSE.0 } else { LOOSE.1 };
        let mut model = Self {
            forward,
            table: Vec::new(),
            prior: Vec::new(),
            share: side.share.clone(),
            empty: side.words.iter().zip(&side.share).map(|(word, share)| readiness(word) * share).collect(),
            jumps: Jumps::new(),
            jump_counts: JumpCounts::default(),
        };
        let totals = model.totals(cells, weights);
        let prior = |(pair, weight): (&(u32, u32), &f32)| {
            STRENGTH * weight.powf(SHARPNESS) / totals[model.source(pair)].max(1.0)
        };
        model.prior = cells.entries.iter().zip(weights).map(prior).collect();
        let start = |(pair, prior): (&(u32, u32), &f32)| (prior + model.share[model.target(pair)]) / (STRENGTH + 1.0);
        model.table = cells.entries.iter().zip(&model.prior).map(start).collect();
        model
    }

    fn source(&self, &(zh, en): &(u32, u32)) -> usize {
        if self.forward { zh as usize } else { en as usize }
    }

    fn target(&self, &(zh, en): &(u32, u32)) -> usize {
        if self.forward { en as usize } else { zh as usize }
    }

    /// The sum of values of numbered pairs for each source word.
    fn totals(&self, cells: &Cells, values: &[f32]) -> Vec<f32> {
        let sources = if self.forward { cells.zh.words.len() } else { cells.en.words.len() };
        let mut totals = vec![0.0; sources];
        for (pair, value) in cells.entries.iter().zip(values) {
            totals[self.source(pair)] += value;
        }
        totals
    }

    /// Takes probabilities from what was counted and from the evidence.
    fn maximise(&mut self, cells: &Cells, counts: &[f32]) {
        let totals = self.totals(cells, counts);
        let seen = cells.entries.iter().zip(counts).zip(&self.prior);
        let share = |((pair, &count), prior): ((&(u32, u32), &f32), &f32)| {
            ((count - DISCOUNT).max(0.02 * count) + prior) / (totals[self.source(pair)] + STRENGTH)
        };
        self.table = seen.map(share).collect();
    }

    fn update_jumps(&mut self) {
        self.jumps.update(&std::mem::take(&mut self.jump_counts));
    }

    /// For each target word of a sentence pair the probability of each source word; the jumps are counted.
    fn posterior(&mut self, cells: &Cells, pair: usize, chained: bool) -> Vec<f32> {
        let Some(emissions) = self.emissions(cells, pair) else { return Vec::new() };
        let longest = emissions.rows.max(emissions.columns);
        if chained && longest <= LARGEST_CHAIN.0 && emissions.words.len() <= LARGEST_CHAIN.1 {
            hmm::by_chain(&emissions, &self.jumps, Some(&mut self.jump_counts))
        } else {
            hmm::by_position(&emissions)
        }
    }

    /// What the model says of the words of a sentence pair, if they are to be aligned.
    fn emissions(&self, cells: &Cells, pair: usize) -> Option<Emissions> {
        let grid = cells.grids.get(pair).filter(|grid| !grid.numbers.is_empty())?;
        let (rows, columns) = if self.forward { (grid.en, grid.zh) } else { (grid.zh, grid.en) };
        let targets = if self.forward { cells.en.sentences.get(pair)? } else { cells.zh.sentences.get(pair)? };
        let mut words = Vec::with_capacity(rows * columns);
        for (row, &target) in targets.iter().enumerate() {
            let rest = (1.0 - TRUST) * self.share[target as usize];
            words.extend((0..columns).map(|column| {
                let at = if self.forward { grid.number(column, row) } else { grid.number(row, column) };
                let known = at.and_then(|number| self.table.get(number)).copied().unwrap_or(0.0);
                f64::from(TRUST * known + rest)
            }));
        }
        let empty = targets.iter().map(|&word| EMPTY * f64::from(self.empty[word as usize])).collect();
        Some(Emissions { rows, columns, words, empty })
    }
}
