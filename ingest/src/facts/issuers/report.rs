//! Agencies that a report's first sentences call the issuers, with the lists that such reports give of them.

use std::ops::Range;
use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use regex::Regex;

use super::super::Text;
use super::super::agencies::Mention;
use crate::pattern::pattern;

/// A report names the issuers among so many first blocks.
const LEAD: usize = 10;

/// The issuers by the first sentences; with those that a list adds where not all are named at once. Where some are
/// known by the title, only a plain statement counts.
pub(super) fn in_report(text: &Text, mentions: &[Mention], known: bool) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut first = true;
    for (at, block) in text.blocks.iter().enumerate().take(LEAD).filter(|(_, block)| block.kind.is_running_text()) {
        let long = block.kind == BlockKind::Paragraph && block.text.chars().count() > 40;
        // What has an abstract is a paper, no report.
        first &=
            !["摘要", "关键词", "Abstract", "ABSTRACT", "Keywords"].iter().any(|word| block.text.starts_with(word));
        found.extend(in_lead(block, at, mentions, first && long));
        first &= !long;
    }
    if known || !found.is_empty() || others_are_listed(text) {
        found.extend(listed(text, mentions));
    }
    found
}

fn in_lead(block: &Block, at: usize, mentions: &[Mention], first: bool) -> Vec<Mention> {
    let here: Vec<&Mention> = mentions.iter().filter(|mention| mention.block == at).collect();
    let mut found = Vec::new();
    for group in groups(&block.text, &here) {
        let (Some(from), Some(to)) = (here.get(group.start), group.end.checked_sub(1).and_then(|at| here.get(at)))
        else {
            continue;
        };
        let before = block.text.get(..from.span.start).unwrap_or_default();
        let after = block.text.get(to.span.end..).unwrap_or_default();
        let fresh = first || is_fresh(before, after);
        if fresh && (is_named_by(before) || acts(after) && !is_past(before)) {
            found.extend(here.get(group).unwrap_or_default().iter().copied().cloned());
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

/// The plan, issued by the
fn is_named_by(before: &str) -> bool {
    static BY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:plan|guidelines?|opinions?|document|measures|notice|polic(?:y|ies)|initiative|framework|circular|rules?|standards?|blueprint|strategy|statement|regulations?|outline|roadmap|provisions|announcement|catalogue|list|draft|program(?:me)?|decision|scheme|system|efforts?)\b[^.;]{0,80}?\b(?:released|issued|published|unveiled|introduced|promulgated|announced|formulated|launched)\b(?: (?:on|in|this|last|earlier) [^.,;]{1,24})?\s+(?:\w+ly\s+)?by\s+(?:\w+ (?:departments|ministries|agencies|authorities)(?: including|, including|, led by|:)? )?(?:the\s+|China.s\s+)*$",
        )
    });
    static CHINESE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:近日|日前|今日|\d日)[，,]?(?:由|经)$"));
    BY.is_match(super::super::tail(before, 400)) || CHINESE.is_match(super::super::tail(before, 60))
}

/// … and 7 other departments have jointly issued, 等部门联合印发
fn acts(after: &str) -> bool {
    static ACTS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:\s*\([^()]*\))?,?(?:\s+(?:and|together with|along with|in conjunction with|jointly with)\s+[\w\s-]{1,60}?(?:departments|ministries|agencies|authorities|bodies|commissions))?,?\s*(?:(?:has|have|had|on [A-Z]\w+(?:,? [A-Z]\w+)?(?: \d{1,2})?(?:, \d{4},?)?|recently|jointly|officially|formally|also|today|yesterday|this week|last week)\s+)*(?:issued|released|published|unveiled|introduced|promulgated|announced|launched|rolled out)\b|^[)）]?等?[^，。；]{0,12}?(?:近日|日前|今日|联合|共同|正式|\d{1,2}月\d{1,2}日)*(?:印发|发布|出台|公布|发文)(?:了|《|关于|“|通知)",
        )
    });
    ACTS.is_match(after)
}

