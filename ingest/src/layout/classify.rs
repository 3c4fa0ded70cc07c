//! What a block is by its words alone: its mark, its length and how it ends.

use std::sync::LazyLock;

use corpus::document::BlockKind;
use regex::Regex;

use super::draft::Draft;
use super::letters::{ends_clause, is_chinese};
use super::numbering::{Mark, MarkKind, heading_mark, is_caption, is_contents_entry, mark, ordinal};
use crate::pattern::pattern;

/// A heading in bold with fewer bytes is one, whatever follows.
const SURELY_WHOLE: usize = 50;

/// Gives each paragraph its kind. Blocks that already are something else stay so; how deep a heading is is settled later.
pub(crate) fn classify(drafts: &mut [Draft]) {
    let mut previous: Option<Item> = None;
    for at in 0..drafts.len() {
        let next = following_text(drafts, at);
        let Some(draft) = drafts.get_mut(at) else { continue };
        if draft.kind != BlockKind::Paragraph {
            if matches!(draft.kind, BlockKind::Heading) {
                previous = None;
            }
            continue;
        }
        let around = Around { next: next.as_deref(), previous, strong: draft.face.is_some_and(|face| face.strong) };
        (draft.kind, draft.level) = kind_of(&draft.text, &around);
        previous = match draft.kind {
            BlockKind::ListItem => mark(&draft.text).map(|mark| Item { kind: mark.kind, short: is_short(&draft.text) }),
            BlockKind::Heading => None,
            _ => previous,
        };
    }
    demote_weak(drafts);
}

/// Where the headings with one kind of mark stand out by their type, those that do not are none.
fn demote_weak(drafts: &mut [Draft]) {
    let kind = |draft: &Draft| heading_mark(&draft.text).map(|mark| mark.kind).filter(|_| is_marked_heading(draft));
    let strong = |draft: &Draft| draft.face.is_some_and(|face| face.strong);
    let mut counts: Vec<(MarkKind, usize, usize)> = Vec::new();
    for (found, strong) in drafts.iter().filter_map(|draft| Some((kind(draft)?, strong(draft)))) {
        match counts.iter_mut().find(|(kind, ..)| *kind == found) {
            Some((_, some, all)) => (*some, *all) = (*some + usize::from(strong), *all + 1),
            None => counts.push((found, usize::from(strong), 1)),
        }
    }
    for draft in drafts.iter_mut() {
        let stands_out =
            |found: MarkKind| counts.iter().any(|(kind, some, all)| *kind == found && *some > 2 && some * 3 > all * 2);
        if !strong(draft) && kind(draft).is_some_and(stands_out) {
            let item = mark(&draft.text).is_some_and(|mark| is_item(mark.kind));
            (draft.kind, draft.level) = (if item { BlockKind::ListItem } else { BlockKind::Paragraph }, 0);
        }
    }
}

fn is_marked_heading(draft: &Draft) -> bool {
    draft.kind == BlockKind::Heading && draft.level > 0 && !draft.given && draft.face.is_some()
}

/// An item of a list that went before.
#[derive(Clone, Copy)]
struct Item {
    kind: MarkKind,
    short: bool,
}

/// What stands around a block.
struct Around<'a> {
    next: Option<&'a str>,
    previous: Option<Item>,
    /// Whether the block itself is bold, or larger than the text.
    strong: bool,
}

