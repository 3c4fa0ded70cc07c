//! Files that are sent here, by a form or by a program, on their way to a job.
//!
//! They are written to the disk as they come, some at a time, and bound themselves: `UploadLimits` says how. So the
//! limits of other requests, on their length and their time, do not hold for them.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::post;
use axum::{Json, Router};
use futures_util::StreamExt as _;
use serde::Deserialize;

use super::App;
use super::api::JobView;
use super::openapi::{self, Api, says};
use super::problem::{Kind, Problem};
use super::who::Who;
use crate::jobs::{Begun, Job, Receiving, Refused};

/// So many bytes are written at a time.
const BATCH: usize = 1 << 20;
/// So much of a refused upload is still read: a browser that is cut short shows no reason.
const DRAINED: usize = 64 << 20;
/// The longest idempotency key, in bytes.
const LONGEST_KEY: usize = 200;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/documents/add", post(by_form))
        .nest(openapi::VERSION_PATH, api().into_router())
        .layer(DefaultBodyLimit::disable())
}

/// What programs send files to.
pub(super) fn api() -> Api {
    Api::of("Uploads").post(
        "/documents",
        by_program,
        says("addDocuments", "Takes files in, which a job then reads")
            .more("Either one file as the body with its name as `name`, or several as `multipart/form-data`. `Location` says where the job is. The key of an upload outlives the server: it is kept with the job.")
            .takes(&["application/octet-stream", "multipart/form-data"])
            .accepts::<JobView>()
            .may_conflict(),
    )
}

/// What the address of an upload says.
#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(default)]
pub(super) struct Params {
    /// The file's name, where the body is one file.
    name: String,
    /// `true`: its documents make no alerts.
    quiet: bool,
}

/// A form with files; leads to the job.
async fn by_form(State(app): State<App>, request: Request) -> Result<Response, Problem> {
    if !is_form(request.headers()) {
        return Err(Problem::Input("the form was not sent as multipart/form-data; use the page's own form".to_owned()));
    }
    let job = limited(&app, take(&app, None, Params::default(), request)).await?;
    Ok(Redirect::to(&format!("/jobs/{}", job.id)).into_response())
}

/// Files as `multipart/form-data`, or one file as the body with its name as `?name=`: 202 and where the job is.
async fn by_program(
    State(app): State<App>,
    who: Who,
    Query(params): Query<Params>,
    request: Request,
) -> Result<Response, Problem> {
    let key = key(request.headers(), &who)?;
    let job = limited(&app, take(&app, key, params, request)).await?;
    let mut response = (StatusCode::ACCEPTED, Json(JobView::whole(&job))).into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("/api/v1/jobs/{}", job.id)) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// The idempotency key of a request. Keys of one person are not those of another.
fn key(headers: &HeaderMap, who: &Who) -> Result<Option<String>, Problem> {
    let Some(key) = headers.get("idempotency-key") else { return Ok(None) };
    let key = key.to_str().ok().map(str::trim).filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY);
    let key = key.ok_or_else(|| {
        Problem::Input(format!("the Idempotency-Key is empty or longer than {LONGEST_KEY} bytes; send a UUID"))
    })?;
    Ok(Some(format!("{} {key}", who.0)))
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data")
}

async fn limited<T>(app: &App, upload: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    let longest = app.jobs.limits().longest;
    tokio::time::timeout(longest, upload).await.unwrap_or_else(|_| Err(too_slow()))
}

fn too_slow() -> Problem {
    let reason = "the upload came too slowly and was given up; send fewer files at a time";
    Problem::Refused(StatusCode::REQUEST_TIMEOUT, reason)
}

async fn take(app: &App, key: Option<String>, params: Params, request: Request) -> Result<Job, Problem> {
    let jobs = app.jobs.clone();
    let mut sink = match blocking(move || jobs.receive(key)).await? {
        Begun::New(receiving) => Sink::new(receiving),
        Begun::Known(job) => return Ok(*job),
    };
    let quiet = if is_form(request.headers()) {
        let form = Multipart::from_request(request, &()).await;
        let form = form.map_err(|error| Problem::Input(format!("{error}; send multipart/form-data")))?;
        take_form(app, form, &mut sink).await? || params.quiet
    } else {
        take_body(app, request, &params.name, &mut sink).await?;
        params.quiet
    };
    sink.flush().await?;
    sink.commit(quiet).await
}

