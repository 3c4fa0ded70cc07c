//! The thread that does the jobs, one after the other, exactly as `policyglot ingest` does: files are read by worker
//! processes and committed, then all that follows is derived.
//!
//! The right to write is held from the first file that is read to the end of what is derived from it, and given back
//! then, so that commands of other processes come between two files of a long job.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use corpus::store::ForOcr;

use super::model::{FileState, Step};
use super::{JobState, Jobs, Stopping};
use crate::Error;
use crate::data::{Data, WriteLock};
use crate::derive;
use crate::intake::{self, Report};
use crate::ocr::Engine;
use crate::ocr::waiting;
use crate::workers::Pool;

/// How long to wait at most before it is looked whether there is work.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long to wait for another process that writes.
const ANOTHER_WRITES: Duration = Duration::from_secs(2);
/// How long to wait at the end for what is being done.
const FAREWELL: Duration = Duration::from_secs(3);
/// What is read can be found after so long at the latest, though more files wait.
const DERIVE_EVERY: Duration = Duration::from_secs(5);

/// Does the jobs until it is dropped. The file that is being read then is read again by the next server.
pub(crate) struct Runner {
    jobs: Arc<Jobs>,
    thread: Option<JoinHandle<()>>,
}

impl Runner {
    /// Begins to do the jobs. `engine` chooses an OCR engine when a job begins, if one is to be used.
    pub(crate) fn start(
        data: &Arc<Data>,
        jobs: &Arc<Jobs>,
        engine: impl Fn() -> Option<Engine> + Send + 'static,
    ) -> Self {
        let (data, own) = (data.clone(), jobs.clone());
        let thread = std::thread::spawn(move || {
            crate::workers::thread_gives_way();
            if own.takes_uploads() {
                run(&data, &own, &engine);
            }
        });
        Self { jobs: jobs.clone(), thread: Some(thread) }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.jobs.stop();
        let Some(thread) = self.thread.take() else { return };
        // A file may take minutes to read. What is derived can be done again, and a file in hand is read again.
        let begun = Instant::now();
        while !thread.is_finished() && begun.elapsed() < FAREWELL {
            std::thread::sleep(Duration::from_millis(20));
        }
        if thread.is_finished() {
            let _ = thread.join();
        }
    }
}

fn run(data: &Data, jobs: &Jobs, engine: &dyn Fn() -> Option<Engine>) {
    while let Ok(next) = jobs.next(PATIENCE) {
        let Some(id) = next else { continue };
        let mut work = Work { data, jobs, id, engine: engine(), pool: None, lock: None };
        match work.run() {
            Ok(()) => {}
            Err(Halt::Stopping) => return,
            Err(Halt::Failed(error)) => {
                // The reason may name paths of this machine, which are none of a reader's business.
                tracing::error!(%error, id, "a job failed");
                let said = "the server failed; its log says why. Nothing that was read is lost: send the rest again";
                jobs.change(id, |job| {
                    job.problem = Some(said.to_owned());
                    job.end(&crate::now());
                });
            }
        }
        drop(work);
        jobs.folder.drop_files(id);
        jobs.forget_old();
    }
}

/// Why work on a job ends early.
enum Halt {
    Stopping,
    Failed(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Stopping> for Halt {
    fn from(_: Stopping) -> Self {
        Self::Stopping
    }
}

/// Work on one job.
struct Work<'a> {
    data: &'a Data,
    jobs: &'a Jobs,
    id: i64,
    engine: Option<Engine>,
    /// The workers, which end with the job.
    pool: Option<Pool>,
    lock: Option<WriteLock>,
}

impl Work<'_> {
    fn run(&mut self) -> Result<(), Halt> {
        let Some(job) = self.jobs.change(self.id, |job| {
            job.state = JobState::Running;
            job.started.get_or_insert_with(crate::now);
        }) else {
            return Ok(());
        };
        self.take_lock()?;
        let mut derived = Instant::now();
        for index in 0..job.files.len() {
            if self.is_cancelled() {
                break;
            }
            self.take_lock()?;
            self.read(index, job.quiet)?;
            if derived.elapsed() >= DERIVE_EVERY {
                self.derive()?;
                self.lock = None;
                derived = Instant::now();
            }
        }
        // Also where nothing is new: a server before this one may have ended before it came to this.
        self.take_lock()?;
        self.derive()?;
        if !self.is_cancelled() {
            self.read_scans()?;
        }
        self.lock = None;
        self.jobs.change(self.id, |job| job.end(&crate::now()));
        Ok(())
    }

