//! How much the server takes on: so many requests at work, so many waiting for so long, and 503 for the rest, at once.
//!
//! Requests stand in lanes ([`Class`]): what is quick and what is long have places of their own, so that exports never
//! keep a search waiting. A request takes its turn once, before its handler, and the turn goes with the work that it
//! starts: a request that has given up makes no room while its work goes on, and one that gave up while it waited
//! starts none.

mod class;
mod connections;
mod ending;
mod patient;
mod settings;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::App;
use super::access::{Caller, route};
use super::problem::Problem;
use crate::observe::Metrics;

pub(in crate::web) use class::Class;
pub(in crate::web) use connections::Connections;
pub(in crate::web) use ending::{ends, ends_at_once};
pub use settings::LoadSettings;

/// How many pieces of work may be done at a time for what has no request: readers who follow events.
const FOLLOWING: usize = 4;
/// How many long answers may be on their way at a time: each is an open file and a connection that stays.
const DOWNLOADS: usize = 64;
/// After how many seconds to ask again: long enough for a queue to empty, short enough for a person to wait.
const RETRY_SECONDS: u64 = 3;

tokio::task_local! {
    /// The turn of the request that the task is at.
    static TURN: Arc<OwnedSemaphorePermit>;
}

/// What the server takes on.
pub(in crate::web) struct Load {
    lanes: [Lane; Class::ALL.len()],
    following: Arc<Semaphore>,
    downloads: Arc<Semaphore>,
    metrics: Arc<Metrics>,
}

/// The requests of one class.
struct Lane {
    /// Places to work.
    places: Arc<Semaphore>,
    at_work: usize,
    /// Places to wait.
    room: Semaphore,
    waiting: usize,
    patience: Duration,
}

/// How full a lane is.
pub(in crate::web) struct Level {
    pub(in crate::web) class: Class,
    pub(in crate::web) working: usize,
    pub(in crate::web) waiting: usize,
}

impl Lane {
    fn new(at_work: usize, waiting: usize, patience: Duration) -> Self {
        Self { places: Arc::new(Semaphore::new(at_work)), at_work, room: Semaphore::new(waiting), waiting, patience }
    }

    /// Waits for a place to work; `None` where there is no room to wait, or the wait is too long.
    async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        // Whoever waits comes first: a place that is given back is theirs before it is free.
        if let Ok(place) = self.places.clone().try_acquire_owned() {
            return Some(place);
        }
        let _room = self.room.try_acquire().ok()?;
        timeout(self.patience, self.places.clone().acquire_owned()).await.ok()?.ok()
    }
}

impl Load {
    pub(in crate::web) fn new(settings: &LoadSettings, metrics: Arc<Metrics>) -> Self {
        let lanes = Class::ALL
            .map(|class| Lane::new(settings.at_work(class), settings.waiting(class), settings.patience(class)));
        let (following, downloads) = (Arc::new(Semaphore::new(FOLLOWING)), Arc::new(Semaphore::new(DOWNLOADS)));
        Self { lanes, following, downloads, metrics }
    }

    fn lane(&self, class: Class) -> Option<&Lane> {
        Class::ALL.iter().zip(&self.lanes).find_map(|(other, lane)| (*other == class).then_some(lane))
    }

    /// A turn to work, and, for what is long, a place to be sent from.
    pub(in crate::web) async fn turn(
        &self,
        class: Class,
    ) -> Result<(OwnedSemaphorePermit, Option<OwnedSemaphorePermit>), Problem> {
        let full = || {
            self.metrics.rejected(class.name());
            Problem::Full(RETRY_SECONDS)
        };
        let download = match class {
            Class::Long => Some(self.downloads.clone().try_acquire_owned().map_err(|_| full())?),
            Class::Quick | Class::Search => None,
        };
        let turn = match self.lane(class) {
            Some(lane) => lane.turn().await,
            None => None,
        };
        Ok((turn.ok_or_else(full)?, download))
    }

    /// The turn of the request that this is a part of; for readers who follow events, one of theirs.
    pub(in crate::web) async fn held(&self) -> Result<Arc<OwnedSemaphorePermit>, Problem> {
        if let Ok(turn) = TURN.try_with(Arc::clone) {
            return Ok(turn);
        }
        self.following.clone().acquire_owned().await.map(Arc::new).map_err(|_| Problem::Slow)
    }

    /// How full the lanes are.
    pub(in crate::web) fn levels(&self) -> impl Iterator<Item = Level> {
        Class::ALL.into_iter().zip(&self.lanes).map(|(class, lane)| Level {
            class,
            working: lane.at_work.saturating_sub(lane.places.available_permits()),
            waiting: lane.waiting.saturating_sub(lane.room.available_permits()),
        })
    }
}

/// What the answer to a request holds until it is sent.
#[derive(Clone)]
pub(in crate::web) struct Download(#[expect(dead_code, reason = "it is held, not used")] Arc<OwnedSemaphorePermit>);

/// Work that goes on in a task of its own, with the turn of the request that began it.
pub(in crate::web) fn with_turn<W: Future>(work: W) -> impl Future<Output = W::Output> {
    let turn = TURN.try_with(Arc::clone);
    async move {
        match turn {
            Ok(turn) => TURN.scope(turn, work).await,
            Err(_) => work.await,
        }
    }
}

/// Lets a request through to its handler when it is its turn, or tells it to come again.
pub(in crate::web) async fn take_turn(State(app): State<App>, request: Request, next: Next) -> Response {
    let role = request.extensions().get::<Caller>().map(|caller| caller.role);
    let class = Class::of(request.method(), route(&request).as_deref());
    let mut response = match class {
        Some(class) => in_turn(&app, class, next.run(request)).await,
        None => next.run(request).await,
    };
    if let Some(role) = role {
        response.extensions_mut().insert(role);
    }
    response
}

async fn in_turn(app: &App, class: Class, handler: impl Future<Output = Response>) -> Response {
    match app.load.turn(class).await {
        Ok((turn, download)) => {
            let mut response = TURN.scope(Arc::new(turn), handler).await;
            if let Some(download) = download {
                response.extensions_mut().insert(Download(Arc::new(download)));
            }
            response
        }
        Err(problem) => problem.into_response(),
    }
}
