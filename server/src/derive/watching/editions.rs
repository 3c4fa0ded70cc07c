//! The edition of a standard that came before one.

use corpus::document::Document;
use corpus::store::Store;

use super::standards::Standard;
use crate::Error;

/// So many of the standards that one replaces are looked for.
const MOST_REPLACED: usize = 8;

/// The documents with text that are earlier editions of a standard, or standards that it says it replaces, in its
/// language: the best first, which is the last edition.
pub(super) fn earlier_editions(store: &Store, document: &Document) -> Result<Vec<i64>, Error> {
    let Some(record) = document.facts.standard.as_ref().filter(|record| !record.number.is_empty()) else {
        return Ok(Vec::new());
    };
    let own = Standard::read(&record.number);
    let replaced: Vec<Standard> =
        record.replaces.iter().take(MOST_REPLACED).map(|number| Standard::read(number)).collect();
    let is_earlier = |other: &Standard| match (&own.year, &other.year) {
        _ if *other == own => false,
        (Some(year), Some(before)) if own.number == other.number => before < year,
        _ => replaced.iter().any(|replaced| replaced.may_be(other)),
    };
    let mut found: Vec<(bool, Option<String>, i64)> = Vec::new();
    for standard in std::iter::once(&own).chain(&replaced) {
        for (id, number) in store.numbered_before(document.id, document.language, &standard.spaced)? {
            let other = Standard::read(&number);
            if is_earlier(&other) && !found.iter().any(|(_, _, known)| *known == id) {
                found.push((other.number == own.number, other.year, id));
            }
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    Ok(found.into_iter().map(|(_, _, id)| id).collect())
}
