//! A part of a picture, laid flat and scaled.

use super::boxes::Slanted;
use crate::ocr::Picture;

/// More samples a pixel and direction than this tell nothing new.
const MOST_SAMPLES: f32 = 8.0;

/// A part of a picture.
pub(super) struct View<'a> {
    /// The picture.
    pub(super) picture: &'a Picture,
    /// The part, which may reach beyond the picture.
    pub(super) part: Slanted,
    /// What there is beyond the picture, from 0 for black to 255 for white.
    pub(super) outside: f32,
}

impl View<'_> {
    /// The part in so many pixels, row by row, from 0 for black to 255 for white.
    ///
    /// A pixel that covers several of the picture's is their average; one that covers less is taken from the four
    /// around it (bilinear).
    pub(super) fn drawn(&self, width: usize, height: usize) -> Vec<f32> {
        let samples = |from: f32, to: usize| (from / to.max(1) as f32).round().clamp(1.0, MOST_SAMPLES) as usize;
        let (across, down) = (samples(self.part.width, width), samples(self.part.height, height));
        let (columns, rows) = ((width * across) as f32, (height * down) as f32);
        let share = 1.0 / (across * down) as f32;
        let mut values = vec![0.0; width * height];
        for (y, row) in values.chunks_exact_mut(width.max(1)).enumerate() {
            for (x, value) in row.iter_mut().enumerate() {
                for sample in 0..across * down {
                    let u = (x * across + sample % across) as f32 + 0.5;
                    let v = (y * down + sample / across) as f32 + 0.5;
                    let [px, py] = self.part.at(u / columns, v / rows);
                    *value += share * self.sampled(px - 0.5, py - 0.5);
                }
            }
        }
        values
    }

    /// The picture between four pixels, whose middles have whole coordinates.
    fn sampled(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x.floor(), y.floor());
        let (right_share, low_share) = (x - left, y - top);
        let upper = self.pixel(left, top) * (1.0 - right_share) + self.pixel(left + 1.0, top) * right_share;
        let lower = self.pixel(left, top + 1.0) * (1.0 - right_share) + self.pixel(left + 1.0, top + 1.0) * right_share;
        upper * (1.0 - low_share) + lower * low_share
    }

    fn pixel(&self, x: f32, y: f32) -> f32 {
        let (width, height) = (self.picture.width, self.picture.height);
        if !(x >= 0.0 && y >= 0.0 && x < width as f32 && y < height as f32) {
            return self.outside;
        }
        let at = (y as usize).checked_mul(width as usize).and_then(|row| row.checked_add(x as usize));
        at.and_then(|at| self.picture.pixels.get(at)).map_or(self.outside, |&pixel| f32::from(pixel))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 4 by 2 pixels.
    fn picture() -> Picture {
        Picture { width: 4, height: 2, dpi: 72.0, pixels: vec![0, 10, 20, 30, 100, 110, 120, 130] }
    }

    #[track_caller]
    fn check(part: Slanted, size: [usize; 2], expected: &[f32]) {
        let drawn = View { picture: &picture(), part, outside: 255.0 }.drawn(size[0], size[1]);
        let same = drawn.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.01);
        assert!(same && drawn.len() == expected.len(), "{drawn:?} is not {expected:?}");
    }

    const WHOLE: Slanted = Slanted { middle: [2.0, 1.0], along: [1.0, 0.0], width: 4.0, height: 2.0 };

    #[test]
    fn at_its_own_size_a_picture_stays_as_it_is() {
        check(WHOLE, [4, 2], &[0.0, 10.0, 20.0, 30.0, 100.0, 110.0, 120.0, 130.0]);
    }

    #[test]
    fn smaller_pictures_are_averages() {
        check(WHOLE, [2, 1], &[55.0, 75.0]);
        check(WHOLE, [1, 1], &[65.0]);
    }

    #[test]
    fn turned_parts_are_laid_flat() {
        check(WHOLE.turned_over(), [4, 2], &[130.0, 120.0, 110.0, 100.0, 30.0, 20.0, 10.0, 0.0]);
        check(WHOLE.turned_right(), [2, 4], &[30.0, 130.0, 20.0, 120.0, 10.0, 110.0, 0.0, 100.0]);
    }

    #[test]
    fn beyond_the_edge_is_paper() {
        check(Slanted { middle: [-10.0, 1.0], ..WHOLE }, [2, 2], &[255.0; 4]);
    }
}
