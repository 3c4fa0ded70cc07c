//! Maps left over from another numbering of a font's glyphs.
//!
//! Some programs renumber the glyphs of a subset from 1 on and keep a map that was made for the numbers of the whole
//! font. It then gives no character for most codes, and wrong ones for those that happen to be the numbers of Latin
//! letters in the whole font.

use super::super::{Font, Kind};
use super::shown;

/// A subset of fewer glyphs may be numbered so by chance.
const MIN_CODES: usize = 40;
/// The codes from 1 to the highest are shown but for so few.
const MIN_DENSE: f64 = 0.95;
/// The map leaves out this part of what is shown, at least.
const MIN_LEFT_OUT: f64 = 0.3;
/// TrueType fonts have the space as glyph 3 and the rest of ASCII after it.
const ASCII_OFFSET: u32 = 29;

/// Makes unreadable what such a map gives; says so.
pub(super) fn mend(font: &mut Font) -> Option<String> {
    if font.to_unicode.is_none() || !matches!(font.kind, Kind::Composite(_)) {
        return None;
    }
    let codes = shown::codes(font);
    let highest = codes.iter().map(|code| code.code).max()?;
    if codes.len() < MIN_CODES || (codes.len() as f64) < MIN_DENSE * f64::from(highest) {
        return None;
    }
    let (mut total, mut left_out, mut wrong) = (0_u32, 0_u32, Vec::new());
    for code in &codes {
        total = total.saturating_add(code.uses);
        match shown::text(font, code.code) {
            None => left_out = left_out.saturating_add(code.uses),
            Some(text) if is_of_whole_font(code.code, text) => wrong.push(*code),
            // A map that was made for this numbering cannot be told from a stale one by what is missing.
            Some(_) => return None,
        }
    }
    if wrong.is_empty() || f64::from(left_out) < MIN_LEFT_OUT * f64::from(total) {
        return None;
    }
    let mut uses = 0_u32;
    for code in wrong {
        font.set(code.code, None);
        uses = uses.saturating_add(code.uses);
    }
    let what = "its map to Unicode is of another numbering of its glyphs and is not believed";
    Some(format!("font {}: {what} ({})", font.name, super::characters(uses)))
}

fn is_of_whole_font(glyph: u32, text: &str) -> bool {
    let c = glyph.checked_add(ASCII_OFFSET).and_then(char::from_u32).filter(char::is_ascii);
    c.is_some_and(|c| text.chars().eq(std::iter::once(c)))
}
