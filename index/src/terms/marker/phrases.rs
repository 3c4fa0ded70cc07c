//! Terms as sorted runs of units, in which all that begin a text are found by halving.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use corpus::store::ListedTerm;
use corpus::term::Status;

use super::forms::{form, verbs};
use super::units::{Kind, Text, Unit};
use crate::analysis::is_unspaced;
use crate::terms::key::is_stop_word;

/// Longer terms are not marked.
const MOST_UNITS: usize = 128;
/// Of the terms that begin at one place so many are weighed, the longest.
const MOST_ENDS: usize = 4;
/// Words are numbered from here on, above all characters.
const FIRST_WORD: u32 = 0x11_0000;

/// A unit as a number: a character's own, or a word's.
type Code = u32;

/// What a term designates. What is less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    rank: (Status, Reverse<u32>),
    pub(super) concept: i64,
    pub(super) term: i64,
    /// Met only when it is written in capitals: `IT` is a term, `it` is none.
    pub(super) in_capitals: bool,
}

/// Terms, ready to be found.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    words: HashMap<String, Code>,
    /// The units of all phrases, one phrase after another in the order of their units.
    units: Vec<Code>,
    /// Where each phrase begins, and where the last ends.
    starts: Vec<usize>,
    /// The phrases that begin with a unit.
    by_first: HashMap<Code, Range<usize>>,
    /// What each phrase designates, best first.
    targets: Vec<Vec<Target>>,
}

impl Phrases {
    /// The designations that are reviewed, and candidates from `least_confidence` on that say enough by themselves.
    pub(super) fn new<'t>(terms: impl Iterator<Item = &'t ListedTerm>, least_confidence: f32) -> Self {
        let mut phrases = Self::default();
        let mut all: Vec<(Vec<Code>, Target)> = Vec::new();
        for term in terms {
            for written in std::iter::once(&term.text).chain(&term.variants) {
                let text = Text::new(written);
                let is_marked = term.status.is_reviewed() || term.confidence >= least_confidence && says_enough(&text);
                if is_marked && !text.units.is_empty() && text.units.len() <= MOST_UNITS {
                    let codes = text.units.iter().map(|unit| phrases.number(&text, unit)).collect();
                    all.push((codes, target(term, &text, written)));
                }
            }
        }
        all.sort_unstable();
        all.dedup();
        for (codes, target) in all {
            phrases.push(&codes, target);
        }
        phrases.starts.push(phrases.units.len());
        phrases
    }

    /// The number of a unit of a term; new words get one.
    fn number(&mut self, text: &Text, unit: &Unit) -> Code {
        match unit.kind {
            Kind::Character(c) => u32::from(c),
            Kind::Break => 0,
            Kind::Word => {
                let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX).saturating_add(FIRST_WORD);
                *self.words.entry(form(text.form(unit))).or_insert(next)
            }
        }
    }

    fn push(&mut self, codes: &[Code], target: Target) {
        let last = self.targets.len().checked_sub(1);
        if let Some(last) = last
            && self.starts.last().and_then(|&start| self.units.get(start..)) == Some(codes)
        {
            if let Some(targets) = self.targets.get_mut(last) {
                targets.push(target);
            }
            return;
        }
        let number = self.targets.len();
        if let Some(&first) = codes.first() {
            self.by_first.entry(first).or_insert(number..number).end = number + 1;
        }
        self.starts.push(self.units.len());
        self.units.extend_from_slice(codes);
        self.targets.push(vec![target]);
    }

    /// What a phrase designates, best first.
    pub(super) fn targets(&self, phrase: usize) -> &[Target] {
        self.targets.get(phrase).map(Vec::as_slice).unwrap_or_default()
    }

    /// The numbers that a unit of a text may have in terms: its own, and those of the verbs that it may be a form of.
    fn codes(&self, text: &Text, unit: &Unit, known: &mut Vec<Code>) {
        known.clear();
        match unit.kind {
            Kind::Character(c) => known.push(u32::from(c)),
            Kind::Break => {}
            Kind::Word => {
                let form = form(text.form(unit));
                known.extend(self.words.get(&form));
                known.extend(verbs(&form).iter().filter_map(|verb| self.words.get(verb)));
            }
        }
    }

    /// Finds the phrases in a text; `met` is given the units and the phrase.
    pub(super) fn find(&self, text: &Text, mut met: impl FnMut(Range<usize>, usize)) {
        if self.targets.is_empty() {
            return;
        }
        let codes = self.codes_of(text);
        let (mut reached, mut next): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
        for start in 0..text.units.len() {
            let mut ends: Vec<(usize, usize)> = Vec::new();
            reached.clear();
            reached.extend(codes.at(start).iter().filter_map(|code| self.by_first.get(code).cloned()));
            for (depth, at) in (start..).enumerate() {
                for phrases in &reached {
                    if self.length(phrases.start) == depth + 1 {
                        ends.push((at + 1, phrases.start));
                    }
                }
                next.clear();
                for phrases in &reached {
                    next.extend(codes.at(at + 1).iter().filter_map(|&code| self.narrow(phrases, depth + 1, code)));
                }
                std::mem::swap(&mut reached, &mut next);
                if reached.is_empty() {
                    break;
                }
            }
            for &(end, phrase) in ends.iter().rev().take(MOST_ENDS) {
                met(start..end, phrase);
            }
        }
    }

    fn codes_of(&self, text: &Text) -> Codes {
        let mut codes = Codes { codes: Vec::with_capacity(text.units.len()), starts: vec![0] };
        let mut known = Vec::new();
        for unit in &text.units {
            self.codes(text, unit, &mut known);
            codes.codes.extend_from_slice(&known);
            codes.starts.push(codes.codes.len());
        }
        codes
    }

    fn length(&self, phrase: usize) -> usize {
        self.phrase(phrase).len()
    }

    fn phrase(&self, phrase: usize) -> &[Code] {
        let start = self.starts.get(phrase).copied().unwrap_or_default();
        let end = self.starts.get(phrase + 1).copied().unwrap_or_default();
        self.units.get(start..end).unwrap_or_default()
    }

    /// Of phrases that agree in their first `depth` units, those that go on with `code`.
    fn narrow(&self, phrases: &Range<usize>, depth: usize, code: Code) -> Option<Range<usize>> {
        let first = halve(phrases.clone(), |phrase| self.phrase(phrase).get(depth) < Some(&code));
        let end = halve(first..phrases.end, |phrase| self.phrase(phrase).get(depth) <= Some(&code));
        (first < end).then_some(first..end)
    }

    /// How many bytes it takes, without what the allocator adds.
    pub(super) fn bytes(&self) -> usize {
        let words: usize = self.words.keys().map(|word| word.len() + size_of::<(String, Code)>()).sum();
        let targets: usize =
            self.targets.iter().map(|targets| size_of_val(targets.as_slice()) + size_of::<Vec<Target>>()).sum();
        let first = self.by_first.len() * size_of::<(Code, Range<usize>)>();
        words + targets + first + self.units.len() * size_of::<Code>() + self.starts.len() * size_of::<usize>()
    }
}

