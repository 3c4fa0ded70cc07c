//! What can go wrong with an index.

use std::path::PathBuf;

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
        found: String,
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
    Engine(#[from] tantivy::TantivyError),
}

impl Error {
    /// Whether building the index again mends it.
    pub fn needs_rebuild(&self) -> bool {
        matches!(self, Self::Missing(_) | Self::Outdated { .. } | Self::Torn { .. })
    }
}
