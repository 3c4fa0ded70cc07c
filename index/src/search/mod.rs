//! Requests and answers.

mod answer;
mod evaluate;
mod exact;
mod facets;
mod order;
mod rank;
mod ranking;
mod rows;
#[cfg(test)]
mod tests;

pub(crate) use rows::SegmentRows;

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

/// Which documents may answer. `None` lets all through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// The language.
    pub language: Option<Language>,
    /// The kind.
    pub kind: Option<DocumentKind>,
    /// How far it has come.
    pub status: Option<DocumentStatus>,
    /// The identity of an issuer in the table of agencies, or its name where it is not in it.
    pub issuer: Option<String>,
    /// The identifier of a topic.
    pub topic: Option<String>,
    /// A standard that the document is or names, in its normal form.
    pub standard: Option<String>,
    /// A technical committee that the document names, in its normal form.
    pub committee: Option<String>,
    /// The dates within which its own lies.
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

/// How many of the documents found have each language, kind and so on, most frequent first.
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
