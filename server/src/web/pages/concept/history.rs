//! Who changed what and when, told field by field, each with the way back.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::terms::editing::{self, Change, What};
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::who::Who;
use crate::web::words::{ConceptWords, Words};
use crate::web::{App, link};

use corpus::edit::Edit;
use corpus::term::{PartOfSpeech, Status};

/// How many edits a page tells.
const SIZE: usize = 50;
/// How many changes of an edit are told; an import has thousands.
const MOST_CHANGES: usize = 12;

/// An edit in words.
pub(super) struct Told {
    pub(super) id: i64,
    pub(super) at: String,
    pub(super) by: String,
    pub(super) deed: &'static str,
    /// The concepts that it left, by number.
    pub(super) concepts: Vec<i64>,
    pub(super) lines: Vec<Line>,
    /// How many changes are not told.
    pub(super) more: usize,
    /// The edit that it takes back.
    pub(super) undoes: Option<i64>,
    /// The edit that took it back.
    pub(super) undone_by: Option<i64>,
    /// What the button to take it back says; none where it was taken back.
    pub(super) undo: Option<&'static str>,
    /// Its batch, where that has several edits as far as is known: they can be taken back together.
    pub(super) batch: Option<i64>,
}

/// A change in words.
pub(super) struct Line {
    pub(super) field: &'static str,
    /// The designation whose field it is.
    pub(super) of: Option<Said>,
    pub(super) before: Option<Said>,
    pub(super) after: Option<Said>,
}

/// An edit in words.
pub(super) fn told(w: &'static Words, edit: &Edit) -> Told {
    let changes = editing::changes(edit);
    let is_undo = edit.undoes.is_some();
    let undo = if is_undo { w.redo_edit() } else { w.undo_edit() };
    Told {
        id: edit.id,
        at: minutes(&edit.at),
        by: edit.by.clone(),
        deed: w.deed(&edit.deed),
        concepts: edit.after.iter().map(|concept| concept.id).collect(),
        more: changes.len().saturating_sub(MOST_CHANGES),
        lines: changes.iter().take(MOST_CHANGES).map(|change| line(w, change)).collect(),
        undoes: edit.undoes,
        undone_by: edit.undone_by,
        undo: edit.undone_by.is_none().then_some(undo),
        batch: (edit.batch != edit.id && edit.undone_by.is_none()).then_some(edit.batch),
    }
}

/// A change in words.
pub(super) fn line(w: &'static Words, change: &Change) -> Line {
    let said = |said: &Option<String>| said.as_ref().map(|said| said_of(w, change.what, said));
    Line {
        field: w.field(change.what),
        of: change.designation.as_ref().map(Said::by_script),
        before: said(&change.before),
        after: said(&change.after),
    }
}

fn said_of(w: &'static Words, what: What, said: &str) -> Said {
    match what {
        What::Status => Status::from_name(said).map(|status| Said::plain(w.status(&status))),
        What::PartOfSpeech => PartOfSpeech::from_name(said).map(|part| Said::plain(w.part_of_speech(&part))),
        _ => None,
    }
    .unwrap_or_else(|| Said::by_script(said))
}

/// "2026-11-22 08:05": a time to the minute, in UTC as it is kept.
pub(super) fn minutes(at: &str) -> String {
    let minutes: String = at.chars().take(16).collect();
    minutes.replace('T', " ")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    concept: String,
    before: String,
    said: String,
}

#[derive(Template)]
#[template(path = "concept_edits.html")]
struct EditsPage {
    shell: Shell,
    c: &'static ConceptWords,
    concept: Option<i64>,
    notice: Option<&'static str>,
    edits: Vec<Told>,
    older: Option<String>,
}

/// All edits, or those of a concept, the latest first.
pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let (concept, before) = (params.concept.parse::<i64>().ok(), params.before.parse::<i64>().ok());
    let edits = app.run(move |data| data.with_store(|store| Ok(store.history(concept, before, SIZE)?))).await?;
    let older = edits.last().filter(|_| edits.len() == SIZE).map(|edit| {
        let concept = concept.map_or(String::new(), |concept| concept.to_string());
        link::url("/edits", &[("concept", &concept), ("before", &edit.id.to_string())])
    });
    crate::web::pages::page(&EditsPage {
        c: ConceptWords::of(shell.ui()),
        notice: shell.w.concept_notice(&params.said),
        edits: edits.iter().map(|edit| told(shell.w, edit)).collect(),
        concept,
        older,
        shell,
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Undo {
    /// The concept from whose page it is asked.
    concept: String,
    /// Whether all edits of its batch are meant; `id` is the batch then.
    batch: bool,
}

/// Takes an edit back, or all of a batch.
pub(super) async fn undo(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    Form(undo): Form<Undo>,
) -> Result<Response, Problem> {
    let id = Thing::Edit.number(&id)?;
    let by = who.clone();
    let left = app.run(move |data| {
        let edits = match undo.batch {
            true => editing::undo_batch(data, id, &by.0)?,
            false => vec![editing::undo(data, id, &by.0)?],
        };
        Ok(edits.iter().flat_map(|edit| &edit.after).map(|concept| concept.id).collect::<Vec<_>>())
    });
    let left = left.await?;
    let asked = undo.concept.parse::<i64>().ok();
    match asked.filter(|concept| left.contains(concept)).or(left.first().copied().filter(|_| asked.is_some())) {
        Some(concept) => Ok(super::back_to(concept, "undone", &who)),
        None => Ok(super::leads_to(&link::url("/edits", &[("said", "undone")]), &who)),
    }
}
