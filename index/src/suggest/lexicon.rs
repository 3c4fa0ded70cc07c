//! The words, the Chinese characters and the pairs of characters of an index, in memory.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::index::SegmentId;
use tantivy::schema::Field;
use tantivy::{Searcher, SegmentReader, TantivyError};

use super::sounds::Sounds;
use super::spelling::Spellings;
use crate::analysis::is_unspaced;
use crate::schema::Fields;

/// The most words that are held, the most frequent; beyond so many the rest are slips and names.
const MOST_WORDS: usize = 300_000;
/// The most pairs of characters that are held, the most frequent.
const MOST_PAIRS: usize = 1_500_000;
/// The longest word that is held, in bytes.
const LONGEST_WORD: usize = 40;
/// A lexicon does while the rows it has not seen are at most this part of all: words are counted in the index itself.
const UNSEEN: u32 = 64;

/// What an index is written in.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    segments: HashSet<SegmentId>,
    /// Words in letters, as written.
    pub(super) words: Spellings,
    /// In how many documents each pair of neighbouring characters stands.
    pub(super) pairs: Pairs,
    /// The characters by how they are read.
    pub(super) sounds: Sounds,
}

/// The lexicon that was made last.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    last: Mutex<Option<Arc<Lexicon>>>,
}

impl Cache {
    /// The lexicon of what a searcher sees; it may lag behind by a few documents.
    pub(super) fn lexicon(&self, searcher: &Searcher, fields: &Fields) -> Result<Arc<Lexicon>, TantivyError> {
        // Who comes meanwhile waits for what is being made rather than making it as well.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = last.as_ref().filter(|known| known.is_fit_for(searcher)) {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(Lexicon::read(searcher, fields)?);
        *last = Some(Arc::clone(&made));
        Ok(made)
    }
}

impl Lexicon {
    fn read(searcher: &Searcher, fields: &Fields) -> Result<Self, TantivyError> {
        let mut counts = Counts::default();
        for segment in searcher.segment_readers() {
            for field in [fields.body.singles, fields.title.singles] {
                counts.add_singles(segment, field)?;
            }
            for field in [fields.body.pairs, fields.title.pairs] {
                counts.add_pairs(segment, field)?;
            }
        }
        Ok(Self {
            segments: searcher.segment_readers().iter().map(SegmentReader::segment_id).collect(),
            words: Spellings::new(most_frequent(counts.words, MOST_WORDS)),
            pairs: Pairs::new(most_frequent(counts.pairs, MOST_PAIRS)),
            sounds: Sounds::new(counts.characters),
        })
    }

    fn is_fit_for(&self, searcher: &Searcher) -> bool {
        let (mut unseen, mut rows) = (0_u32, 0_u32);
        for segment in searcher.segment_readers() {
            rows = rows.saturating_add(segment.max_doc());
            if !self.segments.contains(&segment.segment_id()) {
                unseen = unseen.saturating_add(segment.max_doc());
            }
        }
        unseen <= rows / UNSEEN
    }
}

#[derive(Default)]
struct Counts {
    words: HashMap<String, u32>,
    characters: HashMap<char, u32>,
    pairs: HashMap<(char, char), u32>,
}

impl Counts {
    fn add_singles(&mut self, segment: &SegmentReader, field: Field) -> Result<(), TantivyError> {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let Ok(text) = std::str::from_utf8(terms.key()) else { continue };
            let rows = terms.value().doc_freq;
            let mut chars = text.chars();
            if let (Some(only), None) = (chars.next(), chars.next()) {
                if is_unspaced(only) {
                    count(&mut self.characters, only, rows);
                }
            } else if text.len() <= LONGEST_WORD && text.chars().all(char::is_alphabetic) {
                match self.words.get_mut(text) {
                    Some(all) => *all = all.saturating_add(rows),
                    None => {
                        self.words.insert(text.to_owned(), rows);
                    }
                }
            }
        }
        Ok(())
    }

    fn add_pairs(&mut self, segment: &SegmentReader, field: Field) -> Result<(), TantivyError> {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            let Ok(text) = std::str::from_utf8(terms.key()) else { continue };
            let mut chars = text.chars();
            if let (Some(first), Some(second), None) = (chars.next(), chars.next(), chars.next())
                && is_unspaced(first)
                && is_unspaced(second)
            {
                count(&mut self.pairs, (first, second), terms.value().doc_freq);
            }
        }
        Ok(())
    }
}

fn count<K: Eq + std::hash::Hash>(counts: &mut HashMap<K, u32>, key: K, rows: u32) {
    let all = counts.entry(key).or_default();
    *all = all.saturating_add(rows);
}

/// The most frequent, in no order; among equally frequent ones the first.
fn most_frequent<K: Ord>(counts: HashMap<K, u32>, most: usize) -> Vec<(K, u32)> {
    let mut counted: Vec<(K, u32)> = counts.into_iter().collect();
    if counted.len() > most {
        counted.select_nth_unstable_by(most, |(one, a), (other, b)| b.cmp(a).then_with(|| one.cmp(other)));
        counted.truncate(most);
    }
    counted
}

/// Pairs of neighbouring characters.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// By first character, then by second.
    forward: Vec<(char, char, u32)>,
    /// The same by second character, then by first.
    backward: Vec<(char, char)>,
}

impl Pairs {
    pub(super) fn new(counted: Vec<((char, char), u32)>) -> Self {
        let mut forward: Vec<_> = counted.into_iter().map(|((first, second), rows)| (first, second, rows)).collect();
        forward.sort_unstable();
        let mut backward: Vec<_> = forward.iter().map(|&(first, second, _)| (second, first)).collect();
        backward.sort_unstable();
        Self { forward, backward }
    }

    /// In how many documents the two stand side by side.
    pub(super) fn rows(&self, first: char, second: char) -> u32 {
        let at = self.forward.binary_search_by_key(&(first, second), |&(first, second, _)| (first, second));
        at.ok().and_then(|at| self.forward.get(at)).map_or(0, |&(_, _, rows)| rows)
    }

    /// The characters that stand between the two.
    pub(super) fn between(&self, first: Option<char>, second: Option<char>) -> Vec<char> {
        match (first, second) {
            (Some(first), second) => {
                let fits = |c: char| second.is_none_or(|second| self.rows(c, second) > 0);
                self.after(first).filter(|&c| fits(c)).collect()
            }
            (None, Some(second)) => self.before(second).collect(),
            (None, None) => Vec::new(),
        }
    }

    fn after(&self, first: char) -> impl Iterator<Item = char> {
        let from = self.forward.partition_point(|&(other, _, _)| other < first);
        let rest = self.forward.get(from..).unwrap_or_default().iter();
        rest.take_while(move |&&(other, _, _)| other == first).map(|&(_, second, _)| second)
    }

    fn before(&self, second: char) -> impl Iterator<Item = char> {
        let from = self.backward.partition_point(|&(other, _)| other < second);
        let rest = self.backward.get(from..).unwrap_or_default().iter();
        rest.take_while(move |&&(other, _)| other == second).map(|&(_, first)| first)
    }
}
