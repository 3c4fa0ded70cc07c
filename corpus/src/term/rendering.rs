//! How documents render a term, and that one renders it otherwise than those before it.

use serde::{Deserialize, Serialize};

use super::Status;
use crate::facts::DatedFact;

/// That a bitext renders a concept by a designation.
#[derive(Clone, Debug, PartialEq)]
pub struct RenderingUse {
    /// The English designation's row in the store.
    pub term: i64,
    /// The designation.
    pub text: String,
    /// Its status.
    pub status: Status,
    /// The bitext.
    pub bitext: i64,
    /// In how many places.
    pub count: u32,
    /// Whether a gloss or a definition clause gives it there.
    pub given: bool,
    /// The dates of the English document.
    pub en_dates: Vec<DatedFact>,
    /// The dates of the Chinese document.
    pub zh_dates: Vec<DatedFact>,
}

/// A document renders a term otherwise than the documents before it, and is the first to do so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RenderingChange {
    /// The concept.
    pub concept: i64,
    /// Its Chinese designation.
    pub zh: String,
    /// The rendering that is new.
    pub en: String,
    /// The one that was usual before.
    pub en_before: String,
    /// The bitext.
    pub bitext: i64,
    /// Its English document.
    pub document: i64,
    /// That document's title.
    pub title: String,
    /// That document's dates.
    pub dates: Vec<DatedFact>,
    /// The index of the first sentence that renders it so, where it is known.
    pub sentence: Option<usize>,
    /// The page of that sentence, counted from 1.
    pub page: Option<u32>,
    /// The sentence.
    pub text: Option<String>,
    /// When it was noticed, RFC 3339.
    pub noticed: String,
}
