//! Answers that need not be sent again (RFC 9110, section 13): a tag of what was asked and of the version of the data,
//! which is known before any work is done.
//!
//! Tags are weak: the same answer goes out compressed and plain. The version is that of everything that this server
//! holds, so that a tag is given up too early at times, and never too late.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use corpus::store::Store;
use sha2::{Digest as _, Sha256};

use super::App;
use super::openapi::{Describing, Input};
use crate::Error;
use crate::data::Data;

/// What stands before the tag proper in the tag of something that has a version of its own.
const VERSION_END: char = '.';

/// Tells versions of the data apart.
pub(super) struct Changes {
    folder: PathBuf,
    /// Another one each time that the server is started: SQLite's count of changes begins anew.
    start: u64,
    /// A connection that never writes, so that it is told of every change that others make.
    watching: Mutex<Option<Store>>,
}

impl Changes {
    /// Of the data in a folder.
    pub(super) fn new(folder: &Path) -> Self {
        let start = RandomState::new().build_hasher().finish();
        Self { folder: folder.to_owned(), start, watching: Mutex::default() }
    }

    /// The version of all that is held.
    fn version(&self, data: &Data) -> Result<(i64, u64), Error> {
        let mut watching = self.watching.lock().unwrap_or_else(PoisonError::into_inner);
        let store = match watching.take() {
            Some(store) => store,
            None => Store::open(&self.folder)?,
        };
        let version = store.data_version()?;
        *watching = Some(store);
        Ok((version, data.index.version()))
    }
}

/// The version of what is answered, which a handler puts into the extensions of its response; it becomes part of the
/// tag, so that the tag says which version was read.
#[derive(Clone, Debug)]
pub(super) struct Version(pub(super) String);

/// Answers with 304 where the caller has the answer already, and tags it otherwise.
pub(super) async fn answer(app: &App, changes: &std::sync::Arc<Changes>, request: Request, next: Next) -> Response {
    let own = changes.clone();
    let version = match app.run(move |data| own.version(data)).await {
        Ok(version) => version,
        Err(problem) => return problem.into_response(),
    };
    let asked = request.uri().to_string();
    let hash = short_hash(format!("{:x} {version:?} {asked}", changes.start).as_bytes());
    if let Some(known) = known(request.headers(), |tag| tag.rsplit(VERSION_END).next() == Some(&hash)) {
        return not_modified(&known);
    }
    let mut response = next.run(request).await;
    if response.status() == StatusCode::OK {
        let tag = match response.extensions_mut().remove::<Version>() {
            Some(Version(version)) => format!("W/\"{version}{VERSION_END}{hash}\""),
            None => format!("W/\"{hash}\""),
        };
        response.headers_mut().extend(HeaderValue::from_str(&tag).map(|tag| (header::ETAG, tag)));
    }
    response
}

/// The tag of bytes.
pub(super) fn tag_of(bytes: &[u8]) -> String {
    format!("W/\"{}\"", short_hash(bytes))
}

fn short_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a caller has what a tag stands for.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = opaque(tag).unwrap_or_default().to_owned();
    known(headers, |known| known == opaque).is_some()
}

/// The first tag of `If-None-Match` that is current. `*` is met by nothing: there may be nothing there.
fn known(headers: &HeaderMap, is_current: impl Fn(&str) -> bool) -> Option<String> {
    let values = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = values.flat_map(|value| value.split(',')).filter_map(opaque);
    tags.find(|tag| is_current(tag)).map(|tag| format!("W/\"{tag}\""))
}

/// What stands between the quotation marks of a tag.
fn opaque(tag: &str) -> Option<&str> {
    let tag = tag.trim();
    tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')
}

/// That nothing has changed.
pub(super) fn not_modified(tag: &str) -> Response {
    (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response()
}

/// The version that `If-Match` names: that of the thing, as its `ETag` or bare. What else a tag stands for, such as the
/// evidence beside a concept, is nothing that an edit overwrites.
#[derive(Clone, Debug, Default)]
pub(super) struct IfMatch(pub(super) Option<String>);

impl Input for IfMatch {
    fn describe(describing: &mut Describing<'_>) {
        describing.if_match();
    }
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let given = parts.headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
        let version = |tag: &str| tag.split(VERSION_END).next().unwrap_or_default().to_owned();
        Ok(Self(given.map(|given| opaque(given).unwrap_or(given.trim())).map(version)))
    }
}
