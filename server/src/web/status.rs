//! How much there is and what is missing, for the page and for programs.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use corpus::store::{Figures, Waiting};

use crate::Error;
use crate::data::Data;
use crate::jobs::free_bytes;
use crate::ocr::{Asked, Missing};

/// An engine is looked for again after so long: that starts a program.
const ENGINE_KNOWN: Duration = Duration::from_secs(60);
/// At most so many files are measured.
const MOST_FILES: usize = 200_000;

/// How much there is.
pub(super) struct Status {
    pub(super) figures: Figures,
    /// What waits for an OCR engine.
    pub(super) waiting: Waiting,
    pub(super) index_bytes: u64,
    /// The kept copies of the documents.
    pub(super) files_bytes: u64,
    pub(super) free_bytes: Option<u64>,
    /// The name of the OCR engine, or what is missing.
    pub(super) engine: Result<&'static str, Missing>,
}

impl Status {
    pub(super) fn of(data: &Data, asked: Option<&Asked>) -> Result<Self, Error> {
        let (figures, waiting) = data.with_store(|store| Ok((store.figures()?, store.waiting()?)))?;
        let folder = data.folder();
        Ok(Self {
            figures,
            waiting,
            index_bytes: size_of(&folder.join("index")),
            files_bytes: size_of(&folder.join("files")),
            free_bytes: free_bytes(folder),
            engine: engine(asked),
        })
    }
}

/// The size of the files in a folder and the folders in it, in bytes.
fn size_of(folder: &Path) -> u64 {
    let mut folders = vec![folder.to_owned()];
    let (mut bytes, mut count) = (0_u64, 0_usize);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(metadata) = entry.metadata() else { continue };
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                bytes = bytes.saturating_add(metadata.len());
            }
            count += 1;
            if count >= MOST_FILES {
                return bytes;
            }
        }
    }
    bytes
}

type Known = Option<(Instant, Result<&'static str, Missing>)>;

fn engine(asked: Option<&Asked>) -> Result<&'static str, Missing> {
    static KNOWN: Mutex<Known> = Mutex::new(None);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, engine)) = known.as_ref().filter(|(when, _)| when.elapsed() < ENGINE_KNOWN) {
        return engine.clone();
    }
    let engine = crate::ocr::choose(&asked.cloned().unwrap_or_default()).map(|engine| engine.name());
    *known = Some((Instant::now(), engine.clone()));
    engine
}
