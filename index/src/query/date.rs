//! Dates and spans of dates.

use corpus::text::normalise::normal_form;

/// A span of dates, both ends included, as numbers of the form `20240605`.
///
/// A date that is known to the year or month only has zeros for the rest (`20240600`); the end of a span that is
/// given to the year or month has nines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateRange {
    /// The first date.
    pub from: u32,
    /// The last date.
    pub to: u32,
}

impl DateRange {
    /// The earliest and the latest date there is.
    pub const ALL: Self = Self { from: 0, to: 99_999_999 };

    /// The span that a person wrote: `2023`, `2023-06`, `2023-06-05`, `2023/6`, `2023年6月`, and with `..`, `至` or `~`
    /// between two of them or beside one: `2023..2025`, `2023年6月..`, `..2025`; also `2023-2025`, `>=2023`, `<2025`.
    ///
    /// `None` when it is none of these.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = normal_form(text).chars().filter(|c| !c.is_whitespace()).collect();
        let (from, to) = bounds(&text);
        let key = |end: &str, open| if end.is_empty() { Some(open) } else { written_key(end) };
        let (from, to) = (key(from, Self::ALL.from)?, key(to, Self::ALL.to)?);
        // A span that is written backwards is meant forwards.
        Some(Self { from: from.min(to), to: last_day(from.max(to)) })
    }

    /// A span with both ends, as `2023..2025`, which means dates wherever it stands.
    pub(super) fn parse_bare(text: &str) -> Option<Self> {
        let (from, to) = text.split_once("..")?;
        (!from.is_empty() && !to.is_empty()).then(|| Self::parse(text))?
    }

    /// The span from the first to the last of these years; `None` when neither is given.
    pub fn years(first: Option<i32>, last: Option<i32>) -> Option<Self> {
        let key = |year: i32| u32::try_from(year.clamp(0, 9999)).unwrap_or(0).saturating_mul(10_000);
        (first.is_some() || last.is_some()).then(|| Self {
            from: first.map_or(Self::ALL.from, key),
            to: last.map_or(Self::ALL.to, |year| last_day(key(year))),
        })
    }

    /// Whether a date, as [`date_key`] gives it, lies within.
    pub fn contains(self, key: u32) -> bool {
        (self.from..=self.to).contains(&key)
    }
}

/// The ends of a span as they are written; empty where it has none.
fn bounds(text: &str) -> (&str, &str) {
    for sign in ["..", "至", "到", "~"] {
        if let Some((from, to)) = text.split_once(sign) {
            return (from, to.trim_start_matches('.'));
        }
    }
    if let Some(from) = text.strip_prefix(">=").or_else(|| text.strip_prefix('>')) {
        return (from, "");
    }
    if let Some(to) = text.strip_prefix("<=").or_else(|| text.strip_prefix('<')) {
        return ("", to);
    }
    let is_year = |part: &str| part.trim_end_matches('年').len() == 4;
    match text.split_once('-') {
        Some((from, to)) if is_year(from) && is_year(to) => (from, to),
        _ => (text, text),
    }
}

/// The number of a date in any writing.
fn written_key(text: &str) -> Option<u32> {
    let iso = text.replace(['年', '月', '/', '.'], "-").replace(['日', '号'], "");
    date_key(iso.trim_end_matches('-'))
}

/// The number of an ISO 8601 date that is exact to the year, month or day: `2024-06` gives `20240600`.
///
/// `None` when it is no such date.
pub fn date_key(date: &str) -> Option<u32> {
    let mut parts = date.trim().split('-');
    let year = number(parts.next()?, 4, 9999)?;
    let month = parts.next().map_or(Some(0), |part| number(part, 2, 12))?;
    let day = parts.next().map_or(Some(0), |part| number(part, 2, 31))?;
    (parts.next().is_none()).then_some(year * 10_000 + month * 100 + day)
}

/// The last date of the year or month that a key stands for.
fn last_day(key: u32) -> u32 {
    match (key / 100 % 100, key % 100) {
        (0, _) => key + 9_999,
        (_, 0) => key + 99,
        _ => key,
    }
}

/// A number of at most so many digits and at most so large.
fn number(digits: &str, width: usize, largest: u32) -> Option<u32> {
    let fits = !digits.is_empty() && digits.len() <= width && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|&value| fits && value <= largest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, from: u32, to: u32) {
        assert_eq!(DateRange::parse(text), Some(DateRange { from, to }), "{text}");
    }

    #[test]
    fn spans_in_all_writings() {
        for text in ["2023-06", "2023年6月", "2023/6", "2023.06", "２０２３年６月", " 2023 年 6 月 "] {
            check(text, 20_230_600, 20_230_699);
        }
        for text in ["2023..2025", "2023年至2025年", "2023~2025", "2023…2025", "2023-2025", "2023—2025年"] {
            check(text, 20_230_000, 20_259_999);
        }
        check("2023年6月5日..", 20_230_605, 99_999_999);
        check("<=2025", 0, 20_259_999);
        check("2025..2023", 20_230_000, 20_259_999);
        for text in ["soon", "", "2023年13月", "2023-2025-2027", "99999"] {
            assert_eq!(DateRange::parse(text).filter(|_| !text.is_empty()), None, "{text}");
        }
    }
}
