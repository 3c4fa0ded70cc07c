use super::*;

const JSON: (&str, &str) = ("content-type", "application/json");
const TERMS: &str = r#"{"terms": [{"text": "雪", "language": "zh", "status": "preferred"}, {"text": "snow", "language": "en", "status": "preferred"}]}"#;

async fn post(server: &Server, path: &str, key: &str, body: &str) -> Answer {
    server.ask("POST", path, &[JSON, ("idempotency-key", key)], body).await
}

#[tokio::test]
async fn a_request_that_is_sent_twice_is_done_once() {
    let server = Server::new();
    let first = post(&server, "/api/v1/concepts", "a", TERMS).await;
    assert_eq!((first.status, first.header("idempotency-replayed")), (StatusCode::CREATED, ""), "{}", first.body);
    let again = post(&server, "/api/v1/concepts", "a", TERMS).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (StatusCode::CREATED, "true"));
    assert_eq!((&again.body, again.header("content-type")), (&first.body, "application/json"));
    assert_eq!(server.get("/api/v1/terms?q=snow").await.json()["total"], 1);
    assert_eq!(post(&server, "/api/v1/concepts", "b", TERMS).await.header("idempotency-replayed"), "");
}

#[tokio::test]
async fn a_key_stands_for_one_request() {
    let server = Server::new();
    assert_eq!(post(&server, "/api/v1/concepts", "a", TERMS).await.status, StatusCode::CREATED);
    for (path, body) in [
        ("/api/v1/concepts", "{}"),
        ("/api/v1/concepts?by=Ada", TERMS),
        ("/api/v1/watches", TERMS),
        ("/api/v1/terms/import?name=a.csv", TERMS),
    ] {
        let refused = post(&server, path, "a", body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert_eq!(refused.json()["type"], "/api/problems#key-reused", "{path}");
    }
}

#[tokio::test]
async fn what_was_refused_can_be_sent_again() {
    let server = Server::new();
    for _ in 0..2 {
        let refused = post(&server, "/api/v1/watches", "a", r#"{"query": " "}"#).await;
        assert_eq!((refused.status, refused.header("idempotency-replayed")), (StatusCode::BAD_REQUEST, ""));
        assert_eq!(refused.header("content-type"), "application/problem+json");
    }
    assert_eq!(post(&server, "/api/v1/watches", "a", r#"{"query": "rain"}"#).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn a_key_is_short_and_plain() {
    let server = Server::new();
    for key in ["", "a b", &"a".repeat(256)] {
        assert_eq!(post(&server, "/api/v1/watches", key, "{}").await.status, StatusCode::BAD_REQUEST, "{key}");
    }
    let made = [JSON, ("idempotency-key", "a"), ("cookie", "name=Ada")];
    assert_eq!(server.ask("POST", "/api/v1/concepts", &made, TERMS).await.status, StatusCode::CREATED);
    let other = post(&server, "/api/v1/watches", "a", r#"{"query": "rain"}"#).await;
    assert_eq!(other.status, StatusCode::CREATED, "the key of another caller is another key");
}

#[tokio::test]
async fn a_secret_is_not_kept() {
    let server = Server::new();
    let token = r#"{"name": "Ada", "role": "read"}"#;
    let made = post(&server, "/api/v1/tokens", "a", token).await;
    assert_eq!((made.status, made.header("cache-control")), (StatusCode::CREATED, "no-store"), "{}", made.body);
    let again = post(&server, "/api/v1/tokens", "a", token).await;
    assert_eq!((again.status, &again.json()["type"]), (StatusCode::CONFLICT, &"/api/problems#key-in-use".into()));
    assert_eq!(server.get("/api/v1/tokens").await.json()["tokens"].as_array().unwrap().len(), 1);
}
