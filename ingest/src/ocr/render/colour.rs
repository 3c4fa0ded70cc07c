//! From colour to grey, without coloured marks over which black text is printed.
//!
//! The standards press prints an orange emblem, offices put red seals on their letters: in grey they are as dark as
//! the text. In the brightest of its three channels a coloured mark is pale and black text is not, so there the mark
//! is left out. Coloured letters and headings stand on white paper: they stay as dark as they are.

use crate::ocr::ink::parts::{Part, Parts, fill};

/// The difference between the channels from which on a pixel is coloured.
const COLOURED: u8 = 60;
/// A pixel that is darker than this in every channel, and not coloured, is black.
const BLACK: u8 = 128;
/// A page with no more than this part of coloured pixels has no marks.
const FEW: usize = 2_000;
/// A mark has black text over this part of the rectangle around it.
const OVERPRINTED: f32 = 0.01;
/// Marks are at least so large, in inches: letters are smaller.
const LEAST: f32 = 0.5;
/// Marks in the rectangle of a larger one of no more than this difference in hue, in degrees, belong to it.
const SAME_HUE: f32 = 40.0;
/// So many marks of a page are dealt with.
const MAX_MARKS: usize = 64;

/// The grey values of pixels given as red, green, blue and opacity, in rows of `width` pixels.
pub(super) fn grey(rgba: &[u8], width: usize, dpi: f32) -> Vec<u8> {
    let mut grey: Vec<u8> = rgba.chunks_exact(4).map(luma).collect();
    let coloured: Vec<bool> = rgba.chunks_exact(4).map(|pixel| chroma(pixel) >= COLOURED).collect();
    let count = coloured.iter().filter(|coloured| **coloured).count();
    if width == 0 || count <= grey.len() / FEW {
        return grey;
    }
    let parts = Parts::new(&coloured, width);
    let hues = hues(&parts, rgba, width);
    let marks = marks(&parts, &black_sums(rgba, width), width, dpi);
    let belongs = |index: usize, part: &Part| {
        let hue = hues.get(index).copied().unwrap_or(0.0);
        marks.iter().any(|mark| {
            let own = parts.parts.get(*mark).is_some_and(|mark| overlaps(mark, part));
            own && hues.get(*mark).is_some_and(|other| apart(*other, hue) <= SAME_HUE)
        })
    };
    // Around a mark its colour has run, through compression or in the scanner: only coloured text that does not
    // belong to it keeps its tone there.
    let mut marked = vec![false; grey.len()];
    for mark in marks.iter().filter_map(|mark| parts.parts.get(*mark)) {
        for y in mark.y0..mark.y1 {
            fill(&mut marked, width, y, mark.x0..mark.x1, true);
        }
    }
    let kept: Vec<bool> = parts.parts.iter().enumerate().map(|(index, part)| !belongs(index, part)).collect();
    for run in parts.runs.iter().filter(|run| kept.get(run.part as usize).copied().unwrap_or(true)) {
        fill(&mut marked, width, run.y, run.x0..run.x1, false);
    }
    for ((value, pixel), _) in grey.iter_mut().zip(rgba.chunks_exact(4)).zip(&marked).filter(|(_, marked)| **marked) {
        *value = brightest(pixel);
    }
    grey
}

fn channels(pixel: &[u8]) -> [u8; 3] {
    let channel = |index: usize| pixel.get(index).copied().unwrap_or(255);
    [channel(0), channel(1), channel(2)]
}

/// The brightness as ITU-R BT.601 has it.
fn luma(pixel: &[u8]) -> u8 {
    let [red, green, blue] = channels(pixel).map(u32::from);
    ((299 * red + 587 * green + 114 * blue + 500) / 1000).min(255) as u8
}

fn brightest(pixel: &[u8]) -> u8 {
    channels(pixel).into_iter().max().unwrap_or(255)
}

fn chroma(pixel: &[u8]) -> u8 {
    brightest(pixel) - channels(pixel).into_iter().min().unwrap_or(0)
}

/// The coloured parts that have black text over them, the largest first.
fn marks(parts: &Parts, black: &[u32], width: usize, dpi: f32) -> Vec<usize> {
    let least = LEAST * dpi;
    let is_mark = |part: &Part| {
        let black = sum_within(black, width, part) as f32;
        let extent = part.width() as f32 * part.height() as f32;
        part.width().max(part.height()) as f32 >= least && black >= OVERPRINTED * extent
    };
    let mut marks: Vec<usize> =
        (0..parts.parts.len()).filter(|mark| parts.parts.get(*mark).is_some_and(is_mark)).collect();
    marks.sort_by_key(|mark| std::cmp::Reverse(parts.parts.get(*mark).map_or(0, |part| part.area)));
    marks.truncate(MAX_MARKS);
    marks
}

