//! The outline of a glyph, in em.

use std::hash::{DefaultHasher, Hash, Hasher};

use skrifa::outline::OutlinePen;

/// No glyph of a text has more pieces; ornaments that do are not letters.
const MAX_PIECES: usize = 20_000;
/// Outlines that differ by less than one part in so many of the em are one shape.
const GRAIN: f32 = 500.0;

/// A point in em: x from the origin to the right, y from the baseline upwards.
pub(super) type Point = (f32, f32);

/// A piece of a contour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece {
    Move(Point),
    Line(Point),
    Quad(Point, Point),
    Cubic(Point, Point, Point),
}

/// The contours of a glyph, filled where they wind.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Outline {
    pub(super) pieces: Vec<Piece>,
}

/// What an outline covers, in em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) left: f32,
    pub(super) bottom: f32,
    pub(super) right: f32,
    pub(super) top: f32,
}

impl Outline {
    /// The box around all points; `None` for an outline that draws nothing.
    pub(super) fn bounds(&self) -> Option<Bounds> {
        let mut points = self.pieces.iter().flat_map(Piece::points);
        let (x, y) = points.next()?;
        let first = Bounds { left: x, bottom: y, right: x, top: y };
        let bounds = points.fold(first, |bounds, (x, y)| Bounds {
            left: bounds.left.min(x),
            bottom: bounds.bottom.min(y),
            right: bounds.right.max(x),
            top: bounds.top.max(y),
        });
        (bounds.right > bounds.left && bounds.top > bounds.bottom).then_some(bounds)
    }

    /// The middle of the area, roughly: curves are taken for the lines through their control points.
    pub(super) fn center(&self) -> Option<Point> {
        let (mut start, mut at) = ((0.0, 0.0), (0.0, 0.0));
        let (mut area, mut across, mut up) = (0.0_f32, 0.0_f32, 0.0_f32);
        let mut line = |from: Point, to: Point| {
            let part = from.0 * to.1 - to.0 * from.1;
            area += part;
            across += part * (from.0 + to.0) / 3.0;
            up += part * (from.1 + to.1) / 3.0;
        };
        for piece in &self.pieces {
            if matches!(piece, Piece::Move(_)) {
                line(at, start);
                start = piece.end();
                at = start;
                continue;
            }
            for point in piece.points() {
                line(at, point);
                at = point;
            }
        }
        line(at, start);
        (area.abs() > 1e-6).then(|| (across / area, up / area))
    }

    /// The same number for outlines that look the same, wherever they come from.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for piece in &self.pieces {
            std::mem::discriminant(piece).hash(&mut hasher);
            for (x, y) in piece.points() {
                ((x * GRAIN).round() as i32, (y * GRAIN).round() as i32).hash(&mut hasher);
            }
        }
        hasher.finish()
    }
}

impl Piece {
    /// The point that it ends at.
    pub(super) fn end(&self) -> Point {
        match *self {
            Self::Move(to) | Self::Line(to) | Self::Quad(_, to) | Self::Cubic(_, _, to) => to,
        }
    }

    fn points(&self) -> impl Iterator<Item = Point> {
        let (points, count) = match *self {
            Self::Move(to) | Self::Line(to) => ([to, to, to], 1),
            Self::Quad(control, to) => ([control, to, to], 2),
            Self::Cubic(first, second, to) => ([first, second, to], 3),
        };
        points.into_iter().take(count)
    }
}

/// Takes down what a font program draws.
pub(super) struct Pen {
    outline: Outline,
    /// From the units of the program to the em.
    scale: f32,
    sane: bool,
}

impl Pen {
    pub(super) fn new(scale: f32) -> Self {
        Self { outline: Outline::default(), scale, sane: true }
    }

    /// What was drawn; `None` where it was too much or out of all proportion.
    pub(super) fn finish(self) -> Option<Outline> {
        self.sane.then_some(self.outline)
    }

    fn point(&mut self, x: f32, y: f32) -> Point {
        let (x, y) = (x * self.scale, y * self.scale);
        self.sane &= x.abs() < 8.0 && y.abs() < 8.0;
        (x, y)
    }

    fn push(&mut self, piece: Piece) {
        if self.outline.pieces.len() < MAX_PIECES {
            self.outline.pieces.push(piece);
        } else {
            self.sane = false;
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.push(Piece::Move(to));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.point(x, y);
        self.push(Piece::Line(to));
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let (control, to) = (self.point(cx0, cy0), self.point(x, y));
        self.push(Piece::Quad(control, to));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let (first, second, to) = (self.point(cx0, cy0), self.point(cx1, cy1), self.point(x, y));
        self.push(Piece::Cubic(first, second, to));
    }

    fn close(&mut self) {}
}
