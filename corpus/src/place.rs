//! Where a part of a block stands on the pages.

use std::ops::Range;

use crate::document::{Block, BlockLine, Rect};
use crate::text::is_han;

/// The page and the box, in points, of each line or part of a line that a byte range of a block's text covers.
///
/// Where a range begins or ends in mid-line, the line tells where each character ends; one that does not, as those that
/// were read by older programs, has its place reckoned from the widths that characters usually have: a Han character
/// takes twice the room of another. A block that has no place, as those of plain text, gives its page and an empty box.
/// A range outside of the text gives nothing.
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
        let covered = covered.start - line.start..covered.end - line.start;
        boxes.push((line.page, part_of(line, text, covered, direction(block, line, text))));
    }
    boxes
}

/// Where a line leads on the page as it is displayed.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Right,
    Down,
    Up,
    Left,
}

/// The direction of a line. A line that is higher than wide is vertical writing, which leads down, or turned by a right
/// angle: of lines that lead up, the next stands to the right, of others to the left. A single one leads down in Han
/// characters, as on the spine of a book, and up in others, as beside a figure.
fn direction(block: &Block, line: &BlockLine, text: &str) -> Direction {
    let is_high = |bbox: Rect| bbox.height() > bbox.width() * 1.5;
    if !is_high(line.bbox) || text.chars().count() <= 2 {
        return if is_upside_down(block, line.page) { Direction::Left } else { Direction::Right };
    }
    let high = block.lines.iter().filter(|other| other.page == line.page && is_high(other.bbox));
    let lefts: Vec<f32> = high.map(|other| other.bbox.x0).take(2).collect();
    match lefts.as_slice() {
        [first, second] if second > first => Direction::Up,
        [_] if !text.chars().any(is_han) => Direction::Up,
        _ => Direction::Down,
    }
}

/// Whether the second line of a block stands right above the first.
fn is_upside_down(block: &Block, page: u32) -> bool {
    let mut lines = block.lines.iter().filter(|line| line.page == page).map(|line| line.bbox);
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    let shared = first.x1.min(second.x1) - first.x0.max(second.x0);
    let near = first.y0 - second.y1 < first.height() * 2.0;
    second.y1 <= first.y0 + first.height() * 0.25 && near && shared > first.width().min(second.width()) * 0.5
}

/// The part of a line's box that a byte range of its text takes.
fn part_of(line: &BlockLine, text: &str, range: Range<usize>, direction: Direction) -> Rect {
    let bbox = line.bbox;
    let is_level = matches!(direction, Direction::Right | Direction::Left);
    let length = if is_level { bbox.width() } else { bbox.height() };
    let (from, to) = known(line, text, &range).unwrap_or_else(|| reckoned(length, text, &range));
    let (from, to) = (from.clamp(0.0, length.max(0.0)), to.clamp(0.0, length.max(0.0)));
    match direction {
        Direction::Right => Rect { x0: bbox.x0 + from, x1: bbox.x0 + to, ..bbox },
        Direction::Left => Rect { x0: bbox.x1 - to, x1: bbox.x1 - from, ..bbox },
        Direction::Down => Rect { y0: bbox.y0 + from, y1: bbox.y0 + to, ..bbox },
        Direction::Up => Rect { y0: bbox.y1 - to, y1: bbox.y1 - from, ..bbox },
    }
}

/// Where a part begins and ends along its line, in points; `None` where the line does not tell.
fn known(line: &BlockLine, text: &str, range: &Range<usize>) -> Option<(f32, f32)> {
    let ends = line.ends.points();
    let count = text.trim_end().chars().count();
    // The line's end may have gone: a hyphen when it was joined with the next, or what became a block of its own.
    if count == 0 || ends.len() < count {
        return None;
    }
    let before = text.get(..range.start)?.chars().count();
    let through = text.get(..range.end)?.chars().count().min(count);
    let from = before.checked_sub(1).map_or(Some(0.0), |last| ends.get(last).copied())?;
    Some((from, ends.get(through.checked_sub(1)?).copied()?.max(from)))
}

