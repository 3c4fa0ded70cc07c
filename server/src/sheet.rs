//! Rows of cells as CSV (RFC 4180), for programs and for spreadsheets.

use std::io::Write;

use csv::{Writer, WriterBuilder};

use crate::Error;

/// What comes before text that a spreadsheet would take for a formula (OWASP, CSV injection).
const HARMLESS: char = '\'';

/// A file of rows that is written.
pub(crate) struct Sheet<W: Write> {
    writer: Writer<W>,
    spreadsheet: bool,
}

impl<W: Write> Sheet<W> {
    /// Begins a file whose cells are kept apart by `delimiter`. `spreadsheet` puts a byte order mark first, without
    /// which Excel misreads Chinese, and an apostrophe before text that begins like a formula.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub(crate) fn new(mut out: W, delimiter: u8, spreadsheet: bool) -> Result<Self, Error> {
        if spreadsheet {
            out.write_all("\u{feff}".as_bytes()).map_err(failed)?;
        }
        Ok(Self { writer: WriterBuilder::new().delimiter(delimiter).from_writer(out), spreadsheet })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub(crate) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<(), Error> {
        let cells = cells.into_iter().map(|cell| self.cell(cell.as_ref())).collect::<Vec<_>>();
        self.writer.write_record(cells).map_err(|error| failed(error.into()))
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.writer.flush().map_err(failed)
    }

    fn cell(&self, text: &str) -> String {
        let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
        if self.spreadsheet && formula { format!("{HARMLESS}{text}") } else { text.to_owned() }
    }
}

fn failed(source: std::io::Error) -> Error {
    Error::Io { action: "write", path: "the export".into(), source }
}
