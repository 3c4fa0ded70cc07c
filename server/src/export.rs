//! Facts over the whole corpus as CSV (RFC 4180), a row each, for spreadsheets and programs.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io::Write;

use corpus::document::{Document, Language};
use corpus::facts::{Agency, Facts, Mention, MentionKind, Target};
use corpus::store::FoundTarget;

use crate::Error;
use crate::data::Data;
use crate::derive::date_of;
use crate::sheet::Sheet;

/// Which facts are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactTable {
    /// Commitments with a number.
    Targets,
    /// Standards: what documents are, name, replace and adopt.
    Standards,
    /// Agencies: who issued and who is named.
    Agencies,
    /// Terms that documents define.
    Definitions,
    /// Dates with what they are of.
    Dates,
}

/// The columns that tell of the document, which every row begins with.
const DOCUMENT: [&str; 7] = ["document", "title", "language", "kind", "number", "date", "issuers"];

/// Writes the facts of all documents, in the order of their numbers, and says how many rows there are.
///
/// `spreadsheet` makes it fit for one: a byte order mark first, and no text that is taken for a formula.
///
/// # Errors
/// When the store cannot be read, or the output cannot be written.
pub fn export(data: &Data, table: FactTable, spreadsheet: bool, out: impl Write) -> Result<usize, Error> {
    let mut sheet = Sheet::new(out, b',', spreadsheet)?;
    sheet.row(DOCUMENT.iter().chain(columns(table)))?;
    let mut count = 0;
    for id in data.with_store(|store| Ok(store.document_ids()?))? {
        if let Some(document) = data.with_store(|store| Ok(store.document(id)?))? {
            let about = about(&document);
            for row in rows(table, &document.facts) {
                sheet.row(about.iter().chain(&row))?;
                count += 1;
            }
        }
    }
    sheet.finish()?;
    Ok(count)
}

/// Writes targets of several documents as [`export`] writes them, in the order in which they are given.
///
/// # Errors
/// When the store cannot be read, or the output cannot be written.
pub(crate) fn write_targets(
    data: &Data,
    found: &[FoundTarget],
    spreadsheet: bool,
    out: impl Write,
) -> Result<(), Error> {
    let mut sheet = Sheet::new(out, b',', spreadsheet)?;
    sheet.row(DOCUMENT.iter().chain(columns(FactTable::Targets)))?;
    let mut documents: HashMap<i64, Vec<String>> = HashMap::new();
    for found in found {
        let about = match documents.entry(found.document) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let document = data.with_store(|store| Ok(store.document(found.document)?))?;
                new.insert(document.as_ref().map(about).unwrap_or_default())
            }
        };
        // A document that went away since its targets were found.
        if !about.is_empty() {
            sheet.row(about.iter().chain(&target(&found.target)))?;
        }
    }
    sheet.finish()
}

fn columns(table: FactTable) -> &'static [&'static str] {
    match table {
        FactTable::Targets => {
            &["by", "comparator", "min", "max", "unit", "every", "cumulative", "what", "sentence", "page"]
        }
        FactTable::Standards => &["relation", "standard", "as_printed", "count", "sentence", "page"],
        FactTable::Agencies => &["role", "agency", "name_zh", "name_en", "as_printed", "count", "sentence", "page"],
        FactTable::Definitions => {
            &["clause", "zh", "en", "abbreviation", "admitted", "deprecated", "definition", "notes", "source", "page"]
        }
        FactTable::Dates => &["kind", "value", "sentence", "page"],
    }
}

fn about(document: &Document) -> Vec<String> {
    let facts = &document.facts;
    let in_english = document.language == Language::En;
    let issuers = facts.issuers.iter().filter_map(|agency| {
        let (zh, en) = (agency.name_zh.as_ref(), agency.name_en.as_ref());
        if in_english { en.or(zh) } else { zh.or(en) }
    });
    vec![
        document.id.to_string(),
        document.display_title().to_owned(),
        document.language.code().to_owned(),
        facts.kind.map_or("", |kind| kind.name()).to_owned(),
        facts.document_number.clone().unwrap_or_default(),
        date_of(facts).unwrap_or_default(),
        issuers.cloned().collect::<Vec<_>>().join("; "),
    ]
}