/// The same as reckoned from the widths that characters usually have.
fn reckoned(length: f32, text: &str, range: &Range<usize>) -> (f32, f32) {
    let before = columns(text.get(..range.start).unwrap_or_default());
    let through = columns(text.get(..range.end).unwrap_or(text));
    let all = columns(text.trim_end()).max(1.0);
    (length * before / all, length * (through / all).min(1.0))
}

fn columns(text: &str) -> f32 {
    let wide = |char: char| is_han(char) || matches!(char, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}');
    text.chars().map(|char| if wide(char) { 2.0 } else { 1.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Language};
    use crate::ends::Ends;

    fn block(lines: &[(u32, f32, &str)]) -> Block {
        let mut text = String::new();
        let mut places = Vec::new();
        for (page, y, line) in lines {
            let bbox = Rect { x0: 100.0, y0: *y, x1: 200.0, y1: y + 10.0 };
            places.push(BlockLine::new(text.len(), *page, bbox));
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
    fn a_line_that_tells_where_its_characters_end_is_believed() {
        let mut told = block(&[(1, 10.0, "ill mark"), (1, 30.0, "湖湖")]);
        told.lines[0].ends = Ends::of(&[3.0, 6.0, 9.0, 12.0, 30.0, 40.0, 50.0, 60.0]);
        told.lines[1].ends = Ends::of(&[1.0]);
        check(&told, "ill", &[(1, 100.0, 109.0, 10.0)]);
        check(&told, "mark", &[(1, 112.0, 160.0, 10.0)]);
        check(&told, "k湖", &[(1, 150.0, 160.0, 10.0), (1, 100.0, 150.0, 30.0)]);
    }

    #[test]
    fn a_hyphen_that_went_is_still_in_the_line() {
        let mut told = block(&[(1, 10.0, "moni"), (1, 30.0, "tored")]);
        told.lines[0].ends = Ends::of(&[10.0, 20.0, 30.0, 40.0, 45.0]);
        check(&told, "ni", &[(1, 120.0, 140.0, 10.0)]);
    }

    #[test]
    fn lines_that_lead_up_or_down() {
        let high = |x0: f32| Rect { x0, y0: 100.0, x1: x0 + 10.0, y1: 200.0 };
        let of = |lines: &[(f32, &str)], part: &str| {
            let mut block = block(&lines.iter().map(|(_, text)| (1, 0.0, *text)).collect::<Vec<_>>());
            block.lines.iter_mut().zip(lines).for_each(|(line, (x0, _))| line.bbox = high(*x0));
            let start = block.text.find(part).unwrap();
            sentence_boxes(&block, start, start + part.len()).first().map(|(_, bbox)| (bbox.y0, bbox.y1))
        };
        assert_eq!(of(&[(50.0, "湖泊河流")], "湖"), Some((100.0, 125.0)));
        assert_eq!(of(&[(50.0, "lake")], "l"), Some((175.0, 200.0)));
        assert_eq!(of(&[(50.0, "湖泊河流"), (70.0, "江海山川")], "湖"), Some((175.0, 200.0)));
        assert_eq!(of(&[(50.0, "lake"), (30.0, "hill")], "h"), Some((100.0, 125.0)));
    }

    #[test]
    fn text_that_stands_upside_down_leads_left() {
        let block = block(&[(1, 100.0, "湖泊河流"), (1, 86.0, "江海山川")]);
        check(&block, "湖", &[(1, 175.0, 200.0, 100.0)]);
    }

    #[test]
    fn what_lies_outside_has_no_place() {
        let block = block(&[(1, 10.0, "湖泊")]);
        assert!(sentence_boxes(&block, 6, 6).is_empty() && sentence_boxes(&block, 40, 90).is_empty());
        assert_eq!(sentence_boxes(&block, 1, 5).len(), 0, "no boundary of a character");
    }
}
