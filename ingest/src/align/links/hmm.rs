//! A sentence pair as a chain: each target word comes from a source word, and where it comes from depends on where the
//! word before came from (Vogel, Ney and Tillmann 1996), or from the empty word (Och and Ney 2003).

/// Jumps beyond this many words are as likely as this many.
const FAR: usize = 8;
/// All jumps that are told apart.
const JUMPS: usize = 2 * FAR + 1;
/// The probability that a word comes from the empty word.
pub(crate) const EMPTY: f64 = 0.2;
/// How fast a link gets less likely away from the diagonal (Dyer, Chahuneau and Smith 2013).
const DIAGONAL: f64 = 4.0;

/// What a model says of the words of a sentence pair.
pub(crate) struct Emissions {
    /// How many target words there are.
    pub(crate) rows: usize,
    /// How many source words there are.
    pub(crate) columns: usize,
    /// The probability of each target word given each source word, row after row.
    pub(crate) words: Vec<f64>,
    /// The probability of each target word given the empty word.
    pub(crate) empty: Vec<f64>,
}

/// The relative frequency of jumps from the source word of one target word to that of the next.
pub(crate) struct Jumps([f64; JUMPS]);

/// How often each jump was made, and how often it could have been.
#[derive(Default)]
pub(crate) struct JumpCounts {
    made: [f64; JUMPS],
    possible: [f64; JUMPS],
}

impl JumpCounts {
    /// Adds the jumps from a state of probability `p`, by its moves and by the probability of what comes after each;
    /// `total` is that of the whole sentence pair.
    fn add(&mut self, from: usize, p: f64, moves: &[f64], after: &[f64], total: f64) {
        let states = moves.len();
        // Jumps beyond the near ones are counted together. None leads to state 0.
        let near = (from + 1).saturating_sub(FAR).max(1)..(from + FAR).min(states);
        let far = [(0, 1..near.start), (JUMPS - 1, near.end.max(near.start)..states)];
        for (bucket, range) in far {
            self.made[bucket] += p / total * dot(&moves[range.clone()], &after[range.clone()]);
            self.possible[bucket] += p * range.len() as f64;
        }
        for to in near {
            let bucket = Jumps::bucket(from, to);
            self.made[bucket] += p / total * moves[to] * after[to];
            self.possible[bucket] += p;
        }
    }
}

impl Jumps {
    /// Mostly to the next word.
    pub(crate) fn new() -> Self {
        let mut shares = [0.0; JUMPS];
        for (at, share) in shares.iter_mut().enumerate() {
            *share = 1.0 / (1.0 + (at as f64 - FAR as f64 - 1.0).abs());
        }
        Self(shares)
    }

    fn bucket(from: usize, to: usize) -> usize {
        if to >= from { FAR + (to - from).min(FAR) } else { FAR - (from - to).min(FAR) }
    }

    /// How often each jump was made of how often it could have been, with a little for those that never were.
    pub(crate) fn update(&mut self, counts: &JumpCounts) {
        for (share, (made, possible)) in self.0.iter_mut().zip(counts.made.iter().zip(counts.possible)) {
            *share = (made + 0.1) / (possible + 10.0);
        }
    }

    /// The probability of each state after each: state 0 stands before the source, and none goes back there.
    fn moves(&self, states: usize) -> Vec<f64> {
        let mut moves = vec![0.0; states * states];
        for (from, row) in moves.chunks_exact_mut(states).enumerate() {
            let mut total = 0.0;
            for (to, cell) in row.iter_mut().enumerate().skip(1) {
                *cell = self.0[Self::bucket(from, to)];
                total += *cell;
            }
            row.iter_mut().for_each(|cell| *cell *= (1.0 - EMPTY) / total);
        }
        moves
    }
}

/// For each target word the probability of each source word by position alone: `rows × columns` as in the emissions.
pub(crate) fn by_position(emissions: &Emissions) -> Vec<f32> {
    let Emissions { rows, columns, words, empty } = emissions;
    let middle = |at: usize, count: usize| (at as f64 + 0.5) / count as f64;
    let mut found = Vec::with_capacity(words.len());
    for (row, (cells, empty)) in words.chunks_exact((*columns).max(1)).zip(empty).enumerate() {
        let near = |column: usize| (-DIAGONAL * (middle(row, *rows) - middle(column, *columns)).abs()).exp();
        let nearness: f64 = (0..*columns).map(near).sum();
        let scores: Vec<f64> =
            cells.iter().enumerate().map(|(column, p)| (1.0 - EMPTY) * p * near(column) / nearness).collect();
        let total = (scores.iter().sum::<f64>() + empty).max(f64::MIN_POSITIVE);
        found.extend(scores.iter().map(|score| (score / total) as f32));
    }
    found
}

