//! Single beads and sentences of a bitext, and what its documents are: what a concordance shows of it, without reading
//! all of it.

use rusqlite::{OptionalExtension as _, Row, params};

use super::bitexts::{bead_row, links_of_json};
use super::documents::as_usize;
use super::{Error, Store};
use crate::bitext::{Bead, WordLink};
use crate::document::{Language, Sentence};
use crate::facts::{Agency, DatedFact, DocumentKind};

const SENTENCE: &str = "ord, block, start, end, page, language, text";

/// A document in short.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AboutDocument {
    /// Its title, or else its name.
    pub title: String,
    /// Its kind.
    pub kind: Option<DocumentKind>,
    /// Its dates.
    pub dates: Vec<DatedFact>,
    /// Its issuers, in order.
    pub issuers: Vec<Agency>,
}

impl Store {
    /// A document in short; `None` where there is none of that number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn about_document(&self, id: i64) -> Result<Option<AboutDocument>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT coalesce(facts ->> '$.title', name), facts -> '$.kind', facts -> '$.dates', facts -> '$.issuers'
             FROM document WHERE id = ?1",
        )?;
        let found = statement.query_row([id], |row| {
            let json: [Option<String>; 3] = [row.get(1)?, row.get(2)?, row.get(3)?];
            Ok((row.get(0)?, json))
        });
        let Some((title, [kind, dates, issuers])) = found.optional()? else { return Ok(None) };
        Ok(Some(AboutDocument { title, kind: part(kind)?, dates: part(dates)?, issuers: part(issuers)? }))
    }

    /// The sentences of some blocks of a document, each with its index in the document, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sentences_of_blocks(&self, document: i64, blocks: &[usize]) -> Result<Vec<(usize, Sentence)>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {SENTENCE} FROM sentence
             WHERE document = ?1 AND block IN (SELECT value FROM json_each(?2)) ORDER BY ord"
        ))?;
        let rows = statement.query_map(params![document, serde_json::to_string(blocks)?], sentence_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The sentences of a document with these indexes, in order; those that are not there are left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sentences_at(&self, document: i64, indexes: &[usize]) -> Result<Vec<(usize, Sentence)>, Error> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {SENTENCE} FROM sentence
             WHERE document = ?1 AND ord IN (SELECT value FROM json_each(?2)) ORDER BY ord"
        ))?;
        let rows = statement.query_map(params![document, serde_json::to_string(indexes)?], sentence_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The beads of a bitext with sentences on both sides that hold any of these on the side of a language, in order,
    /// with the links between their words.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn beads_holding(
        &self,
        bitext: i64,
        language: Language,
        sentences: &[usize],
    ) -> Result<Vec<(Bead, Vec<WordLink>)>, Error> {
        let side = if language == Language::Zh { "zh" } else { "en" };
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT zh, en, score, made_by, links FROM bead
             WHERE bitext = ?1 AND zh <> '[]' AND en <> '[]'
               AND EXISTS (SELECT 1 FROM json_each(bead.{side}) own
                           WHERE own.value IN (SELECT value FROM json_each(?2)))
             ORDER BY ord"
        ))?;
        let mut rows = statement.query(params![bitext, serde_json::to_string(sentences)?])?;
        let mut beads = Vec::new();
        while let Some(row) = rows.next()? {
            let (bead, links) = bead_row(row)?;
            beads.push((bead, links_of_json(&links)?));
        }
        Ok(beads)
    }
}

/// A part of a document's facts; its default where they lack it.
fn part<T: serde::de::DeserializeOwned + Default>(json: Option<String>) -> Result<T, Error> {
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default())
}

fn sentence_row(row: &Row<'_>) -> rusqlite::Result<(usize, Sentence)> {
    let sentence = Sentence {
        block: as_usize(row.get(1)?),
        start: as_usize(row.get(2)?),
        end: as_usize(row.get(3)?),
        page: row.get(4)?,
        language: Language::from_code(&row.get::<_, String>(5)?),
        text: row.get(6)?,
    };
    Ok((as_usize(row.get(0)?), sentence))
}
