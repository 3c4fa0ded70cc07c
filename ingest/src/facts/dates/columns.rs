//! Dates in tables, whose column says what they are of.

use corpus::document::{Block, BlockKind};
use corpus::facts::DateKind;

use super::find::{Found, only};
use super::kinds::{self, Place};

/// The columns of dates of the table that is being read.
#[derive(Default)]
pub(super) struct Columns {
    /// For each cell of the header what its column is of, in a table with rows.
    row: Vec<Option<DateKind>>,
    /// The columns of dates in their order, in a table whose cells are lines of their own.
    lines: Vec<DateKind>,
    /// How many dates have stood below such a header.
    dates: usize,
}

impl Columns {
    /// Learns from a block that is a header, and forgets a table that has ended.
    pub(super) fn read(&mut self, block: &Block) {
        if block.kind == BlockKind::TableRow {
            let kinds: Vec<Option<DateKind>> = block.text.split('\t').map(header).collect();
            if kinds.iter().any(Option::is_some) {
                self.row = kinds;
            }
            return;
        }
        self.row.clear();
        let ends = block.kind == BlockKind::Heading || block.text.len() > 240;
        match header(&block.text) {
            Some(kind) if self.dates == 0 => self.lines.push(kind),
            Some(kind) => (self.lines, self.dates) = (vec![kind], 0),
            None if ends => (self.lines, self.dates) = (Vec::new(), 0),
            None => {}
        }
    }

    /// What a date is of by its column.
    pub(super) fn kind(&mut self, block: &Block, found: &Found) -> Option<DateKind> {
        if block.kind == BlockKind::TableRow {
            let column = block.text.get(..found.span.start)?.matches('\t').count();
            return self.row.get(column).copied().flatten();
        }
        only(&block.text)?;
        let kind = self.lines.get(self.dates.checked_rem(self.lines.len())?).copied();
        self.dates = self.dates.saturating_add(1);
        kind
    }
}

/// What the dates of a column are of, by its header, which is a label and no more.
fn header(cell: &str) -> Option<DateKind> {
    let bare: String = cell.chars().filter(|char| !matches!(char, '\u{3000}' | '\n')).collect();
    let label = !bare.contains([':', '：']) && bare.chars().count() <= 24;
    let place = Place { standard: true, ..Place::default() };
    if label {
        kinds::labelled(bare.trim(), place)
            .filter(|_| bare.contains(['日', '时']) || bare.to_lowercase().contains("date"))
    } else {
        None
    }
}
