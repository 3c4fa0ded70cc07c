//! Across languages: a query that holds a term also finds its renderings.
//!
//! Terms are found in the query as they are marked in texts ([`index::terms::Marker`]): Chinese ones wherever they stand,
//! English ones by whole words, whatever their number, hyphens and spelling.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use corpus::store::ListedTerm;
use corpus::term::Status;
use corpus::text::normalise::normal_form;
use index::query::{Query, Rendering, TermInText};
use serde::Serialize;

use super::vocabulary::vocabulary;
use crate::Error;
use crate::data::Data;
use crate::derive::LEAST_CONFIDENCE;
use crate::terms::cached::{Termbase, termbase};

/// A candidate that was seen so many times less often than the commonest rendering is left out.
const RARELY: u32 = 20;
/// What a word of the vocabulary counts beside a preferred term.
const VOCABULARY: f32 = 0.8;
/// Most renderings of a word of the vocabulary.
const MOST_OF_WORD: usize = 3;

/// A term of the query and its renderings that were searched as well.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct AlsoSearched {
    /// The term as the query has it.
    pub term: String,
    /// Its renderings in the other language, the best first.
    pub renderings: Vec<AddedRendering>,
    /// Those that were taken out by the request, which can be put back.
    pub removed: Vec<AddedRendering>,
}

/// A rendering of a term of the query.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct AddedRendering {
    /// The text.
    pub text: String,
    /// Its language code.
    pub language: &'static str,
    /// Where it comes from.
    pub source: RenderingSource,
    /// Its status ([`Status::name`]); only of the termbase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// How sure mining is, from 0 to 1; only of candidates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// What it counts in the ranking beside the best rendering there may be, from 0 to 1.
    pub weight: f32,
}

/// Who says what a term is called in the other language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RenderingSource {
    /// The termbase.
    Termbase,
    /// The vocabulary that ships with the program, of a word that the termbase does not know.
    Vocabulary,
}

/// The query with renderings of its terms in the other language, but for those in `without`, and which they are.
///
/// # Errors
/// When the termbase cannot be read.
pub(crate) fn widen(data: &Data, query: &Query, without: &[String]) -> Result<(Query, Vec<AlsoSearched>), Error> {
    Ok(widen_by(&*termbase(data)?, query, without))
}

/// The same, by the termbase as it was read.
pub(crate) fn widen_by(base: &Termbase, query: &Query, without: &[String]) -> (Query, Vec<AlsoSearched>) {
    let without = without.iter().map(|text| key(text)).collect();
    widened(Widening { base, without, by_vocabulary: true, known: RefCell::default() }, query)
}

/// The same by the termbase alone: what a watch is met by. Words of the vocabulary are good enough to look further, but
/// an alert has to rest on what the documents themselves rendered so.
pub(crate) fn widen_by_termbase(base: &Termbase, query: &Query) -> (Query, Vec<AlsoSearched>) {
    widened(Widening { base, without: HashSet::new(), by_vocabulary: false, known: RefCell::default() }, query)
}

fn widened(widening: Widening<'_>, query: &Query) -> (Query, Vec<AlsoSearched>) {
    let (query, expansions) = query.expand(&|text| widening.terms(text));
    let mut known = widening.known.into_inner();
    let mut also: Vec<AlsoSearched> = Vec::new();
    for expansion in expansions {
        let Some(found) = known.remove(&expansion.of) else { continue };
        let is_added = |one: &AddedRendering| expansion.added.iter().any(|added| added.text == one.text);
        let renderings = found.renderings.into_iter().filter(is_added).collect();
        also.push(AlsoSearched { term: expansion.of, renderings, removed: found.removed });
    }
    let mut emptied: Vec<(String, Found)> = known.into_iter().filter(|(_, found)| !found.removed.is_empty()).collect();
    emptied.sort_by_key(|(_, found)| found.place);
    let emptied =
        emptied.into_iter().map(|(term, found)| AlsoSearched { term, renderings: Vec::new(), removed: found.removed });
    also.extend(emptied);
    let mut listed = HashSet::new();
    also.iter_mut().for_each(|also| also.removed.retain(|one| listed.insert(one.text.clone())));
    also.retain(|also| !also.renderings.is_empty() || !also.removed.is_empty());
    (query, also)
}

