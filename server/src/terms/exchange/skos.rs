//! The termbase as SKOS in Turtle (W3C recommendations of 2009 and 2014), for programs that keep vocabularies.
//!
//! A concept has one preferred label a language, and no label is of two kinds (SKOS Reference, S13 and S14): the first
//! designation that may be used is preferred, others that may be used are alternative, and those that may not be used
//! are hidden, like variants: found by a search, never shown. Written only: SKOS has no place for most of what is kept.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};

use corpus::document::Language;
use corpus::term::{Concept, Status, Term};

use super::About;
use crate::Error;

const PREFIXES: &str = "\
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
";

/// Writes concepts as Turtle, and says how many; those with nothing to be shown are left out.
///
/// # Errors
/// When a concept cannot be read from the store, or the output cannot be written.
pub fn write(
    concepts: impl Iterator<Item = Result<Concept, Error>>,
    out: impl Write,
    about: &About,
) -> Result<usize, Error> {
    let mut out = BufWriter::new(out);
    let mut put = |text: &str| out.write_all(text.as_bytes()).map_err(failed);
    put(PREFIXES)?;
    put(&scheme(about))?;
    let mut written = 0;
    for concept in concepts {
        let concept = concept?;
        if concept.terms.iter().any(|term| term.status != Status::Rejected) {
            written += 1;
            put(&resource(&concept, written))?;
        }
    }
    out.flush().map_err(failed)?;
    Ok(written)
}

fn failed(source: std::io::Error) -> Error {
    Error::Io { action: "write", path: "the export".into(), source }
}

/// What is said of a resource, in Turtle.
struct Statements(String);

impl Statements {
    fn of(resource: &str, kind: &str) -> Self {
        Self(format!("\n<#{resource}> a {kind}"))
    }

    fn say(&mut self, property: &str, object: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, " ;\n  {property} {object}");
    }

    fn finished(mut self) -> String {
        self.0.push_str(" .\n");
        self.0
    }
}

fn scheme(about: &About) -> String {
    let mut scheme = Statements::of("termbase", "skos:ConceptScheme");
    scheme.say("dct:title", &literal(&about.title));
    if let Some(time) = time(&about.at) {
        scheme.say("dct:created", &time);
    }
    if !about.filter.is_empty() {
        scheme.say("dct:description", &literal(&about.filter));
    }
    scheme.finished()
}

fn resource(concept: &Concept, number: usize) -> String {
    let name = if concept.id > 0 { format!("concept-{}", concept.id) } else { format!("entry-{number}") };
    let mut resource = Statements::of(&name, "skos:Concept");
    resource.say("skos:inScheme", "<#termbase>");
    if let Some(subject) = &concept.subject {
        resource.say("dct:subject", &literal(subject));
    }
    for language in [Language::Zh, Language::En] {
        say_labels(&mut resource, concept, language);
    }
    for definition in &concept.definitions {
        resource.say("skos:definition", &in_language(&definition.text, definition.language));
        if let Some(source) = &definition.source {
            resource.say("dct:source", &literal(source));
        }
    }
    if let Some(note) = &concept.note {
        resource.say("skos:note", &literal(note));
    }
    for term in concept.terms.iter().filter(|term| term.status != Status::Rejected) {
        say_of_term(&mut resource, term);
    }
    if !concept.terms.iter().any(|term| term.status.is_usable()) {
        resource.say("owl:deprecated", "true");
    }
    if let Some(time) = concept.changed.as_deref().and_then(time) {
        resource.say("dct:modified", &time);
    }
    resource.finished()
}

