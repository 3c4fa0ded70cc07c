//! Where uploads wait: a folder for each job, with its files by their numbers and what is known of it.
//!
//! A folder that is being filled has a name that begins with a dot and gets its number when all is on the disk. So a
//! job is there whole or not at all.

use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::failed;
use super::model::Job;
use crate::Error;

/// What is known of a job, in its folder.
const JOB: &str = "job.json";
/// What is known of a job is not longer than this, in bytes.
const LONGEST_JOB: u64 = 16 << 20;

/// The folder of all uploads.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub(super) fn new(data: &Path) -> Self {
        Self { path: data.join("uploads") }
    }

    /// The folder itself.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Takes the right to work on uploads; `None` where another process has it.
    pub(super) fn lock(&self) -> Result<Option<File>, Error> {
        fs::create_dir_all(&self.path).map_err(|error| failed("make", &self.path, error))?;
        let path = self.path.join("lock");
        let file = File::options().create(true).write(true).truncate(false).open(&path);
        let file = file.map_err(|error| failed("open", &path, error))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(error)) => Err(failed("lock", &path, error)),
        }
    }

    /// The folder of a job.
    fn of(&self, id: i64) -> PathBuf {
        self.path.join(id.to_string())
    }

    /// A file of a job.
    pub(super) fn file(&self, id: i64, index: usize) -> PathBuf {
        self.of(id).join(index.to_string())
    }

    /// Removes what uploads that never ended have left.
    pub(super) fn clear_unfinished(&self) {
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with('.') {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    /// The jobs that are kept. One that cannot be understood is passed over and left where it is.
    pub(super) fn load(&self) -> Vec<Job> {
        let mut jobs = Vec::new();
        for entry in fs::read_dir(&self.path).into_iter().flatten().flatten() {
            let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<i64>().ok()) else { continue };
            let path = entry.path().join(JOB);
            if !fs::metadata(&path).is_ok_and(|data| data.len() <= LONGEST_JOB) {
                continue;
            }
            match fs::read(&path).map(|bytes| serde_json::from_slice::<Job>(&bytes)) {
                Ok(Ok(job)) if job.id == id => jobs.push(job),
                Ok(Err(error)) => tracing::warn!(%error, id, "a job is not understood and passed over"),
                _ => {}
            }
        }
        jobs
    }

    /// Keeps what is known of a job: whole, or as it was before.
    pub(super) fn save(&self, job: &Job) -> Result<(), Error> {
        write_whole(&self.of(job.id).join(JOB), job)
    }

    /// Makes the folder of a job out of one that was filled.
    pub(super) fn commit(&self, filled: &Path, job: &Job) -> Result<(), Error> {
        write_whole(&filled.join(JOB), job)?;
        sync(filled)?;
        let path = self.of(job.id);
        fs::rename(filled, &path).map_err(|error| failed("make", &path, error))?;
        sync(&self.path)
    }

    /// Removes a file that has been read: the store keeps its own copy.
    pub(super) fn drop_file(&self, id: i64, index: usize) {
        remove(&self.file(id, index));
    }

    /// Removes all files of a job, and keeps what is known of it.
    pub(super) fn drop_files(&self, id: i64) {
        for entry in fs::read_dir(self.of(id)).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit())) {
                remove(&entry.path());
            }
        }
    }

    /// Removes a job.
    pub(super) fn remove(&self, id: i64) {
        let path = self.of(id);
        if let Err(error) = fs::remove_dir_all(&path) {
            tracing::warn!(%error, id, "a job could not be removed");
        }
    }
}

fn remove(path: &Path) {
    match fs::remove_file(path) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => tracing::warn!(%error, "an uploaded file could not be removed"),
    }
}

fn write_whole(path: &Path, job: &Job) -> Result<(), Error> {
    let bytes = serde_json::to_vec(job).map_err(|error| Error::Input(error.to_string()))?;
    let part = path.with_extension("part");
    let write = || {
        let mut file = File::create(&part)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&part, path)
    };
    write().map_err(|error| failed("write", path, error))
}

/// Has the names in a folder reach the disk.
fn sync(folder: &Path) -> Result<(), Error> {
    #[cfg(unix)]
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| failed("write", folder, error))?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// How many bytes are free on the disk of a folder; `None` where the system does not tell.
pub(crate) fn free_bytes(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    return rustix::fs::statvfs(folder).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize));
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}
