//! Document numbers: 工信部联科〔2024〕113号, 令第79号, 公告2026年第14号, `[2025] No. 37`, GB/T 1.1—2020.

use std::sync::LazyLock;

use regex::Regex;

use super::head::Head;
use super::{Text, agencies, standards};
use crate::pattern::pattern;
use corpus::text::is_han;

/// A document's own number stands among so many first blocks.
const FRONT: usize = 18;

/// With what the codes of issuing organs begin. The rest of a code names the office that drafted the text.
const CODES: &[&str] = &[
    "国发",
    "国办",
    "国函",
    "国令",
    "国市监",
    "国标委",
    "国科",
    "国能",
    "国数",
    "国知",
    "国卫",
    "国资",
    "国医",
    "国药",
    "国统",
    "国铁",
    "国邮",
    "国粮",
    "国密",
    "国认",
    "国信",
    "国质检",
    "中发",
    "中办",
    "中网办",
    "中宣",
    "中组",
    "工信",
    "发改",
    "财",
    "教",
    "商",
    "网信",
    "人社",
    "自然资",
    "环",
    "建",
    "交",
    "水",
    "农",
    "文旅",
    "应急",
    "银发",
    "银办",
    "证监",
    "金发",
    "税",
    "署",
    "林",
    "气发",
    "民航",
    "科协",
    "公",
    "民发",
    "司发",
    "法发",
    "高检",
    "市监",
    "市场监",
    "信部",
    "联通",
];

/// Words that stand before a number and are no part of it.
const BEFORE: &[&str] = &[
    "根据", "依据", "按照", "依照", "参照", "遵照", "贯彻", "落实", "执行", "废止", "关于", "文件", "通知", "文号",
    "编号", "原", "见", "经", "以", "和", "与", "及", "由", "对", "的", "号",
];

/// The document's own number, as it prints it.
pub(super) fn document_number(text: &Text, head: &Head) -> Option<String> {
    let front = || text.blocks.iter().enumerate().take(FRONT).filter(|(_, block)| block.kind.is_running_text());
    let short = |text: &str| text.chars().count() <= 90 || text.split_whitespace().count() <= 30 && text.is_ascii();
    for (at, block) in front() {
        let own_line = short(&block.text) && Some(at) != head.title_block;
        let line = with_next(&block.text, text.blocks.get(at + 1).map_or("", |next| next.text.as_str()));
        let found = if own_line { whole_line(&line) } else { None };
        if found.is_some() {
            return found;
        }
    }
    // In front of the standard's name on a cover, and nothing else on the line.
    front().find_map(|(_, block)| standards::only_a_standard(&block.text))
}

/// A line, with the next where it is an order's and breaks off: Order No. 9 of the Ministry of Water Resources and ….
fn with_next(line: &str, next: &str) -> String {
    static ORDER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:Decree|Order|Announcement) No\. ?\d{1,4}(?:,? | .*)(?:of|and|the|,)$"));
    let line = line.trim();
    if ORDER.is_match(line) && next.len() <= 160 { format!("{line} {}", next.trim()) } else { line.to_owned() }
}

/// The number when it is all, or nearly all, that a line says.
fn whole_line(line: &str) -> Option<String> {
    let number = number_in(line)?;
    let rest = line.chars().count().saturating_sub(number.chars().count());
    (rest <= 12 || rest * 2 <= line.chars().count()).then_some(number)
}

/// The first document number in a text.
pub(super) fn number_in(text: &str) -> Option<String> {
    static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"([\x{4e00}-\x{9fff}A-ZＸ×]{1,16})\s*[〔\[［【(（]\s*((?:19|20)\d{2})\s*[〕\]］】)）]\s*(?:第\s*)?(\d{1,5})\s*号",
        )
    });
    static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"((?:[A-Z][A-Za-z]{0,9} ){1,8})[\[〔(]((?:19|20)\d{2})[\]〕)] (?:No\. ?)?(\d{1,5})(?:\s*hao)?")
    });
    static ORDER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[^，。；：:]{0,60}?令\s*第?\s*[\d〇一二三四五六七八九十百]{1,6}\s*号|^(?:Decree|Order) No\. ?\d{1,4}(?: of [^.;:]{3,200})?$",
        )
    });
    static YEARLY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[^，。；：:]{0,40}?公告\s*)?[（(〔\[]?(?:19|20)\d{2}\s*年?\s*[〕\])）]?\s*第\s*\d{1,4}\s*号|^(?:(?:Announcement|Bulletin) )?No\. ?\d{1,4}(?: of |, )(?:19|20)\d{2}(?: of [^.;:]{3,200})?$",
        )
    });
    if let Some(found) = BRACKETED.captures_iter(text).find_map(|captures| bracketed(&captures)) {
        return Some(found);
    }
    if let Some(found) = ENGLISH.find(text) {
        return Some(found.as_str().trim().to_owned());
    }
    let found = ORDER.find(text).or_else(|| YEARLY.find(text))?;
    Some(with_whole_names(found.as_str().trim()))
}

