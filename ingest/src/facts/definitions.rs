//! Terms that a document defines: entries of a standard (ISO 10241-1, GB/T 20001.1), and definitions in running text.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use corpus::facts::Definition;
use regex::Regex;

use super::{Text, add_once};
use crate::layout::letters::is_chinese;
use crate::pattern::pattern;
use corpus::text::is_han;

/// A definition is at most so many characters; more is a paragraph that was misread.
const LONGEST: usize = 600;

/// The definitions of a document, in order.
pub(super) fn definitions(text: &Text) -> Vec<Definition> {
    let mut found = Vec::new();
    let running: Vec<&Block> = text
        .blocks
        .iter()
        .filter(|block| {
            block.kind.is_running_text() && !matches!(block.kind, BlockKind::Footnote | BlockKind::TableRow)
        })
        .collect();
    let terminology = running.iter().any(|block| {
        block.text.chars().count() < 60
            && ["术语和定义", "术语与定义", "erms and definitions"].iter().any(|title| block.text.contains(title))
    });
    for at in 0..running.len() {
        // Without such a chapter a numbered line and a paragraph are a section.
        if let Some(entry) = entry(&running, at).filter(|entry| terminology || entry.zh.is_some() && entry.en.is_some())
        {
            add_once(&mut found, entry);
        }
    }
    for sentence in text.sentences {
        let kind = text.blocks.get(sentence.block).map(|block| block.kind);
        if matches!(kind, Some(BlockKind::Footnote | BlockKind::TableRow)) {
            continue;
        }
        for definition in in_sentence(&sentence.text, sentence.page) {
            if !found.iter().any(|known| known.zh == definition.zh && known.en == definition.en) {
                found.push(definition);
            }
        }
    }
    found
}

/// An entry: the clause's number alone or before the term, the term in both languages, the definition.
fn entry(blocks: &[&Block], at: usize) -> Option<Definition> {
    static CLAUSE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^((?:[A-Z]|[0-9]{1,2})(?:\.[0-9]{1,3}){1,4})\s*"));
    let block = blocks.get(at)?;
    let captures = CLAUSE.captures(&block.text)?;
    let clause = captures.get(1)?.as_str();
    let rest = block.text.get(captures.get(0)?.end()..)?.trim();
    let (term, next) = if rest.is_empty() { (blocks.get(at + 1)?.text.as_str(), at + 2) } else { (rest, at + 1) };
    let (zh, en) = designations(term)?;
    let body = blocks.get(next)?;
    let text = body.text.trim();
    if !is_definition(text, body.kind) || CLAUSE.is_match(text) {
        return None;
    }
    Some(Definition {
        clause: Some(clause.to_owned()),
        zh,
        en,
        definition: text.to_owned(),
        page: block.page,
        ..Definition::default()
    })
}

/// The Chinese and the English designation of a term's line. One of a standard in one language has the one only.
fn designations(line: &str) -> Option<(Option<String>, Option<String>)> {
    let line = line.trim();
    let short = line.chars().count() <= 120 && !line.ends_with(['。', '.', '；', ';', '：', ':', '，']);
    if !short || line.is_empty() {
        return None;
    }
    let first_han = line.char_indices().find(|(_, char)| is_han(*char)).map(|(at, _)| at);
    let first_latin = line.char_indices().find(|(_, char)| char.is_ascii_alphabetic()).map(|(at, _)| at);
    let clean = |text: &str| Some(tidy(text)).filter(|text| !text.is_empty());
    match (first_han, first_latin) {
        (Some(0), Some(_)) => {
            let at = last_han_end(line);
            let (zh, en) = line.split_at_checked(at)?;
            let en = clean(en).filter(|en| en.chars().filter(char::is_ascii_alphabetic).count() >= 2);
            Some((clean(zh), en))
        }
        (Some(han), Some(0)) => {
            let (en, zh) = line.split_at_checked(han)?;
            Some((clean(zh), clean(en)))
        }
        (Some(0), None) => Some((clean(line), None)),
        (None, Some(_)) => Some((None, clean(line))),
        _ => None,
    }
}

/// The end of the part in Chinese: behind the last Han character, brackets that it closes included.
fn last_han_end(line: &str) -> usize {
    let last = line.char_indices().rev().find(|(_, char)| is_han(*char) || matches!(char, '）' | '》' | '”'));
    last.map_or(0, |(at, char)| at + char.len_utf8())
}

/// A designation without the marks around it, and only the first where several are listed.
fn tidy(text: &str) -> String {
    let first = text.split([';', '；']).next().unwrap_or_default();
    first
        .trim()
        .trim_matches(|char: char| {
            char.is_whitespace() || matches!(char, ',' | '，' | '|' | '、' | '(' | '（') || char == '\u{3000}'
        })
        .trim()
        .to_owned()
}

