//! Cross-language expansion: a query that holds a term also finds its renderings.

use std::cell::Cell;
use std::ops::Range;

use super::{Field, Query};
use crate::analysis::has_tokens;

/// The weight of the best rendering beside what was asked for.
const RENDERING: f32 = 0.5;
/// What the renderings of a term within a longer one count, beside those of the longer.
const WITHIN: f32 = 0.5;
/// Most renderings of one term.
const MOST_RENDERINGS: usize = 6;
/// Most renderings of one query.
const MOST_ADDED: usize = 60;

/// A term that stands in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct TermInText {
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// What it is called in the other language, the best first.
    pub renderings: Vec<Rendering>,
}

/// What a term is called in the other language.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendering {
    /// The text.
    pub text: String,
    /// What it counts beside the best rendering there may be, from 0 to 1.
    pub weight: f32,
}

/// A term of the query and the renderings that are also looked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Expansion {
    /// The term as the query has it.
    pub of: String,
    /// Its renderings.
    pub added: Vec<Rendering>,
}

impl Query {
    /// The query with the renderings of its terms, counted less than what was asked for.
    ///
    /// `lookup` gives the terms that a text holds, the longest first. A phrase is looked up whole; of plain words all
    /// terms are taken: the longest, those within them at a lower weight, none that stands across a longer one. The
    /// renderings of one term count as one: the best that a passage holds ([`Query::Best`]). What is excluded, prefixes,
    /// proximity and patterns are left as they are.
    pub fn expand(&self, lookup: &dyn Fn(&str) -> Vec<TermInText>) -> (Self, Vec<Expansion>) {
        let expander = Expander { lookup, left: Cell::new(MOST_ADDED) };
        let mut expansions = Vec::new();
        let query = expander.expand(self, &mut expansions);
        (query, expansions)
    }
}

struct Expander<'l> {
    lookup: &'l dyn Fn(&str) -> Vec<TermInText>,
    left: Cell<usize>,
}

impl Expander<'_> {
    fn expand(&self, query: &Query, expansions: &mut Vec<Expansion>) -> Query {
        match query {
            Query::Text(text) => self.phrase(query, text, Query::Text, expansions),
            Query::Field { field: Field::Title, text } => {
                self.phrase(query, text, |text| Query::Field { field: Field::Title, text }, expansions)
            }
            Query::Words(words) => self.words(query, &words.join(" "), expansions),
            Query::And(parts) => Query::and(parts.iter().map(|part| self.expand(part, expansions)).collect()),
            Query::Or(parts) => Query::or(parts.iter().map(|part| self.expand(part, expansions)).collect()),
            other => other.clone(),
        }
    }

    /// A phrase with its renderings, where it is a term from end to end.
    fn phrase(
        &self,
        query: &Query,
        text: &str,
        leaf: impl Fn(String) -> Query,
        expansions: &mut Vec<Expansion>,
    ) -> Query {
        let terms = (self.lookup)(text);
        let Some(whole) = terms.into_iter().find(|term| is_whole(text, &term.range)) else { return query.clone() };
        let of = text.get(whole.range.clone()).unwrap_or(text);
        let added = self.added(whole, of, &[]);
        let mut parts = vec![query.clone()];
        parts.extend(added.iter().map(|rendering| weighted(rendering, 1.0, &leaf)));
        note(expansions, of.to_owned(), added);
        best(parts)
    }

    /// Plain words with the renderings of the terms that they hold.
    fn words(&self, query: &Query, text: &str, expansions: &mut Vec<Expansion>) -> Query {
        let mut parts = vec![query.clone()];
        let mut taken: Vec<Range<usize>> = Vec::new();
        let mut own: Vec<Expansion> = Vec::new();
        for term in (self.lookup)(text) {
            let range = term.range.clone();
            let is_within = taken.iter().any(|other| other.start <= range.start && range.end <= other.end);
            let stands_across = taken.iter().any(|other| other.start < range.end && range.start < other.end);
            let Some(of) = text.get(range.clone()).filter(|_| is_within || !stands_across) else { continue };
            if own.iter().any(|known| known.of.to_lowercase() == of.to_lowercase()) {
                continue;
            }
            taken.push(range);
            let added = self.added(term, of, &own);
            if !added.is_empty() {
                let weight = if is_within { WITHIN } else { 1.0 };
                parts.push(best(added.iter().map(|rendering| weighted(rendering, weight, Query::Text)).collect()));
                own.push(Expansion { of: of.to_owned(), added });
            }
        }
        own.into_iter().for_each(|expansion| note(expansions, expansion.of, expansion.added));
        Query::or(parts)
    }

    /// The renderings that are added of a term: none that another of the same words has, and no more than there is room
    /// for.
    fn added(&self, term: TermInText, of: &str, others: &[Expansion]) -> Vec<Rendering> {
        let is_known = |text: &str| others.iter().any(|other| other.added.iter().any(|one| one.text == text));
        let mut added = term.renderings;
        added.retain(|one| one.text != of && !one.text.contains('"') && has_tokens(&one.text) && !is_known(&one.text));
        added.truncate(MOST_RENDERINGS.min(self.left.get()));
        self.left.set(self.left.get() - added.len());
        added
    }
}