/// For each target word the probability of each source word by the chain; jumps are added to `counts`.
pub(crate) fn by_chain(emissions: &Emissions, jumps: &Jumps, counts: Option<&mut JumpCounts>) -> Vec<f32> {
    if emissions.rows == 0 || emissions.columns == 0 {
        return Vec::new();
    }
    let chain = Chain { emissions, states: emissions.columns + 1, moves: jumps.moves(emissions.columns + 1) };
    let forward = chain.forward();
    let backward = chain.backward();
    let mut found = Vec::with_capacity(emissions.words.len());
    for row in 0..emissions.rows {
        let (at, after) = (chain.row(row), &backward[chain.row(row)]);
        let sum: f64 = forward.all[at.clone()].iter().zip(after).map(|(before, after)| before * after).sum();
        let total = sum.max(f64::MIN_POSITIVE);
        let words = forward.words[at].iter().zip(after).skip(1);
        found.extend(words.map(|(before, after)| (before * after / total) as f32));
    }
    if let Some(counts) = counts {
        chain.count_jumps(&forward, &backward, counts);
    }
    found
}

/// A sentence pair with its moves. State 0 stands before the source; state `i` is source word `i - 1`.
struct Chain<'a> {
    emissions: &'a Emissions,
    states: usize,
    /// The probability of each state (column) after each (row).
    moves: Vec<f64>,
}

/// Probabilities up to a target word, target words × states, scaled to a sum of 1 for each target word.
struct Forward {
    /// The word came from the state's word.
    words: Vec<f64>,
    /// It came from the state's word, or from the empty word beside it.
    all: Vec<f64>,
}

impl Chain<'_> {
    fn row(&self, row: usize) -> std::ops::Range<usize> {
        row * self.states..(row + 1) * self.states
    }

    /// The emissions of a target word by the source's words, from state 1 on.
    fn words(&self, row: usize) -> &[f64] {
        &self.emissions.words[row * self.emissions.columns..(row + 1) * self.emissions.columns]
    }

    fn forward(&self) -> Forward {
        let size = self.emissions.rows * self.states;
        let mut found = Forward { words: Vec::with_capacity(size), all: Vec::with_capacity(size) };
        let mut before = vec![0.0; self.states];
        before[0] = 1.0;
        for row in 0..self.emissions.rows {
            let mut words = vec![0.0; self.states];
            for (weight, moves) in before.iter().zip(self.moves.chunks_exact(self.states)) {
                words.iter_mut().zip(moves).for_each(|(cell, share)| *cell += weight * share);
            }
            words.iter_mut().skip(1).zip(self.words(row)).for_each(|(cell, emission)| *cell *= emission);
            let empty = self.emissions.empty[row];
            let mut all: Vec<f64> = words.iter().zip(&before).map(|(word, before)| word + before * empty).collect();
            let total = all.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            words.iter_mut().chain(&mut all).for_each(|cell| *cell /= total);
            before.copy_from_slice(&all);
            found.words.extend(words);
            found.all.extend(all);
        }
        found
    }

    /// For each target word and state, the probability of the words after it, scaled to a most of 1.
    fn backward(&self) -> Vec<f64> {
        let rows = self.emissions.rows;
        let mut found = vec![1.0; rows * self.states];
        for row in (1..rows).rev() {
            let after = self.arrivals(row, &found[self.row(row)]);
            let empty = self.emissions.empty[row];
            let stay = found[self.row(row)].iter().map(|after| empty * after);
            let moves = self.moves.chunks_exact(self.states);
            let mut current: Vec<f64> = moves.zip(stay).map(|(moves, stay)| dot(moves, &after) + stay).collect();
            let most = current.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
            current.iter_mut().for_each(|cell| *cell /= most);
            let range = self.row(row - 1);
            found[range].copy_from_slice(&current);
        }
        found
    }

    /// For each state the probability of a target word from there, and of the words after it.
    fn arrivals(&self, row: usize, after: &[f64]) -> Vec<f64> {
        let words = after.iter().skip(1).zip(self.words(row)).map(|(after, emission)| after * emission);
        [0.0].into_iter().chain(words).collect()
    }

    fn count_jumps(&self, forward: &Forward, backward: &[f64], counts: &mut JumpCounts) {
        for row in 1..self.emissions.rows {
            let before = &forward.all[self.row(row - 1)];
            let after = self.arrivals(row, &backward[self.row(row)]);
            let moved: f64 =
                before.iter().zip(self.moves.chunks_exact(self.states)).map(|(p, moves)| p * dot(moves, &after)).sum();
            let stayed = self.emissions.empty[row] * dot(before, &backward[self.row(row)]);
            let total = (moved + stayed).max(f64::MIN_POSITIVE);
            for (from, (&p, moves)) in before.iter().zip(self.moves.chunks_exact(self.states)).enumerate() {
                counts.add(from, p, moves, &after, total);
            }
        }
    }
}

/// The scalar product, in four sums so that it can be computed side by side.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (a_fours, b_fours) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a_fours.remainder().iter().zip(b_fours.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a_fours.zip(b_fours) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f64>() + rest
}
