//! Our own table: a row for each designation, with every field of it and of its concept, so that nothing is lost.
//!
//! Rows with the same `concept` are one concept. What is said of the concept stands in each of its rows, so that a
//! spreadsheet can be filtered; on the way back the first row that says something counts.

use std::collections::BTreeMap;
use std::io::Write;

use corpus::document::Language;
use corpus::term::{Concept, Definition, PartOfSpeech, Status, Term};

use crate::Error;
use crate::sheet::Sheet;
use crate::terms::exchange::{About, Caution, Entry, Imported, MOST_ENTRIES, said};

use super::Row;
use super::columns::Layout;
use super::listed::{join, join_fields, split, split_fields};
use super::workbook::Book;

/// The columns: name, and width in a workbook in characters.
pub const COLUMNS: [(&str, f64); 22] = [
    ("concept", 9.0),
    ("language", 9.0),
    ("term", 34.0),
    ("status", 12.0),
    ("part_of_speech", 14.0),
    ("usage", 24.0),
    ("region", 16.0),
    ("source", 24.0),
    ("variants", 20.0),
    ("fields", 20.0),
    ("confidence", 11.0),
    ("count", 8.0),
    ("subject", 20.0),
    ("note", 30.0),
    ("definition_zh", 44.0),
    ("definition_zh_source", 20.0),
    ("definition_en", 44.0),
    ("definition_en_source", 20.0),
    ("definition_und", 20.0),
    ("definition_und_source", 20.0),
    ("concept_fields", 20.0),
    ("changed", 21.0),
];

/// The heads that tell such a table from others.
const TELLING: [&str; 3] = ["concept", "language", "term"];

/// Writes concepts as separated values, and says how many.
///
/// # Errors
/// When a concept cannot be read from the store, or the output cannot be written.
pub fn write(
    concepts: impl Iterator<Item = Result<Concept, Error>>,
    out: impl Write,
    delimiter: u8,
    spreadsheet: bool,
) -> Result<usize, Error> {
    let mut sheet = Sheet::new(out, delimiter, spreadsheet)?;
    sheet.row(COLUMNS.map(|(name, _)| name))?;
    let mut count = 0;
    for concept in concepts {
        for row in rows(&concept?) {
            sheet.row(row)?;
        }
        count += 1;
    }
    sheet.finish()?;
    Ok(count)
}

/// Writes concepts as a workbook, and says how many.
///
/// # Errors
/// As [`write()`], and when a text is too long for a cell or there are more designations than a sheet has rows.
pub fn write_workbook(
    concepts: impl Iterator<Item = Result<Concept, Error>>,
    out: impl Write,
    about: &About,
) -> Result<usize, Error> {
    let mut book = Book::new(&COLUMNS)?;
    let mut count = 0;
    for concept in concepts {
        for row in rows(&concept?) {
            book.row(&row)?;
        }
        count += 1;
    }
    book.finish(about, out)?;
    Ok(count)
}

/// A row for each designation; one without any for a concept that has none.
fn rows(concept: &Concept) -> Vec<Vec<String>> {
    let of_concept = of_concept(concept);
    let row = |term: Vec<String>| {
        let mut row = vec![concept.id.to_string()];
        row.extend(term);
        row.extend_from_slice(&of_concept);
        row
    };
    if concept.terms.is_empty() {
        return vec![row(vec![String::new(); 11])];
    }
    concept.terms.iter().map(|term| row(of_term(term))).collect()
}

fn of_term(term: &Term) -> Vec<String> {
    let text = |said: &Option<String>| said.clone().unwrap_or_default();
    vec![
        term.language.code().to_owned(),
        term.text.clone(),
        term.status.name().to_owned(),
        term.part_of_speech.map_or("", PartOfSpeech::name).to_owned(),
        text(&term.note),
        text(&term.region),
        text(&term.source),
        join(&term.variants),
        join_fields(&term.other),
        if term.confidence == 0.0 { String::new() } else { term.confidence.to_string() },
        if term.count == 0 { String::new() } else { term.count.to_string() },
    ]
}

fn of_concept(concept: &Concept) -> Vec<String> {
    let mut cells = vec![concept.subject.clone().unwrap_or_default(), concept.note.clone().unwrap_or_default()];
    for language in [Language::Zh, Language::En, Language::Other] {
        let definition = concept.definition(language);
        cells.push(definition.map(|definition| definition.text.clone()).unwrap_or_default());
        cells.push(definition.and_then(|definition| definition.source.clone()).unwrap_or_default());
    }
    cells.push(join_fields(&concept.other));
    cells.push(concept.changed.clone().unwrap_or_default());
    cells
}

