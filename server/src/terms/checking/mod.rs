//! A draft translation against the termbase.
//!
//! [`check`] finds the terms of each source segment, looks for their renderings in the target (`rendered`), says of
//! each how it was rendered (`judge`), and over the whole draft which terms vary (`varies`). What is looked for is
//! told by `policyglot terms check --help`.

mod judge;
mod person;
mod rendered;
mod report;
mod varies;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use corpus::document::Language;
use corpus::store::ListedTerm;
use corpus::term::{Concept, Status};
use index::terms::Marker;

use super::bilingual::{BilingualText, Segment};
use super::cached::termbase;
use crate::Error;
use crate::data::Data;

pub use person::{message, told};
pub use report::{
    CheckReport, CheckedSegment, CheckedTerm, Counts, Finding, FindingKind, Outcome, Rendering, Severity, Span, Used,
    UsedIn, Variation,
};

/// The designations of concepts, each concept's own in the order of their rows.
pub(super) type Designations = BTreeMap<i64, Vec<ListedTerm>>;

/// Concepts beyond this many are not asked for what a reviewer rejected: a draft has some hundreds.
const MOST_CONCEPTS: usize = 20_000;

/// Checks a draft against the termbase of a data folder.
///
/// # Errors
/// When the store cannot be read.
pub fn check(data: &Data, text: &BilingualText) -> Result<CheckReport, Error> {
    let base = termbase(data)?;
    let marked = source_terms(text, base.marker());
    let concepts: BTreeSet<i64> = marked.iter().flatten().flat_map(|term| &term.designates).map(|met| met.0).collect();
    let mut known: Designations = concepts.iter().map(|concept| (*concept, base.terms.of(*concept).to_vec())).collect();
    data.with_store(|store| {
        for concept in concepts.iter().take(MOST_CONCEPTS) {
            if let Some(whole) = store.whole_concept(*concept)? {
                known.entry(*concept).or_default().extend(rejected(&whole));
            }
        }
        Ok(())
    })?;
    Ok(report_of(text, &marked, &known))
}

/// What a reviewer said is no designation of a concept.
fn rejected(concept: &Concept) -> impl Iterator<Item = ListedTerm> {
    let terms = concept.terms.iter().filter(|term| term.status == Status::Rejected);
    terms.map(|term| ListedTerm {
        term: term.id,
        concept: concept.id,
        language: term.language,
        text: term.text.clone(),
        variants: term.variants.clone(),
        status: term.status,
        confidence: term.confidence,
        count: term.count,
    })
}

/// A term of a source segment: all places where it stands.
#[derive(Clone, Debug, PartialEq)]
struct SourceTerm {
    /// What it designates: concept and term, the best first.
    designates: Vec<(i64, i64)>,
    /// Where, in bytes of the source.
    places: Vec<std::ops::Range<usize>>,
}

/// The terms of each segment's source, in order of their first places.
fn source_terms(text: &BilingualText, marker: &Marker) -> Vec<Vec<SourceTerm>> {
    text.segments.iter().map(|segment| terms_of(segment, marker)).collect()
}

fn terms_of(segment: &Segment, marker: &Marker) -> Vec<SourceTerm> {
    let mut terms: Vec<SourceTerm> = Vec::new();
    for mark in marker.mark(&segment.source) {
        match terms.iter_mut().find(|term| term.designates == mark.designates) {
            Some(term) => term.places.push(mark.range),
            None => terms.push(SourceTerm { designates: mark.designates, places: vec![mark.range] }),
        }
    }
    terms
}

fn report_of(text: &BilingualText, marked: &[Vec<SourceTerm>], known: &Designations) -> CheckReport {
    let segments: Vec<CheckedSegment> = text
        .segments
        .iter()
        .zip(marked)
        .enumerate()
        .map(|(at, (segment, terms))| CheckedSegment {
            number: at + 1,
            id: segment.id.clone(),
            source: segment.source.clone(),
            target: segment.target.clone(),
            doubtful: segment.doubtful,
            terms: judge::terms(segment, terms, known, text.source, text.target),
        })
        .collect();
    let variations = varies::variations(&segments);
    let findings = report::findings(&segments);
    CheckReport {
        source_language: text.source,
        target_language: text.target,
        counts: report::counts(&segments, &findings, &variations),
        untranslated: text.untranslated,
        other_languages: text.other_languages,
        findings,
        variations,
        segments,
    }
}

/// The designations of a concept in a language.
fn in_language(known: &Designations, concept: i64, language: Language) -> impl Iterator<Item = &ListedTerm> {
    known.get(&concept).into_iter().flatten().filter(move |term| term.language == language)
}
