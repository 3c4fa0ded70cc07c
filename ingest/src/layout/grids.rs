//! Tables that are drawn with rules: their cells, from the rules of a page.

use corpus::document::{Cell, Rect};

/// Rules that lie closer together, in points, are one.
const SAME: f32 = 3.0;
/// A page with more rules of one direction is a drawing.
const MOST: usize = 400;

/// The ruled tables of a page.
#[derive(Debug, Default)]
pub(super) struct Grids(Vec<Grid>);

#[derive(Debug)]
struct Grid {
    /// Where columns begin and end, from left to right.
    xs: Vec<f32>,
    /// Where rows begin and end, from the top.
    ys: Vec<f32>,
    /// For each cell of the net, row by row, the row and the column of the first of those that it is joined with.
    first: Vec<(u16, u16)>,
}

/// A rule: where it lies, and from where to where it goes.
#[derive(Clone, Copy, Debug)]
struct Rule {
    at: f32,
    from: f32,
    to: f32,
}

impl Grids {
    pub(super) fn of(rules: &[Rect]) -> Self {
        let (flat, steep): (Vec<&Rect>, Vec<&Rect>) = rules.iter().partition(|rule| rule.width() >= rule.height());
        let flat = flat.iter().map(|rule| Rule { at: (rule.y0 + rule.y1) / 2.0, from: rule.x0, to: rule.x1 });
        let steep = steep.iter().map(|rule| Rule { at: (rule.x0 + rule.x1) / 2.0, from: rule.y0, to: rule.y1 });
        let (flat, steep) = (joined(flat.collect()), joined(steep.collect()));
        if flat.len() < 2 || steep.is_empty() || flat.len() > MOST || steep.len() > MOST {
            return Self::default();
        }
        let grids = nets(&flat, &steep).into_iter().filter_map(|(flat, steep)| Grid::of(&flat, &steep));
        Self(grids.take(usize::from(u16::MAX)).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The cell that holds a point.
    pub(super) fn cell(&self, x: f32, y: f32) -> Option<Cell> {
        (0..).zip(&self.0).find_map(|(table, grid)| {
            let (row, column) = grid.cell(x, y)?;
            Some(Cell { table, row, column })
        })
    }

    /// Where a table stands.
    pub(super) fn extent(&self, table: u16) -> Option<Rect> {
        let grid = self.0.get(usize::from(table))?;
        Some(Rect { x0: *grid.xs.first()?, y0: *grid.ys.first()?, x1: *grid.xs.last()?, y1: *grid.ys.last()? })
    }
}

impl Grid {
    /// The cells between rules that touch each other, or nothing when they are no table.
    fn of(flat: &[Rule], steep: &[Rule]) -> Option<Self> {
        // The sides of a table are often left open: its rules tell where it begins and ends.
        let ends = |rules: &[Rule]| rules.iter().flat_map(|rule| [rule.from, rule.to]).collect::<Vec<f32>>();
        let xs = stops(steep.iter().map(|rule| rule.at).chain(ends(flat)).collect());
        let ys = stops(flat.iter().map(|rule| rule.at).chain(ends(steep)).collect());
        let (columns, rows) =
            (u16::try_from(xs.len()).ok()?.checked_sub(1)?, u16::try_from(ys.len()).ok()?.checked_sub(1)?);
        if columns < 2 || rows < 2 || usize::from(columns) * usize::from(rows) > 20_000 {
            return None;
        }
        let mut grid = Self { xs, ys, first: Vec::new() };
        for row in 0..rows {
            for column in 0..columns {
                let first = grid.joined_with(row, column, flat, steep);
                grid.first.push(first);
            }
        }
        let mut firsts = grid.first.clone();
        firsts.sort_unstable();
        firsts.dedup();
        let several =
            |part: fn(&(u16, u16)) -> u16| firsts.iter().any(|first| Some(part(first)) != firsts.first().map(part));
        (firsts.len() >= 4 && several(|first| first.0) && several(|first| first.1)).then_some(grid)
    }

    /// The first cell of those that a cell is joined with: no rule parts it from the one above or to the left.
    fn joined_with(&self, row: u16, column: u16, flat: &[Rule], steep: &[Rule]) -> (u16, u16) {
        let (at_row, at_column) = (usize::from(row), usize::from(column));
        let middle = |stops: &[f32], at: usize| Some((stops.get(at)? + stops.get(at + 1)?) / 2.0);
        let (Some(x), Some(y)) = (middle(&self.xs, at_column), middle(&self.ys, at_row)) else { return (row, column) };
        let parted = |rules: &[Rule], at: Option<&f32>, middle: f32| {
            let lies = |rule: &Rule| at.is_some_and(|at| (rule.at - at).abs() <= SAME);
            rules.iter().any(|rule| lies(rule) && rule.from - SAME <= middle && middle <= rule.to + SAME)
        };
        let width = self.xs.len() - 1;
        let known = |row: usize, column: usize| self.first.get(row * width + column).copied();
        if at_column > 0 && !parted(steep, self.xs.get(at_column), y) {
            return known(at_row, at_column - 1).unwrap_or((row, column));
        }
        if at_row > 0 && !parted(flat, self.ys.get(at_row), x) {
            return known(at_row - 1, at_column).unwrap_or((row, column));
        }
        (row, column)
    }

    fn cell(&self, x: f32, y: f32) -> Option<(u16, u16)> {
        let column = self.xs.partition_point(|stop| *stop <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|stop| *stop <= y).checked_sub(1)?;
        let width = self.xs.len() - 1;
        if column >= width {
            return None;
        }
        self.first.get(row * width + column).copied()
    }
}

/// Joins the pieces that a rule is drawn in.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    // Pieces of one rule may lie a little apart: those of a band are sorted by where they begin.
    let mut bands: Vec<Vec<Rule>> = Vec::new();
    for rule in rules {
        match bands.last_mut() {
            Some(band) if band.first().is_some_and(|first| rule.at - first.at <= 1.0) => band.push(rule),
            _ => bands.push(vec![rule]),
        }
    }
    let mut found: Vec<Rule> = Vec::new();
    for mut band in bands {
        band.sort_by(|a, b| a.from.total_cmp(&b.from));
        let start = found.len();
        for rule in band {
            match found.get_mut(start..).and_then(<[Rule]>::last_mut) {
                Some(last) if rule.from <= last.to + SAME => last.to = last.to.max(rule.to),
                _ => found.push(rule),
            }
        }
    }
    found
}

/// The places of rules from left to right, those that lie close together once.
fn stops(mut places: Vec<f32>) -> Vec<f32> {
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, kept| *next - *kept <= SAME);
    places
}

