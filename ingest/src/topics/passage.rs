//! What the terms met in one passage prove.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::classifier::PatternId;

/// A weak term in company counts so much of a strong one.
const WEAK: f32 = 0.55;
/// A weak term counts so much where the title has its company: the document is of that field throughout.
const WEAK_UNDER_TITLE: f32 = 0.8;

/// Where the company is that a topic's weak terms need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Company {
    /// They need none but another term of the topic.
    Own,
    /// Not there.
    Missing,
    /// In the passage or a heading above it.
    Near,
    /// In the title.
    Title,
}

/// A term of a topic at a place in the canonical form.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) pattern: PatternId,
    pub(super) place: Range<usize>,
    pub(super) strong: bool,
    pub(super) weight: f32,
}

/// The terms met in a passage, by topic.
#[derive(Debug, Default)]
pub(super) struct TopicHits {
    hits: BTreeMap<usize, Vec<Hit>>,
    excluded: BTreeMap<usize, Vec<Range<usize>>>,
}

/// What a passage says for a topic.
#[derive(Debug)]
pub(super) struct Proof<'h> {
    /// From 0 to 1.
    pub(super) score: f32,
    /// The terms that count, with what each says.
    pub(super) hits: Vec<(&'h Hit, f32)>,
}

impl TopicHits {
    pub(super) fn add(&mut self, topic: usize, hit: Hit) {
        self.hits.entry(topic).or_default().push(hit);
    }

    pub(super) fn exclude(&mut self, topic: usize, place: Range<usize>) {
        self.excluded.entry(topic).or_default().push(place);
    }

    /// Drops what stands within a longer term or an exclusion of the same topic.
    pub(super) fn keep_longest(&mut self) {
        for (topic, hits) in &mut self.hits {
            let mut hiding = self.excluded.get(topic).cloned().unwrap_or_default();
            hits.sort_by(|a, b| b.place.len().cmp(&a.place.len()).then(a.place.start.cmp(&b.place.start)));
            hits.retain(|hit| {
                let hidden = hiding.iter().any(|longer| longer.start <= hit.place.start && hit.place.end <= longer.end);
                if !hidden && hiding.len() < MOST_HIDING {
                    hiding.push(hit.place.clone());
                }
                !hidden
            });
            hits.sort_by_key(|hit| hit.place.start);
        }
        self.hits.retain(|_, hits| !hits.is_empty());
    }

    /// The topics of which a term was met.
    pub(super) fn topics(&self) -> impl Iterator<Item = usize> + '_ {
        self.hits.keys().copied()
    }

    /// What is proved of a topic.
    pub(super) fn proof(&self, topic: usize, company: Company) -> Proof<'_> {
        let hits = self.hits.get(&topic).map(Vec::as_slice).unwrap_or_default();
        let strong = hits.iter().any(|hit| hit.strong);
        let different: BTreeSet<PatternId> = hits.iter().map(|hit| hit.pattern).collect();
        let weak_counts = strong
            || match company {
                Company::Own => different.len() > 1,
                Company::Missing => false,
                Company::Near | Company::Title => true,
            };
        let weak = if company == Company::Title { WEAK_UNDER_TITLE } else { WEAK };
        let counting = hits.iter().filter(|hit| hit.strong || weak_counts);
        let hits: Vec<(&Hit, f32)> =
            counting.map(|hit| (hit, if hit.strong { hit.weight } else { hit.weight * weak })).collect();
        let mut seen = BTreeSet::new();
        let doubt: f32 = hits.iter().filter(|(hit, _)| seen.insert(hit.pattern)).map(|(_, says)| 1.0 - says).product();
        Proof { score: 1.0 - doubt, hits }
    }
}

/// So many places are looked at for what they hide, which keeps a hostile passage from taking long.
const MOST_HIDING: usize = 256;
