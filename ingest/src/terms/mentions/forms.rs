//! What a document may write for a concept: its designations, and what the dictionary supports word for word.

use std::ops::Range;

use corpus::term::KnownPair;

use super::Support;
use super::spelling::key;
use crate::align::{Dictionary, is_chinese_stop, is_english_stop};
use crate::terms::words::{self, Role};

/// So many words a form has at most.
pub(super) const LONGEST: usize = 10;
/// So many other renderings of a word are tried.
const MOST_ALTERNATIVES: usize = 12;
/// So many words a rendering of a word has at most, to be put in the place of another.
const LONGEST_ALTERNATIVE: usize = 2;

/// A way to write a designation in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// Its words as in running text.
    pub(super) words: Vec<Piece>,
    /// What speaks for it.
    pub(super) support: Support,
}

/// A word of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The word.
    pub(super) text: String,
    /// Whether it is written after a hyphen.
    pub(super) joined: bool,
}

/// All forms of a known pair: its own designation first, each form once.
pub(super) fn forms(known: &KnownPair, dictionary: &Dictionary) -> Vec<Form> {
    let own = words_of(&known.en);
    if own.is_empty() || own.len() > LONGEST {
        return Vec::new();
    }
    let listed = dictionary.phrases_of_field(&known.zh).map(words_of).filter(|words| is_specific(words));
    let composed = composed(&known.zh, &own, dictionary).into_iter().filter(|words| is_specific(words));
    let listed = listed.map(|words| Form { words, support: Support::Listed });
    let composed = composed.map(|words| Form { words, support: Support::Composed });
    let mut forms: Vec<Form> = listed.chain(composed).collect();
    forms.insert(0, Form { words: own, support: Support::Known });
    let mut seen: Vec<Vec<String>> = Vec::new();
    forms.retain(|form| {
        let keys = keys(&form.words);
        let is_new = form.words.len() <= LONGEST && !seen.contains(&keys);
        seen.push(keys);
        is_new
    });
    forms
}

/// The words of a designation as written; none where it is no text of words.
pub(super) fn words_of(text: &str) -> Vec<Piece> {
    let words = words::english(0, &plain_hyphens(text)).into_iter();
    words.map(|word| Piece { text: word.text, joined: word.joined }).collect()
}

/// A text whose hyphens are all of one kind.
pub(super) fn plain_hyphens(text: &str) -> String {
    text.replace(['\u{2010}', '\u{2011}'], "-")
}

/// The words in the spelling that is compared.
pub(super) fn keys(words: &[Piece]) -> Vec<String> {
    words.iter().map(|word| key(&word.text)).collect()
}

/// Whether words have two content words and more: one alone says too little to be told from the general language.
fn is_specific(words: &[Piece]) -> bool {
    words.iter().filter(|word| word.text.len() > 1 && !is_english_stop(&word.text.to_lowercase())).count() > 1
}

/// The designation with one of its modifiers rendered otherwise.
///
/// Every content word of it must render a Chinese word, and its head stays: 新型电池 "new-type batteries" gives "new kind
/// batteries", not "new-type cells". Names stay as they are, and so do phrases with prepositions, whose order says
/// what modifies what.
fn composed(zh: &str, en: &[Piece], dictionary: &Dictionary) -> Vec<Vec<Piece>> {
    let modifiers_and_head = en.iter().all(|word| {
        let role = words::english(0, &word.text).first().map(|word| word.role);
        role == Some(Role::Content) && !is_name(&word.text)
    });
    let cut = dictionary.cut(zh).into_iter().flat_map(|word| dictionary.parts(word));
    let parts: Vec<&str> = cut.filter(|part| !is_chinese_stop(part)).collect();
    if !modifiers_and_head || parts.len() < 2 || en.len() < 2 {
        return Vec::new();
    }
    let alternatives: Vec<Vec<Vec<Piece>>> = parts.iter().map(|part| alternatives(part, dictionary)).collect();
    let Some(spans) = spans(&parts, en, &alternatives, dictionary) else { return Vec::new() };
    let mut found = Vec::new();
    for (span, alternatives) in spans.iter().zip(&alternatives).filter(|(span, _)| span.end < en.len()) {
        let (before, after) = (en.get(..span.start).unwrap_or_default(), en.get(span.end..).unwrap_or_default());
        found.extend(alternatives.iter().map(|words| [before, words, after].concat()));
    }
    found
}

/// Whether a word is written as a name: with a capital and small letters.
fn is_name(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && word.chars().skip(1).all(|c| !c.is_uppercase())
}

/// What the dictionary lists for a word, as far as it can stand before a noun.
fn alternatives(part: &str, dictionary: &Dictionary) -> Vec<Vec<Piece>> {
    let field = dictionary.phrases_of_field(part).map(str::to_owned);
    let all = field.chain(dictionary.phrases_of_language(part)).map(|text| words_of(&text));
    let mut kept: Vec<Vec<Piece>> = Vec::new();
    for words in all {
        let plain = words.iter().all(|Piece { text, .. }| {
            text.chars().all(|c| c.is_ascii_alphabetic()) && !is_english_stop(text) && !is_name(text)
        });
        if plain && (1..=LONGEST_ALTERNATIVE).contains(&words.len()) && !kept.contains(&words) {
            kept.push(words);
        }
    }
    kept.truncate(MOST_ALTERNATIVES);
    kept
}

/// Which words of the designation render each part, in its order; `None` where that is not clear for all of them, or
/// words are left over.
fn spans(
    parts: &[&str],
    en: &[Piece],
    alternatives: &[Vec<Vec<Piece>>],
    dictionary: &Dictionary,
) -> Option<Vec<Range<usize>>> {
    let stems: Vec<String> = keys(en).iter().map(|key| dictionary.stem(key)).collect();
    let mut spans = Vec::with_capacity(parts.len());
    // Whether a span is only a part of what the dictionary lists: new of "new type".
    let mut partial = Vec::with_capacity(parts.len());
    for (part, alternatives) in parts.iter().zip(alternatives) {
        let (span, is_partial) = match whole_span(alternatives, &stems, dictionary) {
            Some(span) => (span, false),
            None => (single_span(part, &stems, dictionary)?, true),
        };
        spans.push(span);
        partial.push(is_partial);
    }
    for at in 0..en.len() {
        let holders = spans.iter().filter(|span| span.contains(&at)).count();
        if holders > 1 {
            return None;
        }
        if holders == 0 {
            // A word that nothing accounts for belongs to what is rendered in part, just before it.
            let (span, _) = spans.iter_mut().zip(&partial).find(|(span, partial)| **partial && span.end == at)?;
            span.end = at + 1;
        }
    }
    Some(spans)
}

fn whole_span(alternatives: &[Vec<Piece>], stems: &[String], dictionary: &Dictionary) -> Option<Range<usize>> {
    let mut best: Option<Range<usize>> = None;
    for words in alternatives {
        let wanted: Vec<String> = keys(words).iter().map(|key| dictionary.stem(key)).collect();
        let at = stems.windows(wanted.len().max(1)).position(|window| window == wanted.as_slice());
        if let Some(at) = at.filter(|_| best.as_ref().is_none_or(|best| best.len() < wanted.len())) {
            best = Some(at..at + wanted.len());
        }
    }
    best
}

fn single_span(part: &str, stems: &[String], dictionary: &Dictionary) -> Option<Range<usize>> {
    let renderings = dictionary.renderings(part);
    let at = renderings.iter().find_map(|(stem, _)| stems.iter().position(|own| own == stem))?;
    Some(at..at + 1)
}
