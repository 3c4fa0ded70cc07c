//! The beads of a bitext as its page shows them, sentence by sentence.

use std::collections::BTreeMap;

use corpus::bitext::{Bead, MadeBy};
use corpus::document::{BlockKind, Language};

use crate::web::bitext::{Aligned, Groups, Piece, Sides, pieces, side};
use crate::web::link;
use crate::web::view;

/// A row of the page: a bead.
pub(super) struct BeadRow {
    /// Its place among the beads, from 0; it names the row on the page.
    pub(super) ord: usize,
    /// What the row is, for the style sheet.
    pub(super) class: &'static str,
    pub(super) zh: SideView,
    pub(super) en: SideView,
    pub(super) percent: u32,
    pub(super) doubtful: bool,
    pub(super) by_reader: bool,
    /// What the reader sees, which comes back with a correction.
    pub(super) seen: String,
    /// The same of the bead after it, where it is shown and there is one.
    pub(super) next: Option<String>,
    /// The page of the bead, where it is corrected.
    pub(super) edit: String,
}

impl BeadRow {
    /// Whether one side is empty.
    pub(super) fn one_sided(&self) -> bool {
        self.zh.sentences.is_empty() || self.en.sentences.is_empty()
    }
}

/// One side of a bead.
pub(super) struct SideView {
    pub(super) sentences: Vec<SentenceView>,
    /// The page of its first sentence, where it differs from the last that was shown.
    pub(super) page: Option<PageView>,
}

pub(super) struct SentenceView {
    pub(super) pieces: Vec<Piece>,
}

pub(super) struct PageView {
    pub(super) number: u32,
    pub(super) href: String,
    /// How sure an OCR engine is of it, in hundredths.
    pub(super) ocr: Option<u32>,
}

/// How sure an OCR engine is of the pages of either document that it read.
pub(super) struct ByOcr {
    pub(super) zh: BTreeMap<u32, f32>,
    pub(super) en: BTreeMap<u32, f32>,
}

/// The rows of some beads; `next_is_shown` where the bead after each is seen below it.
pub(super) fn rows(aligned: &Aligned, by_ocr: &ByOcr, shown: &[usize], next_is_shown: bool) -> Vec<BeadRow> {
    let (zh_terms, en_terms) = (aligned.terms(Language::Zh), aligned.terms(Language::En));
    let (mut zh_page, mut en_page) = (None, None);
    let mut rows = Vec::with_capacity(shown.len());
    for (ord, bead) in shown.iter().filter_map(|ord| Some((*ord, aligned.beads.get(*ord)?))) {
        let groups = Groups::new(aligned.links(ord));
        let view = |language, terms, ocr, page| SideView {
            sentences: sentences(aligned, bead, language, &groups, terms),
            page: begun(aligned, bead, language, ocr, page),
        };
        let next = aligned.beads.get(ord + 1).filter(|_| next_is_shown);
        rows.push(BeadRow {
            ord,
            class: class(aligned, bead),
            zh: view(Language::Zh, &zh_terms, &by_ocr.zh, &mut zh_page),
            en: view(Language::En, &en_terms, &by_ocr.en, &mut en_page),
            percent: view::percent(bead.score),
            doubtful: bead.is_doubtful(),
            by_reader: bead.made_by == MadeBy::Reader,
            seen: Sides::from(bead).to_string(),
            next: next.map(|next| Sides::from(next).to_string()),
            edit: edit_address(aligned.bitext.id, bead),
        });
    }
    rows
}

/// The page where a bead is corrected. It is known by a sentence, since its place among the beads may change.
pub(super) fn edit_address(bitext: i64, bead: &Bead) -> String {
    let (side, sentence) = anchor(bead);
    link::url(&format!("/bitext/{bitext}/bead"), &[(side, &sentence.to_string())])
}

/// The sentence that a bead is known by: its first Chinese one, or its first English one.
pub(super) fn anchor(bead: &Bead) -> (&'static str, usize) {
    match (bead.zh.first(), bead.en.first()) {
        (Some(zh), _) => ("zh", *zh),
        (None, en) => ("en", en.copied().unwrap_or_default()),
    }
}

type Terms<'a> = BTreeMap<usize, Vec<(i64, &'a str)>>;

pub(super) fn sentences(
    aligned: &Aligned,
    bead: &Bead,
    language: Language,
    groups: &Groups,
    terms: &Terms<'_>,
) -> Vec<SentenceView> {
    let texts =
        side(bead, language).iter().filter_map(|index| Some((*index, aligned.sentences(language).get(*index)?)));
    let view = |(index, sentence): (usize, &corpus::document::Sentence)| {
        let terms = terms.get(&index).map_or(&[][..], Vec::as_slice);
        SentenceView { pieces: pieces(&sentence.text, groups.of(language, index), terms) }
    };
    texts.map(view).collect()
}

fn begun(
    aligned: &Aligned,
    bead: &Bead,
    language: Language,
    by_ocr: &BTreeMap<u32, f32>,
    last: &mut Option<u32>,
) -> Option<PageView> {
    let first = side(bead, language).first()?;
    let number = aligned.sentences(language).get(*first)?.page;
    if last.replace(number) == Some(number) {
        return None;
    }
    let href = link::page(aligned.document(language).id, number);
    Some(PageView { number, href, ocr: by_ocr.get(&number).copied().map(view::percent) })
}

/// What the bead's first sentence stands in.
fn class(aligned: &Aligned, bead: &Bead) -> &'static str {
    let kind = [Language::Zh, Language::En].into_iter().find_map(|language| {
        let first = side(bead, language).first()?;
        let sentence = aligned.sentences(language).get(*first)?;
        Some(aligned.blocks(language).get(sentence.block)?.kind)
    });
    match kind {
        Some(BlockKind::Heading) => "heading",
        Some(BlockKind::TableRow) => "cells",
        Some(BlockKind::Caption | BlockKind::Footnote) => "note",
        _ => "para",
    }
}
