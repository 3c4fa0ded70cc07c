//! Files that can be made again, kept within a room: the oldest go first.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use corpus::document::DocumentHash;

/// A part that is older was left by a program that was ended.
const LEFT_BEHIND: Duration = Duration::from_secs(3600);

/// A folder with a folder of files for each document.
///
/// Files appear whole or not at all, so that readers need no lock; one that goes while it is asked for is made again.
pub(super) struct Kept {
    folder: PathBuf,
    most: u64,
    /// How many bytes there are; `None` until they have been counted.
    held: Mutex<Option<u64>>,
    parts: AtomicU64,
}

/// A file that is being made; it goes with this value unless it is put in its place.
pub(super) struct PartFile(PathBuf);

impl PartFile {
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        // What was put in its place is not here any more.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A file that is there.
struct Found {
    path: PathBuf,
    length: u64,
    made: SystemTime,
}

impl Kept {
    /// Files in a folder, `most` bytes of them.
    pub(super) fn new(folder: PathBuf, most: u64) -> Self {
        Self { folder, most, held: Mutex::new(None), parts: AtomicU64::new(0) }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file of a document; `None` where it is not there.
    pub(super) fn read(&self, hash: &DocumentHash, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.folder.join(&hash.0).join(name)).ok()
    }

    /// The place of a file that is to be made.
    pub(super) fn part(&self) -> Result<PartFile, Error> {
        std::fs::create_dir_all(&self.folder)?;
        let number = self.parts.fetch_add(1, Ordering::Relaxed);
        Ok(PartFile(self.folder.join(format!("{}-{number}.part", std::process::id()))))
    }

    /// Puts a file that was made in its place, and lets the oldest go where there is no room for it.
    #[expect(clippy::needless_pass_by_value, reason = "the part is gone afterwards")]
    pub(super) fn put(&self, part: PartFile, hash: &DocumentHash, name: &str) -> Result<(), Error> {
        // The lock keeps the folder from going, empty, between its making and the renaming.
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let length = std::fs::metadata(part.path())?.len();
        let folder = self.folder.join(&hash.0);
        std::fs::create_dir_all(&folder)?;
        std::fs::rename(part.path(), folder.join(name))?;
        *held = Some(match *held {
            Some(before) if before.saturating_add(length) <= self.most => before.saturating_add(length),
            _ => self.make_room()?,
        });
        Ok(())
    }

    /// Removes the oldest files until three quarters of the room are filled, if it is more than full; gives how many
    /// bytes remain.
    fn make_room(&self) -> Result<u64, Error> {
        let mut found = self.found()?;
        let mut held: u64 = found.iter().map(|file| file.length).sum();
        if held <= self.most {
            return Ok(held);
        }
        found.sort_by(|a, b| (a.made, &a.path).cmp(&(b.made, &b.path)));
        for file in found {
            if held <= self.most / 4 * 3 {
                break;
            }
            gone(std::fs::remove_file(&file.path))?;
            held = held.saturating_sub(file.length);
            if let Some(folder) = file.path.parent() {
                // It stays while it has files.
                let _ = std::fs::remove_dir(folder);
            }
        }
        Ok(held)
    }

    /// All files of documents; parts that were left behind are removed.
    fn found(&self) -> Result<Vec<Found>, Error> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                found.extend(files(&entry.path())?);
            } else if age(&entry).is_some_and(|age| age > LEFT_BEHIND) {
                gone(std::fs::remove_file(entry.path()))?;
            }
        }
        Ok(found)
    }
}

fn files(folder: &Path) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        let made = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
        found.push(Found { path: entry.path(), length: metadata.len(), made });
    }
    Ok(found)
}

fn age(entry: &std::fs::DirEntry) -> Option<Duration> {
    entry.metadata().ok()?.modified().ok()?.elapsed().ok()
}

/// What another program has removed is gone as well.
fn gone(removed: Result<(), Error>) -> Result<(), Error> {
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
