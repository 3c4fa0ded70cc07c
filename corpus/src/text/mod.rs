//! Text functions that must be the same everywhere: at ingest, index, query and watch time.

pub mod normalise;
pub mod segment;

/// Whether a character is Han: an ideograph, compatibility forms and the numeral zero included.
pub fn is_han(char: char) -> bool {
    matches!(char, '〇' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
