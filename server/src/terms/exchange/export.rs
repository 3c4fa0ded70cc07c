//! The termbase written to a file of any format.

use std::io::Write;

use corpus::term::{Concept, Evidence, Status};

use crate::Error;
use crate::data::Data;

use super::filter::{Filter, concepts};
use super::omegat::Direction;
use super::table::columns::Column;
use super::table::{flat, pairs};
use super::{About, Format, jsonl, omegat, skos, tbx, tmx_terms};

/// So many places of a concept are exported where they are asked for.
const MOST_PLACES: usize = 1_000;

/// What is exported, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The form of the file.
    pub format: Format,
    /// Which concepts and designations.
    pub filter: Filter,
    /// CSV and TSV: the columns, a row for each pair of designations; every field where none are given.
    pub columns: Vec<Column>,
    /// CSV and TSV: fit for a spreadsheet, with a byte order mark and no text that is taken for a formula.
    pub spreadsheet: bool,
    /// OmegaT: which language is the source.
    pub direction: Direction,
    /// JSON Lines: the places where designations were seen.
    pub evidence: bool,
}

impl Export {
    /// A format as it is written unless more is asked for.
    ///
    /// A glossary or a translation memory cannot warn: it gets what a translator may use. Everything else gets what people
    /// have reviewed, and candidates that are rather sure.
    pub fn new(format: Format) -> Self {
        let filter = if warns(format) { Filter::default() } else { Filter::usable() };
        Self {
            format,
            filter,
            columns: Vec::new(),
            spreadsheet: false,
            direction: Direction::default(),
            evidence: false,
        }
    }

    /// The same with another choice of designations: what people have reviewed, those with the candidates that are sure
    /// enough, or some statuses.
    #[must_use]
    pub fn with(mut self, choice: &Choice) -> Self {
        let given = warns(self.format);
        self.filter.statuses = match choice {
            Choice { statuses, .. } if !statuses.is_empty() => statuses.clone(),
            Choice { reviewed: true, .. } if given => Filter::reviewed().statuses,
            Choice { reviewed: true, .. } => Filter::usable().statuses,
            _ => self.filter.statuses,
        };
        if choice.candidates && !self.filter.statuses.contains(&Status::Candidate) {
            self.filter.statuses.push(Status::Candidate);
        }
        if let Some(least) = choice.least_confidence {
            self.filter.least_confidence = least.clamp(0.0, 1.0);
        }
        self
    }

    /// What the file is called.
    pub fn file_name(&self) -> String {
        let part = match (self.format, self.direction) {
            (Format::Omegat, Direction::ZhEn) => "-zh-en",
            (Format::Omegat, Direction::EnZh) => "-en-zh",
            (Format::Tbx2, _) => "-v2",
            _ => "",
        };
        format!("policyglot-terms{part}.{}", self.format.extension())
    }
}

/// Which designations are exported, where that is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// These statuses.
    pub statuses: Vec<Status>,
    /// Only what people have reviewed.
    pub reviewed: bool,
    /// Candidates too.
    pub candidates: bool,
    /// How sure a candidate must be, from 0 to 1.
    pub least_confidence: Option<f32>,
}

/// Whether a format can say that a designation is not to be used.
fn warns(format: Format) -> bool {
    !matches!(format, Format::Omegat | Format::Tmx)
}

/// Writes the termbase, and says how many concepts were written. `now` is RFC 3339.
///
/// # Errors
/// When the store cannot be read, when the output cannot be written, and when a column cannot be exported.
pub fn export(data: &Data, asked: &Export, now: &str, out: impl Write) -> Result<usize, Error> {
    let about = About { title: "Policyglot termbase".to_owned(), at: now.to_owned(), filter: asked.filter.words() };
    let seen = |concept: &Concept| -> Result<_, Error> {
        let places = || data.with_store(|store| Ok(store.evidence(concept.id, MOST_PLACES)?));
        asked.evidence.then(places).transpose()
    };
    write(concepts(data, &asked.filter)?, asked, &about, seen, out)
}

/// Writes concepts in a format, and says how many; `seen` gives the places of each for JSON Lines.
///
/// # Errors
/// As [`export`].
pub fn write(
    concepts: impl Iterator<Item = Result<Concept, Error>>,
    asked: &Export,
    about: &About,
    seen: impl Fn(&Concept) -> Result<Option<Vec<Evidence>>, Error>,
    out: impl Write,
) -> Result<usize, Error> {
    check(asked)?;
    let table = |delimiter| (delimiter, asked.spreadsheet);
    match asked.format {
        Format::Tbx => tbx::write(concepts, out, about),
        Format::Tbx2 => tbx::write_v2(concepts, out, about),
        Format::Tmx => tmx_terms::write(concepts, out, about),
        Format::Skos => skos::write(concepts, out, about),
        Format::Omegat => omegat::write(concepts, out, about, asked.direction),
        Format::Jsonl => jsonl::write(concepts, out, seen),
        Format::Xlsx => flat::write_workbook(concepts, out, about),
        Format::Csv | Format::Tsv => {
            let (delimiter, spreadsheet) = table(if asked.format == Format::Csv { b',' } else { b'\t' });
            match asked.columns.as_slice() {
                [] => flat::write(concepts, out, delimiter, spreadsheet),
                columns => pairs::write(concepts, out, delimiter, spreadsheet, columns),
            }
        }
    }
}

fn check(asked: &Export) -> Result<(), Error> {
    let is_table = matches!(asked.format, Format::Csv | Format::Tsv);
    if !is_table && (asked.spreadsheet || !asked.columns.is_empty()) {
        return Err(Error::Input(format!(
            "columns and the form for spreadsheets are for CSV and TSV, not for {}; leave them out",
            asked.format.name()
        )));
    }
    if let Some(column) = asked.columns.iter().find(|column| matches!(column, Column::Other | Column::Ignore)) {
        return Err(Error::Input(format!(
            "the column `{}` cannot be exported; without columns every field is",
            column.name()
        )));
    }
    Ok(())
}
