//! The index in its folder: opening, reading, and what is done about damage.
//!
//! An index holds nothing of its own. So whatever is wrong with one is told as [`Error::needs_rebuild`], and whoever
//! has the documents makes it again: [`Index::create`], every document through a [`Writer`], [`Index::complete`].

mod fresh;
#[cfg(test)]
mod tests;
mod whole;
mod writer;

use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::OpenDirectoryError;
use tantivy::index::SegmentId;
use tantivy::{IndexReader, ReloadPolicy, TantivyError};

use self::fresh::Freshness;
pub use self::writer::Writer;
use crate::error::Error;
use crate::schema::{FORM, Fields};
use crate::search::SegmentRows;
use crate::tokens::register;

/// The file that says which form an index has. It is written last, so its absence means that nothing is whole.
const FORM_FILE: &str = "form";
/// The file of the engine that names the segments; it is replaced at every commit.
const META_FILE: &str = "meta.json";

/// A full-text index. It is made from the store and can be made again at any time.
///
/// Any number of threads and processes read it while one writes; what that one commits is found within
/// `fresh::LOOK_EVERY`.
pub struct Index {
    folder: PathBuf,
    engine: tantivy::Index,
    pub(crate) fields: Fields,
    reader: IndexReader,
    /// What the reader has read; `None` in memory, where nobody else writes.
    freshness: Option<Freshness>,
    /// What is derived from each segment that was searched.
    rows: Mutex<HashMap<SegmentId, Arc<SegmentRows>>>,
    /// What near misses are looked for in.
    pub(crate) lexicon: crate::suggest::Cache,
}

/// What an index is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Documents that can be found.
    pub documents: usize,
    /// Rows, deleted ones included: one for each document.
    pub rows: u64,
    /// Rows of documents that were removed or replaced, whose room is not given back yet.
    pub deleted_rows: u64,
    /// Segments.
    pub segments: usize,
}

impl Index {
    /// Opens the index in a folder.
    ///
    /// Files that were not seen before are compared with their checksums, all others by length and time.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Outdated`] and [`Error::Torn`] mean that it must be built again, in an index
    /// from [`Index::create`].
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let torn = |reason: String| Error::Torn { folder: folder.to_owned(), reason };
        check_form(folder)?;
        // Damage that no checksum covers, in the engine's own lists, may make it panic.
        catch_unwind(|| Self::open_checked(folder)).unwrap_or_else(|panic| Err(torn(said(&*panic))))
    }

    fn open_checked(folder: &Path) -> Result<Self, Error> {
        let torn = |reason: String| Error::Torn { folder: folder.to_owned(), reason };
        let damaged = |error: TantivyError| torn(whole::said(&error));
        let engine = tantivy::Index::open_in_dir(folder).map_err(damaged)?;
        let (schema, fields) = Fields::schema();
        if engine.schema() != schema {
            return Err(torn("its fields are not those of its form".into()));
        }
        whole::check_changed(folder, &engine).map_err(torn)?;
        let index = Self::of_engine(folder, engine, fields).map_err(damaged)?;
        index.touch_every_field().map_err(damaged)?;
        Ok(index)
    }

    /// Makes an empty index in a folder, in place of the index that may be there. Until [`Index::complete`] no one else
    /// opens it, and who has the former one open goes on searching that.
    ///
    /// # Errors
    /// [`Error::Occupied`] when the folder holds something else; [`Error::Io`] when it cannot be written.
    pub fn create(folder: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Io { folder: folder.to_owned(), source };
        clear(folder)?;
        fs::create_dir_all(folder).map_err(failed)?;
        let (schema, fields) = Fields::schema();
        let unwritten = |error: TantivyError| Error::unwritten(folder, &error);
        let engine = tantivy::Index::create_in_dir(folder, schema).map_err(unwritten)?;
        Ok(Self::of_engine(folder, engine, fields)?)
    }

    /// Says that the index holds what it is to hold, so that it can be opened.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be written.
    pub fn complete(&self) -> Result<(), Error> {
        if self.freshness.is_none() {
            return Ok(());
        }
        let failed = |source| Error::Io { folder: self.folder.clone(), source };
        whole::write_at_once(&self.folder.join(FORM_FILE), FORM.to_string().as_bytes()).map_err(failed)
    }

    /// Makes an empty index in memory.
    ///
    /// # Errors
    /// [`Error::Engine`] when the engine fails.
    pub fn in_memory() -> Result<Self, Error> {
        let (schema, fields) = Fields::schema();
        let index = Self::of_engine(Path::new(""), tantivy::Index::create_in_ram(schema), fields)?;
        Ok(Self { freshness: None, ..index })
    }

    fn of_engine(folder: &Path, engine: tantivy::Index, fields: Fields) -> Result<Self, TantivyError> {
        register(engine.tokenizers());
        let freshness = Some(Freshness::now(folder));
        // What others commit is looked for when it is asked for: see [`Freshness`].
        let reader = engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let (rows, lexicon) = Default::default();
        Ok(Self { folder: folder.to_owned(), engine, fields, reader, freshness, rows, lexicon })
    }

    /// Reads the head of every file, so that one that was cut short shows at once.
    fn touch_every_field(&self) -> Result<(), TantivyError> {
        let searcher = self.reader.searcher();
        for segment in searcher.segment_readers() {
            for (field, entry) in searcher.schema().fields() {
                if entry.is_indexed() {
                    segment.inverted_index(field)?;
                }
            }
            self.segment_rows(segment)?;
        }
        Ok(())
    }

    /// Compares every file of the index with its checksum; slow, for a check-up.
    ///
    /// # Errors
    /// [`Error::Torn`] when a file is not what was written.
    pub fn verify(&self) -> Result<(), Error> {
        if self.freshness.is_none() {
            return Ok(());
        }
        let torn = |reason| Error::Torn { folder: self.folder.clone(), reason };
        let check = || whole::check_all(&self.folder);
        catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|panic| Err(said(&*panic))).map_err(torn)
    }

    /// How large the index is.
    ///
    /// # Errors
    /// [`Error::Engine`] when the index cannot be read.
    pub fn size(&self) -> Result<Size, Error> {
        let documents = self.documents()?.len();
        let searcher = self.searcher();
        let segments = searcher.segment_readers();
        let count =
            |of: fn(&tantivy::SegmentReader) -> u32| segments.iter().map(|segment| u64::from(of(segment))).sum();
        Ok(Size {
            documents,
            rows: count(tantivy::SegmentReader::max_doc),
            deleted_rows: count(tantivy::SegmentReader::num_deleted_docs),
            segments: segments.len(),
        })
    }

    /// The one who reads the index as it is now, with what other processes have committed.
    pub(crate) fn searcher(&self) -> tantivy::Searcher {
        if let Some(freshness) = &self.freshness {
            freshness.look(&self.folder, || {
                self.reader.reload()?;
                self.forget_rows();
                Ok(())
            });
        }
        self.reader.searcher()
    }

    /// Does a piece of reading such that damage that shows only now becomes an error that says so, and no panic.
    ///
    /// What fails while every file is as it was written is no damage, and is passed on.
    ///
    /// # Errors
    /// [`Error::Torn`] when the index is found damaged, or cannot be read anew for long; else what the work gives.
    pub(crate) fn guarded<T>(&self, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        let outcome = catch_unwind(AssertUnwindSafe(work));
        let is_suspect = match &outcome {
            Ok(Err(Error::Engine(error))) => whole::may_be_damage(error),
            Ok(_) => false,
            Err(_) => true,
        };
        if is_suspect {
            self.verify()?;
        }
        if let Some(reason) = self.freshness.as_ref().and_then(Freshness::long_failed) {
            return Err(Error::Torn { folder: self.folder.clone(), reason });
        }
        outcome.unwrap_or_else(|panic| resume_unwind(panic))
    }

    /// What is derived from a segment, made once.
    pub(crate) fn segment_rows(&self, segment: &tantivy::SegmentReader) -> Result<Arc<SegmentRows>, TantivyError> {
        let id = segment.segment_id();
        let mut known = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rows) = known.get(&id) {
            return Ok(Arc::clone(rows));
        }
        let rows = Arc::new(SegmentRows::read(segment)?);
        known.insert(id, Arc::clone(&rows));
        Ok(rows)
    }

    /// Frees what is derived from segments that are not there any more.
    fn forget_rows(&self) {
        let live = self.reader.searcher();
        let is_live = |id: &SegmentId| live.segment_readers().iter().any(|segment| segment.segment_id() == *id);
        self.rows.lock().unwrap_or_else(PoisonError::into_inner).retain(|id, _| is_live(id));
    }
}

