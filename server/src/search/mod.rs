//! A query's way out: parse, widen through the termbase, ask the index, and show the passages with their counterparts.

mod cite;
mod cursor;
mod export;
mod found;
pub(crate) mod groups;
mod marked;
mod meant;
mod passage;
pub(crate) mod reading;
mod related;
mod request;
mod result;
mod similar;
mod suggest;
mod vocabulary;
mod widening;

use index::query::{Note, parse};

use crate::Error;
use crate::data::Data;

pub(crate) use cursor::{cursor, place};
pub use export::{ExportFormat, Exported, MOST_EXPORTED, cite, export};
pub use found::{Counterpart, FacetCount, Facets, Hit, HitPassage, Part, SearchPage};
pub(crate) use marked::{language_by_script, language_of_sentence, marked};
pub use meant::{Correction, Meant, Unfiltered, meant};
pub(crate) use passage::parts;
pub use reading::Reading;
pub use related::{RelatedTerm, related};
pub use request::{Chosen, SearchRequest};
pub use similar::{ComparedBy, Similar, SimilarIn, SimilarPage, similar};
pub(crate) use suggest::Catalogues;
pub use suggest::{MOST_SUGGESTIONS, SearchSuggestion, SuggestionKind, suggest};
pub use widening::{AddedRendering, AlsoSearched};
pub(crate) use widening::{widen, widen_by_termbase};

/// So many values of a filter are counted.
const MOST_VALUES: usize = 100;

/// Answers a request.
///
/// # Errors
/// When the store or the index fails; a query that cannot be read well is read as well as it can be.
pub fn search(data: &Data, request: &SearchRequest) -> Result<SearchPage, Error> {
    let parsed = parse(&request.query);
    let mut page = SearchPage { query: request.query.clone(), reading: Reading::of(&parsed), ..SearchPage::default() };
    page.notes = page.reading.notes.iter().map(ToString::to_string).collect();
    let Some(literal) = parsed.query else { return Ok(page) };
    let query = if request.expand {
        let (query, also) = widen(data, &literal, &request.without)?;
        page.also_searched = also;
        query
    } else {
        literal
    };
    let groups = if request.group { Some(groups::groups(data)?) } else { None };
    let answer = data.index.search(&index::SearchRequest {
        query: Some(&query),
        filters: request.chosen.filters(),
        limit: request.limit,
        offset: request.offset,
        after: request.after,
        sort: request.sort,
        groups: groups.as_deref(),
    })?;
    if answer.is_cut {
        page.notes.push(Note::TooManyMet.to_string());
        page.reading.notes.push(Note::TooManyMet);
    }
    page.total = answer.total_documents;
    page.results = answer.total_hits;
    page.next = answer.next.map(|place| cursor(request, place));
    page.facets = facets(answer.facets);
    page.hits = data.with_store(|store| {
        let hits = answer.hits.iter().map(|hit| result::result(store, hit, &query));
        hits.filter_map(Result::transpose).collect()
    })?;
    if request.offset == 0 && request.after.is_none() {
        page.did_you_mean = meant(data, request, page.total)?;
        page.related = related(data, &request.query)?;
    }
    Ok(page)
}

/// The names of the best documents with their scores: what a ranking is judged by.
///
/// # Errors
/// When the store or the index fails.
pub fn rank(data: &Data, query: &str, limit: usize) -> Result<Vec<(String, f32)>, Error> {
    let Some(literal) = parse(query).query else { return Ok(Vec::new()) };
    let (query, _) = widen(data, &literal, &[])?;
    data.with_store(|store| {
        let request = index::SearchRequest { query: Some(&query), limit, ..index::SearchRequest::default() };
        let mut ranked = Vec::new();
        for hit in data.index.rank(&request)?.hits {
            if let Some(document) = store.document(hit.document)? {
                ranked.push((document.name, hit.score));
            }
        }
        Ok(ranked)
    })
}

fn facets(facets: index::Facets) -> Facets {
    let counts = |counts: Vec<index::FacetCount>| {
        let most = counts.into_iter().take(MOST_VALUES);
        most.map(|count| FacetCount { value: count.value, count: count.count }).collect()
    };
    Facets {
        language: counts(facets.languages),
        kind: counts(facets.kinds),
        status: counts(facets.statuses),
        issuer: counts(facets.issuers),
        topic: counts(facets.topics),
        standard: counts(facets.standards),
        committee: counts(facets.committees),
        year: counts(facets.years),
    }
}
