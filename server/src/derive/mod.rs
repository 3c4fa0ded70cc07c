//! What follows from the documents in the store: topics, the index, bitexts with their beads and terms, instruments,
//! alerts.
//!
//! Every step takes the documents that it has not reached yet, can stop anywhere and be run again, and gives the same
//! result. So a crash costs nothing but time.

mod aligning;
mod grouping;
mod indexing;
mod pairing;
mod topics;
mod watching;

use std::path::Path;

use crate::Error;
use crate::data::Data;

pub(crate) use indexing::{date_of, index_pending};
pub use indexing::{facts_of, open_index};
pub use pairing::pair_by_hand;
pub(crate) use topics::taxonomy_for_names;
pub use topics::{FILE as TAXONOMY_FILE, InUse, taxonomy_in_use, taxonomy_of};
pub use watching::{AddedWatch, add_watch};

/// How much was derived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Derived {
    /// Documents that were classed under topics.
    pub classed: usize,
    /// Documents that were put into the index.
    pub indexed: usize,
    /// Documents that were paired.
    pub bitexts: usize,
    /// Term pairs that were mined from them.
    pub terms: usize,
    /// Instruments of which several documents are there, among those that were looked at anew.
    pub instruments: usize,
    /// Alerts that were made.
    pub alerts: usize,
}

/// A candidate is searched for in both languages, and watched, from this confidence on.
pub(crate) const LEAST_CONFIDENCE: f32 = 0.5;

/// Derives what is missing. `manifest` names language versions; `progress` is told the step that begins.
///
/// # Errors
/// When the store, the index or the manifest fails.
pub fn derive(data: &Data, manifest: Option<&Path>, progress: &dyn Fn(&str)) -> Result<Derived, Error> {
    // Search and watches ask for topics, so these come first.
    progress("classing under topics");
    let classed = topics::class_pending(data)?;
    progress("indexing");
    let indexed = index_pending(data)?;
    progress("pairing and aligning");
    let (bitexts, terms) = pairing::pair_pending(data, manifest)?;
    progress("grouping");
    let instruments = grouping::group_pending(data)?;
    progress("matching watches");
    let alerts = watching::match_pending(data)?;
    Ok(Derived { classed, indexed, bitexts, terms, instruments, alerts })
}
