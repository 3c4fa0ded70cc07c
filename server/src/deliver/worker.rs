//! Deliveries while the server runs.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender as Stop, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::dispatch::{Dispatch, Tally};
use crate::Error;

/// How often it is looked whether something is due.
const TICK: Duration = Duration::from_secs(1);
/// How often it is looked whether a digest's time has come, and said what was done.
const DIGESTS: Duration = Duration::from_secs(60);
/// How long to wait at the end for attempts that are under way. What is not finished is sent again another time.
const FAREWELL: Duration = Duration::from_secs(3);

/// A thread that delivers what is due, until this is dropped.
pub struct Worker {
    stop: Option<Stop<()>>,
    thread: Option<JoinHandle<()>>,
    dispatch: Arc<Dispatch>,
}

impl Worker {
    pub(super) fn start(dispatch: Arc<Dispatch>) -> Self {
        let (stop, stopped) = channel();
        let kept = dispatch.clone();
        let thread = std::thread::spawn(move || {
            let mut digests = None;
            let mut told = Tally::default();
            while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                let is_time = digests.is_none_or(|last: Instant| last.elapsed() >= DIGESTS);
                if is_time {
                    digests = Some(Instant::now());
                    tell(dispatch.tally(), &mut told);
                }
                if let Err(error) = tick(&dispatch, is_time) {
                    // The store may be busy; the next tick comes in a second.
                    tracing::warn!("deliveries wait: {error}");
                }
            }
            dispatch.wait(FAREWELL);
            tell(dispatch.tally(), &mut told);
        });
        Self { stop: Some(stop), thread: Some(thread), dispatch: kept }
    }

    /// What was done so far.
    pub fn tally(&self) -> Tally {
        self.dispatch.tally()
    }
}

/// Says what was done since it was told last, where anything was.
fn tell(done: Tally, told: &mut Tally) {
    let Tally { delivered, failed, dead } = done.since(*told);
    if done != *told {
        tracing::info!(delivered, failed, dead, "deliveries");
    }
    *told = done;
}

fn tick(dispatch: &Arc<Dispatch>, is_time_for_digests: bool) -> Result<(), Error> {
    if is_time_for_digests {
        dispatch.make_digests()?;
    }
    // The threads record what they do themselves.
    dispatch.start_due()?;
    Ok(())
}

impl Drop for Worker {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
