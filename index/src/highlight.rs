//! Showing why a text was found: the places that the query meets, and the best part of a long text.
//!
//! The marks come from the query tree by the same analysis that finds the text, so what is marked is what was met.

use std::collections::HashSet;
use std::ops::Range;

use crate::analysis::{Analysis, Canonical, Kind, Token, WordForm, analyse};
use crate::function_words;
use crate::identifier::identifiers;
use crate::query::{Pattern, Query};

/// A part of a text that shows why it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The part, with … where the text goes on.
    pub text: String,
    /// Byte ranges in [`Snippet::text`] that were met, ascending.
    pub ranges: Vec<Range<usize>>,
    /// Where the first of them begins in the whole text, in bytes.
    pub first: Option<usize>,
    /// What is shown of the whole text, in bytes.
    pub window: Range<usize>,
}

/// The byte ranges of `text` that the query meets, ascending and apart from each other.
///
/// Phrases are marked where they stand whole. A plain Chinese word is marked where it stands whole, or else where
/// parts of it stand.
pub fn highlight(text: &str, query: &Query) -> Vec<Range<usize>> {
    let page = Page::new(text);
    let mut marks = Vec::new();
    page.mark(query, &mut marks);
    let mut ranges: Vec<_> = marks.into_iter().filter_map(|tokens| page.analysis.original_range(tokens)).collect();
    mark_identifiers(text, query, &mut ranges);
    merged(ranges)
}

/// What two writings of one expression have in common: the stems of its words and its Chinese characters, in order.
pub fn stems(text: &str) -> String {
    analyse(text).canonical(WordForm::Stem).text
}

/// The part of at most `max_chars` characters that shows most of what the query meets, or the beginning.
pub fn snippet(text: &str, query: &Query, max_chars: usize) -> Snippet {
    let ranges = highlight(text, query);
    let window = best_window(text, &ranges, max_chars);
    let shown = text.get(window.clone()).unwrap_or_default();
    let before = if window.start > 0 { "…" } else { "" };
    let after = if window.end < text.len() { "…" } else { "" };
    let inside = ranges.into_iter().filter(|range| range.start >= window.start && range.end <= window.end);
    let inside: Vec<Range<usize>> = inside.collect();
    let first = inside.first().map(|range| range.start);
    let moved = |at: usize| at - window.start + before.len();
    let ranges = inside.into_iter().map(|range| moved(range.start)..moved(range.end)).collect();
    Snippet { text: format!("{before}{shown}{after}"), ranges, first, window }
}

/// Adds the identifiers that meet a pattern of the query.
fn mark_identifiers(text: &str, query: &Query, ranges: &mut Vec<Range<usize>>) {
    let mut patterns = Vec::new();
    collect_patterns(query, &mut patterns);
    if patterns.is_empty() {
        return;
    }
    for (range, identifier) in identifiers(text) {
        if patterns.iter().any(|pattern| pattern.is_match(&identifier)) {
            ranges.push(range);
        }
    }
}

/// The patterns that are met by the text.
fn collect_patterns<'q>(query: &'q Query, patterns: &mut Vec<&'q Pattern>) {
    match query {
        Query::Identifier { field: None, pattern } => patterns.push(pattern),
        Query::And(parts) | Query::Or(parts) | Query::Best(parts) => {
            parts.iter().for_each(|part| collect_patterns(part, patterns));
        }
        Query::Weighted { query, .. } => collect_patterns(query, patterns),
        _ => {}
    }
}

/// A text that is being marked.
struct Page {
    analysis: Analysis,
    stems: Canonical,
}

impl Page {
    fn new(text: &str) -> Self {
        let analysis = analyse(text);
        let stems = analysis.canonical(WordForm::Stem);
        Self { analysis, stems }
    }

    /// Adds the runs of tokens that the query meets.
    fn mark(&self, query: &Query, marks: &mut Vec<Range<usize>>) {
        match query {
            Query::Words(words) => words.iter().for_each(|word| self.mark_word(&analyse(word), marks)),
            Query::Text(text) => marks.extend(self.whole(&analyse(text))),
            Query::Prefix(prefix) => {
                let pattern = analyse(prefix).canonical(WordForm::Written).into_prefix();
                marks.extend(occurrences(&self.analysis.canonical(WordForm::Written), &pattern));
            }
            Query::Near { left, right, distance } => {
                let (left, right) = (self.whole(&analyse(left)), self.whole(&analyse(right)));
                let near = |run: &&Range<usize>, others: &[Range<usize>]| {
                    self.analysis.near(run, others, |other| other, *distance).is_some()
                };
                marks.extend(left.iter().filter(|run| near(run, &right)).cloned());
                marks.extend(right.iter().filter(|run| near(run, &left)).cloned());
            }
            Query::And(parts) | Query::Or(parts) | Query::Best(parts) => {
                parts.iter().for_each(|part| self.mark(part, marks));
            }
            Query::Weighted { query, .. } => self.mark(query, marks),
            Query::Field { .. } | Query::Identifier { .. } | Query::Date(_) | Query::Not(_) => {}
        }
    }

