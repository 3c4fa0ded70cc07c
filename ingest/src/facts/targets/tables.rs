//! Tables of indicators and of tasks: years or deadlines as columns, or years as rows.

use std::ops::Range;
use std::sync::LazyLock;

use corpus::document::{Block, BlockKind, Language, Sentence};
use corpus::facts::{Comparator, Target};
use corpus::text::is_han;
use regex::Regex;

use super::scope::Scope;
use super::{MOST, Reader, YearKnown};
use crate::facts::quantities::quantities;
use crate::facts::{add_once, standards};
use crate::layout::numbering;
use crate::pattern::pattern;

/// A cell that is longer is prose, not part of a table whose cells stand a line each.
const LONGEST_CELL: usize = 160;
const MOST_COLUMNS: usize = 9;
const MOST_CELLS: usize = 3_000;

/// A table: its blocks, its caption and its rows.
pub(super) struct Table {
    pub(super) blocks: Range<usize>,
    caption: String,
    rows: Vec<Row>,
}

struct Row {
    page: u32,
    cells: Vec<String>,
}

/// The tables of a document: rows with cells, or a line for each cell under a caption.
pub(super) fn find(blocks: &[Block]) -> Vec<Table> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let caption = if is_caption(block) { block.text.as_str() } else { "" };
        let start = if caption.is_empty() { at } else { at + 1 };
        let table = ruled(blocks, start, caption)
            .or_else(|| if caption.is_empty() { None } else { flat(blocks, start, caption) });
        at = table.as_ref().map_or(at + 1, |table| table.blocks.end);
        found.extend(table);
    }
    found
}

fn is_caption(block: &Block) -> bool {
    block.kind == BlockKind::Caption || block.kind == BlockKind::Paragraph && numbering::is_caption(&block.text)
}

fn ruled(blocks: &[Block], start: usize, caption: &str) -> Option<Table> {
    let rows = blocks
        .get(start..)?
        .iter()
        .take_while(|block| matches!(block.kind, BlockKind::TableRow | BlockKind::Header | BlockKind::Footer));
    let length = rows.clone().count();
    let rows: Vec<Row> = rows
        .filter(|block| block.kind == BlockKind::TableRow)
        .map(|block| Row {
            page: block.page,
            cells: block.text.split('\t').map(|cell| cell.trim().to_owned()).collect(),
        })
        .collect();
    (rows.len() >= 2).then(|| Table { blocks: start..start + length, caption: caption.to_owned(), rows })
}

/// A table whose cells stand a line each, as text copied from a page has it: one column must be of numbers or years.
fn flat(blocks: &[Block], start: usize, caption: &str) -> Option<Table> {
    let cells: Vec<&Block> = blocks
        .get(start..)?
        .iter()
        .take(MOST_CELLS)
        .take_while(|block| {
            let plain = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
            let ended = block.text.len() > 4 && block.text.ends_with(['。', '；', '：', '.', ';', ':']);
            plain && block.text.len() <= LONGEST_CELL && !ended
        })
        .collect();
    let grids = (2..=MOST_COLUMNS).filter(|columns| is_grid(&cells, *columns));
    let columns = grids.rev().max_by_key(|columns| grid_length(&cells, *columns))?;
    let length = grid_length(&cells, columns);
    let rows = cells.get(..length)?.chunks(columns).map(|row| Row {
        page: row.first().map_or(1, |cell| cell.page),
        cells: row.iter().map(|cell| cell.text.trim().to_owned()).collect(),
    });
    Some(Table { blocks: start..start + length, caption: caption.to_owned(), rows: rows.collect() })
}

/// Whether a column of every row behind the first is of one kind that prose is not.
fn is_grid(cells: &[&Block], columns: usize) -> bool {
    let named = |cell: &&Block| only_year(&cell.text).is_some() || !is_value(&cell.text) && !is_dated(&cell.text);
    grid_length(cells, columns) >= 3 * columns && cells.iter().take(columns).all(named)
}

/// A day, as tables of standards give them; it heads no column.
fn is_dated(cell: &str) -> bool {
    static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"));
    DAY.is_match(cell)
}

