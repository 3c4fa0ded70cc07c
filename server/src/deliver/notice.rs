//! What a delivery says, whichever way it goes.

use corpus::document::Language;

use crate::search::{Part, language_by_script, language_of_sentence, marked};

/// What a delivery says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    /// The delivery's id, the same on every attempt.
    pub(super) id: String,
    /// The number of the watch.
    pub(super) watch: i64,
    /// The watch's name.
    pub(super) name: String,
    /// When the delivery was made, RFC 3339, UTC.
    pub(super) created: String,
    /// How many alerts there are, told here or not.
    pub(super) total: usize,
    /// The first of them.
    pub(super) items: Vec<Item>,
    /// Where all of them are, if this server can be reached.
    pub(super) href: Option<String>,
    /// Where the receiver can have no more of these, if this server can be reached.
    pub(super) stop: Option<String>,
}

/// An alert, as it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The number of the alert.
    pub(super) alert: i64,
    /// The number of the document.
    pub(super) document: i64,
    /// The document's title.
    pub(super) title: String,
    /// The language of most of the document, and so of its title.
    pub(super) language: Language,
    /// Where the document is, at the page, if this server can be reached.
    pub(super) href: Option<String>,
    /// Why there is an alert, as programs call it: `new_document` and the like.
    pub(super) occasion: &'static str,
    /// The strings that were met.
    pub(super) atoms: Vec<String>,
    /// The designations of the termbase that they are, where the watch does not name them itself.
    pub(super) renderings: Vec<String>,
    /// The sentence, at most some hundred characters of it.
    pub(super) sentence: String,
    /// The page of the sentence, counted from 1.
    pub(super) page: u32,
    /// Whether an OCR engine read that page.
    pub(super) ocr: bool,
    /// When the alert was made, RFC 3339, UTC.
    pub(super) created: String,
}

impl Item {
    /// The language tag of the title.
    pub(super) fn title_lang(&self) -> &'static str {
        self.language.code()
    }

    /// The language tag of the sentence.
    pub(super) fn sentence_lang(&self) -> &'static str {
        language_of_sentence(&self.sentence, self.language).code()
    }

    /// The sentence with what was met marked.
    pub(super) fn parts(&self) -> Vec<Part> {
        marked(&self.sentence, &self.atoms)
    }

    /// What was met, each string with its language tag.
    pub(super) fn met(&self) -> impl Iterator<Item = (&str, &'static str)> {
        self.atoms.iter().map(|atom| (atom.as_str(), language_by_script(atom).code()))
    }
}

impl Notice {
    /// How many alerts are not told here.
    pub(super) fn left_out(&self) -> usize {
        self.total.saturating_sub(self.items.len())
    }
}
