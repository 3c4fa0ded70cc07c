//! What people write, made tidy and held to its bounds.

use std::collections::BTreeSet;

use super::Fault;
use crate::document::Language;
use crate::term::{Concept, Definition, Field, Term, fold};

/// A designation, a variant, a subject, a region or the name of a field has at most so many characters.
pub(super) const LONGEST_TERM: usize = 500;

/// A definition, a note, a source or the value of a field has at most so many characters.
pub(super) const LONGEST_TEXT: usize = 20_000;

/// At most so many designations, variants or fields can be given at once.
pub(super) const MOST: usize = 2_000;

/// What is said of a concept, without its designations.
pub(super) fn concept_words(given: &Concept) -> Result<Concept, Fault> {
    let mut definitions: Vec<Definition> = Vec::new();
    for definition in &given.definitions {
        let Some(text) = text(Some(&definition.text))? else { continue };
        if definitions.iter().any(|other| other.language == definition.language) {
            return Err(Fault::TwoDefinitions);
        }
        definitions.push(Definition { text, source: self::text(definition.source.as_ref())?, ..definition.clone() });
    }
    definitions.sort_by_key(|definition| std::cmp::Reverse(definition.language.code()));
    Ok(Concept {
        subject: line(given.subject.as_deref())?,
        note: text(given.note.as_ref())?,
        definitions,
        other: fields(&given.other)?,
        ..Concept::default()
    })
}

/// A designation as it is kept; its number, status, confidence and count are left as they are.
pub(super) fn term(given: &Term) -> Result<Term, Fault> {
    let text = line(Some(&given.text))?.ok_or(Fault::Empty)?;
    if fold(&text).is_empty() {
        return Err(Fault::Empty);
    }
    if given.language == Language::Other {
        return Err(Fault::Language(text));
    }
    if given.variants.len() > MOST {
        return Err(Fault::TooMany("variants"));
    }
    let mut seen = BTreeSet::from([fold(&text), String::new()]);
    let mut variants = Vec::new();
    for variant in &given.variants {
        let Some(variant) = line(Some(variant))? else { continue };
        if seen.insert(fold(&variant)) {
            variants.push(variant);
        }
    }
    Ok(Term {
        text,
        variants,
        note: self::text(given.note.as_ref())?,
        region: line(given.region.as_deref())?,
        source: self::text(given.source.as_ref())?,
        other: fields(&given.other)?,
        confidence: if given.confidence.is_finite() { given.confidence.clamp(0.0, 1.0) } else { 0.0 },
        ..given.clone()
    })
}

/// The designations of a deed, which are bounded in number.
pub(super) fn terms(given: &[Term]) -> Result<Vec<Term>, Fault> {
    if given.len() > MOST {
        return Err(Fault::TooMany("designations"));
    }
    given.iter().map(term).collect()
}

/// A text of one line: white space is one space, control characters are left out; `None` where nothing is left.
fn line(given: Option<&str>) -> Result<Option<String>, Fault> {
    let Some(given) = given else { return Ok(None) };
    let words: Vec<String> = given
        .split_whitespace()
        .map(|word| word.chars().filter(|c| !c.is_control()).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    bounded(words.join(" "), LONGEST_TERM)
}

/// A text of any number of lines, without white space around it.
fn text(given: Option<&String>) -> Result<Option<String>, Fault> {
    let Some(given) = given else { return Ok(None) };
    bounded(given.replace("\r\n", "\n").trim().replace('\0', ""), LONGEST_TEXT)
}

fn bounded(text: String, most: usize) -> Result<Option<String>, Fault> {
    if text.chars().nth(most).is_some() {
        return Err(Fault::TooLong(text.chars().take(20).collect()));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn fields(given: &[Field]) -> Result<Vec<Field>, Fault> {
    if given.len() > MOST {
        return Err(Fault::TooMany("fields"));
    }
    let mut fields = Vec::new();
    for field in given {
        if let (Some(name), Some(value)) = (line(Some(&field.name))?, text(Some(&field.value))?) {
            fields.push(Field { name, value });
        }
    }
    Ok(fields)
}
