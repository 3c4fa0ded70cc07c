//! What a phrase became on the other side of its bead.

use std::ops::Range;

use index::highlight;
use index::query::Query;

/// Words that may stand between the parts of a rendering without being linked to anything.
const BETWEEN: [&str; 10] = ["a", "an", "and", "for", "in", "of", "on", "the", "to", "的"];
/// Words that a rendering does not begin with.
const LEADING: [&str; 3] = ["a ", "an ", "the "];

/// The byte ranges of `text` that render a phrase: where a known rendering stands, one that holds linked words if any
/// does; and else the linked words themselves, joined where only small words lie between.
///
/// `linked` are the byte ranges of `text` whose words are linked with words of the phrase.
pub(super) fn counterpart(text: &str, known: &[String], linked: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> =
        known.iter().flat_map(|rendering| highlight(text, &Query::Text(rendering.clone()))).collect();
    let is_linked = |range: &Range<usize>| linked.iter().any(|link| link.start < range.end && range.start < link.end);
    if found.iter().any(is_linked) {
        found.retain(is_linked);
    }
    let found = if found.is_empty() { joined(text, linked) } else { longest(found) };
    found.into_iter().map(|range| without_article(text, range)).filter(|range| !range.is_empty()).collect()
}

/// A rendering as it is written, for counting; `None` where there is none or its parts lie apart.
pub(super) fn rendering(text: &str, marks: &[Range<usize>]) -> Option<String> {
    let first = text.get(marks.first()?.clone())?;
    let same = marks.iter().all(|mark| text.get(mark.clone()).is_some_and(|part| part.eq_ignore_ascii_case(first)));
    same.then(|| first.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Of ranges that overlap, the longest.
fn longest(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (std::cmp::Reverse(range.len()), range.start));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        if kept.iter().all(|other| range.end <= other.start || other.end <= range.start) {
            kept.push(range);
        }
    }
    kept.sort_by_key(|range| range.start);
    kept
}

fn joined(text: &str, linked: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut linked: Vec<Range<usize>> =
        linked.iter().filter(|range| text.get((*range).clone()).is_some()).cloned().collect();
    linked.sort_by_key(|range| (range.start, range.end));
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for range in linked {
        match ranges.last_mut() {
            Some(last) if range.start <= last.end || small_between(text, last.end..range.start) => {
                last.end = last.end.max(range.end);
            }
            _ => ranges.push(range),
        }
    }
    ranges
}

fn small_between(text: &str, gap: Range<usize>) -> bool {
    let Some(gap) = text.get(gap) else { return false };
    let mut words = gap.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
    words.all(|word| BETWEEN.iter().any(|small| word.eq_ignore_ascii_case(small)))
}

fn without_article(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else { return range };
    let has = |article: &&&str| part.get(..article.len()).is_some_and(|start| start.eq_ignore_ascii_case(article));
    let article = LEADING.iter().find(has).map_or(0, |article| article.len());
    range.start + article..range.end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `linked` words are given by themselves; the marked text is shown in brackets.
    #[track_caller]
    fn check(text: &str, known: &[&str], linked: &[&str], expected: &str, rendered: Option<&str>) {
        let known: Vec<String> = known.iter().map(|known| (*known).to_owned()).collect();
        let place = |word: &&str| text.find(word).map(|start| start..start + word.len());
        let linked: Vec<Range<usize>> = linked.iter().filter_map(place).collect();
        let marks = counterpart(text, &known, &linked);
        let mut shown = text.to_owned();
        for mark in marks.iter().rev() {
            shown.insert(mark.end, ']');
            shown.insert(mark.start, '[');
        }
        assert_eq!(shown, expected);
        assert_eq!(rendering(text, &marks).as_deref(), rendered);
    }

    #[test]
    fn a_known_rendering_is_marked_where_linked_words_are() {
        let text = "Water use is limited; the water use of industry, too.";
        check(
            text,
            &["water use"],
            &[],
            "[Water use] is limited; the [water use] of industry, too.",
            Some("Water use"),
        );
        check("Rates of use, use of water", &["use"], &["Rates"], "Rates of [use], [use] of water", Some("use"));
        check("cloud, deep clouds", &["cloud"], &["clouds"], "cloud, deep [clouds]", Some("clouds"));
    }

    #[test]
    fn linked_words_are_joined_over_small_words() {
        check(
            "in the protection of the water sources",
            &[],
            &["protection", "the water", "sources"],
            "in the [protection of the water sources]",
            Some("protection of the water sources"),
        );
        check("protect rivers and their water", &[], &["protect", "water"], "[protect] rivers and their [water]", None);
        check("保护水源。", &[], &["水源"], "保护[水源]。", Some("水源"));
    }

    #[test]
    fn an_article_is_no_part_of_a_rendering() {
        check("The cloud", &[], &["The cloud"], "The [cloud]", Some("cloud"));
        check("the", &[], &[], "the", None);
    }
}
