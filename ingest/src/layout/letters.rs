//! Kinds of characters that layout asks for.

use corpus::text::is_han;

/// Whether a character is Han, or punctuation that stands among Han characters without spaces.
pub(crate) fn is_cjk(char: char) -> bool {
    is_han(char) || matches!(char, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

/// Whether most of the letters are Han.
pub(crate) fn is_chinese(text: &str) -> bool {
    let han = text.chars().filter(|char| is_han(*char)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    han > 0 && han * 5 >= latin * 2
}

/// The width of a text in columns: a Han character takes two.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(|char| if is_cjk(char) { 2 } else { 1 }).sum()
}

/// Whether a text ends as a sentence does; closing marks and note marks behind the stop are allowed.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let closing = |char: char| {
        matches!(char, '”' | '’' | '"' | '\'' | ')' | '）' | ']' | '】' | '》' | '」' | '』' | '*')
            || matches!(char, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '①'..='⑳')
    };
    let text = text.trim_end();
    let bare = text.trim_end_matches(closing);
    bare.ends_with(['。', '！', '？', '.', '!', '?', '…'])
}

/// Whether a text ends with any mark of punctuation behind which a paragraph may end.
pub(crate) fn ends_clause(text: &str) -> bool {
    ends_sentence(text) || text.trim_end().ends_with(['；', ';', '：', ':'])
}
