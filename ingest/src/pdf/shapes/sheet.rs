//! Glyphs on sheets, for an engine that reads lines of text and no single glyphs.
//!
//! Tesseract reads ten unrelated ideographs in a row, set as close as text is, about as well as it reads text; set
//! apart, it takes each for a word of Latin letters. Marks and letters it reads best between ideographs. Where it sees
//! a character is only roughly right, so that a row is matched as a whole.

use crate::ocr::{GlyphReader, Picture, Seen, SeenGlyph};

/// The height of a glyph's picture on the sheet in pixels: an em is 32 of them.
const LINE: u32 = 42;
/// The distance of rows.
const PITCH: u32 = 64;
/// The white around the sheet, and between the ink of the glyphs of a row.
const MARGIN: u32 = 32;
const GAP: u32 = 7;
/// Cells of a row, and rows of a sheet.
const CELLS: usize = 10;
const ROWS: usize = 64;
/// An ideograph's ink takes this part of its picture's height, or more.
const LARGE: f32 = 0.42;
/// Pixels darker than this are ink.
const INK: u8 = 180;
/// What it costs to leave out a cell or what was seen, and to match them an em apart.
const SKIP: f32 = 0.9;
const APART: f32 = 0.35;
const TOO_FAR: f32 = 3.0;
/// The confidence of a reading that another arrangement does not confirm counts for this part.
const UNCONFIRMED: f32 = 0.5;

/// Glyphs in rows on one picture.
struct Sheet {
    /// What the engine is to read.
    picture: Picture,
    rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    /// The glyph; `None` for one that only keeps its neighbours company.
    glyph: Option<usize>,
    /// The middle, in pixels.
    middle: f32,
}

/// Reads glyphs with an engine that reads pictures of text.
#[derive(Debug)]
pub struct SheetReader<F>(
    /// What the engine sees on a picture.
    pub F,
);

impl<F: Fn(&Picture) -> Vec<Seen>> GlyphReader for SheetReader<F> {
    fn read(&self, glyphs: &[Picture]) -> Vec<Vec<SeenGlyph>> {
        let mut first = vec![None; glyphs.len()];
        let mut second = vec![None; glyphs.len()];
        let order: Vec<usize> = (0..glyphs.len()).collect();
        let shuffled = shuffled(glyphs.len());
        for (order, readings) in [(&order, &mut first), (&shuffled, &mut second)] {
            for sheet in sheets(glyphs, order) {
                sheet.assign(&(self.0)(&sheet.picture), readings);
            }
        }
        first.into_iter().zip(second).map(|(first, second)| both(first, second)).collect()
    }
}

/// Another order, in which no glyph has the neighbours it had.
fn shuffled(count: usize) -> Vec<usize> {
    let columns = CELLS + 3;
    (0..columns).flat_map(|column| (column..count).step_by(columns)).collect()
}

/// Two readings of a glyph as one.
fn both(first: Option<SeenGlyph>, second: Option<SeenGlyph>) -> Vec<SeenGlyph> {
    match (first, second) {
        (Some(first), Some(second)) if first.text == second.text => {
            vec![SeenGlyph { text: first.text, confidence: first.confidence.max(second.confidence).max(0.9) }]
        }
        (first, second) => {
            let mut all: Vec<SeenGlyph> = first.into_iter().chain(second).collect();
            all.iter_mut().for_each(|seen| seen.confidence *= UNCONFIRMED);
            all.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
            all
        }
    }
}

