//! Headings that are known by their type: larger or bolder than the body, short, and alone.

use std::collections::HashMap;
use std::sync::LazyLock;

use corpus::document::BlockKind;
use corpus::text::is_han;
use regex::Regex;

use super::blocks::Sized;
use super::classify::is_short;
use super::draft::Face;
use super::geometry::Body;
use super::letters::{columns, ends_clause, ends_sentence};
use super::numbering::{heading_mark, is_caption, mark};
use super::step::is_clause_number;
use crate::pattern::pattern;

/// Titles are looked for among the first blocks of the document.
const FRONT: usize = 25;

/// Type that is larger than the body's by this factor stands out.
const LARGE: f32 = 1.12;
/// A cover is one of the first pages.
const COVERS: u32 = 3;
/// A paragraph of running text is at least so many columns wide.
const PROSE: usize = 60;

/// Marks the document's title (level 0) and the headings that have no number but stand out by their type. How deep
/// those are is settled later, by their type, which is noted.
pub(super) fn raise_titles(drafts: &mut [Sized], body: &Body) {
    let title = title_of(drafts, body);
    let begin = first_page_of_text(drafts);
    let told = title_words(drafts, title, begin);
    let trusted = is_trusted(drafts);
    let raised: Vec<bool> = (0..drafts.len()).map(|at| trusted && is_raised(drafts, at, body)).collect();
    for ((at, sized), raised) in drafts.iter_mut().enumerate().zip(raised) {
        let strong = sized.bold || sized.size > body.size * LARGE;
        sized.draft.face = trusted.then_some(Face { size: sized.size, bold: sized.bold, strong });
        if Some(at) == title {
            (sized.draft.kind, sized.draft.level) = (BlockKind::Heading, 0);
            continue;
        }
        // The title, or a part of it, stands again over the text of a standard.
        let own = letters(&sized.draft.text);
        let again = is_part_of(&own, &told);
        let on_cover = sized.draft.lines.first().is_some_and(|line| line.page < begin);
        if raised && !again && !on_cover {
            (sized.draft.kind, sized.draft.level) = (BlockKind::Heading, 1);
        }
    }
}

/// Whether most of the text is in one type, to a tenth of a point: the sizes of an OCR layer are those of its boxes.
fn is_trusted(drafts: &[Sized]) -> bool {
    let mut lengths: HashMap<i32, usize> = HashMap::new();
    for sized in drafts.iter().filter(|sized| sized.draft.kind == BlockKind::Paragraph) {
        // The cast saturates.
        let length = lengths.entry((sized.size * 10.0).round() as i32).or_default();
        *length = length.saturating_add(sized.draft.text.len());
    }
    let all: usize = lengths.values().sum();
    lengths.values().max().is_some_and(|most| most * 20 >= all * 11)
}

/// The first page with a paragraph of running text; those before it, a few at the most, are covers.
fn first_page_of_text(drafts: &[Sized]) -> u32 {
    let prose = drafts.iter().find(|sized| {
        let draft = &sized.draft;
        matches!(draft.kind, BlockKind::Paragraph) && columns(&draft.text) >= PROSE && ends_sentence(&draft.text)
    });
    let page = prose.and_then(|sized| sized.draft.lines.first()).map_or(1, |line| line.page);
    if page > COVERS { 1 } else { page }
}

/// Whether a block without a number is a heading: by its type, and by what it stands above.
fn is_raised(drafts: &[Sized], at: usize, body: &Body) -> bool {
    let Some(sized) = drafts.get(at) else { return false };
    if !stands_out(sized, body) || heading_mark(&sized.draft.text).is_some() || is_term(drafts, at) {
        return false;
    }
    let captioned =
        at.checked_sub(1).and_then(|at| drafts.get(at)).is_some_and(|before| is_caption(&before.draft.text));
    // Bold type alone is also that of labels, names and the heads of tables.
    sized.size > body.size * LARGE || heads_prose(drafts, at) && !captioned
}

/// Whether running text, an item, or a heading with a number follows.
fn heads_prose(drafts: &[Sized], at: usize) -> bool {
    let rest = drafts.get(at + 1..).unwrap_or_default();
    let next = rest.iter().find(|next| next.draft.kind.is_running_text() && next.draft.kind != BlockKind::Footnote);
    next.is_some_and(|next| {
        next.draft.kind == BlockKind::Paragraph
            && !next.draft.text.starts_with(|char: char| char.is_ascii_lowercase())
            && (columns(&next.draft.text) >= PROSE || mark(&next.draft.text).is_some() || ends_clause(&next.draft.text))
    })
}

