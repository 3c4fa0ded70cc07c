//! Numbers with a comparator, a range, a unit: what a commitment is made of.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{dates, standards};
use crate::numerals;
use crate::pattern::pattern;

/// How a number bounds what is promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// At least, over.
    Least,
    /// At most, within.
    Most,
    /// The number itself.
    Exact,
}

/// A number with its unit as a sentence gives it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quantity {
    /// From the comparator to the unit and what follows it ("or more").
    pub(super) span: Range<usize>,
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) unit: Option<String>,
    /// Whether a comparator or a range says that the number is a bound.
    pub(super) compared: bool,
}

const UNITS_ZH: &str = "个百分点|个工作日|工作日|个月|平方米|平方公里|人次|户次|小时|分钟|公里|千米|亿元|美元|%|％|[个项家名人条套种类件座所台款处支部张篇场次户门份期例元吨米秒天年倍位亩只辆艘架块组轮批]|毫秒|微秒|[EPTG]FLOPS|[EPTGM]B|[KMG]W|P(?-u:\\b)";

static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"[0-9][0-9,，]*(?:\.[0-9]+)?";
    pattern(&format!(
        concat!(
            r"(?P<pre>超过|突破|超|不少于|不低于|不得少于|不得低于|至少|不小于|高于|大于|多于|不超过|不高于|不得超过|不得高于|不得大于|不多于|不大于|低于|少于|小于|最高|最多|控制在|达到|达)?(?:[为至到了]|再)?\s?",
            r"(?P<a>{n})\s?(?P<am>万亿|[百千万亿])?(?P<ap>[%％])?(?:\s?[-—–－~～至到]{{1,2}}\s?(?P<b>{n})\s?(?P<bm>万亿|[百千万亿])?)?",
            r"(?P<odd>余|多)?\s?(?P<unit>{units})?(?P<post>\s?(?:及)?(?:以上|以下|以内|之内|左右))?"
        ),
        n = number,
        units = UNITS_ZH
    ))
});

static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let number = r"(?:[0-9][0-9,]*(?:\.[0-9]+)?|(?-u:\b)(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?-u:\b))";
    let times = r"hundred|thousand|million|billion|trillion";
    pattern(&format!(
        concat!(
            r"(?i)(?:(?-u:\b)(?P<pre>over|more than|at least|no fewer than|no less than|not less than|not fewer than|not be less than|not be lower than|not be fewer than|no lower than|not lower than|not be higher than|not higher than|not be more than|higher than|greater than|above|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|a minimum of|upwards of|up to|at most|no more than|not more than|not exceed(?:ing)?|not be more than|no later than|less than|fewer than|lower than|below|within|under|between|a maximum of)\s+(?:a total of |the |to )?)?",
            r"(?P<money>RMB|CNY|US\$|USD|¥|\$|€)?\s?(?P<a>{n})(?:\s(?P<am>{t})(?-u:\b))?(?:\s?(?:[-–—]|to|or)\s?\s?(?P<b>{n})(?:\s(?P<bm>{t})(?-u:\b))?)?",
            r"(?:\s?(?P<unit>%|percentage points?|percent|per cent|(?:(?:working|calendar) )?days?(?-u:\b)|hours?(?-u:\b)|(?:milli)?seconds?(?-u:\b)|ms(?-u:\b)|minutes?(?-u:\b)|months?(?-u:\b)|years?(?-u:\b)|square (?:meters|metres|kilometers)|yuan|RMB|US dollars|[EPTG]FLOPS|[EPTGM]B(?-u:\b)|P(?-u:\b)|people(?-u:\b)|person-times))?",
            r"(?P<post>\s(?:or (?:more|above|higher|less|lower|fewer|below)|and above))?"
        ),
        n = number,
        t = times
    ))
});

/// The quantities of a sentence. Dates, standards, clause numbers and the like count nothing and are left out.
pub(super) fn quantities(sentence: &str, chinese: bool) -> Vec<Quantity> {
    let masked = if chinese { masked(sentence) } else { between(masked(sentence)) };
    let found = if chinese { &CHINESE } else { &ENGLISH };
    found
        .captures_iter(&masked)
        .filter_map(|captures| if chinese { of_chinese(&captures) } else { of_english(&captures, &masked) })
        .collect()
}

/// Writes "between 3 and 5" as a range, its bytes in their places.
fn between(text: String) -> String {
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(between [\w.,]{1,12}) and "));
    if text.contains("etween ") { BETWEEN.replace_all(&text, "$1 to  ").into_owned() } else { text }
}

