//! Long work as JSON: uploads that are read, how far they are, what came of them; and the same as server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use serde::Serialize;
use tokio::sync::{OwnedSemaphorePermit, watch};

use super::Stretch;
use crate::jobs::{FileState, Job, JobFile, Step};
use crate::web::App;
use crate::web::openapi::{Api, says};
use crate::web::problem::{Problem, Thing};

/// Progress is told no more often than this.
const TICK: Duration = Duration::from_millis(300);
/// How often something is said in any case, so that nobody between takes the connection for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long a reader whose connection ends waits before it asks again.
const RETRY: Duration = Duration::from_secs(3);

pub(super) fn routes() -> Api {
    Api::of("Uploads")
        .get("/jobs", list, says("listJobs", "Lists the jobs that wait, run and have ended, the latest first"))
        .get("/jobs/{id}", show, says("getJob", "Gives a job with its files").of("id", "The number of the job."))
        .delete(
            "/jobs/{id}",
            cancel,
            says("cancelJob", "Ends a job: at once where it waits, else after the file that is being read")
                .more("What was read stays.")
                .of("id", "The number of the job.")
                .answers::<JobView>()
                .accepts::<JobView>(),
        )
        .get(
            "/jobs/{id}/events",
            events,
            says("followJob", "Tells how far a job is, as it goes on")
                .more("Events `progress` with the job as it changes, without its files, and one `end` with the whole of it.")
                .of("id", "The number of the job.")
                .file("text/event-stream", "Server-sent events; the data of each is a Job as JSON."),
        )
}

/// The latest jobs.
#[derive(Serialize, schemars::JsonSchema)]
#[schemars(rename = "JobList")]
struct List {
    /// The latest first, without their files.
    jobs: Vec<JobView>,
    /// What to give as `after` for those that follow, where there are more.
    next: Option<String>,
}

/// A job: an upload that waits to be read, is being read, or has been.
#[derive(PartialEq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "Job")]
pub(in crate::web) struct JobView {
    id: i64,
    /// `waiting`, `running`, `done`, `failed` (no file could be read, or the server failed) or `cancelled`.
    state: &'static str,
    /// When all files had arrived, when the first was begun, when the job ended; RFC 3339.
    created: String,
    started: Option<String>,
    finished: Option<String>,
    /// Whether its documents make no alerts.
    quiet: bool,
    /// What it is doing just now.
    step: Option<StepView>,
    /// How many files it has, and how many will not be read any more.
    total: usize,
    done: usize,
    /// How many are new documents, were there already, could not be read, were not read.
    new: usize,
    known: usize,
    failed: usize,
    cancelled: usize,
    /// What followed: pairs of documents, term pairs, alerts, pages read by OCR.
    bitexts: usize,
    terms: usize,
    alerts: usize,
    ocr_pages: usize,
    /// Why the server failed, where it did.
    problem: Option<String>,
    /// The files in the order in which they came; left out of lists and of events that tell of progress.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<Vec<FileView>>,
}

/// What a job is doing.
#[derive(PartialEq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "JobStep")]
struct StepView {
    /// `waiting_for_lock` (another process writes), `reading`, `deriving` or `ocr`.
    kind: &'static str,
    /// The name of the file that is read, or of the step of deriving.
    name: Option<String>,
    /// Of pages read by OCR: how many are done, of how many.
    done: Option<usize>,
    total: Option<usize>,
}

/// A file of a job.
#[derive(PartialEq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "JobFile")]
struct FileView {
    name: String,
    bytes: u64,
    /// `waiting`, `reading`, `new`, `known`, `failed` or `cancelled`.
    state: &'static str,
    /// The document that it is.
    document: Option<i64>,
    /// Why it could not be read, and what to do.
    reason: Option<String>,
    /// Whether it needs a password.
    needs_password: bool,
}

impl JobView {
    /// A job with its files.
    pub(in crate::web) fn whole(job: &Job) -> Self {
        Self { files: Some(job.files.iter().map(file_view).collect()), ..Self::short(job) }
    }

    /// A job without its files.
    fn short(job: &Job) -> Self {
        Self {
            id: job.id,
            state: job.state.name(),
            created: job.created.clone(),
            started: job.started.clone(),
            finished: job.finished.clone(),
            quiet: job.quiet,
            step: job.step.as_ref().map(|step| step_view(step, job)),
            total: job.files.len(),
            done: job.done(),
            new: job.count(FileState::New),
            known: job.count(FileState::Known),
            failed: job.count(FileState::Failed),
            cancelled: job.count(FileState::Cancelled),
            bitexts: job.counts.bitexts,
            terms: job.counts.terms,
            alerts: job.counts.alerts,
            ocr_pages: job.counts.ocr_pages,
            problem: job.problem.clone(),
            files: None,
        }
    }
}

