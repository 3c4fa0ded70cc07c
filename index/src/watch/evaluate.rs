//! Whether a document meets a condition, and what is told of it.

use super::Match;
use super::anchors::{Anchors, Hits, Place, Slot};
use super::compile::{Condition, Fact, FactValue};
use super::facts::WatchedFacts;
use super::text::{DocumentText, TextPlace};
use crate::query::{Field, Pattern};

/// Most texts that a match names.
const MOST_ATOMS: usize = 16;

/// A document, ready to be held against conditions.
pub(super) struct Evaluator<'a> {
    pub(super) text: DocumentText<'a>,
    pub(super) facts: WatchedFacts<'a>,
}

impl Evaluator<'_> {
    /// The watches that the document may meet, ascending.
    pub(super) fn candidates(&self, anchors: &Anchors, unanchored: &[Slot]) -> Vec<Slot> {
        let mut hits = Hits::default();
        anchors.find_runs(Place::Text, self.text.run(), &mut hits);
        if anchors.has_prefixes() {
            self.text.words().for_each(|word| anchors.find_prefixes(word, &mut hits));
        }
        for field in Field::ALL.into_iter().filter(|&field| anchors.has_facts(field)) {
            if is_met_whole(field) {
                self.facts.values(field).iter().for_each(|value| anchors.find_value(field, value, &mut hits));
            } else {
                let place = Place::Fact(field);
                self.facts.runs(field).iter().for_each(|run| anchors.find_runs(place, run, &mut hits));
            }
        }
        anchors.candidates(hits, unanchored)
    }

    /// What is told of a watch when its condition is met.
    pub(super) fn verify(&self, watch: i64, condition: &Condition) -> Option<Match> {
        let mut met = Vec::new();
        if !self.is_met(condition, &mut met) {
            return None;
        }
        let mut atoms: Vec<String> = Vec::new();
        let mut sentence: Option<usize> = None;
        for place in met {
            let Some((text, of)) = self.text.shown(&place) else { continue };
            if atoms.len() < MOST_ATOMS && !atoms.iter().any(|atom| atom == text) {
                atoms.push(text.to_owned());
            }
            sentence = [sentence, of].into_iter().flatten().min();
        }
        Some(Match { watch, atoms, sentence })
    }

    /// Whether a condition is met; the places that meet it are added to `met`.
    fn is_met(&self, condition: &Condition, met: &mut Vec<TextPlace>) -> bool {
        match condition {
            Condition::Text(run) => {
                let first = self.text.first_place(run);
                met.extend(first.as_ref().and_then(|place| self.text.text_place(place)));
                first.is_some()
            }
            Condition::Prefix(prefix) => {
                let first = self.text.first_prefix(prefix);
                met.extend(first.as_ref().and_then(|place| self.text.text_place(place)));
                first.is_some()
            }
            Condition::Near(near) => {
                let both = self.text.near(&near.left, &near.right, near.distance);
                met.extend(both.iter().flatten().filter_map(|place| self.text.text_place(place)));
                both.is_some()
            }
            Condition::Fact(fact) => self.has_fact(fact),
            Condition::Identifier(asked) => self.has_identifier(asked.0, &asked.1, met),
            Condition::Date(range) => self.facts.date.is_some_and(|date| range.contains(date)),
            Condition::All(parts) => parts.iter().all(|part| self.is_met(part, met)),
            // Each part is looked at, since each that is met is told.
            Condition::Any(parts) => {
                let count = parts.iter().filter(|part| self.is_met_apart(part, met)).count();
                count > 0
            }
            Condition::Not(inner) => !self.is_met(inner, &mut Vec::new()),
        }
    }

    /// Like [`Self::is_met`], but a condition that is not met leaves no places.
    fn is_met_apart(&self, condition: &Condition, met: &mut Vec<TextPlace>) -> bool {
        let before = met.len();
        let is_met = self.is_met(condition, met);
        if !is_met {
            met.truncate(before);
        }
        is_met
    }

    /// Whether an identifier meets the pattern; where the first in the text stands is added to `met`.
    fn has_identifier(&self, field: Option<Field>, pattern: &Pattern, met: &mut Vec<TextPlace>) -> bool {
        let of_facts = || self.facts.identifiers(field).iter().any(|identifier| pattern.is_match(identifier));
        if field.is_some() {
            return of_facts();
        }
        let mut in_text = self.facts.identifiers_in(&self.text).iter();
        let first = in_text.find(|(_, identifier)| pattern.is_match(identifier));
        met.extend(first.map(|(place, _)| place.clone()));
        first.is_some() || of_facts()
    }

    fn has_fact(&self, fact: &Fact) -> bool {
        match &fact.value {
            FactValue::Whole(text) => self.facts.values(fact.field).iter().any(|value| **value == **text),
            FactValue::Run(part) => self.facts.runs(fact.field).iter().any(|run| holds(run, part)),
        }
    }
}

/// Whether values of the fact are met whole, not by their parts.
fn is_met_whole(field: Field) -> bool {
    matches!(field, Field::Kind | Field::Status | Field::Language | Field::Topic)
}

/// Whether a run is a part of another; one without a token is a part of none.
fn holds<T: PartialEq>(run: &[T], part: &[T]) -> bool {
    !part.is_empty() && run.windows(part.len()).any(|window| window == part)
}
