//! Bitexts, their beads and word links.

use rusqlite::{OptionalExtension as _, Row, Transaction, TransactionBehavior, params};

use super::documents::as_i64;
use super::{Error, Store, candidates, corrections, words};
use crate::bitext::{Bead, Bitext, MadeBy, PairedBy, WordLink, WordPair, WordPlace};
use crate::correction::Correction;
use crate::term::TermPair;

const BITEXT: &str = "id, zh, en, paired_by, score, reasons";

/// What aligning and mining a bitext gave.
#[derive(Clone, Copy, Debug)]
pub struct Alignment<'a> {
    /// The beads, by indexes of sentences in their documents.
    pub beads: &'a [Bead],
    /// The word links of each bead.
    pub links: &'a [Vec<WordLink>],
    /// How often words were linked.
    pub words: &'a [WordPair],
    /// The term pairs.
    pub terms: &'a [TermPair],
    /// The readers' corrections that it was made with.
    pub corrections: &'a [Correction],
}

impl Store {
    /// Records that two documents are translations of each other, in place of what either was paired with before; the
    /// number of the bitext.
    ///
    /// Two documents that were paired already keep their bitext with all that it holds. A new one waits to be aligned.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_bitext(
        &mut self,
        zh: i64,
        en: i64,
        paired_by: PairedBy,
        score: f32,
        reasons: &[String],
    ) -> Result<i64, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM bitext WHERE (zh = ?1 OR en = ?2) AND NOT (zh = ?1 AND en = ?2)", [zh, en])?;
        let id = transaction.query_row(
            "INSERT INTO bitext (zh, en, paired_by, score, reasons) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (zh) DO UPDATE SET
                 paired_by = excluded.paired_by, score = excluded.score, reasons = excluded.reasons
             RETURNING id",
            params![zh, en, paired_by.name(), score, serde_json::to_string(reasons)?],
            |row| row.get(0),
        )?;
        transaction.commit()?;
        Ok(id)
    }

    /// Puts what aligning and mining gave in place of what they gave before, all in one transaction; whether it was put.
    ///
    /// It is not where the bitext is gone, or where a reader has corrected it since: then it goes on waiting.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn put_alignment(&mut self, bitext: i64, alignment: &Alignment<'_>) -> Result<bool, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if transaction.execute("UPDATE bitext SET mined = 1 WHERE id = ?1", [bitext])? == 0
            || !corrections::keep_places(&transaction, bitext, alignment.corrections)?
        {
            return Ok(false);
        }
        let links = alignment.links.iter().map(|links| links_json(links));
        let links = links.chain(std::iter::repeat_with(|| Ok("[]".to_owned())));
        let rows = alignment.beads.iter().zip(links).map(|(bead, links)| Ok((bead.clone(), links?)));
        replace_beads(&transaction, bitext, &rows.collect::<Result<Vec<_>, Error>>()?)?;
        words::put_fresh(&transaction, bitext, alignment.words)?;
        candidates::replace_mined(&transaction, candidates::Origin::Bitext(bitext), alignment.terms)?;
        transaction.commit()?;
        Ok(true)
    }

    /// The bitexts that wait to be aligned and mined, ascending.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn waiting_bitexts(&self) -> Result<Vec<i64>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM bitext WHERE mined = 0 ORDER BY id")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Takes a bitext back, with its beads, what was mined from it and what it taught of words.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn remove_bitext(&mut self, id: i64) -> Result<(), Error> {
        self.connection.execute("DELETE FROM bitext WHERE id = ?1", [id])?;
        Ok(())
    }

    /// The bitext of that number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn bitext(&self, id: i64) -> Result<Option<Bitext>, Error> {
        let sql = format!("SELECT {BITEXT} FROM bitext WHERE id = ?1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([id], bitext_row).optional()?)
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
        Ok(bead_rows(&self.connection, bitext)?.into_iter().map(|(bead, _)| bead).collect())
    }

    /// The word links of each bead of a bitext, in the order of the beads. Sentences are counted as in their documents.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn word_links(&self, bitext: i64) -> Result<Vec<Vec<WordLink>>, Error> {
        bead_rows(&self.connection, bitext)?.iter().map(|(_, links)| links_of_json(links)).collect()
    }
}

/// A bead with its word links as they are stored.
pub(super) type BeadRow = (Bead, String);

pub(super) fn bead_rows(connection: &rusqlite::Connection, bitext: i64) -> Result<Vec<BeadRow>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT zh, en, score, made_by, links FROM bead WHERE bitext = ?1 ORDER BY ord")?;
    let mut rows = statement.query([bitext])?;
    let mut beads = Vec::new();
    while let Some(row) = rows.next()? {
        beads.push(bead_row(row)?);
    }
    Ok(beads)
}

/// A row of `zh, en, score, made_by, links`.
pub(super) fn bead_row(row: &Row<'_>) -> Result<BeadRow, Error> {
    let (zh, en, made_by): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
    let (zh, en) = (serde_json::from_str(&zh)?, serde_json::from_str(&en)?);
    Ok((Bead { zh, en, score: row.get(2)?, made_by: MadeBy::from_name(&made_by) }, row.get(4)?))
}

pub(super) fn replace_beads(transaction: &Transaction<'_>, bitext: i64, beads: &[BeadRow]) -> Result<(), Error> {
    transaction.prepare_cached("DELETE FROM bead WHERE bitext = ?1")?.execute([bitext])?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO bead (bitext, ord, zh, en, score, made_by, links) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (ord, (bead, links)) in beads.iter().enumerate() {
        let (zh, en) = (serde_json::to_string(&bead.zh)?, serde_json::to_string(&bead.en)?);
        insert.execute(params![bitext, as_i64(ord), zh, en, bead.score, bead.made_by.name(), links])?;
    }
    Ok(())
}

/// A link as it is stored: sentence, start and end of either side, and the score in hundredths.
type LinkRow = [u64; 7];

fn links_json(links: &[WordLink]) -> Result<String, Error> {
    let place = |place: &WordPlace| [place.sentence as u64, place.range.start as u64, place.range.end as u64];
    let rows = links.iter().map(|link| {
        let ([a, b, c], [d, e, f]) = (place(&link.zh), place(&link.en));
        // A score is from 0 to 1, and a float that is none of it becomes 0.
        [a, b, c, d, e, f, (link.score.clamp(0.0, 1.0) * 100.0).round() as u64]
    });
    Ok(serde_json::to_string(&rows.collect::<Vec<LinkRow>>())?)
}

pub(super) fn links_of_json(json: &str) -> Result<Vec<WordLink>, Error> {
    let rows: Vec<LinkRow> = serde_json::from_str(json)?;
    let index = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let place = |sentence, start, end| WordPlace { sentence: index(sentence), range: index(start)..index(end) };
    let link = |[a, b, c, d, e, f, score]: LinkRow| {
        let score = score.min(100) as f32 / 100.0;
        WordLink { zh: place(a, b, c), en: place(d, e, f), score }
    };
    Ok(rows.into_iter().map(link).collect())
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