/// The rules that touch each other, as flat and steep ones.
fn nets(flat: &[Rule], steep: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let touch = |flat: &Rule, steep: &Rule| {
        flat.from - SAME <= steep.at
            && steep.at <= flat.to + SAME
            && steep.from - SAME <= flat.at
            && flat.at <= steep.to + SAME
    };
    let mut net_of_flat: Vec<Option<usize>> = vec![None; flat.len()];
    let mut net_of_steep: Vec<Option<usize>> = vec![None; steep.len()];
    let mut nets = 0;
    for start in 0..flat.len() {
        if net_of_flat.get(start).copied().flatten().is_some() {
            continue;
        }
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let (Some(rule), Some(slot)) = (flat.get(at), net_of_flat.get_mut(at)) else { continue };
            *slot = Some(nets);
            for (other, slot) in
                steep.iter().zip(&mut net_of_steep).filter(|(other, slot)| slot.is_none() && touch(rule, other))
            {
                *slot = Some(nets);
                let touching = flat
                    .iter()
                    .enumerate()
                    .filter(|(at, rule)| net_of_flat.get(*at).copied().flatten().is_none() && touch(rule, other));
                open.extend(touching.map(|(at, _)| at));
            }
        }
        nets += 1;
    }
    let of = |rules: &[Rule], nets: &[Option<usize>], net: usize| {
        rules.iter().zip(nets).filter(|(_, of)| **of == Some(net)).map(|(rule, _)| *rule).collect::<Vec<Rule>>()
    };
    let all = (0..nets).map(|net| (of(flat, &net_of_flat, net), of(steep, &net_of_steep, net)));
    all.filter(|(flat, steep)| flat.len() >= 2 && !steep.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(y: f32, x0: f32, x1: f32) -> Rect {
        Rect { x0, y0: y, x1, y1: y + 0.5 }
    }

    fn steep(x: f32, y0: f32, y1: f32) -> Rect {
        Rect { x0: x, y0, x1: x + 0.5, y1 }
    }

    /// A point, and the row and the column of its cell.
    type Spot = ((f32, f32), Option<(u16, u16)>);

    #[track_caller]
    fn check(rules: &[Rect], cells: &[Spot]) {
        let grids = Grids::of(rules);
        for ((x, y), wanted) in cells {
            assert_eq!(grids.cell(*x, *y).map(|cell| (cell.row, cell.column)), *wanted, "{x} {y}");
        }
    }

    #[test]
    fn cells_lie_between_rules_and_may_be_joined() {
        let rules = [
            flat(100.0, 50.0, 350.0),
            flat(120.0, 150.0, 350.0),
            flat(140.0, 50.0, 350.0),
            steep(50.0, 100.0, 140.0),
            steep(150.0, 100.0, 140.0),
            steep(250.0, 120.0, 140.0),
            steep(350.0, 100.0, 140.0),
        ];
        check(
            &rules,
            &[
                ((60.0, 110.0), Some((0, 0))),
                ((60.0, 130.0), Some((0, 0))),
                ((160.0, 110.0), Some((0, 1))),
                ((300.0, 110.0), Some((0, 1))),
                ((300.0, 130.0), Some((1, 2))),
                ((400.0, 130.0), None),
            ],
        );
    }

    #[test]
    fn open_sides_end_where_the_rules_end() {
        let rules =
            [flat(100.0, 50.0, 350.0), flat(120.0, 50.0, 350.0), flat(140.0, 50.0, 350.0), steep(200.0, 100.0, 140.0)];
        check(&rules, &[((60.0, 110.0), Some((0, 0))), ((340.0, 130.0), Some((1, 1)))]);
    }

    #[test]
    fn frames_and_underlines_are_no_tables() {
        let frame = [
            flat(40.0, 40.0, 500.0),
            flat(800.0, 40.0, 500.0),
            steep(40.0, 40.0, 800.0),
            steep(500.0, 40.0, 800.0),
            flat(300.0, 100.0, 200.0),
        ];
        check(&frame, &[((100.0, 100.0), None)]);
    }
}
