//! In which years and by which issuers the designations of a concept were used.

use std::collections::{BTreeMap, HashMap};

use corpus::facts::Agency;
use corpus::store::Store;

use crate::Error;
use crate::derive::date_of;

/// How often a designation was used in a document, and what the document is.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// The designation's row.
    pub term: i64,
    /// The document.
    pub document: i64,
    /// In how many places.
    pub count: u32,
    /// When the document was issued, as far as is known: `2025`, `2025-06` or `2025-06-18`.
    pub date: Option<String>,
    /// Who issued it.
    pub issuers: Vec<Agency>,
}

impl Use {
    /// The year of the document.
    pub fn year(&self) -> Option<u16> {
        self.date.as_deref().and_then(|date| date.get(..4)).and_then(|year| year.parse().ok())
    }
}

/// When documents were issued and by whom, read once each.
#[derive(Debug, Default)]
pub struct Documents {
    known: HashMap<i64, (Option<String>, Vec<Agency>)>,
}

impl Documents {
    /// In which documents the designations of a concept were used, and how often.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn uses(&mut self, store: &Store, concept: i64) -> Result<Vec<Use>, Error> {
        let mut uses = Vec::new();
        for used in store.term_uses(concept)?.into_iter().filter(|used| used.count > 0) {
            let (date, issuers) = self.of(store, used.document)?;
            uses.push(Use { term: used.term, document: used.document, count: used.count, date, issuers });
        }
        Ok(uses)
    }

    fn of(&mut self, store: &Store, document: i64) -> Result<(Option<String>, Vec<Agency>), Error> {
        if let Some(known) = self.known.get(&document) {
            return Ok(known.clone());
        }
        let facts = store.document(document)?.map(|document| document.facts);
        let of = facts.map_or((None, Vec::new()), |facts| (date_of(&facts), facts.issuers));
        self.known.insert(document, of.clone());
        Ok(of)
    }
}

/// How often a designation was used, year by year; documents without a date are left out.
pub fn by_year<'a>(uses: impl Iterator<Item = &'a Use>) -> BTreeMap<u16, u32> {
    let mut years = BTreeMap::new();
    for used in uses {
        if let Some(year) = used.year() {
            let count: &mut u32 = years.entry(year).or_default();
            *count = count.saturating_add(used.count);
        }
    }
    years
}

/// The first and the last date at which a designation was used.
pub fn span<'a>(uses: impl Iterator<Item = &'a Use>) -> Option<(&'a str, &'a str)> {
    let mut span: Option<(&str, &str)> = None;
    for date in uses.filter_map(|used| used.date.as_deref()) {
        let (first, last) = span.unwrap_or((date, date));
        span = Some((first.min(date), last.max(date)));
    }
    span
}

/// How often each issuer used each designation: by issuer and row, the issuer that used them most first. A document of
/// several issuers counts for each of them.
pub fn by_issuer(uses: &[Use]) -> Vec<(Agency, BTreeMap<i64, u32>)> {
    let mut issuers: BTreeMap<&str, (&Agency, BTreeMap<i64, u32>)> = BTreeMap::new();
    for used in uses {
        for agency in &used.issuers {
            let (_, counts) = issuers.entry(&agency.id).or_insert_with(|| (agency, BTreeMap::new()));
            let count = counts.entry(used.term).or_default();
            *count = count.saturating_add(used.count);
        }
    }
    let mut issuers: Vec<_> = issuers.into_values().map(|(agency, counts)| (agency.clone(), counts)).collect();
    let most = |counts: &BTreeMap<i64, u32>| counts.values().fold(0_u32, |sum, count| sum.saturating_add(*count));
    issuers.sort_by(|(a, of_a), (b, of_b)| most(of_b).cmp(&most(of_a)).then_with(|| a.id.cmp(&b.id)));
    issuers
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(term: i64, date: Option<&str>, count: u32, issuers: &[&str]) -> Use {
        let agency =
            |id: &&str| Agency { id: (*id).to_owned(), name_en: None, name_zh: None, abbreviations: Vec::new() };
        let issuers = issuers.iter().map(agency).collect();
        Use { term, document: 1, count, date: date.map(str::to_owned), issuers }
    }

    #[test]
    fn uses_are_summed_by_year_and_by_issuer() {
        let uses = [
            used(1, Some("2025-06-18"), 3, &["MOW"]),
            used(1, Some("2025"), 2, &["MOW", "RIV"]),
            used(2, Some("2023-01"), 4, &["RIV"]),
            used(2, None, 9, &[]),
        ];
        assert_eq!(by_year(uses.iter()), BTreeMap::from([(2023, 4), (2025, 5)]));
        assert_eq!(span(uses.iter()), Some(("2023-01", "2025-06-18")));
        let issuers = by_issuer(&uses);
        let issuers: Vec<_> = issuers.iter().map(|(agency, counts)| (agency.id.as_str(), counts.len())).collect();
        assert_eq!(issuers, [("RIV", 2), ("MOW", 1)]);
    }
}
