//! What may have been meant by a search that found little: corrected queries with what each finds, and what a phrase or a
//! filter keeps out. They are offered; nothing is put in place of what was typed.

use std::collections::HashSet;

use index::query::{Field, Query, parse};
use index::terms::{Found, How};
use index::{Guess, Slip};
use serde::Serialize;

use super::{Chosen, SearchRequest, widen};
use crate::Error;
use crate::data::Data;
use crate::terms::cached::{Termbase, termbase};

/// So many corrected queries are offered.
const MOST_OFFERED: usize = 3;
/// So many are counted to find them.
const MOST_COUNTED: usize = 6;
/// So many designations are looked at for the termbase's part.
const MOST_LOOKED_UP: usize = 6;
/// Fewer letters are the initials of too much.
const FEWEST_INITIALS: usize = 3;

/// A search that finds so many documents has found enough,
const PLENTY: usize = 10;
/// if what was typed is longer than this, in characters.
const LONG: usize = 16;

/// What may have been meant by a search that found little.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Meant {
    /// Corrected queries, the likeliest first, at most three; each finds something.
    pub corrections: Vec<Correction>,
    /// Where nothing was found: the words of the phrases in any order.
    pub unquoted: Option<Correction>,
    /// Where nothing was found: the same search without one of its filters.
    pub unfiltered: Vec<Unfiltered>,
}

/// Another query, and what it finds through the same filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Correction {
    /// The query.
    pub query: String,
    /// What was corrected: `spelling`, `pinyin`, `character`, `term` (a designation in the termbase is almost what was
    /// typed) or `quotes`.
    pub kind: &'static str,
    /// How many documents it finds.
    pub documents: usize,
}

/// The same search without one filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Unfiltered {
    /// The filter: by its name in an address (`lang`, `year`), or as the query has it (`kind:notice`).
    pub filter: String,
    /// The query without it, where the filter is part of the query.
    pub query: Option<String>,
    /// How many documents are then found.
    pub documents: usize,
}

impl Meant {
    /// Whether there is nothing to offer.
    pub fn is_empty(&self) -> bool {
        self.corrections.is_empty() && self.unquoted.is_none() && self.unfiltered.is_empty()
    }
}

/// What may have been meant by a search that found so many documents. A search that goes on from an earlier answer was
/// meant as it is.
///
/// # Errors
/// When the store or the index fails.
pub fn meant(data: &Data, request: &SearchRequest, found: usize) -> Result<Meant, Error> {
    let typed = request.query.trim();
    if typed.is_empty() || request.offset > 0 || request.after.is_some() {
        return Ok(Meant::default());
    }
    // One slip in a long question changes little of what the rest of it finds.
    if found >= PLENTY && typed.chars().count() > LONG {
        return Ok(Meant::default());
    }
    let mut meant = Meant { corrections: corrections(data, request, typed, found)?, ..Meant::default() };
    if found == 0 {
        meant.unquoted = unquoted(data, request, typed)?;
        meant.unfiltered = unfiltered(data, request, typed)?;
    }
    Ok(meant)
}

fn corrections(data: &Data, request: &SearchRequest, typed: &str, found: usize) -> Result<Vec<Correction>, Error> {
    let base = termbase(data)?;
    let guesses = data.index.guesses(typed, &|word| is_term(&base, word))?;
    let mut candidates = Vec::new();
    if found == 0 || !guesses.is_empty() {
        candidates.extend(from_termbase(&base, typed));
    }
    // What is read as was typed comes before what looks like it, and what the documents have before the rest.
    let (sure, unsure): (Vec<Candidate>, Vec<Candidate>) = candidates.into_iter().partition(|other| other.is_sure);
    let mut all = sure;
    all.extend(guesses.into_iter().map(Candidate::of_guess));
    all.extend(unsure);
    let mut seen = HashSet::from([typed.to_owned()]);
    all.retain(|candidate| seen.insert(candidate.query.clone()));
    let mut corrections = Vec::new();
    for Candidate { query, kind, .. } in all.into_iter().take(MOST_COUNTED) {
        if corrections.len() == MOST_OFFERED {
            break;
        }
        let documents = count(data, request, &query, &request.chosen)?;
        if documents > 0 {
            corrections.push(Correction { query, kind, documents });
        }
    }
    Ok(corrections)
}

/// A query that may be offered.
struct Candidate {
    query: String,
    kind: &'static str,
    is_sure: bool,
}

impl Candidate {
    fn of_guess(guess: Guess) -> Self {
        Self { query: guess.query, kind: Slip::name(guess.slip), is_sure: false }
    }
}

