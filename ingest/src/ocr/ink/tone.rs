//! Paper made white and ink made black, wherever on the page they stand.

use crate::ocr::Picture;

/// The cells of the grid on which the paper's tone is taken, in pixels to the inch.
const PAPER_GRID: f32 = 100.0;
/// How far around each cell its paper is looked for: more than a stroke is wide, in cells.
const PAPER_REACH: usize = 3;
/// The grid on which the ink's tone is taken, and how far around it is looked for.
const INK_GRID: f32 = 25.0;
const INK_REACH: usize = 6;
/// Ink is taken to have at most this part of the paper's brightness.
const PALEST_INK: f32 = 0.7;
/// What has this part of the paper's brightness is paper.
const PAPER: f32 = 0.95;

/// Values on a coarse grid over a picture.
struct Grid {
    step: usize,
    width: usize,
    values: Vec<f32>,
}

impl Grid {
    /// The greatest or the least value of each cell.
    fn new(values: &[f32], width: usize, step: usize, pick: fn(f32, f32) -> f32) -> Self {
        let step = step.max(1);
        let across = width.div_ceil(step).max(1);
        let rows = values.chunks(width.max(1)).collect::<Vec<_>>();
        let cells = rows.chunks(step).flat_map(|band| {
            let mut cells: Vec<f32> = vec![f32::NAN; across];
            for row in band {
                for (cell, values) in cells.iter_mut().zip(row.chunks(step)) {
                    // The greater or the less of a value and of no number is the value.
                    *cell = values.iter().copied().fold(*cell, pick);
                }
            }
            cells
        });
        Self { step, width: across, values: cells.collect() }
    }

    fn height(&self) -> usize {
        self.values.len() / self.width
    }

    /// Each value replaced by one made of those that lie no further than `reach` from it along a row, then along a
    /// column.
    fn around(&mut self, reach: usize, of: impl Fn(&[f32]) -> f32) {
        let (width, height) = (self.width, self.height());
        self.values = slide(&self.values, width, reach, &of);
        let turned = transposed(&self.values, width);
        self.values = transposed(&slide(&turned, height, reach, &of), height);
    }

    /// The value at a pixel, between the middles of the four cells around it.
    fn at(&self, x: usize, y: usize) -> f32 {
        let place = |at: usize, count: usize| {
            let at = ((at as f32 + 0.5) / self.step as f32 - 0.5).clamp(0.0, (count - 1) as f32);
            (at as usize, (at as usize + 1).min(count - 1), at.fract())
        };
        let (left, right, u) = place(x, self.width);
        let (top, bottom, v) = place(y, self.height());
        let value = |x: usize, y: usize| self.values.get(y * self.width + x).copied().unwrap_or(1.0);
        let upper = value(left, top) * (1.0 - u) + value(right, top) * u;
        let lower = value(left, bottom) * (1.0 - u) + value(right, bottom) * u;
        upper * (1.0 - v) + lower * v
    }
}

fn slide(values: &[f32], width: usize, reach: usize, of: &impl Fn(&[f32]) -> f32) -> Vec<f32> {
    let rows = values.chunks(width.max(1));
    rows.flat_map(|row| {
        (0..row.len())
            .map(move |x| of(row.get(x.saturating_sub(reach)..(x + reach + 1).min(row.len())).unwrap_or_default()))
    })
    .collect()
}

fn transposed(values: &[f32], width: usize) -> Vec<f32> {
    (0..width).flat_map(|x| values.iter().skip(x).step_by(width.max(1)).copied()).collect()
}

fn greatest(values: &[f32]) -> f32 {
    values.iter().copied().fold(0.0, f32::max)
}

fn least(values: &[f32]) -> f32 {
    values.iter().copied().fold(f32::MAX, f32::min)
}

fn mean(values: &[f32]) -> f32 {
    values.iter().sum::<f32>() / values.len().max(1) as f32
}

/// The tone of the paper.
pub(super) struct Paper(Grid);

impl Paper {
    /// The tone of the paper under a picture: what is brightest near a pixel, but for lights smaller than that.
    pub(super) fn new(picture: &Picture) -> Self {
        let values: Vec<f32> = picture.pixels.iter().map(|value| f32::from(*value) / 255.0).collect();
        let step = (picture.dpi / PAPER_GRID).round() as usize;
        let mut grid = Grid::new(&values, picture.width as usize, step, f32::max);
        grid.around(PAPER_REACH, greatest);
        grid.around(PAPER_REACH, least);
        grid.around(PAPER_REACH, mean);
        Self(grid)
    }

    /// The brightness of a pixel as a part of the paper's, from 0 to 1.
    pub(super) fn share(&self, picture: &Picture, x: usize, y: usize) -> f32 {
        let value = picture.pixels.get(y * picture.width as usize + x).map_or(1.0, |value| f32::from(*value) / 255.0);
        (value / self.0.at(x, y).max(0.01)).min(1.0)
    }
}

/// The picture with the paper's tone divided out and the ink's stretched to black.
pub(super) fn even(picture: &Picture, paper: &Paper) -> Picture {
    let (width, height) = (picture.width as usize, picture.height as usize);
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let shares: Vec<f32> = places.clone().map(|(x, y)| paper.share(picture, x, y)).collect();
    let mut ink = Grid::new(&shares, width, (picture.dpi / INK_GRID).round() as usize, f32::min);
    ink.around(INK_REACH, least);
    ink.around(INK_REACH, mean);
    let stretched = places.zip(&shares).map(|((x, y), share)| {
        let black = ink.at(x, y).min(PALEST_INK);
        (255.0 * (share - black) / (PAPER - black)).clamp(0.0, 255.0) as u8
    });
    Picture { pixels: stretched.collect(), ..*picture }
}
