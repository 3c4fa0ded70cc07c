//! What a request that fails is told: a plain page, or `application/problem+json` (RFC 9457) under `/api`.

mod kind;

use askama::Template;
use axum::Json;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use corpus::access::Role;
use corpus::store::Error as StoreError;
use serde::Serialize;

use super::bitext::Fault;
use super::observed::RequestId;
use super::shell::Shell;
use super::words::{Ui, Words};
use crate::Error;

pub(super) use kind::Kind;

/// The longest text of a rejection that is handed on, in bytes.
const DETAIL_LIMIT: usize = 2_000;

/// What is not there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Thing {
    Page,
    Document,
    Bitext,
    Bead,
    Correction,
    Concept,
    Edit,
    Watch,
    File,
    Job,
    Picture,
}

impl Thing {
    /// The number in an address; what is no number names nothing that is there.
    pub(super) fn number(self, text: &str) -> Result<i64, Problem> {
        text.parse().map_err(|_| Problem::Missing(self))
    }
}

/// Why a request failed.
#[derive(Clone, Debug)]
pub(super) enum Problem {
    /// What was asked for is not there.
    Missing(Thing),
    /// The request cannot be used; says what to do.
    Input(String),
    /// The termbase is not as the request takes it to be; says what to do.
    Conflict(String),
    /// Beads cannot be made as a reader wants them.
    Bead(Fault),
    /// Another process is writing; says which folder.
    Busy(String),
    /// The time limit was met.
    Slow,
    /// The request came from another site, or by a name that is not this machine's; says which.
    Refused(StatusCode, &'static str),
    /// The request brings no token, or one that is not good.
    Unauthorized { not_good: bool },
    /// The role of the caller is not enough.
    Forbidden { needs: Role, has: Role },
    /// The caller asks too often; after how many seconds to try again.
    TooOften(u64),
    /// The server has enough to do; after how many seconds to try again.
    Full(u64),
    /// Our fault; the log has the cause.
    Broken,
    /// What only programs meet; says what to do.
    Named(Kind, String),
    /// What the framework refused, with its reason.
    Other(StatusCode, String),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Input(message) => Self::Input(message),
            Error::Busy { .. } => Self::Busy(error.to_string()),
            Error::Store(StoreError::Edit(reason)) => Self::Conflict(reason),
            error => {
                tracing::error!(%error, "a request failed");
                Self::Broken
            }
        }
    }
}

