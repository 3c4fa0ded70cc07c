//! Quantities as English writes them: at least 3 to 5, up to RMB 1 million, 70 percent or more, double.

use std::sync::LazyLock;

use corpus::facts::Comparator;
use regex::{Captures, Regex};

use super::{Quantity, bounds, digits, masked};
use crate::numerals;
use crate::pattern::pattern;

const COMPARATORS: &[(&str, Comparator)] = &[
    ("over", Comparator::MoreThan),
    ("more than", Comparator::MoreThan),
    ("higher than", Comparator::MoreThan),
    ("greater than", Comparator::MoreThan),
    ("above", Comparator::MoreThan),
    ("in excess of", Comparator::MoreThan),
    ("upwards? of", Comparator::MoreThan),
    ("exceed(?:s|ed|ing)?", Comparator::MoreThan),
    ("surpass(?:es|ed|ing)?", Comparator::MoreThan),
    ("top(?:s|ping)", Comparator::MoreThan),
    ("at least", Comparator::AtLeast),
    ("(?:at )?a minimum of", Comparator::AtLeast),
    ("no(?:t be|t)? (?:fewer|less|lower|smaller) than", Comparator::AtLeast),
    ("not(?: be| fall| drop)? below", Comparator::AtLeast),
    ("no(?:t be|t)? (?:more|higher|greater|later|larger) than", Comparator::AtMost),
    ("not (?:exceed(?:ing)?|to exceed|surpass|be above)", Comparator::AtMost),
    ("up to", Comparator::AtMost),
    ("at most", Comparator::AtMost),
    ("within", Comparator::AtMost),
    ("a maximum of", Comparator::AtMost),
    ("less than", Comparator::LessThan),
    ("fewer than", Comparator::LessThan),
    ("lower than", Comparator::LessThan),
    ("below", Comparator::LessThan),
    ("under", Comparator::LessThan),
    ("about", Comparator::About),
    ("around", Comparator::About),
    ("approximately", Comparator::About),
    ("roughly", Comparator::About),
    ("nearly", Comparator::About),
    ("almost", Comparator::About),
    ("close to", Comparator::About),
    ("some", Comparator::About),
];

const UNITS: &str = concat!(
    r"%|percentage[- ]points?|percent|per cent|(?:(?:working|calendar|business) )?days?(?-u:\b)|hours?(?-u:\b)|weeks?(?-u:\b)",
    r"|(?:milli)?seconds?(?-u:\b)|ms(?-u:\b)|minutes?(?-u:\b)|months?(?-u:\b)|years?(?-u:\b)",
    r"|square (?:meters|metres|kilometers|kilometres|miles|feet)|cubic (?:meters|metres)|(?:kilo)?(?:meters|metres)(?-u:\b)|km(?-u:\b)|miles(?-u:\b)|hectares(?-u:\b)|acres(?-u:\b)|mu(?-u:\b)",
    r"|yuan|RMB|US dollars|dollars|euros?(?-u:\b)|pounds(?-u:\b)|tons(?-u:\b)|tonnes(?-u:\b)|kilowatt[- ]hours|[KMGT]Wh?(?-u:\b)|kWh",
    r"|[EPTGZ]FLOPS|[EPTGMZ]B(?-u:\b)|P(?-u:\b)|people(?-u:\b)|person-times|person-years|times(?-u:\b)|-?fold(?-u:\b)"
);

