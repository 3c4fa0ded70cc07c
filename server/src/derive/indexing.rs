//! Documents into the search index.

use std::fs::File;
use std::path::Path;
use std::time::{Duration, Instant};

use corpus::document::Document;
use corpus::facts::{DateKind, DatedFact, Facts};
use corpus::store::{Pending, Store};
use corpus::topic::Taxonomy;
use index::{DocumentFacts, Index, Passage, PassageDocument, Writer};

use crate::Error;
use crate::data::{Data, lock};

/// Bytes of text between two commits of the index. They wait in memory, several times over, to be written.
const BATCH_BYTES: usize = 16 << 20;
/// Time between two commits, so that readers see a long run grow and a crash costs little.
const BATCH_TIME: Duration = Duration::from_secs(10);

/// Opens the index of a data folder such that it holds what the store holds, unless another process is at that.
///
/// One that is missing, torn or of another form is built again from the store, and a line says why. Documents that a
/// run which ended early has left out, or left in, are put in and taken out.
///
/// # Errors
/// When the index or the store cannot be written, or another process is writing and the index must be built again.
pub(crate) fn open_index(folder: &Path) -> Result<Data, Error> {
    let mut store = Store::open(folder)?;
    // Others who open the folder wait here until the index is whole.
    let _gate = gate(folder)?;
    let place = folder.join("index");
    match Index::open(&place) {
        Ok(index) => {
            let data = Data::of(folder, store, index);
            catch_up(&data)?;
            Ok(data)
        }
        Err(error) if error.needs_rebuild() => {
            let lock = lock(folder)?;
            let count = store.document_count()?;
            if count > 0 {
                tracing::warn!("the search index is built again from the store, {count} documents: {}", error.reason());
            }
            store.mark_all_pending(Pending::Index)?;
            let data = Data::of(folder, store, created(&place)?);
            fill(&data)?;
            drop(lock);
            Ok(data)
        }
        Err(error) => Err(error.into()),
    }
}

/// Builds the index again from the store, in place of the one that is there; how many documents it holds. Who has that
/// one open searches it until this is done, and then the new one.
///
/// # Errors
/// When the index or the store cannot be written, or another process is writing.
pub fn rebuild_index(folder: &Path) -> Result<(Data, usize), Error> {
    let mut store = Store::open(folder)?;
    let _gate = gate(folder)?;
    let _lock = lock(folder)?;
    store.mark_all_pending(Pending::Index)?;
    let data = Data::of(folder, store, created(&folder.join("index"))?);
    let count = fill(&data)?;
    Ok((data, count))
}

/// Waits until nobody else is opening the data folder.
fn gate(folder: &Path) -> Result<File, Error> {
    let path = folder.join("opening");
    let failed = |source| Error::Io { action: "open", path: path.clone(), source };
    let gate = File::options().create(true).write(true).truncate(false).open(&path).map_err(failed)?;
    gate.lock().map_err(failed)?;
    Ok(gate)
}

/// An empty index in place of what is there; what is no index is put aside.
fn created(place: &Path) -> Result<Index, Error> {
    match Index::create(place) {
        Err(index::Error::Occupied(_)) => {
            let failed = |source| Error::Io { action: "put aside", path: place.to_owned(), source };
            let mut aside = (1..).map(|number| place.with_file_name(format!("index.aside-{number}")));
            let aside = aside.find(|aside| !aside.exists()).unwrap_or_else(|| place.with_file_name("index.aside"));
            std::fs::rename(place, &aside).map_err(failed)?;
            tracing::warn!("what was in {} is no search index, and is in {} now", place.display(), aside.display());
            Ok(Index::create(place)?)
        }
        created => Ok(created?),
    }
}

/// Puts everything into a new index.
fn fill(data: &Data) -> Result<usize, Error> {
    let count = index_pending(data)?;
    data.index.complete()?;
    Ok(count)
}

