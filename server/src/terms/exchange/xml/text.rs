//! White space: what is the text's own, and what only lays out the file.
//!
//! XML says nothing of it, and programs indent and wrap as they like. So white space that is written as a character
//! reference is text, and a literal line break with indentation behind it is layout. What is written here has its line
//! breaks, its tabs and the spaces at its ends as references, so that it comes back as it was.

use corpus::text::is_han;

/// Text put together from pieces.
#[derive(Default)]
pub(super) struct Flow {
    text: String,
    /// Literal white space of which it is not known yet what comes behind it.
    gap: String,
}

impl Flow {
    /// Adds literal text.
    pub(super) fn push(&mut self, text: &str) {
        for char in text.chars() {
            if matches!(char, ' ' | '\t' | '\r' | '\n') {
                self.gap.push(char);
            } else {
                self.close_gap(char);
                self.text.push(char);
            }
        }
    }

    /// Adds text as it stands.
    pub(super) fn push_exact(&mut self, text: &str) {
        if let Some(first) = text.chars().next() {
            self.close_gap(first);
            self.text.push_str(text);
        }
    }

    /// The text; literal white space at its ends is left out.
    pub(super) fn finished(self) -> String {
        self.text
    }

    fn close_gap(&mut self, next: char) {
        let gap = std::mem::take(&mut self.gap);
        let Some(last) = self.text.chars().next_back() else { return };
        match gap.rsplit_once(['\n', '\r']) {
            None => self.text.push_str(&gap),
            Some((_, indentation)) if indentation.len() > 1 || indentation == "\t" => {
                if !(is_wide(last) && is_wide(next)) {
                    self.text.push(' ');
                }
            }
            Some(_) => {
                let breaks = gap.replace("\r\n", "\n").matches(['\n', '\r']).count();
                self.text.push_str(if breaks > 1 { "\n\n" } else { "\n" });
            }
        }
    }
}

/// Whether no space is written beside the character.
fn is_wide(char: char) -> bool {
    is_han(char) || matches!(char, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

/// Adds text to a file so that it comes back as it was, without what XML 1.0 cannot hold or advises against (production
/// 2, `Char`): control characters, and U+FFFE and U+FFFF.
pub(super) fn escape_into(out: &mut String, text: &str) {
    let allowed = |char: &char| match char {
        '\n' | '\r' | '\t' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        char => !char.is_control(),
    };
    let mut chars = text.chars().filter(allowed).peekable();
    let mut at_start = true;
    while let Some(char) = chars.next() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            ' ' if at_start || chars.peek().is_none() => out.push_str("&#32;"),
            char => out.push(char),
        }
        at_start = false;
    }
}
