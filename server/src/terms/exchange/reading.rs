//! A file of terms, read: what it is, then what is in it.

use std::str::FromStr as _;

use crate::Error;

use super::table::columns::{Layout, Mapping};
use super::table::{self, delimited, workbook};
use super::{Caution, Format, Imported, LARGEST_FILE, jsonl, omegat, tbx, tmx_terms};

/// How a file is to be read, where that is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The format; found out where it is not said.
    pub format: Option<Format>,
    /// What the columns of a table hold.
    pub mapping: Mapping,
    /// The sheet of a workbook, by its name or its number from 1.
    pub sheet: Option<String>,
}

impl Asked {
    /// Reads the mapping from `zh=1,en=2`.
    ///
    /// # Errors
    /// When it says no columns.
    pub fn with_map(mut self, map: &str) -> Result<Self, Error> {
        let mapping = Mapping::from_str(map)?;
        self.mapping.columns = mapping.columns;
        Ok(self)
    }
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct FileRead {
    /// What it was taken for.
    pub format: Format,
    /// What is in it.
    pub imported: Imported,
    /// How its columns were understood, where it is a table.
    pub layout: Option<Layout>,
    /// The first rows of a table, as they stand.
    pub first_rows: Vec<Vec<String>>,
    /// The sheets of a workbook.
    pub sheets: Vec<String>,
}

/// So many rows of a table are kept to be shown.
const FIRST_ROWS: usize = 6;

/// Reads a file of terms; `name` is what it is called.
///
/// # Errors
/// When it is too large, when it is no such file, and when nothing in it can be understood.
pub fn read(name: &str, bytes: &[u8], asked: &Asked) -> Result<FileRead, Error> {
    if bytes.len() > LARGEST_FILE {
        return Err(Error::Input(format!("the file is larger than {} MB; split it", LARGEST_FILE >> 20)));
    }
    if bytes.is_empty() {
        return Err(Error::Input("the file is empty; nothing can be imported of it".to_owned()));
    }
    let format = asked.format.unwrap_or_else(|| likely_format(name, bytes));
    let whole = |imported| FileRead { format, imported, layout: None, first_rows: Vec::new(), sheets: Vec::new() };
    let file = match format {
        Format::Tbx | Format::Tbx2 => whole(tbx::read(bytes)?),
        Format::Tmx => whole(tmx_terms::read(bytes)?),
        Format::Skos => {
            return Err(Error::Input("SKOS is only written; give TBX, TMX, CSV, XLSX or JSON Lines".to_owned()));
        }
        Format::Jsonl => whole(in_text(bytes, jsonl::read)?),
        Format::Omegat => whole(in_text(bytes, omegat::read)?),
        Format::Xlsx => {
            let mut file = read_table(format, workbook::read(bytes, asked.sheet.as_deref())?, asked)?;
            file.sheets = workbook::sheets(bytes)?;
            file
        }
        Format::Csv | Format::Tsv => {
            let (text, cautions) = decoded(bytes)?;
            let delimiter = (asked.format == Some(Format::Tsv)).then_some(b'\t');
            let mut rows = delimited::read(&text, delimiter);
            rows.cautions.splice(0..0, cautions.into_iter().map(|caution| (0, caution)));
            read_table(format, rows, asked)?
        }
    };
    if file.imported.entries.is_empty() {
        return Err(Error::Input(nothing_in(&file)));
    }
    Ok(file)
}

/// The first rows of a table that cannot be understood, for a person to say what its columns hold; nothing where it is no
/// table.
pub fn first_rows(name: &str, bytes: &[u8], asked: &Asked) -> Vec<Vec<String>> {
    let rows = match asked.format.unwrap_or_else(|| likely_format(name, bytes)) {
        Format::Xlsx => workbook::read(bytes, asked.sheet.as_deref()).map(|rows| rows.rows),
        Format::Csv | Format::Tsv => decoded(bytes).map(|(text, _)| delimited::read(&text, None).rows),
        _ => return Vec::new(),
    };
    let rows = rows.unwrap_or_default().into_iter().filter(|row| !row.is_empty());
    rows.take(FIRST_ROWS).map(|row| row.cells).collect()
}

fn nothing_in(file: &FileRead) -> String {
    let why = file.imported.warnings.first().map(|warning| format!(" ({}, line {})", warning.caution, warning.line));
    format!(
        "there is no entry in the file, read as {}{}; say its --format, or check what it holds",
        file.format.name(),
        why.unwrap_or_default()
    )
}

fn read_table(format: Format, rows: table::Rows, asked: &Asked) -> Result<FileRead, Error> {
    let first_rows = rows.rows.iter().filter(|row| !row.is_empty()).take(FIRST_ROWS).map(|row| row.cells.clone());
    let first_rows = first_rows.collect();
    let (imported, layout) = table::read(rows, &asked.mapping)?;
    Ok(FileRead { format, imported, layout: Some(layout), first_rows, sheets: Vec::new() })
}

fn in_text(bytes: &[u8], read: impl Fn(&str) -> Imported) -> Result<Imported, Error> {
    let (text, cautions) = decoded(bytes)?;
    let mut imported = read(&text);
    for caution in cautions {
        imported.warn(0, caution);
    }
    Ok(imported)
}

/// The text of a file in whatever encoding, and what was guessed of that.
fn decoded(bytes: &[u8]) -> Result<(String, Vec<Caution>), Error> {
    let (text, warnings) = ingest::text_of(bytes).map_err(|error| Error::Input(error.to_string()))?;
    Ok((text, warnings.into_iter().map(|warning| Caution::said(warning.message)).collect()))
}

/// What a file is, by how it begins, and by its name where that tells nothing.
fn likely_format(name: &str, bytes: &[u8]) -> Format {
    if workbook::is_archive(bytes) {
        return Format::Xlsx;
    }
    let start = ingest::text_of(bytes.get(..bytes.len().min(4096)).unwrap_or_default());
    let start = start.map(|(text, _)| text).unwrap_or_default();
    let start = start.trim_start();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        _ if start.starts_with('<') && start.contains("<tmx") => Format::Tmx,
        _ if start.starts_with('<') => Format::Tbx,
        _ if start.starts_with('{') => Format::Jsonl,
        "utf8" => Format::Omegat,
        // OmegaT's own glossaries begin with a comment and have no heads.
        "txt" | "tab" | "tsv" if start.starts_with('#') => Format::Omegat,
        "tsv" | "tab" | "txt" => Format::Tsv,
        _ => Format::Csv,
    }
}