/// Each part that has a file's name is a file; whether there is a part `quiet`, which is a checkbox.
async fn take_form(app: &App, mut form: Multipart, sink: &mut Sink) -> Result<bool, Problem> {
    let (mut quiet, mut refused, mut drained) = (false, None, 0_usize);
    while let Some(mut field) = idle(app, form.next_field()).await?.map_err(cut_short)? {
        quiet |= field.name() == Some("quiet");
        // A form in which no file was chosen sends one without a name.
        let name = field.file_name().filter(|name| !name.is_empty()).map(str::to_owned);
        if let (Some(name), None) = (&name, &refused) {
            refused = sink.begin(name).await.err();
        }
        while let Some(bytes) = idle(app, field.chunk()).await?.map_err(cut_short)? {
            if name.is_some() && refused.is_none() {
                refused = sink.write(&bytes).await.err();
                continue;
            }
            drained = drained.saturating_add(bytes.len());
            if drained > DRAINED {
                let too_long = || Problem::Input("the form holds more than files; send files only".to_owned());
                return Err(refused.unwrap_or_else(too_long));
            }
        }
    }
    refused.map_or(Ok(quiet), Err)
}

/// The body is one file.
async fn take_body(app: &App, request: Request, name: &str, sink: &mut Sink) -> Result<(), Problem> {
    let mut body = request.into_body().into_data_stream();
    let (mut begun, mut refused, mut drained) = (false, None, 0_usize);
    while let Some(bytes) = idle(app, body.next()).await? {
        let bytes = bytes.map_err(|_| unfinished())?;
        if !begun {
            begun = true;
            refused = sink.begin(name).await.err();
        }
        if refused.is_none() {
            refused = sink.write(&bytes).await.err();
            continue;
        }
        drained = drained.saturating_add(bytes.len());
        if drained > DRAINED {
            break;
        }
    }
    refused.map_or(Ok(()), Err)
}

/// Waits for the sender, but not for ever.
async fn idle<T>(app: &App, next: impl Future<Output = T>) -> Result<T, Problem> {
    tokio::time::timeout(app.jobs.limits().idle, next).await.map_err(|_| too_slow())
}

#[expect(clippy::needless_pass_by_value, reason = "map_err hands over the error")]
fn cut_short(error: MultipartError) -> Problem {
    tracing::debug!(%error, "an upload was cut short");
    unfinished()
}

fn unfinished() -> Problem {
    Problem::Input("the upload was cut short, or is no multipart/form-data; send it again".to_owned())
}

/// Where the files of an upload go: to the disk, some bytes at a time.
struct Sink {
    /// Gone once the upload was refused, and its files with it.
    receiving: Arc<Mutex<Option<Receiving>>>,
    buffer: Vec<u8>,
}

impl Sink {
    fn new(receiving: Receiving) -> Self {
        Self { receiving: Arc::new(Mutex::new(Some(receiving))), buffer: Vec::new() }
    }

    async fn begin(&mut self, name: &str) -> Result<(), Problem> {
        self.flush().await?;
        let name = name.to_owned();
        self.with(move |receiving| receiving.begin(&name)).await
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() < BATCH { Ok(()) } else { self.flush().await }
    }

    async fn flush(&mut self) -> Result<(), Problem> {
        let buffer = std::mem::take(&mut self.buffer);
        if buffer.is_empty() {
            return Ok(());
        }
        self.with(move |receiving| receiving.write(&buffer)).await
    }

    async fn with(
        &self,
        work: impl FnOnce(&mut Receiving) -> Result<(), Refused> + Send + 'static,
    ) -> Result<(), Problem> {
        let receiving = self.receiving.clone();
        let work = move || {
            let mut held = receiving.lock().unwrap_or_else(PoisonError::into_inner);
            let done = held.as_mut().map_or(Err(Refused::Empty), work);
            if done.is_err() {
                *held = None;
            }
            done
        };
        blocking(work).await
    }

    async fn commit(self, quiet: bool) -> Result<Job, Problem> {
        let receiving = self.receiving.lock().unwrap_or_else(PoisonError::into_inner).take();
        let receiving = receiving.ok_or_else(|| said(Refused::Empty))?;
        blocking(move || receiving.commit(quiet, &crate::now())).await
    }
}

/// Runs work on the disk off the threads that answer requests.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Refused> + Send + 'static) -> Result<T, Problem> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(said),
        Err(error) => {
            tracing::error!(%error, "an upload died");
            Err(Problem::Broken)
        }
    }
}

fn said(refused: Refused) -> Problem {
    let reason = refused.to_string();
    match refused {
        Refused::TooLarge(_) => Problem::Other(StatusCode::PAYLOAD_TOO_LARGE, reason),
        Refused::Full(_) | Refused::Elsewhere => Problem::Busy(reason),
        Refused::SameKey => Problem::Named(Kind::KeyReused, reason),
        Refused::Empty => Problem::Input(reason),
        Refused::Failed(error) => error.into(),
    }
}
