//! Sets of rows, and what every search reads of them.

use tantivy::columnar::{BytesColumn, StrColumn};
use tantivy::{DocId, SegmentReader, TantivyError};

use crate::passages::{self, PassageAt};

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

    /// Every row of so many.
    pub(super) fn every(rows: DocId) -> Self {
        let mut words = vec![u64::MAX; (rows as usize).div_ceil(64)];
        if let (Some(last), over @ 1..) = (words.last_mut(), rows % 64) {
            *last = (1 << over) - 1;
        }
        Self { words, rows }
    }

    pub(super) fn insert(&mut self, row: DocId) {
        if let Some(word) = self.words.get_mut(row as usize / 64) {
            *word |= 1 << (row % 64);
        }
    }

    pub(super) fn remove(&mut self, row: DocId) {
        if let Some(word) = self.words.get_mut(row as usize / 64) {
            *word &= !(1 << (row % 64));
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

    /// How many rows there are in it.
    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Leaves out the rows that are not to be kept.
    pub(super) fn retain(&mut self, is_kept: impl Fn(DocId) -> bool) {
        for (index, word) in self.words.iter_mut().enumerate() {
            let mut left = *word;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                *word &= !(u64::from(!is_kept(index as DocId * 64 + bit)) << bit);
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
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

/// What every search reads of the rows of a segment.
pub(crate) struct SegmentRows {
    /// Each document's number in the store.
    documents: Vec<i64>,
    /// See [`crate::query::date_key`]; 0 when not known.
    dates: Vec<u32>,
    tables: Tables,
    /// Where the passages of each row begin, rows one after the other.
    starts: Vec<u32>,
    /// For each row where its passages end in `starts`, and the position after its last token.
    ends: Vec<(usize, u32)>,
    /// How many positions all of them take.
    positions: u64,
    columns: Columns,
}

/// Values that are counted, by row.
pub(super) struct Columns {
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

/// The tables of passages, in the form in which the index keeps them: a few bytes a passage.
#[derive(Default)]
struct Tables {
    bytes: Vec<u8>,
    /// For each distinct table where it ends in `bytes`.
    ends: Vec<usize>,
    /// For each row the number of its table.
    of_row: Vec<usize>,
}

impl Tables {
    fn read(column: &BytesColumn, rows: DocId) -> Result<Self, TantivyError> {
        let mut tables = Self::default();
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            tables.bytes.extend_from_slice(stream.key());
            tables.ends.push(tables.bytes.len());
        }
        let ordinals = column.ords();
        tables.of_row = (0..rows)
            .map(|row| ordinals.first(row).and_then(|number| usize::try_from(number).ok()).unwrap_or(usize::MAX))
            .collect();
        Ok(tables)
    }

    fn of(&self, row: DocId) -> &[u8] {
        let table = self.of_row.get(row as usize).copied().unwrap_or(usize::MAX);
        let end = self.ends.get(table).copied().unwrap_or(0);
        let start = table.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.bytes.get(start..end).unwrap_or_default()
    }
}

impl SegmentRows {
    pub(crate) fn read(segment: &SegmentReader) -> Result<Self, TantivyError> {
        let rows = segment.max_doc();
        let columns = segment.fast_fields();
        let documents = columns.column_first_or_default::<i64>("document")?;
        let dates = columns.column_first_or_default::<u64>("date")?;
        let tables = match columns.bytes("passages")? {
            Some(column) => Tables::read(&column, rows)?,
            None => Tables::default(),
        };
        let (mut starts, mut ends) = (Vec::new(), Vec::with_capacity(rows as usize));
        for row in 0..rows {
            let table = tables.of(row);
            starts.extend(passages::read(table).map(|passage| passage.start));
            ends.push((starts.len(), passages::end(table)));
        }
        Ok(Self {
            documents: (0..rows).map(|row| documents.get_val(row)).collect(),
            dates: (0..rows).map(|row| u32::try_from(dates.get_val(row)).unwrap_or(0)).collect(),
            tables,
            starts,
            positions: ends.iter().map(|&(_, end)| u64::from(end)).sum(),
            ends,
            columns: Columns::read(segment)?,
        })
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The number of a row's document in the store.
    pub(super) fn document(&self, row: DocId) -> i64 {
        self.documents.get(row as usize).copied().unwrap_or_default()
    }

    /// The numbers of all documents in the store, by row.
    pub(super) fn documents(&self) -> &[i64] {
        &self.documents
    }

    /// The date of a row's document; 0 when not known.
    pub(super) fn date(&self, row: DocId) -> u32 {
        self.dates.get(row as usize).copied().unwrap_or_default()
    }

    /// The positions where the passages of a row begin, and that after its last token.
    pub(super) fn starts(&self, row: DocId) -> (&[u32], u32) {
        let row = row as usize;
        let (to, end) = self.ends.get(row).copied().unwrap_or_default();
        let from = row.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |&(to, _)| to);
        (self.starts.get(from..to).unwrap_or_default(), end)
    }

    /// The passages of a row.
    pub(super) fn passages(&self, row: DocId) -> impl Iterator<Item = PassageAt> + '_ {
        passages::read(self.tables.of(row))
    }

    /// How many passages all documents have, deleted ones included.
    pub(super) fn passage_count(&self) -> usize {
        self.starts.len()
    }

    /// How many positions all documents take, deleted ones included.
    pub(super) fn position_count(&self) -> u64 {
        self.positions
    }
}
