//! Commitments with a number: a year, a bound, a unit and what is counted.
//!
//! Not every number is one. A number counts when the text compares it (over, at least, 以上), or when a verb that
//! achieves something governs it under a year by which it is promised; "outlines four tasks" is neither.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind, Language, Sentence};
use corpus::facts::{DocumentKind, Target};
use regex::Regex;

use super::clauses;
use super::quantities::{Quantity, quantities};
use super::{Text, add_once, is_normative};
use crate::layout::numbering;
use crate::pattern::pattern;
use corpus::text::is_han;

/// A sentence with more numbers is a table that was misread.
const MOST_IN_SENTENCE: usize = 100;

/// The targets of a document. `by_default` is the last year of the period in its title.
pub(super) fn targets(text: &Text, kind: Option<DocumentKind>, by_default: Option<i32>) -> Vec<Target> {
    let mut found = Vec::new();
    let mut years = Years { of_title: by_default, within_blocks: is_normative(kind), ..Years::default() };
    for sentence in text.sentences {
        let Some(block) = text.blocks.get(sentence.block) else { continue };
        if matches!(block.kind, BlockKind::Footnote | BlockKind::Header | BlockKind::Footer) || is_title(block, kind) {
            continue;
        }
        let language = if text.language == Language::Other { sentence.language } else { text.language };
        let reader = Reader { sentence, chinese: language == Language::Zh, row: block.kind == BlockKind::TableRow };
        reader.read(block, &mut years, &mut found);
    }
    found
}

/// Headings promise nothing, but a headline may.
fn is_title(block: &Block, kind: Option<DocumentKind>) -> bool {
    block.kind == BlockKind::Heading && !(kind == Some(DocumentKind::News) && block.level == 0)
}

/// The year that holds where a sentence names none.
#[derive(Default)]
struct Years {
    of_title: Option<i32>,
    /// The first year by which the text promises something; a later one is a vision beyond the plan.
    first: Option<i32>,
    last: Option<i32>,
    block: Option<usize>,
    /// Measures and standards bind from the first day: a year holds in its own paragraph only.
    within_blocks: bool,
}

impl Years {
    fn inherited(&self, block: usize) -> Option<i32> {
        // A paragraph directly behind the one that names the year still speaks of it.
        if self.block.is_some_and(|named| named == block || (named + 1 == block && !self.within_blocks)) {
            return self.last;
        }
        if self.within_blocks { None } else { self.of_title.or(self.first) }
    }

    fn lead(&mut self, year: i32, block: usize) {
        self.first.get_or_insert(year);
        self.last = Some(year);
        self.block = Some(block);
    }
}

struct Reader<'a> {
    sentence: &'a Sentence,
    chinese: bool,
    row: bool,
}

