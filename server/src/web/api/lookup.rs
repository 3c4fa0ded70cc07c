//! Terms found by what is typed of them, as JSON.

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use super::Size;
use crate::terms::lookup::{LookedUp, Suggestion, lookup, suggest};
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::pages::check_length;
use crate::web::problem::Problem;

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Params {
    /// What is typed: a designation in either language, a part of it, or pinyin.
    #[schemars(length(max = 500), example = &"标准")]
    q: String,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "LookUp")]
struct Answer {
    concepts: Vec<LookedUp>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "TermSuggestionList")]
struct Suggestions {
    suggestions: Vec<Suggestion>,
}

pub(super) fn routes() -> Api {
    Api::of("Terms")
        .get(
            "/terms/lookup",
            look_up,
            says("lookUp", "Looks a term up, and gives all its renderings")
                .more("Exact, by other forms of the words, by pinyin with or without tones or by initials, by a part, or almost; best first.")
                .tagged(),
        )
        .get("/terms/suggest", suggest_terms, says("suggestTerms", "Suggests terms while one is typed, at most ten"))
}

/// Concepts with a designation that meets `q` in any way, best first, with all their renderings.
async fn look_up(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(size): Query<Size>,
) -> Result<Json<Answer>, Problem> {
    check_length(&params.q)?;
    let limit = size.limit();
    Ok(Json(Answer { concepts: app.run(move |data| lookup(data, &params.q, limit)).await? }))
}

/// Terms that `q` may become while it is typed, at most ten; none for nothing.
async fn suggest_terms(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(size): Query<Size>,
) -> Result<Json<Suggestions>, Problem> {
    check_length(&params.q)?;
    let limit = size.limit();
    Ok(Json(Suggestions { suggestions: app.run(move |data| suggest(data, &params.q, limit)).await? }))
}
