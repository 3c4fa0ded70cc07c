//! What the cover and the foreword of a standard say of it (GB/T 1.1-2020, 8.1 and 8.3; ISO/IEC Directives, Part 2).

use std::collections::HashMap;
use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use corpus::facts::{Adoption, AdoptionDegree, DocumentKind, StandardRecord};
use corpus::text::segment::sentences;
use regex::Regex;

use super::standards::{self, Found};
use super::{Text, add_once, committees};
use crate::pattern::pattern;

/// A cover is among so many first blocks.
const COVER: usize = 30;
/// A foreword has at the most so many blocks.
const FOREWORD: usize = 60;
/// A number on that many pages' heads is the document's own.
const HEADS: usize = 3;

/// The record of a document that is a standard.
pub(super) fn standard_record(text: &Text, kind: Option<DocumentKind>) -> Option<StandardRecord> {
    if kind != Some(DocumentKind::Standard) {
        return None;
    }
    let (cover, foreword) = (cover(text.blocks), foreword(text.blocks));
    let own = own_number(text.blocks, cover)?;
    let mut record = StandardRecord { number: own.number.normal(), ..StandardRecord::default() };
    (record.ics, record.ccs) = classes(cover);
    for block in cover {
        read_cover_line(&block.text, &own, &mut record);
    }
    for block in foreword.into_iter().filter(|block| block.kind.is_running_text()) {
        for range in sentences(&block.text) {
            read_sentence(block.text.get(range).unwrap_or_default(), &own, &mut record);
        }
    }
    Some(record)
}

/// The standard's own number as the document prints it, for the document number.
pub(super) fn printed_number(text: &Text) -> Option<String> {
    let cover = cover(text.blocks);
    let on_cover = cover.iter().filter(|block| block.kind.is_running_text());
    on_cover.filter_map(|block| standards::only_a_standard(&block.text)).next().or_else(|| {
        let own = in_heads(text.blocks)?;
        standards::printed(&own.0, own.1)
    })
}

/// The blocks before the table of contents or the foreword.
fn cover(blocks: &[Block]) -> &[Block] {
    let front = blocks.get(..COVER.min(blocks.len())).unwrap_or_default();
    let end = front.iter().position(|block| is_heading(&block.text, &["目次", "目录", "前言", "contents", "foreword"]));
    let paged = front.iter().position(|block| block.page > 2).unwrap_or(front.len());
    front.get(..end.map_or(paged, |end| end.saturating_add(1).min(front.len()))).unwrap_or_default()
}

/// Whether a line is one of these headings, perhaps behind the last words of a cover.
fn is_heading(line: &str, names: &[&str]) -> bool {
    let bare: String = line.chars().filter(|char| !char.is_whitespace()).collect::<String>().to_lowercase();
    names
        .iter()
        .any(|name| bare == *name || name.chars().count() == 2 && bare.chars().count() <= 40 && bare.ends_with(name))
}

/// The blocks from the foreword's heading to the next.
fn foreword(blocks: &[Block]) -> Vec<&Block> {
    static NEXT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?i:引\s*言|目\s*次|introduction|contents|1[.\s　、]*(?:范\s*围|scope)|范围|scope)\s*$")
    });
    let starts: Vec<usize> = (0..blocks.len())
        .filter(|at| blocks.get(*at).is_some_and(|block| is_heading(&block.text, &["前言", "foreword", "preface"])))
        .take(3)
        .collect();
    let mut found = Vec::new();
    for start in &starts {
        let rest = blocks.get(start + 1..).unwrap_or_default().iter().take(FOREWORD);
        found.extend(rest.take_while(|block| !NEXT.is_match(block.text.trim())));
    }
    if starts.is_empty() {
        // Without a heading its sentences are known by their subject, which each of them names.
        found.extend(blocks.iter().take(2 * FOREWORD).filter(|block| block.text.trim_start().starts_with('本')));
    }
    found
}

