//! The pages and the JSON API: one router over an open data folder.
//!
//! [`router`] is the table of contents. A request passes the layers from the last to the first: headers, the language
//! of the interface, problems put into words, who may ask, limits. Handlers ask the store and the index in blocking
//! tasks (`App::run`); what they show is made for the page or the wire, not the domain's own types.

mod access;
mod api;
mod assets;
mod bitext;
mod chart;
mod concordance;
mod conditional;
mod exchange;
mod feeds;
mod idempotency;
mod link;
mod load;
mod names;
mod observed;
mod openapi;
mod opensearch;
mod pages;
mod problem;
mod safety;
mod settings;
mod shell;
mod spooled;
mod status;
#[cfg(test)]
mod tests;
mod tmx;
mod unseen;
mod uploads;
mod view;
mod who;
mod words;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::Error;
use crate::access::{AccessSettings, check_start};
use crate::data::Data;
use crate::jobs::{Jobs, Runner, UploadLimits};
use crate::observe::Metrics;
use crate::ocr::Asked;
use access::Access;
pub use load::LoadSettings;
use load::{Connections, Load};
use observed::Vitals;
use problem::{Problem, Thing};
pub use settings::ServerSettings;

/// The largest request body, in bytes: a watch is a line of text.
const BODY_LIMIT: usize = 64 * 1024;
/// The same where a file can be sent: such routes have a [`DefaultBodyLimit`] of their own.
const UPLOAD_LIMIT: usize = 20 << 20;
/// How many readers may follow the alerts as they are made.
const STREAMS: usize = 64;
/// Connections to the listener of metrics.
const METRICS_CONNECTIONS: usize = 16;

/// What handlers share.
#[derive(Clone)]
struct App {
    data: Arc<Data>,
    /// Who may ask.
    access: Arc<Access>,
    load: Arc<Load>,
    metrics: Arc<Metrics>,
    /// Room for readers who follow the alerts: each is a connection that stays.
    streams: Arc<Semaphore>,
    /// Uploads that are read.
    jobs: Arc<Jobs>,
    /// The OCR engine that scans of uploads are read with; `None` where they are not to be read.
    ocr: Option<Asked>,
    /// How many alerts nobody has seen.
    unseen: Arc<unseen::Unseen>,
    /// Whether the server is about to end.
    ending: Arc<watch::Sender<bool>>,
}

impl App {
    fn new(data: Arc<Data>, settings: ServerSettings, listen: SocketAddr) -> Self {
        let ServerSettings { access, uploads, ocr, load } = settings;
        let metrics = Arc::new(Metrics::default());
        Self {
            access: Arc::new(Access::new(access, listen)),
            load: Arc::new(Load::new(&load, metrics.clone())),
            metrics,
            streams: Arc::new(Semaphore::new(STREAMS)),
            jobs: Arc::new(Jobs::open(data.folder(), uploads)),
            ocr,
            unseen: Arc::default(),
            ending: Arc::default(),
            data,
        }
    }

