//! Alerts as Atom feeds: of a watch, and of all. A reader that has the newest is told so without the feed being sent.

use std::collections::BTreeSet;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::problem::{Problem, Thing};
use super::{App, link};
use crate::deliver::feed::{Entry, Feed};
use corpus::watch::Alert;

/// How many alerts a feed has: more than come between two visits of a reader.
const SHOWN: usize = 500;
/// When a feed changed is told to the second, so that two changes in one would look like one. Only what is older than
/// this is told (RFC 9110, section 8.8.2.2).
const SETTLED: SignedDuration = SignedDuration::from_secs(60);
/// A date of HTTP (RFC 9110, section 5.6.7).
const HTTP_DATE: &str = "%a, %d %b %Y %H:%M:%S GMT";

pub(super) fn routes() -> Router<App> {
    Router::new().route("/watch/{id}/feed.atom", get(of_watch)).route("/alerts.atom", get(of_all))
}

async fn of_watch(State(app): State<App>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    let id = Thing::Watch.number(&id)?;
    let found = app.run(move |data| {
        data.with_store(|store| {
            let Some(watch) = store.watch(id)? else { return Ok(None) };
            Ok(Some((watch, store.alerts_of_watch(id, SHOWN)?, store.identity()?)))
        })
    });
    let Some((watch, alerts, identity)) = found.await? else { return Err(Problem::Missing(Thing::Watch)) };
    let own = own_address(&app, &headers);
    let feed = Feed {
        identity: &identity,
        watch: Some(id),
        title: &format!("{} · Policyglot", watch.title()),
        created: &watch.created,
        own_url: &format!("{own}/watch/{id}/feed.atom"),
        page_url: &format!("{own}/alerts?watch={id}"),
        entries: alerts.iter().map(|alert| entry(alert, &own)).collect(),
    };
    answer(&feed, &headers, Timestamp::now())
}

async fn of_all(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let found =
        app.run(|data| data.with_store(|store| Ok((store.alerts(SHOWN)?, store.watches()?, store.identity()?))));
    let (alerts, watches, identity) = found.await?;
    let own = own_address(&app, &headers);
    let created = watches.iter().map(|watch| watch.created.as_str()).min();
    let feed = Feed {
        identity: &identity,
        watch: None,
        title: "Policyglot",
        created: created.unwrap_or("1970-01-01T00:00:00Z"),
        own_url: &format!("{own}/alerts.atom"),
        page_url: &format!("{own}/alerts"),
        entries: alerts.iter().map(|alert| entry(alert, &own)).collect(),
    };
    answer(&feed, &headers, Timestamp::now())
}

fn entry(alert: &Alert, own: &str) -> Entry {
    let names = [alert.watch_name.as_str()].into_iter().chain(alert.atoms.iter().map(String::as_str));
    Entry {
        alert: alert.id,
        title: alert.title.clone(),
        url: format!("{own}{}", link::page(alert.document, alert.page)),
        created: alert.created.clone(),
        categories: names.collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect(),
        content: alert.sentence.clone(),
    }
}

/// Where this server is reached: what its owner says, or what it was asked as.
fn own_address(app: &App, headers: &HeaderMap) -> String {
    if let Some(own) = app.access.public_url() {
        return own.to_owned();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("127.0.0.1");
    format!("http://{host}")
}

/// The feed, or that the reader has it.
fn answer(feed: &Feed<'_>, asked: &HeaderMap, now: Timestamp) -> Result<Response, Problem> {
    let xml = feed.write().map_err(|_| Problem::Broken)?;
    // Weak, since the same feed may be sent compressed or not.
    let hash: String = Sha256::digest(&xml).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("W/\"{hash}\"");
    let updated = feed.updated().parse::<Timestamp>().ok().filter(|updated| now.duration_since(*updated) > SETTLED);
    let mut headers = HeaderMap::new();
    let mut set = |name, value: &str| HeaderValue::from_str(value).map(|value| headers.insert(name, value)).is_ok();
    set(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8");
    set(header::ETAG, &tag);
    if let Some(updated) = updated {
        set(header::LAST_MODIFIED, &updated.strftime(HTTP_DATE).to_string());
    }
    if is_known(asked, &tag, updated) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    Ok((headers, xml).into_response())
}

/// Whether the reader has the feed: by its tag, and only where it gives none, by its date (RFC 9110, section 13.2.2).
fn is_known(asked: &HeaderMap, tag: &str, updated: Option<Timestamp>) -> bool {
    if asked.contains_key(header::IF_NONE_MATCH) {
        let given = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|tags| tags.to_str().ok());
        let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        return given.flat_map(|tags| tags.split(',')).any(|given| given.trim() == "*" || opaque(given) == opaque(tag));
    }
    let Some(given) = asked.get(header::IF_MODIFIED_SINCE).and_then(|date| date.to_str().ok()) else { return false };
    let since = jiff::fmt::rfc2822::parse(given).ok().map(|date| date.timestamp().as_second());
    matches!((since, updated), (Some(since), Some(updated)) if updated.as_second() <= since)
}
