//! What was imported, and taking it back.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::web::App;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::who::Who;
use crate::web::words::ExchangeWords;

#[derive(Template)]
#[template(path = "exchange_done.html")]
struct DonePage {
    shell: Shell,
    e: &'static ExchangeWords,
    batch: i64,
    concepts: Option<usize>,
    undone: bool,
}

/// How much was imported, as the import said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    concepts: String,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(batch): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let batch = Thing::Page.number(&batch)?;
    let edit = app.run(move |data| data.with_store(|store| Ok(store.edit_by_id(batch)?))).await?;
    let edit = edit.filter(|edit| edit.batch == batch).ok_or(Problem::Missing(Thing::Page))?;
    let e = ExchangeWords::of(shell.ui());
    super::super::page(&DonePage {
        e,
        batch,
        concepts: params.concepts.parse().ok(),
        undone: edit.undone_by.is_some(),
        shell,
    })
}

pub(super) async fn undo(
    State(app): State<App>,
    Who(by, _): Who,
    Path(batch): Path<String>,
) -> Result<Response, Problem> {
    let batch = Thing::Page.number(&batch)?;
    let undone = app.run(move |data| {
        data.with_store(|store| {
            store.undo_batch(batch, &by, &crate::now()).map_err(|error| match error {
                corpus::store::Error::Edit(_) => crate::Error::Input(error.to_string()),
                error => error.into(),
            })
        })
    });
    undone.await?;
    Ok(Redirect::to(&format!("/exchange/done/{batch}")).into_response())
}
