//! Concepts as entries of TBX-Basic.

use std::io::Write;

use corpus::document::Language;
use corpus::term::{Concept, Definition, Field, Status, Term};

use super::Version;
use super::category::{Category, Level, PART_OF_SPEECH, STATUS, Shape, is_address, is_date, is_time, status_value};
use super::field::{groups, noted, plain};
use crate::Error;
use crate::terms::exchange::About;
use crate::terms::exchange::xml::Pen;

/// Writes a file, and says how many concepts are in it: those with no designation to be shown are left out, since an
/// entry needs one.
pub(super) fn write(
    version: &Version,
    concepts: impl Iterator<Item = Result<Concept, Error>>,
    out: impl Write,
    about: &About,
) -> Result<usize, Error> {
    let mut scribe = Scribe { version, pen: Pen::new(out)? };
    scribe.header(about)?;
    let mut written = 0;
    for concept in concepts {
        let concept = concept?;
        let has_terms = [Language::Zh, Language::En].into_iter().any(|language| shown(&concept, language).count() > 0);
        if has_terms {
            if written == 0 {
                scribe.pen.open("body", &[])?;
            }
            written += 1;
            scribe.entry(&concept, written)?;
        }
    }
    scribe.pen.finish()?;
    Ok(written)
}

/// The designations in a language that a file may show.
fn shown(concept: &Concept, language: Language) -> impl Iterator<Item = &Term> {
    concept.terms_in(language).filter(|term| term.status != Status::Rejected)
}

struct Scribe<'v, W: Write> {
    version: &'v Version,
    pen: Pen<W>,
}

