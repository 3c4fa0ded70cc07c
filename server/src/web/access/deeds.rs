//! Running what a caller may ask for, with a line of the audit log where it may change something.

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use corpus::access::{Deed, Outcome, Role};

use super::caller::{Address, Caller};
use super::needs;
use crate::hidden::is_hidden;
use crate::web::App;
use crate::web::problem::Problem;

/// A part of a route that is a secret, which the log does not have.
const SECRET: &str = "{token}";

/// Runs what a caller asks for if their role is enough; they may know that it is there.
pub(super) async fn run(
    app: &App,
    mut request: Request,
    next: Next,
    route: Option<&str>,
    caller: Caller,
    ask: Role,
) -> Response {
    let deed = deed(&request, route, &caller);
    let response = if caller.may(ask) {
        request.extensions_mut().insert(caller);
        next.run(request).await
    } else {
        Problem::Forbidden { needs: ask, has: caller.role }.into_response()
    };
    if let Some(deed) = deed {
        note(app, Deed { outcome: outcome(response.status()), ..deed }).await;
    }
    response
}

/// Runs what anybody may ask for. Only what is done is noted: whoever is nobody must not fill the log.
pub(super) async fn run_for_anybody(app: &App, request: Request, next: Next, route: Option<&str>) -> Response {
    let address = request.extensions().get::<Address>().map(|Address(address)| address.to_string());
    let deed = draft(request.method(), request.uri().path(), route);
    let response = next.run(request).await;
    if let (Some(deed), Outcome::Done) = (deed, outcome(response.status())) {
        note(app, Deed { address, ..deed }).await;
    }
    response
}

/// Writes a line of the audit log. A change that was made stays made where that fails.
pub(in crate::web) async fn note(app: &App, deed: Deed) {
    let data = app.data.clone();
    let noted = tokio::task::spawn_blocking(move || data.with_store(|store| Ok(store.note_deed(&deed)?)));
    match noted.await {
        Ok(Ok(())) => (),
        Ok(Err(error)) => tracing::error!(%error, "a line of the audit log is missing"),
        Err(error) => tracing::error!(%error, "a line of the audit log is missing"),
    }
}

fn deed(request: &Request, route: Option<&str>, caller: &Caller) -> Option<Deed> {
    let deed = draft(request.method(), request.uri().path(), route)?;
    let address = Some(caller.address.to_string());
    Some(Deed { who: caller.name.clone(), token: caller.token, role: caller.role, address, ..deed })
}

fn draft(method: &Method, path: &str, route: Option<&str>) -> Option<Deed> {
    let route = route.filter(|route| needs::is_deed(method, route))?;
    Some(Deed {
        at: crate::now(),
        who: "a link in a mail".to_owned(),
        token: None,
        role: Role::Read,
        address: None,
        method: method.as_str().to_owned(),
        what: without_secrets(path, route),
        outcome: Outcome::Done,
    })
}

fn without_secrets(path: &str, route: &str) -> String {
    let parts = path.split('/').zip(route.split('/'));
    let parts: Vec<_> = parts.map(|(part, name)| if name == SECRET { "…" } else { part }).collect();
    parts.join("/").chars().filter(|char| !is_hidden(*char)).collect()
}

fn outcome(status: StatusCode) -> Outcome {
    match status.as_u16() {
        ..=399 => Outcome::Done,
        400..=499 => Outcome::Refused,
        _ => Outcome::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: &Method, path: &str, route: &str, what: Option<&str>) {
        let deed = draft(method, path, Some(route));
        assert_eq!(deed.map(|deed| deed.what).as_deref(), what, "{method} {path}");
    }

    #[test]
    fn a_deed_is_told_by_its_address_without_secrets() {
        check(&Method::POST, "/watches/3/remove", "/watches/{id}/remove", Some("/watches/3/remove"));
        check(&Method::POST, "/unsubscribe/3/cafe", "/unsubscribe/{channel}/{token}", Some("/unsubscribe/3/…"));
        check(&Method::GET, "/watches", "/watches", None);
        check(&Method::POST, "/check", "/check", None);
    }
}
