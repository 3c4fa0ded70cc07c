//! Why a page could not be drawn.

/// Why there is no picture of a page.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    /// Encrypted, and neither the empty password nor the given one opens it.
    #[error("the file is encrypted: give its password")]
    PasswordNeeded,
    /// Encrypted in a way that is not supported.
    #[error("the file's encryption cannot be undone: save a copy without encryption")]
    UnknownEncryption,
    /// No PDF, or one of which nothing can be had.
    #[error("the file is damaged: fetch it again or repair it, with qpdf for example")]
    Damaged,
    /// There is no such page.
    #[error("there is no page {page}: the file has {count} pages that can be drawn")]
    NoSuchPage {
        /// The page asked for, counted from 1.
        page: u32,
        /// How many there are.
        count: usize,
    },
    /// A picture of the page would be too large.
    #[error("page {page} is too large to draw at {dpi} dpi ({width} x {height} pixels): ask for less")]
    TooLarge {
        /// The page, counted from 1.
        page: u32,
        /// Pixels to the inch, rounded.
        dpi: u32,
        /// Width in pixels.
        width: u64,
        /// Height in pixels.
        height: u64,
    },
}
