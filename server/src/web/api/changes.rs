//! Renderings that changed, as JSON.

use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};
use corpus::term::RenderingChange;
use serde::{Deserialize, Serialize};

use super::Stretch;
use crate::derive::date_of_dates;
use crate::web::App;
use crate::web::problem::Problem;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/changes", get(list))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    /// Only those of this concept.
    concept: Option<i64>,
}

#[derive(Serialize)]
struct List {
    changes: Vec<ChangeView>,
}

#[derive(Serialize)]
struct ChangeView {
    concept: i64,
    zh: String,
    en_before: String,
    en: String,
    bitext: i64,
    document: i64,
    title: String,
    date: Option<String>,
    sentence: Option<usize>,
    page: Option<u32>,
    text: Option<String>,
    noticed: String,
}

/// The changes that were noticed last, the latest first.
async fn list(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<List>, Problem> {
    let found = app.run(move |data| {
        data.with_store(|store| Ok(store.rendering_changes(params.concept, stretch.limit(), stretch.offset)?))
    });
    Ok(Json(List { changes: found.await?.into_iter().map(view).collect() }))
}

fn view(change: RenderingChange) -> ChangeView {
    ChangeView {
        date: date_of_dates(&change.dates),
        concept: change.concept,
        zh: change.zh,
        en_before: change.en_before,
        en: change.en,
        bitext: change.bitext,
        document: change.document,
        title: change.title,
        sentence: change.sentence,
        page: change.page,
        text: change.text,
        noticed: change.noticed,
    }
}
