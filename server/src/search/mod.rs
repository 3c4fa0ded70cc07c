//! A query's way out: parse, widen through the termbase, ask the index, and show the passages with their counterparts.

mod found;
mod passage;
mod request;
mod widening;

use corpus::document::Language;
use corpus::store::Store;
use index::query::{Query, parse};

use crate::Error;
use crate::data::Data;
use crate::derive::LEAST_CONFIDENCE;
use passage::Other;

pub use found::{AlsoSearched, Counterpart, FacetCount, Facets, Hit, HitPassage, Part, SearchPage};
pub(crate) use passage::parts;
pub use request::SearchRequest;
pub(crate) use widening::widen;

/// Answers a request.
///
/// # Errors
/// When the store or the index fails; a query that cannot be read well is read as well as it can be.
pub fn search(data: &Data, request: &SearchRequest) -> Result<SearchPage, Error> {
    let parsed = parse(&request.query);
    let mut page = SearchPage { query: request.query.clone(), notes: parsed.notes, ..SearchPage::default() };
    let Some(literal) = parsed.query else { return Ok(page) };
    let query = if request.expand {
        let (query, also) = data.with_store(|store| widen(store, &literal, LEAST_CONFIDENCE))?;
        page.also_searched = also;
        query
    } else {
        literal
    };
    let answer = data.index.search(&index::SearchRequest {
        query: Some(&query),
        filters: request.filters(),
        limit: request.limit,
        offset: request.offset,
        after: request.after,
        sort: request.sort,
        groups: None,
    })?;
    page.total = answer.total_documents;
    page.facets = facets(answer.facets);
    page.hits = data.with_store(|store| {
        let hits = answer.hits.iter().map(|hit| shown(store, hit, &query));
        hits.filter_map(Result::transpose).collect()
    })?;
    Ok(page)
}

/// The names of the best documents with their scores: what a ranking is judged by.
///
/// # Errors
/// When the store or the index fails.
pub fn rank(data: &Data, query: &str, limit: usize) -> Result<Vec<(String, f32)>, Error> {
    let Some(literal) = parse(query).query else { return Ok(Vec::new()) };
    data.with_store(|store| {
        let (query, _) = widen(store, &literal, LEAST_CONFIDENCE)?;
        let request = index::SearchRequest { query: Some(&query), limit, ..index::SearchRequest::default() };
        let mut ranked = Vec::new();
        for hit in data.index.search(&request)?.hits {
            if let Some(document) = store.document(hit.document)? {
                ranked.push((document.name, hit.score));
            }
        }
        Ok(ranked)
    })
}

fn facets(facets: index::Facets) -> Facets {
    let counts = |counts: Vec<index::FacetCount>| {
        counts.into_iter().map(|count| FacetCount { value: count.value, count: count.count }).collect()
    };
    Facets {
        language: counts(facets.languages),
        kind: counts(facets.kinds),
        issuer: counts(facets.issuers),
        topic: counts(facets.topics),
        year: counts(facets.years),
    }
}

fn shown(store: &Store, hit: &index::Hit, query: &Query) -> Result<Option<Hit>, Error> {
    let Some(document) = store.document(hit.document)? else { return Ok(None) };
    let other = Other::of(store, &document)?;
    let passages = passage::passages(store, &document, &hit.passages, query, other.as_ref())?;
    let facts = &document.facts;
    Ok(Some(Hit {
        document: document.id,
        name: document.name.clone(),
        title: document.display_title().to_owned(),
        title_translated: facts.title_translated.clone().or_else(|| other.as_ref()?.title.clone()),
        language: document.language.code().to_owned(),
        kind: facts.kind.map(|kind| kind.name().to_owned()),
        issuers: facts.issuers.iter().filter_map(|agency| issuer_name(agency, document.language)).collect(),
        date: crate::derive::date_of(facts),
        number: facts.document_number.clone(),
        score: hit.score,
        passages,
    }))
}

fn issuer_name(agency: &corpus::facts::Agency, language: Language) -> Option<String> {
    let (own, other) = match language {
        Language::Zh => (&agency.name_zh, &agency.name_en),
        _ => (&agency.name_en, &agency.name_zh),
    };
    own.clone().or_else(|| other.clone())
}
