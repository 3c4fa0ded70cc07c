//! A file's entries as concepts.

use std::collections::BTreeMap;

use corpus::document::Language;
use corpus::term::{Concept, Definition, Field, Status, Term};

use super::category::{PART_OF_SPEECH, STATUS};
use super::entry::Said;
use super::field::{self, Note};

use super::writing::is_change;
use crate::Error;
use crate::terms::exchange::language::plainly;
use crate::terms::exchange::language_tag::Tag;
use crate::terms::exchange::xml::{Element, Parts, Step, decoded};
use crate::terms::exchange::{Caution, Entry, Imported, LONGEST_TERM, MOST_ENTRIES, said};

/// Reads a file.
pub(super) fn read(bytes: &[u8]) -> Result<Imported, Error> {
    let (text, warnings) = decoded(bytes)?;
    let mut reading = Reading::default();
    for warning in warnings {
        reading.imported.warn(0, Caution::said(warning));
    }
    let mut parts = Parts::of(&text, &["termEntry", "conceptEntry"]);
    let mut is_known = false;
    while let Some(step) = parts.next()? {
        match step {
            Step::Opened(root) if !is_known => is_known = is_tbx(&root)?,
            Step::Opened(_) => {}
            Step::Whole(element) if reading.imported.entries.len() >= MOST_ENTRIES => {
                reading.imported.warn(element.line, Caution::TooMany);
                break;
            }
            Step::Whole(element) => reading.entry(&element),
        }
    }
    if !is_known {
        return Err(Error::Input("this is no TBX: there is no XML element in it".to_owned()));
    }
    Ok(reading.finished(parts.unknown_entities()))
}

fn is_tbx(root: &Element) -> Result<bool, Error> {
    let what = match root.name.as_str() {
        "martif" | "tbx" | "TBX" => return Ok(true),
        "tmx" => "it is a TMX: read it as one",
        "mtf" => "it is MultiTerm's own XML: export it from MultiTerm as TBX",
        _ => "give a file that begins with <martif> (version 2) or <tbx> (version 3)",
    };
    Err(Error::Input(format!("line {}: this is no TBX, since it begins with <{}>; {what}", root.line, root.name)))
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    imported: Imported,
    /// How many terms were left out, by the tag of their language.
    other_languages: BTreeMap<String, usize>,
    /// How many entries have no Chinese and no English term.
    empty: usize,
}

impl Reading {
    fn entry(&mut self, element: &Element) {
        let mut concept = Concept::default();
        let mut definitions = Vec::new();
        match element.attribute("id").map(|id| (id, own_id(id))) {
            Some((_, Some(id))) => concept.id = id,
            Some((id, None)) => concept.other.push(Field { name: "id".to_owned(), value: id.to_owned() }),
            None => {}
        }
        let is_section = |element: &&Element| matches!(element.name.as_str(), "langSet" | "langSec");
        for said in element.elements().filter(|element| !is_section(element)).filter_map(Said::of) {
            if said.category == "definition" {
                definitions.push(said);
            } else {
                say_of_concept(&mut concept, said);
            }
        }
        let mut without_status = Vec::new();
        for section in element.elements().filter(is_section) {
            self.section(&mut concept, section, &mut without_status);
        }
        for definition in definitions {
            self.define(&mut concept, definition);
        }
        if concept.terms.is_empty() {
            self.empty += 1;
        } else {
            self.imported.entries.push(Entry { concept, line: element.line, without_status });
        }
    }

    /// A definition that stands above the languages.
    fn define(&mut self, concept: &mut Concept, said: Said) {
        let language = match &said.language {
            Some(tag) => Tag::of(tag).language,
            None => plainly(&said.value).unwrap_or(Language::En),
        };
        define(concept, language, said);
    }

