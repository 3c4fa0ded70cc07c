//! The detector's map: which pixels belong together.

use super::boxes::{Point, Slanted};

/// A pixel of a line's core is at least this likely, as in the models' own settings.
const CORE: f32 = 0.3;
/// A line's box is at least this likely on average.
const LINE: f32 = 0.5;
/// Fewer pixels in height or width than this is a speck.
const SPECK: f32 = 3.0;
/// More lines than any page has.
const MOST: usize = 2_000;

/// How likely each pixel lies in the core of a line: row by row, `width` values each.
pub(super) struct Likelihood<'a> {
    /// Pixels in a row.
    pub(super) width: usize,
    /// The values, from 0 to 1.
    pub(super) values: &'a [f32],
}

impl Likelihood<'_> {
    /// The boxes of the cores of lines, in no order.
    pub(super) fn cores(&self) -> Vec<Slanted> {
        let mut left: Vec<bool> = self.values.iter().map(|&value| value > CORE).collect();
        let mut cores = Vec::new();
        if self.width == 0 {
            return cores;
        }
        for start in 0..left.len() {
            if cores.len() == MOST {
                break;
            }
            let ends = self.take_region(start, &mut left);
            cores.extend(Slanted::around(ends).filter(|core| self.is_line(core)));
        }
        cores
    }

    /// Takes the pixels that are connected with one away and returns the corners of their rows, which have the same
    /// convex hull.
    fn take_region(&self, start: usize, left: &mut [bool]) -> Vec<Point> {
        let mut ends = Vec::new();
        let mut todo = vec![start];
        while let Some(at) = todo.pop() {
            if !left.get(at).copied().unwrap_or(false) {
                continue;
            }
            let run = self.run_around(at, left);
            let (row, column) = ((at / self.width) as f32, (run.start % self.width) as f32);
            let end = column + run.len() as f32;
            ends.extend([[column, row], [end, row], [column, row + 1.0], [end, row + 1.0]]);
            self.neighbours(&run, left, &mut todo);
            left[run].fill(false);
        }
        ends
    }

    /// The pixels of a row that are connected with one.
    fn run_around(&self, at: usize, left: &[bool]) -> std::ops::Range<usize> {
        let row = at - at % self.width;
        let row_end = (row + self.width).min(left.len());
        let start = left[row..at].iter().rposition(|&here| !here).map_or(row, |gap| row + gap + 1);
        let end = left[at..row_end].iter().position(|&here| !here).map_or(row_end, |gap| at + gap);
        start..end
    }

    /// Adds one pixel of each run above and below that touches a run, corners too.
    fn neighbours(&self, run: &std::ops::Range<usize>, left: &[bool], todo: &mut Vec<usize>) {
        let from = run.start - usize::from(!run.start.is_multiple_of(self.width));
        let to = run.end + usize::from(!run.end.is_multiple_of(self.width));
        let above = from.checked_sub(self.width).map(|from| from..to - self.width);
        let below = (from + self.width)..(to + self.width).min(left.len());
        for range in above.into_iter().chain([below]) {
            let mut before = false;
            for at in range {
                let here = left.get(at).copied().unwrap_or(false);
                if here && !before {
                    todo.push(at);
                }
                before = here;
            }
        }
    }

    fn is_line(&self, core: &Slanted) -> bool {
        core.width.min(core.height) >= SPECK && self.mean(core) >= LINE
    }

    /// The average in a box, taken at a pixel's distance.
    fn mean(&self, core: &Slanted) -> f32 {
        let (across, down) = (core.width.round().max(1.0), core.height.round().max(1.0));
        let (mut sum, mut count) = (0.0, 0.0);
        for j in 0..down as usize {
            for i in 0..across as usize {
                let [x, y] = core.at((i as f32 + 0.5) / across, (j as f32 + 0.5) / down);
                sum += self.value(x, y);
                count += 1.0;
            }
        }
        sum / count
    }

    fn value(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x.max(0.0) as usize, y.max(0.0) as usize);
        let inside = x < self.width;
        self.values.get(y * self.width + x).filter(|_| inside).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Draws a map (`#` likely, `+` hardly, else not at all) and compares the boxes: middle and size in pixels.
    #[track_caller]
    fn check(rows: &[&str], expected: &[[f32; 4]]) {
        let width = rows.first().map_or(0, |row| row.len());
        let value = |c| match c {
            '#' => 0.9,
            '+' => 0.35,
            _ => 0.0,
        };
        let values: Vec<f32> = rows.iter().flat_map(|row| row.chars().map(value)).collect();
        let cores = Likelihood { width, values: &values }.cores();
        let got: Vec<[f32; 4]> = cores.iter().map(|c| [c.middle[0], c.middle[1], c.width, c.height]).collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn lines_apart_are_boxes_apart() {
        check(
            &[
                "........", ".#####..", ".#####..", ".#####..", //
                "........", "..####..", "..####..", "..####..",
            ],
            &[[3.5, 2.5, 5.0, 3.0], [4.0, 6.5, 4.0, 3.0]],
        );
    }

    #[test]
    fn what_touches_at_a_corner_is_one() {
        check(&["######..", "######..", "######..", "......##"], &[[4.0, 2.0, 8.0, 4.0]]);
    }

    #[test]
    fn specks_and_faint_patches_are_no_lines() {
        check(&["##......", "##......", "........"], &[]);
        check(&["++++++++", "++++++++", "++++++++"], &[]);
    }

    #[test]
    fn an_empty_map_has_no_lines() {
        check(&[], &[]);
        check(&["....", "...."], &[]);
    }

    proptest! {
        #[test]
        fn any_map_can_be_read(width in 1usize..40, values in prop::collection::vec(0f32..1.0, 0..1_000)) {
            for core in (Likelihood { width, values: &values }).cores() {
                prop_assert!(core.width >= 0.0 && core.height >= 0.0);
            }
        }
    }
}