static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    let small = "one|two|three|four|five|six|seven|eight|nine";
    let number = format!(
        r"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?|(?-u:\b)(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{small})(?-u:\b))?|{small}|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)(?-u:\b)"
    );
    let comparators: Vec<&str> = COMPARATORS.iter().map(|(words, _)| *words).collect();
    pattern(&format!(
        concat!(
            r"(?i)(?:(?P<pre>(?-u:\b)(?:{pre})(?-u:\b)|[≥≤<>]=?)\s*(?:a total of |a further |an additional |the |to )?)?",
            r"(?P<money>RMB|CNY|US\$|USD|¥|￥|\$|€|£)?\s?(?P<a>{n})(?:\s?(?P<au>%|percent(?-u:\b)))?(?:\s(?P<am>{t})(?-u:\b))?",
            r"(?:\s?(?:[-–—]|to|or)\s?\s?(?:RMB|US\$|\$|€|£|¥)?(?P<b>{n})(?:\s(?P<bm>{t})(?-u:\b))?)?",
            r"(?:\s?(?P<unit>{units}))?",
            r"(?P<post>,?\s(?:or (?:more|above|higher|greater|over|less|lower|fewer|below|under|so)|and (?:above|over)))?"
        ),
        pre = comparators.join("|"),
        n = number,
        t = "hundred|thousand|million|billion|trillion",
        units = UNITS
    ))
});

/// The quantities of a sentence in order.
pub(super) fn quantities(sentence: &str) -> Vec<Quantity> {
    let text = between(masked(sentence));
    let mut found: Vec<Quantity> =
        QUANTITY.captures_iter(&text).filter_map(|captures| read(&captures, &text)).collect();
    found.extend(multiples(&text));
    found.sort_by_key(|quantity| quantity.span.start);
    found
}

/// Writes "between 3 and 5" as a range, its bytes in their places.
fn between(text: String) -> String {
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bbetween ([\w.,%$]{1,12}(?: percent)?) and "));
    if text.contains("etween ") { BETWEEN.replace_all(&text, "        $1 to  ").into_owned() } else { text }
}

fn read(captures: &Captures, text: &str) -> Option<Quantity> {
    let part = |name: &str| captures.name(name).map(|found| found.as_str().trim());
    let lower = |name: &str| part(name).map(str::to_lowercase).unwrap_or_default();
    let mut span = captures.get(0)?.range();
    let after = text.get(span.end..).unwrap_or_default();
    // "25FPS", "3D": part of a name; so is a number that a letter or a hyphen with a word follows.
    if part("unit").is_none()
        && part("post").is_none()
        && (after.starts_with(char::is_alphabetic) || is_compound(after))
    {
        return None;
    }
    let before = text.get(..span.start).unwrap_or_default();
    let mut bound = bound(&lower("pre"), &lower("post"));
    if bound == Comparator::MoreThan && lower("pre").starts_with("exceed") && before.trim_end().ends_with(" not") {
        bound = Comparator::AtMost;
    }
    let second = part("b").and_then(number).map(|value| value * scale(&lower("bm")));
    let shared = second.is_some() && part("am").is_none();
    let first = number(part("a")?)? * scale(&lower(if shared { "bm" } else { "am" }));
    let second = second.filter(|second| *second > first);
    let unit = unit_of(&lower("unit"), part("money")).or_else(|| part("au").map(|_| "%".to_owned()));
    // "from 300 to 350": where it is to get is what counts.
    let (first, second, arrives) = match second {
        Some(second) if before.trim_end().ends_with("from") => (second, None, true),
        second => (first, second, false),
    };
    let (min, max) = second.map_or_else(|| bounds(first, bound), |second| (Some(first), Some(second)));
    let change = change(before, unit.as_deref());
    let comparator = change.or(second.map(|_| Comparator::Between)).unwrap_or(bound);
    let compared = bound != Comparator::Exactly || second.is_some() || change.is_some() || arrives;
    let in_words = part("a")?.starts_with(|char: char| char.is_ascii_alphabetic());
    span.start += text.get(span.clone())?.len() - text.get(span.clone())?.trim_start().len();
    Some(Quantity { span, min, max, unit, comparator, compared, in_words, verb: false })
}