    fn section(&mut self, concept: &mut Concept, section: &Element, without_status: &mut Vec<usize>) {
        let is_term = |element: &&Element| matches!(element.name.as_str(), "tig" | "ntig" | "termSec");
        let mut read: Vec<Section> = section.elements().filter(is_term).map(Section::of).collect();
        let tag = match section.language() {
            Some(tag) => Tag::of(tag),
            None => {
                let language = read.iter().find_map(|section| plainly(&section.term.text));
                Tag { language: language.unwrap_or(Language::Other), region: None, is_traditional: false }
            }
        };
        if tag.language == Language::Other {
            let name = section.language().unwrap_or("no language").chars().take(20).collect();
            if self.other_languages.len() < 200 || self.other_languages.contains_key(&name) {
                *self.other_languages.entry(name).or_default() += read.len();
            }
            return;
        }
        let prefix = format!("{}.", tag.language.code());
        for said in section.elements().filter(|element| !is_term(element)).filter_map(Said::of) {
            say_of_language(concept, tag.language, &prefix, said);
        }
        let variants = taken_variants(&mut read);
        for mut section in read {
            if self.is_left_out(&section) {
                continue;
            }
            let own = variants.iter().filter(|(of, _)| section.id.as_ref() == Some(of));
            section.term.variants.extend(own.map(|(_, variant)| variant.clone()));
            section.tag(&tag);
            if !section.has_status {
                without_status.push(concept.terms.len());
            }
            if let Some(text) = section.unknown_status {
                self.imported.warn(section.line, Caution::UnknownStatus { text });
            }
            concept.terms.push(section.term);
        }
    }

    fn is_left_out(&mut self, section: &Section) -> bool {
        let length = section.term.text.chars().count();
        if length > LONGEST_TERM {
            let text = format!("a term of {length} characters was left out: at most {LONGEST_TERM} are read");
            self.imported.warn(section.line, Caution::said(text));
        }
        length == 0 || length > LONGEST_TERM
    }

    fn finished(mut self, unknown_entities: usize) -> Imported {
        for (tag, count) in &self.other_languages {
            let text = format!("{count} terms in “{tag}” were left out: only Chinese and English are read");
            self.imported.warn(0, Caution::said(text));
        }
        if self.empty > 0 {
            let text = format!("{} entries were left out: they have no Chinese and no English term", self.empty);
            self.imported.warn(0, Caution::said(text));
        }
        if unknown_entities > 0 {
            let text = format!("{unknown_entities} references to entities of the file's own were kept as written");
            self.imported.warn(0, Caution::said(text));
        }
        self.imported
    }
}

/// The number in the store that an entry was exported from.
fn own_id(id: &str) -> Option<i64> {
    if let Some(number) = id.strip_prefix("entry-").and_then(|number| number.parse::<i64>().ok()) {
        return (number > 0).then_some(0);
    }
    id.strip_prefix("policyglot-")?.parse().ok().filter(|id| *id > 0)
}

fn say_of_concept(concept: &mut Concept, said: Said) {
    match said.category.as_str() {
        "subjectField" if concept.subject.is_none() => {
            concept.subject = Some(said.value.clone());
            said.into_rest("", &mut concept.other);
        }
        "note" => match field::of(said.value) {
            Note::Plain(text) => append(&mut concept.note, text),
            Note::Field(field) => concept.other.push(field),
        },
        "transactionType" if concept.changed.is_none() && is_last_change(&said) => {
            concept.changed = said.said.into_iter().next().map(|date| date.value);
        }
        _ => said.into_fields("", &mut concept.other),
    }
}

fn is_last_change(transaction: &Said) -> bool {
    let said: Vec<(&str, &str)> =
        transaction.said.iter().map(|said| (said.category.as_str(), said.value.as_str())).collect();
    is_change(&transaction.value, &said)
}

fn say_of_language(concept: &mut Concept, language: Language, prefix: &str, said: Said) {
    match said.category.as_str() {
        "definition" => define(concept, language, said),
        "note" => match field::of(said.value) {
            Note::Plain(value) => concept.other.push(Field { name: format!("{prefix}note"), value }),
            Note::Field(Field { name, value }) => {
                concept.other.push(Field { name: format!("{prefix}{name}"), value });
            }
        },
        _ => said.into_fields(prefix, &mut concept.other),
    }
}

/// The first definition in a language is the concept's; others are kept beside it.
fn define(concept: &mut Concept, language: Language, mut said: Said) {
    let prefix = if language == Language::Other { String::new() } else { format!("{}.", language.code()) };
    if language == Language::Other || concept.definition(language).is_some() {
        said.into_fields(&prefix, &mut concept.other);
        return;
    }
    let (text, source) = (std::mem::take(&mut said.value), said.take("source"));
    concept.definitions.push(Definition { language, text, source });
    said.into_rest(&prefix, &mut concept.other);
}

