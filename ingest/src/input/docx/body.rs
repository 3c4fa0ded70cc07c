//! Paragraphs and tables of a part, in the order in which they are read.

use std::collections::HashMap;

use corpus::document::{BlockKind, Rect};

use super::draft;
use super::numbering::{Mark, Numbering};
use super::styles::{ListPlace, Role, Styles, role_of_outline};
use super::xml::{Element, Event, Events};
use crate::layout::draft::{Draft, Vocabulary};

/// More blocks than the longest document has.
const MOST_BLOCKS: usize = 400_000;
/// Wider tables are cut, and cells that span more columns span these.
const MOST_COLUMNS: usize = 200;

/// What ends with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Paragraph,
    ParagraphProperties,
    Run,
    RunText,
    Table,
    Row,
    RowProperties,
    Cell,
    /// Content in several forms, of which one is read; whether one was.
    Alternatives(bool),
    Other,
}

/// A paragraph so far.
#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    outline: Option<u8>,
    place: ListPlace,
    /// Whether its end was deleted, so that the next one goes on with it.
    goes_on: bool,
    hidden: bool,
}

/// A row so far: its cells, each with its blocks and how many columns it takes.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<Cell>,
    deleted: bool,
}

#[derive(Debug, Default)]
struct Cell {
    blocks: Vec<Draft>,
    columns: usize,
}

/// The text of a document as it is read.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    drafts: Vec<Draft>,
    open: Vec<Open>,
    paragraphs: Vec<Paragraph>,
    rows: Vec<Row>,
    /// The paragraph whose end was deleted.
    pending: Option<Paragraph>,
    /// The numbers of notes by their kind and identifier, in the order in which the text refers to them.
    notes: HashMap<(bool, String), usize>,
}

