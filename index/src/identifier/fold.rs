//! Looking at a text character by character, from any place forwards and backwards, in one width.

use std::ops::Range;

/// A text whose characters are seen in one width, with one kind of space, dash and slash.
#[derive(Clone, Copy)]
pub(super) struct Fold<'t>(pub(super) &'t str);

impl Fold<'_> {
    /// The character at a byte, and the byte behind it.
    pub(super) fn at(self, at: usize) -> Option<(char, usize)> {
        let c = self.0.get(at..)?.chars().next()?;
        Some((fold(c), at + c.len_utf8()))
    }

    /// The character before a byte, and the byte where it begins.
    pub(super) fn before(self, at: usize) -> Option<(char, usize)> {
        let c = self.0.get(..at)?.chars().next_back()?;
        Some((fold(c), at - c.len_utf8()))
    }

    /// The end of the characters from `at` on that `fits` takes, `most` at most.
    pub(super) fn run(self, mut at: usize, most: usize, fits: impl Fn(char) -> bool) -> usize {
        for _ in 0..most {
            match self.at(at).filter(|&(c, _)| fits(c)) {
                Some((_, end)) => at = end,
                None => break,
            }
        }
        at
    }

    /// The beginning of the characters before `at` that `fits` takes, `most` at most and none before `from`.
    pub(super) fn run_before(self, mut at: usize, from: usize, most: usize, fits: impl Fn(char) -> bool) -> usize {
        for _ in 0..most {
            match self.before(at).filter(|&(c, start)| start >= from && fits(c)) {
                Some((_, start)) => at = start,
                None => break,
            }
        }
        at
    }

    /// The byte behind at most `most` spaces.
    pub(super) fn skip_spaces(self, at: usize, most: usize) -> usize {
        self.run(at, most, |c| c == ' ')
    }

    /// The byte behind a character, when it is there.
    pub(super) fn expect(self, at: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
        self.at(at).filter(|&(c, _)| wanted(c)).map(|(_, end)| end)
    }

    /// The characters of a range.
    pub(super) fn chars(self, range: Range<usize>) -> impl Iterator<Item = char> {
        self.0.get(range).unwrap_or_default().chars().map(fold)
    }
}

/// The next digits from a byte on.
pub(super) fn next_digits(text: Fold<'_>, mut at: usize) -> Option<Range<usize>> {
    loop {
        // A byte scan: the digits of full width begin with 0xEF.
        let bytes = text.0.as_bytes().get(at..)?;
        at += bytes.iter().position(|byte| byte.is_ascii_digit() || *byte == 0xEF)?;
        match text.at(at) {
            Some((c, _)) if c.is_ascii_digit() => return Some(at..text.run(at, usize::MAX, |c| c.is_ascii_digit())),
            Some((_, end)) => at = end,
            None => at += 1,
        }
    }
}

/// A character in one width, with one kind of space, dash and slash.
pub(super) fn fold(c: char) -> char {
    match c {
        '\0'..='\x7F' => {
            if c.is_ascii_whitespace() && c != '\n' {
                ' '
            } else {
                c
            }
        }
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{FE58}' | '\u{FE63}' => '-',
        '\u{2044}' | '\u{2215}' => '/',
        '\u{FE5D}' => '〔',
        '\u{FE5E}' => '〕',
        '號' => '号',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}
