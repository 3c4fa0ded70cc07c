//! Writing: documents in and out, commits, merges.

use std::path::PathBuf;

use tantivy::directory::error::LockError;
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::{IndexReader, IndexWriter, TantivyError, Term};

use super::Index;
use crate::document::PassageDocument;
use crate::error::Error;
use crate::schema::Fields;

/// Bytes of memory that the writer may fill before it writes a segment.
const WRITER_MEMORY: usize = 256 << 20;
/// So many segments of about the same size become one. A search costs more with each segment, a commit with each merge.
const MERGED_AT_ONCE: usize = 6;
/// Documents below which segments count as of the same size: they are merged in milliseconds.
const SMALL_SEGMENT: u32 = 500;
/// Segments are of about the same size within this power of two.
const SAME_SIZE: f64 = 2.0;
/// A segment of which a larger share is deleted is written anew without that.
const MOST_DELETED: f32 = 0.2;

/// The one writer of an index. What it adds and removes is found after [`Writer::commit`].
pub struct Writer {
    folder: PathBuf,
    writer: IndexWriter,
    reader: IndexReader,
    fields: Fields,
}

impl Index {
    /// The writer. Keep it while there is more to write: there can be only one at a time, in all processes.
    ///
    /// # Errors
    /// [`Error::Busy`] when there is one already.
    pub fn writer(&self) -> Result<Writer, Error> {
        // One thread, so that the same documents make the same segments.
        match self.engine.writer_with_num_threads(1, WRITER_MEMORY) {
            Ok(writer) => {
                writer.set_merge_policy(Box::new(merge_policy()));
                Ok(Writer { folder: self.folder.clone(), writer, reader: self.reader.clone(), fields: self.fields })
            }
            Err(TantivyError::LockFailure(LockError::LockBusy, _)) => Err(Error::Busy(self.folder.clone())),
            Err(error) => Err(Error::unwritten(&self.folder, &error)),
        }
    }
}

/// Which segments are merged. A document is one row, so that any segment can be merged with any.
fn merge_policy() -> LogMergePolicy {
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MERGED_AT_ONCE);
    policy.set_min_layer_size(SMALL_SEGMENT);
    policy.set_level_log_size(SAME_SIZE);
    policy.set_del_docs_ratio_before_merge(MOST_DELETED);
    policy
}

impl Writer {
    /// Adds a document, in place of the one with its number.
    ///
    /// # Errors
    /// [`Error::Unwritten`] when the folder cannot be written; then the last commit stands, and this writer is spent.
    pub fn add(&mut self, document: &PassageDocument) -> Result<(), Error> {
        let former = Term::from_field_i64(self.fields.document, document.id);
        match self.writer.run([UserOperation::Delete(former), UserOperation::Add(self.fields.row(document))]) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.reason(&error)),
        }
    }

    /// Removes a document; nothing happens when it is not there.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn remove(&mut self, document: i64) -> Result<(), Error> {
        self.writer.delete_term(Term::from_field_i64(self.fields.document, document));
        Ok(())
    }

    /// Makes what was added and removed last and be found.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn commit(&mut self) -> Result<(), Error> {
        self.writer.commit().map_err(|error| Error::unwritten(&self.folder, &error))?;
        self.reader.reload()?;
        Ok(())
    }

    /// Waits until segments are merged; without it merging stops where it is, and nothing is lost.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn finish(self) -> Result<(), Error> {
        let Self { folder, writer, reader, .. } = self;
        writer.wait_merging_threads().map_err(|error| Error::unwritten(&folder, &error))?;
        reader.reload()?;
        Ok(())
    }

    /// Why a row could not be handed over: the thread that takes it has stopped, and says why when it is asked to
    /// commit.
    fn reason(&mut self, error: &TantivyError) -> Error {
        let cause = self.writer.prepare_commit().err();
        Error::unwritten(&self.folder, cause.as_ref().unwrap_or(error))
    }
}
