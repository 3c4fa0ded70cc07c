//! A phrase with its sentence pairs, as JSON.

use axum::Json;
use axum::extract::{Query, State};

use super::Stretch;
use crate::concordance::{Concordance, concordance};
use crate::web::App;
use crate::web::concordance::{Params, download};
use crate::web::openapi::{Api, says};
use crate::web::problem::Problem;

pub(super) fn routes() -> Api {
    Api::of("Search")
        .get(
            "/concordance",
            show,
            says("concordance", "Gives the sentence pairs that hold a phrase")
                .needs(&["q"])
                .more("With counts of what rendered the phrase, of issuers, kinds and years. Pairs are gathered from the first documents, unless `all` is 1."),
        )
        .get(
            "/concordance/export",
            download,
            says("exportConcordance", "Gives the sentence pairs that hold a phrase as a file")
                .needs(&["q", "format"])
                .more("At most 1,000 pairs; `format` is csv or tmx.")
                .file("text/csv", "A row for each pair.")
                .file("application/x-tmx+xml", "A translation memory, TMX 1.4b."),
        )
}

/// The pairs, and how to go on.
#[derive(serde::Serialize, schemars::JsonSchema)]
#[schemars(rename = "ConcordancePage")]
struct Page {
    #[serde(flatten)]
    concordance: Concordance,
    /// What to give as `after` for the pairs that follow, where there are more.
    next: Option<String>,
}

/// The pairs that hold `q`, with counts of renderings, issuers, kinds and years; `limit` and `offset` as everywhere.
async fn show(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<Page>, Problem> {
    let mut request = params.request(stretch.limit())?;
    if request.phrase.is_empty() {
        return Err(Problem::Input("there is no phrase; give one as ?q=".to_owned()));
    }
    let start = stretch.start()?;
    if start > 0 {
        request.offset = start;
    }
    let start = request.offset;
    let concordance = app.run(move |data| concordance(data, &request)).await?;
    let next = Stretch::next(start, concordance.pairs.len(), concordance.total);
    Ok(Json(Page { concordance, next }))
}
