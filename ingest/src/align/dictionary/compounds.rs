//! What the vocabulary teaches of the parts of its compounds: IBM model 1 (Brown et al. 1993) with the vocabulary as
//! bitext.
//!
//! 算力网络 "computing power network" and 算力调度 "scheduling of computing power" have 算 and 力 rendered by computing
//! and power, of which no dictionary of words knows anything: 网络 and 调度 account for the rest.

use std::collections::{BTreeMap, HashMap};

use super::{Dictionary, Headword, english_words, is_english_stop, weighed};
use crate::align::stop::is_chinese_stop;

/// For each part the stems that rendered it in compounds, with expected counts.
#[derive(Default)]
pub(super) struct Compounds {
    stems: Vec<String>,
    rows: HashMap<String, Vec<(u32, f32)>>,
}

/// Rounds of expectation and maximisation.
const ROUNDS: usize = 2;
/// The part of a stem that the empty word takes.
const NOTHING: f32 = 1e-3;
/// Counts below this are left out.
const LEAST: f32 = 0.01;

/// A compound and one of its renderings: numbers of parts and of stems.
struct Pair {
    parts: Vec<u32>,
    stems: Vec<u32>,
    weight: f32,
}

/// For each part, stems with probabilities or counts. Sums run in the order of ids, so they are the same everywhere.
type Rows = Vec<BTreeMap<u32, f32>>;

impl Compounds {
    /// Reads the compounds of a dictionary's vocabulary.
    pub(super) fn learn(dictionary: &Dictionary) -> Self {
        let (mut parts, mut stems) = (Ids::default(), Ids::default());
        let entries = dictionary.vocabulary.entries();
        let pairs: Vec<Pair> =
            entries.iter().flat_map(|entry| pairs(entry, dictionary, &mut parts, &mut stems)).collect();
        let mut rows = start(&pairs, parts.words.len());
        for (part, row) in parts.words.iter().zip(&mut rows) {
            let listed = dictionary.listed(part);
            let known = listed.iter().filter_map(|(stem, share)| Some((*stems.ids.get(stem)?, share)));
            known.for_each(|(stem, share)| *row.entry(stem).or_default() += share);
        }
        let counts = trained(rows, &pairs);
        let kept = |row: BTreeMap<u32, f32>| row.into_iter().filter(|&(_, count)| count >= LEAST).collect();
        Self { stems: stems.words, rows: parts.words.into_iter().zip(counts.into_iter().map(kept)).collect() }
    }

    /// The stems that rendered a word in compounds, with expected counts.
    pub(super) fn renderings(&self, word: &str) -> Vec<(&str, f32)> {
        let row = self.rows.get(word).map_or(&[][..], Vec::as_slice);
        row.iter().filter_map(|&(stem, count)| Some((self.stems.get(stem as usize)?.as_str(), count))).collect()
    }
}

/// Words numbered in order of first mention.
#[derive(Default)]
struct Ids {
    words: Vec<String>,
    ids: HashMap<String, u32>,
}

impl Ids {
    fn id(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.to_owned());
        self.ids.insert(word.to_owned(), id);
        id
    }
}

/// A headword with each of its renderings.
fn pairs(entry: &Headword, dictionary: &Dictionary, parts: &mut Ids, stems: &mut Ids) -> Vec<Pair> {
    let cut = dictionary.cut(entry.zh).into_iter().flat_map(|word| dictionary.parts(word));
    let cut: Vec<u32> = cut.filter(|part| !is_chinese_stop(part)).map(|part| parts.id(part)).collect();
    let total: f32 = weighed(entry).map(|(_, weight)| weight).sum();
    let mut pair = |(text, weight): (&str, f32)| {
        let words = english_words(text).filter(|word| !is_english_stop(word));
        let stems = words.map(|word| stems.id(&dictionary.stem(&word))).collect();
        Pair { parts: cut.clone(), stems, weight: weight / total }
    };
    weighed(entry).map(&mut pair).collect()
}

/// Every stem of a compound is any part's alike.
fn start(pairs: &[Pair], parts: usize) -> Rows {
    let mut rows = vec![BTreeMap::new(); parts];
    for pair in pairs {
        for (&part, &stem) in pair.parts.iter().flat_map(|part| pair.stems.iter().map(move |stem| (part, stem))) {
            if let Some(row) = rows.get_mut(part as usize) {
                *row.entry(stem).or_default() += pair.weight / pair.parts.len() as f32;
            }
        }
    }
    normalised(rows)
}

fn trained(mut rows: Rows, pairs: &[Pair]) -> Rows {
    for _ in 1..ROUNDS {
        rows = normalised(expected(&rows, pairs));
    }
    expected(&rows, pairs)
}

fn expected(rows: &Rows, pairs: &[Pair]) -> Rows {
    let mut counts = vec![BTreeMap::new(); rows.len()];
    let get = |part: u32, stem: u32| rows.get(part as usize).and_then(|row| row.get(&stem)).copied().unwrap_or(0.0);
    for pair in pairs {
        for &stem in &pair.stems {
            let total: f32 = NOTHING + pair.parts.iter().map(|&part| get(part, stem)).sum::<f32>();
            for &part in &pair.parts {
                if let Some(row) = counts.get_mut(part as usize) {
                    *row.entry(stem).or_default() += pair.weight * get(part, stem) / total;
                }
            }
        }
    }
    counts
}

fn normalised(mut rows: Rows) -> Rows {
    for row in &mut rows {
        let total: f32 = row.values().sum();
        if total > 0.0 {
            row.values_mut().for_each(|count| *count /= total);
        }
    }
    rows
}
