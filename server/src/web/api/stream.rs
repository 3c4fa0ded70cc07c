//! Alerts as they are made: server-sent events, as the HTML standard has them.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::OwnedSemaphorePermit;

use super::alerts::{AlertView, views};
use crate::data::Data;
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::problem::Problem;

/// How often it is looked whether there is something new.
const TICK: Duration = Duration::from_secs(1);
/// How often something is said in any case, so that nobody between takes the connection for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long a reader whose connection ends waits before it asks again.
const RETRY: Duration = Duration::from_secs(3);
/// How many alerts are read from the store at a time.
const MOST: usize = 100;

pub(super) fn routes() -> Api {
    Api::of("Watches").get(
        "/alerts/stream",
        open,
        says("followAlerts", "Tells of alerts as they are made")
            .more("It begins after the alert that the header `Last-Event-ID` names, or `after`, or with what comes from now on.")
            .file("text/event-stream", "Server-sent events `alert`; the data of each is an Alert as JSON, its id the alert's number."),
    )
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct Params {
    /// Only the alerts of this watch.
    watch: Option<i64>,
    /// Begins with what came after this alert, for a reader that cannot say `Last-Event-ID` yet.
    after: Option<i64>,
}

/// A reader and how far it has come.
struct Reader {
    app: App,
    watch: Option<i64>,
    /// The alert that was read last.
    after: i64,
    read: VecDeque<AlertView>,
    _place: OwnedSemaphorePermit,
}

/// Begins where the reader left off (`Last-Event-ID`, or else `after`), or with what comes from now on.
async fn open(State(app): State<App>, Query(params): Query<Params>, headers: HeaderMap) -> Result<Response, Problem> {
    let Ok(place) = app.streams.clone().try_acquire_owned() else {
        let reason = "too many readers follow the alerts; close other pages, or read the feed";
        return Err(Problem::Refused(StatusCode::SERVICE_UNAVAILABLE, reason));
    };
    let left_off = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.trim().parse::<i64>().ok());
    let after = match left_off.or(params.after) {
        Some(id) => id,
        None => app.run(|data| data.with_store(|store| Ok(store.newest_alert()?))).await?,
    };
    let reader = Reader { app, watch: params.watch, after, read: VecDeque::new(), _place: place };
    let events = stream::unfold(reader, async |mut reader| {
        let event = reader.next().await?;
        Some((Ok::<_, Infallible>(event), reader))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response())
}

impl Reader {
    /// The next alert; `None` when the server ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(alert) = self.read.pop_front() {
                self.after = alert.id;
                if self.watch.is_none_or(|watch| watch == alert.watch) {
                    let event = Event::default().id(alert.id.to_string()).event("alert").retry(RETRY);
                    return event.json_data(alert).ok();
                }
                continue;
            }
            let after = self.after;
            let read = move |data: &Data| data.with_store(|store| views(store, store.alerts_after(after, MOST)?));
            let read = self.app.run(read).await;
            // What the store could not say is said at the next look.
            self.read = read.unwrap_or_default().into();
            if self.read.is_empty() {
                self.app.wait_or_end(TICK).await?;
            }
        }
    }
}
