//! What may have been meant by a query that finds little: near misses of words, Chinese typed as pinyin, wrong characters.
//!
//! All is judged by what the index holds. A query is taken apart into runs of words and of Chinese characters
//! (`typed.rs`); each run gives what may stand in its place; together they give whole queries to offer. Nothing is
//! ever put in place of what was typed: that is for whoever asks.

#[cfg(test)]
mod accuracy;
mod characters;
mod lexicon;
mod sounds;
mod spelling;
#[cfg(test)]
mod tests;
mod typed;
mod words;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;
use std::sync::Arc;

use corpus::text::normalise::normal_form;
use tantivy::{Searcher, TantivyError, Term};

use crate::Index;
use crate::analysis::analyse;
use crate::error::Error;
use characters::{Right, Wrong};
pub(crate) use lexicon::Cache;
use lexicon::Lexicon;
use sounds::Pinyin;
use typed::{Run, RunKind, runs};

/// So many queries are offered at most.
const MOST_GUESSES: usize = 4;
/// So much is considered in place of one run.
const MOST_INSTEAD: usize = 3;
/// Documents are counted up to so many.
const MOST_COUNTED: u32 = 1_000;
/// Longer queries are left alone, in bytes.
const LONGEST_QUERY: usize = 2_000;
/// By how much, in logarithms, a sound taken for another makes a reading less likely.
const CONFUSED: f32 = 2.0;
/// By how much each character beyond the second makes a reading more likely.
const LONGER: f32 = 1.0;

/// A query that may have been meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess {
    /// The query, as typed but for what was corrected.
    pub query: String,
    /// What was taken for a slip.
    pub slip: Slip,
}

/// What kind of slip was corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slip {
    /// A word was misspelt, put together or taken apart.
    Spelling,
    /// Chinese was typed as pinyin.
    Pinyin,
    /// A Chinese character is wrong.
    Character,
}

impl Slip {
    /// The name used in the API and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Spelling => "spelling",
            Self::Pinyin => "pinyin",
            Self::Character => "character",
        }
    }
}

/// What may stand in place of a part of the query.
#[derive(Clone, Debug)]
struct Instead {
    text: String,
    slip: Slip,
    /// How likely, by logarithm.
    score: f32,
    /// Whether it is pinyin exactly as it is read.
    is_exact: bool,
}

/// A part of the query and what may stand in its place, the likeliest first.
struct Fix {
    range: Range<usize>,
    instead: Vec<Instead>,
}

impl Index {
    /// Queries that may have been meant by what was typed, the likeliest first; none where nothing looks like a slip.
    ///
    /// `is_term` says whether a word belongs to the termbase and is right for that alone. How many documents a query
    /// finds is not counted here.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn guesses(&self, typed: &str, is_term: &dyn Fn(&str) -> bool) -> Result<Vec<Guess>, Error> {
        if typed.len() > LONGEST_QUERY {
            return Ok(Vec::new());
        }
        let searcher = self.searcher();
        let guesser = Guesser { index: self, searcher, is_term, lexicon: OnceCell::new() };
        let mut fixes = Vec::new();
        for run in runs(typed) {
            let mut instead = guesser.instead(typed, &run)?;
            instead.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.text.cmp(&other.text)));
            instead.truncate(MOST_INSTEAD);
            if !instead.is_empty() {
                fixes.push(Fix { range: run.range, instead });
            }
        }
        Ok(whole_queries(typed, &fixes))
    }

    /// What can be found, as a number: another one once documents came or went, the same after it is opened anew.
    pub fn version(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.searcher().generation().segments().hash(&mut hasher);
        hasher.finish()
    }

    /// A number that changes whenever what is found may have.
    pub fn generation(&self) -> u64 {
        self.searcher().generation().generation_id()
    }
}

/// The query with the likeliest in every place, then with the next likeliest in one of them.
fn whole_queries(typed: &str, fixes: &[Fix]) -> Vec<Guess> {
    if fixes.is_empty() {
        return Vec::new();
    }
    let mut guesses = vec![with_fixes(typed, fixes, |_| 0)];
    let most = fixes.iter().map(|fix| fix.instead.len()).max().unwrap_or(0);
    for choice in 1..most {
        for (place, fix) in fixes.iter().enumerate() {
            if choice < fix.instead.len() {
                guesses.push(with_fixes(typed, fixes, |other| if other == place { choice } else { 0 }));
            }
        }
    }
    guesses.retain(|guess| guess.query != typed);
    guesses.truncate(MOST_GUESSES);
    guesses
}

