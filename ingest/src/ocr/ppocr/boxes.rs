//! Rectangles that may be slanted.

/// A point: right and down from the top left, in pixels.
pub(super) type Point = [f32; 2];

/// A rectangle at any angle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slanted {
    /// Its middle.
    pub(super) middle: Point,
    /// The direction of its width: length 1, within 45 degrees of rightwards.
    pub(super) along: Point,
    /// Its extent along `along`, in pixels.
    pub(super) width: f32,
    /// Its extent across.
    pub(super) height: f32,
}

impl Slanted {
    /// The smallest rectangle around points.
    ///
    /// One of its sides lies along a side of the convex hull (Freeman and Shapira 1975), so each of those is tried.
    /// Returns nothing for no points, or points that are not numbers.
    pub(super) fn around(points: Vec<Point>) -> Option<Self> {
        let hull = convex_hull(points);
        let first = hull.first()?;
        let sides = hull.iter().zip(hull.iter().cycle().skip(1)).filter_map(|(a, b)| unit([b[0] - a[0], b[1] - a[1]]));
        // A single point has no sides, but it has a box.
        let directions = sides.chain((hull.len() == 1).then_some([1.0, 0.0]));
        let boxes = directions.map(|direction| spanned(*first, &hull, direction));
        boxes.min_by(|a, b| (a.width * a.height).total_cmp(&(b.width * b.height))).map(Self::levelled)
    }

    /// The point a share of the width and of the height from the top left corner.
    pub(super) fn at(&self, across: f32, down: f32) -> Point {
        let [x, y] = self.along;
        let (u, v) = ((across - 0.5) * self.width, (down - 0.5) * self.height);
        [self.middle[0] + u * x - v * y, self.middle[1] + u * y + v * x]
    }

    /// The upright rectangle around a part of this one, given as shares of its width: left, top, right, bottom.
    pub(super) fn part(&self, from: f32, to: f32) -> [f32; 4] {
        let corners = [self.at(from, 0.0), self.at(to, 0.0), self.at(from, 1.0), self.at(to, 1.0)];
        let start = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
        corners.iter().fold(start, |b, p| [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])])
    }

    /// Moves all four sides outwards by `ratio` times area by perimeter: the detector was trained on boxes moved
    /// inwards like that (Vatti 1992 clipping in the DBNet paper).
    pub(super) fn unclipped(self, ratio: f32) -> Self {
        let by = ratio * self.width * self.height / (2.0 * (self.width + self.height)).max(f32::MIN_POSITIVE);
        Self { width: self.width + 2.0 * by, height: self.height + 2.0 * by, ..self }
    }

    /// The same rectangle on a picture that is so many times as large.
    pub(super) fn scaled(self, by: f32) -> Self {
        let middle = [self.middle[0] * by, self.middle[1] * by];
        Self { middle, width: self.width * by, height: self.height * by, ..self }
    }

    /// The same rectangle seen with the head a quarter turn to the right: its width runs downwards.
    pub(super) fn turned_right(self) -> Self {
        let [x, y] = self.along;
        Self { along: [-y, x], width: self.height, height: self.width, ..self }
    }

    /// The same rectangle upside down.
    pub(super) fn turned_over(self) -> Self {
        let [x, y] = self.along;
        Self { along: [-x, -y], ..self }
    }

    /// The same rectangle with the width taken along the side that is nearer to level.
    fn levelled(self) -> Self {
        let [x, y] = self.along;
        match (x.abs() >= y.abs(), x < 0.0, y < 0.0) {
            (true, false, _) => self,
            (true, true, _) => self.turned_over(),
            (false, _, true) => self.turned_right(),
            (false, _, false) => self.turned_right().turned_over(),
        }
    }
}

/// The rectangle around a hull whose width runs in a direction.
fn spanned(origin: Point, hull: &[Point], along: Point) -> Slanted {
    let [x, y] = along;
    let mut span = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
    for point in hull {
        let from = [point[0] - origin[0], point[1] - origin[1]];
        let (u, v) = (from[0] * x + from[1] * y, from[1] * x - from[0] * y);
        span = [span[0].min(u), span[1].min(v), span[2].max(u), span[3].max(v)];
    }
    let (u, v) = (f32::midpoint(span[0], span[2]), f32::midpoint(span[1], span[3]));
    let middle = [origin[0] + u * x - v * y, origin[1] + u * y + v * x];
    Slanted { middle, along, width: span[2] - span[0], height: span[3] - span[1] }
}

