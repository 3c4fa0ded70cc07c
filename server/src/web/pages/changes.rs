//! Renderings that changed: which document was the first to render a term otherwise.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use corpus::document::Language;
use corpus::term::RenderingChange;
use corpus::watch::RENDERING;
use serde::Deserialize;

use super::Pager;
use crate::derive::date_of_dates;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::{self, Part, Said};
use crate::web::words::ChangesWords;
use crate::web::{App, link};

/// How many changes a page shows.
const SIZE: usize = 50;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/changes", get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    concept: String,
    page: String,
}

#[derive(Template)]
#[template(path = "changes.html")]
struct ChangesPage {
    shell: Shell,
    tw: &'static ChangesWords,
    lines: Vec<Line>,
    watched: bool,
    watch_all: String,
    pager: Pager,
}

struct Line {
    zh: Said,
    before: String,
    now: String,
    document: Said,
    date: Option<String>,
    noticed: String,
    place: Option<Seen>,
}

/// The sentence in which the new rendering stands first.
struct Seen {
    parts: Vec<Part>,
    href: String,
    page: u32,
}

async fn show(State(app): State<App>, shell: Shell, Query(params): Query<Params>) -> Result<Response, Problem> {
    let concept = match params.concept.trim() {
        "" => None,
        given => Some(Thing::Concept.number(given)?),
    };
    let here = super::page_number(Some(&params.page));
    let found = app.run(move |data| {
        data.with_store(|store| {
            let changes = store.rendering_changes(concept, SIZE, (here - 1) * SIZE)?;
            Ok((changes, store.rendering_change_count()?, store.watches()?))
        })
    });
    let (changes, total, watches) = found.await?;
    let watch_all = format!("{RENDERING}*");
    let total = if concept.is_some() { changes.len() } else { total };
    super::page(&ChangesPage {
        tw: ChangesWords::of(shell.ui()),
        lines: changes.into_iter().map(line).collect(),
        watched: watches.iter().any(|watch| watch.subject.written() == watch_all),
        watch_all,
        pager: Pager::new(here, SIZE, total, |page| link::url("/changes", &[("page", page)])),
        shell,
    })
}

fn line(change: RenderingChange) -> Line {
    let place = change.text.as_ref().zip(change.sentence).map(|(text, sentence)| Seen {
        parts: view::marked(text, std::slice::from_ref(&change.en)),
        href: link::sentence(change.document, sentence),
        page: change.page.unwrap_or(1),
    });
    Line {
        zh: Said::new(change.zh, Language::Zh).to(link::concept(change.concept)),
        before: change.en_before,
        now: change.en,
        document: Said::by_script(change.title).to(link::document(change.document)),
        date: date_of_dates(&change.dates),
        noticed: change.noticed.chars().take(10).collect(),
        place,
    }
}
