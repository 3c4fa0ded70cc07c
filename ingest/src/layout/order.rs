//! Columns and reading order.

use corpus::document::Cell;

use super::grids::Grids;
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
pub(super) fn gutters(segments: &[&Segment]) -> Vec<Gutter> {
    let mut gaps: Vec<(f32, f32)> = Vec::new();
    let mut rows: Vec<&Segment> = segments.to_vec();
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
pub(super) fn ordered(lines: Vec<Segment>, grids: &Grids) -> Vec<Segment> {
    if is_reading_order(&lines, grids) {
        return lines;
    }
    let (inside, mut outside): (Vec<Segment>, Vec<Segment>) =
        lines.into_iter().partition(|line| cell_of(line, grids).is_some());
    let mut tables: Vec<(u16, Vec<Segment>)> = Vec::new();
    for line in inside {
        let table = cell_of(&line, grids).map_or(0, |cell| cell.table);
        match tables.iter_mut().find(|(known, _)| *known == table) {
            Some((_, lines)) => lines.push(line),
            None => tables.push((table, vec![line])),
        }
    }
    // A table stands among the other lines as one that is as wide as it is.
    outside.extend(tables.iter().filter_map(|(table, lines)| stand_in(*table, lines.first()?, grids)));
    let mut done = Vec::with_capacity(outside.len());
    for line in by_geometry(outside, 0) {
        match tables.iter_mut().find(|(table, _)| line.glyphs.is_empty() && line.turn == usize::from(*table)) {
            Some((_, lines)) => done.extend(cell_by_cell(std::mem::take(lines), grids)),
            None => done.push(line),
        }
    }
    done
}

fn cell_of(line: &Segment, grids: &Grids) -> Option<Cell> {
    grids.cell(line.u0 + 0.5, line.v - 0.3 * line.size)
}

/// A segment without glyphs in the place of a table, whose number is its turn.
fn stand_in(table: u16, like: &Segment, grids: &Grids) -> Option<Segment> {
    let extent = grids.extent(table)?;
    let (u0, u1) = (extent.x0, extent.x1);
    Some(Segment { glyphs: Vec::new(), u0, u1, v: extent.y0 + like.size, turn: usize::from(table), ..like.clone() })
}

/// The lines of a table row by row, the lines of each cell together.
fn cell_by_cell(lines: Vec<Segment>, grids: &Grids) -> Vec<Segment> {
    let mut keyed: Vec<(Option<Cell>, Segment)> = lines.into_iter().map(|line| (cell_of(&line, grids), line)).collect();
    keyed.sort_by(|(a, line), (b, other)| a.cmp(b).then(line.v.total_cmp(&other.v)).then(line.u0.total_cmp(&other.u0)));
    keyed.into_iter().map(|(_, line)| line).collect()
}

/// Whether lines seldom go up within a column, and columns seldom alternate. In the cells of a table they may.
fn is_reading_order(lines: &[Segment], grids: &Grids) -> bool {
    let free: Vec<&Segment> = lines.iter().filter(|line| grids.is_empty() || cell_of(line, grids).is_none()).collect();
    let back = free.windows(2).filter(|pair| matches!(pair, [above, below] if goes_back(above, below))).count();
    let gutters = gutters(&free);
    let alternations = gutters.iter().map(|gutter| {
        let sides = free.iter().filter(|line| line.u1 <= gutter.u || line.u0 >= gutter.u);
        let sides: Vec<bool> = sides.map(|line| line.u0 >= gutter.u).collect();
        let changes = sides.windows(2).filter(|pair| pair.first() != pair.last()).count();
        // Two lines and more at a time are cells of a table that is read row by row.
        if changes * 5 <= sides.len() * 2 { 0 } else { changes }
    });
    back <= 1 + free.len() / 5 && alternations.max().unwrap_or(0) <= 6.max(free.len() / 8)
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
    if let Some(u) = column_cut(&mut lines).filter(|_| !has_table_band(&lines)) {
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

/// Whether between two white bands from edge to edge there are rows of several short pieces each: a table across
/// columns, whose cells no column may part.
fn has_table_band(lines: &[Segment]) -> bool {
    let mut sorted: Vec<&Segment> = lines.iter().collect();
    sorted.sort_by(|a, b| a.v.total_cmp(&b.v).then(a.u0.total_cmp(&b.u0)));
    let bands = sorted.chunk_by(|above, below| below.v - below.size - above.v <= 0.9 * above.size);
    bands.into_iter().any(|band| {
        let rows = rows_of(band.to_vec());
        let cells = |row: &&Vec<&Segment>| row.len() >= 3 && !row.iter().any(|cell| is_prose(cell));
        rows.len() >= 2 && rows.iter().filter(cells).count() * 3 >= rows.len() * 2
    })
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
