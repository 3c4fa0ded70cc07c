//! Workbooks of Excel (ECMA-376): rows read from a sheet, and rows written to one.
//!
//! A workbook is a zip archive: what is inside is unpacked and counted before anything reads it, since a small file can
//! hold far more than memory does. Cells are taken one by one, because a sheet may say that it is a billion cells wide.

use std::io::{Cursor, Read as _, Write};

use calamine::{DataRef, Reader as _, Xlsx, XlsxError};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format as CellFormat, FormatAlign, Workbook, Worksheet,
    XlsxError as WriteError,
};
use zip::ZipArchive;

use crate::Error;
use crate::terms::exchange::{About, Caution, LARGEST_FILE, MOST_ENTRIES};

use super::{MOST_COLUMNS, Row, Rows};

/// A workbook has at most so many parts.
const MOST_PARTS: usize = 2_000;

/// Whether a file is a zip archive, as a workbook is.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The names of the sheets.
///
/// # Errors
/// As [`read`].
pub fn sheets(bytes: &[u8]) -> Result<Vec<String>, Error> {
    Ok(open(bytes)?.sheet_names())
}

/// The rows of a sheet: that of the name or the number (from 1) that is given, or else the first.
///
/// # Errors
/// When it is no workbook, when it is too large unpacked, and when there is no such sheet.
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Rows, Error> {
    let mut workbook = open(bytes)?;
    let names = workbook.sheet_names();
    let asked = sheet.unwrap_or("1");
    let number = asked.parse::<usize>().ok().and_then(|number| names.get(number.checked_sub(1)?));
    let name = names.iter().find(|name| *name == asked).or(number).ok_or_else(|| {
        Error::Input(format!("the workbook has no sheet `{asked}`; give one of: {}", names.join(", ")))
    })?;
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|error| unreadable(&error))?;
    let mut rows = Rows::default();
    while let Some(cell) = cells.next_cell().map_err(|error| unreadable(&error))? {
        let (row, column) = cell.get_position();
        let (line, column) = (row as usize + 1, column as usize);
        if column >= MOST_COLUMNS {
            continue;
        }
        let text = text(cell.get_value());
        if rows.rows.last().is_none_or(|row| row.line != line) {
            if rows.rows.len() > MOST_ENTRIES {
                rows.cautions.push((0, Caution::TooMany));
                break;
            }
            rows.rows.push(Row { line, cells: Vec::new() });
        }
        if let Some(row) = rows.rows.last_mut() {
            row.cells.resize(row.cells.len().max(column + 1), String::new());
            if let Some(cell) = row.cells.get_mut(column) {
                *cell = text;
            }
        }
    }
    Ok(rows)
}

fn open(bytes: &[u8]) -> Result<Xlsx<Cursor<&[u8]>>, Error> {
    check_size(bytes, LARGEST_FILE as u64)?;
    Xlsx::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))
}

/// Unpacks every part and counts, since what an archive says of the size of its parts need not be true.
fn check_size(bytes: &[u8], most: u64) -> Result<(), Error> {
    let broken = |error: &dyn std::fmt::Display| {
        Error::Input(format!("this is no workbook that can be opened: {error}; save it as .xlsx again, or as CSV"))
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    if archive.len() > MOST_PARTS {
        return Err(Error::Input(format!(
            "this is no workbook: it has {} parts, and {MOST_PARTS} are read at most",
            archive.len()
        )));
    }
    let mut left = most;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| broken(&error))?;
        let size = std::io::copy(&mut part.take(left.saturating_add(1)), &mut std::io::sink())
            .map_err(|error| broken(&error))?;
        left = left.checked_sub(size).ok_or_else(|| {
            Error::Input(format!(
                "the workbook holds more than {} MB when it is unpacked; save the sheet as CSV, or split it",
                most >> 20
            ))
        })?;
    }
    Ok(())
}

fn unreadable(error: &XlsxError) -> Error {
    Error::Input(format!("the workbook cannot be read: {error}; save it as .xlsx again, or as CSV"))
}

/// What a cell shows; a number without the fraction that it does not have.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        _ => String::new(),
    }
}

/// A workbook that is written: a sheet of rows, and one that says what it is.
pub(super) struct Book {
    workbook: Workbook,
    sheet: Worksheet,
    last_column: u16,
    row: u32,
}

