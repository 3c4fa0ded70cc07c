//! What several pages show alike: titles, dates, amounts, marked text.

use corpus::document::{Document, Language};
use corpus::facts::{Agency, DocumentKind};
use corpus::topic::Taxonomy;

use super::link;
use super::words::Words;
use crate::search::language_by_script;
pub(super) use crate::search::{Part, marked, parts};

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
    language_by_script(text).code()
}

/// A share in hundredths.
pub(super) fn percent(share: f32) -> u32 {
    // The cast saturates, and the share is held to its range before.
    (share.clamp(0.0, 1.0) * 100.0).round() as u32
}
