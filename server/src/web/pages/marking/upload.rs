//! What a form with files sends, and the text in a file, which a worker process reads.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use tokio::sync::Semaphore;

use crate::Error;
use crate::data::Data;
use crate::terms::given::{Given, read_file};
use crate::web::problem::Problem;
use crate::workers::Limits;

/// So many fields has no form of ours.
const MOST_FIELDS: usize = 20;
/// What reading one file may cost: less than a request may take.
const LIMITS: Limits = Limits { memory: 1 << 30, cpu: Duration::from_secs(15), wall: Duration::from_secs(18) };
/// So many files are read at a time; more wait.
pub(super) static READERS: Semaphore = Semaphore::const_new(2);

/// What a form sent: texts and files by the names of their fields. What was left empty is not there.
#[derive(Debug, Default)]
pub(super) struct Sent {
    texts: HashMap<String, String>,
    files: HashMap<String, SentFile>,
}

/// A file that was sent.
#[derive(Debug)]
pub(super) struct SentFile {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Sent {
    /// Reads a form.
    pub(super) async fn read(mut form: Multipart) -> Result<Self, Problem> {
        let refused = |error: MultipartError| Problem::Other(error.status(), error.body_text());
        let mut sent = Self::default();
        for _ in 0..MOST_FIELDS {
            let Some(field) = form.next_field().await.map_err(refused)? else { break };
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                Some(file) => {
                    let bytes = field.bytes().await.map_err(refused)?.to_vec();
                    if !bytes.is_empty() {
                        sent.files.insert(name, SentFile { name: file, bytes });
                    }
                }
                None => {
                    let text = field.text().await.map_err(refused)?;
                    if !text.trim().is_empty() {
                        // A form sends line breaks as it does in mail.
                        sent.texts.insert(name, text.replace("\r\n", "\n"));
                    }
                }
            }
        }
        Ok(sent)
    }

    /// Whether a box is ticked.
    pub(super) fn is_ticked(&self, name: &str) -> bool {
        self.texts.contains_key(name)
    }

    /// A text that was typed.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        self.texts.remove(name)
    }

    /// A file that was chosen.
    pub(super) fn file(&mut self, name: &str) -> Option<SentFile> {
        self.files.remove(name)
    }
}

impl SentFile {
    /// The text in it. A file that is more than text is put into the data folder as long as a worker reads it.
    pub(super) fn given(self, data: &Data) -> Result<Given, Error> {
        if let Some(given) = Given::plain(&self.name, &self.bytes) {
            return Ok(given);
        }
        let kept = Kept::new(data, &self.bytes)?;
        let read = read_file(&kept.0, &self.name, LIMITS)?;
        read.map_err(|failure| Error::Input(format!("{}: {}", self.name, failure.message)))
    }
}

/// A file that is removed again.
struct Kept(PathBuf);

impl Kept {
    fn new(data: &Data, bytes: &[u8]) -> Result<Self, Error> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let folder = data.folder().join("uploads");
        let failed = |path: &PathBuf| {
            let path = path.clone();
            move |source| Error::Io { action: "write", path, source }
        };
        std::fs::create_dir_all(&folder).map_err(failed(&folder))?;
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::path::absolute(folder.join(format!("{}-{number}", std::process::id())));
        let path = path.map_err(failed(&folder))?;
        std::fs::write(&path, bytes).map_err(failed(&path))?;
        Ok(Self(path))
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!(%error, "an uploaded file could not be removed");
        }
    }
}
