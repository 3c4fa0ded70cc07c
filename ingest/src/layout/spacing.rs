//! The text of a line: where a gap or a space glyph is a space, and where it is not.

use corpus::document::Cell;

use super::glyphs::PageText;
use super::grids::Grids;
use super::lines::{Placed, Segment};

/// A gap of so many em separates columns of a table or a number from its heading, and becomes a tab.
const WIDE: f32 = 2.0;
/// A gap of so many em between Han characters is meant.
const HAN_SPACE: f32 = 0.9;
/// Between Han and Latin typesetters leave up to a quarter or a third of an em.
const MIXED_SPACE: f32 = 0.45;
/// A gap of so many em between Latin letters is a word space.
const WORD_SPACE: f32 = 0.17;

/// How a character stands to its neighbours.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// Letters and digits of scripts with spaces between words.
    Word,
    /// Han characters and kana.
    Han,
    /// Full-width punctuation, which brings its own space.
    FullWidth,
    /// Quotation marks and dashes, which Chinese and English share: they go with their neighbour.
    Shared,
}

fn kind(c: char) -> Kind {
    match c {
        '\u{3000}'..='\u{303f}'
        | '\u{ff00}'..='\u{ff0f}'
        | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}' => Kind::FullWidth,
        '“' | '”' | '‘' | '’' | '—' | '…' => Kind::Shared,
        '\u{2e80}'..='\u{2fdf}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{3100}'..='\u{312f}'
        | '\u{31a0}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff10}'..='\u{ff19}'
        | '\u{ff21}'..='\u{ff3a}'
        | '\u{ff41}'..='\u{ff5a}'
        | '\u{20000}'..='\u{323af}' => Kind::Han,
        _ => Kind::Word,
    }
}

/// A line's text and what is known of its characters.
#[derive(Default)]
pub(super) struct Written {
    pub(super) text: String,
    /// See [`corpus::document::Line::ends`].
    pub(super) ends: Vec<f32>,
    /// See [`corpus::document::Line::raised`].
    pub(super) raised: Vec<(usize, usize)>,
    /// See [`corpus::document::Line::cells`].
    pub(super) cells: Vec<Cell>,
}

/// The line's text: one space between words, none between Han characters, a tab for a wide gap and between cells.
pub(super) fn written(page: &PageText, segment: &Segment, grids: &Grids) -> Written {
    let mut pen = Pen { letter_spaced: letter_spacing(page, segment), ..Pen::new(segment) };
    for placed in &segment.glyphs {
        let Some(glyph) = page.glyphs.get(placed.glyph as usize) else { continue };
        let text = page.text_of(glyph);
        if text.trim().is_empty() {
            pen.space |= !text.is_empty();
            continue;
        }
        let cell = if grids.is_empty() || glyph.angle != 0 {
            None
        } else {
            grids.cell((placed.u0 + placed.u1) / 2.0, placed.v - 0.3 * placed.size)
        };
        pen.write(text, placed, cell);
    }
    // Pieces outside of the table leave no telling which cell is whose.
    let pieces = pen.cells.iter().copied().collect::<Option<Vec<Cell>>>();
    Written { cells: pieces.unwrap_or_default(), ..pen.written }
}

/// Writes a line glyph by glyph.
struct Pen<'a> {
    segment: &'a Segment,
    written: Written,
    /// The cell of each piece between tabs.
    cells: Vec<Option<Cell>>,
    letter_spaced: f32,
    /// Where the line begins.
    start: f32,
    /// Where the glyph before ends, and its size.
    end: Option<(f32, f32)>,
    /// Whether a space was shown since.
    space: bool,
}

impl<'a> Pen<'a> {
    fn new(segment: &'a Segment) -> Self {
        let text = String::with_capacity(segment.glyphs.len() * 3);
        let written = Written { text, ends: Vec::with_capacity(segment.glyphs.len() + 8), ..Written::default() };
        Self { segment, written, cells: Vec::new(), letter_spaced: 0.0, start: 0.0, end: None, space: false }
    }

