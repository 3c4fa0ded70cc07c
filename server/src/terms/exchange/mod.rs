//! The termbase to files and back: TBX, TMX, CSV, XLSX, OmegaT, SKOS, JSON Lines.
//!
//! Each format has a `write`, which takes concepts one by one and never holds them all where the format allows it, and
//! where it can be read a `read`, which gives back what is in a file with warnings, whatever state the file is in. What
//! is done with it is another matter: a plan says what would change, and is carried out as a whole or not at all.

pub mod export;
pub mod filter;
pub mod jsonl;
mod language;
mod language_tag;
pub mod omegat;
pub mod plan;
pub mod reading;
mod said;
pub mod skos;
pub mod table;
pub mod tbx;
pub mod tmx_terms;
pub(crate) mod xml;

#[cfg(test)]
mod arbitrary;
#[cfg(test)]
mod tests;

use corpus::term::Concept;
use serde::{Deserialize, Serialize};

/// No file of terms may be larger, in bytes; also what is inside a compressed one may not.
pub const LARGEST_FILE: usize = 200 << 20;

/// No file may hold more entries.
pub const MOST_ENTRIES: usize = 500_000;

/// A designation may have at most so many characters; longer ones are text, not terms.
pub const LONGEST_TERM: usize = 500;

/// At most so many warnings are kept of a file.
pub const MOST_WARNINGS: usize = 1_000;

/// The forms in which the termbase can be written, and most of them read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
#[value(rename_all = "lower")]
#[schemars(rename = "TermFormat")]
pub enum Format {
    /// TBX-Basic, version 3 (ISO 30042:2019), in data category as attribute style
    Tbx,
    /// TBX-Basic, version 2 (ISO 30042:2008), which OmegaT reads
    Tbx2,
    /// TMX 1.4b with a unit for each pair of designations
    Tmx,
    /// A glossary for OmegaT: source, target and comment, separated by tabs
    Omegat,
    /// Comma-separated values (RFC 4180): a row for each designation, every field
    Csv,
    /// The same separated by tabs
    Tsv,
    /// The same as a workbook for Excel
    Xlsx,
    /// SKOS in Turtle, for other programs that keep vocabularies
    Skos,
    /// JSON Lines: a concept on each line, every field
    Jsonl,
}

impl Format {
    /// All.
    pub const ALL: [Self; 9] =
        [Self::Tbx, Self::Tbx2, Self::Tmx, Self::Omegat, Self::Csv, Self::Tsv, Self::Xlsx, Self::Skos, Self::Jsonl];

    /// The name used on the command line and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tbx => "tbx",
            Self::Tbx2 => "tbx2",
            Self::Tmx => "tmx",
            Self::Omegat => "omegat",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Skos => "skos",
            Self::Jsonl => "jsonl",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What a file of this format is called after the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Tbx | Self::Tbx2 => "tbx",
            Self::Tmx => "tmx",
            Self::Omegat => "utf8",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::Skos => "ttl",
            Self::Jsonl => "jsonl",
        }
    }

    /// What such a file is, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Tbx => "TBX-Basic, version 3 (ISO 30042:2019).",
            Self::Tbx2 => "TBX-Basic, version 2 (ISO 30042:2008).",
            Self::Tmx => "TMX 1.4b.",
            Self::Omegat => "A glossary for OmegaT.",
            Self::Csv => "Comma-separated values (RFC 4180).",
            Self::Tsv => "Values separated by tabs.",
            Self::Xlsx => "A workbook for Excel.",
            Self::Skos => "SKOS in Turtle.",
            Self::Jsonl => "A concept a line, as JSON.",
        }
    }

    /// The media type of such a file.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Tbx | Self::Tbx2 | Self::Tmx => "application/xml",
            Self::Omegat | Self::Tsv => "text/tab-separated-values; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Skos => "text/turtle; charset=utf-8",
            Self::Jsonl => "application/x-ndjson",
        }
    }
}

/// What an exported file says of itself, where its format has a place for that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What it is.
    pub title: String,
    /// When it was made, RFC 3339, UTC.
    pub at: String,
    /// Which concepts and designations are in it, in words; empty for all.
    pub filter: String,
}

/// What a file of terms holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// Its entries, in their order.
    pub entries: Vec<Entry>,
    /// Whether it gives pairs rather than concepts, as glossaries and translation memories do: then entries with the same
    /// Chinese designation are one concept, and an entry that lacks a language is none.
    pub pairs: bool,
    /// What could not be read as it stands, [`MOST_WARNINGS`] at most.
    pub warnings: Vec<Warning>,
}

impl Imported {
    /// Notes that something could not be read as it stands.
    pub fn warn(&mut self, line: usize, caution: Caution) {
        if self.warnings.len() < MOST_WARNINGS {
            self.warnings.push(Warning { line, caution });
        }
    }
}

/// A concept that a file gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The concept; its number is that of the store that the file was exported from, 0 where the file gives none.
    pub concept: Concept,
    /// The line, row or entry where it begins, counted from 1.
    pub line: usize,
    /// The indexes of those of its designations whose status the file does not give: it is the plan's to say.
    pub without_status: Vec<usize>,
}

/// Something in a file that could not be read as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ImportWarning")]
pub struct Warning {
    /// The line, row or entry, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is to be said of it.
    #[serde(flatten)]
    pub caution: Caution,
}

/// What is to be said of a place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "warning")]
#[schemars(rename = "ImportCaution")]
pub enum Caution {
    /// Anything, in words: lowercase, with what was done about it, no full stop.
    Said {
        /// The words.
        text: String,
    },
    /// The columns of the two languages hold the other one's: they were read the other way round.
    SwappedColumns,
    /// A row has the two languages in each other's column: it was read the other way round.
    SwappedRow,
    /// A row has more cells than the first one: those were left out.
    SpareCells {
        /// Their content.
        text: String,
    },
    /// The quotation marks do not pair, so that they were read as they stand.
    LooseQuotes,
    /// A line could not be read: it was left out.
    Unreadable {
        /// Why.
        text: String,
    },
    /// What stands for a status is none: it was kept as a field of its own.
    UnknownStatus {
        /// What stands there.
        text: String,
    },
    /// There are more entries than are read of one file: the rest was left out.
    TooMany,
}

impl std::fmt::Display for Caution {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Said { text } => f.write_str(text),
            Self::SwappedColumns => {
                f.write_str("the columns hold each other's language: they were read the other way round")
            }
            Self::SwappedRow => {
                f.write_str("Chinese and English stand in each other's place: read the other way round")
            }
            Self::SpareCells { text } => write!(f, "there are more cells than heads; left out: {text}"),
            Self::LooseQuotes => f.write_str("the quotation marks do not pair, so that they were read as they stand"),
            Self::Unreadable { text } => write!(f, "left out, since it cannot be read: {text}"),
            Self::UnknownStatus { text } => write!(f, "`{text}` is no status that is known; it was kept as a field"),
            Self::TooMany => write!(f, "no more than {MOST_ENTRIES} entries are read of a file; the rest was left out"),
        }
    }
}

impl Caution {
    /// Anything, in words.
    pub fn said(text: impl Into<String>) -> Self {
        Self::Said { text: text.into() }
    }
}
