//! Import and export of the termbase. A file that is sent is kept for an hour: a preview says what would become of each of
//! its entries, and only a second word imports it.

mod preview;
mod result;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use crate::terms::exchange::Format;
use crate::web::exchange::kept;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::words::ExchangeWords;
use crate::web::{App, UPLOAD_LIMIT, link};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/exchange", get(show))
        .route("/exchange/export", get(crate::web::api::exchange::download))
        .route("/exchange/import", post(upload).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
        .route("/exchange/import/{file}", get(preview::show).post(preview::import))
        .route("/exchange/done/{batch}", get(result::show))
        .route("/exchange/done/{batch}/undo", post(result::undo))
}

#[derive(Template)]
#[template(path = "exchange.html")]
struct ExchangePage {
    shell: Shell,
    e: &'static ExchangeWords,
    formats: Vec<(&'static str, &'static str)>,
    notice: Option<&'static str>,
}

/// What brought a person back here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    said: String,
}

async fn show(shell: Shell, Query(params): Query<Params>) -> Result<Response, Problem> {
    let e = ExchangeWords::of(shell.ui());
    let notice = match params.said.as_str() {
        "gone" => Some(e.gone),
        "none" => Some(e.no_file),
        _ => None,
    };
    let formats = Format::ALL.into_iter().map(|format| (format.name(), e.format_name(format))).collect();
    super::page(&ExchangePage { e, formats, notice, shell })
}

/// Keeps a file, and leads to what would become of it.
async fn upload(State(app): State<App>, mut form: Multipart) -> Result<Response, Problem> {
    let refused = |error: axum::extract::multipart::MultipartError| Problem::Other(error.status(), error.body_text());
    while let Some(field) = form.next_field().await.map_err(refused)? {
        let Some(name) = field.file_name().map(str::to_owned) else { continue };
        let bytes = field.bytes().await.map_err(refused)?;
        if bytes.is_empty() {
            break;
        }
        let file = app.run(move |data| kept::keep(data.folder(), &bytes)).await?;
        let name: String = name.chars().filter(|char| !char.is_control()).take(200).collect();
        return Ok(Redirect::to(&link::url(&format!("/exchange/import/{file}"), &[("name", &name)])).into_response());
    }
    Ok(Redirect::to("/exchange?said=none").into_response())
}
