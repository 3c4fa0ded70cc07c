//! Quantities as Chinese writes them: 不少于3—5个, 提高到70%以上, 三成, 翻一番.

use std::sync::LazyLock;

use corpus::facts::Comparator;
use regex::{Captures, Regex};

use super::{Quantity, bounds, digits, masked};
use crate::numerals;
use crate::pattern::pattern;

const UNITS: &str = concat!(
    "个百分点|百分点|个工作日|个自然日|工作日|个月|个小时|平方公里|平方千米|平方米|立方米|公顷|人次|户次|批次|小时|分钟|公里|千米|海里",
    "|美元|欧元|港元|日元|吨标准煤|公斤|千克|千瓦时|万?千瓦|兆瓦时?|吉瓦时?|毫秒|微秒|纳秒|标准箱|标箱|人年|人天",
    r"|%|％|[EPTGZ]FLOPS|[EPTGMZ]B|[KMGT]Wh|[KMG]W|kWh|km|P(?-u:\b)|ms(?-u:\b)",
    "|[个项家名人条套种类件座所台款处支部张篇场次户门份期例元吨斤米秒天年倍位亩只辆艘架块组轮批成颗株口间栋幢片本册枚列孔宗头床节段幅队班对笔单届]"
);

/// Numerals alone count nothing (三农, 九江): they do before one of these.
const CLASSIFIERS: &str =
    "个项家名人条套种类件座所台款处支部张篇场次户门份期例位只辆艘架块组轮批颗株间栋本册成倍元亩人次批次公里";

static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    let number = "(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)(?:\\.[0-9]+)?|[一二两三四五六七八九十百千万亿〇零]+";
    let scale = "万亿|十万|百万|千万|百亿|千亿|[百千万亿]";
    pattern(&format!(
        concat!(
            r"(?P<verb>(?:达到|达|提高|提升|增长|增加|扩大|上升|上涨|降低|下降|减少|压减|缩短|压缩|削减|减排|节约|下调|降|增|稳定|保持|维持|拓展|延长)(?P<to>到|至|为|在)?了?)?",
            r"(?P<pre>超过|突破|超出|超|不少于|不低于|不得少于|不得低于|不小于|不得小于|不下于|至少|最少|最低|高于|大于|多于|逾|不超过|不高于|不得超过|不得高于|不得大于|不得多于|不多于|不大于|低于|少于|小于|最高|最多|至多|控制在|限制在|大约|约|接近|近|≥|≧|≤|≦|＞|＜|>|<)?",
            r"(?:[为至到了]|再)?\s?",
            r"(?P<hundredth>百分之)?(?P<a>{n})\s?(?P<am>{s})?(?P<aodd>余|多)?\s?(?P<au>{units})?",
            r"(?:\s?[-—–－~～至到]{{1,2}}\s?(?P<b>{n})\s?(?P<bm>{s})?(?P<bodd>余|多)?\s?(?P<bu>{units})?)?",
            r"(?P<post>\s?(?:及|或|（含）)?(?:以上|以下|以内|之内|之下|左右|上下|内))?"
        ),
        n = number,
        s = scale,
        units = UNITS
    ))
});

/// The quantities of a sentence in order.
pub(super) fn quantities(sentence: &str) -> Vec<Quantity> {
    let text = masked(sentence);
    let mut found: Vec<Quantity> =
        QUANTITY.captures_iter(&text).filter_map(|captures| read(&captures, &text)).collect();
    found.extend(multiples(&text));
    found.sort_by_key(|quantity| quantity.span.start);
    found
}

fn read(captures: &Captures, text: &str) -> Option<Quantity> {
    let part = |name: &str| captures.name(name).map(|found| found.as_str().trim());
    let all = captures.get(0)?;
    let second = part("b");
    let unit = part(if second.is_some() && part("bu").is_some() { "bu" } else { "au" });
    let unit = if part("hundredth").is_some() { Some("%") } else { unit };
    let first = part("a")?;
    let in_words = !first.starts_with(|char: char| char.is_ascii_digit());
    let post = part("post").unwrap_or_default().trim_start_matches(['及', '或']).trim_start_matches("（含）");
    let after = text.get(all.end()..).unwrap_or_default();
    let pre = part("pre").unwrap_or_default();
    let bound = bound(pre, post, part("aodd").or(part("bodd")).is_some());
    let high = second.and_then(value).map(|high| high * scale(part("bm")));
    let ranged = high > value(first).map(|low| low * scale(part("am")));
    let compared = bound != Comparator::Exactly || ranged || part("verb").is_some() || !pre.is_empty();
    if in_words
        && part("hundredth").is_none()
        && !is_numeral(first, unit, compared, text.get(..captures.name("a")?.start()).unwrap_or_default())
    {
        return None;
    }
    if (unit.is_none() && !compared) || (unit == Some("成") && post.is_empty() && !ends_share(after)) {
        return None;
    }
    // "内" bounds a time only: 10个工作日内, but not 3家内资企业.
    let inside = post == "内"
        && !unit
            .is_some_and(|unit| ["日", "时", "月", "年", "天", "分钟", "秒"].iter().any(|time| unit.ends_with(time)));
    let bound = if inside { Comparator::Exactly } else { bound };
    // 近三年 looks back.
    if pre == "近" && unit.is_some_and(|unit| ["年", "月", "天", "日"].iter().any(|time| unit.ends_with(time))) {
        return None;
    }
    let (unit, times) = match unit {
        Some("％") => (Some("%"), 1.0),
        Some("成") => (Some("%"), 10.0),
        other => (other, 1.0),
    };
    let low_scale = part("am").or(if part("au").is_none() { part("bm") } else { None });
    let low = value(first)? * scale(low_scale) * times;
    let high = high.map(|high| high * times).filter(|high| *high > low);
    let (min, max) = high.map_or_else(|| bounds(low, bound), |high| (Some(low), Some(high)));
    let comparator = match change(part("verb").unwrap_or_default(), part("to").is_some(), unit) {
        Some(change) => change,
        None if high.is_some() => Comparator::Between,
        None => bound,
    };
    let mut span = all.range();
    if inside {
        span.end -= post.len();
    }
    Some(Quantity {
        span,
        min,
        max,
        unit: unit.map(str::to_owned),
        comparator,
        compared,
        in_words,
        verb: part("verb").is_some(),
    })
}

