//! Search as JSON.

use axum::extract::{Query, State};
use axum::routing::get;
use axum::{Json, Router};

use crate::search::SearchPage;
use crate::web::App;
use crate::web::pages::SearchParams;
use crate::web::problem::Problem;

use super::Stretch;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/search", get(search))
}

/// The results with their passages and counts. `after` goes on from the `next` of an earlier answer; `offset` and
/// `page` count results.
async fn search(
    State(app): State<App>,
    params: SearchParams,
    Query(stretch): Query<Stretch>,
) -> Result<Json<SearchPage>, Problem> {
    if params.is_empty() {
        return Err(Problem::Input("there is no query; give one as ?q=".to_owned()));
    }
    let mut request = params.request(stretch.limit())?;
    if stretch.offset > 0 && request.after.is_none() {
        request.offset = stretch.offset;
    }
    Ok(Json(app.run(move |data| crate::search::search(data, &request)).await?))
}
