//! The text in the order in which it is shown, with shapes where it is not known yet.

use std::collections::HashMap;

use super::super::content::{Contents, PageMarks};

/// A glyph on a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token {
    /// A character that the font tells.
    Known(char),
    /// A shape, by its index.
    Shape(usize),
    /// The end of a line, or a wide gap.
    Break,
}

/// All glyphs of the file as one sequence, lines apart by [`Token::Break`].
pub(super) fn tokens(contents: &Contents<'_>, pages: &[PageMarks], shapes: &HashMap<(u32, u32), usize>) -> Vec<Token> {
    let mut tokens = Vec::new();
    for page in pages {
        let mut end: Option<(f32, f32, i16)> = None;
        for mark in &page.marks {
            let reach = mark.size.max(1.0);
            let near =
                end.is_some_and(|(x, y, angle)| angle == mark.angle && (mark.x - x).hypot(mark.y - y) < reach * 0.8);
            if !near {
                tokens.push(Token::Break);
            }
            end = Some((mark.x + mark.dx, mark.y + mark.dy, mark.angle));
            match (shapes.get(&(mark.font, mark.code)), contents.fonts.get(mark.font as usize)) {
                (Some(shape), _) => tokens.push(Token::Shape(*shape)),
                (None, Some(font)) => tokens.extend(font.text(font.known(mark.code)).chars().map(Token::Known)),
                (None, None) => tokens.push(Token::Break),
            }
        }
        tokens.push(Token::Break);
    }
    tokens
}
