//! The head of a document: title, translator, editor, source, kind.

use std::sync::LazyLock;

use corpus::document::{Block, BlockKind, Language};
use corpus::facts::DocumentKind;
use regex::Regex;

use super::dates;
use super::{Text, add_once};
use crate::language::detect;
use crate::layout::letters::{ends_clause, is_chinese};
use crate::pattern::pattern;
use corpus::text::is_han;

/// Labels stand among the first and the last blocks.
const FRONT: usize = 40;

/// What stands above the text.
#[derive(Default)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    /// The block that is the title.
    pub(super) title_block: Option<usize>,
    pub(super) title_translated: Option<String>,
    pub(super) translator: Option<String>,
    pub(super) editor: Option<String>,
    pub(super) source: Option<String>,
    /// The block in which issuers are named under a label such as "Authors".
    pub(super) issuer_block: Option<usize>,
}

pub(super) fn head(text: &Text, title_hint: Option<&str>) -> Head {
    let (title, title_block) = title(text, title_hint);
    let (title, other_half) = match title.as_deref().and_then(|title| split_languages(title, text.language)) {
        Some((own, other)) => (Some(own), Some(other)),
        None => (title, None),
    };
    let translated = other_half.or_else(|| title_block.and_then(|at| translated_title(text, at)));
    let title = title.map(|title| with_spaces_between_agencies(&title));
    Head {
        title_translated: translated.map(|title| with_spaces_between_agencies(&title)),
        translator: labelled(text, &["translator", "translated by", "译者", "翻译"]).map(|(_, name)| name),
        editor: labelled(text, &["editor", "edited by", "编辑", "审校", "译审"]).map(|(_, name)| name),
        source: source(text),
        issuer_block: labelled(
            text,
            &[
                "author",
                "authors",
                "issued by",
                "issuer",
                "issuers",
                "issuing body",
                "发布单位",
                "发布机构",
                "发文机关",
                "发布部门",
                "作者",
            ],
        )
        .map(|(at, _)| at),
        title,
        title_block,
    }
}

fn title(text: &Text, hint: Option<&str>) -> (Option<String>, Option<usize>) {
    if let Some((at, title)) = labelled(text, &["title", "标题", "名称"]) {
        return (Some(tidy(&title)), Some(at));
    }
    let marked = text.blocks.iter().position(|block| block.kind == BlockKind::Heading && block.level == 0);
    if let Some((at, block)) = marked.and_then(|at| Some((at, text.blocks.get(at)?))) {
        return (Some(tidy(&block.text)), Some(at));
    }
    let hint = hint.map(str::trim).filter(|hint| is_title(hint));
    match hint {
        Some(hint) => (Some(tidy(hint)), text.blocks.iter().position(|block| tidy(&block.text) == tidy(hint))),
        None => {
            let first =
                text.blocks.iter().take(10).position(|block| is_title(&block.text) && block.kind.is_running_text());
            (first.and_then(|at| text.blocks.get(at)).map(|block| tidy(&block.text)), first)
        }
    }
}

/// Whether a text can be a title: long enough, not a sentence, not the name of a file.
fn is_title(text: &str) -> bool {
    let enough = if is_chinese(text) { text.chars().count() >= 6 } else { text.split_whitespace().count() >= 3 };
    let file = text.contains('_') || text.starts_with("Microsoft") || text.contains("://") || text.contains("\u{fffd}");
    enough && !file && !ends_clause(text) && text.chars().count() <= 450
}

/// A title on one line, without the note mark behind it.
fn tidy(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    let joined = words.join(" ");
    joined.trim_end_matches(['*', '¹', '²', '³', '①']).trim().to_owned()
}

/// Agencies before 关于 are parted by a space, which typesetting swallows.
fn with_spaces_between_agencies(title: &str) -> String {
    let Some(end) = title.find("关于") else { return title.to_owned() };
    let mentions = super::agencies::mentions_in(title, 0);
    let mut spaced = title.to_owned();
    for pair in mentions.windows(2).rev() {
        let [first, second] = pair else { continue };
        if first.span.end == second.span.start && second.span.end <= end {
            spaced.insert(second.span.start, ' ');
        }
    }
    spaced
}

/// A title that is printed in both languages, the document's own first.
fn split_languages(title: &str, language: Language) -> Option<(String, String)> {
    let border = match language {
        Language::En => title.char_indices().find(|(_, char)| is_han(*char))?.0,
        _ => return None,
    };
    let (own, other) = title.split_at_checked(border)?;
    let han = other.chars().filter(|char| is_han(*char)).count();
    let own = own.trim().trim_end_matches(['(', '（', '/', '|']).trim();
    let other = other.trim().trim_end_matches([')']).trim();
    (han >= 6 && own.split_whitespace().count() >= 3 && han * 2 > other.chars().count())
        .then(|| (own.to_owned(), other.to_owned()))
}

/// The title in the other language: a short line beside the title.
fn translated_title(text: &Text, title: usize) -> Option<String> {
    let other = text.language.counterpart()?;
    let near = (1..=8).flat_map(|step| [title.checked_add(step), title.checked_sub(step)]).flatten();
    near.filter_map(|at| text.blocks.get(at))
        .find(|block| is_translated_title(block, other))
        .map(|block| tidy(&block.text))
}

