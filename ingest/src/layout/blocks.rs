//! Lines of pages to blocks: paragraphs, headings, list items, table rows, captions and notes.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind, BlockLine, Line, Page, Rect};
use regex::Regex;

use super::classify::classify;
use super::contents::set_contents_apart;
use super::crossheads::raise_crossheads;
use super::draft::{Draft, Vocabulary};
use super::furniture::furniture;
use super::geometry::{Body, Place, places};
use super::levels::settle_levels;
use super::notes::{split_mark, tie};
use super::numbering::is_contents_entry;
use super::reading::Note;
use super::step::Step;
use super::tables::{Row, Table, has_cells, is_tabbed_mark, tables};
use super::titles::raise_titles;
use crate::pattern::pattern;

/// The blocks of a document in reading order, its furniture included as headers and footers.
pub fn blocks(pages: &[Page]) -> Vec<Block> {
    laid(pages).blocks
}

/// The blocks of a document, and its notes.
pub(super) struct Laid {
    pub(super) blocks: Vec<Block>,
    pub(super) notes: Vec<Note>,
}

pub(super) fn laid(pages: &[Page]) -> Laid {
    let body = Body::of(pages);
    let vocabulary = Vocabulary::of(pages.iter().flat_map(|page| page.lines.iter().map(|line| line.text.as_str())));
    let mut flow = Flow { vocabulary, drafts: Vec::new(), notes: Vec::new(), open: None, in_references: false };
    for (page, kinds) in pages.iter().zip(furniture(pages)) {
        flow.read_page(page, &kinds, &body);
    }
    flow.settle_notes();
    let mut drafts = flow.drafts;
    raise_titles(&mut drafts, &body);
    let mut plain: Vec<Draft> = drafts.into_iter().map(|sized| sized.draft).collect();
    set_contents_apart(&mut plain);
    classify(&mut plain);
    raise_crossheads(&mut plain);
    plain.retain(|draft| !draft.text.is_empty() && !draft.lines.is_empty());
    let notes = tie(&mut plain);
    settle_levels(&mut plain);
    Laid { blocks: plain.into_iter().filter_map(Draft::finish).collect(), notes }
}

/// A draft with the type that it is set in.
pub(super) struct Sized {
    pub(super) draft: Draft,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) centred: bool,
}

struct Flow {
    vocabulary: Vocabulary,
    drafts: Vec<Sized>,
    /// Notes of the page that wait until the paragraph that runs over it has ended.
    notes: Vec<Sized>,
    /// The index of the draft that the next line may continue, and that draft's last line.
    open: Option<(usize, Line, Place)>,
    /// Whether the list of references has begun, whose numbers in brackets are not those of notes.
    in_references: bool,
}

impl Flow {
    fn read_page(&mut self, page: &Page, kinds: &[Option<BlockKind>], body: &Body) {
        let text: Vec<usize> = (0..page.lines.len()).filter(|at| kinds.get(*at).copied().flatten().is_none()).collect();
        let tables = tables(page, |at| kinds.get(at).copied().flatten().is_some(), body, &self.vocabulary);
        let table_at = |at: usize| tables.iter().find(|table| table.lines.binary_search(&at).is_ok());
        let text: Vec<usize> = text.into_iter().filter(|at| table_at(*at).is_none()).collect();
        let mut notes = notes_at_foot(page, &text, body);
        let references = page.lines.iter().position(|line| is_references(&line.text));
        if let Some(end) = references.or(self.in_references.then_some(0)) {
            notes.retain(|at| *at < end || !page.lines.get(*at).is_some_and(|line| line.text.starts_with('[')));
        }
        self.in_references |= references.is_some();
        let places = places(page, body);
        let mut first = true;
        for (at, line) in page.lines.iter().enumerate() {
            if let Some(table) = table_at(at) {
                if Some(&at) == table.lines.first() {
                    self.read_table(table, line, page.number);
                }
                first = false;
            } else if let Some(kind) = kinds.get(at).copied().flatten() {
                self.push_aside(kind, line, page.number);
            } else if notes.binary_search(&at).is_ok() {
                self.read_note(line, page.number, notes.first() == Some(&at));
            } else if let Some(place) = places.get(at).copied() {
                self.read_line(line, place, page.number, first, body);
                first = false;
            }
        }
    }

    fn read_table(&mut self, table: &Table, line: &Line, page: u32) {
        self.settle_notes();
        for row in &table.rows {
            self.drafts.push(Sized { draft: row_draft(row, page), size: line.size, bold: false, centred: false });
        }
        self.open = None;
    }

    /// Furniture and notes wait, so that the paragraph around them stays whole.
    fn push_aside(&mut self, kind: BlockKind, line: &Line, page: u32) {
        let mut draft = Draft::new(kind, &line.text, page, line.bbox);
        draft.note_line(line);
        self.notes.push(Sized { draft, size: line.size, bold: line.bold, centred: false });
    }

    fn read_note(&mut self, line: &Line, page: u32, first: bool) {
        let last = self.notes.iter_mut().rev().find(|note| note.draft.kind == BlockKind::Footnote);
        match last {
            Some(note) if !first && !begins_next_note(line, &note.draft.text) => {
                note.draft.append(&line.text, page, line.bbox, &self.vocabulary);
                note.draft.note_line(line);
            }
            _ => self.push_aside(BlockKind::Footnote, line, page),
        }
    }

