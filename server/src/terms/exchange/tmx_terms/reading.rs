//! Units as concepts.

use std::collections::HashMap;

use corpus::document::Language;
use corpus::term::{Concept, Definition, Field, PartOfSpeech, Status, Term};

use super::FIELD;
use super::unit::{Unit, Variant, each_unit};
use crate::Error;
use crate::terms::exchange::language_tag::Tag;
use crate::terms::exchange::xml::decoded;
use crate::terms::exchange::{Caution, Entry, Imported, LONGEST_TERM, MOST_ENTRIES};

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Result<Imported, Error> {
    let (text, warnings) = decoded(bytes)?;
    let mut reading = Reading::default();
    for warning in warnings {
        reading.imported.warn(0, Caution::said(warning));
    }
    let unknown_entities = each_unit(&text, |unit| reading.unit(unit))?;
    Ok(reading.finished(unknown_entities))
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    imported: Imported,
    /// Where the concepts are that were written here, by the names of their units.
    own: HashMap<String, usize>,
    left_out: [usize; 2],
}

/// Why a unit is left out.
const LANGUAGE: usize = 0;
const LENGTH: usize = 1;

impl Reading {
    /// Adds a unit; says whether more may come.
    fn unit(&mut self, unit: Unit) -> bool {
        if self.imported.entries.len() >= MOST_ENTRIES {
            self.imported.warn(unit.line, Caution::TooMany);
            return false;
        }
        let name = unit.id.as_deref().and_then(own_name);
        let (mut terms, mut is_long) = (Vec::new(), false);
        for variant in unit.variants {
            let tag = Tag::of(&variant.language);
            if tag.language == Language::Other || variant.text.is_empty() {
                continue;
            }
            is_long |= variant.text.chars().count() > LONGEST_TERM;
            terms.push(term(variant, &tag, name.is_some()));
        }
        let has = |language| terms.iter().any(|(term, _)| term.language == language);
        if is_long {
            self.left_out[LENGTH] += 1;
        } else if !has(Language::Zh) || !has(Language::En) {
            self.left_out[LANGUAGE] += 1;
        } else {
            self.add(name, unit.line, unit.properties, terms);
        }
        true
    }

    fn add(&mut self, name: Option<&str>, line: usize, properties: Vec<(String, String)>, terms: Vec<(Term, bool)>) {
        let index = name.and_then(|name| self.own.get(name)).copied().unwrap_or(self.imported.entries.len());
        if let Some(entry) = self.imported.entries.get_mut(index) {
            for (term, _) in terms {
                if !entry.concept.terms.contains(&term) {
                    entry.concept.terms.push(term);
                }
            }
            return;
        }
        let mut concept = Concept::default();
        let own_name = name.and_then(|name| name.strip_prefix("policyglot-"));
        concept.id = own_name.and_then(|id| id.parse().ok()).filter(|id| *id > 0).unwrap_or_default();
        for (name, value) in properties {
            say_of_concept(&mut concept, &name, value);
        }
        let without = terms.iter().enumerate().filter(|(_, (_, has_status))| !has_status);
        let without_status = without.map(|(index, _)| index).collect();
        concept.terms = terms.into_iter().map(|(term, _)| term).collect();
        if let Some(name) = name {
            self.own.insert(name.to_owned(), index);
        }
        self.imported.pairs |= name.is_none();
        self.imported.entries.push(Entry { concept, line, without_status });
    }

    fn finished(mut self, unknown_entities: usize) -> Imported {
        let [language, length] = self.left_out;
        let said = [
            (language, "units were left out: they are not in Chinese and English".to_owned()),
            (length, format!("units were left out: they are longer than {LONGEST_TERM} characters, which no term is")),
            (unknown_entities, "references to entities of the file's own were kept as written".to_owned()),
        ];
        for (count, text) in said.into_iter().filter(|(count, _)| *count > 0) {
            self.imported.warn(0, Caution::said(format!("{count} {text}")));
        }
        // The English designations of a concept come with its first Chinese one.
        for entry in &mut self.imported.entries {
            entry.concept.terms.sort_by_key(|term| term.language != Language::Zh);
        }
        self.imported
    }
}

/// The name of the concept whose unit was written here: `policyglot-12` of `policyglot-12-1-3`.
fn own_name(id: &str) -> Option<&str> {
    let (rest, en) = id.rsplit_once('-')?;
    let (name, zh) = rest.rsplit_once('-')?;
    let number = name.strip_prefix("policyglot-").or_else(|| name.strip_prefix("entry-"))?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    [number, zh, en].into_iter().all(is_number).then_some(name)
}

fn say_of_concept(concept: &mut Concept, name: &str, value: String) {
    let slot = match name {
        "note" => &mut concept.note,
        "x-subject" => &mut concept.subject,
        "x-changed" => &mut concept.changed,
        _ => {
            if let Some(code) = name.strip_prefix("x-definition:") {
                let language = Language::from_code(code);
                concept.definitions.push(Definition { language, text: value, source: None });
            } else if let Some((code, last)) =
                name.strip_prefix("x-definition-source:").zip(concept.definitions.last_mut())
                && last.language == Language::from_code(code)
            {
                last.source = Some(value);
            } else {
                concept.other.push(field(name, value));
            }
            return;
        }
    };
    put(slot, &mut concept.other, name, value);
}

/// A term, and whether the file says its status.
fn term(variant: Variant, tag: &Tag, is_own: bool) -> (Term, bool) {
    let mut term = Term::new(variant.text, tag.language, Status::Candidate);
    let mut has_status = false;
    for (name, value) in variant.properties {
        let slot = match name.as_str() {
            "x-status" if !has_status => {
                match Status::from_name(&value) {
                    Some(status) => {
                        term.status = status;
                        has_status = true;
                    }
                    None => term.other.push(field(&name, value)),
                }
                continue;
            }
            "x-part-of-speech" if term.part_of_speech.is_none() => {
                term.part_of_speech = PartOfSpeech::from_name(&value);
                continue;
            }
            "x-variant" => {
                term.variants.push(value);
                continue;
            }
            "note" => &mut term.note,
            "x-region" => &mut term.region,
            "x-source" => &mut term.source,
            _ => {
                term.other.push(field(&name, value));
                continue;
            }
        };
        put(slot, &mut term.other, &name, value);
    }
    if !is_own && term.region.is_none() {
        term.region.clone_from(&tag.region);
    }
    if tag.is_traditional {
        term.other.push(Field { name: "script".to_owned(), value: "Hant".to_owned() });
    }
    (term, has_status)
}

fn field(name: &str, value: String) -> Field {
    Field { name: name.strip_prefix(FIELD).unwrap_or(name).to_owned(), value }
}

/// Fills a place, or keeps what is one too many beside it; notes are put together.
fn put(slot: &mut Option<String>, other: &mut Vec<Field>, name: &str, value: String) {
    match slot {
        None => *slot = Some(value),
        Some(note) if name == "note" => {
            note.push('\n');
            note.push_str(&value);
        }
        Some(_) => other.push(field(name, value)),
    }
}
