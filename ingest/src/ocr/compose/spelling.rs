//! The words of a row as a line of text.

use corpus::document::Word;

use super::Placed;

/// A gap of so many em separates columns of a table or a number from its heading, and becomes a tab; a smaller one
/// between Han characters, Han and Latin, or words becomes a space from the widths below on. They are those of text
/// that a file brings itself, and a little more: boxes end where the ink does.
const WIDE: f32 = 2.0;
const HAN_SPACE: f32 = 0.9;
const MIXED_SPACE: f32 = 0.5;
const WORD_SPACE: f32 = 0.12;

/// A line of text with the place of its characters and words.
#[derive(Debug, Default)]
pub(super) struct Spelled {
    pub(super) text: String,
    /// Where each character ends, in points from the left of the page.
    pub(super) ends: Vec<f32>,
    pub(super) words: Vec<Word>,
}

/// Whether it is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Punctuation that brings its own space.
fn is_full_width(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3006}' | '\u{3008}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}' | '“' | '”' | '‘' | '’' | '—' | '…')
}

/// The words, from left to right, as text: one space between Latin words, none between Han characters, a tab for a wide
/// gap, and punctuation as wide as what stands beside it.
pub(super) fn spelled(words: &[Placed], size: f32) -> Spelled {
    let mut line = Spelled::default();
    let mut before: Option<&Placed> = None;
    for word in words {
        if let (Some(last), Some(first), Some(before)) =
            (line.text.chars().next_back(), word.text.chars().next(), before)
        {
            let gap = (word.bbox.x0 - before.bbox.x1) / size.max(1.0);
            if let Some(space) = separator(last, first, gap) {
                line.text.push(space);
                line.ends.push(word.bbox.x0);
            }
        }
        push(&mut line, word);
        before = Some(word);
    }
    mend(&mut line);
    line
}

fn separator(before: char, after: char, gap: f32) -> Option<char> {
    if gap >= WIDE {
        return Some('\t');
    }
    let least = match (is_han(before), is_han(after)) {
        _ if is_full_width(before) || is_full_width(after) => HAN_SPACE,
        (true, true) => HAN_SPACE,
        (false, false) => WORD_SPACE,
        _ => MIXED_SPACE,
    };
    (gap >= least).then_some(' ')
}

/// Adds a word; its characters share its width as they are wide.
fn push(line: &mut Spelled, word: &Placed) {
    let start = line.text.len();
    line.text.push_str(&word.text);
    let wide = |c: char| if c.is_ascii() { 0.5 } else { 1.0 };
    let total: f32 = word.text.chars().map(wide).sum();
    let mut done = 0.0;
    for c in word.text.chars() {
        done += wide(c);
        line.ends.push(word.bbox.x0 + word.bbox.width() * done / total);
    }
    line.words.push(Word { start, end: line.text.len(), bbox: word.bbox, confidence: word.confidence });
}

/// Sets right what engines confuse and what they do not care about: dashes and the width of punctuation.
fn mend(line: &mut Spelled) {
    let characters: Vec<char> = line.text.chars().collect();
    let mended: Vec<char> = (0..characters.len()).map(|at| mended(&characters, at)).collect();
    if mended == characters {
        return;
    }
    let mut lengths = vec![(0_usize, 0_usize)];
    let mut text = String::with_capacity(line.text.len());
    let mut old = 0;
    for (before, after) in characters.iter().zip(&mended) {
        old += before.len_utf8();
        text.push(*after);
        lengths.push((old, text.len()));
    }
    let moved = |offset: usize| {
        let at = lengths.partition_point(|(old, _)| *old < offset);
        lengths.get(at).map_or(text.len(), |(_, new)| *new)
    };
    for word in &mut line.words {
        (word.start, word.end) = (moved(word.start), moved(word.end));
    }
    line.text = text;
}

fn mended(characters: &[char], at: usize) -> char {
    let Some(c) = characters.get(at).copied() else { return ' ' };
    let near = |step: isize| at.checked_add_signed(step).and_then(|at| characters.get(at)).copied().unwrap_or(' ');
    // A space beside punctuation does not part it from what it belongs to.
    let before = if near(-1) == ' ' { near(-2) } else { near(-1) };
    let after = if near(1) == ' ' { near(2) } else { near(1) };
    let chinese = is_han(before) || (is_full_width(before) && is_han(after));
    match c {
        // The dash between a standard's number and its year is taken for the numeral.
        '一' | '―' | '─' if near(-1).is_ascii_alphanumeric() && is_year(characters, at + 1) => '—',
        ',' if chinese => '，',
        ';' if chinese => '；',
        ':' if chinese => '：',
        '?' if chinese => '？',
        '!' if chinese => '！',
        '(' if is_wide_bracket(characters, at) => '（',
        ')' if opening(characters, at).is_some_and(|open| is_wide_bracket(characters, open)) => '）',
        _ => c,
    }
}

fn is_year(characters: &[char], at: usize) -> bool {
    let digits = characters.iter().skip(at).take_while(|c| c.is_ascii_digit()).count();
    digits == 4 || digits == 2
}

/// Whether a bracket opens after a Han character, or before one.
fn is_wide_bracket(characters: &[char], open: usize) -> bool {
    let before = characters.iter().take(open).rev().find(|c| **c != ' ');
    let after = characters.iter().skip(open + 1).find(|c| **c != ' ');
    before.copied().is_some_and(is_han) || after.copied().is_some_and(is_han)
}

/// Where the bracket is opened that is closed here.
fn opening(characters: &[char], close: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in characters.iter().enumerate().take(close).rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' if depth == 0 => return Some(at),
            '(' | '（' => depth -= 1,
            _ => {}
        }
    }
    None
}
