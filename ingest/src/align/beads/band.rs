//! Which sentences may correspond: a band about a chain of anchors, so that long documents stay cheap.

use super::{lexicon::Table, path::Step};
use crate::align::side::Side;

/// For each count of Chinese sentences taken, the range of counts of English sentences taken that is searched.
pub(crate) struct Band {
    /// Inclusive ranges, both ends not falling; the first begins at 0 and the last ends at the English count.
    pub(crate) rows: Vec<(usize, usize)>,
    /// Cells that every path goes through, both indexes not falling: beads across them are kept out by the sides'
    /// rooms, and cells that are behind one pin and before the next by the rows.
    pins: Vec<Pin>,
}

/// So many Chinese and English sentences taken.
pub(crate) type Pin = (usize, usize);

/// How far from an anchor the search goes on every side, in sentences.
const MARGIN: usize = 12;
/// How far from likely beads the search goes once they are known, in sentences.
const CLOSE: usize = 3;
/// Words in more sentences than this anchor nothing.
const COMMON: u32 = 12;
/// The best partners kept for a Chinese sentence.
const PARTNERS: usize = 4;
/// How many cells are searched at most; a band that would be wider is narrowed about the diagonal of its gap.
const MOST_CELLS: usize = 300_000;

/// A Chinese and an English sentence that share rare words.
#[derive(Clone, Copy)]
struct Anchor {
    zh: usize,
    en: usize,
    weight: f32,
}

impl Band {
    /// The band for two sides, by the words that `forward` relates. Every path goes through `pins`, of which both
    /// indexes must not fall.
    pub(crate) fn new(zh: &Side, en: &Side, forward: &Table, pins: &[Pin]) -> Self {
        let (n, m) = (zh.len(), en.len());
        let agrees =
            |a: &Anchor| pins.iter().all(|pin| (a.zh < pin.0 && a.en < pin.1) || (a.zh >= pin.0 && a.en >= pin.1));
        let chain = supported(&heaviest_chain(&anchors(zh, en, forward), en.len()));
        let mut ends: Vec<Pin> =
            chain.iter().filter(|anchor| agrees(anchor)).map(|anchor| (anchor.zh, anchor.en)).collect();
        ends.extend(pins.iter().copied().chain([(0, 0), (n, m)]));
        ends.sort_unstable();
        let half = (MOST_CELLS / (n + 1)).max(2 * MARGIN) / 2;
        let mut rows = vec![(m, 0); n + 1];
        for (from, to) in ends.iter().zip(ends.iter().skip(1)) {
            widen(&mut rows, *from, *to, m, half);
        }
        let mut band = Self { rows, pins: pins.to_vec() };
        band.smooth(m);
        band
    }

    /// The part of the band about beads that are likely.
    pub(crate) fn narrowed(&self, likely: &[Step], en_count: usize) -> Self {
        let mut rows: Vec<Option<Pin>> = vec![None; self.rows.len()];
        for step in likely {
            let (low, high) = (step.en.start.saturating_sub(CLOSE), step.en.end + CLOSE);
            let first = step.zh.start.saturating_sub(CLOSE);
            for row in rows.iter_mut().take(step.zh.end + CLOSE + 1).skip(first) {
                *row = Some(row.map_or((low, high), |(l, h)| (l.min(low), h.max(high))));
            }
        }
        let inside =
            |(row, old): (Option<Pin>, &Pin)| row.map_or(*old, |(low, high)| (low.max(old.0), high.min(old.1)));
        let rows = rows.into_iter().zip(&self.rows).map(inside).collect();
        let mut band = Self { rows, pins: self.pins.clone() };
        band.smooth(en_count);
        band
    }

    /// Makes both ends monotone, makes the first and last row hold the corners, and leaves out what no path through
    /// the pins can reach.
    fn smooth(&mut self, most: usize) {
        smooth(&mut self.rows, most);
        let mut pins = self.pins.iter().peekable();
        let mut least = 0;
        for (at, row) in self.rows.iter_mut().enumerate() {
            row.0 = row.0.max(least);
            while let Some(pin) = pins.next_if(|pin| pin.0 <= at) {
                least = pin.1;
            }
        }
        let mut pins = self.pins.iter().rev().peekable();
        let mut greatest = most;
        for (at, row) in self.rows.iter_mut().enumerate().rev() {
            row.1 = row.1.min(greatest);
            row.0 = row.0.min(row.1);
            while let Some(pin) = pins.next_if(|pin| pin.0 >= at) {
                greatest = pin.1;
            }
        }
    }
}

/// Of places in order of the first index, the most that are in order of the second too.
pub(crate) fn heaviest_order(places: &[Pin], en_count: usize) -> Vec<Pin> {
    let anchors: Vec<Anchor> = places.iter().map(|&(zh, en)| Anchor { zh, en, weight: 1.0 }).collect();
    heaviest_chain(&anchors, en_count).iter().map(|anchor| (anchor.zh, anchor.en)).collect()
}

