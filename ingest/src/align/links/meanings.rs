//! The English words that the dictionary and the table of function words give for a Chinese word.

use std::collections::BTreeMap;

use super::{evidence::Evidence, function_words};
use crate::align::{Dictionary, tokens};

/// What the parts of a word are worth that is no headword.
const PART: f32 = 0.6;
/// How fast the words of the table lose weight, the most common first.
const LESS_COMMON: f32 = 0.5;
/// What a word of the same root is worth.
const SAME_ROOT: f32 = 0.6;
/// The share of two words' letters that is common where they have a root in common.
const ROOT: f32 = 0.6;
/// Letters that a root has at least.
const SHORTEST_ROOT: usize = 4;

/// Weighs all pairs by their meanings.
pub(crate) fn weigh(evidence: &mut Evidence<'_>, dictionary: &Dictionary) {
    let cells = evidence.cells;
    let rows: Vec<BTreeMap<String, f32>> = cells.zh.words.iter().map(|word| meanings(word, dictionary)).collect();
    for (number, &(zh, en)) in cells.entries.iter().enumerate() {
        let (Some(row), Some(word)) = (rows.get(zh as usize), cells.en.words.get(en as usize)) else { continue };
        let part = |part: &str| row.get(part).copied().unwrap_or_else(|| of_root(row, part));
        let whole = row.get(word).copied();
        // A word with a hyphen renders what any of its parts does.
        evidence.raise(number, whole.unwrap_or_else(|| word.split('-').map(part).fold(0.0, f32::max)));
    }
}

/// The stems that the dictionary gives for a word, the main one with `weight` and the others with less.
pub(crate) fn of_dictionary(
    word: &str,
    dictionary: &Dictionary,
    weight: f32,
) -> impl Iterator<Item = (String, f32)> + use<> {
    let renderings = dictionary.renderings(word);
    let most = renderings.first().map_or(1.0, |(_, share)| *share);
    renderings.into_iter().map(move |(stem, share)| (stem, weight * (share / most).sqrt()))
}

/// All that renders a word, with weights.
fn meanings(word: &str, dictionary: &Dictionary) -> BTreeMap<String, f32> {
    let mut found = BTreeMap::from([(word.to_owned(), 1.0)]);
    let mut add = |(stem, weight): (String, f32)| {
        let known = found.entry(stem).or_insert(0.0);
        *known = weight.max(*known);
    };
    marks(word).iter().for_each(|mark| add(((*mark).to_owned(), 1.0)));
    for (at, english) in function_words::renderings(word).enumerate() {
        let letters = english.chars().all(|c| c.is_ascii_alphabetic());
        let stem = if letters { dictionary.stem(english) } else { english.to_owned() };
        add((stem, 1.0 / (1.0 + LESS_COMMON * at as f32)));
    }
    of_dictionary(word, dictionary, 1.0).for_each(&mut add);
    let parts = tokens::chinese(word, dictionary);
    if parts.len() != 1 || parts.first().is_some_and(|part| part != word) {
        for part in &parts {
            add((part.clone(), PART));
            of_dictionary(part, dictionary, PART).for_each(&mut add);
        }
    }
    found
}

/// The weight of a meaning of the same root: `palestin` for `palestinian`.
fn of_root(row: &BTreeMap<String, f32>, word: &str) -> f32 {
    let Some(start) = word.get(..SHORTEST_ROOT).filter(|_| word.is_ascii() && word.len() > SHORTEST_ROOT) else {
        return 0.0;
    };
    let near = row.range(start.to_owned()..).take_while(|(stem, _)| stem.starts_with(start));
    let same = near.filter(|(stem, _)| {
        let common = stem.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        common as f32 >= ROOT * stem.len().max(word.len()) as f32
    });
    same.map(|(_, weight)| SAME_ROOT * weight).fold(0.0, f32::max)
}

/// The English marks for a Chinese one, also as the Penn Treebank writes them.
fn marks(mark: &str) -> &'static [&'static str] {
    match mark {
        "。" => &["."],
        "、" => &[",", "and"],
        "," => &[",", ";"],
        ";" => &[";", ","],
        "《" | "「" | "“" | "『" | "〈" | "‘" => &["``", "''", "\"", "“", "'"],
        "》" | "」" | "”" | "』" | "〉" | "’" => &["''", "\"", "”", "'"],
        "\"" => &["``", "''", "\"", "“", "”"],
        "(" => &["-lrb-", "("],
        ")" => &["-rrb-", ")"],
        "——" | "—" | "─" => &["--", "-", "—"],
        _ => &[],
    }
}
