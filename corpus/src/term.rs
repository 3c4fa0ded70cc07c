//! Concepts and their designations after ISO 1087 and TBX (ISO 30042:2019), with the evidence for them.

use serde::{Deserialize, Serialize};

use crate::document::Language;

/// TBX administrativeStatus, and `candidate` before review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
}

impl Status {
    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Admitted => "admitted",
            Self::Candidate => "candidate",
            Self::Superseded => "superseded",
            Self::Deprecated => "deprecated",
        }
    }

    /// The status of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Preferred, Self::Admitted, Self::Candidate, Self::Superseded, Self::Deprecated]
            .into_iter()
            .find(|status| status.name() == name)
    }
}

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
}

impl EvidenceKind {
    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Gloss => "gloss",
            Self::Bead => "bead",
            Self::Import => "import",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Definition, Self::Gloss, Self::Bead, Self::Import].into_iter().find(|kind| kind.name() == name)
    }
}

/// A pair of designations that mining proposes, with where each was seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TermPair {
    /// The Chinese designation.
    pub zh: String,
    /// The English designation, as it is written in running text.
    pub en: String,
    /// How sure, from 0 to 1.
    pub confidence: f32,
    /// The definition, where a clause gives one.
    pub definition: Option<String>,
    /// Where it was seen.
    pub sightings: Vec<Sighting>,
}

/// What stands behind a pair that mining proposes, best first; a reviewer may read the tiers one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// A gloss, a definition clause or a file of terms gives both designations.
    Given,
    /// Both designations were met together in several places.
    Recurrent,
    /// They were met together once, or the pair is only another way to render a term.
    Single,
}

impl Tier {
    /// The name used in the API and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Recurrent => "recurrent",
            Self::Single => "single",
        }
    }
}

impl TermPair {
    /// What stands behind the pair, by its sightings.
    pub fn tier(&self) -> Tier {
        if self.sightings.iter().any(|sighting| sighting.kind != EvidenceKind::Bead) {
            Tier::Given
        } else if self.sightings.len() > 1 {
            Tier::Recurrent
        } else {
            Tier::Single
        }
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

/// A concept with its designations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Concept {
    /// The row's number in the store.
    pub id: i64,
    /// The definition, where one is known.
    pub definition: Option<String>,
    /// Its designations, best first in each language.
    pub terms: Vec<Term>,
}

impl Concept {
    /// The first designation in a language.
    pub fn term(&self, language: Language) -> Option<&Term> {
        self.terms.iter().find(|term| term.language == language)
    }
}

/// A designation of a concept in one language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The row's number in the store.
    pub id: i64,
    /// The designation.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Its status.
    pub status: Status,
    /// How sure mining was, from 0 to 1.
    pub confidence: f32,
    /// In how many places it was seen.
    pub count: u32,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kinds: &[EvidenceKind], expected: Tier) {
        let sighting = |&kind: &EvidenceKind| Sighting { kind, zh_sentence: None, en_sentence: None };
        let pair = TermPair {
            zh: "水位".to_owned(),
            en: "water level".to_owned(),
            confidence: 0.5,
            definition: None,
            sightings: kinds.iter().map(sighting).collect(),
        };
        assert_eq!(pair.tier(), expected, "{kinds:?}");
    }

    #[test]
    fn tiers_go_by_evidence_first_and_then_by_recurrence() {
        check(&[EvidenceKind::Bead, EvidenceKind::Gloss], Tier::Given);
        check(&[EvidenceKind::Definition], Tier::Given);
        check(&[EvidenceKind::Bead, EvidenceKind::Bead], Tier::Recurrent);
        check(&[EvidenceKind::Bead], Tier::Single);
        check(&[], Tier::Single);
    }
}
