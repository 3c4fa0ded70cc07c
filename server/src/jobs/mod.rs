//! Long work as a thing of its own: files that were uploaded, read one after the other in worker processes.
//!
//! Files are in the data folder, whole, before a job speaks of them ([`receive`]), and each step of a job is written
//! beside them ([`folder`]): a server that ends in the middle goes on with the file that it was at. One thread does the
//! work ([`Runner`]); everybody else looks ([`Jobs::get`]), waits for news ([`Jobs::news`]) and cancels.

mod folder;
mod limits;
mod model;
mod names;
mod receive;
mod runner;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use self::folder::Folder;
pub(crate) use self::folder::free_bytes;
pub(crate) use self::limits::{UploadLimits, bytes_said};
pub(crate) use self::model::{FileState, Job, JobFile, JobState, Step};
pub(crate) use self::receive::{Begun, Receiving, Refused};
pub(crate) use self::runner::Runner;
use crate::Error;

/// All jobs: those that wait or run, and the latest of those that have ended.
pub(crate) struct Jobs {
    folder: Folder,
    limits: UploadLimits,
    held: Mutex<Held>,
    /// Told when there may be work.
    work: Condvar,
    /// Grows with every change.
    version: watch::Sender<u64>,
    /// The right to take uploads, which one process has at a time; `None` where another has it.
    lock: Option<File>,
}

#[derive(Default)]
struct Held {
    jobs: BTreeMap<i64, Job>,
    /// Keys under which uploads are coming in now.
    receiving: BTreeSet<String>,
    /// How many uploads are coming in now, and how many bytes they have brought so far.
    incoming: usize,
    incoming_bytes: u64,
    /// The number of the job that was made last.
    last: i64,
    /// How many uploads were begun.
    begun: u64,
    stopping: bool,
}

impl Jobs {
    /// The jobs of a data folder, with those that were not done when the server before this one ended.
    pub(crate) fn open(data: &Path, limits: UploadLimits) -> Self {
        let folder = Folder::new(data);
        // Where the folder cannot be made or read, uploads fail with the reason; everything else works.
        let lock = folder.lock().unwrap_or_else(|error| {
            tracing::warn!("uploads cannot be taken: {error}");
            None
        });
        let mut held = Held::default();
        if lock.is_some() {
            folder.clear_unfinished();
            for job in folder.load() {
                held.last = held.last.max(job.id);
                held.jobs.insert(job.id, job.begun_again());
            }
        }
        Self { folder, limits, held: Mutex::new(held), work: Condvar::new(), version: watch::Sender::new(0), lock }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What an upload may bring.
    pub(crate) fn limits(&self) -> &UploadLimits {
        &self.limits
    }

    /// Whether uploads are taken here, not by another process.
    pub(crate) fn takes_uploads(&self) -> bool {
        self.lock.is_some()
    }

    /// The job of that number.
    pub(crate) fn get(&self, id: i64) -> Option<Job> {
        self.held().jobs.get(&id).cloned()
    }

    /// The latest jobs, the latest first; at most so many.
    pub(crate) fn latest(&self, limit: usize) -> Vec<Job> {
        self.held().jobs.values().rev().take(limit).cloned().collect()
    }

    /// How many jobs there are in each state.
    pub(crate) fn counts(&self) -> Vec<(JobState, usize)> {
        let held = self.held();
        let count = |state| held.jobs.values().filter(|job| job.state == state).count();
        JobState::ALL.into_iter().map(|state| (state, count(state))).filter(|(_, count)| *count > 0).collect()
    }

    /// Tells of every change: the number itself means nothing.
    pub(crate) fn news(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Ends a job: at once where it waits, else after the file that is being read. What has been read stays. `None`
    /// where there is no such job.
    pub(crate) fn cancel(&self, id: i64, now: &str) -> Option<Job> {
        let cancelled = self.change(id, |job| job.cancel(now))?;
        if cancelled.state.is_ended() {
            self.folder.drop_files(id);
        }
        self.work.notify_all();
        Some(cancelled)
    }

    /// Changes a job and keeps it; the job as it is then.
    fn change(&self, id: i64, change: impl FnOnce(&mut Job)) -> Option<Job> {
        let mut held = self.held();
        let job = held.jobs.get_mut(&id)?;
        change(job);
        let changed = job.clone();
        // Within the lock, so that what is kept is what was changed last.
        if let Err(error) = self.folder.save(&changed) {
            tracing::warn!("a job could not be kept, and would be begun again: {error}");
        }
        drop(held);
        self.tell();
        Some(changed)
    }

    /// Shows how far a job is, which is not worth keeping.
    fn show(&self, id: i64, change: impl FnOnce(&mut Job)) {
        if let Some(job) = self.held().jobs.get_mut(&id) {
            change(job);
        }
        self.tell();
    }

    fn tell(&self) {
        self.version.send_modify(|version| *version = version.wrapping_add(1));
    }

    /// Waits for a job that is to be done, at most for a while; `Err` when the server is about to end.
    fn next(&self, patience: Duration) -> Result<Option<i64>, Stopping> {
        let held = self.held();
        let next = |held: &Held| held.jobs.values().find(|job| !job.state.is_ended()).map(|job| job.id);
        let idle = |held: &mut Held| !held.stopping && next(held).is_none();
        let (held, _) = self.work.wait_timeout_while(held, patience, idle).unwrap_or_else(PoisonError::into_inner);
        if held.stopping { Err(Stopping) } else { Ok(next(&held)) }
    }

    /// Waits for a while, or until the server is about to end or a job was cancelled.
    fn pause(&self, time: Duration) {
        let held = self.held();
        if !held.stopping {
            drop(self.work.wait_timeout(held, time));
        }
    }

    fn is_stopping(&self) -> bool {
        self.held().stopping
    }

    /// Has the runner end after the file that it is at.
    fn stop(&self) {
        self.held().stopping = true;
        self.work.notify_all();
    }

    /// Forgets the oldest of the jobs that have ended, where there are more than are kept.
    fn forget_old(&self) {
        let mut held = self.held();
        let ended: Vec<i64> = held.jobs.values().filter(|job| job.state.is_ended()).map(|job| job.id).collect();
        for id in ended.iter().take(ended.len().saturating_sub(self.limits.jobs_kept)) {
            held.jobs.remove(id);
            self.folder.remove(*id);
        }
    }
}

/// The server is about to end.
struct Stopping;

/// What failed with a file or a folder of uploads.
fn failed(action: &'static str, path: &Path, source: std::io::Error) -> Error {
    Error::Io { action, path: path.to_owned(), source }
}
