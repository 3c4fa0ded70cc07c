//! The words of a sentence by what they are linked to, and the terms among them.

use std::collections::BTreeMap;
use std::ops::Range;

use corpus::bitext::{WordLink, WordPlace};
use corpus::document::Language;

/// How many groups of linked words a bead shows: the style sheet has a rule for each.
pub(in crate::web) const GROUPS: usize = 80;

/// The linked words of a bead: those that a chain of links joins are one group. Groups are numbered from 0 in the order
/// in which the Chinese text begins them.
#[derive(Debug, Default)]
pub(in crate::web) struct Groups {
    zh: BTreeMap<usize, Vec<(Range<usize>, usize)>>,
    en: BTreeMap<usize, Vec<(Range<usize>, usize)>>,
    /// How many there are.
    pub(in crate::web) count: usize,
}

/// A word as a node of the graph of links: the Chinese ones come first.
type Node = (bool, usize, usize, usize);

impl Groups {
    /// The groups of a bead's links; what comes after the last that is shown is left out.
    pub(in crate::web) fn new(links: &[WordLink]) -> Self {
        let node = |is_en, place: &WordPlace| (is_en, place.sentence, place.range.start, place.range.end);
        let ends = links.iter().map(|link| (node(false, &link.zh), node(true, &link.en)));
        let mut groups = Self::default();
        for (node, group) in components(&ends.collect::<Vec<_>>()) {
            if group >= GROUPS {
                continue;
            }
            let (is_en, sentence, start, end) = node;
            let side = if is_en { &mut groups.en } else { &mut groups.zh };
            side.entry(sentence).or_default().push((start..end, group));
            groups.count = groups.count.max(group + 1);
        }
        groups
    }

    /// The linked words of a sentence, in order.
    pub(in crate::web) fn of(&self, language: Language, sentence: usize) -> &[(Range<usize>, usize)] {
        let side = if language == Language::Zh { &self.zh } else { &self.en };
        side.get(&sentence).map_or(&[], Vec::as_slice)
    }
}

/// The nodes of a graph in order, each with the number of its connected component.
fn components(edges: &[(Node, Node)]) -> Vec<(Node, usize)> {
    let mut neighbours: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
    for (zh, en) in edges {
        neighbours.entry(*zh).or_default().push(*en);
        neighbours.entry(*en).or_default().push(*zh);
    }
    let mut found: BTreeMap<Node, usize> = BTreeMap::new();
    let mut count = 0;
    for start in neighbours.keys() {
        if found.contains_key(start) {
            continue;
        }
        let mut waiting = vec![*start];
        while let Some(node) = waiting.pop() {
            if found.insert(node, count).is_none() {
                waiting.extend(neighbours.get(&node).into_iter().flatten());
            }
        }
        count += 1;
    }
    found.into_iter().collect()
}

/// A stretch of a sentence: a term, or what stands between two.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::web) struct Piece {
    /// The concept, where it is a term.
    pub(in crate::web) concept: Option<i64>,
    pub(in crate::web) words: Vec<Word>,
}

/// A stretch of a piece.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::web) struct Word {
    pub(in crate::web) text: String,
    /// The group that it is linked in.
    pub(in crate::web) group: Option<usize>,
}

