//! From queries to one automaton and what must be verified when it meets an atom.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use crate::analysis::{WordForm, analyse};
use crate::document::topic_key;
use crate::error::Error;
use crate::query::{DateRange, Field, Pattern, Query};

/// The number of an atom in an automaton.
pub(super) type AtomId = usize;

/// Watches with the automaton of their atoms.
pub(super) struct Automaton {
    /// Finds exact texts in canonical strings of stems; pattern numbers are those of `exact_atoms`.
    pub(super) exact: AhoCorasick,
    pub(super) exact_atoms: Vec<AtomId>,
    /// Finds prefixes in canonical strings of words as written.
    pub(super) prefixes: AhoCorasick,
    pub(super) prefix_atoms: Vec<AtomId>,
    /// For each atom, the watches that it is an anchor of.
    pub(super) anchored: Vec<Vec<usize>>,
    /// Whether each place of an atom matters, not only the first: it is a side of a NEAR.
    pub(super) everywhere: Vec<bool>,
    /// Watches without an anchor, which every document may meet.
    pub(super) unanchored: Vec<usize>,
    pub(super) watches: Vec<Watch>,
}

pub(super) struct Watch {
    pub(super) id: i64,
    pub(super) condition: Condition,
}

/// A query in terms of atoms.
pub(super) enum Condition {
    Atom(AtomId),
    Near {
        left: AtomId,
        right: AtomId,
        distance: u32,
    },
    /// The fact holds the canonical string, or for a kind, status, language or topic is the string.
    Fact {
        field: Field,
        text: String,
    },
    /// An identifier of the fact, or without one any of the facts and the text, meets the pattern.
    Identifier {
        field: Option<Field>,
        pattern: Pattern,
    },
    Date(DateRange),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
}

/// The atoms of which one at least is in every document that meets a watch, and how common the commonest is.
struct Anchor {
    atoms: Vec<AtomId>,
    cost: usize,
}

#[derive(Default)]
struct Compiler {
    atoms: HashMap<(WordForm, String), AtomId>,
    everywhere: Vec<bool>,
    costs: Vec<usize>,
}

impl Automaton {
    pub(super) fn new(watches: &[(i64, Query)], frequency: &dyn Fn(&str) -> Option<usize>) -> Result<Self, Error> {
        let mut compiler = Compiler::default();
        let compiled: Vec<Watch> = watches
            .iter()
            .map(|(id, query)| Watch { id: *id, condition: compiler.condition(&query.strict(), frequency) })
            .collect();
        let mut anchored = vec![Vec::new(); compiler.costs.len()];
        let mut unanchored = Vec::new();
        for (index, watch) in compiled.iter().enumerate() {
            match compiler.anchor(&watch.condition) {
                Some(anchor) => anchor.atoms.iter().for_each(|&atom| push_at(&mut anchored, atom, index)),
                None => unanchored.push(index),
            }
        }
        let (exact, exact_atoms) = compiler.automaton(WordForm::Stem)?;
        let (prefixes, prefix_atoms) = compiler.automaton(WordForm::Written)?;
        let everywhere = compiler.everywhere;
        Ok(Self { exact, exact_atoms, prefixes, prefix_atoms, anchored, everywhere, unanchored, watches: compiled })
    }
}

/// How many documents hold the rarest part that a query cannot be met without, as `frequency` knows of texts.
///
/// `None` when there is no such part: the query asks for facts only, or for what is not there. A watch with a high
/// number, or none, is met by many documents or makes matching slow, which its owner should be told.
pub fn rarest_required(query: &Query, frequency: &dyn Fn(&str) -> Option<usize>) -> Option<usize> {
    let mut compiler = Compiler::default();
    let condition = compiler.condition(&query.strict(), frequency);
    compiler.anchor(&condition).map(|anchor| anchor.cost)
}

fn push_at(lists: &mut [Vec<usize>], at: usize, value: usize) {
    if let Some(list) = lists.get_mut(at) {
        list.push(value);
    }
}

