//! The years of a sentence, and what each is: one by which something is promised, a mere year, history.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::numerals;
use crate::pattern::pattern;

/// What a year is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeadKind {
    /// 到2033年, "by 2033".
    By,
    /// 2033年, "in 2033".
    Bare,
    /// 截至2033年, "as of 2033".
    Past,
}

/// A year of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lead {
    /// Byte offset in the sentence.
    pub(super) at: usize,
    pub(super) year: i32,
    pub(super) kind: LeadKind,
}

/// The years of a sentence in order. Years of comparison (较2030年) and of editions are left out.
pub(super) fn leads(text: &str, chinese: bool) -> Vec<Lead> {
    static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?P<past>截至|截止|截止到|自|从)?(?P<than>较|比|与|以|同|相对)?(?P<to>[到至]|力争|力争到|计划到|确保到|预计到)?\s?",
            r"(?:(?:20[0-9]{2})\s?年?\s?[-—–－~～至到]{1,2}\s?)?(?P<year>20[0-9]{2})\s?年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?",
            r"(?P<end>年?底|末|前|之前)?(?P<edition>版|度|第|的|水平|相比|以来|基数)?(?P<since>起)?",
            r"|(?P<close>到)?[“「]?(?P<plan>十[一二三四五六七八九]?)五[”」]?(?:规划)?(?P<term>期间|时期|期末|末)"
        ))
    });
    static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?P<pre>as of|since|from|starting(?: in| from)?|beginning(?: in)?|by|before|until|till|through|to|no later than|in|of|during|over|between|compared (?:with|to)|than in|than|for)\s+",
            r"(?:the )?(?:(?:end|middle|close|turn|start|beginning)(?: of)? |fiscal year |FY ?|year-end |year |mid-|late |early |around |about )?",
            r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+)?(?:[0-9]{1,2}(?:st|nd|rd|th)?,? )?",
            r"(?:(?P<from>20[0-9]{2})(?:\s?[-–—]\s?|\s(?:to|and|through)\s))?(?P<year>20[0-9]{2})\b(?P<level>[- ]levels?)?",
            r"|\b(?:by|during|in|over|before)\s+(?:the )?(?:end of )?(?:the )?(?P<plan>[0-9]{1,2}(?:th|st|nd|rd)|[A-Z][a-z]{4,10}th)\s(?:national )?five-year plan"
        ))
    });
    if chinese {
        return CHINESE.captures_iter(text).filter_map(|captures| chinese_lead(&captures)).collect();
    }
    ENGLISH.captures_iter(text).filter_map(|captures| english_lead(&captures)).collect()
}

fn chinese_lead(captures: &Captures) -> Option<Lead> {
    let has = |name: &str| captures.name(name).is_some();
    let at = captures.get(0)?.start();
    if let Some(plan) = captures.name("plan") {
        return Some(Lead { at, year: plan_end(numerals::chinese(plan.as_str())?)?, kind: LeadKind::By });
    }
    if has("edition") || has("than") {
        return None;
    }
    let past = captures.name("past").map_or("", |past| past.as_str());
    let kind = if past.starts_with('截') {
        LeadKind::Past
    } else if has("to") || has("end") {
        LeadKind::By
    } else {
        LeadKind::Bare
    };
    Some(Lead { at, year: captures.name("year")?.as_str().parse().ok()?, kind })
}

fn english_lead(captures: &Captures) -> Option<Lead> {
    let at = captures.get(0)?.start();
    if let Some(plan) = captures.name("plan") {
        return Some(Lead { at, year: plan_end(numerals::ordinal(plan.as_str())?)?, kind: LeadKind::By });
    }
    let pre = captures.name("pre")?.as_str().to_ascii_lowercase();
    let range = captures.name("from").is_some();
    let kind = match pre.as_str() {
        _ if captures.name("level").is_some() => return None,
        "as of" | "since" => LeadKind::Past,
        "by" | "before" | "until" | "till" | "through" | "no later than" => LeadKind::By,
        "from" | "between" | "over" | "during" | "in" | "of" | "for" if range => LeadKind::By,
        "in" | "of" | "during" | "for" | "starting" | "starting in" | "starting from" | "beginning"
        | "beginning in" => LeadKind::Bare,
        "from" if captures.get(0)?.as_str().len() > 10 => LeadKind::Bare,
        _ => return None,
    };
    Some(Lead { at, year: captures.name("year")?.as_str().parse().ok()?, kind })
}

/// The last year of the nth Five-Year Plan: of the 14th, 2025.
fn plan_end(number: i64) -> Option<i32> {
    i32::try_from(number).ok().filter(|number| (6..=30).contains(number)).map(|number| 1955 + 5 * number)
}