/// The own number: on most pages' heads, alone on a line of the cover, or anywhere on it.
fn own_number(blocks: &[Block], cover: &[Block]) -> Option<Found> {
    let alone = cover.iter().find_map(|block| {
        standards::only_a_standard(&block.text)?;
        standards::find(block.text.trim()).into_iter().next()
    });
    let head = in_heads(blocks).map(|(found, _)| found);
    let behind_label = || {
        cover.iter().filter(|block| block.text.chars().count() <= 80).find_map(|block| {
            let found = standards::find(&block.text).into_iter().next()?;
            let before = block.text.get(..found.span.start)?;
            let own =
                !before.contains(['(', '（']) && !before.contains("代替") && !before.to_lowercase().contains("replac");
            (own && found.number.is_dated()).then_some(found)
        })
    };
    alone.or(head).or_else(behind_label)
}

/// The number that stands at the head of most pages, with the line.
fn in_heads(blocks: &[Block]) -> Option<(Found, &str)> {
    let mut counts: HashMap<String, (usize, Found, &str)> = HashMap::new();
    let heads = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Header) && block.text.len() <= 60);
    for block in heads.take(2_000) {
        let Some(found) = standards::find(&block.text).into_iter().next().filter(|found| found.number.is_dated())
        else {
            continue;
        };
        let rest = block.text.chars().count().saturating_sub(found.number.normal().chars().count());
        if rest <= 6 {
            counts.entry(found.number.normal()).or_insert((0, found, &block.text)).0 += 1;
        }
    }
    let all: usize = counts.values().map(|(count, _, _)| count).sum();
    let (count, found, line) = counts.into_values().max_by_key(|(count, found, _)| (*count, found.number.normal()))?;
    (all >= HEADS && count * 2 >= all).then_some((found, line))
}

/// The classes of the cover: `ICS 35.240.01`, and below it `L 70` or `CCS L 70`.
fn classes(cover: &[Block]) -> (Vec<String>, Vec<String>) {
    static ICS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?-u:\b)ICS\s*[:：]?\s*((?:[;；,，、/\s]{0,3}\d{2}\s?\.\s?\d{3}(?:\s?\.\s?\d{2})?)+|\d{2}(?-u:\b))",
        )
    });
    static ONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{2}(?:\s?\.\s?\d{3}(?:\s?\.\s?\d{2})?)?"));
    static CCS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\s*(?:(?i:CCS|中国标准文献分类号|UDC[\d.:]*)\s*[:：]?\s*)?(?P<class>[A-Z])\s{0,2}(?P<digits>\d{2}(?:\s?[/,，、]\s?(?:[A-Z]\s?)?\d{2})*)(?:\s|$|[^\d.])",
        )
    });
    let (mut ics, mut ccs) = (Vec::new(), Vec::new());
    let lines: Vec<&str> = cover.iter().map(|block| block.text.as_str()).collect();
    for (at, line) in lines.iter().enumerate() {
        let Some(found) = ICS.captures(line) else { continue };
        let (Some(whole), Some(codes)) = (found.get(0), found.get(1)) else { continue };
        let tight = |code: &str| code.chars().filter(|char| !char.is_whitespace()).collect::<String>();
        ONE.find_iter(codes.as_str()).for_each(|code| add_once(&mut ics, tight(code.as_str())));
        let behind = line.get(whole.end()..).unwrap_or_default();
        let below = lines.get(at + 1..).unwrap_or_default().iter().take(2).copied();
        if let Some(class) = [behind].into_iter().chain(below).find_map(|line| CCS.captures(line)) {
            let part = |name: &str| class.name(name).map_or("", |found| found.as_str());
            add_once(&mut ccs, format!("{} {}", part("class"), tight(part("digits"))));
        }
        break;
    }
    (ics, ccs)
}

