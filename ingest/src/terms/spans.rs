//! The English run of words that renders a Chinese run, by the word posteriors of their bead.

use std::ops::Range;

use super::words::{Role, Word};
use crate::align::Soft;
use corpus::text::is_han;

/// The longest English run, in words.
pub(crate) const LONGEST_EN: usize = 14;
/// What a Chinese and an English word count for that are linked to nothing but stand beside linked ones.
const BOTH_UNLINKED: f32 = 0.4;

/// How much of the first and the last word of each side is linked into the other, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ends {
    pub(crate) zh: (f32, f32),
    pub(crate) en: (f32, f32),
}

/// A run of English words with how well it renders a Chinese run, at most 1.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    /// Word indexes.
    pub(crate) en: Range<usize>,
    /// How well.
    pub(crate) fit: f32,
    /// How much of the first and the last word of the Chinese is linked into the English run, and the reverse.
    pub(crate) ends: Ends,
}

/// The word posteriors of a bead as sums over rectangles.
pub(crate) struct Field<'a> {
    en: &'a [Word],
    /// Posterior mass of Chinese words, at most 1 a word: sums over rectangles from the origin.
    zh_mass: Sums,
    /// Posterior mass of English words, likewise.
    en_mass: Sums,
    /// Content words before each position.
    zh_content: Vec<f32>,
    en_content: Vec<f32>,
}

struct Sums {
    width: usize,
    cells: Vec<f32>,
}

impl Sums {
    fn new(height: usize, width: usize, cell: impl Fn(usize, usize) -> f32) -> Self {
        let width = width + 1;
        let mut cells = vec![0.0; (height + 1) * width];
        for row in 0..height {
            let mut sum = 0.0;
            for column in 0..width - 1 {
                sum += cell(row, column);
                cells[(row + 1) * width + column + 1] = cells[row * width + column + 1] + sum;
            }
        }
        Self { width, cells }
    }

    fn get(&self, rows: &Range<usize>, columns: &Range<usize>) -> f32 {
        let at = |row: usize, column: usize| self.cells[row * self.width + column];
        at(rows.end, columns.end) + at(rows.start, columns.start)
            - at(rows.start, columns.end)
            - at(rows.end, columns.start)
    }
}

impl<'a> Field<'a> {
    pub(crate) fn new(zh: &'a [Word], en: &'a [Word], soft: &Soft) -> Self {
        // Function words link to anything; only content carries a rendering.
        let counts = |word: &Word| matches!(word.role, Role::Content | Role::Number);
        let mass = |row: usize, column: usize| {
            if counts(&zh[row]) && counts(&en[column]) { soft.get(row, column) } else { 0.0 }
        };
        let rows: Vec<f32> = (0..zh.len()).map(|row| (0..en.len()).map(|column| mass(row, column)).sum()).collect();
        let columns: Vec<f32> = (0..en.len()).map(|column| (0..zh.len()).map(|row| mass(row, column)).sum()).collect();
        Self {
            en,
            zh_mass: Sums::new(zh.len(), en.len(), |row, column| {
                mass(row, column) / (rows[row] / worth(&zh[row])).max(1.0)
            }),
            en_mass: Sums::new(zh.len(), en.len(), |row, column| mass(row, column) / columns[column].max(1.0)),
            zh_content: running(zh, |word| if counts(word) { worth(word) } else { 0.0 }),
            en_content: running(en, |word| f32::from(u8::from(counts(word)))),
        }
    }

    /// The best English runs for a Chinese run, best first, at most `most`.
    pub(crate) fn best(&self, zh: &Range<usize>, most: usize) -> Vec<Span> {
        let mut found: Vec<Span> = Vec::new();
        for start in 0..self.en.len() {
            if !self.may_start(start) {
                continue;
            }
            for end in start + 1..=(start + LONGEST_EN).min(self.en.len()) {
                if self.breaks(end - 1, start) {
                    break;
                }
                if self.may_end(end - 1) {
                    let fit = self.fit(zh, &(start..end));
                    if fit > 0.0 {
                        found.push(Span { en: start..end, fit, ends: Ends::default() });
                    }
                }
            }
        }
        found.sort_by(|a, b| b.fit.total_cmp(&a.fit).then(a.en.start.cmp(&b.en.start)).then(a.en.end.cmp(&b.en.end)));
        found.truncate(most);
        for span in &mut found {
            span.ends = self.ends(zh, &span.en);
        }
        found
    }

    fn ends(&self, zh: &Range<usize>, en: &Range<usize>) -> Ends {
        let zh_word = |at: usize| {
            let worth = self.zh_content[at + 1] - self.zh_content[at];
            if worth > 0.0 { (self.zh_mass.get(&(at..at + 1), en) / worth).min(1.0) } else { 1.0 }
        };
        let en_word = |at: usize| self.en_mass.get(zh, &(at..at + 1)).min(1.0);
        Ends { zh: (zh_word(zh.start), zh_word(zh.end - 1)), en: (en_word(en.start), en_word(en.end - 1)) }
    }

    fn may_start(&self, at: usize) -> bool {
        self.en[at].role == Role::Content && !self.en[at].joined
    }

    fn may_end(&self, at: usize) -> bool {
        matches!(self.en[at].role, Role::Content | Role::Number) && !self.en.get(at + 1).is_some_and(|next| next.joined)
    }

    fn breaks(&self, at: usize, start: usize) -> bool {
        self.en[at].role == Role::Outside || self.en[at].sentence != self.en[start].sentence
    }

    /// Linked mass inside the two runs less what is linked out of them, for a content word of both.
    fn fit(&self, zh: &Range<usize>, en: &Range<usize>) -> f32 {
        let all_en = 0..self.en.len();
        let all_zh = 0..self.zh_content.len() - 1;
        let (zh_in, en_in) = (self.zh_mass.get(zh, en), self.en_mass.get(zh, en));
        if zh_in + en_in < 0.3 {
            return 0.0;
        }
        let zh_linked = self.zh_mass.get(zh, &all_en);
        let en_linked = self.en_mass.get(&all_zh, en);
        let zh_words = self.zh_content[zh.end] - self.zh_content[zh.start];
        let en_words = self.en_content[en.end] - self.en_content[en.start];
        let unlinked = (zh_words - zh_linked).min(en_words - en_linked).max(0.0);
        let gain = 2.0 * (zh_in + en_in) - zh_linked - en_linked + 2.0 * BOTH_UNLINKED * unlinked;
        gain / (zh_words + en_words).max(1.0)
    }
}

/// How many English words a Chinese word is worth: two characters are a word.
fn worth(word: &Word) -> f32 {
    (word.text.chars().filter(|&c| is_han(c)).count() as f32 / 2.0).max(1.0)
}

fn running(words: &[Word], worth: impl Fn(&Word) -> f32) -> Vec<f32> {
    let mut sums = vec![0.0];
    for word in words {
        sums.push(sums.last().copied().unwrap_or(0.0) + worth(word));
    }
    sums
}
