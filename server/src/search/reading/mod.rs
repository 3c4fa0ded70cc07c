//! How a query was read, in words for a person who does not know its grammar.

mod chinese;
mod english;
#[cfg(test)]
mod tests;

use corpus::document::Language;
use index::query::{Field, Note, Query};
use serde::Serialize;

use chinese::Chinese;
use english::English;

/// The longest reading, in characters.
const LONGEST: usize = 1_000;
/// Deepest nesting that is told.
const DEEPEST: usize = 40;

/// How a query was read.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
#[schemars(rename = "QueryReading")]
pub struct Reading {
    /// In words, in English: `documents that have “a” and “b”, dated 2023 to 2025`; empty when there is nothing to look
    /// for.
    pub text: String,
    /// The query in its canonical form, which reads the same.
    pub canonical: String,
    /// What was read.
    #[serde(skip)]
    pub query: Option<Query>,
    /// Remarks on how unclear places were read.
    #[serde(skip)]
    pub notes: Vec<Note>,
}

impl Reading {
    /// The reading of a parsed query.
    pub(super) fn of(parsed: &index::query::Parsed) -> Self {
        let query = parsed.query.as_ref();
        Self {
            text: query.map(|query| reading(query, Language::En)).unwrap_or_default(),
            canonical: query.map(Query::to_string).unwrap_or_default(),
            query: parsed.query.clone(),
            notes: parsed.notes.clone(),
        }
    }

    /// The reading in the language of the interface, where the query is more than plain words.
    pub(crate) fn told(&self, language: Language) -> Option<String> {
        let query = self.query.as_ref().filter(|query| !matches!(query, Query::Words(_)))?;
        Some(reading(query, language))
    }
}

