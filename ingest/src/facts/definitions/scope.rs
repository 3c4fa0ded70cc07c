//! Where a document defines its terms: chapters with titles such as 术语和定义, and whole vocabularies.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind};
use regex::Regex;

use crate::layout::numbering::{MarkKind, is_contents_entry, mark};
use crate::pattern::pattern;

/// What a chapter holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Holds {
    pub(super) terms: bool,
    pub(super) abbreviations: bool,
}

/// A chapter of terms or abbreviations: the blocks behind its heading.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub(super) holds: Holds,
    /// The chapter's number, with which those of its entries begin; empty where it has none.
    pub(super) number: String,
    /// The first block behind the heading.
    pub(super) start: usize,
    /// The block behind the last.
    pub(super) end: usize,
}

/// The chapters of terms and abbreviations among the blocks, in order; one may lie inside another.
pub(super) fn scopes(blocks: &[&Block]) -> Vec<Scope> {
    let mut found: Vec<Scope> = Vec::new();
    if is_vocabulary(blocks) {
        let holds = Holds { terms: true, abbreviations: false };
        found.push(Scope { holds, number: String::new(), start: 0, end: blocks.len() });
    }
    if let Some(at) = glossary(blocks) {
        let holds = Holds { terms: true, abbreviations: false };
        found.push(Scope { holds, number: String::new(), start: at + 1, end: blocks.len() });
    }
    for (at, block) in blocks.iter().enumerate() {
        let (number, title) = number_and_title(&block.text);
        let Some(holds) = holds(title).filter(|_| is_title(block)) else { continue };
        let number = number.to_owned();
        let end = blocks.get(at + 1..).unwrap_or_default().iter().position(|next| ends(next, block, &number));
        let end = end.map_or(blocks.len(), |length| at + 1 + length);
        found.push(Scope { holds, number, start: at + 1, end });
    }
    found
}

fn is_title(block: &Block) -> bool {
    let kind = matches!(block.kind, BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem);
    kind && !is_contents_entry(&block.text)
}

/// Whether entries with numbers of their own stand among the blocks.
pub(super) fn is_numbered(blocks: &[&Block]) -> bool {
    blocks.iter().any(|block| {
        let (number, title) = number_and_title(&block.text);
        number.contains('.') && title.is_empty()
    })
}

/// Whether a block ends the chapter with that heading: a heading of its level or above.
fn ends(block: &Block, heading: &Block, number: &str) -> bool {
    let (own, title) = number_and_title(&block.text);
    if !own.is_empty() && !number.is_empty() {
        let below = is_below(own, number);
        return !below && (block.kind == BlockKind::Heading || is_beside(own, number) && is_short(title));
    }
    let marked = mark(&block.text).is_some_and(|mark| {
        matches!(
            mark.kind,
            MarkKind::Chapter | MarkKind::Annex | MarkKind::Named | MarkKind::HanComma | MarkKind::BareNumber
        )
    });
    block.kind == BlockKind::Heading && (marked || number.is_empty() && block.level <= heading.level)
}

fn is_short(title: &str) -> bool {
    (1..60).contains(&title.chars().count()) && !title.ends_with(['。', '.', '；', ';'])
}

/// Whether 3.1.2 lies below 3.1. Everything lies below a chapter without a number.
pub(super) fn is_below(number: &str, chapter: &str) -> bool {
    chapter.is_empty() || number.strip_prefix(chapter).is_some_and(|rest| rest.starts_with('.'))
}

/// Whether a number follows another at the same level or above: 3.2 and 4 behind 3.1.
fn is_beside(number: &str, chapter: &str) -> bool {
    let parts = |number: &str| number.split('.').map(|part| part.parse::<u32>().unwrap_or(0)).collect::<Vec<_>>();
    let (number, chapter) = (parts(number), parts(chapter));
    number.len() <= chapter.len() && number > chapter
}

/// A clause's number at the beginning of a block, as `3.1.2`, and the rest.
pub(super) fn number_and_title(text: &str) -> (&str, &str) {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^((?:[A-Z]\.)?[0-9]{1,2}(?:\.[0-9]{1,3}){0,5})(?:\.?[\s\x{3000}]+|\.?$|[\x{4e00}-\x{9fff}])")
    });
    let Some(captures) = NUMBER.captures(text) else { return ("", text) };
    let number = captures.get(1).map_or("", |number| number.as_str());
    let rest = text.get(number.len()..).unwrap_or_default();
    (number, rest.trim_start_matches('.').trim())
}

