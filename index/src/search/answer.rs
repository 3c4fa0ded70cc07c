//! From the documents that meet a query to an answer.

use super::evaluate::SegmentSearch;
use super::facets::Counter;
use super::filters::filtered;
use super::order::order;
use super::plan::Plan;
use super::rank::Statistics;
use super::ranking::{Found, found_in, locate_all, rank_by_passages};
use super::{Answer, Hit, HitPassage, Place, SearchRequest};
use crate::Index;
use crate::error::Error;
use crate::passages::PassageAt;
use crate::query::Query;

/// Passages shown of a document.
const SHOWN_PASSAGES: usize = 3;

impl Index {
    /// Answers a request: the documents that meet it, the best first, each with its best passages.
    ///
    /// # Errors
    /// [`Error::Torn`] when damage of the index shows; [`Error::Engine`] when it cannot be read.
    pub fn search(&self, request: &SearchRequest<'_>) -> Result<Answer, Error> {
        self.guarded(|| self.search_showing(request, SHOWN_PASSAGES))
    }

    /// As [`Index::search`], with documents alone: neither passages nor facets, which cost more than finding them.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn rank(&self, request: &SearchRequest<'_>) -> Result<Answer, Error> {
        self.guarded(|| self.search_showing(request, 0))
    }

    /// As [`Index::search`], with every passage that was met, in the order of the document: what a concordance shows.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub fn search_everywhere(&self, request: &SearchRequest<'_>) -> Result<Answer, Error> {
        let mut answer = self.guarded(|| self.search_showing(request, usize::MAX))?;
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
        let plan = match request.query {
            Some(query) => Some(Plan::of(query, &searcher, &self.fields, &statistics)?),
            None => None,
        };
        let (mut segments, mut passing) = (Vec::new(), Vec::new());
        for (number, (segment, rows)) in searcher.segment_readers().iter().zip(rows).enumerate() {
            let mut search = SegmentSearch::new(number, segment, &self.fields, &statistics, rows);
            let mut documents = search.all();
            if let Some(plan) = &plan {
                documents.intersect(&search.meet(plan)?);
            }
            if let Some(range) = request.filters.date {
                documents.intersect(&search.date(range));
            }
            passing.push(filtered(segment, &self.fields, &request.filters, &search.rows, documents)?);
            segments.push(search);
        }
        let mut found = found_in(&segments, &mut passing, plan.as_ref());
        let mut counter = Counter::default();
        for (search, passing) in segments.iter().zip(&passing).filter(|_| most_passages > 0) {
            counter.add(&search.rows, passing)?;
        }
        let total_documents = found.len();
        if let Some(plan) = &plan {
            rank_by_passages(&segments, plan, &mut found)?;
        }
        let mut ordered = order(found, request);
        if let Some(plan) = plan.as_ref().filter(|_| most_passages > 0) {
            ordered.hits.iter_mut().try_for_each(|group| locate_all(&segments, plan, group))?;
        }
        let shown = |found: &Found<'_>| hit(found, &segments, most_passages);
        let hits: Vec<Hit> = ordered.hits.iter().filter_map(|group| together(group.iter().map(shown))).collect();
        let next = ordered.is_cut.then(|| hits.last().map(place_of)).flatten();
        let is_cut = segments.iter().any(|search| search.is_cut);
        Ok(Answer { total_documents, total_hits: ordered.total, hits, next, facets: counter.finish(), is_cut })
    }

    /// How many documents hold a text exactly: what tells whether a watch for it would be met too often.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn document_frequency(&self, text: &str) -> Result<usize, Error> {
        let query = Query::Text(text.to_owned());
        let request = SearchRequest { query: Some(&query), ..SearchRequest::default() };
        Ok(self.rank(&request)?.total_documents)
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
            let all = (0..).zip(rows.documents());
            numbers.extend(all.filter(|(row, _)| !segment.is_deleted(*row)).map(|(_, number)| number));
        }
        numbers.sort_unstable();
        Ok(numbers)
    }
}

fn hit(found: &Found<'_>, segments: &[SegmentSearch<'_>], most_passages: usize) -> Hit {
    let mut passages = Vec::new();
    if let (Some(located), Some(search)) = (&found.located, segments.get(found.segment)) {
        let best = located.best(most_passages);
        let until = best.iter().max().map_or(0, |last| last + 1);
        let places: Vec<PassageAt> = search.rows.passages(found.row).take(until).collect();
        let shown = best.into_iter().filter_map(|index| {
            let at = places.get(index)?;
            Some(HitPassage { block: usize::try_from(at.block).ok()?, page: at.page, score: located.score(index) })
        });
        passages.extend(shown);
    }
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