impl Problem {
    fn status(&self) -> StatusCode {
        match self {
            Self::Missing(_) => StatusCode::NOT_FOUND,
            Self::Bead(Fault::Changed) | Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Input(_) | Self::Bead(_) => StatusCode::BAD_REQUEST,
            Self::Busy(_) | Self::Slow | Self::Full(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Unauthorized { .. } => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } => StatusCode::FORBIDDEN,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Named(kind, _) => StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::BAD_REQUEST),
            Self::Refused(status, _) | Self::Other(status, _) => *status,
        }
    }

    /// What is said to a program, in English.
    fn detail(&self) -> String {
        match self {
            Self::Missing(Thing::Page) => {
                "there is no such address; GET /api/v1/health to see that the server runs".into()
            }
            Self::Missing(Thing::Document) => {
                "there is no document of that number; GET /api/v1/documents lists them".into()
            }
            Self::Missing(Thing::Bitext) => "there is no such bitext; GET /api/v1/bitexts lists them".into(),
            Self::Missing(Thing::Bead) => {
                "there is no such bead; GET /api/v1/bitexts/{id} gives those that there are".into()
            }
            Self::Missing(Thing::Correction) => {
                "no reader has made that bead; GET /api/v1/bitexts/{id} says who made each".into()
            }
            Self::Missing(Thing::Concept) => "there is no concept of that number; GET /api/v1/terms finds them".into(),
            Self::Missing(Thing::Edit) => "there is no edit of that number; GET /api/v1/edits lists them".into(),
            Self::Missing(Thing::Watch) => "there is no watch of that number; GET /api/v1/watches lists them".into(),
            Self::Missing(Thing::File) => "the file of this document was not kept; ingest it again".into(),
            Self::Missing(Thing::Job) => {
                "there is no job of that number, or it has ended long ago; GET /api/v1/jobs lists them".into()
            }
            Self::Missing(Thing::Picture) => {
                "there is no picture of that page; GET /api/v1/documents/{id} gives the text, and how many pages a PDF has"
                    .into()
            }
            Self::Input(message) | Self::Busy(message) | Self::Conflict(message) => message.clone(),
            Self::Bead(fault) => fault.detail(),
            Self::Slow => "the request took too long; try again, or ask for less at a time".into(),
            Self::Refused(_, reason) => (*reason).to_owned(),
            Self::Unauthorized { not_good: false } => {
                "this takes a token; send it as the header Authorization: Bearer TOKEN".into()
            }
            Self::Unauthorized { not_good: true } => {
                "the token is not, or no longer, good; ask who runs this server for another".into()
            }
            Self::Forbidden { needs, has } => {
                let (needs, has) = (needs.name(), has.name());
                format!("this takes a token with the role {needs}; yours has the role {has}")
            }
            Self::TooOften(seconds) => format!("too many requests; try again in {seconds} seconds"),
            Self::Full(seconds) => format!("the server has more to do than it can; try again in {seconds} seconds"),
            Self::Broken => "the server failed; its log says why".into(),
            Self::Named(_, reason) | Self::Other(_, reason) => reason.clone(),
        }
    }

    /// What is said to a person: a heading, and what to do.
    fn words(&self, w: &'static Words) -> (&'static str, &'static str) {
        match self {
            Self::Missing(Thing::Page) => (w.missing_page, w.missing_help),
            Self::Missing(Thing::Document) => (w.missing_document, w.missing_help),
            Self::Missing(Thing::Bitext) => (w.missing_bitext, w.missing_help),
            Self::Missing(Thing::Bead) => (w.missing_bead, w.missing_bead_help),
            Self::Missing(Thing::Correction) => (w.missing_correction, w.missing_bead_help),
            Self::Missing(Thing::Concept) => (w.missing_concept, w.missing_help),
            Self::Missing(Thing::Edit) => (w.missing_edit, ""),
            Self::Missing(Thing::Watch) => (w.missing_watch, ""),
            Self::Missing(Thing::File) => (w.missing_file, ""),
            Self::Missing(Thing::Job) => (w.missing_job(), w.missing_job_help()),
            Self::Missing(Thing::Picture) => (w.missing_picture, w.missing_picture_help),
            Self::Input(_) => (w.bad_request, w.bad_help),
            Self::Conflict(_) => (w.conflict, w.conflict_help),
            Self::Bead(fault) => (w.bead_refused, w.fault(*fault)),
            Self::Busy(_) => (w.busy, w.busy_help),
            Self::Slow => (w.slow, w.slow_help),
            Self::Refused(..) => (w.refused, ""),
            Self::Unauthorized { .. } => (w.unauthorized, w.unauthorized_help),
            Self::Forbidden { .. } => (w.forbidden, w.forbidden_help),
            Self::TooOften(_) => (w.too_often, w.too_often_help),
            Self::Full(_) => (w.full, w.full_help),
            Self::Broken => (w.broken, w.broken_help),
            Self::Other(status, _) if status.is_server_error() => (w.broken, w.broken_help),
            Self::Named(..) | Self::Other(..) => (w.bad_request, w.bad_help),
        }
    }

    /// Whether the detail tells a person more than the heading does.
    fn is_worth_reading(&self) -> bool {
        matches!(
            self,
            Self::Forbidden { .. }
                | Self::Input(_)
                | Self::Conflict(_)
                | Self::Busy(_)
                | Self::Refused(..)
                | Self::Other(..)
        )
    }
}

/// The problem travels with the response and is put into words by [`dress`], which knows who asked.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Marks a response that tells by itself what is wrong, such as a form that is shown again: it is left as it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dressed;