/// Whether Han numerals are a number: 三个, 十余项, 超百家, but not 一批, 统一个, 百家.
fn is_numeral(text: &str, unit: Option<&str>, compared: bool, before: &str) -> bool {
    let counted = unit.is_some_and(|unit| unit == "%" || CLASSIFIERS.contains(unit));
    let plain = text.chars().all(|char| !"一二两三四五六七八九十".contains(char));
    let word = before.ends_with([
        '统', '第', '唯', '同', '专', '单', '之', '数', '几', '上', '好', '这', '那', '每', '另', '某', '万',
    ]);
    counted && !word && text != "一" && text != "万" && (!plain || compared)
}

fn bound(pre: &str, post: &str, odd: bool) -> Comparator {
    match (pre, post) {
        ("超过" | "突破" | "超出" | "超" | "高于" | "大于" | "多于" | "逾" | "＞" | ">", _) => {
            Comparator::MoreThan
        }
        ("低于" | "少于" | "小于" | "＜" | "<", _) => Comparator::LessThan,
        (_, "以上")
        | (
            "不少于" | "不低于" | "不得少于" | "不得低于" | "不小于" | "不得小于" | "不下于" | "至少" | "最少" | "最低"
            | "≥" | "≧",
            _,
        ) => Comparator::AtLeast,
        (_, "以下" | "以内" | "之内" | "之下" | "内") => Comparator::AtMost,
        ("约" | "大约" | "接近" | "近", _) | (_, "左右" | "上下") => Comparator::About,
        ("", _) if odd => Comparator::MoreThan,
        ("", _) => Comparator::Exactly,
        _ => Comparator::AtMost,
    }
}

/// 提高10% is a change, 提高到10% is where it ends.
fn change(verb: &str, to: bool, unit: Option<&str>) -> Option<Comparator> {
    let unit = unit?;
    if to {
        return (unit == "倍").then_some(Comparator::Times);
    }
    let relative = unit == "%" || unit.ends_with("百分点") || unit == "倍";
    match verb.trim_end_matches('了') {
        "提高" | "提升" | "增长" | "增加" | "扩大" | "上升" | "上涨" | "增" | "拓展" if relative => {
            Some(Comparator::GrowBy)
        }
        "降低" | "下降" | "减少" | "压减" | "缩短" | "压缩" | "削减" | "减排" | "节约" | "下调" | "降" => {
            Some(Comparator::CutBy)
        }
        _ if unit == "倍" => Some(Comparator::Times),
        _ => None,
    }
}

fn value(text: &str) -> Option<f64> {
    digits(text).or_else(|| numerals::chinese(text).map(|value| value as f64)).or_else(|| bare_scale(text))
}

/// 百, 千 and 万 without a digit before them: 超百家.
fn bare_scale(text: &str) -> Option<f64> {
    let scale = scale(Some(text));
    (scale > 1.0).then_some(scale)
}

fn scale(text: Option<&str>) -> f64 {
    match text {
        Some("百") => 1e2,
        Some("千") => 1e3,
        Some("万") => 1e4,
        Some("十万") => 1e5,
        Some("百万") => 1e6,
        Some("千万") => 1e7,
        Some("亿") => 1e8,
        Some("百亿") => 1e10,
        Some("千亿") => 1e11,
        Some("万亿") => 1e12,
        _ => 1.0,
    }
}

/// 三成 is a share, 三成员 is not.
fn ends_share(after: &str) -> bool {
    after.chars().next().is_none_or(|next| matches!(next, '，' | '。' | '；' | '、' | '）' | '的' | '和'))
}

/// 翻一番, 翻两番, 减半: how many times as much.
fn multiples(text: &str) -> Vec<Quantity> {
    static MULTIPLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:实现|再)?(?:翻(?P<times>[一二两三])?番|减半)"));
    let found = MULTIPLE.captures_iter(text).filter_map(|captures| {
        let span = captures.get(0)?.range();
        let halved = text.get(span.clone())?.ends_with("减半");
        let times = match captures.name("times").map_or("一", |times| times.as_str()) {
            _ if halved => 0.5,
            "一" => 2.0,
            "三" => 8.0,
            _ => 4.0,
        };
        Some(Quantity {
            span,
            min: Some(times),
            max: Some(times),
            unit: Some("倍".to_owned()),
            comparator: Comparator::Times,
            compared: true,
            in_words: true,
            verb: true,
        })
    });
    found.collect()
}
