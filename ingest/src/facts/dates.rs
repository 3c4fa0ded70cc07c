//! Dates, and what each is of: signed, published, in force, repealed, translated.

use std::ops::Range;
use std::sync::LazyLock;

use corpus::document::BlockKind;
use corpus::facts::{DateKind, DatedFact, DocumentKind};
use regex::{Captures, Regex};

use super::head::labelled;
use super::{MOST, Text, front, tail};
use crate::numerals;
use crate::pattern::pattern;

/// A report gives the date of what it reports among so many first blocks.
const LEAD: usize = 14;
/// So many bytes on either side of a date say what it is of.
const WINDOW: usize = 600;

/// A date in a text.
pub(super) struct Found {
    pub(super) span: Range<usize>,
    /// ISO 8601, as exact as the text.
    pub(super) iso: String,
}

/// The line above a report: when, and by whom.
pub(super) struct Dateline {
    /// Who published it.
    pub(super) publisher: Option<String>,
    /// A label or a time of day stands with the date.
    pub(super) is_news: bool,
}

const MONTH: &str = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?P<zy>(?:19|20)\d{{2}})\s?年(?:\s?(?P<zm>\d{{1,2}})\s?月(?:\s?(?P<zd>\d{{1,2}})\s?日)?)?",
            r"|(?P<ny>[一二][〇○零O０一二三四五六七八九]{{3}})年(?:(?P<nm>[一二三四五六七八九十]{{1,3}})月(?:(?P<nd>[一二三四五六七八九十]{{1,3}})日)?)?",
            r"|(?-u:\b)(?P<iy>(?:19|20)\d{{2}})[-./](?P<im>\d{{1,2}})[-./](?P<id>\d{{1,2}})(?-u:\b)",
            r"|(?-u:\b)(?P<em>{month})\.? (?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<ey>(?:19|20)\d{{2}})(?-u:\b)",
            r"|(?-u:\b)(?P<fd>\d{{1,2}})(?:st|nd|rd|th)? (?P<fm>{month})\.?,? (?P<fy>(?:19|20)\d{{2}})(?-u:\b)",
            r"|(?-u:\b)(?P<gm>{month})\.?,? (?P<gy>(?:19|20)\d{{2}})(?-u:\b)",
            r"|(?-u:\b)(?:[Bb]y|[Ii]n|[Ss]ince|[Uu]ntil|[Bb]efore|[Ff]rom|[Dd]uring|[Aa]fter|[Tt]hrough|(?:end|beginning|start|half|quarter|year) of|early|late|mid)[ -](?P<by>(?:19|20)\d{{2}})(?-u:\b)"
        ),
        month = MONTH
    ))
});

/// The dates in a text, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    DATE.captures_iter(text).filter_map(|captures| found(&captures)).collect()
}

fn found(captures: &Captures) -> Option<Found> {
    let part = |name: &str| captures.name(name).map(|found| found.as_str());
    let number = |name: &str| part(name).and_then(|text| text.parse::<u32>().ok());
    let numeral = |name: &str| part(name).and_then(numerals::chinese).and_then(|value| u32::try_from(value).ok());
    let month = |name: &str| part(name).and_then(numerals::month);
    let span = captures.get(0)?.range();
    let (year, month, day) = if let Some(year) = number("zy") {
        (year, number("zm"), number("zd"))
    } else if part("ny").is_some() {
        (numeral("ny")?, numeral("nm"), numeral("nd"))
    } else if let Some(year) = number("iy") {
        (year, number("im"), number("id"))
    } else if let Some(year) = number("ey") {
        (year, month("em"), number("ed"))
    } else if let Some(year) = number("fy") {
        (year, month("fm"), number("fd"))
    } else if let Some(year) = number("gy") {
        (year, month("gm"), None)
    } else {
        (number("by")?, None, None)
    };
    Some(Found { span, iso: iso(year, month, day)? })
}

/// ISO 8601, or nothing for a month or day that does not exist.
fn iso(year: u32, month: Option<u32>, day: Option<u32>) -> Option<String> {
    let sound = (1900..2100).contains(&year)
        && month.is_none_or(|m| (1..=12).contains(&m))
        && day.is_none_or(|d| (1..=31).contains(&d));
    match (month, day) {
        _ if !sound => None,
        (Some(month), Some(day)) => Some(format!("{year:04}-{month:02}-{day:02}")),
        (Some(month), None) => Some(format!("{year:04}-{month:02}")),
        _ => Some(format!("{year:04}")),
    }
}

