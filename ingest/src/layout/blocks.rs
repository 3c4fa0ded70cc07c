//! Lines of pages to blocks: paragraphs, headings, list items, table rows, captions and notes.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind, Line, Page};
use regex::Regex;

use super::classify::{classify, settle_levels};
use super::draft::{Draft, Vocabulary};
use super::furniture::furniture;
use super::geometry::{Body, Place, places};
use super::letters::{ends_clause, ends_sentence, is_chinese};
use super::numbering::{MarkKind, is_caption, is_contents_entry, mark};
use super::tables::{Table, tables};
use super::titles::raise_titles;
use crate::pattern::pattern;

/// The blocks of a document in reading order, its furniture included as headers and footers.
pub fn blocks(pages: &[Page]) -> Vec<Block> {
    let body = Body::of(pages);
    let vocabulary = Vocabulary::of(pages.iter().flat_map(|page| page.lines.iter().map(|line| line.text.as_str())));
    let mut flow = Flow { vocabulary, drafts: Vec::new(), notes: Vec::new(), open: None };
    for (page, kinds) in pages.iter().zip(furniture(pages)) {
        flow.read_page(page, &kinds, &body);
    }
    flow.settle_notes();
    let mut drafts = flow.drafts;
    raise_titles(&mut drafts, &body);
    let mut plain: Vec<Draft> = drafts.into_iter().map(|sized| sized.draft).collect();
    classify(&mut plain);
    let mut blocks: Vec<Block> = plain.into_iter().filter_map(Draft::finish).collect();
    settle_levels(&mut blocks);
    blocks
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
}

impl Flow {
    fn read_page(&mut self, page: &Page, kinds: &[Option<BlockKind>], body: &Body) {
        let text: Vec<usize> = (0..page.lines.len()).filter(|at| kinds.get(*at).copied().flatten().is_none()).collect();
        let tables = tables(page, |at| kinds.get(at).copied().flatten().is_some(), body);
        let table_at = |at: usize| tables.iter().find(|table| table.lines.contains(&at));
        let text: Vec<usize> = text.into_iter().filter(|at| table_at(*at).is_none()).collect();
        let notes = notes_at_foot(page, &text, body);
        let places = places(page, body);
        let mut first = true;
        for (at, line) in page.lines.iter().enumerate() {
            if let Some(table) = table_at(at) {
                if at == table.lines.start {
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
            let mut draft = Draft::new(BlockKind::TableRow, "", page, row.bbox);
            draft.text = row.cells.join("\t");
            self.drafts.push(Sized { draft, size: line.size, bold: false, centred: false });
        }
        self.open = None;
    }

    /// Furniture and notes wait, so that the paragraph around them stays whole.
    fn push_aside(&mut self, kind: BlockKind, line: &Line, page: u32) {
        let draft = Draft::new(kind, &line.text, page, line.bbox);
        self.notes.push(Sized { draft, size: line.size, bold: line.bold, centred: false });
    }

    fn read_note(&mut self, line: &Line, page: u32, first: bool) {
        let last = self.notes.iter_mut().rev().find(|note| note.draft.kind == BlockKind::Footnote);
        match last {
            Some(note) if !first && !begins_note(&line.text) => {
                note.draft.append(&line.text, page, line.bbox, &self.vocabulary);
            }
            _ => self.push_aside(BlockKind::Footnote, line, page),
        }
    }

    fn read_line(&mut self, line: &Line, place: Place, page: u32, first_of_page: bool, body: &Body) {
        if let Some((at, before, before_place)) = &self.open {
            let step = Step { before, before_place, line, place: &place, first_of_page, body };
            let kind = self.drafts.get(*at).map(|sized| sized.draft.kind);
            if kind == Some(BlockKind::Paragraph) && !line.text.contains('\t') && step.continues(self.drafts.get(*at)) {
                if let Some(sized) = self.drafts.get_mut(*at) {
                    sized.draft.append(&line.text, page, line.bbox, &self.vocabulary);
                    sized.centred &= place.centred;
                }
                self.open = Some((*at, line.clone(), place));
                return;
            }
        }
        self.settle_notes();
        let kind = if line.text.contains('\t') { BlockKind::TableRow } else { BlockKind::Paragraph };
        let draft = Draft::new(kind, &line.text, page, line.bbox);
        self.drafts.push(Sized { draft, size: line.size, bold: line.bold, centred: place.centred });
        self.open = Some((self.drafts.len() - 1, line.clone(), place));
    }

    /// Puts the waiting notes and furniture behind the paragraph that has ended.
    fn settle_notes(&mut self) {
        self.drafts.append(&mut self.notes);
    }
}

/// Two lines that follow each other, and what decides whether they are of one paragraph.
struct Step<'a> {
    before: &'a Line,
    before_place: &'a Place,
    line: &'a Line,
    place: &'a Place,
    first_of_page: bool,
    body: &'a Body,
}

impl Step<'_> {
    fn continues(&self, draft: Option<&Sized>) -> bool {
        let Some(sized) = draft else { return false };
        if self.same_baseline() {
            return true;
        }
        if self.type_differs() || begins_block(&self.line.text, &self.before.text) || is_caption_end(sized) {
            return false;
        }
        if self.title_goes_on(sized) || self.centred_goes_on(sized) || self.signature_goes_on() {
            return true;
        }
        if is_clause_number(&self.before.text) || is_clause_number(&self.line.text) || self.before_is_set_right() {
            return false;
        }
        let moved = self.first_of_page || self.line.bbox.y0 < self.before.bbox.y0 - self.before.size;
        if moved { self.runs_over() } else { self.is_close() && self.is_full() && !self.is_indented(sized) }
    }

