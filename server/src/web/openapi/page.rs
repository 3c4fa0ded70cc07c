//! The document as a page: what can be asked, by part, with an example of each.

use askama::Template;
use axum::response::{Html, IntoResponse as _, Response};
use serde_json::Value;

use super::document;
use crate::web::problem::Problem;
use crate::web::shell::Shell;
use crate::web::words::ApiWords;

/// Where the examples ask.
const SERVER: &str = "http://localhost:8080";
/// A reference to a schema of the document.
const SCHEMAS: &str = "#/components/schemas/";

#[derive(Template)]
#[template(path = "api.html")]
struct ApiHtml {
    shell: Shell,
    a: &'static ApiWords,
    about: Vec<String>,
    parts: Vec<Part>,
    schemas: Vec<Schema>,
}

struct Part {
    name: String,
    about: String,
    operations: Vec<OperationView>,
}

struct OperationView {
    id: String,
    method: String,
    path: String,
    summary: String,
    more: Vec<String>,
    parameters: Vec<Field>,
    /// The media types of the body.
    body: String,
    fields: Vec<Field>,
    curl: String,
    answers: Vec<AnswerView>,
}

/// A parameter, or a field of an object.
struct Field {
    name: String,
    place: String,
    kind: Kind,
    is_required: bool,
    about: String,
}

/// What a value is, in a few words, and the schema that it leads to.
#[derive(Default)]
struct Kind {
    words: String,
    schema: Option<String>,
}

struct AnswerView {
    status: String,
    about: String,
    media: String,
    kind: Kind,
}

struct Schema {
    name: String,
    about: String,
    kind: Kind,
    fields: Vec<Field>,
}

pub(super) async fn show(shell: Shell) -> Result<Response, Problem> {
    let value = &document().value;
    let page = ApiHtml {
        a: ApiWords::of(shell.ui()),
        about: paragraphs(&value["info"]["description"]),
        parts: list(&value["tags"]).map(|tag| part(value, tag)).filter(|part| !part.operations.is_empty()).collect(),
        schemas: entries(&value["components"]["schemas"]).map(|(name, schema)| schema_view(name, schema)).collect(),
        shell,
    };
    match page.render() {
        Ok(html) => Ok(Html(html).into_response()),
        Err(error) => {
            tracing::error!(%error, "a page could not be made");
            Err(Problem::Broken)
        }
    }
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Text without the marks of Markdown, which the document has few of.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace("**", "").replace('`', "").replace("[", "").replace("]", "")
}

fn paragraphs(value: &Value) -> Vec<String> {
    let text = text(value);
    text.split("\n\n").map(str::to_owned).filter(|paragraph| !paragraph.is_empty()).collect()
}

fn part(document: &Value, tag: &Value) -> Part {
    let operations = entries(&document["paths"]).flat_map(|(path, methods)| {
        let of_tag = entries(methods).filter(|(_, operation)| operation["tags"][0] == tag["name"]);
        of_tag.map(move |(method, operation)| operation_view(document, path, method, operation))
    });
    Part { name: text(&tag["name"]), about: text(&tag["description"]), operations: operations.collect() }
}

fn operation_view(document: &Value, path: &str, method: &str, operation: &Value) -> OperationView {
    let content = &operation["requestBody"]["content"];
    let media: Vec<&str> = entries(content).map(|(media, _)| media.as_str()).collect();
    let schema = entries(content).map(|(_, content)| &content["schema"]).next().unwrap_or(&Value::Null);
    OperationView {
        id: text(&operation["operationId"]),
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        summary: text(&operation["summary"]),
        more: paragraphs(&operation["description"]),
        parameters: list(&operation["parameters"]).map(parameter).collect(),
        body: media.join(", "),
        fields: fields(schema),
        curl: curl(path, method, operation),
        answers: entries(&operation["responses"])
            .map(|(status, answer)| answer_view(document, status, answer))
            .collect(),
    }
}

fn parameter(parameter: &Value) -> Field {
    Field {
        name: text(&parameter["name"]),
        place: text(&parameter["in"]),
        kind: kind(&parameter["schema"]),
        is_required: parameter["required"] == true,
        about: text(&parameter["description"]),
    }
}

