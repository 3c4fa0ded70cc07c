//! What the document says of requests, kept: parameters that it does not have are refused, as are numbers outside of
//! their bounds and answers in a form that nobody can give.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use super::assembled::VERSION_PATH;
use super::document;
use super::negotiation::is_acceptable;
use crate::web::App;
use crate::web::conditional::{self, Changes};
use crate::web::idempotency::{self, Answers};
use crate::web::problem::{Kind, Problem};

/// What the rules need besides the document.
#[derive(Clone)]
pub(in crate::web) struct Kept {
    app: App,
    changes: Arc<Changes>,
    answers: Arc<Answers>,
}

impl Kept {
    /// Nothing is remembered yet.
    pub(in crate::web) fn new(app: App) -> Self {
        let changes = Arc::new(Changes::new(app.data.folder()));
        Self { app, changes, answers: Arc::default() }
    }
}

/// The rules of all operations, by method and path.
#[derive(Debug, Default)]
pub(super) struct Rules {
    by_operation: HashMap<(String, String), Rule>,
}

/// What holds for the requests of an operation.
#[derive(Debug, Default)]
struct Rule {
    parameters: Vec<Parameter>,
    /// The media types of its answers.
    media: Vec<String>,
    is_tagged: bool,
}

#[derive(Debug)]
struct Parameter {
    name: String,
    /// The least and the largest number that it may be, where it is one.
    bounds: Option<(f64, f64)>,
    /// Whether it is a whole number.
    is_whole: bool,
    is_required: bool,
}

impl Rules {
    /// What the document says.
    pub(super) fn of(document: &Value) -> Self {
        let mut rules = Self::default();
        for (path, methods) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                let key = (method.to_ascii_uppercase(), path.trim_start_matches(VERSION_PATH).to_owned());
                rules.by_operation.insert(key, Rule::of(operation));
            }
        }
        rules
    }

    fn find(&self, method: &Method, path: &str) -> Option<&Rule> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        self.by_operation.get(&(method.as_str().to_owned(), path.to_owned()))
    }

    /// The parts of a query that what is read at a path takes; `None` where nothing is, or a part is missing.
    pub(super) fn known<'a>(&self, path: &str, query: &'a [(String, String)]) -> Option<Vec<(&'a str, &'a str)>> {
        let (_, rule) = self.by_operation.iter().find(|((method, own), _)| method == "GET" && is_of(own, path))?;
        let is_given = |name: &str| query.iter().any(|(given, value)| given == name && !value.is_empty());
        let is_known = |name: &str| rule.parameters.iter().any(|parameter| parameter.name == name);
        if rule.parameters.iter().any(|parameter| parameter.is_required && !is_given(&parameter.name)) {
            return None;
        }
        Some(
            query
                .iter()
                .filter(|(name, _)| is_known(name))
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect(),
        )
    }
}

/// Whether a path is one of those that a path with names in braces stands for; what is read has numbers there.
fn is_of(template: &str, path: &str) -> bool {
    let (own, given) = (template.split('/'), path.split('/'));
    own.clone().count() == given.clone().count()
        && own.zip(given).all(|(own, given)| own == given || own.starts_with('{') && is_number(given))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Rule {
    fn of(operation: &Value) -> Self {
        let all = operation["parameters"].as_array().into_iter().flatten();
        let parameters = all.filter(|parameter| parameter["in"] == "query").map(Parameter::of).collect();
        let answers = operation["responses"].as_object().into_iter().flatten();
        let media = answers.filter_map(|(_, answer)| answer["content"].as_object());
        let media = media.flat_map(|content| content.keys().cloned()).collect();
        Self { parameters, media, is_tagged: operation["responses"].get("304").is_some() }
    }

    fn check(&self, query: &str, headers: &HeaderMap) -> Result<(), Problem> {
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let known = self.parameters.iter().find(|parameter| parameter.name == name);
            known.ok_or_else(|| self.unknown(&name))?.check(&value)?;
        }
        let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
        if is_acceptable(accept, &self.media) {
            return Ok(());
        }
        let detail = format!("this is answered as {}; accept that", self.media.join(" or "));
        Err(Problem::Named(Kind::NotAcceptable, detail))
    }

    fn unknown(&self, name: &str) -> Problem {
        let names: Vec<&str> = self.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let name: String = name.chars().take(60).collect();
        let known =
            if names.is_empty() { "there are none".to_owned() } else { format!("there are {}", names.join(", ")) };
        Problem::Named(Kind::Parameter, format!("there is no parameter '{name}'; {known}"))
    }
}

