//! From the documents that meet a query to an answer.

use corpus::document::Language;
use corpus::facts::{DocumentKind, DocumentStatus};
use tantivy::{SegmentReader, TantivyError, Term};

use super::evaluate::{Context, SegmentSearch};
use super::exact::rows_of_term;
use super::facets::Counter;
use super::order::order;
use super::rank::Statistics;
use super::ranking::{Found, ranked};
use super::rows::RowSet;
use super::{Answer, Filters, Hit, HitPassage, Place, SearchRequest};
use crate::Index;
use crate::error::Error;
use crate::query::Query;

/// Passages shown of a document.
const SHOWN_PASSAGES: usize = 3;

impl Index {
    /// Answers a request: the documents that meet it, the best first, each with its best passages.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn search(&self, request: &SearchRequest<'_>) -> Result<Answer, Error> {
        self.search_showing(request, SHOWN_PASSAGES)
    }

    /// As [`Index::search`], with every passage that was met, in the order of the document: what a concordance shows.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn search_everywhere(&self, request: &SearchRequest<'_>) -> Result<Answer, Error> {
        let mut answer = self.search_showing(request, usize::MAX)?;
        for hit in &mut answer.hits {
            hit.passages.sort_by_key(|passage| passage.block);
        }
        Ok(answer)
    }

    fn search_showing(&self, request: &SearchRequest<'_>, most_passages: usize) -> Result<Answer, Error> {
        let searcher = self.searcher();
        let rows = searcher.segment_readers().iter().map(|segment| self.segment_rows(segment));
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        let statistics = Statistics::read(&searcher, &self.fields, &rows)?;
        let context = Context::new(&searcher, &self.fields, &statistics);
        let mut counter = Counter::default();
        let mut found = Vec::new();
        let mut total = 0;
        let mut segments = Vec::new();
        for (number, (segment, rows)) in searcher.segment_readers().iter().zip(rows).enumerate() {
            let mut search = SegmentSearch::new(&context, segment, rows);
            let mut documents = match request.query {
                Some(query) => search.meet(query, 1.0)?,
                None => search.all(),
            };
            documents.intersect(&search.all());
            self.filter(segment, &request.filters, &mut search, &mut documents)?;
            counter.add(&search.rows, &documents)?;
            total += documents.len();
            found.extend(ranked(number, &mut search, &documents)?);
            segments.push(search);
        }
        let ordered = order(found, request);
        let shown = |found: &Found| Some(hit(segments.get(found.segment)?, found, most_passages));
        let hits: Vec<Hit> = ordered.hits.iter().filter_map(|group| together(group.iter().filter_map(shown))).collect();
        let next = ordered.is_cut.then(|| hits.last().map(place_of)).flatten();
        Ok(Answer { total_documents: total, total_hits: ordered.total, hits, next, facets: counter.finish() })
    }

    /// How many documents hold a text exactly: what tells whether a watch for it would be met too often.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn document_frequency(&self, text: &str) -> Result<usize, Error> {
        let query = Query::Text(text.to_owned());
        let request = SearchRequest { query: Some(&query), ..SearchRequest::default() };
        Ok(self.search(&request)?.total_documents)
    }

    /// The numbers of all documents in the index, ascending: what tells which are missing after a crash.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn documents(&self) -> Result<Vec<i64>, Error> {
        let mut numbers = Vec::new();
        let searcher = self.searcher();
        for segment in searcher.segment_readers() {
            let rows = self.segment_rows(segment)?;
            let alive = rows.documents().iter().filter(|&row| !segment.is_deleted(row));
            numbers.extend(alive.map(|row| rows.columns().document.get_val(row)));
        }
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn filter(
        &self,
        segment: &SegmentReader,
        filters: &Filters,
        search: &mut SegmentSearch<'_>,
        documents: &mut RowSet,
    ) -> Result<(), TantivyError> {
        let fields = &self.fields;
        let exact = [
            (fields.language, filters.language.map(Language::code)),
            (fields.kind, filters.kind.map(DocumentKind::name)),
            (fields.status, filters.status.map(DocumentStatus::name)),
            (fields.issuer_id, filters.issuer.as_deref()),
            (fields.topic_id, filters.topic.as_deref()),
            (fields.standard_id, filters.standard.as_deref()),
            (fields.committee_id, filters.committee.as_deref()),
        ];
        for (field, value) in exact.into_iter().filter_map(|(field, value)| Some((field, value?))) {
            let mut having = RowSet::none(documents.capacity());
            rows_of_term(segment, &Term::from_field_text(field, value), |row| having.insert(row))?;
            documents.intersect(&having);
        }
        if let Some(range) = filters.date {
            documents.intersect(&search.meet(&Query::Date(range), 0.0)?);
        }
        Ok(())
    }
}

fn hit(search: &SegmentSearch<'_>, found: &Found, most_passages: usize) -> Hit {
    let columns = search.rows.columns();
    let touched = search.rows.passages(found.head).filter(|&row| search.touched.contains(row));
    let mut passages: Vec<HitPassage> = touched
        .map(|row| HitPassage {
            block: usize::try_from(columns.block.get_val(row)).unwrap_or(0),
            page: u32::try_from(columns.page.get_val(row)).unwrap_or(0),
            score: search.score(row),
        })
        .collect();
    passages.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.block.cmp(&b.block)));
    passages.truncate(most_passages);
    Hit { document: found.document, score: found.score, date: found.date, passages, others: Vec::new() }
}

/// The documents of a group as one hit.
fn together(mut documents: impl Iterator<Item = Hit>) -> Option<Hit> {
    let mut first = documents.next()?;
    first.others = documents.collect();
    Some(first)
}

fn place_of(hit: &Hit) -> Place {
    Place { score: hit.score, date: hit.date, document: hit.document }
}
