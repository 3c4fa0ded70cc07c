//! Tables of contents: what stands in them are entries, however much they look like headings.

use std::collections::HashMap;

use corpus::document::BlockKind;

use super::classify::is_short;
use super::draft::Draft;
use super::letters::ends_sentence;
use super::numbering::{is_contents_entry, is_contents_title};

/// A table of contents has at the most so many entries.
const MOST: usize = 600;

/// Makes list items of the entries of a table of contents, which are known by their leaders or pages, or since the same
/// words stand again in the text.
pub(super) fn set_contents_apart(drafts: &mut [Draft]) {
    let counts = counts(drafts);
    let Some(title) = drafts.iter().position(|draft| is_contents_title(&draft.text) && is_text(draft)) else { return };
    let run = entries(drafts, title + 1);
    let is_entry = |draft: &Draft| {
        is_contents_entry(&draft.text) || counts.get(&words(&draft.text)).is_some_and(|count| *count > 1)
    };
    let last = run.iter().rposition(|at| drafts.get(*at).is_some_and(is_entry));
    for at in last.and_then(|last| run.get(..=last)).unwrap_or_default() {
        if let Some(draft) = drafts.get_mut(*at).filter(|draft| draft.kind != BlockKind::TableRow) {
            (draft.kind, draft.level) = (BlockKind::ListItem, 0);
        }
    }
}

/// The blocks from `first` on that may be entries, up to where the first of them stands again.
fn entries(drafts: &[Draft], first: usize) -> Vec<usize> {
    let mut run: Vec<usize> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for (at, draft) in drafts.iter().enumerate().skip(first).take(MOST).filter(|(_, draft)| is_text(draft)) {
        let own = words(&draft.text);
        let entry = is_contents_entry(&draft.text);
        let prose = !entry && !is_short(&draft.text) && ends_sentence(&draft.text);
        if prose || !entry && !own.is_empty() && seen.contains(&own) {
            break;
        }
        run.push(at);
        seen.push(own);
    }
    run
}

fn is_text(draft: &Draft) -> bool {
    draft.kind.is_running_text() && draft.kind != BlockKind::Footnote
}

/// How often the same words stand in the document.
fn counts(drafts: &[Draft]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for draft in drafts.iter().filter(|draft| is_text(draft) && is_short(&draft.text)) {
        let own = words(&draft.text);
        if !own.is_empty() {
            *counts.entry(own).or_default() += 1;
        }
    }
    counts
}

/// The letters of an entry or heading, by which the two are compared: neither number nor page is among them.
fn words(text: &str) -> String {
    text.chars().filter(|char| char.is_alphabetic()).flat_map(char::to_lowercase).collect()
}
