//! Several concepts made one, and one made two.

use std::collections::BTreeSet;

use super::Fault;
use super::apply::{Numbers, find};
use super::spellings::Spellings;
use crate::document::Language;
use crate::term::{Concept, Definition, Field, Status, Term, fold};

/// The concept `into` with all that the others say. What both say in other words stands in the other fields, so that
/// nothing is lost.
pub(super) fn merge(before: &[Concept], into: i64, from: &[i64]) -> Result<Concept, Fault> {
    let from: BTreeSet<i64> = from.iter().copied().collect();
    if from.is_empty() {
        return Err(Fault::Nothing);
    }
    if from.contains(&into) {
        return Err(Fault::IntoItself(into));
    }
    let mut merged = find(before, into)?.clone();
    for id in from {
        let other = find(before, id)?.clone();
        merge_words(&mut merged, &other);
        for term in other.terms {
            merge_term(&mut merged.terms, term);
        }
    }
    Spellings::without_doubles(&mut merged.terms);
    Ok(merged)
}

fn merge_words(merged: &mut Concept, other: &Concept) {
    let mut left_over = Vec::new();
    left_over.extend(fill(&mut merged.subject, other.subject.clone()).map(|value| ("subject".to_owned(), value)));
    left_over.extend(fill(&mut merged.note, other.note.clone()).map(|value| ("note".to_owned(), value)));
    for definition in &other.definitions {
        match merged.definitions.iter().find(|standing| standing.language == definition.language) {
            None => merged.definitions.push(definition.clone()),
            Some(standing) if standing == definition => {}
            Some(_) => left_over.push((format!("definition ({})", definition.language.code()), sourced(definition))),
        }
    }
    merged.definitions.sort_by_key(|definition| std::cmp::Reverse(definition.language.code()));
    keep_fields(&mut merged.other, &other.other, left_over);
}

fn sourced(definition: &Definition) -> String {
    match &definition.source {
        Some(source) => format!("{} [{source}]", definition.text),
        None => definition.text.clone(),
    }
}

/// Takes the other where nothing stands; gives it back where something else does.
fn fill<T: PartialEq>(standing: &mut Option<T>, other: Option<T>) -> Option<T> {
    if standing.is_none() {
        *standing = other;
        return None;
    }
    other.filter(|other| standing.as_ref() != Some(other))
}

fn keep_fields(standing: &mut Vec<Field>, others: &[Field], left_over: Vec<(String, String)>) {
    let left_over = left_over.into_iter().map(|(name, value)| Field { name, value });
    for field in others.iter().cloned().chain(left_over) {
        if !standing.contains(&field) {
            standing.push(field);
        }
    }
}

fn merge_term(terms: &mut Vec<Term>, term: Term) {
    let folded = fold(&term.text);
    let alike = terms.iter_mut().find(|standing| standing.language == term.language && fold(&standing.text) == folded);
    let Some(standing) = alike else { return terms.push(term) };
    if rank(term.status) < rank(standing.status) {
        standing.text.clone_from(&term.text);
        standing.status = term.status;
    }
    standing.confidence = standing.confidence.max(term.confidence);
    standing.count = standing.count.saturating_add(term.count);
    let mut left_over = Vec::new();
    let part = fill(&mut standing.part_of_speech, term.part_of_speech);
    left_over.extend(part.map(|part| ("partOfSpeech".to_owned(), part.name().to_owned())));
    left_over.extend(fill(&mut standing.note, term.note).map(|value| ("note".to_owned(), value)));
    left_over.extend(fill(&mut standing.region, term.region).map(|value| ("region".to_owned(), value)));
    left_over.extend(fill(&mut standing.source, term.source).map(|value| ("source".to_owned(), value)));
    standing.variants.extend(term.variants);
    keep_fields(&mut standing.other, &term.other, left_over);
}

/// The better of two statuses is what a person said, before what only mining proposes; of those the one that lets a
/// translator use the designation. So a rejected pair stays rejected whatever a candidate is merged with it.
fn rank(status: Status) -> (bool, Status) {
    (!status.is_reviewed(), status)
}

/// The concept without some designations, and the new concept that they make.
///
/// Where designations of one language are given alone, those of the other that are not rejected are copied, since a
/// concept of one language renders nothing: of one Chinese term with renderings of two senses, two concepts are made by
/// naming the renderings of the second. The subject goes to both; definitions, notes and other fields stay.
pub(super) fn split(concept: &Concept, terms: &[i64], numbers: &mut Numbers) -> Result<Vec<Concept>, Fault> {
    if terms.is_empty() {
        return Err(Fault::Nothing);
    }
    let leave: BTreeSet<i64> = terms.iter().copied().collect();
    if let Some(id) = leave.iter().find(|id| !concept.terms.iter().any(|term| term.id == **id)) {
        return Err(Fault::NoTerm(*id));
    }
    let (mut leaving, staying): (Vec<Term>, Vec<Term>) =
        concept.terms.iter().cloned().partition(|term| leave.contains(&term.id));
    let has = |terms: &[Term], language| terms.iter().any(|term| term.language == language);
    for language in [Language::Zh, Language::En] {
        if has(&leaving, language) && !has(&staying, language) {
            return Err(Fault::AllSplit);
        }
    }
    let new = Concept { id: numbers.next_concept(), subject: concept.subject.clone(), ..Concept::default() };
    for language in [Language::Zh, Language::En] {
        if !has(&leaving, language) {
            let copied = staying.iter().filter(|term| term.language == language && term.status != Status::Rejected);
            leaving.extend(copied.map(|term| Term { id: numbers.next_term(), count: 0, ..term.clone() }));
        }
    }
    Ok(vec![Concept { terms: staying, ..concept.clone() }, Concept { terms: leaving, ..new }])
}
