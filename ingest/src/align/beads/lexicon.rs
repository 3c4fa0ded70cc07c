//! Translation probabilities: the dictionary as prior, and IBM model 1 (Brown et al. 1993) trained on the pair itself.

use crate::align::{Dictionary, Knowledge, side::Side};

/// Probabilities of words given a word of the other language, sparse.
#[derive(Clone, Default)]
pub(crate) struct Table {
    /// For each source word, target words in order of id with their probability.
    pub(crate) rows: Vec<Vec<(u32, f32)>>,
}

/// For each Chinese word, English words in order of id with a weight.
type PriorRows = Vec<Vec<(u32, f32)>>;

/// Probabilities in both directions.
#[derive(Clone, Default)]
pub(crate) struct Lexicon {
    /// Of English words given a Chinese word.
    pub(crate) forward: Table,
    /// Of Chinese words given an English word.
    pub(crate) backward: Table,
}

/// How many observations the dictionary is worth when the pair itself is counted.
const PRIOR_STRENGTH: f32 = 2.0;
/// Taken off every count: a word pair met once says nothing but that the aligner put it there.
const DISCOUNT: f32 = 0.5;
/// The share of a word that the empty word explains while training.
const NULL_SHARE: f32 = 0.2;
/// Rounds of expectation and maximisation.
const ROUNDS: usize = 2;
/// Beads of more words than this on a side teach little and cost much.
const LONGEST_BEAD: usize = 200;

/// How many observations the dictionary is worth where other bitexts have been counted too.
const DICTIONARY_STRENGTH: f32 = 2.0;

/// Source words, target words, and how many times they count.
type Counted<'a> = (&'a [u32], &'a [u32], f32);

/// The words of a bead of both sides, and how likely the bead is.
pub(crate) struct BeadWords {
    /// Chinese words.
    pub(crate) zh: Vec<u32>,
    /// English words.
    pub(crate) en: Vec<u32>,
    /// From 0 to 1.
    pub(crate) weight: f32,
}

impl Table {
    /// Target words in order of id with their probability given a source word.
    pub(crate) fn row(&self, source: u32) -> &[(u32, f32)] {
        self.rows.get(source as usize).map_or(&[], Vec::as_slice)
    }

    /// The probability of a target word given a source word.
    pub(crate) fn get(&self, source: u32, target: u32) -> f32 {
        let Some(row) = self.rows.get(source as usize) else { return 0.0 };
        row.binary_search_by_key(&target, |&(word, _)| word).ok().and_then(|at| row.get(at)).map_or(0.0, |&(_, p)| p)
    }

    /// The same entries with source and target exchanged; values stay.
    pub(crate) fn transposed(&self, targets: usize) -> Self {
        let mut rows = vec![Vec::new(); targets];
        for (source, row) in self.rows.iter().enumerate() {
            for &(target, p) in row {
                if let Some(back) = rows.get_mut(target as usize) {
                    back.push((source as u32, p));
                }
            }
        }
        Self { rows }
    }

    fn normalised(mut self) -> Self {
        for row in &mut self.rows {
            let total: f32 = row.iter().map(|&(_, p)| p).sum();
            if total > 0.0 {
                row.iter_mut().for_each(|(_, p)| *p /= total);
            }
        }
        self
    }
}

impl Lexicon {
    /// What the dictionary says of the words of both sides, and what other bitexts taught.
    pub(crate) fn prior(zh: &Side, en: &Side, knowledge: Knowledge<'_>) -> Self {
        Self::from_rows(zh.words.iter().map(|word| known_row(word, en, knowledge)).collect(), zh, en)
    }

    /// From weights of English words for each Chinese word.
    fn from_rows(rows: PriorRows, zh: &Side, en: &Side) -> Self {
        let forward = Table { rows };
        let mut weighted = forward.transposed(en.words.len());
        for row in &mut weighted.rows {
            row.iter_mut().for_each(|(source, p)| *p *= zh.share.get(*source as usize).copied().unwrap_or(0.0));
        }
        Self { forward: forward.normalised(), backward: weighted.normalised() }
    }

    /// IBM model 1 in both directions on beads, each counted as often as it is likely, with `prior` as pseudo-counts.
    pub(crate) fn train(prior: &Self, beads: &[BeadWords], zh: &Side, en: &Side) -> Self {
        let pairs: Vec<Counted<'_>> = beads.iter().map(|bead| (&bead.zh[..], &bead.en[..], bead.weight)).collect();
        let swapped: Vec<Counted<'_>> = pairs.iter().map(|&(zh, en, weight)| (en, zh, weight)).collect();
        Self {
            forward: train(&prior.forward, &pairs, &en.share),
            backward: train(&prior.backward, &swapped, &zh.share),
        }
    }
}

/// The row of the dictionary for a Chinese word, with what other bitexts counted.
fn known_row(word: &str, en: &Side, knowledge: Knowledge<'_>) -> Vec<(u32, f32)> {
    let row = prior_row(word, en, knowledge.dictionary);
    let learned = knowledge.learned.renderings(word);
    if learned.is_empty() {
        return row;
    }
    let total: f32 = row.iter().map(|&(_, weight)| weight).sum();
    let factor = DICTIONARY_STRENGTH / total.max(f32::MIN_POSITIVE);
    let learned = learned.iter().filter_map(|(stem, count)| Some((en.id(stem)?, count.max(0.0))));
    summed(row.into_iter().map(|(id, weight)| (id, factor * weight)).chain(learned).collect())
}

