//! A document's facts as conditions ask for them, each made when first asked for.

use std::cell::OnceCell;

use super::text::{DocumentText, TextPlace};
use super::vocabulary::{TokenId, Vocabulary};
use crate::analysis::analyse;
use crate::document::DocumentFacts;
use crate::identifier::identifiers;
use crate::query::{Field, date_key};

/// The facts of a document.
pub(super) struct WatchedFacts<'a> {
    facts: &'a DocumentFacts,
    vocabulary: &'a Vocabulary,
    pub(super) date: Option<u32>,
    fields: Vec<OneField>,
    in_text: OnceCell<Vec<(TextPlace, String)>>,
    of_facts: OnceCell<Vec<String>>,
}

#[derive(Default)]
struct OneField {
    values: OnceCell<Vec<String>>,
    runs: OnceCell<Vec<Vec<TokenId>>>,
    identifiers: OnceCell<Vec<String>>,
}

impl<'a> WatchedFacts<'a> {
    pub(super) fn new(facts: &'a DocumentFacts, vocabulary: &'a Vocabulary) -> Self {
        let date = facts.date.as_deref().and_then(date_key);
        let fields = Field::ALL.iter().map(|_| OneField::default()).collect();
        Self { facts, vocabulary, date, fields, in_text: OnceCell::new(), of_facts: OnceCell::new() }
    }

    fn field(&self, field: Field) -> Option<&OneField> {
        Field::ALL.iter().zip(&self.fields).find(|(other, _)| **other == field).map(|(_, own)| own)
    }

    /// The values of a fact.
    pub(super) fn values(&self, field: Field) -> &[String] {
        self.field(field).map_or(&[], |own| own.values.get_or_init(|| self.facts.values(field)))
    }

    /// The runs of the values of a fact.
    pub(super) fn runs(&self, field: Field) -> &[Vec<TokenId>] {
        let run = |value: &String| {
            let mut run = Vec::new();
            self.vocabulary.read(&analyse(value), &mut run, &mut Vec::new());
            run
        };
        let runs = || self.values(field).iter().map(run).collect();
        self.field(field).map_or(&[], |own| own.runs.get_or_init(runs))
    }

    /// The identifiers of a fact, or of all facts, in canonical form.
    pub(super) fn identifiers(&self, field: Option<Field>) -> &[String] {
        let read = || self.facts.identifiers(field);
        match field {
            Some(field) => self.field(field).map_or(&[], |own| own.identifiers.get_or_init(read)),
            None => self.of_facts.get_or_init(read),
        }
    }

    /// The identifiers in the text with their places. The title is left out: it is among the facts.
    pub(super) fn identifiers_in(&self, text: &DocumentText<'_>) -> &[(TextPlace, String)] {
        self.in_text.get_or_init(|| {
            let of_passage = |(passage, text)| {
                let found = identifiers(text).into_iter();
                found.map(move |(range, identifier)| (TextPlace { passage, range }, identifier))
            };
            text.body().flat_map(of_passage).collect()
        })
    }
}
