//! Who is at work: the name of the token that a request came with, or else one that a person gives once and that a
//! cookie keeps, which is no proof of anything. The history of the termbase says by it whose edit was whose.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};

use super::access::Caller;
use crate::hidden::is_hidden;

const COOKIE: &str = "name";
/// The name of whoever has given none.
const NOBODY: &str = "reviewer";
/// The longest name, in characters.
pub(super) const LONGEST: usize = 60;

/// The name of the person who asks, and whether a token says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Who(pub(super) String, pub(super) bool);

impl Who {
    /// Whoever goes by that name; the one with no name, where it is empty.
    pub(super) fn named(name: &str) -> Self {
        let name: String = name.chars().filter(|char| !is_hidden(*char)).take(LONGEST).collect();
        let name = name.trim();
        Self(if name.is_empty() { NOBODY.to_owned() } else { name.to_owned() }, false)
    }

    /// The name of a token, or else the one that a form gives, or else the one that is remembered.
    pub(super) fn or_named(self, given: &str) -> Self {
        if self.1 || given.trim().is_empty() { self } else { Self::named(given) }
    }

    /// The name that a cookie keeps.
    pub(super) fn remembered(headers: &HeaderMap) -> Self {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let value = pairs.find(|(name, _)| *name == COOKIE).map_or("", |(_, value)| value);
        let encoded = format!("n={value}");
        let decoded = form_urlencoded::parse(encoded.as_bytes()).next().map(|(_, value)| value);
        Self::named(&decoded.unwrap_or_default())
    }

    /// The value of the `Set-Cookie` header that remembers the name for a year.
    pub(super) fn set_cookie(&self) -> HeaderValue {
        let encoded: String = form_urlencoded::byte_serialize(self.0.as_bytes()).collect();
        let cookie = format!("{COOKIE}={encoded}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly");
        HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static("name=; Path=/; Max-Age=0"))
    }
}

impl<S: Sync> FromRequestParts<S> for Who {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(match parts.extensions.get::<Caller>() {
            Some(caller) if caller.token.is_some() => Self(caller.name.clone(), true),
            _ => Self::remembered(&parts.headers),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cookie: &str, expected: &str) {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        assert_eq!(Who::remembered(&headers).0, expected, "{cookie}");
    }

    #[test]
    fn a_name_is_remembered_as_it_was_given() {
        for name in ["Li Wei", "李薇", "a=b; c&d%"] {
            let cookie = Who::named(name).set_cookie();
            check(cookie.to_str().unwrap().split(';').next().unwrap(), name);
        }
        check("ui=zh; name=Li+Wei", "Li Wei");
        check("ui=zh", "reviewer");
        check("name=%20%0a", "reviewer");
        check("name=a%E2%80%AEb", "ab");
    }

    #[test]
    fn the_name_of_a_token_is_not_changed_by_a_form() {
        assert_eq!(Who("Li Wei".to_owned(), true).or_named("Wang Fang").0, "Li Wei");
        assert_eq!(Who("Li Wei".to_owned(), false).or_named("Wang Fang").0, "Wang Fang");
    }
}
