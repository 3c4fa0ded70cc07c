//! The lanes that requests stand in.

use axum::http::Method;

/// How much work a request is, by its route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Class {
    /// Some milliseconds, while a person types: suggestions, health.
    Quick,
    /// Some ten milliseconds: searches and pages.
    Search,
    /// Seconds, at times: exports, pictures of pages, what reads a text that is sent or a whole document.
    Long,
}

/// What neither asks the store nor the index.
const STATIC: [&str; 5] = [".css", ".js", ".svg", ".ico", ".xml"];

const QUICK: [&str; 4] = ["/search/suggest", "/api/v1/search/suggest", "/api/v1/terms/suggest", "/api/v1/health"];

const LONG: [&str; 16] = [
    "/bitext/{id}/tmx",
    "/api/v1/bitexts/{id}/tmx",
    "/concordance/export",
    "/api/v1/concordance/export",
    "/document/{id}/page/{page}",
    "/exchange/export",
    "/exchange/import",
    "/exchange/import/{file}",
    "/api/v1/terms/export",
    "/api/v1/terms/import",
    "/file/{id}",
    "/search/export",
    "/api/v1/search/export",
    "/similar",
    "/api/v1/similar",
    "/targets/export",
];

/// Long where a text is sent; the forms for it are pages as others.
const LONG_BY_POST: [&str; 6] =
    ["/mark", "/check", "/watches/try", "/api/v1/terms/mark", "/api/v1/terms/check", "/api/v1/watches/try"];

impl Class {
    pub(in crate::web) const ALL: [Self; 3] = [Self::Quick, Self::Search, Self::Long];

    /// Its name in metrics.
    pub(in crate::web) fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Search => "search",
            Self::Long => "long",
        }
    }

    /// The class of a request; none where it waits for nothing.
    pub(in crate::web) fn of(method: &Method, route: Option<&str>) -> Option<Self> {
        let route = route?;
        if STATIC.iter().any(|end| route.ends_with(end)) {
            return None;
        }
        Some(if QUICK.contains(&route) {
            Self::Quick
        } else if LONG.contains(&route) || (*method == Method::POST && LONG_BY_POST.contains(&route)) {
            Self::Long
        } else {
            Self::Search
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: &Method, route: &str, class: Option<Class>) {
        assert_eq!(Class::of(method, Some(route)), class, "{method} {route}");
    }

    #[test]
    fn requests_stand_in_lanes() {
        check(&Method::GET, "/style.css", None);
        check(&Method::GET, "/search", Some(Class::Search));
        check(&Method::GET, "/api/v1/search/suggest", Some(Class::Quick));
        check(&Method::GET, "/exchange/export", Some(Class::Long));
        check(&Method::GET, "/mark", Some(Class::Search));
        check(&Method::POST, "/mark", Some(Class::Long));
    }
}
