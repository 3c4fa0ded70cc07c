//! When a reader reads the index anew.
//!
//! The engine's own way is a thread that looks every half second, and that stays behind for good when one reading
//! fails, as it may while another process merges. Here whoever searches looks, and looks again after a failure.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use tantivy::TantivyError;

use super::{META_FILE, check_form, whole};

/// What another process has committed is found after so long at the latest.
pub(super) const LOOK_EVERY: Duration = Duration::from_millis(200);
/// What cannot be read for so long is damage, and no merge of another process.
const LONGEST_FAILURE: Duration = Duration::from_secs(10);

/// What a reader has read, and when it looked last.
pub(super) struct Freshness(Mutex<State>);

struct State {
    looked: Instant,
    /// The engine's list of segments as it was read last.
    read: Vec<u8>,
    /// Since when reading has failed, and why.
    failure: Option<(Instant, String)>,
}

impl Freshness {
    /// A reader that is about to read the folder for the first time.
    pub(super) fn now(folder: &Path) -> Self {
        let read = fs::read(folder.join(META_FILE)).unwrap_or_default();
        Self(Mutex::new(State { looked: Instant::now(), read, failure: None }))
    }

    /// Has the index read anew where its list of segments has changed. Nobody waits for another who is at it.
    pub(super) fn look(&self, folder: &Path, reload: impl FnOnce() -> Result<(), TantivyError>) {
        let mut state = match self.0.try_lock() {
            Ok(state) => state,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        if state.looked.elapsed() < LOOK_EVERY {
            return;
        }
        state.looked = Instant::now();
        // An index that is being built anew, or in another form, is not read: the one that is open is whole.
        if check_form(folder).is_err() {
            return;
        }
        let Ok(meta) = fs::read(folder.join(META_FILE)) else { return };
        if meta == state.read {
            state.failure = None;
            return;
        }
        match reload() {
            Ok(()) => (state.read, state.failure) = (meta, None),
            Err(error) => {
                let since = state.failure.take().map_or_else(Instant::now, |(since, _)| since);
                state.failure = Some((since, whole::said(&error)));
            }
        }
    }

    /// Why the index could not be read anew, when that has lasted too long for anything but damage.
    pub(super) fn long_failed(&self) -> Option<String> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, reason) = state.failure.as_ref()?;
        (since.elapsed() > LONGEST_FAILURE).then(|| reason.clone())
    }
}
