//! How often an exact text stands in the index, without an answer being made of it.

use tantivy::{Searcher, TantivyError};

use super::exact::{Exact, PlacedTerm};
use crate::Index;
use crate::analysis::analyse;
use crate::error::Error;
use crate::schema::exact_terms;

impl Index {
    /// In how many documents a text stands exactly, counted up to `most`; deleted ones count until they are
    /// merged away.
    pub(crate) fn occurrences(&self, searcher: &Searcher, text: &str, most: u32) -> Result<u32, TantivyError> {
        let analysis = analyse(text);
        let mut count = 0;
        for fields in [self.fields.body, self.fields.title] {
            let terms = PlacedTerm::all(searcher, &exact_terms(&analysis, fields))?;
            for (number, segment) in searcher.segment_readers().iter().enumerate() {
                let Some(mut exact) = Exact::new(segment, number, &terms, false)? else { continue };
                let mut from = 0;
                while let Some((row, _)) = exact.next(from).filter(|_| count < most) {
                    count += 1;
                    from = row + 1;
                }
            }
        }
        Ok(count)
    }

    /// In how many documents a text can stand at most: as many as hold the rarest of its terms. It costs a look into
    /// the dictionary a term, where [`Index::document_frequency`] reads what documents hold.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn documents_at_most(&self, text: &str) -> Result<usize, Error> {
        let (searcher, analysis) = (self.searcher(), analyse(text));
        let mut count = 0;
        for fields in [self.fields.body, self.fields.title] {
            let terms = PlacedTerm::all(&searcher, &exact_terms(&analysis, fields))?;
            count += terms.iter().filter_map(PlacedTerm::documents).min().unwrap_or(0);
        }
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }
}