/// Whether a block is the term of an entry in a terminology: it follows the number of its entry, or a term.
fn is_term(drafts: &[Sized], at: usize) -> bool {
    let before = drafts.get(..at).unwrap_or_default().iter().rev();
    let text = before.filter(|sized| sized.draft.kind.is_running_text()).take(6).map(|sized| &sized.draft.text);
    for text in text {
        if is_clause_number(text) {
            return true;
        }
        if !is_short(text) || ends_clause(text) {
            return false;
        }
    }
    false
}

/// The letters of the title, and of all that the cover says where the title stands on one.
fn title_words(drafts: &[Sized], title: Option<usize>, begin: u32) -> String {
    let Some(title) = title.and_then(|at| drafts.get(at)) else { return String::new() };
    let page = |sized: &Sized| sized.draft.lines.first().map_or(1, |line| line.page);
    if page(title) >= begin {
        return letters(&title.draft.text);
    }
    drafts.iter().filter(|sized| page(sized) == page(title)).map(|sized| letters(&sized.draft.text)).collect()
}

/// Whether a block repeats the title or a line of it.
fn is_part_of(own: &str, title: &str) -> bool {
    own.chars().count() >= 6 && title.contains(own)
}

fn letters(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).collect()
}

/// The block in the largest type near the beginning.
fn title_of(drafts: &[Sized], body: &Body) -> Option<usize> {
    let front = drafts.iter().enumerate().take(FRONT).filter(|(_, sized)| {
        let text = &sized.draft.text;
        let words = text.chars().filter(|char| char.is_alphabetic()).count();
        sized.draft.kind == BlockKind::Paragraph
            && sized.size > body.size * 1.1
            && words >= 4
            && !is_cover_phrase(text)
            && text.chars().count() <= 300
            && !ends_clause(text)
            && !text.contains(['〔', '\u{fffd}'])
    });
    // Of equal sizes the first wins.
    front
        .fold(None, |best: Option<(usize, f32)>, (at, sized)| match best {
            Some((_, size)) if size + 0.6 > sized.size => best,
            _ => Some((at, sized.size)),
        })
        .map(|(at, _)| at)
}

fn stands_out(sized: &Sized, body: &Body) -> bool {
    let text = &sized.draft.text;
    let large = sized.size > body.size * LARGE;
    let strong = sized.bold && sized.size > body.size * 0.95;
    sized.draft.kind == BlockKind::Paragraph
        && (large || strong)
        && sized.draft.lines.len() <= 3
        && is_short(text)
        && (!ends_clause(text) || text.ends_with(['?', '？']))
        && is_wordy(text)
        && !text.contains(['。', '；'])
        && !text.ends_with(['、', '，', ','])
        && !is_clause_number(text)
        && !is_caption(text)
        && !is_cover_phrase(text)
        && !text.starts_with(['[', '［', '【', '(', '（'])
}

/// Whether a text is words for the most part, no formula, code or scrap of a drawing.
fn is_wordy(text: &str) -> bool {
    let letters = text.chars().filter(|char| char.is_alphabetic()).count();
    let han = text.chars().filter(|char| is_han(*char)).count();
    let visible = text.chars().filter(|char| !char.is_whitespace()).count();
    letters * 10 >= visible * 6 && (han >= 2 || letters >= 4) && !text.contains(['=', '<', '|', '_', '‖', '◇', '\\'])
}

/// What the cover of every standard prints in large type, which is nobody's title.
fn is_cover_phrase(text: &str) -> bool {
    static COVER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:中华人民共和国.{0,16}标准(?:化指导性技术文件)?|.{0,8}(?:团体|企业|地方|行业)标准|(?i:(?:international|national|industry|group|british|european) standard.{0,40})|(?:GB|DB|T|ISO|IEC)[A-Z/]*\s?[0-9][0-9A-Z./:—–-]*|ICS.{0,30}|CCS.{0,20})$",
        )
    });
    let bare: String = text.chars().filter(|char| *char != '\u{3000}').collect();
    COVER.is_match(bare.trim())
}

#[cfg(test)]
mod tests {
    use super::is_cover_phrase;

    #[test]
    fn covers_say_what_kind_of_standard_it_is() {
        for phrase in [
            "中华人民共和国国家标准",
            "中华人民共和国湖泊行业标准",
            "团体标准",
            "INTERNATIONAL STANDARD",
            "GB/T 80001—2031",
        ] {
            assert!(is_cover_phrase(phrase), "{phrase}");
        }
        for title in ["湖泊监测标准体系建设指南", "Lake monitoring — Terminology", "湖泊监测 术语"]
        {
            assert!(!is_cover_phrase(title), "{title}");
        }
    }
}
