//! Pairs that are known well enough to be looked for elsewhere.

use serde::{Deserialize, Serialize};

/// A pair of designations that a document, a person or a file gives, or that mining holds for more likely than not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct KnownPair {
    /// The Chinese designation.
    pub zh: String,
    /// The English one.
    pub en: String,
    /// Whether it is beyond doubt, and not only likely.
    pub sure: bool,
}