/// "10-storey", "5-star": what follows belongs to the number.
fn is_compound(after: &str) -> bool {
    after.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

fn bound(pre: &str, post: &str) -> Comparator {
    if ["more", "above", "higher", "greater", "over"].iter().any(|word| post.ends_with(word)) {
        return Comparator::AtLeast;
    }
    if post.ends_with("so") {
        return Comparator::About;
    }
    if !post.is_empty() {
        return Comparator::AtMost;
    }
    static EACH: LazyLock<Vec<(Regex, Comparator)>> = LazyLock::new(|| {
        COMPARATORS.iter().map(|(words, bound)| (pattern(&format!("^(?:{words})$")), *bound)).collect()
    });
    match pre.trim() {
        "≥" | ">=" => return Comparator::AtLeast,
        "≤" | "<=" => return Comparator::AtMost,
        ">" => return Comparator::MoreThan,
        "<" => return Comparator::LessThan,
        _ => {}
    }
    let pre = pre.trim();
    EACH.iter().find(|(words, _)| words.is_match(pre)).map_or(Comparator::Exactly, |(_, bound)| *bound)
}

/// "increase by 10%", "a reduction of 30 percent": a change, where the number measures one.
fn change(before: &str, unit: Option<&str>) -> Option<Comparator> {
    static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:(?P<grow>increas\w*|grow\w*|rais\w*|ris(?:e|ing)|boost\w*|expand\w*|improv\w*|lift\w*)|(?P<cut>cut\w*|reduc\w*|lower\w*|decreas\w*|declin\w*|drop\w*|fall\w*|shorten\w*|slash\w*|shr[iau]nk\w*))\b[^,;.]{0,90}?\b(?:by|of)(?: an average of| a total of| a further| another)?\s*$",
        )
    });
    let unit = unit?;
    let found = CHANGE.captures(before)?;
    let relative = unit == "%" || unit.starts_with("percentage") || unit == "times";
    match (found.name("grow").is_some(), relative) {
        (true, true) => Some(Comparator::GrowBy),
        (false, _) => Some(Comparator::CutBy),
        _ => None,
    }
}

fn unit_of(unit: &str, money: Option<&str>) -> Option<String> {
    let unit = match unit {
        "percent" | "per cent" | "%" => "%",
        "rmb" => "yuan",
        "p" => "P",
        "dollars" => "US dollars",
        "euros" => "euro",
        "fold" | "-fold" => "times",
        "" => match money?.to_ascii_uppercase().as_str() {
            "$" | "US$" | "USD" => "US dollars",
            "€" => "euro",
            "£" => "pounds",
            _ => "yuan",
        },
        unit if unit.ends_with("flops") || matches!(unit, "eb" | "pb" | "tb" | "gb" | "mb" | "zb") => {
            return Some(unit.to_uppercase());
        }
        unit => unit,
    };
    Some(unit.to_owned())
}

fn number(text: &str) -> Option<f64> {
    digits(text).or_else(|| numerals::english(text))
}

fn scale(text: &str) -> f64 {
    match text {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => 1.0,
    }
}

/// "will double", "doubling the number of", "threefold": how many times as much.
fn multiples(text: &str) -> Vec<Quantity> {
    static MULTIPLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|\b(?:to|will|shall|should|must|than|and|or|roughly|nearly)\s|[,;:]\s)(?P<verb>double|triple|quadruple|halve)(?P<next>[\s,.;]|$)|\b(?P<gerund>doubling|tripling|quadrupling|halving)\b|\b(?P<fold>two|three|four|five|ten)-?fold\b",
        )
    });
    let found = MULTIPLE.captures_iter(text).filter_map(|captures| {
        let word = captures.name("verb").or(captures.name("gerund")).or(captures.name("fold"))?;
        let lower = word.as_str().to_ascii_lowercase();
        let times = match lower.get(..3)? {
            "dou" => 2.0,
            "tri" => 3.0,
            "qua" => 4.0,
            "hal" => 0.5,
            _ => numerals::english(&lower)?,
        };
        let end = if captures.name("fold").is_some() { captures.get(0)?.end() } else { word.end() };
        Some(Quantity {
            span: word.start()..end,
            min: Some(times),
            max: Some(times),
            unit: Some("times".to_owned()),
            comparator: Comparator::Times,
            compared: true,
            in_words: true,
            verb: true,
        })
    });
    found.collect()
}
