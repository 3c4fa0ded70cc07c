//! Tokens have places in the text, and being met is being a substring.

use corpus::text::normalise::normalise;

use crate::analysis::{Analysis, PARTED_STEP, STEP, WordForm, analyse};

/// Checks the analysis of a text, and whether the other is met in it.
pub(crate) fn check(text: &str, other: &str) {
    let analysis = analyse(text);
    let once = normalise(text).text;
    assert_eq!(normalise(&once).text, once, "the normal form of {text:?} is not its own");
    check_places(text, &analysis);
    check_cuts(&once, &analysis);
    check_met(&analysis, &analyse(other));
}

/// Tokens stand in order, at whole characters of the text.
fn check_places(text: &str, analysis: &Analysis) {
    let mut last: Option<u32> = None;
    let mut begun = 0;
    for (index, token) in analysis.tokens.iter().enumerate() {
        let range = analysis.original_range(index..index + 1).unwrap_or_default();
        assert!(text.get(range.clone()).is_some_and(|part| !part.is_empty()), "token {index} of {text:?}: {range:?}");
        assert!(range.start >= begun, "token {index} of {text:?}: {range:?}");
        begun = range.start;
        assert!(
            last.is_none_or(|last| token.position == last + STEP || token.position == last + PARTED_STEP),
            "{text:?}"
        );
        last = Some(token.position);
    }
}

/// What is cut out of a text in normal form between tokens is met in it.
fn check_cuts(normal: &str, analysis: &Analysis) {
    let whole = analysis.canonical(WordForm::Stem).text;
    let count = analysis.tokens.len();
    for (from, to) in [(0, 1), (0, count), (count / 3, count * 2 / 3), (count / 2, count)] {
        let run = analysis.tokens.get(from..to).unwrap_or_default();
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let cut = normal.get(first.normal_range().start..last.normal_range().end).unwrap_or_default();
        let part = analyse(cut);
        assert_eq!(part.tokens.len(), run.len(), "{cut:?} of {normal:?}");
        let part = part.canonical(WordForm::Stem).text;
        assert!(whole.contains(&part), "{cut:?} of {normal:?}: {part:?} in {whole:?}");
    }
}

/// The canonical strings say what comparing token by token says.
fn check_met(text: &Analysis, wanted: &Analysis) {
    if wanted.tokens.is_empty() {
        return;
    }
    let by_canonical = text.canonical(WordForm::Stem).text.contains(&wanted.canonical(WordForm::Stem).text);
    assert_eq!(by_canonical, !runs(text, wanted).is_empty());
}

/// Where the tokens of `wanted` stand in `text` at their distances, token by token: first token and the one after.
pub(crate) fn runs(text: &Analysis, wanted: &Analysis) -> Vec<std::ops::Range<usize>> {
    let Some(first) = wanted.tokens.first() else { return Vec::new() };
    let length = wanted.tokens.len();
    let stands = |begin: &usize| {
        let here = text.tokens.get(*begin..begin + length).unwrap_or_default();
        here.len() == length
            && here.iter().zip(&wanted.tokens).all(|(token, other)| {
                let offset = token.position - here.first().map_or(0, |token| token.position);
                text.stem(token) == wanted.stem(other) && offset == other.position - first.position
            })
    };
    (0..text.tokens.len()).filter(stands).map(|begin| begin..begin + length).collect()
}
