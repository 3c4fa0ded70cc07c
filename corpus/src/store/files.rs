//! The documents' own bytes, in files named by their hash.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};

use super::{Error, Store};
use crate::document::DocumentHash;

impl DocumentHash {
    /// The hash of a file's bytes.
    pub fn of(bytes: &[u8]) -> Self {
        use std::fmt::Write as _;
        let mut hex = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        Self(hex)
    }
}

impl Store {
    /// Where the bytes of a document are kept.
    pub fn file_path(&self, hash: &DocumentHash) -> PathBuf {
        let folder = hash.0.get(..2).unwrap_or("00");
        self.folder.join("files").join(folder).join(&hash.0)
    }

    /// Keeps the bytes of a document; a second call with the same bytes changes nothing.
    ///
    /// The file appears whole or not at all: it is written beside its place, synced, and renamed.
    ///
    /// # Errors
    /// When the data folder cannot be written.
    pub fn keep_file(&self, hash: &DocumentHash, bytes: &[u8]) -> Result<(), Error> {
        let path = self.file_path(hash);
        if path.exists() {
            return Ok(());
        }
        let failed = |source| Error::Io { action: "keep the file", path: path.clone(), source };
        let parent = path.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(parent).map_err(failed)?;
        let unfinished = path.with_extension("part");
        let mut file = File::create(&unfinished).map_err(failed)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
        std::fs::rename(&unfinished, &path).map_err(failed)?;
        File::open(parent).and_then(|folder| folder.sync_all()).map_err(failed)
    }

    /// The bytes of a document; `None` where it came without a file.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn file(&self, hash: &DocumentHash) -> Result<Option<Vec<u8>>, Error> {
        let path = self.file_path(hash);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::Io { action: "read", path, source }),
        }
    }

    /// Lets go of bytes that turned out to be no document.
    ///
    /// # Errors
    /// When the file is there and cannot be removed.
    pub fn drop_file(&self, hash: &DocumentHash) -> Result<(), Error> {
        let path = self.file_path(hash);
        match std::fs::remove_file(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::Io { action: "remove", path, source })
            }
            _ => Ok(()),
        }
    }
}
