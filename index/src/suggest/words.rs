//! Words that stand nowhere, or hardly anywhere, and what may have been meant by them.

use std::ops::Range;

use tantivy::TantivyError;

use super::spelling::{Near, likelihood};
use super::typed::is_abbreviation;
use super::{Guesser, Instead, Slip};
use crate::terms::spelt_otherwise;

/// A word in no more documents than so many may be a slip that the documents have as well.
const FEW: u32 = 2;
/// So many times more frequent another word must be for a rare one to be taken for a slip of it.
const FAR_BELOW: u32 = 40;
/// The same for another spelling of the same word.
const SPELT_OTHERWISE: u32 = 4;
/// A rare word is a slip only where what must be done to it costs no more.
const SMALL_SLIP: f32 = 0.8;
/// Words less likely, by logarithm, are not offered.
const LEAST: f32 = -8.0;
/// So many near misses of a word are looked at with its neighbours.
const MOST_NEAR: usize = 6;
/// What standing beside its neighbour somewhere adds to the likelihood.
const FITS: f32 = 2.5;
/// What putting together or taking apart costs, as a slip.
const JOINED: f32 = 0.4;
/// The shortest part that a word is taken apart into, in letters.
const SHORTEST_PART: usize = 3;

/// A word of a run.
struct Word {
    /// Bytes of the run.
    range: Range<usize>,
    /// As typed.
    text: String,
    /// In lower case.
    lower: String,
    /// In how many documents.
    rows: u32,
    /// Whether there is reason to doubt it.
    is_doubtful: bool,
}

impl Guesser<'_> {
    /// What may stand in place of a run of words.
    pub(super) fn words(&self, run: &str, ranges: &[Range<usize>]) -> Result<Vec<Instead>, TantivyError> {
        let mut words = Vec::with_capacity(ranges.len());
        for range in ranges {
            words.push(self.word(run, range)?);
        }
        let mut instead = Vec::new();
        if words.iter().any(|word| word.rows <= FEW && word.is_doubtful) {
            instead.extend(self.pinyin(run)?);
            // Words that the documents have may be names in pinyin, but not ones with sounds confused.
            if words.iter().all(|word| word.rows > 0) {
                instead.retain(|read| read.is_exact);
            }
            if instead.is_empty() {
                instead.extend(self.pinyin_of_part(run, &words)?);
            }
        }
        instead.extend(self.joined(run, &words)?);
        instead.extend(self.spelt(run, &words)?);
        Ok(instead)
    }

    fn word(&self, run: &str, range: &Range<usize>) -> Result<Word, TantivyError> {
        let text = run.get(range.clone()).unwrap_or_default().to_owned();
        let lower = text.to_lowercase();
        let rows = self.rows(&lower)?;
        let is_doubtful = rows <= FEW && !(self.is_term)(&lower);
        Ok(Word { range: range.clone(), text, lower, rows, is_doubtful })
    }

    /// Chinese in place of the words side by side that stand nowhere.
    fn pinyin_of_part(&self, run: &str, words: &[Word]) -> Result<Vec<Instead>, TantivyError> {
        let mut instead = Vec::new();
        for part in words.chunk_by(|one, other| (one.rows == 0) == (other.rows == 0)) {
            let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
            if first.rows > 0 || part.len() == words.len() {
                continue;
            }
            let range = first.range.start..last.range.end;
            for read in self.pinyin(run.get(range.clone()).unwrap_or_default())? {
                instead.push(Instead { text: with(run, &range, &read.text), ..read });
            }
        }
        Ok(instead)
    }

    /// Two words written as one, where they stand nowhere as two.
    fn joined(&self, run: &str, words: &[Word]) -> Result<Vec<Instead>, TantivyError> {
        let mut instead = Vec::new();
        for (one, other) in words.iter().zip(words.iter().skip(1)) {
            let joined = format!("{}{}", one.lower, other.lower);
            let rows = self.rows(&joined)?;
            if rows > 0 && self.occurrences(&format!("{} {}", one.lower, other.lower))? == 0 {
                let text = with(run, &(one.range.start..other.range.end), &joined);
                instead.push(Instead { text, slip: Slip::Spelling, score: likelihood(rows, JOINED), is_exact: false });
            }
        }
        Ok(instead)
    }

    /// The run with every doubtful word as it was likeliest meant, then with the next likeliest for one of them.
    fn spelt(&self, run: &str, words: &[Word]) -> Result<Vec<Instead>, TantivyError> {
        let mut choices: Vec<(usize, Vec<(String, f32)>)> = Vec::new();
        let mut shown: Vec<String> = words.iter().map(|word| word.lower.clone()).collect();
        for (at, word) in words.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|before| shown.get(before)).cloned();
            let after = words.get(at + 1).filter(|after| after.rows > 0).map(|after| after.lower.as_str());
            let meant = self.meant(word, before.as_deref(), after)?;
            if let (Some((best, _)), Some(slot)) = (meant.first(), shown.get_mut(at)) {
                *slot = best.clone();
                choices.push((at, meant));
            }
        }
        let mut instead = Vec::new();
        for (place, (_, meant)) in choices.iter().enumerate() {
            for choice in usize::from(place > 0)..meant.len() {
                let chosen = |other: usize| if other == place { choice } else { 0 };
                instead.push(spelt_out(run, words, &choices, chosen));
            }
        }
        Ok(instead)
    }

    /// The words that may have been meant by one, the likeliest first.
    fn meant(
        &self,
        word: &Word,
        before: Option<&str>,
        after: Option<&str>,
    ) -> Result<Vec<(String, f32)>, TantivyError> {
        let mut meant: Vec<Near> = Vec::new();
        for other in spelt_otherwise(&word.lower) {
            let rows = self.rows(&other)?;
            if rows >= SPELT_OTHERWISE.saturating_mul(word.rows.max(1)) || (word.is_doubtful && rows > word.rows) {
                meant.push(Near { word: other, rows, cost: 0.0 });
            }
        }
        if word.is_doubtful && !is_abbreviation(&word.text) {
            let near = self.lexicon()?.words.near(&word.lower, MOST_NEAR);
            meant.extend(near.into_iter().filter(|near| is_better(word, near)));
            if word.rows == 0 {
                meant.extend(self.apart(&word.lower)?);
            }
        }
        meant.sort_by(|one, other| other.likelihood().total_cmp(&one.likelihood()).then(one.word.cmp(&other.word)));
        meant.dedup_by(|one, other| one.word == other.word);
        let mut scored = Vec::new();
        for near in meant.into_iter().take(MOST_NEAR) {
            let fits = self.fits(&near.word, before, after)?;
            scored.push((near.word.clone(), near.likelihood() + FITS * fits));
        }
        scored.retain(|&(_, score)| score > LEAST);
        scored.sort_by(|one, other| other.1.total_cmp(&one.1));
        Ok(scored)
    }

    /// How many of the neighbours a word stands beside somewhere.
    fn fits(&self, word: &str, before: Option<&str>, after: Option<&str>) -> Result<f32, TantivyError> {
        let left = before.map(|before| format!("{before} {word}"));
        let right = after.map(|after| format!("{word} {after}"));
        let mut fits = 0.0;
        for text in left.into_iter().chain(right) {
            if self.index.occurrences(&self.searcher, &text, 1)? > 0 {
                fits += 1.0;
            }
        }
        Ok(fits)
    }

    /// A word taken apart into two that stand side by side.
    fn apart(&self, word: &str) -> Result<Vec<Near>, TantivyError> {
        let words = &self.lexicon()?.words;
        let mut apart = Vec::new();
        let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(SHORTEST_PART).collect();
        for at in starts.iter().take(starts.len().saturating_sub(SHORTEST_PART - 1)) {
            let Some((first, second)) = word.split_at_checked(*at) else { continue };
            if words.rows(first).min(words.rows(second)) > 0 {
                let together = format!("{first} {second}");
                let rows = self.occurrences(&together)?;
                if rows > 0 {
                    apart.push(Near { word: together, rows, cost: JOINED });
                }
            }
        }
        Ok(apart)
    }
}

