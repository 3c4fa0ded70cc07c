//! A document as a reader sees it: its facts, and its text beside its counterpart, bead by bead.

use corpus::bitext::Bitext;
use corpus::document::{BlockKind, Document, Sentence};
use corpus::store::{Error, Store};
use serde::Serialize;

/// A document with its text, and its counterpart's beside it where there is one.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// The document in the other language.
    pub counterpart: Option<Document>,
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
}

/// One row of the page: a bead, or a block's sentences where there is no counterpart.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// What the row's block is in the document that is read.
    pub kind: BlockKind,
    /// The level of a heading.
    pub level: u8,
    /// The page in the document that is read; `None` in a row that only the counterpart has.
    pub page: Option<u32>,
    /// How sure an OCR engine is of that page, from 0 to 1; `None` where the text is the file's own.
    pub ocr: Option<f32>,
    /// The index of the block in the document that is read.
    pub block: Option<usize>,
    /// The text of the document that is read.
    pub text: String,
    /// The page in the counterpart.
    pub other_page: Option<u32>,
    /// The same of the counterpart's page.
    pub other_ocr: Option<f32>,
    /// The counterpart's text.
    pub other_text: String,
    /// How sure the bead is, from 0 to 1; `None` without a counterpart.
    pub score: Option<f32>,
}

/// Reads a document with its counterpart.
///
/// # Errors
/// When the store cannot be read.
pub fn read(store: &Store, id: i64) -> Result<Option<Reading>, Error> {
    let Some(document) = store.document(id)? else { return Ok(None) };
    let bitext = store.bitext_of(id)?;
    let counterpart = match &bitext {
        Some(bitext) => store.document(other_side(bitext, id))?,
        None => None,
    };
    let rows = match (&bitext, &counterpart) {
        (Some(bitext), Some(_)) => bead_rows(store, bitext, id)?,
        _ => block_rows(store, id)?,
    };
    Ok(Some(Reading { document, counterpart, rows }))
}

/// The document on the other side of a bitext.
pub fn other_side(bitext: &Bitext, document: i64) -> i64 {
    if bitext.zh == document { bitext.en } else { bitext.zh }
}

fn block_rows(store: &Store, id: i64) -> Result<Vec<Row>, Error> {
    let blocks = store.blocks(id)?;
    let by_ocr = store.pages_by_ocr(id)?;
    let running = blocks.into_iter().enumerate().filter(|(_, block)| block.kind.is_running_text());
    Ok(running
        .map(|(index, block)| Row {
            kind: block.kind,
            level: block.level,
            page: Some(block.page),
            ocr: by_ocr.get(&block.page).copied(),
            block: Some(index),
            text: block.text,
            other_page: None,
            other_ocr: None,
            other_text: String::new(),
            score: None,
        })
        .collect())
}

fn bead_rows(store: &Store, bitext: &Bitext, id: i64) -> Result<Vec<Row>, Error> {
    let blocks = store.blocks(id)?;
    let sentences = store.sentences(id)?;
    let other = store.sentences(other_side(bitext, id))?;
    let beads = store.beads(bitext.id)?;
    if beads.is_empty() {
        // The document was read anew and is not aligned again as yet.
        return block_rows(store, id);
    }
    let (by_ocr, other_by_ocr) = (store.pages_by_ocr(id)?, store.pages_by_ocr(other_side(bitext, id))?);
    let mut rows = Vec::with_capacity(beads.len());
    let mut last = (BlockKind::Paragraph, 0);
    for bead in beads {
        let (own, others) = if bitext.zh == id { (bead.zh, bead.en) } else { (bead.en, bead.zh) };
        let first = own.first().and_then(|index| sentences.get(*index));
        if let Some(block) = first.and_then(|sentence| blocks.get(sentence.block)) {
            last = (block.kind, block.level);
        }
        let page = first.map(|sentence| sentence.page);
        let other_page = others.first().and_then(|index| other.get(*index)).map(|sentence| sentence.page);
        rows.push(Row {
            kind: last.0,
            level: last.1,
            page,
            ocr: page.and_then(|page| by_ocr.get(&page).copied()),
            block: first.map(|sentence| sentence.block),
            text: joined(&sentences, &own),
            other_page,
            other_ocr: other_page.and_then(|page| other_by_ocr.get(&page).copied()),
            other_text: joined(&other, &others),
            score: Some(bead.score),
        });
    }
    Ok(rows)
}

/// Sentences joined as their language does: with a space after a Latin one, with none after a Chinese one.
fn joined(sentences: &[Sentence], indexes: &[usize]) -> String {
    let mut text = String::new();
    for sentence in indexes.iter().filter_map(|index| sentences.get(*index)) {
        if text.ends_with(|last: char| last.is_ascii()) {
            text.push(' ');
        }
        text.push_str(&sentence.text);
    }
    text
}
