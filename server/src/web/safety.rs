//! Which requests are heard at all, and what the answers forbid; who may ask for what is the matter of [`super::access`].
//!
//! Requests are heard by names that are this server's: a name of somebody else's, which their DNS server has made to
//! mean this machine, would let their pages read the answers. Requests that would change something are heard from this
//! server's own pages only, so that no other site's page can have a reader's browser send them (CSRF). This is told by
//! `Sec-Fetch-Site`, or, from browsers that do not send it (old ones, and all over plain HTTP to another machine), by
//! `Origin`: pages can set neither, browsers send at least one of them with every request but GET and HEAD, and GET and
//! HEAD change nothing here. So forms need no secret of their own. A request with neither comes from no browser; should
//! there be one that sends neither, it is refused where the session of a browser would speak for it, and that session's
//! cookie is `SameSite=Lax` besides.

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::App;
use super::access::{has_session_cookie, is_safe};
use super::problem::Problem;

/// What a page may load: its style sheet and pictures from here, nothing else, and no script at all.
const CONTENT_SECURITY_POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What the pages of review may load besides: our own script, which sends decisions to this server.
pub(super) const SCRIPTED_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer, unless the answer sets its own.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not `no-referrer`: with it, browsers send `Origin: null` with our own forms.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::CACHE_CONTROL, "private, no-cache"),
];

/// Sets the headers of every answer.
pub(super) async fn set_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Refuses requests by a name that is not this server's, and requests that would change something and come from another
/// site.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let Some(host) = host(headers).filter(|host| app.access.answers_to(host)) else {
        let reason =
            "the Host header names another machine; use localhost or 127.0.0.1, or start the server with --public-url";
        return Problem::Refused(StatusCode::MISDIRECTED_REQUEST, reason).into_response();
    };
    if !is_safe(request.method()) && !is_own(&app, headers, &host) {
        let reason = "the request comes from another site; use this server's own pages";
        return Problem::Refused(StatusCode::FORBIDDEN, reason).into_response();
    }
    next.run(request).await
}

/// The one Host header, read as a host and a port.
pub(super) fn host(headers: &HeaderMap) -> Option<Authority> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (host, None) = (hosts.next()?, hosts.next()) else { return None };
    host.to_str().ok()?.parse().ok()
}

/// Whether a request comes from a page of this server, or from no browser.
fn is_own(app: &App, headers: &HeaderMap, host: &Authority) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match headers.get(header::ORIGIN) {
        Some(origin) => origin.to_str().is_ok_and(|origin| app.access.is_own_origin(origin, host)),
        None => !has_session_cookie(headers),
    }
}
