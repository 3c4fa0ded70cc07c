//! What store and index hold, counted.

use crate::Error;
use crate::data::Data;

/// What store and index hold.
pub(crate) struct Holdings {
    pub(super) documents: usize,
    pub(super) sentences: usize,
    pub(super) concepts: usize,
    pub(super) watches: usize,
    pub(super) alerts: usize,
    /// Deliveries by the name of their state.
    pub(super) deliveries: [(&'static str, usize); 3],
    /// When a document was last added.
    pub(super) latest: Option<jiff::Timestamp>,
    pub(super) segments: usize,
    pub(super) index_bytes: u64,
    pub(super) store_bytes: u64,
}

impl Holdings {
    /// Counts what a data folder holds.
    ///
    /// # Errors
    /// When the store or the index cannot be read.
    pub(crate) fn of(data: &Data) -> Result<Self, Error> {
        let (figures, deliveries) = data.with_store(|store| Ok((store.figures()?, store.delivery_counts()?)))?;
        Ok(Self {
            documents: figures.documents,
            sentences: figures.languages.iter().map(|counts| counts.sentences).sum(),
            concepts: figures.concepts,
            watches: figures.watches,
            alerts: figures.alerts,
            deliveries: [
                ("pending", deliveries.pending),
                ("delivered", deliveries.delivered),
                ("dead", deliveries.dead),
            ],
            latest: figures.latest.and_then(|latest| latest.parse().ok()),
            segments: data.index.size()?.segments,
            index_bytes: bytes_in(&data.folder().join("index")),
            store_bytes: figures.bytes,
        })
    }
}

/// The size of the files in a folder, in bytes: the index has no folders in its own.
fn bytes_in(folder: &std::path::Path) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}
