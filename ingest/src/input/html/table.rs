//! Tables of data to rows whose cells are parted by tabs; tables that only place text on a page are none.

use corpus::document::{BlockKind, Rect};

use super::flow::{Flow, cell_text};
use super::tree::{NodeId, Tree};
use crate::layout::draft::Draft;

/// More text than this in one cell is an article in its place on the page.
const LONGEST_CELL: usize = 800;
/// Wider tables are cut, and cells that span more columns span these.
const MOST_COLUMNS: usize = 200;

/// Whether a table holds data: several rows of several cells, none of which is an article or another table.
pub(super) fn is_data(tree: &Tree, table: NodeId) -> bool {
    let mut wide_rows = 0;
    for row in rows_of(tree, table) {
        let mut filled = 0;
        for cell in cells_of(tree, row) {
            let length = tree.text(cell).chars().filter(|char| !char.is_whitespace()).count();
            if length > LONGEST_CELL || tree.below(cell).any(|id| tree.name(id) == "table") {
                return false;
            }
            filled += usize::from(length > 0);
        }
        wide_rows += usize::from(filled >= 2);
    }
    wide_rows >= 2
}

fn rows_of(tree: &Tree, table: NodeId) -> impl Iterator<Item = NodeId> {
    let groups = tree.children(table).iter().flat_map(|child| match tree.name(*child) {
        "tbody" | "thead" | "tfoot" => tree.children(*child).to_vec(),
        _ => vec![*child],
    });
    groups.filter(|id| tree.name(*id) == "tr")
}

fn cells_of(tree: &Tree, row: NodeId) -> impl Iterator<Item = NodeId> {
    tree.children(row).iter().copied().filter(|id| matches!(tree.name(*id), "td" | "th"))
}

/// Adds the caption and the rows of a table. A cell that spans columns or rows stands in the first, and leaves the
/// others empty, so that every text is there once and columns stay below each other.
pub(super) fn rows(flow: &mut Flow, table: NodeId) {
    let tree = flow.tree;
    for child in tree.children(table) {
        if tree.name(*child) == "caption" {
            flow.walk(*child);
        }
    }
    // For each column, how many more rows a cell above reaches down.
    let mut reach: Vec<usize> = Vec::new();
    for row in rows_of(tree, table) {
        let text = row_text(flow, row, &mut reach);
        if text.chars().any(|char| !char.is_whitespace()) {
            let mut draft = Draft::new(BlockKind::TableRow, "", 1, Rect::default());
            draft.text = text;
            flow.drafts.push(draft);
        }
    }
}

fn row_text(flow: &Flow, row: NodeId, reach: &mut Vec<usize>) -> String {
    let tree = flow.tree;
    let mut cells: Vec<String> = Vec::new();
    for cell in cells_of(tree, row) {
        skip_reached(&mut cells, reach);
        let span = |name: &str| {
            let span =
                tree.element(cell).and_then(|cell| cell.attribute(name)).and_then(|span| span.trim().parse().ok());
            span.unwrap_or(1_usize).max(1)
        };
        let (columns, rows) = (span("colspan").min(MOST_COLUMNS), span("rowspan").min(65_534));
        if cells.len() + columns > MOST_COLUMNS {
            break;
        }
        let first = cells.len();
        cells.push(cell_text(flow, cell));
        cells.resize(first + columns, String::new());
        reach.resize(reach.len().max(cells.len()), 0);
        for place in reach.iter_mut().skip(first).take(columns) {
            *place = rows - 1;
        }
    }
    // What is reached behind the last cell of this row is used up as well.
    skip_reached(&mut cells, reach);
    cells.join("\t").trim_end().to_owned()
}

/// Leaves the columns empty that a cell above reaches into.
fn skip_reached(cells: &mut Vec<String>, reach: &mut [usize]) {
    while let Some(rows) = reach.get_mut(cells.len()).filter(|rows| **rows > 0) {
        *rows -= 1;
        cells.push(String::new());
    }
}
