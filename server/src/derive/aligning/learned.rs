//! What other bitexts taught of the words of a text.

use std::collections::BTreeSet;

use corpus::text::is_han;
use corpus::text::normalise::normal_form;
use ingest::align::LearnedWords;

use crate::Error;
use crate::data::Data;

/// The longest words that are looked up, in characters.
const LONGEST: usize = 6;
/// So many words are looked up at a time.
const AT_ONCE: usize = 10_000;

/// What other bitexts than `except` taught of the words that Chinese sentences may hold.
pub(super) fn learned_words(data: &Data, texts: &[&str], except: Option<i64>) -> Result<LearnedWords, Error> {
    let mut pairs = Vec::new();
    let mut possible = possible_words(texts).into_iter();
    loop {
        let words: BTreeSet<String> = possible.by_ref().take(AT_ONCE).collect();
        if words.is_empty() {
            return Ok(LearnedWords::new(pairs));
        }
        pairs.extend(data.with_store(|store| Ok(store.learned_words(&words, except)?))?);
    }
}

/// Whatever a tokeniser may take for a word: every short run of Han characters, and every run of other letters and
/// digits. So this need not know how aligning and mining cut sentences, which they do differently.
fn possible_words(texts: &[&str]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        let text = normal_form(text);
        for run in text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
            for other in run.split(is_han).filter(|other| !other.is_empty()) {
                words.insert(other.to_owned());
            }
            let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
            for (first, start) in starts.iter().enumerate() {
                let ends = starts.iter().skip(first + 1).take(LONGEST);
                let parts = ends.filter_map(|end| run.get(*start..*end));
                words.extend(parts.take_while(|part| part.chars().all(is_han)).map(str::to_owned));
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let words = possible_words(&[text]);
        assert_eq!(words.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn every_short_run_of_characters_may_be_a_word() {
        check("", &[]);
        check("云量。", &["云", "云量", "量"]);
        check("雲，量", &["云", "量"]);
        check("用AI看", &["ai", "用", "看"]);
        let many = possible_words(&["一二三四五六七八"]);
        assert_eq!(many.len(), 8 + 7 + 6 + 5 + 4 + 3);
    }
}
