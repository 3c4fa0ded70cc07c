//! Search as JSON.

use axum::Json;
use axum::extract::{Query, State};

use crate::search::SearchPage;
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::pages::SearchParams;
use crate::web::problem::Problem;

use super::Size;

pub(super) fn routes() -> Api {
    Api::of("Search").get(
        "/search",
        search,
        says("search", "Searches documents in both languages at once")
            .more("Results are policies and standards with their best passages, the aligned passages on the other side, and counts for each filter. The query language has words, \"phrases\", AND, OR, NOT, -, parentheses, field:value, prefix* and NEAR/n. A filter can be given several times: any of its values will do.")
            .tagged(),
    )
}

/// How many results, and from where.
#[derive(Debug, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct From {
    /// How many results are passed over: another way to go on.
    #[schemars(range(max = 100_000))]
    offset: usize,
}

/// The results with their passages and counts. `after` goes on from the `next` of an earlier answer; `offset` and
/// `page` count results.
async fn search(
    State(app): State<App>,
    params: SearchParams,
    Query(size): Query<Size>,
    Query(from): Query<From>,
) -> Result<Json<SearchPage>, Problem> {
    if params.is_empty() {
        return Err(Problem::Input("there is no query; give one as ?q=".to_owned()));
    }
    let mut request = params.request(size.limit())?;
    if from.offset > 0 && request.after.is_none() {
        request.offset = from.offset;
    }
    Ok(Json(app.run(move |data| crate::search::search(data, &request)).await?))
}
