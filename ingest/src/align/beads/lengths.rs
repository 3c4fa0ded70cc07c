//! How well the lengths of two groups of sentences go together (Gale and Church 1993), against chance.

use crate::align::side::Side;

/// The letters of both sides of a bead.
#[derive(Clone, Copy)]
pub(crate) struct Lengths {
    /// Chinese letters.
    pub(crate) zh: f32,
    /// English letters.
    pub(crate) en: f32,
    /// How many times they count.
    pub(crate) weight: f32,
}

/// Lengths of a pair: how long sentences are, and how long their translations.
#[derive(Clone)]
pub(crate) struct LengthModel {
    /// English letters for a Chinese one.
    ratio: f32,
    /// Variance of the English length for a Chinese letter.
    variance: f32,
    /// Mean and variance of the length of a sentence of each side.
    zh: (f32, f32),
    en: (f32, f32),
}

/// The variance of English letters for a Chinese letter before it is fitted (Gale and Church found 6.8 for theirs).
const VARIANCE: f32 = 6.8;
/// How many beads that variance is worth when the pair itself is counted.
const STRENGTH: f32 = 20.0;
/// The share of beads whose lengths say nothing: a bound on what one odd length may cost.
const ODD: f32 = 0.02;

impl LengthModel {
    /// Before anything is aligned: all letters of one side for all of the other.
    pub(crate) fn new(zh: &Side, en: &Side) -> Self {
        let ratio = en.lengths.iter().sum::<f32>() / zh.lengths.iter().sum::<f32>().max(1.0);
        Self { ratio: ratio.clamp(0.5, 10.0), variance: VARIANCE, zh: moments(&zh.lengths), en: moments(&en.lengths) }
    }

    /// Fitted to the lengths of beads.
    pub(crate) fn fitted(&self, beads: &[Lengths]) -> Self {
        let (zh, en) =
            beads.iter().fold((1.0, 1.0), |(zh, en), bead| (zh + bead.weight * bead.zh, en + bead.weight * bead.en));
        let ratio = (en / zh).clamp(0.5, 10.0);
        let spread: f32 =
            beads.iter().map(|bead| bead.weight * (bead.en - ratio * bead.zh).powi(2) / bead.zh.max(1.0)).sum();
        let variance = (spread + VARIANCE * STRENGTH) / (beads.iter().map(|bead| bead.weight).sum::<f32>() + STRENGTH);
        Self { ratio, variance, ..self.clone() }
    }

    /// How much likelier (natural logarithm) the lengths are in a bead than side by side by chance, the mean of both
    /// directions; `zh` and `en` are counts of sentences.
    pub(crate) fn score(&self, zh: f32, en: f32, seen: Lengths) -> f32 {
        let en_given = normal(seen.en, self.ratio * seen.zh, self.variance * seen.zh.max(1.0));
        let en_chance = normal(seen.en, en * self.en.0, en * self.en.1);
        let back = self.variance / self.ratio.powi(3);
        let zh_given = normal(seen.zh, seen.en / self.ratio, back * seen.en.max(1.0));
        let zh_chance = normal(seen.zh, zh * self.zh.0, zh * self.zh.1);
        let gain = f32::midpoint(en_given - en_chance, zh_given - zh_chance).min(20.0);
        ((1.0 - ODD) * gain.exp() + ODD).ln()
    }
}

/// The logarithm of the normal density, without its constant factor.
fn normal(value: f32, mean: f32, variance: f32) -> f32 {
    -(value - mean).powi(2) / (2.0 * variance) - variance.ln() / 2.0
}

fn moments(lengths: &[f32]) -> (f32, f32) {
    let count = lengths.len().max(1) as f32;
    let mean = lengths.iter().sum::<f32>() / count;
    let variance = lengths.iter().map(|length| (length - mean).powi(2)).sum::<f32>() / count;
    (mean, variance.max(1.0))
}
