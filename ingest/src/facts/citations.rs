//! Other documents that a text names: 《title》（number）, a title in quotation marks, a number alone.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use corpus::document::Block;
use corpus::facts::{Citation, DocumentKind};
use regex::Regex;

use super::excerpt::sentence_round;
use super::{Text, numbers, standards};
use crate::pattern::pattern;

/// At the most so many are kept.
const MOST: usize = 500;
/// So many characters of the sentence are kept.
const SENTENCE: usize = 300;

/// A title or number in a block.
struct Named {
    span: Range<usize>,
    title: Option<String>,
    number: Option<String>,
}

/// The documents that a text names, each once, without itself.
pub(super) fn citations(
    text: &Text,
    own_title: Option<&str>,
    own_number: Option<&str>,
    kind: Option<DocumentKind>,
) -> Vec<Citation> {
    let own = own_title.map(folded).unwrap_or_default();
    let own_number = own_number.map(folded);
    let mut known: HashSet<String> = HashSet::new();
    let mut short: HashSet<String> = HashSet::new();
    let mut found: Vec<Citation> = Vec::new();
    for block in text.blocks.iter().filter(|block| block.kind.is_running_text()) {
        for named in named_in(block, &mut short) {
            let title = named.title.as_deref().map(folded);
            // A report names in its title the very document that it is about.
            let of_itself =
                title.as_ref().is_some_and(|title| own.contains(title.as_str()) && kind != Some(DocumentKind::News))
                    || named
                        .number
                        .as_deref()
                        .map(folded)
                        .is_some_and(|number| own_number.as_ref().is_some_and(|own| own.ends_with(&number)));
            let numbered = named.number.as_deref().map(folded);
            let again = [&title, &numbered].into_iter().flatten().any(|name| known.contains(name));
            known.extend(title.into_iter().chain(numbered));
            if of_itself || again || found.len() >= MOST {
                continue;
            }
            let page = crate::read::page_at(block, named.span.start);
            let sentence = sentence_round(&block.text, &named.span, SENTENCE);
            found.push(Citation { title: named.title, number: named.number, sentence, page });
        }
    }
    found
}

/// A title without marks and spaces, to tell whether two are one.
fn folded(title: &str) -> String {
    title.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a block names, in its order. `short` are the names that the text gave to documents for itself.
fn named_in(block: &Block, short: &mut HashSet<String>) -> Vec<Named> {
    let text = &block.text;
    let mut all = bracketed_titles(text, short);
    all.extend(quoted_titles(text));
    all.extend(numbered_titles(text));
    all.sort_by_key(|named| (named.span.start, std::cmp::Reverse(named.span.end)));
    let mut end = 0;
    all.retain(|named| {
        let free = named.span.start >= end;
        end = end.max(named.span.end);
        free
    });
    all
}

/// 《title》, perhaps with its number behind it, or before it where it is a standard.
fn bracketed_titles(text: &str, short: &mut HashSet<String>) -> Vec<Named> {
    static TITLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"《(?P<title>[^《》]{2,160}(?:《[^《》]{2,120}》[^《》]{0,60})?)》(?:\s*[（(](?P<bracket>[^（）()]{2,60})[）)])?",
        )
    });
    let mut found = Vec::new();
    for captures in TITLE.captures_iter(text) {
        let (Some(all), Some(title)) = (captures.get(0), captures.name("title").map(|title| title.as_str().trim()))
        else {
            continue;
        };
        let before = text.get(..all.start()).unwrap_or_default();
        if is_short_form(before) {
            short.insert(title.to_owned());
        }
        let number = captures
            .name("bracket")
            .and_then(|bracket| number_of(bracket.as_str()))
            .or_else(|| standard_before(before));
        let sound = number.is_some() || names_a_document(title);
        if sound && !short.contains(title) && title.chars().count() >= 4 {
            found.push(Named { span: all.range(), title: Some(one_line(title)), number });
        }
    }
    found
}

/// 以下简称《办法》
fn is_short_form(before: &str) -> bool {
    let before = before.trim_end_matches(['“', '"', ' ', '：', ':', '为']);
    ["简称", "下称", "统称"].iter().any(|word| before.ends_with(word))
}

