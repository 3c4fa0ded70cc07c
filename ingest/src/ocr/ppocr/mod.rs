//! PP-OCR: text lines found and read by two small neural networks.
//!
//! The detector (DBNet, Liao et al. 2020, "Real-time Scene Text Detection with Differentiable Binarization") gives each
//! pixel the likelihood that it lies in the core of a text line; `regions` and `boxes` make rectangles of that. Each
//! line is cut out, laid flat 48 pixels high (`strip`), and read by the recogniser, whose answer is decoded by
//! connectionist temporal classification (Graves et al. 2006; `ctc`). Both networks run here, on the CPU, in the
//! runtime `rten`; the files are those of the PyPI package rapidocr. Start reading at [`Models::read`].

mod boxes;
mod choice;
mod ctc;
mod detect;
mod glyphs;
mod lines;
mod model;
mod regions;
mod strip;
#[cfg(test)]
mod tests;
mod words;

pub use choice::{Choice, chosen};
pub use model::{Error, Models, Settings};

use super::{Picture, Seen};

impl Models {
    /// Reads a page: words and single Han characters, line by line, lines from the top to the bottom.
    ///
    /// Lines may be slanted; text turned by a quarter or by half is read as well. A picture without pixels, or whose
    /// pixels do not fit its size, has no text.
    ///
    /// # Errors
    /// When a network cannot be run on the picture.
    pub fn read(&self, picture: &Picture) -> Result<Vec<Seen>, Error> {
        if !is_whole(picture) {
            return Ok(Vec::new());
        }
        let mut seen = Vec::new();
        let found = detect::lines(self, picture)?;
        for (number, line) in (0..).zip(&found) {
            seen.extend(lines::read(self, picture, line, number)?);
        }
        Ok(seen)
    }
}

/// Whether there are pixels, as many as the size says.
fn is_whole(picture: &Picture) -> bool {
    let pixels = u64::from(picture.width).checked_mul(u64::from(picture.height));
    pixels.is_some_and(|pixels| pixels > 0 && pixels == picture.pixels.len() as u64)
}
