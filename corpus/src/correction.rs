//! Beads that readers made, found again in a reading of their documents.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::bitext::{Bead, MadeBy};
use crate::text::normalise::normal_form;

/// A bead that a reader made, by its sentences as they were written then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// The row's number in the store.
    pub id: i64,
    /// The Chinese sentences, which follow one another; none where the English has no counterpart.
    pub zh: Vec<String>,
    /// The English sentences likewise.
    pub en: Vec<String>,
    /// The index in its document at which the first Chinese sentence was found last.
    pub zh_at: Option<usize>,
    /// The index in its document at which the first English sentence was found last.
    pub en_at: Option<usize>,
    /// When it was made, in RFC 3339.
    pub made: String,
    /// The bead in the documents as they read now; `None` where a sentence of it is not to be found any more.
    pub bead: Option<Bead>,
}

/// The sentences of one side that are aligned, in order, with their indexes in the document.
#[derive(Debug, Default)]
pub struct Aligned {
    sentences: Vec<(usize, String)>,
    folded: OnceCell<Vec<String>>,
}

impl Aligned {
    /// Sentences with their indexes in the document, ascending.
    pub fn new(sentences: Vec<(usize, String)>) -> Self {
        Self { sentences, folded: OnceCell::new() }
    }

    /// Whether the sentences of those indexes are aligned and follow one another.
    pub fn is_run(&self, indexes: &[usize]) -> bool {
        let Some(first) = indexes.first() else { return true };
        let at = self.sentences.partition_point(|(index, _)| index < first);
        let run = self.sentences.iter().skip(at).take(indexes.len()).map(|(index, _)| index);
        run.eq(indexes)
    }

    /// The text of the sentence of that index.
    pub fn text(&self, index: usize) -> Option<&str> {
        let at = self.sentences.binary_search_by_key(&index, |(index, _)| *index).ok()?;
        Some(self.sentences.get(at)?.1.as_str())
    }

    /// Where these texts follow one another, as they are written or else in another spelling, among sentences that are
    /// not taken: of several places the one nearest to `near`.
    fn find(&self, texts: &[String], near: Option<usize>, taken: &BTreeSet<usize>) -> Option<Vec<usize>> {
        if texts.is_empty() {
            return Some(Vec::new());
        }
        let written: Vec<&str> = self.sentences.iter().map(|(_, text)| text.as_str()).collect();
        let sought: Vec<&str> = texts.iter().map(String::as_str).collect();
        self.nearest(&written, &sought, near, taken).or_else(|| {
            let folded = self.folded.get_or_init(|| written.iter().map(|text| fold(text)).collect());
            let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
            let sought: Vec<String> = texts.iter().map(|text| fold(text)).collect();
            let sought: Vec<&str> = sought.iter().map(String::as_str).collect();
            self.nearest(&folded, &sought, near, taken)
        })
    }

    fn nearest(
        &self,
        all: &[&str],
        sought: &[&str],
        near: Option<usize>,
        taken: &BTreeSet<usize>,
    ) -> Option<Vec<usize>> {
        let places = all.windows(sought.len()).enumerate().filter(|(_, window)| *window == sought);
        let runs = places.map(|(at, window)| {
            let run = self.sentences.iter().skip(at).take(window.len());
            run.map(|(index, _)| *index).collect::<Vec<usize>>()
        });
        let free = runs.filter(|run| !run.iter().any(|index| taken.contains(index)));
        free.min_by_key(|run| run.first().map_or(0, |first| first.abs_diff(near.unwrap_or(0))))
    }
}

/// A sentence without what differs between two readings of one page: spaces, widths, kinds of quotation marks.
fn fold(text: &str) -> String {
    normal_form(text).split_whitespace().collect()
}

