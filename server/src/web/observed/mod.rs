//! What is told of each request: a number that its answer, its problem and every line of the log about it have, one line
//! when it is answered, and metrics.
//!
//! At `info` a line tells of method, route, status, times, size and role. What was asked, with its query, is told at
//! `debug` only; secrets that stand in addresses are told nowhere.

mod line;
mod request_id;
mod vitals;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument as _;

use super::App;
use super::access::route;
use line::Line;

pub(in crate::web) use request_id::RequestId;
pub(in crate::web) use vitals::Vitals;

/// A part of a route that is a secret.
const SECRET: &str = "{token}";

/// Numbers a request, and tells of it when it is answered.
pub(in crate::web) async fn observe(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = RequestId::of(request.headers());
    request.extensions_mut().insert(id.clone());
    // As important as any line about the request: a warning without the number would be of little use.
    let span = tracing::error_span!("request", id = id.as_str());
    let route = route(&request);
    let route = route.as_deref().unwrap_or("none");
    if !route.contains(SECRET) {
        span.in_scope(|| tracing::debug!(target: "request", uri = %request.uri(), "asked"));
    }
    let line = Line::begin(app.metrics.clone(), route, method(request.method()), span.clone());
    let mut response = next.run(request).instrument(span).await;
    id.write_to(response.headers_mut());
    line.follow(response)
}

/// The method, of a few: whoever asks may make up others.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::PATCH => "PATCH",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
