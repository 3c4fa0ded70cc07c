//! Headings without a number in text of one type, as reports in newspapers have them: a short line between paragraphs.

use corpus::document::BlockKind;

use super::draft::Draft;
use super::letters::{columns, ends_clause, ends_sentence, is_chinese};
use super::numbering::{heading_mark, is_caption};

/// A heading between paragraphs is at the most so many columns wide.
const WIDEST: usize = 80;
/// A paragraph that a heading stands above or below has at least so many columns.
const PARAGRAPH: usize = 100;
/// One short line may be anything; a report that is divided has more of them.
const LEAST: usize = 2;

/// Makes headings of the short lines that stand between long paragraphs, where the document has several.
pub(super) fn raise_crossheads(drafts: &mut [Draft]) {
    let text: Vec<usize> = (0..drafts.len())
        .filter(|at| {
            drafts.get(*at).is_some_and(|draft| draft.kind.is_running_text() && draft.kind != BlockKind::Footnote)
        })
        .collect();
    let found: Vec<usize> = text
        .windows(3)
        .filter_map(|window| {
            let [before, at, after] = window else { return None };
            let (before, own, after) = (drafts.get(*before)?, drafts.get(*at)?, drafts.get(*after)?);
            (is_prose(before) && is_crosshead(own) && is_prose(after)).then_some(*at)
        })
        .collect();
    // Where most paragraphs stand so apart, they are verses or answers, not headings.
    if found.len() < LEAST || found.len() * 3 > text.len() {
        return;
    }
    for at in found {
        if let Some(draft) = drafts.get_mut(at) {
            (draft.kind, draft.level) = (BlockKind::Heading, 1);
        }
    }
}

fn is_prose(draft: &Draft) -> bool {
    matches!(draft.kind, BlockKind::Paragraph | BlockKind::ListItem)
        && columns(&draft.text) >= PARAGRAPH
        && ends_sentence(&draft.text)
}

fn is_crosshead(draft: &Draft) -> bool {
    let text = draft.text.trim();
    let words = text.split_whitespace().count();
    let begins = text.starts_with(|char: char| {
        char.is_uppercase() || char.is_alphabetic() && !char.is_ascii() || matches!(char, '“' | '‘' | '《')
    });
    draft.kind == BlockKind::Paragraph
        && columns(text) <= WIDEST
        && begins
        && heading_mark(text).is_none()
        && !ends_clause_or_opens(text)
        && !is_caption(text)
        && !text.contains(['。', '；', '=', '\t'])
        && (if is_chinese(text) { text.chars().count() >= 4 } else { words >= 2 })
}

/// Whether a text ends as a sentence or a lead-in does; a question may be a heading.
fn ends_clause_or_opens(text: &str) -> bool {
    let question = text.ends_with(['？', '?']);
    (ends_clause(text) && !question) || text.ends_with(['，', ',', '、', '—', '-'])
}
