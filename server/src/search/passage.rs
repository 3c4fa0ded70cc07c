//! Passages that were met, as they are shown: cut to what matters, with what was met marked, and what they are
//! aligned with beside them.

use std::collections::HashMap;
use std::ops::Range;

use corpus::bitext::{Bead, Bitext};
use corpus::document::{Block, Document, Sentence};
use corpus::store::Store;
use index::query::Query;
use index::{highlight, snippet};

use super::{Counterpart, HitPassage, Part};
use crate::Error;
use crate::reading::other_side;

/// A snippet is about three lines long.
const SNIPPET_CHARS: usize = 240;

/// The passages of a hit, as they are shown.
pub(super) fn passages(
    store: &Store,
    document: &Document,
    met: &[index::HitPassage],
    query: &Query,
    other: Option<&Other>,
) -> Result<Vec<HitPassage>, Error> {
    let blocks = store.blocks(document.id)?;
    let by_ocr = store.pages_by_ocr(document.id)?;
    let shown = |passage: &index::HitPassage| {
        let block = blocks.get(passage.block)?;
        let snippet = snippet(&block.text, query, SNIPPET_CHARS);
        let page = page_of(block, query).unwrap_or(passage.page);
        Some(HitPassage {
            block: passage.block,
            page,
            ocr: by_ocr.contains_key(&page),
            parts: parts(&snippet.text, &snippet.ranges),
            counterpart: other.and_then(|other| other.passage(passage.block, query)),
        })
    };
    Ok(met.iter().filter_map(shown).collect())
}

/// The page of the first thing that was met: a paragraph may run over a page.
fn page_of(block: &Block, query: &Query) -> Option<u32> {
    let first = highlight(&block.text, query).first()?.start;
    block.lines.iter().rev().find(|line| line.start <= first).map(|line| line.page)
}

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

/// The other side of a bitext, for the passages that are shown beside hits.
pub(super) struct Other {
    document: i64,
    pub(super) title: Option<String>,
    own_blocks: HashMap<usize, Vec<usize>>,
    own_is_zh: bool,
    beads: Vec<Bead>,
    sentences: Vec<Sentence>,
    by_ocr: HashMap<u32, f32>,
}

impl Other {
    pub(super) fn of(store: &Store, document: &Document) -> Result<Option<Self>, Error> {
        let Some(bitext) = store.bitext_of(document.id)? else { return Ok(None) };
        Ok(Some(Self::read(store, document, &bitext)?))
    }

    fn read(store: &Store, document: &Document, bitext: &Bitext) -> Result<Self, Error> {
        let other = other_side(bitext, document.id);
        let mut own_blocks: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, sentence) in store.sentences(document.id)?.iter().enumerate() {
            own_blocks.entry(sentence.block).or_default().push(index);
        }
        Ok(Self {
            document: other,
            title: store.document(other)?.and_then(|other| other.facts.title),
            own_blocks,
            own_is_zh: bitext.zh == document.id,
            beads: store.beads(bitext.id)?,
            sentences: store.sentences(other)?,
            by_ocr: store.pages_by_ocr(other)?,
        })
    }

    /// What the sentences of a block are aligned with.
    fn passage(&self, block: usize, query: &Query) -> Option<Counterpart> {
        let own = self.own_blocks.get(&block)?;
        let sides =
            self.beads.iter().map(|bead| if self.own_is_zh { (&bead.zh, &bead.en) } else { (&bead.en, &bead.zh) });
        let aligned = sides.filter(|(side, _)| side.iter().any(|index| own.contains(index)));
        let sentences: Vec<&Sentence> =
            aligned.flat_map(|(_, other)| other).filter_map(|index| self.sentences.get(*index)).collect();
        let first = sentences.first()?;
        let between = if self.own_is_zh { " " } else { "" };
        let text = sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join(between);
        let snippet = snippet(&text, query, SNIPPET_CHARS);
        Some(Counterpart {
            document: self.document,
            page: first.page,
            ocr: self.by_ocr.contains_key(&first.page),
            block: first.block,
            parts: parts(&snippet.text, &snippet.ranges),
        })
    }
}
