//! What follows from the documents in the store: topics, the index, bitexts with their beads and terms, instruments,
//! alerts.
//!
//! Every step takes the documents that it has not reached yet, can stop anywhere and be run again, and gives the same
//! result. So a crash costs nothing but time.

mod aligning;
mod grouping;
mod indexing;
mod mentions;
mod pairing;
mod topics;
mod watching;

use std::path::Path;

use self::aligning::mine_pending;
use crate::Error;
use crate::data::Data;

pub use aligning::{MinedAnew, realign_bitext, remine};
pub(crate) use indexing::{date_of, date_of_dates, index_pending, open_index};
pub use indexing::{facts_of, rebuild_index};
pub use pairing::{Explained, explain_pair, forget_pair, say_of_pair};
pub(crate) use topics::taxonomy_for_names;
pub use topics::{FILE as TAXONOMY_FILE, InUse, taxonomy_in_use, taxonomy_of};
pub use watching::{AddedWatch, Commonness, Tried, TriedDocument, add_watch, edit_watch, try_watch, usual_since};
pub(crate) use watching::{Cache as WatchCache, WatchFault, WatchField, check_watch, commonness, widening};

/// How much was derived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Derived {
    /// Documents that were classed under topics.
    pub classed: usize,
    /// Documents that were put into the index.
    pub indexed: usize,
    /// Documents that were paired.
    pub bitexts: usize,
    /// Bitexts that were aligned and mined: those that are new, and those that waited.
    pub mined: usize,
    /// Term pairs that were mined from them.
    pub terms: usize,
    /// Term pairs that were found in documents without a counterpart since they are known from elsewhere.
    pub mentions: usize,
    /// Beads of readers that could not be applied, since sentences of theirs are not there any more.
    pub lost_corrections: usize,
    /// Instruments of which several documents are there, among those that were looked at anew.
    pub instruments: usize,
    /// Alerts that were made.
    pub alerts: usize,
}

/// A candidate is searched for in both languages, and watched, from this confidence on.
///
/// Confidence is that of a term worth keeping; on texts with gold, of the pairs above 0.2 whose Chinese is a term, nine
/// of ten and more have the right rendering.
pub(crate) const LEAST_CONFIDENCE: f32 = 0.3;

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
    progress("pairing");
    let bitexts = pairing::pair_pending(data, manifest)?;
    progress("aligning and mining");
    let mined = mine_pending(data, &|done, total| progress(&format!("aligning and mining: {done} of {total}")))?;
    progress("grouping");
    let instruments = grouping::group_pending(data)?;
    progress("matching watches");
    let alerts = watching::match_pending(data)?;
    progress("comparing renderings");
    let alerts = alerts + crate::terms::changes::compare_renderings(data)?;
    let MinedAnew { bitexts: mined, terms, mentions, lost_corrections } = mined;
    Ok(Derived { classed, indexed, bitexts, mined, terms, mentions, lost_corrections, instruments, alerts })
}
