//! The history of the termbase as JSON, and edits taken back.

use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::terms::editing::{self, Change};
use crate::web::App;
use crate::web::problem::{Problem, Thing};
use crate::web::who::Who;

use super::Stretch;
use super::deeds::By;
use corpus::edit::Edit;

/// How many changes of an edit are given.
const MOST_CHANGES: usize = 200;

/// An edit, field by field.
#[derive(Serialize)]
pub(super) struct EditView {
    id: i64,
    at: String,
    by: String,
    deed: String,
    /// The concepts that it touched.
    concepts: Vec<i64>,
    changes: Vec<Change>,
    /// How many changes there are, of which the first are given.
    changes_total: usize,
    batch: i64,
    undoes: Option<i64>,
    undone_by: Option<i64>,
}

impl EditView {
    pub(super) fn of(edit: &Edit) -> Self {
        let mut changes = editing::changes(edit);
        let changes_total = changes.len();
        changes.truncate(MOST_CHANGES);
        Self {
            id: edit.id,
            at: edit.at.clone(),
            by: edit.by.clone(),
            deed: edit.deed.clone(),
            concepts: editing::touched(edit).into_iter().collect(),
            changes,
            changes_total,
            batch: edit.batch,
            undoes: edit.undoes,
            undone_by: edit.undone_by,
        }
    }
}

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/edits", get(list))
        .route("/edits/{id}/undo", post(undo))
        .route("/batches/{id}/undo", post(undo_batch))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    /// Those of one concept.
    concept: Option<i64>,
    /// Those before this edit.
    before: Option<i64>,
}

#[derive(Serialize)]
struct List {
    edits: Vec<EditView>,
}

/// Edits, the latest first: of a concept or of all; `before` goes on where a list has ended.
async fn list(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(stretch): Query<Stretch>,
) -> Result<Json<List>, Problem> {
    let limit = stretch.limit();
    let edits =
        app.run(move |data| data.with_store(|store| Ok(store.history(params.concept, params.before, limit)?)));
    Ok(Json(List { edits: edits.await?.iter().map(EditView::of).collect() }))
}

/// Takes an edit back; 409 where a later one changed the same things.
async fn undo(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Query(by): Query<By>,
) -> Result<Json<EditView>, Problem> {
    let id = Thing::Edit.number(&id)?;
    let who = who.or_named(&by.by);
    let undone = app.run(move |data| editing::undo(data, id, &who.0)).await?;
    Ok(Json(EditView::of(&undone)))
}

/// Takes all edits of a batch back, or none.
async fn undo_batch(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Query(by): Query<By>,
) -> Result<Json<List>, Problem> {
    let id = Thing::Edit.number(&id)?;
    let who = who.or_named(&by.by);
    let undone = app.run(move |data| editing::undo_batch(data, id, &who.0)).await?;
    Ok(Json(List { edits: undone.iter().map(EditView::of).collect() }))
}
