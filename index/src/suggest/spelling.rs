//! Words of the index that a word may be a slip of.

use std::cmp::Ordering;

use crate::terms::{american, slips};

/// A word that is held.
#[derive(Debug)]
struct Word {
    text: Box<str>,
    /// A bit for each letter that occurs.
    letters: u32,
    /// In how many documents.
    rows: u32,
}

/// Words by length, with their frequencies.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    /// The words of so many characters, by text.
    by_length: Vec<Vec<Word>>,
}

/// A word that may have been meant.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Near {
    pub(super) word: String,
    /// In how many documents.
    pub(super) rows: u32,
    /// How unlikely the slip is; 0 for another spelling of the same word.
    pub(super) cost: f32,
}

impl Spellings {
    pub(super) fn new(counted: Vec<(String, u32)>) -> Self {
        let mut by_length: Vec<Vec<Word>> = Vec::new();
        for (text, rows) in counted {
            let length = text.chars().count();
            if by_length.len() <= length {
                by_length.resize_with(length + 1, Vec::new);
            }
            if let Some(words) = by_length.get_mut(length) {
                words.push(Word { letters: letters(&text), text: text.into(), rows });
            }
        }
        by_length.iter_mut().for_each(|words| words.sort_unstable_by(|one, other| one.text.cmp(&other.text)));
        Self { by_length }
    }

    /// In how many documents a word stands as it is written.
    pub(super) fn rows(&self, word: &str) -> u32 {
        let words = self.by_length.get(word.chars().count()).map(Vec::as_slice).unwrap_or_default();
        let at = words.binary_search_by(|held| (*held.text).cmp(word));
        at.ok().and_then(|at| words.get(at)).map_or(0, |held| held.rows)
    }

    /// The words that may have been meant, the likeliest first, at most `limit`; the word itself is not among them.
    pub(super) fn near(&self, word: &str, limit: usize) -> Vec<Near> {
        let typed: Vec<char> = word.chars().collect();
        let most = most_edits(typed.len());
        let (bits, spelt) = (letters(word), american(word));
        let mut near = Vec::new();
        let mut chars: Vec<char> = Vec::new();
        let nearest = typed.len().saturating_sub(most)..=typed.len().saturating_add(most);
        for held in nearest.filter_map(|length| self.by_length.get(length)).flatten() {
            // An edit puts at most one letter in place of another.
            if (held.letters ^ bits).count_ones() as usize > 2 * most || *held.text == *word {
                continue;
            }
            chars.clear();
            chars.extend(held.text.chars());
            if slips(&typed, &chars, most).is_none() {
                continue;
            }
            let cost = if american(&held.text) == spelt { 0.0 } else { cost(&typed, &chars) };
            near.push(Near { word: held.text.to_string(), rows: held.rows, cost });
        }
        near.sort_by(Near::compare);
        near.truncate(limit);
        near
    }
}

impl Near {
    /// How likely it was meant, the more the better: the logarithm of a likelihood.
    pub(super) fn likelihood(&self) -> f32 {
        likelihood(self.rows, self.cost)
    }

    fn compare(one: &Self, other: &Self) -> Ordering {
        other.likelihood().total_cmp(&one.likelihood()).then_with(|| one.word.cmp(&other.word))
    }
}

/// A slip makes a word about so many times less likely, by logarithm.
const SLIP: f32 = 6.0;

/// How likely something was meant that stands in so many documents and is a slip of so much away.
pub(super) fn likelihood(rows: u32, cost: f32) -> f32 {
    (rows as f32).ln_1p() - SLIP * cost
}

/// In how many edits a word of so many letters may be wrong.
fn most_edits(length: usize) -> usize {
    match length {
        0..3 => 0,
        3..6 => 1,
        _ => 2,
    }
}

fn letters(word: &str) -> u32 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) & 31))
}

/// What must be done to a letter, by how likely the slip is.
const SWAP: f32 = 0.6;
const DOUBLE: f32 = 0.5;
const PUT_IN: f32 = 0.8;
const CHANGE: f32 = 1.0;
const NEIGHBOUR: f32 = 0.7;
const VOWEL: f32 = 0.7;
/// People seldom mistake the first letter.
const FIRST: f32 = 0.4;