/// What a line of the cover says: 代替 …, (ISO/IEC 22989:2022, IDT).
fn read_cover_line(line: &str, own: &Found, record: &mut StandardRecord) {
    static REPLACES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)(?:部分)?(?:代\s*替|替\s*代)|(?-u:\b)(?:replac(?:es|ing)|supersed(?:es|ing))\b")
    });
    if line.chars().count() > 200 {
        return;
    }
    if let Some(verb) = REPLACES.find(line) {
        add_replaced(line.get(verb.end()..).unwrap_or_default(), own, record);
    }
    add_marked(line, record);
}

fn add_replaced(clause: &str, own: &Found, record: &mut StandardRecord) {
    for found in standards::find(clause).into_iter().filter(|found| found.number != own.number) {
        add_once(&mut record.replaces, found.number.normal());
    }
}

/// Adopted standards with the code of their degree behind them.
fn add_marked(line: &str, record: &mut StandardRecord) {
    static DEGREE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[^()（）]{0,120}?[,，、\s]\s*(?P<degree>IDT|MOD|NEQ|idt|mod|neq|eqv|EQV)(?-u:\b)"));
    let all = standards::find(line);
    for (at, found) in all.iter().enumerate().filter(|(_, found)| !found.number.is_chinese()) {
        let end = all.get(at + 1).map_or(line.len(), |next| next.span.start);
        let after = line.get(found.span.end..).unwrap_or_default();
        let own = line.get(found.span.end..end).unwrap_or_default();
        // Of two in one bracket the degree behind the last is that of both.
        let degree = DEGREE
            .captures(own)
            .or_else(|| DEGREE.captures(after))
            .and_then(|found| degree_of(found.name("degree")?.as_str()));
        if let Some(degree) = degree {
            add_adoption(found, degree, record);
        }
    }
}

fn degree_of(word: &str) -> Option<AdoptionDegree> {
    match word.to_lowercase().as_str() {
        "idt" | "等同" | "identical" => Some(AdoptionDegree::Identical),
        "mod" | "eqv" | "修改" | "等效" | "modified" => Some(AdoptionDegree::Modified),
        "neq" | "非等效" | "参考" | "参照" | "not equivalent" => Some(AdoptionDegree::NotEquivalent),
        _ => None,
    }
}

fn add_adoption(found: &Found, degree: AdoptionDegree, record: &mut StandardRecord) {
    let standard = found.number.normal();
    let undated = found.number.undated();
    if !record.adopts.iter().any(|known| known.standard.starts_with(&undated)) {
        record.adopts.push(Adoption { standard, degree });
    }
}

/// What a sentence of the foreword says of the standard.
fn read_sentence(sentence: &str, own: &Found, record: &mut StandardRecord) {
    read_replacement(sentence, own, record);
    read_adoption(sentence, own, record);
    if record.committee.is_none() {
        record.committee = committee(sentence);
    }
}

fn read_replacement(sentence: &str, own: &Found, record: &mut StandardRecord) {
    static REPLACED_BY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:已?被|由)(?P<zh>[^，。；]{4,80}?)(?:所)?(?:代替|替代|取代)|(?i:(?:replaced|superseded) by)(?P<en>[^.;]{4,80})",
        )
    });
    static REPLACES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?:本\s?[^，。；]{1,16}?|^\s*(?:——|[a-z]\)|\d\))?\s*)(?:部分|整合|修订)?(?:并)?(?:代替|替代)(?:了)?(?P<zh>.+)",
            r"|(?i:(?:this|the) [^.;]{0,80}?\b(?:cancels and replaces|replaces|supersedes|cancels))\b(?P<en>.+)"
        ))
    });
    static COMPARED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"[，,。;；]\s*(?:与|同|和|其)|相比|。|, which has been|, of which|\. "));
    let clause = |captures: &regex::Captures| {
        captures.name("zh").or_else(|| captures.name("en")).map(|found| found.as_str().to_owned())
    };
    if let Some(by) = REPLACED_BY.captures(sentence).and_then(|captures| clause(&captures)) {
        for found in standards::find(&by).into_iter().filter(|found| found.number != own.number) {
            add_once(&mut record.replaced_by, found.number.normal());
        }
        return;
    }
    if let Some(what) = REPLACES.captures(sentence).and_then(|captures| clause(&captures)) {
        let end = COMPARED.find(&what).map_or(what.len(), |found| found.start());
        add_replaced(what.get(..end).unwrap_or_default(), own, record);
    }
}

