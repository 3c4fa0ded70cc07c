//! Beads that a reader made: they stand as they are, and the rest is aligned between and around them.

use corpus::bitext::{Bead, MadeBy};

use super::{
    band::{Pin, heaviest_order},
    path::Step,
};

/// A reader's beads, and the sentences that are left to align.
pub(crate) struct Fixed {
    /// The beads that stand, in the order of the Chinese side, and whether each is in order on the English side too.
    beads: Vec<(Bead, bool)>,
    /// Indexes of the sentences that no bead holds.
    pub(crate) zh_left: Vec<usize>,
    pub(crate) en_left: Vec<usize>,
}

impl Fixed {
    /// Takes the beads that are in range and do not overlap an earlier one.
    pub(crate) fn new(beads: &[Bead], zh_count: usize, en_count: usize) -> Self {
        let (mut zh_taken, mut en_taken) = (vec![false; zh_count], vec![false; en_count]);
        let mut standing = Vec::new();
        for bead in beads {
            let empty = bead.zh.is_empty() && bead.en.is_empty();
            if empty || !is_free(&bead.zh, &zh_taken) || !is_free(&bead.en, &en_taken) {
                continue;
            }
            take(&bead.zh, &mut zh_taken);
            take(&bead.en, &mut en_taken);
            standing.push(Bead { score: 1.0, made_by: MadeBy::Reader, ..bead.clone() });
        }
        standing.sort_by(|a, b| (a.zh.first(), a.en.first()).cmp(&(b.zh.first(), b.en.first())));
        Self { beads: with_order(standing, en_count), zh_left: left(&zh_taken), en_left: left(&en_taken) }
    }

    /// Where in the sentences that are left the path must go through, both indexes not falling.
    pub(crate) fn pins(&self) -> Vec<Pin> {
        let mut pins: Vec<Pin> = Vec::new();
        for (bead, _) in self.beads.iter().filter(|(_, ordered)| *ordered) {
            let (Some(zh), Some(en)) = (bead.zh.first(), bead.en.first()) else { continue };
            let before = |left: &[usize], index: &usize| left.partition_point(|one| one < index);
            pins.push((before(&self.zh_left, zh), before(&self.en_left, en)));
        }
        pins
    }

    /// The beads of what was left, in terms of all sentences, with those that stand among them.
    pub(crate) fn joined(self, path: &[Step]) -> Vec<Bead> {
        let all = |left: &[usize], part: &std::ops::Range<usize>| left.get(part.clone()).unwrap_or_default().to_vec();
        let mut joined = Vec::with_capacity(path.len() + self.beads.len());
        let (english, standing): (Vec<_>, Vec<_>) = self.beads.into_iter().partition(|(bead, _)| bead.zh.is_empty());
        let (mut english, mut standing) = (english.into_iter().peekable(), standing.into_iter().peekable());
        for step in path {
            let (zh, en) = (all(&self.zh_left, &step.zh), all(&self.en_left, &step.en));
            while let Some((bead, _)) = english.next_if(|(bead, _)| comes_before(&bead.en, &en) == Some(true)) {
                joined.push(bead);
            }
            let before = |(bead, ordered): &(Bead, bool)| {
                comes_before(&bead.zh, &zh).unwrap_or(*ordered && comes_before(&bead.en, &en) == Some(true))
            };
            while let Some((bead, _)) = standing.next_if(before) {
                joined.push(bead);
            }
            let score = if zh.is_empty() || en.is_empty() { 0.0 } else { step.score };
            joined.push(Bead { zh, en, score, made_by: MadeBy::Aligner });
        }
        joined.extend(standing.chain(english).map(|(bead, _)| bead));
        joined
    }
}

/// Whether the sentences of a bead come before others; `None` where a side has none.
fn comes_before(bead: &[usize], other: &[usize]) -> Option<bool> {
    bead.first().zip(other.first()).map(|(bead, other)| bead < other)
}

/// Whether indexes rise, are in range, and none is taken.
fn is_free(indexes: &[usize], taken: &[bool]) -> bool {
    indexes.is_sorted_by(|a, b| a < b) && indexes.iter().all(|&index| taken.get(index) == Some(&false))
}

fn take(indexes: &[usize], taken: &mut [bool]) {
    for &index in indexes {
        if let Some(taken) = taken.get_mut(index) {
            *taken = true;
        }
    }
}

fn left(taken: &[bool]) -> Vec<usize> {
    taken.iter().enumerate().filter(|(_, taken)| !**taken).map(|(index, _)| index).collect()
}

/// Marks the most beads that are in the order of both sides; the others are moved sections.
fn with_order(beads: Vec<Bead>, en_count: usize) -> Vec<(Bead, bool)> {
    let places: Vec<Option<Pin>> = beads.iter().map(|bead| Some((*bead.zh.first()?, *bead.en.first()?))).collect();
    let known: Vec<Pin> = places.iter().copied().flatten().collect();
    let ordered = heaviest_order(&known, en_count);
    let is_ordered = |place: &Option<Pin>| place.is_some_and(|place| ordered.binary_search(&place).is_ok());
    let flags: Vec<bool> = places.iter().map(is_ordered).collect();
    beads.into_iter().zip(flags).collect()
}
