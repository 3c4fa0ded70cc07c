//! Where renderings stand in a target: English in any inflection, case and hyphenation, Chinese in either script.

use std::ops::Range;

use corpus::document::Language;
use corpus::text::normalise::{Normalised, normalise};
use rust_stemmers::{Algorithm, Stemmer};

/// A target, ready to be searched.
pub(super) enum Target<'a> {
    English(English<'a>),
    Chinese(Chinese),
}

impl<'a> Target<'a> {
    pub(super) fn new(text: &'a str, language: Language) -> Self {
        match language {
            Language::Zh => Self::Chinese(Chinese::new(text)),
            _ => Self::English(English::new(text)),
        }
    }

    /// Where a rendering stands, in bytes of the target; places do not overlap.
    pub(super) fn places(&self, rendering: &str) -> Vec<Range<usize>> {
        match self {
            Self::English(target) => target.places(rendering),
            Self::Chinese(target) => target.places(rendering),
        }
    }
}

/// What two renderings that differ in inflection, case or hyphens only have in common.
pub(super) fn key(rendering: &str, language: Language) -> String {
    match language {
        Language::Zh => Chinese::new(rendering).letters.into_iter().collect(),
        _ => English::new(rendering).words.into_iter().map(|word| word.stem).collect::<Vec<_>>().join(" "),
    }
}

/// English as words.
pub(super) struct English<'a> {
    text: &'a str,
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    range: Range<usize>,
    /// In normal form, without a possessive ending.
    plain: String,
    stem: String,
    /// Whether it is an abbreviation in capitals, which is not to be taken for a word: IT is not "it".
    is_capitals: bool,
}

impl<'a> English<'a> {
    fn new(text: &'a str) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        let words = word_ranges(text).into_iter().filter_map(|range| {
            let written = text.get(range.clone())?;
            let plain = normalise(written).text;
            let plain = plain.strip_suffix("'s").or(plain.strip_suffix('\'')).unwrap_or(&plain).to_owned();
            let capitals = written.chars().filter(char::is_ascii_uppercase).count();
            let is_capitals = (2..=3).contains(&capitals) && written.chars().all(|char| !char.is_lowercase());
            Some(Word { range, stem: stemmer.stem(&plain).into_owned(), plain, is_capitals })
        });
        Self { text, words: words.collect() }
    }

    fn places(&self, rendering: &str) -> Vec<Range<usize>> {
        let wanted = English::new(rendering);
        let skipped =
            usize::from(wanted.words.len() > 1 && matches!(wanted.words.first(), Some(word) if is_article(word)));
        let pattern = wanted.words.get(skipped..).unwrap_or_default();
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.words.len() && !pattern.is_empty() {
            match self.end_of(at, pattern, wanted.text) {
                Some(end) => {
                    let range = self.words.get(at..end).unwrap_or_default();
                    if let (Some(first), Some(last)) = (range.first(), range.last()) {
                        found.push(first.range.start..last.range.end);
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// The word after a rendering that begins at a word. One word of either side may be two of the other: data base.
    fn end_of(&self, start: usize, pattern: &[Word], written: &str) -> Option<usize> {
        let (mut at, mut of) = (start, 0);
        while let Some(wanted) = pattern.get(of) {
            let word = self.words.get(at)?;
            if at > start && !self.is_joined(at, pattern, of, written) {
                return None;
            }
            let next_word = self.words.get(at + 1).filter(|_| self.is_joined(at + 1, &[], 0, ""));
            if word.is_same(wanted) {
                (at, of) = (at + 1, of + 1);
            } else if pattern.get(of + 1).is_some_and(|next| word.is_both(wanted, next)) {
                (at, of) = (at + 1, of + 2);
            } else if next_word.is_some_and(|next| wanted.is_both(word, next)) {
                (at, of) = (at + 2, of + 1);
            } else {
                return None;
            }
        }
        Some(at)
    }

    /// Whether what stands between a word and the one before it parts no phrase, or the rendering has it there too.
    fn is_joined(&self, at: usize, pattern: &[Word], of: usize, written: &str) -> bool {
        let between = between(&self.words, at, self.text);
        !between.contains([',', ';', ':', '!', '?', '(', ')', '。', '，', '；', '：', '\n'])
            || (of > 0 && between.trim() == self::between(pattern, of, written).trim())
    }
}

fn between<'t>(words: &[Word], at: usize, text: &'t str) -> &'t str {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let range = before.zip(words.get(at)).map(|(before, word)| before.range.end..word.range.start);
    range.and_then(|range| text.get(range)).unwrap_or_default()
}

fn is_article(word: &Word) -> bool {
    matches!(word.plain.as_str(), "the" | "a" | "an")
}

impl Word {
    /// Whether a word of a target is that of a rendering.
    fn is_same(&self, wanted: &Self) -> bool {
        self.stem == wanted.stem && (!wanted.is_capitals || self.is_capitals || self.plain != wanted.plain)
    }

    /// Whether it is two others written together.
    fn is_both(&self, first: &Self, second: &Self) -> bool {
        self.plain.strip_prefix(first.plain.as_str()).is_some_and(|rest| rest == second.plain || rest == second.stem)
            || self.stem.strip_prefix(first.plain.as_str()).is_some_and(|rest| rest == second.stem)
    }
}

/// The words of a text: letters and digits, with apostrophes between letters.
fn word_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut open: Option<usize> = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, char)) = chars.next() {
        let is_apostrophe =
            matches!(char, '\'' | '’') && open.is_some() && chars.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if char.is_alphanumeric() && !corpus::text::is_han(char) || is_apostrophe {
            open.get_or_insert(at);
        } else if let Some(start) = open.take() {
            ranges.push(start..at);
        }
    }
    ranges.extend(open.map(|start| start..text.len()));
    ranges
}