/// Whether a word, or Chinese characters, stand in a designation.
fn is_term(base: &Termbase, word: &str) -> bool {
    let has_word = |found: &Found| {
        let met = base.terms.of(found.concept).iter().find(|term| term.term == found.term);
        met.is_some_and(|term| {
            let mut words = term.text.split(|c: char| !c.is_alphanumeric());
            !word.is_ascii() || words.any(|other| other.eq_ignore_ascii_case(word))
        })
    };
    base.lookup.find(word, MOST_LOOKED_UP).iter().any(|found| match found.how {
        How::Exact | How::SameWords | How::Words => true,
        How::Prefix | How::Substring => has_word(found),
        How::Pinyin | How::PinyinPrefix | How::Initials | How::Fuzzy => false,
    })
}

/// Designations that are read as was typed, or are almost the same.
fn from_termbase(base: &Termbase, typed: &str) -> Vec<Candidate> {
    let letters = typed.chars().filter(|c| c.is_alphabetic()).count();
    let is_han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let candidate = |found: &Found| {
        let term = base.terms.of(found.concept).iter().find(|term| term.term == found.term)?;
        let same_length = term.text.chars().count() == typed.chars().count();
        let (kind, is_sure) = match found.how {
            How::Pinyin => ("pinyin", true),
            How::PinyinPrefix => ("pinyin", false),
            How::Initials if letters >= FEWEST_INITIALS => ("pinyin", false),
            // A longer or shorter Chinese term is another term more often than a slip.
            How::Fuzzy if !is_han(typed) || same_length => ("term", false),
            _ => return None,
        };
        Some(Candidate { query: term.text.clone(), kind, is_sure })
    };
    base.lookup.find(typed, MOST_LOOKED_UP).iter().filter_map(candidate).collect()
}

/// How many documents a query finds.
fn count(data: &Data, request: &SearchRequest, query: &str, chosen: &Chosen) -> Result<usize, Error> {
    match parse(query).query {
        Some(query) => count_parsed(data, request, query, chosen),
        None => Ok(0),
    }
}

fn count_parsed(data: &Data, request: &SearchRequest, query: Query, chosen: &Chosen) -> Result<usize, Error> {
    let query = if request.expand { widen(data, &query, &request.without)?.0 } else { query };
    let counted = index::SearchRequest {
        query: Some(&query),
        filters: chosen.filters(),
        limit: 0,
        ..index::SearchRequest::default()
    };
    Ok(data.index.rank(&counted)?.total_documents)
}

/// The query without its quotation marks.
fn unquoted(data: &Data, request: &SearchRequest, typed: &str) -> Result<Option<Correction>, Error> {
    const MARKS: [char; 5] = ['"', '\u{201c}', '\u{201d}', '\u{300c}', '\u{300d}'];
    if !typed.contains(MARKS) {
        return Ok(None);
    }
    let query = typed.replace(MARKS, " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let documents = count(data, request, &query, &request.chosen)?;
    Ok((documents > 0).then_some(Correction { query, kind: "quotes", documents }))
}

/// What is found without one of the filters, for each without which something is.
fn unfiltered(data: &Data, request: &SearchRequest, typed: &str) -> Result<Vec<Unfiltered>, Error> {
    let mut unfiltered = Vec::new();
    for (filter, chosen) in without_each(&request.chosen) {
        let documents = count(data, request, typed, &chosen)?;
        if documents > 0 {
            unfiltered.push(Unfiltered { filter: filter.to_owned(), query: None, documents });
        }
    }
    let Some(Query::And(parts)) = parse(typed).query else { return Ok(unfiltered) };
    for (at, part) in parts.iter().enumerate().filter(|(_, part)| is_filter(part)) {
        let rest = parts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, part)| part.clone());
        let query = Query::and(rest.collect());
        let text = query.to_string();
        let documents = count_parsed(data, request, query, &request.chosen)?;
        if documents > 0 {
            unfiltered.push(Unfiltered { filter: part.to_string(), query: Some(text), documents });
        }
    }
    Ok(unfiltered)
}

fn is_filter(query: &Query) -> bool {
    match query {
        Query::Field { field, .. } => *field != Field::Title,
        Query::Date(_) => true,
        _ => false,
    }
}

/// The filters without one of those that are set, by its name in an address.
fn without_each(chosen: &Chosen) -> Vec<(&'static str, Chosen)> {
    let without = |change: fn(&mut Chosen)| {
        let mut rest = chosen.clone();
        change(&mut rest);
        rest
    };
    let all = [
        ("lang", without(|chosen| chosen.languages.clear())),
        ("kind", without(|chosen| chosen.kinds.clear())),
        ("status", without(|chosen| chosen.statuses.clear())),
        ("issuer", without(|chosen| chosen.issuers.clear())),
        ("topic", without(|chosen| chosen.topics.clear())),
        ("standard", without(|chosen| chosen.standards.clear())),
        ("committee", without(|chosen| chosen.committees.clear())),
        ("year", without(|chosen| chosen.years.clear())),
        ("date", without(|chosen| chosen.date = None)),
    ];
    all.into_iter().filter(|(_, rest)| rest != chosen).collect()
}
