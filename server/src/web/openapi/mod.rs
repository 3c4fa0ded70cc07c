//! The API's routes with what is said of them: an [`Api`] is the only way to a route under `/api/v1`, and it takes no
//! handler without a summary. What a handler reads and answers is told by its own types ([`Described`]), so that the
//! document cannot say otherwise than the program does. The document (OpenAPI 3.1, whose schemas are JSON Schema
//! 2020-12 as `schemars` writes it) is made of that ([`document`]), and in turn it decides which parameters are taken
//! ([`rules`]).

mod assembled;
mod described;
mod negotiation;
mod page;
mod problems;
mod rules;

use std::sync::OnceLock;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::{Method, header};
use axum::response::IntoResponse as _;
use axum::routing::{MethodFilter, get, on};
use schemars::JsonSchema;
use serde_json::Value;

use super::conditional;
use super::{App, link};

pub(super) use assembled::VERSION_PATH;
pub(super) use described::{Described, Describing, Input};
pub(super) use rules::{Kept, keep_rules};

/// Routes and what is said of them.
pub(super) struct Api {
    router: Router<App>,
    operations: Vec<Operation>,
    tag: &'static str,
}

/// A method of an address, and what is said of it.
struct Operation {
    method: Method,
    path: &'static str,
    tag: &'static str,
    says: Says,
    describe: fn(&mut Describing<'_>),
}

/// What is said of an operation that the types of its handler do not tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Says {
    id: &'static str,
    summary: &'static str,
    more: &'static str,
    path: Vec<PathParameter>,
    described: Vec<fn(&mut Describing<'_>)>,
    files: Vec<(&'static str, &'static str)>,
    takes: &'static [&'static str],
    needs: &'static [&'static str],
    may_conflict: bool,
    may_be_missing: bool,
    is_tagged: bool,
    body_limit: Option<usize>,
}

/// A part of a path that is no number of a row.
#[derive(Clone, Debug)]
struct PathParameter {
    name: &'static str,
    about: &'static str,
    is_text: bool,
}

/// What is said of an operation: its id, by which programs that are made from the document call it, and what it does,
/// in a line that begins with a verb.
pub(super) fn says(id: &'static str, summary: &'static str) -> Says {
    Says { id, summary, ..Says::default() }
}

impl Says {
    /// What else a caller should know.
    pub(super) fn more(self, more: &'static str) -> Self {
        Self { more, ..self }
    }

    /// What a number in the path is of.
    pub(super) fn of(mut self, name: &'static str, about: &'static str) -> Self {
        self.path.push(PathParameter { name, about, is_text: false });
        self
    }

    /// What a part of the path is that is no number.
    pub(super) fn of_text(mut self, name: &'static str, about: &'static str) -> Self {
        self.path.push(PathParameter { name, about, is_text: true });
        self
    }

    /// Parameters that the handler reads by itself, as the fields of a type.
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone is of one lifetime, and not of any"
    )]
    pub(super) fn reads<T: JsonSchema>(mut self) -> Self {
        self.described.push(|describing| describing.query::<T>());
        self
    }

    /// A JSON body that the handler writes by itself, with 200.
    pub(super) fn answers<T: JsonSchema>(mut self) -> Self {
        self.described.push(|describing| describing.answer::<T>(200));
        self
    }

    /// A JSON body that the handler writes by itself, with 201.
    pub(super) fn makes<T: JsonSchema>(mut self) -> Self {
        self.described.push(|describing| describing.answer::<T>(201));
        self
    }

    /// A JSON body that the handler writes by itself, with 202: the work goes on, and `Location` says where to look.
    pub(super) fn accepts<T: JsonSchema>(mut self) -> Self {
        self.described.push(|describing| describing.answer::<T>(202));
        self
    }

    /// A file or a stream of some media type, and what it is.
    pub(super) fn file(mut self, media: &'static str, about: &'static str) -> Self {
        self.files.push((media, about));
        self
    }

    /// The media types of a body that is no JSON.
    pub(super) fn takes(self, media: &'static [&'static str]) -> Self {
        Self { takes: media, ..self }
    }

    /// That it is refused where things are not as the request takes them to be.
    pub(super) fn may_conflict(self) -> Self {
        Self { may_conflict: true, ..self }
    }

    /// The parameters without which it is refused.
    pub(super) fn needs(self, needs: &'static [&'static str]) -> Self {
        Self { needs, ..self }
    }

    /// That what its parameters name may not be there.
    pub(super) fn may_be_missing(self) -> Self {
        Self { may_be_missing: true, ..self }
    }

    /// That its answer carries an `ETag` and need not be sent again while nothing has changed.
    pub(super) fn tagged(self) -> Self {
        Self { is_tagged: true, ..self }
    }

    /// The largest body, in bytes, where that is more than [`super::BODY_LIMIT`].
    pub(super) fn at_most(self, bytes: usize) -> Self {
        Self { body_limit: Some(bytes), ..self }
    }
}

