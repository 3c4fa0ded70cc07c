//! Numbers whose code stands once: GB/T 1.1、1.2, ISO/IEC 27001 and 27002, GB/T 20000.1～20000.11.

use std::sync::LazyLock;

use regex::Regex;

use super::chinese::is_year;
use super::{DASH, Found, Number, STRICT, part, pattern_of};
use crate::numerals;

/// At the most so many numbers share one code.
const MOST: usize = 30;

/// A part that is named in words behind the number: GB/T 18336第1部分.
pub(super) fn with_part(found: &mut Found, text: &str) {
    static PART: LazyLock<Regex> = LazyLock::new(|| {
        pattern_of(&[
            r"^[\s,，]{0,2}(?:第\s?(?P<zh>[\d一二三四五六七八九十]{1,3})\s?部[分份]|(?:\(|（)?[Pp]art\s(?P<en>\d{1,3})(?-u:\b))",
        ])
    });
    let parted = found.number.digits.contains(['.', '-']);
    let Some(captures) = text.get(found.span.end..).and_then(|after| PART.captures(after)).filter(|_| !parted) else {
        return;
    };
    let numeral = part(&captures, "zh").or_else(|| part(&captures, "en")).unwrap_or_default();
    let Some(serial) = numeral.parse().ok().or_else(|| numerals::chinese(numeral)) else { return };
    let sign = if found.number.sign == ':' { '-' } else { '.' };
    if found.number.sign != ' ' {
        found.number.digits.push_str(&format!("{sign}{serial}"));
        found.span.end += captures.get(0).map_or(0, |all| all.end());
    }
}

/// The numbers that follow one without a code of their own.
pub(super) fn continued(first: &Found, text: &str) -> Vec<Found> {
    static NEXT: LazyLock<Regex> = LazyLock::new(|| {
        pattern_of(&[
            r"^(?:\s?(?P<list>、|,|，|/|以及|和|及|与|或)\s?|\s?,?\s(?P<word>and|or)\s|\s?(?P<span>to|至|到|[-~～—–]{1,2})\s?)(?P<digits>",
            STRICT,
            r"(?:-\d{1,2}(?-u:\b))?)(?:\s?(?:",
            DASH,
            r"|[:：])\s?(?P<year>(?:19|20)\d{2})(?-u:\b))?",
        ])
    });
    let mut all: Vec<Found> = Vec::new();
    let mut end = first.span.end;
    while all.len() < MOST {
        let Some(rest) = text.get(end..) else { break };
        let Some(captures) = NEXT.captures(rest) else { break };
        let (Some(whole), Some(digits)) = (captures.get(0), captures.name("digits")) else { break };
        let year = part(&captures, "year");
        let after = rest.get(whole.end()..).unwrap_or_default();
        let before = all.last().map_or(&first.number, |last: &Found| &last.number);
        if !is_next(before, digits.as_str(), year, captures.name("span").is_some(), after) {
            break;
        }
        let number =
            Number { digits: digits.as_str().to_owned(), year: year.map(str::to_owned), ..first.number.clone() };
        all.push(Found { number, span: end + digits.start()..end + whole.end() });
        end += whole.end();
    }
    all
}

/// Whether digits go on with the numbers of the same code: parts of one standard, or numbers as long that begin alike.
fn is_next(before: &Number, digits: &str, year: Option<&str>, ranges: bool, after: &str) -> bool {
    let stem = |number: &str| number.split(['.', '-']).next().unwrap_or_default().to_owned();
    let parted = |number: &str| number.contains(['.', '-']);
    let same_stem = stem(&before.digits) == stem(digits) && parted(&before.digits) && parted(digits);
    if ranges || same_stem {
        return same_stem;
    }
    let counts = after.trim_start().starts_with(|char: char| "项个家条年万亿元人米次%％".contains(char))
        || after.starts_with(|char: char| char.is_ascii_alphanumeric());
    let alike = digits.len() >= 4
        && digits.len() == before.digits.len()
        && before.digits.get(..2) == digits.get(..2)
        && !is_year(digits);
    !counts && (year.is_some() && digits.len() >= 2 || alike)
}