fn of_chinese(captures: &Captures) -> Option<Quantity> {
    let part = |name: &str| captures.name(name).map(|found| found.as_str().trim());
    let (pre, post) = (part("pre").unwrap_or_default(), part("post").unwrap_or_default());
    let percent = part("ap").map(|_| "%");
    let unit = part("unit").or(percent).map(|unit| if unit == "％" { "%" } else { unit });
    let bound = match (pre, post) {
        (_, post) if post.ends_with("以上") => Bound::Least,
        (_, post) if post.ends_with("以下") || post.ends_with("以内") || post.ends_with("之内") => Bound::Most,
        (
            "不超过" | "不高于" | "不得超过" | "不得高于" | "不得大于" | "不多于" | "不大于" | "低于" | "少于" | "小于"
            | "最高" | "最多" | "控制在",
            _,
        ) => Bound::Most,
        ("达到" | "达" | "", _) if part("odd").is_some() => Bound::Least,
        ("达到" | "达" | "", _) => Bound::Exact,
        _ => Bound::Least,
    };
    if unit.is_none() && pre.is_empty() && post.is_empty() {
        return None;
    }
    let scale = |name: &str| match part(name) {
        Some("百") => 1e2,
        Some("千") => 1e3,
        Some("万") => 1e4,
        Some("亿") => 1e8,
        Some("万亿") => 1e12,
        _ => 1.0,
    };
    let first = number(part("a")?)?;
    let second = part("b").and_then(number).map(|value| value * scale("bm"));
    let first = first * if second.is_some() && part("am").is_none() { scale("bm") } else { scale("am") };
    let (unit, times) = if unit == Some("亿元") { (Some("元"), 1e8) } else { (unit, 1.0) };
    let compared = bound != Bound::Exact || second.is_some() || !pre.is_empty();
    quantity(captures, first * times, second.map(|value| value * times), bound, unit, compared)
}

fn of_english(captures: &Captures, text: &str) -> Option<Quantity> {
    let part = |name: &str| captures.name(name).map(|found| found.as_str().trim());
    let lower = |name: &str| part(name).map(str::to_lowercase).unwrap_or_default();
    let (mut pre, post) = (lower("pre"), lower("post"));
    let start = captures.get(0)?.start();
    // "shall not exceed" turns the comparator round.
    if pre.starts_with("exceed") && text.get(..start).is_some_and(|before| before.trim_end().ends_with("not")) {
        pre = "not exceed".to_owned();
    }
    let bound = match (pre.as_str(), post.as_str()) {
        (_, post) if ["more", "above", "higher"].iter().any(|word| post.ends_with(word)) => Bound::Least,
        (_, post) if !post.is_empty() => Bound::Most,
        ("" | "between", _) => Bound::Exact,
        (pre, _) if is_ceiling(pre) => Bound::Most,
        _ => Bound::Least,
    };
    let scale = |name: &str| match lower(name).as_str() {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => 1.0,
    };
    let first = number(part("a")?)?;
    let second = part("b").and_then(number).map(|value| value * scale("bm"));
    let first = first * if second.is_some() && part("am").is_none() { scale("bm") } else { scale("am") };
    let second = second.filter(|second| *second > first);
    let unit = unit_of(&lower("unit"), part("money"));
    let compared = bound != Bound::Exact || second.is_some();
    quantity(captures, first, second, bound, unit.as_deref(), compared)
}

fn is_ceiling(pre: &str) -> bool {
    const CEILINGS: &[&str] = &[
        "up to",
        "at most",
        "no more than",
        "not more than",
        "not exceed",
        "not exceeding",
        "not be more than",
        "no later than",
        "not be higher than",
        "not higher than",
        "less than",
        "fewer than",
        "lower than",
        "below",
        "within",
        "under",
        "a maximum of",
    ];
    CEILINGS.contains(&pre)
}

fn unit_of(unit: &str, money: Option<&str>) -> Option<String> {
    let unit = match unit {
        "percent" | "per cent" | "%" => "%",
        "rmb" => "yuan",
        "p" => "P",
        "pflops" | "eflops" | "tflops" | "gflops" => return Some(unit.to_uppercase()),
        "" => match money? {
            "$" | "US$" | "USD" => "US dollars",
            "€" => "euro",
            _ => "yuan",
        },
        unit => unit,
    };
    Some(unit.to_owned())
}

fn quantity(
    captures: &Captures,
    first: f64,
    second: Option<f64>,
    bound: Bound,
    unit: Option<&str>,
    compared: bool,
) -> Option<Quantity> {
    let span = captures.get(0)?.range();
    let (min, max) = match (bound, second) {
        (_, Some(second)) => (Some(first), Some(second)),
        (Bound::Least, None) => (Some(first), None),
        (Bound::Most, None) => (None, Some(first)),
        (Bound::Exact, None) => (Some(first), Some(first)),
    };
    Some(Quantity { span, min, max, unit: unit.map(str::to_owned), compared })
}

fn number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|char| !matches!(char, ',' | '，')).collect();
    plain.parse().ok().or_else(|| numerals::english(text)).filter(|value: &f64| value.is_finite() && *value < 1e18)
}

