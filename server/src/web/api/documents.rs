//! Documents as JSON.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::Serialize;

use crate::Error;
use crate::data::Data;
use crate::derive::date_of;
use crate::reading;
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::pages::ShelfParams;
use crate::web::problem::{Problem, Thing};

use super::Stretch;
use corpus::bitext::Bead;
use corpus::document::{Block, Document, OcrState, PageReading, Sentence, Warning};
use corpus::facts::{Agency, DocumentKind, Facts};
use corpus::instrument::Instrument;
use corpus::store::ShelfOrder;
use corpus::topic::TopicClass;

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "DocumentList")]
struct List {
    total: usize,
    documents: Vec<Summary>,
    /// What to give as `after` for those that follow, where there are more.
    next: Option<String>,
}

/// A document in a list.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "DocumentSummary")]
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
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Document")]
struct Whole {
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
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "DocumentBitext")]
struct BitextView {
    counterpart: i64,
    paired_by: &'static str,
    score: f32,
    beads: Vec<BeadView>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "DocumentBead")]
struct BeadView {
    own: Vec<usize>,
    other: Vec<usize>,
    score: f32,
}

pub(super) fn routes() -> Api {
    Api::of("Documents").get("/documents", list, says("listDocuments", "Lists the documents").tagged()).get(
        "/documents/{id}",
        show,
        says("getDocument", "Gives a document with its text, its facts and its bitext")
            .of("id", "The number of the document.")
            .tagged(),
    )
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

/// Documents by the file's name, or in the order of `sort`: `date`, `title` or `added`. The filters are those of the
/// shelf: `state`, `lang`, `kind`, `issuer`, `year` and `title`.
async fn list(
    State(app): State<App>,
    Query(params): Query<ShelfParams>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<List>, Problem> {
    let filter = params.filter()?;
    let order = if params.sort.is_empty() { ShelfOrder::Name } else { params.order()? };
    let start = stretch.start()?;
    let found = app.run(move |data| {
        data.with_store(|store| {
            let (_, total) = store.shelf_counts(&filter)?;
            let mut documents = Vec::new();
            let ids = store.shelf_ids(&filter, order, stretch.limit(), start)?;
            let next = Stretch::next(start, ids.len(), total);
            for id in ids {
                let bitext = store.bitext_of(id)?;
                let document = store.document(id)?;
                let counterpart = bitext.map(|bitext| reading::other_side(&bitext, id));
                documents.extend(document.map(|document| summary(&document, counterpart)));
            }
            Ok(List { total, documents, next })
        })
    });
    Ok(Json(found.await?))
}

async fn show(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Whole>, Problem> {
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
