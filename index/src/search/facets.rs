//! What documents are, in numbers.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::TantivyError;
use tantivy::columnar::StrColumn;

use super::filters::{Facet, Filtered};
use super::rows::{RowSet, SegmentRows};
use super::{FacetCount, Facets};

/// Counts over segments.
#[derive(Default)]
pub(super) struct Counter {
    languages: HashMap<String, usize>,
    kinds: HashMap<String, usize>,
    issuers: HashMap<String, usize>,
    topics: HashMap<String, usize>,
    statuses: HashMap<String, usize>,
    standards: HashMap<String, usize>,
    committees: HashMap<String, usize>,
    years: HashMap<u32, usize>,
}

impl Counter {
    /// Counts the documents of a segment, those of each facet without regard to what is chosen of it.
    pub(super) fn add(&mut self, rows: &SegmentRows, passing: &Filtered) -> Result<(), TantivyError> {
        let columns = rows.columns();
        count_values(columns.language.as_ref(), passing.but_for(Facet::Language), &mut self.languages)?;
        count_values(columns.kind.as_ref(), passing.but_for(Facet::Kind), &mut self.kinds)?;
        count_values(columns.issuer.as_ref(), passing.but_for(Facet::Issuer), &mut self.issuers)?;
        count_values(columns.topic.as_ref(), passing.but_for(Facet::Topic), &mut self.topics)?;
        count_values(columns.status.as_ref(), passing.but_for(Facet::Status), &mut self.statuses)?;
        count_values(columns.standard.as_ref(), passing.but_for(Facet::Standard), &mut self.standards)?;
        count_values(columns.committee.as_ref(), passing.but_for(Facet::Committee), &mut self.committees)?;
        let documents = passing.but_for(Facet::Year);
        for date in documents.iter().map(|row| rows.date(row)).filter(|&date| date > 0) {
            *self.years.entry(date / 10_000).or_default() += 1;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Facets {
        let mut years: Vec<_> = self.years.into_iter().collect();
        years.sort_unstable_by_key(|&(year, _)| Reverse(year));
        Facets {
            languages: by_count(self.languages),
            kinds: by_count(self.kinds),
            issuers: by_count(self.issuers),
            topics: by_count(self.topics),
            statuses: by_count(self.statuses),
            standards: by_count(self.standards),
            committees: by_count(self.committees),
            years: years.into_iter().map(|(year, count)| FacetCount { value: year.to_string(), count }).collect(),
        }
    }
}

fn by_count(counts: HashMap<String, usize>) -> Vec<FacetCount> {
    let mut counts: Vec<_> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}

/// Counts the values of a field of words, each once for a document.
fn count_values(
    column: Option<&StrColumn>,
    documents: &RowSet,
    counts: &mut HashMap<String, usize>,
) -> Result<(), TantivyError> {
    let Some(column) = column.filter(|column| column.num_terms() > 0) else { return Ok(()) };
    let mut by_number = vec![0_usize; column.num_terms()];
    for row in documents.iter() {
        for number in column.term_ords(row) {
            if let Some(count) = by_number.get_mut(usize::try_from(number).unwrap_or(usize::MAX)) {
                *count += 1;
            }
        }
    }
    let mut value = String::new();
    for (number, count) in by_number.into_iter().enumerate().filter(|&(_, count)| count > 0) {
        value.clear();
        column.ord_to_str(number as u64, &mut value)?;
        *counts.entry(value.clone()).or_default() += count;
    }
    Ok(())
}
