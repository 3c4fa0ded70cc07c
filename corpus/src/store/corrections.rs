//! Beads that readers made: kept by their sentences as they are written, and found again in every reading.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use super::bitexts::{bead_rows, replace_beads};
use super::documents::{as_i64, as_usize};
use super::{Error, Store};
use crate::bitext::{Bead, MadeBy};
use crate::correction::{Aligned, Correction, corrected, find_corrections};
use crate::document::BlockKind;

impl Store {
    /// Sets beads of a bitext as a reader makes them, in place of those that hold any of their sentences.
    ///
    /// Sentences of a replaced bead that none of the given ones holds stay together where they follow one another, and
    /// stand alone otherwise. The bitext waits to be aligned and mined anew around what was set. Readers' beads that
    /// lose sentences are the aligner's again. `now` is RFC 3339.
    ///
    /// # Errors
    /// When there is no such bitext, when a sentence is not aligned in it, stands in two of the beads or apart from
    /// the others of its side, and when the store cannot be written.
    pub fn correct_beads(&mut self, bitext: i64, beads: &[Bead], now: &str) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some((zh, en)) = sides_of(&transaction, bitext)? else {
            return Err(Error::Beads("there is no such bitext"));
        };
        let (zh_side, en_side) = (aligned(&transaction, zh)?, aligned(&transaction, en)?);
        check(beads, &zh_side, &en_side)?;
        let standing = bead_rows(&transaction, bitext)?;
        let (before, links): (Vec<Bead>, Vec<String>) = standing.into_iter().unzip();
        let rows = corrected(&before, beads).into_iter().map(|(bead, place)| {
            let links = place.and_then(|at| links.get(at)).map_or("[]", String::as_str);
            (bead, links.to_owned())
        });
        replace_beads(&transaction, bitext, &rows.collect::<Vec<_>>())?;
        for old in found(&transaction, (zh, en), &zh_side, &en_side)? {
            if old.bead.is_some_and(|old| beads.iter().any(|new| overlap(&old, new))) {
                transaction.execute("DELETE FROM corrected_bead WHERE id = ?1", [old.id])?;
            }
        }
        for bead in beads.iter().filter(|bead| !bead.zh.is_empty() || !bead.en.is_empty()) {
            insert(&transaction, (zh, en), &zh_side, &en_side, bead, now)?;
        }
        transaction.execute("UPDATE bitext SET mined = 0 WHERE id = ?1", [bitext])?;
        Ok(transaction.commit()?)
    }

    /// The beads of a bitext that readers made, oldest first, with where they stand now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn corrections(&self, bitext: i64) -> Result<Vec<Correction>, Error> {
        let Some((zh, en)) = sides_of(&self.connection, bitext)? else { return Ok(Vec::new()) };
        let mut corrections = stored(&self.connection, (zh, en))?;
        if !corrections.is_empty() {
            let (zh, en) = (aligned(&self.connection, zh)?, aligned(&self.connection, en)?);
            find_corrections(&mut corrections, &zh, &en);
        }
        Ok(corrections)
    }

    /// Takes back what a reader set: the bead is the aligner's again, and the bitext waits to be aligned anew. Whether
    /// there was such a correction of that bitext.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn undo_correction(&mut self, bitext: i64, correction: i64) -> Result<bool, Error> {
        let undone = self.corrections(bitext)?.into_iter().find(|found| found.id == correction);
        let Some(undone) = undone else { return Ok(false) };
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM corrected_bead WHERE id = ?1", [correction])?;
        if let Some(bead) = undone.bead {
            let (zh, en) = (serde_json::to_string(&bead.zh)?, serde_json::to_string(&bead.en)?);
            transaction.execute(
                "UPDATE bead SET made_by = ?4 WHERE bitext = ?1 AND zh = ?2 AND en = ?3",
                params![bitext, zh, en, MadeBy::Aligner.name()],
            )?;
        }
        transaction.execute("UPDATE bitext SET mined = 0 WHERE id = ?1", [bitext])?;
        transaction.commit()?;
        Ok(true)
    }
}

/// Keeps where corrections were found; whether they are those that are there.
pub(super) fn keep_places(
    transaction: &Transaction<'_>,
    bitext: i64,
    corrections: &[Correction],
) -> Result<bool, Error> {
    let Some(sides) = sides_of(transaction, bitext)? else { return Ok(false) };
    let there = stored(transaction, sides)?;
    if !there.iter().map(|correction| correction.id).eq(corrections.iter().map(|correction| correction.id)) {
        return Ok(false);
    }
    let mut update = transaction.prepare_cached("UPDATE corrected_bead SET zh_at = ?2, en_at = ?3 WHERE id = ?1")?;
    for correction in corrections {
        if let Some(bead) = &correction.bead {
            update.execute(params![correction.id, first(&bead.zh), first(&bead.en)])?;
        }
    }
    Ok(true)
}

