//! Long runs that two texts have in common: what one quotes of the other.

use std::collections::HashMap;
use std::ops::Range;

use crate::analysis::{Analysis, Kind, analyse};

/// Of a longer text only so many tokens are looked at.
const MOST_TOKENS: usize = 3_000;
/// A run begins with so many tokens that are alike.
const SEED: usize = 3;
/// So many places of one beginning are tried.
const MOST_PLACES: usize = 8;
/// A run of so many Chinese characters, or of half as many words, is long.
const LONG: usize = 12;

/// What a text has in common with another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quoted {
    /// Bytes of the text where long runs of the other stand, ascending.
    pub runs: Vec<Range<usize>>,
    /// How much of the shorter of the two they are, from 0 to 1.
    pub share: f32,
}

/// The long runs of `other` that stand in `text`, punctuation, spaces, case and forms of words aside.
pub fn quoted(text: &str, other: &str) -> Quoted {
    let (text, other) = (Keys::of(text), Keys::of(other));
    let mut places: HashMap<&[u64], Vec<usize>> = HashMap::new();
    for (at, seed) in other.keys.windows(SEED).enumerate() {
        let places = places.entry(seed).or_default();
        if places.len() < MOST_PLACES {
            places.push(at);
        }
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(seed) = text.keys.get(at..at + SEED) {
        let starts = places.get(seed).map(Vec::as_slice).unwrap_or_default();
        let length = starts.iter().map(|&start| text.common(at, &other, start)).max().unwrap_or(0);
        if text.weight(at..at + length) >= LONG {
            runs.push(at..at + length);
            at += length;
        } else {
            at += 1;
        }
    }
    let covered: usize = runs.iter().map(Range::len).sum();
    let shorter = text.keys.len().min(other.keys.len()).max(1);
    let share = (covered as f32 / shorter as f32).min(1.0);
    Quoted { runs: runs.into_iter().filter_map(|run| text.analysis.original_range(run)).collect(), share }
}

/// A text as numbers that are alike where its tokens are.
struct Keys {
    analysis: Analysis,
    keys: Vec<u64>,
}

impl Keys {
    fn of(text: &str) -> Self {
        let analysis = analyse(text);
        let tokens = analysis.tokens.iter().take(MOST_TOKENS);
        let keys = tokens.map(|token| fingerprint(&analysis.stem(token))).collect();
        Self { analysis, keys }
    }

    /// How many tokens are alike from two places on.
    fn common(&self, at: usize, other: &Self, start: usize) -> usize {
        let (own, others) = (self.keys.get(at..), other.keys.get(start..));
        let pairs = own.unwrap_or_default().iter().zip(others.unwrap_or_default());
        pairs.take_while(|(one, other)| one == other).count()
    }

    /// How long a run is in Chinese characters; a word is worth two.
    fn weight(&self, run: Range<usize>) -> usize {
        let tokens = self.analysis.tokens.get(run).unwrap_or_default();
        tokens.iter().map(|token| if token.kind == Kind::Han { 1 } else { 2 }).sum()
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): two of some thousand tokens that differ are hardly ever taken for one.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, other: &str, expected: &[&str], share: f32) {
        let quoted = quoted(text, other);
        let runs: Vec<&str> = quoted.runs.iter().map(|run| &text[run.clone()]).collect();
        assert_eq!(runs, expected);
        assert!((quoted.share - share).abs() < 0.01, "{}", quoted.share);
    }

    #[test]
    fn long_runs_are_found_through_punctuation_and_forms() {
        let notice = "港口应当每年检查潮汐发电站，并向社会公布检查结果。";
        check(notice, "二、港口應當每年檢查潮汐發電站并向社会公布检查结果", &[&notice[..notice.len() - 3]], 1.0);
        check(
            "Ports inspect all tidal power stations yearly.",
            "The port inspects all tidal power station yearly",
            &["Ports inspect all tidal power stations yearly"],
            1.0,
        );
    }

    #[test]
    fn short_runs_are_no_quotation() {
        check("港口应当检查灯塔。", "港口应当检查浮标。", &[], 0.0);
        check("", "港口", &[], 0.0);
    }

    proptest! {
        #[test]
        fn a_text_quotes_itself_and_runs_lie_within(text in "[港口潮汐ab ，]{0,60}", other in "[港口潮汐ab ，]{0,60}") {
            let itself = quoted(&text, &text);
            let weight: usize = analyse(&text).tokens.iter().map(|token| 1 + usize::from(token.kind != Kind::Han)).sum();
            prop_assert!(weight < LONG || analyse(&text).tokens.len() < SEED || itself.share > 0.99);
            for run in quoted(&text, &other).runs {
                prop_assert!(text.get(run).is_some_and(|run| !run.is_empty()));
            }
        }
    }
}
