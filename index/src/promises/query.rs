//! Any input is read, printed so that it reads the same, and shown.

use std::time::{Duration, Instant};

use super::check_ranges;
use crate::query::{Query, Rendering, TermInText, parse};
use crate::{highlight, snippet};

/// So long at most for all that is done with one query and one text.
const LONGEST: Duration = Duration::from_secs(2);

/// Checks what a person may type, and a text that it may meet.
pub(crate) fn check(input: &str, text: &str) {
    let start = Instant::now();
    if let Some(query) = parse(input).query {
        check_printed(input, &query);
        assert_eq!(query.strict().strict(), query.strict(), "{input:?}");
        check_shown(&query, text);
        let (expanded, added) = query.expand(&lookup);
        assert!(added.iter().map(|of| of.added.len()).sum::<usize>() <= 100, "{input:?}");
        check_shown(&expanded, text);
        assert!(expanded.atoms().len() < 10_000, "{input:?}");
    }
    assert!(start.elapsed() < LONGEST, "{input:?} took {:?}", start.elapsed());
}

fn check_printed(input: &str, query: &Query) {
    let printed = query.to_string();
    assert_eq!(parse(&printed).query.as_ref(), Some(query), "{input:?} is printed as {printed:?}");
}

fn check_shown(query: &Query, text: &str) {
    check_ranges(text, &highlight(text, query));
    for most in [0, 7, 80] {
        let shown = snippet(text, query, most);
        check_ranges(&shown.text, &shown.ranges);
        assert!(shown.text.chars().count() <= most + 2, "{query} in {text:?}");
        assert!(text.get(shown.window).is_some(), "{query} in {text:?}");
    }
}

/// A termbase of three terms.
fn lookup(text: &str) -> Vec<TermInText> {
    let terms = [("算力", "computing power"), ("standard", "标准"), ("data", "数据")];
    let found = terms.iter().flat_map(|(term, rendering)| {
        let renderings = vec![Rendering { text: (*rendering).to_owned(), weight: 1.0 }];
        text.match_indices(term)
            .map(move |(at, term)| TermInText { range: at..at + term.len(), renderings: renderings.clone() })
    });
    found.collect()
}
