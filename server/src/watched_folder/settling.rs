//! Which files have come to rest.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::finished::has_whole_end;

/// A file that ends as its kind does is finished when nothing has changed for this long.
const RESTING: Duration = Duration::from_secs(2);
/// A file that does not may be copied over a line that stalls; after this long it is damaged rather than unfinished.
const STALLED: Duration = Duration::from_secs(30);

/// Files with what was last seen of them.
#[derive(Debug, Default)]
pub(super) struct Settling {
    seen: BTreeMap<PathBuf, Seen>,
}

#[derive(Debug)]
struct Seen {
    stamp: Stamp,
    /// Since when it looks like this.
    since: Instant,
    taken: bool,
}

/// By what a file is seen to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    size: u64,
    changed: Option<SystemTime>,
    /// When the system noted a change of any kind, where it does: a copy may have the size and the time of what it
    /// replaces.
    noted: (i64, i64),
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        // A pipe is never finished, and who opens one waits for ever.
        let metadata = std::fs::metadata(path).ok().filter(Metadata::is_file)?;
        Some(Self { size: metadata.len(), changed: metadata.modified().ok(), noted: noted(&metadata) })
    }
}

#[cfg(unix)]
fn noted(metadata: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn noted(_: &Metadata) -> (i64, i64) {
    (0, 0)
}

impl Settling {
    /// Looks at the files that are there now: those that are finished and were not taken like this, so many at most.
    pub(super) fn look(&mut self, files: Vec<PathBuf>, now: Instant, most: usize) -> Vec<PathBuf> {
        let mut before = std::mem::take(&mut self.seen);
        let mut ready = Vec::new();
        for path in files {
            let Some(stamp) = Stamp::of(&path) else { continue };
            let seen = match before.remove(&path) {
                Some(seen) if seen.stamp == stamp => seen,
                _ => Seen { stamp, since: now, taken: false },
            };
            let rests = now.saturating_duration_since(seen.since);
            let is_old = ready.len() < most && !seen.taken && rests >= RESTING;
            if is_old && (rests >= STALLED || has_whole_end(&path)) {
                ready.push(path.clone());
            }
            self.seen.insert(path, seen);
        }
        ready
    }

    /// Remembers that files were taken as they were when last looked at.
    pub(super) fn took(&mut self, files: &[PathBuf]) {
        for path in files {
            if let Some(seen) = self.seen.get_mut(path) {
                seen.taken = true;
            }
        }
    }

    /// Whether some were not taken yet.
    pub(super) fn is_waiting(&self) -> bool {
        self.seen.values().any(|seen| !seen.taken)
    }
}
