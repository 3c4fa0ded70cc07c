//! A bead on a path through the grid of both sides.

use std::ops::Range;

/// The most sentences of one side in a bead.
pub(crate) const MOST: usize = 5;

/// A bead of neighbouring sentences.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    /// Chinese sentences.
    pub(crate) zh: Range<usize>,
    /// English sentences.
    pub(crate) en: Range<usize>,
    /// How likely it is, from 0 to 1.
    pub(crate) score: f32,
    /// How much likelier (natural logarithm) words, lengths and traits are in it than by chance.
    pub(crate) gain: f32,
}

impl Step {
    /// A sentence without a counterpart.
    pub(crate) fn alone(zh: Range<usize>, en: Range<usize>) -> Self {
        Self { zh, en, score: 0.0, gain: 0.0 }
    }

    /// Whether a side is empty.
    pub(crate) fn is_alone(&self) -> bool {
        self.zh.is_empty() || self.en.is_empty()
    }
}
