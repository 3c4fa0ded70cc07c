//! The data folder, opened: the store, the index, and who may write.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use corpus::store::Store;
use index::{Index, Writer};

use crate::Error;
use crate::pictures::Pictures;
use crate::search::Catalogues;
use crate::search::groups::Groups;
use crate::terms::cached::Cache;

/// An open data folder. It is read by any number of threads; one process at a time writes.
pub struct Data {
    folder: PathBuf,
    /// The search index.
    pub index: Index,
    writing: Writing,
    idle: Mutex<Vec<Store>>,
    /// The termbase in memory; [`crate::terms::cached::termbase`] gives it.
    pub(crate) termbase: Cache,
    /// Which documents stand together in an answer.
    pub(crate) groups: Groups,
    /// Titles and numbers of the documents in memory; [`crate::search::suggest`] looks in them.
    pub(crate) catalogues: Catalogues,
    /// The pictures of pages.
    pub(crate) pictures: Pictures,
    /// The watches in memory; [`crate::derive`] holds documents against them.
    pub(crate) watching: crate::derive::WatchCache,
}

/// The writer of the index. It lives as long as the right to write: a run that derives often has one, and a server that
/// has nothing to write keeps no other process from writing.
#[derive(Clone, Default)]
struct Writing(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    /// Whether this process has the right to write.
    has_lock: bool,
    writer: Option<Writer>,
}

impl Writing {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to write, held by one process at a time; dropped with this value.
pub struct WriteLock {
    writing: Writing,
    _file: File,
}

impl Drop for WriteLock {
    /// Gives back the writer of the index before the right to write.
    fn drop(&mut self) {
        let mut held = self.writing.held();
        held.has_lock = false;
        if let Some(writer) = held.writer.take()
            && let Err(error) = writer.finish()
        {
            // What was written is committed; only the merging of its segments is left to the next run.
            tracing::warn!("{error}");
        }
    }
}

impl Data {
    /// Opens a data folder, making it where it is new, and puts its index right where that is damaged or behind.
    ///
    /// # Errors
    /// When the store or the index cannot be opened.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        crate::derive::open_index(folder)
    }

    /// The folder with its store and its index open.
    pub(crate) fn of(folder: &Path, store: Store, index: Index) -> Self {
        Self {
            folder: folder.to_owned(),
            index,
            writing: Writing::default(),
            idle: Mutex::new(vec![store]),
            termbase: Cache::default(),
            groups: Groups::default(),
            catalogues: Catalogues::default(),
            pictures: Pictures::new(folder),
            watching: crate::derive::WatchCache::default(),
        }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs a piece of work on a connection to the store; connections are kept for the next piece.
    ///
    /// # Errors
    /// When a connection cannot be made, or the work fails.
    pub fn with_store<T>(&self, work: impl FnOnce(&mut Store) -> Result<T, Error>) -> Result<T, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut store = match idle {
            Some(store) => store,
            None => Store::open(&self.folder)?,
        };
        let result = work(&mut store);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
        result
    }

    /// Runs a piece of work on the writer of the index. What it has not committed when it fails is forgotten.
    ///
    /// # Errors
    /// When another process has the writer, or the work fails.
    pub(crate) fn with_index_writer<T>(&self, work: impl FnOnce(&mut Writer) -> Result<T, Error>) -> Result<T, Error> {
        let mut held = self.writing.held();
        let mut writer = match held.writer.take() {
            Some(writer) => writer,
            None => self.index.writer()?,
        };
        let result = work(&mut writer)?;
        if held.has_lock {
            held.writer = Some(writer);
        } else {
            writer.finish()?;
        }
        Ok(result)
    }

    /// Takes the right to write.
    ///
    /// # Errors
    /// When another process has it.
    pub fn lock_for_writing(&self) -> Result<WriteLock, Error> {
        let file = lock(&self.folder)?;
        self.writing.held().has_lock = true;
        Ok(WriteLock { writing: self.writing.clone(), _file: file })
    }
}

/// Locks a data folder for writing until the file is dropped.
///
/// # Errors
/// When another process has done so.
pub(crate) fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join("lock");
    let failed = |source| Error::Io { action: "open", path: path.clone(), source };
    let file = File::options().create(true).write(true).truncate(false).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::Busy { folder: folder.to_owned() }),
        Err(std::fs::TryLockError::Error(source)) => Err(failed(source)),
    }
}