/// `2024`, `2024-06` or `2024-06-05`, of a month and a day that exist.
pub(super) fn is_iso(text: &str) -> bool {
    let mut parts = text.split('-');
    let number = |part: Option<&str>, digits: usize| match part {
        None => Some(None),
        Some(part) if part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()) => Some(part.parse().ok()),
        Some(_) => None,
    };
    let (Some(Some(year)), Some(month), Some(day)) =
        (number(parts.next(), 4), number(parts.next(), 2), number(parts.next(), 2))
    else {
        return false;
    };
    parts.next().is_none() && iso(year, month, day).is_some()
}

/// Whether a text is a date and nothing else.
pub(super) fn is_only_a_date(text: &str) -> bool {
    let text = text.trim();
    find(text).first().is_some_and(|found| found.iso.len() == 10 && found.span == (0..text.len()))
}

/// Reads a line such as "Updated: May 30, 2024 09:39 China Daily".
pub(super) fn dateline(text: &str) -> Option<Dateline> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?i:(?:last )?updated|published|posted|date|release date|publication date|发布时间|发布日期|更新时间|时间|日期)(?: on| at)?\s*[:：]?\s*$",
        )
    });
    static TIME: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[\s,]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"));
    if text.chars().count() > 110 {
        return None;
    }
    let date = find(text).into_iter().find(|found| found.iso.len() == 10)?;
    let before = text.get(..date.span.start)?;
    let mut after = text.get(date.span.end..)?;
    let time = TIME.find(after).map(|found| found.end());
    after = after.get(time.unwrap_or(0)..)?;
    let label = LABEL.is_match(before);
    if !(label || before.trim().is_empty() && time.is_some()) {
        return None;
    }
    let name = after.trim_matches(|char: char| char.is_whitespace() || matches!(char, '|' | '/' | '-' | ','));
    let name = ["Source:", "source:", "来源：", "来源:", "By "]
        .iter()
        .find_map(|label| name.strip_prefix(label))
        .unwrap_or(name)
        .trim();
    let plausible = name.chars().filter(|char| char.is_alphabetic()).count() >= 2 && name.chars().count() <= 40;
    Some(Dateline { publisher: plausible.then(|| name.to_owned()), is_news: true })
}

/// The dates of a document, each kind and date once.
pub(super) fn dates(text: &Text, kind: Option<DocumentKind>) -> Vec<DatedFact> {
    let translated =
        labelled(text, &["translation date", "date of translation", "translated on", "翻译日期", "译文日期"])
            .map(|(at, _)| at);
    let mut all = Vec::new();
    for (at, block) in text.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_running_text()) {
        let alone = is_only_a_date(&block.text) && block.kind != BlockKind::TableRow;
        let line = at < 6 && dateline(&block.text).is_some();
        for found in find(&block.text) {
            let kind = match () {
                () if translated == Some(at) => DateKind::Translated,
                () if line => DateKind::Published,
                () if alone => standing_alone(text, kind),
                () => kind_in_sentence(&block.text, &found, at),
            };
            let page = crate::read::page_at(block, found.span.start);
            all.push(DatedFact { kind, date: found.iso, sentence: String::new(), page });
        }
    }
    all.truncate(MOST);
    unique(&all)
}

/// Each kind and date once, and a date that is of something is not merely mentioned.
fn unique(all: &[DatedFact]) -> Vec<DatedFact> {
    let mut kept: Vec<DatedFact> = Vec::new();
    for fact in all {
        let known = all.iter().any(|other| other.date == fact.date && other.kind != DateKind::Mentioned);
        let again = kept.iter().any(|other| other.date == fact.date && other.kind == fact.kind);
        let told_better = fact.kind == DateKind::Mentioned && known;
        if !(again || told_better) {
            kept.push(fact.clone());
        }
    }
    kept
}

/// The date under a signature is when a document was signed; a report's and a draft's is when it came out.
fn standing_alone(text: &Text, kind: Option<DocumentKind>) -> DateKind {
    let draft = text
        .blocks
        .iter()
        .take(6)
        .any(|block| block.text.contains("征求意见稿") || block.text.to_lowercase().contains("draft for comment"));
    if draft || matches!(kind, Some(DocumentKind::News)) { DateKind::Published } else { DateKind::Issued }
}

fn kind_in_sentence(text: &str, found: &Found, block: usize) -> DateKind {
    let before = window_before(text, found.span.start);
    let after = window_after(text, found.span.end);
    let full = found.iso.len() == 10;
    chinese_kind(after, full)
        .or_else(|| english_kind(before, full))
        .or_else(|| if full && block < LEAD { acted_on(before, after) } else { None })
        .unwrap_or(DateKind::Mentioned)
}

/// The part of the sentence before a place.
fn window_before(text: &str, at: usize) -> &str {
    let before = tail(text.get(..at).unwrap_or_default(), WINDOW);
    let start = before
        .rfind(['。', '；', ';'])
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let start = before.rfind(". ").map_or(start, |at| start.max(at + 2));
    before.get(start..).unwrap_or_default()
}

