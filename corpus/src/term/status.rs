//! What is said of a designation in a word: whether it is to be used, and what part of speech it is.

use serde::{Deserialize, Serialize};

/// TBX administrativeStatus (ISO 30042:2019, TBX-Basic), and what review adds: `candidate` before it, `rejected` after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The one to use.
    Preferred,
    /// May be used.
    Admitted,
    /// Proposed by mining, not reviewed.
    Candidate,
    /// Not to be used any more.
    Superseded,
    /// Not to be used.
    Deprecated,
    /// No designation of this concept, a reviewer said: kept so that mining does not bring it back, never shown.
    Rejected,
}

impl Status {
    /// All, the best first.
    pub const ALL: [Self; 6] =
        [Self::Preferred, Self::Admitted, Self::Candidate, Self::Superseded, Self::Deprecated, Self::Rejected];

    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Admitted => "admitted",
            Self::Candidate => "candidate",
            Self::Superseded => "superseded",
            Self::Deprecated => "deprecated",
            Self::Rejected => "rejected",
        }
    }

    /// The status of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether a person has said so.
    pub fn is_reviewed(self) -> bool {
        self != Self::Candidate
    }

    /// Whether a translator may use the designation as far as is known.
    pub fn is_usable(self) -> bool {
        matches!(self, Self::Preferred | Self::Admitted | Self::Candidate)
    }
}

/// TBX-Basic partOfSpeech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartOfSpeech {
    /// A noun or a noun phrase.
    Noun,
    /// A verb or a verb phrase.
    Verb,
    /// An adjective.
    Adjective,
    /// An adverb.
    Adverb,
    /// Anything else, such as a slogan.
    Other,
}

impl PartOfSpeech {
    /// All.
    pub const ALL: [Self; 5] = [Self::Noun, Self::Verb, Self::Adjective, Self::Adverb, Self::Other];

    /// The name used in the store, the API, JSON and TBX.
    pub fn name(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::Verb => "verb",
            Self::Adjective => "adjective",
            Self::Adverb => "adverb",
            Self::Other => "other",
        }
    }

    /// The part of speech of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }
}
