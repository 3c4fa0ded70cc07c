//! How likely a bead is by its shape, its lengths, and how much of its words the lexicon can be expected to explain.

use super::{
    lengths::{LengthModel, Lengths},
    lexicon::{Lexicon, Table},
    path::{MOST, Step},
};
use crate::align::side::Side;

/// How likely beads of each shape and of each proportion of lengths are.
#[derive(Clone)]
pub(crate) struct Shapes {
    /// Natural logarithm of the probability of a bead of so many Chinese and English sentences.
    log_shape: [[f32; MOST + 1]; MOST + 1],
    lengths: LengthModel,
    /// The share of words that the other side does not explain.
    pub(crate) unexplained: f32,
}

/// A bead of one more sentence is so much rarer, before the pair itself is counted.
const GROWTH: f32 = 0.25;
/// The share of sentences without a counterpart, before the pair itself is counted.
const UNPAIRED: f32 = 0.02;
/// How many beads the shares above are worth when the pair itself is counted.
const SHAPE_STRENGTH: f32 = 20.0;
/// The share of words that the other side does not explain, before the pair itself is counted.
const UNEXPLAINED: f32 = 0.6;
/// How many words that share is worth when the pair itself is counted.
const UNEXPLAINED_STRENGTH: f32 = 100.0;

impl Shapes {
    /// Before anything is aligned: all letters of one side for all of the other. Where the prior knows few of the
    /// words, they weigh less than lengths.
    pub(crate) fn new(zh: &Side, en: &Side, prior: &Lexicon) -> Self {
        let known = prior.forward.rows.iter().zip(&zh.share).filter(|(row, _)| !row.is_empty());
        let known: f32 = known.map(|(_, share)| share).sum();
        Self {
            log_shape: logarithms(&usual_shapes()),
            lengths: LengthModel::new(zh, en),
            unexplained: 1.0 - (1.0 - UNEXPLAINED) * (2.0 * known).min(1.0),
        }
    }

    /// Fitted to beads of the pair, each counted as often as it is likely.
    pub(crate) fn fitted(&self, likely: &[Step], zh: &Side, en: &Side, lexicon: &Lexicon) -> Self {
        let mut counts = usual_shapes();
        counts.iter_mut().flatten().for_each(|share| *share *= SHAPE_STRENGTH);
        let mut lengths = Vec::new();
        for step in likely {
            counts[step.zh.len()][step.en.len()] += step.score;
            if !step.zh.is_empty() && !step.en.is_empty() {
                let (zh, en) = (&zh.lengths[step.zh.clone()], &en.lengths[step.en.clone()]);
                lengths.push(Lengths { zh: zh.iter().sum(), en: en.iter().sum(), weight: step.score });
            }
        }
        let total: f32 = counts.iter().flatten().sum();
        counts.iter_mut().flatten().for_each(|count| *count /= total);
        let unexplained = self.unexplained(likely, zh, en, &lexicon.forward);
        Self { log_shape: logarithms(&counts), lengths: self.lengths.fitted(&lengths), unexplained }
    }

    /// The expected share of English words that their bead's Chinese words do not explain.
    fn unexplained(&self, likely: &[Step], zh: &Side, en: &Side, forward: &Table) -> f32 {
        let (mut sum, mut count) = (UNEXPLAINED * UNEXPLAINED_STRENGTH, UNEXPLAINED_STRENGTH);
        for step in likely.iter().filter(|step| !step.zh.is_empty()) {
            let from = zh.sentences[step.zh.clone()].concat();
            for &word in en.sentences[step.en.clone()].iter().flatten() {
                let explained: f32 =
                    from.iter().map(|&from| forward.get(from, word)).sum::<f32>() / from.len().max(1) as f32;
                let ratio = explained / en.share[word as usize];
                sum += step.score * self.unexplained / (self.unexplained + (1.0 - self.unexplained) * ratio);
                count += step.score;
            }
        }
        (sum / count).clamp(0.1, 1.0)
    }

    /// The logarithm of the probability of a bead by its shape and the letters of both sides.
    pub(crate) fn score(&self, zh: usize, en: usize, zh_letters: f32, en_letters: f32) -> f32 {
        let shape = self.log_shape[zh][en];
        if zh == 0 || en == 0 {
            return shape;
        }
        let seen = Lengths { zh: zh_letters, en: en_letters, weight: 1.0 };
        shape + self.lengths.score(zh as f32, en as f32, seen)
    }
}

fn usual_shapes() -> [[f32; MOST + 1]; MOST + 1] {
    let mut shares = [[0.0; MOST + 1]; MOST + 1];
    shares[1][0] = UNPAIRED;
    shares[0][1] = UNPAIRED;
    for (zh, row) in shares.iter_mut().enumerate().skip(1) {
        for (en, share) in row.iter_mut().enumerate().skip(1) {
            // Two and two are rarer than their sum says: mostly they are two beads.
            let both = i32::try_from(zh.min(en) - 1).unwrap_or(0);
            *share = GROWTH.powi(i32::try_from(zh + en - 2).unwrap_or(0)) * GROWTH.powi(both);
        }
    }
    let total: f32 = shares.iter().flatten().sum();
    shares.iter_mut().flatten().for_each(|share| *share /= total);
    shares
}

fn logarithms(shares: &[[f32; MOST + 1]; MOST + 1]) -> [[f32; MOST + 1]; MOST + 1] {
    shares.map(|row| row.map(|share| if share > 0.0 { share.ln() } else { f32::NEG_INFINITY }))
}
