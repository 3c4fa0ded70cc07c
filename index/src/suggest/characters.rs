//! Chinese with a wrong character: one that is read alike, two that changed places, one too many or too few.

use std::ops::Range;

use tantivy::TantivyError;

use super::lexicon::Lexicon;

/// So many texts are looked up in the index at most for one run.
const MOST_LOOKUPS: usize = 80;
/// So many characters are tried in one place, of each kind.
const MOST_TRIED: usize = 6;

/// How much less likely a slip is than none, by logarithm.
const SOUNDS_ALIKE: f32 = 1.5;
const CHANGED_PLACES: f32 = 2.0;
const DOUBLED: f32 = 1.5;
const TOO_MANY: f32 = 3.0;
const TOO_FEW: f32 = 3.0;
const OTHER: f32 = 3.5;

/// Chinese that may have been meant.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Right {
    pub(super) text: String,
    pub(super) score: f32,
}

/// A run of Chinese characters that stands nowhere as it is.
pub(super) struct Wrong<'l, F> {
    chars: Vec<char>,
    lexicon: &'l Lexicon,
    /// In how many documents a text stands.
    occurrences: F,
    lookups: usize,
    found: Vec<Right>,
}

impl<'l, F: FnMut(&str) -> Result<u32, TantivyError>> Wrong<'l, F> {
    /// `run` is in normal form.
    pub(super) fn new(run: &str, lexicon: &'l Lexicon, occurrences: F) -> Self {
        Self { chars: run.chars().collect(), lexicon, occurrences, lookups: 0, found: Vec::new() }
    }

    /// What may have been meant, the likeliest first; nothing where the run stands in the index as it is.
    pub(super) fn meant(mut self) -> Result<Vec<Right>, TantivyError> {
        if self.stands(0..self.chars.len())? > 0 {
            return Ok(Vec::new());
        }
        for at in 0..self.chars.len() {
            // What stands in the index with its neighbours on both sides is right.
            if self.stands(self.around(at..at + 1))? == 0 {
                self.other_characters(at)?;
                self.without(at)?;
            }
            self.changed_places(at)?;
            self.with_one_more(at)?;
        }
        self.found.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.text.cmp(&other.text)));
        let mut seen = std::collections::HashSet::new();
        self.found.retain(|right| seen.insert(right.text.clone()));
        Ok(self.found)
    }

    /// A place with two characters before it and two after.
    fn around(&self, place: Range<usize>) -> Range<usize> {
        place.start.saturating_sub(2)..(place.end + 2).min(self.chars.len())
    }

    fn char(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.char(at.checked_sub(1)?)
    }

    fn stands(&mut self, range: Range<usize>) -> Result<u32, TantivyError> {
        let text: String = self.chars.get(range).unwrap_or_default().iter().collect();
        self.count(&text)
    }

    fn count(&mut self, text: &str) -> Result<u32, TantivyError> {
        if self.lookups >= MOST_LOOKUPS {
            return Ok(0);
        }
        self.lookups += 1;
        (self.occurrences)(text)
    }

    /// Whether a character is known to stand beside one of its neighbours.
    fn is_supported(&self, at: usize) -> bool {
        let Some(c) = self.char(at) else { return false };
        let pairs = &self.lexicon.pairs;
        self.before(at).is_some_and(|before| pairs.rows(before, c) > 0)
            || self.char(at + 1).is_some_and(|after| pairs.rows(c, after) > 0)
    }

    fn other_characters(&mut self, at: usize) -> Result<(), TantivyError> {
        let (before, after) = (self.before(at), self.char(at + 1));
        let Some(wrong) = self.char(at) else { return Ok(()) };
        let alike = self.lexicon.sounds.homophones(wrong);
        let fitting = self.lexicon.pairs.between(before, after);
        let (alike, others): (Vec<char>, Vec<char>) = fitting
            .into_iter()
            .filter(|&c| c != wrong && self.lexicon.sounds.has(c))
            .partition(|c| alike.binary_search(c).is_ok());
        for c in self.likeliest(alike, before, after) {
            self.try_instead(at..at + 1, &[c], SOUNDS_ALIKE)?;
        }
        // Another character is taken for wrong only where it stands beside neither of its neighbours.
        if self.chars.len() > 2 && !self.is_supported(at) {
            for c in self.likeliest(others, before, after) {
                self.try_instead(at..at + 1, &[c], OTHER)?;
            }
        }
        Ok(())
    }

    /// The characters that stand most often between two.
    fn likeliest(&self, mut characters: Vec<char>, before: Option<char>, after: Option<char>) -> Vec<char> {
        let pairs = &self.lexicon.pairs;
        let rows = |c: char| {
            let left = before.map(|before| pairs.rows(before, c));
            let right = after.map(|after| pairs.rows(c, after));
            left.into_iter().chain(right).min().unwrap_or(0)
        };
        characters.sort_by_key(|&c| (std::cmp::Reverse(rows(c)), c));
        characters.truncate(MOST_TRIED);
        characters
    }

    fn without(&mut self, at: usize) -> Result<(), TantivyError> {
        let is_double = self.char(at).is_some_and(|c| self.char(at + 1) == Some(c));
        if is_double {
            self.try_instead(at..at + 1, &[], DOUBLED)
        } else if self.chars.len() > 3 && !self.is_supported(at) {
            self.try_instead(at..at + 1, &[], TOO_MANY)
        } else {
            Ok(())
        }
    }

    fn changed_places(&mut self, at: usize) -> Result<(), TantivyError> {
        let (Some(first), Some(second)) = (self.char(at), self.char(at + 1)) else { return Ok(()) };
        let pairs = &self.lexicon.pairs;
        if first == second || pairs.rows(first, second) > 0 && self.chars.len() > 2 || pairs.rows(second, first) == 0 {
            return Ok(());
        }
        self.try_instead(at..at + 2, &[second, first], CHANGED_PLACES)
    }

    fn with_one_more(&mut self, at: usize) -> Result<(), TantivyError> {
        let (Some(first), Some(second)) = (self.char(at), self.char(at + 1)) else { return Ok(()) };
        if self.chars.len() < 3 || self.lexicon.pairs.rows(first, second) > 0 {
            return Ok(());
        }
        let between = self.lexicon.pairs.between(Some(first), Some(second));
        for c in self.likeliest(between, Some(first), Some(second)) {
            self.try_instead(at + 1..at + 1, &[c], TOO_FEW)?;
        }
        Ok(())
    }

    /// Notes the run with other characters in a place where they stand so with those around them.
    fn try_instead(&mut self, place: Range<usize>, instead: &[char], less: f32) -> Result<(), TantivyError> {
        let around = self.around(place.clone());
        let left = self.chars.get(around.start..place.start).unwrap_or_default();
        let right = self.chars.get(place.end..around.end).unwrap_or_default();
        let near: String = [left, instead, right].concat().into_iter().collect();
        let length = near.chars().count();
        // Three characters that stand together by chance are many.
        if length < 3.min(self.chars.len()) {
            return Ok(());
        }
        let whole = |chars: &[char]| -> String {
            let (left, right) = (chars.get(..place.start), chars.get(place.end..));
            [left.unwrap_or_default(), instead, right.unwrap_or_default()].concat().into_iter().collect()
        };
        let rows = self.count(&near)?;
        if rows > 0 {
            let score = (rows as f32).ln_1p() + length.min(5) as f32 - less;
            self.found.push(Right { text: whole(&self.chars), score });
        }
        Ok(())
    }
}
