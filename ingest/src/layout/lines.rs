//! Glyphs to lines of text.
//!
//! The order in which a file shows its glyphs is the best witness of the order in which they are read: it keeps
//! the lines of a table cell or a column together. So glyphs that follow each other on one baseline are joined,
//! fragments shown out of turn are put back where they stand, and only when the file's order is plainly no
//! reading order is it replaced by one from the geometry (see [`super::order`]).

use corpus::document::{Line, Rect};

use super::glyphs::{Glyph, PageText, Turn, repeated, snapped};
use super::grids::Grids;
use super::order;
use super::spacing::{self, Written};

/// Gaps up to this many em stand within a segment.
const SEGMENT_GAP: f32 = 1.4;
/// A glyph may begin this many em before the end of the one before it: kerning, accents, italics.
const OVERLAP: f32 = 0.5;

/// A glyph turned so that its text runs to the right: `u` along the line, `v` downwards.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) glyph: u32,
    pub(super) u0: f32,
    pub(super) u1: f32,
    pub(super) v: f32,
    pub(super) size: f32,
}

/// Glyphs on one baseline, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    pub(super) glyphs: Vec<Placed>,
    pub(super) u0: f32,
    pub(super) u1: f32,
    /// The baseline of its largest glyphs.
    pub(super) v: f32,
    /// The size of its largest glyphs.
    pub(super) size: f32,
    /// Where its first and its last part in the file's order lie along the line; all of it unless it was joined.
    pub(super) head: (f32, f32),
    pub(super) tail: (f32, f32),
    /// The place in the file's order.
    pub(super) turn: usize,
    /// Whether the glyphs stand from left to right.
    pub(super) sorted: bool,
}

impl Segment {
    fn new(first: Placed, turn: usize) -> Self {
        let extent = (first.u0, first.u1);
        Self {
            u0: first.u0,
            u1: first.u1,
            v: first.v,
            size: first.size,
            glyphs: vec![first],
            head: extent,
            tail: extent,
            turn,
            sorted: true,
        }
    }

    pub(super) fn width(&self) -> f32 {
        self.u1 - self.u0
    }

    fn push(&mut self, next: Placed) {
        if next.size > self.size * 1.2 {
            (self.v, self.size) = (next.v, next.size);
        }
        self.u0 = self.u0.min(next.u0);
        self.u1 = self.u1.max(next.u1);
        (self.head, self.tail) = ((self.u0, self.u1), (self.u0, self.u1));
        self.glyphs.push(next);
    }

    /// Whether the glyph goes on where this segment ends.
    fn takes(&self, next: &Placed) -> bool {
        let Some(last) = self.glyphs.last() else { return false };
        let em = self.size.max(next.size);
        let gap = next.u0 - last.u1;
        // Widths that are missing from the file are taken as a whole em, and marks of punctuation are set close, but the
        // next glyph stands where it should.
        let overlaps = gap >= -OVERLAP * em || (gap >= -0.95 * em && next.u0 > last.u0 + 0.05 * em);
        same_baseline(self.v, self.size, next.v, next.size) && gap <= SEGMENT_GAP * em && overlaps
    }

    /// Whether a rule of a table stands between this segment's end and the glyph.
    fn is_parted(&self, next: &Placed, grids: &Grids) -> bool {
        let Some(last) = self.glyphs.last().filter(|last| next.u0 > last.u1 && !grids.is_empty()) else { return false };
        let cell = |placed: &Placed| grids.cell((placed.u0 + placed.u1) / 2.0, placed.v - 0.3 * placed.size);
        cell(last) != cell(next)
    }

    /// Whether the other, further right, stands in another cell of a table.
    fn is_parted_from(&self, other: &Self, grids: &Grids) -> bool {
        let cell = |u: f32, segment: &Self| grids.cell(u, segment.v - 0.3 * segment.size);
        !grids.is_empty() && cell(self.u1 - 0.5, self) != cell(other.u0 + 0.5, other)
    }

    /// Cuts the last glyph's width where the next begins well within it.
    fn clip(&mut self, next: f32) {
        if let Some(last) = self.glyphs.last_mut()
            && next < last.u1 - 0.3 * last.size
            && next > last.u0
        {
            last.u1 = next;
            self.u1 = next;
        }
    }

