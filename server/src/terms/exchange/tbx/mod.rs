//! TBX-Basic, versions 3 (ISO 30042:2019) and 2 (ISO 30042:2008), written and read.
//!
//! What is written keeps to the data categories of TBX-Basic, each on a level where it is allowed, so that any program
//! that reads TBX-Basic reads it. What is ours alone, and what other files said that TBX-Basic has no category for,
//! becomes a note of the form `[field name] value`, which is read back as what it was.

mod category;
mod entry;
mod field;
mod import;
mod writing;

use std::io::Write;

use corpus::term::Concept;

use super::{About, Imported};
use crate::Error;

/// Writes version 3, data categories as attributes, and says how many concepts.
///
/// # Errors
/// When a concept cannot be read from the store, or the output cannot be written.
pub fn write(
    concepts: impl Iterator<Item = Result<Concept, Error>>,
    out: impl Write,
    about: &About,
) -> Result<usize, Error> {
    writing::write(&V3, concepts, out, about)
}

/// Writes version 2, and says how many concepts.
///
/// There is no document type in it: programs that have no file of that name beside it would not read it.
///
/// # Errors
/// As [`write()`].
pub fn write_v2(
    concepts: impl Iterator<Item = Result<Concept, Error>>,
    out: impl Write,
    about: &About,
) -> Result<usize, Error> {
    writing::write(&V2, concepts, out, about)
}

/// Reads either version, in either style, in TBX-Basic or another dialect.
///
/// # Errors
/// When it is no TBX, or no well-formed XML.
pub fn read(bytes: &[u8]) -> Result<Imported, Error> {
    import::read(bytes)
}

/// What differs between the versions.
struct Version {
    root: &'static str,
    root_attributes: &'static [(&'static str, &'static str)],
    header: &'static str,
    entry: &'static str,
    language: &'static str,
    term: &'static str,
    /// Whether what is said of a term may be grouped with what is said of that.
    groups_term_notes: bool,
}

const V3: Version = Version {
    root: "tbx",
    root_attributes: &[
        ("type", "TBX-Basic"),
        ("style", "dca"),
        ("xml:lang", "en"),
        ("xmlns", "urn:iso:std:iso:30042:ed-2"),
    ],
    header: "tbxHeader",
    entry: "conceptEntry",
    language: "langSec",
    term: "termSec",
    groups_term_notes: true,
};

const V2: Version = Version {
    root: "martif",
    root_attributes: &[("type", "TBX-Basic"), ("xml:lang", "en")],
    header: "martifHeader",
    entry: "termEntry",
    language: "langSet",
    term: "tig",
    groups_term_notes: false,
};

#[cfg(test)]
mod tests;
