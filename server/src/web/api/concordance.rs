//! A phrase with its sentence pairs, as JSON.

use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};

use super::Stretch;
use crate::concordance::{Concordance, concordance};
use crate::web::App;
use crate::web::concordance::{Params, download};
use crate::web::problem::Problem;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/concordance", get(show)).route("/concordance/export", get(download))
}

/// The pairs that hold `q`, with counts of renderings, issuers, kinds and years; `limit` and `offset` as everywhere.
async fn show(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<Concordance>, Problem> {
    let mut request = params.request(stretch.limit())?;
    if request.phrase.is_empty() {
        return Err(Problem::Input("there is no phrase; give one as ?q=".to_owned()));
    }
    if stretch.offset > 0 {
        request.offset = stretch.offset;
    }
    Ok(Json(app.run(move |data| concordance(data, &request)).await?))
}
