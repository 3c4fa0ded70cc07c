//! What a query may become while it is typed: terms in both languages, titles, numbers of documents and standards.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use corpus::document::Language;
use corpus::text::normalise::normal_form;
use serde::Serialize;

use crate::Error;
use crate::data::Data;
use crate::terms::lookup::suggest as suggest_terms;

/// So many suggestions are given at most.
pub const MOST_SUGGESTIONS: usize = 10;
/// So many of them are terms where there is something else as well.
const MOST_TERMS: usize = 6;
/// So many documents are held, the newest.
const MOST_DOCUMENTS: usize = 50_000;
/// Titles are held up to so many characters.
const LONGEST_TITLE: usize = 200;

/// What a query may become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct SearchSuggestion {
    /// What to search for.
    pub text: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// The language of a term or a title.
    pub language: Option<Language>,
    /// Of a term, the preferred one in the other language.
    pub rendering: Option<String>,
    /// Of a term, its concept.
    pub concept: Option<i64>,
    /// Of a title or a document number, the document.
    pub document: Option<i64>,
}

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SuggestionKind {
    /// A designation of the termbase.
    Term,
    /// The title of a document.
    Title,
    /// The number of a document.
    Number,
    /// The number of a standard that documents are or name.
    Standard,
}

/// Titles and numbers of all documents, as they were when somebody last asked.
#[derive(Debug, Default)]
pub(crate) struct Catalogues {
    last: Mutex<Option<(u64, Arc<Catalogue>)>>,
}

/// Titles and numbers of all documents.
#[derive(Debug, Default)]
struct Catalogue {
    /// By key.
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    key: String,
    text: String,
    kind: SuggestionKind,
    language: Option<Language>,
    document: Option<i64>,
    /// How many documents name it.
    count: usize,
}

/// What a query may become, the likeliest first, at most `limit` and never more than [`MOST_SUGGESTIONS`].
///
/// # Errors
/// When the store cannot be read.
pub fn suggest(data: &Data, typed: &str, limit: usize) -> Result<Vec<SearchSuggestion>, Error> {
    let limit = limit.min(MOST_SUGGESTIONS);
    let key = key(typed);
    if key.is_empty() {
        return Ok(Vec::new());
    }
    let catalogue = catalogue(data)?;
    let others = catalogue.find(&key, limit);
    let terms: Vec<SearchSuggestion> = suggest_terms(data, typed, limit)?
        .into_iter()
        .map(|term| SearchSuggestion {
            text: term.text,
            kind: SuggestionKind::Term,
            language: Some(term.language),
            rendering: term.rendering,
            concept: Some(term.concept),
            document: None,
        })
        .collect();
    // Who types digits wants a number.
    let is_number = key.bytes().any(|byte| byte.is_ascii_digit());
    let kept_terms =
        if is_number { limit.saturating_sub(others.len()) } else { limit.saturating_sub(others.len()).max(MOST_TERMS) };
    let (terms, others) = (terms.into_iter().take(kept_terms), others.into_iter());
    let mut seen = HashSet::new();
    let mut all: Vec<SearchSuggestion> =
        if is_number { others.chain(terms).collect() } else { terms.chain(others).collect() };
    all.retain(|suggestion| seen.insert(self::key(&suggestion.text)));
    all.truncate(limit);
    Ok(all)
}

/// The catalogue of the documents as they are now; it is made anew when the index has changed.
fn catalogue(data: &Data) -> Result<Arc<Catalogue>, Error> {
    let generation = data.index.generation();
    let mut last = data.catalogues.last.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, catalogue)) = last.as_ref().filter(|(known, _)| *known == generation) {
        return Ok(Arc::clone(catalogue));
    }
    let made = Arc::new(data.with_store(|store| {
        let mut documents = store.documents()?;
        documents.sort_by_key(|document| std::cmp::Reverse(document.id));
        documents.truncate(MOST_DOCUMENTS);
        Ok(Catalogue::new(&documents))
    })?);
    *last = Some((generation, Arc::clone(&made)));
    Ok(made)
}

