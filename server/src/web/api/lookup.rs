//! Terms found by what is typed of them, as JSON.

use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use super::Stretch;
use crate::terms::lookup::{LookedUp, Suggestion, lookup, suggest};
use crate::web::App;
use crate::web::pages::check_length;
use crate::web::problem::Problem;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    q: String,
}

#[derive(Serialize)]
struct Answer {
    concepts: Vec<LookedUp>,
}

#[derive(Serialize)]
struct Suggestions {
    suggestions: Vec<Suggestion>,
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/terms/lookup", get(look_up)).route("/terms/suggest", get(suggest_terms))
}

/// Concepts with a designation that meets `q` in any way, best first, with all their renderings.
async fn look_up(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<Answer>, Problem> {
    check_length(&params.q)?;
    let limit = stretch.limit();
    Ok(Json(Answer { concepts: app.run(move |data| lookup(data, &params.q, limit)).await? }))
}

/// Terms that `q` may become while it is typed, at most ten; none for nothing.
async fn suggest_terms(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<Suggestions>, Problem> {
    check_length(&params.q)?;
    let limit = stretch.limit();
    Ok(Json(Suggestions { suggestions: app.run(move |data| suggest(data, &params.q, limit)).await? }))
}
