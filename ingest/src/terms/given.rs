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
        let other = if chinese { &gloss.en } else { &gloss.zh };
        let holds = |text: &str| text.contains(&gloss.zh) && text.contains(&gloss.en);
        let sighting = sighting(bitext, EvidenceKind::Gloss, chinese, holds, other);
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
        let (own, other) = if chinese { (&zh, &en) } else { (&en, &zh) };
        let sighting = sighting(bitext, EvidenceKind::Definition, chinese, |text| text.contains(own), other);
        let text = Some(definition.definition.clone()).filter(|text| !text.is_empty());
        Some(TermPair { zh, en, confidence: DEFINITION, definition: text, sightings: vec![sighting] })
    })
}

/// The first sentence of the document's side that holds the pair, and what it is aligned with: the sentence that has
/// the `other` designation where there is one.
fn sighting(
    bitext: &MinedBitext<'_>,
    kind: EvidenceKind,
    chinese: bool,
    holds: impl Fn(&str) -> bool,
    other: &str,
) -> Sighting {
    let (own, others) = if chinese { (bitext.zh, bitext.en) } else { (bitext.en, bitext.zh) };
    let at = own.iter().position(|text| holds(text));
    let sides = bitext.beads.iter().map(|bead| if chinese { (&bead.zh, &bead.en) } else { (&bead.en, &bead.zh) });
    let aligned = sides.filter(|(side, _)| at.is_some_and(|at| side.contains(&at))).flat_map(|(_, across)| across);
    let has_other = |index: &usize| others.get(*index).is_some_and(|text| text.contains(other));
    let across = aligned.clone().find(|index| has_other(index)).or_else(|| aligned.clone().next()).copied();
    let (zh_sentence, en_sentence) = if chinese { (at, across) } else { (across, at) };
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