    /// Takes in another segment's glyphs.
    pub(super) fn absorb(&mut self, other: Self) {
        if other.width() > self.width() {
            self.turn = other.turn;
        }
        self.tail = other.tail;
        if other.size > self.size * 1.05 {
            (self.v, self.size) = (other.v, other.size);
        }
        self.sorted &= other.sorted && other.u0 >= self.u1;
        self.u0 = self.u0.min(other.u0);
        self.u1 = self.u1.max(other.u1);
        self.glyphs.extend(other.glyphs);
    }

    /// Puts the glyphs in order after fragments were taken in out of turn.
    fn sort(&mut self) {
        if !self.sorted {
            self.glyphs.sort_by(|a, b| a.u0.total_cmp(&b.u0));
            self.sorted = true;
        }
    }
}

/// Whether two sizes of text stand on one baseline; smaller text may be raised or lowered.
pub(super) fn same_baseline(v: f32, size: f32, other_v: f32, other_size: f32) -> bool {
    let apart = (v - other_v).abs();
    let (small, large) = if size < other_size { (size, other_size) } else { (other_size, size) };
    apart <= small * 0.25 || (small < large * 0.85 && apart <= large * 0.55)
}

/// The lines of a page in reading order; the most common direction of writing comes first.
pub(crate) fn lines(mut page: PageText, width: f32, height: f32) -> Vec<Line> {
    let repeated = repeated(&mut page);
    let grids = Grids::of(&page.rules);
    let mut directions: Vec<(i16, Vec<Placed>)> = Vec::new();
    upright_columns(&mut page);
    for (index, (glyph, _)) in page.glyphs.iter().zip(repeated).enumerate().filter(|(_, (_, repeated))| !repeated) {
        if glyph.size <= 0.0 || !on_page(glyph, width, height) {
            continue;
        }
        let angle = snapped(glyph.angle);
        let placed = place(glyph, index, Turn::new(angle));
        match directions.iter_mut().find(|(other, _)| *other == angle) {
            Some((_, placed_glyphs)) => placed_glyphs.push(placed),
            None => directions.push((angle, vec![placed])),
        }
    }
    directions.sort_by_key(|(_, placed)| std::cmp::Reverse(placed.len()));
    let mut lines = Vec::new();
    for (angle, placed) in directions {
        let turned = Grids::default();
        let grids = if angle == 0 { &grids } else { &turned };
        let segments = order::ordered(joined(segments(&placed, grids), grids), grids);
        let turn = Turn::new(angle);
        lines.extend(segments.iter().filter_map(|segment| line(&page, segment, turn, grids)));
    }
    lines
}

/// Turns vertical text that is set glyph by glyph with a font for horizontal writing into vertical writing, where
/// that is how most of the page is set.
fn upright_columns(page: &mut PageText) {
    let (mut down, mut right) = (0_usize, 0_usize);
    for pair in page.glyphs.windows(2) {
        let [a, b] = pair else { continue };
        let (dx, dy) = ((b.x - a.x) / a.size.max(0.1), (b.y - a.y) / a.size.max(0.1));
        down += usize::from(dx.abs() < 0.3 && (0.5..2.0).contains(&dy));
        right += usize::from(dy.abs() < 0.3 && (0.1..4.0).contains(&dx));
    }
    if down < 16 || down < right * 3 {
        return;
    }
    for glyph in page.glyphs.iter_mut().filter(|glyph| glyph.angle == 0) {
        glyph.x += glyph.advance / 2.0;
        glyph.y -= glyph.ascent * glyph.size;
        (glyph.angle, glyph.advance, glyph.ascent, glyph.descent) = (90, glyph.size, 0.5, 0.5);
    }
}

fn on_page(glyph: &Glyph, width: f32, height: f32) -> bool {
    let slack = glyph.size;
    (-slack..=width + slack).contains(&glyph.x) && (-slack..=height + slack).contains(&glyph.y)
}

fn place(glyph: &Glyph, index: usize, turn: Turn) -> Placed {
    let (u, v) = turn.of(glyph.x, glyph.y);
    let glyph_index = u32::try_from(index).unwrap_or(u32::MAX);
    let (u0, u1) = if glyph.advance < 0.0 { (u + glyph.advance, u) } else { (u, u + glyph.advance) };
    Placed { glyph: glyph_index, u0, u1, v, size: glyph.size }
}

/// Glyphs that follow each other in the file and on the page.
fn segments(placed: &[Placed], grids: &Grids) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for glyph in placed {
        let turn = segments.len();
        match segments.last_mut() {
            Some(segment) if segment.takes(glyph) && !segment.is_parted(glyph, grids) => {
                segment.clip(glyph.u0);
                segment.push(*glyph);
            }
            _ => segments.push(Segment::new(*glyph, turn)),
        }
    }
    segments
}

