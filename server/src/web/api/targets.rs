//! The targets of all documents as JSON.

use axum::Json;
use axum::extract::{Query, State};
use serde::Serialize;

use super::Stretch;
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::pages::TargetParams;
use crate::web::problem::Problem;
use corpus::facts::Target;

pub(super) fn routes() -> Api {
    Api::of("Documents").get(
        "/targets",
        list,
        says("listTargets", "Lists the targets of all documents, the latest year first").tagged(),
    )
}

/// A stretch of the targets that are meant.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "TargetList")]
struct List {
    /// How many are meant, and how many documents set them.
    total: usize,
    documents: usize,
    targets: Vec<TargetView>,
    /// What to give as `after` for those that follow, where there are more.
    next: Option<String>,
}

/// A target and the document that sets it.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "DocumentTarget")]
struct TargetView {
    document: i64,
    title: Option<String>,
    date: Option<String>,
    #[serde(flatten)]
    target: Target,
}

/// The latest year first: `q` is what the target or its sentence holds; `year`, `unit` and `issuer` are exact.
async fn list(
    State(app): State<App>,
    Query(params): Query<TargetParams>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<List>, Problem> {
    let filter = params.filter()?;
    let start = stretch.start()?;
    let found = app.run(move |data| {
        data.with_store(|store| {
            let (total, documents) = store.target_counts(&filter)?;
            let mut targets = Vec::new();
            let found = store.targets(&filter, stretch.limit(), start)?;
            let next = Stretch::next(start, found.len(), total);
            for found in found {
                let document = store.shelf_document(found.document)?;
                let (title, date) = document.map_or((None, None), |document| (Some(document.title), document.date));
                targets.push(TargetView { document: found.document, title, date, target: found.target });
            }
            Ok(List { total, documents, targets, next })
        })
    });
    Ok(Json(found.await?))
}
