//! Latin letters in cells of a whole em, as Chinese composition systems keep them.
//!
//! Their fonts give every letter and digit the advance of an ideograph and draw it within that cell; the page then puts
//! each glyph in its place, closer together than the advances say. Taken at its word such a letter covers the space
//! behind it, and begins before its ink does. Where the page belies the advances, the ink of the glyphs, by the
//! embedded program, tells what room they take. Start reading at [`Cells::find`].

use std::collections::HashMap;

use super::content::{Contents, Mark, PageMarks};
use super::font::Font;
use super::shapes::ink::extents;

/// No alphabet has most of its letters and digits as wide as this, in em.
const WIDE: f32 = 0.9;
/// The next glyph begins before this part of an advance that is not meant.
const CLOSE: f32 = 0.8;
/// Glyphs further along than this many advances tell nothing.
const NEAR: f32 = 1.5;
/// A font is not judged by fewer pairs of glyphs than this.
const LEAST_PAIRS: u32 = 3;

/// What is left free at each side of the ink, in em, to stand for the side bearings that the cell hides: of letters, of
/// punctuation, which Chinese composition sets further off, and the width of digits, which line up.
const LETTER_BEARING: f32 = 0.05;
const MARK_BEARING: f32 = 0.12;
const DIGIT: f32 = 0.5;

/// The characters of codes.
type Letters = HashMap<u32, char>;

/// The part of its advance that a glyph takes, from 0 at its origin to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Part {
    pub(super) from: f32,
    pub(super) to: f32,
}

/// What glyphs in cells take of their advance, by font and code.
#[derive(Default)]
pub(super) struct Cells {
    fonts: HashMap<u32, HashMap<u32, Part>>,
}

impl Cells {
    /// Looks for fonts with letters in cells, by their widths and by how close the pages set them.
    pub(super) fn find(contents: &Contents<'_>, pages: &[PageMarks]) -> Self {
        let wide = contents.fonts.iter().map(wide_letters);
        let wide: HashMap<u32, Letters> = (0..).zip(wide).filter(|(_, letters)| !letters.is_empty()).collect();
        if wide.is_empty() {
            return Self::default();
        }
        let close = close_fonts(contents, pages, &wide);
        let name = |font: u32| contents.fonts.get(font as usize).map(|font| font.name.as_str());
        let fonts = wide.iter().filter(|(font, _)| name(**font).is_some_and(|name| close.contains(&name)));
        Self { fonts: fonts.map(|(font, letters)| (*font, parts(contents, *font, letters))).collect() }
    }

    /// The part of its advance that a glyph in a cell takes; `None` for all others.
    pub(super) fn part(&self, mark: &Mark) -> Option<Part> {
        if self.fonts.is_empty() {
            return None;
        }
        self.fonts.get(&mark.font)?.get(&mark.code).copied()
    }
}

/// The codes of ASCII characters as wide as an em, if that is how wide most of the font's letters and digits are.
fn wide_letters(font: &Font) -> Letters {
    if font.vertical {
        return Letters::new();
    }
    let (mut wide, mut letters, mut wide_letters) = (Letters::new(), 0, 0);
    for (code, entry) in font.shown() {
        let mut chars = font.text(entry).chars();
        let (Some(c), None) = (chars.next(), chars.next()) else { continue };
        let is_wide = em_width(font, entry.width) >= WIDE;
        if c.is_ascii_alphanumeric() {
            letters += 1;
            wide_letters += usize::from(is_wide);
        }
        if is_wide && c.is_ascii_graphic() {
            wide.insert(code, c);
        }
    }
    if wide_letters * 2 > letters { wide } else { Letters::new() }
}

fn em_width(font: &Font, width: f32) -> f32 {
    (f64::from(width) * font.unit / font.em) as f32
}

/// The names of fonts whose letters the pages set closer than their advances say. Subsets of one font share a name, and
/// are judged together.
fn close_fonts<'c>(contents: &'c Contents<'_>, pages: &[PageMarks], wide: &HashMap<u32, Letters>) -> Vec<&'c str> {
    let mut counts: HashMap<&str, (u32, u32)> = HashMap::new();
    for pair in pages.iter().flat_map(|page| page.marks.windows(2)) {
        let [mark, next] = pair else { continue };
        if !wide.get(&mark.font).is_some_and(|letters| letters.contains_key(&mark.code)) {
            continue;
        }
        let Some(font) = contents.fonts.get(mark.font as usize) else { continue };
        let Some(along) = along(mark, next) else { continue };
        let (close, all) = counts.entry(font.name.as_str()).or_default();
        *close += u32::from(along < CLOSE);
        *all += 1;
    }
    let close = counts.into_iter().filter(|(_, (close, all))| *close >= LEAST_PAIRS && close * 2 > *all);
    close.map(|(name, _)| name).collect()
}

/// Where the next glyph begins along this one's advance, if that is near it on the same line.
fn along(mark: &Mark, next: &Mark) -> Option<f32> {
    let length = mark.dx.hypot(mark.dy);
    if mark.angle != next.angle || length <= 0.0 {
        return None;
    }
    let (x, y) = (next.x - mark.x, next.y - mark.y);
    let along = (x * mark.dx + y * mark.dy) / (length * length);
    let across = (y * mark.dx - x * mark.dy).abs() / length;
    ((0.05..NEAR).contains(&along) && across < 0.3 * mark.size).then_some(along)
}

/// The room that each glyph takes, by its ink.
fn parts(contents: &Contents<'_>, font: u32, letters: &Letters) -> HashMap<u32, Part> {
    let Some(known) = contents.fonts.get(font as usize) else { return HashMap::new() };
    let ink = extents(contents, font, letters.keys().copied());
    let part = |(code, c): (&u32, &char)| {
        let (left, right) = ink.get(code)?;
        let width = em_width(known, known.known(*code).width);
        let (from, to) = widened(*c, *left, *right);
        Some((*code, Part { from: from / width, to: to / width }))
    };
    letters.iter().filter_map(part).collect()
}

/// The ink with what a text font would leave free at its sides, in em.
fn widened(c: char, left: f32, right: f32) -> (f32, f32) {
    let bearing = match c {
        '0'..='9' => ((DIGIT - (right - left)) / 2.0).max(LETTER_BEARING),
        c if c.is_ascii_alphabetic() => LETTER_BEARING,
        _ => MARK_BEARING,
    };
    (left - bearing, right + bearing)
}
