//! Pages as pictures: drawn by worker processes, two at a time at most, and kept on disk for the next reader.

mod kept;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io::Read as _;
use std::path::{Path, absolute};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use corpus::document::{Document, DocumentHash};
use corpus::store::Store;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::Error;
use crate::workers::{Failure, Limits, Output, PictureOf, Pool, Request, Want};
use kept::Kept;

/// The widths of pictures, in pixels: for a phone, for a screen, and for looking closely.
pub const WIDTHS: [u32; 3] = [800, 1200, 1600];
/// Changes when the same page is drawn otherwise than before: pictures of another number are not used any more.
const EDITION: u32 = 1;
/// So many pages are drawn at a time.
const AT_ONCE: usize = 2;
/// So many failures are remembered, so that a hostile page is not tried again at every look.
const MOST_FAILURES: usize = 200;
/// How much room kept pictures may take, in bytes: some thousand pages.
const ROOM: u64 = 512 << 20;
/// A page of a standard takes a tenth of a second and 100 MiB; the wall time lies below the limit of a request.
const LIMITS: Limits = Limits { memory: 1 << 30, cpu: Duration::from_secs(10), wall: Duration::from_secs(15) };

/// The pictures of a data folder.
pub struct Pictures {
    pool: Pool,
    turns: Arc<Semaphore>,
    kept: Kept,
    failures: Mutex<VecDeque<(Subject, Failure)>>,
}

/// What a worker was asked for: a page of a document, or the sizes of all.
type Subject = (DocumentHash, Option<u32>);

/// Why there is no answer: the outer error is this program's, the inner one the file's.
pub type Answer<T> = Result<Result<T, Failure>, Error>;

impl Pictures {
    /// The pictures of a data folder; nothing is read or started as yet.
    pub(crate) fn new(data: &Path) -> Self {
        // Where the program cannot tell where it is, the first picture says that no worker can be started.
        let program = std::env::current_exe().unwrap_or_else(|_| "policyglot".into());
        Self {
            pool: Pool::new(program, LIMITS),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            kept: Kept::new(data.join("pictures"), ROOM),
            failures: Mutex::default(),
        }
    }

    /// Waits for a turn to have a page drawn; whoever waits holds nothing that others need.
    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        self.turns.clone().acquire_owned().await.ok()
    }

    /// The picture of a page as PNG, if it is kept.
    pub(crate) fn kept(&self, hash: &DocumentHash, page: u32, width: u32) -> Option<Vec<u8>> {
        self.kept.read(hash, &name(page, width))
    }

    /// The picture of a page as PNG, drawn if it is not kept.
    ///
    /// # Errors
    /// When no worker can be started or the picture cannot be kept.
    pub(crate) fn draw(&self, document: &Document, file: &Path, page: u32, width: u32) -> Answer<Vec<u8>> {
        if let Some(picture) = self.kept(&document.hash, page, width) {
            return Ok(Ok(picture));
        }
        let subject = (document.hash.clone(), Some(page));
        if let Some(failure) = self.remembered(&subject) {
            return Ok(Err(failure));
        }
        let part = self.kept.part().map_err(|source| self.failed(source))?;
        let into = absolute(part.path()).unwrap_or_else(|_| part.path().to_owned());
        let wanted = Want::Picture(PictureOf { page, width, into });
        match self.pool.read(&request(document, file, wanted))? {
            Output::Picture => (),
            Output::Failed(failure) => return Ok(Err(self.remember(subject, failure))),
            _ => return Ok(Err(Failure::other_question())),
        }
        let picture = std::fs::read(part.path()).map_err(|source| self.failed(source))?;
        self.kept.put(part, &document.hash, &name(page, width)).map_err(|source| self.failed(source))?;
        Ok(Ok(picture))
    }

    /// The width and height of each page as displayed, in points, if they are kept.
    pub(crate) fn kept_sizes(&self, hash: &DocumentHash) -> Option<Vec<(f32, f32)>> {
        serde_json::from_slice(&self.kept.read(hash, SIZES)?).ok()
    }

    /// The same, asked of a worker if they are not kept.
    ///
    /// # Errors
    /// When no worker can be started or the sizes cannot be kept.
    pub(crate) fn sizes(&self, document: &Document, file: &Path) -> Answer<Vec<(f32, f32)>> {
        if let Some(sizes) = self.kept_sizes(&document.hash) {
            return Ok(Ok(sizes));
        }
        let subject = (document.hash.clone(), None);
        if let Some(failure) = self.remembered(&subject) {
            return Ok(Err(failure));
        }
        let sizes = match self.pool.read(&request(document, file, Want::Sizes))? {
            Output::Sizes(sizes) => sizes,
            Output::Failed(failure) => return Ok(Err(self.remember(subject, failure))),
            _ => return Ok(Err(Failure::other_question())),
        };
        let part = self.kept.part().map_err(|source| self.failed(source))?;
        let json = serde_json::to_vec(&sizes).map_err(|error| self.failed(error.into()))?;
        std::fs::write(part.path(), json).map_err(|source| self.failed(source))?;
        self.kept.put(part, &document.hash, SIZES).map_err(|source| self.failed(source))?;
        Ok(Ok(sizes))
    }

    /// What tells a picture from any other, for caches.
    pub(crate) fn mark(hash: &DocumentHash) -> String {
        format!("{}-{EDITION}", hash.0.get(..16).unwrap_or_default())
    }

    fn remembered(&self, subject: &Subject) -> Option<Failure> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.iter().find(|(failed, _)| failed == subject).map(|(_, failure)| failure.clone())
    }

    fn remember(&self, subject: Subject, failure: Failure) -> Failure {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= MOST_FAILURES {
            failures.pop_front();
        }
        failures.push_back((subject, failure.clone()));
        failure
    }

    fn failed(&self, source: std::io::Error) -> Error {
        Error::Io { action: "keep a picture in", path: self.kept.folder().to_owned(), source }
    }
}

/// The file that the sizes of a document's pages are kept in.
const SIZES: &str = "sizes.json";

fn name(page: u32, width: u32) -> String {
    format!("{page}-{width}-{EDITION}.png")
}

fn request(document: &Document, file: &Path, want: Want) -> Request {
    Request {
        path: absolute(file).unwrap_or_else(|_| file.to_owned()),
        name: document.name.clone(),
        source: document.source.clone(),
        want,
        // What needs a password never came into the corpus.
        password: None,
        engine: None,
    }
}

/// The width that pictures have which comes nearest to a wish from above.
pub fn width(wish: Option<u32>) -> u32 {
    let [_, usual, largest] = WIDTHS;
    let wish = wish.unwrap_or(usual);
    WIDTHS.into_iter().find(|width| *width >= wish).unwrap_or(largest)
}

/// Whether the pages of a document can be drawn: its file is kept, and is a PDF.
pub fn has_pictures(store: &Store, hash: &DocumentHash) -> bool {
    let mut start = [0; 1024];
    let read = std::fs::File::open(store.file_path(hash)).and_then(|mut file| file.read(&mut start));
    let start = read.ok().and_then(|length| start.get(..length)).unwrap_or_default();
    start.windows(5).any(|five| five == b"%PDF-")
}
