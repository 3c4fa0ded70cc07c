//! How much the server takes on, and where it tells of itself.

use std::net::SocketAddr;
use std::thread::available_parallelism;
use std::time::Duration;

use super::Class;
use crate::Error;
use crate::config::Config;

/// How much the server takes on, and where it tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadSettings {
    /// Where metrics and the state of the server are told; nowhere by default.
    pub metrics: Option<SocketAddr>,
    /// Whether that may be an address that others than this machine reach.
    pub metrics_anywhere: bool,
    /// Connections at a time; 1024 by default. More wait to be accepted.
    pub connections: usize,
    /// Searches and pages at work at a time; by default twice as many as cores, 4 at least.
    pub at_work: usize,
    /// Searches and pages that wait; 512 by default. More are told to come again.
    pub waiting: usize,
    /// The longest that one waits; 5 s by default.
    pub patience: Duration,
    /// The longest that an answer may take from when it was asked for; 20 s by default.
    pub answer: Duration,
    /// The longest that requests may take to end once the server has been told to; 10 s by default.
    pub farewell: Duration,
}

impl Default for LoadSettings {
    fn default() -> Self {
        Self {
            metrics: None,
            metrics_anywhere: false,
            connections: 1024,
            at_work: at_work_by_cores(),
            waiting: 512,
            patience: Duration::from_secs(5),
            answer: Duration::from_secs(20),
            farewell: Duration::from_secs(10),
        }
    }
}

impl LoadSettings {
    /// Reads the settings.
    ///
    /// # Errors
    /// When one cannot be used; the message says where it was given.
    pub fn read(config: &Config) -> Result<Self, Error> {
        let seconds = |variable: &str| config.number(variable).map(Duration::from_secs);
        let metrics = config.get("POLICYGLOT_METRICS")?;
        let settings = Self {
            metrics: metrics.and_then(|address| address.parse().ok()),
            metrics_anywhere: config.switch("POLICYGLOT_METRICS_ANYWHERE")?,
            connections: config.number("POLICYGLOT_CONNECTIONS")?,
            at_work: match config.number("POLICYGLOT_AT_WORK")? {
                0 => at_work_by_cores(),
                at_work => at_work,
            },
            waiting: config.number("POLICYGLOT_WAITING")?,
            patience: seconds("POLICYGLOT_PATIENCE")?,
            answer: seconds("POLICYGLOT_ANSWER_SECONDS")?,
            farewell: seconds("POLICYGLOT_FAREWELL")?,
        };
        match settings.metrics {
            Some(address) if !settings.metrics_anywhere && !address.ip().to_canonical().is_loopback() => {
                let what = "is an address that others reach, and metrics ask for no token; \
                            give 127.0.0.1 or [::1], or set POLICYGLOT_METRICS_ANYWHERE (metrics.anywhere) as well";
                Err(config.wrong("POLICYGLOT_METRICS", what))
            }
            _ => Ok(settings),
        }
    }

    /// How many requests of a class are at work at a time.
    pub(super) fn at_work(&self, class: Class) -> usize {
        match class {
            Class::Search => self.at_work,
            // Half of the cores remain for the rest, whatever long requests there are.
            Class::Quick | Class::Long => (self.at_work / 2).max(2),
        }
    }

    /// How many requests of a class may wait.
    pub(super) fn waiting(&self, class: Class) -> usize {
        match class {
            Class::Quick | Class::Search => self.waiting,
            Class::Long => self.waiting.div_ceil(8),
        }
    }

    /// How long a request of a class waits at most.
    pub(super) fn patience(&self, class: Class) -> Duration {
        match class {
            // What is suggested later than that has been typed by then.
            Class::Quick => self.patience.min(Duration::from_secs(2)),
            Class::Search => self.patience,
            Class::Long => self.patience * 2,
        }
    }
}

fn at_work_by_cores() -> usize {
    available_parallelism().map_or(1, std::num::NonZero::get).saturating_mul(2).clamp(4, 64)
}
