//! A document's text, the atoms that are met in it, and the verification of watches.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::compile::{AtomId, Automaton, Condition, Watch};
use super::{Match, WatchedDocument};
use crate::analysis::{Analysis, Canonical, WordForm, analyse};
use crate::document::DocumentFacts;
use crate::identifier::identifiers;
use crate::query::{Field, Pattern, date_key};

/// Most texts that a match names.
const MOST_ATOMS: usize = 16;

/// A document, ready to be matched.
pub(super) struct DocumentText<'a> {
    facts: &'a DocumentFacts,
    /// The title, then the passages.
    passages: Vec<PassageText<'a>>,
    date: Option<u32>,
    /// Found when a watch asks for them.
    identifiers: OnceCell<Identifiers>,
}

/// The identifiers of a document in canonical form.
struct Identifiers {
    of_facts: Vec<String>,
    in_text: Vec<(Met, String)>,
}

struct PassageText<'a> {
    text: std::borrow::Cow<'a, str>,
    analysis: Analysis,
    stems: Canonical,
    written: OnceCell<Canonical>,
    /// Where each sentence begins in `text`, with its index in the document; none for the title.
    sentences: Vec<(usize, usize)>,
}

/// A place where an atom was met.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    passage: usize,
    tokens: Range<usize>,
}

/// A place that is told of a watch.
#[derive(Clone, Debug)]
struct Met {
    passage: usize,
    /// Bytes of the passage's text.
    range: Range<usize>,
}

/// The atoms that were met, each with its first place, or all places where they matter.
type Places = HashMap<AtomId, Vec<Place>>;

impl<'a> DocumentText<'a> {
    pub(super) fn new(document: &WatchedDocument<'a>) -> Self {
        let mut passages = vec![PassageText::new(document.facts.display_title().into(), Vec::new())];
        let sentences: Vec<_> = document.sentences.iter().enumerate().collect();
        for block in sentences.chunk_by(|(_, a), (_, b)| a.block == b.block) {
            let mut text = String::new();
            let mut starts = Vec::with_capacity(block.len());
            for (index, sentence) in block {
                starts.push((text.len(), *index));
                text.push_str(sentence.text);
                text.push(' ');
            }
            passages.push(PassageText::new(text.into(), starts));
        }
        let date = document.facts.date.as_deref().and_then(date_key);
        Self { facts: document.facts, passages, date, identifiers: OnceCell::new() }
    }

    /// The watches of an automaton that are met.
    pub(super) fn matches(&self, automaton: &Automaton) -> Vec<Match> {
        let places = self.places(automaton);
        let anchored = places.keys().filter_map(|&atom| automaton.anchored.get(atom)).flatten();
        let candidates: BTreeSet<usize> = anchored.chain(&automaton.unanchored).copied().collect();
        let watches = candidates.into_iter().filter_map(|index| automaton.watches.get(index));
        watches.filter_map(|watch| self.verify(watch, &places)).collect()
    }

    fn places(&self, automaton: &Automaton) -> Places {
        let mut places = Places::new();
        for (number, passage) in self.passages.iter().enumerate() {
            let mut note = |finder: &AhoCorasick, atoms: &[AtomId], canonical: &Canonical| {
                for found in finder.find_overlapping_iter(&canonical.text) {
                    let Some(&atom) = atoms.get(found.pattern().as_usize()) else { continue };
                    let known = places.entry(atom).or_default();
                    if known.is_empty() || automaton.everywhere.get(atom).copied().unwrap_or(false) {
                        known.push(Place { passage: number, tokens: canonical.tokens(found.range()) });
                    }
                }
            };
            note(&automaton.exact, &automaton.exact_atoms, &passage.stems);
            if !automaton.prefix_atoms.is_empty() {
                note(&automaton.prefixes, &automaton.prefix_atoms, passage.written());
            }
        }
        places
    }

    fn verify(&self, watch: &Watch, places: &Places) -> Option<Match> {
        let mut met = Vec::new();
        if !self.is_met(&watch.condition, places, &mut met) {
            return None;
        }
        let mut atoms: Vec<String> = Vec::new();
        let mut sentence: Option<usize> = None;
        for place in met {
            let Some((text, of)) = self.shown(&place) else { continue };
            if atoms.len() < MOST_ATOMS && !atoms.contains(&text) {
                atoms.push(text);
            }
            sentence = [sentence, of].into_iter().flatten().min();
        }
        Some(Match { watch: watch.id, atoms, sentence })
    }

