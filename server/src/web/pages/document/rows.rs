//! The rows of a document's text.

use std::collections::HashSet;

use crate::reading::Row;
use crate::web::view::{self, Part};
use corpus::bitext::Bead;
use corpus::document::BlockKind;
use index::highlight;
use index::query::Query;

/// What stands between the cells of a row.
const CELLS_APART: &str = "\u{2002}|\u{2002}";
/// How many headings the contents hold.
const HEADINGS: usize = 400;

/// A row of the page.
pub(super) struct RowView {
    /// The row's name on the page: `b12` for the first row of block 12.
    pub(super) id: Option<String>,
    /// What the row is, for the style sheet.
    pub(super) class: &'static str,
    /// The level of the heading's element, from 2.
    pub(super) heading: Option<u8>,
    /// The page that begins here in the document that is read.
    pub(super) page: Option<u32>,
    /// How sure an OCR engine is of that page, in hundredths.
    pub(super) ocr: Option<u32>,
    /// Whether a row before has named the page: a name stands once.
    pub(super) names_page: bool,
    /// The page that begins here in the counterpart.
    pub(super) other_page: Option<u32>,
    /// The same of the counterpart's page.
    pub(super) other_ocr: Option<u32>,
    /// The text of the document that is read.
    pub(super) own: Vec<Part>,
    /// The counterpart's text.
    pub(super) other: Vec<Part>,
    /// Whether the two are hardly sure to correspond.
    pub(super) uncertain: bool,
}

/// A heading in the contents.
pub(super) struct Entry {
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) href: String,
}

/// The rows of one part, with what was searched marked.
pub(super) fn rows(rows: &[Row], query: Option<&Query>) -> Vec<RowView> {
    let (mut page, mut other_page) = (None, None);
    let (mut blocks, mut pages) = (HashSet::new(), HashSet::new());
    let shown = rows.iter().map(|row| {
        let begins = turned(&mut page, row.page);
        RowView {
            id: row.block.filter(|block| blocks.insert(*block)).map(|block| format!("b{block}")),
            class: class(row.kind),
            heading: (row.kind == BlockKind::Heading).then(|| row.level.saturating_add(1).clamp(2, 6)),
            page: begins,
            ocr: row.ocr.map(view::percent),
            names_page: begins.is_some_and(|page| pages.insert(page)),
            other_page: turned(&mut other_page, row.other_page),
            other_ocr: row.other_ocr.map(view::percent),
            own: text(row, &row.text, query),
            other: text(row, &row.other_text, query),
            uncertain: !row.text.is_empty()
                && !row.other_text.is_empty()
                && row.score.is_some_and(|score| score < Bead::DOUBTFUL),
        }
    });
    shown.collect()
}

/// The contents, from the headings; `address` gives the address of the part that holds a row.
pub(super) fn contents(rows: &[Row], address: impl Fn(usize) -> String) -> Vec<Entry> {
    let mut seen = HashSet::new();
    let headings = rows.iter().enumerate().filter(|(_, row)| row.kind == BlockKind::Heading && row.level > 0);
    let named = headings.filter_map(|(index, row)| Some((index, row, row.block.filter(|block| seen.insert(*block))?)));
    named
        .take(HEADINGS)
        .map(|(index, row, block)| Entry {
            level: row.level.clamp(1, 4),
            text: row.text.clone(),
            href: format!("{}#b{block}", address(index)),
        })
        .collect()
}

/// The page of a row where it differs from the last one that was known.
fn turned(last: &mut Option<u32>, page: Option<u32>) -> Option<u32> {
    if page.is_none() || page == *last {
        return None;
    }
    *last = page;
    page
}

fn class(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Heading => "heading",
        BlockKind::ListItem => "item",
        BlockKind::TableRow => "cells",
        BlockKind::Caption => "caption",
        BlockKind::Footnote => "note",
        BlockKind::Paragraph | BlockKind::Header | BlockKind::Footer => "para",
    }
}

/// The cells of a table's row stand apart.
fn text(row: &Row, text: &str, query: Option<&Query>) -> Vec<Part> {
    let apart = (row.kind == BlockKind::TableRow && text.contains('\t')).then(|| text.replace('\t', CELLS_APART));
    let text = apart.as_deref().unwrap_or(text);
    view::parts(text, &query.map_or_else(Vec::new, |query| highlight(text, query)))
}