fn grid_length(cells: &[&Block], columns: usize) -> usize {
    let lengths = (0..columns).map(|column| {
        let rows = cells
            .chunks_exact(columns)
            .skip(1)
            .take_while(|row| row.get(column).is_some_and(|cell| is_value(&cell.text)));
        (rows.count() + 1) * columns
    });
    lengths.max().unwrap_or_default()
}

/// A number with its comparator and unit, or a date, and nothing else.
fn is_value(cell: &str) -> bool {
    static VALUE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*(?:(?:不少于|不低于|不超过|超过|达到|至少|约|at least|no (?:fewer|less|more) than|over|more than|up to|below)\s?)?[0-9][0-9,.]*\s?(?:(?:[-—–~至到]|to)\s?[0-9][0-9,.]*)?\s?(?:%|％|[万亿]?[个项家名人条套座所台场批元艘张]|percent|or (?:more|less))?(?:以上|以下|以内|左右)?$|^20[0-9]{2}年(?:[0-9]{1,2}月)?(?:底|前|底前)?$|^(?:[A-Z][a-z]{2,8}\.? )?20[0-9]{2}$",
        )
    });
    VALUE.is_match(cell.trim())
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
enum Column {
    Label,
    Unit,
    /// Values for a year.
    Year(i32),
    /// Values of the plan, no year given.
    Value,
    /// When the row's task is to be done.
    Deadline,
    Other,
}

/// Reads a table's commitments.
pub(super) fn read(table: &Table, scope: &mut Scope, chinese: bool, found: &mut Vec<Target>) {
    let Some((header, body)) = table.rows.split_first() else { return };
    let reader = TableReader { table, scope, chinese, columns: columns(header, body) };
    if !reader.by_years_in_rows(header, body, found) {
        body.iter().for_each(|row| reader.row(row, header, found));
    }
}

struct TableReader<'a> {
    table: &'a Table,
    scope: &'a Scope,
    chinese: bool,
    columns: Vec<Column>,
}

fn columns(header: &Row, body: &[Row]) -> Vec<Column> {
    let mut labelled = false;
    let kinds = header.cells.iter().enumerate().map(|(at, cell)| {
        let column = column(cell);
        let prose =
            || body.iter().filter(|row| row.cells.get(at).is_some_and(|cell| is_label(cell))).count() * 2 > body.len();
        if matches!(column, Column::Other | Column::Label) && !labelled && prose() {
            labelled = true;
            return Column::Label;
        }
        if column == Column::Label { Column::Other } else { column }
    });
    kinds.collect()
}

fn column(header: &str) -> Column {
    static BASE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)现状|基期|基数|实际|完成值|完成情况|上年|baseline|actual|current|achieved|status|result")
    });
    static DEADLINE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)时限|时间|期限|截止|deadline|due|time ?(?:line|frame|limit)|completion|by when|finish")
    });
    static VALUE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)目标|数量|指标值|拟.*[制定修建研]|计划.*[数量]|规模|targets?\b|goals?\b|planned|number of|quantity",
        )
    });
    static UNIT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(?:计量|计算)?单位$|^units?(?: of measure(?:ment)?)?$"));
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|\D)(20[0-9]{2})(?:\D|$)"));
    let year = YEAR.captures_iter(header).last().and_then(|captures| captures.get(1)?.as_str().parse().ok());
    match year {
        _ if BASE.is_match(header) || is_dated(header) => Column::Other,
        Some(year) => Column::Year(year),
        None if DEADLINE.is_match(header) => Column::Deadline,
        None if UNIT.is_match(header) => Column::Unit,
        None if VALUE.is_match(header) && !header.contains("名称") => Column::Value,
        None => Column::Other,
    }
}

/// Words that name something, not a number.
fn is_label(cell: &str) -> bool {
    !is_value(cell) && cell.chars().filter(|char| char.is_alphabetic()).count() >= 2
}

