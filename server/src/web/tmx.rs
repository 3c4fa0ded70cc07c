//! A bitext as a file for CAT tools.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::App;
use super::problem::{Problem, Thing};
use crate::tmx::{Beads, bitext_tmx};

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(super) struct Params {
    /// `1` for the doubtful beads as well.
    #[schemars(extend("enum" = ["", "0", "1"]))]
    doubtful: String,
}

/// The beads as a translation memory, without the doubtful ones unless they are asked for.
pub(super) async fn download(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let id = Thing::Bitext.number(&id)?;
    let beads = if params.doubtful == "1" { Beads::All } else { Beads::Sure };
    let written = app.run(move |data| bitext_tmx(data, id, beads)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/x-tmx+xml; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"bitext-{id}.tmx\"")),
    ];
    Ok((headers, written.ok_or(Problem::Missing(Thing::Bitext))?).into_response())
}
