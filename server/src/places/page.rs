//! What stands on a page: its blocks, what a query meets there, and the passage that is asked for.

use std::collections::BTreeSet;
use std::ops::Range;

use corpus::document::{Block, BlockKind, Document, Sentence};
use corpus::store::Store;
use index::highlight;
use index::query::Query;
use schemars::JsonSchema;
use serde::Serialize;

use super::outline::hull;
use super::{Outline, PlacedBox, block_boxes, boxes, outline};
use crate::Error;
use crate::reading::other_side;

/// So many places that a query meets are shown on a page.
const MOST_HITS: usize = 2_000;

/// What stands on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The blocks that have a line on it, in reading order.
    pub blocks: Vec<PlacedBlock>,
    /// What the query meets on it, in reading order.
    pub hits: Vec<PlacedHit>,
    /// The pages of the document where the query meets anything.
    pub hit_pages: BTreeSet<u32>,
}

/// A block with its boxes on a page.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PlacedBlock {
    /// The index of the block in the document, from 0.
    pub block: usize,
    /// What it is.
    pub kind: BlockKind,
    /// The text of the whole block, which may begin on a page before or end on one behind.
    pub text: String,
    /// A box for each of its lines.
    pub boxes: Vec<PlacedBox>,
}

/// A place that a query meets, with its boxes on a page.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PlacedHit {
    /// The index of the block in the document, from 0.
    pub block: usize,
    /// Byte offset in the block's text.
    pub start: usize,
    /// Byte offset in the block's text, exclusive.
    pub end: usize,
    /// The words that are met.
    pub text: String,
    /// A box for each line that it runs over.
    pub boxes: Vec<PlacedBox>,
}

/// What stands on a page of a document with these blocks.
pub fn sheet(blocks: &[Block], page: u32, query: Option<&Query>) -> Sheet {
    let mut sheet = Sheet::default();
    let on_page = |found: Vec<PlacedBox>| found.into_iter().filter(|found| found.page == page).collect::<Vec<_>>();
    for (index, block) in blocks.iter().enumerate() {
        if block.lines.iter().any(|line| line.page == page) {
            let (kind, text) = (block.kind, block.text.clone());
            sheet.blocks.push(PlacedBlock { block: index, kind, text, boxes: on_page(block_boxes(block)) });
        }
        for range in query.map_or_else(Vec::new, |query| highlight(&block.text, query)) {
            let found = boxes(block, std::slice::from_ref(&range));
            sheet.hit_pages.extend(found.iter().map(|found| found.page));
            let found = on_page(found);
            if !found.is_empty() && sheet.hits.len() < MOST_HITS {
                let text = block.text.get(range.clone()).unwrap_or_default().to_owned();
                sheet.hits.push(PlacedHit { block: index, start: range.start, end: range.end, text, boxes: found });
            }
        }
    }
    sheet
}

/// A passage that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The index of its block in the document, from 0.
    pub block: usize,
    /// Byte range in the block's text.
    pub range: Range<usize>,
}

impl Passage {
    /// A sentence, or else a block, by its index in the document.
    pub fn of(blocks: &[Block], sentences: &[Sentence], block: Option<usize>, sentence: Option<usize>) -> Option<Self> {
        if let Some(sentence) = sentence.and_then(|index| sentences.get(index)) {
            return Some(Self { block: sentence.block, range: sentence.start..sentence.end });
        }
        let block = block.filter(|index| *index < blocks.len())?;
        Some(Self { block, range: 0..blocks.get(block)?.text.len() })
    }

    /// Its outlines on a page.
    pub fn outlines(&self, blocks: &[Block], page: u32) -> Vec<Outline> {
        let Some(block) = blocks.get(self.block) else { return Vec::new() };
        let mut found = boxes(block, std::slice::from_ref(&self.range));
        found.retain(|found| found.page == page);
        if block.kind == BlockKind::TableRow && self.is_whole(block) {
            return row(&found).into_iter().collect();
        }
        outline(&found, self.is_whole(block))
    }

    fn is_whole(&self, block: &Block) -> bool {
        self.range.start == 0 && self.range.end >= block.text.trim_end().len()
    }

    /// Whether a sentence lies in it.
    fn holds(&self, sentence: &Sentence) -> bool {
        sentence.block == self.block && sentence.start >= self.range.start && sentence.end <= self.range.end
    }
}

/// The cells of a row stand beside each other: one line goes around all.
fn row(cells: &[PlacedBox]) -> Option<Outline> {
    outline(&[hull(cells)?], true).pop()
}

/// What a passage is aligned with on the other side of a bitext.
#[derive(Clone, Debug)]
pub struct Aligned {
    /// The document on the other side.
    pub document: Document,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// The page where the first of the sentences stands, counted from 1.
    pub page: u32,
    /// The sentences, neighbours in one block together, in order.
    pub passages: Vec<Passage>,
}

