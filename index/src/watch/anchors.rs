//! From what a document holds to the watches that are worth a look.
//!
//! An anchor is a run of tokens, the beginning of a word, or a fact. Each beginning of an anchor is a key in one
//! table, so that from each token of a document the anchors that begin there are followed as far as there are any:
//! the trie of Aho and Corasick (1975) without the links for failure, which matter little where anchors are a few
//! tokens long. In return an anchor comes and goes without anything being built again. Two runs may share a key by
//! chance: that costs a look at a watch, since an anchor only makes a candidate.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::vocabulary::{END, TokenId, UNKNOWN};
use crate::query::Field;

/// So many tokens of an anchor are followed.
const MOST_TOKENS: usize = 12;
/// The list of a key at which no anchor ends.
const NO_LIST: u32 = u32::MAX;

/// The keys of an anchor, the last of which is its own.
pub(super) type Path = Box<[u64]>;

/// The number of a watch in a [`super::Matcher`].
pub(super) type Slot = u32;

/// Anchors with their watches.
#[derive(Default)]
pub(super) struct Anchors {
    keys: HashMap<u64, Key, BuildHasherDefault<Mixed>>,
    /// The watches of the anchors that end at a key.
    lists: Vec<Vec<Slot>>,
    free: Vec<u32>,
    /// How many anchors are facts of each field, in the order of [`Field::ALL`].
    facts: [usize; Field::ALL.len()],
    /// How many anchors are beginnings of words of each length, in bytes.
    prefixes: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Key {
    /// How many watches have it in a path.
    uses: u32,
    list: u32,
}

/// What an anchor is and where it is looked for.
#[derive(Debug)]
pub(super) struct Anchor {
    pub(super) place: Place,
    pub(super) path: Path,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Fact(Field),
    /// The beginning of a word, of so many bytes.
    Prefix(usize),
}

impl Anchor {
    /// A run in the text, or in a fact whose values are met by their parts.
    pub(super) fn run(place: Place, run: &[TokenId]) -> Self {
        let mut state = start(place);
        let keys = run.iter().take(MOST_TOKENS).map(|&id| {
            state = mix(state, u64::from(id));
            state
        });
        // The first token alone is a key only where it is all: nearly every Chinese character begins some anchor.
        let path = keys.skip(usize::from(run.len() > 1)).collect();
        Self { place, path }
    }

    /// A string: the beginning of a word, or a fact whose values are met whole.
    pub(super) fn string(place: Place, text: &str) -> Self {
        Self { place, path: [text.bytes().fold(start(place), |state, byte| mix(state, u64::from(byte)))].into() }
    }
}

impl Anchors {
    pub(super) fn insert(&mut self, anchor: &Anchor, slot: Slot) {
        let Some(own) = anchor.path.last() else { return };
        for &key in &anchor.path {
            let entry = self.keys.entry(key).or_insert(Key { uses: 0, list: NO_LIST });
            entry.uses = entry.uses.saturating_add(1);
        }
        let Some(key) = self.keys.get_mut(own) else { return };
        if key.list == NO_LIST {
            key.list = self.free.pop().unwrap_or_else(|| {
                self.lists.push(Vec::with_capacity(1));
                u32::try_from(self.lists.len() - 1).unwrap_or(NO_LIST)
            });
        }
        if let Some(list) = self.lists.get_mut(key.list as usize) {
            list.push(slot);
        }
        self.count(anchor.place, |count| count.saturating_add(1));
    }

    pub(super) fn remove(&mut self, anchor: &Anchor, slot: Slot) {
        let Some(own) = anchor.path.last() else { return };
        if let Some(key) = self.keys.get_mut(own)
            && let Some(list) = self.lists.get_mut(key.list as usize)
        {
            if let Some(at) = list.iter().position(|&other| other == slot) {
                list.swap_remove(at);
            }
            if list.is_empty() {
                list.shrink_to_fit();
                self.free.push(std::mem::replace(&mut key.list, NO_LIST));
            }
        }
        for key in &anchor.path {
            let Some(entry) = self.keys.get_mut(key) else { continue };
            entry.uses = entry.uses.saturating_sub(1);
            if entry.uses == 0 {
                self.keys.remove(key);
            }
        }
        self.count(anchor.place, |count| count.saturating_sub(1));
    }

