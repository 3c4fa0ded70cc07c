//! A bitext as its pages and its API need it: its documents, their sentences, the beads, what a reader may change.

mod correction;
mod keeping;
mod spans;

use std::collections::BTreeMap;

use corpus::bitext::{Bead, Bitext, WordLink};
use corpus::document::{Block, Document, Language, Sentence};
use corpus::store::{Store, TermSeen};

pub(super) use correction::{Fault, Sides, arranged, merged, read_sides, split_after, write_sides};
pub(super) use keeping::{correct, put_back};
pub(super) use spans::{GROUPS, Groups, Piece, pieces};

use crate::Error;

/// A bitext with everything that its beads refer to.
pub(super) struct Aligned {
    pub(super) bitext: Bitext,
    pub(super) zh: Document,
    pub(super) en: Document,
    zh_sentences: Vec<Sentence>,
    en_sentences: Vec<Sentence>,
    zh_blocks: Vec<Block>,
    en_blocks: Vec<Block>,
    pub(super) beads: Vec<Bead>,
    /// The word links inside each bead.
    links: Vec<Vec<WordLink>>,
    terms: Vec<TermSeen>,
}

impl Aligned {
    /// Reads a bitext; `None` where there is none of that number.
    pub(super) fn read(store: &Store, id: i64) -> Result<Option<Self>, Error> {
        let Some(bitext) = store.bitext(id)? else { return Ok(None) };
        let (Some(zh), Some(en)) = (store.document(bitext.zh)?, store.document(bitext.en)?) else { return Ok(None) };
        Ok(Some(Self {
            zh_sentences: store.sentences(zh.id)?,
            en_sentences: store.sentences(en.id)?,
            zh_blocks: store.blocks(zh.id)?,
            en_blocks: store.blocks(en.id)?,
            beads: store.beads(id)?,
            links: store.word_links(id)?,
            terms: store.terms_seen(id)?,
            bitext,
            zh,
            en,
        }))
    }

    /// The sentences of a side.
    pub(super) fn sentences(&self, language: Language) -> &[Sentence] {
        if language == Language::Zh { &self.zh_sentences } else { &self.en_sentences }
    }

    /// The blocks of a side.
    pub(super) fn blocks(&self, language: Language) -> &[Block] {
        if language == Language::Zh { &self.zh_blocks } else { &self.en_blocks }
    }

    /// The document of a side.
    pub(super) fn document(&self, language: Language) -> &Document {
        if language == Language::Zh { &self.zh } else { &self.en }
    }

    /// The word links inside a bead.
    pub(super) fn links(&self, bead: usize) -> &[WordLink] {
        self.links.get(bead).map_or(&[], Vec::as_slice)
    }

    /// The bead that holds a sentence. A running header stands in no bead: the bead after it answers.
    pub(super) fn bead_of(&self, language: Language, sentence: usize) -> Option<usize> {
        let holds = |bead: &Bead| side(bead, language).contains(&sentence);
        let follows = |bead: &Bead| side(bead, language).last().is_some_and(|last| *last > sentence);
        let position = self.beads.iter().position(holds).or_else(|| self.beads.iter().position(follows));
        position.filter(|_| sentence < self.sentences(language).len())
    }

    /// The first bead that begins on a page of a side, or after it.
    pub(super) fn bead_at_page(&self, language: Language, page: u32) -> Option<usize> {
        let sentences = self.sentences(language);
        let begins = |bead: &Bead| Some(sentences.get(*side(bead, language).first()?)?.page);
        let on_it = self.beads.iter().position(|bead| begins(bead) == Some(page));
        on_it.or_else(|| self.beads.iter().position(|bead| begins(bead).is_some_and(|begun| begun > page)))
    }

    /// The designations that were seen in each sentence of a side: its concept and its text.
    pub(super) fn terms(&self, language: Language) -> BTreeMap<usize, Vec<(i64, &str)>> {
        let mut terms: BTreeMap<usize, Vec<(i64, &str)>> = BTreeMap::new();
        for term in self.terms.iter().filter(|term| term.language == language) {
            terms.entry(term.sentence).or_default().push((term.concept, &term.text));
        }
        terms
    }
}

/// The sentences of a bead on a side.
pub(super) fn side(bead: &Bead, language: Language) -> &[usize] {
    if language == Language::Zh { &bead.zh } else { &bead.en }
}
