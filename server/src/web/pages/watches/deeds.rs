//! A watch rests, goes on, is removed.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::subject::{Names, lang_of};
use crate::derive::taxonomy_for_names;
use crate::terms::cached::termbase;
use crate::web::pages::page;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::words::WatchWords;
use crate::web::{App, link};

/// The list that a reader comes from, to lead back to it; the page of the watch where there is none.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct From {
    list: String,
    q: String,
    page: String,
}

impl From {
    fn back(&self, id: i64, said: &str) -> Response {
        let address = if self.list == "1" {
            let list = link::url("/watches", &[("q", &self.q), ("page", &self.page), ("said", said)]);
            format!("{list}#w{id}")
        } else {
            link::url(&format!("/watches/{id}"), &[("said", said)])
        };
        Redirect::to(&address).into_response()
    }
}

pub(super) async fn pause(app: State<App>, id: Path<String>, Form(from): Form<From>) -> Result<Response, Problem> {
    set_paused(app, id, &from, true).await
}

pub(super) async fn resume(app: State<App>, id: Path<String>, Form(from): Form<From>) -> Result<Response, Problem> {
    set_paused(app, id, &from, false).await
}

async fn set_paused(
    State(app): State<App>,
    Path(id): Path<String>,
    from: &From,
    paused: bool,
) -> Result<Response, Problem> {
    let id = Thing::Watch.number(&id)?;
    let now = crate::now();
    if app.run(move |data| data.with_store(|store| Ok(store.pause_watch(id, paused, &now)?))).await? {
        return Ok(from.back(id, if paused { "paused" } else { "resumed" }));
    }
    Err(Problem::Missing(Thing::Watch))
}

#[derive(Template)]
#[template(path = "watch_remove.html")]
struct RemovePage {
    shell: Shell,
    ws: &'static WatchWords,
    id: i64,
    title: String,
    lang: &'static str,
    goes: String,
    paused: bool,
}

/// Asks whether a watch is to be removed, and says what goes with it.
pub(super) async fn ask_remove(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id = Thing::Watch.number(&id)?;
    let (w, ws) = (shell.w, WatchWords::of(shell.ui()));
    let found = app.run(move |data| {
        let (base, taxonomy) = (termbase(data)?, taxonomy_for_names(data.folder()));
        let names = Names { w, ws, base: &base, taxonomy: &taxonomy };
        data.with_store(|store| {
            let Some(watch) = store.watch(id)? else { return Ok(None) };
            Ok(Some((names.title(&watch), watch.paused, store.watch_tally(id)?)))
        })
    });
    let Some((title, paused, tally)) = found.await? else { return Err(Problem::Missing(Thing::Watch)) };
    let undelivered = tally.deliveries.pending + tally.deliveries.dead;
    let goes = w.goes_with_watch(tally.alerts, tally.unseen, undelivered);
    page(&RemovePage { ws, id, lang: lang_of(&title), title, goes, paused, shell })
}

pub(super) async fn remove(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = Thing::Watch.number(&id)?;
    if app.run(move |data| data.with_store(|store| Ok(store.remove_watch(id)?))).await? {
        return Ok(Redirect::to("/watches?said=removed").into_response());
    }
    Err(Problem::Missing(Thing::Watch))
}
