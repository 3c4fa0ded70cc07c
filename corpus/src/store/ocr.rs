//! Pages that are not the file's own text: which wait for an OCR engine, what an engine saw, documents read anew.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::{Row, Transaction, params};

use super::documents::{as_usize, insert_text};
use super::{Error, Store};
use crate::document::{Page, PageReading, PageSource, ReadDocument};

/// Which documents an OCR engine is to go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForOcr<'a> {
    /// Those with waiting pages that no engine has gone through.
    Untried,
    /// Those with waiting pages.
    Waiting,
    /// Those, and those with pages that an engine of another name read.
    OtherThan(&'a str),
}

/// How much waits for an OCR engine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Documents with at least one waiting page.
    pub documents: usize,
    /// Pages.
    pub pages: usize,
}

impl Store {
    /// How much waits for an OCR engine.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn waiting(&self) -> Result<Waiting, Error> {
        let sql = "SELECT count(DISTINCT document), count(*) FROM page WHERE kind <> 'ocr'";
        Ok(self
            .connection
            .query_row(sql, [], |row| Ok(Waiting { documents: as_usize(row.get(0)?), pages: as_usize(row.get(1)?) }))?)
    }

    /// The numbers of the documents that an OCR engine is to go through, in the order in which they came.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn documents_for_ocr(&self, which: ForOcr<'_>) -> Result<Vec<i64>, Error> {
        let (other_than, untried) = match which {
            ForOcr::Untried => (None, true),
            ForOcr::Waiting => (None, false),
            ForOcr::OtherThan(engine) => (Some(engine), false),
        };
        let mut statement = self.connection.prepare_cached(
            "SELECT id FROM document WHERE (tried IS NULL OR NOT ?2) AND EXISTS
                 (SELECT 1 FROM page WHERE page.document = document.id AND (kind <> 'ocr' OR engine <> ?1))
             ORDER BY id",
        )?;
        let rows = statement.query_map(params![other_than, untried], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The pages of a document whose text is not the file's own, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn readings(&self, document: i64) -> Result<Vec<PageReading>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT number, kind, engine, confidence FROM page WHERE document = ?1 ORDER BY number")?;
        let rows = statement.query_map([document], reading_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The pages of a document that an OCR engine read, with how sure it is of each, from 0 to 1.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pages_by_ocr(&self, document: i64) -> Result<HashMap<u32, f32>, Error> {
        let readings = self.readings(document)?.into_iter();
        Ok(readings
            .filter_map(|reading| match reading.source {
                PageSource::Ocr { confidence, .. } => Some((reading.page, confidence)),
                _ => None,
            })
            .collect())
    }

    /// Keeps what an engine saw on a page, in place of what one saw there before. The document stays as it is until
    /// [`Self::replace_reading`].
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_ocr_page(&mut self, document: i64, page: &Page) -> Result<(), Error> {
        let engine = match &page.source {
            PageSource::Ocr { engine, .. } => engine.as_str(),
            _ => "",
        };
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO ocr_page (document, number, engine, content) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (document, number) DO UPDATE SET engine = excluded.engine, content = excluded.content",
        )?;
        insert.execute(params![document, page.number, engine, packed(page)?])?;
        Ok(())
    }

    /// The pages of a document that engines have read, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn ocr_pages(&self, document: i64) -> Result<Vec<Page>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT content FROM ocr_page WHERE document = ?1 ORDER BY number")?;
        let rows = statement.query_map([document], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|content| unpacked(&content?)).collect()
    }

    /// Which pages of a document engines have read, with the names of the engines.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn ocr_page_engines(&self, document: i64) -> Result<Vec<(u32, String)>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT number, engine FROM ocr_page WHERE document = ?1")?;
        let rows = statement.query_map([document], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes that an engine has gone through a document's pages.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn mark_tried(&mut self, document: i64, engine: &str) -> Result<(), Error> {
        self.connection.execute("UPDATE document SET tried = ?2 WHERE id = ?1", params![document, engine])?;
        Ok(())
    }

    /// Puts a new reading of a document in place of the one that is there, all or nothing; whether there is such a
    /// document. `now` is RFC 3339.
    ///
    /// What was derived from it goes: it waits to be indexed, paired and watched again, and so does its counterpart to
    /// be paired, unless a person paired the two. What a person reviewed stays, and so do alerts: each is moved to the
    /// sentence of the same text, or the first of its page.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn replace_reading(&mut self, id: i64, document: &ReadDocument, now: &str) -> Result<bool, Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let updated = transaction.execute(
            "UPDATE document SET language = ?2, state = ?3, page_count = ?4, facts = ?5, warnings = ?6,
                 fingerprint = NULL, indexed = 0, paired = 0, watched = 0,
                 readable_since = coalesce(readable_since, ?7)
             WHERE id = ?1",
            params![
                id,
                document.language.code(),
                document.state.name(),
                document.page_count,
                serde_json::to_string(&document.facts)?,
                serde_json::to_string(&document.warnings)?,
                Some(now).filter(|_| !document.sentences.is_empty()),
            ],
        )?;
        if updated == 0 {
            return Ok(false);
        }
        forget_derived(&transaction, id)?;
        let alerts = alert_places(&transaction, id)?;
        for table in ["page", "block", "sentence"] {
            transaction.execute(&format!("DELETE FROM {table} WHERE document = ?1"), [id])?;
        }
        insert_text(&transaction, id, document)?;
        move_alerts(&transaction, id, &alerts)?;
        transaction.commit()?;
        Ok(true)
    }
}

