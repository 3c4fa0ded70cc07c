//! The concepts of the termbase in a list: those that a look-up finds, or all; filtered, ordered, page by page.

use std::cmp::Reverse;
use std::collections::HashMap;

use corpus::document::Language;
use corpus::store::{ListedTerm, Store};
use corpus::term::{Concept, EvidenceKind, Status, Tier};
use index::terms::How;

use super::cached::{Terms, termbase};
use super::seen::{Documents, Use};
use crate::Error;
use crate::data::Data;

/// How many concepts a look-up finds at most.
pub const MOST_FOUND: usize = 500;

/// Which concepts are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What is looked up; all concepts where it is empty.
    pub query: String,
    /// Only concepts with a designation of this status.
    pub status: Option<Status>,
    /// Only concepts of this subject field.
    pub subject: Option<String>,
    /// How all concepts are ordered; what a look-up finds is in its own order.
    pub order: Order,
}

/// How all concepts are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Those seen most often first.
    #[default]
    Seen,
    /// Those that a person has reviewed first, of either those seen most often.
    Reviewed,
    /// By the characters of the best designation, Chinese before English.
    Text,
}

impl Order {
    /// All.
    pub const ALL: [Self; 3] = [Self::Seen, Self::Reviewed, Self::Text];

    /// The name used in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Reviewed => "reviewed",
            Self::Text => "text",
        }
    }

    /// The order of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }
}

/// A concept in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The concept as it is shown.
    pub concept: Concept,
    /// The designation that the look-up met, and how.
    pub met: Option<(i64, How)>,
    /// What stands behind its best rendering, where nobody has reviewed it.
    pub tier: Option<Tier>,
    /// In which documents its designations were used.
    pub uses: Vec<Use>,
}

/// `limit` of the concepts that are asked for, from `offset` on; and how many there are in all.
///
/// # Errors
/// When the store cannot be read.
pub fn listed(data: &Data, wanted: &Wanted, limit: usize, offset: usize) -> Result<(Vec<Listed>, usize), Error> {
    let termbase = termbase(data)?;
    let query = wanted.query.trim();
    let mut found: Vec<(i64, Option<(i64, How)>)> = if query.is_empty() {
        browsed(&termbase.terms, wanted.order).into_iter().map(|concept| (concept, None)).collect()
    } else {
        let found = termbase.lookup.find(query, MOST_FOUND).into_iter();
        found.map(|found| (found.concept, Some((found.term, found.how)))).collect()
    };
    if let Some(status) = wanted.status {
        found.retain(|(concept, _)| termbase.terms.of(*concept).iter().any(|term| term.status == status));
    }
    data.with_store(|store| {
        if let Some(subject) = &wanted.subject {
            let subjects: HashMap<i64, String> = store.concept_subjects()?.into_iter().collect();
            found.retain(|(concept, _)| subjects.get(concept) == Some(subject));
        }
        let mut documents = Documents::default();
        let mut listed = Vec::new();
        for &(id, met) in found.iter().skip(offset).take(limit) {
            let Some(concept) = store.concept(id)? else { continue };
            let (tier, uses) = (tier(store, &concept)?, documents.uses(store, id)?);
            listed.push(Listed { concept, met, tier, uses });
        }
        Ok((listed, found.len()))
    })
}

/// All concepts in an order.
fn browsed(terms: &Terms, order: Order) -> Vec<i64> {
    let mut concepts: Vec<Short> = Vec::new();
    for term in terms.iter() {
        match concepts.last_mut().filter(|short| short.concept == term.concept) {
            Some(short) => short.add(term),
            None => concepts.push(Short::of(term)),
        }
    }
    match order {
        Order::Seen => concepts.sort_by_key(|short| (Reverse(short.seen()), short.concept)),
        Order::Reviewed => {
            concepts.sort_by_key(|short| (!short.is_reviewed, Reverse(short.seen()), short.concept));
        }
        Order::Text => concepts.sort_by(|a, b| a.name().cmp(&b.name()).then(a.concept.cmp(&b.concept))),
    }
    concepts.into_iter().map(|short| short.concept).collect()
}

/// A concept in short, to be put in order.
struct Short<'a> {
    concept: i64,
    is_reviewed: bool,
    /// How often its designations in Chinese, and in other languages, were seen.
    zh: u32,
    other: u32,
    best: &'a ListedTerm,
}

impl<'a> Short<'a> {
    fn of(term: &'a ListedTerm) -> Self {
        let mut short = Self { concept: term.concept, is_reviewed: false, zh: 0, other: 0, best: term };
        short.add(term);
        short
    }

    fn add(&mut self, term: &'a ListedTerm) {
        self.is_reviewed |= term.status.is_reviewed();
        let seen = if term.language == Language::Zh { &mut self.zh } else { &mut self.other };
        *seen = seen.saturating_add(term.count);
        let goodness = |term: &ListedTerm| (term.language == Language::Zh, term.count, Reverse(term.term));
        if goodness(term) > goodness(self.best) {
            self.best = term;
        }
    }

    fn seen(&self) -> u32 {
        self.zh.max(self.other)
    }

    fn name(&self) -> (bool, String) {
        (self.best.language != Language::Zh, self.best.text.to_lowercase())
    }
}

/// What stands behind the best rendering of a concept that nobody has reviewed.
fn tier(store: &Store, concept: &Concept) -> Result<Option<Tier>, Error> {
    if concept.terms.iter().any(|term| term.status.is_reviewed()) {
        return Ok(None);
    }
    let best = store.evidence(concept.id, 1)?;
    let seen = concept.terms.iter().map(|term| term.count).max().unwrap_or(0);
    Ok(Some(match best.first().map(|evidence| evidence.kind) {
        Some(EvidenceKind::Definition | EvidenceKind::Gloss | EvidenceKind::Import) => Tier::Given,
        _ if seen > 1 => Tier::Recurrent,
        _ => Tier::Single,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(concept: i64, text: &str, language: Language, status: Status, count: u32) -> ListedTerm {
        let id = concept * 10 + i64::from(language == Language::En);
        let (text, variants) = (text.to_owned(), Vec::new());
        ListedTerm { term: id, concept, language, text, variants, status, confidence: 0.9, count }
    }

    #[track_caller]
    fn check(order: Order, expected: &[i64]) {
        let terms = vec![
            term(1, "水位", Language::Zh, Status::Candidate, 9),
            term(1, "water level", Language::En, Status::Candidate, 9),
            term(2, "洪水", Language::Zh, Status::Candidate, 2),
            term(2, "flood", Language::En, Status::Preferred, 2),
            term(3, "ebb", Language::En, Status::Candidate, 5),
        ];
        assert_eq!(browsed(&Terms::new(terms), order), expected, "{order:?}");
    }

    #[test]
    fn all_concepts_come_in_the_order_that_is_asked_for() {
        check(Order::Seen, &[1, 3, 2]);
        check(Order::Reviewed, &[2, 1, 3]);
        check(Order::Text, &[1, 2, 3]);
    }
}