/// Whether a row is the head of such a table.
pub(super) fn is_head(row: &Row) -> bool {
    TELLING.iter().all(|name| (0..row.cells.len()).any(|column| row.cell(column) == *name))
}

/// The concepts of such a table.
pub(super) fn read(rows: &[Row], layout: &Layout) -> Imported {
    let mut imported = Imported::default();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.iter().skip(layout.skipped()) {
        let cells = Cells { row, heads: &layout.heads };
        let key = cells.get("concept");
        if key.is_empty() {
            imported.warn(row.line, Caution::Unreadable { text: "the row says no concept".to_owned() });
            continue;
        }
        let entries = &mut imported.entries;
        if !places.contains_key(key) && entries.len() >= MOST_ENTRIES {
            imported.warn(row.line, Caution::TooMany);
            break;
        }
        let place = *places.entry(key.to_owned()).or_insert_with(|| {
            let concept = Concept { id: key.parse().unwrap_or(0), ..Concept::default() };
            entries.push(Entry { concept, line: row.line, without_status: Vec::new() });
            entries.len() - 1
        });
        let mut cautions = Vec::new();
        if let Some(entry) = entries.get_mut(place) {
            add_row(entry, &cells, &mut cautions);
        }
        for caution in cautions {
            imported.warn(row.line, caution);
        }
    }
    imported
}

/// The cells of a row by their heads.
struct Cells<'a> {
    row: &'a Row,
    heads: &'a [String],
}

impl Cells<'_> {
    fn get(&self, name: &str) -> &str {
        self.heads.iter().position(|head| head == name).map_or("", |column| self.row.cell(column))
    }

    fn optional(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

fn add_row(entry: &mut Entry, cells: &Cells<'_>, cautions: &mut Vec<Caution>) {
    let concept = &mut entry.concept;
    let mut once = |name: &str, slot: &mut Option<String>| match (cells.optional(name), &slot) {
        (Some(text), None) => *slot = Some(text),
        (Some(text), Some(before)) if text != *before => cautions.push(Caution::said(format!(
            "`{name}` is not what an earlier row of the concept says; the earlier one counts"
        ))),
        _ => {}
    };
    once("subject", &mut concept.subject);
    once("note", &mut concept.note);
    once("changed", &mut concept.changed);
    for language in [Language::Zh, Language::En, Language::Other] {
        let name = format!("definition_{}", language.code());
        let (mut text, mut source) = match concept.definition(language) {
            Some(definition) => (Some(definition.text.clone()), definition.source.clone()),
            None => (None, None),
        };
        once(&name, &mut text);
        once(&format!("{name}_source"), &mut source);
        concept.definitions.retain(|definition| definition.language != language);
        concept.definitions.extend(text.map(|text| Definition { language, text, source }));
    }
    for field in split_fields(cells.get("concept_fields")) {
        if !concept.other.contains(&field) {
            concept.other.push(field);
        }
    }
    if !cells.get("term").is_empty() {
        add_term(entry, cells, cautions);
    }
}

fn add_term(entry: &mut Entry, cells: &Cells<'_>, cautions: &mut Vec<Caution>) {
    let language = Language::from_code(cells.get("language"));
    let mut term = Term {
        part_of_speech: said::part_of_speech(cells.get("part_of_speech")),
        note: cells.optional("usage"),
        region: cells.optional("region"),
        source: cells.optional("source"),
        variants: split(cells.get("variants")),
        other: split_fields(cells.get("fields")),
        confidence: cells.get("confidence").parse().unwrap_or(0.0),
        count: cells.get("count").parse().unwrap_or(0),
        ..Term::new(cells.get("term"), language, Status::Admitted)
    };
    match said::status(cells.get("status")) {
        Some(status) => term.status = status,
        None => {
            entry.without_status.push(entry.concept.terms.len());
            if let Some(text) = cells.optional("status") {
                term.other.push(corpus::term::Field { name: "status".to_owned(), value: text.clone() });
                cautions.push(Caution::UnknownStatus { text });
            }
        }
    }
    entry.concept.terms.push(term);
}
