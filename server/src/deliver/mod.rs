//! Alerts on their way: what is due in the outbox is sent, and what became of it recorded.
//!
//! A delivery is a row of the outbox, made with its alerts. Whoever sends it claims it for some minutes before, and
//! records what came of it after: a process that dies in between leaves it to the next, which sends it once more under
//! the same id. [`deliver_due`] is one pass; the server has a [`Worker`]. Only this module knows ureq and lettre.

mod backoff;
mod digests;
mod dispatch;
pub(crate) mod feed;
mod mail;
mod notice;
mod outcome;
#[cfg(test)]
mod receivers;
mod sender;
mod settings;
#[cfg(test)]
mod tests;
pub(crate) mod unsubscribe;
mod webhook;
mod worker;

use std::sync::Arc;

use jiff::Timestamp;

use self::dispatch::{Clock, Dispatch};
use self::sender::Sender;
use crate::Error;
use crate::data::Data;

pub use dispatch::Tally;
pub use settings::Settings;
pub(crate) use webhook::networks::Network;
pub use worker::Worker;

/// Sends what is due at a time, and ends when nothing more is: what a receiver that does not answer would get stays due.
///
/// # Errors
/// When the store fails. What receivers answer is no error; it is recorded with the deliveries.
pub fn deliver_due(data: &Arc<Data>, settings: &Settings, now: Timestamp) -> Result<Tally, Error> {
    let dispatch = dispatch(data, settings, Arc::new(move || now))?;
    dispatch.make_digests()?;
    loop {
        let started = dispatch.start_due()?;
        if started.is_empty() {
            return Ok(dispatch.tally());
        }
        for thread in started {
            match thread.join() {
                Ok(done) => done?,
                Err(_) => tracing::error!("a delivery died; it is tried again in some minutes"),
            }
        }
    }
}

/// Begins to send what is due, now and as long as the worker lives.
///
/// # Errors
/// When the store fails.
pub fn start_worker(data: &Arc<Data>, settings: &Settings) -> Result<Worker, Error> {
    Ok(Worker::start(dispatch(data, settings, Arc::new(Timestamp::now))?))
}

fn dispatch(data: &Arc<Data>, settings: &Settings, clock: Clock) -> Result<Arc<Dispatch>, Error> {
    let identity = data.with_store(|store| Ok(store.identity()?))?;
    Ok(Dispatch::new(data.clone(), Sender::new(settings.clone(), identity), clock))
}
