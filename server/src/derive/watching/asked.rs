//! What a watch looks for, as a query.

use std::collections::HashSet;

use corpus::document::Language;
use corpus::facts::DocumentKind;
use corpus::store::ListedTerm;
use corpus::term::Status;
use corpus::text::normalise::normal_form;
use corpus::watch::Subject;
use index::query::{Field, Query, parse};

use crate::derive::LEAST_CONFIDENCE;
use crate::search::{AlsoSearched, widen_by_termbase};
use crate::terms::cached::Termbase;

/// So many designations of a concept are watched.
const MOST_DESIGNATIONS: usize = 64;

/// What a watch looks for, as of the termbase that it was made with.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) query: Query,
    /// The renderings that meet a query as well.
    pub(super) also: Vec<AlsoSearched>,
    /// The designations of the termbase that meet it.
    pub(super) renderings: Vec<String>,
}

/// What a subject looks for in texts, topics and other facts of documents; `None` where it looks for nothing, and for
/// those that are not met by a query: issuers, standards and renderings.
pub(super) fn asked(base: &Termbase, subject: &Subject) -> Option<Asked> {
    match subject {
        Subject::Query(query) => {
            let (query, also) = widen_by_termbase(base, &parse(query).query?.strict());
            let renderings = also.iter().flat_map(|also| &also.renderings).map(|one| one.text.clone()).collect();
            Some(Asked { query, also, renderings })
        }
        Subject::Concept(concept) => {
            let renderings = designations(base.terms.of(*concept));
            let query = Query::Or(renderings.iter().cloned().map(Query::Text).collect());
            (!renderings.is_empty()).then_some(Asked { query, also: Vec::new(), renderings })
        }
        Subject::Topic(topic) => {
            let query = Query::Field { field: Field::Topic, text: topic.clone() };
            Some(Asked { query, also: Vec::new(), renderings: Vec::new() })
        }
        Subject::Issuer(_) | Subject::Standard(_) | Subject::Rendering(_) => None,
    }
}

/// What a concept is called in either language, each once: what is reviewed, and candidates that are sure enough.
fn designations(terms: &[ListedTerm]) -> Vec<String> {
    let is_sure = |term: &&ListedTerm| term.status != Status::Candidate || term.confidence >= LEAST_CONFIDENCE;
    let mut seen = HashSet::new();
    let texts = terms.iter().filter(is_sure).map(|term| term.text.clone());
    texts.filter(|text| seen.insert(normal_form(text))).take(MOST_DESIGNATIONS).collect()
}

/// The query for documents in these languages and of these kinds only.
pub(super) fn limited(query: Query, languages: &[Language], kinds: &[DocumentKind]) -> Query {
    let any = |field: Field, values: Vec<&'static str>| {
        let one = |value: &'static str| Query::Field { field, text: value.to_owned() };
        Query::or(values.into_iter().map(one).collect())
    };
    let mut parts = vec![query];
    if !languages.is_empty() {
        parts.push(any(Field::Language, languages.iter().map(|language| language.code()).collect()));
    }
    if !kinds.is_empty() {
        parts.push(any(Field::Kind, kinds.iter().map(|kind| kind.name()).collect()));
    }
    Query::and(parts)
}
