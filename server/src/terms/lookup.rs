//! Looking terms up, for the command line, the pages and the API.

use std::collections::BTreeMap;

use corpus::document::Language;
use corpus::store::ListedTerm;
use corpus::term::Status;
use index::terms::{Found, How};
use serde::{Serialize, Serializer};

use super::cached::{Termbase, termbase};
use super::seen::{Documents, Use, by_year};
use crate::Error;
use crate::data::Data;

/// How many suggestions are given for what is being typed, at most.
const MOST_SUGGESTIONS: usize = 10;

/// A concept that was looked up.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct LookedUp {
    /// The concept.
    pub concept: i64,
    /// How what was typed meets it.
    #[serde(serialize_with = "by_name")]
    #[schemars(with = "String")]
    pub how: How,
    /// The row of the designation that was met.
    pub met: i64,
    /// All its designations that are shown, best first: by status, then those seen more often.
    pub terms: Vec<Designation>,
}

/// A designation of a concept that was looked up.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Designation {
    /// Its row.
    pub term: i64,
    /// The designation.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Its status.
    pub status: Status,
    /// How sure mining was, from 0 to 1.
    pub confidence: f32,
    /// In how many places it was seen.
    pub count: u32,
    /// How often it was seen in documents of each year.
    pub years: BTreeMap<u16, u32>,
}

/// A term that what is being typed may become.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "TermSuggestion")]
pub struct Suggestion {
    /// The designation.
    pub text: String,
    /// Its language.
    pub language: Language,
    /// Its concept.
    pub concept: i64,
    /// The best rendering in the other language.
    pub rendering: Option<String>,
}

impl LookedUp {
    /// The designation that was met.
    pub fn met(&self) -> Option<&Designation> {
        self.terms.iter().find(|term| term.term == self.met)
    }

    /// The designations in a language, best first.
    pub fn terms_in(&self, language: Language) -> impl Iterator<Item = &Designation> {
        self.terms.iter().filter(move |term| term.language == language)
    }

    /// How often the concept was seen in documents of each year, in the language that was seen more often: each place of
    /// a bitext has it in both.
    pub fn years(&self) -> BTreeMap<u16, u32> {
        let sum = |language| {
            let mut years: BTreeMap<u16, u32> = BTreeMap::new();
            for (year, count) in self.terms_in(language).flat_map(|term| &term.years) {
                let all = years.entry(*year).or_default();
                *all = all.saturating_add(*count);
            }
            years
        };
        let total = |years: &BTreeMap<u16, u32>| years.values().map(|count| u64::from(*count)).sum::<u64>();
        let (zh, en) = (sum(Language::Zh), sum(Language::En));
        if total(&en) > total(&zh) { en } else { zh }
    }
}

/// Concepts with a designation that meets `query` in any way, best first, with all their renderings.
///
/// # Errors
/// When the store cannot be read.
pub fn lookup(data: &Data, query: &str, limit: usize) -> Result<Vec<LookedUp>, Error> {
    let base = termbase(data)?;
    let found = base.lookup.find(query, limit);
    data.with_store(|store| {
        let mut documents = Documents::default();
        let looked_up = |found: &Found| Ok(looked_up(&base, found, &documents.uses(store, found.concept)?));
        found.iter().map(looked_up).collect()
    })
}

/// What is being typed may become these terms, at most ten.
///
/// # Errors
/// When the store cannot be read.
pub fn suggest(data: &Data, query: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
    let base = termbase(data)?;
    let found = base.lookup.find(query, limit.min(MOST_SUGGESTIONS));
    Ok(found.iter().filter_map(|found| suggestion(&base, found)).collect())
}

fn looked_up(base: &Termbase, found: &Found, uses: &[Use]) -> LookedUp {
    let designation = |term: &ListedTerm| Designation {
        term: term.term,
        text: term.text.clone(),
        language: term.language,
        status: term.status,
        confidence: term.confidence,
        count: term.count,
        years: by_year(uses.iter().filter(|used| used.term == term.term)),
    };
    let terms = best_first(base.terms.of(found.concept)).into_iter().map(designation).collect();
    LookedUp { concept: found.concept, how: found.how, met: found.term, terms }
}