fn with_fixes(typed: &str, fixes: &[Fix], choice: impl Fn(usize) -> usize) -> Guess {
    let mut query = String::with_capacity(typed.len());
    let mut slip = Slip::Spelling;
    let mut end = 0;
    for (place, fix) in fixes.iter().enumerate() {
        let Some(chosen) = fix.instead.get(choice(place)) else { continue };
        query.push_str(typed.get(end..fix.range.start).unwrap_or_default());
        query.push_str(&chosen.text);
        slip = slip.max(chosen.slip);
        end = fix.range.end;
    }
    query.push_str(typed.get(end..).unwrap_or_default());
    Guess { query, slip }
}

/// What a query is judged by.
struct Guesser<'a> {
    index: &'a Index,
    searcher: Searcher,
    is_term: &'a dyn Fn(&str) -> bool,
    /// Read when it is first needed.
    lexicon: OnceCell<Arc<Lexicon>>,
}

impl Guesser<'_> {
    fn instead(&self, typed: &str, run: &Run) -> Result<Vec<Instead>, TantivyError> {
        let text = typed.get(run.range.clone()).unwrap_or_default();
        match &run.kind {
            RunKind::Han => self.characters(text),
            RunKind::Words(ranges) => {
                let within = |range: &Range<usize>| range.start - run.range.start..range.end - run.range.start;
                let ranges: Vec<Range<usize>> = ranges.iter().map(within).collect();
                self.words(text, &ranges)
            }
        }
    }

    fn lexicon(&self) -> Result<&Lexicon, TantivyError> {
        if let Some(known) = self.lexicon.get() {
            return Ok(known);
        }
        let made = self.index.lexicon.lexicon(&self.searcher, &self.index.fields)?;
        Ok(self.lexicon.get_or_init(|| made))
    }

    /// In how many documents a text stands.
    fn occurrences(&self, text: &str) -> Result<u32, TantivyError> {
        self.index.occurrences(&self.searcher, text, MOST_COUNTED)
    }

    /// In how many documents a word stands in any of its forms; none where it is several, as pinyin with tones.
    fn rows(&self, word: &str) -> Result<u32, TantivyError> {
        let analysis = analyse(word);
        let [token] = &analysis.tokens[..] else { return Ok(0) };
        let mut rows = 0_u64;
        for field in [self.index.fields.body.pairs, self.index.fields.title.pairs] {
            rows += self.searcher.doc_freq(&Term::from_field_text(field, &analysis.stem(token)))?;
        }
        Ok(u32::try_from(rows).unwrap_or(u32::MAX))
    }

    fn characters(&self, run: &str) -> Result<Vec<Instead>, TantivyError> {
        if (self.is_term)(run) || self.occurrences(run)? > 0 {
            return Ok(Vec::new());
        }
        let mut known: HashMap<String, u32> = HashMap::new();
        let occurrences = |text: &str| -> Result<u32, TantivyError> {
            if let Some(&rows) = known.get(text) {
                return Ok(rows);
            }
            let rows = self.occurrences(text)?;
            known.insert(text.to_owned(), rows);
            Ok(rows)
        };
        let right = Wrong::new(&normal_form(run), self.lexicon()?, occurrences).meant()?;
        let instead =
            |right: Right| Instead { text: right.text, slip: Slip::Character, score: right.score, is_exact: false };
        Ok(right.into_iter().take(MOST_INSTEAD).map(instead).collect())
    }

    /// Chinese that a run of words, or a part of it, may be the pinyin of.
    fn pinyin(&self, run: &str) -> Result<Vec<Instead>, TantivyError> {
        let Some(pinyin) = Pinyin::parse(run) else { return Ok(Vec::new()) };
        let lexicon = self.lexicon()?;
        let mut instead = Vec::new();
        for read in lexicon.sounds.read(&pinyin, &lexicon.pairs, 2 * MOST_INSTEAD) {
            let rows = self.occurrences(&read.text)?;
            if rows > 0 {
                let longer = LONGER * (read.text.chars().count() as f32 - 2.0);
                let score = (rows as f32).ln_1p() + longer - CONFUSED * f32::from(read.confusions);
                let is_exact = read.confusions == 0;
                instead.push(Instead { text: read.text, slip: Slip::Pinyin, score, is_exact });
            }
        }
        Ok(instead)
    }
}
