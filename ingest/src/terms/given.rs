//! Pairs that the documents themselves give: glosses in brackets, definition clauses, agencies.

use corpus::{
    facts::{Agency, Definition, Facts},
    term::{EvidenceKind, Sighting, TermPair},
    text::is_han,
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
            definition_source: None,
            sightings: vec![sighting],
        }
    })
}

fn definitions<'a>(
    bitext: &'a MinedBitext<'_>,
    facts: &'a Facts,
    chinese: bool,
) -> impl Iterator<Item = TermPair> + 'a {
    let sourced =
        move |entry: &'a Definition| designated(entry).into_iter().map(move |pair| (pair, source(facts, entry)));
    facts.definitions.iter().flat_map(sourced).map(move |(Designated { zh, en, definition }, source)| {
        let (own, other) = if chinese { (&zh, &en) } else { (&en, &zh) };
        let sighting = sighting(bitext, EvidenceKind::Definition, chinese, |text| text.contains(own.as_str()), other);
        let definition = Some(definition).filter(|text| !text.is_empty());
        let definition_source = source.filter(|_| definition.is_some());
        TermPair { zh, en, confidence: DEFINITION, definition, definition_source, sightings: vec![sighting] }
    })
}

/// Where a definition is from: what its entry says, or the clause of its standard or numbered document.
fn source(facts: &Facts, entry: &Definition) -> Option<String> {
    if entry.source.is_some() {
        return entry.source.clone();
    }
    let number = facts.standard.as_ref().map(|standard| &standard.number).or(facts.document_number.as_ref())?;
    if number.is_empty() {
        return None;
    }
    Some(match &entry.clause {
        Some(clause) => format!("{number}, {clause}"),
        None => number.clone(),
    })
}

/// A pair of designations of a definition. The definition's text goes with the preferred ones.
struct Designated {
    zh: String,
    en: String,
    definition: String,
}

/// The pairs of a definition: its preferred terms, its abbreviation, and each admitted term with the preferred one of
/// the other language. Deprecated terms are no rendering to propose.
fn designated(definition: &Definition) -> Vec<Designated> {
    let (Some(zh), Some(en)) = (&definition.zh, &definition.en) else { return Vec::new() };
    let alternatives: Vec<(&str, &str)> = match (zh.split('/'), en.split('/')) {
        // 源设备/目标设备 source device/target device are two of each.
        (zhs, ens) if zhs.clone().count() == ens.clone().count() => zhs.zip(ens).collect(),
        _ => vec![(zh.as_str(), en.as_str())],
    };
    let text = |at: usize| if at == 0 { definition.definition.clone() } else { String::new() };
    let pair = |at: usize, zh: &str, en: &str| Designated {
        zh: zh.trim().to_owned(),
        en: en.trim().to_owned(),
        definition: text(at),
    };
    let mut found: Vec<Designated> = alternatives.iter().enumerate().map(|(at, (zh, en))| pair(at, zh, en)).collect();
    let Some((zh, en)) = alternatives.first().copied() else { return found };
    let short = definition.abbreviation.as_deref().filter(|short| *short != en);
    found.extend(short.map(|short| pair(1, zh, short)));
    for admitted in &definition.admitted {
        let chinese = admitted.chars().any(is_han);
        found.push(if chinese { pair(1, admitted, en) } else { pair(1, zh, admitted) });
    }
    found.retain(|pair| !pair.zh.is_empty() && !pair.en.is_empty() && pair.zh != pair.en);
    found
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
            let pair = TermPair { zh, en, confidence: AGENCY, definition: None, definition_source: None, sightings };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(definition: &Definition, wanted: &[(&str, &str)]) {
        let found = designated(definition);
        let pairs: Vec<(&str, &str)> = found.iter().map(|pair| (pair.zh.as_str(), pair.en.as_str())).collect();
        assert_eq!(pairs, wanted);
        assert!(found.iter().skip(1).all(|pair| pair.definition.is_empty()));
    }

    fn definition(zh: &str, en: &str, short: Option<&str>, admitted: &[&str]) -> Definition {
        Definition {
            zh: Some(zh.to_owned()),
            en: Some(en.to_owned()),
            abbreviation: short.map(str::to_owned),
            admitted: admitted.iter().map(|name| (*name).to_owned()).collect(),
            definition: "湖面的高程".to_owned(),
            ..Definition::default()
        }
    }

    #[test]
    fn pairs_of_a_definition() {
        check(&definition("湖泊水位", "lake level", None, &[]), &[("湖泊水位", "lake level")]);
        check(
            &definition("湖泊水位", "lake level", Some("LL"), &["湖位", "tidal level"]),
            &[("湖泊水位", "lake level"), ("湖泊水位", "LL"), ("湖位", "lake level"), ("湖泊水位", "tidal level")],
        );
        check(
            &definition("源湖/目标湖", "source lake/target lake", None, &[]),
            &[("源湖", "source lake"), ("目标湖", "target lake")],
        );
        check(&definition("加湖", "lake in/lake up", None, &[]), &[("加湖", "lake in/lake up")]);
        check(&definition("LM-256", "LM-256", None, &[]), &[]);
    }
}
