//! Similar passages, as JSON.

use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};

use super::Stretch;
use crate::search::SimilarPage;
use crate::web::App;
use crate::web::pages::SimilarParams;
use crate::web::problem::{Problem, Thing};

/// How many documents of each language are given at most.
const MOST: usize = 50;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/similar", get(similar))
}

/// The passages of other documents most like a block, the most like first, for each language.
async fn similar(
    State(app): State<App>,
    Query(params): Query<SimilarParams>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<SimilarPage>, Problem> {
    let (document, block) = params.place()?;
    let limit = stretch.limit().min(MOST);
    let found = app.run(move |data| crate::search::similar(data, document, block, limit)).await?;
    found.map(Json).ok_or(Problem::Missing(Thing::Document))
}
