//! Outlines to pictures.

use ab_glyph_rasterizer::{Rasterizer, point};

use super::outline::{Outline, Piece, Point};
use crate::ocr::Picture;

/// Pictures are not larger than this either way, in pixels.
const MAX_SIDE: u32 = 8192;

/// Passes of a blur over three pixels.
const BLURS: usize = 3;

/// A white sheet that glyphs are set on.
pub(super) struct Canvas {
    picture: Picture,
}

impl Canvas {
    /// `em` is what one em measures in pixels.
    pub(super) fn new(width: u32, height: u32, em: f32) -> Self {
        let (width, height) = (width.clamp(1, MAX_SIDE), height.clamp(1, MAX_SIDE));
        let pixels = vec![255; width as usize * height as usize];
        // A page is set in ten points or so.
        Self { picture: Picture { width, height, dpi: em * 7.2, pixels } }
    }

    /// Sets a glyph with its origin at `x`, `y` (pixels from the top left), an em being `em` pixels.
    pub(super) fn set(&mut self, outline: &Outline, x: f32, y: f32, em: f32) {
        let Some(bounds) = outline.bounds() else { return };
        let (left, top) = ((x + bounds.left * em).floor(), (y - bounds.top * em).floor());
        let (right, bottom) = ((x + bounds.right * em).ceil(), (y - bounds.bottom * em).ceil());
        let side = |length: f32| (length.max(0.0) as usize).min(MAX_SIDE as usize) + 1;
        let place = |(px, py): Point| point(x + px * em - left, y - py * em - top);
        // A glyph that stands out of the sheet is drawn whole and cut then.
        let mut rasterizer = Rasterizer::new(side(right - left), side(bottom - top));
        draw(&mut rasterizer, outline, place);
        let Self { picture: Picture { width, height, pixels, .. } } = self;
        rasterizer.for_each_pixel_2d(|column, row, ink| {
            let (column, row) = (left + column as f32, top + row as f32);
            if column < 0.0 || row < 0.0 || column >= *width as f32 || row >= *height as f32 {
                return;
            }
            if let Some(pixel) = pixels.get_mut(row as usize * *width as usize + column as usize) {
                *pixel = (f32::from(*pixel) * (1.0 - ink.clamp(0.0, 1.0))).round() as u8;
            }
        });
    }

    /// The picture out of focus, as in a poor print.
    pub(super) fn finish_blurred(self) -> Picture {
        let Picture { width, height, dpi, mut pixels } = self.picture;
        for _ in 0..BLURS {
            pixels = mean_of_three(&pixels, 1);
            pixels = mean_of_three(&pixels, width as usize);
        }
        Picture { width, height, dpi, pixels }
    }

    pub(super) fn finish(self) -> Picture {
        self.picture
    }
}

/// Each pixel as the mean of itself and its neighbours `step` before and after; the margins are white all around.
fn mean_of_three(pixels: &[u8], step: usize) -> Vec<u8> {
    let at = |index: Option<usize>| index.and_then(|index| pixels.get(index)).map_or(255, |pixel| u16::from(*pixel));
    let mean = |index: usize| (at(index.checked_sub(step)) + at(Some(index)) + at(index.checked_add(step))) / 3;
    (0..pixels.len()).map(|index| u8::try_from(mean(index)).unwrap_or(255)).collect()
}

fn draw(rasterizer: &mut Rasterizer, outline: &Outline, place: impl Fn(Point) -> ab_glyph_rasterizer::Point) {
    let (mut start, mut at) = ((0.0, 0.0), (0.0, 0.0));
    for piece in &outline.pieces {
        let next = match *piece {
            Piece::Move(to) => {
                rasterizer.draw_line(place(at), place(start));
                start = to;
                to
            }
            Piece::Line(to) => {
                rasterizer.draw_line(place(at), place(to));
                to
            }
            Piece::Quad(control, to) => {
                rasterizer.draw_quad(place(at), place(control), place(to));
                to
            }
            Piece::Cubic(first, second, to) => {
                rasterizer.draw_cubic(place(at), place(first), place(second), place(to));
                to
            }
        };
        at = next;
    }
    rasterizer.draw_line(place(at), place(start));
}