/// Whether another word may have been meant. Of a word that stands somewhere, only one that is far more frequent, by a
/// small slip, and not just another form of it.
fn is_better(word: &Word, near: &Near) -> bool {
    if word.rows == 0 || near.cost == 0.0 {
        return near.rows > word.rows;
    }
    let is_form = is_begun_by(&word.lower, &near.word) || is_begun_by(&near.word, &word.lower);
    near.cost <= SMALL_SLIP && !is_form && near.rows >= FAR_BELOW.saturating_mul(word.rows)
}

/// Whether a word is the other with an ending, or with its last letter changed and an ending.
fn is_begun_by(word: &str, beginning: &str) -> bool {
    let without_last = beginning.char_indices().next_back().map_or("", |(at, _)| beginning.get(..at).unwrap_or(""));
    word.starts_with(without_last)
}

fn spelt_out(
    run: &str,
    words: &[Word],
    choices: &[(usize, Vec<(String, f32)>)],
    chosen: impl Fn(usize) -> usize,
) -> Instead {
    let (mut text, mut end, mut score) = (String::with_capacity(run.len()), 0, 0.0);
    for (place, (at, meant)) in choices.iter().enumerate() {
        let (Some(word), Some((other, likelihood))) = (words.get(*at), meant.get(chosen(place))) else { continue };
        text.push_str(run.get(end..word.range.start).unwrap_or_default());
        text.push_str(&in_case_of(&word.text, other));
        end = word.range.end;
        score += likelihood / choices.len() as f32;
    }
    text.push_str(run.get(end..).unwrap_or_default());
    Instead { text, slip: Slip::Spelling, score, is_exact: false }
}

/// A word in capitals as far as another is.
fn in_case_of(typed: &str, word: &str) -> String {
    let mut letters = typed.chars();
    let begins_high = letters.next().is_some_and(char::is_uppercase);
    if begins_high && letters.clone().next().is_some() && letters.all(char::is_uppercase) {
        return word.to_uppercase();
    }
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if begins_high => first.to_uppercase().chain(chars).collect(),
        _ => word.to_owned(),
    }
}

fn with(run: &str, range: &Range<usize>, text: &str) -> String {
    let (before, after) = (run.get(..range.start), run.get(range.end..));
    format!("{}{text}{}", before.unwrap_or_default(), after.unwrap_or_default())
}
