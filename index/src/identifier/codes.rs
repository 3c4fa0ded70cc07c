//! Codes of letters and digits: runs of them, joined by slashes, dashes, full stops, and spaces where they join.

use std::ops::Range;

use super::fold::Fold;

/// How far before its first digit a code may begin, in characters.
const REACH: usize = 64;
/// The longest name of a series in capitals before a space.
const LONGEST_SERIES: usize = 6;
/// The longest run of letters behind a dash that is of the code: `5G-A`, but not `5G-based`.
const LONGEST_TAIL: usize = 4;

/// Names that stand before a space and a number in small letters too.
const SERIES: [&str; 24] = [
    "gb", "gbz", "gbt", "iso", "iec", "ieee", "itu", "etsi", "en", "rfc", "nist", "db", "yd", "sj", "ga", "jr", "tc",
    "sc", "wg", "jtc", "std", "ts", "tr", "sp",
];
/// Names that stand between another and the number: IEEE Std 7001, ISO/IEC JTC 1.
const BETWEEN: [&str; 12] = ["std", "standard", "guide", "ts", "tr", "sp", "pas", "en", "jtc", "tc", "sc", "wg"];
/// Names behind which three digits, a space and three digits are one number: EN 301 549.
const IN_THREES: [&str; 5] = ["en", "ts", "tr", "es", "eg"];
/// What makes of a number a size or an ordinal.
const SIZES: [&str; 56] = [
    "st", "nd", "rd", "th", "s", "x", "m", "mm", "cm", "dm", "km", "nm", "um", "m2", "m3", "km2", "kg", "mg", "t", "l",
    "ml", "h", "min", "ms", "hz", "khz", "mhz", "ghz", "thz", "w", "kw", "mw", "gw", "tw", "wh", "kwh", "mwh", "gwh",
    "twh", "v", "kv", "mv", "a", "ma", "pa", "kpa", "mpa", "db", "kb", "mb", "tb", "pb", "kbps", "mbps", "gbps",
    "tbps",
];

/// The code that holds these digits, and where to look on; nothing before `from` is taken.
pub(super) fn around(text: Fold<'_>, from: usize, digits: &Range<usize>) -> (usize, Option<Range<usize>>) {
    let mut at = beginning(text, from, digits.start);
    loop {
        at = text.run(at, REACH, |c| !c.is_ascii_alphanumeric());
        let Some(chain) = Chain::read(text, at) else { return (digits.end, None) };
        if chain.end > digits.start {
            return (chain.end, chain.is_code(text).then_some(at..chain.end));
        }
        at = chain.end;
    }
}

/// Where what may be the same code begins, at the beginning of a run of letters and digits.
fn beginning(text: Fold<'_>, from: usize, at: usize) -> usize {
    let start =
        text.run_before(at, from, REACH, |c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '.' | '_' | ' '));
    let cuts_run = text.before(start).is_some_and(|(c, _)| c.is_ascii_alphanumeric());
    let run = text.run(start, REACH, |c| c.is_ascii_alphanumeric());
    if cuts_run && run <= at && start >= from { run } else { start }
}

/// Runs of letters and digits that are joined.
struct Chain {
    first: Range<usize>,
    /// The last run.
    last: Range<usize>,
    end: usize,
    has_slash: bool,
    has_digit: bool,
    has_letter: bool,
    /// The run before the last.
    before: Range<usize>,
}

impl Chain {
    fn read(text: Fold<'_>, start: usize) -> Option<Self> {
        let first = run_at(text, start)?;
        let mut chain = Self {
            last: first.clone(),
            before: start..start,
            end: first.end,
            first,
            has_slash: false,
            has_digit: false,
            has_letter: false,
        };
        chain.note(text);
        while let Some(next) = chain.joined(text) {
            chain.has_slash |= text.chars(chain.end..next.start).any(|c| c == '/');
            chain.before = std::mem::replace(&mut chain.last, next);
            chain.end = chain.last.end;
            chain.note(text);
        }
        Some(chain)
    }

    fn note(&mut self, text: Fold<'_>) {
        self.has_digit |= text.chars(self.last.clone()).any(|c| c.is_ascii_digit());
        self.has_letter |= text.chars(self.last.clone()).any(|c| c.is_ascii_alphabetic());
    }

    fn is_code(&self, text: Fold<'_>) -> bool {
        let begins_bare = text.chars(self.first.clone()).all(|c| c.is_ascii_digit());
        self.has_digit && self.has_letter && !begins_bare && !is_size(text, &self.first)
    }

    /// The run behind the last one, when it is joined to it.
    fn joined(&self, text: Fold<'_>) -> Option<Range<usize>> {
        let (sign, behind) = text.at(self.end)?;
        match sign {
            '/' | '_' => run_at(text, behind),
            '-' => self.behind_dash(text, self.end),
            '.' => self.behind_stop(text, behind),
            ':' => self.year(text, behind),
            ' ' => self.behind_space(text),
            _ => None,
        }
    }

