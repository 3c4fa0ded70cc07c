//! Documents into the search index.

use std::path::Path;

use corpus::document::Document;
use corpus::facts::{DateKind, DatedFact, Facts};
use corpus::store::{Pending, Store};
use corpus::topic::Taxonomy;
use index::{DocumentFacts, Index, Passage, PassageDocument};

use crate::Error;
use crate::data::Data;

/// Documents between two commits of the index: a commit costs some milliseconds and a segment.
const BATCH: usize = 500;

/// Opens the index of a data folder. One that is missing, torn or of another version is begun anew, and every document
/// of the store waits to be put into it: the second value says so.
///
/// # Errors
/// When the index or the store cannot be written.
pub fn open_index(folder: &Path, store: &mut Store) -> Result<(Index, bool), Error> {
    // Two processes that come to a new folder at once must not both make the index: the second waits here.
    let path = folder.join("opening");
    let failed = |source| Error::Io { action: "open", path: path.clone(), source };
    let gate = std::fs::File::options().create(true).write(true).truncate(false).open(&path).map_err(failed)?;
    gate.lock().map_err(failed)?;
    let place = folder.join("index");
    match Index::open(&place) {
        Err(error) if error.needs_rebuild() => {
            if store.document_count()? > 0 {
                tracing::warn!("the search index is built anew: {error}");
            }
            store.mark_all_pending(Pending::Index)?;
            Ok((Index::create(&place)?, true))
        }
        opened => Ok((opened?, false)),
    }
}

/// Puts documents into the index that are not in it; how many.
pub(crate) fn index_pending(data: &Data) -> Result<usize, Error> {
    let pending = data.with_store(|store| Ok(store.pending(Pending::Index)?))?;
    if pending.is_empty() {
        return Ok(0);
    }
    let taxonomy = super::taxonomy_for_names(data.folder());
    let mut writer = data.index.writer()?;
    for batch in pending.chunks(BATCH) {
        for id in batch {
            if let Some(document) = data.with_store(|store| passages(store, &taxonomy, *id))? {
                writer.add(&document)?;
            }
        }
        // The index first: a crash in between only adds the same documents again, in place of themselves.
        writer.commit()?;
        data.with_store(|store| Ok(store.mark_done(Pending::Index, batch)?))?;
    }
    Ok(pending.len())
}

fn passages(store: &Store, taxonomy: &Taxonomy, id: i64) -> Result<Option<PassageDocument>, Error> {
    let Some(document) = store.document(id)? else { return Ok(None) };
    let blocks = store.blocks(id)?.into_iter().enumerate();
    let passages = blocks
        .filter(|(_, block)| block.kind.is_running_text())
        .map(|(index, block)| Passage { block: index, page: block.page, text: block.text })
        .collect();
    Ok(Some(PassageDocument { id, facts: super::topics::facts_with_topics(store, taxonomy, &document)?, passages }))
}

/// The facts of a document that search and watches see, but for its topics.
pub fn facts_of(document: &Document) -> DocumentFacts {
    let facts = &document.facts;
    DocumentFacts {
        title: facts.title.clone().unwrap_or_default(),
        name: document.name.clone(),
        language: Some(document.language),
        kind: facts.kind,
        status: facts.status,
        issuers: facts.issuers.clone(),
        date: date_of(facts),
        number: facts.document_number.clone(),
        standards: standards_of(facts),
        committees: facts.committees.clone(),
        topics: Vec::new(),
    }
}

/// The standards that a document is found by: its own number, then those that it names.
fn standards_of(facts: &Facts) -> Vec<String> {
    let own = facts.standard.iter().map(|record| record.number.clone()).filter(|number| !number.is_empty());
    own.chain(facts.standards.iter().cloned()).collect()
}

/// The date that a document goes by: when it was issued, or else published, or else in force.
pub(crate) fn date_of(facts: &Facts) -> Option<String> {
    date_of_dates(&facts.dates)
}

/// The date that a document with these dates goes by, as [`date_of`] has it.
pub(crate) fn date_of_dates(dates: &[DatedFact]) -> Option<String> {
    [DateKind::Issued, DateKind::Published, DateKind::Effective].into_iter().find_map(|kind| {
        let dated = dates.iter().find(|dated| dated.kind == kind)?;
        Some(dated.date.clone())
    })
}
