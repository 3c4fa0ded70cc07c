//! The pages and the JSON API: one router over an open data folder.
//!
//! [`router`] is the table of contents. A request passes the layers from the last to the first: headers, the language
//! of the interface, problems put into words, who may ask, limits. Handlers ask the store and the index in blocking
//! tasks (`App::run`); what they show is made for the page or the wire, not the domain's own types.

mod api;
mod assets;
mod bitext;
mod chart;
mod concordance;
mod exchange;
mod feeds;
mod link;
mod names;
mod opensearch;
mod pages;
mod problem;
mod safety;
mod shell;
#[cfg(test)]
mod tests;
mod tmx;
mod view;
mod who;
mod words;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::Error;
use crate::data::Data;
use problem::{Problem, Thing};

/// The longest that an answer may take.
const REQUEST_LIMIT: Duration = Duration::from_secs(20);
/// The longest that connections may take to end once the server has been told to.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(10);
/// The largest request body, in bytes: a watch is a line of text.
const BODY_LIMIT: usize = 64 * 1024;
/// The same where a file can be sent: such routes have a [`DefaultBodyLimit`] of their own.
const UPLOAD_LIMIT: usize = 20 << 20;
/// How many requests may be at the store or the index at a time; more wait.
const WORKERS: usize = 16;
/// How many readers may follow the alerts as they are made.
const STREAMS: usize = 64;

/// What handlers share.
#[derive(Clone)]
struct App {
    data: Arc<Data>,
    permits: Arc<Semaphore>,
    /// Room for readers who follow the alerts: each is a connection that stays.
    streams: Arc<Semaphore>,
    /// Whether the server is about to end.
    ending: Arc<watch::Sender<bool>>,
}

impl App {
    /// Runs work that blocks, off the threads that answer requests.
    ///
    /// The permit goes with the work: a request that has given up does not make room while its work goes on.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Data) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Problem> {
        let (data, permits) = (self.data.clone(), self.permits.clone());
        let permit = permits.acquire_owned().await.map_err(|_| Problem::Slow)?;
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work(&data)
        });
        match done.await {
            Ok(result) => Ok(result?),
            Err(error) => {
                tracing::error!(%error, "a request's work died");
                Err(Problem::Broken)
            }
        }
    }

    /// Waits for some time; `None` when the server is about to end.
    async fn wait_or_end(&self, time: Duration) -> Option<()> {
        let mut ending = self.ending.subscribe();
        tokio::select! {
            () = tokio::time::sleep(time) => Some(()),
            _ = ending.wait_for(|ends| *ends) => None,
        }
    }
}

/// All routes, over an open data folder.
pub fn router(data: Arc<Data>) -> Router {
    routes(data, Arc::default())
}

/// The same, with what tells that the server is about to end.
fn routes(data: Arc<Data>, ending: Arc<watch::Sender<bool>>) -> Router {
    let (permits, streams) = (Arc::new(Semaphore::new(WORKERS)), Arc::new(Semaphore::new(STREAMS)));
    let app = App { data, permits, streams, ending };
    Router::new()
        .merge(pages::routes())
        .merge(assets::routes())
        .merge(opensearch::routes())
        .merge(feeds::routes())
        .nest("/api/v1", api::routes())
        .fallback(async || Problem::Missing(Thing::Page))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_LIMIT))
        .layer(from_fn(safety::guard))
        .layer(from_fn(problem::dress))
        .layer(from_fn(shell::settle_language))
        .layer(from_fn(safety::set_headers))
        .layer(CompressionLayer::new())
        .layer(TraceLayer::new_for_http())
        .with_state(app)
}

/// Takes an address to serve on.
///
/// # Errors
/// When the address is not this machine's own, or is taken.
pub async fn bind(listen: SocketAddr) -> Result<TcpListener, Error> {
    safety::check_listen(listen)?;
    let failed = |source| Error::Input(format!("cannot listen on {listen}: {source}; give another --listen"));
    TcpListener::bind(listen).await.map_err(failed)
}

/// Serves until Ctrl-C or SIGTERM, then lets running requests end.
///
/// # Errors
/// When the listener breaks.
pub async fn serve(data: Arc<Data>, listener: TcpListener) -> Result<(), Error> {
    let failed = |source| Error::Input(format!("cannot go on serving: {source}; start it again"));
    let ending = Arc::new(watch::Sender::new(false));
    let told = ending.clone();
    let serving = axum::serve(listener, routes(data, ending.clone())).with_graceful_shutdown(async move {
        told_to_stop().await;
        told.send_replace(true);
    });
    let overdue = async {
        // It cannot fail while the sender is here.
        let _ = ending.subscribe().wait_for(|ends| *ends).await;
        tokio::time::sleep(SHUTDOWN_LIMIT).await;
    };
    tokio::select! {
        served = serving => served.map_err(failed),
        () = overdue => Ok(()),
    }
}

async fn told_to_stop() {
    let interrupted = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "cannot listen for Ctrl-C");
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupted => (),
        () = terminated() => (),
    }
}

#[cfg(unix)]
async fn terminated() {
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(error) => {
            tracing::warn!(%error, "cannot listen for SIGTERM");
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending::<()>().await;
}
