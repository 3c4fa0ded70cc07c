//! Full-width letters, digits and signs as plain ones, with the way back to the bytes of the text.

use std::borrow::Cow;
use std::ops::Range;

/// A text in which what stands for ASCII is ASCII.
pub(super) struct Folded<'a> {
    pub(super) text: Cow<'a, str>,
    /// The bytes of `text` that were three bytes each.
    narrowed: Vec<usize>,
}

impl<'a> Folded<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        if !text.chars().any(|char| narrow(char).is_some()) {
            return Self { text: Cow::Borrowed(text), narrowed: Vec::new() };
        }
        let mut folded = String::with_capacity(text.len());
        let mut narrowed = Vec::new();
        for char in text.chars() {
            match narrow(char) {
                Some(plain) => {
                    narrowed.push(folded.len());
                    folded.push(plain);
                }
                None => folded.push(char),
            }
        }
        Self { text: Cow::Owned(folded), narrowed }
    }

    /// The bytes of the original text.
    pub(super) fn original(&self, span: &Range<usize>) -> Range<usize> {
        let back = |at: usize| at + 2 * self.narrowed.partition_point(|narrowed| *narrowed < at);
        back(span.start)..back(span.end)
    }
}

/// The ASCII of a full-width letter, digit, solidus, full stop or hyphen, each of three bytes.
fn narrow(char: char) -> Option<char> {
    match char {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '／' | '．' | '－' => {
            u32::from(char).checked_sub(0xFEE0).and_then(char::from_u32)
        }
        '∕' => Some('/'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_text() {
        let text = "按ＧＢ／Ｔ 1和2";
        let folded = Folded::of(text);
        assert_eq!(folded.text, "按GB/T 1和2");
        let start = folded.text.find("GB").unwrap_or_default();
        let end = folded.text.find('和').unwrap_or_default();
        assert_eq!(text.get(folded.original(&(start..end))), Some("ＧＢ／Ｔ 1"));
        assert_eq!(Folded::of("plain").original(&(1..3)), 1..3);
    }
}
