//! Import and export of the termbase for programs.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::terms::exchange::export::export;
use crate::terms::exchange::plan::{self, Carried, Counts, Line};
use crate::terms::exchange::reading::read;
use crate::terms::exchange::{Format, Warning};
use crate::web::exchange::{Pairs, asked_export, asked_import, check_size};
use crate::web::openapi::{Api, says};
use crate::web::problem::Problem;
use crate::web::spooled::spooled;
use crate::web::who::Who;
use crate::web::{App, UPLOAD_LIMIT};

pub(super) fn routes() -> Api {
    let forms = Format::ALL.into_iter();
    let export = says("exportTerms", "Gives the termbase as a file").reads::<ExportParams>().tagged();
    let export = forms.fold(export, |says, format| says.file(format.media_type(), format.about()));
    Api::of("Terms").get("/terms/export", download, export).post(
        "/terms/import",
        import,
        says("importTerms", "Imports a file into the termbase, or says what importing it would do")
            .more("The body is the file, 20 MB and 10,000 entries at most. Without `dry_run=false` nothing is changed; with it all of it is done, or nothing.")
            .reads::<ImportParams>()
            .takes(&["application/octet-stream"])
            .may_conflict()
            .at_most(UPLOAD_LIMIT),
    )
}

/// What is exported, and how. Values with commas between them stand for several.
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "it is what the document says of what `asked_export` reads")]
struct ExportParams {
    /// The form of the file.
    #[schemars(extend("enum" = Format::ALL.map(Format::name)), example = &"csv")]
    format: String,
    /// The statuses of designations that are wanted.
    status: Option<String>,
    /// `1` for what people have reviewed only.
    reviewed: Option<String>,
    /// `1` for candidates as well.
    candidates: Option<String>,
    /// `reviewed` or `candidates`, as a page asks.
    which: Option<String>,
    /// How sure a candidate must be.
    #[schemars(range(min = 0, max = 1))]
    min_confidence: Option<f32>,
    /// The subject field.
    subject: Option<String>,
    /// Only what was seen in a document of this issuer.
    issuer: Option<String>,
    /// Only what a person changed on this day or later.
    #[schemars(extend("format" = "date"))]
    changed_since: Option<String>,
    /// Only what was seen in a document of this day or later.
    #[schemars(extend("format" = "date"))]
    seen_since: Option<String>,
    /// Of an OmegaT glossary, which language is the source.
    #[schemars(extend("enum" = ["zh-en", "en-zh"]))]
    direction: Option<String>,
    /// Of CSV and TSV, the columns.
    columns: Option<String>,
    /// `1` for CSV and TSV that a spreadsheet opens safely.
    spreadsheet: Option<String>,
    /// `1` for JSON Lines with the places where designations were seen.
    evidence: Option<String>,
}

/// How a file is read, and what is done.
#[derive(schemars::JsonSchema)]
#[expect(dead_code, reason = "it is what the document says of what `asked_import` reads")]
struct ImportParams {
    /// The name of the file, which its form is told by.
    #[schemars(example = &"terms.csv")]
    name: Option<String>,
    /// The form of the file, where its name does not tell.
    #[schemars(extend("enum" = Format::ALL.map(Format::name)))]
    format: Option<String>,
    /// `false` to do it.
    #[schemars(extend("enum" = ["true", "false"]))]
    dry_run: Option<String>,
    /// Who asks, for the history.
    by: Option<String>,
    /// The columns of a table: `zh=1,en=2`.
    map: Option<String>,
    /// Of a workbook, the sheet.
    sheet: Option<String>,
    /// Whether the first row names the columns.
    #[schemars(extend("enum" = ["true", "false"]))]
    header: Option<String>,
    /// `1` where a cell with several designations is one.
    no_split: Option<String>,
    /// The status of designations that come without one.
    set_status: Option<String>,
    /// `1` to put what the file says in place of what is there.
    overwrite: Option<String>,
    /// `1` to take back in what a reviewer has rejected.
    r#override: Option<String>,
    /// What becomes of entries that could be of several concepts.
    #[schemars(extend("enum" = ["skip", "new"]))]
    ambiguous: Option<String>,
}

/// What an import did, or would do.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "ImportReport")]
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

/// The termbase as a file.
pub(in crate::web) async fn download(State(app): State<App>, Query(pairs): Query<Pairs>) -> Result<Response, Problem> {
    let asked = asked_export(&pairs)?;
    let headers = [
        (header::CONTENT_TYPE, asked.format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", asked.file_name())),
    ];
    let written = spooled(&app, move |data, out| export(data, &asked, &crate::now(), out).map(|_| ())).await?;
    Ok((headers, written).into_response())
}

/// Says what importing the file in the body would do; with `dry_run=false` it is done, all of it or nothing.
async fn import(
    State(app): State<App>,
    who: Who,
    Query(pairs): Query<Pairs>,
    body: Bytes,
) -> Result<Json<Report>, Problem> {
    let (asked, wishes) = asked_import(&pairs)?;
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let is_dry = value("dry_run").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "no"));
    let by = who.or_named(&value("by").unwrap_or_default()).0;
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
