//! What single glyphs are.

use rten_tensor::prelude::*;

use super::boxes::Slanted;
use super::lines::{HEIGHT, filled};
use super::model::Models;
use super::strip::View;
use super::{ctc, is_whole};
use crate::ocr::{GlyphReader, Picture, SeenGlyph};

/// How many readings of a glyph are given.
const READINGS: usize = 10;
/// A reading less likely than this is no idea.
const LEAST: f32 = 1e-4;

impl GlyphReader for Models {
    fn read(&self, glyphs: &[Picture]) -> Vec<Vec<SeenGlyph>> {
        glyphs.iter().map(|glyph| self.glyph(glyph)).collect()
    }
}

impl Models {
    fn glyph(&self, glyph: &Picture) -> Vec<SeenGlyph> {
        if !is_whole(glyph) {
            return Vec::new();
        }
        let part = Slanted {
            middle: [glyph.width as f32 / 2.0, glyph.height as f32 / 2.0],
            along: [1.0, 0.0],
            width: glyph.width as f32,
            height: glyph.height as f32,
        };
        let used = ((HEIGHT as f32 * part.width / part.height).ceil() as usize).clamp(8, 480);
        let drawn = View { picture: glyph, part, outside: 255.0 }.drawn(used, HEIGHT);
        let Ok(answer) = self.recognise(filled(&drawn, used, used)) else { return Vec::new() };
        let [_, _, classes] = answer.shape();
        let best = ctc::best_single(&answer.to_vec(), classes, READINGS);
        let seen = best.iter().filter(|read| read.confidence >= LEAST).filter_map(|read| {
            let mut characters = self.character(read.class)?.chars();
            let text = characters.next().filter(|c| !c.is_whitespace())?;
            characters.next().is_none().then_some(SeenGlyph { text, confidence: read.confidence })
        });
        seen.collect()
    }
}