fn one_line(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A document number, or a standard's, that is nearly all of a text.
fn number_of(bracket: &str) -> Option<String> {
    if let Some(number) = numbers::number_in(bracket) {
        return Some(number);
    }
    let found = standards::find(bracket).into_iter().next()?;
    (found.span.len() + 4 >= bracket.trim().len()).then(|| found.number.normal())
}

/// The standard whose name the title is: GB/T 1.1—2020《…》.
fn standard_before(before: &str) -> Option<String> {
    let near = super::tail(before, 60);
    let found = standards::find(near).into_iter().last()?;
    let gap = near.get(found.span.end..)?.trim();
    gap.is_empty().then(|| found.number.normal())
}

/// Whether a Chinese title is that of a policy, law or the like. The names of standards have parts; those of papers,
/// books and exhibitions end in other words.
fn names_a_document(title: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "通知",
        "意见",
        "办法",
        "规定",
        "条例",
        "法",
        "纲要",
        "规划",
        "计划",
        "方案",
        "指南",
        "指引",
        "决定",
        "公告",
        "通告",
        "白皮书",
        "蓝皮书",
        "报告",
        "战略",
        "细则",
        "章程",
        "公约",
        "协定",
        "协议",
        "宣言",
        "倡议",
        "目录",
        "要点",
        "清单",
        "建议",
        "框架",
        "规则",
        "准则",
        "导则",
        "政策",
        "举措",
        "措施",
        "纪要",
        "批复",
        "决议",
        "解释",
        "条约",
        "议定书",
        "路线图",
        "草案",
        "制度",
        "名单",
        "任务书",
        "总纲",
        "法典",
        "宪法",
        "规程",
        "规范",
        "标准",
        "评估",
        "共识",
        "契约",
        "法案",
        "议程",
        "大纲",
    ];
    let bare = title.split(['（', '(', '〔']).next().unwrap_or(title).trim();
    let ends = |name: &str| ENDINGS.iter().any(|ending| name.ends_with(ending));
    let standard = title.contains(['\u{3000}', ' '])
        && (bare.ends_with("规范") || bare.ends_with("规程") || bare.contains("部分"));
    let tail = title.trim_end_matches(['》', '”', ')', '）']);
    !standard && (ends(bare) || ends(tail))
}

const ENGLISH: &str = r"(?:Plans?|Opinions?|Guidelines?|Notice|Measures|Laws?|Regulations?|Outline|Strategy|Act|Provisions|Decision|White Paper|Catalogu?e|Framework|Program(?:me)?|Circular|Rules|Code|Blueprint|Agreement|Convention|Declaration|Report|Directive|Recommendations?|Principles|Roadmap|Order|Resolution|Initiative|Charter|Standard)";

/// An English title in quotation marks: the “14th Five-Year Plan for …”.
fn quoted_titles(text: &str) -> Vec<Named> {
    static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
        pattern("[“\"](?P<title>[A-Z0-9][^“”\"]{10,240}?)[,.]?[”\"](?:\\s*\\((?P<bracket>[^()]{4,80})\\))?")
    });
    static KIND: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\b{ENGLISH}\b")));
    let mut found = Vec::new();
    for captures in QUOTED.captures_iter(text) {
        let (Some(all), Some(title)) = (captures.get(0), captures.name("title").map(|title| title.as_str().trim()))
        else {
            continue;
        };
        let number = captures.name("bracket").and_then(|bracket| number_of(bracket.as_str()));
        if number.is_some() || KIND.is_match(title) && is_title_case(title) {
            found.push(Named { span: all.range(), title: Some(one_line(title)), number });
        }
    }
    found
}

/// Words that an English title does not capitalise.
fn is_small(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "and"
            | "as"
            | "at"
            | "by"
            | "for"
            | "from"
            | "in"
            | "into"
            | "its"
            | "of"
            | "on"
            | "or"
            | "the"
            | "to"
            | "under"
            | "with"
            | "via"
    )
}

fn is_title_case(title: &str) -> bool {
    let words = || {
        title.split(|char: char| !char.is_alphanumeric() && char != '-' && char != '’').filter(|word| !word.is_empty())
    };
    let large = words().filter(|word| !is_small(word)).count();
    let capitals =
        words().filter(|word| word.starts_with(|char: char| char.is_uppercase() || char.is_ascii_digit())).count();
    large >= 2 && capitals * 5 >= large * 4
}