/// Cuts a sentence at its terms, and these and the rest at its linked words: a word that goes beyond a term is cut at
/// the term's end.
pub(in crate::web) fn pieces(text: &str, linked: &[(Range<usize>, usize)], terms: &[(i64, &str)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |range: Range<usize>, concept| {
        let words = words(text, &range, linked);
        if !words.is_empty() {
            pieces.push(Piece { concept, words });
        }
    };
    let mut end = 0;
    for (range, concept) in occurrences(text, terms) {
        push(end..range.start, None);
        end = range.end;
        push(range, Some(concept));
    }
    push(end..text.len(), None);
    pieces
}

fn words(text: &str, within: &Range<usize>, linked: &[(Range<usize>, usize)]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut push = |range: Range<usize>, group| match text.get(range) {
        Some(part) if !part.is_empty() => words.push(Word { text: part.to_owned(), group }),
        _ => {}
    };
    let mut end = within.start;
    for (range, group) in linked {
        let cut = range.start.max(within.start)..range.end.min(within.end);
        // What overlaps the one before, or does not fit the characters, is not shown.
        if cut.start < end || cut.start >= cut.end || text.get(range.clone()).is_none() {
            continue;
        }
        push(end..cut.start, None);
        end = cut.end;
        push(cut, Some(*group));
    }
    push(end..within.end, None);
    words
}

/// Where terms stand in a text, the longest first at each place, ASCII case aside.
fn occurrences(text: &str, terms: &[(i64, &str)]) -> Vec<(Range<usize>, i64)> {
    let mut terms: Vec<(i64, &str)> = terms.iter().copied().filter(|(_, term)| !term.is_empty()).collect();
    terms.sort_by_key(|(concept, term)| (std::cmp::Reverse(term.len()), *concept));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty() && !terms.is_empty()) {
        let here = terms.iter().find_map(|(concept, term)| Some((term_end(text, at, term)?, *concept)));
        match here {
            Some((end, concept)) => {
                found.push((at..end, concept));
                at = end;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// Where a term that begins here ends. A Latin one is made of whole words, of which the last may be in the plural.
fn term_end(text: &str, at: usize, term: &str) -> Option<usize> {
    let latin = |char: char| char.is_ascii_alphanumeric();
    let end = at.checked_add(term.len())?;
    if !text.get(at..end)?.eq_ignore_ascii_case(term) {
        return None;
    }
    let before = text.get(..at)?.chars().next_back();
    if term.starts_with(latin) && before.is_some_and(latin) {
        return None;
    }
    let rest = text.get(end..)?;
    let ending = rest.find(|char| !latin(char)).map_or(rest, |length| rest.get(..length).unwrap_or_default());
    match ending {
        "" | "s" | "es" => Some(end + ending.len()),
        _ if !term.ends_with(latin) => Some(end),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(zh: (usize, Range<usize>), en: (usize, Range<usize>)) -> WordLink {
        let place = |(sentence, range)| WordPlace { sentence, range };
        WordLink { zh: place(zh), en: place(en), score: 0.9 }
    }

    /// Terms in brackets, linked words as `word{group}`.
    #[track_caller]
    fn check_pieces(text: &str, linked: &[(Range<usize>, usize)], terms: &[(i64, &str)], expected: &str) {
        let mut shown = String::new();
        for piece in pieces(text, linked, terms) {
            let words = piece.words.iter().map(|word| match word.group {
                Some(group) => format!("{}{{{group}}}", word.text),
                None => word.text.clone(),
            });
            let words: String = words.collect();
            shown += &piece.concept.map_or(words.clone(), |concept| format!("[{concept}:{words}]"));
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn words_that_a_chain_of_links_joins_are_one_group() {
        let links = [
            link((4, 6..12), (2, 0..5)),
            link((4, 0..6), (2, 6..9)),
            link((4, 0..6), (3, 0..2)),
            link((5, 0..3), (3, 0..2)),
        ];
        let groups = Groups::new(&links);
        assert_eq!(groups.count, 2);
        assert_eq!(groups.of(Language::Zh, 4), [(0..6, 0), (6..12, 1)]);
        assert_eq!(groups.of(Language::Zh, 5), [(0..3, 0)]);
        assert_eq!(groups.of(Language::En, 2), [(0..5, 1), (6..9, 0)]);
        assert_eq!(groups.of(Language::En, 3), [(0..2, 0)]);
        assert_eq!(groups.of(Language::En, 4), []);
    }

    #[test]
    fn groups_are_bounded() {
        let links: Vec<WordLink> = (0..200).map(|at| link((0, at..at + 1), (0, at..at + 1))).collect();
        let groups = Groups::new(&links);
        assert_eq!((groups.count, groups.of(Language::En, 0).len()), (GROUPS, GROUPS));
    }

    #[test]
    fn terms_hold_linked_words_and_cut_them() {
        check_pieces("观测云量。", &[(0..6, 0), (6..12, 1)], &[(7, "云量")], "观测{0}[7:云量{1}]。");
        check_pieces("观测云量。", &[(3..9, 0)], &[(7, "云量")], "观测{0}[7:云{0}量]。");
        check_pieces("Cloud covers", &[(0..5, 2)], &[(7, "cloud cover")], "[7:Cloud{2} covers]");
        check_pieces("", &[(0..5, 2)], &[(7, "cloud")], "");
    }

    #[test]
    fn a_term_is_made_of_whole_words() {
        check_pieces("article, smart, art", &[], &[(1, "art")], "article, smart, [1:art]");
        check_pieces("an AI (AI) lab", &[], &[(1, "AI"), (2, "AI lab"), (3, "")], "an [1:AI] ([1:AI]) lab");
        check_pieces("数据要素市场", &[], &[(1, "数据"), (2, "数据要素")], "[2:数据要素]市场");
    }

    #[test]
    fn ranges_that_do_not_fit_are_not_shown() {
        check_pieces("云量", &[(1..3, 0), (0..3, 1), (2..6, 2), (9..12, 3), (6..6, 4)], &[], "云{1}量");
    }
}
