//! What each deed makes of the concepts that it names.

use std::collections::BTreeSet;

use super::spellings::Spellings;
use super::{Deed, Fault, join, tidy};
use crate::term::{Concept, Status, Term, fold};

/// The last numbers that were given to a concept and to a designation: none is ever given twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// The last concept's.
    pub concept: i64,
    /// The last designation's.
    pub term: i64,
}

impl Numbers {
    pub(super) fn next_concept(&mut self) -> i64 {
        self.concept = self.concept.saturating_add(1);
        self.concept
    }

    pub(super) fn next_term(&mut self) -> i64 {
        self.term = self.term.saturating_add(1);
        self.term
    }
}

/// The concepts as they are after a deed, by number; those that it ended are missing. `before` holds the whole concepts
/// that it names, by [`Deed::concepts`] and [`Deed::terms`]; `now` is RFC 3339.
///
/// # Errors
/// When what it names is not there, and when it cannot be done so.
pub fn apply(deed: &Deed, before: &[Concept], numbers: &mut Numbers, now: &str) -> Result<Vec<Concept>, Fault> {
    let mut after = match deed {
        Deed::Create { concept } => vec![create(concept, numbers)?],
        Deed::Set { concept } => vec![set(find(before, concept.id)?.clone(), concept, numbers)?],
        Deed::SetStatus { terms, status } => set_status(before, terms, *status)?,
        Deed::Merge { into, from } => vec![join::merge(before, *into, from)?],
        Deed::Split { concept, terms } => join::split(find(before, *concept)?, terms, numbers)?,
    };
    for concept in &mut after {
        concept.changed = Some(now.to_owned());
    }
    after.sort_by_key(|concept| concept.id);
    Ok(after)
}

pub(super) fn find(concepts: &[Concept], id: i64) -> Result<&Concept, Fault> {
    concepts.iter().find(|concept| concept.id == id).ok_or(Fault::NoConcept(id))
}

fn create(given: &Concept, numbers: &mut Numbers) -> Result<Concept, Fault> {
    let terms = tidy::terms(&given.terms)?;
    if terms.is_empty() {
        return Err(Fault::NoDesignation);
    }
    let mut concept = tidy::concept_words(given)?;
    concept.id = numbers.next_concept();
    concept.terms = terms.into_iter().map(|term| added(term, numbers)).collect();
    Spellings::check(&concept.terms)?;
    Ok(concept)
}

fn added(term: Term, numbers: &mut Numbers) -> Term {
    Term { id: numbers.next_term(), count: 0, ..term }
}

fn set(mut concept: Concept, given: &Concept, numbers: &mut Numbers) -> Result<Concept, Fault> {
    let words = tidy::concept_words(given)?;
    (concept.subject, concept.note) = (words.subject, words.note);
    (concept.definitions, concept.other) = (words.definitions, words.other);
    let mut named = BTreeSet::new();
    let (new, known): (Vec<Term>, Vec<Term>) = tidy::terms(&given.terms)?.into_iter().partition(|term| term.id == 0);
    for term in known {
        let standing = concept.terms.iter_mut().find(|standing| standing.id == term.id);
        let standing = standing.ok_or(Fault::NoTerm(term.id))?;
        named.insert(term.id);
        correct(standing, term)?;
    }
    for term in new {
        let id = match standing_for(&mut concept, &term, &named) {
            Some(standing) => {
                if standing.status != Status::Rejected || term.status.is_reviewed() {
                    *standing = Term { id: standing.id, count: standing.count, ..term };
                }
                standing.id
            }
            None => {
                let term = added(term, numbers);
                concept.terms.push(term);
                numbers.term
            }
        };
        named.insert(id);
    }
    concept.terms = Spellings::settle(concept.terms, &named)?;
    Ok(concept)
}

/// A candidate, or a rejected designation, of the same text, which the person may not see: it is the one that is meant.
fn standing_for<'a>(concept: &'a mut Concept, term: &Term, named: &BTreeSet<i64>) -> Option<&'a mut Term> {
    let folded = fold(&term.text);
    concept.terms.iter_mut().find(|standing| {
        standing.language == term.language
            && matches!(standing.status, Status::Candidate | Status::Rejected)
            && !named.contains(&standing.id)
            && fold(&standing.text) == folded
    })
}

/// Puts what a person says of a designation in the place of what was said. A text that is given up becomes a variant, so
/// that mining takes it for this designation and does not bring it back as another; whoever does not want that removes
/// the variant afterwards.
fn correct(standing: &mut Term, given: Term) -> Result<(), Fault> {
    if standing.language != given.language {
        return Err(Fault::LanguageChange(given.text));
    }
    let former = std::mem::replace(
        standing,
        Term { id: standing.id, confidence: standing.confidence, count: standing.count, ..given },
    );
    let folded = fold(&former.text);
    if folded != fold(&standing.text) && !standing.variants.iter().any(|variant| fold(variant) == folded) {
        standing.variants.push(former.text);
    }
    Ok(())
}

fn set_status(before: &[Concept], terms: &[i64], status: Status) -> Result<Vec<Concept>, Fault> {
    if terms.is_empty() {
        return Err(Fault::Nothing);
    }
    let mut after = before.to_vec();
    for id in terms {
        let mut all = after.iter_mut().flat_map(|concept| &mut concept.terms);
        all.find(|term| term.id == *id).ok_or(Fault::NoTerm(*id))?.status = status;
    }
    Ok(after)
}