    /// The text at a place, and its sentence.
    fn shown(&self, place: &Met) -> Option<(String, Option<usize>)> {
        let passage = self.passages.get(place.passage)?;
        let after = passage.sentences.partition_point(|&(start, _)| start <= place.range.start);
        let sentence = after.checked_sub(1).and_then(|index| passage.sentences.get(index)).map(|&(_, index)| index);
        Some((passage.text.get(place.range.clone())?.to_owned(), sentence))
    }

    fn met_at(&self, place: &Place) -> Option<Met> {
        let range = self.passages.get(place.passage)?.analysis.original_range(place.tokens.clone())?;
        Some(Met { passage: place.passage, range })
    }

    /// Whether an identifier meets the pattern; where the first in the text stands is added to `met`.
    fn has_identifier(&self, field: Option<Field>, pattern: &Pattern, met: &mut Vec<Met>) -> bool {
        if field.is_some() {
            return self.facts.identifiers(field).iter().any(|identifier| pattern.is_match(identifier));
        }
        let all = self.identifiers.get_or_init(|| self.read_identifiers());
        let first = all.in_text.iter().find(|(_, identifier)| pattern.is_match(identifier));
        met.extend(first.map(|(place, _)| place.clone()));
        first.is_some() || all.of_facts.iter().any(|identifier| pattern.is_match(identifier))
    }

    fn read_identifiers(&self) -> Identifiers {
        // The title, which comes first, is among the facts.
        let passages = self.passages.iter().enumerate().skip(1);
        let of_passage = |(passage, text): (usize, &PassageText<'_>)| {
            let found = identifiers(&text.text).into_iter();
            found.map(move |(range, identifier)| (Met { passage, range }, identifier)).collect::<Vec<_>>()
        };
        Identifiers { of_facts: self.facts.identifiers(None), in_text: passages.flat_map(of_passage).collect() }
    }

    /// Whether a condition is met; the places that meet it are added to `met`.
    fn is_met(&self, condition: &Condition, places: &Places, met: &mut Vec<Met>) -> bool {
        match condition {
            Condition::Atom(atom) => {
                let first = places.get(atom).and_then(|places| places.first());
                met.extend(first.and_then(|place| self.met_at(place)));
                first.is_some()
            }
            Condition::Near { left, right, distance } => match self.near([*left, *right], *distance, places) {
                Some(both) => {
                    met.extend(both.iter().filter_map(|place| self.met_at(place)));
                    true
                }
                None => false,
            },
            Condition::Fact { field, text } => self.has_fact(*field, text),
            Condition::Identifier { field, pattern } => self.has_identifier(*field, pattern, met),
            Condition::Date(range) => self.date.is_some_and(|date| range.contains(date)),
            Condition::All(parts) => parts.iter().all(|part| self.is_met(part, places, met)),
            // Each part is looked at, since each that is met is told.
            Condition::Any(parts) => {
                let count = parts.iter().filter(|part| self.is_met_apart(part, places, met)).count();
                count > 0
            }
            Condition::Not(inner) => !self.is_met(inner, places, &mut Vec::new()),
        }
    }

    /// Like [`Self::is_met`], but a condition that is not met leaves no places.
    fn is_met_apart(&self, condition: &Condition, places: &Places, met: &mut Vec<Met>) -> bool {
        let before = met.len();
        let is_met = self.is_met(condition, places, met);
        if !is_met {
            met.truncate(before);
        }
        is_met
    }

    fn near(&self, [left, right]: [AtomId; 2], distance: u32, places: &Places) -> Option<[Place; 2]> {
        let (lefts, rights) = (places.get(&left)?, places.get(&right)?);
        lefts.iter().find_map(|left| {
            let passage = self.passages.get(left.passage)?;
            let from = rights.partition_point(|right| right.passage < left.passage);
            let to = rights.partition_point(|right| right.passage <= left.passage);
            let here = rights.get(from..to)?;
            let right = passage.analysis.near(&left.tokens, here, |place| &place.tokens, distance)?;
            Some([left.clone(), right.clone()])
        })
    }

    fn has_fact(&self, field: Field, text: &str) -> bool {
        let values = self.facts.values(field);
        match field {
            Field::Kind | Field::Status | Field::Language | Field::Topic => values.iter().any(|value| value == text),
            _ => values.iter().any(|value| analyse(value).canonical(WordForm::Stem).text.contains(text)),
        }
    }
}

impl<'a> PassageText<'a> {
    fn new(text: std::borrow::Cow<'a, str>, sentences: Vec<(usize, usize)>) -> Self {
        let analysis = analyse(&text);
        let stems = analysis.canonical(WordForm::Stem);
        Self { text, analysis, stems, written: OnceCell::new(), sentences }
    }

    fn written(&self) -> &Canonical {
        self.written.get_or_init(|| self.analysis.canonical(WordForm::Written))
    }
}
