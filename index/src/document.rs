//! What the index and the watches see of a document.

use corpus::document::Language;
use corpus::facts::{Agency, DocumentKind, DocumentStatus};
use corpus::text::normalise::normal_form;

use crate::query::Field;

/// The facts of a document that can be searched, filtered and counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentFacts {
    /// The title; empty when none is known.
    pub title: String,
    /// The file's name.
    pub name: String,
    /// The language of most of the text.
    pub language: Option<Language>,
    /// What kind of document it is.
    pub kind: Option<DocumentKind>,
    /// How far it has come.
    pub status: Option<DocumentStatus>,
    /// The agencies that issued it.
    pub issuers: Vec<Agency>,
    /// The date that it is sorted by, ISO 8601, exact to the year, month or day.
    pub date: Option<String>,
    /// The document number.
    pub number: Option<String>,
    /// The standards that it names.
    pub standards: Vec<String>,
    /// The technical committees that it names.
    pub committees: Vec<String>,
    /// The topics that it is classed under, those above them included.
    pub topics: Vec<Topic>,
}

/// A topic that a document is classed under.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// Its identifier, levels with slashes between them.
    pub id: String,
    /// Its names, in any language.
    pub names: Vec<String>,
}

impl Topic {
    /// Whether a query means the topic by this text.
    pub fn is_called(&self, text: &str) -> bool {
        self.keys().contains(&topic_key(text))
    }

    /// What a query finds the topic by: its identifier, the last parts of that, and its names.
    fn keys(&self) -> Vec<String> {
        let ends = self.id.match_indices('/').filter_map(|(at, _)| self.id.get(at + 1..));
        let mut keys: Vec<String> = [self.id.as_str()]
            .into_iter()
            .chain(ends)
            .chain(self.names.iter().map(String::as_str))
            .map(topic_key)
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// The form in which topics are compared: normal form, with hyphens for spaces, without a slash at the end.
pub(crate) fn topic_key(text: &str) -> String {
    let normal = normal_form(text);
    let parts: Vec<&str> =
        normal.trim_matches(['/', ' ']).split([' ', '_', '-']).filter(|part| !part.is_empty()).collect();
    parts.join("-")
}

/// A document as the index takes it in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PassageDocument {
    /// The row's number in the store.
    pub id: i64,
    /// Its facts.
    pub facts: DocumentFacts,
    /// Its passages in reading order.
    pub passages: Vec<Passage>,
}

/// A block of a document, the unit of search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The index of the block in the document, from 0.
    pub block: usize,
    /// The page where it begins, counted from 1.
    pub page: u32,
    /// The text.
    pub text: String,
}

impl DocumentFacts {
    /// The title, or the file's name where there is none.
    pub fn display_title(&self) -> &str {
        if self.title.trim().is_empty() { &self.name } else { &self.title }
    }

    /// What a query finds a fact by. Values of a kind, a language or a topic are met whole, the others by their parts.
    pub(crate) fn values(&self, field: Field) -> Vec<String> {
        match field {
            Field::Title => vec![self.display_title().to_owned()],
            Field::Name => vec![self.name.clone()],
            Field::Issuer => self.issuers.iter().flat_map(agency_names).collect(),
            Field::Number => self.number.iter().cloned().collect(),
            Field::Standard => self.standards.clone(),
            Field::Committee => self.committees.clone(),
            Field::Topic => self.topics.iter().flat_map(Topic::keys).collect(),
            Field::Status => self.status.iter().map(|status| status.name().to_owned()).collect(),
            Field::Kind => self.kind.iter().map(|kind| kind.name().to_owned()).collect(),
            Field::Language => self.language.iter().map(|language| language.code().to_owned()).collect(),
        }
    }

    /// The identity of an issuer in filters and facets: its own, or a name where it has none.
    pub fn issuer_identity(issuer: &Agency) -> &str {
        let names = [Some(issuer.id.as_str()), issuer.name_zh.as_deref(), issuer.name_en.as_deref()];
        names.into_iter().flatten().find(|name| !name.is_empty()).unwrap_or_default()
    }
}

fn agency_names(agency: &Agency) -> Vec<String> {
    let names = agency.name_zh.iter().chain(&agency.name_en).chain(&agency.abbreviations).chain([&agency.id]);
    names.filter(|name| !name.is_empty()).cloned().collect()
}
