//! One trait of runs of sentences, and how it corresponds between the languages.

use super::path::{MOST, Step};

/// The most classes that a trait has.
pub(crate) const CLASSES: usize = 5;

/// How many beads the guess before the pair itself is counted is worth.
const STRENGTH: f32 = 10.0;
/// The share of beads of which the guess is that both sides are of the same class.
const SAME: f32 = 0.5;
/// The least a class may be likelier than chance, or less likely: bounds what one odd bead costs.
const LEAST: f32 = 1e-4;

/// The class of every run of one to [`MOST`] sentences of one side.
pub(crate) struct Classes {
    /// `of[end][count - 1]` for the run of `count` sentences before sentence `end`.
    of: Vec<[u8; MOST]>,
    /// `chance[count - 1][class]`: the share of a class among runs of so many sentences.
    chance: Vec<[f32; CLASSES]>,
}

impl Classes {
    /// Asks `class` for each run, given its first sentence and the one after its last.
    pub(crate) fn new(sentences: usize, class: impl Fn(usize, usize) -> usize) -> Self {
        let capped = |from: usize, to: usize| u8::try_from(class(from, to).min(CLASSES - 1)).unwrap_or(0);
        let run = |end: usize, count: usize| end.checked_sub(count).map_or(0, |from| capped(from, end));
        let of: Vec<[u8; MOST]> = (0..=sentences).map(|end| std::array::from_fn(|at| run(end, at + 1))).collect();
        let chance = (1..=MOST).map(|count| shares(of.iter().skip(count).map(|runs| runs[count - 1]))).collect();
        Self { of, chance }
    }

    /// The class of the run of `count` sentences before sentence `end`.
    fn get(&self, count: usize, end: usize) -> usize {
        let class = self.of.get(end).and_then(|runs| runs.get(count.wrapping_sub(1)));
        class.map_or(0, |&class| usize::from(class))
    }
}

fn shares(classes: impl Iterator<Item = u8>) -> [f32; CLASSES] {
    let mut shares = [0.5; CLASSES];
    for class in classes {
        if let Some(share) = shares.get_mut(usize::from(class)) {
            *share += 1.0;
        }
    }
    let total: f32 = shares.iter().sum();
    shares.map(|share| share / total)
}

/// A square of numbers, a row for each Chinese class.
type Square = [[f32; CLASSES]; CLASSES];

/// How a trait of the Chinese side of a bead goes with that of the English side.
pub(crate) struct TraitTable {
    zh: Classes,
    en: Classes,
    /// `scores[(zh count - 1) * MOST + en count - 1]`.
    scores: Vec<Square>,
}

impl TraitTable {
    /// Before anything is aligned.
    pub(crate) fn new(zh: Classes, en: Classes) -> Self {
        let mut table = Self { zh, en, scores: Vec::new() };
        table.fit(&[]);
        table
    }

    /// Counts the classes of beads, each as often as it is likely.
    pub(crate) fn fit(&mut self, likely: &[Step]) {
        let mut counts = self.guess();
        for step in likely.iter().filter(|step| !step.zh.is_empty() && !step.en.is_empty()) {
            let (zh, en) = (self.zh.get(step.zh.len(), step.zh.end), self.en.get(step.en.len(), step.en.end));
            counts[zh][en] += step.score;
        }
        let shapes = self.zh.chance.iter().flat_map(|zh| self.en.chance.iter().map(move |en| (zh, en)));
        self.scores = shapes.map(|(zh, en)| gains(&counts, zh, en)).collect();
    }

    fn guess(&self) -> Square {
        let (zh, en) = (self.zh.chance[0], self.en.chance[0]);
        std::array::from_fn(|z| {
            std::array::from_fn(|e| {
                let same = if z == e { f32::midpoint(zh[z], en[e]) } else { 0.0 };
                STRENGTH * (SAME * same + (1.0 - SAME) * zh[z] * en[e])
            })
        })
    }

    /// Adds to each bead that ends in a cell, in order of `zh - 1` and `en - 1`, how much likelier (natural logarithm)
    /// its classes are than chance has them, the mean of both directions.
    pub(crate) fn add(&self, row: usize, column: usize, sums: &mut [f32; MOST * MOST]) {
        let zh: [usize; MOST] = std::array::from_fn(|a| self.zh.get(a + 1, row));
        let en: [usize; MOST] = std::array::from_fn(|b| self.en.get(b + 1, column));
        for (at, (sum, scores)) in sums.iter_mut().zip(&self.scores).enumerate() {
            *sum += scores[zh[at / MOST]][en[at % MOST]];
        }
    }
}

fn gains(counts: &Square, zh_chance: &[f32; CLASSES], en_chance: &[f32; CLASSES]) -> Square {
    let of_zh: [f32; CLASSES] = counts.map(|row| row.iter().sum());
    let of_en: [f32; CLASSES] = std::array::from_fn(|e| counts.iter().map(|row| row[e]).sum());
    std::array::from_fn(|z| {
        std::array::from_fn(|e| {
            let forward = counts[z][e] / of_zh[z] / en_chance[e];
            let backward = counts[z][e] / of_en[e] / zh_chance[z];
            f32::midpoint(forward.max(LEAST).ln(), backward.max(LEAST).ln())
        })
    })
}
