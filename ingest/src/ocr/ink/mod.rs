//! The text of a picture without what lies under and over it: watermarks, stains, specks, rules.

mod letters;
pub(in crate::ocr) mod parts;
mod skew;
#[cfg(test)]
mod tests;
mod threshold;
mod tone;

use super::Picture;
use letters::Ink;
use tone::Paper;

/// A page has white paper when no more than this part of it, apart from the ink, is darker than this.
const STAINED: f32 = 0.003;
const WHITE: u8 = 225;
/// The same once the paper's tone is divided out: what noise is left does no harm.
const NEARLY_WHITE: u8 = 192;

/// The picture with its text in black on white and its lines level. A page that is so already stays as it is.
#[must_use]
pub fn clean(picture: &Picture) -> Picture {
    let (width, height) = (picture.width as usize, picture.height as usize);
    if width < 16 || height < 16 || picture.pixels.len() != width * height || !picture.dpi.is_normal() {
        return picture.clone();
    }
    let mut mask = threshold::ink(picture);
    let angle = skew::skew(&letters::small_parts(&mask, width, picture.dpi), width, picture.dpi);
    let turned = (angle != 0.0).then(|| turned(picture, angle));
    if let Some(turned) = &turned {
        mask = threshold::ink(turned);
    }
    let level = turned.as_ref().unwrap_or(picture);
    if has_white_paper(level, &mask, WHITE) {
        return level.clone();
    }
    let paper = Paper::new(level);
    let even = tone::even(level, &paper);
    let ink = Ink::new(&mask, level, &paper);
    if has_white_paper(&even, &ink.dark(), NEARLY_WHITE) { even } else { masked(&even, &ink.letters()) }
}

/// Whether all but little of what is not ink is as bright as is said.
fn has_white_paper(picture: &Picture, ink: &[bool], white: u8) -> bool {
    let near = dilated(ink, picture.width as usize);
    let paper = picture.pixels.iter().zip(near).filter(|(_, near)| !near);
    let (paper, grey) =
        paper.fold((0_u64, 0_u64), |(paper, grey), (value, _)| (paper + 1, grey + u64::from(*value < white)));
    grey as f32 <= STAINED * paper as f32
}

/// The ink and the pixels around it.
fn dilated(ink: &[bool], width: usize) -> Vec<bool> {
    let mut near = ink.to_vec();
    for offset in [1, width - 1, width, width + 1] {
        for (pixel, neighbour) in near.iter_mut().zip(ink.iter().skip(offset)) {
            *pixel |= neighbour;
        }
        for (pixel, neighbour) in near.iter_mut().skip(offset).zip(ink) {
            *pixel |= neighbour;
        }
    }
    near
}

/// The picture where there is ink, white elsewhere.
fn masked(picture: &Picture, ink: &[bool]) -> Picture {
    let near = dilated(ink, picture.width as usize);
    let pixels = picture.pixels.iter().zip(near).map(|(value, near)| if near { *value } else { 255 }).collect();
    Picture { pixels, ..*picture }
}

/// The picture turned about its middle so that lines which fell by `angle` degrees to the right lie level.
fn turned(picture: &Picture, angle: f32) -> Picture {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let (sin, cos) = angle.to_radians().sin_cos();
    let (mx, my) = (width as f32 / 2.0, height as f32 / 2.0);
    let value = |x: i64, y: i64| {
        let inside = (0..width as i64).contains(&x) && (0..height as i64).contains(&y);
        let index = inside.then(|| y as usize * width + x as usize);
        index.and_then(|index| picture.pixels.get(index)).map_or(255.0, |value| f32::from(*value))
    };
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        for x in 0..width {
            let (dx, dy) = (x as f32 - mx, y as f32 - my);
            let (x, y) = (mx + dx * cos - dy * sin, my + dx * sin + dy * cos);
            let (left, top, u, v) = (x.floor() as i64, y.floor() as i64, x - x.floor(), y - y.floor());
            let upper = value(left, top) * (1.0 - u) + value(left + 1, top) * u;
            let lower = value(left, top + 1) * (1.0 - u) + value(left + 1, top + 1) * u;
            pixels.push((upper * (1.0 - v) + lower * v).round() as u8);
        }
    }
    Picture { pixels, ..*picture }
}