/// The convex hull, by Andrew's monotone chain (1979).
fn convex_hull(mut points: Vec<Point>) -> Vec<Point> {
    points.retain(|p| p[0].is_finite() && p[1].is_finite());
    points.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let mut hull = chain(points.iter());
    hull.extend(chain(points.iter().rev()));
    hull
}

/// One half of a hull, without its last point.
fn chain<'a>(points: impl Iterator<Item = &'a Point>) -> Vec<Point> {
    let mut chain: Vec<Point> = Vec::new();
    for &point in points {
        while let [.., a, b] = chain.as_slice()
            && (b[0] - a[0]) * (point[1] - a[1]) <= (b[1] - a[1]) * (point[0] - a[0])
        {
            chain.pop();
        }
        chain.push(point);
    }
    chain.pop();
    chain
}

fn unit([x, y]: Point) -> Option<Point> {
    let length = x.hypot(y);
    (length > 0.0).then(|| [x / length, y / length])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(points: &[Point], middle: Point, size: [f32; 2], degrees: f32) {
        let found = Slanted::around(points.to_vec()).expect("there are points");
        let angle = found.along[1].atan2(found.along[0]).to_degrees();
        let got = [found.middle[0], found.middle[1], found.width, found.height, angle];
        let expected = [middle[0], middle[1], size[0], size[1], degrees];
        assert!(got.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.01), "{got:?} is not {expected:?}");
    }

    #[test]
    fn the_smallest_rectangle_is_found() {
        check(&[[3.0, 4.0]], [3.0, 4.0], [0.0, 0.0], 0.0);
        check(&[[0.0, 0.0], [10.0, 0.0], [10.0, 4.0], [0.0, 4.0], [5.0, 2.0]], [5.0, 2.0], [10.0, 4.0], 0.0);
        // One that falls by 3 in 4, and a line without height.
        check(&[[0.0, 0.0], [16.0, 12.0], [13.0, 16.0], [-3.0, 4.0]], [6.5, 8.0], [20.0, 5.0], 36.8699);
        check(&[[0.0, 0.0], [4.0, 3.0]], [2.0, 1.5], [5.0, 0.0], 36.8699);
    }

    #[test]
    fn a_column_keeps_its_width_level() {
        check(&[[2.0, 0.0], [4.0, 0.0], [4.0, 50.0], [2.0, 50.0]], [3.0, 25.0], [2.0, 50.0], 0.0);
    }

    #[test]
    fn no_points_have_no_rectangle() {
        assert_eq!(Slanted::around(Vec::new()), None);
        assert_eq!(Slanted::around(vec![[f32::NAN, 1.0]]), None);
    }

    #[test]
    fn a_quarter_turn_starts_at_the_top_right() {
        let column = Slanted { middle: [10.0, 50.0], along: [1.0, 0.0], width: 20.0, height: 100.0 };
        let turned = column.turned_right();
        assert_eq!((turned.at(0.0, 0.0), turned.at(1.0, 1.0)), ([20.0, 0.0], [0.0, 100.0]));
        assert_eq!(turned.part(0.0, 0.5), [0.0, 0.0, 20.0, 50.0]);
    }

    #[test]
    fn unclipping_moves_every_side() {
        let line = Slanted { middle: [50.0, 10.0], along: [1.0, 0.0], width: 100.0, height: 25.0 };
        let larger = line.unclipped(2.0);
        assert_eq!((larger.width, larger.height), (140.0, 65.0));
    }

    proptest! {
        #[test]
        fn every_point_is_inside(points in prop::collection::vec(prop::array::uniform2(-500f32..500.0), 1..40)) {
            let found = Slanted::around(points.clone()).expect("there are points");
            let [x, y] = found.along;
            for p in points {
                let from = [p[0] - found.middle[0], p[1] - found.middle[1]];
                prop_assert!((from[0] * x + from[1] * y).abs() <= found.width / 2.0 + 0.1);
                prop_assert!((from[1] * x - from[0] * y).abs() <= found.height / 2.0 + 0.1);
            }
        }
    }
}
