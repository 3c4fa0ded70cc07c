//! The history of the termbase as JSON, and edits taken back.

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};

use crate::terms::editing::{self, Change};
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::problem::{Problem, Thing};
use crate::web::who::Who;

use super::Size;
use super::deeds::By;
use corpus::edit::Edit;

/// How many changes of an edit are given.
const MOST_CHANGES: usize = 200;

/// An edit, field by field.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "Edit")]
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

pub(super) fn routes() -> Api {
    Api::of("Concepts")
        .get("/edits", list, says("listEdits", "Lists the edits of the termbase, the latest first"))
        .post(
            "/edits/{id}/undo",
            undo,
            says("undoEdit", "Takes an edit back").of("id", "The number of the edit.").may_conflict(),
        )
        .post(
            "/batches/{id}/undo",
            undo_batch,
            says("undoBatch", "Takes all edits of a batch back, or none")
                .of("id", "The number of the batch.")
                .may_conflict(),
        )
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Params {
    /// Those of one concept.
    concept: Option<i64>,
    /// Those before this edit: the same as `after`, which is the `next` of the answer before.
    before: Option<i64>,
    /// The `next` of the answer before.
    after: Option<i64>,
}

#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "EditList")]
struct List {
    edits: Vec<EditView>,
    /// What to give as `after` for those that follow, where there are more.
    next: Option<String>,
}

/// Edits, the latest first: of a concept or of all; `before` goes on where a list has ended.
async fn list(
    State(app): State<App>,
    Query(params): Query<Params>,
    Query(size): Query<Size>,
) -> Result<Json<List>, Problem> {
    let (limit, before) = (size.limit(), params.after.or(params.before));
    let edits = app.run(move |data| data.with_store(|store| Ok(store.history(params.concept, before, limit + 1)?)));
    let mut edits = edits.await?;
    let is_cut = edits.len() > limit;
    edits.truncate(limit);
    let next = edits.last().filter(|_| is_cut).map(|edit| edit.id.to_string());
    Ok(Json(List { edits: edits.iter().map(EditView::of).collect(), next }))
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
    Ok(Json(List { edits: undone.iter().map(EditView::of).collect(), next: None }))
}
