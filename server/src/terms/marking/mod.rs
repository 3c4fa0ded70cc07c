//! A text with its terms marked, longest first, and their renderings beside it.

mod forms;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use corpus::document::Language;
use corpus::store::ListedTerm;
use corpus::term::Status;
use index::terms::Marker;

use super::cached::{Termbase, Terms};

pub use forms::{MarkedJson, bracketed, html, json, tsv};

/// So many renderings of a term are told, the best ones.
const RENDERINGS: usize = 5;

/// A text with its terms.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkedText<'a> {
    /// The text.
    pub text: &'a str,
    /// Its marks in order; they never overlap.
    pub marks: Vec<TermMark>,
    /// Its terms, each once, in the order of their first marks.
    pub terms: Vec<MarkedTerm>,
}

/// A stretch of a text that is a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermMark {
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// Which of [`MarkedText::terms`] it is.
    pub term: usize,
}

/// A term of a text with its renderings.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkedTerm {
    /// The designation as the termbase writes it.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Its status.
    pub status: Status,
    /// How sure mining is of it, from 0 to 1.
    pub confidence: f32,
    /// The concept, of homographs the best.
    pub concept: i64,
    /// The designation's row.
    pub term: i64,
    /// The other concepts that it designates.
    pub homographs: Vec<i64>,
    /// How often the text has it.
    pub count: usize,
    /// The best renderings in the other language.
    pub renderings: Vec<ListedTerm>,
    /// What to use in its place, in its own language, where it is not to be used.
    pub instead: Vec<ListedTerm>,
}

/// Marks a text; with `all`, also the terms that mining is not sure of.
pub fn mark<'a>(base: &Termbase, text: &'a str, all: bool) -> MarkedText<'a> {
    if all {
        // Weak candidates would hide surer ones inside of them, so they are known only to a marker of their own.
        return mark_with(base.marker_of_all(), &base.terms, text);
    }
    mark_with(base.marker(), &base.terms, text)
}

/// Marks a text with the designations of a marker; `terms` are those that it was made of.
pub(super) fn mark_with<'a>(marker: &Marker, terms: &Terms, text: &'a str) -> MarkedText<'a> {
    let mut marked = MarkedText { text, marks: Vec::new(), terms: Vec::new() };
    let mut known: HashMap<Vec<(i64, i64)>, Option<usize>> = HashMap::new();
    for mark in marker.mark(text) {
        let found = *known.entry(mark.designates).or_insert_with_key(|designates| {
            let term = marked_term(terms, designates)?;
            marked.terms.push(term);
            Some(marked.terms.len() - 1)
        });
        let Some(term) = found else { continue };
        if let Some(term) = marked.terms.get_mut(term) {
            term.count += 1;
        }
        marked.marks.push(TermMark { range: mark.range, term });
    }
    marked
}

fn marked_term(terms: &Terms, designates: &[(i64, i64)]) -> Option<MarkedTerm> {
    let (concept, row) = *designates.first()?;
    let own = terms.of(concept);
    let term = own.iter().find(|term| term.term == row)?;
    let other = term.language.counterpart();
    let instead = if term.status.is_usable() { Vec::new() } else { best(own, Some(term.language)) };
    Some(MarkedTerm {
        text: term.text.clone(),
        language: term.language,
        status: term.status,
        confidence: term.confidence,
        concept,
        term: row,
        homographs: designates.iter().skip(1).map(|(concept, _)| *concept).filter(|other| *other != concept).collect(),
        count: 0,
        renderings: best(own, other),
        instead: instead.into_iter().filter(|found| found.status < Status::Candidate).collect(),
    })
}

/// The designations in a language that may be used, the best ones first.
fn best(own: &[ListedTerm], language: Option<Language>) -> Vec<ListedTerm> {
    let usable = own.iter().filter(|term| Some(term.language) == language && term.status.is_usable());
    let mut usable: Vec<&ListedTerm> = usable.collect();
    usable.sort_by(|a, b| {
        let order = a.status.cmp(&b.status).then(b.confidence.total_cmp(&a.confidence));
        order.then(b.count.cmp(&a.count)).then(a.term.cmp(&b.term))
    });
    usable.into_iter().take(RENDERINGS).cloned().collect()
}