    fn count(&mut self, place: Place, change: impl Fn(usize) -> usize) {
        let count = match place {
            Place::Text => return,
            Place::Fact(field) => self.facts.get_mut(field_number(field)),
            Place::Prefix(length) => {
                if self.prefixes.len() <= length {
                    self.prefixes.resize(length + 1, 0);
                }
                self.prefixes.get_mut(length)
            }
        };
        if let Some(count) = count {
            *count = change(*count);
        }
    }

    /// How many keys, and watches behind them, there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.keys.len() + self.lists.iter().map(Vec::len).sum::<usize>()
    }

    /// Whether any anchor is a fact of this field.
    pub(super) fn has_facts(&self, field: Field) -> bool {
        self.facts.get(field_number(field)).is_some_and(|&count| count > 0)
    }

    /// Whether any anchor is the beginning of a word.
    pub(super) fn has_prefixes(&self) -> bool {
        self.prefixes.iter().any(|&count| count > 0)
    }

    /// Notes the anchors in a run.
    pub(super) fn find_runs(&self, place: Place, run: &[TokenId], hits: &mut Hits) {
        let start = start(place);
        for at in 0..run.len() {
            let mut state = start;
            for (index, &id) in run.iter().skip(at).take(MOST_TOKENS).enumerate() {
                if id == END || id == UNKNOWN {
                    break;
                }
                state = mix(state, u64::from(id));
                match self.keys.get(&state) {
                    Some(key) => hits.note(key),
                    None if index > 0 => break,
                    None => {}
                }
            }
        }
    }

    /// Notes the anchors that a word begins with.
    pub(super) fn find_prefixes(&self, word: &str, hits: &mut Hits) {
        let mut state = start(Place::Prefix(0));
        for (byte, &count) in word.bytes().zip(self.prefixes.iter().skip(1)) {
            state = mix(state, u64::from(byte));
            if count > 0 {
                self.keys.get(&state).into_iter().for_each(|key| hits.note(key));
            }
        }
    }

    /// Notes the anchors that are this value of a fact.
    pub(super) fn find_value(&self, field: Field, value: &str, hits: &mut Hits) {
        let anchor = Anchor::string(Place::Fact(field), value);
        let key = anchor.path.last().and_then(|key| self.keys.get(key));
        key.into_iter().for_each(|key| hits.note(key));
    }

    /// The watches of what was noted, ascending.
    pub(super) fn candidates(&self, mut hits: Hits, unanchored: &[Slot]) -> Vec<Slot> {
        hits.lists.sort_unstable();
        hits.lists.dedup();
        let lists = hits.lists.iter().filter_map(|&list| self.lists.get(list as usize));
        let mut candidates: Vec<Slot> = lists.flatten().chain(unanchored).copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}

/// The lists of the anchors that a document holds.
#[derive(Default)]
pub(super) struct Hits {
    lists: Vec<u32>,
}

impl Hits {
    fn note(&mut self, key: &Key) {
        if key.list != NO_LIST {
            self.lists.push(key.list);
        }
    }
}

fn field_number(field: Field) -> usize {
    Field::ALL.iter().position(|&other| other == field).unwrap_or(0)
}

/// What keys are made from before the first token or byte: other ones for each place.
fn start(place: Place) -> u64 {
    match place {
        Place::Text => mix(1, 0),
        Place::Prefix(_) => mix(2, 0),
        Place::Fact(field) => mix(3, field_number(field) as u64),
    }
}

/// A step of a hash whose states are spread over all bits (a multiplication by the golden ratio, folded).
fn mix(state: u64, value: u64) -> u64 {
    let product = (state ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    product ^ (product >> 29)
}

/// Takes keys, which are hashes, as they are.
#[derive(Default)]
struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |state, &byte| mix(state, u64::from(byte)));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
