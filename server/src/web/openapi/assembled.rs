//! The OpenAPI document, put together of what the operations tell.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::described::{Describing, LARGEST};
use super::{Operation, PathParameter};
use crate::web::problem::Kind;

/// Where this version of the API is.
pub(in crate::web) const VERSION_PATH: &str = "/api/v1";

const ABOUT: &str = "\
Documents, bitexts, terms, search, watches and alerts of a Policyglot server.

**Lists.** A list is an object that has its things under their name. `limit` says how many are given (50 unless the \
operation says otherwise, 500 at most), and `next`, where it is there and not null, is what to give as `after`, with \
the other parameters unchanged, for those that follow. A cursor is opaque: it is good for the list that gave it.

**Values.** Dates and times are RFC 3339 in UTC; a date of a document is as exact as it is known (`2024`, `2024-06`, \
`2024-06-05`). Languages are `zh`, `en` or `other`. Numbers of rows are whole numbers below 2^53. Places on pages are in \
points from the top left corner, places in text in bytes of UTF-8 unless a field says characters.

**Problems** are `application/problem+json` (RFC 9457). Their `type` is an address on this server, below \
`/api/problems`, which says what each means and what to do. A parameter that an operation does not know is refused.

**Caching.** Answers that change only with the data carry a weak `ETag`; with `If-None-Match` the answer is 304 while \
nothing has changed. It changes with every change of the store or the index, and when the server is started anew. An \
edit of a concept takes the version that was read in its body or, as `If-Match`, the `ETag` of the concept.

**Doing it once.** Every POST takes `Idempotency-Key` (1 to 255 visible ASCII characters): the same key with the same \
request is answered as before, with `Idempotency-Replayed: true`, and nothing is done again; with another request it is \
refused (422), and while the first is being done (409). Keys are kept for 24 hours in the server's memory, the last 10,000 \
of them, and are forgotten when the server ends; that of an upload stays with its job.

**Who may ask.** From this machine nobody needs a token unless the server is told so; from elsewhere a bearer token.";

/// What the parts of the API are about.
const TAGS: [(&str, &str); 9] = [
    ("Documents", "Documents with their text, facts and pages."),
    ("Search", "Full-text search in both languages at once, and what helps to type a query."),
    ("Bitexts", "Pairs of documents that are translations of each other, sentence by sentence."),
    ("Terms", "Look-up, marking and checking of texts, import and export."),
    ("Concepts", "A concept with its designations and evidence, and edits of it with their history."),
    ("Review", "Candidates that mining found and that wait for a person."),
    ("Watches", "What is tracked, the alerts that it led to, and their deliveries."),
    ("Uploads", "Files sent in, and the jobs that read them."),
    ("Server", "The server itself: health, tokens, the log of who did what."),
];

/// The document of these operations.
pub(super) fn assemble(operations: &[Operation]) -> Value {
    let settings = |inlined: bool| {
        SchemaSettings::draft2020_12().with(|settings| {
            settings.meta_schema = None;
            settings.definitions_path = "/components/schemas".into();
            settings.inline_subschemas = inlined;
        })
    };
    let mut reading = settings(true).for_deserialize().into_generator();
    let mut writing = settings(false).for_serialize().into_generator();
    let mut paths = Map::new();
    for operation in operations {
        let mut describing = Describing {
            reading: &mut reading,
            writing: &mut writing,
            parameters: Vec::new(),
            body: None,
            answers: Vec::new(),
            reads_if_match: false,
        };
        (operation.describe)(&mut describing);
        operation.says.described.iter().for_each(|describe| describe(&mut describing));
        let entry = paths.entry(format!("{VERSION_PATH}{}", operation.path)).or_insert_with(|| json!({}));
        if let Some(entry) = entry.as_object_mut() {
            entry.insert(operation.method.as_str().to_ascii_lowercase(), described(operation, &describing));
        }
    }
    let mut schemas: Map<String, Value> = writing.take_definitions(true).into_iter().collect();
    schemas.insert("Problem".to_owned(), problem_schema());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Policyglot",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Aligned terms, search and alerts over Chinese and English standards and policy",
            "description": ABOUT,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "The server that gives this document." }],
        "security": [{}, { "token": [] }],
        "tags": TAGS.map(|(name, description)| json!({ "name": name, "description": description })),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": problem_responses(),
            "headers": {
                "ETag": { "description": "A weak tag of the answer, for `If-None-Match`.", "schema": { "type": "string" } },
                "RetryAfter": { "description": "After how many seconds to try again.", "schema": { "type": "integer", "minimum": 0 } },
            },
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token that `policyglot token add` has given. From this machine none is needed unless the server is told so.",
                },
            },
        },
    })
}

fn described(operation: &Operation, describing: &Describing<'_>) -> Value {
    let says = &operation.says;
    let mut parameters: Vec<Value> = path_names(operation.path).map(|name| path_parameter(name, &says.path)).collect();
    parameters.extend(describing.parameters.iter().cloned());
    for parameter in parameters.iter_mut().filter(|parameter| says.needs.iter().any(|name| parameter["name"] == *name))
    {
        parameter["required"] = true.into();
    }
    if operation.method == "POST" {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
            "description": "A key of the caller's own choice: with the same key the same request is done once.",
        }));
    }
    if says.is_tagged {
        parameters.push(json!({
            "name": "If-None-Match", "in": "header", "schema": { "type": "string" },
            "description": "The `ETag` of an earlier answer: 304 where nothing has changed since.",
        }));
    }
    let mut value = json!({
        "operationId": says.id,
        "summary": says.summary,
        "tags": [operation.tag],
        "parameters": parameters,
        "responses": responses(operation, describing),
    });
    let Some(object) = value.as_object_mut() else { return value };
    if !says.more.is_empty() {
        object.insert("description".to_owned(), says.more.into());
    }
    if let Some((media, schema)) = &describing.body {
        let media = if says.takes.is_empty() { std::slice::from_ref(media) } else { says.takes };
        let content: Map<String, Value> =
            media.iter().map(|media| ((*media).to_owned(), json!({ "schema": schema }))).collect();
        object.insert("requestBody".to_owned(), json!({ "required": true, "content": content }));
    }
    value
}

