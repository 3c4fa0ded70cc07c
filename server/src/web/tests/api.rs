use super::*;

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn documents_are_listed_and_given_whole() {
    let server = Server::new();
    let list = server.get("/api/v1/documents?limit=1&offset=1").await.json();
    assert_eq!((list["total"].as_u64(), list["documents"].as_array().map(Vec::len)), (Some(4), Some(1)));
    let whole = server.get("/api/v1/documents/1").await;
    assert_eq!(whole.header("content-type"), "application/json");
    insta::assert_snapshot!(serde_json::to_string_pretty(&whole.json()).unwrap());
}

#[tokio::test]
async fn concepts_are_found_and_given_with_evidence() {
    let server = Server::new();
    for query in ["云", "Cloud%20Cover", ""] {
        let found = server.get(&format!("/api/v1/terms?q={query}")).await.json();
        assert_eq!(found["concepts"][0]["terms"][0]["text"], "云量", "{query}");
    }
    let concept = server.get("/api/v1/concepts/1").await.json();
    assert_eq!(concept["evidence"][0]["kind"], "definition");
    assert_eq!(concept["evidence"][1]["en_place"]["page"], 1);
}

#[tokio::test]
async fn watches_come_and_go() {
    let server = Server::new();
    let added = server.ask("POST", "/api/v1/watches", &[JSON], r#"{"query": "weather station"}"#).await;
    assert_eq!(added.status, StatusCode::CREATED);
    let id = added.json()["id"].as_i64().unwrap();
    assert_eq!(server.get("/api/v1/watches").await.json()["watches"][1]["query"], "weather station");
    let path = format!("/api/v1/watches/{id}");
    assert_eq!(server.ask("DELETE", &path, &[], "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(server.ask("DELETE", &path, &[], "").await.status, StatusCode::NOT_FOUND);
    let alerts = server.get("/api/v1/alerts").await.json();
    assert_eq!((alerts["alerts"][0]["document"].as_i64(), alerts["alerts"][0]["page"].as_i64()), (Some(1), Some(1)));
}

#[tokio::test]
async fn health_counts() {
    let health = Server::new().get("/api/v1/health").await.json();
    assert_eq!((health["status"].as_str(), health["documents"].as_u64()), (Some("ok"), Some(4)));
}

#[tokio::test]
async fn what_ocr_has_read_and_what_waits_is_told() {
    let server = Server::new();
    let scan = server.get("/api/v1/documents/3").await.json();
    assert_eq!((scan["state"].as_str(), scan["ocr"]["waiting"].as_u64()), (Some("needs_ocr"), Some(12)));
    assert_eq!((&scan["readings"][0]["page"], &scan["readings"][0]["kind"]), (&1.into(), &"scan".into()));
    let health = server.get("/api/v1/health").await.json();
    assert_eq!(health["needs_ocr"], serde_json::json!({ "documents": 1, "pages": 12 }));
    let hit = &server.get("/api/v1/search?q=cloud+cover&lang=en").await.json()["hits"][0]["passages"][0];
    assert_eq!((&hit["ocr"], &hit["counterpart"]["ocr"]), (&false.into(), &false.into()));
}

#[tokio::test]
async fn problems_are_problem_json() {
    let server = Server::new();
    for (method, path, body, status) in [
        ("GET", "/api/v1/nothing", "", 404),
        ("GET", "/api/nothing", "", 404),
        ("GET", "/api/v1/documents/99", "", 404),
        ("GET", "/api/v1/documents/x", "", 404),
        ("GET", "/api/v1/search", "", 400),
        ("GET", "/api/v1/search?q=rain&limit=many", "", 400),
        ("POST", "/api/v1/watches", "{", 400),
        ("POST", "/api/v1/watches", r#"{"watch": 1}"#, 422),
        ("POST", "/api/v1/watches", r#"{"query": " "}"#, 400),
        ("PUT", "/api/v1/watches", "{}", 405),
    ] {
        let answer = server.ask(method, path, &[JSON], body).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{method} {path}");
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{method} {path}");
        assert_eq!(problem["instance"], path.split('?').next().unwrap(), "{method} {path}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{method} {path}: {problem}");
    }
}

#[tokio::test]
async fn a_search_answers_with_passages_and_counts() {
    let server = Server::new();
    let page = server.get("/api/v1/search?q=cloud+cover&lang=en").await.json();
    assert_eq!((page["total"].as_u64(), page["hits"][0]["document"].as_i64()), (Some(1), Some(2)));
    assert_eq!(page["also_searched"][0]["renderings"][0]["text"], "云量");
    assert_eq!(page["hits"][0]["passages"][0]["counterpart"]["document"], 1);
    let literal = server.get("/api/v1/search?q=cloud+cover&literal=1").await.json();
    assert_eq!(literal["also_searched"].as_array().map(Vec::len), Some(0));
}
