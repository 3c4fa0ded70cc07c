//! One watch: what it tracks, how it tells, and its latest alerts.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use corpus::store::WatchTally;
use corpus::watch::{Alert, Subject, Watch};
use serde::Deserialize;

use super::subject::{AlsoView, Names, SubjectView, lang_of};
use crate::Error;
use crate::data::Data;
use crate::derive::{Commonness, commonness, taxonomy_for_names};
use crate::terms::cached::termbase;
use crate::web::pages::page;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::{self, Part, Said};
use crate::web::words::{WatchWords, Words};
use crate::web::{App, link};

/// How many alerts are shown.
const LATEST: usize = 10;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Params {
    /// What has just been done.
    said: String,
}

#[derive(Template)]
#[template(path = "watch.html")]
struct WatchPage {
    shell: Shell,
    ws: &'static WatchWords,
    id: i64,
    notice: Option<&'static str>,
    warning: Option<String>,
    feed: String,
    title: String,
    lang: &'static str,
    subject: SubjectView,
    also: Option<AlsoView>,
    documents: Option<String>,
    /// How often, and when that is.
    schedule: (&'static str, &'static str),
    /// Where to: mail addresses in full, webhooks by their host.
    channels: Vec<String>,
    note: String,
    made: String,
    paused: bool,
    alerts: Vec<AlertLine>,
    told: String,
    unseen: Option<String>,
    deliveries: Option<String>,
}

struct AlertLine {
    title: Said,
    date: String,
    page_href: String,
    page: u32,
    ocr: bool,
    lang: &'static str,
    parts: Vec<Part>,
    /// What became of a term's rendering: the term, the former one, the new one.
    change: Option<[String; 3]>,
    seen: bool,
}

/// What the store has on a watch.
struct Found {
    watch: Watch,
    title: String,
    subject: SubjectView,
    also: Option<AlsoView>,
    alerts: Vec<Alert>,
    tally: WatchTally,
    common: Option<Commonness>,
}

pub(super) async fn show(
    State(app): State<App>,
    shell: Shell,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let id = Thing::Watch.number(&id)?;
    let (w, ws) = (shell.w, WatchWords::of(shell.ui()));
    // Whoever has just said what to watch for should know that it will be met often.
    let warns = matches!(&*params.said, "made" | "saved");
    let found = app.run(move |data| find(data, w, ws, id, warns)).await?;
    page(&watch_page(shell, found.ok_or(Problem::Missing(Thing::Watch))?, &params.said))
}

fn find(data: &Data, w: &'static Words, ws: &'static WatchWords, id: i64, warns: bool) -> Result<Option<Found>, Error> {
    let (base, taxonomy) = (termbase(data)?, taxonomy_for_names(data.folder()));
    let names = Names { w, ws, base: &base, taxonomy: &taxonomy };
    let known = data.with_store(|store| {
        let Some(watch) = store.watch(id)? else { return Ok(None) };
        Ok(Some((watch, store.alerts_of_watch(id, LATEST)?, store.watch_tally(id)?)))
    })?;
    let Some((watch, alerts, tally)) = known else { return Ok(None) };
    let common = if warns { commonness(data, &watch.settings())? } else { None };
    let (title, subject, also) = (names.title(&watch), names.subject(&watch.subject), names.also(&watch));
    Ok(Some(Found { watch, title, subject, also, alerts, tally, common }))
}

fn watch_page(shell: Shell, found: Found, said: &str) -> WatchPage {
    let w = shell.w;
    let Found { watch, title, subject, also, alerts, tally, common } = found;
    let is_of_renderings = matches!(watch.subject, Subject::Rendering(_));
    WatchPage {
        ws: WatchWords::of(shell.ui()),
        id: watch.id,
        feed: shell.feed(&format!("/watch/{}/feed.atom", watch.id)),
        notice: w.watch_notice(said),
        warning: common.map(|common| w.common(common)),
        lang: lang_of(&title),
        title,
        subject,
        also,
        documents: super::documents_told(w, &watch),
        schedule: (w.schedule(watch.schedule), w.schedule_about(watch.schedule)),
        channels: watch.channels.iter().map(|channel| channel.kind.shown()).collect(),
        made: watch.created.chars().take(10).collect(),
        note: watch.note,
        paused: watch.paused,
        alerts: alerts.into_iter().map(|alert| alert_line(alert, is_of_renderings)).collect(),
        told: w.alerts_counted(tally.alerts),
        unseen: (tally.unseen > 0).then(|| w.unseen_counted(tally.unseen)),
        deliveries: w.deliveries_counted(tally.deliveries),
        shell,
    }
}

fn alert_line(alert: Alert, is_of_renderings: bool) -> AlertLine {
    AlertLine {
        title: Said::new(alert.title, alert.language).to(link::document(alert.document)),
        date: alert.created.chars().take(10).collect(),
        page_href: link::page(alert.document, alert.page),
        page: alert.page,
        ocr: alert.ocr,
        lang: alert.language.code(),
        parts: view::marked(&alert.sentence, &alert.atoms),
        change: if is_of_renderings { alert.atoms.try_into().ok() } else { None },
        seen: alert.seen,
    }
}
