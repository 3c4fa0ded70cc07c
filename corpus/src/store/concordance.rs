//! Single beads and sentences of a bitext: what a concordance shows of it, without reading all of it.

use rusqlite::{Row, params};

use super::bitexts::{bead_row, links_of_json};
use super::documents::as_usize;
use super::{Error, Store};
use crate::bitext::{Bead, WordLink};
use crate::document::{Language, Sentence};

const SENTENCE: &str = "ord, block, start, end, page, language, text";

impl Store {
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