/// Joins segments to lines: those that follow each other on one baseline, unless a gutter between columns lies
/// between them, and those that were shown out of turn but stand right beside each other.
fn joined(segments: Vec<Segment>, grids: &Grids) -> Vec<Segment> {
    let gutters = order::gutters(&segments.iter().collect::<Vec<_>>());
    let mut lines: Vec<Segment> = Vec::with_capacity(segments.len());
    for segment in segments {
        let follows = lines.last().is_some_and(|line| {
            let slack = OVERLAP * line.size;
            // Some producers set the cells of a row from right to left.
            let (left, right) = if segment.u0 < line.u0 { (&segment, line) } else { (line, &segment) };
            same_baseline(line.v, line.size, segment.v, segment.size)
                && right.u0 >= left.u1 - slack
                && !gutters.iter().any(|gutter| gutter.between(left, right))
        });
        match lines.last_mut() {
            Some(line) if follows => line.absorb(segment),
            _ => lines.push(segment),
        }
    }
    beside(lines, grids)
}

/// Joins lines of one baseline with no more than a word space between them.
fn beside(lines: Vec<Segment>, grids: &Grids) -> Vec<Segment> {
    let mut sorted = lines;
    sorted.sort_by(|a, b| a.v.total_cmp(&b.v));
    let mut done: Vec<Segment> = Vec::with_capacity(sorted.len());
    let mut row: Vec<Segment> = Vec::new();
    for segment in sorted {
        let same_row =
            row.last().is_some_and(|last: &Segment| (segment.v - last.v).abs() <= last.size.min(segment.size) * 0.3);
        if !same_row {
            close_row(&mut row, &mut done, grids);
        }
        row.push(segment);
    }
    close_row(&mut row, &mut done, grids);
    done.iter_mut().for_each(Segment::sort);
    done.sort_by_key(|segment| segment.turn);
    done
}

fn close_row(row: &mut Vec<Segment>, done: &mut Vec<Segment>, grids: &Grids) {
    row.sort_by(|a, b| a.u0.total_cmp(&b.u0));
    let mut open: Option<Segment> = None;
    for segment in row.drain(..) {
        match &mut open {
            Some(line) if adjoins(line, &segment) && !line.is_parted_from(&segment, grids) => line.absorb(segment),
            _ => done.extend(open.replace(segment)),
        }
    }
    done.extend(open);
}

/// Whether the second, which begins further right, stands so close that both are one line.
fn adjoins(line: &Segment, next: &Segment) -> bool {
    let em = line.size.min(next.size);
    let gap = (next.u0 - line.u1) / em;
    let long = line.glyphs.len().min(next.glyphs.len()) >= 10;
    // A fragment within the line fills a hole that was left for it.
    let inside = next.u1 <= line.u1 && next.glyphs.len() < line.glyphs.len();
    inside || (gap >= -0.4 && gap <= if long { 0.4 } else { 0.7 })
}

fn line(page: &PageText, segment: &Segment, turn: Turn, grids: &Grids) -> Option<Line> {
    let Written { text, ends, raised, cells } = spacing::written(page, segment, grids);
    if text.is_empty() {
        return None;
    }
    let mut extent: Option<Rect> = None;
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    let (mut bold, mut total) = (0, 0);
    for placed in &segment.glyphs {
        let Some(glyph) = page.glyphs.get(placed.glyph as usize) else { continue };
        if page.text_of(glyph).trim().is_empty() {
            continue;
        }
        let top = placed.v - glyph.ascent * glyph.size;
        let rect = Rect { x0: placed.u0, y0: top, x1: placed.u1, y1: placed.v + glyph.descent * glyph.size };
        extent = Some(extent.map_or(rect, |extent| extent.union(rect)));
        bold += usize::from(glyph.bold);
        total += 1;
        match sizes.iter_mut().find(|(size, _)| (*size - glyph.size).abs() < 0.25) {
            Some((_, count)) => *count += 1,
            None => sizes.push((glyph.size, 1)),
        }
    }
    let size = sizes.iter().max_by_key(|(_, count)| *count).map_or(segment.size, |(size, _)| *size);
    let bbox = turn.back(extent?);
    Some(Line { text, bbox, size, bold: bold * 2 > total, ends, raised, cells, words: Vec::new() })
}