    fn whole(&self, text: &Analysis) -> Vec<Range<usize>> {
        occurrences(&self.stems, &text.canonical(WordForm::Stem).text)
    }

    fn mark_word(&self, word: &Analysis, marks: &mut Vec<Range<usize>>) {
        let whole = self.whole(word);
        if !whole.is_empty() && word.tokens.iter().any(|token| is_telling(word, token)) {
            marks.extend(whole);
            return;
        }
        let stems: HashSet<_> =
            word.tokens.iter().filter(|token| is_telling(word, token)).map(|t| word.stem(t)).collect();
        let pairs: HashSet<_> = (0..word.tokens.len())
            .filter(|&index| word.is_pair(index))
            .filter_map(|index| word.longer(index))
            .collect();
        self.mark_pairs(&pairs, marks);
        for (index, token) in self.analysis.tokens.iter().enumerate() {
            if token.kind != Kind::Han && stems.contains(&self.analysis.stem(token)) {
                marks.push(index..index + 1);
            }
        }
    }

    /// Marks runs of characters of which each two are a pair of the word.
    fn mark_pairs(&self, pairs: &HashSet<String>, marks: &mut Vec<Range<usize>>) {
        let mut begun: Option<usize> = None;
        for index in 0..self.analysis.tokens.len() {
            let met = !pairs.is_empty()
                && self.analysis.is_pair(index)
                && self.analysis.longer(index).is_some_and(|pair| pairs.contains(&pair));
            match (begun, met) {
                (None, true) => begun = Some(index),
                (Some(start), false) => {
                    let run = start..index + 1;
                    if run.len() > 2 || !self.has_function_character(&run) {
                        marks.push(run);
                    }
                    begun = None;
                }
                _ => {}
            }
        }
    }

    fn has_function_character(&self, run: &Range<usize>) -> bool {
        let tokens = self.analysis.tokens.get(run.clone()).unwrap_or_default();
        tokens.iter().any(|token| function_words::is_character(self.analysis.text(token)))
    }
}

/// Whether a token of a loose query is worth marking by itself.
fn is_telling(word: &Analysis, token: &Token) -> bool {
    let text = word.text(token);
    match token.kind {
        Kind::Han => true,
        Kind::Word => text.len() > 1 && !function_words::is_word(text),
        Kind::Number => text.len() > 1,
    }
}

/// The runs of tokens where a canonical string stands.
fn occurrences(canonical: &Canonical, pattern: &str) -> Vec<Range<usize>> {
    if pattern.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = canonical.text.get(from..).and_then(|rest| rest.find(pattern)) {
        let start = from + at;
        found.push(canonical.tokens(start..start + pattern.len()));
        from = start + canonical.text.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    }
    found
}

/// Ranges in order, those that overlap or touch as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The byte range of the part to show.
fn best_window(text: &str, ranges: &[Range<usize>], max_chars: usize) -> Range<usize> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    if starts.len() <= max_chars {
        return 0..text.len();
    }
    let byte = |index: usize| starts.get(index).copied().unwrap_or(text.len());
    let candidates = ranges.iter().take(256).map(|range| starts.partition_point(|&start| start < range.start));
    let windows = std::iter::once(0).chain(candidates).map(|first| {
        let begin = lead_in(text, &starts, first, max_chars);
        let window = byte(begin)..byte(begin.saturating_add(max_chars));
        window.start..last_whole_word(text, &window)
    });
    let shown = |window: &Range<usize>| -> usize {
        let inside = ranges.iter().filter(|range| range.start >= window.start && range.end <= window.end);
        inside.map(Range::len).sum()
    };
    // The first of equals: the earliest place that shows most.
    let mut best = 0..last_whole_word(text, &(0..byte(max_chars)));
    for window in windows {
        if shown(&window) > shown(&best) {
            best = window;
        }
    }
    best
}

