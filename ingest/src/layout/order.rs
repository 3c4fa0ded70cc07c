//! Columns and reading order.

use super::lines::Segment;

/// White space between two columns of running text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gutter {
    u: f32,
}

impl Gutter {
    /// Whether it lies between the two, of which the first stands left.
    pub(super) fn between(&self, left: &Segment, right: &Segment) -> bool {
        left.u1 <= self.u + 1.0 && right.u0 >= self.u - 1.0
    }
}

/// Rows that must have a gap at the same place before it is a gutter.
const MIN_ROWS: usize = 6;
/// Lines of running text are at least this many em wide; cells of a table mostly less.
const PROSE_WIDTH: f32 = 9.0;

/// The gutters of a page, found where many rows have a gap between two long segments.
pub(super) fn gutters(segments: &[Segment]) -> Vec<Gutter> {
    let mut gaps: Vec<(f32, f32)> = Vec::new();
    let mut rows: Vec<&Segment> = segments.iter().collect();
    rows.sort_by(|a, b| a.v.total_cmp(&b.v).then(a.u0.total_cmp(&b.u0)));
    let rows: Vec<Vec<&Segment>> = rows_of(rows);
    for row in &rows {
        for pair in row.windows(2) {
            if let [left, right] = pair
                && is_prose(left)
                && is_prose(right)
                && right.u0 > left.u1
            {
                gaps.push((left.u1, right.u0));
            }
        }
    }
    let mut gutters = Vec::new();
    let mut starts: Vec<f32> = gaps.iter().map(|(_, right)| *right).collect();
    starts.sort_by(f32::total_cmp);
    starts.dedup_by(|a, b| (*a - *b).abs() < 4.0);
    for start in starts {
        let at = start - 2.0;
        let through = gaps.iter().filter(|(left, right)| *left <= at && at <= *right).count();
        let aligned = gaps.iter().filter(|(_, right)| (right - start).abs() < 4.0).count();
        let crossing = segments.iter().filter(|segment| segment.u0 < at - 2.0 && segment.u1 > at + 2.0).count();
        if through >= MIN_ROWS && aligned * 2 >= through && through >= crossing {
            gutters.push(Gutter { u: at });
        }
    }
    gutters
}

fn is_prose(segment: &Segment) -> bool {
    segment.width() >= PROSE_WIDTH * segment.size
}

/// Segments on one baseline, from left to right.
fn rows_of(sorted: Vec<&Segment>) -> Vec<Vec<&Segment>> {
    let mut rows: Vec<Vec<&Segment>> = Vec::new();
    for segment in sorted {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|first| (segment.v - first.v).abs() <= first.size * 0.3) => {
                row.push(segment);
            }
            _ => rows.push(vec![segment]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.u0.total_cmp(&b.u0));
    }
    rows
}

/// The lines in reading order: the file's, unless it is plainly none.
pub(super) fn ordered(lines: Vec<Segment>) -> Vec<Segment> {
    if is_reading_order(&lines) { lines } else { by_geometry(lines, 0) }
}

/// Whether lines seldom go up within a column, and columns seldom alternate.
fn is_reading_order(lines: &[Segment]) -> bool {
    let back = lines.windows(2).filter(|pair| matches!(pair, [above, below] if goes_back(above, below))).count();
    let gutters = gutters(lines);
    let alternations = gutters.iter().map(|gutter| {
        let sides = lines.iter().filter(|line| line.u1 <= gutter.u || line.u0 >= gutter.u);
        let sides: Vec<bool> = sides.map(|line| line.u0 >= gutter.u).collect();
        sides.windows(2).filter(|pair| pair.first() != pair.last()).count()
    });
    back <= 1 + lines.len() / 5 && alternations.max().unwrap_or(0) <= 6.max(lines.len() / 8)
}

/// Whether the second line stands higher, in the same column.
fn goes_back(first: &Segment, second: &Segment) -> bool {
    let ((left, right), (other_left, other_right)) = (first.tail, second.head);
    let overlap = right.min(other_right) - left.max(other_left);
    second.v < first.v - 0.5 * second.size && overlap > 0.3 * (right - left).min(other_right - other_left)
}

/// Recursive cuts along white space, as in Nagy, Seth and Viswanathan (1992): columns of running text side by
/// side, else bands from top to bottom, else rows.
fn by_geometry(mut lines: Vec<Segment>, depth: usize) -> Vec<Segment> {
    if lines.len() < 2 || depth > 32 {
        return lines;
    }
    if let Some(u) = column_cut(&mut lines) {
        let (left, right): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.u0 < u);
        let mut done = by_geometry(left, depth + 1);
        done.extend(by_geometry(right, depth + 1));
        return done;
    }
    if let Some(v) = band_cut(&mut lines) {
        let (above, below): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.v < v);
        let mut done = by_geometry(above, depth + 1);
        done.extend(by_geometry(below, depth + 1));
        return done;
    }
    in_rows(lines)
}

/// A place where nothing crosses and running text stands on both sides.
fn column_cut(lines: &mut [Segment]) -> Option<f32> {
    lines.sort_by(|a, b| a.u0.total_cmp(&b.u0));
    let mut end = f32::MIN;
    let mut best: Option<(f32, f32)> = None;
    for (index, line) in lines.iter().enumerate() {
        let gap = line.u0 - end;
        if index > 0 && gap > line.size && best.is_none_or(|(widest, _)| gap > widest) {
            let (left, right) = lines.split_at(index);
            if is_column(left) && is_column(right) {
                best = Some((gap, line.u0 - gap / 2.0));
            }
        }
        end = end.max(line.u1);
    }
    best.map(|(_, u)| u)
}

fn is_column(lines: &[Segment]) -> bool {
    lines.len() >= 3 && lines.iter().filter(|line| is_prose(line)).count() * 2 >= lines.len()
}

/// The widest white band that is wider than between ordinary lines.
fn band_cut(lines: &mut [Segment]) -> Option<f32> {
    lines.sort_by(|a, b| a.v.total_cmp(&b.v));
    let mut best: Option<(f32, f32)> = None;
    for pair in lines.windows(2) {
        let [above, below] = pair else { continue };
        let gap = (below.v - below.size) - above.v;
        if gap > 0.9 * above.size && best.is_none_or(|(widest, _)| gap > widest) {
            best = Some((gap, below.v - below.size * 0.5));
        }
    }
    best.map(|(_, v)| v)
}

fn in_rows(mut lines: Vec<Segment>) -> Vec<Segment> {
    lines.sort_by(|a, b| a.v.total_cmp(&b.v));
    let mut row_start = 0;
    while let Some(first) = lines.get(row_start) {
        let limit = first.v + 0.3 * first.size;
        let length = lines.iter().skip(row_start).take_while(|line| line.v <= limit).count().max(1);
        if let Some(row) = lines.get_mut(row_start..row_start + length) {
            row.sort_by(|a, b| a.u0.total_cmp(&b.u0));
        }
        row_start += length;
    }
    lines
}
