//! Term pairs as TMX 1.4b (LISA OSCAR, 2005), written and read.
//!
//! A unit holds a pair, so that a concept becomes as many units as it has pairs of a Chinese and an English designation
//! that may be used; what else is known of it are properties, which programs show and keep. Designations that are not
//! to be used stay out: a translation memory has no way to say that of them.

mod reading;
pub(crate) mod unit;

use std::io::Write;

use corpus::document::Language;
use corpus::term::{Concept, Term};

use super::xml::Pen;
use super::{About, Imported};
use crate::Error;

/// What the names of properties that hold another program's field begin with.
const FIELD: &str = "x-field:";

/// Writes each pair of designations as a unit, and says how many concepts; those without a pair are left out.
///
/// # Errors
/// When a concept cannot be read from the store, or the output cannot be written.
pub fn write(
    concepts: impl Iterator<Item = Result<Concept, Error>>,
    out: impl Write,
    about: &About,
) -> Result<usize, Error> {
    let mut pen = Pen::new(out)?;
    pen.open("tmx", &[("version", "1.4")])?;
    write_header(&mut pen, about)?;
    pen.open("body", &[])?;
    let mut written = 0;
    for concept in concepts {
        let concept = concept?;
        if write_concept(&mut pen, &concept, written + 1)? {
            written += 1;
        }
    }
    pen.finish()?;
    Ok(written)
}

/// Reads the units of a TMX file as concepts; those that were written here become the concepts that they were.
///
/// # Errors
/// When it is no TMX, or no well-formed XML.
pub fn read(bytes: &[u8]) -> Result<Imported, Error> {
    reading::read(bytes)
}

fn write_header<W: Write>(pen: &mut Pen<W>, about: &About) -> Result<(), Error> {
    let attributes = [
        ("creationtool", "policyglot"),
        ("creationtoolversion", env!("CARGO_PKG_VERSION")),
        ("segtype", "phrase"),
        ("o-tmf", "policyglot"),
        ("adminlang", "en"),
        ("srclang", "zh"),
        ("datatype", "plaintext"),
    ];
    pen.open("header", &attributes)?;
    for (name, value) in [("x-title", &about.title), ("x-made-at", &about.at), ("x-filter", &about.filter)] {
        write_property(pen, name, value)?;
    }
    pen.close()
}

fn write_concept<W: Write>(pen: &mut Pen<W>, concept: &Concept, number: usize) -> Result<bool, Error> {
    let usable = |language| concept.terms_in(language).filter(|term| term.status.is_usable() && !term.text.is_empty());
    let name = if concept.id > 0 { format!("policyglot-{}", concept.id) } else { format!("entry-{number}") };
    let mut has_pair = false;
    for (zh_number, zh) in usable(Language::Zh).enumerate() {
        for (en_number, en) in usable(Language::En).enumerate() {
            let id = format!("{name}-{}-{}", zh_number + 1, en_number + 1);
            pen.open("tu", &[("tuid", &id)])?;
            write_about(pen, concept)?;
            write_term(pen, zh)?;
            write_term(pen, en)?;
            pen.close()?;
            has_pair = true;
        }
    }
    Ok(has_pair)
}

fn write_about<W: Write>(pen: &mut Pen<W>, concept: &Concept) -> Result<(), Error> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    pen_note(pen, &text(&concept.note))?;
    write_property(pen, "x-subject", &text(&concept.subject))?;
    write_property(pen, "x-changed", &text(&concept.changed))?;
    for definition in &concept.definitions {
        let code = definition.language.code();
        write_property(pen, &format!("x-definition:{code}"), &definition.text)?;
        write_property(pen, &format!("x-definition-source:{code}"), &text(&definition.source))?;
    }
    write_fields(pen, &concept.other)
}

fn write_term<W: Write>(pen: &mut Pen<W>, term: &Term) -> Result<(), Error> {
    pen.open("tuv", &[("xml:lang", term.language.code())])?;
    pen_note(pen, term.note.as_deref().unwrap_or_default())?;
    write_property(pen, "x-status", term.status.name())?;
    write_property(pen, "x-part-of-speech", term.part_of_speech.map_or("", |part| part.name()))?;
    write_property(pen, "x-region", term.region.as_deref().unwrap_or_default())?;
    write_property(pen, "x-source", term.source.as_deref().unwrap_or_default())?;
    for variant in &term.variants {
        write_property(pen, "x-variant", variant)?;
    }
    write_fields(pen, &term.other)?;
    pen.leaf("seg", &[], &term.text)?;
    pen.close()
}

fn write_fields<W: Write>(pen: &mut Pen<W>, fields: &[corpus::term::Field]) -> Result<(), Error> {
    fields.iter().try_for_each(|field| write_property(pen, &format!("{FIELD}{}", field.name), &field.value))
}

fn write_property<W: Write>(pen: &mut Pen<W>, name: &str, value: &str) -> Result<(), Error> {
    if value.is_empty() {
        return Ok(());
    }
    pen.leaf("prop", &[("type", name)], value)
}

fn pen_note<W: Write>(pen: &mut Pen<W>, note: &str) -> Result<(), Error> {
    if note.is_empty() { Ok(()) } else { pen.leaf("note", &[], note) }
}

#[cfg(test)]
mod tests;