impl TableReader<'_> {
    /// Years as rows, indicators as columns. Says whether the table is one.
    fn by_years_in_rows(&self, header: &Row, body: &[Row], found: &mut Vec<Target>) -> bool {
        let year_of = |row: &Row| row.cells.first().and_then(|cell| only_year(cell));
        if body.is_empty()
            || !body.iter().all(|row| year_of(row).is_some())
            || self.columns.iter().any(|column| matches!(column, Column::Year(_)))
        {
            return false;
        }
        for row in body {
            let Some(year) = year_of(row).filter(|year| self.commits(*year)) else { continue };
            for (name, cell) in header.cells.iter().zip(&row.cells).skip(1) {
                self.value(row, name, cell, "", Some(year), found);
            }
        }
        true
    }

    /// Whether a column of a year is of what is promised: of a plan, and not of years that are over.
    fn commits(&self, year: i32) -> bool {
        static GOAL: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"(?i)目标|规划|计划|指标|targets?\b|goals?\b|plan\b|indicators?\b"));
        let plan = self.scope.policy || GOAL.is_match(&self.table.caption);
        let ahead = self.scope.plan_year().is_some_and(|last| year >= last - 10);
        plan && !self.scope.is_over(year)
            && (ahead || GOAL.is_match(&self.table.caption) || !self.scope.is_over(year) && self.scope.policy)
    }

    fn row(&self, row: &Row, header: &Row, found: &mut Vec<Target>) {
        let cells = || self.columns.iter().zip(&row.cells);
        let cell_of = |wanted: &Column| cells().find(|(column, _)| *column == wanted).map(|(_, cell)| cell.as_str());
        let label = cell_of(&Column::Label).unwrap_or_default();
        let unit = cell_of(&Column::Unit).unwrap_or_default();
        let deadline = cell_of(&Column::Deadline).and_then(year_in);
        let inherited = || {
            deadline
                .or_else(|| year_in(&self.table.caption))
                .or_else(|| self.scope.inherited(self.table.blocks.start.saturating_sub(1)).map(|(year, _)| year))
        };
        for (column, cell) in cells() {
            match column {
                Column::Year(year) if self.commits(*year) => self.value(row, label, cell, unit, Some(*year), found),
                Column::Value if self.scope.policy => self.value(row, label, cell, unit, inherited(), found),
                Column::Label if self.scope.policy && self.is_task(header) => self.task(row, cell, inherited(), found),
                _ => {}
            }
        }
    }

    /// Whether the rows are tasks: what is to be done stands in words, beside when or by whom.
    fn is_task(&self, header: &Row) -> bool {
        static TASK: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"(?i)任务|措施|工作内容|重点工作|tasks?\b|actions?\b|measures?\b"));
        self.columns.contains(&Column::Deadline) || header.cells.iter().any(|cell| TASK.is_match(cell))
    }

    /// A cell that holds a number: of it, how it is compared.
    fn value(&self, row: &Row, label: &str, cell: &str, unit: &str, by: Option<i32>, found: &mut Vec<Target>) {
        let label = self.clean(label);
        if label.is_empty() || standards::only_a_standard(label).is_some() {
            return;
        }
        let Some(mut target) = number_in(cell, self.chinese) else { return };
        target.unit = target.unit.or_else(|| unit_in(unit)).or_else(|| unit_of_label(label));
        if let Some((scale, unit)) = target.unit.as_deref().and_then(scaled) {
            target.min = target.min.map(|value| value * scale);
            target.max = target.max.map(|value| value * scale);
            target.unit = Some(unit.to_owned());
        }
        target.by = by;
        target.what = without_unit(label).to_owned();
        target.cumulative = label.contains("累计") || label.to_lowercase().contains("cumulative");
        self.push(row, target, found);
    }

    fn clean<'b>(&self, label: &'b str) -> &'b str {
        let mark = numbering::mark(label).map_or(0, |mark| mark.len);
        label.get(mark..).unwrap_or_default().trim()
    }

    /// A cell that says in words what is to be done.
    fn task(&self, row: &Row, cell: &str, by: Option<i32>, found: &mut Vec<Target>) {
        let sentence =
            Sentence { block: 0, start: 0, end: 0, page: row.page, language: Language::Other, text: cell.to_owned() };
        let reader = Reader { sentence: &sentence, chinese: self.chinese };
        let mut from = 0;
        for number in quantities(cell, self.chinese).iter().take(20) {
            let place = reader.place(number, from, by.map(|year| (year, YearKnown::Named)), self.scope);
            if place.is_promised(self.chinese) {
                let what = if self.chinese { super::chinese::what(&place) } else { super::english::what(&place) };
                self.push(row, super::target_of(&place, by, what), found);
            }
            from = number.span.end;
        }
    }

    fn push(&self, row: &Row, target: Target, found: &mut Vec<Target>) {
        if target.what.is_empty() || found.len() >= MOST {
            return;
        }
        let cells: Vec<&str> = row.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        add_once(found, Target { sentence: cells.join(" "), page: row.page, ..target });
    }
}

