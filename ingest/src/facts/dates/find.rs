//! Dates in a text, in every form that is met.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::numerals;
use crate::pattern::pattern;

/// A date in a text.
#[derive(Clone, Debug)]
pub(in crate::facts) struct Found {
    pub(in crate::facts) span: Range<usize>,
    /// ISO 8601, as exact as the text. A quarter or half of a year is its year.
    pub(in crate::facts) iso: String,
}

impl Found {
    /// Whether it is a day.
    pub(super) fn is_day(&self) -> bool {
        self.iso.len() == 10
    }
}

const MONTH: &str = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?P<zy>(?:19|20)\d{{2}})\s{{0,2}}年(?:度)?(?:\s{{0,2}}(?P<zm>\d{{1,2}})\s{{0,2}}月(?:份)?(?:\s{{0,2}}(?P<zd>\d{{1,2}})\s{{0,2}}[日号])?)?",
            r"|(?P<ny>[一二]\s?[〇○◯零OＯ0０一二三四五六七八九]\s?[〇○◯零OＯ0０一二三四五六七八九]\s?[〇○◯零OＯ0０一二三四五六七八九])\s?年(?:\s?(?P<nm>[一二三四五六七八九十]{{1,3}})\s?月(?:\s?(?P<nd>[一二三四五六七八九十]{{1,3}})\s?日)?)?",
            r"|(?-u:\b)(?P<iy>(?:19|20)\d{{2}})\s?[-./–—－]\s?(?P<im>\d{{1,2}})\s?[-./–—－]\s?(?P<id>\d{{1,2}})(?-u:\b|T)",
            r"|(?-u:\b)(?P<em>{month})\.? (?P<ed>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?(?:, ?| )(?P<ey>(?:19|20)\d{{2}})(?-u:\b)",
            r"|(?-u:\b)(?P<fd>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -](?P<fm>{month})\.?,?[ -](?P<fy>(?:19|20)\d{{2}})(?-u:\b)",
            r"|(?-u:\b)(?P<gm>{month})\.?,? (?:of )?(?P<gy>(?:19|20)\d{{2}})(?-u:\b)",
            r"|(?-u:\b)(?P<s1>\d{{1,2}})[/.](?P<s2>\d{{1,2}})[/.](?P<sy>(?:19|20)\d{{2}})(?-u:\b)",
            r"|(?-u:\b)(?:Q[1-4]|H[12])[ /](?P<qy>(?:19|20)\d{{2}})(?-u:\b)",
            r"|(?-u:\b)(?:[Bb]y|[Ii]n|[Ss]ince|[Uu]ntil|[Bb]efore|[Ff]rom|[Dd]uring|[Aa]fter|[Tt]hrough|(?:end|beginning|start|half|quarter|year|spring|summer|autumn|winter)(?: of|,)?|early|late|mid)[ -](?P<by>(?:19|20)\d{{2}})(?-u:\b)"
        ),
        month = MONTH
    ))
});

/// The dates in a text, in order.
pub(in crate::facts) fn find(text: &str) -> Vec<Found> {
    DATE.captures_iter(text).filter_map(|captures| found(&captures, text)).collect()
}

fn found(captures: &Captures, text: &str) -> Option<Found> {
    let part = |name: &str| captures.name(name).map(|found| found.as_str());
    let number = |name: &str| part(name).and_then(|text| text.parse::<u32>().ok());
    let numeral = |name: &str| part(name).and_then(chinese_digits).and_then(|value| u32::try_from(value).ok());
    let month = |name: &str| part(name).and_then(numerals::month);
    let span = captures.get(0)?.range();
    let (year, month, day) = if let Some(year) = number("zy") {
        if is_part_of_a_number(text, &span) {
            return None;
        }
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
    } else if let Some(year) = number("sy") {
        let (month, day) = day_and_month(number("s1")?, number("s2")?)?;
        (year, Some(month), Some(day))
    } else {
        (number("by").or_else(|| number("qy"))?, None, None)
    };
    Some(Found { span, iso: iso(year, month, day)? })
}