fn first(indexes: &[usize]) -> Option<i64> {
    indexes.first().copied().map(as_i64)
}

fn overlap(a: &Bead, b: &Bead) -> bool {
    a.zh.iter().any(|index| b.zh.contains(index)) || a.en.iter().any(|index| b.en.contains(index))
}

fn check(beads: &[Bead], zh: &Aligned, en: &Aligned) -> Result<(), Error> {
    if !beads.iter().all(|bead| zh.is_run(&bead.zh) && en.is_run(&bead.en)) {
        return Err(Error::Beads("the sentences of a side must be aligned in the bitext and follow one another"));
    }
    let once = |indexes: Vec<usize>| indexes.iter().collect::<BTreeSet<_>>().len() == indexes.len();
    let all = |side: fn(&Bead) -> &Vec<usize>| beads.iter().flat_map(|bead| side(bead).iter().copied()).collect();
    if !once(all(|bead| &bead.zh)) || !once(all(|bead| &bead.en)) {
        return Err(Error::Beads("a sentence stands in two of them"));
    }
    Ok(())
}

fn sides_of(connection: &rusqlite::Connection, bitext: i64) -> Result<Option<(i64, i64)>, Error> {
    let mut statement = connection.prepare_cached("SELECT zh, en FROM bitext WHERE id = ?1")?;
    Ok(statement.query_row([bitext], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// The sentences of a document that are aligned: its running text.
fn aligned(connection: &rusqlite::Connection, document: i64) -> Result<Aligned, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT sentence.ord, sentence.text, block.kind FROM sentence
         LEFT JOIN block ON block.document = sentence.document AND block.ord = sentence.block
         WHERE sentence.document = ?1 ORDER BY sentence.ord",
    )?;
    let rows = statement.query_map([document], |row| {
        Ok((as_usize(row.get(0)?), row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?))
    })?;
    let mut sentences = Vec::new();
    for row in rows {
        let (ord, text, kind) = row?;
        if kind.and_then(|kind| BlockKind::from_name(&kind)).is_none_or(BlockKind::is_running_text) {
            sentences.push((ord, text));
        }
    }
    Ok(Aligned::new(sentences))
}

fn found(
    connection: &rusqlite::Connection,
    sides: (i64, i64),
    zh: &Aligned,
    en: &Aligned,
) -> Result<Vec<Correction>, Error> {
    let mut corrections = stored(connection, sides)?;
    find_corrections(&mut corrections, zh, en);
    Ok(corrections)
}

fn stored(connection: &rusqlite::Connection, (zh, en): (i64, i64)) -> Result<Vec<Correction>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT id, zh, en, zh_at, en_at, made FROM corrected_bead
         WHERE zh_document = ?1 AND en_document = ?2 ORDER BY id",
    )?;
    let rows = statement.query_map([zh, en], |row| {
        let (zh, en): (String, String) = (row.get(1)?, row.get(2)?);
        let (zh_at, en_at): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
        Ok((row.get(0)?, zh, en, zh_at.map(as_usize), en_at.map(as_usize), row.get(5)?))
    })?;
    rows.map(|row| {
        let (id, zh, en, zh_at, en_at, made) = row?;
        let (zh, en) = (serde_json::from_str(&zh)?, serde_json::from_str(&en)?);
        Ok(Correction { id, zh, en, zh_at, en_at, made, bead: None })
    })
    .collect()
}

fn insert(
    transaction: &Transaction<'_>,
    (zh, en): (i64, i64),
    zh_side: &Aligned,
    en_side: &Aligned,
    bead: &Bead,
    now: &str,
) -> Result<(), Error> {
    let texts = |side: &Aligned, indexes: &[usize]| {
        let texts: Vec<&str> = indexes.iter().filter_map(|index| side.text(*index)).collect();
        serde_json::to_string(&texts)
    };
    transaction.execute(
        "INSERT INTO corrected_bead (zh_document, en_document, zh, en, zh_at, en_at, made)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![zh, en, texts(zh_side, &bead.zh)?, texts(en_side, &bead.en)?, first(&bead.zh), first(&bead.en), now],
    )?;
    Ok(())
}