/// Removes beads, what was mined, and what it taught of words. The bitext stays without them: pairing makes it anew under
/// the same number, or takes it back.
fn forget_derived(transaction: &Transaction<'_>, id: i64) -> Result<(), Error> {
    transaction.execute(
        "UPDATE document SET paired = 0 WHERE id IN
             (SELECT zh FROM bitext WHERE en = ?1 UNION SELECT en FROM bitext WHERE zh = ?1)",
        [id],
    )?;
    let in_bitext = "bitext IN (SELECT id FROM bitext WHERE zh = ?1 OR en = ?1)";
    for table in ["bead", "seen_pair", "bitext_words"] {
        transaction.execute(&format!("DELETE FROM {table} WHERE {in_bitext}"), [id])?;
    }
    transaction.execute("DELETE FROM seen_pair WHERE document = ?1", [id])?;
    Ok(())
}

/// An alert with the text and the page of its sentence.
type AlertPlace = (i64, String, u32);

fn alert_places(transaction: &Transaction<'_>, id: i64) -> Result<Vec<AlertPlace>, Error> {
    let mut statement = transaction.prepare_cached(
        "SELECT alert.id, coalesce(sentence.text, ''), coalesce(sentence.page, 1) FROM alert
         LEFT JOIN sentence ON sentence.document = alert.document AND sentence.ord = alert.sentence
         WHERE alert.document = ?1",
    )?;
    let rows = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn move_alerts(transaction: &Transaction<'_>, id: i64, alerts: &[AlertPlace]) -> Result<(), Error> {
    let mut update = transaction.prepare_cached(
        "UPDATE alert SET sentence = coalesce(
             (SELECT min(ord) FROM sentence WHERE document = ?2 AND text = ?3),
             (SELECT min(ord) FROM sentence WHERE document = ?2 AND page >= ?4), 0)
         WHERE id = ?1",
    )?;
    for (alert, text, page) in alerts {
        update.execute(params![alert, id, text, page])?;
    }
    Ok(())
}

/// Notes the pages of a document whose text is not the file's own.
pub(super) fn insert_readings(
    transaction: &Transaction<'_>,
    document: i64,
    readings: &[PageReading],
) -> Result<(), Error> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO page (document, number, kind, engine, confidence) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO NOTHING",
    )?;
    for reading in readings.iter().filter(|reading| reading.source != PageSource::Layer) {
        let (engine, confidence) = match &reading.source {
            PageSource::Ocr { engine, confidence } => (Some(engine.as_str()), Some(*confidence)),
            _ => (None, None),
        };
        insert.execute(params![document, reading.page, reading.source.name(), engine, confidence])?;
    }
    Ok(())
}

fn reading_row(row: &Row<'_>) -> rusqlite::Result<PageReading> {
    let kind: String = row.get(1)?;
    let source = match kind.as_str() {
        "ocr" => PageSource::Ocr {
            engine: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
            confidence: row.get::<_, Option<f32>>(3)?.unwrap_or_default(),
        },
        "scan" => PageSource::Scan,
        _ => PageSource::Unreadable,
    };
    Ok(PageReading { page: row.get(0)?, source })
}

fn packed(page: &Page) -> Result<Vec<u8>, Error> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&serde_json::to_vec(page)?).and_then(|()| encoder.finish()).map_err(Error::Packed)
}

fn unpacked(content: &[u8]) -> Result<Page, Error> {
    let mut json = Vec::new();
    ZlibDecoder::new(content).read_to_end(&mut json).map_err(Error::Packed)?;
    Ok(serde_json::from_slice(&json)?)
}
