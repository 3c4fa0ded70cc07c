//! The one place that knows SQL: a SQLite file for what was read and derived, and a folder for the files themselves.
//!
//! One process writes and any number read (WAL). What ingest commits is never lost; what is derived from it (bitexts,
//! beads, mined terms) is replaced as a whole, so that every step can be run again.

mod access;
mod bitext_marks;
mod bitexts;
mod candidates;
mod changes;
mod concordance;
mod corrections;
mod documents;
mod edits;
mod files;
mod instruments;
mod listed;
mod mentions;
mod ocr;
mod pairing;
mod put_off;
mod remining;
mod rendering_evidence;
mod results;
mod review;
mod routing;
mod schema;
mod shelf;
mod subjects;
mod termbase;
mod topics;
mod watches;
mod words;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

pub use bitext_marks::{BeadCounts, TermSeen};
pub use bitexts::Alignment;
pub use candidates::Origin;
pub use changes::{FoundChange, ToCompare};
pub use concordance::AboutDocument;
pub use documents::{Added, Pending};
pub use instruments::StoredLink;
pub use listed::{ListedTerm, Listing};
pub use mentions::{Seeking, ToSeek};
pub use ocr::{ForOcr, Waiting};
pub use pairing::{SaidBy, SaidOfPair, StandingPair};
pub use remining::{Remining, TermChange, TermChangeKind};
pub use results::{Brief, BriefFacts};
pub use review::{QueueCounts, QueueFilter, QueueOrder, WaitingPair};
pub use shelf::{
    Figures, FoundTarget, LanguageCounts, ShelfDocument, ShelfFacets, ShelfFilter, ShelfOrder, ShelfState,
    TargetFacets, TargetFilter,
};
pub use termbase::Lookup;
pub use watches::WatchTally;

#[cfg(test)]
mod bitext_tests;
#[cfg(test)]
mod change_tests;
#[cfg(test)]
mod tests;

/// What can go wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite refused.
    #[error("the store {path} failed: {source}; check the disk and its permissions")]
    Sql {
        /// The database file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// A file could not be read or written.
    #[error("cannot {action} {path}: {source}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The store was written by a later version of the program.
    #[error("the store {path} has schema version {found}, this program knows up to {known}; use a newer policyglot")]
    TooNew {
        /// The database file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The latest that is known here.
        known: u32,
    },
    /// Stored JSON could not be read back or made.
    #[error("stored data could not be converted: {0}; run `policyglot doctor` or ingest the document again")]
    Json(#[from] serde_json::Error),
    /// A reader's beads cannot stand in their bitext.
    #[error("the beads cannot be set so: {0}")]
    Beads(&'static str),
    /// An edit of the termbase cannot be done; says why and what to do.
    #[error("the termbase was not changed: {0}")]
    Edit(String),
    /// A page that an OCR engine read could not be compressed, or read back.
    #[error("a stored page could not be unpacked: {0}; run `policyglot reocr --all`")]
    Packed(std::io::Error),
}

impl From<rusqlite::Error> for Error {
    fn from(source: rusqlite::Error) -> Self {
        Self::Sql { path: PathBuf::from("policyglot.db"), source }
    }
}

/// An open store.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    folder: PathBuf,
}

impl Store {
    /// The name of the database file in the data folder.
    pub const FILE: &'static str = "policyglot.db";

    /// A number that is another one whenever another connection has changed the store since it was asked for last. It
    /// can be compared with what the same connection said before, and with nothing else.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn data_version(&self) -> Result<i64, Error> {
        Ok(self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Opens the store in a data folder, making or migrating it as needed.
    ///
    /// # Errors
    /// When the folder cannot be written, or the store is of a later version than this program.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(|source| Error::Io {
            action: "make the data folder",
            path: folder.to_owned(),
            source,
        })?;
        let path = folder.join(Self::FILE);
        let mut connection = Connection::open(&path).map_err(|source| Error::Sql { path: path.clone(), source })?;
        connection.busy_timeout(Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // Without this, statements are prepared anew for each value that is bound, in the hope of a better plan for it.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        schema::migrate(&mut connection, &path)?;
        Ok(Self { connection, folder: folder.to_owned() })
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