    fn behind_dash(&self, text: Fold<'_>, at: usize) -> Option<Range<usize>> {
        let behind = text.run(at, 2, |c| c == '-');
        match run_at(text, behind) {
            Some(run) => {
                let letters = text.chars(run.clone()).all(|c| c.is_ascii_alphabetic());
                (!letters || run_length(text, &run) <= LONGEST_TAIL).then_some(run)
            }
            None => self.year(text, behind),
        }
    }

    /// A part of a number, also where a space came between (`33133. 1—2016`).
    fn behind_stop(&self, text: Fold<'_>, behind: usize) -> Option<Range<usize>> {
        let run = run_at(text, text.skip_spaces(behind, 1))?;
        let begins = text.at(run.start).is_some_and(|(c, _)| c.is_ascii_digit());
        if run.start == behind {
            return begins.then_some(run);
        }
        let dash = text.skip_spaces(run.end, 1);
        let is_part = is_number(text, &self.last) && is_number(text, &run) && run_length(text, &run) <= 3;
        let dated = text.expect(dash, |c| c == '-').and_then(|behind| year_at(text, behind)).is_some();
        (is_part && dated).then_some(run)
    }

    /// A year behind a dash or colon, spaces or not.
    fn year(&self, text: Fold<'_>, behind: usize) -> Option<Range<usize>> {
        let ends_in_digit = text.before(self.last.end).is_some_and(|(c, _)| c.is_ascii_digit());
        ends_in_digit.then(|| year_at(text, behind))?
    }

    fn behind_space(&self, text: Fold<'_>) -> Option<Range<usize>> {
        let behind = text.skip_spaces(self.end, 2);
        match text.at(behind) {
            Some(('-', _)) => self.year(text, text.run(behind, 2, |c| c == '-')),
            Some((c, _)) if c.is_ascii_digit() => {
                let run = run_at(text, behind)?;
                (self.names_series(text) || self.goes_on_in_threes(text, &run)).then_some(run)
            }
            Some((c, _)) if c.is_ascii_alphabetic() => {
                let run = run_at(text, behind)?;
                (self.names_series(text) && is_among(text, &run, &BETWEEN)).then_some(run)
            }
            _ => None,
        }
    }

    /// Whether a number may follow behind a space.
    fn names_series(&self, text: Fold<'_>) -> bool {
        let length = run_length(text, &self.last);
        if !text.chars(self.last.clone()).all(|c| c.is_ascii_alphabetic()) {
            return false;
        }
        let capitals = text.chars(self.last.clone()).all(|c| c.is_ascii_uppercase());
        let in_capitals = capitals && (2..=LONGEST_SERIES).contains(&length);
        in_capitals || (self.has_slash && length <= LONGEST_SERIES) || is_among(text, &self.last, &SERIES)
    }

    fn goes_on_in_threes(&self, text: Fold<'_>, run: &Range<usize>) -> bool {
        let three = |run: &Range<usize>| run_length(text, run) == 3 && is_number(text, run);
        three(&self.last) && three(run) && is_among(text, &self.before, &IN_THREES)
    }
}

/// A run of letters and digits that begins here.
fn run_at(text: Fold<'_>, at: usize) -> Option<Range<usize>> {
    let end = text.run(at, usize::MAX, |c| c.is_ascii_alphanumeric());
    (end > at).then_some(at..end)
}

/// A year that begins here or behind a space.
fn year_at(text: Fold<'_>, at: usize) -> Option<Range<usize>> {
    let run = run_at(text, text.skip_spaces(at, 2))?;
    let century = text.chars(run.clone()).take(2).collect::<String>();
    let is_year = is_number(text, &run) && run_length(text, &run) == 4 && matches!(century.as_str(), "19" | "20");
    is_year.then_some(run)
}

fn is_number(text: Fold<'_>, run: &Range<usize>) -> bool {
    text.chars(run.clone()).all(|c| c.is_ascii_digit())
}

fn run_length(text: Fold<'_>, run: &Range<usize>) -> usize {
    text.chars(run.clone()).count()
}

fn is_among(text: Fold<'_>, run: &Range<usize>, names: &[&str]) -> bool {
    names.iter().any(|name| name.chars().eq(text.chars(run.clone()).map(|c| c.to_ascii_lowercase())))
}

/// Whether a run is a number with a unit or an ending.
fn is_size(text: Fold<'_>, run: &Range<usize>) -> bool {
    let digits = text.run(run.start, usize::MAX, |c| c.is_ascii_digit());
    digits > run.start && is_among(text, &(digits..run.end), &SIZES)
}
