//! Where parts of a document stand on its pages.

mod outline;
mod page;

use std::ops::Range;

use corpus::document::Block;
use corpus::place::sentence_boxes;
use schemars::JsonSchema;
use serde::Serialize;

pub use outline::{Outline, outline};
pub use page::{Aligned, Passage, PlacedBlock, PlacedHit, Sheet, aligned, sheet};

/// A rectangle on a page, in points (1/72 inch) from the top left corner of the page as it is displayed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct PlacedBox {
    /// The page, counted from 1.
    pub page: u32,
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

/// The boxes of some byte ranges of a block's text, in their order, a box for each line that a range runs over; none
/// of a text that has no pages, as Markdown.
pub fn boxes(block: &Block, ranges: &[Range<usize>]) -> Vec<PlacedBox> {
    let found = ranges.iter().flat_map(|range| sentence_boxes(block, range.start, range.end));
    let placed = found.map(|(page, bbox)| {
        let tenth = |points: f32| (points * 10.0).round() / 10.0;
        PlacedBox { page, x0: tenth(bbox.x0), y0: tenth(bbox.y0), x1: tenth(bbox.x1), y1: tenth(bbox.y1) }
    });
    placed.filter(|placed| placed.x1 > placed.x0 && placed.y1 > placed.y0).collect()
}

/// The boxes of a whole block.
pub fn block_boxes(block: &Block) -> Vec<PlacedBox> {
    boxes(block, std::slice::from_ref(&(0..block.text.len())))
}

#[cfg(test)]
mod tests {
    use corpus::document::{BlockKind, BlockLine, Language, Rect};

    use super::*;

    fn block(bbox: Rect) -> Block {
        let lines = vec![BlockLine::new(0, 3, bbox)];
        let (kind, language) = (BlockKind::Paragraph, Language::Zh);
        Block { kind, level: 0, page: 3, bbox, language, text: "湖泊河流".to_owned(), lines }
    }

    #[test]
    fn ranges_have_boxes_in_their_order() {
        let block = block(Rect { x0: 100.0, y0: 50.0, x1: 140.04, y1: 60.0 });
        let found = boxes(&block, &[6..12, 0..3]);
        let wanted = [(120.0, 140.0), (100.0, 110.0)].map(|(x0, x1)| PlacedBox { page: 3, x0, y0: 50.0, x1, y1: 60.0 });
        assert_eq!(found, wanted);
        assert_eq!(block_boxes(&block).len(), 1);
    }

    #[test]
    fn what_has_no_place_has_no_boxes() {
        assert_eq!(block_boxes(&block(Rect::default())), []);
        let block = block(Rect { x0: 0.0, y0: 0.0, x1: 9.0, y1: 9.0 });
        assert_eq!(boxes(&block, &[12..40, 1..2, 3..3]), []);
    }
}