impl<W: Write> Scribe<'_, W> {
    fn header(&mut self, about: &About) -> Result<(), Error> {
        let is_v2 = !self.version.groups_term_notes;
        self.pen.open(self.version.root, self.version.root_attributes)?;
        self.pen.open(self.version.header, &[])?;
        self.pen.open("fileDesc", &[])?;
        self.pen.open("titleStmt", &[])?;
        self.pen.leaf("title", &[], &about.title)?;
        if !about.filter.is_empty() {
            self.pen.leaf("note", &[], &about.filter)?;
        }
        self.pen.close()?;
        self.pen.open("sourceDesc", &[])?;
        self.pen.leaf("p", &[], &format!("policyglot {}, {}", env!("CARGO_PKG_VERSION"), about.at))?;
        self.pen.close()?;
        self.pen.close()?;
        if is_v2 {
            self.pen.open("encodingDesc", &[])?;
            self.pen.leaf("p", &[("type", "XCSURI")], "TBXBasicXCSV02.xcs")?;
            self.pen.close()?;
        }
        self.pen.close()?;
        self.pen.open("text", &[])
    }

    fn entry(&mut self, concept: &Concept, number: usize) -> Result<(), Error> {
        let id = if concept.id > 0 { format!("policyglot-{}", concept.id) } else { format!("entry-{number}") };
        let languages = [Language::Zh, Language::En].map(|language| (language, shown(concept, language).count() > 0));
        let has_section = |language: Language| languages.contains(&(language, true));
        self.pen.open(self.version.entry, &[("id", &id)])?;
        let changed = concept.changed.as_deref().filter(|time| is_time(time));
        if let Some(time) = changed {
            self.group(Shape::Transaction, "transactionType", "modification", &[("date", time)])?;
        }
        if let Some(subject) = &concept.subject {
            self.pen.leaf("descrip", &[("type", "subjectField")], subject)?;
        }
        for definition in concept.definitions.iter().filter(|definition| !has_section(definition.language)) {
            self.definition(definition, &[("type", "definition"), ("xml:lang", definition.language.code())])?;
        }
        let section_of = |field: &Field| {
            let (code, _) = field.name.split_once('.')?;
            let language = [Language::Zh, Language::En].into_iter().find(|language| language.code() == code);
            language.filter(|language| has_section(*language))
        };
        let own: Vec<Field> = concept.other.iter().filter(|field| section_of(field).is_none()).cloned().collect();
        let filled = [concept.subject.as_ref().map(|_| "subjectField"), changed.map(|_| "transactionType")];
        self.fields(Level::Concept, &own, &filled)?;
        self.note(concept.note.as_deref())?;
        for (language, _) in languages.into_iter().filter(|(_, has_section)| *has_section) {
            let of_section = concept.other.iter().filter(|field| section_of(field) == Some(language));
            let fields: Vec<Field> = of_section.filter_map(without_prefix).collect();
            self.section(&id, concept, language, &fields)?;
        }
        self.pen.close()
    }

    fn section(&mut self, id: &str, concept: &Concept, language: Language, fields: &[Field]) -> Result<(), Error> {
        self.pen.open(self.version.language, &[("xml:lang", language.code())])?;
        let definition = concept.definition(language);
        if let Some(definition) = definition {
            self.definition(definition, &[("type", "definition")])?;
        }
        self.fields(Level::Language, fields, &[definition.map(|_| "definition")])?;
        for (number, term) in shown(concept, language).enumerate() {
            let id = format!("{id}-{}-{}", language.code(), number + 1);
            self.term(&id, term)?;
            for variant in term.variants.iter().filter(|variant| !variant.is_empty()) {
                self.variant(&id, variant, term)?;
            }
        }
        self.pen.close()
    }

    fn term(&mut self, id: &str, term: &Term) -> Result<(), Error> {
        let id = [("id", id)];
        self.pen.open(self.version.term, if term.variants.is_empty() { &[] } else { &id })?;
        self.pen.leaf("term", &[], &term.text)?;
        if let Some(part) = term.part_of_speech {
            self.pen.leaf("termNote", &[("type", PART_OF_SPEECH)], part.name())?;
        }
        if let Some(status) = status_value(term.status) {
            self.pen.leaf("termNote", &[("type", STATUS)], status)?;
        }
        if let Some(region) = &term.region {
            self.pen.leaf("termNote", &[("type", "geographicalUsage")], region)?;
        }
        // The notes on a term come before all else.
        let filled = [term.region.as_ref().map(|_| "geographicalUsage"), term.source.as_ref().map(|_| "source")];
        let is_term_note =
            |group: &&[Field]| self.shape(Level::Term, group, &filled).is_some_and(|shape| shape == Shape::TermNote);
        let (first, rest): (Vec<&[Field]>, Vec<&[Field]>) = groups(&term.other).partition(is_term_note);
        for group in first {
            self.field(Level::Term, group, &filled)?;
        }
        if let Some(source) = &term.source {
            self.pen.leaf("admin", &[("type", "source")], source)?;
        }
        if status_value(term.status).is_none() {
            let status = Field { name: STATUS.to_owned(), value: term.status.name().to_owned() };
            self.pen.leaf("note", &[], &noted(&status))?;
        }
        for group in rest {
            self.field(Level::Term, group, &filled)?;
        }
        self.note(term.note.as_deref())?;
        self.pen.close()
    }

    /// A variant is a term of its own to other programs; the reference says whose it is.
    fn variant(&mut self, id: &str, variant: &str, of: &Term) -> Result<(), Error> {
        self.pen.open(self.version.term, &[])?;
        self.pen.leaf("term", &[], variant)?;
        if let Some(status) = status_value(of.status) {
            self.pen.leaf("termNote", &[("type", STATUS)], status)?;
        }
        self.pen.leaf("termNote", &[("type", "termType")], "variant")?;
        self.pen.leaf("ref", &[("type", "crossReference"), ("target", id)], &of.text)?;
        self.pen.close()
    }

    fn definition(&mut self, definition: &Definition, attributes: &[(&str, &str)]) -> Result<(), Error> {
        let Some(source) = &definition.source else {
            return self.pen.leaf("descrip", attributes, &definition.text);
        };
        self.pen.open("descripGrp", &[])?;
        self.pen.leaf("descrip", attributes, &definition.text)?;
        self.pen.leaf("admin", &[("type", "source")], source)?;
        self.pen.close()
    }

    fn note(&mut self, note: Option<&str>) -> Result<(), Error> {
        note.map_or(Ok(()), |note| self.pen.leaf("note", &[], &plain(note)))
    }

    /// Writes fields as categories of their names where these are allowed, and as notes where not. `filled` names the
    /// categories that hold something of ours already, so that another of them is not taken for it.
    fn fields(&mut self, level: Level, fields: &[Field], filled: &[Option<&str>]) -> Result<(), Error> {
        groups(fields).try_for_each(|group| self.field(level, group, filled))
    }

    fn field(&mut self, level: Level, group: &[Field], filled: &[Option<&str>]) -> Result<(), Error> {
        let Some((shape, (head, said))) = self.shape(level, group, filled).zip(group.split_first()) else {
            return group.iter().try_for_each(|field| match field.name.as_str() {
                "note" if level == Level::Language && group.len() == 1 => self.note(Some(&field.value)),
                _ => self.pen.leaf("note", &[], &noted(field)),
            });
        };
        let said: Vec<(&str, &str)> = said.iter().filter_map(|field| child(head, field)).collect();
        self.group(shape, &head.name, &head.value, &said)
    }

    /// How a field with what is said of it can be written; `None` when only as notes.
    fn shape(&self, level: Level, group: &[Field], filled: &[Option<&str>]) -> Option<Shape> {
        let (head, said) = group.split_first()?;
        let category = Category::of(&head.name)?;
        let said: Vec<(&str, &str)> = said.iter().map(|field| child(head, field)).collect::<Option<_>>()?;
        let is_ours = match (category.name, level) {
            ("subjectField", Level::Concept)
            | ("definition", Level::Language)
            | ("geographicalUsage" | "source", Level::Term) => true,
            ("transactionType", Level::Concept) => is_change(&head.value, &said),
            _ => false,
        };
        let is_free = !is_ours || filled.contains(&Some(category.name));
        let fits = match category.shape {
            Shape::TermNote => {
                said.is_empty() || (self.version.groups_term_notes && all_in(&said, &["source", "note"]))
            }
            Shape::Admin => all_in(&said, &["note"]),
            Shape::Descrip => all_in(&said, &["source", "note"]),
            Shape::Reference => said.is_empty(),
            Shape::Transaction => {
                let dates = said.iter().filter(|(name, _)| *name == "date");
                all_in(&said, &["date", "responsibility", "note"]) && dates.into_iter().all(|(_, date)| is_date(date))
            }
            Shape::Link => matches!(said.as_slice(), [("target", address)] if is_address(address)),
        };
        let is_allowed = is_free && fits && !head.value.is_empty() && category.allows(level, &head.value);
        is_allowed.then_some(category.shape)
    }

    fn group(&mut self, shape: Shape, name: &str, value: &str, said: &[(&str, &str)]) -> Result<(), Error> {
        let (element, group) = shape.elements();
        let mut attributes = vec![("type", name)];
        if shape == Shape::Link {
            attributes.extend(said.iter().filter(|(name, _)| *name == "target"));
            return self.pen.leaf(element, &attributes, value);
        }
        if said.is_empty() && shape != Shape::Transaction {
            return self.pen.leaf(element, &attributes, value);
        }
        self.pen.open(group, &[])?;
        self.pen.leaf(element, &attributes, value)?;
        for (name, value) in said {
            match *name {
                "date" | "note" => self.pen.leaf(name, &[], value)?,
                "responsibility" => self.pen.leaf("transacNote", &[("type", name)], value)?,
                _ => self.pen.leaf("admin", &[("type", name)], value)?,
            }
        }
        self.pen.close()
    }
}

/// Whether a transaction is what a concept's last change is written as.
pub(super) fn is_change(kind: &str, said: &[(&str, &str)]) -> bool {
    kind == "modification" && matches!(said, [("date", time)] if is_time(time))
}

/// What a field says of another one: the name behind the slash, and the value.
fn child<'a>(head: &Field, field: &'a Field) -> Option<(&'a str, &'a str)> {
    let name = field.name.strip_prefix(&head.name)?.strip_prefix('/')?;
    (!field.value.is_empty()).then_some((name, &field.value))
}

fn all_in(said: &[(&str, &str)], names: &[&str]) -> bool {
    said.iter().all(|(name, _)| names.contains(name))
}

/// A field of a language's section without the language.
fn without_prefix(field: &Field) -> Option<Field> {
    let (_, name) = field.name.split_once('.')?;
    Some(Field { name: name.to_owned(), value: field.value.clone() })
}