/// The form in which renderings are compared: spaces and case do not matter.
fn key(text: &str) -> String {
    normal_form(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A query while it is widened.
struct Widening<'b> {
    base: &'b Termbase,
    without: HashSet<String>,
    /// Whether words that the termbase lacks are rendered by the vocabulary.
    by_vocabulary: bool,
    /// The terms that were found, as the query has them.
    known: RefCell<BTreeMap<String, Found>>,
}

struct Found {
    /// How many were found before.
    place: usize,
    renderings: Vec<AddedRendering>,
    removed: Vec<AddedRendering>,
}

impl Widening<'_> {
    /// The terms that a text holds, the longest first.
    fn terms(&self, text: &str) -> Vec<TermInText> {
        let mut terms = Vec::new();
        for mark in self.base.marker_of_all().mark_all(text) {
            terms.extend(self.term(text, mark.range, self.renderings(&mark.designates)));
        }
        let mut words = Vec::new();
        let marks = if self.by_vocabulary { vocabulary().mark_all(text) } else { Vec::new() };
        for mark in marks {
            let overlaps = |term: &TermInText| term.range.start < mark.range.end && mark.range.start < term.range.end;
            if !terms.iter().any(overlaps) {
                let mut renderings: Vec<_> = vocabulary().renderings(&mark).into_iter().map(of_vocabulary).collect();
                renderings.sort_by(|one, other| other.weight.total_cmp(&one.weight));
                let mut texts = HashSet::new();
                renderings.retain(|one| texts.insert(one.text.clone()));
                renderings.truncate(MOST_OF_WORD);
                words.extend(self.term(text, mark.range, renderings));
            }
        }
        terms.extend(words);
        terms
    }

    /// A term with the renderings that are not taken out; nothing when it has none at all.
    fn term(&self, text: &str, range: Range<usize>, renderings: Vec<AddedRendering>) -> Option<TermInText> {
        let of = text.get(range.clone()).filter(|_| !renderings.is_empty())?;
        let is_removed = |one: &AddedRendering| self.without.contains(&key(&one.text));
        let (removed, renderings): (Vec<_>, Vec<_>) = renderings.into_iter().partition(is_removed);
        let of_index = |one: &AddedRendering| Rendering { text: one.text.clone(), weight: one.weight };
        let term = TermInText { range, renderings: renderings.iter().map(of_index).collect() };
        let mut known = self.known.borrow_mut();
        let place = known.len();
        known.entry(of.to_owned()).or_insert(Found { place, renderings, removed });
        Some(term)
    }

    /// What the concepts of a term are called in the other language, each once, the best first.
    fn renderings(&self, designates: &[(i64, i64)]) -> Vec<AddedRendering> {
        let mut found: Vec<(&ListedTerm, f32)> = Vec::new();
        for &(concept, term) in designates {
            let terms = self.base.terms.of(concept);
            let Some(own) = terms.iter().find(|one| one.term == term) else { continue };
            let others = terms.iter().filter(|one| one.language != own.language);
            found.extend(others.filter_map(|other| Some((other, weight(own, other)?))));
        }
        let most = found.iter().map(|(term, _)| term.count).max().unwrap_or(0);
        found.retain(|(term, _)| term.status != Status::Candidate || term.count.saturating_mul(RARELY) >= most);
        found.sort_by(|(one, weight), (other, other_weight)| {
            other_weight.total_cmp(weight).then(other.count.cmp(&one.count)).then(one.term.cmp(&other.term))
        });
        let mut texts = HashSet::new();
        found.retain(|(term, _)| texts.insert(key(&term.text)));
        found.into_iter().map(|(term, weight)| added(term, weight)).collect()
    }
}

fn added(term: &ListedTerm, weight: f32) -> AddedRendering {
    AddedRendering {
        text: term.text.clone(),
        language: term.language.code(),
        source: RenderingSource::Termbase,
        status: Some(term.status.name()),
        confidence: (term.status == Status::Candidate).then_some(term.confidence),
        weight,
    }
}

fn of_vocabulary((term, usual): (&ListedTerm, f32)) -> AddedRendering {
    AddedRendering {
        text: term.text.clone(),
        language: term.language.code(),
        source: RenderingSource::Vocabulary,
        status: None,
        confidence: None,
        weight: VOCABULARY * usual,
    }
}

