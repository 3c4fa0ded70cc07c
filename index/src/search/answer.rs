//! From the documents that meet a query to an answer.

use std::cmp::Ordering;

use tantivy::{SegmentReader, TantivyError, Term};

use super::evaluate::{Context, SegmentSearch};
use super::exact::rows_of_term;
use super::facets::Counter;
use super::rank::Statistics;
use super::ranking::{Found, ranked};
use super::rows::RowSet;
use super::{Answer, Filters, Hit, HitPassage, SearchRequest, Sort};
use crate::Index;
use crate::error::Error;
use crate::query::{DateRange, Query};

/// A request reaches so many documents at most.
const FURTHEST: usize = 10_000;
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
        let reach = request.offset.saturating_add(request.limit).min(FURTHEST);

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
            found.extend(ranked(number, &mut search, &documents, reach)?);
            segments.push(search);
        }
        let order = order_of(request);
        let page = best(found, reach, order).into_iter().skip(request.offset);
        let hits = page.filter_map(|found| Some(hit(segments.get(found.segment)?, &found, most_passages))).collect();
        Ok(Answer { total_documents: total, hits, facets: counter.finish() })
    }

    /// How many documents hold a text exactly: what tells whether a watch for it would be met too often.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn document_frequency(&self, text: &str) -> Result<usize, Error> {
        let query = Query::Text(text.to_owned());
        let request = SearchRequest {
            query: Some(&query),
            filters: Filters::default(),
            limit: 0,
            offset: 0,
            sort: Sort::Relevance,
        };
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
        let language = filters.language.map(|language| Term::from_field_text(self.fields.language, language.code()));
        let kind = filters.kind.map(|kind| Term::from_field_text(self.fields.kind, kind.name()));
        let issuer = filters.issuer.as_deref().map(|issuer| Term::from_field_text(self.fields.issuer_id, issuer));
        let topic = filters.topic.as_deref().map(|topic| Term::from_field_text(self.fields.topic_id, topic));
        for term in [language, kind, issuer, topic].iter().flatten() {
            let mut having = RowSet::none(documents.capacity());
            rows_of_term(segment, term, |row| having.insert(row))?;
            documents.intersect(&having);
        }
        if filters.year_from.is_some() || filters.year_to.is_some() {
            let year = |year: i32| u32::try_from(year.clamp(0, 9999)).unwrap_or(0).saturating_mul(10_000);
            let from = filters.year_from.map_or(DateRange::ALL.from, year);
            let to = filters.year_to.map_or(DateRange::ALL.to, |last| year(last).saturating_add(9_999));
            documents.intersect(&search.meet(&Query::Date(DateRange { from, to }), 0.0)?);
        }
        Ok(())
    }
}

fn order_of(request: &SearchRequest<'_>) -> impl Fn(&Found, &Found) -> Ordering + use<> {
    let sort = if request.query.is_none() && request.sort == Sort::Relevance { Sort::Newest } else { request.sort };
    move |a: &Found, b: &Found| {
        let by_sort = match sort {
            Sort::Relevance => b.score.total_cmp(&a.score),
            Sort::Newest => b.date.cmp(&a.date),
            Sort::Oldest => (a.date == 0, a.date).cmp(&(b.date == 0, b.date)),
        };
        by_sort.then_with(|| b.score.total_cmp(&a.score)).then_with(|| (a.segment, a.head).cmp(&(b.segment, b.head)))
    }
}

/// The first `count` in order.
fn best(mut found: Vec<Found>, count: usize, order: impl Fn(&Found, &Found) -> Ordering) -> Vec<Found> {
    if found.len() > count {
        found.select_nth_unstable_by(count, &order);
        found.truncate(count);
    }
    found.sort_unstable_by(&order);
    found
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
    Hit { document: columns.document.get_val(found.head), score: found.score, passages }
}
