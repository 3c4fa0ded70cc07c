//! Identifiers in a text, each whole: numbers of documents, standards and committees, and other codes.
//!
//! An identifier holds a digit, and is one of
//! - a document number, in all kinds of brackets: 工信部联科〔2024〕113号, (2019)京01民终1号, 公告2024年第5号,
//!   国务院令第743号 (GB/T 9704); in English, Gong Xin Bu Lian Ke `[2024]` No. 113;
//! - a code of letters and digits: GB/T 41867—2022, ISO/IEC 22989:2022, T/CESA 1036-2019, SAC/TC 28/SC 42, Y.3172,
//!   A-12, 5G. Letters may stand before a space and the digits when they are capitals or the name of a series, since
//!   `over 50` is none. Sizes (50MW), ordinals (21st) and what begins with a bare number (10-year) are none.
//!
//! [`canonical`] is the form in which they are compared. Finding them takes time in proportion to the text, and next
//! to none where no digit is near: every passage goes through here.

mod codes;
mod facts;
mod fold;
mod numbers;
#[cfg(test)]
mod tests;

use std::ops::Range;

use corpus::text::normalise::normal_form;

pub(crate) use facts::tagged;
use fold::{Fold, next_digits};

/// The longest identifier, in characters of its canonical form.
const LONGEST: usize = 64;

/// The identifiers of a text, ascending and apart: where each stands, in bytes, and its canonical form.
pub(crate) fn identifiers(text: &str) -> Vec<(Range<usize>, String)> {
    let text = Fold(text);
    let mut found = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(digits) = next_digits(text, at) {
        at = digits.end;
        let range = match numbers::around(text, done, &digits) {
            Some(range) => Some(range),
            None => {
                let (end, range) = codes::around(text, done, &digits);
                at = at.max(end);
                range
            }
        };
        let Some(range) = range else { continue };
        let identifier = canonical(text.0.get(range.clone()).unwrap_or_default());
        done = range.end;
        at = at.max(done);
        if identifier.chars().nth(LONGEST).is_none() {
            found.push((range, identifier));
        }
    }
    found
}

/// The form of an identifier for comparing: the normal form of all text (lower case, one width, simplified
/// characters, one dash), without spaces, in brackets of one kind (〔2024〕), with one dash where there are several in
/// a row, without 第 behind a year in brackets.
pub(crate) fn canonical(identifier: &str) -> String {
    let normal = normal_form(identifier);
    let mut form = String::with_capacity(normal.len());
    for c in normal.chars() {
        match one_kind(c) {
            c if c.is_whitespace() => {}
            '-' if form.ends_with('-') => {}
            '第' if form.ends_with('〕') => {}
            c => form.push(c),
        }
    }
    form
}

/// One kind of bracket, of dash and of slash.
pub(crate) fn one_kind(c: char) -> char {
    match c {
        '(' | '[' | '【' | '〖' | '（' | '［' | '﹝' => '〔',
        ')' | ']' | '】' | '〗' | '）' | '］' | '﹞' => '〕',
        other => fold::fold(other),
    }
}
