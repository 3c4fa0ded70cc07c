//! Characters that are not seen and change how others are: names that strangers give are shown without them.

/// Whether a character is a control character, a mark of direction (UAX 9), which turns around what stands beside it, or
/// one without width, by which two names look alike.
pub(crate) fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}
