//! Which documents filters let through, and which they would without one of them: what the counts of a facet are of,
//! so that a chosen value does not hide those beside it.

use corpus::document::Language;
use corpus::facts::{DocumentKind, DocumentStatus};
use tantivy::schema::Field;
use tantivy::{DocId, SegmentReader, TantivyError, Term};

use super::Filters;
use super::exact::rows_of_term;
use super::rows::{RowSet, SegmentRows};
use crate::schema::Fields;

/// What documents are filtered and counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facet {
    Language,
    Kind,
    Issuer,
    Topic,
    Status,
    Standard,
    Committee,
    Year,
}

/// What filters let through.
pub(super) struct Filtered {
    /// The documents that meet all.
    pub(super) documents: RowSet,
    /// For each facet of which values are chosen, the documents that meet all other filters.
    without: Vec<(Facet, RowSet)>,
}

impl Filtered {
    /// The documents that meet all filters but those of a facet.
    pub(super) fn but_for(&self, facet: Facet) -> &RowSet {
        let own = self.without.iter().find(|(other, _)| *other == facet);
        own.map_or(&self.documents, |(_, documents)| documents)
    }

    /// Leaves out what is not to be kept.
    pub(super) fn keep(&mut self, is_kept: impl Fn(DocId) -> bool) {
        for documents in self.without.iter_mut().map(|(_, documents)| documents).chain([&mut self.documents]) {
            documents.retain(&is_kept);
        }
    }
}

/// Lets through those of `documents` that have one of the chosen values of each facet.
pub(super) fn filtered(
    segment: &SegmentReader,
    fields: &Fields,
    filters: &Filters,
    rows: &SegmentRows,
    documents: RowSet,
) -> Result<Filtered, TantivyError> {
    let mut having = Vec::new();
    for (facet, field, values) in chosen(fields, filters) {
        if !values.is_empty() {
            having.push((facet, with_any(segment, field, &values, documents.capacity())?));
        }
    }
    if !filters.years.is_empty() {
        having.push((Facet::Year, of_years(rows, &filters.years, documents.capacity())));
    }
    let without = (0..having.len()).map(|left_out| {
        let mut passing = documents.clone();
        let others = having.iter().enumerate().filter(|(index, _)| *index != left_out);
        others.for_each(|(_, (_, set))| passing.intersect(set));
        passing
    });
    let without: Vec<_> = having.iter().map(|(facet, _)| *facet).zip(without).collect();
    let mut documents = documents;
    having.iter().for_each(|(_, set)| documents.intersect(set));
    Ok(Filtered { documents, without })
}

fn chosen<'a>(fields: &Fields, filters: &'a Filters) -> [(Facet, Field, Vec<&'a str>); 7] {
    fn texts(values: &[String]) -> Vec<&str> {
        values.iter().map(String::as_str).collect()
    }
    let languages = filters.languages.iter().copied().map(Language::code).collect();
    let kinds = filters.kinds.iter().copied().map(DocumentKind::name).collect();
    let statuses = filters.statuses.iter().copied().map(DocumentStatus::name).collect();
    [
        (Facet::Language, fields.language, languages),
        (Facet::Kind, fields.kind, kinds),
        (Facet::Status, fields.status, statuses),
        (Facet::Issuer, fields.issuer_id, texts(&filters.issuers)),
        (Facet::Topic, fields.topic_id, texts(&filters.topics)),
        (Facet::Standard, fields.standard_id, texts(&filters.standards)),
        (Facet::Committee, fields.committee_id, texts(&filters.committees)),
    ]
}

fn with_any(segment: &SegmentReader, field: Field, values: &[&str], rows: u32) -> Result<RowSet, TantivyError> {
    let mut having = RowSet::none(rows);
    for value in values {
        rows_of_term(segment, &Term::from_field_text(field, value), |row| having.insert(row))?;
    }
    Ok(having)
}

fn of_years(rows: &SegmentRows, years: &[u32], count: u32) -> RowSet {
    let mut having = RowSet::none(count);
    let is_of = |&row: &u32| years.contains(&(rows.date(row) / 10_000)) && rows.date(row) > 0;
    (0..count).filter(is_of).for_each(|row| having.insert(row));
    having
}
