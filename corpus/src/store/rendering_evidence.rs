//! Where one rendering was seen, for a reviewer who has to decide on it.

use super::{Error, Store};
use crate::term::Evidence;

impl Store {
    /// Where a designation in English was seen: definitions and glosses first, then one place of each bitext before
    /// the next of any, so that few places come from many documents.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rendering_evidence(&self, en_term: i64, limit: usize) -> Result<Vec<Evidence>, Error> {
        self.read_evidence("pair.en_term = ?1", "sighting.ord, pair.id", en_term, limit)
    }
}