/// What a rendering counts: by its status, candidates by how sure they are; nothing when that is too little.
fn weight(own: &ListedTerm, other: &ListedTerm) -> Option<f32> {
    let sureness = |term: &ListedTerm| if term.status == Status::Candidate { term.confidence } else { 1.0 };
    let confidence = sureness(own).min(sureness(other));
    let of_status = match other.status {
        Status::Preferred => 1.0,
        Status::Admitted | Status::Candidate => 0.9,
        Status::Superseded | Status::Deprecated => 0.5,
        Status::Rejected => return None,
    };
    (confidence >= LEAST_CONFIDENCE).then_some(of_status * confidence)
}

#[cfg(test)]
mod tests {
    use corpus::document::Language;
    use index::query::parse;

    use super::*;

    /// Terms as `concept language status confidence text`, numbered by their place.
    fn base(lines: &[&str]) -> Termbase {
        let read = |(number, line): (i64, &&str)| {
            let [concept, language, status, confidence, text] = line.splitn(5, ' ').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            ListedTerm {
                term: number,
                concept: concept.parse().unwrap(),
                language: Language::from_code(language),
                text: text.to_owned(),
                variants: Vec::new(),
                status: Status::ALL.into_iter().find(|known| known.name() == status).unwrap(),
                confidence: confidence.parse().unwrap(),
                count: 3,
            }
        };
        Termbase::new(1, (1..).zip(lines).map(read).collect())
    }

    fn harbour() -> Termbase {
        base(&[
            "1 zh preferred 0 渔港",
            "1 en deprecated 0 fish port",
            "1 en preferred 0 fishing harbour",
            "1 en admitted 0 fishery harbor",
            "1 en candidate 0.6 fisherman's haven",
            "1 en candidate 0.2 boats",
            "2 zh candidate 0.8 防波堤",
            "2 en candidate 0.9 breakwater",
        ])
    }

    #[track_caller]
    fn check(query: &str, without: &[&str], expected: &[(&str, &[&str], &[&str])]) {
        let without: Vec<String> = without.iter().map(|text| (*text).to_owned()).collect();
        let (_, also) = widen_by(&harbour(), &parse(query).query.unwrap(), &without);
        let texts = |renderings: &[AddedRendering]| renderings.iter().map(|one| one.text.clone()).collect::<Vec<_>>();
        let shown: Vec<_> =
            also.iter().map(|also| (also.term.as_str(), texts(&also.renderings), texts(&also.removed))).collect();
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let expected: Vec<_> =
            expected.iter().map(|(term, added, removed)| (*term, owned(added), owned(removed))).collect();
        assert_eq!(shown, expected, "{query}");
    }

    #[test]
    fn the_better_status_comes_first_and_unsure_candidates_not_at_all() {
        let all: &[&str] = &["fishing harbour", "fishery harbor", "fisherman's haven", "fish port"];
        check("渔港", &[], &[("渔港", all, &[])]);
    }

    #[test]
    fn spelling_and_number_do_not_matter() {
        check("Fishing-Harbors", &[], &[("Fishing-Harbors", &["渔港"], &[])]);
        check("the breakwaters of it", &[], &[("breakwaters", &["防波堤"], &[])]);
    }

    #[test]
    fn what_is_removed_is_not_searched_and_named() {
        check(
            "渔港防波堤",
            &["fish port", "Fishing  harbour", "breakwater"],
            &[
                ("渔港", &["fishery harbor", "fisherman's haven"], &["fishing harbour", "fish port"]),
                ("防波堤", &[], &["breakwater"]),
            ],
        );
        let (query, _) = widen_by(&harbour(), &parse("防波堤").query.unwrap(), &["breakwater".to_owned()]);
        assert_eq!(query.to_string(), "防波堤");
    }

    #[test]
    fn what_is_sure_counts_more() {
        let (_, also) = widen_by(&harbour(), &parse("渔港").query.unwrap(), &[]);
        let weights: Vec<f32> = also[0].renderings.iter().map(|one| one.weight).collect();
        assert!(weights.is_sorted_by(|one, next| one > next), "{weights:?}");
        assert_eq!((also[0].renderings[2].confidence, also[0].renderings[0].confidence), (Some(0.6), None));
    }
}
