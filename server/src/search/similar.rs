//! The passages of other documents that are most like a passage, in both languages.
//!
//! In the passage's own language they are found by its text. In the other language they are found by what the passage is
//! aligned with, where its document has a counterpart, and else by the renderings of its terms.

use std::collections::HashSet;

use corpus::document::Language;
use corpus::store::{ListedTerm, Store};
use index::query::Query;
use index::{SimilarAnswer, SimilarPassage, SimilarRequest, quoted};
use serde::Serialize;

use super::{Hit, Part, parts, result};
use crate::Error;
use crate::data::Data;
use crate::reading::other_side;
use crate::terms::cached::{Termbase, termbase};

/// Passages less like are not shown. Of 150 passages of the sample corpus, what was below this said something else with
/// common words, what was above it was on the same matter nearly always.
const LEAST_LIKENESS: f32 = 0.15;
/// The same where only renderings of terms are compared.
const LEAST_BY_TERMS: f32 = 0.25;
/// Fewer terms with renderings say too little of a passage.
const FEWEST_TERMS: usize = 3;
/// More are not asked for.
const MOST_TERMS: usize = 40;
/// A passage that shares so much of the shorter one in long runs is the same text.
const SAME: f32 = 0.8;
/// So many sentences of the other side are taken for what the passage is aligned with.
const MOST_ALIGNED: usize = 20;
/// So many characters of the passage itself are shown.
const SHOWN: usize = 1_000;

/// A passage and those that are like it.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct SimilarPage {
    /// The document.
    pub document: i64,
    /// Its title.
    pub title: String,
    /// The language of the passage.
    pub language: Language,
    /// The index of its block.
    pub block: usize,
    /// The page, counted from 1.
    pub page: u32,
    /// Its text.
    pub text: String,
    /// What is like it, its own language first.
    pub languages: Vec<SimilarIn>,
}

/// What is like a passage in one language.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct SimilarIn {
    /// The language.
    pub language: Language,
    /// What was compared.
    pub by: ComparedBy,
    /// Passages, the most like first, one of each document; none where nothing is like it.
    pub passages: Vec<Similar>,
}

/// What of a passage was compared with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ComparedBy {
    /// Its text.
    Text,
    /// The text that it is aligned with.
    Translation,
    /// The renderings of its terms.
    Terms,
    /// Nothing: there is no counterpart, and too few of its terms have renderings.
    Nothing,
}

/// A passage that is like another, with what they share marked.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "SimilarPassage")]
pub struct Similar {
    /// How like it is: 1 is the same, 0 has nothing in common.
    pub likeness: f32,
    /// How much of the shorter passage stands in the other in long runs, from 0 to 1.
    pub quoted: f32,
    /// Whether the two are the same text but for little.
    pub is_same: bool,
    /// The long runs that both have.
    pub runs: Vec<String>,
    /// The document with the passage.
    pub hit: Hit,
}

/// The text by which a language is searched.
struct Asked {
    language: Language,
    by: ComparedBy,
    text: String,
}

/// The passages most like a block of a document; `None` where there is no such block.
///
/// # Errors
/// When the store or the index fails.
pub fn similar(data: &Data, document: i64, block: usize, limit: usize) -> Result<Option<SimilarPage>, Error> {
    let base = termbase(data)?;
    data.with_store(|store| {
        let (Some(about), Some(passage)) = (store.brief(document)?, store.block(document, block)?) else {
            return Ok(None);
        };
        let language = if passage.language == Language::Other { about.language } else { passage.language };
        let without = own(store, document)?;
        let mut languages = Vec::new();
        for asked in asked(store, &base, document, block, language, &passage.text)? {
            let request = SimilarRequest { text: &asked.text, without: &without, limit };
            let answer = data.index.similar(&request)?;
            languages.push(shown(store, &asked, &answer)?);
        }
        Ok(Some(SimilarPage {
            document,
            title: about.display_title().to_owned(),
            language,
            block,
            page: passage.page,
            text: passage.text.chars().take(SHOWN).collect(),
            languages,
        }))
    })
}

/// The document, its counterpart, and the other documents of its policy or standard.
fn own(store: &Store, document: i64) -> Result<Vec<i64>, Error> {
    let mut own = vec![document];
    if let Some(instrument) = store.instrument_of(document)? {
        own.extend(instrument.members.iter().map(|member| member.document));
    }
    if let Some(bitext) = store.bitext_of(document)? {
        own.push(other_side(&bitext, document));
    }
    own.sort_unstable();
    own.dedup();
    Ok(own)
}

