//! What a reading of few characters tells, in bits: for those of a font that is too little shown to be judged alone,
//! beside others of the same file that were.

use super::shown::{Code, Reading};
use super::{han, latin};

/// The surprise of a character that tells nothing for or against a text.
const NEUTRAL: f64 = 6.5;
/// What a code without a character tells, and a character of a script that nobody expects.
const NOTHING: f64 = -4.0;
const STRANGE: f64 = -5.0;
/// What the marks of Chinese print tell.
const MARK: f64 = 2.0;

/// What all the characters tell together; frequent ones tell more, but not by as much as they are more frequent.
pub(super) fn of(codes: &[Code], reading: &Reading) -> f64 {
    let bits = codes.iter().zip(reading).map(|(code, text)| {
        let one = text.as_deref().map_or(NOTHING, of_text);
        one * (1.0 + f64::from(code.uses.max(1)).ln())
    });
    bits.sum()
}

fn of_text(text: &str) -> f64 {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return 0.0 };
    match c {
        '\u{4e00}'..='\u{9fa5}' | '\u{ac00}'..='\u{d7a3}' => han::evidence(c as u32),
        '\u{3400}'..='\u{9fff}' => STRANGE,
        '\u{3001}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}' => MARK,
        ' '..='\u{24f}' | '\u{2010}'..='\u{2026}' => NEUTRAL - latin::text_surprise(std::iter::once((Some(c), 1))),
        c if super::plausibility::is_strange(c) => STRANGE,
        _ => 0.0,
    }
}