impl Parameter {
    fn of(parameter: &Value) -> Self {
        let schema = &parameter["schema"];
        let is_whole = schema["type"] == "integer";
        let is_number = is_whole || schema["type"] == "number";
        let bound = |name: &str, missing: f64| schema[name].as_f64().unwrap_or(missing);
        let bounds = is_number.then(|| (bound("minimum", f64::MIN), bound("maximum", f64::MAX)));
        Self {
            name: parameter["name"].as_str().unwrap_or_default().to_owned(),
            bounds,
            is_whole,
            is_required: parameter["required"] == true,
        }
    }

    fn check(&self, value: &str) -> Result<(), Problem> {
        let Some((least, most)) = self.bounds else { return Ok(()) };
        let is_number = if self.is_whole { value.parse::<i64>().is_ok() } else { value.parse::<f64>().is_ok() };
        let number = value.parse::<f64>().ok().filter(|number| is_number && number.is_finite());
        if number.is_some_and(|number| (least..=most).contains(&number)) {
            return Ok(());
        }
        let what = if self.is_whole { "a whole number" } else { "a number" };
        Err(Problem::Named(Kind::Parameter, format!("{} is {what} from {least} to {most}; give such a one", self.name)))
    }
}

/// Keeps the rules of whichever operation is asked for, and answers from what is remembered where that will do.
pub(in crate::web) async fn keep_rules(State(kept): State<Kept>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(|path| path.as_str().trim_start_matches(VERSION_PATH));
    let rule = path.and_then(|path| document().rules.find(request.method(), path));
    let Some(rule) = rule else { return next.run(request).await };
    if let Err(problem) = rule.check(request.uri().query().unwrap_or_default(), request.headers()) {
        return problem.into_response();
    }
    if rule.is_tagged {
        return conditional::answer(&kept.app, &kept.changes, request, next).await;
    }
    if request.method() == Method::POST && request.headers().contains_key(idempotency::KEY) {
        return idempotency::answer(&kept.answers, request, next).await;
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, refused: Option<&str>) {
        let parameter = |name: &str, schema| serde_json::json!({ "in": "query", "name": name, "schema": schema });
        let limit = serde_json::json!({ "type": "integer", "minimum": 1, "maximum": 500 });
        let least = serde_json::json!({ "type": "number", "minimum": 0, "maximum": 1 });
        let rule = Rule::of(&serde_json::json!({
            "parameters": [parameter("limit", limit), parameter("least", least), parameter("q", serde_json::json!({}))],
            "responses": {},
        }));
        let problem = rule.check(query, &HeaderMap::new()).err().map(|problem| format!("{problem:?}"));
        match (problem, refused) {
            (None, None) => (),
            (Some(problem), Some(refused)) if problem.contains(refused) => (),
            (problem, _) => panic!("{query}: {problem:?}"),
        }
    }

    #[test]
    fn parameters_are_known_and_numbers_bounded() {
        check("", None);
        check("limit=1&least=0.5&q=%00", None);
        check("limits=1", Some("there is no parameter 'limits'; there are limit, least, q"));
        for limit in ["0", "501", "1.5", "", "x", "99999999999999999999"] {
            check(&format!("limit={limit}"), Some("limit is a whole number from 1 to 500"));
        }
        for least in ["-1", "NaN", "inf", "2"] {
            check(&format!("least={least}"), Some("least is a number from 0 to 1"));
        }
    }

    #[test]
    fn a_path_is_of_its_template() {
        assert!(is_of("/documents/{id}/pages/{page}", "/documents/3/pages/4"));
        assert!(!is_of("/documents/{id}", "/documents"));
        assert!(!is_of("/documents/{id}", "/concepts/1"));
        assert!(!is_of("/concepts/{id}", "/concepts/new"));
    }
}
