//! Topics: documents and passages classed under a taxonomy that anyone can edit.
//!
//! [`read_taxonomy`] reads the taxonomy file, [`Classifier`] finds its terms in a document. Terms are compared in one
//! canonical form (`canonical`), in which letter case, plural endings, hyphens and script make no difference. A
//! passage has a class when the terms found in it are proof enough; a document has it when enough of its passages, or
//! its title and headings, have it.

mod canonical;
mod classifier;
mod document;
mod order;
mod passage;
mod reader;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use corpus::document::ReadDocument;
use corpus::topic::{Taxonomy, TopicClass};
use sha2::{Digest as _, Sha256};

pub use classifier::Classifier;
pub use reader::{Problem, read_taxonomy};

/// The taxonomy that the program comes with, as a file to be copied and edited.
pub const BUILT_IN: &str = include_str!("taxonomy.ini");

/// Changed whenever the same taxonomy gives other classes, so that documents are classed anew.
const VERSION: u32 = 1;

/// The taxonomy that the program comes with.
pub fn built_in() -> &'static Taxonomy {
    // A test sees to it that there is no problem in it.
    static TAXONOMY: LazyLock<Taxonomy> = LazyLock::new(|| read_taxonomy(BUILT_IN).unwrap_or_default());
    &TAXONOMY
}

/// What a taxonomy file and this way of classing are known by: with the same, documents have the same classes.
pub fn fingerprint(file: &str) -> String {
    let hash = Sha256::digest(file.as_bytes());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{VERSION}-{hash}")
}

/// The classes of one document, in the order of the taxonomy.
pub fn classes(document: &ReadDocument, taxonomy: &Taxonomy) -> Vec<TopicClass> {
    Classifier::new(taxonomy).classify(document).document
}