/// The body of a problem under `/api`.
#[derive(Serialize)]
struct ProblemJson<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: String,
    instance: &'a str,
    /// The number that the log has of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    shell: Shell,
    heading: &'static str,
    help: &'static str,
    detail: Option<String>,
    /// What to tell whoever runs the server: what it is called, and the number that the log has of the request.
    request: Option<(&'static str, String)>,
}

/// Puts each failure into words: a problem of ours, or what the framework refused with a bare status.
pub(super) async fn dress(request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let ui = request.extensions().get::<Ui>().copied().unwrap_or(Ui::En);
    let id = request.extensions().get::<RequestId>().cloned();
    let response = next.run(request).await;
    let status = response.status();
    let is_problem = status.is_client_error() || status.is_server_error();
    if !is_problem || response.extensions().get::<Dressed>().is_some() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let problem = match parts.extensions.remove::<Problem>() {
        Some(problem) => problem,
        None if status == StatusCode::SERVICE_UNAVAILABLE => Problem::Slow,
        None => Problem::Other(status, reason(status, body).await),
    };
    let mut dressed = if uri.path() == "/api" || uri.path().starts_with("/api/") {
        as_json(&problem, uri.path(), id.as_ref())
    } else {
        as_page(&problem, Shell::new(ui, &uri), id.filter(|_| status.is_server_error()).as_ref())
    };
    *dressed.status_mut() = status;
    *dressed.extensions_mut() = parts.extensions;
    if let Some(allow) = parts.headers.remove(header::ALLOW) {
        dressed.headers_mut().insert(header::ALLOW, allow);
    }
    if matches!(problem, Problem::Busy(_) | Problem::Slow) {
        dressed.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
    }
    if let Some((name, value)) = told_by_header(&problem) {
        dressed.headers_mut().insert(name, value);
    }
    dressed
}

/// What a program reads in a header (RFC 6750, section 3; RFC 6585, section 4).
fn told_by_header(problem: &Problem) -> Option<(HeaderName, HeaderValue)> {
    match problem {
        Problem::Unauthorized { not_good } => Some((header::WWW_AUTHENTICATE, challenge(*not_good))),
        Problem::TooOften(seconds) | Problem::Full(seconds) => Some((header::RETRY_AFTER, HeaderValue::from(*seconds))),
        _ => None,
    }
}

/// How to say who one is.
pub(super) fn challenge(not_good: bool) -> HeaderValue {
    HeaderValue::from_static(match not_good {
        true => "Bearer realm=\"policyglot\", error=\"invalid_token\"",
        false => "Bearer realm=\"policyglot\"",
    })
}

async fn reason(status: StatusCode, body: Body) -> String {
    let bytes = axum::body::to_bytes(body, DETAIL_LIMIT).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
    if text.is_empty() { status.canonical_reason().unwrap_or("the request failed").to_ascii_lowercase() } else { text }
}

fn as_json(problem: &Problem, path: &str, id: Option<&RequestId>) -> Response {
    let status = problem.status();
    let kind = match problem {
        Problem::Named(kind, _) => *kind,
        _ => Kind::of_status(status.as_u16()),
    };
    let body = ProblemJson {
        r#type: kind.address(),
        title: kind.title(),
        status: status.as_u16(),
        detail: problem.detail(),
        instance: path,
        request_id: id.map(RequestId::as_str),
    };
    ([(header::CONTENT_TYPE, "application/problem+json")], Json(body)).into_response()
}

fn as_page(problem: &Problem, shell: Shell, id: Option<&RequestId>) -> Response {
    let (heading, help) = problem.words(shell.w);
    let detail = problem.is_worth_reading().then(|| problem.detail());
    let request = id.map(|id| (shell.w.request_number, id.as_str().to_owned()));
    match (ProblemPage { shell, heading, help, detail, request }).render() {
        Ok(page) => Html(page).into_response(),
        Err(_) => problem.detail().into_response(),
    }
}
