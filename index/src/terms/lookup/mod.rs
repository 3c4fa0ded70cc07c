//! Designations found by what a person types of them.
//!
//! All text is compared as its key (`key.rs`), in which traditional and simplified characters, full and half
//! width, cases, and hyphens and spaces are alike. Designations stand in two segments: a large one, made once, and a small
//! one with what has changed since, made anew with each change, so that an edit is seen at once.

mod asked;
mod fuzzy;
mod meeting;
mod pinyin;
mod readings;
mod segment;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use fuzzy::distance;
pub(crate) use pinyin::marked_letter;
pub(crate) use readings::readings;

use std::collections::HashSet;
use std::sync::Arc;

use corpus::store::ListedTerm;

use asked::Asked;
use meeting::{Meeting, Met, Tier};
use segment::{Segment, spellings};

/// Once so many spellings have changed, all are put together anew.
const MOST_CHANGED: usize = 4096;

/// How a designation meets what was typed, the best first; [`How::Prefix`] and [`How::PinyinPrefix`] are as good as each
/// other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It is the same, in any spelling that folds alike.
    Exact,
    /// It has the same words and no others, in other forms (`standards`, `standardisation`) or another order.
    SameWords,
    /// It is read so: pinyin, with tones or without.
    Pinyin,
    /// It begins so.
    Prefix,
    /// Its reading begins so.
    PinyinPrefix,
    /// It holds that.
    Substring,
    /// It has these words among others.
    Words,
    /// It is read so when some characters, or all, are said by their initials.
    Initials,
    /// It is almost the same, or has words that are.
    Fuzzy,
}

impl How {
    /// All, the best first.
    pub const ALL: [Self; 9] = [
        Self::Exact,
        Self::SameWords,
        Self::Pinyin,
        Self::Prefix,
        Self::PinyinPrefix,
        Self::Substring,
        Self::Words,
        Self::Initials,
        Self::Fuzzy,
    ];

    /// The name used in the API and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::SameWords => "same_words",
            Self::Pinyin => "pinyin",
            Self::Prefix => "prefix",
            Self::PinyinPrefix => "pinyin_prefix",
            Self::Substring => "substring",
            Self::Words => "words",
            Self::Initials => "initials",
            Self::Fuzzy => "fuzzy",
        }
    }
}

/// A concept that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The concept.
    pub concept: i64,
    /// The designation of it that was met best.
    pub term: i64,
    /// How.
    pub how: How,
}

/// The designations of a termbase, ready to be looked up. Copies share what they can.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    base: Arc<Segment>,
    /// What has changed since the base was made.
    changed: Arc<Segment>,
    /// Concepts of which the base is out of date.
    hidden: HashSet<i64>,
}

impl Lookup {
    /// The designations that are shown.
    pub fn new(terms: &[ListedTerm]) -> Self {
        let base = Segment::new(terms.iter().flat_map(spellings).collect());
        Self { base: Arc::new(base), ..Self::default() }
    }

    /// Puts what is known now of some concepts in place of what was known; designations of other concepts are not
    /// looked at.
    pub fn replace(&mut self, concepts: &[i64], terms: &[ListedTerm]) {
        let concepts: HashSet<i64> = concepts.iter().copied().collect();
        let mut changed: Vec<_> =
            self.changed.spellings().filter(|(entry, _)| !concepts.contains(&entry.concept)).collect();
        changed.extend(terms.iter().filter(|term| concepts.contains(&term.concept)).flat_map(spellings));
        self.hidden.extend(concepts);
        if changed.len() < MOST_CHANGED && self.hidden.len() < MOST_CHANGED {
            self.changed = Arc::new(Segment::new(changed));
            return;
        }
        changed.extend(self.base.spellings().filter(|(entry, _)| !self.hidden.contains(&entry.concept)));
        *self = Self { base: Arc::new(Segment::new(changed)), ..Self::default() };
    }

    /// Concepts with a designation that meets `query` in any way, best first, each once.
    ///
    /// They are ordered by how they are met ([`How`]), then what people reviewed before candidates, those seen more
    /// often first, and the shorter first. Only the first 500 characters of the query are looked at.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Found> {
        let Some(asked) = Asked::new(query) else { return Vec::new() };
        let mut answer = Answer { limit, seen: HashSet::new(), found: Vec::new() };
        let (base, changed) = (Meeting::new(&self.base, &asked), Meeting::new(&self.changed, &asked));
        for tier in Tier::ALL {
            let base = base.tier(tier).filter(|(entry, _)| !self.hidden.contains(&entry.concept));
            answer.take(base, changed.tier(tier));
        }
        answer.found
    }

    /// How many spellings of designations are held.
    pub fn len(&self) -> usize {
        self.base.len() + self.changed.len()
    }

    /// Whether there is nothing to be found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many bytes it takes, without what the allocator adds.
    pub fn bytes(&self) -> usize {
        self.base.bytes() + self.changed.bytes()
    }
}

/// What has been found so far.
struct Answer {
    limit: usize,
    seen: HashSet<i64>,
    found: Vec<Found>,
}

impl Answer {
    /// Adds what is new among designations that are met equally well, of either segment the best first.
    fn take<'e>(&mut self, base: impl Iterator<Item = Met<'e>>, changed: impl Iterator<Item = Met<'e>>) {
        let (mut base, mut changed) = (base.peekable(), changed.peekable());
        while self.found.len() < self.limit {
            let is_base = match (base.peek(), changed.peek()) {
                (Some((one, _)), Some((other, _))) => one.rank <= other.rank,
                (one, _) => one.is_some(),
            };
            let Some((entry, how)) = (if is_base { base.next() } else { changed.next() }) else { return };
            if self.seen.insert(entry.concept) {
                self.found.push(Found { concept: entry.concept, term: entry.rank.term, how });
            }
        }
    }
}
