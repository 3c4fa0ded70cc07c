//! Who is at work: a name that a person gives once and that a cookie keeps. It is no proof of anything; the history of
//! the termbase says by it whose edit was whose.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};

const COOKIE: &str = "name";
/// The name of whoever has given none.
const NOBODY: &str = "reviewer";
/// The longest name, in characters.
pub(super) const LONGEST: usize = 60;

/// The name of the person who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Who(pub(super) String);

impl Who {
    /// Whoever goes by that name; the one with no name, where it is empty.
    pub(super) fn named(name: &str) -> Self {
        let name: String = name.chars().filter(|char| !char.is_control()).take(LONGEST).collect();
        let name = name.trim();
        Self(if name.is_empty() { NOBODY.to_owned() } else { name.to_owned() })
    }

    /// The name that a form gives, or else the one that is remembered.
    pub(super) fn or_named(self, given: &str) -> Self {
        if given.trim().is_empty() { self } else { Self::named(given) }
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
        Ok(remembered(&parts.headers))
    }
}

fn remembered(headers: &HeaderMap) -> Who {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let value = pairs.find(|(name, _)| *name == COOKIE).map_or("", |(_, value)| value);
    let decoded = form_urlencoded::parse(format!("n={value}").as_bytes()).next().map(|(_, value)| value.into_owned());
    Who::named(&decoded.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cookie: &str, expected: &str) {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        assert_eq!(remembered(&headers).0, expected, "{cookie}");
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
    }
}
