//! Watches, alerts that are made once, and the outbox of what is sent of them.

mod alerts;
mod deliveries;
mod editions;
mod listed;
#[cfg(test)]
mod model;
mod outbox;
mod rows;
pub(super) mod tables;
#[cfg(test)]
mod tests;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use self::rows::{WATCH, watch_row};
use super::{Error, Store};
use crate::watch::{ChannelKind, Watch, WatchSettings};

pub(super) use alerts::{NewAlert, insert_alert};
pub use listed::WatchTally;

impl Store {
    /// Adds a watch; settings that a watch has already give that one. `now` is RFC 3339.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn add_watch(&mut self, settings: impl Into<WatchSettings>, now: &str) -> Result<Watch, Error> {
        let settings = settings.into();
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some(same) = same_watch(&transaction, &settings)? {
            return Ok(same);
        }
        transaction.execute(
            "INSERT INTO watch (id, name, note, subject, value, languages, kinds, schedule, created, since)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
            values(None, &settings, now)?,
        )?;
        let id = transaction.last_insert_rowid();
        put_channels(&transaction, id, &settings.channels)?;
        let watch = one(&transaction, id)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
        transaction.commit()?;
        Ok(watch)
    }

    /// Changes a watch, and gives it as it is then; `None` when there is none of that number.
    ///
    /// Its alerts stay, and so do the channels that lead where they did, with their secrets. Documents that were there
    /// before it tracked this make no alerts.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn edit_watch(&mut self, id: i64, settings: &WatchSettings, now: &str) -> Result<Option<Watch>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let edited = transaction.execute(
            "UPDATE watch SET name = ?2, note = ?3, subject = ?4, value = ?5, languages = ?6, kinds = ?7,
                 schedule = ?8,
                 since = iif(subject = ?4 AND value = ?5 AND languages = ?6 AND kinds = ?7, since, ?9)
             WHERE id = ?1",
            values(Some(id), settings, now)?,
        )?;
        if edited == 0 {
            return Ok(None);
        }
        put_channels(&transaction, id, &settings.channels)?;
        let watch = one(&transaction, id)?;
        transaction.commit()?;
        Ok(watch)
    }

    /// Has a watch rest, or go on from `now`; whether there is such a watch.
    ///
    /// What comes while it rests makes no alerts, then or later. What came before makes them also when it is matched
    /// only while the watch rests, as when a crash came between: a rest begins at the second at which it was asked for.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn pause_watch(&mut self, id: i64, paused: bool, now: &str) -> Result<bool, Error> {
        let updated = self.connection.execute(
            // The column says since when it rests, in seconds since 1970; 1 of a store that did not say so.
            "UPDATE watch SET paused = iif(?2, iif(paused, paused, max(1, coalesce(unixepoch(?3), 1))), 0),
                 since = iif(paused AND NOT ?2, ?3, since)
             WHERE id = ?1",
            params![id, paused, now],
        )?;
        Ok(updated > 0)
    }

    /// Removes a watch with its alerts and its deliveries; whether there was one.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn remove_watch(&mut self, id: i64) -> Result<bool, Error> {
        Ok(self.connection.execute("DELETE FROM watch WHERE id = ?1", [id])? > 0)
    }

    /// The watch of that number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn watch(&self, id: i64) -> Result<Option<Watch>, Error> {
        one(&self.connection, id)
    }

    /// All watches, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn watches(&self) -> Result<Vec<Watch>, Error> {
        let mut statement = self.connection.prepare_cached(&format!("{WATCH} ORDER BY watch.id"))?;
        let mut rows = statement.query([])?;
        let mut watches = Vec::new();
        while let Some(row) = rows.next()? {
            watches.push(watch_row(row)?);
        }
        Ok(watches)
    }

    /// Whether anything is watched.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_watches(&self) -> Result<bool, Error> {
        Ok(self.connection.query_row("SELECT EXISTS (SELECT 1 FROM watch)", [], |row| row.get(0))?)
    }

    /// A number that grows with every change of what is to be matched.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn watching_version(&self) -> Result<i64, Error> {
        Ok(self.connection.query_row("SELECT version FROM watching", [], |row| row.get(0))?)
    }

    /// A name of this store that nobody else has: random, and kept for ever.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn identity(&self) -> Result<String, Error> {
        Ok(self.connection.query_row("SELECT id FROM identity", [], |row| row.get(0))?)
    }
}

/// The row of a watch: its number, where it has one yet, what a person says of it, and the time.
fn values(id: Option<i64>, settings: &WatchSettings, now: &str) -> Result<[Value; 9], Error> {
    Ok([
        id.into(),
        settings.name.clone().into(),
        settings.note.clone().into(),
        settings.subject.kind().to_owned().into(),
        settings.subject.value().clone().into(),
        rows::languages_json(&settings.languages)?.into(),
        rows::kinds_json(&settings.kinds)?.into(),
        settings.schedule.name().to_owned().into(),
        now.to_owned().into(),
    ])
}

fn one(connection: &rusqlite::Connection, id: i64) -> Result<Option<Watch>, Error> {
    let mut statement = connection.prepare_cached(&format!("{WATCH} WHERE watch.id = ?1"))?;
    statement.query_row([id], |row| Ok(watch_row(row))).optional()?.transpose()
}

/// The watch that has these settings already, whatever the secrets of its channels.
fn same_watch(transaction: &Transaction<'_>, settings: &WatchSettings) -> Result<Option<Watch>, Error> {
    let sql = format!("{WATCH} WHERE watch.subject = ?1 AND watch.value = ?2 ORDER BY watch.id");
    let mut statement = transaction.prepare_cached(&sql)?;
    let mut rows = statement.query(params![settings.subject.kind(), settings.subject.value()])?;
    while let Some(row) = rows.next()? {
        let watch = watch_row(row)?;
        let own = watch.settings();
        let leads_alike = own.channels.len() == settings.channels.len()
            && own.channels.iter().all(|one| settings.channels.iter().any(|other| one.leads_where(other)));
        if leads_alike && own == (WatchSettings { channels: own.channels.clone(), ..settings.clone() }) {
            return Ok(Some(watch));
        }
    }
    Ok(None)
}

/// Puts channels in place of those that a watch has; those that lead where one of them does stay as they are.
fn put_channels(transaction: &Transaction<'_>, watch: i64, channels: &[ChannelKind]) -> Result<(), Error> {
    let kept: Vec<[&str; 2]> = channels.iter().map(|channel| [channel.name(), channel.target()]).collect();
    transaction.execute(
        "DELETE FROM channel WHERE watch = ?1
             AND (kind, target) NOT IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))",
        params![watch, serde_json::to_string(&kept)?],
    )?;
    let mut insert = transaction.prepare_cached(
        "INSERT OR IGNORE INTO channel (watch, kind, target, secret, receiver) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for channel in channels {
        let secret = match channel {
            ChannelKind::Webhook { secret, .. } => Some(secret),
            ChannelKind::Mail { .. } => None,
        };
        insert.execute(params![watch, channel.name(), channel.target(), secret, channel.receiver()])?;
    }
    Ok(())
}