impl Catalogue {
    fn new(documents: &[corpus::document::Document]) -> Self {
        let mut entries: BTreeMap<(String, SuggestionKind), Entry> = BTreeMap::new();
        let mut add = |text: &str, kind, language, document: Option<i64>| {
            let text: String = text.chars().take(LONGEST_TITLE).collect();
            let key = key(&text);
            let entry = Entry { key: key.clone(), text, kind, language, document, count: 0 };
            if !key.is_empty() {
                entries.entry((key, kind)).or_insert(entry).count += 1;
            }
        };
        for document in documents {
            let facts = &document.facts;
            if let Some(title) = &facts.title {
                add(title, SuggestionKind::Title, Some(document.language), Some(document.id));
            }
            if let Some(number) = &facts.document_number {
                add(number, SuggestionKind::Number, None, Some(document.id));
            }
            for standard in &facts.standards {
                add(standard, SuggestionKind::Standard, None, None);
            }
        }
        Self { entries: entries.into_values().collect() }
    }

    /// What begins so, then what holds it; of each what most documents name first.
    fn find(&self, key: &str, limit: usize) -> Vec<SearchSuggestion> {
        let from = self.entries.partition_point(|entry| entry.key.as_str() < key);
        let begin = self.entries.get(from..).unwrap_or_default();
        let mut begin: Vec<&Entry> = begin.iter().take_while(|entry| entry.key.starts_with(key)).collect();
        begin.sort_by_key(|entry| (std::cmp::Reverse(entry.count), entry.key.len()));
        let mut found = begin;
        if found.len() < limit && key.chars().nth(1).is_some() {
            let holds = |entry: &&Entry| entry.key.contains(key) && !entry.key.starts_with(key);
            let mut holding: Vec<&Entry> = self.entries.iter().filter(holds).collect();
            holding.sort_by_key(|entry| (std::cmp::Reverse(entry.count), entry.key.len()));
            found.extend(holding);
        }
        found.into_iter().take(limit).map(Entry::suggestion).collect()
    }
}

impl Entry {
    fn suggestion(&self) -> SearchSuggestion {
        SearchSuggestion {
            text: self.text.clone(),
            kind: self.kind,
            language: self.language,
            rendering: None,
            concept: None,
            document: self.document,
        }
    }
}

/// The letters and digits of the normal form: `GB/T 41867` and `gbt41867` are alike.
fn key(text: &str) -> String {
    normal_form(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str, kind: SuggestionKind, count: usize) -> Entry {
        Entry { key: key(text), text: text.to_owned(), kind, language: None, document: None, count }
    }

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let mut entries = vec![
            entry("GB/T 12345-2024", SuggestionKind::Standard, 3),
            entry("GB/T 12399-2020", SuggestionKind::Standard, 9),
            entry("天气〔2025〕7号", SuggestionKind::Number, 1),
            entry("Notice on Cloud Cover", SuggestionKind::Title, 1),
            entry("Rules for Cloud Cover", SuggestionKind::Title, 1),
        ];
        entries.sort_by(|one, other| one.key.cmp(&other.key));
        let found = Catalogue { entries }.find(&key(typed), 4);
        assert_eq!(found.iter().map(|found| found.text.as_str()).collect::<Vec<_>>(), expected, "{typed}");
    }

    #[test]
    fn what_begins_so_comes_before_what_holds_it() {
        check("gbt123", &["GB/T 12399-2020", "GB/T 12345-2024"]);
        check("12345", &["GB/T 12345-2024"]);
        check("天氣(2025)", &["天气〔2025〕7号"]);
        check("cloud co", &["Notice on Cloud Cover", "Rules for Cloud Cover"]);
        check("rules", &["Rules for Cloud Cover"]);
        check("7", &[]);
        check("snow", &[]);
    }
}
