use std::collections::BTreeSet;

use serde_json::Value;

use super::*;

const JSON: (&str, &str) = ("content-type", "application/json");

async fn document(server: &Server) -> Value {
    server.get("/api/openapi.json").await.json()
}

/// All operations: method, path and what is said.
fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let of_path = |(path, methods): (&String, &'_ Value)| (path.clone(), methods.as_object().unwrap().clone());
    let mut all = Vec::new();
    for (path, methods) in paths.map(of_path) {
        for method in methods.keys() {
            all.push((method.to_uppercase(), path.clone(), &document["paths"][&path][method]));
        }
    }
    all
}

#[tokio::test]
async fn the_document_is_as_it_was() {
    let document = Server::empty().get("/api/openapi.json").await;
    assert_eq!(document.header("content-type"), "application/json");
    insta::assert_snapshot!(document.body);
}

#[tokio::test]
async fn every_operation_of_the_document_is_there() {
    let server = Server::new();
    let document = document(&server).await;
    let mut by_path: std::collections::BTreeMap<String, BTreeSet<String>> = Default::default();
    for (method, path, _) in operations(&document) {
        let address: String =
            path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/");
        if !path.ends_with("/stream") && !path.ends_with("/events") {
            let answer = server.ask(&method, &address, &[JSON], "{}").await;
            assert_ne!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
        by_path.entry(address).or_default().insert(method);
    }
    for (address, methods) in by_path {
        let refused = server.ask("PATCH", &address, &[], "").await;
        assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED, "{address}");
        let allowed: BTreeSet<String> =
            refused.header("allow").split(',').map(|method| method.trim().to_owned()).collect();
        let expected: BTreeSet<String> =
            methods.iter().cloned().chain(methods.contains("GET").then(|| "HEAD".to_owned())).collect();
        assert_eq!(allowed, expected, "{address}");
    }
}

/// A router that is no `Api` would have routes that the document does not.
#[test]
fn every_route_of_the_api_is_made_with_its_description() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/api");
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let Ok(source) = std::fs::read_to_string(entry.path()) else { continue };
        assert!(!source.contains("Router"), "{} makes routes that the document does not have", entry.path().display());
        assert!(!source.contains(".undescribed("), "{} has routes of which nothing is said", entry.path().display());
    }
}

#[tokio::test]
async fn what_the_document_names_is_in_it() {
    let document = document(&Server::empty()).await;
    let (mut ids, tags) = (BTreeSet::new(), document["tags"].as_array().unwrap());
    for (method, path, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap();
        assert!(ids.insert(id.to_owned()), "{id} is said twice");
        assert!(tags.iter().any(|tag| tag["name"] == operation["tags"][0]), "{method} {path}");
        let parameters = operation["parameters"].as_array().unwrap();
        let names: BTreeSet<&str> = parameters.iter().filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(names.len(), parameters.len(), "{method} {path} has a parameter twice: {names:?}");
        let is_done = |status: &String| status.starts_with('2');
        assert!(operation["responses"].as_object().unwrap().keys().any(is_done), "{method} {path} answers nothing");
        for parameter in
            operation["parameters"].as_array().unwrap().iter().filter(|one| one["schema"]["type"] == "integer")
        {
            let most = parameter["schema"]["maximum"].as_i64();
            assert!(most.is_some_and(|most| most < 1 << 53), "{method} {path} {parameter}");
        }
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        assert!(!name.ends_with(|char: char| char.is_ascii_digit()), "two types are called {name}");
    }
    check_references(&document, &document);
}

#[track_caller]
fn check_references(document: &Value, value: &Value) {
    match value {
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
            }
            fields.values().for_each(|value| check_references(document, value));
        }
        Value::Array(items) => items.iter().for_each(|value| check_references(document, value)),
        _ => (),
    }
}

#[tokio::test]
async fn every_list_goes_on_by_next_and_after() {
    let server = Server::new();
    for (path, things) in [
        ("/api/v1/documents?", "documents"),
        ("/api/v1/bitexts/1?", "beads"),
        ("/api/v1/concepts/1?", "evidence"),
        ("/api/v1/search?q=cloud&group=0&", "hits"),
        ("/api/v1/concordance?q=cloud&", "pairs"),
    ] {
        let whole = server.get(&format!("{path}limit=500")).await.json();
        let mut gathered = Vec::new();
        let mut after = String::new();
        loop {
            let part = server.get(&format!("{path}limit=1{after}")).await.json();
            assert!(part["next"].is_null() || part["next"].is_string(), "{path}: {}", part["next"]);
            gathered.extend(part[things].as_array().unwrap().iter().cloned());
            let Some(next) = part["next"].as_str() else { break };
            after = format!("&after={next}");
        }
        assert_eq!(gathered.len(), whole[things].as_array().unwrap().len(), "{path}");
        assert!(whole["next"].is_null(), "{path}");
    }
}

#[tokio::test]
async fn problems_have_a_kind_that_is_explained() {
    let server = Server::new();
    let long = format!(r#"{{"query": "{}"}}"#, "a".repeat(100_000));
    let explained = server.get("/api/problems").await.body;
    for (method, path, headers, body, status, kind) in [
        ("GET", "/api/v1/documents?offsets=1", vec![], "", 400, "parameter"),
        ("GET", "/api/v1/documents?limit=501", vec![], "", 400, "parameter"),
        ("GET", "/api/v1/documents?limit=0", vec![], "", 400, "parameter"),
        ("GET", "/api/v1/search", vec![], "", 400, "bad-request"),
        ("GET", "/api/v1/documents/99", vec![], "", 404, "not-found"),
        ("GET", "/api/v1/documents/9007199254740993", vec![], "", 404, "not-found"),
        ("PATCH", "/api/v1/documents", vec![], "", 405, "method"),
        ("GET", "/api/v1/documents", vec![("accept", "text/csv")], "", 406, "not-acceptable"),
        ("POST", "/api/v1/watches", vec![JSON], long.as_str(), 413, "too-large"),
        ("POST", "/api/v1/watches", vec![("content-type", "text/plain")], "{}", 415, "media-type"),
        ("GET", "/api/v1/documents", vec![("host", "elsewhere.example")], "", 421, "wrong-host"),
        ("POST", "/api/v1/watches", vec![JSON], r#"{"watch": 1}"#, 422, "unprocessable"),
        ("POST", "/api/v1/watches", vec![JSON, ("sec-fetch-site", "cross-site")], "{}", 403, "forbidden"),
    ] {
        let answer = server.ask(method, path, &headers, body).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{method} {path}");
        let problem = answer.json();
        assert_eq!((&problem["type"], &problem["status"]), (&format!("/api/problems#{kind}").into(), &status.into()));
        assert!(explained.contains(&format!("id=\"{kind}\"")), "{kind}");
    }
}

#[tokio::test]
async fn the_document_can_be_read_as_a_page() {
    let server = Server::new();
    let document = document(&server).await;
    for (ui, title) in [("en", "API"), ("zh", "接口")] {
        let page = server.get(&format!("/api?ui={ui}")).await;
        assert_eq!((page.status, page.body.contains(&format!("<h1>{title}</h1>"))), (StatusCode::OK, true), "{ui}");
        for (_, path, operation) in operations(&document) {
            let id = operation["operationId"].as_str().unwrap();
            assert!(page.body.contains(&format!("id=\"{id}\"")) && page.body.contains(&path), "{id}");
        }
    }
}
