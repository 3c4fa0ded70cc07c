//! Documents as JSON.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Serialize;

use crate::Error;
use crate::data::Data;
use crate::derive::date_of;
use crate::reading;
use crate::web::App;
use crate::web::problem::{Problem, Thing};

use super::Stretch;
use corpus::bitext::Bead;
use corpus::document::{Block, Document, OcrState, PageReading, Sentence, Warning};
use corpus::facts::{Agency, DocumentKind, Facts};
use corpus::instrument::Instrument;
use corpus::topic::TopicClass;

#[derive(Serialize)]
pub(super) struct List {
    total: usize,
    documents: Vec<Summary>,
}

/// A document in a list.
#[derive(Serialize)]
struct Summary {
    id: i64,
    hash: String,
    name: String,
    title: String,
    title_translated: Option<String>,
    language: &'static str,
    kind: Option<&'static str>,
    issuers: Vec<Agency>,
    number: Option<String>,
    date: Option<String>,
    pages: u32,
    state: &'static str,
    ocr: OcrState,
    counterpart: Option<i64>,
}

/// A document with everything that is known of it.
#[derive(Serialize)]
pub(super) struct Whole {
    #[serde(flatten)]
    summary: Summary,
    source: String,
    /// The pages whose text is not the file's own.
    readings: Vec<PageReading>,
    warnings: Vec<Warning>,
    facts: Facts,
    /// What it is classed under, in the order of the taxonomy.
    topics: Vec<TopicClass>,
    blocks: Vec<Block>,
    sentences: Vec<Sentence>,
    bitext: Option<BitextView>,
    /// The documents of its policy or standard, itself included.
    instrument: Option<Instrument>,
}

/// The beads that tie a document to its counterpart: indexes of sentences of either.
#[derive(Serialize)]
struct BitextView {
    counterpart: i64,
    paired_by: &'static str,
    score: f32,
    beads: Vec<BeadView>,
}

#[derive(Serialize)]
struct BeadView {
    own: Vec<usize>,
    other: Vec<usize>,
    score: f32,
}

fn summary(document: &Document, counterpart: Option<i64>) -> Summary {
    let facts = &document.facts;
    Summary {
        id: document.id,
        hash: document.hash.0.clone(),
        name: document.name.clone(),
        title: document.display_title().to_owned(),
        title_translated: facts.title_translated.clone(),
        language: document.language.code(),
        kind: facts.kind.map(DocumentKind::name),
        issuers: facts.issuers.clone(),
        number: facts.document_number.clone(),
        date: date_of(facts),
        pages: document.page_count,
        state: document.state.name(),
        ocr: document.ocr,
        counterpart,
    }
}

pub(super) async fn list(State(app): State<App>, Query(stretch): Query<Stretch>) -> Result<Json<List>, Problem> {
    let found = app.run(|data| data.with_store(|store| Ok((store.documents()?, store.bitexts()?))));
    let (documents, bitexts) = found.await?;
    let pairs: HashMap<i64, i64> =
        bitexts.iter().flat_map(|bitext| [(bitext.zh, bitext.en), (bitext.en, bitext.zh)]).collect();
    let shown = documents.iter().skip(stretch.offset).take(stretch.limit());
    let shown = shown.map(|document| summary(document, pairs.get(&document.id).copied()));
    Ok(Json(List { total: documents.len(), documents: shown.collect() }))
}

pub(super) async fn show(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Whole>, Problem> {
    let id = Thing::Document.number(&id)?;
    let found = app.run(move |data| whole(data, id)).await?;
    found.map(Json).ok_or(Problem::Missing(Thing::Document))
}

fn whole(data: &Data, id: i64) -> Result<Option<Whole>, Error> {
    data.with_store(|store| {
        let Some(document) = store.document(id)? else { return Ok(None) };
        let bitext = match store.bitext_of(id)? {
            Some(bitext) => Some(BitextView {
                counterpart: reading::other_side(&bitext, id),
                paired_by: bitext.paired_by.name(),
                score: bitext.score,
                beads: store.beads(bitext.id)?.into_iter().map(|bead| bead_view(bead, bitext.zh == id)).collect(),
            }),
            None => None,
        };
        Ok(Some(Whole {
            summary: summary(&document, bitext.as_ref().map(|bitext| bitext.counterpart)),
            topics: store.topics(id)?,
            blocks: store.blocks(id)?,
            sentences: store.sentences(id)?,
            readings: store.readings(id)?,
            source: document.source,
            warnings: document.warnings,
            facts: document.facts,
            bitext,
            instrument: store.instrument_of(id)?,
        }))
    })
}

fn bead_view(bead: Bead, is_chinese: bool) -> BeadView {
    let (own, other) = if is_chinese { (bead.zh, bead.en) } else { (bead.en, bead.zh) };
    BeadView { own, other, score: bead.score }
}
