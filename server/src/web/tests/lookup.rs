use super::*;

#[tokio::test]
async fn terms_are_looked_up_in_every_way_of_typing() {
    let server = Server::new();
    for (query, how) in [
        ("云量", "exact"),
        ("雲量", "exact"),
        ("yunliang", "pinyin"),
        ("yl", "initials"),
        ("cover+of+clouds", "same_words"),
        ("clo", "prefix"),
        ("clowd+cover", "fuzzy"),
    ] {
        let found = server.get(&format!("/api/v1/terms/lookup?q={query}")).await.json();
        assert_eq!(
            (&found["concepts"][0]["how"], &found["concepts"][0]["concept"]),
            (&how.into(), &1.into()),
            "{query}"
        );
        assert_eq!(found["concepts"][0]["terms"][0]["text"], "云量", "{query}");
    }
    let none = server.get("/api/v1/terms/lookup?q=zzz").await.json();
    assert_eq!(none, serde_json::json!({ "concepts": [] }));
}

#[tokio::test]
async fn what_is_being_typed_is_completed() {
    let server = Server::new();
    let found = server.get("/api/v1/terms/suggest?q=yun&limit=3").await.json();
    let suggestion = &found["suggestions"][0];
    assert_eq!((&suggestion["text"], &suggestion["language"]), (&"云量".into(), &"zh".into()));
    assert_eq!((&suggestion["rendering"], &suggestion["concept"]), (&"cloud cover".into(), &1.into()));
    assert_eq!(server.get("/api/v1/terms/suggest").await.json(), serde_json::json!({ "suggestions": [] }));
    let long = format!("/api/v1/terms/suggest?q={}", "a".repeat(2000));
    assert_eq!(server.get(&long).await.status, StatusCode::BAD_REQUEST);
}
