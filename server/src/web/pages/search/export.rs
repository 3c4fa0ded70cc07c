//! The results of a search as a file, and how to cite a document.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::SearchParams;
use crate::search::{ExportFormat, MOST_EXPORTED};
use crate::web::App;
use crate::web::problem::{Problem, Thing};

/// The formats as the page names them, and as addresses do.
pub(super) const FORMATS: [(&str, &str); 5] =
    [("CSV", "csv"), ("JSON", "json"), ("JSON Lines", "jsonl"), ("BibTeX", "bibtex"), ("RIS", "ris")];

/// The documents that a search finds, up to [`MOST_EXPORTED`]; the name of the file says where there are more.
pub(super) async fn download(State(app): State<App>, params: SearchParams) -> Result<Response, Problem> {
    if params.is_empty() {
        return Err(Problem::Input("there is no query; give one as ?q=".to_owned()));
    }
    let format = format_of(&params.format)?;
    let request = params.request(MOST_EXPORTED)?;
    let (file, exported) = app
        .run(move |data| {
            let mut file = Vec::new();
            let exported = crate::search::export(data, &request, format, true, &mut file)?;
            Ok((file, exported))
        })
        .await?;
    let name = if exported.documents < exported.total {
        format!("search-first-{}-of-{}.{}", exported.documents, exported.total, format.extension())
    } else {
        format!("search.{}", format.extension())
    };
    Ok(sent(format, &name, file))
}

/// A document as a citation manager reads it.
pub(super) async fn cite(
    State(app): State<App>,
    Path(id): Path<String>,
    params: SearchParams,
) -> Result<Response, Problem> {
    let id = Thing::Document.number(&id)?;
    let format = format_of(if params.format.is_empty() { "bibtex" } else { &params.format })?;
    let file = app.run(move |data| crate::search::cite(data, id, format)).await?;
    let file = file.ok_or(Problem::Missing(Thing::Document))?;
    Ok(sent(format, &format!("document-{id}.{}", format.extension()), file.into_bytes()))
}

fn format_of(name: &str) -> Result<ExportFormat, Problem> {
    ExportFormat::from_name(name)
        .ok_or_else(|| Problem::Input("there is no such format; use format=csv, json, jsonl, bibtex or ris".to_owned()))
}

fn sent(format: ExportFormat, name: &str, file: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, file).into_response()
}
