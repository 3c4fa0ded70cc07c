use super::*;
use crate::jobs::UploadLimits;
use crate::ocr::Asked;
use crate::web::LoadSettings;
use crate::web::{App, ServerSettings};

/// All routes of the server, as the debug form of its router names them.
pub(in crate::web::tests) fn routes() -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let data = Arc::new(Data::open(folder.path()).unwrap());
    let load = LoadSettings::default();
    let settings = ServerSettings {
        access: settings(),
        uploads: UploadLimits::default(),
        ocr: Some(Asked::default()),
        load: load.clone(),
    };
    let app = App::new(data, settings, "127.0.0.1:8080".parse().unwrap());
    let written = format!("{:?}", crate::web::routes(app, &load));
    let mut routes: Vec<String> = written
        .split("RouteId(")
        .filter_map(|part| part.split_once("): \"")?.1.split('"').next())
        .filter(|route| !route.contains("__private"))
        .map(str::to_owned)
        .collect();
    routes.sort();
    routes.dedup();
    assert!(routes.len() > 80, "{written}");
    routes
}

/// An address of a route at which nothing is.
fn address(route: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "987654".to_owned() } else { part.to_owned() };
    route.split('/').map(part).collect::<Vec<_>>().join("/")
}

impl Server {
    /// The status alone: some answers never end.
    async fn status(&self, method: &str, path: &str, token: (&str, &str)) -> (StatusCode, HeaderMap) {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "localhost:8080");
        let request = request.header(token.0, token.1).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        (response.status(), response.headers().clone())
    }

    async fn methods(&self, path: &str) -> Vec<String> {
        let (status, headers) = self.status("BREW", path, ADMIN).await;
        if status == StatusCode::NOT_FOUND {
            // What a nested router answers where it has nothing.
            return Vec::new();
        }
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let allowed = headers.get(header::ALLOW).unwrap().to_str().unwrap().to_owned();
        allowed.split(',').map(|method| method.trim().to_owned()).filter(|method| method != "HEAD").collect()
    }
}

/// What a role hears, in a word.
fn heard(status: StatusCode, is_there: bool) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "sign in",
        StatusCode::FORBIDDEN => "refused",
        StatusCode::NOT_FOUND if !is_there => "hidden",
        _ => "may",
    }
}

#[tokio::test]
async fn who_may_do_what() {
    let server = server();
    let mut table = String::new();
    for route in routes() {
        let path = address(&route);
        for method in server.methods(&path).await {
            let mut line = format!("{method:6} {route:44}");
            for (name, token) in [("nobody", ("x-none", "none")), ("read", READ), ("edit", EDIT), ("admin", ADMIN)] {
                let brew = server.status("BREW", &path, token).await.0;
                let is_there = brew != StatusCode::NOT_FOUND;
                let (status, _) = server.status(&method, &path, token).await;
                line += &format!(" {name}: {:8}", heard(status, is_there));
            }
            table += line.trim_end();
            table.push('\n');
        }
    }
    insta::assert_snapshot!("who_may_do_what", table);
}

#[tokio::test]
async fn what_a_role_may_not_see_is_answered_as_what_is_not_there() {
    let server = server();
    for (hidden, missing) in [
        ("/tokens", "/tokenz"),
        ("/audit", "/audiz"),
        ("/audit?before=7", "/audiz?before=7"),
        ("/tokens/1/revoke", "/tokens/1/revokz"),
        ("/api/v1/tokens", "/api/v1/tokenz"),
        ("/api/v1/tokens/1", "/api/v1/tokenz/1"),
        ("/api/v1/audit", "/api/v1/audiz"),
    ] {
        for method in ["GET", "POST", "DELETE", "BREW"] {
            for token in [READ, EDIT] {
                let (mut one, mut other) =
                    (server.ask(method, hidden, &[token], "").await, server.ask(method, missing, &[token], "").await);
                assert_eq!(one.status, StatusCode::NOT_FOUND, "{method} {hidden}");
                one.headers.remove("x-request-id");
                other.headers.remove("x-request-id");
                assert_eq!(one.headers, other.headers, "{method} {hidden}");
                let (own, of_missing) = (hidden.split('?').next().unwrap(), missing.split('?').next().unwrap());
                let body = without_id(&one.body.replace(own, of_missing));
                assert_eq!(body, without_id(&other.body), "{method} {hidden}");
            }
        }
    }
    // An editor sees where deliveries go, a reader does not.
    assert_eq!(server.get_with("/api/v1/deliveries", &[READ]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(server.get_with("/api/v1/deliveries", &[EDIT]).await.status, StatusCode::OK);
    assert!(server.store().audit(None, 9).unwrap().is_empty(), "what is not there for somebody is not noted");
}

#[tokio::test]
async fn what_a_role_may_see_but_not_do_is_refused_with_the_reason() {
    let server = server();
    for watch in [1, 987_654] {
        let path = format!("/api/v1/watches/{watch}");
        let answer = server.ask("DELETE", &path, &[READ], "").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let detail = answer.json()["detail"].clone();
        assert_eq!(detail, "this takes a token with the role edit; yours has the role read", "{path}");
    }
    let page = server.ask("POST", "/watches", &[READ, FORM, SAME], "query=rain").await;
    assert!(page.body.contains("Your token does not allow that"), "{}", page.body);
    assert_eq!(server.store().watches().unwrap().len(), 1);
    assert_eq!(server.ask("DELETE", "/api/v1/watches/1", &[EDIT], "").await.status, StatusCode::NO_CONTENT);
}