    fn write(&mut self, text: &str, placed: &Placed, cell: Option<Cell>) {
        let shown = text.trim();
        let before = self.written.text.chars().next_back();
        if let (Some((end, size)), Some(before), Some(after)) = (self.end, before, shown.chars().next()) {
            let em = size.min(placed.size).max(self.segment.size * 0.6);
            let gap = (placed.u0 - end) / em - self.letter_spaced;
            let asked = self.space || text.starts_with(' ');
            let same_cell = cell.is_some() && self.cells.last() == Some(&cell);
            let separator = match separator(before, after, gap, asked) {
                _ if cell.is_some() && !same_cell => "\t",
                "\t" if same_cell => " ",
                separator => separator,
            };
            self.separate(separator, placed.u0, cell);
        } else {
            self.start = placed.u0;
            self.cells.push(cell);
        }
        self.show(shown, placed);
        self.space = text.ends_with(' ');
        self.end = Some((self.end.map_or(placed.u1, |(end, _)| end.max(placed.u1)), placed.size));
    }

    fn separate(&mut self, separator: &str, next: f32, cell: Option<Cell>) {
        self.written.text.push_str(separator);
        if !separator.is_empty() {
            self.end_at(next);
        }
        if separator == "\t" {
            self.cells.push(cell);
        }
    }

    /// The characters of a ligature share its width.
    fn show(&mut self, shown: &str, placed: &Placed) {
        let from = self.written.text.len();
        self.written.text.push_str(shown);
        let count = u16::try_from(shown.chars().count()).unwrap_or(u16::MAX).max(1);
        let share = (placed.u1 - placed.u0) / f32::from(count);
        for at in 1..=count {
            self.end_at(placed.u0 + share * f32::from(at));
        }
        if self.is_raised(placed) {
            let to = self.written.text.len();
            match self.written.raised.last_mut() {
                Some((_, end)) if *end == from => *end = to,
                _ => self.written.raised.push((from, to)),
            }
        }
    }

    fn is_raised(&self, placed: &Placed) -> bool {
        placed.size < self.segment.size * 0.85 && self.segment.v - placed.v > self.segment.size * 0.15
    }

    /// Ends never go back, whatever is kerned or shown twice.
    fn end_at(&mut self, place: f32) {
        let end = ((place - self.start) * 10.0).round() / 10.0;
        let least = self.written.ends.last().copied().unwrap_or(0.0);
        self.written.ends.push(if end > least { end } else { least });
    }
}

fn separator(before: char, after: char, gap: f32, asked: bool) -> &'static str {
    if gap >= WIDE {
        return "\t";
    }
    let space = match (kind(before), kind(after)) {
        (Kind::Word, Kind::Word) => asked || gap >= WORD_SPACE,
        (Kind::Word | Kind::Shared, Kind::Word | Kind::Shared) => asked || gap >= MIXED_SPACE,
        (Kind::Word, Kind::Han) | (Kind::Han, Kind::Word) => (asked && gap > 0.05) || gap >= MIXED_SPACE,
        _ => gap >= HAN_SPACE,
    };
    if space { " " } else { "" }
}

/// By how many em the letters of a line are spaced out: a title such as 前　　言, or Latin capitals set wide. 0 for
/// ordinary lines.
fn letter_spacing(page: &PageText, segment: &Segment) -> f32 {
    let mut gaps: Vec<f32> = Vec::with_capacity(segment.glyphs.len());
    let mut end: Option<f32> = None;
    let (mut han, mut total) = (0, 0);
    for placed in &segment.glyphs {
        let text = page.glyphs.get(placed.glyph as usize).map_or("", |glyph| page.text_of(glyph)).trim();
        let Some(c) = text.chars().next() else { continue };
        total += 1;
        han += usize::from(kind(c) == Kind::Han);
        if let Some(end) = end {
            gaps.push((placed.u0 - end) / segment.size.max(0.1));
        }
        end = Some(placed.u1);
    }
    let (least, most) = gaps.iter().fold((f32::MAX, 0.0_f32), |(least, most), gap| (least.min(*gap), most.max(*gap)));
    if han == total && (2..=8).contains(&total) {
        let even = most - least <= 0.35 * most.max(1.0);
        return if even && least >= 0.4 && most <= 5.0 { most } else { 0.0 };
    }
    // Latin: when most gaps are as wide as a word space, they are not word spaces.
    gaps.sort_by(f32::total_cmp);
    let median = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    if han == 0 && gaps.len() >= 4 && median > 0.1 && median < 1.0 { median } else { 0.0 }
}
