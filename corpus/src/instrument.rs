//! The policy or standard of which documents are versions, drafts, annexes, translations or reports.
//!
//! FRBR calls it a work, the European Legislation Identifier a legal resource.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Language;

/// What a document is to its instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The instrument's own text.
    Original,
    /// The same text in the other language, by the one who issued it as far as it says.
    LanguageVersion,
    /// A translation that says that it is one.
    Translation,
    /// What is printed with it and named as its annex.
    Annex,
    /// A draft of it.
    Draft,
    /// A report on it, in the news or elsewhere.
    Report,
}

impl Relation {
    /// All relations, in the order in which pages show them.
    pub const ALL: [Self; 6] =
        [Self::Original, Self::LanguageVersion, Self::Translation, Self::Annex, Self::Draft, Self::Report];

    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::LanguageVersion => "language_version",
            Self::Translation => "translation",
            Self::Annex => "annex",
            Self::Draft => "draft",
            Self::Report => "report",
        }
    }

    /// The relation of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.name() == name)
    }
}

/// What ties two documents of one instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// They are the sides of a bitext.
    Bitext,
    /// They bear the same document number.
    Number,
    /// They bear the same title.
    Title,
    /// One is a draft of the other: the same title, and it says so.
    Draft,
    /// One lists the other as its annex.
    Annex,
    /// One reports the other: it names its title or its number.
    Report,
    /// A report and another document give the same commitments.
    Targets,
}

impl Tie {
    const ALL: [Self; 7] =
        [Self::Bitext, Self::Number, Self::Title, Self::Draft, Self::Annex, Self::Report, Self::Targets];

    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bitext => "bitext",
            Self::Number => "number",
            Self::Title => "title",
            Self::Draft => "draft",
            Self::Annex => "annex",
            Self::Report => "report",
            Self::Targets => "targets",
        }
    }

    /// The tie of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tie| tie.name() == name)
    }
}

/// A document of an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Member {
    /// The document's number in the store.
    pub document: i64,
    /// Its title.
    pub title: String,
    /// Its language.
    pub language: Language,
    /// What it is to the instrument.
    pub relation: Relation,
    /// What tied it to the others; nothing for a document that stands alone.
    pub tie: Option<Tie>,
}

/// An instrument in the store, its documents in the order of their relations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Instrument {
    /// The row's number in the store.
    pub id: i64,
    /// Its documents; never none.
    pub members: Vec<Member>,
}
