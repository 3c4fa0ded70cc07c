//! Word alignment by a hidden Markov model (Vogel, Ney and Tillmann 1996; the empty word after Och and Ney 2003).

use super::lexicon::Table;

/// For each target word the probability of each source word: `rows × columns`, row after row.
pub(crate) struct Posterior {
    /// How many source words there are.
    pub(crate) columns: usize,
    /// The probabilities.
    pub(crate) cells: Vec<f32>,
}

impl Posterior {
    /// The probability that target word `target` comes from source word `source`.
    pub(crate) fn get(&self, target: usize, source: usize) -> f32 {
        self.cells.get(target * self.columns + source).copied().unwrap_or(0.0)
    }
}

/// Source and target words of a pair.
pub(crate) type Pair = (Vec<u32>, Vec<u32>);

/// How much the dictionary's word is worth, in observations.
const PRIOR_STRENGTH: f32 = 4.0;
/// Taken off every count, so that a chance meeting stays small.
const DISCOUNT: f32 = 0.3;
/// The probability that a word comes from the empty word.
const EMPTY: f64 = 0.2;
/// Jumps beyond this many words are as likely as this many.
const FAR: usize = 8;
/// Rounds of training.
const ROUNDS: usize = 3;
/// What part of the emission is the table, the rest being how common the word is.
const TRUST: f32 = 0.95;
/// Pairs whose sides multiply to more than this are not aligned: the cost grows with the square of a side.
const LARGEST: usize = 250_000;

/// The relative frequency of jumps from the source word of one target word to that of the next.
struct Jumps([f64; 2 * FAR + 1]);

impl Jumps {
    fn new() -> Self {
        let mut shares = [0.0; 2 * FAR + 1];
        for (at, share) in shares.iter_mut().enumerate() {
            *share = 1.0 / (1.0 + (at as f64 - FAR as f64 - 1.0).abs());
        }
        Self(shares)
    }

    fn get(&self, from: usize, to: usize) -> f64 {
        self.0[Self::bucket(from, to)]
    }

    fn bucket(from: usize, to: usize) -> usize {
        if to >= from { FAR + (to - from).min(FAR) } else { FAR - (from - to).min(FAR) }
    }

    /// How often each jump was made of how often it could have been, with a little for those that never were.
    fn update(&mut self, counts: &JumpCounts) {
        for (share, (made, possible)) in self.0.iter_mut().zip(counts.made.iter().zip(counts.possible)) {
            *share = (made + 0.1) / (possible + 10.0);
        }
    }
}

/// How often each jump was made, and how often it could have been.
#[derive(Default)]
struct JumpCounts {
    made: [f64; 2 * FAR + 1],
    possible: [f64; 2 * FAR + 1],
}

/// Trains on the pairs and gives the posterior of each; `table` starts the emissions and `prior` holds them.
pub(crate) fn align(prior: &Table, table: &Table, pairs: &[Pair], share: &[f32]) -> Vec<Posterior> {
    let mut table = table.clone();
    let mut jumps = Jumps::new();
    for _ in 0..ROUNDS {
        let mut counts =
            Table { rows: table.rows.iter().map(|row| row.iter().map(|&(t, _)| (t, 0.0)).collect()).collect() };
        let mut jump_counts = JumpCounts::default();
        for pair in pairs {
            let posterior = one(&table, &jumps, pair, share, Some(&mut jump_counts));
            count(&mut counts, pair, &posterior);
        }
        table = maximised(counts, prior);
        jumps.update(&jump_counts);
    }
    pairs.iter().map(|pair| one(&table, &jumps, pair, share, None)).collect()
}

fn count(counts: &mut Table, (source, target): &Pair, posterior: &Posterior) {
    for (row, &to) in target.iter().enumerate() {
        for (column, &from) in source.iter().enumerate() {
            let Some(entries) = counts.rows.get_mut(from as usize) else { continue };
            if let Ok(at) = entries.binary_search_by_key(&to, |&(word, _)| word) {
                entries[at].1 += posterior.get(row, column);
            }
        }
    }
}

fn maximised(mut counts: Table, prior: &Table) -> Table {
    for (source, row) in counts.rows.iter_mut().enumerate() {
        let total: f32 = row.iter().map(|&(_, count)| count).sum::<f32>() + PRIOR_STRENGTH;
        for (target, p) in row.iter_mut() {
            *p = ((*p - DISCOUNT).max(0.02 * *p) + PRIOR_STRENGTH * prior.get(source as u32, *target)) / total;
        }
    }
    counts
}

/// Forward and backward over one pair. State 0 stands before the source; state `i` is source word `i - 1`.
fn one(
    table: &Table,
    jumps: &Jumps,
    (source, target): &Pair,
    share: &[f32],
    jump_counts: Option<&mut JumpCounts>,
) -> Posterior {
    let (columns, rows) = (source.len(), target.len());
    let mut cells = vec![0.0; columns * rows];
    if columns == 0 || rows == 0 || columns * rows > LARGEST {
        return Posterior { columns, cells: Vec::new() };
    }
    let chain = Chain::new(table, jumps, source, target, share);
    let forward = chain.forward();
    let backward = chain.backward();
    for row in 0..rows {
        let total: f64 =
            (0..=columns).map(|state| forward[row].sum(state) * backward[row][state]).sum::<f64>().max(1e-300);
        for column in 0..columns {
            cells[row * columns + column] = (forward[row].word[column + 1] * backward[row][column + 1] / total) as f32;
        }
    }
    if let Some(counts) = jump_counts {
        chain.count_jumps(&forward, &backward, counts);
    }
    Posterior { columns, cells }
}

