//! The data folder, opened: the store, the index, and who may write.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use corpus::store::Store;
use index::Index;

use crate::Error;
use crate::terms::cached::Cache;

/// An open data folder. It is read by any number of threads; one process at a time writes.
pub struct Data {
    folder: PathBuf,
    /// The search index.
    pub index: Index,
    idle: Mutex<Vec<Store>>,
    /// The termbase in memory; [`crate::terms::cached::termbase`] gives it.
    pub(crate) termbase: Cache,
}

/// The right to write, held by one process at a time; dropped with this value.
#[derive(Debug)]
pub struct WriteLock {
    _file: File,
}

impl Data {
    /// Opens a data folder, making it where it is new.
    ///
    /// # Errors
    /// When the store or the index cannot be opened.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let mut store = Store::open(folder)?;
        let (index, begun_anew) = crate::derive::open_index(folder, &mut store)?;
        let data = Self { folder: folder.to_owned(), index, idle: Mutex::new(vec![store]), termbase: Cache::default() };
        if begun_anew {
            crate::derive::index_pending(&data)?;
        }
        Ok(data)
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

    /// Takes the right to write.
    ///
    /// # Errors
    /// When another process has it.
    pub fn lock_for_writing(&self) -> Result<WriteLock, Error> {
        let path = self.folder.join("lock");
        let failed = |source| Error::Io { action: "open", path: path.clone(), source };
        let file = File::options().create(true).write(true).truncate(false).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(WriteLock { _file: file }),
            Err(std::fs::TryLockError::WouldBlock) => Err(Error::Busy { folder: self.folder.clone() }),
            Err(std::fs::TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}
