//! Who may ask for what: one table over all routes.
//!
//! To look at something takes the role `read`, to change something the role `edit`. What else holds stands below, by
//! the routes as the router has them; a test walks all of them with each role.

use axum::http::Method;
use corpus::access::Role;

/// What it takes to ask for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Nothing.
    Nothing,
    /// To know that it is there, and to ask for it: for a caller without the first there is no such address.
    Role { see: Role, ask: Role },
}

/// What the page to sign in needs, what the API is like, and links that hold a secret of their own.
const OPEN: [&str; 13] = [
    "/sign-in",
    "/sign-out",
    "/style.css",
    "/keys.js",
    "/alerts.js",
    "/jobs.js",
    "/api",
    "/api/problems",
    "/api/openapi.json",
    "/favicon.svg",
    "/favicon.ico",
    "/opensearch.xml",
    "/unsubscribe/{channel}/{token}",
];

/// What is sent because it is long, and changes nothing.
const READ_BY_POST: [&str; 6] =
    ["/mark", "/check", "/watches/try", "/api/v1/terms/mark", "/api/v1/terms/check", "/api/v1/watches/try"];

/// Forms that only those have a use for who may send them, and previews of what is about to change.
const FORMS: [&str; 12] = [
    "/concept/new",
    "/concept/{id}/edit",
    "/concept/{id}/term",
    "/concept/{id}/term/{term}",
    "/concept/{id}/merge",
    "/concept/{id}/split",
    "/exchange/import/{file}",
    "/watches/new",
    "/watches/{id}/edit",
    "/watches/{id}/remove",
    "/documents/add",
    "/documents/pair",
];

/// What is there for some only, with all that is below it: tokens and the audit log; the state of the machine; where
/// deliveries go, since the address of a webhook is often a secret; what others upload.
const HIDDEN: [(&str, Role); 10] = [
    ("/tokens", Role::Admin),
    ("/api/v1/tokens", Role::Admin),
    ("/audit", Role::Admin),
    ("/api/v1/audit", Role::Admin),
    ("/status", Role::Admin),
    ("/api/v1/status", Role::Admin),
    ("/jobs", Role::Edit),
    ("/api/v1/jobs", Role::Edit),
    ("/deliveries", Role::Edit),
    ("/api/v1/deliveries", Role::Edit),
];

/// What it takes to ask by a method for a route; for an address that is no route, to be somebody.
pub(super) fn of(method: &Method, route: Option<&str>) -> Need {
    let Some(route) = route else { return Need::Role { see: Role::Read, ask: Role::Read } };
    if OPEN.contains(&route) {
        return Need::Nothing;
    }
    let hidden = HIDDEN.into_iter().find(|(above, _)| is_below(route, above));
    let see = hidden.map_or(Role::Read, |(_, role)| role);
    let reads = is_safe(method) && !FORMS.contains(&route);
    let ask = if reads || READ_BY_POST.contains(&route) { Role::Read } else { Role::Edit };
    Need::Role { see, ask: ask.max(see) }
}

/// Whether something may be changed by it, so that the audit log is to have a line of it.
pub(super) fn is_deed(method: &Method, route: &str) -> bool {
    !is_safe(method) && !READ_BY_POST.contains(&route) && !["/sign-in", "/sign-out"].contains(&route)
}

/// Whether a route is a feed, which a key in the address opens.
pub(super) fn is_feed(path: &str) -> bool {
    path == "/alerts.atom" || (path.starts_with("/watch/") && path.ends_with("/feed.atom"))
}

/// The methods that change nothing (RFC 9110, section 9.2.1).
pub(in crate::web) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_below(route: &str, above: &str) -> bool {
    route.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: &Method, route: &str, see: Role, ask: Role) {
        assert_eq!(of(method, Some(route)), Need::Role { see, ask }, "{method} {route}");
    }

    #[test]
    fn to_look_takes_read_and_to_change_takes_edit() {
        check(&Method::GET, "/document/{id}", Role::Read, Role::Read);
        check(&Method::HEAD, "/search", Role::Read, Role::Read);
        check(&Method::POST, "/watches", Role::Read, Role::Edit);
        check(&Method::PUT, "/api/v1/concepts/{id}", Role::Read, Role::Edit);
        check(&Method::POST, "/check", Role::Read, Role::Read);
        check(&Method::GET, "/watches/new", Role::Read, Role::Edit);
    }

    #[test]
    fn what_is_there_for_some_is_hidden_with_all_below() {
        check(&Method::GET, "/tokens", Role::Admin, Role::Admin);
        check(&Method::POST, "/tokens/{id}/revoke", Role::Admin, Role::Admin);
        check(&Method::GET, "/deliveries", Role::Edit, Role::Edit);
        check(&Method::GET, "/tokensmith", Role::Read, Role::Read);
        assert_eq!(of(&Method::POST, None), Need::Role { see: Role::Read, ask: Role::Read });
    }
}