/// Whether the index was finished in the form that this program reads.
fn check_form(folder: &Path) -> Result<(), Error> {
    let form = match fs::read(folder.join(FORM_FILE)) {
        Ok(form) => form,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(Error::Missing(folder.to_owned()));
        }
        Err(source) => return Err(Error::Io { folder: folder.to_owned(), source }),
    };
    match String::from_utf8_lossy(&form).trim().parse::<u32>() {
        Ok(FORM) => Ok(()),
        Ok(found) => Err(Error::Outdated { folder: folder.to_owned(), found, wanted: FORM }),
        Err(_) => Err(Error::Torn { folder: folder.to_owned(), reason: "its form is not a number".into() }),
    }
}

/// What a panic said.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("the engine stopped: {}", text.unwrap_or("without a reason"))
}

/// Removes an index, and nothing else.
fn clear(folder: &Path) -> Result<(), Error> {
    let failed = |source| Error::Io { folder: folder.to_owned(), source };
    let is_index = [FORM_FILE, META_FILE, ".managed.json"].iter().any(|name| folder.join(name).exists());
    match fs::read_dir(folder) {
        Ok(entries) if is_index => {
            // The form first, so that what is half removed is not opened; the folder itself may be a link or a mount.
            remove_if_there(&folder.join(FORM_FILE)).map_err(failed)?;
            for entry in entries {
                let entry = entry.map_err(failed)?;
                if entry.file_type().map_err(failed)?.is_file() {
                    remove_if_there(&entry.path()).map_err(failed)?;
                }
            }
            Ok(())
        }
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Error::Occupied(folder.to_owned())),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => Err(Error::Occupied(folder.to_owned())),
        Err(error) => Err(failed(error)),
    }
}

fn remove_if_there(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

impl From<OpenDirectoryError> for Error {
    fn from(error: OpenDirectoryError) -> Self {
        Self::Engine(error.into())
    }
}
