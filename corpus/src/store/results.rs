//! What an answer to a search shows, and no more: documents in short, single blocks, and what single sentences are
//! aligned with.

use std::collections::HashMap;

use rusqlite::{OptionalExtension as _, params};
use serde::Deserialize;

use super::documents::as_i64;
use super::{Error, Store};
use crate::document::{Block, BlockKind, Language};
use crate::facts::{Agency, DatedFact, DocumentKind, DocumentStatus, StandardRecord};
use crate::instrument::Relation;

/// A bead of more sentences on one side than this may be missed by [`Store::aligned_with`].
const LONGEST_BEAD: usize = 64;

/// A document in short, as a result of a search shows and cites it.
#[derive(Clone, Debug, PartialEq)]
pub struct Brief {
    /// The row's number in the store.
    pub id: i64,
    /// The file's name.
    pub name: String,
    /// Where it came from: a path or an address.
    pub source: String,
    /// The language of most of the text.
    pub language: Language,
    /// How many pages it has.
    pub page_count: u32,
    /// The instrument that it is of, and what it is to it.
    pub member: Option<(i64, Relation)>,
    /// What it says of itself.
    pub facts: BriefFacts,
}

impl Brief {
    /// The title, or the file's name where no title was found.
    pub fn display_title(&self) -> &str {
        self.facts.title.as_deref().unwrap_or(&self.name)
    }
}

/// The facts of [`crate::facts::Facts`] that a result shows or cites; the others are passed over, not read.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct BriefFacts {
    /// The title in the document's own language.
    pub title: Option<String>,
    /// The title in the other language, where the document gives it.
    pub title_translated: Option<String>,
    /// What kind of document it is.
    pub kind: Option<DocumentKind>,
    /// How far it has come.
    pub status: Option<DocumentStatus>,
    /// The document number.
    pub document_number: Option<String>,
    /// What the cover of a standard says of it.
    pub standard: Option<StandardRecord>,
    /// The agencies that issued it.
    pub issuers: Vec<Agency>,
    /// Dates with what they are.
    pub dates: Vec<DatedFact>,
    /// Addresses that the text names as its source.
    pub source_urls: Vec<String>,
    /// The translator, where it is a translation.
    pub translator: Option<String>,
    /// The publisher or website that it was taken from.
    pub source: Option<String>,
}

impl Store {
    /// A document in short.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn brief(&self, id: i64) -> Result<Option<Brief>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, source, language, page_count, facts, instrument, relation
             FROM document LEFT JOIN member ON member.document = document.id WHERE document.id = ?1",
        )?;
        let found = statement.query_row([id], |row| {
            let language = Language::from_code(row.get_ref(2)?.as_str()?);
            let relation = row.get_ref(6)?.as_str_or_null()?.and_then(Relation::from_name);
            let member = row.get::<_, Option<i64>>(5)?.zip(relation);
            let facts = serde_json::from_str(row.get_ref(4)?.as_str()?);
            let (name, source, page_count) = (row.get(0)?, row.get(1)?, row.get(3)?);
            Ok(facts.map(|facts| Brief { id, name, source, language, page_count, member, facts }))
        });
        Ok(found.optional()?.transpose()?)
    }

    /// The block of a document with this index.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn block(&self, document: i64, index: usize) -> Result<Option<Block>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT kind, level, page, box, text, lines, language FROM block WHERE document = ?1 AND ord = ?2",
        )?;
        let found = statement.query_row([document, as_i64(index)], |row| {
            let kind = BlockKind::from_name(row.get_ref(0)?.as_str()?).unwrap_or(BlockKind::Paragraph);
            let language = Language::from_code(row.get_ref(6)?.as_str()?);
            let bbox = serde_json::from_str(row.get_ref(3)?.as_str()?);
            let lines = serde_json::from_str(row.get_ref(5)?.as_str()?);
            let (level, page, text) = (row.get(1)?, row.get(2)?, row.get(4)?);
            let block = |(bbox, lines)| Block { kind, level, page, bbox, language, text, lines };
            Ok(bbox.and_then(|bbox| lines.map(|lines| (bbox, lines))).map(block))
        });
        Ok(found.optional()?.transpose()?)
    }

    /// The sentences of the other side that sentences `first..=last` of the side in `language` are aligned with, in the
    /// order of the beads.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn aligned_with(
        &self,
        bitext: i64,
        language: Language,
        first: usize,
        last: usize,
    ) -> Result<Vec<usize>, Error> {
        // An index serves each: beads by the first sentence of a side.
        let sql = if language == Language::Zh {
            "SELECT zh, en FROM bead WHERE bitext = ?1 AND zh ->> 0 BETWEEN ?2 AND ?3 ORDER BY ord"
        } else {
            "SELECT en, zh FROM bead WHERE bitext = ?1 AND en ->> 0 BETWEEN ?2 AND ?3 ORDER BY ord"
        };
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params![bitext, as_i64(first.saturating_sub(LONGEST_BEAD)), as_i64(last)])?;
        let mut aligned = Vec::new();
        while let Some(row) = rows.next()? {
            let own: Vec<usize> = serde_json::from_str(&row.get::<_, String>(0)?)?;
            if own.iter().any(|sentence| (first..=last).contains(sentence)) {
                aligned.extend(serde_json::from_str::<Vec<usize>>(&row.get::<_, String>(1)?)?);
            }
        }
        Ok(aligned)
    }

    /// A number that is another whenever documents have come to an instrument, have left one or have moved.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn grouping_version(&self) -> Result<i64, Error> {
        let mut statement = self.connection.prepare_cached("SELECT version FROM grouping")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The documents of instruments of several documents, each with its instrument.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn instrument_by_document(&self) -> Result<HashMap<i64, i64>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document, instrument FROM member
             WHERE instrument IN (SELECT instrument FROM member GROUP BY instrument HAVING count(*) > 1)",
        )?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