/// How many black pixels lie above and to the left of each pixel's lower right corner.
fn black_sums(rgba: &[u8], width: usize) -> Vec<u32> {
    let mut sums: Vec<u32> = Vec::with_capacity(rgba.len() / 4);
    let mut row = 0;
    for (index, pixel) in rgba.chunks_exact(4).enumerate() {
        if index % width == 0 {
            row = 0;
        }
        row += u32::from(brightest(pixel) < BLACK && chroma(pixel) < COLOURED);
        let above = index.checked_sub(width).and_then(|above| sums.get(above)).copied().unwrap_or(0);
        sums.push(above + row);
    }
    sums
}

fn sum_within(sums: &[u32], width: usize, part: &Part) -> u32 {
    let sum = |x: u32, y: u32| match (x.checked_sub(1), y.checked_sub(1)) {
        (Some(x), Some(y)) => sums.get(y as usize * width + x as usize).copied().unwrap_or(0),
        _ => 0,
    };
    let all = sum(part.x1, part.y1).saturating_add(sum(part.x0, part.y0));
    all.saturating_sub(sum(part.x0, part.y1)).saturating_sub(sum(part.x1, part.y0))
}

fn overlaps(a: &Part, b: &Part) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

/// The hue of each part's mean colour, in degrees.
fn hues(parts: &Parts, rgba: &[u8], width: usize) -> Vec<f32> {
    let mut sums = vec![[0_u64; 3]; parts.parts.len()];
    for run in &parts.runs {
        let Some(sum) = sums.get_mut(run.part as usize) else { continue };
        let start = 4 * (run.y as usize * width + run.x0 as usize);
        let pixels = rgba.get(start..start + 4 * (run.x1 - run.x0) as usize).unwrap_or_default();
        for pixel in pixels.chunks_exact(4) {
            sum.iter_mut().zip(channels(pixel)).for_each(|(sum, value)| *sum += u64::from(value));
        }
    }
    sums.into_iter().map(|[red, green, blue]| hue(red as f32, green as f32, blue as f32)).collect()
}

/// The direction of a colour in the plane of equal brightness, in degrees; red is 0.
fn hue(red: f32, green: f32, blue: f32) -> f32 {
    (3.0_f32.sqrt() * (green - blue)).atan2(2.0 * red - green - blue).to_degrees()
}

fn apart(a: f32, b: f32) -> f32 {
    let apart = (a - b).abs() % 360.0;
    apart.min(360.0 - apart)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: [u8; 3] = [255, 255, 255];
    const BLACK_INK: [u8; 3] = [30, 30, 30];
    const RED: [u8; 3] = [230, 80, 40];

    /// A page of 200 by 100 pixels at 72 dpi with rectangles (left, top, right, bottom) painted on it.
    fn painted(rectangles: &[([usize; 4], [u8; 3])]) -> Vec<u8> {
        let colour = |x: usize, y: usize| {
            let inside = |[x0, y0, x1, y1]: [usize; 4]| (x0..x1).contains(&x) && (y0..y1).contains(&y);
            rectangles.iter().rev().find(|(rectangle, _)| inside(*rectangle)).map_or(PAPER, |(_, colour)| *colour)
        };
        let pixels = (0..20_000).flat_map(|index| {
            let [red, green, blue] = colour(index % 200, index / 200);
            [red, green, blue, 255]
        });
        pixels.collect()
    }

    #[track_caller]
    fn check(rectangles: &[([usize; 4], [u8; 3])], (x, y): (usize, usize), expected: u8) {
        assert_eq!(grey(&painted(rectangles), 200, 72.0).get(y * 200 + x), Some(&expected));
    }

    #[test]
    fn a_mark_under_black_text_is_left_out() {
        let page = [([20, 10, 120, 90], RED), ([40, 40, 100, 50], BLACK_INK)];
        check(&page, (30, 20), 230);
        check(&page, (50, 45), 30);
    }

    #[test]
    fn coloured_letters_stay() {
        let page = [([20, 10, 50, 30], RED), ([60, 10, 90, 30], RED), ([20, 50, 180, 60], BLACK_INK)];
        check(&page, (30, 20), 120);
    }

    #[test]
    fn a_coloured_field_with_white_letters_stays() {
        let page = [([20, 10, 120, 90], [0, 60, 160]), ([40, 40, 100, 50], PAPER)];
        check(&page, (30, 20), 53);
    }

    #[test]
    fn pieces_of_a_mark_go_with_it_and_others_stay() {
        let page = [
            ([20, 10, 120, 90], RED),
            ([22, 12, 118, 88], PAPER),
            ([30, 20, 40, 30], RED),
            ([60, 20, 70, 30], [20, 60, 220]),
            ([30, 50, 110, 60], BLACK_INK),
        ];
        check(&page, (35, 25), 230);
        check(&page, (65, 25), 66);
    }
}
