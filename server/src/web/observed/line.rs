//! The line of the log about a request, which is written when its answer is sent, or nobody waits for it any more.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::header;
use axum::response::Response;
use corpus::access::Role;
use http_body::{Frame, SizeHint};
use tracing::Span;

use crate::observe::Metrics;
use crate::web::load::Download;

/// What is told of a request when this is dropped.
pub(super) struct Line {
    metrics: Arc<Metrics>,
    route: String,
    method: &'static str,
    span: Span,
    begun: Instant,
    /// The status and how long it took to be known; none while nothing is answered.
    answered: Option<(u16, Duration)>,
    role: Option<Role>,
    bytes: u64,
    /// How many bytes are to be sent, where it is known.
    length: Option<u64>,
    is_whole: bool,
}

impl Line {
    pub(super) fn begin(metrics: Arc<Metrics>, route: &str, method: &'static str, span: Span) -> Self {
        metrics.begun();
        let (route, begun) = (route.to_owned(), Instant::now());
        let (answered, role, length) = Default::default();
        Self { metrics, route, method, span, begun, answered, role, bytes: 0, length, is_whole: false }
    }

    /// Tells of an answer when it is sent; what it holds is given back then.
    pub(super) fn follow(mut self, mut response: Response) -> Response {
        self.answered = Some((response.status().as_u16(), self.begun.elapsed()));
        self.role = response.extensions_mut().remove::<Role>();
        let length = response.headers().get(header::CONTENT_LENGTH);
        self.length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        let download = response.extensions_mut().remove::<Download>();
        response.map(|body| {
            self.length = self.length.or_else(|| body.size_hint().exact());
            self.is_whole = body.is_end_stream();
            Body::new(Followed { body, line: self, _download: download })
        })
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let (route, method, bytes) = (self.route.as_str(), self.method, self.bytes);
        let _entered = self.span.enter();
        self.metrics.ended();
        let Some((status, after)) = self.answered else {
            let ms = milliseconds(self.begun.elapsed());
            self.metrics.answered(route, method, None, self.begun.elapsed());
            tracing::info!(target: "request", method, route, ms, "gone before it was answered");
            return;
        };
        self.metrics.answered(route, method, Some(status), after);
        let role = self.role.map_or("none", Role::name);
        let (ms, sent_ms) = (milliseconds(after), milliseconds(self.begun.elapsed()));
        let is_whole = self.is_whole || self.length.is_some_and(|length| bytes >= length);
        let said = if is_whole { "answered" } else { "answered in part" };
        tracing::info!(target: "request", method, route, status, ms, sent_ms, bytes, role, "{said}");
    }
}

/// With three places behind the point: what is static takes some microseconds.
fn milliseconds(time: Duration) -> f64 {
    time.as_micros() as f64 / 1000.0
}

/// A body with the line that tells of it.
struct Followed {
    body: Body,
    line: Line,
    _download: Option<Download>,
}

impl HttpBody for Followed {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        match &frame {
            Some(Ok(frame)) => {
                let length = frame.data_ref().map_or(0, Bytes::len);
                self.line.bytes = self.line.bytes.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
                self.line.is_whole = self.body.is_end_stream();
            }
            Some(Err(_)) => {}
            None => self.line.is_whole = true,
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
