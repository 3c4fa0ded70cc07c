//! Pages that are pictures: rendered, cleaned, read by an OCR engine, and put together as lines again.
//!
//! `render` draws a page, `ink` separates the text from watermarks and specks, an engine reads the picture, and
//! `compose` makes a [`corpus::document::Page`] of what it saw. One engine is a program that is installed
//! (`tesseract`: its arguments and its answer are dealt with here, running it is the caller's), the other runs here
//! on models that the caller loads (`ppocr`).

pub mod compose;
mod error;
pub mod ink;
#[cfg(feature = "ppocr")]
pub mod ppocr;
#[cfg(feature = "render")]
pub mod render;
pub mod tesseract;

pub use error::Error;

/// A grey picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Pixels to the inch of the page.
    pub dpi: f32,
    /// Row by row from the top left: 0 is black, 255 is white; `width * height` values.
    pub pixels: Vec<u8>,
}

/// A word, or a single Han character, that an engine saw.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// What it reads.
    pub text: String,
    /// Left, top, right and bottom edge in pixels.
    pub bbox: [f32; 4],
    /// How sure the engine is, from 0 to 1.
    pub confidence: f32,
    /// Words with one number stand on one line, in order.
    pub line: u32,
}

/// What an engine takes the shape of one glyph for.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenGlyph {
    /// The character.
    pub text: char,
    /// How sure the engine is, from 0 to 1.
    pub confidence: f32,
}

/// An engine that can tell what single glyphs are.
pub trait GlyphReader {
    /// Reads pictures of single glyphs: for each the characters that it may be, the likeliest first; none where the
    /// engine has no idea.
    fn read(&self, glyphs: &[Picture]) -> Vec<Vec<SeenGlyph>>;
}
