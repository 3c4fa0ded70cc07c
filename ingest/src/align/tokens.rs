//! Sentences to the words that alignment compares, in a form that both languages share where they can.
//!
//! A number is written as its value (`#30000` for both 3万 and 30,000), a month and an item's number at the head of a
//! line likewise, so that they match without a dictionary.

use corpus::text::normalise::normal_form;

use super::{
    dictionary::{Dictionary, english_words},
    numbers,
    stop::{is_chinese_stop, is_english_stop},
};
use corpus::text::is_han;

/// A piece of Chinese text: a run of Han characters, or a run of Latin letters and digits with marks inside and behind.
enum Run<'a> {
    Han(&'a str),
    Latin(&'a str),
}

/// Splits text into runs, dropping punctuation and spaces.
fn runs(text: &str) -> Vec<Run<'_>> {
    let mut found = Vec::new();
    let mut start: Option<(usize, bool)> = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        let kind = if is_han(character) {
            Some(true)
        } else if character.is_ascii_alphanumeric() || (character == '.' || character == ',') && start.is_some() {
            Some(false)
        } else {
            None
        };
        if let Some((from, han)) = start
            && kind != Some(han)
        {
            let run = text.get(from..at).unwrap_or_default();
            found.push(if han { Run::Han(run) } else { Run::Latin(run) });
            start = None;
        }
        if start.is_none() && !matches!(character, '.' | ',') {
            start = kind.map(|han| (at, han));
        }
    }
    found
}

/// Whether a text is in traditional characters, which the dictionary does not have.
///
/// Simplified text is left alone, since the normal form also folds characters that simplified text keeps apart
/// (著 and 着).
pub(crate) fn is_traditional(text: &str) -> bool {
    let normal = normal_form(text);
    let pairs = text.chars().filter(|&c| is_han(c)).zip(normal.chars().filter(|&c| is_han(c)));
    let (all, changed) = pairs.fold((0, 0), |(all, changed), (a, b)| (all + 1, changed + usize::from(a != b)));
    changed * 10 > all
}

/// The words of a Chinese sentence.
pub(crate) fn chinese(text: &str, dictionary: &Dictionary) -> Vec<String> {
    let text = if is_traditional(text) { normal_form(text) } else { numbers::ascii(text) };
    let mut words: Vec<String> = numbers::chinese_enumerator(&text).into_iter().collect();
    let mut previous = String::new();
    for run in runs(&text) {
        match run {
            Run::Latin(run) => latin(run, dictionary, &mut words),
            Run::Han(run) => han(run, &previous, dictionary, &mut words),
        }
        previous = match run {
            Run::Latin(run) => run.to_owned(),
            Run::Han(_) => String::new(),
        };
    }
    words
}

fn latin(run: &str, dictionary: &Dictionary, words: &mut Vec<String>) {
    let run = run.trim_end_matches(['.', ',']);
    if let Some(value) = numbers::value(run) {
        words.push(value);
    } else {
        words.extend(english_words(run).map(|word| numbers::value(&word).unwrap_or_else(|| dictionary.stem(&word))));
    }
}

fn han(run: &str, digits_before: &str, dictionary: &Dictionary, words: &mut Vec<String>) {
    let mut rest = run;
    if let Some((word, used)) = numbers::after_digits(digits_before, run) {
        words.pop();
        words.push(word);
        rest = run.get(used..).unwrap_or_default();
    }
    for word in dictionary.cut(rest) {
        if let Some(value) = numbers::chinese_value(word) {
            words.push(value);
        } else {
            words.extend(dictionary.parts(word).into_iter().filter(|part| !is_chinese_stop(part)).map(str::to_owned));
        }
    }
}

/// The words of an English sentence.
pub(crate) fn english(text: &str, dictionary: &Dictionary) -> Vec<String> {
    let mut words: Vec<String> = numbers::english_enumerator(text).into_iter().collect();
    // The number that a unit may scale, and whether it stands among the words.
    let mut before: Option<(String, bool)> = None;
    for raw in text.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '-' | '/' | '(' | ')' | '[' | ']'))
    {
        let run = raw.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        if run.is_empty() {
            continue;
        }
        let lower = run.to_ascii_lowercase();
        let scaled = before.take().and_then(|(number, told)| Some((numbers::scaled(&number, &lower)?, told)));
        if let Some((value, told)) = scaled {
            words.truncate(words.len() - usize::from(told));
            words.push(value);
        } else if let Some(value) = numbers::value(run).or_else(|| numbers::english_value(&lower)) {
            words.push(value);
        } else {
            let known = words.len();
            let kept = english_words(run).filter(|word| !is_english_stop(word));
            words.extend(kept.map(|word| numbers::value(&word).unwrap_or_else(|| dictionary.stem(&word))));
            before = matches!(lower.as_str(), "one" | "a").then(|| ("#1".to_owned(), words.len() > known));
            continue;
        }
        // What ends a clause, or numbers an item, scales nothing behind it.
        let open = !raw.ends_with(['.', ',', ';', ':']);
        before = words.last().filter(|_| open).map(|value| (value.clone(), true));
    }
    words
}