/// Lets every cell of the rectangle between two anchors be searched, and a margin about it.
fn widen(rows: &mut [(usize, usize)], from: (usize, usize), to: (usize, usize), most: usize, half: usize) {
    let first = from.0.saturating_sub(MARGIN);
    let last = (to.0 + MARGIN).min(rows.len() - 1);
    let height = (to.0 - from.0).max(1);
    let width = to.1.saturating_sub(from.1);
    for (at, row) in rows.iter_mut().enumerate().take(last + 1).skip(first) {
        let (mut low, mut high) = (from.1.saturating_sub(MARGIN), (to.1 + MARGIN).min(most));
        if width > 2 * half {
            let middle = from.1 + at.saturating_sub(from.0).min(height) * width / height;
            // The slope of the gap must fit into the band, or its rows would not touch.
            let reach = half + width / height;
            (low, high) = (low.max(middle.saturating_sub(reach)), high.min(middle + reach));
        }
        *row = (row.0.min(low), row.1.max(high));
    }
}

/// Makes both ends monotone, and makes the first and last row hold the corners.
fn smooth(rows: &mut [(usize, usize)], most: usize) {
    if let Some(first) = rows.first_mut() {
        first.0 = 0;
    }
    if let Some(last) = rows.last_mut() {
        last.1 = most;
    }
    let mut high = 0;
    for row in rows.iter_mut() {
        high = high.max(row.1);
        row.1 = high;
    }
    let mut low = most;
    for row in rows.iter_mut().rev() {
        low = low.min(row.0);
        row.0 = low;
    }
}

/// For each Chinese sentence the English sentences that share most rare words with it.
fn anchors(zh: &Side, en: &Side, forward: &Table) -> Vec<Anchor> {
    let (zh_counts, en_counts) = (zh.sentence_counts(), en.sentence_counts());
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); en.words.len()];
    for (at, sentence) in en.sentences.iter().enumerate() {
        for &word in sentence {
            if en_counts[word as usize] <= COMMON && places[word as usize].last() != Some(&at) {
                places[word as usize].push(at);
            }
        }
    }
    let mut found = Vec::new();
    let mut weights = vec![0.0f32; en.len()];
    for (at, sentence) in zh.sentences.iter().enumerate() {
        let mut touched = Vec::new();
        for &word in sentence.iter().filter(|&&word| zh_counts[word as usize] <= COMMON) {
            for &(target, p) in &forward.rows[word as usize] {
                let places = &places[target as usize];
                let weight = p / (places.len().max(1) as f32 * zh_counts[word as usize].max(1) as f32);
                for &place in places {
                    weights[place] += weight;
                    touched.push(place);
                }
            }
        }
        touched.sort_unstable();
        touched.dedup();
        touched.sort_by(|&a, &b| weights[b].total_cmp(&weights[a]).then(a.cmp(&b)));
        found.extend(touched.iter().take(PARTNERS).map(|&en| Anchor { zh: at, en, weight: weights[en] }));
        touched.into_iter().for_each(|place| weights[place] = 0.0);
    }
    found
}

/// The monotone chain of greatest total weight, by a Fenwick tree of maxima over the English side.
fn heaviest_chain(anchors: &[Anchor], en_count: usize) -> Vec<Anchor> {
    let mut best = vec![0.0f32; anchors.len()];
    let mut before = vec![None; anchors.len()];
    let mut tree: Vec<Option<usize>> = vec![None; en_count + 1];
    let mut at = 0;
    while at < anchors.len() {
        let end = at + anchors[at..].iter().take_while(|anchor| anchor.zh == anchors[at].zh).count();
        for (index, anchor) in anchors.iter().enumerate().take(end).skip(at) {
            before[index] = query(&tree, anchor.en, &best);
            best[index] = anchor.weight + before[index].map_or(0.0, |previous: usize| best[previous]);
        }
        for (index, anchor) in anchors.iter().enumerate().take(end).skip(at) {
            update(&mut tree, anchor.en, index, &best);
        }
        at = end;
    }
    let mut chain = Vec::new();
    let mut next = (0..anchors.len()).max_by(|&a, &b| best[a].total_cmp(&best[b]).then(b.cmp(&a)));
    while let Some(index) = next {
        chain.push(anchors[index]);
        next = before[index];
    }
    chain.reverse();
    chain
}

/// The best anchor that ends before English sentence `en`.
fn query(tree: &[Option<usize>], en: usize, best: &[f32]) -> Option<usize> {
    let mut found: Option<usize> = None;
    let mut at = en;
    while at > 0 {
        if let Some(candidate) = tree[at]
            && found.is_none_or(|known| best[candidate] > best[known])
        {
            found = Some(candidate);
        }
        at &= at - 1;
    }
    found
}

fn update(tree: &mut [Option<usize>], en: usize, index: usize, best: &[f32]) {
    let mut at = en + 1;
    while at < tree.len() {
        if tree[at].is_none_or(|known| best[index] > best[known]) {
            tree[at] = Some(index);
        }
        at += at & at.wrapping_neg();
    }
}

/// Anchors that at least two neighbours of the chain agree with, within the margin.
fn supported(chain: &[Anchor]) -> Vec<Anchor> {
    let agrees = |a: &Anchor, b: &Anchor| a.zh.abs_diff(b.zh) <= MARGIN / 2 && a.en.abs_diff(b.en) <= MARGIN / 2;
    let supported = |at: usize| {
        let near = chain.iter().skip(at.saturating_sub(3)).take(7);
        near.filter(|other| agrees(&chain[at], other)).count() > 2
    };
    (0..chain.len()).filter(|&at| supported(at)).map(|at| chain[at]).collect()
}
