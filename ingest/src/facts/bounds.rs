//! How much of one block, and of one sentence, facts are read in.
//!
//! Readers look round a place and back to others, so that their cost grows faster than the text that they look at. Prose
//! has blocks and sentences of some thousand characters; a file without a full stop has one of millions.

use std::borrow::Cow;

use corpus::document::{Block, Sentence};

use super::front;

/// The longest block and the longest sentence that are read whole, in bytes.
const LONGEST_BLOCK: usize = 100_000;
const LONGEST_SENTENCE: usize = 12_000;

/// The blocks, those that are longer than any prose cut to their beginning.
pub(super) fn blocks(blocks: &[Block]) -> Cow<'_, [Block]> {
    if blocks.iter().all(|block| block.text.len() <= LONGEST_BLOCK) {
        return Cow::Borrowed(blocks);
    }
    let cut = |block: &Block| {
        let text = front(&block.text, LONGEST_BLOCK).to_owned();
        let lines = block.lines.iter().filter(|line| line.start <= text.len()).cloned().collect();
        Block { text, lines, ..*block }
    };
    blocks.iter().map(cut).collect()
}

/// The sentences, those that are longer than any prose cut to their beginning.
pub(super) fn sentences(sentences: &[Sentence]) -> Cow<'_, [Sentence]> {
    if sentences.iter().all(|sentence| sentence.text.len() <= LONGEST_SENTENCE) {
        return Cow::Borrowed(sentences);
    }
    let cut = |sentence: &Sentence| {
        let text = front(&sentence.text, LONGEST_SENTENCE).to_owned();
        Sentence { end: sentence.start + text.len(), text, ..*sentence }
    };
    sentences.iter().map(cut).collect()
}

#[cfg(test)]
mod tests {
    use corpus::document::{BlockKind, BlockLine, Language, Rect};

    use super::*;

    #[test]
    fn only_what_is_longer_than_any_prose_is_cut() {
        let block = |text: String| Block {
            kind: BlockKind::Paragraph,
            level: 0,
            page: 1,
            bbox: Rect::default(),
            language: Language::Zh,
            text,
            lines: vec![BlockLine::new(0, 1, Rect::default())],
        };
        let usual = [block("湖泊水位。".repeat(100))];
        assert!(matches!(blocks(&usual), Cow::Borrowed(_)));
        let long = [usual[0].clone(), block("湖泊水位".repeat(100_000))];
        let cut = blocks(&long);
        assert_eq!((&cut[0], cut[1].text.len() <= LONGEST_BLOCK), (&usual[0], true));
        let text = "湖".repeat(100_000);
        let (end, page, language) = (text.len(), 1, Language::Zh);
        let cut = sentences(&[Sentence { block: 0, start: 0, end, page, language, text }]).into_owned();
        assert!(cut[0].text.len() <= LONGEST_SENTENCE && cut[0].end == cut[0].text.len());
    }
}