fn fields(schema: &Value) -> Vec<Field> {
    let is_required = |name: &String| list(&schema["required"]).any(|required| required == name);
    let field = |(name, property): (&String, &Value)| Field {
        name: name.clone(),
        place: String::new(),
        kind: kind(property),
        is_required: is_required(name),
        about: text(&property["description"]),
    };
    entries(&schema["properties"]).map(field).collect()
}

/// What a schema says of a value, in a few words.
fn kind(schema: &Value) -> Kind {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.trim_start_matches(SCHEMAS).to_owned();
        return Kind { words: name.clone(), schema: Some(name) };
    }
    let choices: Vec<String> = list(&schema["enum"]).filter(|choice| !choice.is_null()).map(plain).collect();
    if !choices.is_empty() {
        return Kind { words: choices.join(" | "), schema: None };
    }
    if schema["type"] == "array" {
        let of = kind(&schema["items"]);
        return Kind { words: format!("[{}]", of.words), ..of };
    }
    let several = ["anyOf", "oneOf"].into_iter().find_map(|name| schema[name].as_array());
    if let Some(several) = several {
        let kinds: Vec<Kind> = several.iter().map(kind).collect();
        let words: Vec<&str> = kinds.iter().map(|kind| kind.words.as_str()).filter(|words| !words.is_empty()).collect();
        return Kind { words: words.join(" | "), schema: kinds.iter().find_map(|kind| kind.schema.clone()) };
    }
    let types: Vec<String> = match &schema["type"] {
        Value::Array(types) => types.iter().map(plain).collect(),
        Value::Null => schema.get("const").map(plain).into_iter().collect(),
        one => vec![plain(one)],
    };
    let bounds = match (&schema["minimum"], &schema["maximum"]) {
        (Value::Null, _) => String::new(),
        (least, Value::Null) => format!(" ≥ {least}"),
        (least, most) if most.as_i64() == Some(super::described::LARGEST) => format!(" ≥ {least}"),
        (least, most) => format!(" {least}–{most}"),
    };
    Kind { words: format!("{}{bounds}", types.join(" | ")), schema: None }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn answer_view(document: &Value, status: &str, answer: &Value) -> AnswerView {
    let shared = answer["$ref"].as_str().and_then(|name| document.pointer(name.trim_start_matches('#')));
    let answer = shared.unwrap_or(answer);
    let media: Vec<&str> = entries(&answer["content"]).map(|(media, _)| media.as_str()).collect();
    let schema = entries(&answer["content"]).map(|(_, content)| &content["schema"]).next();
    AnswerView {
        status: status.to_owned(),
        about: text(&answer["description"]),
        media: media.join(", "),
        kind: schema.map(kind).filter(|kind| kind.schema.is_some()).unwrap_or_default(),
    }
}

fn schema_view(name: &str, schema: &Value) -> Schema {
    let fields = fields(schema);
    let kind = if fields.is_empty() { kind(schema) } else { Kind::default() };
    Schema { name: name.to_owned(), about: text(&schema["description"]), kind, fields }
}

/// How to ask by curl.
fn curl(path: &str, method: &str, operation: &Value) -> String {
    let mut address = path.to_owned();
    let mut query = form_urlencoded::Serializer::new(String::new());
    for parameter in list(&operation["parameters"]) {
        let (name, example) = (text(&parameter["name"]), plain(&parameter["example"]));
        match parameter["in"].as_str() {
            Some("path") => {
                let example = if parameter["example"].is_null() { "ID".to_owned() } else { example };
                address = address.replace(&format!("{{{name}}}"), &example);
            }
            Some("query") if !parameter["example"].is_null() => {
                query.append_pair(&name, &example);
            }
            _ => (),
        }
    }
    let query = query.finish();
    let query = if query.is_empty() { query } else { format!("?{query}") };
    let method = match method {
        "get" => String::new(),
        method => format!("-X {} ", method.to_ascii_uppercase()),
    };
    let body = entries(&operation["requestBody"]["content"]).next().map(|(media, content)| match &content["example"] {
        Value::Null => format!(" -H 'Content-Type: {media}' --data-binary @FILE"),
        example => format!(" -H 'Content-Type: {media}' -d '{}'", example.to_string().replace('\'', "'\\''")),
    });
    format!("curl {method}'{SERVER}{address}{query}'{}", body.unwrap_or_default())
}
