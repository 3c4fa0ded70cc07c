//! Terms that a document renders otherwise than the documents before it.
//!
//! A change is the first document, by date, in which a term has a rendering that no document had before, while the
//! usual one is not in it. Usual is what a reviewer prefers, and else what most of the documents before have, provided
//! that there are two of them or that one gives it outright.

use std::collections::{BTreeMap, BTreeSet};

use corpus::store::{FoundChange, ToCompare};
use corpus::term::{RenderingUse, Status};
use corpus::watch::RENDERING;
use index::stems;

use crate::Error;
use crate::data::Data;
use crate::derive::date_of_dates;

/// A rendering counts as one of a document's own when it makes so much of the term's places there.
const LEAST_SHARE: f64 = 0.34;

/// The designation that a watch on renderings is for, `*` for all; `None` for a watch of another kind.
pub fn rendering_watch(query: &str) -> Option<&str> {
    query.trim().strip_prefix(RENDERING).map(str::trim)
}

/// Compares the renderings of the concepts that have changed; how many alerts that makes.
///
/// # Errors
/// When the store fails.
pub(crate) fn compare_renderings(data: &Data) -> Result<usize, Error> {
    let ToCompare { version, concepts } = data.with_store(|store| Ok(store.renderings_to_compare()?))?;
    let found: Vec<(i64, Vec<FoundChange>)> =
        concepts.iter().map(|(concept, uses)| (*concept, changes(uses))).collect();
    data.with_store(|store| Ok(store.put_rendering_changes(version, &found, &crate::now())?))
}

/// What a rendering is compared by: the stems of its words, hyphens aside.
fn key(text: &str) -> String {
    stems(&text.replace(['-', '‐', '‑'], " "))
}

