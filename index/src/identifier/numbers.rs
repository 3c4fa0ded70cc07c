//! Numbers of documents: a year in brackets and a number, or 第 and a number.

use std::ops::Range;

use super::fold::Fold;
use crate::analysis::is_unspaced;

/// Longest code of an issuer before the year, in characters.
const LONGEST_CODE: usize = 24;
/// Longest code of a court and its number, in characters.
const LONGEST_CASE: usize = 24;
/// Most words of a code in Latin letters, and the letters of each: all of them may be one.
const MOST_WORDS: usize = 8;
const LONGEST_WORD: usize = 48;
/// Most digits of a number.
const MOST_DIGITS: usize = 6;

/// Words after which the code of an issuer begins.
const LEADING: [&str; 25] = [
    "根据",
    "依据",
    "按照",
    "依照",
    "遵照",
    "参照",
    "遵循",
    "贯彻",
    "落实",
    "执行",
    "印发",
    "发布",
    "公布",
    "颁布",
    "颁发",
    "废止",
    "以下简称",
    "文件",
    "通知",
    "意见",
    "以及",
    "的",
    "与",
    "及",
    "或",
];

/// The document number that these digits are of, by the first digits in it; nothing before `from` is taken.
pub(super) fn around(text: Fold<'_>, from: usize, digits: &Range<usize>) -> Option<Range<usize>> {
    let is_year = digits.len() == 4 || text.chars(digits.clone()).count() == 4;
    if is_year && let Some(range) = of_year(text, from, digits) {
        return Some(range);
    }
    of_order(text, from, digits)
}

/// 工信部联科〔2024〕113号, (2019)京01民终1号, 公告2024年第5号.
fn of_year(text: Fold<'_>, from: usize, year: &Range<usize>) -> Option<Range<usize>> {
    let before = text.run_before(year.start, from, 1, |c| c == ' ');
    let after = text.skip_spaces(year.end, 1);
    if let Some(end) = text.expect(after, |c| c == '年') {
        let end = numbered(text, text.expect(text.skip_spaces(end, 1), |c| c == '第')?)?;
        return Some(code_before(text, from, before)..end);
    }
    let open = text.before(before).filter(|&(c, start)| start >= from && is_open(c))?.1;
    let closed = text.skip_spaces(text.expect(after, is_close)?, 2);
    if let Some(end) = numbered_in_english(text, closed) {
        return Some(words_before(text, from, open)..end);
    }
    let number = text.expect(closed, |c| c == '第').unwrap_or(closed);
    match numbered(text, number) {
        Some(end) => Some(code_before(text, from, text.run_before(open, from, 1, |c| c == ' '))..end),
        None => Some(open..case(text, closed)?),
    }
}

/// 国务院令第743号, where the digits are 743.
fn of_order(text: Fold<'_>, from: usize, digits: &Range<usize>) -> Option<Range<usize>> {
    let before = text.run_before(digits.start, from, 1, |c| c == ' ');
    let start = text.before(before).filter(|&(c, start)| start >= from && c == '第')?.1;
    let end = numbered(text, digits.start)?;
    let code = text.run_before(start, from, 1, |c| c == ' ');
    let begins = code_before(text, from, code);
    let named = text.0.get(begins..code)?;
    ["令", "公告", "通告", "字"].iter().any(|word| named.ends_with(word)).then_some(begins..end)
}

/// The end of digits and 号.
fn numbered(text: Fold<'_>, at: usize) -> Option<usize> {
    let at = text.skip_spaces(at, 1);
    let digits = text.run(at, MOST_DIGITS, |c| c.is_ascii_digit());
    (digits > at).then(|| text.expect(text.skip_spaces(digits, 1), |c| c == '号'))?
}

/// The end of `No. 188`.
fn numbered_in_english(text: Fold<'_>, at: usize) -> Option<usize> {
    let at = text.expect(at, |c| matches!(c, 'N' | 'n'))?;
    let at = text.expect(at, |c| matches!(c, 'o' | 'O'))?;
    let at = text.skip_spaces(text.expect(at, |c| c == '.').unwrap_or(at), 1);
    let digits = text.run(at, MOST_DIGITS, |c| c.is_ascii_digit());
    let goes_on = text.at(digits).is_some_and(|(c, _)| c.is_ascii_alphanumeric());
    (digits > at && !goes_on).then_some(digits)
}

/// Where the code in Latin letters that ends at `end` begins: words with a capital each (`Gong Xin Bu Lian Ke`), or
/// one at the bracket itself.
fn words_before(text: Fold<'_>, from: usize, end: usize) -> usize {
    let mut start = end;
    for _ in 0..MOST_WORDS {
        let word_end = text.run_before(start, from, 1, |c| c == ' ');
        let word = text.run_before(word_end, from, LONGEST_WORD, |c| c.is_ascii_alphabetic());
        let is_cut = text.before(word).is_some_and(|(c, at)| at >= from && c.is_ascii_alphanumeric());
        let has_capital = text.at(word).is_some_and(|(c, _)| c.is_ascii_uppercase());
        let at_bracket = start == end && word_end == end;
        if word == word_end || is_cut || !(has_capital || at_bracket) {
            break;
        }
        start = word;
    }
    start
}

/// The end of a court's code and number (京01民终1号).
fn case(text: Fold<'_>, at: usize) -> Option<usize> {
    let end = text.run(at, LONGEST_CASE, |c| c != '号' && (is_unspaced(c) || c.is_ascii_digit() || c == ' '));
    let has_digit = text.chars(at..end).any(|c| c.is_ascii_digit());
    text.expect(end, |c| c == '号').filter(|_| has_digit)
}

/// Where the code that ends at `end` begins.
fn code_before(text: Fold<'_>, from: usize, end: usize) -> usize {
    let start = text.run_before(end, from, LONGEST_CODE, is_unspaced);
    let run = text.0.get(start..end).unwrap_or_default();
    let words = LEADING.iter().filter_map(|word| run.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
    let mut code = run.get(words..).unwrap_or_default();
    // 见 and the like stand before one; 和 joins two, but for places whose names begin with it.
    while let Some(rest) = code.strip_prefix(['见', '以', '按', '由', '如', '和']) {
        if code.starts_with('和') && rest.starts_with(['政', '县', '田', '平', '林']) {
            break;
        }
        code = rest;
    }
    end - code.len()
}

fn is_open(c: char) -> bool {
    super::one_kind(c) == '〔'
}

fn is_close(c: char) -> bool {
    super::one_kind(c) == '〕'
}
