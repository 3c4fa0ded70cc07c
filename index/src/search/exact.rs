//! Finding exact texts: terms at given distances, across fields whose positions agree.

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use crate::schema::TermAt;

/// A prefix is met by so many different words at most.
const MOST_EXPANSIONS: usize = 2_000;

/// A term of an exact text, looked up: it is asked for in several steps of a search.
pub(super) struct PlacedTerm {
    field: Field,
    /// See [`TermAt`].
    offset: u32,
    /// See [`TermAt`].
    follows: bool,
    /// Where its postings are, by segment.
    places: Vec<Option<TermInfo>>,
}

impl PlacedTerm {
    /// Looks terms up.
    pub(super) fn all(searcher: &Searcher, terms: &[TermAt]) -> Result<Vec<Self>, TantivyError> {
        let placed = |TermAt { offset, term, follows }: &TermAt| {
            let segments = searcher.segment_readers().iter();
            let places = segments.map(|segment| Ok(segment.inverted_index(term.field())?.get_term_info(term)?));
            let places = places.collect::<Result<_, TantivyError>>()?;
            Ok(Self { field: term.field(), offset: *offset, follows: *follows, places })
        };
        terms.iter().map(placed).collect()
    }

    /// In how many documents it stands; `None` of one that follows from others.
    pub(super) fn documents(&self) -> Option<u64> {
        let documents = self.places.iter().flatten().map(|place| u64::from(place.doc_freq)).sum();
        Some(documents).filter(|_| !self.follows)
    }
}

/// Walks over the rows where terms stand at their distances from each other.
pub(super) struct Exact {
    /// Rarest first.
    terms: Vec<Cursor>,
    /// Positions in a row where the text begins, ascending, after `advance`; only with `positions`.
    starts: Vec<u32>,
    scratch: Vec<u32>,
    /// Whether `starts` is wanted also for a single term.
    positions: bool,
    /// The prefix is met by more words than are looked at.
    is_cut: bool,
}

/// One place of the text: a term, or all terms with a prefix.
struct Cursor {
    /// `None` when only its rows are asked for.
    offset: Option<u32>,
    postings: Vec<SegmentPostings>,
}

impl Exact {
    /// The rows of a segment with all `terms` at their offsets; `None` when a term is not in the segment. `number` is that
    /// of the segment in the searcher.
    pub(super) fn new(
        segment: &SegmentReader,
        number: usize,
        terms: &[PlacedTerm],
        positions: bool,
    ) -> Result<Option<Self>, TantivyError> {
        let several = terms.iter().filter(|term| !term.follows).count() > 1;
        let mut cursors = Vec::with_capacity(terms.len());
        for term in terms {
            let option = match (term.follows, positions || several) {
                (true, _) => IndexRecordOption::Basic,
                (false, true) => IndexRecordOption::WithFreqsAndPositions,
                (false, false) => IndexRecordOption::WithFreqs,
            };
            let Some(Some(place)) = term.places.get(number) else { return Ok(None) };
            let postings = segment.inverted_index(term.field)?.read_postings_from_terminfo(place, option)?;
            cursors.push(Cursor { offset: (!term.follows).then_some(term.offset), postings: vec![postings] });
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
        let mut is_cut = false;
        while words.advance() && words.key().starts_with(prefix) {
            is_cut = postings.len() == MOST_EXPANSIONS;
            if is_cut {
                break;
            }
            postings.push(index.read_postings_from_terminfo(words.value(), IndexRecordOption::WithFreqsAndPositions)?);
        }
        let mut cursors = vec![Cursor { offset: Some(last.offset), postings }];
        for TermAt { offset, term, .. } in before {
            match index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)? {
                Some(postings) => cursors.push(Cursor { offset: Some(*offset), postings: vec![postings] }),
                None => return Ok(None),
            }
        }
        Ok(Self::of_cursors(cursors, true).map(|exact| Self { is_cut, ..exact }))
    }