    fn is_cancelled(&self) -> bool {
        self.jobs.get(self.id).is_none_or(|job| job.cancel)
    }

    /// Waits for the right to write, unless it is here already.
    fn take_lock(&mut self) -> Result<(), Halt> {
        while self.lock.is_none() {
            if self.jobs.is_stopping() {
                return Err(Halt::Stopping);
            }
            match self.data.lock_for_writing() {
                Ok(lock) => self.lock = Some(lock),
                Err(Error::Busy { .. }) if self.is_cancelled() => return Ok(()),
                Err(Error::Busy { .. }) => {
                    self.jobs.show(self.id, |job| job.step = Some(Step::WaitingForLock));
                    self.jobs.pause(ANOTHER_WRITES);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Reads and commits a file, unless that was done before.
    fn read(&mut self, index: usize, quiet: bool) -> Result<(), Halt> {
        if self.lock.is_none() {
            return Ok(());
        }
        let Some(job) = self.jobs.get(self.id) else { return Ok(()) };
        let Some(file) = job.files.get(index).filter(|file| file.is_left()) else { return Ok(()) };
        if self.jobs.is_stopping() {
            return Err(Halt::Stopping);
        }
        let was_begun = file.state == FileState::Reading;
        self.jobs.change(self.id, |job| {
            job.step = Some(Step::Reading(index));
            if let Some(file) = job.files.get_mut(index) {
                file.state = FileState::Reading;
                file.tries = file.tries.saturating_add(1);
            }
        });
        if self.pool.is_none() {
            self.pool = Some(Pool::of_this_program()?);
        }
        let Some(pool) = &self.pool else { return Ok(()) };
        let path = self.jobs.folder.file(self.id, index);
        let report = intake::ingest_upload(self.data, pool, self.engine.as_ref(), &path, &file.name, quiet)?;
        self.jobs.change(self.id, |job| {
            if let Some(file) = job.files.get_mut(index) {
                note(file, report, was_begun);
            }
        });
        self.jobs.folder.drop_file(self.id, index);
        Ok(())
    }

    fn derive(&mut self) -> Result<(), Halt> {
        if self.lock.is_none() {
            return Ok(());
        }
        let show = |step: &str| self.jobs.show(self.id, |job| job.step = Some(Step::Deriving(step.to_owned())));
        let derived = derive::derive(self.data, None, &show)?;
        self.jobs.change(self.id, |job| {
            job.counts.bitexts += derived.bitexts;
            job.counts.terms += derived.terms;
            job.counts.alerts += derived.alerts;
        });
        Ok(())
    }

    /// Has an OCR engine read what waits in the documents that are new, if one is there.
    fn read_scans(&mut self) -> Result<(), Halt> {
        let (Some(engine), Some(pool), true) = (self.engine.clone(), &self.pool, self.lock.is_some()) else {
            return Ok(());
        };
        let new = self.jobs.get(self.id).map(|job| job.new_documents()).unwrap_or_default();
        let mut ids = self.data.with_store(|store| Ok(store.documents_for_ocr(ForOcr::Untried)?))?;
        ids.retain(|id| new.contains(id));
        // A document at a time, so that the job can be ended between two.
        for id in ids {
            if self.is_cancelled() {
                break;
            }
            if self.jobs.is_stopping() {
                return Err(Halt::Stopping);
            }
            let show = |progress: waiting::Progress<'_>| {
                self.jobs.show(self.id, |job| job.step = Some(Step::Ocr(progress.done, progress.total)));
            };
            waiting::read(self.data, pool, &engine, &[id], false, &show, &mut |outcome| {
                self.jobs.change(self.id, |job| job.counts.ocr_pages += outcome.read);
            })?;
        }
        self.derive()
    }
}

/// Notes what became of a file. One that was begun before the server ended and is there now was read then.
fn note(file: &mut super::JobFile, report: Report, was_begun: bool) {
    let (new, known) = (report.new.first().copied(), report.known.first().copied());
    file.document = new.or(known);
    if let Some((_, failure)) = report.failed.into_iter().next() {
        file.fail(failure);
    } else if new.is_some() || was_begun {
        file.state = FileState::New;
    } else {
        file.state = FileState::Known;
    }
}
