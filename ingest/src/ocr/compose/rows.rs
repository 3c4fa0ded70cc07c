//! Strips of words to rows in reading order.

use corpus::document::Rect;

use super::{Placed, size};

/// Running text is at least this many em wide; cells of a table mostly less.
const PROSE: f32 = 9.0;
/// A column has at least so many strips.
const COLUMN: usize = 4;
/// The gap between two columns is at least so many em wide.
const GUTTER: f32 = 0.8;
/// Cuts are made no deeper than this.
const MAX_DEPTH: usize = 32;

/// Words that an engine saw on one line.
#[derive(Clone, Debug)]
pub(super) struct Strip {
    pub(super) words: Vec<Placed>,
    pub(super) bbox: Rect,
    pub(super) size: f32,
}

impl Strip {
    /// The words from left to right; `None` without any.
    pub(super) fn new(mut words: Vec<Placed>) -> Option<Self> {
        words.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
        let bbox = words.iter().map(|word| word.bbox).reduce(Rect::union)?;
        let size = size(&words);
        Some(Self { words, bbox, size })
    }

    /// The mean by length.
    pub(super) fn confidence(&self) -> f32 {
        let (mut sum, mut length) = (0.0, 0.0);
        for word in &self.words {
            let bytes = word.text.len() as f32;
            sum += word.confidence * bytes;
            length += bytes;
        }
        sum / f32::max(length, 1.0)
    }

    fn is_prose(&self) -> bool {
        self.bbox.width() >= PROSE * self.size
    }

    /// Whether both stand on one row.
    fn level_with(&self, other: &Self) -> bool {
        let shared = self.bbox.y1.min(other.bbox.y1) - self.bbox.y0.max(other.bbox.y0);
        shared >= 0.5 * self.bbox.height().min(other.bbox.height())
    }
}

/// A row of the page, or of a column of it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// From left to right.
    pub(super) words: Vec<Placed>,
    pub(super) size: f32,
}

/// The rows in reading order: columns of running text one after the other, bands from top to bottom, and in them
/// strips side by side as one row. The page is cut recursively along white space, as Nagy, Seth and Viswanathan do
/// (A prototype document image analysis system for technical journals, 1992).
pub(super) fn rows(strips: Vec<Strip>) -> Vec<Row> {
    let mut rows = Vec::new();
    cut(strips, 0, &mut rows);
    rows
}

fn cut(mut strips: Vec<Strip>, depth: usize, rows: &mut Vec<Row>) {
    if strips.len() >= 2 * COLUMN && depth < MAX_DEPTH {
        if let Some(x) = between_columns(&mut strips) {
            let (left, right): (Vec<_>, Vec<_>) = strips.into_iter().partition(|strip| strip.bbox.x0 < x);
            cut(left, depth + 1, rows);
            cut(right, depth + 1, rows);
            return;
        }
        if let Some(y) = between_bands(&mut strips) {
            let (above, below): (Vec<_>, Vec<_>) = strips.into_iter().partition(|strip| strip.bbox.y0 < y);
            cut(above, depth + 1, rows);
            cut(below, depth + 1, rows);
            return;
        }
    }
    in_rows(strips, rows);
}

/// The widest gap that nothing crosses and that has running text on both sides.
fn between_columns(strips: &mut [Strip]) -> Option<f32> {
    strips.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
    let mut end = f32::MIN;
    let mut best: Option<(f32, f32)> = None;
    for (index, strip) in strips.iter().enumerate() {
        let gap = strip.bbox.x0 - end;
        if index > 0 && gap > GUTTER * strip.size && best.is_none_or(|(widest, _)| gap > widest) {
            let (left, right) = strips.split_at(index);
            if is_column(left) && is_column(right) {
                best = Some((gap, strip.bbox.x0 - gap / 2.0));
            }
        }
        end = end.max(strip.bbox.x1);
    }
    best.map(|(_, x)| x)
}

fn is_column(strips: &[Strip]) -> bool {
    strips.len() >= COLUMN && strips.iter().filter(|strip| strip.is_prose()).count() * 2 >= strips.len()
}

/// The highest white band.
fn between_bands(strips: &mut [Strip]) -> Option<f32> {
    strips.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
    let mut end = f32::MIN;
    let mut best: Option<(f32, f32)> = None;
    for (index, strip) in strips.iter().enumerate() {
        let gap = strip.bbox.y0 - end;
        if index > 0 && gap > 0.0 && best.is_none_or(|(highest, _)| gap > highest) {
            best = Some((gap, strip.bbox.y0 - gap / 2.0));
        }
        end = end.max(strip.bbox.y1);
    }
    best.map(|(_, y)| y)
}

/// Strips that stand level are one row.
fn in_rows(mut strips: Vec<Strip>, rows: &mut Vec<Row>) {
    let middle = |strip: &Strip| strip.bbox.y0 + strip.bbox.y1;
    strips.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut open: Vec<Strip> = Vec::new();
    for strip in strips {
        if !open.iter().all(|other| strip.level_with(other)) {
            rows.extend(row(std::mem::take(&mut open)));
        }
        open.push(strip);
    }
    rows.extend(row(open));
}

fn row(strips: Vec<Strip>) -> Option<Row> {
    let words: Vec<Placed> = strips.into_iter().flat_map(|strip| strip.words).collect();
    Strip::new(words).map(|strip| Row { words: strip.words, size: strip.size })
}
