//! Similar passages, as JSON.

use axum::Json;
use axum::extract::{Query, State};

use super::Size;
use crate::search::SimilarPage;
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::pages::SimilarParams;
use crate::web::problem::{Problem, Thing};

/// How many documents of each language are given at most.
const MOST: usize = 50;

pub(super) fn routes() -> Api {
    Api::of("Search").get(
        "/similar",
        similar,
        says("similar", "Gives the passages of other documents most like one, in both languages")
            .more("At most 50 of each language.")
            .needs(&["document", "block"])
            .may_be_missing(),
    )
}

/// The passages of other documents most like a block, the most like first, for each language.
async fn similar(
    State(app): State<App>,
    Query(params): Query<SimilarParams>,
    Query(size): Query<Size>,
) -> Result<Json<SimilarPage>, Problem> {
    let (document, block) = params.place()?;
    let limit = size.limit().min(MOST);
    let found = app.run(move |data| crate::search::similar(data, document, block, limit)).await?;
    found.map(Json).ok_or(Problem::Missing(Thing::Document))
}
