//! The subject fields of concepts.

use super::{Error, Store};

impl Store {
    /// The concepts that have a subject field, by number, each with it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn concept_subjects(&self) -> Result<Vec<(i64, String)>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, subject FROM concept WHERE subject IS NOT NULL ORDER BY id")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
