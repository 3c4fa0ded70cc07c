//! A job: what it is to do, how far it is, and what came of it. This is also how it is kept in its folder.

use serde::{Deserialize, Serialize};

use crate::workers::{Failure, FailureKind};

/// A file that has ended the program so often is given up.
const MOST_TRIES: u8 = 3;

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum JobState {
    /// It has not begun.
    Waiting,
    /// Its files are being read.
    Running,
    /// It has come to its end: some files may have failed, but not all.
    Done,
    /// No file could be read, or the server failed.
    Failed,
    /// Somebody ended it. What was read before stays.
    Cancelled,
}

impl JobState {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    /// The name used in the API.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more will happen.
    pub(crate) fn is_ended(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// What became of a file so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileState {
    /// It has not been read.
    Waiting,
    /// It is being read.
    Reading,
    /// It is a document that is new.
    New,
    /// A document with these bytes was there already: nothing was changed.
    Known,
    /// It could not be read.
    Failed,
    /// The job was ended before it was read.
    Cancelled,
}

impl FileState {
    /// The name used in the API.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Reading => "reading",
            Self::New => "new",
            Self::Known => "known",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// What a job is doing just now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Step {
    /// Another process is writing; the job waits for it.
    WaitingForLock,
    /// Reading the file of this place in the list, counted from 0.
    Reading(usize),
    /// Working on what was read: the step of [`crate::derive::derive`], as it says it.
    Deriving(String),
    /// Reading pages by OCR: how many are done, of how many.
    Ocr(usize, usize),
}

/// A file of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct JobFile {
    /// Its name, fit to be shown.
    pub(crate) name: String,
    /// Its size.
    pub(crate) bytes: u64,
    pub(crate) state: FileState,
    /// The document that it is, once it is in.
    pub(crate) document: Option<i64>,
    /// Why it could not be read, and what to do.
    pub(crate) reason: Option<String>,
    /// Whether it needs a password.
    #[serde(default)]
    pub(crate) needs_password: bool,
    /// How often reading it was begun.
    #[serde(default)]
    pub(crate) tries: u8,
}

impl JobFile {
    /// A file that waits.
    pub(crate) fn new(name: String, bytes: u64) -> Self {
        let state = FileState::Waiting;
        Self { name, bytes, state, document: None, reason: None, needs_password: false, tries: 0 }
    }

    /// Whether it is still to be read.
    pub(crate) fn is_left(&self) -> bool {
        matches!(self.state, FileState::Waiting | FileState::Reading)
    }

    /// Notes why it could not be read.
    pub(crate) fn fail(&mut self, failure: Failure) {
        self.state = FileState::Failed;
        self.needs_password = failure.kind == FailureKind::Password;
        self.reason = Some(failure.message);
    }
}

/// What followed from the documents that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Counts {
    /// Pairs of documents that were found.
    pub(crate) bitexts: usize,
    /// Term pairs that were mined.
    pub(crate) terms: usize,
    /// Alerts that were made.
    pub(crate) alerts: usize,
    /// Pages that were read by OCR.
    pub(crate) ocr_pages: usize,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) id: i64,
    pub(crate) state: JobState,
    /// When the files had all arrived, when the first was begun, when the job ended; RFC 3339.
    pub(crate) created: String,
    pub(crate) started: Option<String>,
    pub(crate) finished: Option<String>,
    /// Whether its documents make no alerts.
    pub(crate) quiet: bool,
    /// The files, in the order in which they came.
    pub(crate) files: Vec<JobFile>,
    /// What it is doing just now.
    pub(crate) step: Option<Step>,
    /// Whether somebody wants it to end.
    pub(crate) cancel: bool,
    /// What followed.
    pub(crate) counts: Counts,
    /// Why the server failed, where it did.
    pub(crate) problem: Option<String>,
    /// The idempotency key of the request that made it.
    pub(crate) key: Option<String>,
}

impl Job {
    /// How many files will not be read any more: read, known, failed or cancelled.
    pub(crate) fn done(&self) -> usize {
        self.files.iter().filter(|file| !file.is_left()).count()
    }

    /// How many files are in a state.
    pub(crate) fn count(&self, state: FileState) -> usize {
        self.files.iter().filter(|file| file.state == state).count()
    }

    /// How many bytes wait to be read.
    pub(crate) fn waiting_bytes(&self) -> u64 {
        self.files.iter().filter(|file| file.is_left()).fold(0, |sum, file| sum.saturating_add(file.bytes))
    }

    /// Whether its documents are worth another look: new, and so perhaps scans.
    pub(super) fn new_documents(&self) -> Vec<i64> {
        self.files.iter().filter(|file| file.state == FileState::New).filter_map(|file| file.document).collect()
    }

    /// The job as the next server takes it up.
    pub(super) fn begun_again(mut self) -> Self {
        if self.state.is_ended() {
            return self;
        }
        self.state = JobState::Waiting;
        self.step = None;
        for file in self.files.iter_mut().filter(|file| file.tries >= MOST_TRIES && file.is_left()) {
            file.fail(Failure::unreadable(
                "the program ended three times while it was read; please report it with the file",
            ));
        }
        self
    }

    /// Notes that somebody wants it to end; it has, unless a file is being read.
    pub(super) fn cancel(&mut self, now: &str) {
        if self.state.is_ended() {
            return;
        }
        self.cancel = true;
        if self.state == JobState::Waiting {
            self.end(now);
        }
    }

    /// Ends the job, as it is.
    pub(super) fn end(&mut self, now: &str) {
        for file in self.files.iter_mut().filter(|file| file.is_left()) {
            file.state = FileState::Cancelled;
        }
        self.step = None;
        self.finished = Some(now.to_owned());
        self.state = if self.problem.is_some() {
            JobState::Failed
        } else if self.cancel && self.count(FileState::Cancelled) > 0 {
            JobState::Cancelled
        } else if self.files.iter().all(|file| file.state == FileState::Failed) {
            JobState::Failed
        } else {
            JobState::Done
        };
    }
}
