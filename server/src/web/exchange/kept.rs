//! Files that were sent and wait for a person's word: kept for an hour in the data folder, each under a name that
//! nobody can guess.

use std::collections::hash_map::RandomState;
use std::fs;
use std::hash::{BuildHasher as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::Error;

/// The folder in the data folder.
const FOLDER: &str = "imports";
/// How long a file waits.
const WAITS: Duration = Duration::from_secs(60 * 60);
/// So many files wait at most; then the oldest goes.
const MOST: usize = 50;

/// Keeps a file, and gives its name.
///
/// # Errors
/// When it cannot be written.
pub(in crate::web) fn keep(data: &Path, bytes: &[u8]) -> Result<String, Error> {
    let folder = data.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|source| Error::Io { action: "make", path: folder.clone(), source })?;
    sweep(&folder);
    let name = random_name();
    let path = folder.join(&name);
    fs::write(&path, bytes).map_err(|source| Error::Io { action: "write", path, source })?;
    Ok(name)
}

/// The file of that name; `None` for one that is gone, or for what is no such name.
///
/// # Errors
/// When it is there and cannot be read.
pub(in crate::web) fn find(data: &Path, name: &str) -> Result<Option<Vec<u8>>, Error> {
    if name.len() != 32 || !name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let path = data.join(FOLDER).join(name);
    if age(&path).is_none_or(|age| age > WAITS) {
        return Ok(None);
    }
    fs::read(&path).map(Some).map_err(|source| Error::Io { action: "read", path, source })
}

/// Lets go of a file that waits no longer.
pub(in crate::web) fn forget(data: &Path, name: &str) {
    if name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        // It goes with the next sweep otherwise.
        let _ = fs::remove_file(data.join(FOLDER).join(name));
    }
}

/// Removes what has waited too long, and the oldest of what is too many; what cannot be removed now is tried again.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut files: Vec<(Duration, PathBuf)> =
        entries.flatten().map(|entry| (age(&entry.path()).unwrap_or(Duration::MAX), entry.path())).collect();
    files.sort();
    for (_, path) in files
        .into_iter()
        .enumerate()
        .filter(|(place, (age, _))| *age > WAITS || place + 1 >= MOST)
        .map(|(_, file)| file)
    {
        let _ = fs::remove_file(path);
    }
}

fn age(path: &Path) -> Option<Duration> {
    let written = fs::metadata(path).ok()?.modified().ok()?;
    Some(SystemTime::now().duration_since(written).unwrap_or_default())
}

/// 128 bits in hexadecimal, of keys that the standard library draws at random for each thread and varies for each use.
fn random_name() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_by_its_name_alone_until_it_is_forgotten() {
        let data = tempfile::tempdir().unwrap();
        let name = keep(data.path(), b"terms").unwrap();
        assert_ne!(name, keep(data.path(), b"terms").unwrap());
        assert_eq!(find(data.path(), &name).unwrap().as_deref(), Some(&b"terms"[..]));
        for other in ["", "../policyglot.db", "0123456789abcdef0123456789abcdef", "..%2f"] {
            assert_eq!(find(data.path(), other).unwrap(), None, "{other}");
        }
        forget(data.path(), &name);
        assert_eq!(find(data.path(), &name).unwrap(), None);
    }

    #[test]
    fn no_more_files_wait_than_may() {
        let data = tempfile::tempdir().unwrap();
        for _ in 0..MOST + 5 {
            keep(data.path(), b"terms").unwrap();
        }
        assert!(fs::read_dir(data.path().join(FOLDER)).unwrap().count() <= MOST);
    }
}
