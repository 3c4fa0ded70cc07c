//! What mining proposes.

use serde::{Deserialize, Serialize};

use super::evidence::{EvidenceKind, Sighting};

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
    /// Where the definition is from, such as a standard's clause.
    #[serde(default)]
    pub definition_source: Option<String>,
    /// Where it was seen.
    pub sightings: Vec<Sighting>,
}

/// What stands behind a pair that mining proposes, best first; a reviewer may read the tiers one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
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
        let gives = |kind| matches!(kind, EvidenceKind::Definition | EvidenceKind::Gloss | EvidenceKind::Import);
        if self.sightings.iter().any(|sighting| gives(sighting.kind)) {
            Tier::Given
        } else if self.sightings.len() > 1 {
            Tier::Recurrent
        } else {
            Tier::Single
        }
    }
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
            definition_source: None,
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
        check(&[EvidenceKind::Mention, EvidenceKind::Mention], Tier::Recurrent);
        check(&[EvidenceKind::Mention], Tier::Single);
        check(&[], Tier::Single);
    }
}