/// Puts the index right after a run that ended early; who is writing now does that himself.
fn catch_up(data: &Data) -> Result<(), Error> {
    let left = difference(data)?;
    if left == Difference::default() {
        return Ok(());
    }
    match data.lock_for_writing() {
        Ok(_lock) => match index_pending(data) {
            // What is there can be searched all the same.
            Err(Error::Index(error @ index::Error::Unwritten { .. })) => {
                tracing::warn!("the search index lacks {} documents: {error}", left.wanted.len());
                Ok(())
            }
            indexed => indexed.map(|_| ()),
        },
        Err(Error::Busy { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What sets the index apart from the store.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Difference {
    /// Documents to put into the index, those that are there in an older reading among them.
    wanted: Vec<i64>,
    /// Documents to take out of the index, since the store does not have them.
    foreign: Vec<i64>,
}

impl Difference {
    /// All numbers come in ascending order; one that is in the index twice is put in again, in place of both.
    fn of(indexed: &[i64], stored: &[i64], pending: &[i64]) -> Self {
        let holds = |list: &[i64], id: &i64| list.binary_search(id).is_ok();
        let is_double =
            |id: &i64| indexed.partition_point(|other| other <= id) > 1 + indexed.partition_point(|other| other < id);
        let is_wanted = |id: &&i64| holds(pending, id) || !holds(indexed, id) || is_double(id);
        let mut foreign: Vec<i64> = indexed.iter().filter(|id| !holds(stored, id)).copied().collect();
        foreign.dedup();
        Self { wanted: stored.iter().filter(is_wanted).copied().collect(), foreign }
    }
}

fn difference(data: &Data) -> Result<Difference, Error> {
    let indexed = data.index.documents()?;
    data.with_store(|store| Ok(Difference::of(&indexed, &store.document_ids()?, &store.pending(Pending::Index)?)))
}

/// Puts documents into the index that are not in it, and takes out those that the store has no more; how many were put
/// in.
pub(crate) fn index_pending(data: &Data) -> Result<usize, Error> {
    let Difference { wanted, foreign } = difference(data)?;
    if wanted.is_empty() && foreign.is_empty() {
        return Ok(0);
    }
    let taxonomy = super::taxonomy_for_names(data.folder());
    data.with_index_writer(|writer| {
        foreign.iter().try_for_each(|id| writer.remove(*id))?;
        let mut batch = Batch::default();
        for id in &wanted {
            if let Some(document) = data.with_store(|store| passages(store, &taxonomy, *id))? {
                batch.bytes += document.passages.iter().map(|passage| passage.text.len()).sum::<usize>();
                writer.add(&document)?;
            }
            batch.documents.push(*id);
            if batch.is_full() {
                std::mem::take(&mut batch).commit(data, writer)?;
            }
        }
        batch.commit(data, writer)
    })?;
    Ok(wanted.len())
}

/// What is added to the index between two commits.
struct Batch {
    documents: Vec<i64>,
    bytes: usize,
    begun: Instant,
}

impl Default for Batch {
    fn default() -> Self {
        Self { documents: Vec::new(), bytes: 0, begun: Instant::now() }
    }
}

impl Batch {
    fn is_full(&self) -> bool {
        self.bytes >= BATCH_BYTES || self.begun.elapsed() >= BATCH_TIME
    }

    /// The index first: a crash in between only adds the same documents again, in place of themselves.
    fn commit(self, data: &Data, writer: &mut Writer) -> Result<(), Error> {
        writer.commit()?;
        data.with_store(|store| Ok(store.mark_done(Pending::Index, &self.documents)?))
    }
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

#[cfg(test)]
mod tests {
    use super::Difference;

    #[track_caller]
    fn check(indexed: &[i64], stored: &[i64], pending: &[i64], wanted: &[i64], foreign: &[i64]) {
        let expected = Difference { wanted: wanted.to_vec(), foreign: foreign.to_vec() };
        assert_eq!(Difference::of(indexed, stored, pending), expected);
    }

    #[test]
    fn the_index_is_to_hold_what_the_store_holds() {
        check(&[], &[], &[], &[], &[]);
        check(&[1, 2], &[1, 2], &[], &[], &[]);
        check(&[1, 2], &[1, 2, 3], &[3], &[3], &[]);
        check(&[1, 2], &[1, 2], &[2], &[2], &[]);
        check(&[1], &[1, 2], &[], &[2], &[]);
        check(&[1, 7, 7], &[1], &[], &[], &[7]);
        check(&[1, 1, 2], &[1, 2], &[], &[1], &[]);
    }
}
