//! Which documents are one result: those of one policy or standard.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use crate::Error;
use crate::data::Data;

/// The documents of instruments of several documents with their instruments, as they were when somebody last asked.
#[derive(Debug, Default)]
pub(crate) struct Groups(RwLock<Option<Known>>);

#[derive(Clone, Debug)]
struct Known {
    version: i64,
    by_document: Arc<HashMap<i64, i64>>,
}

/// Each document of an instrument of several with its instrument, as the store has them now. They are read anew only
/// when an instrument has changed.
pub(super) fn groups(data: &Data) -> Result<Arc<HashMap<i64, i64>>, Error> {
    data.with_store(|store| {
        // The version first: what changes in between is read again the next time.
        let version = store.grouping_version()?;
        let known = data.groups.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| known.version == version) {
            return Ok(known.by_document);
        }
        let by_document = Arc::new(store.instrument_by_document()?);
        let known = Known { version, by_document: Arc::clone(&by_document) };
        *data.groups.0.write().unwrap_or_else(PoisonError::into_inner) = Some(known);
        Ok(by_document)
    })
}
