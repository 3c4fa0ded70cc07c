//! What kind of document it is.

use std::sync::LazyLock;

use corpus::document::BlockKind;
use corpus::facts::DocumentKind;
use corpus::text::is_han;
use regex::Regex;

use super::{Head, labelled};
use crate::facts::{Text, dates};
use crate::layout::letters::is_chinese;
use crate::pattern::pattern;

/// What kind of document it is: a translation that says so, a report, or what its title calls it.
pub(in crate::facts) fn kind(text: &Text, head: &Head, numbered: bool) -> Option<DocumentKind> {
    if head.translator.is_some() || labelled(text, &["translation date", "date of translation", "翻译日期"]).is_some()
    {
        return Some(DocumentKind::Translation);
    }
    let title = head.title.as_deref().unwrap_or_default();
    if is_standard(text) {
        return Some(DocumentKind::Standard);
    }
    if !numbered && is_report(text, title) {
        return Some(DocumentKind::News);
    }
    of_title(title)
}

/// The kind that a title names.
pub(super) fn of_title(title: &str) -> Option<DocumentKind> {
    if title.chars().any(is_han) { chinese_kind(title) } else { english_kind(title) }
}

/// Whether the cover or the head of a document is a standard's, or its foreword says how it was drafted.
pub(super) fn is_standard(text: &Text) -> bool {
    static COVER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"^(?i:ICS[\s:：]*\d{2}(?:\.\d|$)|CCS[\s:：]*[A-Z]\s?\d{2})|^中华人民共和国(?:国家|[^，。]{2,10}行业)标准(?:化指导性技术文件)?$",
            r"|^.{0,12}(?:团体|企业|地方)标准$|^National Standard of the People|^(?i:(?:international|european|british|group|sector) standard)(?:\s.{0,30})?$"
        ))
    });
    static DRAFTED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"本(?:标准|文件|部分|规范|规程|指导性技术文件)(?:是)?(?:按照|依据|根据|按|遵照)\s?GB\s?/\s?T\s?1\s?\.\s?1",
        )
    });
    let cover = text.blocks.iter().take(20).any(|block| {
        let bare: String = block.text.chars().filter(|char| *char != '\u{3000}').collect();
        let spaced = bare.chars().filter(|char| *char != ' ').count() <= 12;
        let bare = if spaced { bare.replace(' ', "") } else { bare };
        COVER.is_match(bare.trim())
    });
    cover || text.blocks.iter().take(120).any(|block| DRAFTED.is_match(&block.text)) || has_chapters_of_standards(text)
}

/// Whether at least two chapters are there that GB/T 1.1 and the ISO/IEC Directives, Part 2, give every standard.
fn has_chapters_of_standards(text: &Text) -> bool {
    static CHAPTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^[1-9][.\s\x{3000}]*(?:(?P<scope>范\s?围|scope)|(?P<references>规范性引用文件|引用标准|normative references)",
            r"|(?P<terms>术语(?:和|与|及|、).{0,12}|terms(?: and|,) .{0,40})|(?P<symbols>符号(?:和|与|、)?.{0,10}|缩略语|symbols .{0,40}))$"
        ))
    });
    let headings = text.blocks.iter().filter(|block| block.kind == BlockKind::Heading).take(60);
    let found: Vec<_> = headings.filter_map(|block| CHAPTER.captures(block.text.trim())).collect();
    let named = ["scope", "references", "terms", "symbols"];
    named.iter().filter(|name| found.iter().any(|captures| captures.name(name).is_some())).count() >= 2
}

fn is_report(text: &Text, title: &str) -> bool {
    static VERBS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:unveils?|releases?|issues?|publish(?:es)?|announces?|launches|rolls? out|boosts?|seeks?|aims?|sets?|jointly|plans? to|to (?:improve|boost|strengthen|promote|accelerate|step up))\b",
        )
    });
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:本报|新华社|中新社|人民网|记者|（记者|[^，。]{2,12}[讯电]\s|.{0,40}(?:日前|近日|获悉|记者))")
    });
    let front = || text.blocks.iter().take(8);
    let dateline = front().any(|block| dates::dateline(&block.text).is_some());
    let opening = front().any(|block| OPENING.is_match(&block.text) && block.text.chars().count() > 40);
    // The page on which a policy stands has a line above it as a report has.
    let policy = is_policy_title(title) && !opening;
    let dateline = dateline && !policy;
    let source = !policy && labelled(text, &["source", "来源", "稿源"]).is_some();
    let verb = !title.chars().any(is_han) && VERBS.is_match(title) && english_kind_at_start(title, &VERBS).is_none();
    dateline || opening || verb || (source && head_is_headline(title))
}

/// A headline says something: it has a colon, or more than a document's name.
fn head_is_headline(title: &str) -> bool {
    title.contains(['：', ':', '！', '？']) || (is_chinese(title) && chinese_kind(title).is_none())
}

