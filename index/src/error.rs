//! What can go wrong with an index.

use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::OpenWriteError;

/// What can go wrong with an index. An index holds nothing of its own: it can always be built again from the store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no index in the folder.
    #[error("no index in {0}; build it with `policyglot reindex`")]
    Missing(PathBuf),
    /// The index was written in another form.
    #[error(
        "the index in {folder} has form {found}, this program reads form {wanted}; build it again with `policyglot reindex`"
    )]
    Outdated {
        /// The folder.
        folder: PathBuf,
        /// The form that is there.
        found: u32,
        /// The form that this program reads.
        wanted: u32,
    },
    /// The index is damaged.
    #[error("the index in {folder} is damaged ({reason}); build it again with `policyglot reindex`")]
    Torn {
        /// The folder.
        folder: PathBuf,
        /// What was found wrong.
        reason: String,
    },
    /// Another process is writing.
    #[error("another process is writing the index in {0}; try again when it is done")]
    Busy(PathBuf),
    /// The folder holds something that is not an index.
    #[error("{0} holds files that are not an index; choose another folder")]
    Occupied(PathBuf),
    /// The index cannot be written: the disk is full, or the folder is protected.
    #[error("cannot write the index in {folder} ({reason}); mend that and run it again, nothing is lost")]
    Unwritten {
        /// The folder.
        folder: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The folder cannot be read or written.
    #[error("cannot use the index folder {folder}")]
    Io {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The watches do not fit into one automaton.
    #[error("there are too many watches, or too long ones, to match at once; remove some")]
    TooManyWatches,
    /// The engine failed.
    #[error("the search engine failed")]
    Engine(#[from] TantivyError),
}

impl Error {
    /// Whether building the index again mends it.
    pub fn needs_rebuild(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::Outdated { .. } | Self::Torn { .. })
    }

    /// What is wrong with an index that is to be built again, in a few words.
    pub fn reason(&self) -> String {
        match self {
            Self::Missing(_) => "there is none, or it was not finished".to_owned(),
            Self::Outdated { found, wanted, .. } => format!("it has form {found}, this program reads form {wanted}"),
            Self::Torn { reason, .. } => format!("it is damaged: {reason}"),
            other => other.to_string(),
        }
    }

    /// What went wrong while an index was written.
    pub(crate) fn unwritten(folder: &Path, error: &TantivyError) -> Self {
        let reason = match error {
            TantivyError::IoError(error) => error.to_string(),
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, .. }) => io_error.to_string(),
            other => other.to_string(),
        };
        Self::Unwritten { folder: folder.to_owned(), reason }
    }
}