/// The sentence with blanks where numbers stand that count nothing; its bytes keep their places.
pub(super) fn masked(sentence: &str) -> String {
    static OTHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"^\s*(?:[（(]?[0-9]{1,3}(?:\.[0-9]{1,3})*[)）]?[.、．]?\s|[0-9]{1,2}[.、．)）])",
            r"|第\s?[0-9]{1,4}\s?(?:号|条|章|节|部分|版|页|届|次|个|批|款|项|类)?",
            r"|[表图式]\s?[A-Z]?\.?[0-9]{1,3}",
            r"|(?-u:\b)(?i:Committees?|Subcommittees?|Articles?|Figures?|Fig\.|Tables?|Annex(?:es)?|Appendix|Parts?|Chapters?|Sections?|Clauses?|Items?|Nos?\.|Tasks?|Indicators?|Pages?|Version|Edition|Phase|Stage|Level|Class|Step)\s+[0-9]+(?:\.[0-9]+)*(?:(?:\s?[-–]\s?|\s(?:to|and)\s)[0-9]+)?",
            r"|[A-Za-z]+[-/]?[0-9]+[A-Za-z0-9]*|(?-u:\b)[0-9]+[A-Za-z]+(?-u:\b)",
            r"|[A-Za-z0-9-]*(?-u:\b)(?:one|two|three|four|five|six|seven|eight|nine|ten|[0-9]+)-(?:year|stop|dimensional|step|way|way|month|day|hour|tier|level|person|star|in)[a-z-]*",
            r"|(?-u:\b)(?:19|20)[0-9]{2}\s?[-–—]\s?(?:19|20)?[0-9]{2}(?-u:\b)",
            r"|[（(]\s*[0-9]{1,3}(?:\.[0-9]{1,3})*\s*[)）]|(?:19|20)[0-9]{2}\s?(?:版|年度|Edition)",
            r"|[0-9]+(?:\.[0-9]+){2,}|https?://\S+|〔[^〕]*〕\s?[0-9]+\s?号|\[(?:19|20)[0-9]{2}\] No\. ?[0-9]+",
            r"|(?-u:\b)(?i:one of|each one|one another|zero trust|one country|two sessions)(?-u:\b)"
        ))
    });
    let mut bytes = sentence.as_bytes().to_vec();
    let spans = standards::spans(sentence)
        .chain(dates::find(sentence).into_iter().map(|found| found.span))
        .chain(OTHER.find_iter(sentence).map(|found| found.range()));
    for mut span in spans {
        span.end += note_mark_len(sentence.get(span.end..).unwrap_or_default());
        if let Some(part) = bytes.get_mut(span) {
            part.fill(b' ');
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The length of a note's mark that stands in plain digits behind a number's full stop: GB/T 80001—2031.2
fn note_mark_len(after: &str) -> usize {
    let Some(rest) = after.strip_prefix(['.', ',', ';']) else { return 0 };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) { 1 + digits } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, wanted: &[(Option<f64>, Option<f64>, Option<&str>)]) {
        let chinese = !sentence.is_ascii();
        let found = quantities(sentence, chinese);
        let found: Vec<_> = found.iter().map(|found| (found.min, found.max, found.unit.as_deref())).collect();
        assert_eq!(found, wanted, "{sentence}");
    }

    #[test]
    fn chinese_quantities() {
        check(
            "到2033年，制定标准50项以上，企业超过1,500家",
            &[(Some(50.0), None, Some("项")), (Some(1500.0), None, Some("家"))],
        );
        check(
            "建设3—5个湖区，覆盖率达到70%",
            &[(Some(3.0), Some(5.0), Some("个")), (Some(70.0), Some(70.0), Some("%"))],
        );
        check(
            "规模突破1.2万亿元，培训10万人次",
            &[(Some(1.2e12), None, Some("元")), (Some(1e5), Some(1e5), Some("人次"))],
        );
        check("降至1.25以下，在24小时以内", &[(None, Some(1.25), None), (None, Some(24.0), Some("小时"))]);
        check("依据GB/T 80001—2031第3条和表2", &[]);
    }

    #[test]
    fn english_quantities() {
        check(
            "at least eight standards, over 1,000 firms and 300 sites",
            &[(Some(8.0), None, None), (Some(1000.0), None, None), (Some(300.0), Some(300.0), None)],
        );
        check(
            "between 3 and 5 lakes and at least 20, and 300 boats",
            &[(Some(3.0), Some(5.0), None), (Some(20.0), None, None), (Some(300.0), Some(300.0), None)],
        );
        check("three to five lakes, 3-5 rivers", &[(Some(3.0), Some(5.0), None), (Some(3.0), Some(5.0), None)]);
        check(
            "up to RMB 1 million; reach 70 percent; 1.25 or lower",
            &[(None, Some(1e6), Some("yuan")), (Some(70.0), Some(70.0), Some("%")), (None, Some(1.25), None)],
        );
        check("Figure 2 of GB/T 80001-2031 in June 2031, Article 5, 5G and a one-stop shop", &[]);
    }
}
