//! Documents of the corpus read again from their kept files, as this version of the program reads them.

use std::path::absolute;

use corpus::document::{Document, ReadDocument};

use crate::Error;
use crate::data::Data;
use crate::ocr::Engine;
use crate::parallel::on_all_cores;
use crate::workers::{Failure, OcrPages, Output, Pool, Request, Want};

/// What became of a document.
#[derive(Debug)]
pub enum Reread {
    /// It reads differently now, and the new reading is in its place.
    Changed,
    /// It reads as it did.
    Same,
    /// It came as a record, of which no file is kept: ingest the record again under another id to have it read anew.
    NoFile,
    /// Its file cannot be read any more; the document stays as it was.
    Failed(Failure),
}

/// Reads documents again on all cores; `told` hears what became of each as it is done.
///
/// Pages that an OCR engine has read are not read by it again. A document that reads differently waits to be derived
/// anew; alerts and reviewed terms stay.
///
/// # Errors
/// When the store or a worker fails: never for what is wrong with a file.
pub fn reread(
    data: &Data,
    pool: &Pool,
    engine: Option<&Engine>,
    ids: &[i64],
    told: &mut dyn FnMut(&str, Reread),
) -> Result<(), Error> {
    on_all_cores(
        ids,
        |id| read_one(data, pool, engine, *id),
        |_, read| {
            if let Some((document, read)) = read? {
                told(&document.name, commit(data, document.id, read)?);
            }
            Ok(())
        },
    )
}

type Read = Result<Option<Box<ReadDocument>>, Failure>;

fn read_one(data: &Data, pool: &Pool, engine: Option<&Engine>, id: i64) -> Result<Option<(Document, Read)>, Error> {
    let found = data.with_store(|store| match store.document(id)? {
        Some(document) => {
            let path = store.file_path(&document.hash);
            Ok(Some((document, path, store.ocr_pages(id)?)))
        }
        None => Ok(None),
    })?;
    let Some((document, path, pages)) = found else { return Ok(None) };
    if !path.is_file() {
        return Ok(Some((document, Ok(None))));
    }
    let request = Request {
        path: absolute(&path).unwrap_or(path),
        name: document.name.clone(),
        source: document.source.clone(),
        want: Want::Document(OcrPages { pages, always: false }),
        password: None,
        engine: engine.cloned(),
    };
    let read = match pool.read(&request)? {
        Output::Document(document) => Ok(Some(document)),
        Output::Failed(failure) => Err(failure),
        _ => Err(Failure::other_question()),
    };
    Ok(Some((document, read)))
}

fn commit(data: &Data, id: i64, read: Read) -> Result<Reread, Error> {
    let new = match read {
        Ok(Some(new)) => new,
        Ok(None) => return Ok(Reread::NoFile),
        Err(failure) => return Ok(Reread::Failed(failure)),
    };
    data.with_store(|store| {
        if store.read_document(id)?.is_some_and(|old| old == *new) {
            return Ok(Reread::Same);
        }
        store.replace_reading(id, &new, &crate::now())?;
        Ok(Reread::Changed)
    })
}
