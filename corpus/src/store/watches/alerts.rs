//! Alerts: made once, moved with their sentences, seen.

use rusqlite::{Params, Transaction, TransactionBehavior, params};

use super::outbox;
use super::rows::{ALERT, alert_row};
use crate::store::documents::{as_i64, as_usize};
use crate::store::{Error, Store};
use crate::watch::{Alert, Occasion, WatchMatch};

/// An alert that is to be made, unless it was.
pub(in crate::store) struct NewAlert<'a> {
    pub(in crate::store) watch: i64,
    pub(in crate::store) document: i64,
    pub(in crate::store) occasion: Occasion,
    /// Strings as JSON.
    pub(in crate::store) atoms: &'a str,
    /// Strings as JSON.
    pub(in crate::store) renderings: &'a str,
    pub(in crate::store) sentence: i64,
}

/// Makes an alert with its deliveries, and says whether it did: not where the watch has been told of the document, is
/// gone, rests, or is younger than the document's text, nor where the document came in quietly.
pub(in crate::store) fn insert_alert(
    transaction: &Transaction<'_>,
    alert: &NewAlert<'_>,
    now: &str,
) -> Result<bool, Error> {
    let mut insert = transaction.prepare_cached(
        "INSERT OR IGNORE INTO alert (watch, document, occasion, earlier, atoms, renderings, sentence, created)
         SELECT watch.id, document.id, ?3, (SELECT id FROM document WHERE id = ?4), ?5, ?6, ?7, ?8
         FROM watch JOIN document ON document.id = ?2
         WHERE watch.id = ?1 AND NOT watch.paused AND NOT document.quiet
             AND watch.since <= coalesce(document.readable_since, document.added)",
    )?;
    let occasion = alert.occasion;
    let made = insert.execute(params![
        alert.watch,
        alert.document,
        occasion.name(),
        occasion.earlier(),
        alert.atoms,
        alert.renderings,
        alert.sentence,
        now
    ])?;
    if made > 0 {
        outbox::put_alert(transaction, transaction.last_insert_rowid(), alert.watch, now)?;
    }
    Ok(made > 0)
}

impl Store {
    /// Records that watches have seen a document, with the alerts that this makes: how many are new.
    ///
    /// All of it happens in one transaction, with the deliveries of watches that are told at once, so that a crash
    /// neither loses an alert nor makes it twice. None is made where the watch rests or is younger than the document's
    /// text, where the document came in quietly, or where watches have seen all of its text before, since it was only
    /// read anew. An alert that was made already takes the new place.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn record_watched(&mut self, document: i64, matches: &[WatchMatch], now: &str) -> Result<usize, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let told: bool = transaction.query_row("SELECT told FROM document WHERE id = ?1", [document], |r| r.get(0))?;
        let mut made = 0;
        for found in matches {
            let atoms = serde_json::to_string(&found.atoms)?;
            let renderings = serde_json::to_string(&found.renderings)?;
            let (sentence, occasion) = (as_i64(found.sentence), found.occasion);
            transaction
                .prepare_cached(
                    "UPDATE alert SET atoms = ?3, renderings = ?4, sentence = ?5 WHERE watch = ?1 AND document = ?2",
                )?
                .execute(params![found.watch, document, atoms, renderings, sentence])?;
            if !told {
                let (atoms, renderings) = (&*atoms, &*renderings);
                let alert = NewAlert { watch: found.watch, document, occasion, atoms, renderings, sentence };
                made += usize::from(insert_alert(&transaction, &alert, now)?);
            }
        }
        // Pages that wait for an OCR engine may hold what a watch is for.
        transaction.execute(
            "UPDATE document SET watched = 1, told = max(told, readable_since IS NOT NULL AND NOT EXISTS
                 (SELECT 1 FROM page WHERE page.document = document.id AND page.kind <> 'ocr'))
             WHERE id = ?1",
            [document],
        )?;
        transaction.commit()?;
        Ok(made)
    }

    /// Alerts, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alerts(&self, limit: usize) -> Result<Vec<Alert>, Error> {
        self.list(&format!("{ALERT} ORDER BY alert.id DESC LIMIT ?1"), [as_i64(limit)])
    }

    /// The alerts of a watch, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alerts_of_watch(&self, watch: i64, limit: usize) -> Result<Vec<Alert>, Error> {
        let sql = format!("{ALERT} WHERE alert.watch = ?1 ORDER BY alert.id DESC LIMIT ?2");
        self.list(&sql, params![watch, as_i64(limit)])
    }

    /// The alerts that were made before one, of a watch or of all, newest first: the next stretch of a list.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alerts_before(&self, watch: Option<i64>, alert: i64, limit: usize) -> Result<Vec<Alert>, Error> {
        let sql =
            format!("{ALERT} WHERE alert.id < ?1 AND (?2 IS NULL OR alert.watch = ?2) ORDER BY alert.id DESC LIMIT ?3");
        self.list(&sql, params![alert, watch, as_i64(limit)])
    }

    /// The alerts that were made after one, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alerts_after(&self, alert: i64, limit: usize) -> Result<Vec<Alert>, Error> {
        let sql = format!("{ALERT} WHERE alert.id > ?1 ORDER BY alert.id LIMIT ?2");
        self.list(&sql, params![alert, as_i64(limit)])
    }

    /// The number of the newest alert; 0 when there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest_alert(&self) -> Result<i64, Error> {
        Ok(self.connection.query_row("SELECT coalesce(max(id), 0) FROM alert", [], |row| row.get(0))?)
    }

    /// How many alerts nobody has seen, by watch.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn unseen_alerts(&self) -> Result<Vec<(i64, usize)>, Error> {
        let sql = "SELECT watch, count(*) FROM alert WHERE seen IS NULL GROUP BY watch ORDER BY watch";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, as_usize(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many alerts each watch has made, and when the last of them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alert_counts(&self) -> Result<Vec<(i64, usize, String)>, Error> {
        let sql = "SELECT watch, count(*), max(created) FROM alert GROUP BY watch ORDER BY watch";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, as_usize(row.get(1)?), row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Marks the alerts up to one as seen, of a watch or of all; how many were not.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn mark_alerts_seen(&mut self, watch: Option<i64>, up_to: i64, now: &str) -> Result<usize, Error> {
        let sql = "UPDATE alert SET seen = ?3 WHERE seen IS NULL AND id <= ?2 AND (?1 IS NULL OR watch = ?1)";
        Ok(self.connection.execute(sql, params![watch, up_to, now])?)
    }

    fn list(&self, sql: &str, parameters: impl Params) -> Result<Vec<Alert>, Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(parameters)?;
        let mut alerts = Vec::new();
        while let Some(row) = rows.next()? {
            alerts.push(alert_row(row)?);
        }
        Ok(alerts)
    }
}
