//! The designations of all concepts in memory.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use corpus::store::ListedTerm;

/// The designations of all concepts. Copies share what they can.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// By concept and number.
    base: Arc<Vec<ListedTerm>>,
    /// What has changed since: the designations that concepts have now, none for one that has gone.
    changed: BTreeMap<i64, Vec<ListedTerm>>,
}

impl Terms {
    /// These designations, in any order.
    pub fn new(mut terms: Vec<ListedTerm>) -> Self {
        terms.sort_by_key(|term| (term.concept, term.term));
        Self { base: Arc::new(terms), changed: BTreeMap::new() }
    }

    /// Puts what is known now of some concepts in place of what was known.
    pub(super) fn replace(&mut self, concepts: &[i64], terms: &[ListedTerm]) {
        self.changed.extend(concepts.iter().map(|&concept| (concept, Vec::new())));
        let concepts: HashSet<i64> = concepts.iter().copied().collect();
        for term in terms.iter().filter(|term| concepts.contains(&term.concept)) {
            self.changed.entry(term.concept).or_default().push(term.clone());
        }
    }

    /// The designations of a concept, in the order of their rows.
    pub fn of(&self, concept: i64) -> &[ListedTerm] {
        if let Some(changed) = self.changed.get(&concept) {
            return changed;
        }
        let start = self.base.partition_point(|term| term.concept < concept);
        let rest = self.base.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|term| term.concept == concept)).unwrap_or_default()
    }

    /// All designations; those of one concept stand together.
    pub fn iter(&self) -> impl Iterator<Item = &ListedTerm> {
        let same = self.base.iter().filter(|term| !self.changed.contains_key(&term.concept));
        same.chain(self.changed.values().flatten())
    }

    /// Of how many concepts the designations have changed since all were read.
    pub(super) fn changed(&self) -> usize {
        self.changed.len()
    }
}