fn say_labels(resource: &mut Statements, concept: &Concept, language: Language) {
    let usable = concept.terms_in(language).filter(|term| term.status.is_usable());
    let kinds = ["skos:prefLabel"].into_iter().chain(std::iter::repeat("skos:altLabel"));
    let shown = kinds.zip(usable.map(|term| term.text.as_str()));
    let unusable =
        concept.terms_in(language).filter(|term| !term.status.is_usable() && term.status != Status::Rejected);
    let variants = concept.terms_in(language).filter(|term| term.status != Status::Rejected);
    let variants = variants.flat_map(|term| term.variants.iter().map(String::as_str));
    let hidden = unusable.map(|term| term.text.as_str()).chain(variants).map(|text| ("skos:hiddenLabel", text));
    let mut labels = HashSet::new();
    for (kind, text) in shown.chain(hidden) {
        if labels.insert(text) {
            resource.say(kind, &in_language(text, language));
        }
    }
}

/// SKOS says nothing of labels: what is known of them is told in notes that begin with the label.
fn say_of_term(resource: &mut Statements, term: &Term) {
    let of_term = |text: &str| literal(&format!("{}: {text}", term.text));
    match term.status {
        Status::Candidate | Status::Deprecated => resource.say("skos:editorialNote", &of_term(term.status.name())),
        Status::Superseded => resource.say("skos:historyNote", &of_term(term.status.name())),
        Status::Preferred | Status::Admitted | Status::Rejected => {}
    }
    if let Some(region) = &term.region {
        resource.say("skos:editorialNote", &of_term(region));
    }
    if let Some(note) = &term.note {
        resource.say("skos:scopeNote", &of_term(note));
    }
    if let Some(source) = &term.source {
        resource.say("dct:source", &of_term(source));
    }
}

fn in_language(text: &str, language: Language) -> String {
    format!("{}@{}", literal(text), language.code())
}

fn time(text: &str) -> Option<String> {
    text.parse::<jiff::Timestamp>().ok().map(|time| format!("\"{time}\"^^xsd:dateTime"))
}

/// A string literal (Turtle, 6.4 and production 22): what would end it or is no character to be seen is escaped.
fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for char in text.chars() {
        match char {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            char if char.is_control() || matches!(char, '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(literal, "\\u{:04X}", u32::from(char));
            }
            char => literal.push(char),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(terms: &[(&str, Language, Status)], expected: &[&str]) {
        let terms = terms.iter().map(|(text, language, status)| Term::new(*text, *language, *status)).collect();
        let concept = Concept { id: 7, terms, ..Concept::default() };
        let mut file = Vec::new();
        write([Ok(concept)].into_iter(), &mut file, &About::default()).unwrap();
        let file = String::from_utf8(file).unwrap();
        let labels = file
            .lines()
            .filter(|line| line.contains("Label"))
            .map(|line| line.trim().trim_end_matches([';', '.', ' ']));
        assert_eq!(labels.collect::<Vec<_>>(), expected, "{file}");
    }

    #[test]
    fn a_concept_has_one_preferred_label_a_language_and_no_label_twice() {
        use Language::{En, Zh};
        check(
            &[
                ("潮汐能", Zh, Status::Preferred),
                ("tidal energy", En, Status::Preferred),
                ("tide power", En, Status::Preferred),
                ("tidal energy", En, Status::Deprecated),
                ("sea power", En, Status::Superseded),
                ("river power", En, Status::Rejected),
            ],
            &[
                "skos:prefLabel \"潮汐能\"@zh",
                "skos:prefLabel \"tidal energy\"@en",
                "skos:altLabel \"tide power\"@en",
                "skos:hiddenLabel \"sea power\"@en",
            ],
        );
        check(&[("旧词", Zh, Status::Deprecated)], &["skos:hiddenLabel \"旧词\"@zh"]);
    }

    #[test]
    fn literals_hold_anything() {
        assert_eq!(literal("a \"b\" \\ c\n\u{1}𠮷"), "\"a \\\"b\\\" \\\\ c\\n\\u0001𠮷\"");
    }

    #[test]
    fn what_is_left_out_is_not_counted() {
        let rejected = Term::new("潮汐能", Language::Zh, Status::Rejected);
        let concept = Concept { terms: vec![rejected], ..Concept::default() };
        let mut file = Vec::new();
        assert_eq!(write([Ok(concept)].into_iter(), &mut file, &About::default()).unwrap(), 0);
    }
}
