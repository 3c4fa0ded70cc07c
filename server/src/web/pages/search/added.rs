//! What was searched besides what was typed, each rendering with the address of the same search without it.

use corpus::document::Language;

use super::SearchParams;
use crate::search::{AddedRendering, AlsoSearched};
use crate::web::words::{Ui, WideningWords};

/// What was searched besides.
pub(super) struct Added {
    pub(super) words: &'static WideningWords,
    pub(super) terms: Vec<Term>,
    /// What was taken out, to be put back.
    pub(super) removed: Vec<Change>,
}

/// A term of the query.
pub(super) struct Term {
    pub(super) lang: &'static str,
    pub(super) text: String,
    pub(super) renderings: Vec<Change>,
}

/// A rendering, and the search without it, or with it again.
pub(super) struct Change {
    pub(super) lang: &'static str,
    pub(super) text: String,
    pub(super) href: String,
    /// What its status says, where that is worth saying.
    pub(super) remark: Option<String>,
}

impl Added {
    pub(super) fn new(ui: Ui, params: &SearchParams, also: &[AlsoSearched]) -> Self {
        let words = WideningWords::of(ui);
        let change = |rendering: &AddedRendering| Change {
            lang: rendering.language,
            text: rendering.text.clone(),
            href: params.toggled("without", &rendering.text),
            remark: remark(words, rendering),
        };
        let term = |also: &AlsoSearched| Term {
            lang: language_of(&also.term),
            text: also.term.clone(),
            renderings: also.renderings.iter().map(change).collect(),
        };
        let removed = also.iter().flat_map(|also| also.removed.iter().map(change)).collect();
        Self { words, terms: also.iter().filter(|also| !also.renderings.is_empty()).map(term).collect(), removed }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.removed.is_empty()
    }
}

fn language_of(term: &str) -> &'static str {
    if term.is_ascii() { Language::En.code() } else { Language::Zh.code() }
}

fn remark(words: &WideningWords, rendering: &AddedRendering) -> Option<String> {
    match (rendering.confidence, rendering.status) {
        (Some(confidence), _) => Some(format!("{} {confidence:.2}", words.sure)),
        (None, Some("superseded" | "deprecated")) => Some(words.deprecated.to_owned()),
        _ => None,
    }
}
