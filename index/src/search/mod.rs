//! Requests and answers.

mod answer;
mod evaluate;
mod exact;
mod facets;
mod filters;
mod identifiers;
mod locate;
mod near;
mod occurs;
mod order;
mod plan;
mod rank;
mod ranking;
mod rows;
mod similar;
#[cfg(test)]
mod tests;

pub(crate) use rows::SegmentRows;
pub use similar::{SimilarAnswer, SimilarPassage, SimilarRequest};

use std::collections::HashMap;

use corpus::document::Language;
use corpus::facts::{DocumentKind, DocumentStatus};

use crate::query::{DateRange, Query};

/// What is asked of the index.
#[derive(Clone, Debug, Default)]
pub struct SearchRequest<'a> {
    /// What is looked for; `None` lists every document that the filters let through.
    pub query: Option<&'a Query>,
    /// Which documents may answer.
    pub filters: Filters,
    /// How many hits are wanted.
    pub limit: usize,
    /// How many hits are skipped first.
    pub offset: usize,
    /// Where an earlier answer ended ([`Answer::next`]): only what comes after is given.
    pub after: Option<Place>,
    /// In what order.
    pub sort: Sort,
    /// Which documents are one hit together, by number: each with its group. Those without one stand alone.
    pub groups: Option<&'a HashMap<i64, i64>>,
}

/// Which documents may answer: those with any of the values of each list. An empty list lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Languages.
    pub languages: Vec<Language>,
    /// Kinds.
    pub kinds: Vec<DocumentKind>,
    /// How far they have come.
    pub statuses: Vec<DocumentStatus>,
    /// Identities of issuers in the table of agencies, or names where they are not in it.
    pub issuers: Vec<String>,
    /// Identifiers of topics.
    pub topics: Vec<String>,
    /// Standards that documents are or name, in their normal form.
    pub standards: Vec<String>,
    /// Technical committees that documents name, in their normal form.
    pub committees: Vec<String>,
    /// Years of their dates.
    pub years: Vec<u32>,
    /// The dates within which their own lie.
    pub date: Option<DateRange>,
}

/// The order of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The best first, where of two that are about as good the newer counts more.
    Recency,
    /// The newest first, undated ones last.
    Newest,
    /// The oldest first, undated ones last.
    Oldest,
}

/// A place in the order of an answer, from which it can be gone on with; it holds also when documents have been added
/// or removed since.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The score of the last hit.
    pub score: f32,
    /// Its date, as [`crate::query::date_key`] has it; 0 when not known.
    pub date: u32,
    /// Its document.
    pub document: i64,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// How many documents were found in all.
    pub total_documents: usize,
    /// How many hits these make: fewer than documents where some are one hit together.
    pub total_hits: usize,
    /// The hits asked for, in order.
    pub hits: Vec<Hit>,
    /// Where the next hits begin; `None` at the end.
    pub next: Option<Place>,
    /// What the documents are, in numbers.
    pub facets: Facets,
    /// A prefix or a pattern is met by more words or identifiers than were looked at.
    pub is_cut: bool,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The row's number in the store.
    pub document: i64,
    /// Higher is better; comparable within one answer only.
    pub score: f32,
    /// See [`crate::query::date_key`]; 0 when not known.
    pub date: u32,
    /// Its best passages, best first, three at most unless all were asked for; none when only its facts matched.
    pub passages: Vec<HitPassage>,
    /// The other documents of its group that were found, in order; they have none themselves.
    pub others: Vec<Self>,
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

/// How many documents have each language, kind and so on, most frequent first: of those found, and for a facet of which
/// values are chosen of those that would be found without that choice.
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
    /// By the name of how far the document has come.
    pub statuses: Vec<FacetCount>,
    /// By standard that the document is or names.
    pub standards: Vec<FacetCount>,
    /// By technical committee that the document names.
    pub committees: Vec<FacetCount>,
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
