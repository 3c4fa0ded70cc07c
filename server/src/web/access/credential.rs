//! What a request brings to say who asks: a token in a header, the session of a browser in a cookie, or the key of a
//! feed in the address.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use corpus::access::SecretHash;

use super::caller::FeedKey;
use super::needs;

/// The part of a feed's address that has its key.
const KEY: &str = "key";
/// The cookie of a session. Over TLS its name keeps other hosts of the domain from setting it (RFC 6265bis, 4.1.3.2).
const COOKIE: &str = "policyglot_session";
const COOKIE_OF_HTTPS: &str = "__Host-policyglot_session";
/// How long a browser stays signed in, in days.
pub(in crate::web) const SESSION_DAYS: i64 = 30;

/// What a request brings.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Credential {
    /// A token, `Authorization: Bearer …` (RFC 6750), as the store knows it.
    Token(SecretHash),
    /// A header of that name that has no token.
    Unusable,
    /// The session of a browser.
    Session(SecretHash),
    /// The key of a feed, asked for as one.
    FeedKey(FeedKey),
}

/// The first that a request brings: a header is meant, a cookie comes by itself.
pub(super) fn of(request: &Request, is_https: bool) -> Option<Credential> {
    let headers = request.headers();
    if let Some(given) = headers.get(header::AUTHORIZATION) {
        return Some(bearer(given).map_or(Credential::Unusable, |token| Credential::Token(SecretHash::of(token))));
    }
    if let Some(key) = request.extensions().get::<FeedKey>() {
        return Some(Credential::FeedKey(key.clone()));
    }
    session(headers, is_https).map(Credential::Session)
}

fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The session that a browser says it has.
pub(in crate::web) fn session(headers: &HeaderMap, is_https: bool) -> Option<SecretHash> {
    cookie(headers, cookie_name(is_https)).filter(|secret| !secret.is_empty()).map(SecretHash::of)
}

/// The value of the `Set-Cookie` header that signs a browser in; out, where there is no secret.
pub(in crate::web) fn set_session(secret: Option<&str>, is_https: bool) -> HeaderValue {
    let age = if secret.is_some() { SESSION_DAYS * 24 * 60 * 60 } else { 0 };
    let secure = if is_https { "; Secure" } else { "" };
    let (name, secret) = (cookie_name(is_https), secret.unwrap_or_default());
    let cookie = format!("{name}={secret}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
    // Secrets are hexadecimal digits.
    HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static(""))
}

fn cookie_name(is_https: bool) -> &'static str {
    if is_https { COOKIE_OF_HTTPS } else { COOKIE }
}

/// Whether a request comes with a session's cookie, good or not.
pub(in crate::web) fn has_session_cookie(headers: &HeaderMap) -> bool {
    cookie(headers, COOKIE).or_else(|| cookie(headers, COOKIE_OF_HTTPS)).is_some()
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
}

/// Takes the key of a feed out of the address before anything else sees it: what writes addresses to a log has none.
pub(in crate::web) async fn take_feed_key(mut request: Request, next: Next) -> Response {
    if needs::is_feed(request.uri().path())
        && let Some((uri, key)) = without_key(request.uri())
    {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(FeedKey(key));
    }
    next.run(request).await
}

fn without_key(uri: &Uri) -> Option<(Uri, String)> {
    let parts = || form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let (_, key) = parts().find(|(name, _)| name == KEY)?;
    let mut rest = form_urlencoded::Serializer::new(String::new());
    rest.extend_pairs(parts().filter(|(name, _)| name != KEY));
    let rest = rest.finish();
    let path = if rest.is_empty() { uri.path().to_owned() } else { format!("{}?{rest}", uri.path()) };
    Some((path.parse().ok()?, key.into_owned()))
}

/// The address of a feed with a key in it.
pub(in crate::web) fn feed_address(path: &str, key: Option<&FeedKey>) -> String {
    match key {
        Some(FeedKey(key)) => crate::web::link::url(path, &[(KEY, key)]),
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[track_caller]
    fn check(headers: &[(&str, &str)], expected: Option<&Credential>) {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        assert_eq!(of(&request.body(Body::empty()).unwrap(), false).as_ref(), expected, "{headers:?}");
    }

    #[test]
    fn a_header_goes_before_a_cookie() {
        let (token, session) = (Credential::Token(SecretHash::of("a")), Credential::Session(SecretHash::of("b")));
        check(&[("authorization", "Bearer a"), ("cookie", "policyglot_session=b")], Some(&token));
        check(&[("authorization", "bearer a")], Some(&token));
        check(&[("authorization", "Basic a")], Some(&Credential::Unusable));
        check(&[("cookie", "ui=zh; policyglot_session=b")], Some(&session));
        check(&[("cookie", "policyglot_session=")], None);
        check(&[], None);
    }

    #[test]
    fn a_key_is_taken_out_of_the_address() {
        let (uri, key) = without_key(&"/alerts.atom?a=1&key=3-cafe&b=%20".parse().unwrap()).unwrap();
        assert_eq!((uri.to_string().as_str(), key.as_str()), ("/alerts.atom?a=1&b=+", "3-cafe"));
        assert!(without_key(&"/alerts.atom?keys=1".parse().unwrap()).is_none());
        assert_eq!(feed_address("/alerts.atom", Some(&FeedKey("3-cafe".to_owned()))), "/alerts.atom?key=3-cafe");
        assert_eq!(format!("{:?}", FeedKey("3-cafe".to_owned())), "FeedKey(..)");
    }

    #[test]
    fn the_cookie_is_kept_from_scripts_and_other_sites() {
        let plain = set_session(Some("cafe"), false);
        assert_eq!(plain, "policyglot_session=cafe; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
        let secure = set_session(None, true);
        assert_eq!(secure, "__Host-policyglot_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    }
}