fn only_year(cell: &str) -> Option<i32> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:by |到|至)?(20[0-9]{2})\s?年?(?:底|末|目标)?$"));
    YEAR.captures(cell.trim())?.get(1)?.as_str().parse().ok()
}

fn year_in(text: &str) -> Option<i32> {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|\D)(20[0-9]{2})(?:\D|$)"));
    YEAR.captures_iter(text).last()?.get(1)?.as_str().parse().ok()
}

/// The number of a cell that holds one, with or without a comparator and a unit.
fn number_in(cell: &str, chinese: bool) -> Option<Target> {
    static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^[〔\[【（(]?\s?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?\s?[〕\]】）)]?[*①-⑩]?$")
    });
    let cell = cell.trim();
    if let Some(captures) = PLAIN.captures(cell) {
        let whole = captures.get(1)?.as_str().replace(',', "");
        let value: f64 = format!("{whole}{}", captures.get(2).map_or("", |part| part.as_str())).parse().ok()?;
        return value.is_finite().then(|| Target { min: Some(value), max: Some(value), ..Target::default() });
    }
    let numbers = quantities(cell, chinese);
    let [number] = numbers.as_slice() else { return None };
    let outside = cell.len() - number.span.len();
    let target = Target {
        comparator: number.comparator,
        min: number.min,
        max: number.max,
        unit: number.unit.clone(),
        ..Target::default()
    };
    (outside <= 18 && (number.compared || number.unit.is_some() || number.comparator != Comparator::Exactly))
        .then_some(target)
}

fn unit_in(cell: &str) -> Option<String> {
    let cell = cell.trim();
    let named = cell.chars().count() <= 12 && cell.chars().any(char::is_alphanumeric) || matches!(cell, "%" | "％");
    let unit = if cell == "％" { "%" } else { cell };
    named.then(|| unit.to_owned())
}

/// The unit that a label has in its brackets: 覆盖率（%）.
fn unit_of_label(label: &str) -> Option<String> {
    let (at, open) = label.char_indices().rfind(|(_, char)| matches!(char, '（' | '('))?;
    let unit = label.get(at + open.len_utf8()..)?.strip_suffix(['）', ')'])?;
    let short = unit.chars().count() <= 8 && !unit.chars().all(|char| char.is_ascii_uppercase());
    (short || unit == "%").then(|| if unit == "％" { "%".to_owned() } else { unit.to_owned() })
}

fn without_unit(label: &str) -> &str {
    if unit_of_label(label).is_none() {
        return label;
    }
    label.rfind(['（', '(']).and_then(|at| label.get(..at)).unwrap_or(label).trim()
}

/// The scale of a unit and what is left of it: 万人 is 10,000 人.
fn scaled(unit: &str) -> Option<(f64, &str)> {
    const SCALES: &[(&str, f64)] = &[("万亿", 1e12), ("亿", 1e8), ("万", 1e4)];
    let (word, scale) = SCALES.iter().find(|(word, _)| unit.starts_with(word))?;
    let rest = unit.get(word.len()..)?;
    rest.starts_with(is_han).then_some((*scale, rest))
}
