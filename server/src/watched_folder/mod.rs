//! A folder that is watched: files that come into it are ingested once they are finished.
//!
//! What the system says of changes is only a reason to look; what is there is seen by looking, which happens every few
//! seconds in any case. So events that are lost, as on network file systems, cost some seconds and nothing else. Nothing
//! is remembered beyond the run: a document is known by its bytes, so a file of before is passed over.

mod finished;
mod settling;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use self::settling::Settling;
use crate::Error;
use crate::intake;

/// How soon to look again at files that may not be finished.
const SOON: Duration = Duration::from_millis(500);
/// How soon to look again when nothing is told.
const LATER: Duration = Duration::from_secs(10);
/// The same where the system cannot tell of changes.
const POLLING: Duration = Duration::from_secs(2);
/// So many files are taken at a time, so that the first can be found before the last is read.
const MOST: usize = 200;

/// A folder whose files are taken when they are finished.
pub(crate) struct WatchedFolder {
    folder: PathBuf,
    /// The data folder, whose files are none to ingest, should it be below.
    own: PathBuf,
    settling: Settling,
    changes: Changes,
}

/// What the system says of changes.
enum Changes {
    /// It says that there were some. The watcher ends with this value.
    Told(Receiver<()>, #[expect(dead_code, reason = "it tells as long as it lives")] RecommendedWatcher),
    /// It cannot say.
    Untold,
}

impl WatchedFolder {
    /// Begins to watch a folder and what is below it. `data` is the data folder.
    ///
    /// # Errors
    /// When there is no such folder.
    pub(crate) fn new(folder: &Path, data: &Path) -> Result<Self, Error> {
        if !folder.is_dir() {
            return Err(Error::Input(format!("{} is no folder; give one to --watch-folder", folder.display())));
        }
        let own = data.canonicalize().unwrap_or_else(|_| data.to_owned());
        Ok(Self { folder: folder.to_owned(), own, settling: Settling::default(), changes: Changes::of(folder) })
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the system tells of changes, so that there is no need to look every other second.
    fn is_told(&self) -> bool {
        matches!(self.changes, Changes::Told(..))
    }

    /// The files that are finished and were not taken as they are now. At most some hundreds at a time.
    pub(crate) fn finished(&mut self, now: Instant) -> Vec<PathBuf> {
        let mut files = intake::find(std::slice::from_ref(&self.folder)).files;
        files.retain(|path| !path.canonicalize().is_ok_and(|path| path.starts_with(&self.own)));
        self.settling.look(files, now, MOST)
    }

    /// Remembers that files were taken as they were when last looked at, whatever became of them.
    pub(crate) fn took(&mut self, files: &[PathBuf]) {
        self.settling.took(files);
    }

    /// Waits until there is a reason to look.
    pub(crate) fn wait(&mut self) {
        let longest = if self.settling.is_waiting() { SOON } else { self.patience() };
        match &self.changes {
            Changes::Untold => std::thread::sleep(longest),
            Changes::Told(told, _) => match told.recv_timeout(longest) {
                // A file that is being written tells so all the time.
                Ok(()) => std::thread::sleep(SOON),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => self.changes = Changes::Untold,
            },
        }
    }

    fn patience(&self) -> Duration {
        if self.is_told() { LATER } else { POLLING }
    }
}

impl Changes {
    fn of(folder: &Path) -> Self {
        // One reason to look is as good as many.
        let (sender, receiver) = sync_channel(1);
        let watcher = notify::recommended_watcher(move |_| {
            let _ = sender.try_send(());
        });
        let watching = watcher.and_then(|mut watcher| {
            watcher.watch(folder, RecursiveMode::Recursive)?;
            Ok(watcher)
        });
        match watching {
            Ok(watcher) => Self::Told(receiver, watcher),
            Err(error) => {
                tracing::warn!(%error, "the system does not tell of changes; the folder is looked at every 2 seconds");
                Self::Untold
            }
        }
    }
}
