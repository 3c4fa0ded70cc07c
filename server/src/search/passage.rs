//! Passages that were met, as they are shown: cut to what matters, with what was met marked, and what they are
//! aligned with beside them. Only what is shown is read.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use corpus::bitext::Bitext;
use corpus::document::{Block, Language};
use corpus::store::Store;
use index::query::Query;
use index::{Snippet, snippet};

use super::{Counterpart, HitPassage, Part};
use crate::Error;
use crate::places::{PlacedBox, boxes};
use crate::reading::other_side;

/// A snippet is about three lines long.
const SNIPPET_CHARS: usize = 240;
/// So many sentences of the other side are read at most.
const MOST_ALIGNED: usize = 40;

/// Cuts a text at the ranges that were met.
pub(crate) fn parts(text: &str, ranges: &[Range<usize>]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut push = |range: Range<usize>, marked: bool| match text.get(range) {
        Some(part) if !part.is_empty() => parts.push(Part { text: part.to_owned(), marked }),
        _ => {}
    };
    let mut end = 0;
    for range in ranges {
        push(end..range.start, false);
        push(range.clone(), true);
        end = range.end;
    }
    push(end..text.len(), false);
    parts
}

/// Where what a snippet marks stands on the pages.
fn marked_boxes(block: &Block, snippet: &Snippet) -> Vec<PlacedBox> {
    let (Some(first), Some(begin)) = (snippet.first, snippet.ranges.first().map(|range| range.start)) else {
        return Vec::new();
    };
    let moved = |at: usize| first.saturating_add(at.saturating_sub(begin));
    boxes(block, &snippet.ranges.iter().map(|range| moved(range.start)..moved(range.end)).collect::<Vec<_>>())
}

/// A document of which passages are shown.
pub(super) struct Shown<'a> {
    store: &'a Store,
    query: &'a Query,
    document: i64,
    /// The bitext that it is a side of, where what its passages are aligned with is shown.
    bitext: Option<Bitext>,
    by_ocr: OnceCell<HashMap<u32, f32>>,
    other_by_ocr: OnceCell<HashMap<u32, f32>>,
}

impl<'a> Shown<'a> {
    pub(super) fn new(store: &'a Store, query: &'a Query, document: i64, bitext: Option<Bitext>) -> Self {
        Self { store, query, document, bitext, by_ocr: OnceCell::new(), other_by_ocr: OnceCell::new() }
    }

    /// Passages of it, as they are shown.
    pub(super) fn passages(&self, met: &[index::HitPassage]) -> Result<Vec<HitPassage>, Error> {
        let mut passages = Vec::with_capacity(met.len());
        for passage in met {
            if let Some(block) = self.store.block(self.document, passage.block)? {
                passages.push(self.passage(passage, &block)?);
            }
        }
        Ok(passages)
    }

    fn passage(&self, met: &index::HitPassage, block: &Block) -> Result<HitPassage, Error> {
        let snippet = snippet(&block.text, self.query, SNIPPET_CHARS);
        let page = page_of(block, &snippet).unwrap_or(met.page);
        let counterpart = match &self.bitext {
            Some(bitext) => self.counterpart(bitext, met.block, &snippet.window)?,
            None => None,
        };
        Ok(HitPassage {
            block: met.block,
            page,
            ocr: self.is_ocr(&self.by_ocr, self.document, page)?,
            placed: block.bbox.width() > 0.0 && block.bbox.height() > 0.0,
            boxes: marked_boxes(block, &snippet),
            parts: parts(&snippet.text, &snippet.ranges),
            counterpart,
        })
    }

    /// What the sentences of a block that are shown are aligned with.
    fn counterpart(&self, bitext: &Bitext, block: usize, window: &Range<usize>) -> Result<Option<Counterpart>, Error> {
        let (language, between) = if bitext.zh == self.document { (Language::Zh, " ") } else { (Language::En, "") };
        let own = self.store.sentences_of_blocks(self.document, &[block])?;
        let mut shown = own.iter().filter(|(_, own)| own.start < window.end && own.end > window.start);
        let Some(&(first, _)) = shown.next() else { return Ok(None) };
        let last = shown.next_back().map_or(first, |&(last, _)| last);
        let mut aligned = self.store.aligned_with(bitext.id, language, first, last)?;
        aligned.truncate(MOST_ALIGNED);
        let document = other_side(bitext, self.document);
        let sentences = self.store.sentences_at(document, &aligned)?;
        let Some((_, first)) = sentences.first() else { return Ok(None) };
        let text = sentences.iter().map(|(_, sentence)| sentence.text.as_str()).collect::<Vec<_>>().join(between);
        let snippet = snippet(&text, self.query, SNIPPET_CHARS);
        Ok(Some(Counterpart {
            document,
            page: first.page,
            ocr: self.is_ocr(&self.other_by_ocr, document, first.page)?,
            block: first.block,
            parts: parts(&snippet.text, &snippet.ranges),
        }))
    }

    fn is_ocr(&self, known: &OnceCell<HashMap<u32, f32>>, document: i64, page: u32) -> Result<bool, Error> {
        if let Some(pages) = known.get() {
            return Ok(pages.contains_key(&page));
        }
        let pages = self.store.pages_by_ocr(document)?;
        Ok(known.get_or_init(|| pages).contains_key(&page))
    }
}

/// The page of the first thing that is marked: a paragraph may run over a page.
fn page_of(block: &Block, snippet: &Snippet) -> Option<u32> {
    let first = snippet.first?;
    block.lines.iter().rev().find(|line| line.start <= first).map(|line| line.page)
}