/// Sets glyphs on sheets in the order given: ideographs together, and after them the others between ideographs.
fn sheets(glyphs: &[Picture], order: &[usize]) -> Vec<Sheet> {
    let small: Vec<Picture> = glyphs.iter().map(shrunk).collect();
    let (large, others): (Vec<usize>, Vec<usize>) = order
        .iter()
        .copied()
        .filter(|glyph| *glyph < glyphs.len())
        .partition(|glyph| small.get(*glyph).is_some_and(is_large));
    let companion = large.get(large.len() / 2).copied();
    let mut rows: Vec<Vec<(usize, bool)>> =
        large.chunks(CELLS).map(|row| row.iter().map(|glyph| (*glyph, true)).collect()).collect();
    for row in others.chunks(CELLS / 2) {
        let with_company =
            row.iter().flat_map(|glyph| companion.map(|glyph| (glyph, false)).into_iter().chain([(*glyph, true)]));
        rows.push(with_company.chain(companion.map(|glyph| (glyph, false))).collect());
    }
    rows.chunks(ROWS).map(|rows| Sheet::set(&small, rows)).collect()
}

impl Sheet {
    fn set(glyphs: &[Picture], rows: &[Vec<(usize, bool)>]) -> Self {
        let length = |row: &Vec<(usize, bool)>| -> u32 {
            row.iter().filter_map(|(glyph, _)| glyphs.get(*glyph)).map(|glyph| glyph.width + GAP).sum()
        };
        let width = rows.iter().map(length).max().unwrap_or(0) + 2 * MARGIN;
        let height = u32::try_from(rows.len()).unwrap_or(0) * PITCH + 2 * MARGIN;
        let pixels = vec![255; width as usize * height as usize];
        let mut sheet = Self { picture: Picture { width, height, dpi: 300.0, pixels }, rows: Vec::new() };
        for (top, row) in (MARGIN..).step_by(PITCH as usize).zip(rows) {
            let mut x = MARGIN;
            let mut cells = Vec::with_capacity(row.len());
            for (index, wanted) in row {
                let Some(glyph) = glyphs.get(*index) else { continue };
                paste(&mut sheet.picture, glyph, x, top);
                cells.push(Cell { glyph: wanted.then_some(*index), middle: x as f32 + glyph.width as f32 / 2.0 });
                x += glyph.width + GAP;
            }
            sheet.rows.push(cells);
        }
        sheet
    }

    /// Gives glyphs, by their index, what the engine saw in their places.
    fn assign(&self, seen: &[Seen], readings: &mut [Option<SeenGlyph>]) {
        for (row, cells) in self.rows.iter().enumerate() {
            let top = MARGIN as f32 + row as f32 * PITCH as f32;
            let reach = (PITCH - LINE) as f32 / 2.0;
            let on_row = |seen: &&Seen| {
                let middle = (seen.bbox[1] + seen.bbox[3]) / 2.0;
                (top - reach..top + LINE as f32 + reach).contains(&middle)
            };
            let mut found: Vec<(f32, SeenGlyph)> = seen.iter().filter(on_row).flat_map(characters).collect();
            found.sort_by(|a, b| a.0.total_cmp(&b.0));
            for (cell, found) in matched(cells, &found) {
                if let Some(reading) = cell.glyph.and_then(|glyph| readings.get_mut(glyph)) {
                    *reading = Some(found);
                }
            }
        }
    }
}

/// The characters of a word with the middle of each, as if all were of one width.
fn characters(seen: &Seen) -> impl Iterator<Item = (f32, SeenGlyph)> {
    let count = seen.text.chars().count().max(1) as f32;
    let (left, width) = (seen.bbox[0], seen.bbox[2] - seen.bbox[0]);
    seen.text.chars().enumerate().map(move |(index, text)| {
        (left + width * (index as f32 + 0.5) / count, SeenGlyph { text, confidence: seen.confidence.clamp(0.05, 0.95) })
    })
}