fn suggestion(base: &Termbase, found: &Found) -> Option<Suggestion> {
    let terms = best_first(base.terms.of(found.concept));
    let met = terms.iter().find(|term| term.term == found.term)?;
    let rendering = terms.iter().find(|term| term.language != met.language && term.status.is_usable());
    Some(Suggestion {
        text: met.text.clone(),
        language: met.language,
        concept: found.concept,
        rendering: rendering.map(|term| term.text.clone()),
    })
}

/// By status, then those seen more often, then the surer.
fn best_first(terms: &[ListedTerm]) -> Vec<&ListedTerm> {
    let mut terms: Vec<&ListedTerm> = terms.iter().collect();
    terms.sort_by(|one, other| {
        let order = one.status.cmp(&other.status).then(other.count.cmp(&one.count));
        order.then(other.confidence.total_cmp(&one.confidence)).then(one.term.cmp(&other.term))
    });
    terms
}

fn by_name<S: Serializer>(how: &How, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(how.name())
}

#[cfg(test)]
mod tests {
    use corpus::document::{DocumentHash, ReadDocument, TextState};
    use corpus::facts::{DateKind, DatedFact, Facts};
    use corpus::store::{Added, Origin};
    use corpus::term::{EvidenceKind, Sighting, TermPair};

    use super::*;

    const NOW: &str = "2026-11-22T08:00:00Z";

    /// A data folder with a document of 2024 that gives 水位 as "water level" twice and as "water stage" once.
    fn open() -> (tempfile::TempDir, Data) {
        let folder = tempfile::tempdir().unwrap();
        let data = Data::open(folder.path()).unwrap();
        let dated = DatedFact { kind: DateKind::Issued, date: "2024-05".to_owned(), sentence: String::new(), page: 1 };
        let document = ReadDocument {
            hash: DocumentHash::of(b"water"),
            name: "water.pdf".to_owned(),
            source: "water.pdf".to_owned(),
            language: Language::Zh,
            state: TextState::Text,
            page_count: 1,
            readings: Vec::new(),
            blocks: Vec::new(),
            sentences: Vec::new(),
            facts: Facts { dates: vec![dated], ..Facts::default() },
            warnings: Vec::new(),
        };
        let pair = |en: &str, places: usize| TermPair {
            zh: "水位".to_owned(),
            en: en.to_owned(),
            confidence: 0.9,
            definition: None,
            definition_source: None,
            sightings: vec![Sighting { kind: EvidenceKind::Gloss, zh_sentence: None, en_sentence: None }; places],
        };
        data.with_store(|store| {
            let added = store.add_documents(&[document], false, NOW)?;
            let [Added::New(id)] = added[..] else { panic!("not new") };
            store.put_mined_terms(Origin::Document(id), &[pair("water stage", 1), pair("water level", 2)])?;
            Ok(store.settle_candidates()?)
        })
        .unwrap();
        (folder, data)
    }

    #[test]
    fn a_concept_comes_with_its_renderings_best_first_and_their_years() {
        let (_folder, data) = open();
        for (query, how) in [("shuiwei", How::Pinyin), ("水位", How::Exact), ("水", How::Prefix)] {
            let found = lookup(&data, query, 5).unwrap();
            assert_eq!((found.len(), found[0].how), (1, how), "{query}");
            assert_eq!(found[0].met().map(|met| met.text.as_str()), Some("水位"));
            let english: Vec<_> =
                found[0].terms_in(Language::En).map(|term| (term.text.as_str(), term.count)).collect();
            assert_eq!(english, [("water level", 2), ("water stage", 1)]);
            assert_eq!(found[0].years(), BTreeMap::from([(2024, 3)]));
        }
        assert_eq!(lookup(&data, "tide", 5).unwrap(), []);
    }

    #[test]
    fn what_is_typed_is_completed_with_a_rendering() {
        let (_folder, data) = open();
        let suggestion = |query: &str| suggest(&data, query, 99).unwrap().into_iter().next();
        let chinese = suggestion("shuiw").unwrap();
        assert_eq!((chinese.text.as_str(), chinese.rendering.as_deref()), ("水位", Some("water level")));
        let english = suggestion("water st").unwrap();
        assert_eq!((english.text.as_str(), english.rendering.as_deref()), ("water stage", Some("水位")));
        assert_eq!(suggestion(""), None);
    }
}