/// The words of the English side that the dictionary, or the word's own form, gives for a Chinese word.
fn prior_row(word: &str, en: &Side, dictionary: &Dictionary) -> Vec<(u32, f32)> {
    let mut row: Vec<(u32, f32)> = en.id(word).map(|id| (id, 1.0)).into_iter().collect();
    add_renderings(word, 1.0, en, dictionary, &mut row);
    if row.is_empty() {
        for part in halves(word) {
            add_renderings(part, 0.5, en, dictionary, &mut row);
        }
    }
    summed(row)
}

/// A row in order of id, with the weights of a word that stands in it twice added up.
fn summed(mut row: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    row.sort_by_key(|&(target, _)| target);
    row.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            first.1 += later.1;
        }
        same
    });
    row
}

fn add_renderings(word: &str, weight: f32, en: &Side, dictionary: &Dictionary, row: &mut Vec<(u32, f32)>) {
    let renderings = dictionary.renderings(word);
    row.extend(renderings.into_iter().filter_map(|(stem, share)| Some((en.id(&stem)?, share * weight))));
}

/// The two halves of a word of two to four characters: the parts of a compound that the dictionary renders otherwise.
fn halves(word: &str) -> Vec<&str> {
    let middle = word.chars().count().div_ceil(2);
    if !(2..=4).contains(&word.chars().count()) {
        return Vec::new();
    }
    let at = word.char_indices().nth(middle).map_or(word.len(), |(at, _)| at);
    let (head, tail) = word.split_at(at);
    [head, tail].into_iter().filter(|part| !part.is_empty()).collect()
}

fn train(prior: &Table, pairs: &[Counted<'_>], share: &[f32]) -> Table {
    let pairs: Vec<Counted<'_>> = pairs
        .iter()
        .copied()
        .filter(|(source, target, _)| source.len().max(target.len()) <= LONGEST_BEAD && !source.is_empty())
        .collect();
    let mut table = start(prior, &pairs, share);
    for _ in 0..ROUNDS {
        let counts = expected(&table, &pairs, share);
        table = maximised(counts, prior);
    }
    table
}

/// The table before training: every pair of words that meet, by the prior and by how common the target is.
fn start(prior: &Table, pairs: &[Counted<'_>], share: &[f32]) -> Table {
    let mut rows: Vec<Vec<(u32, f32)>> = prior.rows.iter().map(|_| Vec::new()).collect();
    for &(source, target, _) in pairs {
        for &word in source {
            if let Some(row) = rows.get_mut(word as usize) {
                row.extend(target.iter().map(|&target| (target, 0.0)));
            }
        }
    }
    for (source, row) in rows.iter_mut().enumerate() {
        row.sort_unstable_by_key(|&(target, _)| target);
        row.dedup_by_key(|&mut (target, _)| target);
        for (target, p) in row.iter_mut() {
            let known = prior.get(source as u32, *target);
            *p = 0.5 * known + 0.5 * share.get(*target as usize).copied().unwrap_or(0.0);
        }
    }
    Table { rows }
}

fn expected(table: &Table, pairs: &[Counted<'_>], share: &[f32]) -> Table {
    let mut counts =
        Table { rows: table.rows.iter().map(|row| row.iter().map(|&(t, _)| (t, 0.0)).collect()).collect() };
    let mut places: Vec<(usize, usize, f32)> = Vec::new();
    for &(source, target, weight) in pairs {
        let null = NULL_SHARE / (1.0 - NULL_SHARE) * source.len() as f32;
        for &word in target {
            places.clear();
            let mut total = null * share.get(word as usize).copied().unwrap_or(0.0);
            for &from in source {
                let Some(row) = table.rows.get(from as usize) else { continue };
                let Ok(at) = row.binary_search_by_key(&word, |&(target, _)| target) else { continue };
                let p = row.get(at).map_or(0.0, |&(_, p)| p);
                total += p;
                places.push((from as usize, at, p));
            }
            for &(from, at, p) in &places {
                if let Some(entry) = counts.rows.get_mut(from).and_then(|row| row.get_mut(at)) {
                    entry.1 += weight * p / total.max(f32::MIN_POSITIVE);
                }
            }
        }
    }
    counts
}

fn maximised(mut counts: Table, prior: &Table) -> Table {
    for (source, row) in counts.rows.iter_mut().enumerate() {
        let total: f32 = row.iter().map(|&(_, count)| count).sum::<f32>() + PRIOR_STRENGTH;
        for (target, p) in row.iter_mut() {
            let known = prior.get(source as u32, *target);
            *p = ((*p - DISCOUNT).max(0.0) + PRIOR_STRENGTH * known) / total;
        }
        // Words that the prior gives but that never met stay possible: the next alignment may bring them together.
        let Some(known) = prior.rows.get(source) else { continue };
        let unmet: Vec<(u32, f32)> = known
            .iter()
            .filter(|(target, _)| row.binary_search_by_key(target, |&(t, _)| t).is_err())
            .copied()
            .collect();
        row.extend(unmet.into_iter().map(|(target, p)| (target, PRIOR_STRENGTH * p / total)));
        row.sort_unstable_by_key(|&(target, _)| target);
    }
    counts
}
