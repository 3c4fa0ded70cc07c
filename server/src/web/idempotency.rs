//! The same request sent twice, done once: whoever gets no answer can ask again with the same `Idempotency-Key`
//! (draft-ietf-httpapi-idempotency-key-header).
//!
//! Answers are kept in memory, bounded, for a day, and forgotten when the server ends: what a repeated request could then
//! do twice is guarded by versions (edits), by its subject (watches) or by the data (imports). Only answers of success are
//! kept: what was refused has made nothing.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};
use tracing::Instrument as _;

use super::UPLOAD_LIMIT;
use super::access::Caller;
use super::load::with_turn;
use super::problem::{Kind, Problem};

/// The header with the key.
pub(super) const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The header of an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// How long an answer is kept.
const KEPT_FOR: Duration = Duration::from_secs(24 * 60 * 60);
/// The longest key, in bytes.
const LONGEST_KEY: usize = 255;
/// So many keys are kept at most; the oldest go first.
const MOST_KEYS: usize = 10_000;
/// So many bytes of answers are kept at most.
const MOST_BYTES: usize = 32 << 20;
/// A longer answer is not kept: asked again, it is only said that it was done.
const LONGEST_ANSWER: usize = 1 << 20;

/// A key as one caller gave it, and what was asked with it.
type Hash = [u8; 32];

/// What was answered to the requests of the last day that had a key.
#[derive(Default)]
pub(super) struct Answers(Mutex<Remembered>);

#[derive(Default)]
struct Remembered {
    by_key: HashMap<Hash, Entry>,
    /// The keys, the oldest first, each with when it came.
    order: VecDeque<(Instant, Hash)>,
    bytes: usize,
}

struct Entry {
    /// Of what was asked.
    request: Hash,
    state: State,
}

enum State {
    /// It is being done.
    Running,
    /// It was done.
    Done(Kept),
    /// It was done, and the answer is too long to be kept, or must not be.
    Unkept,
}

/// An answer of success.
#[derive(Clone)]
struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

/// What is to be done with a request.
enum Verdict {
    Do,
    Again(Kept),
    Refuse(Problem),
}

impl Answers {
    fn remembered(&self) -> MutexGuard<'_, Remembered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks a key up, and takes it where it is new.
    fn begin(&self, key: Hash, request: Hash, now: Instant) -> Verdict {
        let mut remembered = self.remembered();
        remembered.forget(now);
        let Some(entry) = remembered.by_key.get(&key) else {
            remembered.by_key.insert(key, Entry { request, state: State::Running });
            remembered.order.push_back((now, key));
            return Verdict::Do;
        };
        let refuse = |kind, detail: &str| Verdict::Refuse(Problem::Named(kind, detail.to_owned()));
        match &entry.state {
            _ if entry.request != request => {
                refuse(Kind::KeyReused, "this Idempotency-Key came with another request; take a new key for this one")
            }
            State::Done(kept) => Verdict::Again(kept.clone()),
            State::Running => {
                refuse(Kind::KeyInUse, "the request with this Idempotency-Key is being done; ask again soon")
            }
            State::Unkept => refuse(
                Kind::KeyInUse,
                "the request with this Idempotency-Key was done, and its answer could not be kept; look at what it made",
            ),
        }
    }

    /// Keeps what was answered; `None` lets go of the key, so that it can be tried again.
    fn end(&self, key: Hash, answer: Option<State>) {
        let mut remembered = self.remembered();
        let Some(state) = answer else {
            remembered.by_key.remove(&key);
            remembered.order.retain(|(_, own)| *own != key);
            return;
        };
        if let State::Done(kept) = &state {
            remembered.bytes += kept.body.len();
        }
        if let Some(entry) = remembered.by_key.get_mut(&key) {
            entry.state = state;
        }
    }
}

impl Remembered {
    /// Forgets what is too old, and the oldest of what is too much.
    fn forget(&mut self, now: Instant) {
        while let Some((came, key)) = self.order.front().copied() {
            let is_old = now.saturating_duration_since(came) > KEPT_FOR;
            if !is_old && self.order.len() < MOST_KEYS && self.bytes <= MOST_BYTES {
                return;
            }
            self.order.pop_front();
            if let Some(Entry { state: State::Done(kept), .. }) = self.by_key.remove(&key) {
                self.bytes = self.bytes.saturating_sub(kept.body.len());
            }
        }
    }
}

/// Lets go of a key whose request came to no end.
struct Running {
    answers: Arc<Answers>,
    key: Option<Hash>,
}

impl Running {
    fn end(mut self, answer: Option<State>) {
        if let Some(key) = self.key.take() {
            self.answers.end(key, answer);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            self.answers.end(key, None);
        }
    }
}

