//! Tokens: which there are, making one, revoking one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use corpus::access::{Role, Token};
use serde::Deserialize;

use crate::access;
use crate::web::App;
use crate::web::access::Caller;
use crate::web::problem::{Problem, Thing};
use crate::web::shell::Shell;
use crate::web::words::AccessWords;

/// So many are shown, the newest; the command line lists all.
const SHOWN: usize = 500;

#[derive(Template)]
#[template(path = "tokens.html")]
struct TokensPage {
    shell: Shell,
    words: &'static AccessWords,
    roles: Vec<(&'static str, &'static str, &'static str)>,
    lines: Vec<Line>,
    /// The token that was just made, with its secret.
    made: Option<(String, String)>,
    /// Why none was made.
    fault: Option<String>,
}

struct Line {
    id: i64,
    name: String,
    role: &'static str,
    created: String,
    until: Option<String>,
    last_used: Option<String>,
    /// Why it is no longer good, and since when.
    ended: Option<(&'static str, String)>,
    is_own: bool,
}

/// What the form sends.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Sent {
    name: String,
    role: String,
    expires: String,
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/tokens", get(show).post(make)).route("/tokens/{id}/revoke", post(revoke))
}

async fn show(State(app): State<App>, caller: Caller, shell: Shell) -> Result<Response, Problem> {
    list(&app, &caller, shell, None, None).await
}

async fn make(
    State(app): State<App>,
    caller: Caller,
    shell: Shell,
    Form(sent): Form<Sent>,
) -> Result<Response, Problem> {
    let role = Role::from_name(&sent.role).unwrap_or(Role::Read);
    match app.run(move |data| access::give(data, &sent.name, role, &sent.expires)).await {
        Ok(given) => list(&app, &caller, shell, Some((given.token.name, given.secret)), None).await,
        Err(Problem::Input(fault)) => list(&app, &caller, shell, None, Some(fault)).await,
        Err(problem) => Err(problem),
    }
}

async fn revoke(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = Thing::Page.number(&id)?;
    app.revoke(id).await?;
    Ok(Redirect::to("/tokens").into_response())
}

/// The page; it may hold a token, so that nothing keeps it.
async fn list(
    app: &App,
    caller: &Caller,
    shell: Shell,
    made: Option<(String, String)>,
    fault: Option<String>,
) -> Result<Response, Problem> {
    let words = AccessWords::of(shell.ui());
    let tokens = app.run(|data| data.with_store(|store| Ok(store.tokens(SHOWN)?))).await?;
    let now = crate::now();
    let roles = Role::ALL.map(|role| (role.name(), words.role(role).0, words.role(role).1)).to_vec();
    let lines = tokens.into_iter().map(|token| line(words, token, &now, caller)).collect();
    let mut response = super::page(&TokensPage { shell, words, roles, lines, made, fault })?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn line(words: &'static AccessWords, token: Token, now: &str, caller: &Caller) -> Line {
    let day = |time: &str| time.get(..10).unwrap_or(time).to_owned();
    let is_live = token.is_live(now);
    let ended = match (&token.revoked, &token.expires) {
        (Some(revoked), _) => Some((words.revoked, day(revoked))),
        (None, Some(expires)) if !is_live => Some((words.expired, day(expires))),
        _ => None,
    };
    Line {
        role: words.role(token.role).0,
        created: day(&token.created),
        until: token.expires.as_deref().map(day),
        last_used: token.last_used.as_deref().map(|time| time.get(..16).unwrap_or(time).replace('T', " ")),
        is_own: caller.token == Some(token.id),
        id: token.id,
        name: token.name,
        ended,
    }
}
