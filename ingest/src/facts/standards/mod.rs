//! Standards, in every spelling, in one normal form: `GB/T 1.1-2020`, `ISO/IEC 42001:2023`, `NIST SP 800-53 Rev. 5`.

mod chinese;
mod codes;
mod fold;
mod international;
mod lists;
mod regional;

use std::ops::Range;

use regex::{Captures, Regex};

use super::{Text, add_once, committees};
use crate::pattern::pattern;

/// The signs that part a number and its year. Readers of scans take the long one for the Chinese one.
const DASH: &str = r"(?:[-—–‐‑―−－]{1,2}|一)";
/// A number with its parts.
const STRICT: &str = r"\d{1,6}(?:\.\d{1,3}){0,4}";

/// The number of a standard, in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// `GB/T`
    code: String,
    /// `1.1`
    digits: String,
    /// `2020`; with amendments, or the version where there is no year.
    year: Option<String>,
    /// What parts the year from the digits.
    sign: char,
}

impl Number {
    /// The normal form.
    pub(super) fn normal(&self) -> String {
        match &self.year {
            Some(year) => format!("{}{}{year}", self.undated(), self.sign),
            None => self.undated(),
        }
    }

    /// The normal form without the year.
    pub(super) fn undated(&self) -> String {
        let gap = if self.code.ends_with(" J") { "" } else { " " };
        format!("{}{gap}{}", self.code, self.digits)
    }

    /// Whether it names an edition.
    pub(super) fn is_dated(&self) -> bool {
        self.year.is_some()
    }

    /// Whether it is a standard of China, which can adopt others.
    pub(super) fn is_chinese(&self) -> bool {
        self.sign == '-' && !matches!(self.code.as_str(), "IEEE" | "ASTM")
    }
}

/// A standard in a text.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) span: Range<usize>,
    pub(super) number: Number,
}

/// A standard as it is named, in normal form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandardNumber {
    /// All of it: `GB/T 1.1-2020`, `ISO/IEC TR 24028:2020`.
    pub normal: String,
    /// It without the edition: `GB/T 1.1`, `ISO/IEC TR 24028`.
    pub undated: String,
    /// The edition where it names one, a year as a rule.
    pub edition: Option<String>,
}

/// The standard that a text is the number of, however it is spaced; `None` where the text is more, or no number that is
/// known to be one of a standard.
pub fn standard_number(text: &str) -> Option<StandardNumber> {
    let text = text.trim();
    let Found { number, .. } = find(text).into_iter().next().filter(|found| found.span == (0..text.len()))?;
    Some(StandardNumber { normal: number.normal(), undated: number.undated(), edition: number.year })
}

/// Every number that a pattern finds and its reader takes.
fn numbers(regex: &Regex, text: &str, read: fn(&Captures) -> Option<Number>) -> Vec<Found> {
    let found = |captures: Captures| Some(Found { number: read(&captures)?, span: captures.get(0)?.range() });
    regex.captures_iter(text).filter_map(found).collect()
}

/// The standards that a text names, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains(|char: char| ('０'..='９').contains(&char)) {
        return Vec::new();
    }
    let folded = fold::Folded::of(text);
    let mut all = Vec::new();
    chinese::find(&folded.text, &mut all);
    international::find(&folded.text, &mut all);
    regional::find(&folded.text, &mut all);
    all.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
    let mut kept: Vec<Found> = Vec::new();
    for mut found in all {
        if kept.last().is_some_and(|last| found.span.start < last.span.end) {
            continue;
        }
        lists::with_part(&mut found, &folded.text);
        let more = lists::continued(&found, &folded.text);
        kept.push(found);
        kept.extend(more);
    }
    for found in &mut kept {
        found.span = folded.original(&found.span);
    }
    kept
}

/// The standards named, normalised, each once. `own` is the number of the document itself, which it does not cite.
pub(super) fn standards(text: &Text, own: Option<&str>) -> Vec<String> {
    let mut all: Vec<Number> = Vec::new();
    for block in text.blocks.iter().filter(|block| block.kind.is_running_text()) {
        for found in find(&block.text) {
            add_once(&mut all, found.number);
        }
    }
    let own = own.and_then(|own| find(own).into_iter().next()).map(|found| found.number);
    let is_own = |number: &Number| own.as_ref().is_some_and(|own| is_edition(number, own));
    let mut names = Vec::new();
    for number in all.iter().filter(|number| !is_own(number) && !is_dated_elsewhere(number, &all)) {
        add_once(&mut names, number.normal());
    }
    names
}

/// Whether a number is another, its year perhaps left out.
fn is_edition(number: &Number, of: &Number) -> bool {
    number == of || number.year.is_none() && number.undated() == of.undated()
}

/// An undated number that also stands with its year is the same standard.
fn is_dated_elsewhere(number: &Number, all: &[Number]) -> bool {
    number.year.is_none()
        && all.iter().any(|other| other.year.is_some() && other.code == number.code && other.digits == number.digits)
}

/// The standard's number when a line says nothing else, its space set and its sign before the year as printed.
pub(super) fn only_a_standard(line: &str) -> Option<String> {
    let line = line.trim();
    let found = find(line).into_iter().next().filter(|found| found.span == (0..line.len()))?;
    printed(&found, line)
}

/// A dated number as it is printed in a text, but for its spaces.
pub(super) fn printed(found: &Found, text: &str) -> Option<String> {
    let year = found.number.year.as_deref()?;
    let before = text.get(found.span.clone())?.rsplit_once(year).map_or("", |(before, _)| before.trim_end());
    let sign = before.chars().next_back().filter(|char| !char.is_ascii_digit()).unwrap_or(found.number.sign);
    let sign = if sign == '一' { '—' } else { sign };
    Some(format!("{}{sign}{year}", found.number.undated()))
}

/// The byte ranges of standards and committees, which hold numbers that count nothing.
pub(super) fn spans(text: &str) -> impl Iterator<Item = Range<usize>> {
    find(text).into_iter().map(|found| found.span).chain(committees::find(text).into_iter().map(|found| found.span))
}

fn pattern_of(parts: &[&str]) -> Regex {
    pattern(&parts.concat())
}

fn part<'a>(captures: &Captures<'a>, name: &str) -> Option<&'a str> {
    captures.name(name).map(|found| found.as_str())
}

/// Without spaces.
fn tight(digits: &str) -> String {
    digits.chars().filter(|char| !char.is_whitespace()).collect()
}

/// With plain hyphens for every dash.
fn hyphened(digits: &str) -> String {
    digits
        .chars()
        .map(|char| if char.is_ascii_digit() || char == '.' { char } else { '-' })
        .collect::<String>()
        .replace("--", "-")
}

#[cfg(test)]
mod tests;
