//! Agencies that the title names as its authors: X关于…, Notice of the X on …, X Releases …, X's Framework.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use regex::Regex;

use super::super::Text;
use super::super::agencies::Mention;
use super::super::head::Head;
use crate::pattern::pattern;

pub(super) fn in_title(text: &Text, head: &Head, mentions: &[Mention]) -> Vec<Mention> {
    let title = head.title_block.filter(|at| text.blocks.get(*at).is_some());
    // A cover may print the title in parts, of which the first names the author.
    let front = text.blocks.iter().enumerate().take(4);
    let headings = front.filter(|(_, block)| block.kind == BlockKind::Heading).map(|(at, _)| at);
    let mut places: Vec<usize> = title.into_iter().chain(headings).collect();
    places.dedup();
    for at in places {
        let here: Vec<&Mention> = mentions.iter().filter(|mention| mention.block == at).collect();
        let Some(block) = text.blocks.get(at).filter(|_| !here.is_empty()) else { continue };
        let end = end_of_authors(block, &here);
        let found: Vec<Mention> = here.into_iter().filter(|mention| mention.span.end <= end).cloned().collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The byte of a title before which agencies are its authors; 0 where they are not.
fn end_of_authors(block: &Block, mentions: &[&Mention]) -> usize {
    static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[A-Z][\w-]+ ){0,5}(?:Notice|Opinions?|Announcement|Circular|Measures|Guidelines|Guiding Opinions|Order|Decree|Decision|Plan|Reply|Letter|Communique|Communiqué|Notification)s? (?:\(?No\. ?\d+(?: of \d{4})?\)? )?(?:\[\d{4}\] )?(?:of|by|from|issued by) ",
        )
    });
    static ACTS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[^.]{0,60}?\b(?:(?i:jointly) )?(?i:releases?|issues?|unveils?|publish(?:es)?|announces?|launches)\b|^[^。]{0,60}?(?:联合)?(?:印发|发布|出台|公布|发文)",
        )
    });
    let said = &block.text;
    let outside = |at: &usize| !mentions.iter().any(|mention| mention.span.contains(at));
    let first_of = |words: &[&str]| {
        let found = words.iter().flat_map(|word| said.match_indices(word).map(|(at, _)| at));
        found.filter(|at| outside(at)).min()
    };
    if let Some(end) = first_of(&["关于", "關於"]) {
        return first_of(&["转发", "轉發", "批转", "对"]).map_or(end, |at| end.min(at));
    }
    if ENGLISH.is_match(said) {
        let words =
            [" on ", " On ", " concerning ", " Concerning ", " regarding ", " Regarding ", " about ", " for ", " to "];
        return first_of(&words).unwrap_or(said.len());
    }
    let first_end = mentions.first().filter(|first| first.span.start <= 4).map_or(0, |first| first.span.end);
    if is_own_document(said.get(first_end..).unwrap_or_default()) && first_end > 0 {
        return first_end;
    }
    ACTS.find(said).map_or(0, |found| found.end())
}

/// … Notice on, ’s Framework for, AI Risk Management Framework: what is behind the name is a document, and no verb.
fn is_own_document(behind: &str) -> bool {
    static OWN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[’']s)?(?: (?:[A-Z][\w’'&-]*|of|for|and|on|the|in|to|with|AI))*? (?:Code|Notice|Opinions?|Guidelines?|Measures|Framework|Strategy|Plan|Recommendations?|Principles|Statement|Standards?|Regulations?|Order|Announcement|White Paper|Report|Policy|Roadmap|Directive|Memorandum|Practices|Special Publication|Guidance|Update)\b",
        )
    });
    // A verb in its third person is a headline's.
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^ (?i:releases?|issues?|unveils?|publish(?:es)?|announces?|launches|updates|plans|orders|reports|to)\b",
        )
    });
    OWN.is_match(behind) && !VERB.is_match(behind)
}
