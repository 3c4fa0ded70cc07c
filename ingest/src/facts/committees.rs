//! Technical committees, in figures and in words.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Text, add_once};
use crate::pattern::pattern;

/// A committee in a text.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) span: Range<usize>,
    /// A body that is known is parted by a bar and its numbers by spaces (`SAC/TC 28/SC 42`); a committee without one
    /// stays as it is written (`TC260`).
    pub(super) name: String,
}

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?-u:\b)(?:(?P<body>CEN[-–/ ]{1,3}(?:CENELEC|CLC)|ISO/IEC|ISO|IEC|SAC|MIIT|CCSA|ETSI|CEN|ITU)\s?[/／]?\s?|(?P<other>[A-Z]{2,8})\s?[/／]\s?)?",
        r"(?P<kind>JTC|TC|SWG)[\s-]?(?P<num>\d{1,4})(?:(?:\s?[/／,，]\s?|\s)(?P<sub>SC|SWG)\s?(?P<subnum>\d{1,3}))?(?:(?:\s?[/／,，]\s?|\s)WG\s?(?P<wg>\d{1,3}))?(?-u:\b)"
    ))
});

/// ITU calls its committees study groups.
static STUDY_GROUP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?-u:\b)ITU[-‑–]?(?P<sector>[TR])[\s/]{0,2}(?:SG|Study Group)\s?(?P<num>\d{1,2})(?-u:\b)")
});

/// National Technical Committee 28 on …
static IN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<body>National|ISO|IEC|ISO/IEC(?: Joint)?|SAC|Joint)(?: [A-Z][a-z]+){0,4} Technical Committee (?:No\. ?)?(?P<num>\d{1,4})(?-u:\b)",
    )
});

/// The committees named, normalised, each once: one that stands with its body is not listed without it as well.
pub(super) fn committees(text: &Text) -> Vec<String> {
    let mut names = Vec::new();
    for block in text.blocks.iter().filter(|block| block.kind.is_running_text()) {
        for found in find(&block.text) {
            add_once(&mut names, found.name);
        }
    }
    let national: Vec<String> = names.iter().filter_map(|name| Some(bare(name.strip_prefix("SAC/")?))).collect();
    names.retain(|name| !(name.starts_with("TC") && national.contains(&bare(name))));
    names
}

fn bare(name: &str) -> String {
    name.chars().filter(|char| !char.is_whitespace()).collect()
}

/// The committees in a text, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    if !(text.contains("TC") || text.contains("SWG") || text.contains("Committee") || text.contains("ITU")) {
        return Vec::new();
    }
    let mut all: Vec<Found> = Vec::new();
    let mut add = |regex: &Regex, name: fn(&Captures) -> Option<String>| {
        all.extend(
            regex
                .captures_iter(text)
                .filter_map(|captures| Some(Found { name: name(&captures)?, span: captures.get(0)?.range() })),
        );
    };
    add(&NUMBERED, numbered);
    add(&STUDY_GROUP, |captures| Some(format!("ITU-{} SG{}", part(captures, "sector")?, part(captures, "num")?)));
    add(&IN_WORDS, in_words);
    all.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
    all.dedup_by(|next, before| next.span.start < before.span.end);
    for found in &mut all {
        with_subcommittee(found, text);
    }
    all
}

fn part<'a>(captures: &Captures<'a>, name: &str) -> Option<&'a str> {
    captures.name(name).map(|found| found.as_str())
}

fn numbered(captures: &Captures) -> Option<String> {
    let whole = captures.get(0)?.as_str();
    let Some(body) = part(captures, "body") else {
        let printed = whole.replace('／', "/");
        let own = part(captures, "other").is_none();
        return Some(if own { printed.replace([' ', '-', '\u{a0}'], "") } else { printed });
    };
    if matches!(body, "MIIT" | "CCSA" | "ETSI") {
        return Some(whole.replace('／', "/"));
    }
    let body = if body.starts_with("CEN") && body.len() > 3 { "CEN/CLC" } else { body };
    let joint = if part(captures, "kind")? == "JTC" { " " } else { "/" };
    let joint = if body == "CEN/CLC" { "/" } else { joint };
    let mut name = format!("{body}{joint}{} {}", part(captures, "kind")?, part(captures, "num")?);
    if let (Some(sub), Some(number)) = (part(captures, "sub"), part(captures, "subnum")) {
        name.push_str(&format!("/{sub} {number}"));
    }
    if let Some(group) = part(captures, "wg") {
        name.push_str(&format!("/WG {group}"));
    }
    Some(name)
}

fn in_words(captures: &Captures) -> Option<String> {
    let number = part(captures, "num")?;
    Some(match part(captures, "body")? {
        "National" | "SAC" => format!("SAC/TC {number}"),
        body @ ("ISO" | "IEC") => format!("{body}/TC {number}"),
        _ => format!("ISO/IEC JTC {number}"),
    })
}

/// ISO/TC 37, Terminology and other resources, Subcommittee SC 2, …
fn with_subcommittee(found: &mut Found, text: &str) {
    static SUB: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^,[^.;()]{0,120}?,? Sub-?committee (?:SC )?(?P<num>\d{1,3})(?-u:\b)|^[^。；，,（()]{0,40}第(?P<zh>\d{1,3})分(?:技术)?委员会",
        )
    });
    let after = text.get(found.span.end..).unwrap_or_default();
    let Some(captures) = SUB.captures(after).filter(|_| !found.name.contains("SC")) else { return };
    if let Some(number) = part(&captures, "num").or_else(|| part(&captures, "zh")) {
        found.name.push_str(&format!("/SC {number}"));
        found.span.end += captures.get(0).map_or(0, |all| all.end());
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let found: Vec<String> = find(text).into_iter().map(|found| found.name).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn with_and_without_their_body() {
        check("（SAC/TC 988/SC 7）、TC987和MIIT/TC9", &["SAC/TC 988/SC 7", "TC987", "MIIT/TC9"]);
        check("ISO/IEC JTC 1/SC 99", &["ISO/IEC JTC 1/SC 99"]);
        check("MIIT TC09, TC98/SC7", &["MIIT TC09", "TC98/SC7"]);
        check("SAC／TC988／SC7、SAC TC 987", &["SAC/TC 988/SC 7", "SAC/TC 987"]);
        check("ISO/IEC JTC1, SC 99 and ISO/TC 984/SC 4/WG 3", &["ISO/IEC JTC 1/SC 99", "ISO/TC 984/SC 4/WG 3"]);
        check("CEN-CENELEC JTC 91, ITU-T SG 93", &["CEN/CLC/JTC 91", "ITU-T SG93"]);
    }

    #[test]
    fn in_words() {
        check("National Technical Committee 988 on Lakes", &["SAC/TC 988"]);
        check("全国湖泊标准化技术委员会（TC988）", &["TC988"]);
        check(
            "prepared by Technical Committee ISO/TC 937, Lakes and other waters, Subcommittee SC 2, Shores.",
            &["ISO/TC 937/SC 2"],
        );
    }

    #[test]
    fn other_letters_are_no_committee() {
        check("ETC 3 of WTC9 and the TCP 80", &[]);
    }
}
