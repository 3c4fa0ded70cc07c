//! Renderings that changed, as JSON.

use axum::Json;
use axum::extract::{Query, State};
use corpus::term::RenderingChange;
use serde::{Deserialize, Serialize};

use super::Stretch;
use crate::derive::date_of_dates;
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::problem::Problem;

pub(super) fn routes() -> Api {
    Api::of("Terms").get(
        "/changes",
        list,
        says("listChanges", "Lists the renderings that changed, the latest first")
            .more("A document renders a term otherwise than those before it, and is the first to do so."),
    )
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Params {
    /// Only those of this concept.
    concept: Option<i64>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "RenderingChangeList")]
struct List {
    changes: Vec<ChangeView>,
    /// What to give as `after` for those that follow, where there are more.
    next: Option<String>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "RenderingChange")]
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
    let (start, limit) = (stretch.start()?, stretch.limit());
    let found =
        app.run(move |data| data.with_store(|store| Ok(store.rendering_changes(params.concept, limit + 1, start)?)));
    let (found, next) = stretch.cut(found.await?, start);
    Ok(Json(List { changes: found.into_iter().map(view).collect(), next }))
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