impl Compiler {
    fn atom(
        &mut self,
        form: WordForm,
        text: &str,
        everywhere: bool,
        frequency: &dyn Fn(&str) -> Option<usize>,
    ) -> AtomId {
        let canonical = analyse(text).canonical(form);
        let canonical = if form == WordForm::Written { canonical.into_prefix() } else { canonical.text };
        let next = self.costs.len();
        let length = canonical.chars().count();
        let atom = *self.atoms.entry((form, canonical)).or_insert(next);
        if atom == next {
            self.everywhere.push(false);
            // Where nothing is known, the longer text is taken for the rarer.
            self.costs.push(frequency(text).unwrap_or_else(|| 1_000_000_usize.checked_shr(length as u32).unwrap_or(0)));
        }
        if let Some(flag) = self.everywhere.get_mut(atom) {
            *flag |= everywhere;
        }
        atom
    }

    fn condition(&mut self, query: &Query, frequency: &dyn Fn(&str) -> Option<usize>) -> Condition {
        match query {
            Query::Text(text) => Condition::Atom(self.atom(WordForm::Stem, text, false, frequency)),
            Query::Prefix(prefix) => Condition::Atom(self.atom(WordForm::Written, prefix, false, frequency)),
            Query::Near { left, right, distance } => {
                let mut side = |text: &str| self.atom(WordForm::Stem, text, true, frequency);
                Condition::Near { left: side(left), right: side(right), distance: *distance }
            }
            Query::Field { field: field @ (Field::Kind | Field::Status | Field::Language), text } => {
                Condition::Fact { field: *field, text: text.clone() }
            }
            Query::Field { field: Field::Topic, text } => {
                Condition::Fact { field: Field::Topic, text: topic_key(text) }
            }
            Query::Field { field, text } => {
                Condition::Fact { field: *field, text: analyse(text).canonical(WordForm::Stem).text }
            }
            Query::Identifier { field, pattern } => Condition::Identifier { field: *field, pattern: pattern.clone() },
            Query::Date(range) => Condition::Date(*range),
            Query::Weighted { query, .. } => self.condition(query, frequency),
            Query::And(parts) => Condition::All(self.conditions(parts, frequency)),
            Query::Or(parts) | Query::Best(parts) => Condition::Any(self.conditions(parts, frequency)),
            Query::Not(query) => Condition::Not(Box::new(self.condition(query, frequency))),
            // The strict reading has no plain words; one that is left is read in the same way.
            Query::Words(words) => {
                let texts: Vec<Query> = words.iter().cloned().map(Query::Text).collect();
                Condition::All(self.conditions(&texts, frequency))
            }
        }
    }

    fn conditions(&mut self, parts: &[Query], frequency: &dyn Fn(&str) -> Option<usize>) -> Vec<Condition> {
        parts.iter().map(|part| self.condition(part, frequency)).collect()
    }

    /// The rarest set of atoms that the condition cannot be met without; `None` when there is none.
    fn anchor(&self, condition: &Condition) -> Option<Anchor> {
        let of_atom = |atom: AtomId| Anchor { atoms: vec![atom], cost: self.costs.get(atom).copied().unwrap_or(0) };
        match condition {
            Condition::Atom(atom) => Some(of_atom(*atom)),
            Condition::Near { left, right, .. } => {
                [of_atom(*left), of_atom(*right)].into_iter().min_by_key(|anchor| anchor.cost)
            }
            Condition::All(parts) => parts.iter().filter_map(|part| self.anchor(part)).min_by_key(|anchor| anchor.cost),
            Condition::Any(parts) => {
                let mut together = Anchor { atoms: Vec::new(), cost: 0 };
                for part in parts {
                    let anchor = self.anchor(part)?;
                    together.atoms.extend(anchor.atoms);
                    together.cost = together.cost.saturating_add(anchor.cost);
                }
                together.atoms.sort_unstable();
                together.atoms.dedup();
                Some(together)
            }
            Condition::Fact { .. } | Condition::Identifier { .. } | Condition::Date(_) | Condition::Not(_) => None,
        }
    }

    fn automaton(&self, form: WordForm) -> Result<(AhoCorasick, Vec<AtomId>), Error> {
        let mut patterns: Vec<(&str, AtomId)> = self
            .atoms
            .iter()
            .filter(|((of, text), _)| *of == form && !text.is_empty())
            .map(|((_, text), &atom)| (text.as_str(), atom))
            .collect();
        patterns.sort_unstable_by_key(|&(_, atom)| atom);
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(patterns.iter().map(|(text, _)| text))
            .map_err(|_| Error::TooManyWatches)?;
        Ok((automaton, patterns.into_iter().map(|(_, atom)| atom).collect()))
    }
}
