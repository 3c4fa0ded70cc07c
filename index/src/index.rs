//! The index in its folder: opening, writing, reading.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{LockError, OpenDirectoryError};
use tantivy::index::SegmentId;
use tantivy::indexer::UserOperation;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyError, Term};

use crate::document::PassageDocument;
use crate::error::Error;
use crate::schema::{FORM, Fields};
use crate::search::SegmentRows;
use crate::tokens::register;

/// The file that says which form an index has. It is written last, so its absence means that nothing is whole.
const FORM_FILE: &str = "form";
/// Bytes of memory that the writer may fill before it writes a segment.
const WRITER_MEMORY: usize = 128 << 20;

/// A full-text index. It is made from the store and can be made again at any time.
pub struct Index {
    folder: PathBuf,
    engine: tantivy::Index,
    pub(crate) fields: Fields,
    reader: IndexReader,
    /// What is derived from each segment that was searched.
    rows: Mutex<HashMap<SegmentId, Arc<SegmentRows>>>,
}

/// The one writer of an index. What it adds and removes is found after [`Writer::commit`].
pub struct Writer {
    writer: IndexWriter,
    reader: IndexReader,
    fields: Fields,
}

impl Index {
    /// Opens the index in a folder.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Outdated`] and [`Error::Torn`] mean that it must be built again, in an index
    /// from [`Index::create`].
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let form = match fs::read_to_string(folder.join(FORM_FILE)) {
            Ok(form) => form,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::Missing(folder.to_owned()));
            }
            Err(source) => return Err(Error::Io { folder: folder.to_owned(), source }),
        };
        if form.trim() != FORM.to_string() {
            let found = form.trim().chars().take(20).collect();
            return Err(Error::Outdated { folder: folder.to_owned(), found, wanted: FORM });
        }
        let torn = |error: TantivyError| Error::Torn { folder: folder.to_owned(), reason: error.to_string() };
        let engine = tantivy::Index::open_in_dir(folder).map_err(torn)?;
        let (schema, fields) = Fields::schema();
        if engine.schema() != schema {
            return Err(Error::Torn {
                folder: folder.to_owned(),
                reason: "the fields are not those of its form".into(),
            });
        }
        let index = Self::of_engine(folder, engine, fields).map_err(torn)?;
        index.touch_every_field().map_err(torn)?;
        Ok(index)
    }

    /// Makes an empty index in a folder, in place of the index that may be there.
    ///
    /// # Errors
    /// [`Error::Occupied`] when the folder holds something else; [`Error::Io`] when it cannot be written.
    pub fn create(folder: &Path) -> Result<Self, Error> {
        let failed = |source| Error::Io { folder: folder.to_owned(), source };
        clear(folder)?;
        fs::create_dir_all(folder).map_err(failed)?;
        let (schema, fields) = Fields::schema();
        let engine = tantivy::Index::create_in_dir(folder, schema)?;
        fs::write(folder.join(FORM_FILE), FORM.to_string()).map_err(failed)?;
        Ok(Self::of_engine(folder, engine, fields)?)
    }

    /// Makes an empty index in memory.
    ///
    /// # Errors
    /// [`Error::Engine`] when the engine fails.
    pub fn in_memory() -> Result<Self, Error> {
        let (schema, fields) = Fields::schema();
        Ok(Self::of_engine(Path::new(""), tantivy::Index::create_in_ram(schema), fields)?)
    }

    fn of_engine(folder: &Path, engine: tantivy::Index, fields: Fields) -> Result<Self, TantivyError> {
        register(engine.tokenizers());
        let reader = engine.reader_builder().reload_policy(ReloadPolicy::OnCommitWithDelay).try_into()?;
        Ok(Self { folder: folder.to_owned(), engine, fields, reader, rows: Mutex::default() })
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
        let torn = |reason: String| Error::Torn { folder: self.folder.clone(), reason };
        let damaged = self.engine.validate_checksum().map_err(|error| torn(error.to_string()))?;
        match damaged.iter().next() {
            Some(file) => Err(torn(format!("{} is not what was written", file.display()))),
            None => Ok(()),
        }
    }

    /// The writer. Keep it: there can be only one at a time, in all processes.
    ///
    /// # Errors
    /// [`Error::Busy`] when there is one already.
    pub fn writer(&self) -> Result<Writer, Error> {
        match self.engine.writer_with_num_threads(1, WRITER_MEMORY) {
            Ok(writer) => Ok(Writer { writer, reader: self.reader.clone(), fields: self.fields }),
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => Err(Error::Busy(self.folder.clone())),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn searcher(&self) -> tantivy::Searcher {
        self.reader.searcher()
    }

    /// What is derived from a segment, made once.
    pub(crate) fn segment_rows(&self, segment: &tantivy::SegmentReader) -> Result<Arc<SegmentRows>, TantivyError> {
        let id = segment.segment_id();
        let mut known = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(rows) = known.get(&id) {
            return Ok(Arc::clone(rows));
        }
        let live = self.reader.searcher();
        known.retain(|id, _| live.segment_readers().iter().any(|segment| segment.segment_id() == *id));
        let rows = Arc::new(SegmentRows::read(segment)?);
        known.insert(id, Arc::clone(&rows));
        Ok(rows)
    }
}

impl Writer {
    /// Adds a document, in place of the one with its number.
    ///
    /// # Errors
    /// [`Error::Engine`] when the engine fails.
    pub fn add(&mut self, document: &PassageDocument) -> Result<(), Error> {
        let rows = self.fields.rows(document);
        let mut operations = Vec::with_capacity(rows.len() + 1);
        operations.push(UserOperation::Delete(Term::from_field_i64(self.fields.document, document.id)));
        operations.extend(rows.into_iter().map(UserOperation::Add));
        self.writer.run(operations)?;
        Ok(())
    }

    /// Removes a document; nothing happens when it is not there.
    ///
    /// # Errors
    /// [`Error::Engine`] when the engine fails.
    pub fn remove(&mut self, document: i64) -> Result<(), Error> {
        self.writer.delete_term(Term::from_field_i64(self.fields.document, document));
        Ok(())
    }

    /// Makes what was added and removed last and be found.
    ///
    /// # Errors
    /// [`Error::Engine`] when the engine fails; then the last commit stands.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.writer.commit()?;
        self.reader.reload()?;
        Ok(())
    }

    /// Waits until segments are merged; without it merging stops where it is, and nothing is lost.
    ///
    /// # Errors
    /// [`Error::Engine`] when merging fails.
    pub fn finish(self) -> Result<(), Error> {
        self.writer.wait_merging_threads()?;
        self.reader.reload()?;
        Ok(())
    }
}

/// Removes an index, and nothing else.
fn clear(folder: &Path) -> Result<(), Error> {
    let failed = |source| Error::Io { folder: folder.to_owned(), source };
    let is_index = folder.join(FORM_FILE).exists() || folder.join("meta.json").exists();
    match fs::read_dir(folder) {
        Ok(_) if is_index => fs::remove_dir_all(folder).map_err(failed),
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(Error::Occupied(folder.to_owned())),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed(error)),
    }
}

impl From<OpenDirectoryError> for Error {
    fn from(error: OpenDirectoryError) -> Self {
        Self::Engine(error.into())
    }
}
