//! Deliveries: what was sent of alerts, what is to be, and what could not be.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use corpus::watch::{ChannelKind, Delivery, DeliveryCounts, DeliveryFilter, DeliveryState, Watch};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Deserialize;

use super::alerts::subject::linked;
use super::watches::subject::Names;
use crate::Error;
use crate::data::Data;
use crate::derive::taxonomy_for_names;
use crate::terms::cached::{Termbase, termbase};
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::words::{DeliveriesWords, WatchWords, Words};
use crate::web::{App, link};

/// How many deliveries a page shows.
const SIZE: usize = 30;
/// How many alerts of each.
const TOLD: usize = 10;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/deliveries", get(show)).route("/deliveries/{id}/resend", post(resend))
}

/// Which deliveries are asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Params {
    /// Only those of this watch.
    watch: String,
    /// Only those in this state.
    state: String,
    /// Only those that were made before this one.
    before: String,
    /// What has just been done: `again`, or `not`.
    said: String,
}

impl Params {
    fn filter(&self) -> Result<DeliveryFilter, Problem> {
        let watch = match self.watch.trim() {
            "" => None,
            given => Some(Thing::Watch.number(given)?),
        };
        Ok(DeliveryFilter { watch, state: DeliveryState::from_name(&self.state) })
    }
}

fn address(filter: DeliveryFilter, more: &[(&str, &str)]) -> String {
    let watch = filter.watch.map_or(String::new(), |watch| watch.to_string());
    let mut query = vec![("watch", watch.as_str()), ("state", filter.state.map_or("", DeliveryState::name))];
    query.extend(more);
    link::url("/deliveries", &query)
}

#[derive(Template)]
#[template(path = "deliveries.html")]
struct DeliveriesPage {
    shell: Shell,
    dw: &'static DeliveriesWords,
    /// The watch whose deliveries alone are shown.
    watch: Option<Said>,
    everything: String,
    states: Vec<StateChoice>,
    lines: Vec<Line>,
    older: Option<String>,
    beginning: Option<String>,
    said: Option<&'static str>,
    /// Whether there is any delivery, of the watch or of all.
    has_any: bool,
    all: String,
    /// The filter, to come back to this list.
    resend_query: String,
}

/// A state to choose.
struct StateChoice {
    name: &'static str,
    href: String,
    count: usize,
    chosen: bool,
    warns: bool,
}

/// A delivery as the page shows it.
struct Line {
    id: String,
    state: &'static str,
    /// The name of the state, for its style.
    class: &'static str,
    watch: Said,
    channel: &'static str,
    /// The address without what may be secret of it.
    target: String,
    total: usize,
    attempts: usize,
    created: Moment,
    /// What its last or next time is of, and when.
    when: Option<(&'static str, Moment)>,
    /// Why the last attempt failed, and in which language.
    error: Option<(String, &'static str)>,
    can_resend: bool,
    alerts: Vec<AlertLine>,
    left_out: usize,
    all_alerts: String,
}

struct AlertLine {
    title: Said,
    page: u32,
}

/// A time as the reader's clock has it, and as RFC 3339.
struct Moment {
    said: String,
    written: String,
}

/// What a page is made of.
struct Found {
    deliveries: Vec<Delivery>,
    counts: DeliveryCounts,
    watch: Option<Watch>,
    watches: Vec<Watch>,
    base: Arc<Termbase>,
    taxonomy: corpus::topic::Taxonomy,
}

async fn show(State(app): State<App>, shell: Shell, Query(params): Query<Params>) -> Result<Response, Problem> {
    let filter = params.filter()?;
    let before = Some(params.before.clone()).filter(|before| !before.is_empty());
    let found = app.run(move |data| find(data, filter, before.as_deref())).await?;
    if filter.watch.is_some() && found.watch.is_none() {
        return Err(Problem::Missing(Thing::Watch));
    }
    super::page(&page(shell, found, filter, &params))
}

fn find(data: &Data, filter: DeliveryFilter, before: Option<&str>) -> Result<Found, Error> {
    let base = termbase(data)?;
    data.with_store(|store| {
        let deliveries = store.deliveries_before(filter, before, SIZE + 1, TOLD)?;
        let mut watches: Vec<Watch> = Vec::new();
        for delivery in &deliveries {
            if !watches.iter().any(|watch| watch.id == delivery.watch) {
                watches.extend(store.watch(delivery.watch)?);
            }
        }
        let (watch, counts) = match filter.watch {
            Some(id) => (store.watch(id)?, store.delivery_counts_of_watch(id)?),
            None => (None, store.delivery_counts()?),
        };
        Ok(Found { deliveries, counts, watch, watches, base, taxonomy: taxonomy_for_names(data.folder()) })
    })
}

fn page(shell: Shell, mut found: Found, filter: DeliveryFilter, params: &Params) -> DeliveriesPage {
    let dw = DeliveriesWords::of(shell.ui());
    let is_cut = found.deliveries.len() > SIZE;
    found.deliveries.truncate(SIZE);
    let last = found.deliveries.last().filter(|_| is_cut).map(|delivery| delivery.id.as_str());
    let names = Names { w: shell.w, ws: WatchWords::of(shell.ui()), base: &found.base, taxonomy: &found.taxonomy };
    let lines = Lines { w: shell.w, dw, names: &names, watches: &found.watches, now: Zoned::now() };
    let choices = [None].into_iter().chain(DeliveryState::ALL.map(Some));
    DeliveriesPage {
        dw,
        watch: found.watch.as_ref().map(|watch| linked(&names, watch)),
        everything: address(DeliveryFilter { watch: None, ..filter }, &[]),
        states: choices.map(|state| state_choice(dw, found.counts, filter, state)).collect(),
        lines: found.deliveries.iter().map(|delivery| lines.line(delivery)).collect(),
        older: last.map(|last| address(filter, &[("before", last)])),
        beginning: (!params.before.is_empty()).then(|| address(filter, &[])),
        said: match params.said.as_str() {
            "again" => Some(dw.sent_again),
            "not" => Some(dw.not_dead),
            _ => None,
        },
        has_any: found.counts.of(None) > 0,
        all: address(DeliveryFilter { state: None, ..filter }, &[]),
        resend_query: address(filter, &[]).trim_start_matches("/deliveries").to_owned(),
        shell,
    }
}

fn state_choice(
    dw: &'static DeliveriesWords,
    counts: DeliveryCounts,
    filter: DeliveryFilter,
    state: Option<DeliveryState>,
) -> StateChoice {
    let count = counts.of(state);
    StateChoice {
        name: state.map_or(dw.all, |state| dw.state(state)),
        href: address(DeliveryFilter { state, ..filter }, &[]),
        count,
        chosen: filter.state == state,
        warns: state == Some(DeliveryState::Dead) && count > 0,
    }
}

/// What lines are made with.
struct Lines<'a> {
    w: &'static Words,
    dw: &'static DeliveriesWords,
    names: &'a Names<'a>,
    watches: &'a [Watch],
    now: Zoned,
}

impl Lines<'_> {
    fn line(&self, delivery: &Delivery) -> Line {
        let watch = self.watches.iter().find(|watch| watch.id == delivery.watch);
        let alert = |alert: &corpus::watch::Alert| AlertLine {
            title: Said::new(&alert.title, alert.language).to(link::page(alert.document, alert.page)),
            page: alert.page,
        };
        let kind = &delivery.channel.kind;
        Line {
            id: delivery.id.clone(),
            state: self.dw.state(delivery.state),
            class: delivery.state.name(),
            watch: watch.map_or_else(|| Said::by_script(&delivery.watch_name), |watch| linked(self.names, watch)),
            channel: match kind {
                ChannelKind::Mail { .. } => self.dw.mail,
                ChannelKind::Webhook { .. } => self.dw.webhook,
            },
            target: shown(kind),
            total: delivery.total,
            attempts: delivery.attempts,
            created: self.moment(&delivery.created),
            when: self.when(delivery),
            error: delivery.last_error.as_deref().map(|error| self.dw.fault(error)),
            can_resend: delivery.state == DeliveryState::Dead,
            alerts: delivery.alerts.iter().map(alert).collect(),
            left_out: delivery.total.saturating_sub(delivery.alerts.len()),
            all_alerts: link::url("/alerts", &[("watch", &delivery.watch.to_string())]),
        }
    }

