//! Watches: what is there, adding one, removing one.

use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::derive::{add_watch, widening};
use crate::terms::cached::{Termbase, termbase};
use crate::terms::changes::rendering_watch;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::{App, link};

use corpus::watch::Watch;

#[derive(Template)]
#[template(path = "watches.html")]
struct WatchesPage {
    shell: Shell,
    watches: Vec<Line>,
}

struct Line {
    id: i64,
    query: String,
    search: String,
    since: String,
    also: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct NewWatch {
    query: String,
}

pub(super) async fn show(State(app): State<App>, shell: Shell) -> Result<Response, Problem> {
    let lines = app.run(|data| {
        let base = termbase(data)?;
        let watches = data.with_store(|store| Ok(store.watches()?))?;
        Ok(watches.iter().map(|watch| line(&base, watch)).collect())
    });
    super::page(&WatchesPage { watches: lines.await?, shell })
}

pub(super) async fn add(State(app): State<App>, Form(new): Form<NewWatch>) -> Result<Response, Problem> {
    super::check_length(&new.query)?;
    app.run(move |data| add_watch(data, new.query.as_str().into())).await?;
    Ok(Redirect::to("/watches").into_response())
}

pub(super) async fn remove(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = Thing::Watch.number(&id)?;
    if app.run(move |data| data.with_store(|store| Ok(store.remove_watch(id)?))).await? {
        return Ok(Redirect::to("/watches").into_response());
    }
    Err(Problem::Missing(Thing::Watch))
}

/// A watch with the renderings that meet it as well, as the termbase has them now.
fn line(base: &Termbase, watch: &Watch) -> Line {
    let query = watch.subject.written();
    if let Some(term) = rendering_watch(&query) {
        return Line {
            id: watch.id,
            search: if term == "*" { "/changes".to_owned() } else { link::url("/terms", &[("q", term)]) },
            since: watch.created.chars().take(10).collect(),
            also: Vec::new(),
            query,
        };
    }
    let (also, designations) = widening(base, watch);
    Line {
        id: watch.id,
        search: link::search(&query),
        since: watch.created.chars().take(10).collect(),
        also: also
            .into_iter()
            .flat_map(|also| also.renderings)
            .map(|rendering| rendering.text)
            .chain(designations)
            .collect(),
        query,
    }
}
