//! The outbox: what is due, who tries it, and what came of it.

use rusqlite::types::Value;
use rusqlite::{Params, Row, params, params_from_iter};

use super::rows::{ALERT, alert_row, channel_kind, subject, watch_name};
use crate::store::documents::{as_i64, as_usize};
use crate::store::{Error, Store};
use crate::watch::{Alert, Channel, Delivery, DeliveryCounts, DeliveryFilter, DeliveryState};

/// So many alerts of a delivery are told; of the others the number.
const MOST_TOLD: usize = 50;

const DELIVERY: &str = "
    SELECT delivery.id, watch.id, watch.name, watch.subject, watch.value,
           channel.id, channel.kind, channel.target, channel.secret,
           (SELECT count(*) FROM delivery_alert WHERE delivery_alert.delivery = delivery.id),
           delivery.created, delivery.attempts, delivery.next_attempt, delivery.state, delivery.last_error
    FROM delivery JOIN channel ON channel.id = delivery.channel JOIN watch ON watch.id = channel.watch";

impl Store {
    /// The deliveries that are to be tried at `now`, RFC 3339, the longest waiting first: not those that somebody is
    /// trying, nor those for receivers that are `busy` ([`crate::watch::ChannelKind::receiver`]).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn due_deliveries(&self, now: &str, busy: &[String], limit: usize) -> Result<Vec<Delivery>, Error> {
        let sql = format!(
            "{DELIVERY} WHERE delivery.state = 'pending' AND delivery.next_attempt <= ?1
                 AND (delivery.leased_until IS NULL OR delivery.leased_until <= ?1)
                 AND channel.receiver NOT IN (SELECT value FROM json_each(?2))
             ORDER BY delivery.next_attempt, delivery.id LIMIT ?3"
        );
        self.list_deliveries(&sql, params![now, serde_json::to_string(busy)?, as_i64(limit)], MOST_TOLD)
    }

    /// Takes a delivery that is due, so that nobody else tries it until `lease`; whether that was possible. Both times
    /// are RFC 3339, UTC.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn claim_delivery(&mut self, id: &str, now: &str, lease: &str) -> Result<bool, Error> {
        let claimed = self.connection.execute(
            "UPDATE delivery SET leased_until = ?3 WHERE id = ?1 AND state = 'pending' AND next_attempt <= ?2
                 AND (leased_until IS NULL OR leased_until <= ?2)",
            [id, now, lease],
        )?;
        Ok(claimed > 0)
    }

    /// Notes that the receiver has a delivery; whether there is one that it did not have. One that was given up in the
    /// meantime counts as delivered too.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn delivery_done(&mut self, id: &str, now: &str) -> Result<bool, Error> {
        let done = self.connection.execute(
            "UPDATE delivery SET state = 'delivered', attempts = attempts + 1, next_attempt = ?2, leased_until = NULL,
                 last_error = NULL
             WHERE id = ?1 AND state <> 'delivered'",
            [id, now],
        )?;
        Ok(done > 0)
    }

    /// Notes that an attempt at a pending delivery failed, and when the next is; without one it is given up. Whether it
    /// was pending.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn delivery_failed(&mut self, id: &str, now: &str, error: &str, next: Option<&str>) -> Result<bool, Error> {
        let state = if next.is_some() { DeliveryState::Pending } else { DeliveryState::Dead };
        let failed = self.connection.execute(
            "UPDATE delivery SET state = ?2, attempts = attempts + 1, next_attempt = ?3, leased_until = NULL,
                 last_error = ?4
             WHERE id = ?1 AND state = 'pending'",
            params![id, state.name(), next.unwrap_or(now), error],
        )?;
        Ok(failed > 0)
    }

    /// Puts back a delivery that was claimed and not tried; its next attempt stays when it was.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn release_delivery(&mut self, id: &str) -> Result<(), Error> {
        self.connection.execute("UPDATE delivery SET leased_until = NULL WHERE id = ?1 AND state = 'pending'", [id])?;
        Ok(())
    }

    /// Has a delivery that was given up, or waits, tried again from the start; whether there is one. It keeps its id.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn resend(&mut self, id: &str, now: &str) -> Result<bool, Error> {
        let again = self.connection.execute(
            "UPDATE delivery SET state = 'pending', attempts = 0, next_attempt = ?2
             WHERE id = ?1 AND state <> 'delivered'",
            [id, now],
        )?;
        Ok(again > 0)
    }

    /// Deliveries in a state, or all, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn deliveries(&self, state: Option<DeliveryState>, limit: usize) -> Result<Vec<Delivery>, Error> {
        self.deliveries_before(DeliveryFilter { watch: None, state }, None, limit, MOST_TOLD)
    }

    /// The deliveries of a watch, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn deliveries_of_watch(&self, watch: i64, limit: usize) -> Result<Vec<Delivery>, Error> {
        self.deliveries_before(DeliveryFilter { watch: Some(watch), state: None }, None, limit, MOST_TOLD)
    }

    /// The deliveries that were made before the one of an id, or all, newest first: the next stretch of a list. Of each
    /// at most `told` alerts are given. An id that nothing has gives none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn deliveries_before(
        &self,
        filter: DeliveryFilter,
        before: Option<&str>,
        limit: usize,
        told: usize,
    ) -> Result<Vec<Delivery>, Error> {
        // A condition of its own for each filter, since an index serves each.
        let mut conditions = vec!["TRUE"];
        let mut values: Vec<Value> = Vec::new();
        if let Some(watch) = filter.watch {
            conditions.push("channel.watch = ?");
            values.push(watch.into());
        }
        if let Some(state) = filter.state {
            conditions.push("delivery.state = ?");
            values.push(state.name().to_owned().into());
        }
        if let Some(before) = before {
            conditions.push(
                "(delivery.created, delivery.rowid)
                     < (SELECT former.created, former.rowid FROM delivery AS former WHERE former.id = ?)",
            );
            values.push(before.to_owned().into());
        }
        values.push(as_i64(limit).into());
        let conditions = conditions.join(" AND ");
        let sql = format!("{DELIVERY} WHERE {conditions} ORDER BY delivery.created DESC, delivery.rowid DESC LIMIT ?");
        self.list_deliveries(&sql, params_from_iter(values), told)
    }

    /// The delivery of that id.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivery(&self, id: &str) -> Result<Option<Delivery>, Error> {
        Ok(self.list_deliveries(&format!("{DELIVERY} WHERE delivery.id = ?1"), [id], MOST_TOLD)?.pop())
    }

    /// When the next delivery is to be tried, RFC 3339; `None` when none is pending.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn next_delivery(&self) -> Result<Option<String>, Error> {
        let sql = "SELECT min(next_attempt) FROM delivery WHERE state = 'pending'";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }

    /// How many deliveries are in each state.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivery_counts(&self) -> Result<DeliveryCounts, Error> {
        self.count_deliveries("SELECT state, count(*) FROM delivery GROUP BY state", [])
    }

    /// How many deliveries of a watch are in each state.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivery_counts_of_watch(&self, watch: i64) -> Result<DeliveryCounts, Error> {
        let sql = "SELECT state, count(*) FROM delivery JOIN channel ON channel.id = delivery.channel
                   WHERE channel.watch = ?1 GROUP BY state";
        self.count_deliveries(sql, [watch])
    }

    fn count_deliveries(&self, sql: &str, parameters: impl Params) -> Result<DeliveryCounts, Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        let mut counts = DeliveryCounts::default();
        while let Some(row) = rows.next()? {
            let count = as_usize(row.get(1)?);
            match DeliveryState::from_name(&row.get::<_, String>(0)?) {
                Some(DeliveryState::Pending) => counts.pending = count,
                Some(DeliveryState::Delivered) => counts.delivered = count,
                Some(DeliveryState::Dead) => counts.dead = count,
                None => {}
            }
        }
        Ok(counts)
    }

    fn list_deliveries(&self, sql: &str, parameters: impl Params, told: usize) -> Result<Vec<Delivery>, Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        let mut deliveries = Vec::new();
        while let Some(row) = rows.next()? {
            deliveries.push(delivery_row(row)?);
        }
        for delivery in &mut deliveries {
            delivery.alerts = self.told(&delivery.id, told)?;
        }
        Ok(deliveries)
    }

    /// The first alerts of a delivery.
    fn told(&self, delivery: &str, most: usize) -> Result<Vec<Alert>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{ALERT} WHERE alert.id IN (SELECT alert FROM delivery_alert WHERE delivery = ?1 ORDER BY alert LIMIT ?2)
             ORDER BY alert.id"
        ))?;
        let mut rows = statement.query(params![delivery, as_i64(most)])?;
        let mut alerts = Vec::new();
        while let Some(row) = rows.next()? {
            alerts.push(alert_row(row)?);
        }
        Ok(alerts)
    }
}

fn delivery_row(row: &Row<'_>) -> Result<Delivery, Error> {
    let subject = subject(&row.get::<_, String>(3)?, row.get(4)?);
    Ok(Delivery {
        id: row.get(0)?,
        watch: row.get(1)?,
        watch_name: watch_name(row.get(2)?, &subject),
        channel: Channel { id: row.get(5)?, kind: channel_kind(&row.get::<_, String>(6)?, row.get(7)?, row.get(8)?) },
        alerts: Vec::new(),
        total: as_usize(row.get(9)?),
        created: row.get(10)?,
        attempts: as_usize(row.get(11)?),
        next_attempt: row.get(12)?,
        state: DeliveryState::from_name(&row.get::<_, String>(13)?).unwrap_or(DeliveryState::Dead),
        last_error: row.get(14)?,
    })
}
