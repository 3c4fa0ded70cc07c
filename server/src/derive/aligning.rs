//! Bitexts into beads, word links and term pairs.

use corpus::bitext::Bead;
use corpus::document::{BlockKind, Language, ReadDocument};
use corpus::facts::Facts;
use corpus::store::Origin;
use corpus::term::TermPair;
use ingest::align::{Knowledge, Line, beads};
use ingest::terms::{MinedBitext, mine};

use super::pairing::Candidate;
use crate::Error;
use crate::data::Data;

/// A pair that is less sure than this in its bitext is noise, and is not kept.
const KEPT_CONFIDENCE: f32 = 0.02;

/// Aligns and mines two documents and keeps what comes of it; how many term pairs that is.
pub(super) fn make_bitext(data: &Data, candidate: &Candidate) -> Result<usize, Error> {
    let sides =
        data.with_store(|store| Ok((store.read_document(candidate.zh)?, store.read_document(candidate.en)?)))?;
    let (Some(zh), Some(en)) = sides else { return Ok(0) };
    let (zh_side, en_side) = (Side::of(&zh), Side::of(&en));
    let knowledge = Knowledge::of_dictionary();
    let own = beads(&zh_side.lines(&zh), &en_side.lines(&en), &[], knowledge);
    let bitext =
        MinedBitext { zh: &zh_side.texts, en: &en_side.texts, beads: &own, zh_facts: &zh.facts, en_facts: &en.facts };
    let mined = mine(&bitext, knowledge).pairs.into_iter().filter(|pair| pair.confidence >= KEPT_CONFIDENCE);
    let pairs: Vec<TermPair> = mined.map(|pair| in_document_terms(pair, &zh_side, &en_side)).collect();
    let beads: Vec<Bead> = own.iter().map(|bead| bead_in_document_terms(bead, &zh_side, &en_side)).collect();
    data.with_store(|store| {
        let id = store.put_bitext(candidate.zh, candidate.en, candidate.paired_by, candidate.score, &beads)?;
        Ok(store.put_mined_terms(Origin::Bitext(id), &pairs)?)
    })?;
    Ok(pairs.len())
}

/// Takes the glosses and definitions of a document that has no counterpart; how many there are.
pub(super) fn mine_alone(data: &Data, id: i64) -> Result<usize, Error> {
    let read = data.with_store(|store| match store.bitext_of(id)? {
        Some(_) => Ok(None),
        None => Ok(store.read_document(id)?),
    })?;
    let Some(document) = read else { return Ok(0) };
    if document.facts.glosses.is_empty() && document.facts.definitions.is_empty() {
        return Ok(0);
    }
    let (side, none) = (Side::of(&document), Facts::default());
    let empty = Side { texts: Vec::new(), indexes: Vec::new() };
    let (zh, en) = if document.language == Language::Zh { (&side, &empty) } else { (&empty, &side) };
    let (zh_facts, en_facts) =
        if document.language == Language::Zh { (&document.facts, &none) } else { (&none, &document.facts) };
    let alone = MinedBitext { zh: &zh.texts, en: &en.texts, beads: &[], zh_facts, en_facts };
    let pairs: Vec<TermPair> = mine(&alone, Knowledge::of_dictionary())
        .pairs
        .into_iter()
        .map(|pair| in_document_terms(pair, zh, en))
        .collect();
    data.with_store(|store| Ok(store.put_mined_terms(Origin::Document(id), &pairs)?))?;
    Ok(pairs.len())
}

/// The sentences of one side that are aligned: the running text, without headers and footers.
struct Side<'a> {
    texts: Vec<&'a str>,
    indexes: Vec<usize>,
}

impl<'a> Side<'a> {
    fn of(document: &'a ReadDocument) -> Self {
        let running = document.sentences.iter().enumerate().filter(|(_, sentence)| {
            document.blocks.get(sentence.block).is_none_or(|block| block.kind.is_running_text())
        });
        let (indexes, texts) = running.map(|(index, sentence)| (index, sentence.text.as_str())).unzip();
        Self { texts, indexes }
    }

    /// The sentences with what the blocks tell of them.
    fn lines(&self, document: &'a ReadDocument) -> Vec<Line<'a>> {
        let line = |(text, at): (&&'a str, &usize)| {
            let sentence = document.sentences.get(*at);
            let block = sentence.and_then(|sentence| document.blocks.get(sentence.block));
            Line {
                text,
                heading: block.filter(|block| block.kind == BlockKind::Heading).map(|block| block.level),
                starts_block: sentence.map(|sentence| sentence.start == 0),
            }
        };
        self.texts.iter().zip(&self.indexes).map(line).collect()
    }

    fn in_document(&self, index: usize) -> usize {
        self.indexes.get(index).copied().unwrap_or(index)
    }
}

fn bead_in_document_terms(bead: &Bead, zh: &Side<'_>, en: &Side<'_>) -> Bead {
    Bead {
        zh: bead.zh.iter().map(|index| zh.in_document(*index)).collect(),
        en: bead.en.iter().map(|index| en.in_document(*index)).collect(),
        score: bead.score,
        made_by: bead.made_by,
    }
}

fn in_document_terms(mut pair: TermPair, zh: &Side<'_>, en: &Side<'_>) -> TermPair {
    for sighting in &mut pair.sightings {
        sighting.zh_sentence = sighting.zh_sentence.map(|index| zh.in_document(index));
        sighting.en_sentence = sighting.en_sentence.map(|index| en.in_document(index));
    }
    pair
}