/// How a query was read, in Chinese or else in English.
pub(crate) fn reading(query: &Query, language: Language) -> String {
    let text = match language {
        Language::Zh => whole(&Chinese, query),
        _ => whole(&English, query),
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// A date of which the month or day may not be known, as 0.
struct Date {
    year: u32,
    month: u32,
    day: u32,
}

/// A span of dates as it is told.
enum Span {
    /// One year, month or day.
    One(Date),
    From(Date),
    To(Date),
    Between(Date, Date),
    /// Any date at all.
    Any,
}

/// What a language says of the parts of a query. Phrases are said of documents.
trait Tongue {
    /// Something that stands in a document: `“a”`.
    fn thing(&self, query: &Query) -> String;
    /// Documents with a thing, or without: `that have “a”`.
    fn having(&self, thing: &str, negative: bool) -> String;
    /// Documents with a fact, or without: `issued by “a”`.
    fn fact(&self, field: Field, value: &str, is_pattern: bool, negative: bool) -> String;
    /// Documents with a date, or without.
    fn dated(&self, span: &Span, negative: bool) -> String;
    /// Things or phrases of which all are meant; `apart` sets phrases apart from one another.
    fn all(&self, parts: &[String], apart: bool) -> String;
    /// Things or phrases of which any is meant.
    fn any(&self, parts: &[String], apart: bool) -> String;
    /// In parentheses.
    fn enclosed(&self, part: &str) -> String;
    /// The sentence of a phrase; of none where every document is meant.
    fn sentence(&self, phrase: Option<&str>) -> String;
}

fn whole(tongue: &dyn Tongue, query: &Query) -> String {
    match query {
        Query::And(parts) if parts.is_empty() => tongue.sentence(None),
        _ => tongue.sentence(Some(&phrase(tongue, query, false, DEEPEST))),
    }
}

/// Whether a query asks only for what stands in a document, with no negation: it can be told as one thing.
fn is_thing(query: &Query) -> bool {
    match query {
        Query::Words(_) | Query::Text(_) | Query::Prefix(_) | Query::Near { .. } => true,
        Query::Identifier { field, .. } => field.is_none(),
        Query::Weighted { query, .. } => is_thing(query),
        Query::And(parts) | Query::Or(parts) | Query::Best(parts) => !parts.is_empty() && parts.iter().all(is_thing),
        Query::Field { .. } | Query::Date(_) | Query::Not(_) => false,
    }
}

fn thing(tongue: &dyn Tongue, query: &Query, left: usize) -> String {
    let Some(left) = left.checked_sub(1) else { return "…".to_owned() };
    let inner = |part: &Query| match part {
        Query::And(_) | Query::Or(_) | Query::Best(_) => tongue.enclosed(&thing(tongue, part, left)),
        other => thing(tongue, other, left),
    };
    match query {
        Query::And(parts) => tongue.all(&parts.iter().map(inner).collect::<Vec<_>>(), false),
        Query::Or(parts) | Query::Best(parts) => tongue.any(&parts.iter().map(inner).collect::<Vec<_>>(), false),
        Query::Weighted { query, .. } => thing(tongue, query, left),
        leaf => tongue.thing(leaf),
    }
}

/// What is said of the documents that meet a query, or with `negative` of those that do not.
fn phrase(tongue: &dyn Tongue, query: &Query, negative: bool, left: usize) -> String {
    let Some(left) = left.checked_sub(1) else { return "…".to_owned() };
    if is_thing(query) {
        let is_joined = negative && matches!(query, Query::And(_) | Query::Or(_) | Query::Best(_));
        let thing = thing(tongue, query, left);
        return tongue.having(&if is_joined { tongue.enclosed(&thing) } else { thing }, negative);
    }
    match query {
        Query::Field { field, text } => tongue.fact(*field, text, false, negative),
        Query::Identifier { field: Some(field), pattern } => tongue.fact(*field, pattern.written(), true, negative),
        Query::Date(range) => tongue.dated(&span(range.from, range.to), negative),
        Query::Not(query) => phrase(tongue, query, !negative, left),
        Query::Weighted { query, .. } => phrase(tongue, query, negative, left),
        // What is not all of these lacks one of them, and the other way about.
        Query::And(parts) => joined(tongue, parts, negative, !negative, left),
        Query::Or(parts) | Query::Best(parts) => joined(tongue, parts, negative, negative, left),
        _ => String::new(),
    }
}

fn joined(tongue: &dyn Tongue, parts: &[Query], negative: bool, all: bool, left: usize) -> String {
    let mut phrases = Vec::with_capacity(parts.len());
    // Things side by side are told as one.
    let (things, others): (Vec<&Query>, Vec<&Query>) =
        parts.iter().partition(|part| all && !negative && is_thing(part));
    if !things.is_empty() {
        let enclosed = |part: &&Query| match part {
            Query::Or(_) | Query::Best(_) if things.len() > 1 => tongue.enclosed(&thing(tongue, part, left)),
            other => thing(tongue, other, left),
        };
        let texts: Vec<String> = things.iter().map(enclosed).collect();
        phrases.push(tongue.having(&tongue.all(&texts, false), false));
    }
    for part in others {
        let said = phrase(tongue, part, negative, left);
        let is_joined = matches!(part, Query::And(_) | Query::Or(_) | Query::Best(_)) && !is_thing(part);
        phrases.push(if is_joined { tongue.enclosed(&said) } else { said });
    }
    if all { tongue.all(&phrases, true) } else { tongue.any(&phrases, true) }
}

fn span(from: u32, to: u32) -> Span {
    let first = Date { year: from / 10_000, month: from / 100 % 100, day: from % 100 };
    let known = |part: u32| if part == 99 { 0 } else { part };
    let last = Date { year: to / 10_000, month: known(to / 100 % 100), day: known(to % 100) };
    let is_same = first.year == last.year && first.month == last.month && first.day == last.day;
    match (from == 0, to >= 99_990_000) {
        (true, true) => Span::Any,
        (true, false) => Span::To(last),
        (false, true) => Span::From(first),
        (false, false) if is_same => Span::One(first),
        (false, false) => Span::Between(first, last),
    }
}
