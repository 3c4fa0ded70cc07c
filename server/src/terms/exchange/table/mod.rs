//! Files that are tables: CSV, TSV and workbooks, whether our own with every field or anybody's glossary.
//!
//! A file becomes rows of cells ([`delimited`], [`workbook`]); what each column holds is guessed and can be said
//! ([`columns`]); rows become entries, those of our own exports without loss ([`flat`]), others pair by pair
//! ([`pairs`]).

pub mod columns;
pub mod delimited;
pub mod flat;
mod heads;
mod listed;
pub mod pairs;
pub mod workbook;

use crate::Error;

use super::{Caution, Imported};
use columns::{Layout, Mapping};

/// A table has at most so many columns.
pub const MOST_COLUMNS: usize = 200;

/// The rows of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Rows of cells; they need not be of one length.
    pub rows: Vec<Row>,
    /// What could not be read as it stands.
    pub cautions: Vec<(usize, Caution)>,
}

/// A row of cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its line in a text, its row in a sheet, counted from 1.
    pub line: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

impl Row {
    /// A cell without the space around it, and without the apostrophe that keeps spreadsheets from taking it for a
    /// formula; empty where there is none.
    pub fn cell(&self, column: usize) -> &str {
        let cell = self.cells.get(column).map_or("", |cell| cell.trim());
        cell.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// What a table holds, as its columns are understood, and how they are.
///
/// # Errors
/// When the mapping names a column that is not there, and when no column of either language can be found.
pub fn read(rows: Rows, mapping: &Mapping) -> Result<(Imported, Layout), Error> {
    let Rows { mut rows, cautions } = rows;
    rows.retain(|row| !row.is_empty());
    let layout = columns::layout(&rows, mapping)?;
    let mut imported = if layout.is_flat() { flat::read(&rows, &layout) } else { pairs::read(&rows, &layout) };
    let mut warnings = Imported::default();
    for (line, caution) in cautions {
        warnings.warn(line, caution);
    }
    imported.warnings.splice(0..0, warnings.warnings);
    Ok((imported, layout))
}
