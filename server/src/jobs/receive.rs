//! Files that are coming in: written whole before a job speaks of them.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use super::folder::free_bytes;
use super::limits::bytes_said;
use super::model::{Counts, Job, JobFile, JobState};
use super::names::shown_name;
use super::{Held, Jobs, failed};
use crate::Error;

/// Why an upload is refused, with what to do.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    /// It is larger than what is taken.
    #[error("{0}")]
    TooLarge(String),
    /// So much waits already that no more is taken.
    #[error("{0}")]
    Full(String),
    /// Another upload under the same key is coming in.
    #[error("an upload with this Idempotency-Key is coming in just now; wait until it has ended, and ask again")]
    SameKey,
    /// There is nothing in it.
    #[error("no file was sent; choose one or more, or send one as the body")]
    Empty,
    /// Another process takes uploads for this data folder.
    #[error("another policyglot takes uploads into this corpus; use that one, or stop it and start this one again")]
    Elsewhere,
    /// The disk failed.
    #[error(transparent)]
    Failed(#[from] Error),
}

/// What became of the beginning of an upload.
pub(crate) enum Begun {
    /// It is coming in.
    New(Receiving),
    /// A request with its key has made this job before.
    Known(Box<Job>),
}

/// An upload that is coming in. Dropped before [`Receiving::commit`], it leaves nothing.
pub(crate) struct Receiving {
    jobs: Arc<Jobs>,
    path: PathBuf,
    key: Option<String>,
    files: Vec<JobFile>,
    open: Option<BufWriter<File>>,
    /// How many bytes all files have so far.
    bytes: u64,
    committed: bool,
}

impl Held {
    fn with_key(&self, key: Option<&str>) -> Option<Job> {
        self.jobs.values().rev().find(|job| key.is_some() && job.key.as_deref() == key).cloned()
    }
}

impl Jobs {
    /// Begins to take an upload, unless a request with the same idempotency key has made a job before.
    pub(crate) fn receive(self: &Arc<Self>, key: Option<String>) -> Result<Begun, Refused> {
        if self.lock.is_none() {
            return Err(Refused::Elsewhere);
        }
        self.check_room()?;
        let mut held = self.held();
        if let Some(known) = held.with_key(key.as_deref()) {
            return Ok(Begun::Known(Box::new(known)));
        }
        if held.incoming >= self.limits.at_once {
            let most = self.limits.at_once;
            return Err(Refused::Full(format!("{most} uploads are coming in already; wait until one has ended")));
        }
        if let Some(key) = &key
            && !held.receiving.insert(key.clone())
        {
            return Err(Refused::SameKey);
        }
        held.incoming += 1;
        held.begun += 1;
        let path = self.folder.path().join(format!(".{}", held.begun));
        drop(held);
        let receiving =
            Receiving { jobs: self.clone(), path, key, files: Vec::new(), open: None, bytes: 0, committed: false };
        // Made last, so that whatever fails gives the place back.
        std::fs::create_dir_all(&receiving.path).map_err(|error| failed("make", &receiving.path, error))?;
        Ok(Begun::New(receiving))
    }

    /// Refuses more than may wait, and more than the disk holds.
    fn check_room(&self) -> Result<(), Refused> {
        let held = self.held();
        let waiting = held.jobs.values().fold(held.incoming_bytes, |sum, job| sum.saturating_add(job.waiting_bytes()));
        drop(held);
        if waiting >= self.limits.waiting_bytes {
            let waiting = bytes_said(waiting);
            return Err(Refused::Full(format!("{waiting} wait to be read already; send this when they have been")));
        }
        match free_bytes(self.folder.path()) {
            Some(free) if free < self.limits.free_bytes => {
                let free = bytes_said(free);
                Err(Refused::Full(format!("only {free} are free on the server's disk; make room there first")))
            }
            _ => Ok(()),
        }
    }
}

impl Receiving {
    /// Begins the next file, by the name that the sender gives.
    pub(crate) fn begin(&mut self, name: &str) -> Result<(), Refused> {
        self.end()?;
        let most = self.jobs.limits.files;
        if self.files.len() >= most {
            return Err(Refused::TooLarge(format!(
                "more than {most} files at a time are not taken; send them in parts"
            )));
        }
        let path = self.path.join(self.files.len().to_string());
        let file = File::create_new(&path).map_err(|error| failed("write", &path, error))?;
        self.files.push(JobFile::new(shown_name(name), 0));
        self.open = Some(BufWriter::new(file));
        Ok(())
    }

    /// Takes the next bytes of the file that was begun.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        let (Some(open), Some(file)) = (&mut self.open, self.files.last_mut()) else { return Err(Refused::Empty) };
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        file.bytes = file.bytes.saturating_add(length);
        self.bytes = self.bytes.saturating_add(length);
        let limits = &self.jobs.limits;
        if file.bytes > limits.file_bytes {
            let (name, most) = (&file.name, bytes_said(limits.file_bytes));
            return Err(Refused::TooLarge(format!(
                "{name} is larger than {most}; split it, or read it in on the server with `policyglot ingest`"
            )));
        }
        if self.bytes > limits.request_bytes {
            let most = bytes_said(limits.request_bytes);
            return Err(Refused::TooLarge(format!("more than {most} at a time are not taken; send them in parts")));
        }
        open.write_all(bytes).map_err(|error| failed("write", &self.path, error))?;
        {
            let mut held = self.jobs.held();
            held.incoming_bytes = held.incoming_bytes.saturating_add(length);
        }
        self.jobs.check_room()
    }

    /// Ends the file that was begun, if one was: it is on the disk then.
    fn end(&mut self) -> Result<(), Refused> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let written = open.into_inner().map_err(std::io::IntoInnerError::into_error);
        let synced = written.and_then(|file| file.sync_all());
        Ok(synced.map_err(|error| failed("write", &self.path, error))?)
    }

    /// Makes a job of the files: it is on the disk when this is done. A `quiet` one makes no alerts.
    pub(crate) fn commit(mut self, quiet: bool, now: &str) -> Result<Job, Refused> {
        self.end()?;
        if self.files.is_empty() {
            return Err(Refused::Empty);
        }
        let files = std::mem::take(&mut self.files);
        let jobs = self.jobs.clone();
        let id = {
            let mut held = jobs.held();
            held.last += 1;
            held.last
        };
        let job = Job {
            id,
            state: JobState::Waiting,
            created: now.to_owned(),
            started: None,
            finished: None,
            quiet,
            files,
            step: None,
            cancel: false,
            counts: Counts::default(),
            problem: None,
            key: self.key.clone(),
        };
        jobs.folder.commit(&self.path, &job)?;
        self.committed = true;
        jobs.held().jobs.insert(id, job.clone());
        drop(self);
        jobs.forget_old();
        jobs.work.notify_all();
        jobs.tell();
        Ok(job)
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        let mut held = self.jobs.held();
        held.incoming = held.incoming.saturating_sub(1);
        held.incoming_bytes = held.incoming_bytes.saturating_sub(self.bytes);
        if let Some(key) = &self.key {
            held.receiving.remove(key);
        }
        drop(held);
        if !self.committed {
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}