/// What the first of some passages that is aligned at all is aligned with.
///
/// Of a passage that runs over pages, the sentences with a line on `page` count, if there are any.
///
/// # Errors
/// When the store cannot be read.
pub fn aligned(
    store: &Store,
    document: i64,
    page: u32,
    (blocks, sentences): (&[Block], &[Sentence]),
    passages: &[Passage],
) -> Result<Option<Aligned>, Error> {
    let Some(bitext) = store.bitext_of(document)? else { return Ok(None) };
    let other = other_side(&bitext, document);
    let Some(other_document) = store.document(other)? else { return Ok(None) };
    let (beads, other_sentences) = (store.beads(bitext.id)?, store.sentences(other)?);
    let own_is_zh = bitext.zh == document;
    let other_of = |passage: &Passage| {
        let own = sentences_of(blocks, sentences, passage, page);
        let sides = beads.iter().map(|bead| if own_is_zh { (&bead.zh, &bead.en) } else { (&bead.en, &bead.zh) });
        let met = sides.filter(|(side, _)| side.iter().any(|index| own.contains(index)));
        let met: Vec<&Sentence> = met.flat_map(|(_, other)| other).filter_map(|at| other_sentences.get(*at)).collect();
        Some((met.first()?.page, joined(&met)))
    };
    let Some((page, passages)) = passages.iter().find_map(other_of) else { return Ok(None) };
    Ok(Some(Aligned { document: other_document, blocks: store.blocks(other)?, page, passages }))
}

/// The indexes of a passage's sentences: those with a line on the page, or all.
fn sentences_of(blocks: &[Block], sentences: &[Sentence], passage: &Passage, page: u32) -> BTreeSet<usize> {
    let own = sentences.iter().enumerate().filter(|(_, sentence)| passage.holds(sentence));
    let (here, elsewhere): (Vec<_>, Vec<_>) = own.partition(|(_, sentence)| {
        let range = sentence.start..sentence.end;
        let found = blocks.get(sentence.block).map_or_else(Vec::new, |block| boxes(block, &[range]));
        found.iter().any(|found| found.page == page)
    });
    let chosen = if here.is_empty() { elsewhere } else { here };
    chosen.into_iter().map(|(index, _)| index).collect()
}

/// Sentences as passages, those that follow each other in one block as one.
fn joined(sentences: &[&Sentence]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    for sentence in sentences {
        match passages.last_mut().filter(|last| last.block == sentence.block && last.range.end <= sentence.start) {
            Some(last) => last.range.end = sentence.end,
            None => passages.push(Passage { block: sentence.block, range: sentence.start..sentence.end }),
        }
    }
    passages
}

#[cfg(test)]
mod tests {
    use corpus::document::{BlockLine, Language, Rect};
    use index::query::parse;

    use super::*;

    /// A block of two lines of ten characters, the second on another page.
    fn block(text: &str, pages: (u32, u32)) -> Block {
        let bbox = |y0: f32| Rect { x0: 100.0, y0, x1: 200.0, y1: y0 + 10.0 };
        let cut = text.char_indices().nth(10).map_or(text.len(), |(at, _)| at);
        let lines = vec![BlockLine::new(0, pages.0, bbox(700.0)), BlockLine::new(cut, pages.1, bbox(60.0))];
        let (kind, language) = (BlockKind::Paragraph, Language::Zh);
        Block { kind, level: 0, page: pages.0, bbox: bbox(700.0), language, text: text.to_owned(), lines }
    }

    #[test]
    fn hits_stand_where_their_lines_stand() {
        let blocks = [
            block("一二三四五六七八湖泊河流以及湖泊一二三四", (1, 2)),
            block("没有要找的东西啊啊啊啊河流一二", (2, 3)),
        ];
        let query = parse("\"湖泊\"").query;
        let first = sheet(&blocks, 1, query.as_ref());
        assert_eq!(first.hits.iter().map(|hit| (hit.block, hit.boxes[0].x0)).collect::<Vec<_>>(), [(0, 180.0)]);
        assert_eq!(first.hit_pages.iter().copied().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(first.blocks.iter().map(|block| block.block).collect::<Vec<_>>(), [0]);
        let second = sheet(&blocks, 2, query.as_ref());
        assert_eq!(second.blocks.iter().map(|block| block.block).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(second.hits.iter().map(|hit| hit.text.as_str()).collect::<Vec<_>>(), ["湖泊"]);
        assert!(sheet(&blocks, 4, query.as_ref()).blocks.is_empty());
        assert!(sheet(&blocks, 2, None).hit_pages.is_empty());
    }

    #[test]
    fn a_passage_is_outlined_on_each_page() {
        let blocks = [block("一二三四五六七八湖泊河流以及湖泊一二三四", (1, 2))];
        let passage = Passage::of(&blocks, &[], Some(0), None).unwrap();
        assert_eq!([1, 2, 3].map(|page| passage.outlines(&blocks, page).len()), [1, 1, 0]);
        assert_eq!(Passage::of(&blocks, &[], Some(7), Some(9)), None);
    }

    #[test]
    fn sentences_that_follow_each_other_are_one_passage() {
        let sentence =
            |block, start, end| Sentence { block, start, end, page: 1, language: Language::Zh, text: String::new() };
        let all = [sentence(0, 0, 6), sentence(0, 6, 9), sentence(1, 0, 3)];
        let wanted = [Passage { block: 0, range: 0..9 }, Passage { block: 1, range: 0..3 }];
        assert_eq!(joined(&all.iter().collect::<Vec<_>>()), wanted);
    }
}
