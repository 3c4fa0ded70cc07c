//! Signing in: a browser gives a token once and then holds the secret of a session.

use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use corpus::access::{Deed, Outcome, SecretHash, Token};
use corpus::store::Store;
use jiff::{SignedDuration, Timestamp, Unit};
use serde::Deserialize;

use crate::Error;
use crate::access::new_session;
use crate::web::access::{self, Address, SESSION_DAYS, is_safe};
use crate::web::problem::{self, Dressed, Problem};
use crate::web::shell::Shell;
use crate::web::words::{AccessWords, Ui};
use crate::web::{App, link};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    shell: Shell,
    words: &'static AccessWords,
    /// Where to go when signed in.
    to: String,
    is_needed: bool,
    was_not_good: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    to: String,
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sent {
    token: String,
    to: String,
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/sign-in", get(show).post(sign_in)).route("/sign-out", post(sign_out))
}

/// The page in place of one that takes a token; after it the browser is where it was, if that was no form.
pub(in crate::web) fn ask_to_sign_in(request: &Request) -> Response {
    let ui = request.extensions().get::<Ui>().copied().unwrap_or(Ui::En);
    let to = if is_safe(request.method()) {
        request.uri().path_and_query().map_or("/", |address| address.as_str()).to_owned()
    } else {
        came_from(request.headers()).unwrap_or_default()
    };
    // What leads to this page in the other language brings along where to go.
    let here = link::url("/sign-in", &[("to", &local(&to))]).parse().unwrap_or(Uri::from_static("/sign-in"));
    answer(&SignInPage::new(Shell::new(ui, &here), &to, true), StatusCode::UNAUTHORIZED)
}

impl SignInPage {
    fn new(shell: Shell, to: &str, is_needed: bool) -> Self {
        let words = AccessWords::of(shell.ui());
        Self { shell, words, to: local(to), is_needed, was_not_good: false }
    }
}

async fn show(State(app): State<App>, Query(asked): Query<Asked>, shell: Shell) -> Response {
    answer(&SignInPage::new(shell, &asked.to, app.access.needs_token()), StatusCode::OK)
}

/// Opens a session. Whether a token is good is one look-up of its hash, whatever was sent.
async fn sign_in(
    State(app): State<App>,
    Address(address): Address,
    headers: HeaderMap,
    shell: Shell,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    app.access.check_sign_in(address)?;
    let is_https = app.access.is_https(&headers);
    let hash = SecretHash::of(sent.token.trim());
    let secret = new_session()?;
    let (opened, former) = (SecretHash::of(&secret), access::session(&headers, is_https));
    let open = move |store: &mut Store| open(store, &hash, &opened, former.as_ref());
    let Some(token) = app.run(|data| data.with_store(open)).await? else {
        let page = SignInPage { was_not_good: true, ..SignInPage::new(shell, &sent.to, true) };
        return Ok(answer(&page, StatusCode::UNAUTHORIZED));
    };
    access::note(&app, signed_in(token, address.to_string())).await;
    let mut response = Redirect::to(&local(&sent.to)).into_response();
    response.headers_mut().append(header::SET_COOKIE, access::set_session(Some(&secret), is_https));
    Ok(response)
}

async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let is_https = app.access.is_https(&headers);
    if let Some(session) = access::session(&headers, is_https) {
        app.run(move |data| data.with_store(|store| Ok(store.close_session(&session)?))).await?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    response.headers_mut().append(header::SET_COOKIE, access::set_session(None, is_https));
    Ok(response)
}

/// Opens a session with a token, if it is good, and ends the one that the browser had.
fn open(
    store: &mut Store,
    token: &SecretHash,
    session: &SecretHash,
    former: Option<&SecretHash>,
) -> Result<Option<Token>, Error> {
    let now = Timestamp::now().round(Unit::Second).unwrap_or_else(|_| Timestamp::now());
    let Some(token) = store.live_token(token, &now.to_string())? else { return Ok(None) };
    let expires = now.checked_add(SignedDuration::from_hours(24 * SESSION_DAYS)).unwrap_or(now);
    store.open_session(token.id, session, &expires.to_string(), &now.to_string())?;
    if let Some(former) = former {
        store.close_session(former)?;
    }
    Ok(Some(token))
}

fn signed_in(token: Token, address: String) -> Deed {
    Deed {
        at: crate::now(),
        who: token.name,
        token: Some(token.id),
        role: token.role,
        address: Some(address),
        method: "POST".to_owned(),
        what: "/sign-in".to_owned(),
        outcome: Outcome::Done,
    }
}

fn answer(page: &SignInPage, status: StatusCode) -> Response {
    let Ok(html) = page.render() else { return Problem::Broken.into_response() };
    let mut response = (status, Html(html)).into_response();
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, problem::challenge(page.was_not_good));
    }
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(Dressed);
    response
}

/// Where to go: on this server, and not back to here.
fn local(to: &str) -> String {
    let path = to.split(['?', '#']).next().unwrap_or_default();
    if link::is_local(to) && !["/sign-in", "/sign-out"].contains(&path) { to.to_owned() } else { "/".to_owned() }
}

/// The page that a form was on, by what the browser says; its host is not looked at, since only the path is used.
fn came_from(headers: &HeaderMap) -> Option<String> {
    let page: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    page.path_and_query().map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(to: &str, expected: &str) {
        assert_eq!(local(to), expected, "{to:?}");
    }

    #[test]
    fn one_comes_back_to_this_server_only() {
        check("/search?q=%E7%81%AF&page=2", "/search?q=%E7%81%AF&page=2");
        check("/", "/");
        for elsewhere in [
            "",
            "https://example.org/",
            "//example.org/",
            "/\\example.org/",
            "/\t/example.org/",
            "/a\r\nset-cookie: b=c",
            "javascript:alert(1)",
            "/sign-in?to=/",
            "/sign-out",
            "/灯",
        ] {
            check(elsewhere, "/");
        }
    }
}
