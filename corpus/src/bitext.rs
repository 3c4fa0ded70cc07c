//! A Chinese and an English document that are translations of each other, and their aligned sentences.

use serde::{Deserialize, Serialize};

/// Sentences of one side that correspond to sentences of the other (Gale and Church 1993).
///
/// Either side may be empty: a sentence that the translation left out, or added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bead {
    /// Indexes of Chinese sentences, from 0, ascending.
    pub zh: Vec<usize>,
    /// Indexes of English sentences, from 0, ascending.
    pub en: Vec<usize>,
    /// How sure, from 0 to 1.
    pub score: f32,
}

/// How a bitext came to be paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairedBy {
    /// A person or a manifest said so.
    Manifest,
    /// They bear the same document number.
    Number,
    /// Their contents agree.
    Content,
}

impl PairedBy {
    /// The name used in the store and the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Number => "number",
            Self::Content => "content",
        }
    }
}

/// A bitext in the store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bitext {
    /// The row's number in the store.
    pub id: i64,
    /// The Chinese document.
    pub zh: i64,
    /// The English document.
    pub en: i64,
    /// How it was paired.
    pub paired_by: PairedBy,
    /// How sure, from 0 to 1.
    pub score: f32,
}
