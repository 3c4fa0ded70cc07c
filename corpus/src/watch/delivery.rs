//! Alerts on their way to a channel.

use serde::Serialize;

use super::{Alert, Channel};

/// Alerts on their way to a channel. Each alert is in one delivery of each channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// `msg_` and 32 hexadecimal digits; the same on every attempt, so that a receiver can tell a repetition.
    pub id: String,
    /// The watch.
    pub watch: i64,
    /// What the watch is called.
    pub watch_name: String,
    /// Where it goes.
    pub channel: Channel,
    /// The first alerts, oldest first.
    pub alerts: Vec<Alert>,
    /// How many alerts there are in all.
    pub total: usize,
    /// When it was made, RFC 3339, UTC.
    pub created: String,
    /// How many attempts have ended.
    pub attempts: usize,
    /// When it is tried next, RFC 3339, UTC; of one that has ended, when that was.
    pub next_attempt: String,
    /// How far it has come.
    pub state: DeliveryState,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
}

/// How far a delivery has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It is to be tried, for the first time or again.
    Pending,
    /// The receiver has it.
    Delivered,
    /// It failed for good, until a person sends it again.
    Dead,
}

impl DeliveryState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Delivered, Self::Dead];

    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Dead => "dead",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// Which deliveries are asked for: all unless something is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeliveryFilter {
    /// Only those of this watch.
    pub watch: Option<i64>,
    /// Only those in this state.
    pub state: Option<DeliveryState>,
}

/// How many deliveries are in each state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct DeliveryCounts {
    /// To be tried.
    pub pending: usize,
    /// At their receivers.
    pub delivered: usize,
    /// Failed for good.
    pub dead: usize,
}

impl DeliveryCounts {
    /// How many are in a state, or in any.
    pub fn of(self, state: Option<DeliveryState>) -> usize {
        match state {
            None => self.pending.saturating_add(self.delivered).saturating_add(self.dead),
            Some(DeliveryState::Pending) => self.pending,
            Some(DeliveryState::Delivered) => self.delivered,
            Some(DeliveryState::Dead) => self.dead,
        }
    }
}

/// The ends of the last periods: a digest tells of the alerts that were made before. RFC 3339, UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestBounds {
    /// When the last day ended.
    pub daily: String,
    /// When the last week ended.
    pub weekly: String,
}
