//! Standards and technical committees, in every spelling, in one normal form.

use std::sync::LazyLock;

use regex::Regex;

use super::{Text, add_once};
use crate::pattern::pattern;

/// Codes of Chinese trade standards (GB/T 4754 industries), which are two letters before an optional /T or /Z.
const TRADES: &str = "AQ|BB|CB|CH|CJ|CY|DA|DL|DY|DZ|EJ|FZ|GA|GC|GD|GH|GM|GY|HB|HG|HJ|HS|HY|JB|JC|JG|JR|JT|JY|KA|LB|LD|LS|LY|MH|MR|MT|MZ|NB|NY|QB|QC|QJ|QX|RB|SB|SC|SF|SH|SJ|SL|SN|SW|SY|TB|TD|TY|WB|WH|WJ|WM|WS|WW|XB|XF|YB|YC|YD|YJ|YS|YY|YZ|ZY";

static STANDARD: LazyLock<Regex> = LazyLock::new(|| {
    let dash = r"[-—–－‐‑―]{1,2}";
    pattern(&format!(
        concat!(
            r"(?-u:\b)(?:",
            r"(?P<gb>GB|GJB|GBZ|GBJ|JJF|JJG|{trades})(?:\s?[/／]\s?(?P<rec>T|Z))?\s{{0,3}}(?P<num>\d{{1,6}}(?:\s?\.\s?\d{{1,3}}){{0,3}})(?:\s?{dash}\s?(?P<year>(?:19|20)?\d{{2}})(?-u:\b))?",
            r"|DB\s?(?P<db>\d{{2,4}})(?:\s?[/／]\s?(?P<dbrec>T|Z))?\s{{0,3}}(?P<dbnum>\d{{1,6}}(?:\s?\.\s?\d{{1,3}}){{0,2}})(?:\s?{dash}\s?(?P<dbyear>(?:19|20)\d{{2}}))?",
            r"|T\s?[/／]\s?(?P<group>[A-Z]{{2,12}})\s{{0,3}}(?P<groupnum>\d{{1,6}}(?:\s?\.\s?\d{{1,3}}){{0,2}})(?:\s?{dash}\s?(?P<groupyear>(?:19|20)\d{{2}}))?",
            r"|(?P<iso>ISO/IEC/IEEE|ISO/IEC|ISO/SAE|ISO|IEC|IEEE|ITU[-‑–]?T|ETSI)\s{{0,2}}(?P<isotype>TR|TS|PAS|IWA|Guide|EN)?\s{{0,2}}(?P<isonum>[A-Z]\.\d{{1,4}}(?:\.\d{{1,4}})?|\d{{2,6}}(?:{dash}\d{{1,3}})?(?:\.\d{{1,3}})?)(?:\s?[:：{{dashes}}]\s?(?P<isoyear>(?:19|20)\d{{2}}))?",
            r")"
        ),
        trades = TRADES,
        dash = dash
    ).replace("{dashes}", "—–-"))
});

static COMMITTEE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?-u:\b)(?:(?P<body>ISO/IEC|ISO|IEC|SAC|MIIT|CCSA|ITU|[A-Z]{2,6})\s?[/／]?\s?)?",
        r"(?P<kind>JTC|TC|SWG)\s?(?P<num>\d{1,4})(?:\s?[/／]\s?(?P<sub>SC|WG|SWG)\s?(?P<subnum>\d{1,3}))?(?:\s?[/／]\s?WG\s?(?P<wg>\d{1,3}))?(?-u:\b)"
    ))
});

/// The standards named, normalised: `GB/T 1.1-2020`, `ISO/IEC 42001:2023`.
pub(super) fn standards(text: &Text) -> Vec<String> {
    let mut found = Vec::new();
    for block in text.blocks.iter().filter(|block| block.kind.is_running_text()) {
        for captures in STANDARD.captures_iter(&block.text) {
            if let Some(standard) = normal(&captures) {
                add_once(&mut found, standard);
            }
        }
    }
    drop_undated(&found)
}

/// An undated number that also stands with its year is the same standard.
fn drop_undated(found: &[String]) -> Vec<String> {
    let dated = |number: &str| {
        found.iter().any(|other| {
            other.len() > number.len()
                && other.starts_with(number)
                && other.get(number.len()..).is_some_and(|rest| rest.starts_with(['-', ':']))
        })
    };
    found.iter().filter(|number| !dated(number)).cloned().collect()
}

/// The standard's number when a line says nothing else.
pub(super) fn only_a_standard(line: &str) -> Option<String> {
    let captures = STANDARD.captures(line.trim())?;
    let whole = captures.get(0)?;
    (whole.as_str().len() == line.trim().len() && captures.name("year").is_some()).then(|| line.trim().to_owned())
}

/// The byte ranges of standards and committees, which hold numbers that count nothing.
pub(super) fn spans(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let standards = STANDARD.find_iter(text).map(|found| found.range());
    let committees = COMMITTEE.find_iter(text).map(|found| found.range());
    standards.chain(committees)
}

