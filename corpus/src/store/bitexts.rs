//! Bitexts and their beads.

use rusqlite::{OptionalExtension as _, Row, params};

use super::{Error, Store};
use crate::bitext::{Bead, Bitext, MadeBy, PairedBy};

const BITEXT: &str = "id, zh, en, paired_by, score, reasons";

impl Store {
    /// Records a bitext with its beads, in place of what either document was paired with before.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_bitext(
        &mut self,
        zh: i64,
        en: i64,
        paired_by: PairedBy,
        score: f32,
        beads: &[Bead],
    ) -> Result<i64, Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM bitext WHERE zh = ?1 OR en = ?2", [zh, en])?;
        transaction.execute(
            "INSERT INTO bitext (zh, en, paired_by, score) VALUES (?1, ?2, ?3, ?4)",
            params![zh, en, paired_by.name(), score],
        )?;
        let id = transaction.last_insert_rowid();
        {
            let mut insert = transaction.prepare_cached(
                "INSERT INTO bead (bitext, ord, zh, en, score, made_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?;
            for (ord, bead) in beads.iter().enumerate() {
                let (zh, en) = (serde_json::to_string(&bead.zh)?, serde_json::to_string(&bead.en)?);
                insert.execute(params![id, super::documents::as_i64(ord), zh, en, bead.score, bead.made_by.name()])?;
            }
        }
        transaction.commit()?;
        Ok(id)
    }

    /// Takes a bitext back, with its beads and what was mined from it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn remove_bitext(&mut self, id: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM bitext WHERE id = ?1", [id])?;
        Ok(())
    }

    /// The bitext that a document belongs to.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn bitext_of(&self, document: i64) -> Result<Option<Bitext>, Error> {
        let sql = format!("SELECT {BITEXT} FROM bitext WHERE zh = ?1 OR en = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([document], bitext_row).optional()?)
    }

    /// All bitexts, in the order in which they were paired.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn bitexts(&self) -> Result<Vec<Bitext>, Error> {
        let mut statement = self.connection.prepare(&format!("SELECT {BITEXT} FROM bitext ORDER BY id"))?;
        let rows = statement.query_map([], bitext_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The beads of a bitext, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn beads(&self, bitext: i64) -> Result<Vec<Bead>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT zh, en, score, made_by FROM bead WHERE bitext = ?1 ORDER BY ord")?;
        let rows = statement.query_map([bitext], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?, row.get::<_, String>(3)?))
        })?;
        rows.map(|row| {
            let (zh, en, score, made_by) = row?;
            Ok(Bead {
                zh: serde_json::from_str(&zh)?,
                en: serde_json::from_str(&en)?,
                score,
                made_by: MadeBy::from_name(&made_by),
            })
        })
        .collect()
    }
}

fn bitext_row(row: &Row<'_>) -> rusqlite::Result<Bitext> {
    let paired_by: String = row.get(3)?;
    let paired_by = match paired_by.as_str() {
        "manifest" => PairedBy::Manifest,
        "number" => PairedBy::Number,
        _ => PairedBy::Content,
    };
    let reasons = serde_json::from_str(&row.get::<_, String>(5)?).unwrap_or_default();
    Ok(Bitext { id: row.get(0)?, zh: row.get(1)?, en: row.get(2)?, paired_by, score: row.get(4)?, reasons })
}
