//! Requests and answers.

mod answer;
mod evaluate;
mod exact;
mod facets;
mod rank;
mod ranking;
mod rows;
#[cfg(test)]
mod tests;

pub(crate) use rows::SegmentRows;

use corpus::document::Language;
use corpus::facts::DocumentKind;

use crate::query::Query;

/// What is asked of the index.
#[derive(Clone, Debug)]
pub struct SearchRequest<'a> {
    /// What is looked for; `None` lists every document that the filters let through.
    pub query: Option<&'a Query>,
    /// Which documents may answer.
    pub filters: Filters,
    /// How many documents are wanted.
    pub limit: usize,
    /// How many documents are skipped first.
    pub offset: usize,
    /// In what order.
    pub sort: Sort,
}

/// Which documents may answer. An empty list or `None` lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// The language.
    pub language: Option<Language>,
    /// The kind.
    pub kind: Option<DocumentKind>,
    /// The identity of an issuer in the table of agencies, or its name where it is not in it.
    pub issuer: Option<String>,
    /// The identifier of a topic.
    pub topic: Option<String>,
    /// The first year.
    pub year_from: Option<i32>,
    /// The last year.
    pub year_to: Option<i32>,
}

/// The order of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The newest first, undated ones last.
    Newest,
    /// The oldest first, undated ones last.
    Oldest,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// How many documents were found in all.
    pub total_documents: usize,
    /// The documents asked for, in order.
    pub hits: Vec<Hit>,
    /// What all documents found are, in numbers.
    pub facets: Facets,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The row's number in the store.
    pub document: i64,
    /// Higher is better; comparable within one answer only.
    pub score: f32,
    /// Its best passages, best first, three at most unless all were asked for; none when only its facts matched.
    pub passages: Vec<HitPassage>,
}

/// A passage that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HitPassage {
    /// The index of the block in the document, from 0.
    pub block: usize,
    /// The page where it begins, counted from 1.
    pub page: u32,
    /// Higher is better.
    pub score: f32,
}

/// How many of the documents found have each language, kind, issuer, topic and year, most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By ISO 639-1 code.
    pub languages: Vec<FacetCount>,
    /// By the name of the kind.
    pub kinds: Vec<FacetCount>,
    /// By identity of the issuer, or its name where it has none.
    pub issuers: Vec<FacetCount>,
    /// By identifier of the topic.
    pub topics: Vec<FacetCount>,
    /// By year, newest first.
    pub years: Vec<FacetCount>,
}

/// A value and how many documents have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// How many documents.
    pub count: usize,
}
