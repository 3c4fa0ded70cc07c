//! Which of the likely pairs are made, when each document can be in one only.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use corpus::bitext::PairedBy;
use corpus::document::DocumentHash;

use crate::Error;

/// How strong a pair is. No two pairs are equally strong, and strength hangs on the two documents alone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Strength {
    set: bool,
    pub(super) score: f32,
    /// The bytes of both documents.
    hashes: Option<(DocumentHash, DocumentHash)>,
}

impl Strength {
    /// Of a pair that a person or a manifest set.
    pub(super) fn set() -> Self {
        Self { set: true, score: 1.0, hashes: None }
    }

    /// Of a pair by its contents.
    pub(super) fn of_score(score: f32, hashes: (DocumentHash, DocumentHash)) -> Self {
        Self { set: false, score, hashes: Some(hashes) }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let by_score = self.set.cmp(&other.set).then(self.score.total_cmp(&other.score));
        by_score.then_with(|| other.hashes.cmp(&self.hashes))
    }
}

/// A pair that may be made.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) zh: i64,
    pub(super) en: i64,
    pub(super) strength: Strength,
    pub(super) reasons: Vec<String>,
    pub(super) paired_by: PairedBy,
}

impl Edge {
    fn other(&self, document: i64) -> i64 {
        if self.zh == document { self.en } else { self.zh }
    }
}

/// Pairs so far, and documents that look for one.
///
/// A free document asks the others in the order of strength; one that is asked takes the stronger pair, and who loses it
/// is free again (Gale and Shapley 1962). As both sides of a pair find it equally strong, there is one outcome only,
/// whoever asks first.
#[derive(Default)]
pub(super) struct Settling {
    /// The pair of each document, under both of its documents.
    pairs: BTreeMap<i64, Edge>,
    free: BTreeSet<i64>,
}

impl Settling {
    /// Lets documents look for a pair.
    pub(super) fn free(&mut self, documents: impl IntoIterator<Item = i64>) {
        self.free.extend(documents);
    }

    /// Pairs two documents; those that they were paired with are free.
    pub(super) fn pair(&mut self, edge: Edge) {
        for document in [edge.zh, edge.en] {
            if let Some(before) = self.pairs.remove(&document) {
                let left = before.other(document);
                self.pairs.remove(&left);
                self.free.insert(left);
            }
        }
        self.free.remove(&edge.zh);
        self.free.remove(&edge.en);
        self.pairs.insert(edge.zh, edge.clone());
        self.pairs.insert(edge.en, edge);
    }

    /// Pairs all documents that are free, as far as they have `edges`.
    pub(super) fn settle(&mut self, edges: impl Fn(i64) -> Result<Vec<Edge>, Error>) -> Result<(), Error> {
        while let Some(document) = self.free.pop_first() {
            let mut edges = edges(document)?;
            edges.sort_by(|a, b| b.strength.cmp(&a.strength));
            let is_stronger =
                |id: i64, edge: &Edge| self.pairs.get(&id).is_none_or(|pair| edge.strength.cmp(&pair.strength).is_gt());
            let best = edges.into_iter().find(|edge| is_stronger(edge.zh, edge) && is_stronger(edge.en, edge));
            if let Some(best) = best {
                self.pair(best);
            }
        }
        Ok(())
    }

    /// The pairs by their documents, the Chinese one first.
    pub(super) fn pairs(&self) -> BTreeMap<(i64, i64), Edge> {
        self.pairs.values().map(|edge| ((edge.zh, edge.en), edge.clone())).collect()
    }
}
