//! Documents by upload: a form that needs no script, and what was uploaded last.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::jobs::bytes_said;
use crate::web::pages::jobs::{JobLine, job_line, scripted};
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::words::CorpusWords;
use crate::web::{App, assets};

/// How many of the latest uploads are listed.
const LATEST: usize = 10;

#[derive(Template)]
#[template(path = "documents_add.html")]
struct AddPage {
    shell: Shell,
    c: &'static CorpusWords,
    /// Whether uploads are taken here, not by another process.
    is_open: bool,
    limits: String,
    file_bytes: u64,
    request_bytes: u64,
    files: usize,
    jobs: Vec<JobLine>,
    script: &'static str,
}

pub(super) async fn show(State(app): State<App>, shell: Shell) -> Result<Response, Problem> {
    let c = CorpusWords::of(shell.ui());
    let limits = app.jobs.limits();
    let jobs = app.jobs.latest(LATEST);
    let page = super::super::page(&AddPage {
        c,
        is_open: app.jobs.takes_uploads(),
        limits: c.limits(limits.files, &bytes_said(limits.file_bytes), &bytes_said(limits.request_bytes)),
        file_bytes: limits.file_bytes,
        request_bytes: limits.request_bytes,
        files: limits.files,
        jobs: jobs.iter().map(|job| job_line(c, job)).collect(),
        script: assets::jobs_script_address(),
        shell,
    })?;
    scripted(page)
}
