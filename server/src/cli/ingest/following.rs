//! `policyglot ingest --watch-folder`: what comes into a folder, as it comes.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::Error;
use crate::data::Data;
use crate::ocr::Engine;
use crate::watched_folder::WatchedFolder;
use crate::workers::Pool;

use super::{finish, print, read_scans, run};
use crate::cli::output;

/// How long to wait for another process that writes.
const ANOTHER_WRITES: Duration = Duration::from_secs(2);

/// With what a folder's files are read.
pub(super) struct Following {
    pub(super) data: Data,
    pub(super) pool: Pool,
    pub(super) engine: Option<Engine>,
    pub(super) quiet: bool,
}

/// Takes what comes into the folder until the process is ended, which it can be at any time.
pub(super) fn follow(following: &Following, mut watched: WatchedFolder) -> anyhow::Result<ExitCode> {
    output::message(&format!(
        "watching {} for documents (stop with Ctrl-C); `policyglot serve` or `policyglot deliver` sends the alerts",
        watched.folder().display()
    ));
    let mut was_there = true;
    loop {
        let is_there = watched.folder().is_dir();
        if was_there && !is_there {
            output::message(&format!("{} is gone; waiting for it", watched.folder().display()));
        }
        was_there = is_there;
        let files = watched.finished(Instant::now());
        if files.is_empty() {
            watched.wait();
        } else if take(following, &files)? {
            watched.took(&files);
        } else {
            std::thread::sleep(ANOTHER_WRITES);
        }
    }
}

/// Ingests files and derives what follows; `false` while another process writes.
///
/// The right to write is held no longer than that, so that other commands can be used meanwhile.
fn take(following: &Following, files: &[PathBuf]) -> anyhow::Result<bool> {
    let Following { data, pool, engine, quiet } = following;
    let _lock = match data.lock_for_writing() {
        Ok(lock) => lock,
        Err(Error::Busy { .. }) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let report = run(data, pool, files, engine.as_ref(), *quiet)?;
    let derived = finish(data, None)?;
    // A start over a folder of thousands that are known says nothing of them.
    if !report.new.is_empty() || !report.failed.is_empty() {
        print(&report, &derived);
    }
    if let Some(engine) = engine {
        read_scans(data, pool, engine, &report)?;
    }
    Ok(true)
}
