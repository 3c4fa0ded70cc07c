//! Tracked topics, and what a new document that mentions one makes.

use serde::{Deserialize, Serialize};

/// A tracked topic: a stored query of the search language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// The row's number in the store.
    pub id: i64,
    /// The query as it was typed.
    pub query: String,
    /// When it was made, RFC 3339, UTC.
    pub created: String,
}

/// What met a watch in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchMatch {
    /// The watch.
    pub watch: i64,
    /// The strings that were met, as the text writes them.
    pub atoms: Vec<String>,
    /// The index in the document of the first sentence that holds one.
    pub sentence: usize,
}

/// A new document met a watch. There is one at most for a watch and a document, ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The row's number in the store.
    pub id: i64,
    /// The watch.
    pub watch: i64,
    /// The watch's query.
    pub query: String,
    /// The document.
    pub document: i64,
    /// The document's title.
    pub title: String,
    /// The strings that were met.
    pub atoms: Vec<String>,
    /// The sentence.
    pub sentence: String,
    /// The page of the sentence, counted from 1.
    pub page: u32,
    /// Whether an OCR engine read that page.
    pub ocr: bool,
    /// When it was made, RFC 3339, UTC.
    pub created: String,
}
