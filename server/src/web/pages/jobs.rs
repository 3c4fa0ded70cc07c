//! A job: how far it is, what came of each file, and what to do about those that failed.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};

use crate::jobs::{FileState, Job, JobState, Step, bytes_said};
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::view::Said;
use crate::web::words::CorpusWords;
use crate::web::{App, assets, safety};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/jobs/{id}", get(show)).route("/jobs/{id}/cancel", post(cancel))
}

#[derive(Template)]
#[template(path = "job.html")]
struct JobPage {
    shell: Shell,
    c: &'static CorpusWords,
    job: JobLine,
    is_ended: bool,
    is_ending: bool,
    /// Whether some files could not be read.
    has_failed: bool,
    done: usize,
    total: usize,
    /// What it is doing.
    step: Option<String>,
    /// What followed.
    counts: Vec<Said>,
    problem: bool,
    files: Vec<FileLine>,
    script: &'static str,
}

/// A job in a list.
pub(super) struct JobLine {
    pub(super) id: i64,
    pub(super) state: &'static str,
    /// The class of the state's mark.
    pub(super) class: &'static str,
    pub(super) title: String,
    pub(super) when: String,
    pub(super) about: Vec<String>,
}

/// What became of a file.
struct FileLine {
    name: String,
    bytes: String,
    state: &'static str,
    class: &'static str,
    document: Option<Said>,
    reason: Option<String>,
    /// What to do, where the reason does not say so.
    help: Option<&'static str>,
}

/// A job in short.
pub(super) fn job_line(c: &'static CorpusWords, job: &Job) -> JobLine {
    let counts = [FileState::New, FileState::Known, FileState::Failed, FileState::Cancelled];
    let about = counts.into_iter().filter_map(|state| {
        let count = job.count(state);
        (count > 0).then(|| format!("{count} {}", c.file_state(state)))
    });
    JobLine {
        id: job.id,
        state: c.job_state(job.state),
        class: match job.state {
            JobState::Done => "preferred",
            JobState::Failed => "warn",
            _ => "",
        },
        title: c.upload_of(job.files.len(), job.files.first().map_or("", |file| file.name.as_str())),
        when: minute(&job.created),
        about: about.collect(),
    }
}

/// A time as far as a person reads it: `2026-11-23 05:10 UTC`.
fn minute(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => time.to_owned(),
    }
}

async fn show(State(app): State<App>, shell: Shell, Path(id): Path<String>) -> Result<Response, Problem> {
    let job = app.jobs.get(Thing::Job.number(&id)?).ok_or(Problem::Missing(Thing::Job))?;
    let documents: Vec<i64> = job.files.iter().filter_map(|file| file.document).collect();
    let titles = app.run(move |data| {
        data.with_store(|store| {
            let mut titles = Vec::new();
            for id in documents {
                titles.extend(store.shelf_document(id)?.map(|document| (id, super::documents::title(&document))));
            }
            Ok(titles)
        })
    });
    let titles = titles.await?;
    let c = CorpusWords::of(shell.ui());
    let files = job.files.iter().map(|file| FileLine {
        name: file.name.clone(),
        bytes: bytes_said(file.bytes),
        state: c.file_state(file.state),
        class: match file.state {
            FileState::New => "preferred",
            FileState::Failed => "warn",
            _ => "",
        },
        document: file.document.and_then(|id| Some(titles.iter().find(|(own, _)| *own == id)?.1.clone())),
        reason: file.reason.clone(),
        help: file.needs_password.then_some(c.password_help),
    });
    let page = JobPage {
        c,
        is_ended: job.state.is_ended(),
        is_ending: job.cancel && !job.state.is_ended(),
        has_failed: job.state.is_ended() && job.count(FileState::Failed) > 0,
        done: job.done(),
        total: job.files.len(),
        step: job.step.as_ref().map(|step| step_said(c, step, &job)),
        counts: counts(c, &job),
        problem: job.problem.is_some(),
        files: files.collect(),
        job: job_line(c, &job),
        script: assets::jobs_script_address(),
        shell,
    };
    scripted(super::page(&page)?)
}

fn step_said(c: &'static CorpusWords, step: &Step, job: &Job) -> String {
    match step {
        Step::WaitingForLock => c.step_lock.to_owned(),
        Step::Reading(index) => c.step_reading(job.files.get(*index).map_or("", |file| file.name.as_str())),
        Step::Deriving(_) => c.step_deriving.to_owned(),
        Step::Ocr(done, total) => c.step_ocr(*done, *total),
    }
}

/// What followed from the documents, with where it can be seen.
fn counts(c: &'static CorpusWords, job: &Job) -> Vec<Said> {
    let counts = job.counts;
    let said = [
        (counts.bitexts, c.pairs_found(counts.bitexts), Some("/bitexts")),
        (counts.terms, c.terms_mined(counts.terms), Some("/review")),
        (counts.alerts, c.alerts_made(counts.alerts), Some("/alerts")),
        (counts.ocr_pages, c.pages_by_ocr(counts.ocr_pages), None),
    ];
    let said = said.into_iter().filter(|(count, ..)| *count > 0);
    said.map(|(_, text, href)| Said { text, lang: "", href: href.map(str::to_owned) }).collect()
}

async fn cancel(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = Thing::Job.number(&id)?;
    app.jobs.cancel(id, &crate::now()).ok_or(Problem::Missing(Thing::Job))?;
    Ok(Redirect::to(&format!("/jobs/{id}")).into_response())
}

/// Lets a page load our script and send what it sends to us.
pub(super) fn scripted(mut response: Response) -> Result<Response, Problem> {
    let policy = HeaderValue::from_static(safety::SCRIPTED_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
