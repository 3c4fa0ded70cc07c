//! What is due is sent: each receiver has a thread of its own, so that one that is slow holds up nobody else.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use corpus::watch::Delivery;
use jiff::tz::TimeZone;
use jiff::{RoundMode, Timestamp, TimestampRound, Unit};

use super::backoff::next_attempt;
use super::digests;
use super::outcome::{Again, Failure};
use super::sender::Sender;
use crate::Error;
use crate::data::Data;

/// How long a delivery belongs to who took it: longer than any attempt takes, since after that it is sent once more.
const LEASE: Duration = Duration::from_secs(5 * 60);
/// How long a receiver that did not answer is left alone, whatever is due for it.
const REST: Duration = Duration::from_secs(30);
/// How many receivers may be served at a time.
const MOST_RECEIVERS: usize = 32;
/// How many deliveries are looked at together.
const BATCH: usize = 100;

/// What tells the time.
pub(super) type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Deliveries that their receivers took.
    pub delivered: usize,
    /// Deliveries that failed and will be tried again.
    pub failed: usize,
    /// Deliveries that were given up.
    pub dead: usize,
}

impl Tally {
    /// What was done since `before`.
    pub(super) fn since(self, before: Self) -> Self {
        Self {
            delivered: self.delivered.saturating_sub(before.delivered),
            failed: self.failed.saturating_sub(before.failed),
            dead: self.dead.saturating_sub(before.dead),
        }
    }
}

/// What sends deliveries, and which receivers it is busy with.
pub(super) struct Dispatch {
    data: Arc<Data>,
    sender: Sender,
    clock: Clock,
    receivers: Mutex<BTreeMap<String, Receiver>>,
    done: Mutex<Tally>,
}

/// Why a receiver gets nothing now.
#[derive(Clone, Copy, Debug)]
enum Receiver {
    /// A thread is at it.
    Busy,
    /// It did not answer.
    Resting { until: Timestamp },
}

impl Dispatch {
    pub(super) fn new(data: Arc<Data>, sender: Sender, clock: Clock) -> Arc<Self> {
        Arc::new(Self { data, sender, clock, receivers: Mutex::default(), done: Mutex::default() })
    }