/// By what each language is searched: the passage's own first.
fn asked(
    store: &Store,
    base: &Termbase,
    document: i64,
    block: usize,
    language: Language,
    text: &str,
) -> Result<Vec<Asked>, Error> {
    let mut asked = vec![Asked { language, by: ComparedBy::Text, text: text.to_owned() }];
    let Some(other) = language.counterpart() else { return Ok(asked) };
    if let Some(text) = translation(store, document, block)? {
        asked.push(Asked { language: other, by: ComparedBy::Translation, text });
        return Ok(asked);
    }
    let renderings = renderings(base, text, other);
    let by = if renderings.len() < FEWEST_TERMS { ComparedBy::Nothing } else { ComparedBy::Terms };
    let text = if by == ComparedBy::Terms { renderings.join("; ") } else { String::new() };
    asked.push(Asked { language: other, by, text });
    Ok(asked)
}

/// What the sentences of a block are aligned with.
fn translation(store: &Store, document: i64, block: usize) -> Result<Option<String>, Error> {
    let Some(bitext) = store.bitext_of(document)? else { return Ok(None) };
    let (own_language, between) = if bitext.zh == document { (Language::Zh, " ") } else { (Language::En, "") };
    let own: Vec<usize> = store.sentences_of_blocks(document, &[block])?.into_iter().map(|(index, _)| index).collect();
    let beads = store.beads_holding(bitext.id, own_language, &own)?;
    let other = beads.iter().flat_map(|(bead, _)| if own_language == Language::Zh { &bead.en } else { &bead.zh });
    let mut other: Vec<usize> = other.copied().collect();
    other.dedup();
    other.truncate(MOST_ALIGNED);
    let sentences = store.sentences_at(other_side(&bitext, document), &other)?;
    let text = sentences.iter().map(|(_, sentence)| sentence.text.as_str()).collect::<Vec<_>>().join(between);
    Ok(Some(text).filter(|text| !text.trim().is_empty()))
}

/// The preferred renderings of a passage's terms, each once.
fn renderings(base: &Termbase, text: &str, language: Language) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut renderings = Vec::new();
    for mark in base.marker().mark(text) {
        let Some(&(concept, _)) = mark.designates.first() else { continue };
        if renderings.len() == MOST_TERMS || !seen.insert(concept) {
            continue;
        }
        let order = |term: &&ListedTerm| (term.status, std::cmp::Reverse(term.count), term.term);
        let terms = base.terms.of(concept).iter();
        let best = terms.filter(|term| term.language == language && term.status.is_usable()).min_by_key(order);
        renderings.extend(best.map(|term| term.text.clone()));
    }
    renderings
}

fn shown(store: &Store, asked: &Asked, answer: &SimilarAnswer) -> Result<SimilarIn, Error> {
    let least = if asked.by == ComparedBy::Terms { LEAST_BY_TERMS } else { LEAST_LIKENESS };
    let marks = Query::Or(answer.telling.iter().cloned().map(Query::Text).collect());
    let mut passages = Vec::new();
    for passage in answer.passages.iter().filter(|passage| passage.likeness >= least) {
        passages.extend(one(store, asked, passage, &marks)?);
    }
    Ok(SimilarIn { language: asked.language, by: asked.by, passages })
}

fn one(store: &Store, asked: &Asked, passage: &SimilarPassage, marks: &Query) -> Result<Option<Similar>, Error> {
    let Some(block) = store.block(passage.document, passage.block)? else { return Ok(None) };
    let met = index::HitPassage { block: passage.block, page: passage.page, score: passage.likeness };
    let hit = index::Hit {
        document: passage.document,
        score: passage.likeness,
        date: 0,
        passages: vec![met],
        others: Vec::new(),
    };
    let quoted =
        if asked.by == ComparedBy::Terms { index::Quoted::default() } else { quoted(&block.text, &asked.text) };
    let runs = parts(&block.text, &quoted.runs).into_iter().filter(|part| part.marked).map(|Part { text, .. }| text);
    let (runs, share) = (runs.collect(), quoted.share);
    Ok(result::result(store, &hit, marks)?.map(|hit| Similar {
        likeness: passage.likeness,
        quoted: share,
        is_same: share >= SAME,
        runs,
        hit,
    }))
}