fn window_after(text: &str, at: usize) -> &str {
    let after = front(text.get(at..).unwrap_or_default(), WINDOW);
    let end = after.find(['。', '；', ';']).unwrap_or(after.len());
    let end = after.find(". ").map_or(end, |at| end.min(at));
    after.get(..end).unwrap_or_default()
}

fn chinese_kind(after: &str, full: bool) -> Option<DateKind> {
    static EFFECTIVE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:起|开始|正式)*(?:施行|实施|生效)"));
    static REPEALED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:起)?(?:废止|失效)"));
    static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:正式)?(?:发布|公布)"));
    static ISSUED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s*(?:印发|签发|成文)"));
    let is = |regex: &Regex| regex.is_match(after);
    match () {
        () if is(&EFFECTIVE) => Some(DateKind::Effective),
        () if is(&REPEALED) => Some(DateKind::Repealed),
        () if full && is(&PUBLISHED) => Some(DateKind::Published),
        () if full && is(&ISSUED) => Some(DateKind::Issued),
        () => None,
    }
}

/// The kind by the last verb before a date: "dated", "uploaded to the website on", "takes effect on".
fn english_kind(before: &str, full: bool) -> Option<DateKind> {
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:(?P<effective>effective|(?:take|takes|took|enter|enters|come|comes)s? (?:into )?(?:effect|force)|(?:be )?implemented|implementation)|(?P<repealed>repealed|abolished|expires?d?)|(?P<issued>dated|issued|signed|adopted|promulgated)|(?P<published>published|released|uploaded|posted|announced))\b",
        )
    });
    let captures = VERB.captures_iter(before).last()?;
    let gap = captures.get(0).and_then(|verb| before.get(verb.end()..)).unwrap_or_default();
    let near = gap.split_whitespace().count() <= 6 && gap.len() <= 48 && !gap.contains([',', ';']);
    let named = |name: &str| captures.name(name).is_some();
    match () {
        () if !near => None,
        () if named("effective") => Some(DateKind::Effective),
        () if named("repealed") => Some(DateKind::Repealed),
        () if full && named("issued") => Some(DateKind::Issued),
        () if full && named("published") => Some(DateKind::Published),
        () => None,
    }
}

/// On a day, somebody issued: the date stands at the sentence's beginning and the verb follows.
fn acted_on(before: &str, after: &str) -> Option<DateKind> {
    static ACT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?P<issued>\bissued\b|\bpromulgated\b|\badopted\b|印发|制定)|(?P<published>\breleased\b|\bpublished\b|\bunveiled\b|\bannounced\b|发布|公布)",
        )
    });
    let opens = before.trim().is_empty() || matches!(before.trim(), "On" | "on" | "At" | "于");
    if !opens {
        return None;
    }
    let captures = ACT.captures(after)?;
    Some(if captures.name("issued").is_some() { DateKind::Issued } else { DateKind::Published })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &[(&str, DateKind)]) {
        let found = find(text);
        let kinds: Vec<(&str, DateKind)> =
            found.iter().map(|found| (found.iso.as_str(), kind_in_sentence(text, found, 0))).collect();
        assert_eq!(kinds, wanted, "{text}");
    }

    #[test]
    fn chinese_dates() {
        check("本办法自2031年5月1日起施行。", &[("2031-05-01", DateKind::Effective)]);
        check("二〇三一年十一月二十日", &[("2031-11-20", DateKind::Mentioned)]);
        check("2031-03-16 发布", &[("2031-03-16", DateKind::Published)]);
        check("到2033年，建成湖泊10个。", &[("2033", DateKind::Mentioned)]);
        check("2031年4月2日，水利部印发通知。", &[("2031-04-02", DateKind::Issued)]);
    }

    #[test]
    fn english_dates() {
        check(
            "The rules are dated June 5, 2031 and were uploaded to the site on 2 July 2031.",
            &[("2031-06-05", DateKind::Issued), ("2031-07-02", DateKind::Published)],
        );
        check("These rules take effect on May 1, 2031.", &[("2031-05-01", DateKind::Effective)]);
        check(
            "By the end of 2033 and in March 2034",
            &[("2033", DateKind::Mentioned), ("2034-03", DateKind::Mentioned)],
        );
        check("2031-13-45", &[]);
    }

    #[test]
    fn lines_above_reports() {
        let line = dateline("Updated: May 30, 2031 09:39 Lake Daily").expect("a dateline");
        assert_eq!(line.publisher.as_deref(), Some("Lake Daily"));
        assert!(dateline("2031-03-16 发布").is_none() && dateline("June 18, 2031").is_none());
    }
}