    /// What was done so far.
    pub(super) fn tally(&self) -> Tally {
        *self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self, what: impl Fn(&mut Tally) -> &mut usize) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = what(&mut done);
        *counted = counted.saturating_add(1);
    }

    fn receivers(&self) -> MutexGuard<'_, BTreeMap<String, Receiver>> {
        self.receivers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the digests whose time has come.
    pub(super) fn make_digests(&self) -> Result<(), Error> {
        let now = (self.clock)();
        let bounds = digests::bounds(now, &TimeZone::system());
        self.data.with_store(|store| Ok(store.make_digests(&bounds, &written(now))?))?;
        Ok(())
    }

    /// Begins to send what is due, a thread for each receiver that is free.
    pub(super) fn start_due(self: &Arc<Self>) -> Result<Vec<JoinHandle<Result<(), Error>>>, Error> {
        let now = (self.clock)();
        let (excluded, room) = self.excluded(now);
        let due = self.data.with_store(|store| Ok(store.due_deliveries(&written(now), &excluded, BATCH)?))?;
        let mut shares: BTreeMap<String, Vec<Delivery>> = BTreeMap::new();
        for delivery in due {
            shares.entry(delivery.channel.kind.receiver()).or_default().push(delivery);
        }
        Ok(shares.into_iter().take(room).map(|(receiver, share)| self.start(receiver, share)).collect())
    }

    /// Receivers that are busy or rest, and how many more may be served.
    fn excluded(&self, now: Timestamp) -> (Vec<String>, usize) {
        let mut receivers = self.receivers();
        receivers.retain(|_, receiver| !matches!(receiver, Receiver::Resting { until } if *until <= now));
        let busy = receivers.values().filter(|receiver| matches!(receiver, Receiver::Busy)).count();
        (receivers.keys().cloned().collect(), MOST_RECEIVERS.saturating_sub(busy))
    }

    /// Waits until no attempt is under way, so long at most.
    pub(super) fn wait(&self, longest: Duration) {
        let start = Instant::now();
        let is_busy = || self.receivers().values().any(|receiver| matches!(receiver, Receiver::Busy));
        while is_busy() && start.elapsed() < longest {
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn start(self: &Arc<Self>, receiver: String, share: Vec<Delivery>) -> JoinHandle<Result<(), Error>> {
        self.receivers().insert(receiver.clone(), Receiver::Busy);
        let busy = Busy { dispatch: self.clone(), receiver, silent: false };
        std::thread::spawn(move || {
            // Whoever serves does not wait for this.
            busy.deliver(&share).inspect_err(|error| tracing::warn!("a delivery waits: {error}"))
        })
    }

    /// Sends one delivery, unless another has taken it: what came of it.
    fn deliver_one(&self, delivery: &Delivery) -> Result<Option<Result<(), Failure>>, Error> {
        let now = (self.clock)();
        let lease = now.checked_add(LEASE).unwrap_or(now);
        let claim =
            |id: &str| self.data.with_store(|store| Ok(store.claim_delivery(id, &written(now), &written(lease))?));
        if !claim(&delivery.id)? {
            return Ok(None);
        }
        // A receiver compares the time that is signed with its own clock.
        let outcome = self.sender.send(delivery, Timestamp::now());
        self.record(delivery, &outcome)?;
        Ok(Some(outcome))
    }

    fn record(&self, delivery: &Delivery, outcome: &Result<(), Failure>) -> Result<(), Error> {
        let now = (self.clock)();
        let id = &delivery.id;
        self.data.with_store(|store| {
            match outcome {
                Ok(()) => store.delivery_done(id, &written(now))?,
                Err(failure) => {
                    let next = failure.next(id, delivery.attempts + 1, now).map(written);
                    store.delivery_failed(id, &written(now), &failure.why, next.as_deref())?
                }
            };
            Ok(())
        })
    }
}

/// A time as the store has it: to the second, so that times are in order when their texts are.
fn written(time: Timestamp) -> String {
    time.round(TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Floor)).unwrap_or(time).to_string()
}

impl Failure {
    /// When the delivery is tried again, after so many attempts; `None` when it is given up.
    fn next(&self, id: &str, attempts: usize, now: Timestamp) -> Option<Timestamp> {
        match self.again {
            Again::Never => None,
            Again::After(pause) => next_attempt(id, attempts, now, Some(pause)),
            Again::Later | Again::Silent => next_attempt(id, attempts, now, None),
        }
    }
}

/// A receiver that a thread is at; it is free again, or rests, when this is dropped.
struct Busy {
    dispatch: Arc<Dispatch>,
    receiver: String,
    silent: bool,
}

impl Busy {
    /// Sends deliveries to the receiver, one after another, until it does not answer.
    fn deliver(mut self, share: &[Delivery]) -> Result<(), Error> {
        for delivery in share {
            let Some(outcome) = self.dispatch.deliver_one(delivery)? else { continue };
            match outcome {
                Ok(()) => self.dispatch.count(|tally| &mut tally.delivered),
                Err(failure) => {
                    let attempts = delivery.attempts + 1;
                    if failure.next(&delivery.id, attempts, (self.dispatch.clock)()).is_some() {
                        self.dispatch.count(|tally| &mut tally.failed);
                        tracing::info!(delivery = delivery.id, attempts, "not delivered: {}", failure.why);
                    } else {
                        self.dispatch.count(|tally| &mut tally.dead);
                        tracing::warn!(delivery = delivery.id, attempts, "given up: {}", failure.why);
                    }
                    if failure.again == Again::Silent {
                        self.silent = true;
                        break;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let until = (self.dispatch.clock)().checked_add(REST).ok().filter(|_| self.silent);
        let mut receivers = self.dispatch.receivers();
        match until {
            Some(until) => receivers.insert(self.receiver.clone(), Receiver::Resting { until }),
            None => receivers.remove(&self.receiver),
        };
    }
}
