//! Pairs that the documents themselves give: glosses in brackets, definition clauses, agencies.

use corpus::{
    facts::{Agency, Facts},
    term::{EvidenceKind, Sighting, TermPair},
};

use super::MinedBitext;

/// A translator's or an author's own word for the other language.
const GLOSS: f32 = 0.97;
/// A definition clause gives both designations.
const DEFINITION: f32 = 0.99;
/// Both sides of a bead name the same agency of the table.
const AGENCY: f32 = 0.95;

/// All pairs that a bitext's documents give, in order of mention.
pub(crate) fn given(bitext: &MinedBitext<'_>) -> Vec<TermPair> {
    let mut pairs = Vec::new();
    for (facts, chinese) in [(bitext.zh_facts, true), (bitext.en_facts, false)] {
        pairs.extend(glosses(bitext, facts, chinese));
        pairs.extend(definitions(bitext, facts, chinese));
    }
    pairs.extend(agencies(bitext));
    pairs
}

fn glosses<'a>(bitext: &'a MinedBitext<'_>, facts: &'a Facts, chinese: bool) -> impl Iterator<Item = TermPair> + 'a {
    facts.glosses.iter().filter(|gloss| !gloss.zh.is_empty() && !gloss.en.is_empty()).map(move |gloss| {
        let sighting =
            sighting(bitext, EvidenceKind::Gloss, chinese, |text| text.contains(&gloss.zh) && text.contains(&gloss.en));
        TermPair {
            zh: gloss.zh.clone(),
            en: gloss.en.clone(),
            confidence: GLOSS,
            definition: None,
            sightings: vec![sighting],
        }
    })
}

fn definitions<'a>(
    bitext: &'a MinedBitext<'_>,
    facts: &'a Facts,
    chinese: bool,
) -> impl Iterator<Item = TermPair> + 'a {
    facts.definitions.iter().filter_map(move |definition| {
        let (zh, en) = (definition.zh.clone()?, definition.en.clone()?);
        let own = if chinese { zh.clone() } else { en.clone() };
        let sighting = sighting(bitext, EvidenceKind::Definition, chinese, |text| text.contains(&own));
        let text = Some(definition.definition.clone()).filter(|text| !text.is_empty());
        Some(TermPair { zh, en, confidence: DEFINITION, definition: text, sightings: vec![sighting] })
    })
}

/// The first sentence of the document's side that holds the pair.
fn sighting(bitext: &MinedBitext<'_>, kind: EvidenceKind, chinese: bool, holds: impl Fn(&str) -> bool) -> Sighting {
    let sentences = if chinese { bitext.zh } else { bitext.en };
    let at = sentences.iter().position(|text| holds(text));
    let (zh_sentence, en_sentence) = if chinese { (at, None) } else { (None, at) };
    Sighting { kind, zh_sentence, en_sentence }
}

/// Agencies that both documents name by their official names in the same bead.
fn agencies(bitext: &MinedBitext<'_>) -> Vec<TermPair> {
    let known = |agency: &&Agency| bitext.en_facts.agencies.iter().any(|other| other.id == agency.id);
    let shared = bitext.zh_facts.agencies.iter().filter(|agency| !agency.id.is_empty()).filter(known);
    shared
        .filter_map(|agency| {
            let (zh, en) = (agency.name_zh.clone()?, agency.name_en.clone()?);
            let sightings = together(bitext, &zh, &en);
            let pair = TermPair { zh, en, confidence: AGENCY, definition: None, sightings };
            (!pair.sightings.is_empty()).then_some(pair)
        })
        .collect()
}

fn together(bitext: &MinedBitext<'_>, zh: &str, en: &str) -> Vec<Sighting> {
    let place = |sentences: &[&str], indexes: &[usize], name: &str| {
        indexes.iter().copied().find(|&at| sentences.get(at).is_some_and(|text| text.contains(name)))
    };
    let beads =
        bitext.beads.iter().filter_map(|bead| Some((place(bitext.zh, &bead.zh, zh)?, place(bitext.en, &bead.en, en)?)));
    beads.map(|(zh, en)| Sighting { kind: EvidenceKind::Bead, zh_sentence: Some(zh), en_sentence: Some(en) }).collect()
}