fn read_adoption(sentence: &str, own: &Found, record: &mut StandardRecord) {
    static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"本\s?[^，。；]{1,16}?[^。；]{0,40}?(?:(?P<degree>非等效|等同|修改|等效|参考|参照)(?:采用|转化)",
            r"|一致性程度为\s?[“\x22]?(?P<level>非等效|等同|修改|IDT|MOD|NEQ)|(?P<loose>参考|参照)(?:了)?(?:国际标准)?\s?(?:ISO|IEC|ITU|IEEE|ETSI|EN |NIST|《))"
        ))
    });
    static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\bthis (?:\w+ ){1,5}?(?:is |was |has |are )[^.;]{0,60}?(?P<degree>identical|modified|not equivalent)\b",
            r"|\bthis (?:\w+ ){1,5}?(?:adopts|uses)[^.;]{0,120}?\(?(?P<level>IDT|MOD|NEQ|identical|modified)\b"
        ))
    });
    let Some(captures) = CHINESE.captures(sentence).or_else(|| ENGLISH.captures(sentence)) else { return };
    let word = ["degree", "level", "loose"].into_iter().find_map(|name| captures.name(name));
    let Some(degree) = word.and_then(|word| degree_of(word.as_str())) else { return };
    for found in
        standards::find(sentence).iter().filter(|found| !found.number.is_chinese() && found.number != own.number)
    {
        add_adoption(found, degree, record);
    }
}

/// The committee to which the standard belongs (归口), by its number or else its name.
fn committee(sentence: &str) -> Option<String> {
    static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:under the (?:jurisdiction|administration|centralized management) of|administered by|prepared by|managed by)\s+(?:the )?(?P<name>.+)",
        )
    });
    if let Some(end) = sentence.find("归口") {
        let before = sentence.get(..end)?;
        let clause = before.rsplit_once('由').map_or(before, |(_, name)| name);
        let name = ["提出并", "提出、", "提出和", "提出，并", "提出"]
            .iter()
            .find_map(|word| clause.split_once(word))
            .map_or(clause, |(name, _)| name);
        return named(clause).or_else(|| {
            let name = name.split(['（', '(']).next().unwrap_or_default().trim().trim_end_matches("负责").trim();
            (3..=60).contains(&name.chars().count()).then(|| name.to_owned())
        });
    }
    let clause = ENGLISH.captures(sentence)?.name("name")?.as_str();
    named(clause).or_else(|| {
        let name = clause.split(['(', '.', ';', ',']).next().unwrap_or_default().trim();
        (sentence.contains("jurisdiction") && name.len() <= 120 && name.contains(' ')).then(|| name.to_owned())
    })
}

fn named(clause: &str) -> Option<String> {
    committees::find(clause).into_iter().next().map(|found| found.name)
}

#[cfg(test)]
mod tests {
    use corpus::document::DocumentHash;

    use super::*;
    use crate::read::read_text;

    fn record(text: &str) -> StandardRecord {
        let read = read_text("test.txt", "test.txt", DocumentHash(String::new()), text.as_bytes()).expect("it is text");
        read.facts.standard.unwrap_or_default()
    }

