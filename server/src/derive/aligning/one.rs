//! One bitext, or one document by itself, aligned and mined.

use corpus::bitext::{Bead, WordLink, WordPair};
use corpus::correction::Correction;
use corpus::document::{Language, ReadDocument};
use corpus::facts::Facts;
use corpus::store::Alignment;
use corpus::term::TermPair;
use ingest::align::{Dictionary, Knowledge, beads};
use ingest::terms::{MinedBitext, mine};

use super::learned::learned_words;
use super::side::{Side, Sides};
use crate::Error;
use crate::data::Data;

/// A pair that is less sure than this in its bitext is noise, and is not kept.
const KEPT_CONFIDENCE: f32 = 0.02;

/// What aligning and mining a bitext gave, by the sentences of its documents.
pub(super) struct Aligned {
    beads: Vec<Bead>,
    links: Vec<Vec<WordLink>>,
    words: Vec<WordPair>,
    terms: Vec<TermPair>,
    corrections: Vec<Correction>,
}

impl Aligned {
    pub(super) fn term_count(&self) -> usize {
        self.terms.len()
    }

    /// How many beads of readers have sentences that are not there any more.
    pub(super) fn lost_corrections(&self) -> usize {
        self.corrections.iter().filter(|correction| correction.bead.is_none()).count()
    }

    pub(super) fn to_keep(&self) -> Alignment<'_> {
        Alignment {
            beads: &self.beads,
            links: &self.links,
            words: &self.words,
            terms: &self.terms,
            corrections: &self.corrections,
        }
    }
}

/// Aligns and mines a bitext with what others have taught, around the beads that readers made; `None` when it is gone.
pub(super) fn align_bitext(data: &Data, id: i64) -> Result<Option<Aligned>, Error> {
    let found = data.with_store(|store| {
        let Some(bitext) = store.bitext(id)? else { return Ok(None) };
        let sides = store.read_document(bitext.zh)?.zip(store.read_document(bitext.en)?);
        sides.map(|sides| Ok((sides, store.corrections(id)?))).transpose()
    })?;
    let Some(((zh, en), corrections)) = found else { return Ok(None) };
    let sides = Sides { zh: Side::of(&zh), en: Side::of(&en) };
    let learned = learned_words(data, &sides.zh.texts, Some(id))?;
    let knowledge = Knowledge { dictionary: Dictionary::shared(), learned: &learned };
    let fixed = corrections.iter().filter_map(|correction| correction.bead.as_ref());
    let fixed: Vec<Bead> = fixed.filter_map(|bead| sides.bead_of_documents(bead)).collect();
    let own = beads(&sides.zh.lines(&zh), &sides.en.lines(&en), &fixed, knowledge);
    let mined = mine(&mined_bitext(&sides, &own, &zh.facts, &en.facts), knowledge);
    let links = mined.links.into_iter().map(|links| links.into_iter().map(|link| sides.link_in_documents(link)));
    Ok(Some(Aligned {
        beads: own.iter().map(|bead| sides.bead_in_documents(bead)).collect(),
        links: links.map(Iterator::collect).collect(),
        words: mined.words,
        terms: kept(mined.pairs, &sides),
        corrections,
    }))
}

/// The glosses and definitions of a document that has no counterpart.
pub(super) fn mine_document(document: &ReadDocument) -> Vec<TermPair> {
    let (side, none) = (Side::of(document), Facts::default());
    let (sides, zh_facts, en_facts) = if document.language == Language::Zh {
        (Sides { zh: side, en: Side::default() }, &document.facts, &none)
    } else {
        (Sides { zh: Side::default(), en: side }, &none, &document.facts)
    };
    let mined = mine(&mined_bitext(&sides, &[], zh_facts, en_facts), Knowledge::of_dictionary());
    mined.pairs.into_iter().map(|pair| sides.pair_in_documents(pair)).collect()
}

fn mined_bitext<'a>(sides: &'a Sides<'_>, beads: &'a [Bead], zh: &'a Facts, en: &'a Facts) -> MinedBitext<'a> {
    MinedBitext { zh: &sides.zh.texts, en: &sides.en.texts, beads, zh_facts: zh, en_facts: en }
}

fn kept(pairs: Vec<TermPair>, sides: &Sides<'_>) -> Vec<TermPair> {
    let kept = pairs.into_iter().filter(|pair| pair.confidence >= KEPT_CONFIDENCE);
    kept.map(|pair| sides.pair_in_documents(pair)).collect()
}
