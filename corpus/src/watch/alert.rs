//! A document met a watch.

use serde::{Deserialize, Serialize};

use super::Subject;
use crate::document::{DocumentHash, Language};
use crate::facts::{Agency, DatedFact, DocumentKind};

/// What met a watch in a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WatchMatch {
    /// The watch.
    pub watch: i64,
    /// The strings that were met, as the text writes them.
    pub atoms: Vec<String>,
    /// The designations of the termbase that they are, where the watch does not name them itself.
    pub renderings: Vec<String>,
    /// The index in the document of the first sentence that holds one.
    pub sentence: usize,
    /// Why this is told.
    pub occasion: Occasion,
}

/// A document met a watch. There is one at most for a watch and a document, ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The row's number in the store; never given twice.
    pub id: i64,
    /// The watch.
    pub watch: i64,
    /// What the watch is called: its name, or its subject as it is written.
    pub watch_name: String,
    /// The watch's subject as it is written: a query, or its kind and a value.
    pub query: String,
    /// Why this is told.
    pub occasion: Occasion,
    /// The document.
    pub document: i64,
    /// The document's title.
    pub title: String,
    /// The language of most of the document.
    pub language: Language,
    /// The strings that were met.
    pub atoms: Vec<String>,
    /// The designations of the termbase that they are, where the watch does not name them itself.
    pub renderings: Vec<String>,
    /// The sentence.
    pub sentence: String,
    /// Its index in the document, from 0.
    pub place: usize,
    /// The page of the sentence, counted from 1.
    pub page: u32,
    /// Whether an OCR engine read that page.
    pub ocr: bool,
    /// When it was made, RFC 3339, UTC.
    pub created: String,
    /// Whether somebody has marked it as seen.
    pub seen: bool,
}

/// Which alerts are asked for: all unless something is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AlertFilter {
    /// Only those of this watch.
    pub watch: Option<i64>,
    /// Only those that nobody has marked as seen.
    pub unseen: bool,
}

/// How many alerts there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct AlertCounts {
    /// All of them.
    pub total: usize,
    /// Those that nobody has marked as seen.
    pub unseen: usize,
}

/// How many alerts a watch has made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchTally {
    /// The watch.
    pub watch: i64,
    /// What it is called; empty where its subject says enough.
    pub name: String,
    /// What it tracks.
    pub subject: Subject,
    /// Its alerts.
    pub counts: AlertCounts,
}

/// What the document of an alert says of itself, in short.
#[derive(Clone, Debug, PartialEq)]
pub struct AlertDocument {
    /// SHA-256 of its bytes.
    pub hash: DocumentHash,
    /// Its kind.
    pub kind: Option<DocumentKind>,
    /// Its document number.
    pub number: Option<String>,
    /// Of a standard its number.
    pub standard: Option<String>,
    /// Its issuers, in order.
    pub issuers: Vec<Agency>,
    /// Its dates.
    pub dates: Vec<DatedFact>,
}

/// Why an alert is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Occasion {
    /// The document is new, and no version of anything that was there.
    #[default]
    NewDocument,
    /// It is a new version, and the one before did not meet the watch.
    NewMention {
        /// The version before.
        earlier: i64,
    },
    /// It is a new version, and the one before met the watch as well.
    NewVersion {
        /// The version before.
        earlier: i64,
    },
    /// It is an edition of the standard.
    NewEdition,
    /// It replaces the standard, or is the standard and says what replaces it.
    Replaced,
    /// It cites the standard.
    Cited,
    /// It renders the term otherwise than the documents before it.
    NewRendering,
}

impl Occasion {
    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::NewDocument => "new_document",
            Self::NewMention { .. } => "new_mention",
            Self::NewVersion { .. } => "new_version",
            Self::NewEdition => "new_edition",
            Self::Replaced => "replaced",
            Self::Cited => "cited",
            Self::NewRendering => "new_rendering",
        }
    }

    /// The version before, of a document that is a version.
    pub fn earlier(self) -> Option<i64> {
        match self {
            Self::NewMention { earlier } | Self::NewVersion { earlier } => Some(earlier),
            _ => None,
        }
    }

    /// The occasion of that name; a version whose earlier one is gone is a new document.
    pub fn of(name: &str, earlier: Option<i64>) -> Self {
        match (name, earlier) {
            ("new_mention", Some(earlier)) => Self::NewMention { earlier },
            ("new_version", Some(earlier)) => Self::NewVersion { earlier },
            ("new_edition", _) => Self::NewEdition,
            ("replaced", _) => Self::Replaced,
            ("cited", _) => Self::Cited,
            ("new_rendering", _) => Self::NewRendering,
            _ => Self::NewDocument,
        }
    }
}
