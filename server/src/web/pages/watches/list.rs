//! The list of watches, newest first, with what came of each.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use corpus::document::Language;
use corpus::store::WatchTally;
use corpus::topic::Taxonomy;
use corpus::watch::Watch;
use ingest::facts::agency_called;
use serde::Deserialize;

use super::subject::{AlsoView, Names, SubjectView, lang_of};
use crate::derive::taxonomy_for_names;
use crate::terms::cached::termbase;
use crate::web::pages::{Pager, check_length, page, page_number};
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::words::{WatchWords, Words};
use crate::web::{App, link};

/// How many watches a page shows.
const SIZE: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    /// What a watch must hold.
    q: String,
    page: String,
    /// What has just been done.
    said: String,
}

#[derive(Template)]
#[template(path = "watches.html")]
struct WatchesPage {
    shell: Shell,
    ws: &'static WatchWords,
    notice: Option<&'static str>,
    lines: Vec<Line>,
    /// How many there are that hold what was asked for.
    total: usize,
    asked: String,
    /// Whether there are so many that one looks for them.
    many: bool,
    examples: [(String, &'static str); 3],
    pager: Pager,
}

struct Line {
    id: i64,
    title: String,
    lang: &'static str,
    is_named: bool,
    subject: SubjectView,
    also: Option<AlsoView>,
    paused: bool,
    /// Languages and kinds, schedule, channels.
    about: Vec<String>,
    alerts: String,
    has_alerts: bool,
    newest: Option<String>,
    unseen: Option<String>,
    feed: String,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    check_length(&params.q)?;
    let (w, ws) = (shell.w, WatchWords::of(shell.ui()));
    let (asked, here) = (params.q.trim().to_owned(), page_number(Some(&params.page)));
    let (text, frame) = (asked.clone(), shell.clone());
    let found = app.run(move |data| {
        let (base, taxonomy) = (termbase(data)?, taxonomy_for_names(data.folder()));
        let mut values = values_called(&taxonomy, &text);
        let names = Names { w, ws, base: &base, taxonomy: &taxonomy };
        data.with_store(|store| {
            for language in [Language::Zh, Language::En] {
                let concepts = store.concepts_designated(&text, language)?;
                values.extend(concepts.iter().map(ToString::to_string));
            }
            let (watches, total) = store.find_watches(&text, &values, SIZE, (here - 1) * SIZE)?;
            let lines = watches.iter().map(|watch| Ok(line(&frame, &names, watch, store.watch_tally(watch.id)?)));
            Ok((lines.collect::<Result<Vec<_>, crate::Error>>()?, total))
        })
    });
    let (lines, total) = found.await?;
    page(&WatchesPage {
        notice: w.watch_notice(&params.said),
        many: total > SIZE || !asked.is_empty(),
        pager: Pager::new(here, SIZE, total, |page| link::url("/watches", &[("q", &asked), ("page", page)])),
        examples: examples(ws),
        lines,
        total,
        asked,
        ws,
        shell,
    })
}

/// What an agency or a topic of that name is known by: watches have it, and not the name.
fn values_called(taxonomy: &Taxonomy, text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    let lower = text.to_lowercase();
    let is_called = |name: &str| name.to_lowercase().contains(&lower);
    let topics = taxonomy.topics.iter().filter(|topic| is_called(&topic.zh) || is_called(&topic.en));
    let agency = agency_called(text).map(|agency| agency.id.clone());
    topics.map(|topic| topic.id.clone()).chain(agency).collect()
}

fn examples(ws: &'static WatchWords) -> [(String, &'static str); 3] {
    let new = |kind, value| link::url("/watches/new", &[("kind", kind), ("value", value)]);
    [
        (new("query", "\"embodied AI\" OR 具身智能"), ws.example_query),
        (new("issuer", "MIIT"), ws.example_issuer),
        (new("standard", "GB/T 1.1"), ws.example_standard),
    ]
}

fn line(shell: &Shell, names: &Names<'_>, watch: &Watch, tally: WatchTally) -> Line {
    let w = names.w;
    let (title, subject) = (names.title(watch), names.subject(&watch.subject));
    Line {
        id: watch.id,
        lang: lang_of(&title),
        is_named: title != subject.said.text,
        title,
        subject,
        also: names.also(watch),
        paused: watch.paused,
        about: about(w, watch),
        alerts: w.alerts_counted(tally.alerts),
        has_alerts: tally.alerts > 0,
        newest: tally.newest.map(|newest| newest.chars().take(10).collect()),
        unseen: (tally.unseen > 0).then(|| w.unseen_counted(tally.unseen)),
        feed: shell.feed(&format!("/watch/{}/feed.atom", watch.id)),
    }
}

fn about(w: &'static Words, watch: &Watch) -> Vec<String> {
    let webhooks = watch.channels.iter().filter(|channel| channel.kind.name() == "webhook").count();
    let channels = w.channels_counted(watch.channels.len() - webhooks, webhooks);
    let schedule = channels.is_some().then(|| w.schedule(watch.schedule).to_owned());
    super::documents_told(w, watch).into_iter().chain(schedule).chain(channels).collect()
}
