//! Import and export of the termbase for programs.

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Serialize;

use crate::terms::exchange::export::export;
use crate::terms::exchange::plan::{self, Carried, Counts, Line};
use crate::terms::exchange::reading::read;
use crate::terms::exchange::{Format, Warning};
use crate::web::exchange::{Pairs, asked_export, asked_import, check_size};
use crate::web::problem::Problem;
use crate::web::who::Who;
use crate::web::{App, UPLOAD_LIMIT};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/terms/export", get(download))
        .route("/terms/import", post(import).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
}

/// What an import did, or would do.
#[derive(Serialize)]
struct Report {
    format: Format,
    /// What the columns of a table were taken for.
    columns: Vec<&'static str>,
    counts: Counts,
    warnings: Vec<Warning>,
    entries: Vec<Line>,
    /// What was done; `null` where it was only asked what would be.
    applied: Option<Carried>,
}

/// The termbase as a file, whole before the first byte is sent: a failure is an answer and no broken file.
pub(in crate::web) async fn download(State(app): State<App>, Query(pairs): Query<Pairs>) -> Result<Response, Problem> {
    let asked = asked_export(&pairs)?;
    let headers = [
        (header::CONTENT_TYPE, asked.format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", asked.file_name())),
    ];
    let written = app.run(move |data| {
        let mut file = Vec::new();
        export(data, &asked, &crate::now(), &mut file)?;
        Ok(file)
    });
    Ok((headers, written.await?).into_response())
}

/// Says what importing the file in the body would do; with `dry_run=false` it is done, all of it or nothing.
async fn import(
    State(app): State<App>,
    Who(name): Who,
    Query(pairs): Query<Pairs>,
    body: Bytes,
) -> Result<Json<Report>, Problem> {
    let (asked, wishes) = asked_import(&pairs)?;
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let is_dry = value("dry_run").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "no"));
    let by = value("by").map_or(name, |by| Who::named(&by).0);
    let report = app.run(move |data| {
        let file = read(&wishes.source, &body, &asked)?;
        check_size(&file.imported)?;
        let plan = data.with_store(|store| plan::make(store, &file.imported, &wishes))?;
        let applied = if is_dry { None } else { Some(plan::carry_out(data, &plan, &by, &crate::now())?) };
        let columns = file.layout.iter().flat_map(|layout| &layout.columns).map(|column| column.name()).collect();
        Ok(Report {
            format: file.format,
            columns,
            counts: plan.counts(),
            warnings: file.imported.warnings,
            entries: plan.lines,
            applied,
        })
    });
    Ok(Json(report.await?))
}
