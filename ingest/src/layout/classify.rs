//! What a block is by its words alone: its mark, its length and how it ends.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use regex::Regex;

use super::draft::Draft;
use super::letters::{ends_clause, is_chinese};
use super::numbering::{Mark, MarkKind, is_caption, is_contents_entry, mark};
use crate::pattern::pattern;

/// Gives each paragraph its kind and each heading its level. Blocks that already are something else stay so.
pub(crate) fn classify(drafts: &mut [Draft]) {
    let mut previous_item = None;
    for at in 0..drafts.len() {
        let next = following_text(drafts, at);
        let Some(draft) = drafts.get_mut(at) else { continue };
        if draft.kind != BlockKind::Paragraph {
            if matches!(draft.kind, BlockKind::Heading) {
                previous_item = None;
            }
            continue;
        }
        let (kind, level) = kind_of(&draft.text, next.as_deref(), previous_item);
        (draft.kind, draft.level) = (kind, level);
        previous_item = match kind {
            BlockKind::ListItem => mark(&draft.text).map(|mark| mark.kind),
            BlockKind::Heading => None,
            _ => previous_item,
        };
    }
}

/// The text of the next block of running text.
fn following_text(drafts: &[Draft], at: usize) -> Option<String> {
    drafts
        .get(at + 1..)?
        .iter()
        .find(|draft| draft.kind.is_running_text() && draft.kind != BlockKind::Footnote)
        .map(|draft| draft.text.chars().take(200).collect())
}

fn kind_of(text: &str, next: Option<&str>, previous_item: Option<MarkKind>) -> (BlockKind, u8) {
    if is_caption(text) && !text.ends_with('。') {
        return (BlockKind::Caption, 0);
    }
    if is_contents_entry(text) {
        return (BlockKind::ListItem, 0);
    }
    match mark(text) {
        Some(mark) if is_heading(text, mark, next, previous_item) => {
            (BlockKind::Heading, mark.kind.level(is_chinese(text)).unwrap_or(1))
        }
        Some(mark) if is_item(mark.kind) => (BlockKind::ListItem, 0),
        _ => (BlockKind::Paragraph, 0),
    }
}

/// Whether a mark that begins no heading begins an item of a list. Articles and clauses are paragraphs.
fn is_item(kind: MarkKind) -> bool {
    matches!(
        kind,
        MarkKind::HanComma
            | MarkKind::HanBracket
            | MarkKind::RomanBracket
            | MarkKind::Arabic
            | MarkKind::ArabicBracket
            | MarkKind::Roman
            | MarkKind::Letter
            | MarkKind::Bullet
    )
}

fn is_heading(text: &str, found: Mark, next: Option<&str>, previous_item: Option<MarkKind>) -> bool {
    let rest = text.get(found.len..).unwrap_or_default().trim();
    let short = is_short(text) && !is_date(text);
    match found.kind {
        MarkKind::Named => true,
        MarkKind::Letter | MarkKind::Bullet => false,
        MarkKind::Chapter | MarkKind::Section | MarkKind::HanComma => short && !ends_clause(text),
        MarkKind::Article => short && !ends_clause(text) && !rest.contains(['，', ',']),
        MarkKind::Annex => {
            short
                && !ends_clause(text)
                && !rest.starts_with(|char: char| char.is_ascii_digit() && text.contains(['：', ':']))
                && !rest.contains('，')
        }
        MarkKind::Clause(_) | MarkKind::BareNumber => {
            !rest.is_empty() && short && !ends_clause(text) && !rest.contains('，')
        }
        MarkKind::Roman => !rest.is_empty() && short && !ends_clause(text),
        MarkKind::HanBracket | MarkKind::RomanBracket | MarkKind::ArabicBracket => {
            let sibling = previous_item == Some(found.kind);
            !rest.is_empty() && short && !sibling && (!ends_clause(text) || is_run_out(rest))
        }
        MarkKind::Arabic => {
            let marked_alike = next.and_then(mark).is_some_and(|mark| is_item(mark.kind));
            let heads_text = next.is_some_and(|next| !marked_alike && !is_short(next));
            !rest.is_empty() && short && !ends_clause(text) && heads_text && previous_item != Some(found.kind)
        }
    }
}

/// 19 May 2031, which begins as a numbered heading does.
fn is_date(text: &str) -> bool {
    static DATE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{4}$"));
    DATE.is_match(text)
}

/// A heading that ends with a full stop, alone in its block: （一）加强领导。
fn is_run_out(rest: &str) -> bool {
    rest.chars().count() <= 18 && rest.ends_with('。') && rest.matches(['。', '，', '、']).count() == 1
}

/// Whether a text is as short as headings are.
pub(crate) fn is_short(text: &str) -> bool {
    if is_chinese(text) {
        text.chars().count() <= 45
    } else {
        text.len() <= 130 && text.split_whitespace().count() <= 18
    }
}

/// Makes the levels of headings begin at 1, whatever numbering the document uses. The title keeps its 0.
pub(crate) fn settle_levels(blocks: &mut [Block]) {
    let levels = blocks.iter().filter(|block| block.kind == BlockKind::Heading && block.level > 0);
    let Some(least) = levels.map(|block| block.level).min().filter(|least| *least > 1) else { return };
    for block in blocks.iter_mut().filter(|block| block.kind == BlockKind::Heading && block.level > 0) {
        block.level = block.level.saturating_sub(least - 1);
    }
}
