//! Rows of tables from fragments of lines: cells that stand side by side, some of them several lines high.

use std::sync::LazyLock;

use corpus::document::{BlockKind, BlockLine, Line, Page, Rect};
use regex::Regex;

use super::draft::{Draft, Vocabulary};
use super::geometry::{Body, gutter};
use super::letters::is_cjk;
use super::numbering::is_caption;
use super::ruled::ruled;
use crate::pattern::pattern;

/// A row: its cells from left to right, empty ones among them.
pub(super) struct Row {
    pub(super) cells: Vec<RowCell>,
}

/// A cell's text, its lines joined, and where they stand.
#[derive(Clone, Default)]
pub(super) struct RowCell {
    pub(super) text: String,
    /// Where its lines begin in its text and stand.
    pub(super) lines: Vec<BlockLine>,
}

/// A table: the lines of the page that it takes up, in order, and its rows.
pub(super) struct Table {
    pub(super) lines: Vec<usize>,
    pub(super) rows: Vec<Row>,
}

/// A piece of a cell.
#[derive(Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) bbox: Rect,
    /// For each character, how far its end lies from the start of the box; empty where that is not known.
    pub(super) ends: Vec<f32>,
}

/// A line as wide as this part of the page is no fragment of a row.
const FULL_WIDTH: f32 = 0.66;
/// A table without rules needs so many lines that hold several cells.
const LEAST_CELL_LINES: usize = 2;
/// A region with more cells than this is left as it is, which bounds the work on hostile pages.
const MOST_CELLS: usize = 1500;
/// How far before and behind a line its neighbours in a row are looked for.
const NEAR: usize = 120;

/// The tables of a page. `skip` says which lines are furniture.
pub(super) fn tables(page: &Page, skip: impl Fn(usize) -> bool, body: &Body, vocabulary: &Vocabulary) -> Vec<Table> {
    let mut found = ruled(page, &skip, vocabulary);
    let mut taken: Vec<usize> = found.iter().flat_map(|table| table.lines.iter().copied()).collect();
    taken.sort_unstable();
    let skip = |at: usize| skip(at) || taken.binary_search(&at).is_ok();
    let two_columns = gutter(page).is_some();
    let mut at = 0;
    while at < page.lines.len() {
        let end = region_end(page, at, &skip, body, two_columns);
        let region = (at..end).filter(|at| !skip(*at));
        let lines: Vec<&Line> = region.clone().filter_map(|at| page.lines.get(at)).collect();
        let several = lines.iter().filter(|line| has_cells(line)).count();
        let cells: usize = lines.iter().map(|line| line.text.matches('\t').count() + 1).sum();
        if several >= LEAST_CELL_LINES && cells <= MOST_CELLS {
            found.push(Table { lines: region.collect(), rows: rows(&lines, vocabulary) });
        }
        at = end.max(at + 1);
    }
    found
}

/// The end of the run of fragments that begins at a line.
fn region_end(page: &Page, start: usize, skip: &impl Fn(usize) -> bool, body: &Body, two_columns: bool) -> usize {
    let mut end = start;
    let mut span: Option<(f32, f32)> = None;
    for (at, line) in page.lines.iter().enumerate().skip(start) {
        if skip(at) {
            break;
        }
        // Where a row's tall cells are read later, its numbers stand far apart.
        let room = if has_cells(line) { 5.0 } else { 1.8 };
        let far = span.is_some_and(|(_, bottom)| line.bbox.y0 - bottom > body.pitch(line.size) * room);
        // A narrow line at the height of the table, or just under it, belongs to it, whatever stands beside it.
        let inside = span.is_some_and(|(top, bottom)| line.bbox.y0 > top && line.bbox.y0 < bottom + line.size * 0.6)
            && line.bbox.width() < page.width * FULL_WIDTH
            && !two_columns;
        if far || !(inside || is_fragment(page, at, skip, two_columns)) {
            break;
        }
        let (top, bottom) = span.unwrap_or((line.bbox.y0, line.bbox.y1));
        span = Some((top.min(line.bbox.y0), bottom.max(line.bbox.y1)));
        end = at + 1;
    }
    end
}

