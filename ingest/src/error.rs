//! What can go wrong in this crate.

/// The one error type of this crate; reading a PDF has its own, since it happens in another process.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes are not text in any encoding that is read.
    #[error(
        "this is not text in any encoding that is read; give a PDF, a DOCX, a web page, or text in UTF-8, UTF-16, GB18030 or Big5"
    )]
    NotText,
    /// The first bytes show another kind of file.
    #[error("this is {0}, which is not text; save it as a PDF or as text")]
    Binary(&'static str),
    /// A web page shows something else in place of text; says what, and what to do.
    #[error("{0}")]
    NoText(String),
}
