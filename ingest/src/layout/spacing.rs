//! The text of a line: where a gap or a space glyph is a space, and where it is not.

use super::glyphs::PageText;
use super::lines::Segment;

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

/// The line's text: one space between words, none between Han characters, a tab for a wide gap.
pub(super) fn text(page: &PageText, segment: &Segment) -> String {
    let letter_spaced = letter_spacing(page, segment);
    let mut out = String::with_capacity(segment.glyphs.len() * 3);
    let mut end: Option<(f32, f32)> = None;
    let mut space = false;
    for placed in &segment.glyphs {
        let Some(glyph) = page.glyphs.get(placed.glyph as usize) else { continue };
        let text = page.text_of(glyph);
        let shown = text.trim();
        if shown.is_empty() {
            space |= !text.is_empty();
            continue;
        }
        if let (Some((end, size)), Some(before), Some(after)) = (end, out.chars().next_back(), shown.chars().next()) {
            let em = size.min(glyph.size).max(segment.size * 0.6);
            let gap = (placed.u0 - end) / em - letter_spaced;
            let asked = space || text.starts_with(' ');
            out.push_str(separator(before, after, gap, asked));
        }
        out.push_str(shown);
        space = text.ends_with(' ');
        end = Some((end.map_or(placed.u1, |(end, _)| end.max(placed.u1)), glyph.size));
    }
    out
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