impl Book {
    /// Begins a sheet with its heads, each column as wide as is said (in characters); the heads stay in sight.
    pub(super) fn new(heads: &[(&str, f64)]) -> Result<Self, Error> {
        let mut sheet = Worksheet::new();
        let head = CellFormat::new().set_bold().set_background_color(Color::RGB(0x00E8_F0F4));
        let cell = CellFormat::new().set_text_wrap().set_align(FormatAlign::Top);
        sheet.set_name("Terms").map_err(failed)?;
        for (column, (name, width)) in (0..).zip(heads) {
            sheet.write_string_with_format(0, column, *name, &head).map_err(failed)?;
            sheet.set_column_width(column, *width).map_err(failed)?;
            sheet.set_column_format(column, &cell).map_err(failed)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        let last_column = u16::try_from(heads.len().saturating_sub(1)).unwrap_or(u16::MAX);
        Ok(Self { workbook: Workbook::new(), sheet, last_column, row: 0 })
    }

    /// Writes a row; every cell is text, so that nothing is taken for a formula or a date.
    pub(super) fn row(&mut self, cells: &[String]) -> Result<(), Error> {
        self.row += 1;
        for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            self.sheet.write_string(self.row, column, cell).map_err(failed)?;
        }
        Ok(())
    }

    /// Adds what the file says of itself, and writes it.
    pub(super) fn finish(mut self, about: &About, mut out: impl Write) -> Result<(), Error> {
        self.sheet.autofilter(0, 0, self.row.max(1), self.last_column).map_err(failed)?;
        self.workbook.push_worksheet(self.sheet);
        // Otherwise the time of writing would be in the file, and no two exports alike.
        let made = ExcelDateTime::parse_from_str(about.at.trim_end_matches('Z')).map_err(failed)?;
        self.workbook.set_properties(&DocProperties::new().set_title(&about.title).set_creation_datetime(&made));
        let sheet = self.workbook.add_worksheet().set_name("About").map_err(failed)?;
        sheet.set_column_width(0, 16).map_err(failed)?.set_column_width(1, 80).map_err(failed)?;
        let about = [("title", &about.title), ("made", &about.at), ("filter", &about.filter)];
        for (row, (name, value)) in (0..).zip(about) {
            sheet.write_string(row, 0, name).map_err(failed)?.write_string(row, 1, value).map_err(failed)?;
        }
        let bytes = self.workbook.save_to_buffer().map_err(failed)?;
        let cannot = |source| Error::Io { action: "write", path: "the workbook".into(), source };
        out.write_all(&bytes).and_then(|()| out.flush()).map_err(cannot)
    }
}

fn failed(error: WriteError) -> Error {
    match error {
        WriteError::MaxStringLengthExceeded => Error::Input(
            "a text of the termbase is longer than a cell of a workbook may be (32,767 characters); export CSV"
                .to_owned(),
        ),
        WriteError::RowColumnLimitError => Error::Input(
            "the termbase has more designations than a sheet has rows (1,048,575); export CSV, or filter".to_owned(),
        ),
        error => Error::Input(format!("the workbook cannot be written: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_workbook_that_is_too_large_unpacked_is_refused() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for part in ["xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            archive.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(&vec![b' '; 1 << 20]).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 16);
        assert!(check_size(&bytes, 2 << 20).is_ok());
        let failed = check_size(&bytes, (2 << 20) - 1).unwrap_err().to_string();
        assert!(failed.contains("more than 1 MB when it is unpacked"), "{failed}");
    }

    #[test]
    fn a_sheet_is_found_by_name_or_number() {
        let mut workbook = Workbook::new();
        for (name, text) in [("甲", "潮汐"), ("2024", "海湾")] {
            workbook.add_worksheet().set_name(name).unwrap().write_string(4, 2, text).unwrap();
        }
        let bytes = workbook.save_to_buffer().unwrap();
        for (sheet, text) in [(None, "潮汐"), (Some("甲"), "潮汐"), (Some("2"), "海湾"), (Some("2024"), "海湾")]
        {
            let rows = read(&bytes, sheet).unwrap().rows;
            assert_eq!(rows, [Row { line: 5, cells: vec![String::new(), String::new(), text.to_owned()] }]);
        }
        let failed = read(&bytes, Some("3")).unwrap_err().to_string();
        assert!(failed.contains("give one of: 甲, 2024"), "{failed}");
    }
}
