//! Concepts and their designations after ISO 1087 and TBX (ISO 30042:2019), with the evidence for them.

mod evidence;
mod known;
mod mined;
mod rendering;
mod status;

use serde::{Deserialize, Serialize};

use crate::document::Language;
use crate::text::normalise::normalise;

pub use evidence::{Evidence, EvidenceKind, Place, Sighting, TermUse};
pub use known::KnownPair;
pub use mined::{TermPair, Tier};
pub use rendering::{RenderingChange, RenderingUse};
pub use status::{PartOfSpeech, Status};

/// The form in which designations are compared: two spellings of one designation fold alike.
pub fn fold(designation: &str) -> String {
    normalise(designation).text.trim().to_owned()
}

/// A concept with its designations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Concept {
    /// The row's number in the store; 0 for one that is not there yet.
    pub id: i64,
    /// The subject field: a topic's identifier, or words of one's own.
    pub subject: Option<String>,
    /// Its definitions, at most one a language.
    pub definitions: Vec<Definition>,
    /// What else is to be said of it.
    pub note: Option<String>,
    /// What an imported file says that has no place of its own here; kept and exported.
    pub other: Vec<Field>,
    /// Its designations, best first in each language.
    pub terms: Vec<Term>,
    /// When a person last changed it, RFC 3339; `None` for what only mining made.
    pub changed: Option<String>,
}

impl Concept {
    /// The first designation in a language.
    pub fn term(&self, language: Language) -> Option<&Term> {
        self.terms_in(language).next()
    }

    /// The designations in a language, best first.
    pub fn terms_in(&self, language: Language) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.language == language)
    }

    /// The definition in a language.
    pub fn definition(&self, language: Language) -> Option<&Definition> {
        self.definitions.iter().find(|definition| definition.language == language)
    }
}

/// What a concept is, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "ConceptDefinition")]
pub struct Definition {
    /// The language it is written in.
    pub language: Language,
    /// The definition.
    pub text: String,
    /// Where it is from, such as a standard's clause.
    #[serde(default)]
    pub source: Option<String>,
}

/// A data category that a file has and we do not, with its content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "OtherField")]
pub struct Field {
    /// The category, as the file names it.
    pub name: String,
    /// Its content.
    pub value: String,
}

/// A designation of a concept in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The row's number in the store; 0 for one that is not there yet.
    #[serde(default)]
    pub id: i64,
    /// The designation.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Its status.
    pub status: Status,
    /// Its part of speech.
    #[serde(default)]
    pub part_of_speech: Option<PartOfSpeech>,
    /// When and how it is used.
    #[serde(default)]
    pub note: Option<String>,
    /// Where or by whom it is used: a region, or an issuer.
    #[serde(default)]
    pub region: Option<String>,
    /// Where it is from, where a person or a file said so.
    #[serde(default)]
    pub source: Option<String>,
    /// Other spellings that count as this one: look-up, marking and mining take them for it.
    #[serde(default)]
    pub variants: Vec<String>,
    /// What an imported file says that has no place of its own here; kept and exported.
    #[serde(default)]
    pub other: Vec<Field>,
    /// How sure mining was, from 0 to 1.
    #[serde(default)]
    pub confidence: f32,
    /// In how many places it was seen.
    #[serde(default)]
    pub count: u32,
}

impl Term {
    /// A designation of which no more is known than its status.
    pub fn new(text: impl Into<String>, language: Language, status: Status) -> Self {
        Self {
            id: 0,
            text: text.into(),
            language,
            status,
            part_of_speech: None,
            note: None,
            region: None,
            source: None,
            variants: Vec::new(),
            other: Vec::new(),
            confidence: 0.0,
            count: 0,
        }
    }
}
