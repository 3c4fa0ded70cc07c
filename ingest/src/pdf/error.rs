//! Why no text at all came out of a file.

/// Why a file could not be read. Whatever can be read in spite of damage is not an error but a warning.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    /// No bytes.
    #[error("the file is empty: fetch it again")]
    Empty,
    /// Some other kind of file.
    #[error("not a PDF but {found}: convert it to PDF, or give it to the reader for that format")]
    NotPdf {
        /// What the first bytes look like.
        found: &'static str,
    },
    /// Encrypted, and neither the empty password nor the given one opens it.
    #[error("the file is encrypted: give its password")]
    PasswordNeeded,
    /// Encrypted in a way that is not supported.
    #[error("the file's encryption cannot be undone ({0}): save a copy without encryption")]
    UnknownEncryption(String),
    /// A PDF of which nothing can be had.
    #[error("the file is damaged ({0}): fetch it again or repair it, with qpdf for example")]
    Damaged(String),
}