/// Finds the beads of corrections in the sentences as they read now. No sentence is given to two: the correction that
/// was made last has it.
pub fn find_corrections(corrections: &mut [Correction], zh: &Aligned, en: &Aligned) {
    let (mut zh_taken, mut en_taken) = (BTreeSet::new(), BTreeSet::new());
    for correction in corrections.iter_mut().rev() {
        let zh_found = zh.find(&correction.zh, correction.zh_at, &zh_taken);
        let en_found = en.find(&correction.en, correction.en_at, &en_taken);
        correction.bead = zh_found.zip(en_found).map(|(zh, en)| reader_bead(zh, en));
        if let Some(bead) = &correction.bead {
            zh_taken.extend(&bead.zh);
            en_taken.extend(&bead.en);
        }
    }
}

/// A bead as a reader makes it: sure, unless it says that there is no counterpart.
pub fn reader_bead(zh: Vec<usize>, en: Vec<usize>) -> Bead {
    let score = if zh.is_empty() || en.is_empty() { 0.0 } else { 1.0 };
    Bead { zh, en, score, made_by: MadeBy::Reader }
}

/// The beads after a reader has set some of them, in order, each with the place among `beads` that it has from there
/// unchanged.
///
/// What is left of a bead that loses sentences stays together, unless they do not follow one another any more: then
/// each run stands alone. So every sentence is in one bead, as before.
pub fn corrected(beads: &[Bead], given: &[Bead]) -> Vec<(Bead, Option<usize>)> {
    let zh: BTreeSet<usize> = given.iter().flat_map(|bead| bead.zh.iter().copied()).collect();
    let en: BTreeSet<usize> = given.iter().flat_map(|bead| bead.en.iter().copied()).collect();
    let mut all: Vec<(Bead, Option<usize>)> = Vec::new();
    for (at, bead) in beads.iter().enumerate() {
        let loses = bead.zh.iter().any(|index| zh.contains(index)) || bead.en.iter().any(|index| en.contains(index));
        if loses {
            all.extend(left_of(bead, &zh, &en).into_iter().map(|bead| (bead, None)));
        } else {
            all.push((bead.clone(), Some(at)));
        }
    }
    let made = given.iter().filter(|bead| !bead.zh.is_empty() || !bead.en.is_empty());
    all.extend(made.map(|bead| (reader_bead(bead.zh.clone(), bead.en.clone()), None)));
    in_order(all)
}

fn left_of(bead: &Bead, zh_gone: &BTreeSet<usize>, en_gone: &BTreeSet<usize>) -> Vec<Bead> {
    let zh = runs(bead.zh.iter().copied().filter(|index| !zh_gone.contains(index)));
    let en = runs(bead.en.iter().copied().filter(|index| !en_gone.contains(index)));
    let left = |zh: Vec<usize>, en: Vec<usize>, score| Bead { zh, en, score, made_by: MadeBy::Aligner };
    match (zh.as_slice(), en.as_slice()) {
        ([zh], [en]) => vec![left(zh.clone(), en.clone(), bead.score)],
        _ => {
            let zh = zh.into_iter().map(|run| left(run, Vec::new(), 0.0));
            zh.chain(en.into_iter().map(|run| left(Vec::new(), run, 0.0))).collect()
        }
    }
}

/// Indexes in runs without gaps.
fn runs(indexes: impl Iterator<Item = usize>) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for index in indexes {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last + 1 == index) => run.push(index),
            _ => runs.push(vec![index]),
        }
    }
    runs
}

/// Beads in the order of the Chinese side, those without Chinese after the bead with the English sentence before them.
fn in_order(all: Vec<(Bead, Option<usize>)>) -> Vec<(Bead, Option<usize>)> {
    let (mut ordered, mut alone): (Vec<_>, Vec<_>) = all.into_iter().partition(|(bead, _)| !bead.zh.is_empty());
    ordered.sort_by(|a, b| a.0.zh.cmp(&b.0.zh));
    alone.sort_by(|a, b| a.0.en.cmp(&b.0.en));
    for (bead, place) in alone {
        let first = bead.en.first().copied().unwrap_or_default();
        let before = ordered.iter().enumerate().filter_map(|(at, (other, _))| {
            let last = other.en.iter().copied().filter(|index| *index < first).max()?;
            Some((last, at + 1))
        });
        let at = before.max().map_or(0, |(_, at)| at);
        ordered.insert(at, (bead, place));
    }
    ordered
}

#[cfg(test)]
mod tests;
