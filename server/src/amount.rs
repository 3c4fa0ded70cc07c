//! The amount of a target, as a person reads it.

use corpus::facts::{Comparator, Target};
use corpus::text::is_han;

/// `50`, `≥ 50 项`, `> 2.5 billion yuan`, `3–5`, `+10%`, `× 2`.
pub(crate) fn amount(target: &Target) -> String {
    let unit = target.unit.as_deref().unwrap_or_default();
    let chinese = unit.chars().any(is_han);
    let sign = |sign: &str, bound: f64| format!("{sign}{}", number(bound, chinese));
    let said = match (target.comparator, target.min, target.max) {
        (_, None, None) => return "–".to_owned(),
        (Comparator::Times, Some(times), _) => return sign("× ", times),
        (Comparator::GrowBy, Some(min), Some(max)) if min < max => {
            format!("{}–{}", sign("+", min), number(max, chinese))
        }
        (Comparator::CutBy, Some(min), Some(max)) if min < max => {
            format!("{}–{}", sign("−", min), number(max, chinese))
        }
        (_, Some(min), Some(max)) if min < max => format!("{}–{}", number(min, chinese), number(max, chinese)),
        (Comparator::GrowBy, Some(bound), Some(_)) => sign("+", bound),
        (Comparator::CutBy, Some(bound), Some(_)) => sign("−", bound),
        (Comparator::GrowBy, Some(bound), None) => sign("≥ +", bound),
        (Comparator::CutBy, Some(bound), None) => sign("≥ −", bound),
        (Comparator::About, Some(bound), Some(_)) => sign("≈ ", bound),
        (_, Some(bound), Some(_)) => sign("", bound),
        (Comparator::MoreThan, Some(bound), None) => sign("> ", bound),
        (_, Some(bound), None) => sign("≥ ", bound),
        (Comparator::LessThan, None, Some(bound)) => sign("< ", bound),
        (_, None, Some(bound)) => sign("≤ ", bound),
    };
    match unit {
        "" => said,
        "%" => format!("{said}%"),
        unit => format!("{said} {unit}"),
    }
}

/// A number without needless decimals: from a hundred million on in 亿, or in billions, below with its thousands apart.
fn number(value: f64, chinese: bool) -> String {
    let scales: &[(f64, &str)] =
        if chinese { &[(1e12, " 万亿"), (1e8, " 亿")] } else { &[(1e12, " trillion"), (1e9, " billion")] };
    match scales.iter().find(|(scale, _)| value.abs() >= *scale) {
        Some((scale, name)) => format!("{}{name}", plain(value / scale)),
        None => plain(value),
    }
}

fn plain(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(comparator: Comparator, bounds: (Option<f64>, Option<f64>), unit: &str, wanted: &str) {
        let unit = Some(unit.to_owned()).filter(|unit| !unit.is_empty());
        let target = Target { min: bounds.0, max: bounds.1, unit, comparator, ..Target::default() };
        assert_eq!(amount(&target), wanted);
    }

    #[test]
    fn amounts_say_whether_they_are_a_floor_a_ceiling_or_a_range() {
        use Comparator::{About, AtLeast, AtMost, Between, CutBy, Exactly, GrowBy, LessThan, MoreThan, Times};
        check(AtLeast, (Some(50.0), None), "项", "≥ 50 项");
        check(MoreThan, (Some(50.0), None), "项", "> 50 项");
        check(AtMost, (None, Some(1.3)), "", "≤ 1.3");
        check(LessThan, (None, Some(1.3)), "", "< 1.3");
        check(Exactly, (Some(12_000.0), Some(12_000.0)), "%", "12,000%");
        check(About, (Some(12_000.0), Some(12_000.0)), "座", "≈ 12,000 座");
        check(Between, (Some(3.0), Some(5.0)), "years", "3–5 years");
        check(GrowBy, (Some(10.0), Some(10.0)), "%", "+10%");
        check(CutBy, (Some(8.0), Some(10.0)), "%", "−8–10%");
        check(Times, (Some(2.0), Some(2.0)), "倍", "× 2");
        check(Exactly, (None, None), "", "–");
    }

    #[test]
    fn large_amounts_are_told_as_people_tell_them() {
        use Comparator::{AtLeast, Exactly};
        check(AtLeast, (Some(1.2e12), None), "元", "≥ 1.2 万亿 元");
        check(Exactly, (Some(3.05e8), Some(3.05e8)), "人", "3.05 亿 人");
        check(AtLeast, (Some(2.5e9), None), "yuan", "≥ 2.5 billion yuan");
        check(AtLeast, (Some(60_000.0), None), "家", "≥ 60,000 家");
    }
}