/// The least that edits from what was typed to a word cost.
fn cost(typed: &[char], meant: &[char]) -> f32 {
    let width = meant.len() + 1;
    let mut table = vec![0.0_f32; (typed.len() + 1) * width];
    let at = |table: &[f32], row: usize, column: usize| table.get(row * width + column).copied().unwrap_or(f32::MAX);
    for row in 0..=typed.len() {
        for column in 0..=meant.len() {
            let (here, there) = (row.checked_sub(1), column.checked_sub(1));
            let mut best = if row == 0 && column == 0 { 0.0 } else { f32::MAX };
            if let Some(above) = here {
                best = best.min(at(&table, above, column) + single(typed, above));
            }
            if let Some(left) = there {
                best = best.min(at(&table, row, left) + single(meant, left));
            }
            if let (Some(above), Some(left)) = (here, there) {
                best = best.min(at(&table, above, left) + change(typed, above, meant, left));
                if above > 0 && left > 0 && is_swap(typed, above, meant, left) {
                    let first = if above == 1 { FIRST } else { 0.0 };
                    best = best.min(at(&table, above - 1, left - 1) + SWAP + first);
                }
            }
            if let Some(cell) = table.get_mut(row * width + column) {
                *cell = best;
            }
        }
    }
    at(&table, typed.len(), meant.len())
}

/// A letter that only one of the two has.
fn single(word: &[char], at: usize) -> f32 {
    let is_double = at.checked_sub(1).is_some_and(|before| word.get(before) == word.get(at));
    let first = if at == 0 { FIRST } else { 0.0 };
    first + if is_double { DOUBLE } else { PUT_IN }
}

fn change(typed: &[char], row: usize, meant: &[char], column: usize) -> f32 {
    let (Some(&one), Some(&other)) = (typed.get(row), meant.get(column)) else { return CHANGE };
    if one == other {
        return 0.0;
    }
    let first = if row == 0 && column == 0 { FIRST } else { 0.0 };
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let cost = if are_neighbours(one, other) {
        NEIGHBOUR
    } else if is_vowel(one) && is_vowel(other) {
        VOWEL
    } else {
        CHANGE
    };
    cost + first
}

fn is_swap(typed: &[char], row: usize, meant: &[char], column: usize) -> bool {
    typed.get(row) == meant.get(column - 1) && typed.get(row - 1) == meant.get(column)
}

/// Whether two keys lie side by side on the keyboard that is used in China and America alike.
fn are_neighbours(one: char, other: char) -> bool {
    const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
    let place =
        |c: char| ROWS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.chars().position(|key| key == c)?)));
    match (place(one), place(other)) {
        // A key of a lower row lies below the same one of the row above and the next.
        (Some((row, key)), Some((other_row, other_key))) if row == other_row => key.abs_diff(other_key) == 1,
        (Some((row, key)), Some((other_row, other_key))) if row + 1 == other_row => {
            other_key == key || other_key + 1 == key
        }
        (Some((row, key)), Some((other_row, other_key))) if other_row + 1 == row => {
            key == other_key || key + 1 == other_key
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: [(&str, u32); 9] = [
        ("harbour", 40),
        ("harbor", 3),
        ("labour", 30),
        ("tidal", 12),
        ("tide", 25),
        ("tidy", 2),
        ("barge", 8),
        ("large", 90),
        ("lighthouse", 5),
    ];

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let words = Spellings::new(WORDS.map(|(word, rows)| (word.to_owned(), rows)).to_vec());
        let near: Vec<String> = words.near(typed, 2).into_iter().map(|near| near.word).collect();
        assert_eq!(near, expected, "{typed}");
    }

    #[test]
    fn the_likelier_slip_to_the_more_frequent_word_comes_first() {
        check("harobur", &["harbour", "harbor"]);
        check("harbuor", &["harbour", "harbor"]);
        check("larg", &["large"]);
        check("lighthuose", &["lighthouse"]);
        check("tidd", &["tide", "tidy"]);
        check("ti", &[]);
        check("quay", &[]);
    }

    #[test]
    fn another_spelling_is_no_slip() {
        let words = Spellings::new(vec![("labor".to_owned(), 1), ("labours".to_owned(), 50)]);
        assert_eq!(words.near("labour", 1).first().map(|near| (near.word.as_str(), near.cost)), Some(("labor", 0.0)));
        assert_eq!(words.rows("labor"), 1);
        assert_eq!(words.rows("lab"), 0);
    }

    #[test]
    fn keys_have_neighbours_in_the_row_and_in_the_rows_beside() {
        for (one, other) in [('q', 'w'), ('g', 'h'), ('y', 'g'), ('y', 'h'), ('n', 'h')] {
            assert!(are_neighbours(one, other) && are_neighbours(other, one), "{one} {other}");
        }
        assert!(!are_neighbours('q', 'p') && !are_neighbours('é', 'e'));
    }
}
