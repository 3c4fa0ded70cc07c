//! Sets of rows, and which rows are one document's.

use std::ops::Range;
use std::sync::Arc;

use tantivy::columnar::{ColumnValues, StrColumn};
use tantivy::{DocId, SegmentReader, TantivyError};

/// A set of the rows of one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowSet {
    words: Vec<u64>,
    rows: DocId,
}

impl RowSet {
    /// No row of so many.
    pub(super) fn none(rows: DocId) -> Self {
        Self { words: vec![0; (rows as usize).div_ceil(64)], rows }
    }

    pub(super) fn insert(&mut self, row: DocId) {
        if let Some(word) = self.words.get_mut(row as usize / 64) {
            *word |= 1 << (row % 64);
        }
    }

    pub(super) fn contains(&self, row: DocId) -> bool {
        self.words.get(row as usize / 64).is_some_and(|word| word & (1 << (row % 64)) != 0)
    }

    pub(super) fn intersect(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    pub(super) fn unite(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    pub(super) fn subtract(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    pub(super) fn len(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The rows, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = DocId> + '_ {
        self.words.iter().enumerate().flat_map(|(index, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros();
                left &= left.wrapping_sub(1);
                (bit < 64).then_some(index as DocId * 64 + bit)
            })
        })
    }

    /// How many rows the segment has.
    pub(super) fn capacity(&self) -> DocId {
        self.rows
    }
}

/// Which rows of a segment are one document's, and the columns that every search reads.
pub(crate) struct SegmentRows {
    /// For each row, the row of its document.
    heads: Vec<DocId>,
    /// The rows of documents.
    documents: RowSet,
    /// What each document spans, ascending.
    spans: Vec<Span>,
    columns: Columns,
}

/// The rows of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// The row with its title and facts.
    pub(super) head: DocId,
    /// The row after its last passage.
    pub(super) end: DocId,
    /// See [`crate::query::date_key`]; 0 when not known.
    pub(super) date: u32,
    /// The document's number in the store.
    pub(super) document: i64,
}

/// Values by row.
pub(super) struct Columns {
    /// The document's number in the store.
    pub(super) document: Arc<dyn ColumnValues<i64>>,
    pub(super) block: Arc<dyn ColumnValues<u64>>,
    pub(super) page: Arc<dyn ColumnValues<u64>>,
    pub(super) language: Option<StrColumn>,
    pub(super) kind: Option<StrColumn>,
    pub(super) issuer: Option<StrColumn>,
    pub(super) topic: Option<StrColumn>,
    pub(super) status: Option<StrColumn>,
    pub(super) standard: Option<StrColumn>,
    pub(super) committee: Option<StrColumn>,
}

impl Columns {
    fn read(segment: &SegmentReader) -> Result<Self, TantivyError> {
        let columns = segment.fast_fields();
        Ok(Self {
            document: columns.column_first_or_default("document")?,
            block: columns.column_first_or_default("block")?,
            page: columns.column_first_or_default("page")?,
            language: columns.str("language")?,
            kind: columns.str("kind")?,
            issuer: columns.str("issuer_id")?,
            topic: columns.str("topic_id")?,
            status: columns.str("status")?,
            standard: columns.str("standard_id")?,
            committee: columns.str("committee_id")?,
        })
    }
}

impl SegmentRows {
    pub(crate) fn read(segment: &SegmentReader) -> Result<Self, TantivyError> {
        let ordinals = segment.fast_fields().column_first_or_default::<u64>("ordinal")?;
        let rows = segment.max_doc();
        let mut documents = RowSet::none(rows);
        let mut heads = Vec::with_capacity(rows as usize);
        for row in 0..rows {
            let back = DocId::try_from(ordinals.get_val(row)).unwrap_or(DocId::MAX);
            let head = row.saturating_sub(back);
            documents.insert(head);
            heads.push(head);
        }
        let columns = Columns::read(segment)?;
        let dates = segment.fast_fields().column_first_or_default::<u64>("date")?;
        let mut spans: Vec<Span> = Vec::with_capacity(documents.len());
        for head in documents.iter() {
            if let Some(last) = spans.last_mut() {
                last.end = head;
            }
            let date = u32::try_from(dates.get_val(head)).unwrap_or(0);
            spans.push(Span { head, end: rows, date, document: columns.document.get_val(head) });
        }
        Ok(Self { heads, documents, spans, columns })
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The row of the document that a row belongs to.
    pub(super) fn head(&self, row: DocId) -> DocId {
        self.heads.get(row as usize).copied().unwrap_or(row)
    }

    /// The rows of documents, deleted ones included.
    pub(super) fn documents(&self) -> &RowSet {
        &self.documents
    }

    /// How many documents there are, deleted ones included.
    pub(super) fn document_count(&self) -> usize {
        self.spans.len()
    }

    /// What each document spans, ascending, deleted ones included.
    pub(super) fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The rows of the passages of a document.
    pub(super) fn passages(&self, head: DocId) -> Range<DocId> {
        let index = self.spans.partition_point(|span| span.head < head);
        let end = self.spans.get(index).map_or(head, |span| span.end);
        head.saturating_add(1)..end
    }
}
