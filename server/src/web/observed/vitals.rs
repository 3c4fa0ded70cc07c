//! The state of the server, on a listener of its own: `/metrics`, `/livez` and `/readyz`.
//!
//! They are answered outside of all queues, so that a server that is full still says so.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::Error;
use crate::data::Data;
use crate::observe::Holdings;
use crate::web::App;
use crate::web::load::Connections;

/// The longest that store and index may take to answer.
const READY_WITHIN: Duration = Duration::from_secs(2);
/// What store and index hold is counted again after so long: counting reads more than a search does.
const COUNT_EVERY: Duration = Duration::from_secs(15);
/// What the text of the metrics is.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The state of a server.
#[derive(Clone)]
pub(in crate::web) struct Vitals {
    app: App,
    connections: Arc<Connections>,
    /// When store and index were last counted. One counts at a time, so that a store that does not answer has one
    /// thread waiting for it and not one for each time that somebody asks.
    counted: Arc<Mutex<Option<Instant>>>,
    probing: Arc<Mutex<()>>,
}

impl Vitals {
    pub(in crate::web) fn new(app: App, connections: Arc<Connections>) -> Self {
        Self { app, connections, counted: Arc::default(), probing: Arc::default() }
    }

    pub(in crate::web) fn router(self) -> Router {
        let routes = Router::new().route("/metrics", get(metrics)).route("/livez", get(async || "ok\n"));
        routes.route("/readyz", get(ready)).with_state(self)
    }

    /// Counts what store and index hold, unless that was done just now or is being done.
    async fn count(&self) {
        let Ok(mut counted) = self.counted.clone().try_lock_owned() else { return };
        if counted.is_some_and(|counted| counted.elapsed() < COUNT_EVERY) {
            return;
        }
        let (data, metrics) = (self.app.data.clone(), self.app.metrics.clone());
        let counting = spawn_blocking(move || match Holdings::of(&data) {
            Ok(holdings) => {
                metrics.set_holdings(&holdings, jiff::Timestamp::now());
                *counted = Some(Instant::now());
            }
            Err(error) => tracing::warn!(%error, "store and index cannot be counted"),
        });
        // What is counted later is told the next time.
        let _ = timeout(READY_WITHIN, counting).await;
    }

    /// Why no requests should be sent here, if there is a reason.
    async fn fault(&self) -> Option<&'static str> {
        if *self.app.ending.borrow() {
            return Some("the server is about to end");
        }
        let Ok(probing) = self.probing.clone().try_lock_owned() else {
            return Some("store and index have not answered yet");
        };
        let data = self.app.data.clone();
        let probe = spawn_blocking(move || {
            let _probing = probing;
            probe(&data)
        });
        match timeout(READY_WITHIN, probe).await {
            Ok(Ok(Ok(()))) => None,
            Ok(Ok(Err(error))) => {
                tracing::warn!(%error, "the server is not ready");
                Some("store or index cannot be read; the log says why")
            }
            Ok(Err(_)) => Some("looking at store and index failed"),
            Err(_) => Some("store and index do not answer"),
        }
    }
}

/// Reads a little of store and index.
fn probe(data: &Data) -> Result<(), Error> {
    data.with_store(|store| Ok(store.newest_alert()?))?;
    // Looks whether another process has committed, as every search does.
    data.index.generation();
    Ok(())
}

async fn metrics(State(vitals): State<Vitals>) -> impl IntoResponse {
    vitals.count().await;
    let metrics = &vitals.app.metrics;
    for level in vitals.app.load.levels() {
        metrics.set_level(level.class.name(), level.working, level.waiting);
    }
    metrics.set_connections(vitals.connections.count());
    ([(header::CONTENT_TYPE, OPEN_METRICS)], metrics.text())
}

async fn ready(State(vitals): State<Vitals>) -> Response {
    match vitals.fault().await {
        None => "ready\n".into_response(),
        Some(fault) => (StatusCode::SERVICE_UNAVAILABLE, format!("{fault}\n")).into_response(),
    }
}