impl Around<'_> {
    fn follows_item(&self, kind: MarkKind) -> bool {
        self.previous.is_some_and(|item| item.kind == kind)
    }

    /// Whether the next block goes on with the same English sentence, or defines what this one names.
    fn is_cut_short(&self, text: &str) -> bool {
        let lower = |next: &str| next.starts_with(|char: char| char.is_ascii_lowercase()) && mark(next).is_none();
        let titled = self.strong && text.len() < SURELY_WHOLE;
        !is_chinese(text) && !titled && self.next.is_some_and(lower)
    }

    /// Whether the next block is text that a heading stands above: long, and not the next item of the same list.
    fn heads_text(&self, text: &str, own: Mark) -> bool {
        let Some(next) = self.next else { return false };
        let number = |text: &str, mark: Mark| text.get(..mark.len).and_then(ordinal);
        match heading_mark(next) {
            Some(mark) if matches!(mark.kind, MarkKind::Clause(_)) => mark.kind != own.kind,
            Some(mark) if mark.kind == own.kind => {
                let sibling = number(next, mark) == number(text, own).map(|number| number.saturating_add(1));
                !sibling && !is_short(next)
            }
            Some(mark) if is_item(mark.kind) && own.kind == MarkKind::Arabic && is_chinese(text) => false,
            _ => !is_short(next),
        }
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

fn kind_of(text: &str, around: &Around) -> (BlockKind, u8) {
    if is_caption(text) && !text.ends_with('。') {
        return (BlockKind::Caption, 0);
    }
    if is_contents_entry(text) {
        return (BlockKind::ListItem, 0);
    }
    if heading_mark(text).is_some_and(|mark| is_heading(text, mark, around)) {
        return (BlockKind::Heading, 1);
    }
    match mark(text) {
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

fn is_heading(text: &str, found: Mark, around: &Around) -> bool {
    let rest = text.get(found.len..).unwrap_or_default().trim();
    let titled = is_short(text) && !is_date(text) && !ends_clause(text);
    if found.kind == MarkKind::Named {
        return true;
    }
    let mark = text.get(..found.len).unwrap_or_default();
    if !found.kind.is_worded() && around.is_cut_short(text) {
        return false;
    }
    if found.kind.is_worded() && is_reference_to(mark, rest) {
        return false;
    }
    match found.kind {
        MarkKind::Named => true,
        MarkKind::Bullet => false,
        MarkKind::Letter | MarkKind::Capital => {
            let listed = around.previous.is_some_and(|item| item.kind == found.kind && item.short);
            let placed = around.strong || around.heads_text(text, found) && !listed;
            titled && is_titled(rest) && !mark.contains([')', '）']) && placed
        }
        MarkKind::Chapter | MarkKind::Section | MarkKind::HanComma => titled,
        MarkKind::Article => titled && !rest.contains(['，', ',']),
        MarkKind::Annex => is_annex_heading(text, rest, around.next),
        MarkKind::Clause(_) | MarkKind::BareNumber => !rest.is_empty() && titled && !rest.contains('，'),
        MarkKind::Roman => !rest.is_empty() && titled,
        MarkKind::HanBracket | MarkKind::RomanBracket | MarkKind::ArabicBracket => {
            let short = is_short(text) && !is_date(text);
            let sibling = around.follows_item(found.kind);
            !rest.is_empty() && short && !sibling && (!ends_clause(text) || is_run_out(rest))
        }
        MarkKind::Arabic => {
            let placed = around.strong || around.heads_text(text, found) && !around.follows_item(found.kind);
            !rest.is_empty() && titled && placed
        }
    }
}

/// Sampling of Lakes, as an English heading begins.
fn is_titled(rest: &str) -> bool {
    rest.starts_with(|char: char| char.is_uppercase()) && rest.chars().count() > 3 && !rest.contains(['，', '。'])
}

/// Section 5.2 of, Annex A and, Article 5 shall: what goes on behind the number in mid-sentence is no heading.
fn is_reference_to(mark: &str, rest: &str) -> bool {
    let mut chars = rest.chars();
    let first = chars.next();
    if mark.ends_with('.') && first.is_some_and(|char| char.is_ascii_digit()) {
        return true;
    }
    first.is_some_and(|char| char.is_ascii_lowercase())
        || matches!(first, Some('.' | ',' | ')' | '(')) && chars.next().is_some_and(|char| char.is_ascii_digit())
        || matches!(first, Some('、' | '，' | '和' | '的' | '所' | '规' | '至'))
            && !rest.starts_with("规范")
            && !rest.starts_with("规则")
}

/// 附件1 and Annex A before a title. A list of the annexes at the end of a letter is none: it has a colon (GB/T 9704),
/// or several of them follow one another.
fn is_annex_heading(text: &str, rest: &str, next: Option<&str>) -> bool {
    let listed = rest.starts_with(|char: char| char.is_ascii_digit() && text.contains(['：', ':']));
    let told = text.starts_with("附件：") || text.starts_with("附件:") || text.starts_with("附表：");
    let row = next.is_some_and(|next| heading_mark(next).is_some_and(|mark| mark.kind == MarkKind::Annex));
    is_short(text) && !ends_clause(text) && !listed && !told && !row && !rest.contains(['，', '。'])
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
