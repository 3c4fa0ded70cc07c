//! Across languages: a query that holds a term also finds its renderings.

use corpus::store::Store;
use index::query::Query;

use super::AlsoSearched;
use crate::Error;

/// The query with renderings of its terms in the other language, and which they are.
pub(crate) fn widen(store: &Store, query: &Query, least_confidence: f32) -> Result<(Query, Vec<AlsoSearched>), Error> {
    let failure = std::cell::RefCell::new(None);
    let lookup = |text: &str| match store.renderings(text, least_confidence) {
        Ok(renderings) => renderings,
        Err(error) => {
            failure.borrow_mut().get_or_insert(error);
            Vec::new()
        }
    };
    let (query, expansions) = query.expand(&lookup);
    if let Some(error) = failure.into_inner() {
        return Err(error.into());
    }
    let also = expansions.into_iter().map(|expansion| AlsoSearched { term: expansion.of, renderings: expansion.added });
    Ok((query, also.collect()))
}
