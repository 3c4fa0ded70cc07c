//! All terms in a text, longest first.
//!
//! Terms are compared by units (`units.rs`): Chinese characters one by one, so that no segmentation can miss a term,
//! and English words whole, in the singular, so that plurals, possessives and British or American spelling
//! do not matter. Where terms overlap the longest in units stands, wherever it begins, and of equally long ones the first:
//! of `AB`, `BCD` and `DE`, `ABCDE` has `BCD` marked alone, where taking the leftmost would mark `AB` and `DE`.

mod forms;
mod phrases;
#[cfg(test)]
mod tests;
mod units;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use corpus::store::ListedTerm;

use phrases::{Phrases, Target};
use units::Text;

/// A stretch of a text that is a designation in the termbase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// What it designates: concept and term, the best first; homographs have several.
    pub designates: Vec<(i64, i64)>,
}

/// The designations of a termbase, ready to be found in texts. Copies share what they can.
#[derive(Clone, Debug, Default)]
pub struct Marker {
    least_confidence: f32,
    base: Arc<Phrases>,
    /// What has changed since the base was made.
    changed: Arc<Phrases>,
    /// The designations in `changed`.
    kept: Arc<Vec<ListedTerm>>,
    /// Concepts of which the base is out of date.
    hidden: HashSet<i64>,
}

/// A phrase that was met.
struct Met {
    units: Range<usize>,
    in_base: bool,
    phrase: usize,
}

impl Marker {
    /// The designations that are reviewed, and candidates from `least_confidence` on.
    ///
    /// Single Chinese characters, stop words and bare numbers are marked only where they are reviewed; a word in
    /// capitals (`IT`) only where a text has it in capitals.
    pub fn new(terms: &[ListedTerm], least_confidence: f32) -> Self {
        Self::of(terms.iter(), least_confidence)
    }

    /// The same, wherever the designations stand.
    pub fn of<'t>(terms: impl Iterator<Item = &'t ListedTerm>, least_confidence: f32) -> Self {
        let base = Arc::new(Phrases::new(terms, least_confidence));
        Self { least_confidence, base, ..Self::default() }
    }

    /// Puts what is known now of some concepts in place of what was known; designations of other concepts are not
    /// looked at. What has changed is put together anew each time: after some thousands make a new marker.
    pub fn replace(&mut self, concepts: &[i64], terms: &[ListedTerm]) {
        let concepts: HashSet<i64> = concepts.iter().copied().collect();
        let others = self.kept.iter().filter(|term| !concepts.contains(&term.concept));
        let kept: Vec<ListedTerm> =
            others.chain(terms.iter().filter(|term| concepts.contains(&term.concept))).cloned().collect();
        self.hidden.extend(concepts);
        self.changed = Arc::new(Phrases::new(kept.iter(), self.least_confidence));
        self.kept = Arc::new(kept);
    }

    /// The terms of a text in its order; they never overlap.
    ///
    /// Words are met whole, over single line breaks, spaces and hyphens, and never over an empty line or a dash.
    pub fn mark(&self, text: &str) -> Vec<Mark> {
        let read = Text::new(text);
        let all = self.met(&read, text);
        let mut taken = vec![false; read.units.len()];
        let mut marks: Vec<(usize, Mark)> = Vec::new();
        for met in all.chunk_by(|one, other| one.units == other.units) {
            if let Some(units) = take(met, &mut taken) {
                marks.extend(self.mark_of(met, &read, text).map(|mark| (units.start, mark)));
            }
        }
        marks.sort_by_key(|(start, _)| *start);
        marks.into_iter().map(|(_, mark)| mark).collect()
    }

    /// All terms of a text, also those within others or across them: the longest in units first, of equally long ones
    /// in the order of the text. Of the terms that begin at one place the four longest are given.
    pub fn mark_all(&self, text: &str) -> Vec<Mark> {
        let read = Text::new(text);
        let all = self.met(&read, text);
        all.chunk_by(|one, other| one.units == other.units).filter_map(|met| self.mark_of(met, &read, text)).collect()
    }

    /// The phrases that a text holds, the longest first, then in its order.
    fn met(&self, read: &Text, text: &str) -> Vec<Met> {
        let mut all: Vec<Met> = Vec::new();
        for (in_base, phrases) in [(true, &self.base), (false, &self.changed)] {
            phrases.find(read, |units, phrase| {
                let met = Met { units, in_base, phrase };
                if self.targets(&met, read, text).next().is_some() {
                    all.push(met);
                }
            });
        }
        all.sort_by_key(|met| (std::cmp::Reverse(met.units.len()), met.units.start));
        all
    }

    /// The mark of phrases that were met at one place.
    fn mark_of(&self, met: &[Met], read: &Text, text: &str) -> Option<Mark> {
        let units = met.first()?.units.clone();
        let mut targets: Vec<Target> = met.iter().flat_map(|met| self.targets(met, read, text)).collect();
        targets.sort_unstable();
        let mut designates: Vec<(i64, i64)> = Vec::new();
        for target in targets {
            if !designates.contains(&(target.concept, target.term)) {
                designates.push((target.concept, target.term));
            }
        }
        Some(Mark { range: read.original_range(units)?, designates })
    }

    /// What a phrase designates where it was met.
    fn targets(&self, met: &Met, read: &Text, text: &str) -> impl Iterator<Item = Target> {
        let phrases = if met.in_base { &self.base } else { &self.changed };
        let written = read.original_range(met.units.clone()).and_then(|range| text.get(range)).unwrap_or_default();
        let in_base = met.in_base;
        let has_capitals = written.chars().filter(|c| c.is_uppercase()).count() > 1;
        let stands = move |target: &&Target| {
            (!target.in_capitals || has_capitals) && !(in_base && self.hidden.contains(&target.concept))
        };
        phrases.targets(met.phrase).iter().filter(stands).copied()
    }

    /// How many bytes it takes, without what the allocator adds.
    pub fn bytes(&self) -> usize {
        self.base.bytes() + self.changed.bytes()
    }
}

/// The place of phrases that were met, taken unless something longer stands there.
fn take(met: &[Met], taken: &mut [bool]) -> Option<Range<usize>> {
    let units = met.first()?.units.clone();
    let place = taken.get_mut(units.clone())?;
    // What was taken before is at least as long: it overlaps only where it holds one of the ends.
    if place.first() == Some(&true) || place.last() == Some(&true) {
        return None;
    }
    place.fill(true);
    Some(units)
}
