//! Cross-language expansion: a query that holds a term also finds its renderings.

use std::cell::Cell;

use super::{Field, Query};
use crate::analysis::is_unspaced;

/// The weight of a rendering beside what was asked for.
const RENDERING: f32 = 0.5;
/// Most renderings of one term.
const MOST_RENDERINGS: usize = 8;
/// Most questions to the lookup for one query.
const MOST_LOOKUPS: usize = 500;
/// Longest term among plain words, in words.
const MOST_WORDS: usize = 8;
/// Longest and shortest term within a Chinese text without spaces, in characters.
const MOST_CHARACTERS: usize = 16;
const FEWEST_CHARACTERS: usize = 2;

/// A term of the query and the renderings that are also looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expansion {
    /// The term as the query has it.
    pub of: String,
    /// Its renderings.
    pub added: Vec<String>,
}

impl Query {
    /// The query with the renderings that `lookup` knows for its terms, counted less than what was asked for.
    ///
    /// `lookup` is asked for phrases whole, and for parts of plain words from the left, the longest first. What is
    /// excluded, prefixes and proximity are left as they are.
    pub fn expand(&self, lookup: &dyn Fn(&str) -> Vec<String>) -> (Self, Vec<Expansion>) {
        let expander = Expander { lookup, left: Cell::new(MOST_LOOKUPS) };
        let mut expansions = Vec::new();
        let query = expander.expand(self, &mut expansions);
        (query, expansions)
    }
}

struct Expander<'l> {
    lookup: &'l dyn Fn(&str) -> Vec<String>,
    left: Cell<usize>,
}

impl Expander<'_> {
    fn expand(&self, query: &Query, expansions: &mut Vec<Expansion>) -> Query {
        match query {
            Query::Text(text) => self.with_renderings(query, &[text], expansions, Query::Text),
            Query::Field { field: Field::Title, text } => {
                self.with_renderings(query, &[text], expansions, |text| Query::Field { field: Field::Title, text })
            }
            Query::Words(words) => {
                let terms = self.terms_among(words);
                let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
                self.with_renderings(query, &terms, expansions, Query::Text)
            }
            Query::And(parts) => Query::and(parts.iter().map(|part| self.expand(part, expansions)).collect()),
            Query::Or(parts) => Query::or(parts.iter().map(|part| self.expand(part, expansions)).collect()),
            other => other.clone(),
        }
    }

    fn with_renderings(
        &self,
        query: &Query,
        terms: &[&str],
        expansions: &mut Vec<Expansion>,
        leaf: impl Fn(String) -> Query,
    ) -> Query {
        let mut parts = vec![query.clone()];
        for term in terms {
            let added = self.renderings(term);
            let weighted = |text: &String| Query::Weighted { query: Box::new(leaf(text.clone())), weight: RENDERING };
            parts.extend(added.iter().map(weighted));
            if !added.is_empty() && !expansions.iter().any(|known| known.of == *term) {
                expansions.push(Expansion { of: (*term).to_owned(), added });
            }
        }
        Query::or(parts)
    }

    fn renderings(&self, term: &str) -> Vec<String> {
        let mut found = (self.lookup)(term);
        found.retain(|text| text != term && !text.contains('"') && crate::analysis::has_tokens(text));
        found.truncate(MOST_RENDERINGS);
        found
    }

    /// Whether the lookup knows a term, until it was asked too often.
    fn knows(&self, term: &str) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else { return false };
        self.left.set(left);
        !self.renderings(term).is_empty()
    }

    /// The terms that plain words hold, from the left, the longest first.
    fn terms_among(&self, words: &[String]) -> Vec<String> {
        let mut terms = Vec::new();
        let mut rest = words;
        while let Some(first) = rest.first() {
            let longest = rest.len().min(MOST_WORDS);
            let spans = (1..=longest).rev().filter_map(|length| rest.get(..length));
            let mut known = spans.map(|span| (span.len(), span.join(" "))).filter(|(_, term)| self.knows(term));
            let length = match known.next() {
                Some((length, term)) => {
                    terms.push(term);
                    length
                }
                None => {
                    self.terms_within(first, &mut terms);
                    1
                }
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        terms
    }

    /// The terms within a Chinese text without spaces.
    fn terms_within(&self, word: &str, terms: &mut Vec<String>) {
        let mut rest = word;
        while let Some(first) = rest.chars().next() {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(MOST_CHARACTERS).collect::<Vec<_>>();
            let longer = ends.iter().skip(FEWEST_CHARACTERS - 1).rev().filter_map(|&end| rest.get(..end));
            let known = longer.take_while(|_| is_unspaced(first)).find(|part| *part != word && self.knows(part));
            let length = known.map_or(first.len_utf8(), str::len);
            terms.extend(known.map(str::to_owned));
            rest = rest.get(length..).unwrap_or_default();
        }
    }
}