    /// What the last or next time of a delivery is of; one that is due needs none.
    fn when(&self, delivery: &Delivery) -> Option<(&'static str, Moment)> {
        let name = match delivery.state {
            DeliveryState::Pending => self.dw.next,
            DeliveryState::Delivered => self.dw.done,
            DeliveryState::Dead => self.dw.given_up,
        };
        let mut moment = self.moment(&delivery.next_attempt);
        if delivery.state == DeliveryState::Pending {
            let next: Timestamp = delivery.next_attempt.parse().ok()?;
            let seconds = next.as_second().saturating_sub(self.now.timestamp().as_second());
            moment.said = match seconds {
                ..60 => self.dw.wait(seconds),
                _ => format!("{}{}{}", self.dw.wait(seconds), self.w.comma, moment.said),
            };
        }
        Some((name, moment))
    }

    fn moment(&self, written: &str) -> Moment {
        let said = clock(written, self.now.time_zone()).unwrap_or_else(|| written.to_owned());
        Moment { said, written: written.to_owned() }
    }
}

/// A time by the server's clock, to the minute.
fn clock(written: &str, zone: &TimeZone) -> Option<String> {
    let time = written.parse::<Timestamp>().ok()?.to_zoned(zone.clone());
    Some(format!("{} {:02}:{:02}", time.date(), time.hour(), time.minute()))
}

/// An address without what may be secret of it: of a webhook the host, since paths of webhooks often are the key.
fn shown(kind: &ChannelKind) -> String {
    match kind {
        ChannelKind::Mail { address } => address.clone(),
        ChannelKind::Webhook { url, .. } => {
            let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
            let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
            let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
            let host = authority.rsplit('@').next().unwrap_or_default();
            let more = if path.len() > 1 { "/…" } else { path };
            format!("{scheme}://{host}{more}")
        }
    }
}

/// Has a delivery sent again that was given up.
async fn resend(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let now = crate::now();
    let found = app.run(move |data| {
        data.with_store(|store| {
            let Some(delivery) = store.delivery(&id)? else { return Ok(None) };
            Ok(Some(delivery.state == DeliveryState::Dead && store.resend(&id, &now)?))
        })
    });
    let said = match found.await? {
        Some(true) => "again",
        Some(false) => "not",
        None => return Err(Problem::Missing(Thing::Page)),
    };
    // To the list that it was asked from; of those that failed it is none any more.
    Ok(Redirect::to(&address(params.filter()?, &[("said", said)])).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: &str) {
        assert_eq!(shown(&ChannelKind::Webhook { url: url.to_owned(), secret: String::new() }), expected);
    }

    #[test]
    fn the_address_of_a_webhook_is_shown_without_its_secrets() {
        check("https://hooks.example.org/services/T1/B2/key", "https://hooks.example.org/…");
        check("https://example.org/", "https://example.org/");
        check("https://example.org", "https://example.org");
        check("https://user:word@example.org:8443?token=1", "https://example.org:8443/…");
        check("nonsense", "://nonsense");
    }
}