fn is_definition(text: &str, kind: BlockKind) -> bool {
    let note = ["注", "[来源", "［来源", "NOTE", "Note", "[SOURCE", "示例", "EXAMPLE"]
        .iter()
        .any(|start| text.starts_with(start));
    let length = text.chars().count();
    !note && kind == BlockKind::Paragraph && (4..=LONGEST).contains(&length)
}

/// 本办法所称X，是指…; “X” refers to ….
fn in_sentence(sentence: &str, page: u32) -> Vec<Definition> {
    static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|[，。；：、）)\s])(?:[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.]\s*)?(?:本[\x{4e00}-\x{9fff}]{1,8}(?:中)?所称的?)?[“「]?([\x{4e00}-\x{9fff}A-Za-z0-9+、·-]{2,20})[”」]?(?:[（(]([A-Za-z][A-Za-z ,-]{2,60})[)）])?，?(?:是指|指的是|系指)([^。；]{6,400})[。；]?",
        )
    });
    static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"(?:[“"]([A-Za-z][A-Za-z0-9 +'’/-]{1,60})[,]?[”"]|(?:^|, )([A-Za-z][a-z-]+(?: [a-z-]+){0,5})) (?:refers? to|means?|shall mean|is defined as) (?:that )?([^.;]{10,500})[.;]?"#,
        )
    });
    let mut found = Vec::new();
    if is_chinese(sentence) {
        for captures in CHINESE.captures_iter(sentence) {
            let part = |at: usize| captures.get(at).map(|part| part.as_str().trim().to_owned());
            let (Some(zh), Some(definition)) = (part(1), part(3)) else { continue };
            let zh = zh.rsplit("所称").next().unwrap_or_default().trim_end_matches('，').to_owned();
            if is_term_zh(&zh) {
                found.push(Definition {
                    clause: None,
                    zh: Some(zh),
                    en: part(2),
                    definition,
                    page,
                    ..Definition::default()
                });
            }
        }
        return found;
    }
    for captures in ENGLISH.captures_iter(sentence) {
        let (Some(en), Some(definition)) = (captures.get(1).or(captures.get(2)), captures.get(3)) else { continue };
        let plain = captures.get(1).is_none();
        let formal =
            sentence.contains("For the purpose") || sentence.contains("hereinafter") || sentence.contains("as used in");
        let opens = en.start() == 0
            && en.as_str().contains([' ', '-'])
            && !NOT_SUBJECTS.iter().any(|word| en.as_str().starts_with(word));
        if plain && !formal && !opens && !starts_a_list_item(sentence) {
            continue;
        }
        found.push(Definition {
            clause: None,
            zh: None,
            en: Some(en.as_str().trim().to_owned()),
            definition: definition.as_str().to_owned(),
            page,
            ..Definition::default()
        });
    }
    found
}

/// Words with which the subject of a definition does not begin.
const NOT_SUBJECTS: &[&str] =
    &["This", "That", "These", "Those", "It", "The", "Which", "What", "Such", "In", "By", "As", "We", "All", "Their"];

/// Words that stand before 是指 without being a term.
fn is_term_zh(term: &str) -> bool {
    const NOT_TERMS: &[&str] =
        &["主要", "这里", "其中", "一般", "通常", "本条", "上述", "它", "其", "就", "也", "均", "都"];
    term.chars().count() >= 2 && !NOT_TERMS.iter().any(|word| term == *word || term.ends_with("主要"))
}

/// (1) Embodied agents: … items of a definitions article.
fn starts_a_list_item(sentence: &str) -> bool {
    crate::layout::numbering::mark(sentence).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_term() {
        let both = |line: &str| designations(line).map(|(zh, en)| (zh.unwrap_or_default(), en.unwrap_or_default()));
        let pair = |zh: &str, en: &str| Some((zh.to_owned(), en.to_owned()));
        assert_eq!(both("湖泊水位　lake level"), pair("湖泊水位", "lake level"));
        assert_eq!(both("lake level 湖泊水位"), pair("湖泊水位", "lake level"));
        assert_eq!(both("湖泊水位"), pair("湖泊水位", ""));
        assert_eq!(both("本章规定了湖泊水位的测量方法。"), None);
    }

    #[track_caller]
    fn check(sentence: &str, term: &str, definition: &str) {
        let found = in_sentence(sentence, 1);
        let first = found.first().expect("a definition");
        assert_eq!(first.zh.as_deref().or(first.en.as_deref()), Some(term));
        assert_eq!(first.definition, definition);
    }

    #[test]
    fn definitions_in_running_text() {
        check("本办法所称湖泊水位，是指湖面相对于基准面的高程。", "湖泊水位", "湖面相对于基准面的高程");
        check(
            "For the purposes of these Measures, “lake level” refers to the height of the surface.",
            "lake level",
            "the height of the surface",
        );
    }
}
