//! Where lines stand: the size of the body's type, its pitch, and each line's column.

use std::collections::HashMap;

use corpus::document::{Line, Page};

/// How many lines before and behind decide where a line's column begins and ends.
const NEIGHBOURS: usize = 40;

/// A column of running text is at least this part of a page wide; narrower ones are a table's.
const COLUMN: f32 = 0.3;

/// What most of a document is set in.
pub(super) struct Body {
    /// The size of most characters, in points.
    pub(super) size: f32,
    /// From baseline to baseline, as a multiple of the size.
    leading: f32,
    /// Whether the first lines of paragraphs are indented.
    pub(super) indents: bool,
}

/// A line's column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Where the column begins, in points from the left.
    pub(super) left: f32,
    /// Where it ends.
    pub(super) right: f32,
    /// Whether the line stands in the middle of it, with room at both ends.
    pub(super) centred: bool,
}

impl Body {
    pub(super) fn of(pages: &[Page]) -> Self {
        let size =
            most_common(pages.iter().flat_map(|page| page.lines.iter().map(|line| (line.size, line.text.len()))), 2.0)
                .filter(|size| *size > 0.0)
                .unwrap_or(12.0);
        let leading =
            most_common(pages.iter().flat_map(|page| pitches(page, size)), 20.0).unwrap_or(1.5).clamp(1.0, 3.0);
        let mut body = Self { size, leading, indents: false };
        body.indents = pages.iter().map(|page| indented_lines(page, &body)).sum::<usize>() >= 3;
        body
    }

    /// The usual distance from line to line for a size, in points.
    pub(super) fn pitch(&self, size: f32) -> f32 {
        size.max(1.0) * self.leading
    }
}

/// The most common value, rounded to a part of a unit, by weight.
fn most_common(values: impl Iterator<Item = (f32, usize)>, parts: f32) -> Option<f32> {
    let mut weights: HashMap<i32, usize> = HashMap::new();
    for (value, weight) in values.filter(|(value, _)| value.is_finite()) {
        // The cast saturates, and sizes beyond it are nonsense anyway.
        let key = (value * parts).round() as i32;
        let sum = weights.entry(key).or_default();
        *sum = sum.saturating_add(weight);
    }
    let (key, _) = weights.into_iter().max_by_key(|(key, weight)| (*weight, *key))?;
    Some(key as f32 / parts)
}

/// The distances between lines of the body's size that stand one under the other, as multiples of the size.
fn pitches(page: &Page, size: f32) -> Vec<(f32, usize)> {
    let pairs = page.lines.windows(2).filter_map(|pair| {
        let [a, b] = pair else { return None };
        let pitch = (b.bbox.y0 - a.bbox.y0) / size;
        let body = (a.size - size).abs() < 0.6 && (b.size - size).abs() < 0.6;
        (body && (0.9..3.0).contains(&pitch)).then_some((pitch, 1))
    });
    pairs.collect()
}

fn indented_lines(page: &Page, body: &Body) -> usize {
    let places = places(page, body);
    let lines = page.lines.iter().zip(&places);
    lines
        .filter(|(line, place)| {
            let indent = line.bbox.x0 - place.left;
            let runs = place.right - line.bbox.x1 < line.size * 2.0;
            runs && (line.size * 0.9..line.size * 3.2).contains(&indent)
        })
        .count()
}

/// The column of each line of a page, from the lines near it that it overlaps from left to right.
pub(super) fn places(page: &Page, body: &Body) -> Vec<Place> {
    let gutter = gutter(page);
    (0..page.lines.len()).map(|at| place(page, at, body, gutter)).collect()
}

/// Where the second of two columns of running text begins, in points from the left.
pub(super) fn gutter(page: &Page) -> Option<f32> {
    const LEAST: usize = 6;
    let (low, high) = (page.width * 0.4, page.width * 0.62);
    let right =
        page.lines.iter().filter(|line| (low..high).contains(&line.bbox.x0) && line.bbox.width() > page.width * COLUMN);
    let starts = right.map(|line| (line.bbox.x0, 1));
    let start = most_common(starts, 0.5)?;
    let begins = page
        .lines
        .iter()
        .filter(|line| (line.bbox.x0 - start).abs() < 3.0 && line.bbox.width() > page.width * COLUMN)
        .count();
    let ends = page.lines.iter().filter(|line| {
        line.bbox.x1 < start && line.bbox.width() > page.width * COLUMN && line.bbox.x1 > page.width * 0.35
    });
    (begins >= LEAST && ends.count() >= LEAST).then_some(start)
}

/// Left of the gutter, right of it, or across.
fn side(line: &Line, gutter: Option<f32>) -> u8 {
    match gutter {
        Some(gutter) if line.bbox.x1 < gutter => 1,
        Some(gutter) if line.bbox.x0 > gutter - 4.0 => 2,
        _ => 0,
    }
}

fn place(page: &Page, at: usize, body: &Body, gutter: Option<f32>) -> Place {
    let Some(line) = page.lines.get(at) else { return Place { left: 0.0, right: page.width, centred: false } };
    let near =
        page.lines.get(at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(page.lines.len())).unwrap_or_default();
    let column: Vec<&Line> = near
        .iter()
        .filter(|other| overlaps(line, other) && is_body(other, body) && side(other, gutter) == side(line, gutter))
        .collect();
    let left = column.iter().map(|other| other.bbox.x0).fold(line.bbox.x0, f32::min);
    let mut rights: Vec<f32> = column.iter().map(|other| other.bbox.x1).chain([line.bbox.x1]).collect();
    rights.sort_by(f32::total_cmp);
    // The widest line may hang over the edge; the next one tells where the column ends.
    let right =
        rights.get((rights.len() * 9 / 10).min(rights.len().saturating_sub(2))).copied().unwrap_or(line.bbox.x1);
    let right = right.max(line.bbox.x1);
    let (before, behind) = (line.bbox.x0 - left.min(page.width * 0.2), right.max(page.width * 0.8) - line.bbox.x1);
    let centre = ((line.bbox.x0 + line.bbox.x1) / 2.0 - page.width / 2.0).abs() < line.size * 1.2;
    Place { left, right, centred: centre && before > line.size * 1.5 && behind > line.size * 1.5 }
}

fn overlaps(a: &Line, b: &Line) -> bool {
    let shared = a.bbox.x1.min(b.bbox.x1) - a.bbox.x0.max(b.bbox.x0);
    shared > 0.5 * a.bbox.width().min(b.bbox.width())
}

fn is_body(line: &Line, body: &Body) -> bool {
    (line.size - body.size).abs() < body.size * 0.15 && !line.text.contains('\t')
}
