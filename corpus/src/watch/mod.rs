//! What is tracked, what a new document that meets it makes, and what is sent of that.

mod alert;
mod channel;
mod delivery;
mod subject;

use serde::{Deserialize, Serialize};

use crate::document::Language;
use crate::facts::DocumentKind;

pub use alert::{Alert, AlertCounts, AlertDocument, AlertFilter, Occasion, WatchMatch, WatchTally};
pub use channel::{Channel, ChannelKind};
pub use delivery::{Delivery, DeliveryCounts, DeliveryFilter, DeliveryState, DigestBounds};
pub use subject::{RENDERING, Subject};

/// Something that is tracked: documents that come from now on and meet it make an alert each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The row's number in the store; never given twice.
    pub id: i64,
    /// What it is called; empty where its subject says enough.
    pub name: String,
    /// A note to oneself.
    pub note: String,
    /// What is tracked.
    pub subject: Subject,
    /// The languages of the documents that are told of; all when empty.
    pub languages: Vec<Language>,
    /// The kinds of documents that are told of; all when empty.
    pub kinds: Vec<DocumentKind>,
    /// How often it is told what was found.
    pub schedule: Schedule,
    /// Where that is sent; the alerts page and the watch's feed have it in any case.
    pub channels: Vec<Channel>,
    /// Whether it rests: what comes meanwhile makes no alerts, then or later.
    pub paused: bool,
    /// When it was made, RFC 3339, UTC.
    pub created: String,
}

impl Watch {
    /// What it is called: its name, or its subject as it is written.
    pub fn title(&self) -> String {
        if self.name.is_empty() { self.subject.written() } else { self.name.clone() }
    }

    /// What a person can change of it, as it is.
    pub fn settings(&self) -> WatchSettings {
        WatchSettings {
            name: self.name.clone(),
            note: self.note.clone(),
            subject: self.subject.clone(),
            languages: self.languages.clone(),
            kinds: self.kinds.clone(),
            schedule: self.schedule,
            channels: self.channels.iter().map(|channel| channel.kind.clone()).collect(),
        }
    }
}

/// What a person says of a watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchSettings {
    /// What it is called; may be empty.
    pub name: String,
    /// A note to oneself; may be empty.
    pub note: String,
    /// What is tracked.
    pub subject: Subject,
    /// The languages of the documents that are told of; all when empty.
    pub languages: Vec<Language>,
    /// The kinds of documents that are told of; all when empty.
    pub kinds: Vec<DocumentKind>,
    /// How often it is told what was found.
    pub schedule: Schedule,
    /// Where that is sent.
    pub channels: Vec<ChannelKind>,
}

impl From<Subject> for WatchSettings {
    /// Only that: at once, of all documents, sent nowhere.
    fn from(subject: Subject) -> Self {
        Self {
            name: String::new(),
            note: String::new(),
            subject,
            languages: Vec::new(),
            kinds: Vec::new(),
            schedule: Schedule::AtOnce,
            channels: Vec::new(),
        }
    }
}

impl From<&str> for WatchSettings {
    /// What is tracked, as it is written ([`Subject::read`]).
    fn from(written: &str) -> Self {
        Subject::read(written).into()
    }
}

/// How often it is told what a watch found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    /// Each alert when it is made.
    #[default]
    AtOnce,
    /// Once a day, where there is something to tell.
    Daily,
    /// Once a week, where there is something to tell.
    Weekly,
}

impl Schedule {
    /// All of them, the most frequent first.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Daily, Self::Weekly];

    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// The schedule of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|schedule| schedule.name() == name)
    }
}
