//! A block while its lines are being joined.

use std::collections::HashSet;
use std::ops::Range;

use corpus::document::{Block, BlockKind, BlockLine, Language, Line, Rect};
use corpus::ends::Ends;

use super::letters::is_cjk;
use corpus::text::is_han;

/// The words of a document, by which a hyphen at a line's end is judged.
#[derive(Default)]
pub(crate) struct Vocabulary(HashSet<String>);

/// First parts of compounds that keep their hyphen when nothing else decides.
const FIRST_PARTS: &[&str] = &[
    "above",
    "all",
    "anti",
    "co",
    "cross",
    "cutting",
    "data",
    "deep",
    "end",
    "fast",
    "fine",
    "first",
    "five",
    "four",
    "full",
    "general",
    "government",
    "half",
    "hard",
    "high",
    "in",
    "industry",
    "inter",
    "key",
    "labor",
    "large",
    "life",
    "long",
    "low",
    "market",
    "medium",
    "mid",
    "multi",
    "new",
    "non",
    "off",
    "on",
    "one",
    "open",
    "out",
    "peer",
    "post",
    "pre",
    "real",
    "risk",
    "science",
    "second",
    "self",
    "semi",
    "short",
    "single",
    "small",
    "so",
    "soft",
    "state",
    "third",
    "three",
    "top",
    "two",
    "up",
    "user",
    "well",
    "wide",
    "world",
];

impl Vocabulary {
    /// The words of some lines, each line's last one left out, since it may be half a word.
    pub(crate) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut words = HashSet::new();
        for line in lines {
            let mut parts: Vec<&str> = line.split(|char: char| !char.is_ascii_alphabetic() && char != '-').collect();
            parts.pop();
            words.extend(parts.into_iter().filter(|word| word.len() > 3).map(str::to_ascii_lowercase));
        }
        Self(words)
    }

    /// Whether the hyphen between two halves of a word was put there by the line's end.
    fn breaks(&self, left: &str, right: &str) -> bool {
        let (left, right) = (left.to_ascii_lowercase(), right.to_ascii_lowercase());
        if self.0.contains(&format!("{left}-{right}")) {
            return false;
        }
        // Two words of the document's own are a compound; half a word seldom is one.
        let compound = FIRST_PARTS.contains(&left.as_str()) || self.0.contains(&left) && self.0.contains(&right);
        self.0.contains(&format!("{left}{right}")) || !compound
    }
}

/// A block in the making.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) kind: BlockKind,
    pub(crate) level: u8,
    pub(crate) text: String,
    pub(crate) lines: Vec<BlockLine>,
    /// The parts of the text that are raised, in order.
    pub(crate) raised: Vec<Range<usize>>,
    /// The type that it is set in, where that is known and says something.
    pub(crate) face: Option<Face>,
    /// Whether the input says what level it has, as HTML and Markdown do.
    pub(crate) given: bool,
}

/// The type that a block is set in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Face {
    /// In points.
    pub(crate) size: f32,
    pub(crate) bold: bool,
    /// Whether it is bold or larger than the body's.
    pub(crate) strong: bool,
}

impl Draft {
    /// A block of one line.
    pub(crate) fn new(kind: BlockKind, text: &str, page: u32, bbox: Rect) -> Self {
        let lines = vec![BlockLine::new(0, page, bbox)];
        Self { kind, level: 0, text: text.trim().to_owned(), lines, raised: Vec::new(), face: None, given: false }
    }

    /// Notes of the line that was added last what is raised in it, and where its characters end.
    pub(super) fn note_line(&mut self, line: &Line) {
        self.note_ends(&line.text, &line.ends);
        let Some(start) = self.lines.last().map(|line| line.start) else { return };
        let trimmed = line.text.len() - line.text.trim_start().len();
        let moved = |at: usize| (start + at).saturating_sub(trimmed);
        self.raised.extend(line.raised.iter().map(|(from, to)| moved(*from)..moved(*to)));
        let end = self.text.len();
        self.raised.retain(|range| range.start < range.end && range.end <= end);
    }

    /// Notes where the characters of the line that was added last end, as the line had them before it was trimmed.
    pub(super) fn note_ends(&mut self, text: &str, ends: &[f32]) {
        if ends.len() != text.chars().count() {
            return;
        }
        let before = text.chars().take_while(|char| char.is_whitespace()).count();
        let count = text.trim().chars().count();
        if let (Some(line), Some(ends)) = (self.lines.last_mut(), ends.get(before..before + count)) {
            line.ends = Ends::of(ends);
        }
    }

    /// The page of a byte of the text.
    pub(super) fn page_at(&self, offset: usize) -> u32 {
        let before = self.lines.partition_point(|line| line.start <= offset);
        before.checked_sub(1).and_then(|at| self.lines.get(at)).map_or(1, |line| line.page)
    }

    /// Takes a part out of the text, with a space before it that would be left over; gives what was taken out.
    pub(super) fn remove(&mut self, range: Range<usize>) -> Range<usize> {
        let (before, after) = (self.text.get(..range.start), self.text.get(range.end..));
        let (Some(before), Some(after)) = (before, after) else { return range.start..range.start };
        if before.is_empty() && after.is_empty() {
            return range.start..range.start;
        }
        let spare = before.ends_with(' ') && !after.starts_with(char::is_alphanumeric);
        let start = if spare { range.start - 1 } else { range.start };
        self.remove_ends(start..range.end);
        self.text.replace_range(start..range.end, "");
        for line in &mut self.lines {
            line.start =
                line.start.saturating_sub(range.end.min(line.start).saturating_sub(start)).min(self.text.len());
        }
        start..range.end
    }