fn note(expansions: &mut Vec<Expansion>, of: String, added: Vec<Rendering>) {
    if !added.is_empty() && !expansions.iter().any(|known| known.of == of) {
        expansions.push(Expansion { of, added });
    }
}

fn weighted(rendering: &Rendering, weight: f32, leaf: impl Fn(String) -> Query) -> Query {
    let weight = RENDERING * weight * rendering.weight;
    Query::Weighted { query: Box::new(leaf(rendering.text.clone())), weight }
}

/// The best of these; one alone is itself.
fn best(mut parts: Vec<Query>) -> Query {
    match (parts.pop(), parts.is_empty()) {
        (Some(only), true) => only,
        (last, _) => {
            parts.extend(last);
            Query::Best(parts)
        }
    }
}

/// Whether nothing but spaces and punctuation stands beside a range.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let beside = [text.get(..range.start), text.get(range.end..)];
    beside.into_iter().flatten().all(|rest| !has_tokens(rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parse;
    use super::*;

    /// The terms of a small termbase, wherever they stand.
    fn lookup(text: &str) -> Vec<TermInText> {
        let known: [(&str, &[&str]); 5] = [
            ("潮汐观测站", &["tide observatory", "tidal station"]),
            ("tide observatory", &["潮汐观测站"]),
            ("观测站网络", &["network of stations"]),
            ("潮汐", &["tide", "tidal station"]),
            ("灯塔", &["lighthouse", "\"", "灯塔"]),
        ];
        let found = known.iter().flat_map(|(term, renderings)| {
            let renderings: Vec<Rendering> =
                renderings.iter().map(|text| Rendering { text: (*text).to_owned(), weight: 1.0 }).collect();
            text.match_indices(term)
                .map(move |(at, _)| TermInText { range: at..at + term.len(), renderings: renderings.clone() })
        });
        found.collect()
    }

    #[track_caller]
    fn check(input: &str, printed: &str, terms: &[&str]) {
        let (query, expansions) = parse(input).query.expect("something to expand").expand(&lookup);
        assert_eq!(query.to_string(), printed);
        assert_eq!(expansions.iter().map(|expansion| expansion.of.as_str()).collect::<Vec<_>>(), terms);
    }

    #[test]
    fn terms_bring_their_renderings() {
        check("修建灯塔", "(修建灯塔) OR \"lighthouse\"", &["灯塔"]);
        check("a tide observatory nearby", "(a tide observatory nearby) OR \"潮汐观测站\"", &["tide observatory"]);
        check("灯火 -灯塔", "灯火 -\"灯塔\"", &[]);
    }

    #[test]
    fn a_term_within_a_longer_one_adds_what_is_new_and_one_across_it_nothing() {
        check(
            "潮汐观测站网络",
            "(潮汐观测站网络) OR (\"tide observatory\" OR \"tidal station\") OR \"tide\"",
            &["潮汐观测站", "潮汐"],
        );
    }

    #[test]
    fn a_phrase_is_looked_up_whole() {
        check("\"潮汐\"", "\"潮汐\" OR \"tide\" OR \"tidal station\"", &["潮汐"]);
        check("\"潮汐和灯塔\"", "\"潮汐和灯塔\"", &[]);
        check("title:灯塔", "title:\"灯塔\" OR title:\"lighthouse\"", &["灯塔"]);
    }

    #[test]
    fn renderings_of_one_term_count_as_one_and_less_than_it() {
        let (query, _) = parse("潮汐观测站").query.expect("a query").expand(&lookup);
        let Query::Or(parts) = query else { panic!("{query}") };
        let weights = |query: &Query| match query {
            Query::Best(parts) => parts
                .iter()
                .map(|part| match part {
                    Query::Weighted { weight, .. } => *weight,
                    other => panic!("{other}"),
                })
                .collect::<Vec<_>>(),
            Query::Weighted { weight, .. } => vec![*weight],
            other => panic!("{other}"),
        };
        assert_eq!(weights(&parts[1]), [RENDERING, RENDERING]);
        assert_eq!(weights(&parts[2]), [RENDERING * WITHIN]);
    }

    proptest! {
        #[test]
        fn no_more_is_added_than_there_is_room_for(words in prop::collection::vec("潮汐|灯塔|观测站|网络| ", 0..60)) {
            let Some(query) = parse(&words.concat()).query else { return Ok(()) };
            let (_, expansions) = query.expand(&lookup);
            prop_assert!(expansions.iter().map(|expansion| expansion.added.len()).sum::<usize>() <= MOST_ADDED);
        }
    }
}
