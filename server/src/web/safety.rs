//! Who may ask, and what the answers forbid: this server has no authentication, so only this machine may reach it, by
//! its own names, from its own pages.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::problem::Problem;
use crate::Error;

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
    (header::CACHE_CONTROL, "no-cache"),
];

/// Refuses to listen where others than this machine can reach.
pub(super) fn check_listen(listen: SocketAddr) -> Result<(), Error> {
    if listen.ip().to_canonical().is_loopback() {
        return Ok(());
    }
    Err(Error::Input(format!(
        "cannot listen on {listen}: there is no authentication yet, so only this machine may connect; use 127.0.0.1:{port} or [::1]:{port}",
        port = listen.port()
    )))
}

/// Sets the headers of every answer.
pub(super) async fn set_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Refuses requests by another name than this machine's, which a rebound DNS name would bring, and requests that
/// would change something and come from another site.
pub(super) async fn guard(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let Some(host) = host(headers).filter(is_local) else {
        let reason = "the Host header names another machine; use localhost or 127.0.0.1";
        return Problem::Refused(StatusCode::MISDIRECTED_REQUEST, reason).into_response();
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !reads && !is_same_origin(headers, &host) {
        let reason = "the request comes from another site; use this server's own pages";
        return Problem::Refused(StatusCode::FORBIDDEN, reason).into_response();
    }
    next.run(request).await
}

/// The one Host header, read as a host and a port.
fn host(headers: &HeaderMap) -> Option<Authority> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (host, None) = (hosts.next()?, hosts.next()) else { return None };
    host.to_str().ok()?.parse().ok()
}

fn is_local(authority: &Authority) -> bool {
    if authority.as_str().contains('@') {
        return false;
    }
    let host = authority.host();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    match bare.parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost"),
    }
}

/// As browsers tell it by Sec-Fetch-Site, and older ones by Origin; a program that sends neither is no browser and
/// cannot be made to ask by a page.
fn is_same_origin(headers: &HeaderMap, host: &Authority) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let origin = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
    origin.is_some_and(|origin| origin.eq_ignore_ascii_case(host.as_str()))
}