    /// Two pieces of one line that a wide quotation mark or a stretched space had parted.
    fn same_baseline(&self) -> bool {
        let shared = self.before.bbox.y1.min(self.line.bbox.y1) - self.before.bbox.y0.max(self.line.bbox.y0);
        let gap = self.line.bbox.x0 - self.before.bbox.x1;
        let alike = (self.before.size - self.line.size).abs() < self.line.size * 0.15;
        alike
            && shared > self.line.bbox.height() * 0.7
            && (-self.line.size..self.line.size * 2.5).contains(&gap)
            && !self.first_of_page
    }

    fn type_differs(&self) -> bool {
        let (a, b) = (self.before.size.max(1.0), self.line.size.max(1.0));
        (a / b - 1.0).abs() > 0.2 && (self.before.text.chars().count() > 3 && self.line.text.chars().count() > 3)
            || (self.before.bold != self.line.bold && !self.is_full())
    }

    /// Lines of a title stand in the middle, one under the other, in the same large type.
    fn title_goes_on(&self, sized: &Sized) -> bool {
        let large = self.line.size > self.body.size * 1.15;
        large
            && sized.centred
            && self.place.centred
            && self.is_close()
            && !ends_sentence(&self.before.text)
            && !self.first_of_page
    }

    /// Lines of issuers or of a number that stand in the middle, one full and the next under it.
    fn centred_goes_on(&self, sized: &Sized) -> bool {
        let tight = self.line.bbox.y0 - self.before.bbox.y0 < self.body.pitch(self.line.size) * 1.22;
        let wide = self.before.bbox.width() * 2.0 > self.before_place.right - self.before_place.left;
        let open = !ends_clause(&self.before.text) && !self.first_of_page;
        // A Chinese line that is cut in mid-word is nearly as wide as the column.
        let latin = !is_chinese(&self.before.text) && !is_chinese(&self.line.text);
        let brimful = self.before.bbox.width() * 10.0 > (self.before_place.right - self.before_place.left) * 7.0;
        let same_span = (self.before.bbox.x0 - self.line.bbox.x0).abs() < 1.0
            && (self.before.bbox.x1 - self.line.bbox.x1).abs() < 2.0;
        sized.centred && self.place.centred && tight && open && (latin && wide || brimful || same_span)
    }

    /// English names in a signature at the right edge, cut where the edge was. A date below them stands alone.
    fn signature_goes_on(&self) -> bool {
        let right = |line: &Line, place: &Place| line.bbox.x0 - place.left > line.size * 5.0;
        let both = right(self.before, self.before_place) && right(self.line, self.place);
        let edge = (self.before.bbox.x1 - self.line.bbox.x1).abs() < 3.0;
        let dated = self.line.text.bytes().filter(u8::is_ascii_digit).count() >= 4;
        let latin = !is_chinese(&self.before.text) && !is_chinese(&self.line.text);
        both && edge && latin && !dated && self.is_close() && !self.first_of_page && !ends_clause(&self.before.text)
    }

