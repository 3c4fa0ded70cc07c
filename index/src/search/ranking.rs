//! From the scores of rows to the scores of documents.

use tantivy::{DocId, TantivyError};

use super::Place;
use super::evaluate::SegmentSearch;
use super::rows::RowSet;

/// So many rows of a segment are ranked with all that counts. It does not hang on how many hits are asked for, so that
/// the order is the same from page to page.
const REFINED_ROWS: usize = 200;

/// A document that was found.
pub(super) struct Found {
    /// The number of its segment in the searcher.
    pub(super) segment: usize,
    /// Its row.
    pub(super) head: DocId,
    /// The score of its title and its best passage.
    pub(super) score: f32,
    /// See [`crate::query::date_key`]; 0 when not known.
    pub(super) date: u32,
    /// The document's number in the store.
    pub(super) document: i64,
}

impl Found {
    /// Where it stands in an order.
    pub(super) fn place(&self) -> Place {
        Place { score: self.score, date: self.date, document: self.document }
    }
}

/// The documents of a segment with their scores, the best of them with all that counts.
pub(super) fn ranked(
    segment: usize,
    search: &mut SegmentSearch<'_>,
    documents: &RowSet,
) -> Result<Vec<Found>, TantivyError> {
    let mut best_rows = BestRows::new(REFINED_ROWS);
    let mut found = walk(segment, search, documents, &mut best_rows);
    if search.has_refinements() {
        let rows = best_rows.finish();
        search.refine(&rows)?;
        for row in rows {
            let head = search.rows.head(row);
            let score = search.score(head) + search.score(row);
            let index = found.partition_point(|document| document.head < head);
            if let Some(document) = found.get_mut(index).filter(|document| document.head == head) {
                document.score = document.score.max(score);
            }
        }
    }
    Ok(found)
}

/// The documents by row, with the scores so far; the best rows are noted.
fn walk(segment: usize, search: &SegmentSearch<'_>, documents: &RowSet, best_rows: &mut BestRows) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::with_capacity(documents.len());
    for span in search.rows.spans().iter().filter(|span| documents.contains(span.head)) {
        let title = search.score(span.head);
        let passages = search.scores(span.head + 1..span.end);
        let best = highest(passages);
        if best_rows.takes(title + best) {
            for (row, &score) in (span.head + 1..).zip(passages) {
                best_rows.push(title, score, row);
            }
        }
        found.push(Found { segment, head: span.head, score: title + best, date: span.date, document: span.document });
    }
    found
}

/// The highest score, 0 when there is none. Long documents make this the hottest loop of a loose query: eight at once.
fn highest(scores: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    let (chunks, rest) = scores.as_chunks::<8>();
    for chunk in chunks {
        for (lane, &score) in lanes.iter_mut().zip(chunk) {
            *lane = if score > *lane { score } else { *lane };
        }
    }
    lanes.iter().chain(rest).copied().fold(0.0, f32::max)
}

/// Collects the rows with the highest scores.
struct BestRows {
    rows: Vec<(f32, DocId)>,
    wanted: usize,
    /// Rows with no higher score are not among the best.
    cut: f32,
}

impl BestRows {
    fn new(wanted: usize) -> Self {
        Self { rows: Vec::new(), wanted, cut: 0.0 }
    }

    fn takes(&self, score: f32) -> bool {
        score > self.cut
    }

    /// Takes a passage in that has a score; its document's title counts with it.
    fn push(&mut self, title: f32, passage: f32, row: DocId) {
        if passage > 0.0 && self.takes(title + passage) {
            self.rows.push((title + passage, row));
            // Twice as many are kept, and half dropped when they are full: most rows then fail against the cut.
            if self.rows.len() == self.wanted * 2 {
                self.keep_best();
            }
        }
    }

    fn keep_best(&mut self) {
        if self.rows.len() > self.wanted {
            self.rows.select_nth_unstable_by(self.wanted, |a, b| b.0.total_cmp(&a.0));
            self.rows.truncate(self.wanted);
            self.cut = self.rows.iter().map(|&(score, _)| score).fold(f32::INFINITY, f32::min);
        }
    }

    /// The best rows, ascending.
    fn finish(mut self) -> Vec<DocId> {
        self.keep_best();
        let mut rows: Vec<DocId> = self.rows.into_iter().map(|(_, row)| row).collect();
        rows.sort_unstable();
        rows
    }
}
