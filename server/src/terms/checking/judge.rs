//! How a target renders each term of its source, and whether that is as the termbase wants it.

use std::ops::Range;

use corpus::document::Language;
use corpus::store::ListedTerm;
use corpus::term::Status;

use super::rendered::Target;
use super::report::{CheckedTerm, FindingKind, Outcome, Rendering, Severity, Span, Used};
use super::{Designations, SourceTerm, in_language};
use crate::terms::bilingual::Segment;

/// A candidate from this confidence on is looked for as if it had been reviewed, but is never an error.
const SURE: f32 = 0.8;
/// So many times a term must stand in a source before too few renderings are worth a note.
const OFTEN: usize = 3;

/// A place of a rendering in the target.
struct Found<'a> {
    range: Range<usize>,
    rendering: &'a ListedTerm,
    /// Whether a longer rendering takes it in.
    covered: bool,
}

/// The terms of a segment that the termbase renders in the target's language, each judged.
pub(super) fn terms(
    segment: &Segment,
    terms: &[SourceTerm],
    known: &Designations,
    source: Language,
    target: Language,
) -> Vec<CheckedTerm> {
    let own = |term: &SourceTerm| -> Vec<(i64, i64)> {
        let is_own = |(concept, row): &&(i64, i64)| in_language(known, *concept, source).any(|term| term.term == *row);
        term.designates.iter().filter(is_own).copied().collect()
    };
    let terms: Vec<(&SourceTerm, Vec<(i64, i64)>)> = terms.iter().map(|term| (term, own(term))).collect();
    let mut concepts: Vec<i64> = terms.iter().flat_map(|(_, designates)| designates).map(|met| met.0).collect();
    concepts.sort_unstable();
    concepts.dedup();
    let found = found(&segment.target, &concepts, known, target);
    let judged = terms.iter().filter_map(|(term, designates)| {
        let judged =
            designates.iter().map(|designates| judged(segment, term, *designates, known, (source, target), &found));
        // Of homographs, the one that the target renders best is the one that is meant.
        judged.flatten().min_by_key(|judged| (judged.finding.map_or(3, |(severity, _)| severity as u8), judged.outcome))
    });
    judged.collect()
}

/// All places of all renderings of some concepts, the longest first.
fn found<'a>(target: &str, concepts: &[i64], known: &'a Designations, language: Language) -> Vec<Found<'a>> {
    let text = Target::new(target, language);
    let mut found: Vec<Found<'a>> = Vec::new();
    for rendering in concepts.iter().flat_map(|concept| in_language(known, *concept, language)) {
        let mut places: Vec<Range<usize>> = Vec::new();
        for spelling in std::iter::once(&rendering.text).chain(&rendering.variants) {
            let new = text.places(spelling).into_iter().filter(|place| !places.contains(place));
            places.extend(new.collect::<Vec<_>>());
        }
        found.extend(places.into_iter().map(|range| Found { range, rendering, covered: false }));
    }
    found.sort_by_key(|found| (std::cmp::Reverse(found.range.len()), found.range.start, found.rendering.term));
    for at in 0..found.len() {
        let (longer, rest) = found.split_at_mut(at);
        if let Some(found) = rest.first_mut() {
            found.covered = longer.iter().any(|other| holds(&other.range, &found.range));
        }
    }
    found
}

/// Whether a range holds a shorter one.
fn holds(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end && outer.len() > inner.len()
}

fn judged(
    segment: &Segment,
    term: &SourceTerm,
    (concept, row): (i64, i64),
    known: &Designations,
    (source, target): (Language, Language),
    found: &[Found<'_>],
) -> Option<CheckedTerm> {
    let of_source = in_language(known, concept, source).find(|term| term.term == row)?;
    let renderings = renderings(known, concept, target, of_source);
    if renderings.is_empty() {
        return None;
    }
    let own: Vec<&Found<'_>> = found.iter().filter(|found| found.rendering.concept == concept).collect();
    let used: Vec<&&Found<'_>> = own.iter().filter(|met| !met.covered && !is_excused(met, found)).collect();
    let tally = Tally::of(&used, own.iter().any(|met| met.covered && met.rendering.status.is_usable()));
    let (outcome, mut finding) = tally.verdict(term.places.len(), &renderings);
    if segment.doubtful && !matches!(outcome, Outcome::Deprecated | Outcome::Superseded) {
        finding = finding.map(|(_, kind)| (Severity::Note, kind));
    }
    let span = |range: &Range<usize>| Span { start: range.start, end: range.end };
    let mut used: Vec<Used> = used
        .into_iter()
        .filter(|met| met.rendering.status != Status::Rejected || outcome == Outcome::Rejected)
        .map(|met| Used {
            text: segment.target.get(met.range.clone()).unwrap_or_default().to_owned(),
            rendering: met.rendering.text.clone(),
            status: met.rendering.status,
            confidence: confidence(met.rendering),
            place: span(&met.range),
        })
        .collect();
    used.sort_by_key(|used| used.place);
    used.dedup_by_key(|used| used.place);
    let first = term.places.first()?;
    Some(CheckedTerm {
        text: segment.source.get(first.clone()).unwrap_or_default().to_owned(),
        concept,
        term: row,
        places: term.places.iter().map(span).collect(),
        outcome,
        finding,
        used,
        renderings,
    })
}

/// Whether a place that is not to be used for this term is a good rendering of another one of the source.
fn is_excused(met: &Found<'_>, found: &[Found<'_>]) -> bool {
    !met.rendering.status.is_usable()
        && found.iter().any(|other| other.range == met.range && other.rendering.status < Status::Candidate)
}