impl Reader<'_> {
    fn read(&self, block: &Block, years: &mut Years, found: &mut Vec<Target>) {
        let text = &self.sentence.text;
        let leads = self.leads();
        let mut numbers = quantities(text, self.chinese);
        numbers.truncate(MOST_IN_SENTENCE);
        for (at, number) in numbers.iter().enumerate() {
            let year = leads.iter().rfind(|(place, _, _)| *place <= number.span.start).or_else(|| leads.first());
            let by = year.map(|(_, year, _)| *year).or_else(|| years.inherited(self.sentence.block));
            let from = at.checked_sub(1).and_then(|before| numbers.get(before)).map_or(0, |before| before.span.end);
            if self.is_promised(number, from, by.is_some()) {
                let what = if self.row { row_label(block) } else { self.what(number, from) };
                self.add(number.min, number.max, number.unit.clone(), &what, by, found);
            }
        }
        if numbers.is_empty()
            && let Some((_, year, true)) = leads.first()
        {
            self.add_batch(*year, found);
        }
        // A year at the sentence's beginning leads in what follows; a deadline inside it is its own.
        if let Some((_, year, _)) =
            leads.iter().find(|(place, _, by)| *by && (self.opens(*place) || numbers.is_empty()))
        {
            years.lead(*year, self.sentence.block);
        }
    }

    fn opens(&self, place: usize) -> bool {
        let before = self.sentence.text.get(..place).unwrap_or_default();
        before.chars().filter(|char| char.is_alphanumeric()).count() <= if self.chinese { 6 } else { 12 }
    }

    fn add(
        &self,
        min: Option<f64>,
        max: Option<f64>,
        unit: Option<String>,
        what: &str,
        by: Option<i32>,
        found: &mut Vec<Target>,
    ) {
        // The subject of a list item stands behind the item's mark.
        let mark = numbering::mark(what).map_or(0, |mark| mark.len);
        let what = what.get(mark..).unwrap_or_default().trim().to_owned();
        if what.is_empty() {
            return;
        }
        let sentence = self.sentence.text.clone();
        add_once(found, Target { by, min, max, unit, what, sentence, page: self.sentence.page, ..Target::default() });
    }

    /// The years of a sentence: where each stands, and whether it is one by which something is promised.
    fn leads(&self) -> Vec<(usize, i32, bool)> {
        static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?P<to>[到至]|力争)?\s?(?P<year>20[0-9]{2})\s?年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?P<end>底|末|前|之前|年底)?(?P<edition>版|度|第)?",
            )
        });
        static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?P<by>by|before|until|no later than)\s+(?:the (?:end|middle|year) of |year-end |mid-|late |early |around )?(?:[a-z]+\s+)?(?:[0-9]{1,2},? )?(?P<year>20[0-9]{2})\b|\b(?:in|of)\s+(?P<in>20[0-9]{2})\b",
            )
        });
        let text = &self.sentence.text;
        let regex = if self.chinese { &CHINESE } else { &ENGLISH };
        let years =
            regex.captures_iter(text).filter(|captures| captures.name("edition").is_none()).filter_map(|captures| {
                let named = captures.name("year");
                let year = named.or(captures.name("in"))?.as_str().parse().ok()?;
                let by =
                    captures.name("to").is_some() || captures.name("end").is_some() || captures.name("by").is_some();
                Some((captures.get(0)?.start(), year, by))
            });
        years.collect()
    }

    /// Whether a number is a commitment.
    fn is_promised(&self, number: &Quantity, from: usize, dated: bool) -> bool {
        let text = &self.sentence.text;
        let before = text.get(from..number.span.start).unwrap_or_default();
        let after = text.get(number.span.end..).unwrap_or_default();
        let time = number.unit.as_deref().is_some_and(is_time);
        // "over the three years" says when.
        let over = text
            .get(number.span.clone())
            .is_some_and(|text| text.to_ascii_lowercase().trim_start().starts_with("over "));
        if time && over {
            return false;
        }
        if self.row {
            return number.compared;
        }
        if self.chinese {
            is_promised_zh(number, before, after, time, dated)
        } else {
            is_promised_en(number, before, after, time, dated)
        }
    }

    /// What is counted: the noun behind the number, or else the subject before it.
    fn what(&self, number: &Quantity, from: usize) -> String {
        let text = &self.sentence.text;
        let before = text.get(from..number.span.start).unwrap_or_default();
        let after = text.get(number.span.end..).unwrap_or_default();
        let measured =
            number.unit.as_deref().is_some_and(|unit| unit == "%" || unit.ends_with("FLOPS") || is_time(unit));
        if self.chinese {
            let behind = noun_behind_zh(after);
            return if behind.is_empty() { subject_zh(before) } else { behind };
        }
        let behind = noun_behind_en(after);
        let subject = || subject_en(before);
        let share = after.trim_start().starts_with("of ");
        if behind.is_empty() || (measured && !share) {
            Some(subject()).filter(|what| !what.is_empty()).unwrap_or(behind)
        } else {
            behind
        }
    }

    /// "By 2027, the release of a batch of …": a promise without a number.
    fn add_batch(&self, year: i32, found: &mut Vec<Target>) {
        static BATCH: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"\ba (?:batch|number|group) of ((?:[\w’'-]+ ?){1,8})|一批([\x{4e00}-\x{9fff}]{2,20})")
        });
        let Some(captures) = BATCH.captures(&self.sentence.text) else { return };
        let what = match (captures.get(1), captures.get(2)) {
            (Some(english), _) => noun_behind_en(english.as_str()),
            (_, Some(chinese)) => noun_behind_zh(chinese.as_str()),
            _ => return,
        };
        self.add(None, None, None, &what, Some(year), found);
    }
}

fn is_time(unit: &str) -> bool {
    ["day", "hour", "second", "minute", "month", "year"].iter().any(|time| unit.contains(time))
        || matches!(unit, "年" | "天" | "秒" | "小时" | "分钟" | "个月" | "个工作日" | "工作日")
}

/// The first cell of a row that is not its number.
fn row_label(block: &Block) -> String {
    let cells = block.text.split('\t').map(str::trim);
    cells
        .clone()
        .find(|cell| cell.chars().filter(|char| char.is_alphabetic()).count() >= 2)
        .unwrap_or_default()
        .to_owned()
}

