//! Runs that stand in the same places: of a term and its fragments, only one is to be proposed.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{features::Features, keys::Key, places::Run};

/// A rival that is better by more than this is not felt more.
const MOST: f32 = 4.0;

/// A Chinese run as its rivals see it.
#[derive(Clone, Copy)]
pub(crate) struct Rival {
    /// In how many places it stands.
    pub(crate) places: usize,
    /// Its best rendering.
    pub(crate) key: Key,
    /// The log-odds of that.
    pub(crate) log_odds: f32,
}

/// By how much other runs are better in the places of each run: means over its places, in the order of the runs.
pub(crate) fn rivalry(runs: &[(&str, Run<'_>)], rivals: &[Rival]) -> Vec<Features> {
    let mut beads: BTreeMap<usize, Vec<(Range<usize>, usize)>> = BTreeMap::new();
    for (at, (_, run)) in runs.iter().enumerate() {
        for place in &run.places {
            beads.entry(place.bead).or_default().push((place.words.clone(), at));
        }
    }
    let mut found = vec![Features::default(); runs.len()];
    for places in beads.values_mut() {
        places.sort_by_key(|(words, at)| (words.start, words.end, *at));
        for (words, at) in places.iter() {
            let first = places.partition_point(|(other, _)| other.start + LONGEST <= words.start);
            let near = places[first..].iter().take_while(|(other, _)| other.start < words.end);
            let felt = near.fold(Felt::default(), |felt, (other, rival)| felt.and(words, other, *at, *rival, rivals));
            felt.add_to(&mut found[*at]);
        }
    }
    for (features, (_, run)) in found.iter_mut().zip(runs) {
        let places = run.places.len().max(1) as f32;
        features.longer /= places;
        features.crossing /= places;
        features.shorter /= places;
        features.doubled /= places;
        features.nested /= places;
    }
    found
}

/// The longest run, in words.
const LONGEST: usize = 8;

/// What one place feels of its rivals.
#[derive(Default)]
struct Felt {
    longer: f32,
    crossing: f32,
    shorter: f32,
    doubled: bool,
    nested: f32,
}

impl Felt {
    fn and(mut self, own: &Range<usize>, other: &Range<usize>, at: usize, rival: usize, rivals: &[Rival]) -> Self {
        if at == rival || other.end <= own.start {
            return self;
        }
        let better = (rivals[rival].log_odds - rivals[at].log_odds).clamp(0.0, MOST);
        let holds = other.start <= own.start && own.end <= other.end;
        let held = own.start <= other.start && other.end <= own.end;
        if holds && rivals[rival].places > 1 {
            self.nested = self.nested.max(rivals[rival].places as f32 / rivals[at].places.max(1) as f32);
        }
        let side = if holds {
            &mut self.longer
        } else if held {
            &mut self.shorter
        } else {
            &mut self.crossing
        };
        *side = side.max(better);
        self.doubled |= (holds || held) && better > 0.0 && rivals[rival].key == rivals[at].key;
        self
    }

    fn add_to(&self, features: &mut Features) {
        features.longer += self.longer;
        features.crossing += self.crossing;
        features.shorter += self.shorter;
        features.nested += self.nested.min(1.0);
        features.doubled += f32::from(u8::from(self.doubled));
    }
}