fn rows(table: FactTable, facts: &Facts) -> Vec<Vec<String>> {
    match table {
        FactTable::Targets => facts.targets.iter().map(target).collect(),
        FactTable::Standards => standards(facts),
        FactTable::Agencies => agencies(facts),
        FactTable::Definitions => definitions(facts),
        FactTable::Dates => dates(facts),
    }
}

fn target(target: &Target) -> Vec<String> {
    let number = |bound: Option<f64>| bound.map(|bound| bound.to_string()).unwrap_or_default();
    vec![
        target.by.map(|year| year.to_string()).unwrap_or_default(),
        target.comparator.name().to_owned(),
        number(target.min),
        number(target.max),
        target.unit.clone().unwrap_or_default(),
        target.every.map_or("", |every| every.name()).to_owned(),
        target.cumulative.to_string(),
        target.what.clone(),
        target.sentence.clone(),
        target.page.to_string(),
    ]
}

/// What the document is, replaces and adopts, then what it names.
fn standards(facts: &Facts) -> Vec<Vec<String>> {
    let own = facts.standard.iter().flat_map(|record| {
        let is = [("is", &record.number)].into_iter();
        let replaces = record.replaces.iter().map(|number| ("replaces", number));
        let replaced = record.replaced_by.iter().map(|number| ("replaced_by", number));
        let adopts = record.adopts.iter().map(|adoption| (adoption.degree.code(), &adoption.standard));
        is.chain(replaces).chain(replaced).chain(adopts)
    });
    let row = |relation: &str, number: &String| {
        let mut row = vec![relation.to_owned(), number.clone()];
        row.extend(place(mention(facts, MentionKind::Standard, number)));
        row
    };
    let own = own.map(|(relation, number)| row(relation, number));
    own.chain(facts.standards.iter().map(|number| row("names", number))).collect()
}

fn agencies(facts: &Facts) -> Vec<Vec<String>> {
    let issuers = facts.issuers.iter().map(|agency| ("issuer", agency));
    let others = facts.agencies.iter().filter(|agency| !facts.issuers.contains(agency));
    let all = issuers.chain(others.map(|agency| ("mentioned", agency)));
    let row = |(role, agency): (&str, &Agency)| {
        let names =
            [agency.id.clone(), agency.name_zh.clone().unwrap_or_default(), agency.name_en.clone().unwrap_or_default()];
        let mut row = vec![role.to_owned()];
        let found =
            names.iter().filter(|name| !name.is_empty()).find_map(|name| mention(facts, MentionKind::Agency, name));
        row.extend(names.iter().cloned());
        row.extend(place(found));
        row
    };
    all.map(row).collect()
}

fn mention<'a>(facts: &'a Facts, kind: MentionKind, value: &str) -> Option<&'a Mention> {
    facts.mentions.iter().find(|mention| mention.kind == kind && mention.value == value)
}

/// As printed, how often, the sentence and the page.
fn place(mention: Option<&Mention>) -> [String; 4] {
    mention.map_or_else(Default::default, |mention| {
        [mention.text.clone(), mention.count.to_string(), mention.sentence.clone(), mention.page.to_string()]
    })
}

fn definitions(facts: &Facts) -> Vec<Vec<String>> {
    let rows = facts.definitions.iter().map(|definition| {
        vec![
            definition.clause.clone().unwrap_or_default(),
            definition.zh.clone().unwrap_or_default(),
            definition.en.clone().unwrap_or_default(),
            definition.abbreviation.clone().unwrap_or_default(),
            definition.admitted.join("; "),
            definition.deprecated.join("; "),
            definition.definition.clone(),
            definition.notes.join("\n"),
            definition.source.clone().unwrap_or_default(),
            definition.page.to_string(),
        ]
    });
    rows.collect()
}

fn dates(facts: &Facts) -> Vec<Vec<String>> {
    let rows = facts.dates.iter();
    let row = |date: &corpus::facts::DatedFact| {
        vec![date.kind.name().to_owned(), date.date.clone(), date.sentence.clone(), date.page.to_string()]
    };
    rows.map(row).collect()
}