/// Pairs the cells of a row with what was seen from left to right, so that all together are least apart.
fn matched(cells: &[Cell], seen: &[(f32, SeenGlyph)]) -> Vec<(Cell, SeenGlyph)> {
    let columns = seen.len() + 1;
    let em = LINE as f32 * 0.77;
    let mut costs = vec![0.0_f32; (cells.len() + 1) * columns];
    let cost =
        |costs: &[f32], row: usize, column: usize| costs.get(row * columns + column).copied().unwrap_or(f32::MAX);
    let apart = |cell: usize, found: usize| match (cells.get(cell), seen.get(found)) {
        (Some(cell), Some((middle, _))) => ((cell.middle - middle).abs() / em * APART).min(TOO_FAR),
        _ => f32::MAX,
    };
    let best = |costs: &[f32], row: usize, column: usize| {
        let without_cell = if row > 0 { cost(costs, row - 1, column) + SKIP } else { f32::MAX };
        let without_seen = if column > 0 { cost(costs, row, column - 1) + SKIP } else { f32::MAX };
        let pair = if row > 0 && column > 0 {
            cost(costs, row - 1, column - 1) + apart(row - 1, column - 1)
        } else {
            f32::MAX
        };
        (pair, without_cell, without_seen)
    };
    for row in 0..=cells.len() {
        for column in 0..columns {
            if row + column > 0 {
                let (pair, without_cell, without_seen) = best(&costs, row, column);
                if let Some(slot) = costs.get_mut(row * columns + column) {
                    *slot = pair.min(without_cell).min(without_seen);
                }
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut row, mut column) = (cells.len(), seen.len());
    while row + column > 0 {
        let (pair, without_cell, without_seen) = best(&costs, row, column);
        if pair <= without_cell && pair <= without_seen {
            (row, column) = (row - 1, column - 1);
            if let (Some(cell), Some((_, found))) = (cells.get(row), seen.get(column)) {
                pairs.push((*cell, found.clone()));
            }
        } else if without_cell <= without_seen {
            row -= 1;
        } else {
            column -= 1;
        }
    }
    pairs
}

/// The picture at the height of a line and as wide as its ink, each pixel the mean of those that it stands for.
fn shrunk(picture: &Picture) -> Picture {
    let factor = (picture.height.max(1) as f32 / LINE as f32).max(1.0);
    let width = ((picture.width as f32 / factor).round() as u32).clamp(1, 4 * LINE);
    let height = ((picture.height as f32 / factor).round() as u32).clamp(1, LINE);
    let mean = |column: u32, row: u32| {
        let span = |at: u32, end: u32| {
            let from = (at as f32 * factor) as u32;
            from..(((at + 1) as f32 * factor) as u32).clamp(from + 1, end.max(from + 1))
        };
        let (mut sum, mut count) = (0_u32, 0_u32);
        for y in span(row, picture.height) {
            for x in span(column, picture.width) {
                let at = y as usize * picture.width as usize + x as usize;
                sum += u32::from(picture.pixels.get(at).copied().unwrap_or(255));
                count += 1;
            }
        }
        u8::try_from(sum / count.max(1)).unwrap_or(255)
    };
    let inked = |column: &u32| (0..height).any(|row| mean(*column, row) < INK);
    let left = (0..width).find(inked).unwrap_or(0);
    let right = (left..width).rev().find(inked).unwrap_or(left) + 1;
    let pixels = (0..height).flat_map(|row| (left..right).map(move |column| mean(column, row)));
    Picture { width: right - left, height, dpi: 300.0, pixels: pixels.collect() }
}

/// Whether the ink is as high and as wide as that of an ideograph.
fn is_large(picture: &Picture) -> bool {
    let width = picture.width.max(1) as usize;
    let (mut rows, mut columns) = (vec![false; picture.height as usize], vec![false; width]);
    for (at, _) in picture.pixels.iter().enumerate().filter(|(_, pixel)| **pixel < INK) {
        if let Some(row) = rows.get_mut(at / width) {
            *row = true;
        }
        if let Some(column) = columns.get_mut(at % width) {
            *column = true;
        }
    }
    let extent = |inked: &[bool]| {
        let first = inked.iter().position(|inked| *inked).unwrap_or(0);
        inked.iter().rposition(|inked| *inked).map_or(0, |last| last + 1 - first) as f32
    };
    let height = picture.height as f32;
    extent(&rows) >= LARGE * height
        && extent(&columns) >= LARGE * height
        && extent(&rows) + extent(&columns) > 1.1 * height
}

fn paste(sheet: &mut Picture, glyph: &Picture, left: u32, top: u32) {
    let (from, to) = (glyph.width.max(1) as usize, sheet.width as usize);
    for (at, pixel) in glyph.pixels.iter().enumerate() {
        let (x, y) = (left as usize + at % from, top as usize + at / from);
        if let Some(under) = sheet.pixels.get_mut(y * to + x).filter(|_| x < to) {
            *under = (*under).min(*pixel);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture as high as glyphs are, with a block of this width.
    fn block(width: u32) -> Picture {
        let (full, height) = (106, 96);
        let inked = |x: u32, y: u32| (16..16 + width).contains(&x) && (20..80).contains(&y);
        let pixels = (0..height).flat_map(|y| (0..full).map(move |x| if inked(x, y) { 0 } else { 255 })).collect();
        Picture { width: full, height, dpi: 500.0, pixels }
    }

    /// An engine that sees each block as the letter of its width, some pixels off, and one block as nothing.
    fn engine(picture: &Picture) -> Vec<Seen> {
        let width = picture.width as usize;
        let mut seen = Vec::new();
        let below_margin = &picture.pixels[width * MARGIN as usize..];
        for (line, row) in (0_u32..).zip(below_margin.chunks(width * PITCH as usize)) {
            let ink = |x: usize| row.iter().skip(x).step_by(width).any(|pixel| *pixel < INK);
            let mut x = 0;
            while x < width {
                let end = (x..width).find(|x| !ink(*x)).unwrap_or(width);
                let text = char::from_u32('a' as u32 + (end - x) as u32).filter(|_| end > x).filter(|c| *c != 'x');
                if let Some(text) = text {
                    let top = (MARGIN + line * PITCH) as f32 + 10.0;
                    let bbox = [x as f32 + 5.0, top, end as f32 + 9.0, top + 30.0];
                    seen.push(Seen { text: text.to_string(), bbox, confidence: 0.8, line });
                }
                x = end.max(x + 1);
            }
        }
        seen
    }

    #[test]
    fn every_glyph_gets_what_was_seen_in_its_place() {
        let widths: Vec<u32> = (0..47).map(|index| 12 + index * 29 % 60).collect();
        let glyphs: Vec<Picture> = widths.iter().map(|width| block(*width)).collect();
        let read = SheetReader(engine).read(&glyphs);
        assert_eq!(read.len(), glyphs.len());
        for (width, read) in widths.iter().zip(read) {
            // The engine is blind to one width, and what is not seen has no reading.
            let expected = char::from_u32('a' as u32 + (*width as f32 * LINE as f32 / 96.0).round() as u32);
            let found = read.first().map(|seen| seen.text);
            let near = |found: char| expected.is_some_and(|expected| (expected as i32 - found as i32).abs() <= 2);
            assert!(found.is_none_or(near), "{width}: {found:?} for {expected:?}");
            assert!(found.is_some() || expected.is_some_and(|c| ('u'..='z').contains(&c)), "{width} was not read");
        }
    }

    #[test]
    fn a_row_is_matched_as_a_whole() {
        let cells = [10.0, 50.0, 90.0].map(|middle| Cell { glyph: None, middle });
        let seen = |middle: f32, text| (middle, SeenGlyph { text, confidence: 0.5 });
        let matched = |seen: &[(f32, SeenGlyph)]| {
            let mut pairs: Vec<(i32, char)> =
                matched(&cells, seen).into_iter().map(|(cell, seen)| (cell.middle as i32, seen.text)).collect();
            pairs.sort_unstable();
            pairs
        };
        // All are shifted by half a cell.
        assert_eq!(matched(&[seen(28.0, 'a'), seen(66.0, 'b'), seen(111.0, 'c')]), [(10, 'a'), (50, 'b'), (90, 'c')]);
        // One is missing.
        assert_eq!(matched(&[seen(12.0, 'a'), seen(88.0, 'c')]), [(10, 'a'), (90, 'c')]);
        assert_eq!(matched(&[]), []);
    }
}
