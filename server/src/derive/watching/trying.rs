//! What a watch would have found, before it is saved.

use std::collections::BTreeSet;

use corpus::document::Language;
use corpus::watch::{Subject, WatchSettings};
use index::query::{DateRange, Field, Query};
use index::watch::rarest_required;
use index::{Filters, SearchRequest, Sort};
use serde::Serialize;

use super::asked::{Asked, asked, limited};
use super::matching::Shown;
use super::standards::{Named, Standard};
use super::{check, kept};
use crate::Error;
use crate::data::Data;
use crate::derive::date_of_dates;
use crate::search::AlsoSearched;
use crate::terms::cached::termbase;

/// So many documents are named.
const FIRST: usize = 5;
/// So many documents are looked at one by one, where search alone cannot tell.
const MOST_LOOKED_AT: usize = 1000;
/// What more documents than one in so many have is common.
const COMMON: usize = 20;
/// So many characters of a clause are shown.
const LONGEST_CLAUSE: usize = 60;
/// Fewer documents are never many.
const FEW: usize = 5;

/// What a watch would have found.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Tried {
    /// How many documents of the corpus meet it.
    pub total: usize,
    /// How many of them have a date in this year or later.
    pub since: usize,
    /// That year.
    pub since_year: i32,
    /// The newest of them.
    pub first: Vec<TriedDocument>,
    /// For a query the renderings that are met as well.
    pub also: Vec<AlsoSearched>,
    /// For a concept all designations that are met.
    pub designations: Vec<String>,
    /// That it is met by many documents, where it is.
    pub common: Option<Commonness>,
}

/// A document that a watch would have found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct TriedDocument {
    /// Its number in the store.
    pub document: i64,
    /// Its title.
    pub title: String,
    /// Its language code.
    pub language: &'static str,
    /// Its date, as exact as it is known.
    pub date: Option<String>,
    /// The sentence that an alert would show; `None` of a document whose text says nothing of it.
    pub sentence: Option<String>,
    /// The page of the sentence, counted from 1.
    pub page: Option<u32>,
    /// The strings that are met there.
    pub atoms: Vec<String>,
}

/// That a watch is met by many documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Commonness {
    /// The rarest thing that it cannot be met without is in one document in so many.
    OneIn {
        /// Of how many documents one has it.
        documents: usize,
        /// The rarest part of a query that must be met, as it is written; `None` where the whole watch is meant.
        clause: Option<String>,
    },
    /// There is nothing in the text that it cannot be met without.
    NothingRequired,
}

impl std::fmt::Display for Commonness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OneIn { documents, clause } => {
                let what = clause.as_ref().map_or(String::new(), |clause| format!(" ({clause})"));
                match documents {
                    1 => write!(f, "what it needs{what} is in most documents; add a rarer word"),
                    _ => write!(
                        f,
                        "the rarest part that it needs{what} is in 1 in {documents} documents; add a rarer word"
                    ),
                }
            }
            Self::NothingRequired => write!(f, "there is no text that it needs; add a word that must be there"),
        }
    }
}

/// Tries settings on the corpus: what they would have found, in all and since a year.
///
/// # Errors
/// When the settings cannot be used, with what to do, or the store or the index fails.
pub fn try_watch(data: &Data, settings: WatchSettings, since_year: i32) -> Result<Tried, Error> {
    let settings = check::checked(data, settings)?;
    let common = commonness(data, &settings)?;
    let asked = asked(&*termbase(data)?, &settings.subject);
    let (all, recent) = found(data, &settings, asked.as_ref(), since_year)?;
    let (also, designations) = match asked {
        Some(asked) if asked.also.is_empty() => (Vec::new(), asked.renderings),
        Some(asked) => (asked.also, Vec::new()),
        None => (Vec::new(), Vec::new()),
    };
    let first = first(data, &settings, &all.first)?;
    Ok(Tried { total: all.total, since: recent.total, since_year, first, also, designations, common })
}

/// The documents, each with the sentence that an alert would show.
fn first(data: &Data, settings: &WatchSettings, found: &[i64]) -> Result<Vec<TriedDocument>, Error> {
    let shown = Shown::new(data, settings)?;
    data.with_store(|store| {
        let mut first = Vec::new();
        for &id in found {
            let Some(brief) = store.brief(id)? else { continue };
            let (sentence, atoms) = shown.of(store, id)?.unzip();
            first.push(TriedDocument {
                document: id,
                title: brief.display_title().to_owned(),
                language: brief.language.code(),
                date: date_of_dates(&brief.facts.dates),
                page: sentence.as_ref().map(|sentence| sentence.page),
                sentence: sentence.map(|sentence| sentence.text),
                atoms: atoms.unwrap_or_default(),
            });
        }
        Ok(first)
    })
}

/// The year since which found documents are counted unless another is asked for: the year before last.
pub fn usual_since() -> i32 {
    let year: i32 = crate::now().get(..4).and_then(|year| year.parse().ok()).unwrap_or(0);
    year.saturating_sub(2)
}

/// That a watch is met by many documents, as far as its text, its issuer or its standard tells.
pub(crate) fn commonness(data: &Data, settings: &WatchSettings) -> Result<Option<Commonness>, Error> {
    let documents = data.with_store(|store| Ok(store.document_count()?))?;
    let (met, clause) = match &settings.subject {
        Subject::Query(_) | Subject::Concept(_) => {
            let Some(asked) = asked(&*termbase(data)?, &settings.subject) else { return Ok(None) };
            let asks_for_topic = !crate::derive::topics::topics_asked(&asked.query).is_empty();
            match rarest_clause(data, &asked.query.strict())? {
                Some((met, clause)) => (met, Some(clause)),
                None if asks_for_topic => {
                    (count(data, &limited(asked.query, &settings.languages, &settings.kinds))?, None)
                }
                None => return Ok(Some(Commonness::NothingRequired)),
            }
        }
        _ => (found(data, settings, asked(&*termbase(data)?, &settings.subject).as_ref(), 0)?.0.total, None),
    };
    let is_common = met >= FEW && met.saturating_mul(COMMON) > documents;
    let clause = clause.map(|clause| shortened(&clause));
    Ok(is_common.then(|| Commonness::OneIn { documents: documents.div_ceil(met.max(1)), clause }))
}

