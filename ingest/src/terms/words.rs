//! Sentences to words that know where they stand, so that a run of words gives back the text as written.

use std::ops::Range;

use corpus::text::normalise::normalise;

use crate::align::{Dictionary, is_chinese_stop, is_english_stop, is_traditional};
use corpus::text::is_han;

/// A word of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// The word as written, in simplified characters.
    pub(crate) text: String,
    /// Byte range in the sentence.
    pub(crate) range: Range<usize>,
    /// The index of the sentence in its document.
    pub(crate) sentence: usize,
    /// What it may do in a term.
    pub(crate) role: Role,
    /// What the segmenter takes it for.
    pub(crate) kind: Kind,
    /// It begins, and it ends, a word of the segmenter.
    pub(crate) edges: (bool, bool),
    /// How common it is in the general language: the log of its frequency; 0 in English.
    pub(crate) common: f32,
    /// It is one with the word before: written after a hyphen, or a character of a word that was cut up.
    pub(crate) joined: bool,
}

/// What a word may do in a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It may stand anywhere.
    Content,
    /// It may stand inside, not at an end: a conjunction or a preposition.
    Inner,
    /// A number: it may stand inside or at the end, not alone.
    Number,
    /// It ends a term: punctuation, a particle, a pronoun.
    Outside,
}

/// The part of speech of a Chinese word, as far as it tells terms from phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A noun, a verbal noun, an abbreviation, a set phrase.
    Noun,
    /// A verb.
    Verb,
    /// An adjective, an adverb, a word of place or time.
    Modifier,
    /// A numeral, perhaps with what it counts.
    Number,
    /// Anything else.
    Other,
}

impl Kind {
    fn of(tag: &str) -> Self {
        match tag {
            "vn" | "an" | "eng" | "nz" | "nt" => Self::Noun,
            _ => match tag.chars().next() {
                Some('n' | 'l' | 'j' | 'i' | 'g') => Self::Noun,
                Some('v') => Self::Verb,
                Some('m') => Self::Number,
                Some('a' | 'b' | 'd' | 'z' | 'f' | 't' | 's') => Self::Modifier,
                _ => Self::Other,
            },
        }
    }
}

/// The words of a Chinese sentence, in the dictionary's units.
///
/// Traditional text is cut in its simplified form, and the words keep their places in the original.
pub(crate) fn chinese(sentence: usize, text: &str, dictionary: &Dictionary) -> Vec<Word> {
    let normal = is_traditional(text).then(|| normalise(text));
    let cut = normal.as_ref().map_or(text, |normal| normal.text.as_str());
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    for (word, tag) in dictionary.tag(cut) {
        let role = chinese_role(word, tag);
        let parts = if word.chars().all(is_han) { dictionary.parts(word) } else { vec![word] };
        let end = at + word.len();
        let begin = at;
        let whole = parts.len() == 1;
        for part in parts {
            let place = at..at + part.len();
            at = place.end;
            let place_start = place.start;
            let range = normal.as_ref().map_or(place.clone(), |normal| normal.original_range(place));
            // Characters that stand alone side by side are a word that neither the segmenter nor the dictionary has:
            // 具, 身 is the head of 具身智能.
            let alone = role == Role::Content && is_single(part);
            let joined = alone && words.last().is_some_and(|last| last.role == Role::Content && is_single(&last.text));
            let kind = if whole || !alone || tag == "m" { Kind::of(tag) } else { Kind::Noun };
            let common = if role == Role::Content { dictionary.commonness(part) } else { 0.0 };
            let edges = (place_start == begin, at == end);
            words.push(Word { text: part.to_owned(), range, sentence, role, kind, edges, common, joined });
        }
    }
    words
}

fn is_single(word: &str) -> bool {
    word.chars().count() == 1 && word.chars().all(is_han)
}

/// The role of a word of the segmenter with the segmenter's part of speech.
fn chinese_role(word: &str, tag: &str) -> Role {
    const INNER: [&str; 9] = ["和", "与", "及", "中", "对", "以", "之", "自", "于"];
    let letters = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '+' | '＋' | '-' | '.' | '/' | '·'));
    let function =
        is_chinese_stop(word) || matches!(tag, "r" | "d" | "c" | "p" | "u" | "uj" | "ul" | "uz" | "y" | "e" | "o");
    // The verbal forms of provisions (GB/T 1.1—2020, annex C) and the like: what they govern is no part of a term.
    const MODAL: [&str; 14] =
        ["应", "应当", "应该", "不应", "宜", "不宜", "可", "可以", "不必", "能够", "不能", "必须", "不得", "须"];
    if !letters || MODAL.contains(&word) {
        Role::Outside
    } else if INNER.contains(&word) {
        Role::Inner
    } else if word.chars().all(char::is_numeric) {
        Role::Number
    } else if function {
        Role::Outside
    } else {
        Role::Content
    }
}

/// The words of an English sentence: letters, digits and what is written inside words; a mark is a word of its own.
pub(crate) fn english(sentence: usize, text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start: Option<usize> = None;
    let mut hyphen = false;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        // A gloss may follow a word without a space.
        let inside = character.is_alphanumeric() && !is_han(character)
            || matches!(character, '\'' | '’' | '&' | '+')
            || matches!(character, '.' | '/')
                && text.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if inside {
            start = start.or(Some(at));
            continue;
        }
        if let Some(from) = start.take() {
            push_english(&mut words, text, from..at, sentence, hyphen);
            hyphen = character == '-';
        } else {
            hyphen = false;
        }
        if !character.is_whitespace() && character != '-' {
            let range = at..at + character.len_utf8();
            let mark = text.get(range.clone()).unwrap_or_default();
            words.push(Word {
                text: mark.to_owned(),
                range,
                sentence,
                role: mark_role(character),
                kind: Kind::Other,
                edges: (true, true),
                common: 0.0,
                joined: false,
            });
        }
    }
    words
}

fn push_english(words: &mut Vec<Word>, text: &str, range: Range<usize>, sentence: usize, joined: bool) {
    let raw = text.get(range.clone()).unwrap_or_default();
    let word = raw.trim_matches(['\'', '’', '.']);
    if word.is_empty() {
        return;
    }
    let start = range.start + (raw.len() - raw.trim_start_matches(['\'', '’', '.']).len());
    words.push(Word {
        text: word.to_owned(),
        range: start..start + word.len(),
        sentence,
        role: english_role(word),
        kind: Kind::Other,
        edges: (true, true),
        common: 0.0,
        joined,
    });
}

fn mark_role(mark: char) -> Role {
    if matches!(mark, '—' | '–') { Role::Inner } else { Role::Outside }
}

fn english_role(word: &str) -> Role {
    const INNER: [&str; 14] =
        ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"];
    let lower = word.to_lowercase();
    if INNER.contains(&lower.as_str()) {
        Role::Inner
    } else if lower.chars().all(|c| c.is_numeric() || c == '.') {
        Role::Number
    } else if is_english_stop(&lower) || matches!(lower.as_str(), "may" | "must" | "etc" | "more" | "most" | "other") {
        Role::Outside
    } else {
        Role::Content
    }
}