/// Does a request that has a key, once. It is done to its end even where the caller leaves, so that the answer is there
/// when it asks again.
pub(super) async fn answer(answers: &Arc<Answers>, request: Request, next: Next) -> Response {
    let Some(given) = key(request.headers()) else {
        let detail = format!("an Idempotency-Key is 1 to {LONGEST_KEY} visible ASCII characters; give one");
        return Problem::Named(Kind::BadRequest, detail).into_response();
    };
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, UPLOAD_LIMIT).await else {
        return Problem::Other(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large; send less".to_owned())
            .into_response();
    };
    let caller = caller(&parts);
    let key = hash(&[b"key", caller.as_bytes(), given.as_bytes()]);
    let uri = parts.uri.to_string();
    let kind = parts.headers.get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let asked = hash(&[parts.method.as_str().as_bytes(), uri.as_bytes(), kind, &body]);
    match answers.begin(key, asked, Instant::now()) {
        Verdict::Refuse(problem) => return problem.into_response(),
        Verdict::Again(kept) => return again(kept),
        Verdict::Do => (),
    }
    let running = Running { answers: answers.clone(), key: Some(key) };
    let request = Request::from_parts(parts, Body::from(body));
    let work = async move {
        let response = next.run(request).await;
        keep(running, response).await
    };
    let done = tokio::spawn(with_turn(work).in_current_span());
    done.await.unwrap_or_else(|_| Problem::Broken.into_response())
}

/// The key, where it can be one.
fn key(headers: &HeaderMap) -> Option<String> {
    let mut keys = headers.get_all(KEY).iter();
    let (key, None) = (keys.next()?.to_str().ok()?, keys.next()) else { return None };
    let is_key = (1..=LONGEST_KEY).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    is_key.then(|| key.to_owned())
}

/// Whose key it is: two callers may choose the same.
fn caller(parts: &Parts) -> String {
    match parts.extensions.get::<Caller>() {
        Some(Caller { token: Some(token), .. }) => format!("token {token}"),
        Some(Caller { address, name, .. }) => format!("{address} {name}"),
        None => String::new(),
    }
}

/// A hash of parts, none of which can pass for a piece of another.
fn hash(parts: &[&[u8]]) -> Hash {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

async fn keep(running: Running, response: Response) -> Response {
    if !response.status().is_success() {
        running.end(None);
        return response;
    }
    let (parts, body) = response.into_parts();
    // What handlers of POST answer is in memory already.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return Problem::Broken.into_response();
    };
    // What is not to be stored, such as a token that was made, is not stored here either.
    let control = parts.headers.get(header::CACHE_CONTROL).map_or(&b""[..], HeaderValue::as_bytes);
    let may_be_kept = body.len() <= LONGEST_ANSWER && control != b"no-store";
    let kept = Kept { status: parts.status, headers: parts.headers.clone(), body: body.clone() };
    running.end(Some(if may_be_kept { State::Done(kept) } else { State::Unkept }));
    Response::from_parts(parts, Body::from(body))
}

fn again(kept: Kept) -> Response {
    let mut response = Response::new(Body::from(kept.body));
    *response.status_mut() = kept.status;
    *response.headers_mut() = kept.headers;
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(bytes: usize) -> Option<State> {
        let body = Bytes::from(vec![b'a'; bytes]);
        Some(State::Done(Kept { status: StatusCode::CREATED, headers: HeaderMap::new(), body }))
    }

    #[test]
    fn what_is_kept_is_bounded_in_time_number_and_bytes() {
        let (answers, start) = (Answers::default(), Instant::now());
        let key = |number: usize| hash(&[&number.to_le_bytes()]);
        let is_new = |number: usize, now| matches!(answers.begin(key(number), key(0), now), Verdict::Do);
        assert!(is_new(1, start));
        answers.end(key(1), done(10));
        assert!(!is_new(1, start + KEPT_FOR));
        assert!(is_new(1, start + KEPT_FOR + Duration::from_secs(1)));
        for number in 0..MOST_KEYS + 10 {
            is_new(number, start);
        }
        assert!(answers.remembered().by_key.len() <= MOST_KEYS);
        for number in 0..50 {
            is_new(MOST_KEYS + 100 + number, start);
            answers.end(key(MOST_KEYS + 100 + number), done(LONGEST_ANSWER));
        }
        assert!(answers.remembered().bytes <= MOST_BYTES + LONGEST_ANSWER);
    }

    #[test]
    fn a_key_that_came_to_nothing_can_be_tried_again() {
        let (answers, now, key) = (Arc::new(Answers::default()), Instant::now(), hash(&[b"a"]));
        assert!(matches!(answers.begin(key, key, now), Verdict::Do));
        assert!(matches!(answers.begin(key, key, now), Verdict::Refuse(_)));
        drop(Running { answers: answers.clone(), key: Some(key) });
        assert!(matches!(answers.begin(key, key, now), Verdict::Do));
    }
}
