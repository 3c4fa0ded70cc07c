//! The sentences of a document that are aligned, and the way back from their indexes to the document's.

use corpus::bitext::{Bead, WordLink};
use corpus::document::{BlockKind, ReadDocument};
use corpus::term::TermPair;
use ingest::align::Line;

/// The sentences of one side that are aligned: the running text, without headers and footers.
#[derive(Default)]
pub(super) struct Side<'a> {
    pub(super) texts: Vec<&'a str>,
    /// The index of each in its document, ascending.
    indexes: Vec<usize>,
}

impl<'a> Side<'a> {
    pub(super) fn of(document: &'a ReadDocument) -> Self {
        let running = document.sentences.iter().enumerate().filter(|(_, sentence)| {
            document.blocks.get(sentence.block).is_none_or(|block| block.kind.is_running_text())
        });
        let (indexes, texts) = running.map(|(index, sentence)| (index, sentence.text.as_str())).unzip();
        Self { texts, indexes }
    }

    /// The sentences with what the blocks tell of them.
    pub(super) fn lines(&self, document: &'a ReadDocument) -> Vec<Line<'a>> {
        let line = |(text, at): (&&'a str, &usize)| {
            let sentence = document.sentences.get(*at);
            let block = sentence.and_then(|sentence| document.blocks.get(sentence.block));
            Line {
                text,
                heading: block.filter(|block| block.kind == BlockKind::Heading).map(|block| block.level),
                starts_block: sentence.map(|sentence| sentence.start == 0),
            }
        };
        self.texts.iter().zip(&self.indexes).map(line).collect()
    }

    fn in_document(&self, index: usize) -> usize {
        self.indexes.get(index).copied().unwrap_or(index)
    }

    fn all_in_document(&self, indexes: &[usize]) -> Vec<usize> {
        indexes.iter().map(|index| self.in_document(*index)).collect()
    }

    /// Indexes of the document as indexes of the side; `None` where one is not aligned.
    fn of_document(&self, indexes: &[usize]) -> Option<Vec<usize>> {
        indexes.iter().map(|index| self.indexes.binary_search(index).ok()).collect()
    }
}

/// Both sides of a bitext.
pub(super) struct Sides<'a> {
    pub(super) zh: Side<'a>,
    pub(super) en: Side<'a>,
}

impl Sides<'_> {
    /// A bead of the documents as one of the sides.
    pub(super) fn bead_of_documents(&self, bead: &Bead) -> Option<Bead> {
        Some(Bead { zh: self.zh.of_document(&bead.zh)?, en: self.en.of_document(&bead.en)?, ..bead.clone() })
    }

    pub(super) fn bead_in_documents(&self, bead: &Bead) -> Bead {
        Bead { zh: self.zh.all_in_document(&bead.zh), en: self.en.all_in_document(&bead.en), ..bead.clone() }
    }

    pub(super) fn link_in_documents(&self, mut link: WordLink) -> WordLink {
        link.zh.sentence = self.zh.in_document(link.zh.sentence);
        link.en.sentence = self.en.in_document(link.en.sentence);
        link
    }

    pub(super) fn pair_in_documents(&self, mut pair: TermPair) -> TermPair {
        for sighting in &mut pair.sightings {
            sighting.zh_sentence = sighting.zh_sentence.map(|index| self.zh.in_document(index));
            sighting.en_sentence = sighting.en_sentence.map(|index| self.en.in_document(index));
        }
        pair
    }
}