/// What a chapter of that title holds.
pub(super) fn holds(title: &str) -> Option<Holds> {
    static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:基本|通用|专用|相关|有关|主要|一般|重要|常用)?(?:术\s*语|用语|名词|概念|缩\s*略\s*语|缩\s*略\s*词|符\s*号|代\s*号|定\s*义|约定|说明|解释|释义|含义|表|对照表|词汇)|[和与及、，/\s]|的|术语表){1,9}$",
        )
    });
    static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?:appendix|annex) [a-z0-9]{1,2}[.:—–-]?\s*)?(?:(?:key|basic|general|list|of|the|and|or|&|for|normative|common|used|in|this|document|guide|report|technical|terms?|definitions?|glossary|terminology|vocabulary|abbreviations?|abbreviated|acronyms?|initialisms|symbols?|notations?|conventions?|concepts)[\s,/]*){1,10}$",
        )
    });
    let title = title.trim().trim_end_matches([':', '：']);
    if title.is_empty() || title.chars().count() > 80 {
        return None;
    }
    let lower = title.to_lowercase();
    let bare: String = title.chars().filter(|char| !char.is_whitespace()).collect();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word) || bare.contains(word));
    if !(CHINESE.is_match(title) || ENGLISH.is_match(title)) {
        return None;
    }
    let terms = has(&["术语", "用语", "名词解释", "名词释义", "definition", "glossary", "terminology", "vocabulary"])
        || matches!(lower.as_str(), "terms" | "key terms" | "定义");
    let abbreviations = has(&["缩略", "代号", "abbreviat", "acronym", "initialism"]);
    (terms || abbreviations).then_some(Holds { terms, abbreviations })
}

/// The title of a document that is a glossary: Glossary of Lake Terms.
fn glossary(blocks: &[&Block]) -> Option<usize> {
    static TITLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?i:(?:[\w’&-]+ ){0,6}(?:glossary|lexicon)(?: (?:of|for|on)\b.{3,80}|\s*[:—–-]\s?.{3,80}|))$")
    });
    blocks.iter().take(8).position(|block| {
        let text = block.text.trim();
        // A chapter of that name is found by itself.
        is_title(block) && !text.ends_with('.') && TITLE.is_match(text) && holds(text).is_none()
    })
}

/// Whether the whole document is a vocabulary, by its title.
fn is_vocabulary(blocks: &[&Block]) -> bool {
    static TITLE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"术\s*语$|词\s*汇$|(?i:\bvocabulary$|\bglossary$|\bterminology$)"));
    let first = blocks.iter().take(40);
    first
        .filter(|block| block.kind == BlockKind::Heading && number_and_title(&block.text).0.is_empty())
        .any(|block| block.text.chars().count() <= 60 && TITLE.is_match(block.text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(title: &str, terms: bool, abbreviations: bool) {
        let found = holds(number_and_title(title).1).unwrap_or_default();
        assert_eq!(found, Holds { terms, abbreviations }, "{title}");
    }

    #[test]
    fn titles_of_chapters() {
        check("3 术语和定义", true, false);
        check("3 术语、定义和缩略语", true, true);
        check("4　缩略语", false, true);
        check("2 术语", true, false);
        check("名词解释", true, false);
        check("符号和缩略语", false, true);
        check("3.1 Terms and definitions", true, false);
        check("3 Definition of terms, symbols and abbreviations", true, true);
        check("3.3 Abbreviations", false, true);
        check("Appendix B. Glossary", true, false);
        check("List of Acronyms", false, true);
    }

    #[test]
    fn titles_of_other_chapters() {
        check("3 术语管理要求", false, false);
        check("Terms of reference", false, false);
        check("5 说明", false, false);
        check("The terms of the contract are long", false, false);
    }

    #[test]
    fn numbers_of_clauses() {
        assert_eq!(number_and_title("3.1.2 数据"), ("3.1.2", "数据"));
        assert_eq!(number_and_title("3.1.2"), ("3.1.2", ""));
        assert_eq!(number_and_title("A.2 Lakes"), ("A.2", "Lakes"));
        assert_eq!(number_and_title("2.4GHz"), ("", "2.4GHz"));
        assert!(
            is_below("3.1.2", "3.1") && !is_below("3.12", "3.1") && is_beside("4", "3.1") && is_beside("3.2", "3.1")
        );
    }
}
