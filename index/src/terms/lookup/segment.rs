//! Designations that do not change, in the forms in which they are looked up.
//!
//! They are numbered the best first, so that whatever gives numbers in order gives the best first.

use std::cmp::Reverse;
use std::collections::HashMap;

use corpus::store::ListedTerm;
use corpus::term::Status;
use memchr::memmem::Finder;

use super::asked::Asked;
use super::fuzzy::{MOST_EDITS, Shape, distance};
use super::pinyin::{Sound, first_sounds};
use super::words::{WithWords, Words};
use crate::analysis::is_unspaced;
use crate::terms::key::key;

/// A designation in one of its spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) rank: Rank,
    pub(super) concept: i64,
}

/// What is better of two designations that are met alike is less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    status: u8,
    count: Reverse<u32>,
    length: u32,
    pub(super) term: i64,
}

/// Designations that do not change.
#[derive(Debug, Default)]
pub(super) struct Segment {
    /// The best first.
    entries: Vec<Entry>,
    /// Their keys, a line for each.
    keys: String,
    /// Where each line begins, and where the last ends.
    starts: Vec<usize>,
    /// The numbers in the order of the keys.
    by_key: Vec<u32>,
    shapes: Vec<Shape>,
    words: Words,
    /// The numbers of Chinese designations by the letter or digit that their reading begins with.
    by_sound: HashMap<u8, Vec<u32>>,
}

/// A designation in one of its spellings, with its key.
pub(super) type Spelling = (Entry, String);

/// The spellings of a designation: its text and its variants.
pub(super) fn spellings(term: &ListedTerm) -> Vec<Spelling> {
    let mut keys: Vec<String> = std::iter::once(&term.text).chain(&term.variants).map(|text| key(text)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| !key.is_empty());
    let status = match term.status {
        Status::Preferred => 0,
        Status::Admitted => 1,
        Status::Superseded => 2,
        Status::Deprecated => 3,
        Status::Candidate | Status::Rejected => 4,
    };
    let spelling = |key: String| {
        let length = u32::try_from(key.chars().count()).unwrap_or(u32::MAX);
        let rank = Rank { status, count: Reverse(term.count), length, term: term.term };
        (Entry { rank, concept: term.concept }, key)
    };
    keys.into_iter().map(spelling).collect()
}

impl Segment {
    pub(super) fn new(mut spellings: Vec<Spelling>) -> Self {
        spellings.sort_unstable_by(|(one, a), (other, b)| (one.rank, a).cmp(&(other.rank, b)));
        let mut segment = Self::default();
        for (id, (entry, key)) in (0_u32..).zip(&spellings) {
            segment.entries.push(*entry);
            segment.starts.push(segment.keys.len());
            segment.keys.push_str(key);
            segment.keys.push('\n');
            segment.shapes.push(Shape::of(key));
            segment.by_key.push(id);
            if key.contains(is_unspaced) {
                for sound in first_sounds(key) {
                    segment.by_sound.entry(sound).or_default().push(id);
                }
            }
        }
        segment.starts.push(segment.keys.len());
        let of = |&id: &u32| spellings.get(id as usize).map(|(_, key)| key);
        segment.by_key.sort_by(|one, other| of(one).cmp(&of(other)));
        segment.words = Words::new(spellings.iter().map(|(_, key)| key.as_str()));
        segment
    }

    /// How many spellings there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn entry(&self, id: u32) -> Option<&Entry> {
        self.entries.get(id as usize)
    }

    /// The spellings, to make another segment of.
    pub(super) fn spellings(&self) -> impl Iterator<Item = Spelling> {
        (0..).zip(&self.entries).map(|(id, entry)| (*entry, self.key(id).to_owned()))
    }

    fn key(&self, id: u32) -> &str {
        let start = self.starts.get(id as usize).copied().unwrap_or_default();
        let end = self.starts.get(id as usize + 1).copied().unwrap_or_default();
        self.keys.get(start..end.saturating_sub(1)).unwrap_or_default()
    }

    /// The designations with exactly this key, best first.
    pub(super) fn exact(&self, key: &str) -> &[u32] {
        let from = self.by_key.partition_point(|&id| self.key(id) < key);
        let rest = self.by_key.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|&id| self.key(id) == key)).unwrap_or_default()
    }

    /// The designations that begin so, in the order of their keys.
    pub(super) fn prefix(&self, prefix: &str) -> &[u32] {
        let from = self.by_key.partition_point(|&id| self.key(id) < prefix);
        let rest = self.by_key.get(from..).unwrap_or_default();
        rest.get(..rest.partition_point(|&id| self.key(id).starts_with(prefix))).unwrap_or_default()
    }

    /// The designations that hold this, best first, found as they are asked for.
    pub(super) fn substring(&self, part: &str) -> impl Iterator<Item = u32> {
        let finder = Finder::new(part).into_owned();
        let mut from = 0;
        std::iter::from_fn(move || {
            let at = from + finder.find(self.keys.as_bytes().get(from..)?)?;
            let next = self.starts.partition_point(|&start| start <= at);
            from = self.starts.get(next).copied()?;
            u32::try_from(next.checked_sub(1)?).ok()
        })
    }

    pub(super) fn with_words(&self, asked: &Asked) -> WithWords {
        self.words.with_all(&asked.stems)
    }

    /// The designations that have the words but for slips in some.
    pub(super) fn with_words_almost(&self, asked: &Asked) -> Vec<u32> {
        self.words.with_all_almost(&asked.words)
    }

    /// The designations that are read so, best first for each way.
    pub(super) fn by_sound(&self, asked: &Asked) -> Vec<(u32, Sound)> {
        let Some(spoken) = &asked.spoken else { return Vec::new() };
        let begin_so = self.by_sound.get(&spoken.first()).map(Vec::as_slice).unwrap_or_default();
        begin_so.iter().filter_map(|&id| Some((id, spoken.met_by(self.key(id))?))).collect()
    }

    /// The designations that are the same but for an edit, and but for two.
    pub(super) fn almost(&self, asked: &Asked) -> [Vec<u32>; MOST_EDITS] {
        let mut almost = <[Vec<u32>; MOST_EDITS]>::default();
        let query: Vec<char> = asked.key.chars().collect();
        let mut chars: Vec<char> = Vec::new();
        for (id, shape) in (0..).zip(&self.shapes) {
            let forgiven = shape.forgiven(asked.shape);
            if forgiven == 0 {
                continue;
            }
            chars.clear();
            chars.extend(self.key(id).chars());
            let edits = distance(&query, &chars, forgiven);
            if let Some(ids) = edits.and_then(|edits| almost.get_mut(edits.checked_sub(1)?)) {
                ids.push(id);
            }
        }
        almost
    }

    /// How many bytes it takes, without what the allocator adds.
    pub(super) fn bytes(&self) -> usize {
        let entries = self.entries.len() * size_of::<Entry>() + self.shapes.len() * size_of::<Shape>();
        let order = self.starts.len() * size_of::<usize>() + self.by_key.len() * size_of::<u32>();
        let sounds: usize = self.by_sound.values().map(|ids| ids.len() * size_of::<u32>()).sum();
        entries + order + sounds + self.keys.len() + self.words.bytes()
    }
}
