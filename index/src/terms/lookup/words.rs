//! Which designations have the words that were typed, in other forms or another order.

use std::collections::{BTreeSet, HashMap};

use super::fuzzy::{Shape, distance};
use crate::analysis::is_unspaced;
use crate::terms::key::{is_stop_word, stem, words};

/// Slips are looked for in queries of no more words than so many.
const MOST_WORDS: usize = 8;

/// The stems of English designations, and which have each.
#[derive(Debug, Default)]
pub(super) struct Words {
    stems: HashMap<String, Vec<u32>>,
    /// How many different stems each designation has; 0 for a Chinese one.
    counts: Vec<u16>,
    /// Every word with its stem, to find what a misspelt one may be.
    spelt: Vec<Spelt>,
}

/// A word of a designation.
#[derive(Debug)]
struct Spelt {
    shape: Shape,
    word: Vec<char>,
    stem: String,
}

/// Designations that have all of some words, best first.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct WithWords {
    /// These have no others.
    pub(super) no_more: Vec<u32>,
    /// These have others as well.
    pub(super) among_others: Vec<u32>,
}

impl Words {
    /// `keys` are those of the designations, the best first.
    pub(super) fn new<'k>(keys: impl Iterator<Item = &'k str>) -> Self {
        let mut all = Self::default();
        // A word is stemmed once, however many designations have it.
        let mut known: HashMap<&str, String> = HashMap::new();
        for (id, key) in (0..).zip(keys) {
            let mut of_key: Vec<&String> = Vec::new();
            if !key.contains(is_unspaced) {
                for word in words(key).filter(|word| !is_stop_word(word)) {
                    known.entry(word).or_insert_with(|| stem(word));
                }
                of_key = words(key).filter_map(|word| known.get(word)).collect();
                of_key.sort_unstable();
                of_key.dedup();
            }
            all.counts.push(u16::try_from(of_key.len()).unwrap_or(u16::MAX));
            for stem in of_key {
                match all.stems.get_mut(stem) {
                    Some(with) => with.push(id),
                    None => {
                        all.stems.insert(stem.clone(), vec![id]);
                    }
                }
            }
        }
        let spelt =
            known.into_iter().map(|(word, stem)| Spelt { shape: Shape::of(word), word: word.chars().collect(), stem });
        all.spelt = spelt.collect();
        all
    }

    /// The designations that have all these words, some of which are misspelt, best first.
    pub(super) fn with_all_almost(&self, words: &BTreeSet<String>) -> Vec<u32> {
        if words.is_empty() || words.len() > MOST_WORDS {
            return Vec::new();
        }
        let mut of_words: Vec<Vec<&[u32]>> = words.iter().map(|word| self.with_almost(word)).collect();
        of_words.sort_by_key(|lists| lists.iter().map(|list| list.len()).sum::<usize>());
        let Some((rarest, others)) = of_words.split_first() else { return Vec::new() };
        let has = |lists: &Vec<&[u32]>, id: &u32| lists.iter().any(|list| list.binary_search(id).is_ok());
        let mut ids: Vec<u32> = rarest.iter().copied().flatten().copied().collect();
        ids.retain(|id| others.iter().all(|lists| has(lists, id)));
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The lists of a word, or where no designation has it, of those that it may be a slip of.
    fn with_almost(&self, word: &str) -> Vec<&[u32]> {
        if let Some(ids) = self.stems.get(&stem(word)) {
            return vec![ids];
        }
        let (shape, word) = (Shape::of(word), word.chars().collect::<Vec<char>>());
        let near = self.spelt.iter().filter(|spelt| {
            let forgiven = spelt.shape.forgiven(shape);
            forgiven > 0 && distance(&spelt.word, &word, forgiven).is_some()
        });
        let stems: BTreeSet<&str> = near.map(|spelt| spelt.stem.as_str()).collect();
        stems.into_iter().filter_map(|stem| self.stems.get(stem)).map(Vec::as_slice).collect()
    }

    /// How many bytes it takes, without what the allocator adds.
    pub(super) fn bytes(&self) -> usize {
        let lists: usize = self.stems.iter().map(|(stem, ids)| stem.len() + ids.len() * size_of::<u32>()).sum();
        let spelt: usize =
            self.spelt.iter().map(|spelt| size_of::<Spelt>() + 4 * spelt.word.len() + spelt.stem.len()).sum();
        lists + spelt + self.counts.len() * size_of::<u16>()
    }

    /// The designations with all these stems; none where there are no stems.
    pub(super) fn with_all(&self, stems: &BTreeSet<String>) -> WithWords {
        let mut with = WithWords::default();
        let lists: Option<Vec<&Vec<u32>>> = stems.iter().map(|stem| self.stems.get(stem)).collect();
        let Some(mut lists) = lists else { return with };
        lists.sort_unstable_by_key(|list| list.len());
        let Some((rarest, others)) = lists.split_first() else { return with };
        for &id in *rarest {
            if !others.iter().all(|list| list.binary_search(&id).is_ok()) {
                continue;
            }
            let count = self.counts.get(id as usize).copied().unwrap_or_default();
            let has_more = usize::from(count) > stems.len();
            if has_more { with.among_others.push(id) } else { with.no_more.push(id) }
        }
        with
    }
}

/// The words of a query that say something; none where it is Chinese.
pub(super) fn words_of(key: &str) -> BTreeSet<String> {
    if key.contains(is_unspaced) {
        return BTreeSet::new();
    }
    words(key).filter(|word| !is_stop_word(word)).map(str::to_owned).collect()
}
