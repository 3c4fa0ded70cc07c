//! Alerts: which new documents met which watch, when, where and why.

mod days;
mod line;
mod met;
pub(super) mod subject;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use corpus::topic::Taxonomy;
use corpus::watch::{Alert, AlertCounts, AlertDocument, AlertFilter, DeliveryState, Watch, WatchTally};
use jiff::Zoned;
use serde::Deserialize;

use crate::Error;
use crate::data::Data;
use crate::derive::taxonomy_for_names;
use crate::pictures::has_pictures;
use crate::terms::cached::{Termbase, termbase};
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::words::{AlertsWords, SearchWords, WatchWords};
use crate::web::{App, assets, link, safety};

use super::watches::subject::Names;
use line::{Line, Lines};

/// How many alerts a page shows.
const SIZE: usize = 50;
/// How many watches the list at the side names.
const WATCHES: usize = 60;
/// So many of them without being asked.
const FIRST_WATCHES: usize = 12;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/alerts", get(show)).route("/alerts/seen", post(mark_seen))
}

/// Which alerts are asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    /// Only those of this watch.
    watch: String,
    /// `no`: only those that nobody has seen.
    seen: String,
    /// Only those that were made before this one.
    before: String,
    /// How many have just been marked as seen.
    marked: String,
}

impl Params {
    fn filter(&self) -> Result<AlertFilter, Problem> {
        let watch = match self.watch.trim() {
            "" => None,
            given => Some(Thing::Watch.number(given)?),
        };
        Ok(AlertFilter { watch, unseen: self.seen == "no" })
    }

    fn before(&self) -> Option<i64> {
        self.before.trim().parse().ok()
    }
}

/// The address of the alerts that a filter gives.
fn address(filter: AlertFilter, more: &[(&str, &str)]) -> String {
    let watch = filter.watch.map_or(String::new(), |watch| watch.to_string());
    let mut query = vec![("watch", watch.as_str()), ("seen", if filter.unseen { "no" } else { "" })];
    query.extend(more);
    link::url("/alerts", &query)
}

#[derive(Template)]
#[template(path = "alerts.html")]
struct AlertsPage {
    shell: Shell,
    aw: &'static AlertsWords,
    s: &'static SearchWords,
    script: &'static str,
    counts: AlertCounts,
    days: Vec<DayView>,
    /// The watch whose alerts alone are shown.
    watch: Option<Said>,
    /// Its number, or nothing.
    watch_value: String,
    watches: Vec<WatchChoice>,
    more_watches: Vec<WatchChoice>,
    /// All alerts, and those that are unseen, of the watch or of all.
    all: String,
    unseen: String,
    is_unseen: bool,
    everything: String,
    feed: String,
    deliveries: String,
    dead_deliveries: String,
    dead: usize,
    /// The newest alert that is shown: what is marked as seen goes up to it.
    up_to: Option<i64>,
    /// The newest alert that there is: the script tells of those after it.
    newest: i64,
    older: Option<String>,
    /// The beginning of the list, of a page that is not its beginning.
    beginning: Option<String>,
    /// That alerts have been marked as seen.
    marked: Option<String>,
    has_watches: bool,
}

struct DayView {
    said: String,
    date: String,
    lines: Vec<Line>,
}

/// A watch to choose.
struct WatchChoice {
    name: Said,
    href: String,
    counts: AlertCounts,
    chosen: bool,
}

/// What a page is made of.
struct Found {
    alerts: Vec<Alert>,
    newest: i64,
    counts: AlertCounts,
    /// Of all watches.
    all: AlertCounts,
    documents: BTreeMap<i64, AlertDocument>,
    /// The documents whose pages can be drawn.
    drawn: BTreeSet<i64>,
    watches: BTreeMap<i64, Watch>,
    tallies: Vec<WatchTally>,
    dead: usize,
    has_watches: bool,
    base: Arc<Termbase>,
    taxonomy: Taxonomy,
}