/// A row of Chinese digits, spaced or with a nought of another alphabet.
fn chinese_digits(text: &str) -> Option<i64> {
    let plain: String = text
        .chars()
        .filter(|char| !char.is_whitespace())
        .map(|char| if matches!(char, '0' | '０' | '◯' | 'O' | 'Ｏ' | '○') { '〇' } else { char })
        .collect();
    numerals::chinese(&plain)
}

/// 2031年第4号 is the number of an announcement, and the year of 12031年 none of ours.
fn is_part_of_a_number(text: &str, span: &Range<usize>) -> bool {
    static SERIAL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[）)〕\]]?\s{0,2}第\s{0,2}[\d一二三四五六七八九十]{1,5}\s{0,2}[号期]"));
    let before = text.get(..span.start).and_then(|before| before.chars().next_back());
    let after = text.get(span.end..).unwrap_or_default();
    before.is_some_and(|char| char.is_ascii_digit()) || SERIAL.is_match(after)
}

/// Month and day of 13/06/2031, or nothing where either could be the month.
fn day_and_month(first: u32, second: u32) -> Option<(u32, u32)> {
    match (first > 12, second > 12) {
        (true, false) => Some((second, first)),
        (false, true) => Some((first, second)),
        _ if first == second => Some((first, first)),
        _ => None,
    }
}

/// ISO 8601, or nothing for a month or day that does not exist.
fn iso(year: u32, month: Option<u32>, day: Option<u32>) -> Option<String> {
    if !(1900..2100).contains(&year) || month.is_some_and(|month| !(1..=12).contains(&month)) {
        return None;
    }
    match (month, day) {
        (Some(month), Some(day)) if (1..=days_of(year, month)).contains(&day) => {
            Some(format!("{year:04}-{month:02}-{day:02}"))
        }
        (_, Some(_)) => None,
        (Some(month), None) => Some(format!("{year:04}-{month:02}")),
        (None, None) => Some(format!("{year:04}")),
    }
}

fn days_of(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `2024`, `2024-06` or `2024-06-05`, of a month and a day that exist.
pub(in crate::facts) fn is_iso(text: &str) -> bool {
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

/// Whether a text is a day and nothing else.
pub(in crate::facts) fn is_only_a_date(text: &str) -> bool {
    only(text).is_some_and(|found| found.is_day())
}

/// The date that is all of a text, but for brackets round it.
pub(super) fn only(text: &str) -> Option<Found> {
    let bare = text.trim().trim_matches(['(', ')', '（', '）', '.', '。', '[', ']']);
    find(bare).into_iter().next().filter(|found| found.span == (0..bare.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, wanted: &[&str]) {
        let found: Vec<String> = find(text).into_iter().map(|found| found.iso).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn chinese_forms() {
        check(
            "二〇三一年六月五日、二○三一年六月、二0三一年、二零三一年十一月二十日",
            &["2031-06-05", "2031-06", "2031", "2031-11-20"],
        );
        check("2031年6月5日，2031 年 6 月 5 日，2031年6月", &["2031-06-05", "2031-06-05", "2031-06"]);
        check("2031年第三季度；2031年上半年；2031年度", &["2031", "2031", "2031"]);
        check("二 〇 三 一 年 六 月 五 日", &["2031-06-05"]);
    }

    #[test]
    fn numeric_forms() {
        check("2031-06-05, 2031.6.5, 2031/6/5, 2031–06–05, 2031 - 06 - 05", &["2031-06-05"; 5]);
        check("13/06/2031 and 06/13/2031 and 05.05.2031", &["2031-06-13", "2031-06-13", "2031-05-05"]);
        check("5/6/2031", &[]);
    }

    #[test]
    fn english_forms() {
        check("5 June 2031, June 5th, 2031, the 5th of June 2031, JUNE 5, 2031, 5-Jun-2031", &["2031-06-05"; 5]);
        check("June 2031, mid-June 2031, June, 2031", &["2031-06"; 3]);
        check("Q3 2031, the third quarter of 2031, by 2033, late 2032", &["2031", "2031", "2033", "2032"]);
        check("June 5–7, 2031", &["2031-06-05"]);
    }

    #[test]
    fn what_is_no_date() {
        check("当年、同年、113年6月5日、2031年第4号", &[]);
        check("2031-13-45, 31 February 2031, 2031.25, May 2", &[]);
        check("120312年", &[]);
    }
}
