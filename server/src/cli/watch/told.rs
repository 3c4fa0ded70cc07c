//! Watches and deliveries as the command line tells of them. Secrets are not told.

use corpus::watch::{ChannelKind, Delivery, Watch};
use serde::Serialize;

use crate::cli::output;
use crate::search::AlsoSearched;

/// Says what is watched besides.
pub(super) fn widening(also: &[AlsoSearched], designations: &[String]) {
    for also in also {
        let texts: Vec<&str> = also.renderings.iter().map(|rendering| rendering.text.as_str()).collect();
        output::message(&format!("also watched: {}", texts.join(", ")));
    }
    if !designations.is_empty() {
        output::message(&format!("watched: {}", designations.join(", ")));
    }
}

#[derive(Serialize)]
pub(super) struct WatchTold {
    id: i64,
    name: String,
    note: String,
    /// The subject as it is written.
    query: String,
    subject: &'static str,
    languages: Vec<&'static str>,
    kinds: Vec<&'static str>,
    schedule: &'static str,
    channels: Vec<ChannelTold>,
    paused: bool,
    alerts: usize,
    created: String,
}

#[derive(Serialize)]
struct ChannelTold {
    kind: &'static str,
    target: String,
}

impl ChannelTold {
    fn of(channel: &ChannelKind) -> Self {
        Self { kind: channel.name(), target: channel.target().to_owned() }
    }
}

impl WatchTold {
    pub(super) fn of(watch: &Watch, alerts: usize) -> Self {
        Self {
            id: watch.id,
            name: watch.name.clone(),
            note: watch.note.clone(),
            query: watch.subject.written(),
            subject: watch.subject.kind(),
            languages: watch.languages.iter().map(|language| language.code()).collect(),
            kinds: watch.kinds.iter().map(|kind| kind.name()).collect(),
            schedule: watch.schedule.name(),
            channels: watch.channels.iter().map(|channel| ChannelTold::of(&channel.kind)).collect(),
            paused: watch.paused,
            alerts,
            created: watch.created.clone(),
        }
    }

    pub(super) fn row(self) -> [String; 7] {
        let schedule = if self.paused { "paused" } else { self.schedule };
        let limits: Vec<&str> = self.languages.into_iter().chain(self.kinds).collect();
        let limits = if limits.is_empty() { String::new() } else { format!(" ({})", limits.join(", ")) };
        let targets: Vec<String> = self.channels.into_iter().map(|channel| channel.target).collect();
        let (id, alerts) = (self.id.to_string(), self.alerts.to_string());
        let tracks = format!("{}{limits}", self.query);
        [id, self.name, tracks, schedule.replace('_', " "), targets.join(", "), alerts, self.created]
    }
}

#[derive(Serialize)]
pub(super) struct DeliveryTold<'a> {
    id: &'a str,
    watch: i64,
    watch_name: &'a str,
    channel: ChannelTold,
    alerts: Vec<i64>,
    total: usize,
    state: &'static str,
    attempts: usize,
    next_attempt: &'a str,
    created: &'a str,
    last_error: Option<&'a str>,
}

impl<'a> DeliveryTold<'a> {
    pub(super) fn of(delivery: &'a Delivery) -> Self {
        Self {
            id: &delivery.id,
            watch: delivery.watch,
            watch_name: &delivery.watch_name,
            channel: ChannelTold::of(&delivery.channel.kind),
            alerts: delivery.alerts.iter().map(|alert| alert.id).collect(),
            total: delivery.total,
            state: delivery.state.name(),
            attempts: delivery.attempts,
            next_attempt: &delivery.next_attempt,
            created: &delivery.created,
            last_error: delivery.last_error.as_deref(),
        }
    }

    pub(super) fn row(&self) -> [String; 8] {
        [
            self.id.to_owned(),
            self.watch_name.to_owned(),
            self.channel.target.clone(),
            self.total.to_string(),
            self.state.to_owned(),
            self.attempts.to_string(),
            self.next_attempt.to_owned(),
            self.last_error.unwrap_or_default().to_owned(),
        ]
    }
}