/// A number in a text, with the title before its bracket where there is one.
fn numbered_titles(text: &str) -> Vec<Named> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"[\x{4e00}-\x{9fff}]{2,16}\s?[〔\[［【]\s?(?:19|20)\d{2}\s?[〕\]］】]\s?\d{1,5}\s?号",
            r"|\(?(?:[A-Z][A-Za-z]{0,9} ){1,8}[\[〔](?:19|20)\d{2}[\]〕] (?:No\. ?)?\d{1,5}(?:\s*hao)?\)?"
        ))
    });
    let mut found = Vec::new();
    for bracket in NUMBER.find_iter(text) {
        let Some(number) = numbers::number_in(bracket.as_str()) else { continue };
        let start = if bracket.as_str().starts_with('(') { title_before(text, bracket.start()) } else { None };
        let span = start.unwrap_or(bracket.start())..bracket.end();
        let title = start.and_then(|start| text.get(start..bracket.start())).map(|title| {
            one_line(title.trim_matches(|char: char| char.is_whitespace() || matches!(char, '“' | '”' | '"' | ',')))
        });
        found.push(Named { span, title, number: Some(number) });
    }
    found
}

/// The first byte of the capitalised title that ends at a place.
fn title_before(text: &str, end: usize) -> Option<usize> {
    static KIND: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"\b{ENGLISH}\b")));
    let before = super::tail(text.get(..end)?, 300);
    let offset = end - before.len();
    let mut start = None;
    let mut at = before.len();
    for word in before.rsplit([' ', '\u{a0}']) {
        at = at.saturating_sub(word.len());
        let bare = word.trim_matches(|char: char| !char.is_alphanumeric());
        let capital = bare.starts_with(|char: char| char.is_uppercase() || char.is_ascii_digit());
        let closes = word.ends_with(['.', ';', ':']) && at + word.len() < before.trim_end().len();
        if closes || !(bare.is_empty() || capital || is_small(bare)) {
            break;
        }
        if capital && bare != "The" {
            start = Some(at);
        }
        at = at.saturating_sub(1);
    }
    let start = start?;
    KIND.is_match(before.get(start..)?).then_some(offset + start)
}

#[cfg(test)]
mod tests {
    use corpus::document::DocumentHash;

    use crate::read::read_text;

    #[track_caller]
    fn check(text: &str, wanted: &[(Option<&str>, Option<&str>)]) {
        let text = format!("Lakes and shores of the north\n\n{text}\n");
        let read = read_text("t.md", "t.md", DocumentHash(String::new()), text.as_bytes()).expect("it is text");
        let found: Vec<(Option<&str>, Option<&str>)> = read
            .facts
            .citations
            .iter()
            .map(|citation| (citation.title.as_deref(), citation.number.as_deref()))
            .collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn chinese_titles_and_numbers() {
        check(
            "根据《湖泊保护条例》和《水利部关于湖泊监测的通知》（水湖监〔2031〕8号），结合《湖泊保护条例》的规定，制定办法。",
            &[(Some("湖泊保护条例"), None), (Some("水利部关于湖泊监测的通知"), Some("水湖监〔2031〕8号"))],
        );
        check(
            "依据《湖泊监测管理办法》（以下简称《办法》），落实《办法》和水湖监〔2031〕9号文件要求。",
            &[(Some("湖泊监测管理办法"), None), (None, Some("水湖监〔2031〕9号"))],
        );
        check(
            "按照GB/T 80001—2031《湖泊监测　第1部分：总则》执行，读《湖泊报》。",
            &[(Some("湖泊监测 第1部分：总则"), Some("GB/T 80001-2031"))],
        );
    }

    #[test]
    fn english_titles_and_numbers() {
        check(
            "It follows the Notice on Monitoring Lakes and Shores (Shui Hu Jian [2031] No. 8) and the “16th Five-Year Plan for Lakes” of the state.",
            &[
                (Some("Notice on Monitoring Lakes and Shores"), Some("Shui Hu Jian [2031] No. 8")),
                (Some("16th Five-Year Plan for Lakes"), None),
            ],
        );
        check("They speak of “lake powerhouses” and say “We plan to follow the plan of the shore.”", &[]);
    }
}
