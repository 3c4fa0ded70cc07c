//! Tables of terms: 中文 | 英文, Term | Definition, Acronym | Meaning.

use corpus::document::{Block, BlockKind};

use super::designations::Designations;
use super::scope::{Scope, is_numbered};
use crate::layout::letters::is_chinese;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Chinese,
    English,
    Term,
    Definition,
    Abbreviation,
    Source,
    Other,
}

/// A row of a table of terms.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) designations: Designations,
    pub(super) definition: String,
    pub(super) source: Option<String>,
    pub(super) page: u32,
}

/// The rows of all tables of terms, in order.
pub(super) fn rows(blocks: &[&Block], scopes: &[Scope]) -> Vec<Row> {
    let mut found = Vec::new();
    let mut columns: Option<Vec<Column>> = None;
    for (at, block) in blocks.iter().enumerate() {
        if block.kind != BlockKind::TableRow {
            columns = None;
            continue;
        }
        let cells: Vec<&str> = block.text.split('\t').map(str::trim).collect();
        if let Some(header) = header(&cells) {
            columns = Some(header);
        } else if let Some(columns) = &columns {
            found.extend(row(&cells, columns, block.page));
        } else if in_list(blocks, scopes, at) {
            found.extend(plain_row(&cells, block.page));
        }
    }
    found
}

/// Whether a block stands in a chapter of terms that has no numbered entries.
fn in_list(blocks: &[&Block], scopes: &[Scope], at: usize) -> bool {
    let around = scopes
        .iter()
        .filter(|scope| scope.start > 0 && scope.holds.terms)
        .find(|scope| (scope.start..scope.end).contains(&at));
    around.and_then(|scope| blocks.get(scope.start..scope.end)).is_some_and(|chapter| !is_numbered(chapter))
}

fn header(cells: &[&str]) -> Option<Vec<Column>> {
    let columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    let has = |column: Column| columns.contains(&column);
    let both = has(Column::Chinese) && has(Column::English);
    let term = has(Column::Term) && (has(Column::Definition) || has(Column::English) || has(Column::Chinese));
    let short = has(Column::Abbreviation) && (has(Column::English) || has(Column::Chinese) || has(Column::Definition));
    (both || term || short).then_some(columns)
}

fn column(cell: &str) -> Column {
    let name: String = cell.chars().filter(|char| !char.is_whitespace()).collect::<String>().to_lowercase();
    match name.as_str() {
        "中文" | "中文名" | "中文名称" | "中文术语" | "中文全称" | "汉语" | "中文解释" | "chinese" | "chineseterm"
        | "chinesename" | "chineseoriginal" => Column::Chinese,
        "英文" | "英文名" | "英文名称" | "英文术语" | "英文全称" | "英文全名" | "英文对应词" | "英语" | "全称"
        | "english" | "englishterm" | "englishname" | "englishtranslation" | "translation" | "expansion" => {
            Column::English
        }
        "术语" | "术语名称" | "名词" | "用语" | "term" | "terms" | "keyterm" => Column::Term,
        "定义" | "解释" | "含义" | "释义" | "名词解释" | "definition" | "definitions" | "meaning" => {
            Column::Definition
        }
        "缩略语" | "缩写" | "英文缩写" | "缩略词" | "简称" | "abbreviation" | "acronym" | "abbr." => {
            Column::Abbreviation
        }
        "来源" | "source" | "reference" => Column::Source,
        _ => Column::Other,
    }
}

fn row(cells: &[&str], columns: &[Column], page: u32) -> Option<Row> {
    let mut row = Row { designations: Designations::default(), definition: String::new(), source: None, page };
    for (cell, column) in cells.iter().zip(columns).filter(|(cell, _)| !cell.is_empty()) {
        match column {
            Column::Chinese | Column::English | Column::Term | Column::Abbreviation => {
                row.designations.add(Designations::of_line(cell)?);
            }
            Column::Definition => (*cell).clone_into(&mut row.definition),
            Column::Source => row.source = Some((*cell).to_owned()),
            Column::Other => {}
        }
    }
    let named = row.designations.is_bilingual() || !row.definition.is_empty();
    let some = !(row.designations.zh.is_empty() && row.designations.en.is_empty());
    (named && some).then_some(row)
}

/// A row of two cells in a chapter of terms: the term, and what it is.
fn plain_row(cells: &[&str], page: u32) -> Option<Row> {
    let (&[term, definition] | &[term, definition, _]) = cells else { return None };
    let designations = Designations::of_line(term).filter(|_| term.split_whitespace().count() <= 8)?;
    let long = if is_chinese(definition) {
        definition.chars().count() >= 6
    } else {
        definition.split_whitespace().count() >= 4
    };
    let mark = super::passages::is_note(&format!("{term} {definition}"));
    let source = cells.get(2).filter(|cell| !cell.is_empty()).map(|cell| (*cell).to_owned());
    (long && !mark).then(|| Row { designations, definition: definition.to_owned(), source, page })
}