fn step_view(step: &Step, job: &Job) -> StepView {
    let (kind, name, pages) = match step {
        Step::WaitingForLock => ("waiting_for_lock", None, None),
        Step::Reading(index) => ("reading", job.files.get(*index).map(|file| file.name.clone()), None),
        Step::Deriving(step) => ("deriving", Some(step.clone()), None),
        Step::Ocr(done, total) => ("ocr", None, Some((*done, *total))),
    };
    StepView { kind, name, done: pages.map(|(done, _)| done), total: pages.map(|(_, total)| total) }
}

fn file_view(file: &JobFile) -> FileView {
    FileView {
        name: file.name.clone(),
        bytes: file.bytes,
        state: file.state.name(),
        document: file.document,
        reason: file.reason.clone(),
        needs_password: file.needs_password,
    }
}

/// The jobs that wait, run and have ended, the latest first.
async fn list(State(app): State<App>, Query(stretch): Query<Stretch>) -> Result<Json<List>, Problem> {
    let (start, limit) = (stretch.start()?, stretch.limit());
    let jobs = app.jobs.latest(start.saturating_add(limit).saturating_add(1));
    let next = Stretch::next(start, jobs.len().saturating_sub(start).min(limit), jobs.len());
    Ok(Json(List { jobs: jobs.iter().skip(start).take(limit).map(JobView::short).collect(), next }))
}

async fn show(State(app): State<App>, Path(id): Path<String>) -> Result<Json<JobView>, Problem> {
    let job = app.jobs.get(Thing::Job.number(&id)?).ok_or(Problem::Missing(Thing::Job))?;
    Ok(Json(JobView::whole(&job)))
}

/// Ends a job: at once where it waits, else after the file that is being read. What was read stays. 202 where it is
/// about to end.
async fn cancel(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = Thing::Job.number(&id)?;
    let job = app.jobs.cancel(id, &crate::now()).ok_or(Problem::Missing(Thing::Job))?;
    let status = if job.state.is_ended() { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, Json(JobView::whole(&job))).into_response())
}

/// A reader and what it was told last.
struct Reader {
    app: App,
    id: i64,
    news: watch::Receiver<u64>,
    told: Option<JobView>,
    ended: bool,
    _place: OwnedSemaphorePermit,
}

/// Events `progress` with the job as it changes, without its files, and one `end` with the whole of it.
async fn events(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = Thing::Job.number(&id)?;
    if app.jobs.get(id).is_none() {
        return Err(Problem::Missing(Thing::Job));
    }
    let Ok(place) = app.streams.clone().try_acquire_owned() else {
        return Err(Problem::Busy("too many readers follow what happens here; ask for the job itself".to_owned()));
    };
    let news = app.jobs.news();
    let reader = Reader { app, id, news, told: None, ended: false, _place: place };
    let events = stream::unfold(reader, async |mut reader| {
        let event = reader.next().await?;
        Some((Ok::<_, Infallible>(event), reader))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response())
}

impl Reader {
    /// The next event; `None` after the end of the job, and when the server ends.
    async fn next(&mut self) -> Option<Event> {
        while !self.ended {
            if self.told.is_some() {
                self.wait().await?;
            }
            self.news.mark_unchanged();
            // A job that is forgotten has ended.
            let job = self.app.jobs.get(self.id)?;
            let event = Event::default().retry(RETRY);
            if job.state.is_ended() {
                self.ended = true;
                return event.event("end").json_data(JobView::whole(&job)).ok();
            }
            let view = JobView::short(&job);
            if self.told.as_ref() != Some(&view) {
                let event = event.event("progress").json_data(&view).ok();
                self.told = Some(view);
                return event;
            }
        }
        None
    }

    /// Waits for news; `None` when the server ends.
    async fn wait(&mut self) -> Option<()> {
        let mut ending = self.app.ending.subscribe();
        tokio::select! {
            changed = self.news.changed() => changed.ok()?,
            _ = ending.wait_for(|ends| *ends) => return None,
        }
        self.app.wait_or_end(TICK).await
    }
}