/// The names in braces.
fn path_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn path_parameter(name: &str, said: &[PathParameter]) -> Value {
    let said = said.iter().find(|parameter| parameter.name == name);
    let schema = match said {
        Some(PathParameter { is_text: true, .. }) => json!({ "type": "string", "minLength": 1 }),
        _ => json!({ "type": "integer", "format": "int64", "minimum": 1, "maximum": LARGEST }),
    };
    let about = said.map_or("Its number.", |parameter| parameter.about);
    let mut parameter = json!({ "name": name, "in": "path", "required": true, "schema": schema, "description": about });
    if !matches!(said, Some(PathParameter { is_text: true, .. }))
        && let Some(parameter) = parameter.as_object_mut()
    {
        parameter.insert("example".to_owned(), 1.into());
    }
    parameter
}

fn responses(operation: &Operation, describing: &Describing<'_>) -> Value {
    let says = &operation.says;
    let mut responses = Map::new();
    for (status, schema) in &describing.answers {
        let (about, content) = match schema {
            Some(schema) => ("The answer.", json!({ "application/json": { "schema": schema } })),
            None => ("Done; there is nothing to say.", Value::Null),
        };
        let mut response = json!({ "description": about });
        if let Some(response) = response.as_object_mut().filter(|_| !content.is_null()) {
            response.insert("content".to_owned(), content);
        }
        responses.insert(status.to_string(), response);
    }
    for (media, about) in &says.files {
        let response = responses.entry("200").or_insert_with(|| json!({ "description": about, "content": {} }));
        if let Some(content) = response.get_mut("content").and_then(Value::as_object_mut) {
            let media = media.split(';').next().unwrap_or_default().to_owned();
            let schema = match media.ends_with("json") {
                true => json!({ "description": about }),
                false => json!({ "type": "string", "description": about }),
            };
            content.insert(media, json!({ "schema": schema }));
        }
    }
    if says.is_tagged {
        if let Some(response) = responses.get_mut("200").and_then(Value::as_object_mut) {
            response.insert("headers".to_owned(), json!({ "ETag": { "$ref": "#/components/headers/ETag" } }));
        }
        responses.insert("304".to_owned(), json!({ "description": "Nothing has changed." }));
    }
    for (status, name) in problems(operation, describing) {
        responses.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{name}") }));
    }
    Value::Object(responses)
}

/// The statuses of the problems that an operation may meet, with the names of their responses.
fn problems(operation: &Operation, describing: &Describing<'_>) -> Vec<(u16, String)> {
    let says = &operation.says;
    let has_path = operation.path.contains('{');
    let is_post = operation.method == "POST";
    let may = |status: u16| match status {
        404 => has_path || says.may_be_missing,
        409 => says.may_conflict || is_post,
        412 => describing.reads_if_match,
        413 => describing.body.is_some() || is_post,
        415 => describing.body.as_ref().is_some_and(|(media, _)| *media == "application/json"),
        422 => is_post || describing.body.is_some(),
        // The method is another operation's concern.
        405 => false,
        _ => true,
    };
    let mut statuses: Vec<u16> = Kind::ALL.iter().map(|kind| kind.status()).filter(|status| may(*status)).collect();
    statuses.dedup();
    statuses.into_iter().map(|status| (status, response_name(status))).collect()
}

fn response_name(status: u16) -> String {
    format!("Problem{status}")
}

/// A response for each status, with the kinds of problem that have it.
fn problem_responses() -> Value {
    let mut responses = Map::new();
    for kind in Kind::ALL {
        let status = kind.status();
        let of_status: Vec<Kind> = Kind::ALL.into_iter().filter(|other| other.status() == status).collect();
        let titles: Vec<&str> = of_status.iter().map(|kind| kind.title()).collect();
        let types: Vec<String> = of_status.iter().map(|kind| kind.address()).collect();
        let mut response = json!({
            "description": format!("{}.", titles.join(", or ")),
            "content": { "application/problem+json": {
                "schema": { "$ref": "#/components/schemas/Problem" },
                "example": { "type": types.first(), "title": titles.first(), "status": status, "detail": of_status.first().map(|kind| kind.example()), "instance": VERSION_PATH },
            } },
        });
        if let Some(response) = response.as_object_mut().filter(|_| matches!(status, 429 | 503)) {
            response
                .insert("headers".to_owned(), json!({ "Retry-After": { "$ref": "#/components/headers/RetryAfter" } }));
        }
        responses.insert(response_name(status), response);
    }
    Value::Object(responses)
}

fn problem_schema() -> Value {
    let types: Vec<String> = Kind::ALL.iter().map(|kind| kind.address()).collect();
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457).",
        "required": ["type", "title", "status", "detail", "instance"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference", "enum": types, "description": "The kind of problem; the address says what it means." },
            "title": { "type": "string", "description": "The kind of problem in a few words." },
            "status": { "type": "integer", "minimum": 400, "maximum": 599, "description": "The status of the answer." },
            "detail": { "type": "string", "description": "What is wrong with this request, and what to do." },
            "instance": { "type": "string", "format": "uri-reference", "description": "The address that was asked." },
            "request_id": { "type": "string", "description": "By which the server's log knows the request." },
            "request_id": { "type": "string", "description": "The number that the log of the server has of the request; also in the header X-Request-Id." },
        },
    })
}