fn normal(captures: &regex::Captures) -> Option<String> {
    let part = |name: &str| captures.name(name).map(|found| found.as_str().replace([' ', '\u{a0}'], ""));
    let code = |prefix: String, kind: Option<String>| kind.map_or(prefix.clone(), |kind| format!("{prefix}/{kind}"));
    if let Some(prefix) = part("gb") {
        let (recommended, year) = (part("rec"), part("year"));
        // Without a year or /T a code of two letters is more often something else.
        if year.is_none() && recommended.is_none() && !matches!(prefix.as_str(), "GB" | "GJB" | "JJF" | "JJG") {
            return None;
        }
        let year = year.filter(|year| year.len() == 4 || recommended.is_some() || prefix == "GB");
        return Some(dated(&code(prefix, recommended), &part("num")?, year.as_deref(), '-'));
    }
    if let Some(place) = part("db") {
        return Some(dated(
            &code(format!("DB{place}"), part("dbrec")),
            &part("dbnum")?,
            part("dbyear").as_deref(),
            '-',
        ));
    }
    if let Some(group) = part("group") {
        return Some(dated(&format!("T/{group}"), &part("groupnum")?, part("groupyear").as_deref(), '-'));
    }
    let body = part("iso")?.replace(['‑', '–'], "-").replace("ITUT", "ITU-T");
    let number = part("isonum")?.replace(['—', '–', '－', '‐', '‑', '―'], "-");
    let lettered = number.starts_with(|char: char| char.is_ascii_alphabetic());
    if lettered != body.starts_with("ITU") {
        return None;
    }
    let body = part("isotype").map_or(body.clone(), |kind| format!("{body} {kind}"));
    Some(dated(&body, &number, part("isoyear").as_deref(), ':'))
}

fn dated(code: &str, number: &str, year: Option<&str>, sign: char) -> String {
    match year {
        Some(year) => format!("{code} {number}{sign}{year}"),
        None => format!("{code} {number}"),
    }
}

/// The technical committees named. A body, where it is given, is parted by a bar and its numbers by spaces
/// (`SAC/TC 28/SC 42`); a committee without one stays as it is written (`TC260`).
pub(super) fn committees(text: &Text) -> Vec<String> {
    let mut found = Vec::new();
    for block in text.blocks.iter().filter(|block| block.kind.is_running_text()) {
        for captures in COMMITTEE.captures_iter(&block.text) {
            if let Some(committee) = committee(&captures) {
                add_once(&mut found, committee);
            }
        }
    }
    found
}

fn committee(captures: &regex::Captures) -> Option<String> {
    let whole = captures.get(0)?.as_str();
    let part = |name: &str| captures.name(name).map(|found| found.as_str());
    let Some(body) = part("body") else { return Some(whole.replace(' ', "").replace('／', "/")) };
    if !matches!(body, "ISO/IEC" | "ISO" | "IEC" | "SAC" | "ITU") {
        return Some(whole.replace('／', "/"));
    }
    let joint = if part("kind")? == "JTC" { " " } else { "/" };
    let mut name = format!("{body}{joint}{} {}", part("kind")?, part("num")?);
    if let (Some(sub), Some(number)) = (part("sub"), part("subnum")) {
        name.push_str(&format!("/{sub} {number}"));
    }
    if let Some(group) = part("wg") {
        name.push_str(&format!("/WG {group}"));
    }
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let found: Vec<String> = STANDARD.captures_iter(text).filter_map(|captures| normal(&captures)).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[track_caller]
    fn check_committee(text: &str, wanted: &[&str]) {
        let found: Vec<String> = COMMITTEE.captures_iter(text).filter_map(|captures| committee(&captures)).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn chinese_standards_in_every_spelling() {
        check("依据GB/T 80001.2—2031和GB 80002-2030的规定", &["GB/T 80001.2-2031", "GB 80002-2030"]);
        check("GB／T80003. 1—2031", &["GB/T 80003.1-2031"]);
        check(
            "YD/T 9001-2031、DB33/T 9002—2031、T/LAKE 003-2031",
            &["YD/T 9001-2031", "DB33/T 9002-2031", "T/LAKE 003-2031"],
        );
        check("GB/Z 80004—2031, GB/T 80005", &["GB/Z 80004-2031", "GB/T 80005"]);
    }

    #[test]
    fn international_standards() {
        check(
            "ISO/IEC 98765:2031 and ISO 9876-1:2030; ITU-T Y.9999",
            &["ISO/IEC 98765:2031", "ISO 9876-1:2030", "ITU-T Y.9999"],
        );
        check("ISO/IEC TR 98766:2031", &["ISO/IEC TR 98766:2031"]);
    }

    #[test]
    fn committees_with_and_without_their_body() {
        check_committee("（SAC/TC 988/SC 7）、TC987和MIIT/TC9", &["SAC/TC 988/SC 7", "TC987", "MIIT/TC9"]);
        check_committee("ISO/IEC JTC 1/SC 99", &["ISO/IEC JTC 1/SC 99"]);
        check_committee("MIIT TC09, TC98/SC7", &["MIIT TC09", "TC98/SC7"]);
    }
}
