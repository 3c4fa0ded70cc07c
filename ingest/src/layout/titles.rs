//! Headings that are known by their type: larger or bolder than the body, short, and alone.

use std::sync::LazyLock;

use corpus::document::BlockKind;
use regex::Regex;

use super::blocks::Sized;
use super::classify::is_short;
use super::geometry::Body;
use super::letters::ends_clause;
use super::numbering::{is_caption, mark};
use super::step::is_clause_number;
use crate::pattern::pattern;

/// Titles are looked for among the first blocks of the document.
const FRONT: usize = 25;

/// Marks the document's title (level 0) and the headings that have no number but stand out by their type.
pub(super) fn raise_titles(drafts: &mut [Sized], body: &Body) {
    let title = title_of(drafts, body);
    let mut sizes: Vec<f32> = drafts.iter().filter(|sized| stands_out(sized, body)).map(|sized| sized.size).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.dedup_by(|a, b| (*a - *b).abs() < 0.6);
    sizes.truncate(8);
    for (at, sized) in drafts.iter_mut().enumerate() {
        if Some(at) == title {
            (sized.draft.kind, sized.draft.level) = (BlockKind::Heading, 0);
        } else if stands_out(sized, body) && mark(&sized.draft.text).is_none() {
            let rank = sizes.iter().position(|size| (size - sized.size).abs() < 0.6).unwrap_or(0);
            (sized.draft.kind, sized.draft.level) = (BlockKind::Heading, u8::try_from(rank.clamp(1, 3)).unwrap_or(1));
        }
    }
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
    let large = sized.size > body.size * 1.12;
    let strong = sized.bold && sized.size > body.size * 0.95;
    sized.draft.kind == BlockKind::Paragraph
        && (large || strong)
        && sized.draft.lines.len() <= 3
        && is_short(text)
        && !ends_clause(text)
        && !text.contains(['。', '；'])
        && !text.ends_with(['、', '，', ','])
        && !is_clause_number(text)
        && !is_caption(text)
        && !is_cover_phrase(text)
        && text.chars().filter(|char| char.is_alphabetic()).count() >= 2
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