fn is_promised_zh(number: &Quantity, before: &str, after: &str, time: bool, dated: bool) -> bool {
    const ACHIEVING: &[&str] = &[
        "建成",
        "建设",
        "打造",
        "培育",
        "制定",
        "制修订",
        "修订",
        "研制",
        "形成",
        "发布",
        "新增",
        "推广",
        "遴选",
        "开发",
        "布局",
        "完成",
        "开放",
        "实施",
        "参与",
        "达到",
        "实现",
        "推出",
        "选树",
        "认定",
        "创建",
        "组建",
        "设立",
        "培养",
        "引进",
        "举办",
        "支持",
        "推动",
        "开展",
        "承担",
        "安排",
        "奖励",
        "补助",
        "拨付",
        "编制",
        "部署",
        "构建",
        "建立",
        "落地",
        "提升",
        "增长",
        "降低",
        "压缩",
        "缩短",
        "增加",
        "转化",
    ];
    const DESCRIBING: &[&str] = &[
        "方面", "部分", "环节", "维度", "层面", "大类", "阶段", "附件", "部门", "术语", "月内", "章节", "领域", "原则",
    ];
    let clause = before.rsplit(['，', '；', '。', '：']).next().unwrap_or_default();
    let noun = after.trim_start();
    // 高于1.5的，… is a condition, and so is a limit for each applicant.
    let condition =
        noun.starts_with("的，") || noun.starts_with("的,") || clause.contains("原则上") || clause.starts_with("每个");
    if condition || noun.starts_with('字') || DESCRIBING.iter().any(|word| noun.starts_with(word)) {
        return false;
    }
    if number.compared {
        return number.unit.is_some() || clause.chars().filter(|char| is_han(*char)).count() >= 2;
    }
    let governed = ACHIEVING.iter().any(|verb| clause.contains(verb));
    dated && governed && !time && number.unit.is_some()
}

fn is_promised_en(number: &Quantity, before: &str, after: &str, time: bool, dated: bool) -> bool {
    static MODAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s[^,;.:]{3,80}?\b(?:shall|will|must|should)\b"));
    let clause = before.rsplit([',', ';', ':', '(']).next().unwrap_or_default();
    let words: Vec<&str> =
        clause.split(|char: char| !(char.is_alphanumeric() || char == '-')).filter(|word| !word.is_empty()).collect();
    let last = words.last().copied().unwrap_or_default();
    // "within three years" and "in less than a year" say when, not how much.
    let bounded = clause.contains(" may ")
        || after.trim_start().starts_with("characters")
        || after.trim_start().starts_with("words");
    if bounded || time && !number.compared || time && is_duration(clause, number) {
        return false;
    }
    if number.compared && number.max.is_none_or(|max| number.min != Some(max)) {
        let named = after.trim_start().starts_with(|char: char| char.is_alphabetic())
            || number.unit.is_some()
            || words.len() >= 2;
        return named && (number.min.is_none() || number.max.is_none() || governed(&words, last) || dated);
    }
    let measured = number.unit.is_some();
    dated && (governed(&words, last) || MODAL.is_match(after) && !is_determined(last)) && (measured || has_noun(after))
}

fn is_duration(clause: &str, number: &Quantity) -> bool {
    let years = number.unit.as_deref().is_some_and(|unit| unit.starts_with("year"));
    years && (number.min.is_none() || clause.split_whitespace().count() > 2 && !clause.contains("less"))
        || clause.trim_end().ends_with("next")
        || clause.trim_end().ends_with("past")
}

/// Whether a verb that achieves something stands before the number, and nothing that makes it a description.
fn governed(words: &[&str], last: &str) -> bool {
    let blocked = is_determined(last)
        || (clauses::is_preposition(last) && !matches!(last, "to" | "with" | "out" | "up" | "off" | "down"));
    !blocked && words.iter().any(|word| clauses::is_achieving(word))
}

fn is_determined(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    clauses::is_article(&lower)
        || matches!(lower.as_str(), "following" | "other" | "of" | "above" | "under" | "these") && lower != "of"
}

fn has_noun(after: &str) -> bool {
    const DESCRIBING: &[&str] = &[
        "parts",
        "areas",
        "aspects",
        "fields",
        "dimensions",
        "sectors",
        "links",
        "categories",
        "chapters",
        "sections",
        "pillars",
        "types",
        "principles",
        "links",
        "levels",
        "stages",
        "phases",
    ];
    let first = after.split(|char: char| !char.is_ascii_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    if DESCRIBING.contains(&first) {
        return false;
    }
    after.trim_start().starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '“' | '"'))
}