fn is_translated_title(block: &Block, other: Language) -> bool {
    let text = &block.text;
    let agency = !super::agencies::mentions_in(text, 0).is_empty() && !text.contains('关') && !text.contains(" on ");
    let number = text.contains(['〔', '[', '：', ':']) && !text.contains('“');
    let place = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading);
    static COVER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:ICS|CCS|UDC|DOI|ISSN|ISBN)\b"));
    place
        && !agency
        && !number
        && !COVER.is_match(text)
        && detect(text) == other
        && is_title(text)
        && text.chars().filter(char::is_ascii_digit).count() < 12
}

/// The value of a label: behind its colon, or in the next block when the label stands alone. With the value's block.
pub(super) fn labelled(text: &Text, labels: &[&str]) -> Option<(usize, String)> {
    let count = text.blocks.len();
    let places = (0..count).filter(|at| *at < FRONT || at + 12 >= count);
    for at in places {
        let Some(block) = text.blocks.get(at) else { continue };
        let (label, value) = match block.text.split_once([':', '：']) {
            Some((label, value)) => (label, value.trim()),
            None => (block.text.as_str(), ""),
        };
        let label = label.trim().to_lowercase();
        if label.len() > 40 || !labels.contains(&label.as_str()) {
            continue;
        }
        if !value.is_empty() {
            return Some((at, value.to_owned()));
        }
        if !block.text.contains([':', '：']) || text.blocks.get(at + 1).is_some() {
            let next = text.blocks.get(at + 1)?;
            return Some((at + 1, next.text.clone()));
        }
    }
    None
}

/// The publisher: under a label, behind the date of a news line, or in brackets before the first word of a report.
fn source(text: &Text) -> Option<String> {
    static BRACKET: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[（(]([A-Z][A-Za-z .&]{2,30}|[^()（）]{2,12}[网社报])[)）]\s*\S"));
    if let Some((_, value)) = labelled(text, &["source", "来源", "稿源", "信息来源", "文章来源"]) {
        let first = value.split(['(', '（', '。']).next().unwrap_or_default();
        let first = first.split(". ").next().unwrap_or_default().trim();
        if !first.is_empty() && !first.starts_with("http") {
            return Some(first.trim_matches(['《', '》']).to_owned());
        }
    }
    for block in text.blocks.iter().take(6) {
        if let Some(publisher) = dates::dateline(&block.text).and_then(|line| line.publisher) {
            return Some(publisher);
        }
        if let Some(found) = BRACKET.captures(&block.text).and_then(|captures| captures.get(1)) {
            return Some(found.as_str().trim().to_owned());
        }
    }
    None
}

/// The addresses in the text, footnotes left out.
pub(super) fn source_urls(text: &Text) -> Vec<String> {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| pattern(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+"));
    let mut found = Vec::new();
    for block in text.blocks.iter().filter(|block| block.kind.is_running_text() && block.kind != BlockKind::Footnote) {
        for address in ADDRESS.find_iter(&block.text) {
            let address = address.as_str().trim_end_matches(['.', ',', ';', ')', ':', ']', '\'', '!', '?', '*']);
            add_once(&mut found, address.to_owned());
        }
    }
    found
}

/// What kind of document it is: a translation that says so, a report, or what its title calls it.
pub(super) fn kind(text: &Text, head: &Head, numbered: bool) -> Option<DocumentKind> {
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
    if title.chars().any(is_han) { chinese_kind(title) } else { english_kind(title) }
}

/// Whether the cover or the head of a document is a standard's.
fn is_standard(text: &Text) -> bool {
    static COVER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:ICS\s*\d|CCS\s*[A-Z]|中华人民共和国(?:国家|[^，。]{2,10}行业)标准|National Standard of the People)",
        )
    });
    text.blocks.iter().take(20).filter(|block| COVER.is_match(&block.text)).count() >= 1
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
    let dateline = front().any(|block| dates::dateline(&block.text).is_some_and(|line| line.is_news));
    let opening = front().any(|block| OPENING.is_match(&block.text) && block.text.chars().count() > 40);
    let source = labelled(text, &["source", "来源", "稿源"]).is_some();
    let verb = !title.chars().any(is_han) && VERBS.is_match(title) && english_kind_at_start(title).is_none();
    dateline || opening || verb || (source && head_is_headline(title))
}

/// A headline says something: it has a colon, or more than a document's name.
fn head_is_headline(title: &str) -> bool {
    title.contains(['：', ':', '！', '？']) || (is_chinese(title) && chinese_kind(title).is_none())
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
fn english_kind_at_start(title: &str) -> Option<DocumentKind> {
    let words: Vec<&str> = title.split_whitespace().take(4).collect();
    english_kind(&words.join(" ")).filter(|_| {
        let lower = title.to_lowercase();
        [" on ", " for ", " of "].iter().any(|word| lower.contains(word)) && !lower.contains(" to ")
    })
}
