//! What of a typed query may hold slips: runs of words and of Chinese characters, without what the query language
//! itself says.

use std::ops::Range;

use crate::analysis::is_unspaced;

/// A query of more runs is not looked at beyond them.
const MOST_RUNS: usize = 16;
/// A run of more words or characters is left alone.
const LONGEST_RUN: usize = 24;
/// Names in capitals of at most so many letters are abbreviations.
const LONGEST_ABBREVIATION: usize = 5;

/// A part of a query, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) range: Range<usize>,
    pub(super) kind: RunKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RunKind {
    /// Words with nothing but spaces, hyphens and apostrophes between them, each with its place in the query.
    Words(Vec<Range<usize>>),
    /// Chinese characters side by side.
    Han,
}

/// The runs of a query in order.
pub(super) fn runs(typed: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while let Some(c) = typed.get(at..).and_then(|rest| rest.chars().next()) {
        let end = if is_unspaced(c) {
            let end = end_of(typed, at, is_unspaced);
            runs.push(Run { range: at..end, kind: RunKind::Han });
            end
        } else if is_of_word(c) {
            word(typed, at, &mut runs)
        } else {
            at + c.len_utf8()
        };
        at = end.max(at + c.len_utf8());
        if runs.len() > MOST_RUNS {
            break;
        }
    }
    runs.retain(|run| match &run.kind {
        RunKind::Words(words) => (1..=LONGEST_RUN).contains(&words.len()),
        RunKind::Han => (2..=LONGEST_RUN).contains(&typed.get(run.range.clone()).map_or(0, |run| run.chars().count())),
    });
    runs
}

/// Whether a word in capitals is an abbreviation, which has no near misses.
pub(super) fn is_abbreviation(word: &str) -> bool {
    word.chars().count() <= LONGEST_ABBREVIATION && word.chars().all(char::is_uppercase)
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() && !is_unspaced(c)
}

fn end_of(typed: &str, from: usize, fits: impl Fn(char) -> bool) -> usize {
    let rest = typed.get(from..).unwrap_or_default();
    rest.find(|c: char| !fits(c)).map_or(typed.len(), |length| from + length)
}

/// Adds the word at a place, if it is one, to the run before it or to a new one, and gives where to go on.
fn word(typed: &str, from: usize, runs: &mut Vec<Run>) -> usize {
    let end = end_of(typed, from, is_of_word);
    let text = typed.get(from..end).unwrap_or_default();
    let after = typed.get(end..).unwrap_or_default();
    if after.starts_with([':', '：']) && text.chars().all(char::is_alphabetic) {
        let value = end + after.chars().next().map_or(0, char::len_utf8);
        return if text == "title" { value } else { end_of_value(typed, value) };
    }
    // A number with a tone belongs to pinyin; other words with digits are names.
    let is_named = text.chars().any(char::is_numeric) && !has_tones(text);
    if is_named || after.starts_with('*') || matches!(text, "AND" | "OR" | "NOT" | "NEAR" | "TO") {
        return end;
    }
    match runs.last_mut() {
        Some(Run { range, kind: RunKind::Words(words) }) if goes_on(typed, range.end..from) => {
            words.push(from..end);
            range.end = end;
        }
        _ => runs.push(Run { range: from..end, kind: RunKind::Words(std::iter::once(from..end).collect()) }),
    }
    end
}

fn has_tones(text: &str) -> bool {
    let mut last_is_letter = false;
    for c in text.chars() {
        let is_tone = matches!(c, '1'..='5') && last_is_letter;
        last_is_letter = c.is_ascii_lowercase();
        if !is_tone && !last_is_letter {
            return false;
        }
    }
    !last_is_letter
}

/// Whether what stands between two words parts them no more than a space does.
fn goes_on(typed: &str, between: Range<usize>) -> bool {
    let between = typed.get(between).unwrap_or_default();
    !between.is_empty()
        && between.chars().all(|c| matches!(c, ' ' | '-' | '\'' | '\u{2019}'))
        && !between.contains(" -")
}

/// Where the value of a field ends: with its quotation mark, its regular expression, or before a space.
fn end_of_value(typed: &str, from: usize) -> usize {
    let value = typed.get(from..).unwrap_or_default();
    let mut chars = value.chars();
    let closing = match chars.next() {
        Some('"' | '\u{201c}') => ['"', '\u{201d}'],
        Some('/') => ['/', '/'],
        _ => return end_of(typed, from, |c| !c.is_whitespace()),
    };
    let rest = chars.as_str();
    let start = typed.len() - rest.len();
    rest.find(closing).map_or(typed.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let runs = runs(typed);
        let texts: Vec<&str> = runs.iter().map(|run| &typed[run.range.clone()]).collect();
        assert_eq!(texts, expected, "{typed}");
    }

    #[test]
    fn words_side_by_side_are_one_run() {
        check("tidal-power plants", &["tidal-power plants"]);
        check("\"tidal power\" plants", &["tidal power", "plants"]);
        check("tidal AND (power OR plants)", &["tidal", "power", "plants"]);
        check("tidal -power", &["tidal", "power"]);
    }

    #[test]
    fn chinese_is_a_run_of_its_own() {
        check("水质jiance标准", &["水质", "jiance", "标准"]);
        check("水 standards", &["standards"]);
    }

    #[test]
    fn what_the_query_language_says_is_left_alone() {
        check("kind:notice title:harbuor date:2023..2025 lang:en ports", &["harbuor", "ports"]);
        check("issuer:\"Port Autority\" tides", &["tides"]);
        check("number:/gb.*t/ tides", &["tides"]);
        check("GB/T 41867 5G tid*", &["GB", "T"]);
        check("shui3zhi4", &["shui3zhi4"]);
    }

    proptest! {
        #[test]
        fn runs_lie_within_what_was_typed(typed in "[a-z水质 :\"*\\-/A-D0-9“”]{0,30}|\\PC{0,20}") {
            let mut end = 0;
            for run in runs(&typed) {
                prop_assert!(run.range.start >= end && typed.get(run.range.clone()).is_some());
                end = run.range.end;
            }
        }
    }
}