/// The words of a noun phrase behind a number.
fn noun_behind_en(after: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    if after.trim_start().starts_with("and ") || after.trim_start().starts_with("or ") {
        return String::new();
    }
    let phrase = after.split([',', ';', ':', '.', '(', ')', '—', '–']).next().unwrap_or_default();
    let phrase = phrase.trim_start().strip_prefix("of ").unwrap_or(phrase);
    let words: Vec<&str> = phrase.split_whitespace().take(14).collect();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(['“', '”', '"', '’']);
        let next = words.get(at + 1).copied().unwrap_or_default();
        if matches!(bare, "and" | "or")
            && (clauses::is_achieving(next) || clauses::is_verb(next) || clauses::is_number(next))
        {
            break;
        }
        let ends = clauses::is_auxiliary(bare)
            || matches!(
                bare,
                "by" | "to"
                    | "across"
                    | "with"
                    | "that"
                    | "throughout"
                    | "per"
                    | "each"
                    | "from"
                    | "at"
                    | "into"
                    | "through"
            );
        if ends || clauses::is_preposition(bare) || bare == "respectively" {
            break;
        }
        kept.push(word.trim_end_matches(['¹', '²', '³']));
    }
    while kept.last().is_some_and(|word| matches!(*word, "and" | "or" | "of")) {
        kept.pop();
    }
    kept.join(" ")
}

/// The subject of which a number is said, without the year that leads in and the verb.
fn subject_en(before: &str) -> String {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^[\s,;]*(?:and |by (?:the end of )?20[0-9]{2},?|in 20[0-9]{2},?|which|where|with)\s*")
    });
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\s*\b(?:shall|will|should|must|to|is|are|be|has|have|been|reach(?:es|ed|ing)?|exceed(?:s|ed|ing)?|increased?|reduced?|raised?|brought|cut|lowered|risen?|rise|grow|grown|fallen|stand|remain|total|not|up|at|above|kept|controlled|surpass(?:ed)?|rewarded|with|approximately|about|also|further|fall(?:s|en)?|drop(?:s|ped)?|by|receive[ds]?|of|a|an|the|one-off|no|more|than|and)\s*$",
        )
    });
    let mut subject = before.rsplit([';', ':', '.']).next().unwrap_or_default().trim();
    while let Some(found) = LEAD.find(subject).filter(|found| !found.is_empty()) {
        subject = subject.get(found.end()..).unwrap_or_default();
    }
    while let Some(found) = VERB.find(subject).filter(|found| !found.is_empty()) {
        subject = subject.get(..found.start()).unwrap_or_default();
    }
    let words: Vec<&str> =
        subject.trim().trim_start_matches("the ").trim_start_matches("The ").split_whitespace().collect();
    words.get(words.len().saturating_sub(18)..).unwrap_or_default().join(" ").trim_matches([',', ' ', ')']).to_owned()
}

fn noun_behind_zh(after: &str) -> String {
    const ENDS: &[&str] =
        &["开展", "参与", "通过", "达到", "实现", "完成", "以及", "，", "。", "；", "、", "（", "：", "作为", "给予"];
    let after = after.trim_start().trim_start_matches('的');
    let end = ENDS.iter().filter_map(|word| after.find(word)).min().unwrap_or(after.len());
    let noun = after.get(..end).unwrap_or_default();
    let noun: String = noun.chars().take(30).take_while(|char| !char.is_ascii_digit()).collect();
    let noun = noun.trim();
    if noun.chars().next().is_some_and(is_han) || noun.chars().next().is_some_and(|char| matches!(char, '“' | '《'))
    {
        noun.to_owned()
    } else {
        String::new()
    }
}

fn subject_zh(before: &str) -> String {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[\s，；、,]|力争|[到至]?20[0-9]{2}年(?:[0-9]{1,2}月)?(?:底|末|前|之前)?|届时|累计|每年|全年|三年|前|分别|给予|按规定|编制|每个|对|新制定|新增|制修订|制定|修订|发布|建成|建设|培育|打造|形成|完成|开发|遴选|推广|参与|主导|选树|引进|举办|其中|并|还|使|将|共|布局|推动|实现|组织|支持|安排|承担|培训)",
        )
    });
    let verbs: &[char] = &['为', '达', '至', '到', '了', '均', '应', '超', '共', '需', '不', '得'];
    for part in before.rsplit(['，', '；', '。', '：']).filter(|part| part.chars().any(is_han)) {
        let mut subject = part;
        while let Some(found) = LEAD.find(subject).filter(|found| !found.is_empty()) {
            subject = subject.get(found.end()..).unwrap_or_default();
        }
        let subject = subject.trim().trim_end_matches(verbs).trim_end_matches(['（', '）', '，', ' ', '、']);
        if subject.chars().filter(|char| is_han(*char)).count() >= 2 {
            return subject.to_owned();
        }
    }
    String::new()
}
