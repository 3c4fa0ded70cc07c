//! XML written straight through, an element a line.

use std::io::{BufWriter, Write};

use super::text::escape_into;
use crate::Error;

/// A file of XML that is being written.
pub(crate) struct Pen<W: Write> {
    out: BufWriter<W>,
    open: Vec<&'static str>,
    line: String,
}

impl<W: Write> Pen<W> {
    /// Begins a file in UTF-8.
    pub(crate) fn new(out: W) -> Result<Self, Error> {
        let mut pen = Self { out: BufWriter::new(out), open: Vec::new(), line: String::new() };
        pen.line.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        pen.write()?;
        Ok(pen)
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> Result<(), Error> {
        self.start(name, attributes);
        self.line.push_str(">\n");
        self.open.push(name);
        self.write()
    }

    /// Closes the element that was opened last.
    pub(crate) fn close(&mut self) -> Result<(), Error> {
        let Some(name) = self.open.pop() else { return Ok(()) };
        self.indent();
        self.line.push_str("</");
        self.line.push_str(name);
        self.line.push_str(">\n");
        self.write()
    }

    /// Writes an element with nothing but text in it.
    pub(crate) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> Result<(), Error> {
        self.start(name, attributes);
        self.line.push('>');
        escape_into(&mut self.line, text);
        self.line.push_str("</");
        self.line.push_str(name);
        self.line.push_str(">\n");
        self.write()
    }

    /// Closes all that is open.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        while !self.open.is_empty() {
            self.close()?;
        }
        self.out.flush().map_err(failed)
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.line.push('<');
        self.line.push_str(name);
        for (name, value) in attributes {
            self.line.push(' ');
            self.line.push_str(name);
            self.line.push_str("=\"");
            escape_into(&mut self.line, value);
            self.line.push('"');
        }
    }

    fn indent(&mut self) {
        self.line.extend(std::iter::repeat_n(' ', self.open.len()));
    }

    fn write(&mut self) -> Result<(), Error> {
        let written = self.out.write_all(self.line.as_bytes());
        self.line.clear();
        written.map_err(failed)
    }
}

fn failed(source: std::io::Error) -> Error {
    Error::Io { action: "write", path: "the export".into(), source }
}
