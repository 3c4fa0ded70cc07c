//! Finding exact texts: terms at given distances, across fields whose positions agree.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, TantivyError, Term};

use crate::schema::TermAt;

/// A prefix is met by so many different words at most.
const MOST_EXPANSIONS: usize = 2_000;

/// Walks over the rows where terms stand at their distances from each other.
pub(super) struct Exact {
    /// Rarest first.
    terms: Vec<Cursor>,
    /// Positions in a row where the text begins, ascending, after `advance`; only with `positions`.
    starts: Vec<u32>,
    scratch: Vec<u32>,
    /// Whether `starts` is wanted also for a single term.
    positions: bool,
}

/// One place of the text: a term, or all terms with a prefix.
struct Cursor {
    offset: u32,
    postings: Vec<SegmentPostings>,
}

impl Exact {
    /// The rows with all `terms` at their offsets; `None` when a term is not in the segment.
    pub(super) fn new(
        segment: &SegmentReader,
        terms: &[TermAt],
        positions: bool,
    ) -> Result<Option<Self>, TantivyError> {
        let option = if positions || terms.len() > 1 {
            IndexRecordOption::WithFreqsAndPositions
        } else {
            IndexRecordOption::WithFreqs
        };
        let mut cursors = Vec::with_capacity(terms.len());
        for TermAt { offset, term } in terms {
            let Some(postings) = segment.inverted_index(term.field())?.read_postings(term, option)? else {
                return Ok(None);
            };
            cursors.push(Cursor { offset: *offset, postings: vec![postings] });
        }
        Ok(Self::of_cursors(cursors, positions))
    }

    /// The rows with all but the last of `terms` at their offsets, and a word that begins like the last.
    pub(super) fn prefix(
        segment: &SegmentReader,
        terms: &[TermAt],
        field: Field,
    ) -> Result<Option<Self>, TantivyError> {
        let Some((last, before)) = terms.split_last() else { return Ok(None) };
        let index = segment.inverted_index(field)?;
        let prefix = last.term.serialized_value_bytes();
        let mut words = index.terms().range().ge(prefix).into_stream()?;
        let mut postings = Vec::new();
        while words.advance() && words.key().starts_with(prefix) && postings.len() < MOST_EXPANSIONS {
            postings.push(index.read_postings_from_terminfo(words.value(), IndexRecordOption::WithFreqsAndPositions)?);
        }
        let mut cursors = vec![Cursor { offset: last.offset, postings }];
        for TermAt { offset, term } in before {
            match index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)? {
                Some(postings) => cursors.push(Cursor { offset: *offset, postings: vec![postings] }),
                None => return Ok(None),
            }
        }
        Ok(Self::of_cursors(cursors, true))
    }

    fn of_cursors(mut cursors: Vec<Cursor>, positions: bool) -> Option<Self> {
        cursors.sort_by_key(Cursor::cost);
        let known = cursors.first().is_some_and(|rarest| rarest.cost() > 0);
        let positions = positions || cursors.len() > 1;
        known.then(|| Self { terms: cursors, starts: Vec::new(), scratch: Vec::new(), positions })
    }

    /// The next row from `from` on, and how often the text stands in it.
    pub(super) fn next(&mut self, from: DocId) -> Option<(DocId, u32)> {
        let mut target = from;
        loop {
            let row = self.align(target)?;
            if !self.positions {
                let frequency = self.terms.first().map_or(0, |only| only.frequency(row));
                return Some((row, frequency));
            }
            self.find_starts(row);
            if !self.starts.is_empty() {
                return Some((row, u32::try_from(self.starts.len()).unwrap_or(u32::MAX)));
            }
            target = row + 1;
        }
    }

    /// Where the text begins in the row that was found last.
    pub(super) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The first row from `target` on that has all terms.
    fn align(&mut self, mut target: DocId) -> Option<DocId> {
        'again: loop {
            for cursor in &mut self.terms {
                let row = cursor.seek(target);
                if row == TERMINATED {
                    return None;
                }
                if row > target {
                    target = row;
                    continue 'again;
                }
            }
            return Some(target);
        }
    }

    fn find_starts(&mut self, row: DocId) {
        let Self { terms, starts, scratch, .. } = self;
        // Offsets are added rather than subtracted, since positions cannot be negative.
        let furthest = terms.iter().map(|cursor| cursor.offset).max().unwrap_or(0);
        for (index, cursor) in terms.iter_mut().enumerate() {
            let found = if index == 0 { &mut *starts } else { &mut *scratch };
            cursor.positions(row, furthest - cursor.offset, found);
            if index > 0 {
                keep_common(starts, scratch);
            }
            if starts.is_empty() {
                return;
            }
        }
        starts.iter_mut().for_each(|start| *start = start.saturating_sub(furthest));
    }
}

impl Cursor {
    fn cost(&self) -> u64 {
        self.postings.iter().map(|postings| u64::from(postings.doc_freq())).sum()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rows = self
            .postings
            .iter_mut()
            .map(|postings| if postings.doc() < target { postings.seek(target) } else { postings.doc() });
        rows.min().unwrap_or(TERMINATED)
    }

    fn frequency(&self, row: DocId) -> u32 {
        self.postings.iter().filter(|postings| postings.doc() == row).map(Postings::term_freq).sum()
    }

    fn positions(&mut self, row: DocId, shift: u32, out: &mut Vec<u32>) {
        out.clear();
        let mut several = false;
        for postings in self.postings.iter_mut().filter(|postings| postings.doc() == row) {
            several = !out.is_empty();
            postings.append_positions_with_offset(shift, out);
        }
        if several {
            out.sort_unstable();
        }
    }
}

/// Keeps what is in both ascending lists.
fn keep_common(list: &mut Vec<u32>, other: &[u32]) {
    let mut rest = other;
    list.retain(|&value| {
        let skip = rest.iter().take_while(|&&candidate| candidate < value).count();
        rest = rest.get(skip..).unwrap_or_default();
        rest.first() == Some(&value)
    });
}

/// The term of a text field that is looked for in rows alone, without positions.
pub(super) fn rows_of_term(
    segment: &SegmentReader,
    term: &Term,
    mut found: impl FnMut(DocId),
) -> Result<(), TantivyError> {
    let index = segment.inverted_index(term.field())?;
    if let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? {
        while postings.doc() != TERMINATED {
            found(postings.doc());
            postings.advance();
        }
    }
    Ok(())
}
