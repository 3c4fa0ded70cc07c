use super::*;

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let server = Server::new();
    for path in [
        "/api/v1/documents",
        "/api/v1/documents/1",
        "/api/v1/documents/1/pages/1",
        "/api/v1/bitexts",
        "/api/v1/bitexts/1",
        "/api/v1/bitexts/1/tmx",
        "/api/v1/concepts/1",
        "/api/v1/terms?q=cloud",
        "/api/v1/terms/export?format=csv",
        "/api/v1/search?q=cloud",
        "/api/v1/topics",
        "/api/openapi.json",
    ] {
        let first = server.get(path).await;
        let tag = first.header("etag").to_owned();
        assert_eq!((first.status, tag.starts_with("W/\"")), (StatusCode::OK, true), "{path}: {tag}");
        for known in [tag.as_str(), tag.trim_start_matches("W/"), &format!("\"other\", {tag}")] {
            let again = server.get_with(path, &[("if-none-match", known)]).await;
            assert_eq!(
                (again.status, again.body.as_str(), again.header("etag")),
                (StatusCode::NOT_MODIFIED, "", tag.as_str()),
                "{path}"
            );
        }
        let head = server.ask("HEAD", path, &[], "").await;
        assert_eq!(
            (head.status, head.header("etag"), head.body.as_str()),
            (StatusCode::OK, tag.as_str(), ""),
            "{path}"
        );
        assert_eq!(server.get_with(path, &[("if-none-match", "\"other\"")]).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn a_tag_is_of_one_address_and_one_state_of_the_data() {
    let server = Server::new();
    let tag = server.get("/api/v1/documents/1").await.header("etag").to_owned();
    let other = server.get_with("/api/v1/documents/2", &[("if-none-match", &tag)]).await;
    assert_eq!(other.status, StatusCode::OK);
    for known in [tag.as_str(), "*"] {
        assert_eq!(
            server.get_with("/api/v1/documents/99", &[("if-none-match", known)]).await.status,
            StatusCode::NOT_FOUND
        );
    }
    server.ask("POST", "/api/v1/watches", &[JSON], r#"{"query": "rain"}"#).await;
    let after = server.get_with("/api/v1/documents/1", &[("if-none-match", &tag)]).await;
    assert_eq!(after.status, StatusCode::OK);
    assert_ne!(after.header("etag"), tag);
    assert_eq!(server.get("/api/v1/documents/99").await.header("etag"), "");
}

#[tokio::test]
async fn an_edit_takes_the_version_by_header() {
    let server = Server::new();
    let read = server.get("/api/v1/concepts/1").await;
    let (tag, version) = (read.header("etag").to_owned(), read.json()["version"].as_str().unwrap().to_owned());
    let put =
        async |tag: &str, body: &str| server.ask("PUT", "/api/v1/concepts/1", &[JSON, ("if-match", tag)], body).await;
    assert_eq!(put(&tag, r#"{"note": "seen"}"#).await.status, StatusCode::OK);
    let refused = put(&tag, r#"{"note": "late"}"#).await;
    assert_eq!(
        (refused.status, &refused.json()["type"]),
        (StatusCode::PRECONDITION_FAILED, &"/api/problems#changed".into())
    );
    let body = format!(r#"{{"version": "{version}", "note": "late"}}"#);
    let refused = server.ask("PUT", "/api/v1/concepts/1", &[JSON], &body).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);

    let version = server.get("/api/v1/concepts/1").await.json()["version"].as_str().unwrap().to_owned();
    assert_eq!(put("\"other\"", &format!(r#"{{"version": "{version}"}}"#)).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(put(&format!("\"{version}\""), r#"{"note": "bare"}"#).await.status, StatusCode::OK);
    assert_eq!(
        server.ask("PUT", "/api/v1/concepts/1", &[JSON], r#"{"note": "none"}"#).await.status,
        StatusCode::BAD_REQUEST
    );
}
