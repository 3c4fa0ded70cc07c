//! Standards in the store, by what their numbers begin with.

use rusqlite::params;

use crate::document::Language;
use crate::store::{Error, Store};

/// So many are given at most, the last to come in first.
const MOST: usize = 200;

impl Store {
    /// The documents with text in a language that came in before one and have a number that begins so, each with its
    /// number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn numbered_before(
        &self,
        document: i64,
        language: Language,
        begins: &str,
    ) -> Result<Vec<(i64, String)>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document, number FROM shelf
             WHERE document < ?1 AND language = ?2 AND has_text AND substr(number, 1, length(?3)) = ?3
             ORDER BY document DESC LIMIT ?4",
        )?;
        let limit = i64::try_from(MOST).unwrap_or(i64::MAX);
        let rows = statement
            .query_map(params![document, language.code(), begins, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