async fn show(State(app): State<App>, shell: Shell, Query(params): Query<Params>) -> Result<Response, Problem> {
    let (filter, before) = (params.filter()?, params.before());
    let found = app.run(move |data| find(data, filter, before)).await?;
    if filter.watch.is_some_and(|watch| !found.watches.contains_key(&watch)) {
        return Err(Problem::Missing(Thing::Watch));
    }
    let mut response = super::page(&page(shell, found, filter, &params))?;
    let policy = HeaderValue::from_static(safety::SCRIPTED_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn find(data: &Data, filter: AlertFilter, before: Option<i64>) -> Result<Found, Error> {
    let base = termbase(data)?;
    data.with_store(|store| {
        // Before the list, so that the script tells of whatever the list does not have.
        let newest = store.newest_alert()?;
        let alerts = store.alerts_before(filter, before.unwrap_or(i64::MAX), SIZE + 1)?;
        let documents = store.alert_documents(&alerts)?;
        let drawn = documents.iter().filter(|(_, document)| has_pictures(store, &document.hash)).map(|(id, _)| *id);
        let drawn = drawn.collect();
        let mut watches = BTreeMap::new();
        for id in alerts.iter().map(|alert| alert.watch).chain(filter.watch) {
            if let (false, Some(watch)) = (watches.contains_key(&id), store.watch(id)?) {
                watches.insert(id, watch);
            }
        }
        let tallies = store.watch_tallies(WATCHES)?;
        let dead = match filter.watch {
            Some(watch) => store.delivery_counts_of_watch(watch)?,
            None => store.delivery_counts()?,
        };
        let all = store.count_alerts(None)?;
        let counts = if filter.watch.is_some() { store.count_alerts(filter.watch)? } else { all };
        let has_watches = !tallies.is_empty() || store.has_watches()?;
        let dead = dead.of(Some(DeliveryState::Dead));
        let (base, taxonomy) = (base, taxonomy_for_names(data.folder()));
        Ok(Found { alerts, newest, counts, all, documents, drawn, watches, tallies, dead, has_watches, base, taxonomy })
    })
}

fn page(shell: Shell, mut found: Found, filter: AlertFilter, params: &Params) -> AlertsPage {
    let (w, aw) = (shell.w, AlertsWords::of(shell.ui()));
    let now = Zoned::now();
    let is_cut = found.alerts.len() > SIZE;
    found.alerts.truncate(SIZE);
    let up_to = found.alerts.first().map(|alert| alert.id);
    let last = found.alerts.last().filter(|_| is_cut).map(|alert| alert.id.to_string());
    let names = Names { w, ws: WatchWords::of(shell.ui()), base: &found.base, taxonomy: &found.taxonomy };
    let choices = choices(&names, &found.tallies, found.all, filter, aw);
    let (watches, more_watches) = folded(choices);
    let days = days::by_day(&found.alerts, now.time_zone());
    let lines = Lines::new(&names, aw, &found, now.time_zone());
    let day = |day: days::Day<'_>| DayView {
        said: aw.day(day.date, now.date()),
        date: day.date.to_string(),
        lines: day.of.iter().map(|alert| lines.line(alert)).collect(),
    };
    let watch = filter.watch.and_then(|id| found.watches.get(&id));
    let is_beginning = params.before().is_none();
    AlertsPage {
        aw,
        s: SearchWords::of(shell.ui()),
        script: assets::alerts_script_address(),
        counts: found.counts,
        days: days.into_iter().map(day).collect(),
        watch: watch.map(|watch| subject::linked(&names, watch)),
        watch_value: filter.watch.map_or(String::new(), |watch| watch.to_string()),
        watches,
        more_watches,
        all: address(AlertFilter { unseen: false, ..filter }, &[]),
        unseen: address(AlertFilter { unseen: true, ..filter }, &[]),
        is_unseen: filter.unseen,
        everything: address(AlertFilter { watch: None, ..filter }, &[]),
        feed: filter
            .watch
            .map_or_else(|| shell.feed("/alerts.atom"), |watch| shell.feed(&format!("/watch/{watch}/feed.atom"))),
        deliveries: link::url("/deliveries", &[("watch", &params.watch)]),
        dead_deliveries: link::url("/deliveries", &[("state", "dead"), ("watch", &params.watch)]),
        dead: found.dead,
        up_to,
        newest: found.newest,
        older: last.map(|last| address(filter, &[("before", &last)])),
        beginning: (!is_beginning).then(|| address(filter, &[])),
        marked: params.marked.parse().ok().map(|count| aw.marked(count)),
        has_watches: found.has_watches,
        shell,
    }
}

/// The watches that can be chosen, all of them first.
fn choices(
    names: &Names<'_>,
    tallies: &[WatchTally],
    all: AlertCounts,
    filter: AlertFilter,
    aw: &'static AlertsWords,
) -> Vec<WatchChoice> {
    if tallies.is_empty() {
        return Vec::new();
    }
    let to = |watch: Option<i64>| address(AlertFilter { watch, ..filter }, &[]);
    let of_all =
        WatchChoice { name: Said::plain(aw.all_watches), href: to(None), counts: all, chosen: filter.watch.is_none() };
    let of_one = |tally: &WatchTally| {
        let chosen = filter.watch == Some(tally.watch);
        WatchChoice {
            name: subject::title(names, &tally.name, &tally.subject),
            href: to(Some(tally.watch).filter(|_| !chosen)),
            counts: tally.counts,
            chosen,
        }
    };
    std::iter::once(of_all).chain(tallies.iter().map(of_one)).collect()
}

/// The first of them, and those that are shown when they are asked for; the chosen one is always among the first.
fn folded(mut choices: Vec<WatchChoice>) -> (Vec<WatchChoice>, Vec<WatchChoice>) {
    let mut more = choices.split_off(choices.len().min(FIRST_WATCHES + 1));
    if let Some(at) = more.iter().position(|choice| choice.chosen) {
        choices.push(more.remove(at));
    }
    (choices, more)
}

/// Up to which alert all are seen, and where one was.
#[derive(Debug, Deserialize)]
struct Seen {
    up_to: i64,
    #[serde(default)]
    watch: String,
    #[serde(default)]
    seen: String,
}

async fn mark_seen(State(app): State<App>, Form(sent): Form<Seen>) -> Result<Response, Problem> {
    let filter = Params { watch: sent.watch, seen: sent.seen, ..Params::default() }.filter()?;
    let now = crate::now();
    let marked =
        app.run(move |data| data.with_store(|store| Ok(store.mark_alerts_seen(filter.watch, sent.up_to, &now)?)));
    let marked = marked.await?.to_string();
    app.unseen.forget();
    Ok(Redirect::to(&address(filter, &[("marked", &marked)])).into_response())
}
