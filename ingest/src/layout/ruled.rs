//! Rows of tables that are drawn with rules: each piece of a line knows its cell.

use std::collections::BTreeMap;

use corpus::document::{Cell, Page};

use super::draft::Vocabulary;
use super::tables::{Piece, Row, RowCell, Table, all_pieces, cell};

/// Fewer cells with text make no table.
const LEAST_CELLS: usize = 4;
/// A cell with more lines holds a text of its own, set within a frame.
const MOST_LINES: usize = 60;

/// What stands in each cell of a table.
type Cells = BTreeMap<Cell, Vec<Piece>>;

/// The ruled tables of a page. `skip` says which lines are furniture.
pub(super) fn ruled(page: &Page, skip: &impl Fn(usize) -> bool, vocabulary: &Vocabulary) -> Vec<Table> {
    let mut tables: BTreeMap<u16, (Vec<usize>, Cells)> = BTreeMap::new();
    for (at, line) in page.lines.iter().enumerate().filter(|(at, line)| !line.cells.is_empty() && !skip(*at)) {
        for (piece, cell) in all_pieces(line).into_iter().zip(&line.cells) {
            let (lines, cells) = tables.entry(cell.table).or_default();
            if lines.last() != Some(&at) {
                lines.push(at);
            }
            if !piece.text.is_empty() {
                cells.entry(*cell).or_default().push(piece);
            }
        }
    }
    let tables = tables.into_values().filter(|(_, cells)| is_table(cells));
    tables.map(|(lines, cells)| Table { lines, rows: rows(cells, vocabulary) }).collect()
}

fn is_table(cells: &Cells) -> bool {
    let columns = cells.keys().any(|cell| Some(cell.column) != cells.keys().next().map(|first| first.column));
    cells.len() >= LEAST_CELLS && columns && cells.values().all(|pieces| pieces.len() <= MOST_LINES)
}

/// Rows and columns without any text are left out.
fn rows(cells: Cells, vocabulary: &Vocabulary) -> Vec<Row> {
    let mut columns: Vec<u16> = cells.keys().map(|cell| cell.column).collect();
    columns.sort_unstable();
    columns.dedup();
    let mut rows: BTreeMap<u16, Vec<RowCell>> = BTreeMap::new();
    for (place, mut pieces) in cells {
        pieces.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
        let row = rows.entry(place.row).or_default();
        row.resize(columns.partition_point(|column| *column < place.column), RowCell::default());
        row.push(cell(&pieces, vocabulary));
    }
    rows.into_values().map(|cells| Row { cells }).collect()
}

#[cfg(test)]
mod tests {
    use corpus::document::{Line, PageSource, Rect};

    use super::*;

    fn line(text: &str, y: f32, cells: &[(u16, u16)]) -> Line {
        let bbox = Rect { x0: 80.0, y0: y, x1: 400.0, y1: y + 10.0 };
        let cells = cells.iter().map(|(row, column)| Cell { table: 0, row: *row, column: *column }).collect();
        Line { text: text.to_owned(), bbox, size: 10.0, cells, ..Line::default() }
    }

    #[test]
    fn lines_of_a_cell_are_joined_and_joined_cells_stand_in_the_first() {
        let lines = vec![
            line("Class\tName\tUnit", 100.0, &[(0, 0), (0, 1), (0, 3)]),
            line("Water", 130.0, &[(1, 0)]),
            line("water level at", 120.0, &[(1, 1)]),
            line("the gauge", 132.0, &[(1, 1)]),
            line("m", 126.0, &[(1, 3)]),
            line("flow\tm3/s", 150.0, &[(2, 1), (2, 3)]),
        ];
        let page = Page { number: 1, width: 595.0, height: 842.0, lines, source: PageSource::Layer };
        let tables = ruled(&page, &|_| false, &Vocabulary::default());
        let rows = tables.iter().flat_map(|table| &table.rows);
        let rows: Vec<Vec<&str>> = rows.map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect()).collect();
        assert_eq!(
            rows,
            [vec!["Class", "Name", "Unit"], vec!["Water", "water level at the gauge", "m"], vec!["", "flow", "m3/s"]]
        );
    }
}
