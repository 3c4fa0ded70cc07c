//! What a handler reads and answers, told by its own types.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Extension, Path, Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::web::access::Caller;
use crate::web::problem::Problem;
use crate::web::who::Who;

/// The largest whole number that JavaScript holds exactly: numbers of rows stay far below it.
pub(super) const LARGEST: i64 = (1 << 53) - 1;

/// What has been told of an operation so far.
pub(in crate::web) struct Describing<'a> {
    /// Writes what is sent to us: fields that may be left out are not required.
    pub(super) reading: &'a mut SchemaGenerator,
    /// Writes what is sent by us.
    pub(super) writing: &'a mut SchemaGenerator,
    /// Parameters of the query and headers.
    pub(super) parameters: Vec<Value>,
    /// The media type of the body and its schema.
    pub(super) body: Option<(&'static str, Value)>,
    /// What is answered, with which status.
    pub(super) answers: Vec<(u16, Option<Value>)>,
    /// Whether the version that was read may come as `If-Match`.
    pub(super) reads_if_match: bool,
}

impl Describing<'_> {
    /// The fields of a type are parameters of the query.
    pub(in crate::web) fn query<T: JsonSchema>(&mut self) {
        let schema = self.reading.root_schema_for::<T>().to_value();
        let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
        for (name, property) in properties {
            let is_required = required.iter().any(|required| required == name);
            self.parameters.push(parameter("query", name, property, is_required));
        }
    }

    /// A body of JSON is answered.
    pub(super) fn answer<T: JsonSchema>(&mut self, status: u16) {
        let schema = self.writing.subschema_for::<T>().to_value();
        self.answers.push((status, Some(schema)));
    }

    /// The version that was read may come as `If-Match`.
    pub(in crate::web) fn if_match(&mut self) {
        self.reads_if_match = true;
        self.header("If-Match", "The version that was read: the `ETag` of the thing, or its `version` alone. What was changed since is refused.");
    }

    /// A header is read.
    fn header(&mut self, name: &str, about: &str) {
        let schema = json!({ "type": "string", "description": about, "maxLength": 255 });
        self.parameters.push(parameter("header", name, &schema, false));
    }
}

/// A parameter as the document has it. Numbers are bounded, by what JavaScript can hold where nothing else is said.
fn parameter(place: &str, name: &str, schema: &Value, is_required: bool) -> Value {
    let mut schema = schema.as_object().cloned().unwrap_or_default();
    let about = schema.remove("description");
    let default = schema.remove("default").filter(|default| !default.is_null() && default != "");
    without_null(&mut schema);
    if schema.get("type").is_some_and(|kind| kind == "integer") {
        schema.entry("minimum").or_insert(json!(0));
        schema.entry("maximum").or_insert(json!(LARGEST));
    }
    if let Some(default) = default.filter(|default| default != &json!(0) && default != &json!(false)) {
        schema.insert("default".to_owned(), default);
    }
    let examples = schema.remove("examples").and_then(|examples| examples.get(0).cloned());
    let mut parameter = json!({ "name": name, "in": place, "schema": schema });
    let mut set =
        |key: &str, value: Value| parameter.as_object_mut().map(|parameter| parameter.insert(key.to_owned(), value));
    if is_required {
        set("required", true.into());
    }
    about.map(|about| set("description", about));
    examples.map(|example| set("example", example));
    parameter
}

/// A parameter that is not given is left out: it is never null.
fn without_null(schema: &mut Map<String, Value>) {
    if let Some(kinds) = schema.get_mut("type").and_then(Value::as_array_mut) {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            let kind = kind.clone();
            schema.insert("type".to_owned(), kind);
        }
    }
    if let Some(choices) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        choices.retain(|choice| !choice.is_null());
    }
    let alone = schema.get_mut("anyOf").and_then(Value::as_array_mut).and_then(|choices| {
        choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
        if let [Value::Object(choice)] = choices.as_slice() { Some(choice.clone()) } else { None }
    });
    if let Some(mut alone) = alone {
        schema.remove("anyOf");
        alone.remove("description");
        schema.extend(alone);
    }
}

/// What a handler takes from a request.
pub(in crate::web) trait Input {
    /// Tells it.
    fn describe(_: &mut Describing<'_>) {}
}

/// What a handler answers with.
pub(in crate::web) trait Output {
    /// Tells it.
    fn describe(_: &mut Describing<'_>) {}
}

impl<S> Input for State<S> {}
impl<T> Input for Extension<T> {}
impl Input for HeaderMap {}
impl Input for Who {}
impl Input for Caller {}
/// The parts of a path are told by the path itself.
impl<T> Input for Path<T> {}

impl<T: JsonSchema> Input for Query<T> {
    fn describe(describing: &mut Describing<'_>) {
        describing.query::<T>();
    }
}

impl<T: JsonSchema> Input for Json<T> {
    fn describe(describing: &mut Describing<'_>) {
        let mut schema = describing.reading.root_schema_for::<T>().to_value();
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("$schema");
        }
        describing.body = Some(("application/json", schema));
    }
}

/// Whoever reads a request by itself takes bytes.
impl Input for Request {
    fn describe(describing: &mut Describing<'_>) {
        Bytes::describe(describing);
    }
}

impl Input for Bytes {
    fn describe(describing: &mut Describing<'_>) {
        describing.body = Some(("application/octet-stream", json!({ "type": "string", "format": "binary" })));
    }
}

impl<T: JsonSchema> Output for Json<T> {
    fn describe(describing: &mut Describing<'_>) {
        describing.answer::<T>(200);
    }
}

/// A status beside a body is that of something made.
impl<T: JsonSchema> Output for (StatusCode, Json<T>) {
    fn describe(describing: &mut Describing<'_>) {
        describing.answer::<T>(201);
    }
}

/// The same with headers of its own.
impl<H, T: JsonSchema> Output for (StatusCode, H, Json<T>) {
    fn describe(describing: &mut Describing<'_>) {
        describing.answer::<T>(201);
    }
}

/// A bare status is that there is nothing to say.
impl Output for StatusCode {
    fn describe(describing: &mut Describing<'_>) {
        describing.answers.push((204, None));
    }
}

/// Whoever writes a whole response says by hand what it is.
impl Output for Response {}

/// Problems are the same everywhere.
impl<T: Output> Output for Result<T, Problem> {
    fn describe(describing: &mut Describing<'_>) {
        T::describe(describing);
    }
}

/// A handler of which it can be told what it reads and answers.
pub(in crate::web) trait Described<D> {
    /// Tells it.
    fn describe(describing: &mut Describing<'_>);
}

macro_rules! described {
    ($($input:ident)*) => {
        impl<F, Answering, Answer, $($input,)*> Described<($($input,)*)> for F
        where
            F: Fn($($input,)*) -> Answering,
            Answering: Future<Output = Answer>,
            Answer: Output,
            $($input: Input,)*
        {
            fn describe(describing: &mut Describing<'_>) {
                $($input::describe(describing);)*
                Answer::describe(describing);
            }
        }
    };
}

described!();
described!(A);
described!(A B);
described!(A B C);
described!(A B C D);
described!(A B C D E);
described!(A B C D E G);
described!(A B C D E G H);
