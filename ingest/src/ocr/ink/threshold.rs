//! Ink and paper by the tones around each pixel.

use crate::ocr::Picture;

/// The side of the window, in inches: a little more than a line of text.
const WINDOW: f32 = 0.17;
/// How much darker than its surroundings ink is, and the range of the deviation, as Sauvola and Pietikäinen
/// (Adaptive document image binarization, 2000) have them.
const DARKER: f32 = 0.2;
const RANGE: f32 = 128.0;

/// Which pixels are ink.
pub(super) fn ink(picture: &Picture) -> Vec<bool> {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let reach = ((picture.dpi * WINDOW) as usize / 2).clamp(4, 100);
    let mut columns = vec![(0_u32, 0_u32); width];
    let mut ink = Vec::with_capacity(width * height);
    let row = |y: usize| picture.pixels.get(y * width..(y + 1) * width).unwrap_or_default();
    for y in 0..reach.min(height) {
        add(&mut columns, row(y));
    }
    for y in 0..height {
        if y + reach < height {
            add(&mut columns, row(y + reach));
        }
        if y > reach {
            subtract(&mut columns, row(y - reach - 1));
        }
        let rows = (y + reach).min(height - 1) + 1 - y.saturating_sub(reach);
        ink_of_row(row(y), &columns, rows, reach, &mut ink);
    }
    ink
}

fn add(columns: &mut [(u32, u32)], row: &[u8]) {
    for ((sum, squares), value) in columns.iter_mut().zip(row) {
        let value = u32::from(*value);
        *sum += value;
        *squares += value * value;
    }
}

fn subtract(columns: &mut [(u32, u32)], row: &[u8]) {
    for ((sum, squares), value) in columns.iter_mut().zip(row) {
        let value = u32::from(*value);
        *sum -= value;
        *squares -= value * value;
    }
}

fn ink_of_row(row: &[u8], columns: &[(u32, u32)], rows: usize, reach: usize, ink: &mut Vec<bool>) {
    let width = row.len();
    let (mut sum, mut squares) = (0_u64, 0_u64);
    for (more, much) in columns.iter().take(reach) {
        sum += u64::from(*more);
        squares += u64::from(*much);
    }
    for (x, value) in row.iter().enumerate() {
        if let Some((more, much)) = columns.get(x + reach) {
            sum += u64::from(*more);
            squares += u64::from(*much);
        }
        if let Some((less, few)) = x.checked_sub(reach + 1).and_then(|gone| columns.get(gone)) {
            sum -= u64::from(*less);
            squares -= u64::from(*few);
        }
        let across = (x + reach).min(width - 1) + 1 - x.saturating_sub(reach);
        let count = (across * rows) as f32;
        let mean = sum as f32 / count;
        let deviation = (squares as f32 / count - mean * mean).max(0.0).sqrt();
        ink.push(f32::from(*value) < mean * (1.0 + DARKER * (deviation / RANGE - 1.0)));
    }
}
