//! The sentence round a place of a text, cut to the words around it where it is long.

use std::ops::Range;

use corpus::text::segment::sentences;

/// The sentence of `text` that holds `span`, at the most about `most` characters of it, the span in their middle.
pub(super) fn sentence_round(text: &str, span: &Range<usize>, most: usize) -> String {
    let whole = || 0..text.len();
    // A long block is cut first, so that many names in one block cost no more than their surroundings.
    let near = window(text, &whole(), span, most.saturating_mul(4));
    let part = text.get(near.clone()).unwrap_or_default();
    let inner = span.start.saturating_sub(near.start)..span.end.saturating_sub(near.start);
    let sentence = sentences(part)
        .into_iter()
        .find(|range| range.start <= inner.start && inner.start < range.end.max(range.start + 1))
        .unwrap_or(0..part.len());
    let sentence = sentence.start..sentence.end.max(inner.end.min(part.len()));
    part.get(window(part, &sentence, &inner, most)).unwrap_or_default().trim().to_owned()
}

/// The characters of `within` round `span`, at the most about `most`, whole words.
fn window(text: &str, within: &Range<usize>, span: &Range<usize>, most: usize) -> Range<usize> {
    let Some(all) = text.get(within.clone()) else { return 0..0 };
    // No more bytes than characters are asked for can hold too many of them.
    if all.len() <= most || all.chars().nth(most).is_none() {
        return within.clone();
    }
    let named = text.get(span.clone()).map_or(0, |name| name.chars().count());
    let side = most.saturating_sub(named) / 2;
    let before = text.get(within.start..span.start).unwrap_or_default();
    let after = text.get(span.end..within.end).unwrap_or_default();
    let start = before.char_indices().rev().take(side).last().map_or(span.start, |(at, _)| within.start + at);
    let end = after.char_indices().nth(side).map_or(within.end, |(at, _)| span.end + at);
    to_words(text, within, start, span)..to_word_end(text, within, end, span)
}

/// The beginning of the next word, where a word would be cut.
fn to_words(text: &str, within: &Range<usize>, start: usize, span: &Range<usize>) -> usize {
    let cuts = text.get(..start).and_then(|before| before.chars().next_back()).is_some_and(is_letter);
    if start <= within.start || !cuts {
        return start;
    }
    let rest = text.get(start..span.start).unwrap_or_default();
    rest.find(|char: char| !is_letter(char)).map_or(start, |at| start + at)
}

fn to_word_end(text: &str, within: &Range<usize>, end: usize, span: &Range<usize>) -> usize {
    let cuts = text.get(end..).and_then(|after| after.chars().next()).is_some_and(is_letter);
    if end >= within.end || !cuts {
        return end;
    }
    let kept = text.get(span.end..end).unwrap_or_default();
    kept.rfind(|char: char| !is_letter(char)).map_or(end, |at| span.end + at)
}

/// A letter of a word, which is not cut; Chinese is cut anywhere.
fn is_letter(char: char) -> bool {
    char.is_alphanumeric() && char < '\u{2e80}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, name: &str, most: usize, wanted: &str) {
        let start = text.find(name).unwrap_or_default();
        assert_eq!(sentence_round(text, &(start..start + name.len()), most), wanted);
    }

    #[test]
    fn a_sentence_is_cut_at_words() {
        check("One lake. The second lake is deep. Third.", "second", 100, "The second lake is deep.");
        check("The very long shore of the second lake is deep and wide.", "second", 22, "of the second lake is");
        check("湖泊。第二个湖泊很深，第三个湖泊更深。", "第二个", 9, "第二个湖泊很");
        assert_eq!(sentence_round("", &(0..0), 10), "");
        assert_eq!(sentence_round("ab", &(5..9), 1), "");
    }
}