/// Chinese as characters in normal form, white space left out.
pub(super) struct Chinese {
    normal: Normalised,
    letters: Vec<char>,
    /// Where each character stands in the normal form.
    at: Vec<usize>,
}

impl Chinese {
    fn new(text: &str) -> Self {
        let normal = normalise(text);
        let kept = normal.text.char_indices().filter(|(_, char)| !char.is_whitespace());
        let (at, letters) = kept.unzip();
        Self { letters, at, normal }
    }

    fn places(&self, rendering: &str) -> Vec<Range<usize>> {
        let pattern = Self::new(rendering).letters;
        let mut found = Vec::new();
        let mut at = 0;
        while !pattern.is_empty() && at + pattern.len() <= self.letters.len() {
            let end = at + pattern.len();
            if self.letters.get(at..end) == Some(&pattern[..]) && self.is_whole(at, end) {
                found.extend(self.original(at, end));
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }

    /// Whether no Latin word is cut at either end.
    fn is_whole(&self, start: usize, end: usize) -> bool {
        let is_cut = |at: usize| {
            let before = at.checked_sub(1).and_then(|before| self.letters.get(before));
            let both = before.zip(self.letters.get(at));
            // Only what touches in the text as well is one word.
            let touches = at.checked_sub(1).and_then(|before| self.at.get(before)).zip(self.at.get(at));
            both.is_some_and(|(left, right)| left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric())
                && touches.is_some_and(|(left, right)| right - left == 1)
        };
        !is_cut(start) && !is_cut(end)
    }

    fn original(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let from = *self.at.get(start)?;
        let last = end.checked_sub(1)?;
        let to = self.at.get(last)? + self.letters.get(last)?.len_utf8();
        Some(self.normal.original_range(from..to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(language: Language, text: &str, rendering: &str, wanted: &[&str]) {
        let target = Target::new(text, language);
        let found: Vec<&str> = target.places(rendering).into_iter().filter_map(|range| text.get(range)).collect();
        assert_eq!(found, wanted, "{rendering} in {text}");
    }

    #[test]
    fn english_is_found_in_any_form() {
        let en = |text, rendering, wanted: &[&str]| check(Language::En, text, rendering, wanted);
        en(
            "New-Quality Productive Forces and a new quality productive force",
            "new quality productive forces",
            &["New-Quality Productive Forces", "new quality productive force"],
        );
        en("the policymaker's data base", "policy maker", &["policymaker's"]);
        en("policy-makers and databases", "policymaker", &["policy-makers"]);
        en("the data bases", "database", &["data bases"]);
        en("Belt and Road", "the Belt and Road", &["Belt and Road"]);
        en("new quality, productive forces", "new quality productive forces", &[]);
        en("it is IT", "IT", &["IT"]);
        en("R&D spending", "R&D", &["R&D"]);
        en(
            "research and development (R&D) costs",
            "research and development (R&D)",
            &["research and development (R&D"],
        );
        en("smart art", "art", &["art"]);
        en("anything", "", &[]);
    }

    #[test]
    fn chinese_is_found_in_either_script() {
        let zh = |text, rendering, wanted: &[&str]| check(Language::Zh, text, rendering, wanted);
        zh("數據要素與数据要素", "数据要素", &["數據要素", "数据要素"]);
        zh("生成式 AI 服务", "生成式AI", &["生成式 AI"]);
        zh("采用AIGC技术", "AI", &[]);
        zh("新质 生产力", "新质生产力", &["新质 生产力"]);
    }

    #[test]
    fn renderings_that_only_inflect_are_one() {
        assert_eq!(key("Data Elements", Language::En), key("data-element", Language::En));
        assert_ne!(key("industry", Language::En), key("sector", Language::En));
    }
}
