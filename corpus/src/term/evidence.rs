//! Where terms were seen.

use serde::{Deserialize, Serialize};

/// Where a term pair was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A definition clause gives both.
    Definition,
    /// A translator put the one in brackets after the other.
    Gloss,
    /// Two aligned sentences hold one each.
    Bead,
    /// A file of terms said so.
    Import,
    /// A document without a counterpart uses one of them, where the other is known from elsewhere.
    Mention,
}

impl EvidenceKind {
    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Gloss => "gloss",
            Self::Bead => "bead",
            Self::Import => "import",
            Self::Mention => "mention",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Definition, Self::Gloss, Self::Bead, Self::Import, Self::Mention]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// One place where a term pair was seen, in the terms of the two documents that were mined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sighting {
    /// What kind of place.
    pub kind: EvidenceKind,
    /// The index of the Chinese sentence in its document, where there is one.
    pub zh_sentence: Option<usize>,
    /// The index of the English sentence in its document, where there is one.
    pub en_sentence: Option<usize>,
}

/// One place where a term was seen, as the concept's page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The kind of place.
    pub kind: EvidenceKind,
    /// The designation in the other language that was seen with it, as the row pairs them.
    pub zh: String,
    /// The English designation.
    pub en: String,
    /// The Chinese side, where there is one.
    pub zh_place: Option<Place>,
    /// The English side, where there is one.
    pub en_place: Option<Place>,
}

/// A sentence in a document of the store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Place {
    /// The document.
    pub document: i64,
    /// The document's title.
    pub title: String,
    /// The index of the sentence in its document.
    pub sentence: usize,
    /// The page, counted from 1.
    pub page: u32,
    /// Whether an OCR engine read that page.
    pub ocr: bool,
    /// The sentence.
    pub text: String,
}

/// How often a designation was seen in a document, of all its places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TermUse {
    /// The designation's row in the store.
    pub term: i64,
    /// The document, on the designation's own side.
    pub document: i64,
    /// In how many places.
    pub count: u32,
}
