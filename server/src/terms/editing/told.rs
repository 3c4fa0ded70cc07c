//! An edit told field by field: what was said before it, and what after.

use corpus::document::Language;
use corpus::edit::Edit;
use corpus::term::{Concept, Field, Term};
use schemars::JsonSchema;
use serde::Serialize;

/// What of a concept was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "EditedField")]
pub enum What {
    /// The concept itself came or went.
    Concept,
    /// Its subject field.
    Subject,
    /// Its definition in Chinese.
    DefinitionZh,
    /// Where that is from.
    DefinitionZhSource,
    /// Its definition in English, or another language.
    DefinitionEn,
    /// Where that is from.
    DefinitionEnSource,
    /// Its note.
    Note,
    /// What an imported file said of it.
    Other,
    /// A designation came or went.
    Designation,
    /// How a designation is written.
    Text,
    /// Its status.
    Status,
    /// Its part of speech.
    PartOfSpeech,
    /// Its usage note.
    UsageNote,
    /// Its region or issuer.
    Region,
    /// Its source.
    Source,
    /// Its variants, separated by semicolons.
    Variants,
    /// What an imported file said of it.
    TermOther,
}

/// A field that an edit changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "EditChange")]
pub struct Change {
    /// The concept.
    pub concept: i64,
    /// The field.
    pub what: What,
    /// The designation whose field it is, as it is written now; `None` for a field of the concept.
    pub designation: Option<String>,
    /// What was said; `None` for nothing.
    pub before: Option<String>,
    /// What is said since; `None` for nothing.
    pub after: Option<String>,
}

/// The fields that an edit changed, concept by concept; of a concept that came or went only that.
pub fn changes(edit: &Edit) -> Vec<Change> {
    let mut changes = Vec::new();
    for id in super::touched(edit) {
        let find = |concepts: &[Concept]| concepts.iter().position(|concept| concept.id == id);
        let before = find(&edit.before).and_then(|at| edit.before.get(at));
        let after = find(&edit.after).and_then(|at| edit.after.get(at));
        match (before, after) {
            (Some(before), Some(after)) => compare(before, after, &mut changes),
            (before, after) => changes.push(Change {
                concept: id,
                what: What::Concept,
                designation: None,
                before: before.map(heads),
                after: after.map(heads),
            }),
        }
    }
    changes
}

/// The best designations of a concept: "水闸 · sluice".
fn heads(concept: &Concept) -> String {
    let heads = [Language::Zh, Language::En].into_iter().filter_map(|language| concept.term(language));
    heads.map(|term| term.text.as_str()).collect::<Vec<_>>().join(" · ")
}

/// The fields in which two states of a concept differ.
pub fn differences(before: &Concept, after: &Concept) -> Vec<Change> {
    let mut changes = Vec::new();
    compare(before, after, &mut changes);
    changes
}

fn compare(before: &Concept, after: &Concept, changes: &mut Vec<Change>) {
    let mut told = |what, designation: Option<&str>, before: Option<String>, now: Option<String>| {
        if before != now {
            let designation = designation.map(str::to_owned);
            changes.push(Change { concept: after.id, what, designation, before, after: now });
        }
    };
    told(What::Subject, None, before.subject.clone(), after.subject.clone());
    for (language, what, source) in [
        (Language::Zh, What::DefinitionZh, What::DefinitionZhSource),
        (Language::En, What::DefinitionEn, What::DefinitionEnSource),
    ] {
        let (was, is) = (before.definition(language), after.definition(language));
        told(what, None, was.map(|was| was.text.clone()), is.map(|is| is.text.clone()));
        told(source, None, was.and_then(|was| was.source.clone()), is.and_then(|is| is.source.clone()));
    }
    told(What::Note, None, before.note.clone(), after.note.clone());
    told(What::Other, None, fields(&before.other), fields(&after.other));
    for term in &after.terms {
        let Some(was) = before.terms.iter().find(|was| was.id == term.id) else {
            told(What::Designation, None, None, Some(term.text.clone()));
            continue;
        };
        for ((what, was), (_, is)) in said(was).into_iter().zip(said(term)) {
            told(what, Some(&term.text), was, is);
        }
    }
    for was in before.terms.iter().filter(|was| !after.terms.iter().any(|term| term.id == was.id)) {
        told(What::Designation, None, Some(was.text.clone()), None);
    }
}

/// What people can say of a designation, field by field.
fn said(term: &Term) -> [(What, Option<String>); 8] {
    let variants = (!term.variants.is_empty()).then(|| term.variants.join("; "));
    [
        (What::Text, Some(term.text.clone())),
        (What::Status, Some(term.status.name().to_owned())),
        (What::PartOfSpeech, term.part_of_speech.map(|part| part.name().to_owned())),
        (What::UsageNote, term.note.clone()),
        (What::Region, term.region.clone()),
        (What::Source, term.source.clone()),
        (What::Variants, variants),
        (What::TermOther, fields(&term.other)),
    ]
}

fn fields(fields: &[Field]) -> Option<String> {
    let told: Vec<String> = fields.iter().map(|field| format!("{}: {}", field.name, field.value)).collect();
    (!told.is_empty()).then(|| told.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus::term::Status;

    fn concept(id: i64, terms: Vec<Term>) -> Concept {
        Concept { id, terms, ..Concept::default() }
    }

    fn term(id: i64, text: &str, language: Language) -> Term {
        Term { id, ..Term::new(text, language, Status::Candidate) }
    }

    #[track_caller]
    fn check(before: Vec<Concept>, after: Vec<Concept>, expected: &[&str]) {
        let edit = Edit {
            id: 1,
            at: String::new(),
            by: String::new(),
            deed: "set".to_owned(),
            before,
            after,
            batch: 1,
            undoes: None,
            undone_by: None,
        };
        let shown = changes(&edit).into_iter().map(|change| {
            let said = |said: Option<String>| said.unwrap_or_else(|| "-".to_owned());
            let (before, after) = (said(change.before), said(change.after));
            format!("{} {:?} {} {before} > {after}", change.concept, change.what, said(change.designation))
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_field_is_told_with_what_it_was() {
        let before = concept(3, vec![term(1, "水闸", Language::Zh), term(2, "sluice", Language::En)]);
        let mut after = before.clone();
        after.subject = Some("rivers".to_owned());
        after.terms[1].status = Status::Preferred;
        after.terms[1].variants = vec!["sluices".to_owned(), "sluice-gate".to_owned()];
        after.terms[0].count = 90;
        after.terms.push(term(4, "lock", Language::En));
        let expected = [
            "3 Subject - - > rivers",
            "3 Status sluice candidate > preferred",
            "3 Variants sluice - > sluices; sluice-gate",
            "3 Designation - - > lock",
        ];
        check(vec![before], vec![after], &expected);
    }

    #[test]
    fn a_concept_that_goes_is_told_in_a_line() {
        let (zh, en) = (term(1, "水闸", Language::Zh), term(2, "sluice", Language::En));
        let (one, other) = (concept(3, vec![zh.clone()]), concept(5, vec![en.clone()]));
        let expected = ["3 Designation - - > sluice", "5 Concept - sluice > -"];
        check(vec![one, other], vec![concept(3, vec![zh, en])], &expected);
    }
}
