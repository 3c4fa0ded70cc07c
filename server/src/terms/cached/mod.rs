//! The termbase in memory, kept in step with the store.
//!
//! Whoever asks gets the termbase as the store has it at that moment. Where nothing has changed that takes no work; a few
//! changed concepts are put in place of what was known, and only after many is all made anew. Requests that were
//! answered before keep what they have.

mod terms;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use corpus::store::{ListedTerm, Listing};
use index::terms::{Lookup, Marker};

use crate::Error;
use crate::data::Data;

pub use terms::Terms;

/// Candidates that are less sure are not marked in texts, unless all are asked for.
const LEAST_MARKED: f32 = 0.5;
/// Candidates that are less sure are never shown.
const LEAST_SHOWN: f32 = 0.2;
/// Once so many concepts have changed, all is made anew.
const MOST_CHANGED: usize = 2000;

/// The designations that are shown, ready to be looked up and to be found in texts.
#[derive(Debug, Default)]
pub struct Termbase {
    version: i64,
    /// For look-up.
    pub lookup: Lookup,
    /// The designations.
    pub terms: Terms,
    marker: OnceLock<Marker>,
    marker_of_all: OnceLock<Marker>,
}

impl Termbase {
    /// A termbase of these designations.
    pub fn new(version: i64, terms: Vec<ListedTerm>) -> Self {
        let lookup = Lookup::new(&terms);
        Self { version, lookup, terms: Terms::new(terms), ..Self::default() }
    }

    /// For marking: what is reviewed, and candidates that are sure enough. Made when it is first asked for.
    pub fn marker(&self) -> &Marker {
        self.marker.get_or_init(|| Marker::of(self.terms.iter(), LEAST_MARKED))
    }

    /// For marking: all that is shown. Made when it is first asked for.
    pub fn marker_of_all(&self) -> &Marker {
        self.marker_of_all.get_or_init(|| Marker::of(self.terms.iter(), LEAST_SHOWN))
    }

    /// The termbase with what is known now of some concepts.
    fn replaced(&self, version: i64, concepts: &[i64], terms: &[ListedTerm]) -> Self {
        let mut own = self.terms.clone();
        own.replace(concepts, terms);
        if own.changed() > MOST_CHANGED {
            return Self::new(version, own.iter().cloned().collect());
        }
        let mut lookup = self.lookup.clone();
        lookup.replace(concepts, terms);
        let marker = |marker: &OnceLock<Marker>| {
            let replaced = marker.get().map(|marker| {
                let mut marker = marker.clone();
                marker.replace(concepts, terms);
                marker
            });
            replaced.map_or_else(OnceLock::new, OnceLock::from)
        };
        let (marker, marker_of_all) = (marker(&self.marker), marker(&self.marker_of_all));
        Self { version, lookup, terms: own, marker, marker_of_all }
    }
}

/// The termbase as it was when somebody last asked, if anybody has.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    last: RwLock<Option<Arc<Termbase>>>,
    /// Held by who makes the next, so that no work is done twice.
    making: Mutex<()>,
}

impl Cache {
    fn last(&self) -> Option<Arc<Termbase>> {
        self.last.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The termbase as it is now.
///
/// # Errors
/// When the store cannot be read.
pub fn termbase(data: &Data) -> Result<Arc<Termbase>, Error> {
    let version = data.with_store(|store| Ok(store.termbase_version()?))?;
    let is_current = |last: &Arc<Termbase>| last.version == version;
    if let Some(last) = data.termbase.last().filter(is_current) {
        return Ok(last);
    }
    let _making = data.termbase.making.lock().unwrap_or_else(PoisonError::into_inner);
    // While this waited, another may have made it.
    let last = data.termbase.last();
    if let Some(last) = last.as_ref().filter(|last| is_current(last)) {
        return Ok(Arc::clone(last));
    }
    let since = last.as_ref().map(|last| last.version);
    let listing = data.with_store(|store| Ok(store.listed_terms(since)?))?;
    let next = Arc::new(next(last.as_deref(), listing));
    *data.termbase.last.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&next));
    Ok(next)
}

fn next(last: Option<&Termbase>, listing: Listing) -> Termbase {
    match (last, listing.changed) {
        (Some(last), Some(changed)) => last.replaced(listing.version, &changed, &listing.terms),
        _ => Termbase::new(listing.version, listing.terms),
    }
}
