//! Standards of ISO, IEC, IEEE and ITU, and what nations and Europe adopt of them.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::chinese::is_year;
use super::{DASH, Found, Number, hyphened, numbers, part, pattern_of, tight};

static ISO: LazyLock<Regex> = LazyLock::new(|| {
    pattern_of(&[
        r"(?-u:\b)(?P<adopted>(?:(?:BS|DIN|NF|UNE|NEN|SS|AS|JIS|GOST R|(?:oe|pr)?EN)\s){0,2})",
        r"(?P<body>ISO/IEC/IEEE|ISO/IEC|ISO/SAE|ISO/ASTM|ISO/CIE|ISO/OIML|IEC/IEEE|ISO|IEC|I\s?S\s?O\s?/\s?I\s?E\s?C|I\s?S\s?O)",
        r"(?:[\s/-]{0,2}(?P<type>TR|TS|PAS|IWA|Guide|GUIDE|指南|DIS|FDIS|CD|WD|DTS|DTR|AWI|NP))?\s{0,2}",
        r"(?P<digits>\d{1,6}(?:",
        DASH,
        r"\d{1,4}(?-u:\b)){0,3})(?:\s?(?:[:：]|",
        DASH,
        r")\s?(?P<year>(?:19|20)\d{2})(?-u:\b))?(?:\s?[/+]\s?(?P<change>(?i:amd|cor|dam))\.?\s?(?P<serial>\d{1,2})(?:\s?[:：]\s?(?P<changed>(?:19|20)\d{2})(?-u:\b))?)?",
    ])
});

static IEEE: LazyLock<Regex> = LazyLock::new(|| {
    pattern_of(&[
        r"(?-u:\b)IEEE\s{0,2}(?:(?i:Std|Standard)s?\.?\s{0,2})?(?P<digits>P?(?:C\d{1,2}\.)?\d{2,5}(?:\.\d{1,3}){0,3}[a-z]{0,3})[™®]?(?:\s?(?:",
        DASH,
        r"|[:：])\s?(?P<year>(?:19|20)\d{2})(?-u:\b))?",
    ])
});

static ITU: LazyLock<Regex> = LazyLock::new(|| {
    pattern_of(&[
        r"(?-u:\b)ITU[-‑–—/ ]?(?P<sector>[TR])(?:\s(?i:Recommendations?|Rec\.?)|\s?建议书?)?\s{0,2}(?P<digits>[A-Z]{1,2}\.\d{1,5}(?:\.\d{1,5}){0,3}(?:-\d{1,2}(?-u:\b))?)",
    ])
});

/// Adds the international standards that a text names.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let mut add = |regex, read| found.extend(numbers(regex, text, read));
    add(&ISO, iso);
    add(&IEEE, ieee);
    add(&ITU, itu);
}

fn iso(captures: &Captures) -> Option<Number> {
    let adopted = part(captures, "adopted").unwrap_or_default();
    let (digits, year) = year_of(&hyphened(part(captures, "digits")?), part(captures, "year"));
    let body = tight(part(captures, "body")?);
    let spaced = part(captures, "body").is_some_and(|printed| printed != body);
    let sound = year.is_some() || digits.len() >= 2 && !is_year(&digits) && !spaced;
    let mut number =
        Number { code: format!("{adopted}{}", with_type(&body, part(captures, "type"))), digits, year, sign: ':' };
    if let (Some(change), Some(serial)) = (part(captures, "change"), part(captures, "serial")) {
        let name = if change.eq_ignore_ascii_case("cor") { "Cor" } else { "Amd" };
        let changed = part(captures, "changed").map_or(String::new(), |year| format!(":{year}"));
        number.year = number.year.map(|year| format!("{year}/{name} {serial}{changed}"));
    }
    sound.then_some(number)
}

/// The last part of a number that is a year: ISO 9001-2015.
fn year_of(digits: &str, year: Option<&str>) -> (String, Option<String>) {
    match digits.rsplit_once('-') {
        Some((number, last)) if year.is_none() && last.len() == 4 && (last.starts_with("19") || is_year(last)) => {
            (number.to_owned(), Some(last.to_owned()))
        }
        _ => (digits.to_owned(), year.map(str::to_owned)),
    }
}

/// ISO parts its document types by a solidus, the others by a space (ISO/IEC Directives, Part 2).
fn with_type(body: &str, kind: Option<&str>) -> String {
    match kind {
        None => body.to_owned(),
        Some("Guide" | "GUIDE" | "指南") => format!("{body} Guide"),
        Some(kind) if body == "ISO" => format!("{body}/{kind}"),
        Some(kind) => format!("{body} {kind}"),
    }
}

fn ieee(captures: &Captures) -> Option<Number> {
    let digits = part(captures, "digits")?;
    let year = part(captures, "year").map(str::to_owned);
    // IEEE 2031 is a conference's year.
    (year.is_some() || !is_year(digits)).then(|| Number {
        code: "IEEE".to_owned(),
        digits: digits.to_owned(),
        year,
        sign: '-',
    })
}

fn itu(captures: &Captures) -> Option<Number> {
    let code = format!("ITU-{}", part(captures, "sector")?);
    Some(Number { code, digits: part(captures, "digits")?.to_owned(), year: None, sign: ':' })
}
