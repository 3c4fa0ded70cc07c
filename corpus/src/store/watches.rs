//! Watches, and alerts that are made once.

use rusqlite::{Row, params};

use super::{Error, Store};
use crate::watch::{Alert, Watch, WatchMatch};

impl Store {
    /// Adds a watch; the same query again gives the watch that is there. `now` is RFC 3339.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn add_watch(&mut self, query: &str, now: &str) -> Result<Watch, Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT INTO watch (query, created) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM watch WHERE query = ?1)",
            [query, now],
        )?;
        let watch =
            transaction.query_row("SELECT id, query, created FROM watch WHERE query = ?1", [query], watch_row)?;
        transaction.commit()?;
        Ok(watch)
    }

    /// Removes a watch with its alerts; whether there was one.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn remove_watch(&mut self, id: i64) -> Result<bool, Error> {
        Ok(self.connection.execute("DELETE FROM watch WHERE id = ?1", [id])? > 0)
    }

    /// All watches, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn watches(&self) -> Result<Vec<Watch>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT id, query, created FROM watch ORDER BY id")?;
        let rows = statement.query_map([], watch_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Records that watches have seen a document, with the alerts that this makes: how many are new.
    ///
    /// Both happen in one transaction, so that a crash neither loses an alert nor makes it twice. A document that was
    /// ingested quietly makes none, and none is made for a watch that is younger than the document's text. An alert
    /// that was made already takes the new place, since the document may have been read anew.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn record_watched(&mut self, document: i64, matches: &[WatchMatch], now: &str) -> Result<usize, Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let quiet: bool =
            transaction.query_row("SELECT quiet FROM document WHERE id = ?1", [document], |row| row.get(0))?;
        let mut made = 0;
        if !quiet {
            let mut insert = transaction.prepare_cached(
                // A watch may have been removed since it was matched.
                "INSERT OR IGNORE INTO alert (watch, document, atoms, sentence, created)
                 SELECT watch.id, document.id, ?3, ?4, ?5 FROM watch JOIN document ON document.id = ?2
                 WHERE watch.id = ?1 AND watch.created <= coalesce(document.readable_since, document.added)",
            )?;
            let mut moved = transaction
                .prepare_cached("UPDATE alert SET atoms = ?3, sentence = ?4 WHERE watch = ?1 AND document = ?2")?;
            for found in matches {
                let atoms = serde_json::to_string(&found.atoms)?;
                let sentence = super::documents::as_i64(found.sentence);
                moved.execute(params![found.watch, document, atoms, sentence])?;
                made += insert.execute(params![found.watch, document, atoms, sentence, now])?;
            }
        }
        transaction.execute("UPDATE document SET watched = 1 WHERE id = ?1", [document])?;
        transaction.commit()?;
        Ok(made)
    }

    /// Alerts, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn alerts(&self, limit: usize) -> Result<Vec<Alert>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT alert.id, alert.watch, watch.query, alert.document,
                    coalesce(document.facts ->> '$.title', document.name), alert.atoms,
                    coalesce(sentence.text, ''), coalesce(sentence.page, 1), alert.created,
                    EXISTS (SELECT 1 FROM page
                            WHERE page.document = document.id AND page.number = sentence.page AND kind = 'ocr')
             FROM alert
             JOIN watch ON watch.id = alert.watch
             JOIN document ON document.id = alert.document
             LEFT JOIN sentence ON sentence.document = alert.document AND sentence.ord = alert.sentence
             ORDER BY alert.id DESC LIMIT ?1",
        )?;
        let rows = statement.query_map([super::documents::as_i64(limit)], |row| {
            let atoms: String = row.get(5)?;
            Ok((
                atoms,
                Alert {
                    id: row.get(0)?,
                    watch: row.get(1)?,
                    query: row.get(2)?,
                    document: row.get(3)?,
                    title: row.get(4)?,
                    atoms: Vec::new(),
                    sentence: row.get(6)?,
                    page: row.get(7)?,
                    created: row.get(8)?,
                    ocr: row.get(9)?,
                },
            ))
        })?;
        rows.map(|row| {
            let (atoms, alert) = row?;
            Ok(Alert { atoms: serde_json::from_str(&atoms)?, ..alert })
        })
        .collect()
    }
}

fn watch_row(row: &Row<'_>) -> rusqlite::Result<Watch> {
    Ok(Watch { id: row.get(0)?, query: row.get(1)?, created: row.get(2)? })
}
