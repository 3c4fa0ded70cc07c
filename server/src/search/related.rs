//! Terms of the termbase beside those that were searched: what holds them, and what they hold.

use std::collections::HashSet;

use corpus::document::Language;
use corpus::store::ListedTerm;
use index::terms::How;
use serde::Serialize;

use crate::Error;
use crate::data::Data;
use crate::terms::cached::{Termbase, termbase};

/// So many terms that hold what was searched.
const MOST_NARROWER: usize = 6;
/// So many terms that it holds.
const MOST_WIDER: usize = 4;
/// So many designations are looked at.
const MOST_LOOKED_UP: usize = 30;

/// A longer query is no part of a term, in bytes: some twenty Chinese characters or eight English words.
const LONGEST_TERM: usize = 60;

/// A term beside the one that was searched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct RelatedTerm {
    /// The concept.
    pub concept: i64,
    /// The designation.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// The preferred rendering in the other language.
    pub rendering: Option<String>,
    /// Whether it holds what was searched; else what was searched holds it.
    pub is_narrower: bool,
}

/// Terms that hold what was searched, then terms that it holds; not what was searched itself.
///
/// # Errors
/// When the store cannot be read.
pub fn related(data: &Data, query: &str) -> Result<Vec<RelatedTerm>, Error> {
    let query = query.replace(['"', '\u{201c}', '\u{201d}'], " ");
    let query = query.trim();
    if query.is_empty() {
        return Ok(Vec::new());
    }
    let base = termbase(data)?;
    let mut seen: HashSet<i64> = HashSet::new();
    let mut narrower = Vec::new();
    let is_term = query.len() <= LONGEST_TERM;
    for found in if is_term { base.lookup.find(query, MOST_LOOKED_UP) } else { Vec::new() } {
        match found.how {
            // What was searched, in any spelling, is no other term.
            How::Exact | How::SameWords | How::Pinyin => {
                seen.insert(found.concept);
            }
            How::Prefix | How::Substring | How::Words
                if narrower.len() < MOST_NARROWER && seen.insert(found.concept) =>
            {
                narrower.extend(term(&base, found.concept, found.term, true));
            }
            _ => {}
        }
    }
    let mut wider = Vec::new();
    for mark in base.marker().mark(query) {
        let is_all = mark.range.len() == query.len();
        if let Some(&(concept, number)) = mark.designates.first()
            && !is_all
            && wider.len() < MOST_WIDER
            && seen.insert(concept)
        {
            wider.extend(term(&base, concept, number, false));
        }
    }
    narrower.extend(wider);
    Ok(narrower)
}

fn term(base: &Termbase, concept: i64, number: i64, is_narrower: bool) -> Option<RelatedTerm> {
    let terms = base.terms.of(concept);
    let met = terms.iter().find(|term| term.term == number)?;
    let order = |term: &&ListedTerm| (term.status, std::cmp::Reverse(term.count), term.term);
    let other = terms.iter().filter(|term| term.language != met.language && term.status.is_usable()).min_by_key(order);
    Some(RelatedTerm {
        concept,
        text: met.text.clone(),
        language: met.language,
        rendering: other.map(|term| term.text.clone()),
        is_narrower,
    })
}
