//! The outline of a passage: around its lines as a pencil would go.

use super::PlacedBox;

/// How far the line keeps from the text, in points.
const APART: f32 = 2.0;

/// A closed line, corner by corner, in points.
pub type Outline = Vec<(f32, f32)>;

/// The outlines of boxes on one page, in the order of the text: one for each column that they run over. With `whole`
/// each is a rectangle, as for a paragraph; else it begins where the first box begins and ends where the last one ends,
/// as a sentence does within its lines.
pub fn outline(boxes: &[PlacedBox], whole: bool) -> Vec<Outline> {
    let columns = boxes.chunk_by(|a, b| is_next_line(*a, *b));
    columns.filter_map(|column| if whole { rectangle(column) } else { around(column) }).collect()
}

/// Whether a line goes on below another, in the same column.
fn is_next_line(above: PlacedBox, below: PlacedBox) -> bool {
    let beside = below.x0 > above.x1 || below.x1 < above.x0;
    let height = (above.y1 - above.y0).max(below.y1 - below.y0);
    let down = below.y0 >= above.y0 - height * 0.5;
    // The last line of a paragraph is short: it need not lie under the end of a sentence's first.
    down && (!beside || below.x1 < above.x0) && below.y0 - above.y1 < height * 3.0
}

/// The box that holds all boxes of a page.
pub(super) fn hull(boxes: &[PlacedBox]) -> Option<PlacedBox> {
    let first = boxes.first()?;
    Some(boxes.iter().fold(*first, |all, one| PlacedBox {
        page: all.page,
        x0: all.x0.min(one.x0),
        y0: all.y0.min(one.y0),
        x1: all.x1.max(one.x1),
        y1: all.y1.max(one.y1),
    }))
}

fn rectangle(column: &[PlacedBox]) -> Option<Outline> {
    let all = hull(column)?;
    let (x0, y0, x1, y1) = (all.x0 - APART, all.y0 - APART, all.x1 + APART, all.y1 + APART);
    Some(vec![(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
}

fn around(column: &[PlacedBox]) -> Option<Outline> {
    let upright = |line: &PlacedBox| line.y1 - line.y0 <= (line.x1 - line.x0) * 1.5 || line.y1 - line.y0 < 30.0;
    let (Some(first), Some(last)) = (column.first(), column.last().filter(|_| column.len() > 1)) else {
        return rectangle(column);
    };
    let [(left, top), (right, _), (_, bottom), _] = *rectangle(column)? else { return None };
    if !column.iter().all(upright) {
        return rectangle(column);
    }
    let between = |above: Option<&PlacedBox>, below: Option<&PlacedBox>| match (above, below) {
        (Some(above), Some(below)) => f32::midpoint(above.y1, below.y0),
        _ => top,
    };
    let upper = between(column.first(), column.get(1));
    let lower = between(column.len().checked_sub(2).and_then(|at| column.get(at)), column.last());
    let (begin, end) = (first.x0 - APART, last.x1 + APART);
    Some(vec![
        (begin, top),
        (right, top),
        (right, lower),
        (end, lower),
        (end, bottom),
        (left, bottom),
        (left, upper),
        (begin, upper),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(x0: f32, y0: f32, x1: f32) -> PlacedBox {
        PlacedBox { page: 1, x0, y0, x1, y1: y0 + 10.0 }
    }

    #[track_caller]
    fn check(lines: &[PlacedBox], whole: bool, wanted: &[&[(f32, f32)]]) {
        assert_eq!(outline(lines, whole), wanted);
    }

    #[test]
    fn a_paragraph_has_a_rectangle_in_each_column() {
        let lines = [line(50.0, 700.0, 250.0), line(50.0, 714.0, 250.0), line(300.0, 60.0, 500.0)];
        let left = [(48.0, 698.0), (252.0, 698.0), (252.0, 726.0), (48.0, 726.0)];
        let right = [(298.0, 58.0), (502.0, 58.0), (502.0, 72.0), (298.0, 72.0)];
        check(&lines, true, &[&left, &right]);
        check(&[], true, &[]);
    }

    #[test]
    fn a_sentence_is_followed_from_its_beginning_to_its_end() {
        let lines = [line(200.0, 100.0, 250.0), line(50.0, 114.0, 250.0), line(50.0, 128.0, 120.0)];
        let wanted = [
            (198.0, 98.0),
            (252.0, 98.0),
            (252.0, 126.0),
            (122.0, 126.0),
            (122.0, 140.0),
            (48.0, 140.0),
            (48.0, 112.0),
            (198.0, 112.0),
        ];
        check(&lines, false, &[&wanted]);
        let one = [(198.0, 98.0), (252.0, 98.0), (252.0, 112.0), (198.0, 112.0)];
        check(&lines[..1], false, &[&one]);
    }

    #[test]
    fn vertical_lines_have_a_rectangle() {
        let high = |x0: f32| PlacedBox { page: 1, x0, y0: 100.0, x1: x0 + 10.0, y1: 300.0 };
        assert_eq!(outline(&[high(80.0), high(60.0)], false).first().map(Vec::len), Some(4));
    }
}
