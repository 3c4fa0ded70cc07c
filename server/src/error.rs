//! What can go wrong in the program.

use std::path::PathBuf;

/// What can go wrong in the program.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] corpus::store::Error),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] index::Error),
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
    /// Another process is writing.
    #[error("{folder} is being written by another policyglot; wait until it has finished, or give another --data")]
    Busy {
        /// The data folder.
        folder: PathBuf,
    },
    /// The worker process could not be started or died in an unexpected way.
    #[error("cannot start a worker process: {0}; check that the program may start itself")]
    Worker(std::io::Error),
    /// Input that cannot be used, with what to do.
    #[error("{0}")]
    Input(String),
}