impl Api {
    /// No routes yet, of a part of the API that the document has under that name.
    pub(super) fn of(tag: &'static str) -> Self {
        Self { router: Router::new(), operations: Vec::new(), tag }
    }

    /// The same with a route that is read.
    pub(super) fn get<H, T, D>(self, path: &'static str, handler: H, says: Says) -> Self
    where
        H: Handler<T, App> + Described<D>,
        T: 'static,
    {
        self.on(Method::GET, MethodFilter::GET, path, handler, says)
    }

    /// The same with a route that makes or does something.
    pub(super) fn post<H, T, D>(self, path: &'static str, handler: H, says: Says) -> Self
    where
        H: Handler<T, App> + Described<D>,
        T: 'static,
    {
        self.on(Method::POST, MethodFilter::POST, path, handler, says)
    }

    /// The same with a route that puts something in the place of something.
    pub(super) fn put<H, T, D>(self, path: &'static str, handler: H, says: Says) -> Self
    where
        H: Handler<T, App> + Described<D>,
        T: 'static,
    {
        self.on(Method::PUT, MethodFilter::PUT, path, handler, says)
    }

    /// The same with a route that removes something.
    pub(super) fn delete<H, T, D>(self, path: &'static str, handler: H, says: Says) -> Self
    where
        H: Handler<T, App> + Described<D>,
        T: 'static,
    {
        self.on(Method::DELETE, MethodFilter::DELETE, path, handler, says)
    }

    fn on<H, T, D>(mut self, method: Method, filter: MethodFilter, path: &'static str, handler: H, says: Says) -> Self
    where
        H: Handler<T, App> + Described<D>,
        T: 'static,
    {
        let route = match says.body_limit {
            Some(bytes) => on(filter, handler).layer(DefaultBodyLimit::max(bytes)),
            None => on(filter, handler),
        };
        self.router = self.router.route(path, route);
        self.operations.push(Operation { method, path, tag: self.tag, says, describe: H::describe });
        self
    }

    /// The same with the routes of another part.
    pub(super) fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.operations.extend(other.operations);
        self
    }

    /// The same with what is said of the routes of another part, which are served elsewhere.
    pub(super) fn described(mut self, other: Self) -> Self {
        self.operations.extend(other.operations);
        self
    }

    /// The routes alone, for who knows that [`document`] has them.
    pub(super) fn into_router(self) -> Router<App> {
        self.router
    }
}

/// The document of the whole API.
pub(super) struct Document {
    /// As it is sent.
    json: String,
    /// Its entity tag.
    tag: String,
    value: Value,
    rules: rules::Rules,
}

/// The document; made once, since it depends on nothing but the program.
pub(super) fn document() -> &'static Document {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let value = assembled::assemble(&super::api::routes().operations);
        // What was made of text and numbers can be written.
        let json = serde_json::to_string_pretty(&value).unwrap_or_default();
        let rules = rules::Rules::of(&value);
        Document { tag: conditional::tag_of(json.as_bytes()), json, value, rules }
    })
}

/// The address of the API for a path and the parts of its query that are known there; `None` where nothing is read at
/// that path, or a part is missing without which it is refused.
pub(super) fn address(path: &str, query: &[(String, String)]) -> Option<String> {
    let known = document().rules.known(path.strip_prefix(VERSION_PATH)?, query)?;
    Some(link::url(path, &known))
}

/// The document, the pages made of it, and the page of problems.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/api/openapi.json", get(json))
        .route("/api", get(page::show))
        .route("/api/problems", get(problems::show))
}

async fn json(headers: axum::http::HeaderMap) -> axum::response::Response {
    let document = document();
    if conditional::is_known(&headers, &document.tag) {
        return conditional::not_modified(&document.tag);
    }
    let sent = [(header::CONTENT_TYPE, "application/json"), (header::ETAG, document.tag.as_str())];
    (sent, document.json.as_str()).into_response()
}
