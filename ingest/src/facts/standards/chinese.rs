//! Chinese standards: national, of trades, places, groups and enterprises.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::codes::{NATIONAL, TRADES, is_sure, takes_letter};
use super::{DASH, Found, Number, STRICT, part, pattern_of, tight};

/// A number with spaces round its dots is believed where a year follows.
const LOOSE: &str = r"\d{1,6}(?:\s?\.\s?\d{1,3}){0,4}";

static NATIONAL_OR_TRADE: LazyLock<Regex> = LazyLock::new(|| {
    pattern_of(&[
        r"(?-u:\b)(?P<code>",
        NATIONAL,
        "|",
        TRADES,
        r"|G\sB)(?:\s?/\s?(?P<kind>[TZ])|[\s-]?(?P<lost>[TZ]))?(?P<field>[（(][\x{4e00}-\x{9fff}]{1,4}[）)])?\s{0,3}(?P<letter>[A-Z]\s?)?(?:(?P<loose>",
        LOOSE,
        r")\s?(?:",
        DASH,
        r"|[:：_])\s?(?P<year>(?:19|20)?\d{2})(?-u:\b)|(?P<strict>",
        STRICT,
        r"))",
    ])
});

static LOCAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern_of(&[
        r"(?-u:\b)(?P<code>DBS?[1-8]\d(?:\d{2})?)(?:\s?/\s?(?P<kind>[TZ])?\s{0,3}|\s{1,3})(?:(?P<loose>",
        LOOSE,
        r")\s?",
        DASH,
        r"\s?(?P<year>(?:19|20)\d{2})(?-u:\b)|(?P<strict>",
        STRICT,
        r"))",
    ])
});

static GROUP_OR_ENTERPRISE: LazyLock<Regex> = LazyLock::new(|| {
    pattern_of(&[
        r"(?-u:\b)(?P<class>[TQ])\s?/\s?(?P<code>(?:\d{6}\s?)?[A-Z]{1,12}(?:\s[A-Z]{1,4})?)\s{0,3}(?:(?P<loose>",
        LOOSE,
        r")\s?",
        DASH,
        r"\s?(?P<year>(?:19|20)\d{2})(?-u:\b)|(?P<strict>",
        STRICT,
        r"))",
    ])
});

/// Adds the Chinese standards that a text names.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let mut add = |regex: &Regex, read: fn(&Captures, &str) -> Option<Number>| {
        let all = regex.captures_iter(text).filter_map(|captures| {
            let span = captures.get(0)?.range();
            let before = text.get(..span.start)?;
            Some(Found { number: read(&captures, before)?, span })
        });
        found.extend(all);
    };
    add(&NATIONAL_OR_TRADE, national_or_trade);
    add(&LOCAL, local);
    add(&GROUP_OR_ENTERPRISE, group_or_enterprise);
}

fn national_or_trade(captures: &Captures, before: &str) -> Option<Number> {
    let printed = part(captures, "code")?;
    let code = tight(printed);
    let code = code.as_str();
    let (kind, lost) = (part(captures, "kind"), part(captures, "lost"));
    let year = part(captures, "year").map(four_digits);
    let digits = part(captures, "loose").or_else(|| part(captures, "strict"))?;
    let short_year = part(captures, "year").is_some_and(|year| year.len() == 2);
    let recommended = kind.is_some() || lost.is_some();
    let sound = match (kind, &year) {
        (Some(_), _) => true,
        // Two letters and two numbers are more often a span of years: CY 2024-2025.
        (None, Some(_)) if short_year => is_sure(code) && digits.len() >= 3 && !is_year(digits),
        (None, Some(_)) => is_sure(code) || !is_year(digits),
        (None, None) if printed != code => false,
        (None, None) => lost.is_none() && is_sure(code) && digits.len() >= 3 && !is_year(digits),
    };
    let sound = sound && digits.contains(|char: char| ('1'..='9').contains(&char));
    let gigabytes = !recommended && year.is_none() && before.trim_end().ends_with(|char: char| char.is_ascii_digit());
    let letter = part(captures, "letter").map(str::trim_end);
    if !sound || gigabytes || letter.is_some() && !takes_letter(code) {
        return None;
    }
    let field = part(captures, "field").map_or(String::new(), |field| field.replace('（', "(").replace('）', ")"));
    let code = match kind.or(lost) {
        Some(kind) => format!("{code}/{kind}{field}"),
        None => format!("{code}{field}"),
    };
    Some(Number { code, digits: format!("{}{}", letter.unwrap_or_default(), tight(digits)), year, sign: '-' })
}

fn local(captures: &Captures, _before: &str) -> Option<Number> {
    let (code, kind) = (part(captures, "code")?, part(captures, "kind"));
    let year = part(captures, "year").map(str::to_owned);
    let digits = part(captures, "loose").or_else(|| part(captures, "strict"))?;
    let code = kind.map_or(code.to_owned(), |kind| format!("{code}/{kind}"));
    (kind.is_some() || year.is_some()).then(|| Number { code, digits: tight(digits), year, sign: '-' })
}

fn group_or_enterprise(captures: &Captures, _before: &str) -> Option<Number> {
    let (class, code) = (part(captures, "class")?, part(captures, "code")?);
    let year = part(captures, "year").map(str::to_owned);
    let digits = part(captures, "loose").or_else(|| part(captures, "strict"))?;
    let letters = code.chars().filter(char::is_ascii_uppercase).count();
    let sound = year.is_some() || letters >= 3 && !is_year(digits);
    sound.then(|| Number { code: format!("{class}/{code}"), digits: tight(digits), year, sign: '-' })
}

/// Two digits were the rule until the middle of the nineties: GB 2312-80 is of 1980.
fn four_digits(year: &str) -> String {
    match year.len() {
        2 if year < "50" => format!("20{year}"),
        2 => format!("19{year}"),
        _ => year.to_owned(),
    }
}

/// Whether digits can be a year of our time.
pub(super) fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("199") || digits.starts_with("20"))
}
