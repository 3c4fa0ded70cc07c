//! What can go wrong in this crate.

/// The one error type of this crate; reading a PDF has its own, since it happens in another process.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes are not text in any encoding that is read.
    #[error("{0} is not text: give a PDF, or text in UTF-8, UTF-16 or GB18030")]
    NotText(String),
}
