//! What is answered: policies and standards with their documents and passages, and counts.

use serde::Serialize;

use super::{Meant, Reading, RelatedTerm};

use super::AlsoSearched;

/// What is answered.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct SearchPage {
    /// The query as it was typed.
    pub query: String,
    /// How the query was read.
    pub reading: Reading,
    /// Remarks on how the query was read, where that is not obvious.
    pub notes: Vec<String>,
    /// What may have been meant where little was found.
    pub did_you_mean: Meant,
    /// Terms of the termbase beside those that were searched.
    pub related: Vec<RelatedTerm>,
    /// Terms that were searched besides, through the termbase.
    pub also_searched: Vec<AlsoSearched>,
    /// How many documents match.
    pub total: usize,
    /// How many results these make: fewer than documents where some are of one policy or standard.
    pub results: usize,
    /// Results, best first: the best document of each policy or standard.
    pub hits: Vec<Hit>,
    /// What to give as `after` for the results that follow these; nothing at the end.
    pub next: Option<String>,
    /// Counts by value for each filter.
    pub facets: Facets,
}

/// Counts of documents by value, most first: of those that match, and for a filter of which values are chosen of those
/// that would match without that choice.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct Facets {
    /// By language code.
    pub language: Vec<FacetCount>,
    /// By kind.
    pub kind: Vec<FacetCount>,
    /// By how far they have come.
    pub status: Vec<FacetCount>,
    /// By issuer id.
    pub issuer: Vec<FacetCount>,
    /// By identifier of the topic, topics above included.
    pub topic: Vec<FacetCount>,
    /// By standard that they are or name.
    pub standard: Vec<FacetCount>,
    /// By technical committee that they name.
    pub committee: Vec<FacetCount>,
    /// By year, newest first.
    pub year: Vec<FacetCount>,
}

/// How many of what was found have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// How many documents, or sentence pairs in a concordance.
    pub count: usize,
}

/// A document that matches.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Hit {
    /// The document.
    pub document: i64,
    /// Its name: the file's, or the JSONL record's id.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The title in the other language, where it is known from the document or its counterpart.
    pub title_translated: Option<String>,
    /// Its language code.
    pub language: String,
    /// Its kind.
    pub kind: Option<String>,
    /// How far it has come.
    pub status: Option<String>,
    /// Names of its issuers in its own language.
    pub issuers: Vec<String>,
    /// When it was issued or published.
    pub date: Option<String>,
    /// Its document number.
    pub number: Option<String>,
    /// The number of the standard that it is.
    pub standard: Option<String>,
    /// The policy or standard that it is of, by number.
    pub instrument: Option<i64>,
    /// What it is to that ([`corpus::instrument::Relation::name`]).
    pub relation: Option<String>,
    /// The document that is its translation or its source.
    pub counterpart: Option<i64>,
    /// Relevance.
    pub score: f32,
    /// Its best passages.
    pub passages: Vec<HitPassage>,
    /// Other documents of the same policy or standard that match, best first, each with its best passage.
    pub others: Vec<Self>,
    /// How many there are of those; the last of many are not given.
    pub others_in_all: usize,
}

/// A passage that matches.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct HitPassage {
    /// The index of its block.
    pub block: usize,
    /// The page, counted from 1.
    pub page: u32,
    /// Whether an OCR engine read that page.
    pub ocr: bool,
    /// Whether its place on the picture of the page is known.
    pub placed: bool,
    /// Where what is marked stands on the pages, in points; none where that is not known. How large a page is,
    /// `/api/v1/documents/{id}/pages/{page}` tells.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub boxes: Vec<crate::places::PlacedBox>,
    /// The text, cut to what matters, with what was met marked.
    pub parts: Vec<Part>,
    /// The aligned passage on the other side, where the document has a counterpart.
    pub counterpart: Option<Counterpart>,
}

/// A stretch of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "TextPart")]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether it met the query.
    pub marked: bool,
}

/// The aligned passage in the other language.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "AlignedPassage")]
pub struct Counterpart {
    /// The other document.
    pub document: i64,
    /// The page, counted from 1.
    pub page: u32,
    /// Whether an OCR engine read that page.
    pub ocr: bool,
    /// Its block.
    pub block: usize,
    /// Its text, with what the query's renderings meet marked.
    pub parts: Vec<Part>,
}