/// Whether a line holds several cells, or is a narrow piece with another piece beside it.
fn is_fragment(page: &Page, at: usize, skip: &impl Fn(usize) -> bool, two_columns: bool) -> bool {
    let Some(line) = page.lines.get(at) else { return false };
    if is_caption(&line.text) {
        return false;
    }
    if has_cells(line) {
        return true;
    }
    if line.bbox.width() > page.width * FULL_WIDTH {
        return false;
    }
    let near = at.saturating_sub(NEAR)..(at + NEAR).min(page.lines.len());
    let others = near.filter(|other| *other != at && !skip(*other)).filter_map(|other| page.lines.get(other));
    // In two columns of running text every line has another beside it.
    others.into_iter().any(|other| (!two_columns && beside(line, other)) || below_in_cell(line, other))
}

/// Whether a line holds several cells. A tab behind a number or a bullet is the white space of a heading or a list.
pub(super) fn has_cells(line: &Line) -> bool {
    line.text.contains('\t') && !is_tabbed_mark(line)
}

/// "1.", a tab and "Overview", and in bold also without the full stop.
pub(super) fn is_tabbed_mark(line: &Line) -> bool {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:[A-Z]|\d{1,2})(?:\.\d{1,3})*\.|(?:[A-Z]|\d{1,2})(?:\.\d{1,3})+|[IVX]{1,5}\.|[(（]?(?:[a-z]|\d{1,2}|[ivx]{1,5}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,3}、|[•●○◦▪■□◆◇➢✓·‣∙–—-])$",
        )
    });
    let Some((mark, rest)) = line.text.split_once('\t') else { return false };
    let number = line.bold && (1..=2).contains(&mark.len()) && mark.bytes().all(|byte| byte.is_ascii_digit());
    !rest.contains('\t') && line.cells.is_empty() && (number || MARK.is_match(mark))
}

/// Whether two lines share a height but no column.
fn beside(a: &Line, b: &Line) -> bool {
    let (low, high) = (a.bbox.y1.min(b.bbox.y1), a.bbox.y0.max(b.bbox.y0));
    let apart = a.bbox.x1 < b.bbox.x0 || b.bbox.x1 < a.bbox.x0;
    let cells = has_cells(b);
    low - high > 1.0 && (apart || (cells && a.bbox.width() < b.bbox.width() * 0.8))
}

/// Whether a narrow line stands directly under or over a line with cells, as the further lines of a cell do.
fn below_in_cell(a: &Line, b: &Line) -> bool {
    let gap = (a.bbox.y0 - b.bbox.y1).max(b.bbox.y0 - a.bbox.y1);
    has_cells(b) && gap < a.size * 0.45 && a.bbox.width() < b.bbox.width() * 0.7
}

fn rows(lines: &[&Line], vocabulary: &Vocabulary) -> Vec<Row> {
    let pieces: Vec<Piece> = lines.iter().flat_map(|line| pieces(line)).collect();
    let columns = columns(&pieces);
    let mut groups = groups(pieces);
    merge_strays(&mut groups, &columns);
    let mut rows: Vec<Row> = groups.into_iter().map(|group| row(group, &columns, vocabulary)).collect();
    close_columns(&mut rows);
    rows
}

/// Closes columns that only a heading has, because its cells stand a little beside what is under them.
fn close_columns(rows: &mut [Row]) {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    for column in (1..width).rev() {
        let filled = |row: &Row, at: usize| row.cells.get(at).is_some_and(|cell| !cell.text.is_empty());
        let both = rows.iter().any(|row| filled(row, column) && filled(row, column - 1));
        let (left, right) = (
            rows.iter().filter(|row| filled(row, column - 1)).count(),
            rows.iter().filter(|row| filled(row, column)).count(),
        );
        if both || left.min(right) > 1 {
            continue;
        }
        for row in rows.iter_mut().filter(|row| row.cells.len() > column) {
            let cell = row.cells.remove(column);
            if let Some(kept) = row.cells.get_mut(column - 1).filter(|_| !cell.text.is_empty()) {
                *kept = cell;
            }
        }
    }
}

/// The cells of a line: what stands between its tabs. Empty ones have no piece.
fn pieces(line: &Line) -> Vec<Piece> {
    all_pieces(line).into_iter().filter(|piece| !piece.text.is_empty()).collect()
}

/// The cells of a line, empty ones among them.
pub(super) fn all_pieces(line: &Line) -> Vec<Piece> {
    let cells: Vec<&str> = line.text.split('\t').collect();
    let spans = if line.ends.len() == line.text.chars().count() { spans(line, &cells) } else { reckoned(line, &cells) };
    let mut at = 0;
    let mut piece = |(cell, (x0, x1)): (&str, (f32, f32))| {
        let bbox = if cells.len() == 1 { line.bbox } else { Rect { x0, x1, ..line.bbox } };
        let ends = ends_within(line, at, cell, bbox.x0);
        at += cell.chars().count() + 1;
        Piece { text: cell.trim().to_owned(), bbox, ends }
    };
    cells.iter().copied().zip(spans).map(&mut piece).collect()
}

