//! The same as JSON. What goes over the wire is defined here; only the facts and the text of a document go as the
//! domain has them, since those types are what `policyglot inspect` prints.

mod alerts;
mod bitexts;
mod changes;
mod concepts;
mod concordance;
mod deeds;
mod documents;
mod edits;
pub(super) mod exchange;
mod lookup;
mod marking;
mod pages;
mod review;
mod search;
mod similar;
mod stream;
mod suggest;
mod terms;
mod topics;
mod watches;

use axum::extract::State;
use axum::routing::{get, put};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::App;
use super::problem::{Problem, Thing};

/// How many things a list gives unless more are asked for.
const SIZE: usize = 50;
/// How many things a list gives at most.
const MOST: usize = 500;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/health", get(health))
        .merge(search::routes())
        .route("/documents", get(documents::list))
        .route("/documents/{id}", get(documents::show))
        .route("/bitexts", get(bitexts::list))
        .route("/bitexts/{id}", get(bitexts::show))
        .route("/bitexts/{id}/tmx", get(super::tmx::download))
        .route("/bitexts/{id}/beads", put(bitexts::correct).delete(bitexts::undo))
        .merge(terms::routes())
        .merge(concepts::routes())
        .merge(deeds::routes())
        .merge(edits::routes())
        .merge(lookup::routes())
        .merge(review::routes())
        .merge(marking::routes())
        .merge(exchange::routes())
        .merge(concordance::routes())
        .merge(changes::routes())
        .merge(similar::routes())
        .merge(suggest::routes())
        .merge(pages::routes())
        .merge(stream::routes())
        .route("/topics", get(topics::list))
        .merge(watches::routes())
        .merge(alerts::routes())
        .fallback(async || Problem::Missing(Thing::Page))
}

/// Which stretch of a list is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Stretch {
    limit: Option<usize>,
    offset: usize,
}

impl Stretch {
    fn limit(&self) -> usize {
        self.limit.unwrap_or(SIZE).clamp(1, MOST)
    }
}

#[derive(Serialize)]
struct Health {
    status: &'static str,
    version: &'static str,
    documents: usize,
    concepts: usize,
    needs_ocr: NeedsOcr,
}

/// How much waits for an OCR engine.
#[derive(Serialize)]
struct NeedsOcr {
    documents: usize,
    pages: usize,
}

/// Whether the store answers, and how much it holds.
async fn health(State(app): State<App>) -> Result<Json<Health>, Problem> {
    let counted = app
        .run(|data| data.with_store(|store| Ok((store.document_count()?, store.concept_count()?, store.waiting()?))));
    let (documents, concepts, waiting) = counted.await?;
    let needs_ocr = NeedsOcr { documents: waiting.documents, pages: waiting.pages };
    Ok(Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION"), documents, concepts, needs_ocr }))
}
