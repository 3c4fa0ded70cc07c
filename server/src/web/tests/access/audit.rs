use super::*;

fn lines(server: &Server) -> Vec<String> {
    let entries = server.store().audit(None, 99).unwrap();
    let line =
        |deed: corpus::access::Deed| format!("{} {} {} {}", deed.who, deed.method, deed.what, deed.outcome.name());
    entries.into_iter().rev().map(|entry| line(entry.deed)).collect()
}

#[tokio::test]
async fn every_change_has_a_line_with_who_and_what_became_of_it() {
    let server = server();
    server.ask("POST", "/watches", &[EDIT, FORM], "query=confidential").await;
    server.ask("POST", "/api/v1/watches/1/pause", &[EDIT], "").await;
    server.ask("DELETE", "/api/v1/watches/987", &[EDIT], "").await;
    server.ask("DELETE", "/api/v1/watches/1", &[READ], "").await;
    server.get_with("/watches?q=confidential", &[READ]).await;
    server.ask("POST", "/check", &[READ, FORM], "text=confidential").await;
    server.ask("POST", "/watches", &[FORM], "query=confidential").await;
    server.ask("POST", "/unsubscribe/1/confidential", &[FORM], "").await;
    server.ask("POST", "/sign-in", &[FORM], "token=pgt_reader").await;
    let expected = [
        "editor POST /watches done",
        "editor POST /api/v1/watches/1/pause done",
        "editor DELETE /api/v1/watches/987 refused",
        "reader DELETE /api/v1/watches/1 refused",
        "reader POST /sign-in done",
    ];
    assert_eq!(lines(&server), expected);
    let file = std::fs::read(server._folder.path().join("policyglot.db-wal")).unwrap_or_default();
    assert!(!String::from_utf8_lossy(&file).contains("pgt_"), "the store holds no token");
}

#[tokio::test]
async fn the_log_is_shown_to_admins_page_by_page() {
    let server = server();
    for _ in 0..3 {
        server.ask("POST", "/api/v1/watches/1/pause", &[EDIT], "").await;
    }
    let first = server.get_with("/api/v1/audit?limit=2", &[ADMIN]).await.json();
    assert_eq!(first["entries"].as_array().unwrap().len(), 2);
    assert_eq!((&first["entries"][0]["who"], &first["entries"][0]["outcome"]), (&"editor".into(), &"done".into()));
    let next = first["next"].to_string().replace('"', "");
    let rest = server.get_with(&format!("/api/v1/audit?limit=2&before={next}"), &[ADMIN]).await.json();
    assert_eq!((rest["entries"].as_array().unwrap().len(), rest["next"].is_null()), (1, true));
    let page = server.get_with("/audit", &[ADMIN]).await.body;
    assert!(page.contains("<code>POST /api/v1/watches/1/pause</code>"), "{page}");
    assert!(server.get_with("/audit?ui=zh", &[ADMIN]).await.body.contains("操作记录"));
}

#[tokio::test]
async fn a_token_is_made_shown_once_and_revoked() {
    let server = server();
    let new = r#"{"name": "李薇's script", "role": "edit", "expires": "90d"}"#;
    let made = server.ask("POST", "/api/v1/tokens", &[ADMIN, JSON], new).await;
    assert_eq!((made.status, made.header("cache-control")), (StatusCode::CREATED, "no-store"));
    let secret = made.json()["secret"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {secret}");
    assert_eq!(server.get_with("/api/v1/documents", &[("authorization", &bearer)]).await.status, StatusCode::OK);
    let listed = server.get_with("/api/v1/tokens", &[ADMIN]).await;
    assert!(listed.body.contains("李薇's script") && !listed.body.contains(&secret));
    assert_eq!(listed.json()["tokens"][0]["live"], true);
    assert_eq!(server.ask("DELETE", "/api/v1/tokens/4", &[ADMIN], "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(server.ask("DELETE", "/api/v1/tokens/4", &[ADMIN], "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        server.get_with("/api/v1/documents", &[("authorization", &bearer)]).await.status,
        StatusCode::UNAUTHORIZED
    );
    for wrong in [r#"{"name": "", "role": "edit"}"#, r#"{"name": "a", "role": "edit", "expires": "soon"}"#] {
        assert_eq!(server.ask("POST", "/api/v1/tokens", &[ADMIN, JSON], wrong).await.status, StatusCode::BAD_REQUEST);
    }
    assert!(lines(&server).iter().all(|line| !line.contains("pgt_") && !line.contains("script")));
}

#[tokio::test]
async fn the_page_of_tokens_makes_one_and_keeps_the_last_admin() {
    let server = server();
    let body = "name=%3Cb%3Ekeeper&role=read&expires=30d";
    let made = server.ask("POST", "/tokens", &[ADMIN, FORM], body).await;
    assert_eq!((made.status, made.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(made.body.contains("<code>pgt_") && made.body.contains("&#60;b&#62;keeper"), "{}", made.body);
    assert!(!server.get_with("/tokens", &[ADMIN]).await.body.contains("<code>pgt_"));
    let wrong = server.ask("POST", "/tokens", &[ADMIN, FORM], "name=&role=read").await;
    assert!(wrong.body.contains("a token needs a name"), "{}", wrong.body);
    let last = server.ask("POST", "/tokens/3/revoke", &[ADMIN, FORM], "").await;
    assert_eq!(last.status, StatusCode::CONFLICT);
    assert_eq!(server.ask("POST", "/tokens/1/revoke", &[ADMIN, FORM], "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(server.get_with("/watches", &[READ]).await.status, StatusCode::UNAUTHORIZED);
}
