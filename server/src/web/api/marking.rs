//! Marking a text and checking a draft, as JSON.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use crate::Error;
use crate::terms::bilingual::read;
use crate::terms::cached::termbase;
use crate::terms::checking::{CheckReport, Severity, check};
use crate::terms::given::Given;
use crate::terms::marking::{MarkedJson, json, mark};
use crate::web::openapi::{Api, says};
use crate::web::pages::aligned_within;
use crate::web::problem::Problem;
use crate::web::{App, UPLOAD_LIMIT};

/// Longer texts are not marked at once, in bytes of UTF-8.
const LONGEST_TEXT: usize = 4 << 20;

pub(super) fn routes() -> Api {
    Api::of("Terms")
        .post(
            "/terms/mark",
            mark_text,
            says("markText", "Finds the terms of the termbase in a text")
                .more("At most 4 MB of text.")
                .answers::<MarkedJson<'static>>()
                .at_most(UPLOAD_LIMIT),
        )
        .post(
            "/terms/check",
            check_draft,
            says("checkDraft", "Checks the terms of a draft translation")
                .more("Either `source` and `target`, two plain texts, or `file`, the text of a TMX or an XLIFF.")
                .at_most(UPLOAD_LIMIT),
        )
}

/// A text to be marked.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct MarkRequest {
    /// The text.
    #[schemars(example = &"加快人工智能标准化工作")]
    text: String,
    /// Whether terms that mining is not sure of are marked too.
    #[serde(default)]
    all: bool,
}

/// A draft to be checked: `source` and `target`, or `file`, the text of a TMX or an XLIFF.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct CheckRequest {
    /// The text to be translated.
    source: Option<String>,
    /// Its translation.
    target: Option<String>,
    /// The text of a TMX or an XLIFF.
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
