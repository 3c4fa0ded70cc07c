//! The number of a request.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// The longest number that is taken from a request.
const LONGEST: usize = 64;

/// The number of a request: letters, digits, `-`, `_` and `.`, at most 64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::web) struct RequestId(String);

impl RequestId {
    /// The number that a proxy gave, where it is short and plain, so that it can stand in a log and on a page; or else
    /// one of our own.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut given = headers.get_all(HEADER).iter();
        let given = match (given.next(), given.next()) {
            (Some(given), None) => given.to_str().ok().filter(|given| is_plain(given)),
            _ => None,
        };
        given.map_or_else(Self::new, |given| Self(given.to_owned()))
    }

    /// Another one than any before, also of other runs.
    fn new() -> Self {
        static RUN: LazyLock<u64> = LazyLock::new(|| RandomState::new().build_hasher().finish());
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(format!("{:08x}-{:x}", *RUN >> 32, NEXT.fetch_add(1, Ordering::Relaxed)))
    }

    pub(in crate::web) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn write_to(&self, headers: &mut HeaderMap) {
        if let Ok(value) = HeaderValue::from_str(&self.0) {
            headers.insert(HEADER, value);
        }
    }
}

fn is_plain(given: &str) -> bool {
    let is_of_number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (1..=LONGEST).contains(&given.len()) && given.chars().all(is_of_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &[&str], is_taken: bool) {
        let headers = given.iter().filter_map(|given| Some((HEADER, HeaderValue::from_str(given).ok()?)));
        let id = RequestId::of(&headers.fold(HeaderMap::new(), |mut headers, (name, value)| {
            headers.append(name, value);
            headers
        }));
        assert_eq!(given.first().is_some_and(|given| *given == id.as_str()), is_taken, "{given:?}");
        assert!(is_plain(id.as_str()), "{id:?}");
    }

    #[test]
    fn numbers_are_taken_where_they_are_short_and_plain() {
        check(&["01H-proxy_7.a"], true);
        check(&[], false);
        check(&[""], false);
        check(&["<b>"], false);
        check(&["a b"], false);
        check(&["a", "b"], false);
        check(&["x".repeat(65).as_str()], false);
    }

    #[test]
    fn numbers_of_our_own_differ() {
        assert_ne!(RequestId::new(), RequestId::new());
    }
}