    /// A signature or a date at the right, not under another line of its kind, goes on nowhere.
    fn before_is_set_right(&self) -> bool {
        let far = self.before.bbox.x0 - self.before_place.left > self.before.size * 7.0;
        far && (self.before.bbox.x0 - self.line.bbox.x0).abs() > self.line.size
    }

    fn is_close(&self) -> bool {
        let pitch = self.line.bbox.y0 - self.before.bbox.y0;
        pitch < self.body.pitch(self.line.size) * 1.45
    }

    /// Whether the line before reaches so far right that the next word had no room.
    fn is_full(&self) -> bool {
        let room = self.before_place.right - self.before.bbox.x1;
        room < first_word_width(self.line).max(self.line.size * 1.6)
    }

    /// Whether the line begins further right than the column, as the first line of a paragraph does.
    fn is_indented(&self, sized: &Sized) -> bool {
        let indent = self.line.bbox.x0 - self.place.left;
        let before = self.before.bbox.x0 - self.before_place.left;
        let hanging = mark(&sized.draft.text).is_some() && indent <= before + self.line.size * 4.0 && indent > before;
        indent > self.line.size * 0.9
            && indent > before - self.line.size * 0.5
            && !hanging
            && !self.is_block_quote(indent, before)
    }

    /// Lines that are all indented alike: only a stop between them parts them.
    fn is_block_quote(&self, indent: f32, before: f32) -> bool {
        (indent - before).abs() < self.line.size * 0.3 && !ends_sentence(&self.before.text)
    }

    /// Whether a paragraph goes on at the top of the next column or page.
    fn runs_over(&self) -> bool {
        let indented = self.line.bbox.x0 - self.place.left > self.line.size * 0.9;
        if !self.is_full() || indented {
            return false;
        }
        if is_chinese(&self.before.text) {
            return !ends_sentence(&self.before.text) || self.body.indents;
        }
        !ends_clause(&self.before.text) || (self.body.indents && !indented)
    }
}

/// 3.1.2 on a line of its own, as an entry of a terminology has it.
pub(super) fn is_clause_number(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split('.').collect();
    let number = |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=5).contains(&parts.len())
        && parts.iter().skip(1).all(number)
        && parts.first().is_some_and(|part| number(part) || part.len() == 1)
}

fn is_caption_end(sized: &Sized) -> bool {
    is_caption(&sized.draft.text) && sized.centred
}

/// Whether a line can only be the beginning of a block.
fn begins_block(text: &str, before: &str) -> bool {
    if is_caption(text) || is_contents_entry(before) {
        return true;
    }
    match mark(text).map(|mark| mark.kind) {
        // A sentence may go on with a number or a reference to an article at a line's beginning.
        Some(MarkKind::Arabic | MarkKind::Clause(_) | MarkKind::BareNumber | MarkKind::Letter | MarkKind::Roman) => {
            ends_clause(before)
        }
        Some(MarkKind::Article | MarkKind::Chapter | MarkKind::Section | MarkKind::Annex | MarkKind::Named) => {
            ends_clause(before) || mark_stands_off(text)
        }
        Some(MarkKind::ArabicBracket | MarkKind::HanBracket | MarkKind::RomanBracket) => ends_clause(before),
        Some(MarkKind::HanComma | MarkKind::Bullet) => true,
        None => false,
    }
}

/// 第三条　…: white space behind the mark, which a reference in running text does not have.
fn mark_stands_off(text: &str) -> bool {
    mark(text).and_then(|mark| text.get(..mark.len)).is_some_and(|mark| mark.ends_with(char::is_whitespace))
}

fn first_word_width(line: &Line) -> f32 {
    if is_chinese(&line.text) {
        return line.size * 1.2;
    }
    let chars = line.text.chars().count().max(1);
    let word = line.text.split_whitespace().next().map_or(1, |word| word.chars().count());
    let (chars, word) = (u16::try_from(chars).unwrap_or(u16::MAX), u16::try_from(word).unwrap_or(u16::MAX));
    line.bbox.width() * f32::from(word + 1) / f32::from(chars)
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
        let begins = |at: &usize| line(*at).is_some_and(|line| begins_note(&line.text)) && top(*at) > page.height * 0.3;
        if let Some(first) = run.iter().position(begins).filter(|_| at_foot && run.first().is_some_and(|at| small(*at)))
        {
            notes.extend(run.iter().skip(first));
        }
    }
    notes
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
