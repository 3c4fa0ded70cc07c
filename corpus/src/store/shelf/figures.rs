//! How much the store holds, for whoever looks after it.

use super::{Error, ShelfFilter, ShelfState, Store, as_usize};
use crate::document::Language;

/// Documents of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageCounts {
    /// The language.
    pub language: Language,
    /// How many documents.
    pub documents: usize,
    /// How many sentences they have.
    pub sentences: usize,
}

/// How much the store holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Documents.
    pub documents: usize,
    /// Documents by what can be read of them; one may be in several states, and states that none is in are left out.
    pub states: Vec<(ShelfState, usize)>,
    /// Documents and sentences by language, the most frequent first.
    pub languages: Vec<LanguageCounts>,
    /// Pages.
    pub pages: usize,
    /// Pairs of documents.
    pub bitexts: usize,
    /// Concepts of the termbase, candidates included.
    pub concepts: usize,
    /// Targets.
    pub targets: usize,
    /// Watches, paused ones included.
    pub watches: usize,
    /// Watches that are paused.
    pub paused: usize,
    /// Alerts.
    pub alerts: usize,
    /// Deliveries on their way.
    pub waiting_deliveries: usize,
    /// Deliveries that were given up.
    pub dead_deliveries: usize,
    /// The document that was ingested last: when, RFC 3339.
    pub latest: Option<String>,
    /// The size of the database, in bytes.
    pub bytes: u64,
}

impl Store {
    /// How many pairs of documents there are.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn bitext_count(&self) -> Result<usize, Error> {
        let mut statement = self.connection.prepare_cached("SELECT count(*) FROM bitext")?;
        Ok(as_usize(statement.query_row([], |row| row.get(0))?))
    }

    /// How much the store holds, in time that grows with the number of documents and not with their text.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn figures(&self) -> Result<Figures, Error> {
        let facets = self.shelf_facets(&ShelfFilter::default())?;
        let count = |sql: &str| -> Result<usize, Error> {
            Ok(as_usize(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?))
        };
        let latest = self.connection.query_row("SELECT max(added) FROM shelf", [], |row| row.get(0))?;
        let bytes = count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")?;
        Ok(Figures {
            documents: count("SELECT count(*) FROM shelf")?,
            states: facets.states,
            languages: self.language_counts()?,
            pages: count("SELECT coalesce(sum(pages), 0) FROM shelf")?,
            bitexts: self.bitext_count()?,
            concepts: count("SELECT count(*) FROM concept")?,
            targets: count("SELECT count(*) FROM target")?,
            watches: count("SELECT count(*) FROM watch")?,
            paused: count("SELECT count(*) FROM watch WHERE paused")?,
            alerts: count("SELECT count(*) FROM alert")?,
            waiting_deliveries: count("SELECT count(*) FROM delivery WHERE state = 'pending'")?,
            dead_deliveries: count("SELECT count(*) FROM delivery WHERE state = 'dead'")?,
            latest,
            bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
        })
    }

    fn language_counts(&self) -> Result<Vec<LanguageCounts>, Error> {
        // The number of the last sentence of each document: the sentences themselves would be read to be counted.
        let mut statement = self.connection.prepare_cached(
            "SELECT language, count(*),
                coalesce(sum((SELECT max(ord) + 1 FROM sentence WHERE sentence.document = shelf.document)), 0)
             FROM shelf GROUP BY language ORDER BY 2 DESC, language",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(LanguageCounts {
                language: Language::from_code(&row.get::<_, String>(0)?),
                documents: as_usize(row.get(1)?),
                sentences: as_usize(row.get(2)?),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