/// The variants among the terms of a language, with the term that each is of; they are taken out.
fn taken_variants(read: &mut Vec<Section>) -> Vec<(String, String)> {
    let ids: Vec<String> = read.iter().filter_map(|section| section.id.clone()).collect();
    let is_variant = |section: &mut Section| section.variant_of.as_ref().is_some_and(|of| ids.contains(of));
    let taken = read.extract_if(.., is_variant);
    taken.filter_map(|section| section.variant_of.map(|of| (of, section.term.text))).collect()
}

/// A term with what a file says of it.
struct Section {
    line: usize,
    id: Option<String>,
    term: Term,
    has_status: bool,
    unknown_status: Option<String>,
    /// The term whose variant it is, when nothing more is said of it.
    variant_of: Option<String>,
}

impl Section {
    fn of(element: &Element) -> Self {
        // A nested information group has the term one level further down.
        let is_group = |element: &&Element| element.name == "termGrp";
        let inner = element.elements().filter(is_group).flat_map(Element::elements);
        let parts: Vec<&Element> = inner.chain(element.elements().filter(|element| !is_group(element))).collect();
        let text = parts.iter().find(|part| part.name == "term").map(|term| term.text()).unwrap_or_default();
        let mut section = Self {
            line: element.line,
            id: element.attribute("id").map(str::to_owned),
            term: Term::new(text, Language::Other, Status::Candidate),
            has_status: false,
            unknown_status: None,
            variant_of: None,
        };
        let all: Vec<Said> = parts.into_iter().filter(|part| part.name != "term").filter_map(Said::of).collect();
        section.variant_of = variant_of(&all);
        for said in all {
            section.say(said);
        }
        section
    }

    fn say(&mut self, said: Said) {
        let term = &mut self.term;
        let slot = match said.category.as_str() {
            STATUS => return self.say_status(said),
            PART_OF_SPEECH if term.part_of_speech.is_none() => {
                let is_proper = said.value.eq_ignore_ascii_case("properNoun");
                term.part_of_speech = said::part_of_speech(&said.value);
                if is_proper || term.part_of_speech.is_none() {
                    return said.into_fields("", &mut term.other);
                }
                return said.into_rest("", &mut term.other);
            }
            "note" => {
                return match field::of(said.value) {
                    Note::Plain(text) => append(&mut term.note, text),
                    Note::Field(field) if field.name == STATUS && !self.has_status => {
                        self.say_status(Said { category: field.name, value: field.value, ..Said::default() });
                    }
                    Note::Field(field) => term.other.push(field),
                };
            }
            "geographicalUsage" => &mut term.region,
            "source" => &mut term.source,
            _ => return said.into_fields("", &mut term.other),
        };
        if slot.is_none() {
            *slot = Some(said.value.clone());
            said.into_rest("", &mut term.other);
        } else {
            said.into_fields("", &mut term.other);
        }
    }

    fn say_status(&mut self, said: Said) {
        match said::status(&said.value).filter(|_| !self.has_status) {
            Some(status) => {
                self.term.status = status;
                self.has_status = true;
                said.into_rest("", &mut self.term.other);
            }
            None => {
                if !self.has_status {
                    self.unknown_status = Some(said.value.clone());
                }
                said.into_fields("", &mut self.term.other);
            }
        }
    }

    /// What the language's tag says of the term.
    fn tag(&mut self, tag: &Tag) {
        self.term.language = tag.language;
        if tag.is_traditional {
            self.term.other.push(Field { name: "script".to_owned(), value: "Hant".to_owned() });
        }
        match (&self.term.region, &tag.region) {
            (None, region) => self.term.region.clone_from(region),
            (Some(own), Some(region)) if own != region => {
                self.term.other.push(Field { name: "xml:lang".to_owned(), value: region.clone() });
            }
            _ => {}
        }
    }
}

/// Which term the variant is of, when nothing is said of it but that.
fn variant_of(all: &[Said]) -> Option<String> {
    let mut target = None;
    let mut is_variant = false;
    for said in all {
        match said.category.as_str() {
            "termType" if said.value == "variant" => is_variant = true,
            "crossReference" if target.is_none() => target = said.target.clone(),
            STATUS => {}
            _ => return None,
        }
    }
    target.filter(|_| is_variant)
}

fn append(note: &mut Option<String>, text: String) {
    match note {
        Some(note) => {
            note.push('\n');
            note.push_str(&text);
        }
        None => *note = Some(text),
    }
}
