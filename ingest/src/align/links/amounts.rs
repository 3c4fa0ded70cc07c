//! Numbers, dates and percentages of a sentence pair by their value.

use std::ops::Range;

use super::evidence::Evidence;
use crate::{align::numbers, numerals};

/// What the same number is worth.
const SAME: f32 = 1.5;

/// A number in a Chinese word.
struct Amount {
    value: f64,
    unit: Unit,
}

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Percent,
    Year,
    Month,
    Other,
}

/// Whether a Chinese word is a number, with or without a unit.
pub(crate) fn is_amount(word: &str) -> bool {
    amount(word).is_some()
}

/// Weighs the words of a sentence pair that give the same number, with its scale and unit: 380万 and `3.8 million`.
pub(crate) fn weigh(evidence: &mut Evidence<'_>, pair: usize, zh: &[&str], en: &[&str]) {
    let amounts = amounts(zh);
    if amounts.is_empty() {
        return;
    }
    let lower: Vec<String> = en.iter().map(|word| word.to_lowercase()).collect();
    for (at, word) in lower.iter().enumerate() {
        let next = lower.get(at + 1).map_or("", String::as_str);
        let capital = en.get(at).is_some_and(|word| word.starts_with(char::is_uppercase));
        let month = numerals::month(word.trim_end_matches('.')).filter(|_| capital);
        for (zh, amount) in &amounts {
            let words = if amount.unit == Unit::Month && month.is_some_and(|month| same(f64::from(month), amount.value))
            {
                1
            } else {
                words_of(amount, word, next)
            };
            for zh in zh.clone() {
                (at..at + words).for_each(|en| evidence.raise_at(pair, zh, en, SAME));
            }
        }
    }
}

/// The amounts of a sentence with the places of their words: 3, 月 may be two words, or 380, 万.
fn amounts(zh: &[&str]) -> Vec<(Range<usize>, Amount)> {
    const UNITS: [&str; 10] = ["年", "月", "月份", "日", "号", "岁", "%", "万", "亿", "千万"];
    let mut found = Vec::new();
    for (at, word) in zh.iter().enumerate() {
        let unit = zh.get(at + 1).filter(|next| UNITS.contains(*next) && word.ends_with(char::is_numeric));
        let apart = unit.and_then(|unit| amount(&format!("{word}{unit}")));
        found.extend(apart.map(|amount| (at..at + 2, amount)));
        found.extend(amount(word).map(|amount| (at..at + 1, amount)));
    }
    found
}

/// How many of an English word and the next one give the amount.
fn words_of(amount: &Amount, word: &str, next: &str) -> usize {
    let Some(value) = english_value(word) else { return 0 };
    if numbers::scale(next).is_some_and(|scale| same(value * scale, amount.value)) {
        return 2;
    }
    let unit = match amount.unit {
        Unit::Percent => matches!(next, "percent" | "%" | "per"),
        Unit::Year => matches!(next, "year" | "years"),
        Unit::Month | Unit::Other => false,
    };
    if same(value, amount.value) { 1 + usize::from(unit) } else { 0 }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * b.abs().max(1e-3)
}

fn english_value(word: &str) -> Option<f64> {
    let plain = word.trim_start_matches(['$', '€', '£']).trim_end_matches('%');
    let digits = numbers::value(plain).and_then(|value| value.strip_prefix('#')?.parse().ok());
    digits.or_else(|| numerals::english(word)).or_else(|| numerals::ordinal(word).map(|value| value as f64))
}

/// The number that a Chinese word begins with: 3月, 380万, 百分之十五, 第二.
fn amount(word: &str) -> Option<Amount> {
    let text = numbers::ascii(word);
    let percent = text.strip_prefix("百分之");
    let plain = percent.unwrap_or(&text);
    let plain = plain.strip_prefix('第').unwrap_or(plain);
    let (value, unit) = digits(plain).or_else(|| chinese_numerals(plain))?;
    let unit = match unit {
        _ if percent.is_some() => Unit::Percent,
        "%" => Unit::Percent,
        "年" | "岁" => Unit::Year,
        "月" | "月份" => Unit::Month,
        _ => Unit::Other,
    };
    Some(Amount { value, unit })
}

/// A number in digits with its Chinese scale, and what follows it.
fn digits(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(text.len());
    let (digits, mut rest) = text.split_at(end);
    let mut value: f64 = digits.replace(',', "").parse().ok()?;
    while let Some(character) = rest.chars().next() {
        value *= match character {
            '百' => 1e2,
            '千' => 1e3,
            '万' => 1e4,
            '亿' => 1e8,
            _ => break,
        };
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
    }
    value.is_finite().then_some((value, rest))
}

/// A number in Chinese numerals, and what follows it.
fn chinese_numerals(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !"零〇一二两三四五六七八九十百千万亿".contains(c)).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    Some((numerals::chinese(number)? as f64, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(zh: &str, en: [&str; 2], expected: usize) {
        let found = amount(zh).map_or(0, |amount| words_of(&amount, en[0], en[1]));
        assert_eq!(found, expected, "{zh} {en:?}");
    }

    #[test]
    fn amounts_are_compared_by_value_with_scale_and_unit() {
        check("450万", ["4.5", "million"], 2);
        check("２亿", ["200", "million"], 2);
        check("百分之二十", ["20", "percent"], 2);
        check("7.5%", ["7.5", "%"], 2);
        check("三十", ["thirty", "lakes"], 1);
        check("第六", ["sixth", "lake"], 1);
        check("19日", ["19th", "of"], 1);
        check("1,200", ["1,200", "boats"], 1);
        check("十二年", ["12", "years"], 2);
        check("湖泊", ["12", "years"], 0);
        check("12", ["13", "years"], 0);
    }
}
