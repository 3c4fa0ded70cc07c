//! Footnotes and endnotes, with their marks apart, and the words in the text that have their marks.

use corpus::document::{Block, BlockKind};
use corpus::facts::Footnote;
use corpus::text::segment::sentences;

use super::excerpt::sentence_round;
use super::tail;
use crate::layout::{Note, split_mark};

/// A sentence is cut to about so many characters.
const MOST_OF_SENTENCE: usize = 300;
/// So many bytes before a mark are looked at.
const MOST_BEFORE: usize = 400;

/// A note whose mark was found in the text.
#[derive(Clone, Debug)]
pub(crate) struct Noted {
    /// What it says, the mark left off.
    pub(crate) text: String,
    /// What stands before its mark in the same sentence.
    pub(crate) before: String,
    /// The sentence with its mark.
    pub(crate) sentence: String,
    /// The page of the mark, counted from 1.
    pub(crate) page: u32,
}

/// The notes of a document, in order.
pub(super) fn footnotes(blocks: &[Block]) -> Vec<Footnote> {
    blocks.iter().filter(|block| block.kind == BlockKind::Footnote).map(footnote).collect()
}

fn footnote(block: &Block) -> Footnote {
    let (mark, text) = split_mark(&block.text);
    Footnote { mark, text: text.to_owned(), page: block.page }
}

/// The notes that the layout tied to their marks, with the words before those.
///
/// `blocks` are those that the notes' anchors count.
pub(crate) fn noted(blocks: &[Block], notes: &[Note]) -> Vec<Noted> {
    let tied = notes.iter().filter_map(|note| Some((note, note.anchors.first()?)));
    tied.filter_map(|(note, anchor)| Some(at(blocks.get(anchor.block)?, anchor.offset, &note.text))).collect()
}

/// The same of a text that has its marks as raised digits: "lakes⁵".
pub(super) fn noted_in_text(blocks: &[Block]) -> Vec<Noted> {
    let notes = blocks.iter().filter(|block| block.kind == BlockKind::Footnote);
    notes
        .filter_map(|block| {
            let Footnote { mark, text, .. } = footnote(block);
            let raised: String = mark.chars().filter_map(raised).collect();
            let forms = [raised, format!("[{mark}]")].into_iter().filter(|form| !form.is_empty() && !mark.is_empty());
            let text_blocks = || blocks.iter().filter(|block| block.kind != BlockKind::Footnote);
            let found = forms
                .into_iter()
                .find_map(|form| text_blocks().find_map(|block| block.text.find(&form).map(|offset| (block, offset))));
            found.map(|(block, offset)| at(block, offset, &text))
        })
        .collect()
}

fn raised(digit: char) -> Option<char> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit.to_digit(10)? as usize)
}

fn at(block: &Block, offset: usize, text: &str) -> Noted {
    let before = tail(block.text.get(..offset).unwrap_or_default(), MOST_BEFORE);
    let start = sentences(before).last().map_or(0, |range| range.start);
    let before = before.get(start..).unwrap_or_default().trim_end();
    // Punctuation stands before the mark, but is not of the word.
    let word = before.trim_end_matches([',', '.', ';', ':', '，', '。', '；', '：']);
    let sentence = sentence_round(&block.text, &(offset..offset), MOST_OF_SENTENCE);
    let page = crate::read::page_at(block, offset);
    Noted { text: text.to_owned(), before: word.to_owned(), sentence, page }
}