/// The renderings that may be used, best first.
fn renderings(known: &Designations, concept: i64, target: Language, source: &ListedTerm) -> Vec<Rendering> {
    let mut usable: Vec<&ListedTerm> =
        in_language(known, concept, target).filter(|term| term.status.is_usable()).collect();
    usable.sort_by(|a, b| {
        let order = a.status.cmp(&b.status).then(b.confidence.total_cmp(&a.confidence));
        order.then(b.count.cmp(&a.count)).then(a.term.cmp(&b.term))
    });
    let rendering = |term: &ListedTerm| Rendering {
        text: term.text.clone(),
        status: term.status,
        // A pair is as sure as the less sure of its sides.
        confidence: confidence(term).min(confidence(source)),
    };
    usable.into_iter().map(rendering).collect()
}

fn confidence(term: &ListedTerm) -> f32 {
    if term.status.is_reviewed() { 1.0 } else { term.confidence }
}

/// How often renderings of each status stand in a target.
#[derive(Debug, Default)]
struct Tally {
    preferred: usize,
    admitted: usize,
    candidate: usize,
    superseded: usize,
    deprecated: usize,
    rejected: usize,
    covered: bool,
}

impl Tally {
    fn of(used: &[&&Found<'_>], covered: bool) -> Self {
        let mut tally = Self { covered, ..Self::default() };
        for met in used {
            let count = match met.rendering.status {
                Status::Preferred => &mut tally.preferred,
                Status::Admitted => &mut tally.admitted,
                Status::Candidate => &mut tally.candidate,
                Status::Superseded => &mut tally.superseded,
                Status::Deprecated => &mut tally.deprecated,
                Status::Rejected => &mut tally.rejected,
            };
            *count += 1;
        }
        tally
    }

    /// How a term that stands `times` in the source is rendered, and what is wrong with that.
    fn verdict(&self, times: usize, renderings: &[Rendering]) -> (Outcome, Option<(Severity, FindingKind)>) {
        let best = renderings.first().map_or(Status::Candidate, |rendering| rendering.status);
        let sure = renderings.first().is_some_and(|rendering| rendering.confidence >= SURE);
        // What it costs to have none of the renderings that are best known.
        let lacking = match best {
            Status::Preferred => Severity::Error,
            Status::Admitted => Severity::Warning,
            _ if sure => Severity::Warning,
            _ => Severity::Note,
        };
        let good = self.preferred + self.admitted;
        if self.deprecated + self.superseded > 0 {
            // With enough good renderings beside it, the bad one may stand for something else.
            let severity = if good < times { Severity::Error } else { Severity::Warning };
            let (outcome, kind) = match self.deprecated {
                0 => (Outcome::Superseded, FindingKind::Superseded),
                _ => (Outcome::Deprecated, FindingKind::Deprecated),
            };
            return (outcome, Some((severity, kind)));
        }
        let fewer =
            |count: usize| (times >= OFTEN && count * 2 < times).then_some((Severity::Note, FindingKind::Fewer));
        if self.admitted > 0 && best == Status::Preferred {
            return (Outcome::Admitted, Some((Severity::Warning, FindingKind::Admitted)));
        }
        if good > 0 {
            let outcome = if self.preferred > 0 { Outcome::Preferred } else { Outcome::Admitted };
            return (outcome, fewer(good + self.candidate));
        }
        if self.candidate > 0 {
            let finding = match best {
                Status::Candidate => fewer(self.candidate),
                _ => Some((lacking, FindingKind::Candidate)),
            };
            return (Outcome::Candidate, finding);
        }
        if self.covered {
            let severity = if best == Status::Candidate { Severity::Note } else { Severity::Warning };
            return (Outcome::Covered, Some((severity, FindingKind::Covered)));
        }
        match self.rejected {
            0 => (Outcome::Missing, Some((lacking, FindingKind::Missing))),
            _ => (Outcome::Rejected, Some((lacking, FindingKind::Rejected))),
        }
    }
}
