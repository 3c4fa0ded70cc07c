//! The head of a document: title, translator, editor, source, kind.

mod kind;
mod title;

use std::sync::LazyLock;

use corpus::document::BlockKind;
use regex::Regex;

use super::dates;
use super::{Text, add_once};
use crate::pattern::pattern;

pub(super) use kind::kind;

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
    let found = title::title(text, title_hint);
    let (title, other_half) = match found.text.as_deref().and_then(|title| title::split_languages(title, text.language))
    {
        Some((own, other)) => (Some(own), Some(other)),
        None => (found.text.clone(), None),
    };
    let translated = other_half.or_else(|| title::translated(text, &found));
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
        title_block: found.block,
    }
}

/// Agencies before 关于 are parted by a space, which typesetting swallows.
pub(super) fn with_spaces_between_agencies(title: &str) -> String {
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
        LazyLock::new(|| pattern(r"^[（(]([A-Z][A-Za-z .&]{2,30}|[^()（）]{2,12}[网社报])[)）]\s*\S[^\t]{30}"));
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
