//! What is answered: documents with their passages, and counts.

use serde::Serialize;

/// What is answered.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SearchPage {
    /// The query as it was typed.
    pub query: String,
    /// Remarks on how the query was read, where that is not obvious.
    pub notes: Vec<String>,
    /// Terms that were searched besides, through the termbase.
    pub also_searched: Vec<AlsoSearched>,
    /// How many documents match.
    pub total: usize,
    /// Documents, best first.
    pub hits: Vec<Hit>,
    /// Counts by value for each filter.
    pub facets: Facets,
}

/// A term of the query and its renderings that were searched as well.
#[derive(Clone, Debug, Serialize)]
pub struct AlsoSearched {
    /// The term as the query has it.
    pub term: String,
    /// Its renderings in the other language.
    pub renderings: Vec<String>,
}

/// Counts of matching documents by value, most first.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Facets {
    /// By language code.
    pub language: Vec<FacetCount>,
    /// By kind.
    pub kind: Vec<FacetCount>,
    /// By issuer id.
    pub issuer: Vec<FacetCount>,
    /// By identifier of the topic, topics above included.
    pub topic: Vec<FacetCount>,
    /// By year.
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
#[derive(Clone, Debug, Serialize)]
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
    /// Names of its issuers in its own language.
    pub issuers: Vec<String>,
    /// When it was issued or published.
    pub date: Option<String>,
    /// Its document number.
    pub number: Option<String>,
    /// Relevance.
    pub score: f32,
    /// Its best passages.
    pub passages: Vec<HitPassage>,
}

/// A passage that matches.
#[derive(Clone, Debug, Serialize)]
pub struct HitPassage {
    /// The index of its block.
    pub block: usize,
    /// The page, counted from 1.
    pub page: u32,
    /// Whether an OCR engine read that page.
    pub ocr: bool,
    /// The text, cut to what matters, with what was met marked.
    pub parts: Vec<Part>,
    /// The aligned passage on the other side, where the document has a counterpart.
    pub counterpart: Option<Counterpart>,
}

/// A stretch of a snippet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The text.
    pub text: String,
    /// Whether it met the query.
    pub marked: bool,
}

/// The aligned passage in the other language.
#[derive(Clone, Debug, Serialize)]
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