/// The numbers of a text's units.
struct Codes {
    codes: Vec<Code>,
    starts: Vec<usize>,
}

impl Codes {
    fn at(&self, unit: usize) -> &[Code] {
        let (start, end) = (self.starts.get(unit), self.starts.get(unit + 1));
        start.zip(end).and_then(|(&start, &end)| self.codes.get(start..end)).unwrap_or_default()
    }
}

/// The first number of a range for which `before`, true up to somewhere, is not true.
fn halve(mut range: Range<usize>, before: impl Fn(usize) -> bool) -> usize {
    while range.start < range.end {
        let middle = range.start + (range.end - range.start) / 2;
        if before(middle) { range.start = middle + 1 } else { range.end = middle }
    }
    range.start
}

/// A single Chinese character, a word that says nothing, and what has no letters are no terms unless somebody says so.
fn says_enough(text: &Text) -> bool {
    let is_letter = |unit: &Unit| text.form(unit).chars().any(char::is_alphabetic);
    match text.units.as_slice() {
        [unit] => {
            let form = text.form(unit);
            unit.kind == Kind::Word && is_letter(unit) && !is_stop_word(form) && form.chars().nth(1).is_some()
        }
        units => units.iter().any(is_letter),
    }
}

fn target(term: &ListedTerm, text: &Text, written: &str) -> Target {
    // Of a single word, all letters are capitals, but for the s of a plural.
    let letters = written.strip_suffix('s').unwrap_or(written);
    let in_capitals = text.units.len() == 1
        && !written.contains(is_unspaced)
        && letters.chars().filter(|c| c.is_uppercase()).count() > 1
        && !letters.contains(char::is_lowercase);
    Target { rank: (term.status, Reverse(term.count)), concept: term.concept, term: term.term, in_capitals }
}