/// Where the characters of a cell end that begins with a character of the line, from the left edge of its box; nothing
/// where that is not known, or where it is trimmed.
fn ends_within(line: &Line, first: usize, cell: &str, left: f32) -> Vec<f32> {
    let length = cell.chars().count();
    if line.ends.len() != line.text.chars().count() || cell.trim() != cell {
        return Vec::new();
    }
    let ends = line.ends.get(first..first + length).unwrap_or_default();
    ends.iter().map(|end| (line.bbox.x0 + end - left).max(0.0)).collect()
}

/// Where each cell of a line begins and ends: a tab ends where the next cell begins.
fn spans(line: &Line, cells: &[&str]) -> Vec<(f32, f32)> {
    let mut at = 0;
    let mut start = 0.0;
    let mut found = Vec::with_capacity(cells.len());
    for cell in cells {
        let length = cell.chars().count();
        let end = length.checked_sub(1).and_then(|last| line.ends.get(at + last)).copied().unwrap_or(start);
        found.push((line.bbox.x0 + start, line.bbox.x0 + end));
        start = line.ends.get(at + length).copied().unwrap_or(end);
        at += length + 1;
    }
    found
}

/// Where each cell begins and ends as reckoned from the widths of characters, where their ends are not known.
fn reckoned(line: &Line, cells: &[&str]) -> Vec<(f32, f32)> {
    let widths: Vec<f32> = cells.iter().map(|cell| width(cell, line.size)).collect();
    let gaps = u16::try_from(cells.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let written: f32 = widths.iter().sum();
    // A font may be narrower than reckoned; then the cells shrink rather than overlap.
    let scale = (line.bbox.width() * 0.95 / written.max(1.0)).min(1.0);
    let gap = if gaps == 0 { 0.0 } else { (line.bbox.width() - written * scale).max(0.0) / f32::from(gaps) };
    let mut x = line.bbox.x0;
    let mut found = Vec::with_capacity(cells.len());
    for width in widths {
        found.push((x, x + width * scale));
        x += width * scale + gap;
    }
    found
}

fn width(text: &str, size: f32) -> f32 {
    text.chars().map(|char| if is_cjk(char) { size } else { size * 0.5 }).sum()
}

/// The columns: spans that pieces of several rows cover, from left to right.
fn columns(pieces: &[Piece]) -> Vec<(f32, f32)> {
    let mut spans: Vec<(f32, f32)> = pieces.iter().map(|piece| (piece.bbox.x0, piece.bbox.x1)).collect();
    // Narrow pieces first: a wide one, such as a heading across columns, must not bridge them.
    spans.sort_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
    let mut columns: Vec<(f32, f32)> = Vec::new();
    for span in spans {
        let touched = columns.iter().filter(|column| span.0 < column.1 && column.0 < span.1).count();
        match touched {
            0 => columns.push(span),
            1 => {
                if let Some(column) = columns.iter_mut().find(|column| span.0 < column.1 && column.0 < span.1) {
                    *column = (column.0.min(span.0), column.1.max(span.1));
                }
            }
            _ => {}
        }
    }
    columns.sort_by(|a, b| a.0.total_cmp(&b.0));
    columns
}

/// Pieces whose heights touch are of one row.
fn groups(mut pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    pieces.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
    let mut groups: Vec<(f32, Vec<Piece>)> = Vec::new();
    for piece in pieces {
        let height = piece.bbox.height() * 0.08;
        match groups.last_mut() {
            Some((bottom, group)) if piece.bbox.y0 + height < *bottom => {
                *bottom = bottom.max(piece.bbox.y1 - height);
                group.push(piece);
            }
            _ => groups.push((piece.bbox.y1 - height, vec![piece])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// A line that fills no first cell and fewer cells than the row close to it belongs to that row.
fn merge_strays(groups: &mut Vec<Vec<Piece>>, columns: &[(f32, f32)]) {
    let mut at = 0;
    while at < groups.len() {
        let stray = groups.get(at).is_some_and(|group| !group.iter().any(|piece| column_of(piece, columns) == 0));
        let above = at.checked_sub(1).and_then(|above| distance(groups, above, at)).unwrap_or(f32::MAX);
        let below = distance(groups, at, at + 1).unwrap_or(f32::MAX);
        if stray && columns.len() > 1 && above.min(below) < f32::MAX {
            let rest = groups.remove(at);
            let into = if above <= below { at - 1 } else { at };
            if let Some(row) = groups.get_mut(into) {
                row.extend(rest);
            }
        } else {
            at += 1;
        }
    }
}

/// How far one group stands above the next, when that is closer than lines of one cell are.
fn distance(groups: &[Vec<Piece>], above: usize, below: usize) -> Option<f32> {
    let (above, below) = (groups.get(above)?, groups.get(below)?);
    let bottom = above.iter().map(|piece| piece.bbox.y1).fold(f32::MIN, f32::max);
    let top = below.iter().map(|piece| piece.bbox.y0).fold(f32::MAX, f32::min);
    let height = above.iter().chain(below).map(|piece| piece.bbox.height()).fold(f32::MAX, f32::min);
    let gap = (top - bottom).max(0.0);
    (gap < height * 0.45).then_some(gap)
}

/// The column that a piece overlaps most, or the nearest.
fn column_of(piece: &Piece, columns: &[(f32, f32)]) -> usize {
    let shared = |column: &(f32, f32)| piece.bbox.x1.min(column.1) - piece.bbox.x0.max(column.0);
    let best = columns.iter().enumerate().max_by(|a, b| shared(a.1).total_cmp(&shared(b.1)));
    best.map_or(0, |(at, _)| at)
}

fn row(mut group: Vec<Piece>, columns: &[(f32, f32)], vocabulary: &Vocabulary) -> Row {
    group.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
    let mut cells: Vec<Vec<Piece>> = vec![Vec::new(); columns.len().max(1)];
    for piece in group {
        if let Some(cell) = cells.get_mut(column_of(&piece, columns)) {
            cell.push(piece);
        }
    }
    let mut cells: Vec<RowCell> = cells.iter().map(|pieces| cell(pieces, vocabulary)).collect();
    while cells.last().is_some_and(|cell| cell.text.is_empty()) {
        cells.pop();
    }
    Row { cells }
}

/// The pieces of a cell as one text, joined as the lines of a paragraph are.
pub(super) fn cell(pieces: &[Piece], vocabulary: &Vocabulary) -> RowCell {
    let Some((first, rest)) = pieces.split_first() else { return RowCell::default() };
    let mut draft = Draft::new(BlockKind::TableRow, &first.text, 0, first.bbox);
    draft.note_ends(&first.text, &first.ends);
    for piece in rest {
        draft.append(&piece.text, 0, piece.bbox, vocabulary);
        draft.note_ends(&piece.text, &piece.ends);
    }
    let lines = if draft.text.is_empty() { Vec::new() } else { draft.lines };
    RowCell { text: draft.text, lines }
}

#[cfg(test)]
mod tests {
    use corpus::document::PageSource;

    use super::*;

    fn line(text: &str, x: f32, y: f32, width: f32) -> Line {
        let bbox = Rect { x0: x, y0: y, x1: x + width, y1: y + 12.0 };
        Line { text: text.to_owned(), bbox, size: 10.0, ..Line::default() }
    }

    #[test]
    fn tabs_behind_numbers_part_no_cells() {
        for (text, cells) in
            [("1.\tOverview", false), ("•\tgauges", false), ("3.1.2\tlake", false), ("1\tgauges", true)]
        {
            assert_eq!(has_cells(&line(text, 80.0, 100.0, 300.0)), cells, "{text}");
        }
    }

    #[test]
    fn cells_of_several_lines_stay_in_their_row() {
        let lines = vec![
            line("序号\t任务\t单位", 80.0, 100.0, 320.0),
            line("编制湖泊监测标准", 130.0, 120.0, 80.0),
            line("1", 85.0, 126.0, 5.0),
            line("水利局", 370.0, 126.0, 30.0),
            line("体系指南", 130.0, 131.0, 40.0),
            line("2\t发布水位标准\t统计局", 85.0, 150.0, 315.0),
        ];
        let page = Page { number: 1, width: 595.0, height: 842.0, lines, source: PageSource::Layer };
        let body = Body::of(std::slice::from_ref(&page));
        let found = tables(&page, |_| false, &body, &Vocabulary::default());
        let rows = found.into_iter().flat_map(|table| table.rows);
        let rows: Vec<Vec<String>> = rows.map(|row| row.cells.into_iter().map(|cell| cell.text).collect()).collect();
        assert_eq!(
            rows,
            [["序号", "任务", "单位"], ["1", "编制湖泊监测标准体系指南", "水利局"], ["2", "发布水位标准", "统计局"]]
        );
    }
}