    /// Whether the prefix is met by more words than are looked at.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    fn of_cursors(mut cursors: Vec<Cursor>, positions: bool) -> Option<Self> {
        cursors.sort_by_key(Cursor::cost);
        let known = cursors.first().is_some_and(|rarest| rarest.cost() > 0);
        let positions = positions || cursors.len() > 1;
        known.then(|| Self { terms: cursors, starts: Vec::new(), scratch: Vec::new(), positions, is_cut: false })
    }

    /// The next row from `from` on, and how often the text stands in it.
    pub(super) fn next(&mut self, from: DocId) -> Option<(DocId, u32)> {
        let mut target = from;
        loop {
            let row = self.align(target)?;
            match self.frequency(row) {
                0 => target = row + 1,
                frequency => return Some((row, frequency)),
            }
        }
    }

    /// Calls `met` for each row where the text stands, ascending, with how often.
    pub(super) fn each(&mut self, mut met: impl FnMut(DocId, u32)) {
        let mut from = 0;
        while let Some((row, frequency)) = self.next(from) {
            met(row, frequency);
            from = row + 1;
        }
    }

    /// How often the text stands in a row that has all its terms.
    pub(super) fn frequency(&mut self, row: DocId) -> u32 {
        if !self.positions {
            return self.terms.first().map_or(0, |only| only.frequency(row));
        }
        self.find_starts(row);
        u32::try_from(self.starts.len()).unwrap_or(u32::MAX)
    }

    /// In how many rows the rarest of the terms stands.
    pub(super) fn cost(&self) -> u64 {
        self.terms.first().map_or(0, Cursor::cost)
    }

    /// Where the text begins in the row that was found last.
    pub(super) fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// The first row from `target` on that has all terms.
    pub(super) fn align(&mut self, mut target: DocId) -> Option<DocId> {
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
        let furthest = terms.iter().filter_map(|cursor| cursor.offset).max().unwrap_or(0);
        let mut is_first = true;
        for cursor in terms {
            let Some(offset) = cursor.offset else { continue };
            let found = if is_first { &mut *starts } else { &mut *scratch };
            cursor.positions(row, furthest - offset, found);
            if !is_first {
                keep_common(starts, scratch);
            }
            if starts.is_empty() {
                return;
            }
            is_first = false;
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

/// The rows where every text stands, ascending, each with how often the texts do, in their order.
///
/// Rows that lack a term of any text are passed over before a position is read.
pub(super) fn each_with_all(texts: &mut [Exact], mut found: impl FnMut(DocId, &[u32])) {
    if texts.is_empty() {
        return;
    }
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by_key(|&index| texts.get(index).map_or(0, Exact::cost));
    let mut frequencies = vec![0; texts.len()];
    let mut target = 0;
    'rows: loop {
        for &index in &order {
            let Some(row) = texts.get_mut(index).and_then(|text| text.align(target)) else { return };
            if row > target {
                target = row;
                continue 'rows;
            }
        }
        let row = target;
        target += 1;
        for &index in &order {
            let (Some(text), Some(frequency)) = (texts.get_mut(index), frequencies.get_mut(index)) else { return };
            *frequency = text.frequency(row);
            if *frequency == 0 {
                continue 'rows;
            }
        }
        found(row, &frequencies);
    }
}

/// So many places are compared with one at once.
const AT_ONCE: usize = 8;

/// Keeps what is in both ascending lists.
fn keep_common(list: &mut Vec<u32>, other: &[u32]) {
    let mut rest = other;
    // Where the other list is much longer, halving finds the next place sooner than walking.
    if other.len() > list.len().saturating_mul(4 * AT_ONCE) {
        return list.retain(|&value| {
            let before = rest.partition_point(|&candidate| candidate < value);
            rest = rest.get(before..).unwrap_or_default();
            rest.first() == Some(&value)
        });
    }
    list.retain(|&value| {
        while let Some((passed, after)) = rest.split_first_chunk::<AT_ONCE>()
            && passed.last().is_some_and(|&last| last < value)
        {
            rest = after;
        }
        // All of them, without stopping at the first that is equal: which one that is cannot be foretold.
        match rest.first_chunk::<AT_ONCE>() {
            Some(next) => next.iter().fold(false, |is_met, &candidate| is_met | (candidate == value)),
            None => rest.contains(&value),
        }
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
