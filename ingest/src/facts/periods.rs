//! Plan periods: 十五五, the 15th Five-Year Plan, 2026—2028年.

use std::sync::LazyLock;

use corpus::facts::PlanPeriod;
use regex::Regex;

use super::Text;
use super::head::Head;
use crate::numerals;
use crate::pattern::pattern;

static RANGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"((?:19|20)\d{2})\s?年?\s?[-—–－~～至]{1,2}\s?((?:19|20)\d{2})\s?年?"));

/// The plan periods that a text names, each once.
pub(super) fn plan_periods(text: &Text, head: &Head) -> Vec<PlanPeriod> {
    let mut found: Vec<PlanPeriod> = Vec::new();
    let mut add = |period: PlanPeriod| {
        if !found.iter().any(|known| (known.from, known.to) == (period.from, period.to)) {
            found.push(period);
        }
    };
    if let Some(title) = &head.title {
        title_period(title).into_iter().for_each(&mut add);
    }
    for block in text.blocks.iter().filter(|block| block.kind.is_running_text()) {
        five_year_plans(&block.text).into_iter().for_each(&mut add);
    }
    found
}

/// The period in a title's brackets.
fn title_period(title: &str) -> Option<PlanPeriod> {
    let captures = RANGE.captures(title)?;
    let (from, to) = (captures.get(1)?.as_str().parse().ok()?, captures.get(2)?.as_str().parse().ok()?);
    (from < to && to - from <= 50).then(|| PlanPeriod {
        name: captures.get(0).map_or("", |all| all.as_str().trim()).to_owned(),
        from,
        to,
    })
}

/// The last year of the period that a title gives.
pub(super) fn end_of_title_period(title: &str) -> Option<i32> {
    title_period(title).map(|period| period.to)
}

fn five_year_plans(text: &str) -> Vec<PlanPeriod> {
    static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"([“"「]?)([一二三四五六七八九十]{1,3})五([”"」]?)(规划|计划|时期|期间|同期|末|以来|$|[^\x{4e00}-\x{9fff}])"#,
        )
    });
    static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\b(?:(\d{1,2})(?:th|st|nd|rd)|([A-Z][a-z]{4,10}th)) (?:National )?Five-Year Plan\b")
    });
    let mut found = Vec::new();
    for captures in CHINESE.captures_iter(text) {
        let part = |at: usize| captures.get(at).map_or("", |found| found.as_str());
        let quoted = !part(1).is_empty() && !part(3).is_empty();
        let named = matches!(part(4), "规划" | "计划" | "时期" | "期间" | "末" | "以来");
        if (quoted || named)
            && let Some(number) = numerals::chinese(part(2))
        {
            found.extend(five_years(number, format!("{}五", part(2))));
        }
    }
    for captures in ENGLISH.captures_iter(text) {
        let number = captures.get(1).or(captures.get(2)).and_then(|number| numerals::ordinal(number.as_str()));
        if let (Some(number), Some(all)) = (number, captures.get(0)) {
            found.extend(five_years(number, all.as_str().to_owned()));
        }
    }
    found
}

/// The nth Five-Year Plan since the sixth: the 14th ran from 2021 to 2025.
fn five_years(number: i64, name: String) -> Option<PlanPeriod> {
    let number = i32::try_from(number).ok().filter(|number| (6..=30).contains(number))?;
    let from = 1951 + 5 * number;
    Some(PlanPeriod { name, from, to: from + 4 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_year_plans_in_both_languages() {
        let years =
            |text: &str| five_year_plans(text).iter().map(|period| (period.from, period.to)).collect::<Vec<_>>();
        assert_eq!(years("“十四五”以来和“十五五”时期"), [(2021, 2025), (2026, 2030)]);
        assert_eq!(years("the 16th Five-Year Plan and the Thirteenth Five-Year Plan"), [(2031, 2035), (2016, 2020)]);
        assert_eq!(years("共有十五五个"), []);
    }

    #[test]
    fn a_title_with_its_years() {
        assert_eq!(end_of_title_period("湖泊行动计划（2031—2033年）"), Some(2033));
        assert_eq!(end_of_title_period("Lake Plan (2031–2033)"), Some(2033));
    }
}
