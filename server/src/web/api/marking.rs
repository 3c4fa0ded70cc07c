//! Marking a text and checking a draft, as JSON.

use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;

use crate::Error;
use crate::terms::bilingual::read;
use crate::terms::cached::termbase;
use crate::terms::checking::{CheckReport, Severity, check};
use crate::terms::given::Given;
use crate::terms::marking::{json, mark};
use crate::web::pages::aligned_within;
use crate::web::problem::Problem;
use crate::web::{App, UPLOAD_LIMIT};

/// Longer texts are not marked at once, in bytes of UTF-8.
const LONGEST_TEXT: usize = 4 << 20;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/terms/mark", post(mark_text))
        .route("/terms/check", post(check_draft))
        .layer(DefaultBodyLimit::max(UPLOAD_LIMIT))
}

/// A text to be marked.
#[derive(Debug, Deserialize)]
struct MarkRequest {
    text: String,
    /// Whether terms that mining is not sure of are marked too.
    #[serde(default)]
    all: bool,
}

/// A draft to be checked: `source` and `target`, or `file`, the text of a TMX or an XLIFF.
#[derive(Debug, Deserialize)]
struct CheckRequest {
    source: Option<String>,
    target: Option<String>,
    file: Option<String>,
    /// Whether notes are told too.
    #[serde(default)]
    notes: bool,
}

async fn mark_text(State(app): State<App>, Json(request): Json<MarkRequest>) -> Result<Response, Problem> {
    if request.text.len() > LONGEST_TEXT {
        return Err(Problem::Input(format!("the text is longer than {} MB; send it in parts", LONGEST_TEXT >> 20)));
    }
    let marked = app.run(move |data| {
        let base = termbase(data)?;
        let marked = mark(&base, &request.text, request.all);
        serde_json::to_vec(&json(&marked)).map_err(|error| Error::Input(error.to_string()))
    });
    Ok(([(axum::http::header::CONTENT_TYPE, "application/json")], marked.await?).into_response())
}

async fn check_draft(State(app): State<App>, Json(request): Json<CheckRequest>) -> Result<Json<CheckReport>, Problem> {
    let checked = app.run(move |data| {
        let text = match (request.file, request.source, request.target) {
            (Some(file), None, None) => read(file.as_bytes())?,
            (None, Some(source), Some(target)) => aligned_within(&Given::Plain(source), &Given::Plain(target))?,
            _ => {
                let message = "give either \"source\" and \"target\", or \"file\", the text of a TMX or an XLIFF";
                return Err(Error::Input(message.to_owned()));
            }
        };
        let mut report = check(data, &text)?;
        report.keep(if request.notes { Severity::Note } else { Severity::Warning });
        Ok(report)
    });
    Ok(Json(checked.await?))
}
