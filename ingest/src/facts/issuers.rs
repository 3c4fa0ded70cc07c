//! Which of the agencies that a document names have issued it.

use std::ops::Range;
use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use corpus::facts::Agency;
use regex::Regex;

use super::Text;
use super::agencies::Mention;
use super::dates;
use super::head::Head;
use crate::pattern::pattern;

/// Lines with nothing but issuers stand among so many first blocks.
const FRONT: usize = 16;
/// A report names the issuers among so many first blocks.
const LEAD: usize = 10;

/// The issuers, and all agencies with them, each once, in the order of the text.
pub(super) fn issuers(text: &Text, head: &Head, mentions: &[Mention]) -> (Vec<Agency>, Vec<Agency>) {
    let mut issued: Vec<&Mention> =
        mentions.iter().filter(|mention| names_issuers(text, head, mention.block, mentions)).collect();
    issued.extend(in_title(text, head, mentions));
    if issued.is_empty() || !signed(text, mentions) {
        issued.extend(in_report(text, mentions));
    }
    issued.sort_by_key(|mention| (mention.block, mention.span.start));
    let issuers = unique(issued.iter().map(|mention| &mention.agency));
    let all =
        mentions.iter().filter(|mention| !mention.leader || issuers.iter().any(|issuer| same(issuer, &mention.agency)));
    let agencies = unique(all.map(|mention| &mention.agency));
    (issuers, agencies)
}

fn unique<'a>(agencies: impl Iterator<Item = &'a Agency>) -> Vec<Agency> {
    let mut found: Vec<Agency> = Vec::new();
    for agency in agencies {
        if !found.iter().any(|known| same(known, agency)) {
            found.push(agency.clone());
        }
    }
    found
}

fn same(a: &Agency, b: &Agency) -> bool {
    if a.id.is_empty() && b.id.is_empty() { a.name_zh == b.name_zh && a.name_en == b.name_en } else { a.id == b.id }
}

/// Whether a block is a line of issuers: labelled so, or nothing but agencies in front of the text or above its date.
fn names_issuers(text: &Text, head: &Head, at: usize, mentions: &[Mention]) -> bool {
    if head.issuer_block == Some(at) {
        return true;
    }
    let Some(block) = text.blocks.get(at) else { return false };
    let place = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem);
    place && (at < FRONT || is_above_date(text.blocks, at)) && is_covered(block, at, mentions)
}

/// Whether the document has a line of issuers at its end.
fn signed(text: &Text, mentions: &[Mention]) -> bool {
    (0..text.blocks.len()).any(|at| {
        is_above_date(text.blocks, at) && text.blocks.get(at).is_some_and(|block| is_covered(block, at, mentions))
    })
}

/// Whether a date that stands alone follows within a few blocks.
fn is_above_date(blocks: &[Block], at: usize) -> bool {
    let next = blocks.get(at + 1..).unwrap_or_default();
    next.iter().filter(|block| block.kind.is_running_text()).take(8).any(|block| dates::is_only_a_date(&block.text))
}

/// Whether agencies are nearly all that a block says.
fn is_covered(block: &Block, at: usize, mentions: &[Mention]) -> bool {
    static SMALL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:and|the|of|issued|released|published|jointly|by|people|s|republic|china)\b|联合|发布|印发|中华人民共和国|令|等|和|与|\d+",
        )
    });
    let mut rest = block.text.clone();
    let mut any = false;
    for mention in mentions.iter().rev().filter(|mention| mention.block == at) {
        if rest.is_char_boundary(mention.span.start) && rest.is_char_boundary(mention.span.end) {
            rest.replace_range(mention.span.clone(), " ");
            any = true;
        }
    }
    let left = SMALL.replace_all(&rest, "");
    any && left.chars().filter(|char| char.is_alphabetic()).count() * 8 <= block.text.chars().count()
}

/// Agencies that the title names as its authors: X关于…, Notice of the X on …, X Releases ….
fn in_title<'a>(text: &Text, head: &Head, mentions: &'a [Mention]) -> Vec<&'a Mention> {
    static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[A-Z]\w+ ){0,4}(?:Notice|Opinions?|Announcement|Circular|Measures|Guidelines|Order|Decision|Plan)s? (?:No\. \d+ )?(?:of|by|from) ",
        )
    });
    static ACTS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[^.]{0,60}?\b(?:(?i:jointly) )?(?i:releases?|issues?|unveils?|publish(?:es)?|announces?|launches)\b|^[^。]{0,40}?(?:联合)?(?:印发|发布|出台|公布)",
        )
    });
    let Some((at, block)) = head.title_block.and_then(|at| Some((at, text.blocks.get(at)?))) else { return Vec::new() };
    let end = if let Some(end) = block.text.find("关于") {
        end
    } else if ENGLISH.is_match(&block.text) {
        block.text.find(" on ").unwrap_or(0)
    } else {
        ACTS.find(&block.text).map_or(0, |found| found.end())
    };
    mentions.iter().filter(|mention| mention.block == at && mention.span.end <= end).collect()
}

/// Agencies that a report's first sentences call the issuers.
fn in_report<'a>(text: &Text, mentions: &'a [Mention]) -> Vec<&'a Mention> {
    let mut found = Vec::new();
    for (at, block) in text.blocks.iter().enumerate().take(LEAD) {
        let here: Vec<&Mention> = mentions.iter().filter(|mention| mention.block == at).collect();
        for group in groups(&block.text, &here) {
            let (Some(first), Some(last)) =
                (here.get(group.start), group.end.checked_sub(1).and_then(|at| here.get(at)))
            else {
                continue;
            };
            let before = block.text.get(..first.span.start).unwrap_or_default();
            let after = block.text.get(last.span.end..).unwrap_or_default();
            if is_named_by(before) || acts(after) {
                found.extend(here.get(group).unwrap_or_default().iter().copied());
            }
        }
    }
    found
}

/// Runs of mentions with nothing between them but "and", commas, brackets and short words.
fn groups(text: &str, mentions: &[&Mention]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| mentions.get(before));
        let gap = before.and_then(|before| text.get(before.span.end..mention.span.start)).unwrap_or("…");
        match found.last_mut() {
            Some(group) if is_list_gap(gap) => group.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

fn is_list_gap(gap: &str) -> bool {
    static GAP: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[\s,;，、()（）“”\[\]]|\b(?:and|the|as|well|with|together|along|jointly|[A-Z]{2,7})\b|和|与|及|会同|联合)*$",
        )
    });
    GAP.is_match(gap)
}

/// … issued by the
fn is_named_by(before: &str) -> bool {
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:released|issued|published|unveiled|introduced|promulgated|announced|formulated|launched)\s+(?:\w+ly\s+)?by\s+(?:the\s+|China.s\s+)*$",
        )
    });
    BY.is_match(before)
}

/// … and 7 other departments have jointly issued, 等部门联合印发
fn acts(after: &str) -> bool {
    static ACTS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:\s*\([^()]*\))?,?(?:\s+(?:and|together with|along with)\s+[\w\s-]{1,60}?(?:departments|ministries|agencies|authorities|bodies))?,?\s*(?:(?:has|have|had|on [A-Z]\w+(?: \d{1,2})?|recently|jointly|officially|formally|also|today)\s+)*(?:issued|released|published|unveiled|introduced|promulgated|announced|launched)\b|^[)）]?等?[^，。；]{0,12}?(?:近日|日前|今日|联合|共同|正式|\d{1,2}月\d{1,2}日)*(?:印发|发布|出台|公布)(?:了|《|关于|“)",
        )
    });
    ACTS.is_match(after)
}
