//! What a reader of a document gets: its pages, its blocks, its running text, and its notes apart.

use corpus::document::{Block, BlockKind, Page};
use serde::{Deserialize, Serialize};

use super::blocks::{Laid, laid};
use super::notes::split_mark;

/// A document as it is read: the form that `extract --format json` prints.
///
/// `text` is made of the blocks that are neither headers, footers nor notes, each ended by a line feed; a paragraph
/// that runs over a page or a column is one line. Cells of a table are parted by tabs. No mark of a note that is
/// known is in it: [`Note::anchors`] tells where it stood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The pages with their lines in reading order, furniture and notes among them.
    pub pages: Vec<Page>,
    /// The blocks in reading order, headers, footers and notes among them.
    pub blocks: Vec<Block>,
    /// The running text.
    pub text: String,
    /// Footnotes and endnotes, in the order of their pages.
    pub notes: Vec<Note>,
}

/// A footnote or an endnote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its mark in plain digits, or as printed: `1`, `*`, `†`.
    pub mark: String,
    /// What it says, the mark left off.
    pub text: String,
    /// The page where it stands, counted from 1.
    pub page: u32,
    /// The index of its own block in [`Reading::blocks`].
    pub block: usize,
    /// Where its mark stood in the text, in order; empty when no mark was found.
    pub anchors: Vec<Anchor>,
}

/// Where the mark of a note stood in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The index of the block in [`Reading::blocks`].
    pub block: usize,
    /// The byte offset in that block's text, between what stood before the mark and what behind it.
    pub offset: usize,
    /// The byte offset in [`Reading::text`].
    pub text_offset: usize,
}

/// Reads the pages of a PDF: [`super::blocks()`] of them, and the running text and the notes apart.
///
/// Give it all pages of the document, since running headers are known by their repetition, and then
/// [`Reading::keep_pages`] those that are asked for.
pub fn reading(pages: Vec<Page>) -> Reading {
    let Laid { blocks, notes } = laid(&pages);
    let mut reading = Reading { pages, blocks, text: String::new(), notes };
    reading.write_text();
    reading
}

/// The reading of a document that came as text and has no pages.
pub fn reading_of_blocks(blocks: Vec<Block>) -> Reading {
    let mut reading = Reading { blocks, ..Reading::default() };
    reading.notes = (0..).zip(&reading.blocks).filter_map(|(at, block)| untied(at, block)).collect();
    reading.write_text();
    reading
}

/// The note that a block is, without its marks in the text.
fn untied(at: usize, block: &Block) -> Option<Note> {
    let (mark, text) = split_mark(&block.text);
    let note = Note { mark, text: text.to_owned(), page: block.page, block: at, anchors: Vec::new() };
    (block.kind == BlockKind::Footnote).then_some(note)
}

impl Reading {
    /// Leaves only the pages that are asked for, the blocks that begin on them, and their text and notes.
    pub fn keep_pages(&mut self, keep: impl Fn(u32) -> bool) {
        self.pages.retain(|page| keep(page.number));
        let kept: Vec<bool> = self.blocks.iter().map(|block| keep(block.page)).collect();
        let mut places = Vec::with_capacity(kept.len());
        let mut next = 0;
        for kept in &kept {
            places.push(kept.then_some(next));
            next += usize::from(*kept);
        }
        let place = |block: usize| places.get(block).copied().flatten();
        self.notes = std::mem::take(&mut self.notes)
            .into_iter()
            .filter_map(|note| {
                let moved = |anchor: &Anchor| place(anchor.block).map(|block| Anchor { block, ..*anchor });
                let anchors = note.anchors.iter().filter_map(moved).collect();
                Some(Note { block: place(note.block)?, anchors, ..note })
            })
            .collect();
        let mut kept = kept.iter();
        self.blocks.retain(|_| kept.next().copied().unwrap_or_default());
        self.write_text();
    }

    /// Writes the running text, and into the notes where their marks stand in it.
    fn write_text(&mut self) {
        self.text.clear();
        let mut starts = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            starts.push(self.text.len());
            if is_text(block.kind) {
                self.text.push_str(&block.text);
                self.text.push('\n');
            }
        }
        for anchor in self.notes.iter_mut().flat_map(|note| &mut note.anchors) {
            anchor.text_offset = starts.get(anchor.block).map_or(0, |start| start + anchor.offset);
        }
    }
}

/// Whether a block is part of the text that a reader reads from the first page to the last.
fn is_text(kind: BlockKind) -> bool {
    kind.is_running_text() && kind != BlockKind::Footnote
}
