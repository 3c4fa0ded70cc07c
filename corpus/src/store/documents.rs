//! Documents with their blocks and sentences.

use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::{Error, Store};
use crate::document::{
    Block, BlockKind, Document, DocumentHash, Language, OcrState, ReadDocument, Sentence, TextState,
};

/// What became of a document that was handed to the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New(i64),
    /// Its bytes were there already: nothing was changed.
    Known(i64),
}

/// A derivation that a document has yet to go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pending {
    /// It has not been classed under topics.
    Topics,
    /// It is not in the search index.
    Index,
    /// It has not been compared with documents of the other language.
    Pairing,
    /// The glosses and definitions that it gives by itself have not been mined.
    Mining,
    /// It has not been searched for designations of known concepts, or not for all that are known now.
    Mentions,
    /// It has not been compared with others of its instrument.
    Instruments,
    /// Watches have not seen it.
    Watches,
}

impl Pending {
    fn column(self) -> &'static str {
        match self {
            Self::Topics => "classed",
            Self::Index => "indexed",
            Self::Pairing => "paired",
            Self::Mining => "mined",
            Self::Mentions => "mentioned",
            Self::Instruments => "grouped",
            Self::Watches => "watched",
        }
    }
}

const DOCUMENT: &str = "id, hash, name, source, language, state, page_count, facts, warnings,
    (SELECT count(*) FROM page WHERE page.document = document.id AND kind = 'ocr'),
    (SELECT avg(nullif(confidence, 0)) FROM page WHERE page.document = document.id AND kind = 'ocr'),
    (SELECT count(*) FROM page WHERE page.document = document.id AND kind <> 'ocr')";

