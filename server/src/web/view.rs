//! What several pages show alike: titles, dates, amounts, marked text.

use corpus::document::{Document, Language};
use corpus::facts::{Agency, DocumentKind};
use corpus::topic::Taxonomy;

use super::link;
use super::words::Words;
pub(super) use crate::search::{Part, parts};

/// A piece of text in its own language, which may lead somewhere.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// The text.
    pub(super) text: String,
    /// Its language tag; empty where it is in the language of the interface.
    pub(super) lang: &'static str,
    /// Where it leads.
    pub(super) href: Option<String>,
}

impl Said {
    /// Text in the language of the interface.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), lang: "", href: None }
    }

    /// Text in a language.
    pub(super) fn new(text: impl Into<String>, language: Language) -> Self {
        Self { text: text.into(), lang: language.code(), href: None }
    }

    /// Text whose language nothing tells but its characters.
    pub(super) fn by_script(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { lang: script(&text), text, href: None }
    }

    /// The same, leading somewhere.
    pub(super) fn to(self, href: String) -> Self {
        Self { href: Some(href), ..self }
    }
}

/// The title of a document.
pub(super) fn title(document: &Document) -> Said {
    Said::new(document.display_title(), document.language).to(link::document(document.id))
}

/// The title in the other language: the counterpart's own, or the one that the document gives.
pub(super) fn title_translated(document: &Document, counterpart: Option<&Document>) -> Option<Said> {
    if let Some(counterpart) = counterpart {
        return Some(title(counterpart));
    }
    let other = document.language.counterpart().unwrap_or(Language::Other);
    document.facts.title_translated.as_ref().map(|text| Said::new(text, other))
}

/// The name of a topic; its identifier where the taxonomy does not have it any more.
pub(super) fn topic(w: &'static Words, taxonomy: &Taxonomy, id: &str) -> String {
    let topic = taxonomy.topic(id);
    topic.map_or(id, |topic| if w.reads() == Language::Zh { &topic.zh } else { &topic.en }).to_owned()
}

/// The name of a kind of document that is known by its name in the store.
pub(super) fn kind_by_name(w: &'static Words, name: &str) -> String {
    let kind = DocumentKind::ALL.into_iter().find(|kind| kind.name() == name);
    kind.map_or_else(|| name.to_owned(), |kind| w.kind(kind).to_owned())
}

/// The name of an agency in a language, or in the other where only that is known, leading to what it issued.
pub(super) fn agency(agency: &Agency, language: Language) -> Said {
    let (zh, en) = (agency.name_zh.as_ref(), agency.name_en.as_ref());
    let named = match language {
        Language::Zh => zh.map(|name| (name, Language::Zh)).or(en.map(|name| (name, Language::En))),
        _ => en.map(|name| (name, Language::En)).or(zh.map(|name| (name, Language::Zh))),
    };
    let said = match named {
        Some((name, language)) => Said::new(name, language),
        None => Said::plain(agency.id.clone()),
    };
    let name = said.text.clone();
    if agency.id.is_empty() { said } else { said.to(link::url("/search", &[("q", &name), ("issuer", &agency.id)])) }
}

/// The language tag of text that the store keeps without one: Chinese where it has Han characters.
pub(super) fn script(text: &str) -> &'static str {
    let has_han = text.chars().any(|char| ('\u{4e00}'..='\u{9fff}').contains(&char));
    if has_han { Language::Zh.code() } else { Language::En.code() }
}

/// A share in hundredths.
pub(super) fn percent(share: f32) -> u32 {
    // The cast saturates, and the share is held to its range before.
    (share.clamp(0.0, 1.0) * 100.0).round() as u32
}

/// Text with each occurrence of any needle marked, the longest first, ASCII case aside.
pub(super) fn marked(text: &str, needles: &[String]) -> Vec<Part> {
    let mut needles: Vec<&str> = needles.iter().map(String::as_str).filter(|needle| !needle.is_empty()).collect();
    needles.sort_by_key(|needle| std::cmp::Reverse(needle.len()));
    let mut met = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match needles.iter().find(|needle| starts_with(rest, needle) && begins_word(text, at, needle)) {
            Some(needle) => {
                met.push(at..at + needle.len());
                at += needle.len();
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    parts(text, &met)
}

fn starts_with(text: &str, needle: &str) -> bool {
    text.get(..needle.len()).is_some_and(|start| start.eq_ignore_ascii_case(needle))
}

/// A Latin needle begins a word: "art" does not mark "smart".
fn begins_word(text: &str, at: usize, needle: &str) -> bool {
    let latin = |char: char| char.is_ascii_alphanumeric();
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    !(needle.starts_with(latin) && before.is_some_and(latin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_marks(text: &str, needles: &[&str], expected: &str) {
        let needles: Vec<String> = needles.iter().map(|needle| (*needle).to_owned()).collect();
        let shown = marked(text, &needles).into_iter();
        let shown: String =
            shown.map(|part| if part.marked { format!("[{}]", part.text) } else { part.text }).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn marks_whole_words_in_any_case_and_the_longest_first() {
        check_marks("Smart art, ART.", &["art"], "Smart [art], [ART].");
        check_marks("数据要素市场", &["数据", "数据要素"], "[数据要素]市场");
        check_marks("no hit", &["", "数据"], "no hit");
        check_marks("", &["a"], "");
    }
}
