//! How much there is, and how the server is, as JSON.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::problem::Problem;
use crate::web::status::Status;

pub(super) fn routes() -> Api {
    Api::of("Server").get("/status", show, says("status", "Tells how much there is, and how the server is"))
}

/// How much there is. Nothing in it tells where on the machine anything is.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "ServerStatus")]
struct StatusView {
    version: &'static str,
    documents: usize,
    /// Documents by what can be read of them; one may be in several states.
    states: Vec<Count>,
    languages: Vec<LanguageView>,
    pages: usize,
    bitexts: usize,
    concepts: usize,
    targets: usize,
    watches: usize,
    paused_watches: usize,
    alerts: usize,
    deliveries_waiting: usize,
    deliveries_dead: usize,
    jobs: Vec<Count>,
    /// When a document was ingested last, RFC 3339.
    latest: Option<String>,
    database_bytes: u64,
    index_bytes: u64,
    files_bytes: u64,
    free_bytes: Option<u64>,
    /// The OCR engine that is there.
    ocr_engine: Option<&'static str>,
    /// What waits for one.
    ocr_waiting: Waiting,
}

/// How many there are of something.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "StatusCount")]
struct Count {
    name: &'static str,
    count: usize,
}

/// Documents of a language.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "StatusLanguage")]
struct LanguageView {
    language: &'static str,
    documents: usize,
    sentences: usize,
}

/// What waits for an OCR engine.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "WaitingForOcr")]
struct Waiting {
    documents: usize,
    pages: usize,
}

async fn show(State(app): State<App>) -> Result<Json<StatusView>, Problem> {
    let (jobs, asked) = (app.jobs.counts(), app.ocr.clone());
    let Status { figures, waiting, index_bytes, files_bytes, free_bytes, engine } =
        app.run(move |data| Status::of(data, asked.as_ref())).await?;
    let languages = figures.languages.iter().map(|counts| LanguageView {
        language: counts.language.code(),
        documents: counts.documents,
        sentences: counts.sentences,
    });
    Ok(Json(StatusView {
        version: env!("CARGO_PKG_VERSION"),
        documents: figures.documents,
        states: figures.states.iter().map(|(state, count)| Count { name: state.name(), count: *count }).collect(),
        languages: languages.collect(),
        pages: figures.pages,
        bitexts: figures.bitexts,
        concepts: figures.concepts,
        targets: figures.targets,
        watches: figures.watches,
        paused_watches: figures.paused,
        alerts: figures.alerts,
        deliveries_waiting: figures.waiting_deliveries,
        deliveries_dead: figures.dead_deliveries,
        jobs: jobs.into_iter().map(|(state, count)| Count { name: state.name(), count }).collect(),
        latest: figures.latest,
        database_bytes: figures.bytes,
        index_bytes,
        files_bytes,
        free_bytes,
        ocr_engine: engine.ok(),
        ocr_waiting: Waiting { documents: waiting.documents, pages: waiting.pages },
    }))
}
