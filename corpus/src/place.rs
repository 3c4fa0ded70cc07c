//! Where a part of a block stands on the pages.

use std::ops::Range;

use crate::document::{Block, Rect};
use crate::text::is_han;

/// The page and the box, in points, of each line or part of a line that a byte range of a block's text covers.
///
/// Where a range begins or ends in mid-line, the place is reckoned from the widths that characters usually have: a Han
/// character takes twice the room of another. A block that has no place, as those of plain text, gives its page and an
/// empty box. A range outside of the text gives nothing.
pub fn sentence_boxes(block: &Block, start: usize, end: usize) -> Vec<(u32, Rect)> {
    let end = end.min(block.text.len());
    let mut boxes = Vec::new();
    for (at, line) in block.lines.iter().enumerate() {
        let next = block.lines.get(at + 1).map_or(block.text.len(), |next| next.start);
        let covered = start.max(line.start)..end.min(next);
        let Some(text) = block.text.get(line.start..next).filter(|_| covered.start < covered.end) else { continue };
        if block.text.get(covered.clone()).is_none_or(|part| part.trim().is_empty()) {
            continue;
        }
        boxes.push((line.page, part_of(line.bbox, text, covered.start - line.start..covered.end - line.start)));
    }
    boxes
}

/// The part of a line's box that a byte range of its text takes; of a vertical line, from the top down.
fn part_of(bbox: Rect, text: &str, range: Range<usize>) -> Rect {
    let before = columns(text.get(..range.start).unwrap_or_default());
    let through = columns(text.get(..range.end).unwrap_or(text));
    let all = columns(text.trim_end()).max(1.0);
    let (from, to) = (before / all, (through / all).min(1.0));
    if bbox.height() > bbox.width() * 1.5 && text.chars().count() > 2 {
        return Rect { y0: bbox.y0 + bbox.height() * from, y1: bbox.y0 + bbox.height() * to, ..bbox };
    }
    Rect { x0: bbox.x0 + bbox.width() * from, x1: bbox.x0 + bbox.width() * to, ..bbox }
}

fn columns(text: &str) -> f32 {
    let wide = |char: char| is_han(char) || matches!(char, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
    text.chars().map(|char| if wide(char) { 2.0 } else { 1.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, BlockLine, Language};

    fn block(lines: &[(u32, f32, &str)]) -> Block {
        let mut text = String::new();
        let mut places = Vec::new();
        for (page, y, line) in lines {
            let bbox = Rect { x0: 100.0, y0: *y, x1: 200.0, y1: y + 10.0 };
            places.push(BlockLine { start: text.len(), page: *page, bbox });
            text.push_str(line);
        }
        let (page, bbox) = places.first().map_or((1, Rect::default()), |line| (line.page, line.bbox));
        Block { kind: BlockKind::Paragraph, level: 0, page, bbox, language: Language::Zh, text, lines: places }
    }

    #[track_caller]
    fn check(block: &Block, part: &str, wanted: &[(u32, f32, f32, f32)]) {
        let start = block.text.find(part).expect("a part of the text");
        let found: Vec<_> = sentence_boxes(block, start, start + part.len())
            .into_iter()
            .map(|(page, bbox)| (page, bbox.x0, bbox.x1, bbox.y0))
            .collect();
        assert_eq!(found, wanted, "{part}");
    }

    #[test]
    fn a_sentence_has_a_box_on_each_of_its_lines() {
        let block = block(&[(1, 700.0, "湖泊。河流由各省"), (2, 60.0, "监测。采样每月")]);
        check(&block, "湖泊。", &[(1, 100.0, 137.5, 700.0)]);
        check(&block, "河流由各省监测。", &[(1, 137.5, 200.0, 700.0), (2, 100.0, 142.857_15, 60.0)]);
    }

    #[test]
    fn latin_letters_take_half_the_room() {
        let block = block(&[(3, 10.0, "湖湖 abcde")]);
        check(&block, "abcde", &[(3, 150.0, 200.0, 10.0)]);
    }

    #[test]
    fn what_lies_outside_has_no_place() {
        let block = block(&[(1, 10.0, "湖泊")]);
        assert!(sentence_boxes(&block, 6, 6).is_empty() && sentence_boxes(&block, 40, 90).is_empty());
        assert_eq!(sentence_boxes(&block, 1, 5).len(), 0, "no boundary of a character");
    }
}
