//! Alerts into deliveries.

use rusqlite::{Transaction, TransactionBehavior, params};

use crate::store::{Error, Store};
use crate::watch::{DigestBounds, Schedule};

/// Puts a new alert into the outbox of each channel of its watch: in a delivery of its own where the watch is told at
/// once, and else to wait for a digest.
pub(super) fn put_alert(transaction: &Transaction<'_>, alert: i64, watch: i64, now: &str) -> Result<(), Error> {
    transaction
        .prepare_cached("INSERT INTO delivery_alert (channel, alert) SELECT id, ?1 FROM channel WHERE watch = ?2")?
        .execute([alert, watch])?;
    let mut at_once = transaction.prepare_cached(
        "SELECT channel.id FROM channel JOIN watch ON watch.id = channel.watch
         WHERE watch.id = ?1 AND watch.schedule = ?2 ORDER BY channel.id",
    )?;
    let channels = at_once.query_map(params![watch, Schedule::AtOnce.name()], |row| row.get(0))?;
    for channel in channels.collect::<Result<Vec<i64>, _>>()? {
        put_delivery(transaction, channel, None, now)?;
    }
    Ok(())
}

/// Makes a delivery of the alerts that wait for a channel, of all or of those made before a time; whether there are any.
fn put_delivery(transaction: &Transaction<'_>, channel: i64, before: Option<&str>, now: &str) -> Result<bool, Error> {
    let mut waiting = transaction.prepare_cached(
        "SELECT alert FROM delivery_alert JOIN alert ON alert.id = delivery_alert.alert
         WHERE channel = ?1 AND delivery IS NULL AND (?2 IS NULL OR alert.created < ?2)",
    )?;
    let alerts = waiting.query_map(params![channel, before], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    if alerts.is_empty() {
        return Ok(false);
    }
    let id: String = transaction
        .prepare_cached(
            "INSERT INTO delivery (id, channel, created, next_attempt)
             VALUES ('msg_' || lower(hex(randomblob(16))), ?1, ?2, ?2) RETURNING id",
        )?
        .query_row(params![channel, now], |row| row.get(0))?;
    let mut put =
        transaction.prepare_cached("UPDATE delivery_alert SET delivery = ?3 WHERE channel = ?1 AND alert = ?2")?;
    for alert in alerts {
        put.execute(params![channel, alert, id])?;
    }
    Ok(true)
}

impl Store {
    /// Makes the digests that are due: for each channel of a watch that is told once a day or a week a delivery of the
    /// alerts that were made before its last period ended and are in none yet; how many. What a watch had waiting when
    /// it changed to be told at once goes now. Watches that rest keep theirs.
    ///
    /// What a digest tells depends on `bounds` alone, not on when this is called. `now` is RFC 3339.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn make_digests(&mut self, bounds: &DigestBounds, now: &str) -> Result<usize, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut waiting = transaction.prepare_cached(
            "SELECT DISTINCT channel.id, watch.schedule
             FROM delivery_alert JOIN channel ON channel.id = delivery_alert.channel
                 JOIN watch ON watch.id = channel.watch
             WHERE delivery_alert.delivery IS NULL AND NOT watch.paused ORDER BY channel.id",
        )?;
        let rows = waiting.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let channels = rows.collect::<Result<Vec<(i64, String)>, _>>()?;
        drop(waiting);
        let mut made = 0;
        for (channel, schedule) in channels {
            let before = match Schedule::from_name(&schedule).unwrap_or_default() {
                Schedule::AtOnce => None,
                Schedule::Daily => Some(&*bounds.daily),
                Schedule::Weekly => Some(&*bounds.weekly),
            };
            made += usize::from(put_delivery(&transaction, channel, before, now)?);
        }
        transaction.commit()?;
        Ok(made)
    }
}