/// Whether a sentence tells news: recently, jointly, on Wednesday, 近日.
fn is_fresh(before: &str, after: &str) -> bool {
    static FRESH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:recently|today|yesterday|jointly|has|have|newly|(?:on|released|issued|published) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d|\d{1,2} [A-Z][a-z]+)|to the public)\b|近日|日前|今日|昨日|联合|记者|获悉|\d{1,2}月\d{1,2}日|\d日",
        )
    });
    static THIS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:the|this|these|a|an|according to (?:the|a|an|this))(?: [\w“”\x22+&-]+){0,12},? (?:\w+ly )?(?:released|issued|published|unveiled|introduced)\b",
        )
    });
    let start = before.rfind(['.', '。', '；', '!', '？']).map_or(0, |at| before.ceil_char_boundary(at + 1));
    let sentence = before.get(start..).unwrap_or_default().trim_start();
    let rest = after.split(['.', '。', '；']).next().unwrap_or_default();
    let near = super::super::front(rest, 160);
    FRESH.is_match(super::super::tail(sentence, 160)) || FRESH.is_match(near) || THIS.is_match(sentence)
}

/// 2021年，…印发: what was before the news.
fn is_past(before: &str) -> bool {
    static PAST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:\d{4}年(?:以来)?[，,]|此前[，,]?|早在.{0,12}|为此[，,]|(?i:\b(?:in|since|earlier in|back in) \d{4}),? (?:the )?)$",
        )
    });
    PAST.is_match(super::super::tail(before, 60))
}

/// Whether the report speaks of departments and does not name them at once.
fn others_are_listed(text: &Text) -> bool {
    static MANY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|multiple) (?:other )?(?:central |government(?:al)? |state |chinese )*(?:departments|ministries|agencies|authorities)\b[^.]{0,40}(?:issued|released|published|unveiled)|部门(?:近日|日前|联合|共同|印发|发布)",
        )
    });
    text.blocks.iter().take(LEAD).any(|block| MANY.is_match(&block.text))
}

/// The agencies of a sentence or list that says which departments they are.
fn listed(text: &Text, mentions: &[Mention]) -> Vec<Mention> {
    static LIST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:\b(?:they|these|the (?:\w+ )?(?:other )?(?:issuing |participating |co-issuing )?(?:departments|ministries|agencies|authorities|bodies|issuers)(?: involved| concerned)?) (?:are|were|include|comprise)|(?:departments|ministries|agencies|authorities|bodies)(?: involved| concerned)?(?: are| include|, namely|, including|:| — )|部门(?:分别)?(?:是|为|包括|：|，即|，包括)|(?:联合)?(?:发文|印发|发布)(?:单位|部门|机关)(?:还?包括|有|为|是|：))[\s:：—-]*(?:the )?$",
        )
    });
    for (at, block) in text.blocks.iter().enumerate().take(LEAD) {
        let here: Vec<&Mention> = mentions.iter().filter(|mention| mention.block == at).collect();
        for group in groups(&block.text, &here) {
            let Some(first) = here.get(group.start) else { continue };
            let before = block.text.get(..first.span.start).unwrap_or_default();
            if LIST.is_match(super::super::tail(before, 120)) {
                return here.get(group).unwrap_or_default().iter().copied().cloned().collect();
            }
        }
        if LIST.is_match(super::super::tail(block.text.trim_end(), 120)) {
            return items_after(text, mentions, at);
        }
    }
    Vec::new()
}

/// The agencies of the items of a list that follow a block.
fn items_after(text: &Text, mentions: &[Mention], at: usize) -> Vec<Mention> {
    let mut end = at + 1;
    while text.blocks.get(end).is_some_and(|block| {
        !block.kind.is_running_text()
            || (block.text.chars().count() < 160 && mentions.iter().any(|mention| mention.block == end))
    }) {
        end += 1;
    }
    mentions.iter().filter(|mention| (at + 1..end).contains(&mention.block)).cloned().collect()
}