/// Of the parts of a query that all must be met, and met by text, the one that the fewest documents meet, with how many
/// these are; `None` where no text must be there.
///
/// Each part is searched for as it is, so that alternatives that stand in the same documents, and words that begin
/// alike, are counted as the watch would meet them.
fn rarest_clause(data: &Data, query: &Query) -> Result<Option<(usize, String)>, Error> {
    match query {
        Query::And(parts) => {
            let mut rarest: Option<(usize, String)> = None;
            for part in parts {
                let rarer = rarest_clause(data, part)?;
                rarest = match (rarest, rarer) {
                    (Some(one), Some(other)) => Some(if other.0 < one.0 { other } else { one }),
                    (one, other) => one.or(other),
                };
            }
            Ok(rarest)
        }
        Query::Weighted { query, .. } => rarest_clause(data, query),
        clause if rarest_required(clause, &|_| None).is_none() => Ok(None),
        clause => Ok(Some((count(data, clause)?, clause.to_string()))),
    }
}

/// The beginning of a clause that may be long.
fn shortened(clause: &str) -> String {
    match clause.char_indices().nth(LONGEST_CLAUSE) {
        Some((end, _)) => format!("{}…", clause.get(..end).unwrap_or_default()),
        None => clause.to_owned(),
    }
}

fn count(data: &Data, query: &Query) -> Result<usize, Error> {
    let request = SearchRequest { query: Some(query), ..SearchRequest::default() };
    Ok(data.index.search(&request)?.total_documents)
}

/// Documents that were found: how many, and the newest.
#[derive(Default)]
struct Found {
    total: usize,
    first: Vec<i64>,
}

/// What settings find in all, and since a year.
fn found(
    data: &Data,
    settings: &WatchSettings,
    asked: Option<&Asked>,
    since_year: i32,
) -> Result<(Found, Found), Error> {
    let since = DateRange::years(Some(since_year), None);
    let filters =
        Filters { languages: settings.languages.clone(), kinds: settings.kinds.clone(), ..Filters::default() };
    let recent = Filters { date: since, ..filters.clone() };
    match (&settings.subject, asked) {
        (_, Some(asked)) => {
            let query = Some(&asked.query);
            Ok((by_search(data, query, filters)?, by_search(data, query, recent)?))
        }
        (Subject::Issuer(issuer), _) => {
            let issuers = kept::identities(issuer);
            let of = |filters: Filters| by_search(data, None, Filters { issuers: issuers.clone(), ..filters });
            Ok((of(filters)?, of(recent)?))
        }
        (Subject::Standard(number), _) => {
            let standard = Standard::read(number);
            Ok((by_standard(data, &standard, filters)?, by_standard(data, &standard, recent)?))
        }
        (Subject::Rendering(term), _) => by_rendering(data, term, since_year),
        _ => Ok(Default::default()),
    }
}

fn by_search(data: &Data, query: Option<&Query>, filters: Filters) -> Result<Found, Error> {
    let request = SearchRequest { query, filters, limit: FIRST, sort: Sort::Newest, ..SearchRequest::default() };
    let answer = data.index.search(&request)?;
    Ok(Found { total: answer.total_documents, first: answer.hits.iter().map(|hit| hit.document).collect() })
}

/// The documents that have to do with a standard, among those that name it or one that is called alike.
fn by_standard(data: &Data, standard: &Standard, filters: Filters) -> Result<Found, Error> {
    let query = Query::Field { field: Field::Standard, text: standard.spaced.clone() };
    let limit = MOST_LOOKED_AT;
    let request = SearchRequest { query: Some(&query), filters, limit, sort: Sort::Newest, ..SearchRequest::default() };
    let answer = data.index.search(&request)?;
    data.with_store(|store| {
        let mut found = Found::default();
        for hit in &answer.hits {
            let document = store.document(hit.document)?;
            if document.is_some_and(|document| Named::of(&document.facts).occasion(standard).is_some()) {
                found.total += 1;
                found.first.push(hit.document);
            }
        }
        found.first.truncate(FIRST);
        Ok(found)
    })
}

/// The documents that render a term otherwise than those before them.
fn by_rendering(data: &Data, term: &str, since_year: i32) -> Result<(Found, Found), Error> {
    data.with_store(|store| {
        let mut concepts = Vec::new();
        if term == "*" {
            concepts.push(None);
        } else {
            let known = [Language::Zh, Language::En].map(|language| store.concepts_designated(term, language));
            for known in known {
                concepts.extend(known?.into_iter().map(Some));
            }
        }
        let (mut all, mut recent, mut first) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        for concept in concepts {
            for change in store.rendering_changes(concept, MOST_LOOKED_AT, 0)? {
                let date = date_of_dates(&change.dates);
                let year = date.as_deref().and_then(|date| date.get(..4)?.parse::<i32>().ok());
                if year.is_some_and(|year| year >= since_year) {
                    recent.insert(change.document);
                }
                if all.insert(change.document) {
                    first.push(change.document);
                }
            }
        }
        first.truncate(FIRST);
        Ok((Found { total: all.len(), first }, Found { total: recent.len(), first: Vec::new() }))
    })
}