    /// Runs work that blocks, off the threads that answer requests.
    ///
    /// The request's turn goes with the work: a request that has given up does not make room while its work goes on.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Data) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Problem> {
        let (data, turn, span) = (self.data.clone(), self.load.held().await?, tracing::Span::current());
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            span.in_scope(|| work(&data))
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

/// All routes, over an open data folder, for this machine alone.
pub fn router(data: Arc<Data>) -> Router {
    router_at(data, AccessSettings::default(), (Ipv4Addr::LOCALHOST, 8080).into())
}

/// The same for a server that listens at an address: who may ask depends on it.
pub fn router_at(data: Arc<Data>, access: AccessSettings, listen: SocketAddr) -> Router {
    let settings = ServerSettings {
        access,
        uploads: UploadLimits::default(),
        ocr: Some(Asked::default()),
        load: LoadSettings::default(),
    };
    let load = settings.load.clone();
    sealed(routes(App::new(data, settings, listen), &load))
}

/// The routes as they are served: around them, since the router itself names the methods of a route with every answer to
/// one that it does not have, also where there is no such route for who asks.
fn sealed(routes: Router) -> Router {
    Router::new().fallback_service(routes).layer(map_response(access::hide_methods))
}

/// All routes.
fn routes(app: App, load: &LoadSettings) -> Router {
    let kept = openapi::Kept::new(app.clone());
    let api = api::routes().into_router().route_layer(from_fn_with_state(kept, openapi::keep_rules));
    Router::new()
        .merge(pages::routes())
        .merge(assets::routes())
        .merge(opensearch::routes())
        .merge(feeds::routes())
        .merge(openapi::routes())
        .nest(openapi::VERSION_PATH, api.fallback(async || Problem::Missing(Thing::Page)))
        .fallback(async || Problem::Missing(Thing::Page))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(app.clone(), load::take_turn))
        // The wait for one's turn counts.
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, load.answer))
        // Uploads take their time and have limits of their own.
        .merge(uploads::routes())
        .layer(from_fn_with_state(app.clone(), access::admit))
        .layer(from_fn_with_state(app.clone(), safety::guard))
        .layer(from_fn(problem::dress))
        .layer(from_fn(shell::settle_language))
        .layer(from_fn(safety::set_headers))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app.clone(), observed::observe))
        // The last of them, so that it is the first to see a request.
        .layer(from_fn(access::take_feed_key))
        .with_state(app)
}

/// Takes an address to serve on.
///
/// # Errors
/// When every request needs a token there and there is none, or the address is taken.
pub async fn bind(listen: SocketAddr, data: &Data, access: &AccessSettings) -> Result<TcpListener, Error> {
    check_start(data, access, listen)?;
    let failed = |source| Error::Input(format!("cannot listen on {listen}: {source}; give another --listen"));
    TcpListener::bind(listen).await.map_err(failed)
}

/// Takes the address that metrics are told at, where there is one.
async fn bind_metrics(load: &LoadSettings) -> Result<Option<TcpListener>, Error> {
    let Some(listen) = load.metrics else { return Ok(None) };
    let failed = |source| Error::Input(format!("cannot listen on {listen}: {source}; give another --metrics"));
    TcpListener::bind(listen).await.map(Some).map_err(failed)
}

/// Serves until Ctrl-C or SIGTERM, then takes no more connections and lets running requests end, for some time. A second
/// signal ends the program at once.
///
/// # Errors
/// When an address cannot be listened on.
pub async fn serve(data: Arc<Data>, listener: TcpListener, settings: ServerSettings) -> Result<(), Error> {
    let failed = |source| Error::Input(format!("cannot serve: {source}; start it again"));
    let listen = listener.local_addr().map_err(failed)?;
    let load = settings.load.clone();
    let metrics = bind_metrics(&load).await?;
    let asked = settings.ocr.clone();
    let app = App::new(data.clone(), settings, listen);
    let _runner = Runner::start(&data, &app.jobs, move || crate::ocr::choose(asked.as_ref()?).ok());
    let ending = app.ending.clone();
    let connections = Arc::new(Connections::new(load.connections, ending.subscribe()));
    // The state of the server is told to its very end, and ends with the runtime.
    let at_the_end = watch::Sender::new(false);
    if let Some(listener) = metrics {
        let router = Vitals::new(app.clone(), connections.clone()).router();
        let own = Connections::new(METRICS_CONNECTIONS, at_the_end.subscribe());
        tokio::spawn(async move { own.take(listener, router).await });
    }
    tokio::spawn(async move {
        load::ends().await;
        ending.send_replace(true);
        load::ends_at_once().await;
    });
    connections.take(listener, sealed(routes(app, &load))).await;
    let cut = connections.ended(load.farewell).await;
    if cut > 0 {
        tracing::warn!(cut, "connections had not ended in time");
    }
    Ok(())
}
