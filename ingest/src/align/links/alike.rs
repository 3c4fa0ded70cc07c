//! Words that the dictionary renders otherwise but that share characters with a headword of the English word's gloss:
//! 发布 is `release`, so 公布 may be.

use std::collections::BTreeSet;

use super::{TokenPair, cells::Cells, evidence::Evidence, function_words};
use corpus::text::is_han;

/// The weight of a headword with all its characters in common.
const LIKE: f32 = 0.5;
/// The share of common characters that counts (Dice 1945).
const LEAST: f32 = 0.45;
/// The longest word that is compared, in characters.
const LONGEST: usize = 8;
/// Headwords of an English word that are compared.
const MOST: usize = 400;

/// The characters of a headword.
pub(crate) type Headword = Vec<char>;

/// For each English word the headwords of which it is a whole gloss, in any of its forms.
pub(crate) fn headwords(pairs: &[TokenPair<'_>], cells: &Cells) -> Vec<Vec<Headword>> {
    let mut forms: Vec<BTreeSet<String>> = vec![BTreeSet::new(); cells.en.words.len()];
    for ((_, en), ids) in pairs.iter().zip(&cells.en.sentences) {
        for (word, &id) in en.iter().zip(ids) {
            if word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
                && let Some(forms) = forms.get_mut(id as usize)
            {
                forms.insert(word.to_lowercase());
            }
        }
    }
    forms.iter().map(of_forms).collect()
}

fn of_forms(forms: &BTreeSet<String>) -> Vec<Headword> {
    let entries =
        forms.iter().flat_map(|form| bases(form)).flat_map(|base| chinese_dictionary::query_by_english(&base));
    let found: BTreeSet<Headword> = entries.take(MOST).map(|entry| entry.simplified.chars().collect()).collect();
    found.into_iter().collect()
}

/// An English word in lower case and the forms that it may be inflected from.
fn bases(word: &str) -> Vec<String> {
    let mut found = vec![word.to_owned()];
    let endings =
        [("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e")];
    for (ending, base) in endings {
        let Some(stem) = word.strip_suffix(ending) else { continue };
        found.push(format!("{stem}{base}"));
        let mut last = stem.chars().rev();
        if base.is_empty() && last.next().is_some_and(|letter| last.next() == Some(letter)) {
            found.extend(stem.get(..stem.len().saturating_sub(1)).map(str::to_owned));
        }
    }
    found.retain(|form| form.len() > 2 || form == word);
    found
}

/// Weighs pairs by the characters that the Chinese word shares with the English word's headwords.
pub(crate) fn weigh(evidence: &mut Evidence<'_>, headwords: &[Vec<Headword>]) {
    let cells = evidence.cells;
    let han = |word: &String| word.chars().filter(|&c| is_han(c)).collect();
    let zh: Vec<Headword> = cells.zh.words.iter().map(han).collect();
    let loose: Vec<bool> = cells.en.words.iter().map(|word| function_words::is_loose_english(word)).collect();
    for (number, &(zh_word, en_word)) in cells.entries.iter().enumerate() {
        let (Some(word), Some(heads)) = (zh.get(zh_word as usize), headwords.get(en_word as usize)) else { continue };
        if !(1..=LONGEST).contains(&word.len()) || loose.get(en_word as usize).is_none_or(|loose| *loose) {
            continue;
        }
        let best = heads.iter().map(|head| likeness(word, head)).fold(0.0, f32::max);
        if best >= LEAST {
            evidence.raise(number, LIKE * best);
        }
    }
}

fn likeness(word: &[char], head: &[char]) -> f32 {
    let shared = word.iter().filter(|&character| head.contains(character)).count();
    2.0 * shared as f32 / (word.len() + head.len()) as f32
}