    const CHINESE: &str = "ICS 07.060;13.060.10
CCS N 93
中华人民共和国国家标准
GB/T 80002—2031
代替 GB/T 80002—2020,GB/T 80003—2019
湖泊监测 术语
Lake monitoring—Vocabulary
（ISO 98765:2029，Lake monitoring—Vocabulary，MOD）
2031-03-16发布
2031-10-01实施
前　言
本文件按照GB/T 1.1—2020《标准化工作导则　第1部分：标准化文件的结构和起草规则》的规定起草。
本文件代替GB/T 80002—2020《湖泊监测　术语》，与GB/T 80002—2020相比，除结构调整外，主要技术变化如下：
——与GB/T 80004—2021协调。
本文件修改采用ISO 98765:2029《湖泊监测　术语》。
本文件由水利部提出。
本文件由全国湖泊标准化技术委员会（SAC/TC 988）归口。
1　范围
本文件界定了湖泊监测的术语。
2　规范性引用文件
GB/T 80009　湖泊 导则（GB/T 80009—2030，ISO 98799:2028，IDT）
";

    #[test]
    fn the_cover_and_foreword_of_a_national_standard() {
        let found = record(CHINESE);
        assert_eq!(found.number, "GB/T 80002-2031");
        assert_eq!(found.ics, ["07.060", "13.060.10"]);
        assert_eq!(found.ccs, ["N 93"]);
        assert_eq!(found.replaces, ["GB/T 80002-2020", "GB/T 80003-2019"]);
        let adopted = Adoption { standard: "ISO 98765:2029".to_owned(), degree: AdoptionDegree::Modified };
        assert_eq!(found.adopts, [adopted]);
        assert_eq!(found.committee.as_deref(), Some("SAC/TC 988"));
    }

    #[track_caller]
    fn check(sentence: &str, wanted: &StandardRecord) {
        let own = standards::find("GB/T 80002-2031").remove(0);
        let mut found = StandardRecord::default();
        read_sentence(sentence, &own, &mut found);
        assert_eq!(&found, wanted, "{sentence}");
    }

    fn adopts(standard: &str, degree: AdoptionDegree) -> StandardRecord {
        StandardRecord { adopts: vec![Adoption { standard: standard.to_owned(), degree }], ..Default::default() }
    }

    #[test]
    fn adoption_in_words() {
        use AdoptionDegree::{Identical, Modified, NotEquivalent};
        check("本标准使用翻译法等同采用ISO/IEC 98765:2029《湖泊》。", &adopts("ISO/IEC 98765:2029", Identical));
        check("本部分使用重新起草法修改采用IEC 98765-1:2029。", &adopts("IEC 98765-1:2029", Modified));
        check("本标准与ISO 98765:2029的一致性程度为非等效。", &adopts("ISO 98765:2029", NotEquivalent));
        check("本文件参考ISO 98765:2029编制。", &adopts("ISO 98765:2029", NotEquivalent));
        check("This document is identical to ISO 98765:2029.", &adopts("ISO 98765:2029", Identical));
        check("用等同采用国际标准的GB/T 80009代替了ISO 98799:2028。", &StandardRecord::default());
    }

    #[test]
    fn replacement_and_committees_in_words() {
        let replaces = |number: &str| StandardRecord { replaces: vec![number.to_owned()], ..Default::default() };
        check("本部分代替GB/T 80001.2—2019《湖泊》。", &replaces("GB/T 80001.2-2019"));
        check(
            "This second edition cancels and replaces the first edition (ISO 98765:2019).",
            &replaces("ISO 98765:2019"),
        );
        check(
            "This document supersedes ISO 98765:2019, which has been revised to follow ISO 1:2022.",
            &replaces("ISO 98765:2019"),
        );
        let by = StandardRecord { replaced_by: vec!["GB/T 80002-2033".to_owned()], ..Default::default() };
        check("本标准已被GB/T 80002—2033代替。", &by);
        let committee = |name: &str| StandardRecord { committee: Some(name.to_owned()), ..Default::default() };
        check("本标准由湖泊行业标准化技术委员会提出并归口。", &committee("湖泊行业标准化技术委员会"));
        check("本文件由全国湖泊标准化技术委员会（SAC/TC 988/SC 2）提出并归口。", &committee("SAC/TC 988/SC 2"));
        check(
            "This document was prepared by Technical Committee ISO/TC 937, Lakes, Subcommittee SC 2, Shores.",
            &committee("ISO/TC 937/SC 2"),
        );
    }
}
