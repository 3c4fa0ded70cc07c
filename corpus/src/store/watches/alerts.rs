//! Alerts: made once, moved with their sentences, seen.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Params, Transaction, TransactionBehavior, params, params_from_iter};
use serde::de::DeserializeOwned;

use super::outbox;
use super::rows::{ALERT, alert_row, subject};
use crate::document::DocumentHash;
use crate::store::documents::{as_i64, as_usize};
use crate::store::{Error, Store};
use crate::watch::{Alert, AlertCounts, AlertDocument, AlertFilter, Occasion, WatchMatch, WatchTally};

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
/// gone, rested already when the document became readable, or is younger than its text, nor where the document came in quietly.
pub(in crate::store) fn insert_alert(
    transaction: &Transaction<'_>,
    alert: &NewAlert<'_>,
    now: &str,
) -> Result<bool, Error> {
    let mut insert = transaction.prepare_cached(
        "INSERT OR IGNORE INTO alert (watch, document, occasion, earlier, atoms, renderings, sentence, created)
         SELECT watch.id, document.id, ?3, (SELECT id FROM document WHERE id = ?4), ?5, ?6, ?7, ?8
         FROM watch JOIN document ON document.id = ?2
         WHERE watch.id = ?1 AND NOT document.quiet
             AND (NOT watch.paused OR unixepoch(coalesce(document.readable_since, document.added)) < watch.paused)
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

/// What a filter asks of a row, with the values for its places. A condition of its own for each filter, since an index
/// serves each.
fn condition(filter: AlertFilter) -> (&'static str, Vec<i64>) {
    let condition = match (filter.watch.is_some(), filter.unseen) {
        (true, true) => "alert.watch = ? AND alert.seen IS NULL",
        (true, false) => "alert.watch = ?",
        (false, true) => "alert.seen IS NULL",
        (false, false) => "TRUE",
    };
    (condition, filter.watch.into_iter().collect())
}

/// A part of a document's facts; its default where the facts do not have it.
fn part<T: DeserializeOwned + Default>(json: Option<String>) -> Result<T, Error> {
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default())
}

impl Store {
    /// Records that watches have seen a document, with the alerts that this makes: how many are new.
    ///
    /// All of it happens in one transaction, with the deliveries of watches that are told at once, so that a crash
    /// neither loses an alert nor makes it twice. None is made where the watch rested already when the document became
    /// readable or is younger than its text, where the document came in quietly, or where watches have seen all of its text before, since it was only
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

    /// The alerts that were made before one, newest first: the next stretch of a list.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alerts_before(&self, filter: AlertFilter, alert: i64, limit: usize) -> Result<Vec<Alert>, Error> {
        let (condition, mut values) = condition(filter);
        values.extend([alert, as_i64(limit)]);
        let sql = format!("{ALERT} WHERE {condition} AND alert.id < ? ORDER BY alert.id DESC LIMIT ?");
        self.list(&sql, params_from_iter(values))
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

    /// How many alerts there are, of a watch or of all.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count_alerts(&self, watch: Option<i64>) -> Result<AlertCounts, Error> {
        let count = |unseen: bool| -> Result<usize, Error> {
            let (condition, values) = condition(AlertFilter { watch, unseen });
            let sql = format!("SELECT count(*) FROM alert WHERE {condition}");
            let mut statement = self.connection.prepare_cached(&sql)?;
            Ok(as_usize(statement.query_row(params_from_iter(values), |row| row.get(0))?))
        };
        Ok(AlertCounts { total: count(false)?, unseen: count(true)? })
    }

    /// How many alerts nobody has seen, counted no further than `most`, so that it takes the same time however many
    /// there are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count_unseen(&self, most: usize) -> Result<usize, Error> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM alert WHERE seen IS NULL LIMIT ?1)";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(as_usize(statement.query_row([as_i64(most)], |row| row.get(0))?))
    }

    /// The watches that have made alerts, with how many: first those with alerts that nobody has seen, the newest
    /// first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn watch_tallies(&self, limit: usize) -> Result<Vec<WatchTally>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT watch.id, watch.name, watch.subject, watch.value, made.total, coalesce(new.unseen, 0)
             FROM (SELECT watch, count(*) AS total, max(id) AS newest FROM alert GROUP BY watch) AS made
                 JOIN watch ON watch.id = made.watch
                 LEFT JOIN (SELECT watch, count(*) AS unseen FROM alert WHERE seen IS NULL GROUP BY watch) AS new
                     ON new.watch = made.watch
             ORDER BY new.unseen IS NULL, made.newest DESC LIMIT ?1",
        )?;
        let rows = statement.query_map([as_i64(limit)], |row| {
            Ok(WatchTally {
                watch: row.get(0)?,
                name: row.get(1)?,
                subject: subject(&row.get::<_, String>(2)?, row.get(3)?),
                counts: AlertCounts { total: as_usize(row.get(4)?), unseen: as_usize(row.get(5)?) },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What the documents of alerts say of themselves, by number, of all of them in one query.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alert_documents(&self, alerts: &[Alert]) -> Result<BTreeMap<i64, AlertDocument>, Error> {
        let numbers: BTreeSet<i64> = alerts.iter().map(|alert| alert.document).collect();
        let mut statement = self.connection.prepare_cached(
            "SELECT id, hash, facts -> '$.kind', facts ->> '$.document_number', facts ->> '$.standard.number',
                    facts -> '$.issuers', facts -> '$.dates'
             FROM document WHERE id IN (SELECT value FROM json_each(?1))",
        )?;
        let mut rows = statement.query([serde_json::to_string(&numbers)?])?;
        let mut documents = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let document = AlertDocument {
                hash: DocumentHash(row.get(1)?),
                kind: part(row.get(2)?)?,
                number: row.get(3)?,
                standard: row.get(4)?,
                issuers: part(row.get(5)?)?,
                dates: part(row.get(6)?)?,
            };
            documents.insert(row.get(0)?, document);
        }
        Ok(documents)
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
