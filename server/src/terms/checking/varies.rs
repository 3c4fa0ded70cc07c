//! Terms that a draft renders in several ways.

use std::collections::HashMap;

use corpus::document::Language;
use corpus::term::Status;

use super::rendered::key;
use super::report::{CheckedSegment, CheckedTerm, Severity, Used, UsedIn, Variation};

/// Candidates below this confidence vary too often by chance to be warned of.
const SURE: f32 = 0.8;

/// The terms of the source that are rendered in several ways, in the order of their first places.
pub(super) fn variations(segments: &[CheckedSegment]) -> Vec<Variation> {
    let mut order: Vec<i64> = Vec::new();
    let mut terms: HashMap<i64, Vec<(usize, &CheckedTerm)>> = HashMap::new();
    for segment in segments {
        for term in &segment.terms {
            let places = terms.entry(term.term).or_insert_with(|| {
                order.push(term.term);
                Vec::new()
            });
            places.push((segment.number, term));
        }
    }
    order.iter().filter_map(|term| terms.get(term).and_then(|places| variation(places))).collect()
}

/// What one rendering was used for.
struct Way<'a> {
    key: String,
    used: &'a Used,
    segments: Vec<usize>,
}

fn variation(places: &[(usize, &CheckedTerm)]) -> Option<Variation> {
    let (_, first) = places.first()?;
    let mut ways: Vec<Way<'_>> = Vec::new();
    for (number, term) in places {
        for used in chosen(term) {
            let key = key(&used.rendering, language_of(&used.rendering));
            match ways.iter_mut().find(|way| way.key == key) {
                Some(way) if way.segments.last() == Some(number) => {}
                Some(way) => way.segments.push(*number),
                None => ways.push(Way { key, used, segments: vec![*number] }),
            }
        }
    }
    if ways.len() < 2 {
        return None;
    }
    ways.sort_by(|a, b| b.segments.len().cmp(&a.segments.len()).then(a.segments.cmp(&b.segments)));
    let is_sure = ways.iter().all(|way| way.used.status != Status::Candidate || way.used.confidence >= SURE);
    let renderings = ways.into_iter().map(|way| UsedIn {
        text: way.used.rendering.clone(),
        status: way.used.status,
        segments: way.segments,
    });
    Some(Variation {
        severity: if is_sure { Severity::Warning } else { Severity::Note },
        term: first.text.clone(),
        concept: first.concept,
        renderings: renderings.collect(),
    })
}

/// The renderings of a term in its segment, the best first, no more than the source has the term: what else is there
/// may render something else.
fn chosen(term: &CheckedTerm) -> Vec<&Used> {
    let mut used: Vec<&Used> = term.used.iter().filter(|used| used.status != Status::Rejected).collect();
    used.sort_by(|a, b| a.status.cmp(&b.status).then(b.confidence.total_cmp(&a.confidence)));
    used.truncate(term.places.len());
    used
}

fn language_of(rendering: &str) -> Language {
    if rendering.chars().any(corpus::text::is_han) { Language::Zh } else { Language::En }
}
