//! What a search may become while it is typed: as JSON of our own, and as browsers read it (OpenSearch Suggestions 1.1).

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};

use crate::search::{MOST_SUGGESTIONS, SearchSuggestion, SuggestionKind, suggest};
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::pages::check_length;
use crate::web::problem::Problem;

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Params {
    /// What is typed.
    #[schemars(length(max = 500), example = &"标准")]
    q: String,
    /// `opensearch` for the form that browsers read.
    #[schemars(extend("enum" = ["", "opensearch"]))]
    form: String,
    /// How many are given, ten at most.
    #[schemars(range(min = 1, max = 500))]
    limit: Option<usize>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "SearchSuggestionList")]
struct Suggestions {
    suggestions: Vec<SearchSuggestion>,
}

pub(super) fn routes() -> Api {
    Api::of("Search").get(
        "/search/suggest",
        suggestions,
        says("suggest", "Suggests queries while one is typed, at most ten").answers::<Suggestions>().file(
            "application/x-suggestions+json",
            "The query, its completions and what each is (OpenSearch Suggestions 1.1).",
        ),
    )
}

/// What `q` may become, the likeliest first, at most ten; none for nothing.
async fn suggestions(State(app): State<App>, Query(params): Query<Params>) -> Result<Response, Problem> {
    check_length(&params.q)?;
    let typed = params.q.clone();
    let limit = params.limit.unwrap_or(MOST_SUGGESTIONS);
    let suggestions = app.run(move |data| suggest(data, &params.q, limit)).await?;
    if params.form == "opensearch" {
        return Ok(for_browsers(&typed, &suggestions));
    }
    Ok(Json(Suggestions { suggestions }).into_response())
}

/// The query, its completions, and what each is.
fn for_browsers(typed: &str, suggestions: &[SearchSuggestion]) -> Response {
    let texts: Vec<&str> = suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect();
    let about = |suggestion: &SearchSuggestion| match (&suggestion.rendering, suggestion.kind) {
        (Some(rendering), _) => rendering.clone(),
        (None, SuggestionKind::Term) => String::new(),
        (None, SuggestionKind::Title) => "title".to_owned(),
        (None, SuggestionKind::Number) => "document number".to_owned(),
        (None, SuggestionKind::Standard) => "standard".to_owned(),
    };
    let abouts: Vec<String> = suggestions.iter().map(about).collect();
    (
        [(header::CONTENT_TYPE, "application/x-suggestions+json")],
        Json((typed, texts, abouts)).into_response().into_body(),
    )
        .into_response()
}
