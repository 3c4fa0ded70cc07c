//! Numbers with a comparator, a range, a unit: what a commitment is made of.

mod chinese;
mod english;
mod masks;

use std::ops::Range;

use corpus::facts::Comparator;

pub(super) use masks::masked;

/// A number with its unit as a sentence gives it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    /// From the comparator to the unit and what follows it ("or more").
    pub(super) span: Range<usize>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) unit: Option<String>,
    pub(super) comparator: Comparator,
    /// Whether a comparator, a range or a verb of reaching says that the number is where something is to get.
    pub(super) compared: bool,
    /// Whether it is written in words: 三个, "two".
    pub(super) in_words: bool,
    /// Whether a verb of reaching or changing belongs to it: 提高到70%.
    pub(super) verb: bool,
}

/// The quantities of a sentence. Dates, standards, clause numbers and the like count nothing and are left out.
pub(super) fn quantities(sentence: &str, chinese: bool) -> Vec<Quantity> {
    let mut found = if chinese { chinese::quantities(sentence) } else { english::quantities(sentence) };
    for at in 1..found.len() {
        let (known, rest) = found.split_at_mut(at);
        if let (Some(before), Some(after)) = (known.last(), rest.first_mut()) {
            coordinate(sentence, before, after);
        }
    }
    found
}

/// "over 100, 50 and 30": a comparator holds for all numbers of a row.
fn coordinate(sentence: &str, before: &Quantity, after: &mut Quantity) {
    let between = sentence.get(before.span.end..after.span.start).unwrap_or("-").trim();
    let row = matches!(between, "、" | "和" | "及" | "与" | "," | "and" | ", and");
    // English says so: "at least 20, and 300 boats" are two matters.
    let joined = sentence.chars().any(corpus::text::is_han) || sentence.contains("respectively");
    if !row || !joined || after.compared || after.min != after.max {
        return;
    }
    match before.comparator {
        Comparator::AtLeast | Comparator::MoreThan => after.max = None,
        Comparator::AtMost | Comparator::LessThan => after.min = None,
        Comparator::Exactly if before.compared => {}
        _ => return,
    }
    after.comparator = before.comparator;
    after.compared = true;
}

/// The bounds of one number under a comparator.
fn bounds(value: f64, bound: Comparator) -> (Option<f64>, Option<f64>) {
    match bound {
        Comparator::AtLeast | Comparator::MoreThan => (Some(value), None),
        Comparator::AtMost | Comparator::LessThan => (None, Some(value)),
        _ => (Some(value), Some(value)),
    }
}

/// The value of digits, whose thousands may be parted by commas.
fn digits(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|char| !matches!(char, ',' | '，')).collect();
    plain.parse().ok().filter(|value: &f64| value.is_finite() && *value < 1e18)
}

#[cfg(test)]
mod tests;
