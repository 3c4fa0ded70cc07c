//! From what documents score by their whole text to what they score by their best passages.

use std::cmp::Ordering;

use tantivy::TantivyError;

use super::Place;
use super::evaluate::SegmentSearch;
use super::filters::Filtered;
use super::locate::{Located, locate, refine};
use super::plan::Plan;

/// So many documents, the best by their whole text, are ranked by their passages. The number does not hang on how many
/// hits are asked for, so that the order is the same from page to page.
const LOOKED_INTO: usize = 16;
/// So many of these, the best by pairs and stems, are ranked by single characters as well.
const REFINED: usize = 10;

/// A document whose text scores less than this share of the best is not found by a loose query.
const FAR_BEHIND: f32 = 0.2;

/// A document that was found.
pub(super) struct Found<'r> {
    /// The number of its segment in the searcher.
    pub(super) segment: usize,
    /// Its row.
    pub(super) row: tantivy::DocId,
    pub(super) score: f32,
    /// See [`crate::query::date_key`]; 0 when not known.
    pub(super) date: u32,
    /// The document's number in the store.
    pub(super) document: i64,
    /// Its passages, once they were looked at.
    pub(super) located: Option<Box<Located<'r>>>,
}

impl Found<'_> {
    /// Where it stands in an order.
    pub(super) fn place(&self) -> Place {
        Place { score: self.score, date: self.date, document: self.document }
    }
}

/// The documents of segments with what their whole text scores.
///
/// Of a loose query those that are far behind the best are left out: most documents share some pair of characters with
/// a question, and nobody means them.
pub(super) fn found_in<'r>(
    segments: &'r [SegmentSearch<'_>],
    passing: &mut [Filtered],
    plan: Option<&Plan>,
) -> Vec<Found<'r>> {
    if plan.is_some_and(Plan::is_loose) {
        let least = FAR_BEHIND * best_of(segments, passing);
        for (search, passing) in segments.iter().zip(&mut *passing) {
            passing.keep(|row| search.firm.contains(row) || search.text_score(row) >= least);
        }
    }
    let mut found = Vec::with_capacity(passing.iter().map(|passing| passing.documents.count()).sum());
    for (search, passing) in segments.iter().zip(passing) {
        found.extend(passing.documents.iter().map(|row| Found {
            segment: search.number,
            row,
            score: search.whole_score(row),
            date: search.rows.date(row),
            document: search.rows.document(row),
            located: None,
        }));
    }
    found
}

fn best_of(segments: &[SegmentSearch<'_>], passing: &[Filtered]) -> f32 {
    let documents = segments.iter().zip(passing);
    let scores = documents.flat_map(|(search, passing)| passing.documents.iter().map(|row| search.text_score(row)));
    scores.fold(0.0, f32::max)
}

/// Ranks the documents that could be the best by their passages; the others stay behind them, in their order.
///
/// Only plain words need it: they are met in parts, and the parts of one document may stand far from each other.
pub(super) fn rank_by_passages<'r>(
    segments: &'r [SegmentSearch<'_>],
    plan: &Plan,
    found: &mut [Found<'r>],
) -> Result<(), TantivyError> {
    if !plan.has_words() || found.is_empty() {
        return Ok(());
    }
    let best = LOOKED_INTO.min(found.len());
    if best < found.len() {
        found.select_nth_unstable_by(best - 1, by_score);
    }
    let (looked_into, others) = found.split_at_mut(best);
    locate_all(segments, plan, looked_into)?;
    score_by_passages(segments, looked_into);
    looked_into.sort_unstable_by(by_score);
    let refined = looked_into.get_mut(..REFINED.min(best)).unwrap_or_default();
    refine_all(segments, plan, refined)?;
    score_by_passages(segments, refined);
    let least = looked_into.iter().map(|document| document.score).fold(f32::INFINITY, f32::min);
    let most = others.iter().map(|document| document.score).fold(0.0, f32::max);
    if most > least {
        others.iter_mut().for_each(|document| document.score *= least / most);
    }
    Ok(())
}

fn by_score(a: &Found<'_>, b: &Found<'_>) -> Ordering {
    b.score.total_cmp(&a.score).then_with(|| a.document.cmp(&b.document))
}

fn score_by_passages(segments: &[SegmentSearch<'_>], found: &mut [Found<'_>]) {
    for document in found {
        let title = segments.get(document.segment).map_or(0.0, |search| search.title_score(document.row));
        document.score = title + document.located.as_ref().map_or(0.0, |located| located.joined());
    }
}

/// Counts single characters for documents whose passages were looked at.
fn refine_all(segments: &[SegmentSearch<'_>], plan: &Plan, found: &mut [Found<'_>]) -> Result<(), TantivyError> {
    found.sort_unstable_by_key(|document| (document.segment, document.row));
    for of_segment in found.chunk_by_mut(|a, b| a.segment == b.segment) {
        let Some(search) = of_segment.first().and_then(|first| segments.get(first.segment)) else { continue };
        let located = of_segment.iter_mut().filter_map(|document| document.located.as_deref_mut());
        refine(search, plan, &mut located.collect::<Vec<_>>())?;
    }
    Ok(())
}

/// Looks at the passages of documents that were not looked at yet.
pub(super) fn locate_all<'r>(
    segments: &'r [SegmentSearch<'_>],
    plan: &Plan,
    found: &mut [Found<'r>],
) -> Result<(), TantivyError> {
    for search in segments {
        let mut of_segment: Vec<&mut Found<'r>> = found
            .iter_mut()
            .filter(|document| document.segment == search.number && document.located.is_none())
            .collect();
        of_segment.sort_unstable_by_key(|document| document.row);
        let rows: Vec<_> = of_segment.iter().map(|document| document.row).collect();
        for (document, located) in of_segment.into_iter().zip(locate(search, plan, &rows)?) {
            document.located = Some(Box::new(located));
        }
    }
    Ok(())
}