/// One pair as a chain of states.
struct Chain {
    /// `emissions[row][state]`, state 0 never emits.
    emissions: Vec<Vec<f64>>,
    /// The probability of each target word from the empty word.
    empty: Vec<f64>,
    /// `moves[from][to]`.
    moves: Vec<Vec<f64>>,
}

/// Forward probabilities after a target word: it came from the state's word, or from the empty word beside it.
struct Forward {
    word: Vec<f64>,
    empty: Vec<f64>,
}

impl Forward {
    fn sum(&self, state: usize) -> f64 {
        self.word[state] + self.empty[state]
    }
}

impl Chain {
    fn new(table: &Table, jumps: &Jumps, source: &[u32], target: &[u32], share: &[f32]) -> Self {
        let states = source.len() + 1;
        let common = |word: u32| share.get(word as usize).copied().unwrap_or(0.0).max(1e-9);
        let emit = |from: u32, to: u32| f64::from(TRUST * table.get(from, to) + (1.0 - TRUST) * common(to));
        let emissions =
            target.iter().map(|&to| [0.0].into_iter().chain(source.iter().map(|&from| emit(from, to))).collect());
        let moves = (0..states).map(|from| {
            let mut row: Vec<f64> = (0..states).map(|to| if to == 0 { 0.0 } else { jumps.get(from, to) }).collect();
            let total: f64 = row.iter().sum();
            row.iter_mut().for_each(|share| *share *= (1.0 - EMPTY) / total);
            row
        });
        Self {
            emissions: emissions.collect(),
            empty: target.iter().map(|&to| EMPTY * f64::from(common(to))).collect(),
            moves: moves.collect(),
        }
    }

    fn states(&self) -> usize {
        self.moves.len()
    }

    fn forward(&self) -> Vec<Forward> {
        let mut rows: Vec<Forward> = Vec::with_capacity(self.empty.len());
        for row in 0..self.empty.len() {
            let before: Vec<f64> = match rows.last() {
                Some(last) => (0..self.states()).map(|state| last.sum(state)).collect(),
                None => (0..self.states()).map(|state| if state == 0 { 1.0 } else { 0.0 }).collect(),
            };
            let mut word = vec![0.0; self.states()];
            for (from, weight) in before.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
                for (to, cell) in word.iter_mut().enumerate().skip(1) {
                    *cell += weight * self.moves[from][to];
                }
            }
            word.iter_mut().zip(&self.emissions[row]).for_each(|(cell, emission)| *cell *= emission);
            let mut empty: Vec<f64> = before.iter().map(|weight| weight * self.empty[row]).collect();
            let total: f64 = word.iter().chain(&empty).sum::<f64>().max(1e-300);
            word.iter_mut().chain(&mut empty).for_each(|cell| *cell /= total);
            rows.push(Forward { word, empty });
        }
        rows
    }

    /// For each target word and state, the probability of the words after it, scaled.
    fn backward(&self) -> Vec<Vec<f64>> {
        let count = self.empty.len();
        let mut rows = vec![vec![1.0; self.states()]; count];
        for row in (0..count.saturating_sub(1)).rev() {
            let next: Vec<f64> = (0..self.states()).map(|to| self.emissions[row + 1][to] * rows[row + 1][to]).collect();
            let mut current: Vec<f64> = (0..self.states())
                .map(|from| {
                    let moved: f64 = self.moves[from].iter().zip(&next).map(|(share, after)| share * after).sum();
                    moved + self.empty[row + 1] * rows[row + 1][from]
                })
                .collect();
            let most = current.iter().copied().fold(1e-300, f64::max);
            current.iter_mut().for_each(|cell| *cell /= most);
            rows[row] = current;
        }
        rows
    }

    fn count_jumps(&self, forward: &[Forward], backward: &[Vec<f64>], counts: &mut JumpCounts) {
        for row in 1..self.empty.len() {
            let after: Vec<f64> = (0..self.states()).map(|to| self.emissions[row][to] * backward[row][to]).collect();
            let weights: Vec<f64> = (0..self.states()).map(|from| forward[row - 1].sum(from)).collect();
            let joint = |from: usize, to: usize| weights[from] * self.moves[from][to] * after[to];
            let all = (0..self.states()).flat_map(|from| (1..self.states()).map(move |to| (from, to)));
            let moved: f64 = all.clone().map(|(from, to)| joint(from, to)).sum();
            let stayed: f64 =
                weights.iter().zip(&backward[row]).map(|(weight, after)| weight * self.empty[row] * after).sum();
            let total = (moved + stayed).max(1e-300);
            for (from, to) in all {
                counts.made[Jumps::bucket(from, to)] += joint(from, to) / total;
                counts.possible[Jumps::bucket(from, to)] += weights[from];
            }
        }
    }
}