impl Store {
    /// Commits documents with their blocks and sentences, all or none, but for those whose bytes are known.
    ///
    /// A `quiet` document makes no alerts; `now` is RFC 3339. What became of each is given in the order of the
    /// documents.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn add_documents(&mut self, documents: &[ReadDocument], quiet: bool, now: &str) -> Result<Vec<Added>, Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let mut added = Vec::with_capacity(documents.len());
        for document in documents {
            added.push(insert(&transaction, document, quiet, now)?);
        }
        transaction.commit()?;
        Ok(added)
    }

    /// The document of that number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn document(&self, id: i64) -> Result<Option<Document>, Error> {
        let sql = format!("SELECT {DOCUMENT} FROM document WHERE id = ?1");
        self.connection.query_row(&sql, [id], document_row).optional()?.transpose()
    }

    /// The number of the document with those bytes.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn document_by_hash(&self, hash: &DocumentHash) -> Result<Option<i64>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM document WHERE hash = ?1")?;
        Ok(statement.query_row([&hash.0], |row| row.get(0)).optional()?)
    }

    /// All documents, by name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn documents(&self) -> Result<Vec<Document>, Error> {
        let mut statement = self.connection.prepare(&format!("SELECT {DOCUMENT} FROM document ORDER BY name, id"))?;
        let rows = statement.query_map([], document_row)?;
        rows.map(|row| row?).collect()
    }

    /// The numbers of all documents, ascending.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn document_ids(&self) -> Result<Vec<i64>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM document ORDER BY id")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How many documents there are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn document_count(&self) -> Result<usize, Error> {
        let count = self.connection.query_row("SELECT count(*) FROM document", [], |row| row.get(0))?;
        Ok(as_usize(count))
    }

    /// The blocks of a document, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn blocks(&self, document: i64) -> Result<Vec<Block>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT kind, level, page, box, text, lines, language FROM block WHERE document = ?1 ORDER BY ord",
        )?;
        let rows = statement.query_map([document], |row| {
            let (kind, bbox, lines): (String, String, String) = (row.get(0)?, row.get(3)?, row.get(5)?);
            let (level, page, text) = (row.get(1)?, row.get(2)?, row.get(4)?);
            let language = Language::from_code(&row.get::<_, String>(6)?);
            Ok(read_json(&bbox).and_then(|bbox| {
                let kind = BlockKind::from_name(&kind).unwrap_or(BlockKind::Paragraph);
                Ok(Block { kind, level, page, bbox, language, text, lines: read_json(&lines)? })
            }))
        })?;
        rows.map(|row| row?).collect()
    }

    /// The sentences of a document, in order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sentences(&self, document: i64) -> Result<Vec<Sentence>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT block, start, end, page, language, text FROM sentence WHERE document = ?1 ORDER BY ord",
        )?;
        let rows = statement.query_map([document], |row| {
            Ok(Sentence {
                block: as_usize(row.get(0)?),
                start: as_usize(row.get(1)?),
                end: as_usize(row.get(2)?),
                page: row.get(3)?,
                language: Language::from_code(&row.get::<_, String>(4)?),
                text: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The numbers of the documents that a derivation has yet to reach, in the order in which they came.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pending(&self, step: Pending) -> Result<Vec<i64>, Error> {
        let mut statement =
            self.connection.prepare(&format!("SELECT id FROM document WHERE {} = 0 ORDER BY id", step.column()))?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes that a derivation has reached these documents.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn mark_done(&mut self, step: Pending, documents: &[i64]) -> Result<(), Error> {
        let transaction = self.connection.transaction()?;
        {
            let mut update =
                transaction.prepare(&format!("UPDATE document SET {} = 1 WHERE id = ?1", step.column()))?;
            for id in documents {
                update.execute([id])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// Forgets that a derivation has reached any document, so that the next run does all of it again.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn mark_all_pending(&mut self, step: Pending) -> Result<(), Error> {
        self.connection.execute(&format!("UPDATE document SET {} = 0", step.column()), [])?;
        Ok(())
    }

    /// Everything that was read out of a document, as it was put.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn read_document(&self, id: i64) -> Result<Option<ReadDocument>, Error> {
        let Some(document) = self.document(id)? else { return Ok(None) };
        Ok(Some(ReadDocument {
            hash: document.hash,
            name: document.name,
            source: document.source,
            language: document.language,
            state: document.state,
            page_count: document.page_count,
            readings: self.readings(id)?,
            blocks: self.blocks(id)?,
            sentences: self.sentences(id)?,
            facts: document.facts,
            warnings: document.warnings,
        }))
    }
}

fn insert(transaction: &Transaction<'_>, document: &ReadDocument, quiet: bool, now: &str) -> Result<Added, Error> {
    let mut known = transaction.prepare_cached("SELECT id FROM document WHERE hash = ?1")?;
    if let Some(id) = known.query_row([&document.hash.0], |row| row.get(0)).optional()? {
        return Ok(Added::Known(id));
    }
    let mut insert = transaction.prepare_cached(
        "INSERT INTO document
             (hash, name, source, language, state, page_count, facts, warnings, added, quiet, readable_since)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    insert.execute(params![
        document.hash.0,
        document.name,
        document.source,
        document.language.code(),
        document.state.name(),
        document.page_count,
        serde_json::to_string(&document.facts)?,
        serde_json::to_string(&document.warnings)?,
        now,
        quiet,
        Some(now).filter(|_| !document.sentences.is_empty()),
    ])?;
    let id = transaction.last_insert_rowid();
    insert_text(transaction, id, document)?;
    Ok(Added::New(id))
}

/// Pages, blocks and sentences of a document that has none as yet.
pub(super) fn insert_text(transaction: &Transaction<'_>, id: i64, document: &ReadDocument) -> Result<(), Error> {
    super::ocr::insert_readings(transaction, id, &document.readings)?;
    insert_blocks(transaction, id, &document.blocks)?;
    insert_sentences(transaction, id, &document.sentences)
}

fn insert_blocks(transaction: &Transaction<'_>, document: i64, blocks: &[Block]) -> Result<(), Error> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO block (document, ord, kind, level, page, box, text, lines, language)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (ord, block) in blocks.iter().enumerate() {
        insert.execute(params![
            document,
            as_i64(ord),
            block.kind.name(),
            block.level,
            block.page,
            serde_json::to_string(&block.bbox)?,
            block.text,
            serde_json::to_string(&block.lines)?,
            block.language.code(),
        ])?;
    }
    Ok(())
}

fn insert_sentences(transaction: &Transaction<'_>, document: i64, sentences: &[Sentence]) -> Result<(), Error> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO sentence (document, ord, block, start, end, page, language, text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (ord, sentence) in sentences.iter().enumerate() {
        insert.execute(params![
            document,
            as_i64(ord),
            as_i64(sentence.block),
            as_i64(sentence.start),
            as_i64(sentence.end),
            sentence.page,
            sentence.language.code(),
            sentence.text,
        ])?;
    }
    Ok(())
}

fn document_row(row: &Row<'_>) -> rusqlite::Result<Result<Document, Error>> {
    let (facts, warnings): (String, String) = (row.get(7)?, row.get(8)?);
    let (language, state): (String, String) = (row.get(4)?, row.get(5)?);
    let (id, hash, name, source, page_count) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(6)?);
    let ocr = OcrState { read: row.get(9)?, confidence: row.get(10)?, waiting: row.get(11)? };
    Ok(read_json(&facts).and_then(|facts| {
        Ok(Document {
            id,
            hash: DocumentHash(hash),
            name,
            source,
            language: Language::from_code(&language),
            state: TextState::from_name(&state).unwrap_or(TextState::Text),
            page_count,
            ocr,
            facts,
            warnings: read_json(&warnings)?,
        })
    }))
}

fn read_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    Ok(serde_json::from_str(text)?)
}

/// SQLite counts in signed 64 bits; an index of a document never comes near either end.
pub(super) fn as_i64(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

pub(super) fn as_usize(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}
