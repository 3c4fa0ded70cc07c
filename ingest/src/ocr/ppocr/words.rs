//! A line's characters as words with boxes.

use super::lines::Reading;
use super::model::Models;
use crate::ocr::{Picture, Seen};

/// A character and where its middle is.
struct Placed<'a> {
    text: &'a str,
    /// As a share of the line's width.
    middle: f32,
    confidence: f32,
}

/// The words of a reading: Han characters and full-width signs one by one, others up to the next space or gap.
pub(super) fn words(models: &Models, picture: &Picture, reading: &Reading, number: u32) -> Vec<Seen> {
    let placed: Vec<Placed<'_>> = reading
        .read
        .iter()
        .filter_map(|read| {
            let middle = ((read.step as f32 + 0.5) * reading.step).min(1.0);
            Some(Placed { text: models.character(read.class)?, middle, confidence: read.confidence })
        })
        .collect();
    let em = reading.line.height / reading.line.width.max(f32::MIN_POSITIVE);
    let limit = [picture.width as f32, picture.height as f32];
    let spans = spans(&placed, em);
    let groups = grouped(&placed, &spans, em);
    let seen = groups.into_iter().filter_map(|group| {
        let (characters, spans) = (placed.get(group.clone())?, spans.get(group)?);
        let bbox = reading.line.part(spans.first()?.0, spans.last()?.1);
        let mean = characters.iter().map(|c| c.confidence).sum::<f32>() / characters.len().max(1) as f32;
        Some(Seen {
            text: characters.iter().map(|c| c.text).collect(),
            bbox: [
                bbox[0].clamp(0.0, limit[0]),
                bbox[1].clamp(0.0, limit[1]),
                bbox[2].clamp(0.0, limit[0]),
                bbox[3].clamp(0.0, limit[1]),
            ],
            confidence: mean.clamp(0.0, 1.0),
            line: number,
        })
    });
    seen.collect()
}

/// From where to where each character reaches: half way to its neighbours, but no more than its kind is wide.
fn spans(placed: &[Placed<'_>], em: f32) -> Vec<(f32, f32)> {
    let middle = |at: Option<usize>| at.and_then(|at| placed.get(at)).map(|c| c.middle);
    let span = |(at, character): (usize, &Placed<'_>)| {
        let reach = em * if stands_alone(character.text) { 0.5 } else { 0.3 };
        let left = middle(at.checked_sub(1)).map_or(0.0, |before| f32::midpoint(before, character.middle));
        let right = middle(at.checked_add(1)).map_or(1.0, |after| f32::midpoint(after, character.middle));
        (left.max(character.middle - reach), right.min(character.middle + reach))
    };
    placed.iter().enumerate().map(span).collect()
}

/// Which characters make a word.
fn grouped(placed: &[Placed<'_>], spans: &[(f32, f32)], em: f32) -> Vec<std::ops::Range<usize>> {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, character) in placed.iter().enumerate() {
        if character.text.chars().all(char::is_whitespace) {
            continue;
        }
        let joins = |last: &std::ops::Range<usize>| {
            let before = placed.get(at.wrapping_sub(1));
            let gap = spans.get(at).map_or(0.0, |s| s.0) - spans.get(last.end.wrapping_sub(1)).map_or(0.0, |s| s.1);
            last.end == at
                && gap < em * 0.5
                && !stands_alone(character.text)
                && before.is_some_and(|before| !stands_alone(before.text))
        };
        match groups.last_mut() {
            Some(last) if joins(last) => last.end = at + 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

/// Whether a character is a word of its own here: Han, kana, and signs as wide as they are.
fn stands_alone(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}'
            | '\u{20000}'..='\u{3ffff}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters at tenths of an em, and the words that they make with left and right edges in tenths of an em.
    #[track_caller]
    fn check(characters: &[(&str, u16)], expected: &[(&str, i32, i32)]) {
        let line = 200.0;
        let placed: Vec<Placed<'_>> = characters
            .iter()
            .map(|&(text, middle)| Placed { text, middle: f32::from(middle) / line, confidence: 1.0 })
            .collect();
        let spans = spans(&placed, 10.0 / line);
        let tenth = |share: f32| (share * line).round() as i32;
        let words: Vec<(String, i32, i32)> = grouped(&placed, &spans, 10.0 / line)
            .into_iter()
            .map(|g| {
                let text = placed[g.clone()].iter().map(|c| c.text).collect();
                (text, tenth(spans[g.start].0), tenth(spans[g.end - 1].1))
            })
            .collect();
        let words: Vec<(&str, i32, i32)> = words.iter().map(|(text, a, b)| (text.as_str(), *a, *b)).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn han_characters_stand_alone() {
        check(&[("数", 5), ("据", 15), ("。", 25)], &[("数", 0, 10), ("据", 10, 20), ("。", 20, 30)]);
    }

    #[test]
    fn latin_words_end_at_spaces() {
        check(&[("T", 5), ("o", 10), (" ", 15), ("g", 20), ("o", 24)], &[("To", 2, 13), ("go", 18, 27)]);
    }

    #[test]
    fn latin_words_end_at_han_characters_and_wide_gaps() {
        check(&[("第", 5), ("3", 13), ("条", 21)], &[("第", 0, 9), ("3", 10, 16), ("条", 17, 26)]);
        check(&[("a", 5), ("b", 40)], &[("a", 2, 8), ("b", 37, 43)]);
    }

    #[test]
    fn nothing_makes_no_words() {
        check(&[], &[]);
        check(&[(" ", 5)], &[]);
    }
}