/// Whether the words of a rendering are among those of another, side by side.
fn holds(key: &str, part: &str) -> bool {
    let words = |key: &str| {
        key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let (words, part) = (words(key), words(part));
    words.windows(part.len().max(1)).any(|window| window == part)
}

/// A document and how it renders the term.
#[derive(Default)]
struct Document {
    /// Undated documents come first: they change nothing that is known.
    date: Option<String>,
    /// Places by rendering, and the designation that stands for it.
    renderings: BTreeMap<String, (u32, i64)>,
    /// The renderings that it gives outright.
    given: BTreeSet<String>,
}

impl Document {
    /// The renderings that make a good part of its places, or are given outright.
    fn own(&self) -> impl Iterator<Item = (&str, i64)> {
        let all: u32 = self.renderings.values().map(|(count, _)| count).sum();
        let counts = move |key: &str, count: u32| {
            self.given.contains(key) || f64::from(count) >= LEAST_SHARE * f64::from(all.max(1))
        };
        let own = self.renderings.iter().filter(move |(key, (count, _))| counts(key, *count));
        own.map(|(key, (_, term))| (key.as_str(), *term))
    }
}

/// The changes among the uses of a concept's renderings, by the dates of the documents, then by number.
fn changes(uses: &[RenderingUse]) -> Vec<FoundChange> {
    let mut documents: BTreeMap<i64, Document> = BTreeMap::new();
    let mut preferred: Option<(String, i64)> = None;
    for used in uses {
        let key = key(&used.text);
        if used.status == Status::Preferred && preferred.is_none() {
            preferred = Some((key.clone(), used.term));
        }
        let document = documents.entry(used.bitext).or_default();
        document.date = date_of_dates(&used.en_dates).or_else(|| date_of_dates(&used.zh_dates));
        if used.given {
            document.given.insert(key.clone());
        }
        document.renderings.entry(key).or_insert((0, used.term)).0 += used.count;
    }
    let mut in_order: Vec<(i64, Document)> = documents.into_iter().collect();
    in_order.sort_by(|a, b| (&a.1.date, a.0).cmp(&(&b.1.date, b.0)));
    let mut found = Vec::new();
    for (index, (bitext, document)) in in_order.iter().enumerate() {
        let earlier = in_order.get(..index).unwrap_or_default();
        let Some((usual, before)) = preferred.clone().filter(|_| index > 0).or_else(|| usual(earlier)) else {
            continue;
        };
        if document.renderings.contains_key(&usual) {
            continue;
        }
        let seen_before = |key: &str| earlier.iter().any(|(_, document)| document.renderings.contains_key(key));
        let new: Vec<(&str, i64)> = document.own().filter(|(key, _)| !seen_before(key)).collect();
        // A rendering with a word more or less is mostly a slip of where mining saw it end.
        let is_part = |key: &str| new.iter().any(|(other, _)| *other != key && holds(other, key));
        let is_other = |key: &str| !holds(key, &usual) && !holds(&usual, key) && !is_part(key);
        let kept = new.iter().filter(|(key, _)| is_other(key));
        found.extend(kept.map(|(_, en)| FoundChange { en: *en, before, bitext: *bitext }));
    }
    found
}

/// The rendering of most of these documents, where there are two of them or one gives it outright.
fn usual(documents: &[(i64, Document)]) -> Option<(String, i64)> {
    let mut counts: BTreeMap<&str, (usize, bool, i64)> = BTreeMap::new();
    for (_, document) in documents {
        for (key, term) in document.own() {
            let count = counts.entry(key).or_insert((0, false, term));
            count.0 += 1;
            count.1 |= document.given.contains(key);
        }
    }
    let (key, (count, given, term)) = counts.into_iter().max_by_key(|(_, (count, given, _))| (*count, *given))?;
    let most = count * 2 > documents.len();
    (most && (count > 1 || given)).then(|| (key.to_owned(), term))
}

#[cfg(test)]
mod tests {
    use super::*;
    use corpus::facts::{DateKind, DatedFact};

    /// A document a line, in any order: its year, then its renderings with their counts; `!` gives one outright, and
    /// `*` marks the one that a reviewer prefers.
    #[track_caller]
    fn check(documents: &[(&str, &str)], expected: &[&str]) {
        let mut uses = Vec::new();
        let mut terms: Vec<String> = Vec::new();
        for (number, (year, renderings)) in documents.iter().enumerate() {
            for rendering in renderings.split(", ") {
                let (text, count) = rendering.rsplit_once(' ').unwrap();
                let plain = text.trim_matches(['!', '*']).to_owned();
                if !terms.contains(&plain) {
                    terms.push(plain.clone());
                }
                let date = DatedFact {
                    kind: DateKind::Issued,
                    date: format!("{year}-01-01"),
                    sentence: String::new(),
                    page: 1,
                };
                uses.push(RenderingUse {
                    term: i64::try_from(terms.iter().position(|term| *term == plain).unwrap()).unwrap(),
                    text: plain,
                    status: if text.contains('*') { Status::Preferred } else { Status::Candidate },
                    bitext: i64::try_from(number).unwrap(),
                    count: count.parse().unwrap(),
                    given: text.contains('!'),
                    en_dates: if year.is_empty() { Vec::new() } else { vec![date] },
                    zh_dates: Vec::new(),
                });
            }
        }
        let shown = changes(&uses).into_iter().map(|change| {
            let name = |term: i64| terms[usize::try_from(term).unwrap()].as_str();
            let year = documents[usize::try_from(change.bitext).unwrap()].0;
            format!("{year}: {} → {}", name(change.before), name(change.en))
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_first_document_that_renders_a_term_otherwise_is_a_change() {
        check(
            &[
                ("2021", "river chief 3"),
                ("2023", "river chief 2"),
                ("2024", "river steward 4"),
                ("2025", "river steward 1"),
            ],
            &["2024: river chief → river steward"],
        );
    }

    #[test]
    fn the_order_is_that_of_the_dates() {
        check(
            &[("2025", "river steward 4"), ("2021", "river chief 3"), ("2023", "river chief 2")],
            &["2025: river chief → river steward"],
        );
        check(&[("2021", "a chief 1"), ("2022", "a chief 1"), ("", "a head 1")], &[]);
    }

    #[test]
    fn other_forms_and_spellings_are_no_change() {
        check(&[("2021", "river chief 1"), ("2022", "river chief 1"), ("2023", "River-Chiefs 2")], &[]);
    }

    #[test]
    fn a_word_more_or_less_is_no_change() {
        check(&[("2021", "river chief 1"), ("2022", "river chief 1"), ("2023", "river chief system 2")], &[]);
        check(
            &[("2021", "chief 1"), ("2022", "chief 1"), ("2023", "river steward 2, steward 2")],
            &["2023: chief → river steward"],
        );
    }

    #[test]
    fn a_document_that_has_the_usual_rendering_as_well_changes_nothing() {
        check(&[("2021", "chief 1"), ("2022", "chief 1"), ("2023", "steward 3, chief 1")], &[]);
    }

    #[test]
    fn one_document_makes_nothing_usual_unless_it_gives_the_rendering_or_a_reviewer_prefers_it() {
        check(&[("2021", "chief 5"), ("2022", "steward 1")], &[]);
        check(&[("2021", "chief! 1"), ("2022", "steward 1")], &["2022: chief → steward"]);
        check(&[("2021", "chief* 1"), ("2022", "steward 1")], &["2022: chief → steward"]);
    }

    #[test]
    fn what_stands_there_once_among_many_is_no_rendering_of_the_document() {
        check(&[("2021", "chief 1"), ("2022", "chief 1"), ("2023", "steward 9, river 1")], &["2023: chief → steward"]);
    }
}