impl<'a> Body<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            drafts: Vec::new(),
            open: Vec::new(),
            paragraphs: Vec::new(),
            rows: Vec::new(),
            pending: None,
            notes: HashMap::new(),
        }
    }

    /// Reads the main part. What is wrong with it ends it early and is told.
    pub(super) fn read_document(&mut self, part: &str) -> Option<String> {
        let fault = self.read(part).err();
        self.end_all();
        fault.map(|fault| format!("the document {fault}; what stands behind that was left out"))
    }

    /// Reads a part of notes, of which those that the text refers to become blocks.
    pub(super) fn read_notes(&mut self, part: &str, is_footnote: bool) {
        let mut events = Events::new(part);
        let mut found: Vec<(usize, Vec<Draft>)> = Vec::new();
        let before = std::mem::take(&mut self.drafts);
        while let Some(event) = events.next().ok().flatten() {
            let Event::Start(element) = event else { continue };
            if !matches!(element.name().as_str(), "footnote" | "endnote") {
                continue;
            }
            let id = element.attribute("id").unwrap_or_default();
            let Some(number) = self.notes.get(&(is_footnote, id)).copied() else {
                if events.skip().is_err() {
                    break;
                }
                continue;
            };
            let whole = self.read_element(&mut events);
            self.end_all();
            found.push((number, std::mem::take(&mut self.drafts)));
            if whole.is_err() {
                break;
            }
        }
        self.drafts = before;
        found.sort_by_key(|(number, _)| *number);
        for (number, blocks) in found {
            let text = blocks.iter().map(|block| block.text.trim()).collect::<Vec<_>>().join(" ");
            self.drafts.push(draft(BlockKind::Footnote, 0, &format!("[{number}] {}", text.trim())));
        }
    }

    /// The blocks.
    pub(super) fn finish(self) -> Vec<Draft> {
        self.drafts
    }

    fn read(&mut self, part: &str) -> Result<(), String> {
        let mut events = Events::new(part);
        while let Some(event) = events.next()? {
            self.take(event, &mut events)?;
        }
        Ok(())
    }

    /// Reads up to the end of the element that has just begun.
    fn read_element(&mut self, events: &mut Events<'_>) -> Result<(), String> {
        let outside = self.open.len();
        self.open.push(Open::Other);
        while self.open.len() > outside {
            let Some(event) = events.next()? else { return Ok(()) };
            self.take(event, events)?;
        }
        Ok(())
    }

    fn take(&mut self, event: Event<'_>, events: &mut Events<'_>) -> Result<(), String> {
        match event {
            Event::Start(element) if self.is_left_out(&element) => events.skip()?,
            Event::Start(element) => {
                let opened = self.begin(&element);
                self.open.push(opened);
            }
            Event::End => {
                if let Some(ended) = self.open.pop() {
                    self.end(ended);
                }
            }
            Event::Text(text) => {
                if self.open.last() == Some(&Open::RunText) {
                    self.write(&text);
                }
            }
        }
        if self.drafts.len() > MOST_BLOCKS {
            return Err(format!("has more than {MOST_BLOCKS} blocks"));
        }
        Ok(())
    }

    /// What is deleted, what was before a change, what a program needs and nobody reads.
    fn is_left_out(&mut self, element: &Element<'_>) -> bool {
        let inside = self.open.last().copied();
        match element.name().as_str() {
            "del" | "moveFrom" => self.is_in_text(),
            "Fallback" | "Choice" => match self.open.last_mut() {
                Some(Open::Alternatives(read)) => std::mem::replace(read, true),
                _ => false,
            },
            "delText" | "instrText" | "delInstrText" | "sdtPr" | "sectPr" | "tblPr" | "tblGrid" | "rPrChange"
            | "pPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange" | "sectPrChange" | "tblPrExChange"
            | "numberingChange" | "rt" | "tabs" => true,
            // A table cell that was put in or taken out says so in its properties.
            "ins" | "cellIns" | "cellMerge" => inside == Some(Open::RowProperties),
            _ => false,
        }
    }

    /// Whether this is no place for properties, where `del` says that a mark is deleted.
    fn is_in_text(&self) -> bool {
        !self.open.iter().rev().take(3).any(|open| matches!(open, Open::ParagraphProperties | Open::RowProperties))
    }

    fn begin(&mut self, element: &Element<'_>) -> Open {
        let name = element.name();
        let prefix = element.prefix();
        match name.as_str() {
            "AlternateContent" => return Open::Alternatives(false),
            // Formulas.
            "t" if prefix == "m" => return Open::RunText,
            // Drawings have paragraphs of their own, by another prefix, which stand in their text boxes as well.
            _ if matches!(prefix.as_str(), "a" | "m" | "v" | "o" | "wp" | "pic" | "dgm" | "c") => return Open::Other,
            _ => {}
        }
        match name.as_str() {
            "p" => {
                self.paragraphs.push(Paragraph::default());
                return Open::Paragraph;
            }
            "pPr" => return Open::ParagraphProperties,
            "r" => {
                self.set(|paragraph| paragraph.hidden = false);
                return Open::Run;
            }
            "t" => return Open::RunText,
            "tbl" => return Open::Table,
            "tr" => {
                self.rows.push(Row::default());
                return Open::Row;
            }
            "trPr" => return Open::RowProperties,
            "tc" => {
                if let Some(row) = self.rows.last_mut().filter(|row| row.cells.len() < MOST_COLUMNS) {
                    row.cells.push(Cell { blocks: Vec::new(), columns: 1 });
                }
                return Open::Cell;
            }
            _ => self.note(&name, element),
        }
        Open::Other
    }

    /// Takes in a property, or something in a run that is no text.
    fn note(&mut self, name: &str, element: &Element<'_>) {
        let number = |element: &Element<'_>| element.val().and_then(|value| value.parse().ok());
        match name {
            "pStyle" => self.set(|paragraph| paragraph.style = element.val()),
            "outlineLvl" => self.set(|paragraph| paragraph.outline = number(element)),
            "numId" => self.set(|paragraph| paragraph.place.list = element.val()),
            "ilvl" => self.set(|paragraph| paragraph.place.depth = number(element)),
            "vanish" if self.is_in_text() => self.set(|paragraph| paragraph.hidden = element.is_on()),
            "del" | "moveFrom" if self.open.contains(&Open::RowProperties) => {
                self.rows.iter_mut().last().into_iter().for_each(|row| row.deleted = true);
            }
            "del" => self.set(|paragraph| paragraph.goes_on = true),
            "gridSpan" => {
                let columns = element.val().and_then(|columns| columns.parse().ok()).unwrap_or(1);
                let cell = self.rows.last_mut().and_then(|row| row.cells.last_mut());
                cell.into_iter().for_each(|cell| cell.columns = usize::clamp(columns, 1, MOST_COLUMNS));
            }
            "tab" | "ptab" => self.write(" "),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "sym" => {
                let char = element.attribute("char").and_then(|hex| u32::from_str_radix(&hex, 16).ok());
                // Characters of symbol fonts stand in the private area, where they mean nothing.
                let char = char.and_then(char::from_u32).filter(|char| !matches!(char, '\u{e000}'..='\u{f8ff}'));
                char.into_iter().for_each(|char| self.write(&char.to_string()));
            }
            "footnoteReference" | "endnoteReference" => {
                let id = (name == "footnoteReference", element.attribute("id").unwrap_or_default());
                let next = self.notes.len() + 1;
                let number = *self.notes.entry(id).or_insert(next);
                self.write(&format!("[{number}]"));
            }
            _ => {}
        }
    }

    fn set(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            change(paragraph);
        }
    }

    fn write(&mut self, text: &str) {
        self.set(|paragraph| {
            if !paragraph.hidden {
                paragraph.text.push_str(text);
            }
        });
    }

    fn end(&mut self, ended: Open) {
        match ended {
            Open::Paragraph => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.end_paragraph(paragraph);
                }
            }
            Open::Row => {
                if let Some(row) = self.rows.pop().filter(|row| !row.deleted) {
                    self.end_row(row);
                }
            }
            Open::Run => self.set(|paragraph| paragraph.hidden = false),
            _ => {}
        }
    }

    /// Ends what a damaged part left open.
    fn end_all(&mut self) {
        while let Some(open) = self.open.pop() {
            self.end(open);
        }
        if let Some(pending) = self.pending.take() {
            self.end_paragraph(Paragraph { goes_on: false, ..pending });
        }
    }

    fn end_paragraph(&mut self, mut paragraph: Paragraph) {
        if let Some(before) = self.pending.take() {
            paragraph.text.insert_str(0, &before.text);
        }
        if paragraph.goes_on && !self.open.is_empty() {
            self.pending = Some(paragraph);
            return;
        }
        let style = paragraph.style.as_deref().unwrap_or_default();
        let role = paragraph.outline.map_or_else(|| self.styles.role(style), role_of_outline);
        let mark = self.mark(&paragraph, style);
        let (kind, level) = match (role, &mark) {
            (Some(Role::Title), _) => (BlockKind::Heading, 0),
            (Some(Role::Heading(level)), _) => (BlockKind::Heading, level),
            (Some(Role::Caption), _) => (BlockKind::Caption, 0),
            (None, Some(Mark::Bullet)) => (BlockKind::ListItem, 0),
            // 第三条 and 一、 head what follows rather than list it: their words tell.
            (None, Some(Mark::Number(mark))) if !mark.chars().any(corpus::text::is_han) => (BlockKind::ListItem, 0),
            (None, _) => (BlockKind::Paragraph, 0),
        };
        let mark = match mark {
            Some(Mark::Bullet) => "- ".to_owned(),
            Some(Mark::Number(mark)) if mark.ends_with(['、', '）', '．']) => mark,
            Some(Mark::Number(mark)) => format!("{mark} "),
            None => String::new(),
        };
        self.push(lines_of(kind, level, &mark, &paragraph.text));
    }

    fn mark(&mut self, paragraph: &Paragraph, style: &str) -> Option<Mark> {
        if paragraph.text.trim().is_empty() {
            return None;
        }
        let of_style = self.styles.place(style);
        let list = paragraph.place.list.clone().or(of_style.list).filter(|list| list != "0")?;
        let depth = paragraph.place.depth.or(of_style.depth).unwrap_or(0);
        self.numbering.next(&list, usize::from(depth))
    }

    /// A row of one cell only places text on the page; one of several is a row of a table.
    fn end_row(&mut self, row: Row) {
        if row.cells.len() == 1 {
            row.cells.into_iter().flat_map(|cell| cell.blocks).for_each(|block| self.push(Some(block)));
            return;
        }
        let mut text = String::new();
        for cell in &row.cells {
            let blocks: Vec<&str> = cell.blocks.iter().map(|block| block.text.as_str()).collect();
            text.push_str(&blocks.join(" ").replace('\t', " "));
            text.extend(std::iter::repeat_n('\t', cell.columns));
        }
        let mut block = draft(BlockKind::TableRow, 0, "");
        block.text = text.strip_suffix('\t').unwrap_or(&text).to_owned();
        if !block.text.trim().is_empty() {
            self.push(Some(block));
        }
    }

    /// Puts a block where it belongs: into the innermost open cell, or behind the others.
    fn push(&mut self, block: Option<Draft>) {
        let Some(block) = block else { return };
        let is_in_cell = self.open.contains(&Open::Cell);
        match self.rows.last_mut().and_then(|row| row.cells.last_mut()).filter(|_| is_in_cell) {
            Some(cell) => cell.blocks.push(block),
            None => self.drafts.push(block),
        }
    }
}

/// A paragraph's lines as one block; `None` where it has no text.
fn lines_of(kind: BlockKind, level: u8, mark: &str, text: &str) -> Option<Draft> {
    let lines = text.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut lines = lines.filter(|line| !line.is_empty());
    let mut block = draft(kind, level, &format!("{mark}{}", lines.next()?));
    for line in lines {
        block.append(&line, 1, Rect::default(), &Vocabulary::default());
    }
    Some(block)
}