/// A number whose agencies have no spaces inside their names, where a line broke.
fn with_whole_names(number: &str) -> String {
    let bare: String = number.chars().filter(|char| !char.is_whitespace()).collect();
    let named = agencies::mentions_in(&bare, 0);
    let covered: usize = named.iter().map(|mention| mention.span.len()).sum();
    // Only where names are all that stands before the number does nothing else need its spaces.
    let chinese = bare.starts_with(is_han);
    if !chinese || named.len() < 2 || covered + 40 < bare.len() {
        return number.to_owned();
    }
    let mut spaced = bare;
    for pair in named.windows(2).rev() {
        if let [first, second] = pair
            && first.span.end == second.span.start
        {
            spaced.insert(second.span.start, ' ');
        }
    }
    spaced
}

fn bracketed(captures: &regex::Captures) -> Option<String> {
    let (run, year, number) = (captures.get(1)?.as_str(), captures.get(2)?.as_str(), captures.get(3)?.as_str());
    let code = code(run);
    // Courts number their cases (2031)湖01民终7号; those have the year first and never come here.
    (!code.is_empty()).then(|| format!("{code}〔{year}〕{number}号"))
}

/// Where a word that is no part of a code ends. Inside a code 经 names the office that deals with the economy: 发改经.
fn behind(run: &str, word: &str) -> Option<usize> {
    let at = run.rfind(word)?;
    (word != "经" || at == 0).then_some(at + word.len())
}

/// The code of the issuing organ at the end of a run of characters.
fn code(run: &str) -> &str {
    let behind = BEFORE.iter().filter_map(|word| behind(run, word)).filter(|at| *at < run.len()).max();
    let from_list =
        CODES.iter().filter_map(|code| run.find(code)).filter(|at| behind.is_none_or(|behind| *at >= behind)).min();
    let local = behind.unwrap_or(0);
    // A local code has the place's sign before the organ's: 合市监联.
    let start = match from_list {
        Some(at) if run.get(local..at).is_some_and(|sign| sign.chars().count() <= 2) => local,
        Some(at) => at,
        None => local,
    };
    run.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::number_in;

    #[track_caller]
    fn check(text: &str, wanted: Option<&str>) {
        assert_eq!(number_in(text).as_deref(), wanted, "{text}");
    }

    #[test]
    fn numbers_of_ministries_and_places() {
        check("水湖监〔2031〕8号", Some("水湖监〔2031〕8号"));
        check("根据工信部联科〔2031〕7号文件", Some("工信部联科〔2031〕7号"));
        check("湖市监联[2031]12号", Some("湖市监联〔2031〕12号"));
        check("Shui Hu Jian [2031] No. 8", Some("Shui Hu Jian [2031] No. 8"));
        check("发改经湖〔2031〕9号", Some("发改经湖〔2031〕9号"));
        check("经财湖〔2031〕9号", Some("财湖〔2031〕9号"));
        check("水利部令第9号", Some("水利部令第9号"));
        check("水利部公告2031年第4号", Some("水利部公告2031年第4号"));
        check("水利部 国家数 据局令第9号", Some("水利部 国家数据局令第9号"));
        check("Order No. 9 of the Ministry of Water Resources", Some("Order No. 9 of the Ministry of Water Resources"));
    }

    #[test]
    fn what_is_no_document_number() {
        check("(2031)湖01民终7号", None);
        check("2031年共有8号湖区", None);
    }
}