/// Where a window that shows character `first` begins: after the last end of a sentence that is not too far before,
/// or of a clause, or of a word; and not so late that the text's end leaves it half empty.
fn lead_in(text: &str, starts: &[usize], first: usize, max_chars: usize) -> usize {
    let first = first.min(starts.len().saturating_sub(max_chars));
    let earliest = first.saturating_sub(max_chars / 3);
    let char_at = |index: usize| starts.get(index).and_then(|&at| text.get(at..)).and_then(|rest| rest.chars().next());
    let after = |ends: &str| (earliest..first).rev().find(|&index| char_at(index).is_some_and(|c| ends.contains(c)));
    if earliest == 0 {
        return 0;
    }
    after("。！？；!?\n").or_else(|| after("，、：,;: ")).map_or(first, |end| end + 1)
}

/// Where a window ends that holds no part of a word, unless it holds nothing else.
fn last_whole_word(text: &str, window: &Range<usize>) -> usize {
    let is_letter = |c: char| c.is_alphanumeric() && c.is_ascii();
    let shown = text.get(window.clone()).unwrap_or_default();
    let cut = text.get(window.end..).is_some_and(|rest| rest.starts_with(is_letter)) && shown.ends_with(is_letter);
    let whole = shown.trim_end_matches(is_letter).trim_end();
    if cut && !whole.is_empty() { window.start + whole.len() } else { window.end }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::parse;

    /// `marked` is the text with the marks in square brackets.
    #[track_caller]
    fn check(query: &str, marked: &str) {
        let text = marked.replace(['[', ']'], "");
        let query = parse(query).query.expect("something to mark");
        let mut shown = text.clone();
        for range in highlight(&text, &query).into_iter().rev() {
            shown.insert(range.end, ']');
            shown.insert(range.start, '[');
        }
        assert_eq!(shown, marked);
    }

    #[test]
    fn phrases_are_marked_where_they_stand_whole() {
        check("\"数据要素\"", "[數據要素]市場，数据与要素");
        check("\"data standards\"", "the [Data Standard], a data set, standards");
        check("算力 NEAR/3 平台", "算力。建设[算力]调度[平台]，另有别的一些平台");
        check("draf*", "[Drafting] and [drafts], daft");
        check("数据 AND -要素", "[数据]要素");
        check("title:数据", "数据");
        check(r"/^gb\/t 503\d\d/", "按[GB／T 50311—2031]与GB/T 40311，");
    }

    #[test]
    fn plain_words_are_marked_whole_or_in_parts() {
        check("数据要素", "[数据要素]与数据");
        check("数据要素", "[数据]与[要素]");
        check("算力的标准是什么", "网络[算力的标准]，目的是好");
        check("what are the standards", "The [Standards] that are");
        check("GB/T 41867", "[GB/T] [41867]—2022, GB 2");
    }

    #[test]
    fn a_snippet_shows_the_best_part_and_begins_with_a_sentence() {
        let text = "开头的话。".repeat(20) + "这里讲算力标准。" + &"后面的话。".repeat(20);
        let query = parse("\"算力标准\"").query.expect("something to show");
        let shown = snippet(&text, &query, 30);
        assert!(shown.text.starts_with("…这里讲") && shown.text.ends_with('…'), "{}", shown.text);
        assert_eq!(&shown.text[shown.ranges[0].clone()], "算力标准");
        assert_eq!(shown.first, text.find("算力标准"));
        assert_eq!(snippet("短文", &query, 30), Snippet { text: "短文".into(), window: 0..6, ..Snippet::default() });
        assert!(snippet(&text, &query, 0).ranges.is_empty());
    }

    #[test]
    fn a_snippet_ends_with_a_whole_word() {
        let query = parse("standards").query.expect("something to show");
        assert_eq!(snippet("On standards of computing power.", &query, 20).text, "On standards of…");
        assert_eq!(snippet("standardization", &query, 5).text, "stand…");
    }

    proptest! {
        #[test]
        fn marks_lie_in_the_text_and_apart(text in "\\PC{0,40}", input in "\\PC{1,8}", longest in 0..30_usize) {
            if let Some(query) = parse(&input).query {
                let ranges = highlight(&text, &query);
                prop_assert!(ranges.iter().all(|range| text.get(range.clone()).is_some_and(|part| !part.is_empty())));
                prop_assert!(ranges.windows(2).all(|pair| pair[0].end < pair[1].start));
                let shown = snippet(&text, &query, longest);
                prop_assert!(shown.ranges.iter().all(|range| shown.text.get(range.clone()).is_some()));
                prop_assert!(shown.text.chars().count() <= longest + 2);
            }
        }
    }
}