    /// Takes the ends of a part out of the one line that it stands in.
    fn remove_ends(&mut self, range: Range<usize>) {
        let Some(at) = self.lines.partition_point(|line| line.start <= range.start).checked_sub(1) else { return };
        let next = self.lines.get(at + 1).map_or(self.text.len(), |next| next.start);
        let Some(line) = self.lines.get_mut(at).filter(|line| !line.ends.is_empty()) else { return };
        let before = self.text.get(line.start..range.start).map(|before| before.chars().count());
        let taken = self.text.get(range.clone()).filter(|_| range.end <= next).map(|taken| taken.chars().count());
        line.ends = match before.zip(taken) {
            Some((before, taken)) => line.ends.without(before..before + taken),
            None => Ends::default(),
        };
    }

    /// Adds a line: Chinese without a space, English with one, and a word that the line's end cut made whole.
    pub(crate) fn append(&mut self, line: &str, page: u32, bbox: Rect, vocabulary: &Vocabulary) {
        let line = line.trim();
        if self.mends_hyphen(line, vocabulary) {
            self.text.pop();
        } else if self.needs_space(line) {
            self.text.push(' ');
        }
        self.lines.push(BlockLine::new(self.text.len(), page, bbox));
        self.text.push_str(line);
    }

    /// Whether the hyphen that the text ends with goes.
    fn mends_hyphen(&self, line: &str, vocabulary: &Vocabulary) -> bool {
        if self.text.ends_with('\u{ad}') {
            return true;
        }
        let Some(before) = self.text.strip_suffix(['-', '‐']) else { return false };
        let left = before.rsplit(|char: char| !char.is_ascii_alphabetic()).next().unwrap_or_default();
        let right = line.split(|char: char| !char.is_ascii_alphabetic()).next().unwrap_or_default();
        if before.strip_suffix(left).is_some_and(|chain| chain.ends_with('-')) {
            return false;
        }
        let lower = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
        left.len() > 1 && lower(right) && lower(left.get(1..).unwrap_or_default()) && vocabulary.breaks(left, right)
    }

    fn needs_space(&self, line: &str) -> bool {
        let (Some(last), Some(first)) = (self.text.chars().next_back(), line.chars().next()) else { return false };
        if is_cjk(last) && is_cjk(first) {
            return false;
        }
        // The year of a standard's number begins the line: GB/T 1.1—2020.
        if last.is_ascii_digit()
            && matches!(first, '—' | '–')
            && line.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
        {
            return false;
        }
        if is_cjk(last) || is_cjk(first) {
            return is_mostly_latin(self.text.chars().rev().take(400))
                && is_han_or_letter(last)
                && is_han_or_letter(first);
        }
        !matches!(last, '-' | '‐' | '/' | '(' | '[' | '—' | '–' | '“') || (last == '–' && self.text.ends_with(" –"))
    }

    /// The finished block, or nothing when it has no text.
    pub(crate) fn finish(self) -> Option<Block> {
        let (page, first) = self.lines.first().map(|line| (line.page, line.bbox))?;
        if self.text.is_empty() {
            return None;
        }
        let on_page = self.lines.iter().filter(|line| line.page == page);
        let bbox = on_page.fold(first, |bbox, line| bbox.union(line.bbox));
        Some(Block {
            kind: self.kind,
            level: self.level,
            page,
            bbox,
            language: Language::Other,
            text: self.text,
            lines: self.lines,
        })
    }
}

fn is_han_or_letter(char: char) -> bool {
    is_han(char) || char.is_alphanumeric()
}

fn is_mostly_latin(text: impl Iterator<Item = char>) -> bool {
    let (mut han, mut latin) = (0, 0);
    for char in text {
        han += usize::from(is_han(char));
        latin += usize::from(char.is_ascii_alphabetic());
    }
    latin > 2 * han
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], wanted: &str) {
        let vocabulary = Vocabulary::of(["the standards are high-quality ones of mixed mode or"].into_iter());
        let mut draft = Draft::new(BlockKind::Paragraph, lines[0], 1, Rect::default());
        for line in &lines[1..] {
            draft.append(line, 1, Rect::default(), &vocabulary);
        }
        assert_eq!(draft.text, wanted);
        assert!(draft.lines.iter().all(|line| draft.text.is_char_boundary(line.start)));
    }

    #[test]
    fn lines_are_joined_as_each_language_wants() {
        check(&["加快建设", "标准体系"], "加快建设标准体系");
        check(&["speed up", "the work"], "speed up the work");
        check(&["符合GB/T", "1.1的规定"], "符合GB/T 1.1的规定");
        check(&["the word", "强国", "means powerhouse"], "the word 强国 means powerhouse");
        check(&["采用PUE", "指标"], "采用PUE指标");
        check(&["as GB/T 80001", "—2031 says"], "as GB/T 80001—2031 says");
    }

    #[test]
    fn hyphens_at_the_end_of_a_line_are_judged() {
        check(&["the stan-", "dards body"], "the standards body");
        check(&["a high-", "quality set"], "a high-quality set");
        check(&["GB/T 1-", "2020"], "GB/T 1-2020");
        check(&["a cross-", "border flow"], "a cross-border flow");
        check(&["a mixed-", "mode way"], "a mixed-mode way");
        check(&["the state-of-", "the-art way"], "the state-of-the-art way");
        check(&["a vehicle-road-", "cloud plan"], "a vehicle-road-cloud plan");
        check(&["a soft\u{ad}", "ware"], "a software");
    }
}
