//! Whether the words that a font shows can be words of any language written in Latin letters.
//!
//! The letters of a font alone cannot tell: variables of formulas, keys and codes are as improbable as text whose
//! letters were put in the place of others. But the latter stand together in words, in one case but for the first
//! letter, and repeat as the letters of a language do.

use super::super::super::content::{Mark, PageMarks};
use super::super::Font;
use super::{latin, shown};

/// A word has so many letters.
const MIN_WORD: usize = 4;
/// A judgement needs so many letters in words, and so many different ones.
const MIN_LETTERS: u32 = 240;
const MIN_DISTINCT: usize = 12;
/// In words of real languages letters have a mean surprise below 4.8 bits.
const MAX_SURPRISE: f64 = 5.5;
/// How much more often two letters are the same than if all were used equally often: 1.7 in English.
const MIN_REPEATS: f64 = 1.35;

/// Whether no language has the words that the font shows on these pages.
pub(super) fn are_garbled(font: &Font, index: usize, pages: &[PageMarks]) -> bool {
    let mut counts = [0_u32; 26];
    for page in pages {
        let mut word = String::new();
        let mut end: Option<&Mark> = None;
        for mark in &page.marks {
            let letter = letter(font, index, mark);
            if letter.is_none() || !end.is_some_and(|end| is_next(end, mark)) {
                count(&word, &mut counts);
                word.clear();
            }
            word.extend(letter);
            end = Some(mark);
        }
        count(&word, &mut counts);
    }
    are_no_language(&counts)
}

fn letter(font: &Font, index: usize, mark: &Mark) -> Option<char> {
    if mark.font as usize != index {
        return None;
    }
    shown::text(font, mark.code)?.chars().next().filter(char::is_ascii_alphabetic)
}

fn is_next(end: &Mark, mark: &Mark) -> bool {
    let (x, y) = (end.x + end.dx, end.y + end.dy);
    (mark.x - x).hypot(mark.y - y) < 0.15 * mark.size.abs()
}

fn count(word: &str, counts: &mut [u32; 26]) {
    let rest = word.get(1..).unwrap_or_default();
    let one_case =
        rest.bytes().all(|byte| byte.is_ascii_lowercase()) || word.bytes().all(|byte| byte.is_ascii_uppercase());
    if word.len() < MIN_WORD || !one_case {
        return;
    }
    for byte in word.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte.to_ascii_lowercase().saturating_sub(b'a'))) {
            *count = count.saturating_add(1);
        }
    }
}

fn are_no_language(counts: &[u32; 26]) -> bool {
    let total: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let distinct = counts.iter().filter(|count| **count > 0).count();
    let surprise: f64 =
        ('a'..='z').zip(counts).map(|(c, count)| f64::from(*count) * latin::surprise(c).unwrap_or(0.0)).sum();
    let repeats: f64 = counts.iter().map(|count| f64::from(*count) * f64::from(count.saturating_sub(1))).sum();
    total >= f64::from(MIN_LETTERS)
        && distinct >= MIN_DISTINCT
        && surprise / total > MAX_SURPRISE
        && repeats / (total * (total - 1.0)) * distinct as f64 > MIN_REPEATS
}
