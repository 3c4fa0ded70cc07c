//! What may be said of a concept: bounds on what people and programs write.

use std::collections::BTreeSet;

use corpus::term::{Concept, Term, fold};

/// The longest designation, subject, region or source, in characters.
const LONGEST_LINE: usize = 500;
/// The longest definition or note, in characters.
const LONGEST_TEXT: usize = 5_000;
/// The most variants of a designation.
const MOST_VARIANTS: usize = 50;
/// The most designations of a concept.
const MOST_TERMS: usize = 500;

/// Something that cannot be said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Of which field: `text`, `subject`, `definition`, `definition_source`, `note`, `region`, `source`, `variants`,
    /// `terms`.
    pub field: &'static str,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// It must not be empty.
    Empty,
    /// It is longer than so many characters.
    TooLong(usize),
    /// There are more than so many.
    TooMany(usize),
    /// It stands there twice.
    Twice,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let field = self.field;
        match self.kind {
            FaultKind::Empty => write!(formatter, "{field} is empty; write something"),
            FaultKind::TooLong(most) => write!(formatter, "{field} is longer than {most} characters; shorten it"),
            FaultKind::TooMany(most) => write!(formatter, "{field} has more than {most} entries; leave some out"),
            FaultKind::Twice => write!(formatter, "{field} has the same entry twice; leave one out"),
        }
    }
}

/// What is wrong with a concept and its designations; nothing where all is well.
pub fn check(concept: &Concept) -> Vec<Fault> {
    let mut faults = Vec::new();
    line(&mut faults, "subject", concept.subject.as_deref());
    text(&mut faults, "note", concept.note.as_deref());
    for definition in &concept.definitions {
        text(&mut faults, "definition", Some(&definition.text));
        line(&mut faults, "definition_source", definition.source.as_deref());
        if definition.text.trim().is_empty() {
            faults.push(Fault { field: "definition", kind: FaultKind::Empty });
        }
    }
    if concept.terms.len() > MOST_TERMS {
        faults.push(Fault { field: "terms", kind: FaultKind::TooMany(MOST_TERMS) });
    }
    let mut designations = BTreeSet::new();
    if concept.terms.iter().any(|term| !designations.insert((term.language.code(), fold(&term.text)))) {
        faults.push(Fault { field: "text", kind: FaultKind::Twice });
    }
    faults.extend(concept.terms.iter().flat_map(check_term));
    faults
}

/// What is wrong with a designation by itself.
pub fn check_term(term: &Term) -> Vec<Fault> {
    let mut faults = Vec::new();
    if fold(&term.text).is_empty() {
        faults.push(Fault { field: "text", kind: FaultKind::Empty });
    }
    line(&mut faults, "text", Some(&term.text));
    text(&mut faults, "note", term.note.as_deref());
    line(&mut faults, "region", term.region.as_deref());
    line(&mut faults, "source", term.source.as_deref());
    if term.variants.len() > MOST_VARIANTS {
        faults.push(Fault { field: "variants", kind: FaultKind::TooMany(MOST_VARIANTS) });
    }
    if term.variants.iter().any(|variant| variant.chars().count() > LONGEST_LINE) {
        faults.push(Fault { field: "variants", kind: FaultKind::TooLong(LONGEST_LINE) });
    }
    faults
}

fn line(faults: &mut Vec<Fault>, field: &'static str, said: Option<&str>) {
    bounded(faults, field, said, LONGEST_LINE);
}

fn text(faults: &mut Vec<Fault>, field: &'static str, said: Option<&str>) {
    bounded(faults, field, said, LONGEST_TEXT);
}

fn bounded(faults: &mut Vec<Fault>, field: &'static str, said: Option<&str>, most: usize) {
    if said.is_some_and(|said| said.chars().count() > most) {
        faults.push(Fault { field, kind: FaultKind::TooLong(most) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus::document::Language;
    use corpus::term::Status;

    #[track_caller]
    fn check_faults(texts: &[&str], expected: &[&str]) {
        let terms = texts.iter().map(|text| Term::new(*text, Language::En, Status::Admitted)).collect();
        let faults = check(&Concept { terms, ..Concept::default() });
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults, expected, "{texts:?}");
    }

    #[test]
    fn designations_are_short_unlike_and_not_empty() {
        check_faults(&["sluice", "lock"], &[]);
        check_faults(&["sluice", " Sluice "], &["text has the same entry twice; leave one out"]);
        check_faults(&[" \u{3000}"], &["text is empty; write something"]);
        check_faults(&[&"a".repeat(501)], &["text is longer than 500 characters; shorten it"]);
    }
}
