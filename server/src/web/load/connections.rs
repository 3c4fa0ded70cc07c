//! Connections: so many at a time, and none that stays without asking anything or taking its answer.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};
use tower::ServiceExt as _;

use super::patient::Patient;

/// How long the head of a request may take to come, from when the one before was answered. Browsers open another
/// connection where theirs was closed.
const HEAD: Duration = Duration::from_secs(15);
/// How long the other end may take nothing of its answer.
const TAKES_NOTHING: Duration = Duration::from_secs(30);
/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;
/// How long to wait where a connection cannot be accepted since files are open without number.
const NO_MORE_FILES: Duration = Duration::from_millis(200);

/// Connections to one listener.
pub(in crate::web) struct Connections {
    most: u32,
    places: Arc<Semaphore>,
    ending: watch::Receiver<bool>,
}

impl Connections {
    /// At most so many, until it is told that the server ends.
    pub(in crate::web) fn new(most: usize, ending: watch::Receiver<bool>) -> Self {
        let most = u32::try_from(most.clamp(1, Semaphore::MAX_PERMITS.min(1 << 20))).unwrap_or(u32::MAX);
        Self { most, places: Arc::new(Semaphore::new(most as usize)), ending }
    }

    /// How many there are.
    pub(in crate::web) fn count(&self) -> usize {
        (self.most as usize).saturating_sub(self.places.available_permits())
    }

    /// Takes connections until the server ends. Who comes when there are enough waits to be accepted.
    pub(in crate::web) async fn take(&self, listener: TcpListener, router: Router) {
        let ends = ends(self.ending.clone());
        tokio::pin!(ends);
        loop {
            let next = async {
                let place = self.places.clone().acquire_owned().await.ok()?;
                Some((place, accept(&listener).await))
            };
            let (place, (stream, peer)) = tokio::select! {
                biased;
                () = &mut ends => return,
                next = next => match next {
                    Some(next) => next,
                    None => return,
                },
            };
            tokio::spawn(serve(stream, peer, router.clone(), self.ending.clone(), place));
        }
    }

    /// Waits until all have ended, for some time; gives how many have not.
    pub(in crate::web) async fn ended(&self, limit: Duration) -> usize {
        let _ = timeout(limit, self.places.acquire_many(self.most)).await;
        self.count()
    }
}

/// Waits until it is told that the server ends. Where nobody is left who could tell, it has ended.
async fn ends(mut ending: watch::Receiver<bool>) {
    let _ = ending.wait_for(|ends| *ends).await;
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(connection) => return connection,
            Err(error) if is_of_connection(error.kind()) => {}
            Err(error) => {
                tracing::warn!(%error, "a connection cannot be accepted");
                sleep(NO_MORE_FILES).await;
            }
        }
    }
}

fn is_of_connection(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}

async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    ending: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
) {
    // An answer is written at once: nothing is won by waiting for more.
    let _ = stream.set_nodelay(true);
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(Patient::new(stream, TAKES_NOTHING)), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = ends(ending) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        // Mostly the other end went away, or said nothing for too long.
        tracing::debug!(%error, "a connection broke");
    }
}
