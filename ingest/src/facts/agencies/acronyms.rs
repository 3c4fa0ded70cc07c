//! Acronyms of agencies, where they stand as words of their own.

use std::ops::Range;

use super::table::{Name, TABLE};

/// The acronyms of the table in a text, with those left out that belong to the number of a standard or committee.
pub(super) fn acronyms(text: &str) -> Vec<(Range<usize>, Name)> {
    words(text)
        .into_iter()
        .filter_map(|span| Some((span.clone(), *TABLE.acronyms.get(text.get(span)?)?)))
        .filter(|(span, _)| !is_part_of_number(text, span) && !is_shouted(text, span))
        .collect()
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, char) in text.char_indices().chain([(text.len(), ' ')]) {
        if char.is_ascii_alphanumeric() {
            start.get_or_insert(at);
        } else if let Some(from) = start.take()
            && at - from >= 3
        {
            found.push(from..at);
        }
    }
    found
}

/// SAC/TC 28, NIST-800, an address.
fn is_part_of_number(text: &str, span: &Range<usize>) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    after.starts_with(['/', '-', '@', '_']) || after.starts_with(" TC") || before.ends_with(['/', '-', '@', '.', '_'])
}

/// MOST and SAFE are words too, where a whole line is in capitals.
fn is_shouted(text: &str, span: &Range<usize>) -> bool {
    let before = text.get(..span.start).unwrap_or_default().split_whitespace().next_back();
    let after = text.get(span.end..).unwrap_or_default().split_whitespace().next();
    let shouted = |word: Option<&str>| {
        word.is_some_and(|word| {
            word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()) && !TABLE.acronyms.contains_key(word)
        })
    };
    shouted(before) || shouted(after)
}
