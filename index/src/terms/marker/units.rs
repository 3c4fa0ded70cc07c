//! A text as the units of which terms are made: Chinese characters, words, and marks of punctuation.
//!
//! Spaces, single line breaks and hyphens part units and are none, so that a term is found however it is broken; an empty
//! line or a dash is a unit that no term goes over.

use std::ops::Range;

use corpus::text::normalise::{Normalised, normalise};

use crate::analysis::is_unspaced;

/// A text in normal form with its units.
pub(super) struct Text {
    normalised: Normalised,
    /// In order.
    pub(super) units: Vec<Unit>,
}

/// What a term is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) kind: Kind,
    /// Bytes of the normal form.
    range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Chinese character, or a mark of punctuation.
    Character(char),
    /// Letters and digits, with apostrophes inside.
    Word,
    /// Nothing goes over this.
    Break,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let normalised = normalise(text);
        let units = units(&normalised, text);
        Self { normalised, units }
    }

    /// The unit in normal form.
    pub(super) fn form(&self, unit: &Unit) -> &str {
        self.normalised.text.get(unit.range.clone()).unwrap_or_default()
    }

    /// The bytes of the original that a run of units came from.
    pub(super) fn original_range(&self, units: Range<usize>) -> Option<Range<usize>> {
        let run = self.units.get(units)?;
        Some(self.normalised.original_range(run.first()?.range.start..run.last()?.range.end))
    }
}

/// What stands between two units.
#[derive(Clone, Copy, Debug, Default)]
struct Gap {
    spaces: usize,
    lines: usize,
    hyphens: usize,
    dashes: usize,
    end: usize,
}

impl Gap {
    /// An empty line, a dash, or a hyphen that stands by itself; one at the end of a line does not.
    fn parts(self) -> bool {
        let alone = self.hyphens > 0 && self.spaces > 0 && self.lines == 0;
        self.lines > 1 || self.dashes > 0 || self.hyphens > 1 || alone
    }
}

fn units(normalised: &Normalised, original: &str) -> Vec<Unit> {
    let text = normalised.text.as_str();
    let mut units: Vec<Unit> = Vec::with_capacity(text.len() / 4);
    let mut gap = Gap::default();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        gap.end = start;
        match c {
            '\n' | '\u{2028}' => gap.lines += 1,
            '\u{2029}' => gap.lines += 2,
            '-' => {
                let written = original.get(normalised.original_range(start..start + 1)).unwrap_or_default();
                let is_dash = written.starts_with(['\u{2013}', '\u{2014}', '\u{2015}']);
                // A hyphen that begins a line begins an item of a list.
                if is_dash || gap.lines > 0 { gap.dashes += 1 } else { gap.hyphens += 1 }
            }
            c if c.is_whitespace() => gap.spaces += 1,
            '\'' => {}
            c => {
                if gap.parts() && !units.is_empty() {
                    units.push(Unit { kind: Kind::Break, range: gap.end..gap.end });
                }
                gap = Gap::default();
                let mut end = start + c.len_utf8();
                let is_word = is_word_character(c);
                while is_word
                    && let Some(&(at, next)) = chars.peek()
                    && (is_word_character(next) || is_inner_apostrophe(text, at, next))
                {
                    end = at + next.len_utf8();
                    chars.next();
                }
                let kind = if is_word { Kind::Word } else { Kind::Character(c) };
                units.push(Unit { kind, range: start..end });
            }
        }
    }
    units
}

fn is_word_character(c: char) -> bool {
    c.is_alphanumeric() && !is_unspaced(c)
}

fn is_inner_apostrophe(text: &str, at: usize, c: char) -> bool {
    c == '\'' && text.get(at + 1..).and_then(|rest| rest.chars().next()).is_some_and(is_word_character)
}