/// Whether a title is a document's name and says nothing.
fn is_policy_title(title: &str) -> bool {
    static ACTS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[^《关]{0,30}(?:印发|发布|出台|公布|解读|一图读懂|召开)|[：！？]"));
    if !title.chars().any(is_han) {
        return is_english_name(title);
    }
    chinese_kind(title).is_some() && !ACTS.is_match(title)
}

/// "National Lake Strategy", "Roadmap for Lakes: 2031 to 2035": a name in capitals whose head is its kind.
fn is_english_name(title: &str) -> bool {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:[A-Z][\w’'-]*|of|on|for|and|the|in|to|20[0-9]{2}),?\s)*?(?:Strategy|Plan|Roadmap)(?:\s\(?20[0-9]{2}.{0,12}|:.*|\s(?:for|on|of|to)\s.*)?$",
        )
    });
    static SAYS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:\w+[’']s|adopts?|backs?|approves?|passes|outlines|unveils?|launch(?:es)?|releases?|issues?|publish(?:es)?|announces?|sets?|eyes|weighs|reveals?|rolls|seeks?|aims?|to (?:boost|cut|raise|spur)|new)\b",
        )
    });
    let name = title.split(':').next().unwrap_or_default();
    NAME.is_match(title) && !SAYS.is_match(name)
}

fn chinese_kind(title: &str) -> Option<DocumentKind> {
    const ENDINGS: &[(&str, DocumentKind)] = &[
        ("通知", DocumentKind::Notice),
        ("公告", DocumentKind::Announcement),
        ("通告", DocumentKind::Announcement),
        ("指南", DocumentKind::Guidelines),
        ("指引", DocumentKind::Guidelines),
        ("指导意见", DocumentKind::Opinions),
        ("意见", DocumentKind::Opinions),
        ("办法", DocumentKind::Measures),
        ("规定", DocumentKind::Measures),
        ("条例", DocumentKind::Measures),
        ("细则", DocumentKind::Measures),
        ("决定", DocumentKind::Measures),
        ("白皮书", DocumentKind::WhitePaper),
        ("蓝皮书", DocumentKind::WhitePaper),
        ("规划", DocumentKind::Plan),
        ("计划", DocumentKind::Plan),
        ("方案", DocumentKind::Plan),
        ("纲要", DocumentKind::Plan),
        ("要点", DocumentKind::Plan),
        ("标准", DocumentKind::Standard),
        ("技术规范", DocumentKind::Standard),
        ("技术要求", DocumentKind::Standard),
    ];
    // The name ends before its edition: 指南（2024版）.
    let bare = title.split(['（', '(']).next().unwrap_or(title).trim();
    let tail = title.trim_end_matches(['》', '”', ' ']);
    [tail, bare]
        .into_iter()
        .find_map(|name| ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, kind)| *kind))
}

const ENGLISH: &[(&str, DocumentKind)] = &[
    ("notice", DocumentKind::Notice),
    ("circular", DocumentKind::Notice),
    ("announcement", DocumentKind::Announcement),
    ("guidelines", DocumentKind::Guidelines),
    ("guideline", DocumentKind::Guidelines),
    ("guidance", DocumentKind::Guidelines),
    ("opinions", DocumentKind::Opinions),
    ("opinion", DocumentKind::Opinions),
    ("measures", DocumentKind::Measures),
    ("provisions", DocumentKind::Measures),
    ("regulations", DocumentKind::Measures),
    ("rules", DocumentKind::Measures),
    ("white paper", DocumentKind::WhitePaper),
    ("plan", DocumentKind::Plan),
    ("strategy", DocumentKind::Plan),
    ("roadmap", DocumentKind::Plan),
    ("program", DocumentKind::Plan),
    ("outline", DocumentKind::Plan),
];

/// The kind that an English title names first.
fn english_kind(title: &str) -> Option<DocumentKind> {
    let lower = format!(" {} ", title.to_lowercase().replace(|char: char| !char.is_alphanumeric(), " "));
    let named = ENGLISH.iter().filter_map(|(word, kind)| Some((lower.find(&format!(" {word} "))?, *kind)));
    named.min_by_key(|(at, _)| *at).map(|(_, kind)| kind)
}

/// A title that begins with its kind is a document's own, whatever verbs follow: Opinions on Strengthening ….
fn english_kind_at_start(title: &str, verbs: &Regex) -> Option<DocumentKind> {
    let words: Vec<&str> = title.split_whitespace().take(4).collect();
    let start = words.join(" ");
    english_kind(&start).filter(|_| !verbs.is_match(&start)).filter(|_| {
        let lower = title.to_lowercase();
        [" on ", " for ", " of "].iter().any(|word| lower.contains(word)) && !lower.contains(" to ")
    })
}