    fn read_line(&mut self, line: &Line, place: Place, page: u32, first_of_page: bool, body: &Body) {
        if let Some((at, before, before_place)) = &self.open {
            let step = Step { before, before_place, line, place: &place, first_of_page, body };
            let kind = self.drafts.get(*at).map(|sized| sized.draft.kind);
            if kind == Some(BlockKind::Paragraph) && !has_cells(line) && step.continues(self.drafts.get(*at)) {
                if let Some(sized) = self.drafts.get_mut(*at) {
                    if step.is_list_of_names() {
                        sized.draft.text.push(' ');
                    }
                    sized.draft.append(&line.text, page, line.bbox, &self.vocabulary);
                    sized.draft.note_line(line);
                    sized.centred &= place.centred;
                }
                let mut open = (*at, line.clone(), place);
                if step.same_baseline() {
                    open.1.bbox = before.bbox.union(line.bbox);
                    open.2.left = before_place.left;
                }
                self.open = Some(open);
                return;
            }
        }
        if self.takes_initial(line, page) {
            self.open = self.open.take().map(|(at, ..)| (at, line.clone(), place));
            return;
        }
        self.settle_notes();
        let kind = if has_cells(line) { BlockKind::TableRow } else { BlockKind::Paragraph };
        let spaced = if is_tabbed_mark(line) { line.text.replacen('\t', " ", 1) } else { String::new() };
        let text = if spaced.is_empty() { &line.text } else { &spaced };
        let mut draft = Draft::new(kind, text, page, line.bbox);
        draft.note_line(line);
        self.drafts.push(Sized { draft, size: line.size, bold: line.bold, centred: place.centred });
        self.open = Some((self.drafts.len() - 1, line.clone(), place));
    }

    /// A large initial, beside which the paragraph begins that it belongs to, takes the line in.
    fn takes_initial(&mut self, line: &Line, page: u32) -> bool {
        let Some((at, before, _)) = &self.open else { return false };
        let beside = line.bbox.x0 >= before.bbox.x1 - 1.0 && line.bbox.x0 - before.bbox.x1 < before.size;
        let within = line.bbox.y0 > before.bbox.y0 - line.size && line.bbox.y1 < before.bbox.y1 + line.size;
        let letter = before.text.chars().count() == 1 && before.text.chars().all(char::is_alphabetic);
        let Some(sized) = self.drafts.get_mut(*at) else { return false };
        if !(letter && beside && within && before.size > line.size * 1.8 && sized.draft.text == before.text) {
            return false;
        }
        let start = sized.draft.text.len();
        sized.draft.lines.push(BlockLine::new(start, page, line.bbox));
        sized.draft.text.push_str(line.text.trim_start());
        sized.draft.note_line(line);
        (sized.size, sized.bold, sized.centred) = (line.size, line.bold, false);
        true
    }

    /// Puts the waiting notes and furniture behind the paragraph that has ended.
    fn settle_notes(&mut self) {
        self.drafts.append(&mut self.notes);
    }
}

/// A row: its cells parted by tabs, and for each line of a cell where that begins and stands.
fn row_draft(row: &Row, page: u32) -> Draft {
    let mut draft = Draft::new(BlockKind::TableRow, "", page, Rect::default());
    draft.lines.clear();
    for (at, cell) in row.cells.iter().enumerate() {
        if at > 0 {
            draft.text.push('\t');
        }
        let start = draft.text.len();
        draft.lines.extend(cell.lines.iter().map(|line| BlockLine { start: start + line.start, page, ..line.clone() }));
        draft.text.push_str(&cell.text);
    }
    draft
}

fn is_references(text: &str) -> bool {
    static HEADING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:\d{1,2}[.\s]+)?(?:参\s*考\s*文\s*献|(?i:references|bibliography|works cited))$")
    });
    HEADING.is_match(text.trim())
}

/// The lines at the foot of a page, or of a column, that are notes: smaller type, the first with a mark.
fn notes_at_foot(page: &Page, text: &[usize], body: &Body) -> Vec<usize> {
    let line = |at: usize| page.lines.get(at);
    let small = |at: usize| line(at).is_some_and(|line| line.size < body.size * 0.94);
    let top = |at: usize| line(at).map_or(0.0, |line| line.bbox.y0);
    let mut notes = Vec::new();
    for run in text.chunk_by(|a, b| small(*a) == small(*b) && top(*b) >= top(*a) - body.size) {
        let next = run.last().and_then(|last| text.get(text.partition_point(|at| at <= last)));
        let at_foot = next.is_none_or(|next| run.last().is_some_and(|last| top(*next) < top(*last)));
        let begins = |at: &usize| {
            let note = |line: &Line| begins_note(&line.text) && !is_contents_entry(&line.text);
            line(*at).is_some_and(note) && top(*at) > page.height * 0.3
        };
        if let Some(first) = run.iter().position(begins).filter(|_| at_foot && run.first().is_some_and(|at| small(*at)))
        {
            notes.extend(run.iter().skip(first));
        }
    }
    notes
}

/// Whether a line under another begins a note of its own: a number that is not raised is the next one.
fn begins_next_note(line: &Line, before: &str) -> bool {
    let number = |text: &str| split_mark(text).0.parse::<u32>().ok();
    let raised = line.raised.first().is_some_and(|first| first.0 == 0);
    begins_note(&line.text)
        && (raised || number(before).zip(number(&line.text)).is_none_or(|(before, own)| own == before + 1))
}

/// ¹ or ① or 1 or `[1]` or * before the text of a note.
fn begins_note(text: &str) -> bool {
    static NOTE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}\s*\S|[①-⑳]\s*\S|[*†‡]\s*\S|[\[〔]\d{1,3}[\]〕]\s*\S|\d{1,3}(?:[）)]\s*\S|\s+\S|[\x{4e00}-\x{9fff}A-Z“《]))",
        )
    });
    NOTE.is_match(text)
}

#[cfg(test)]
#[path = "blocks_tests.rs"]
mod tests;
