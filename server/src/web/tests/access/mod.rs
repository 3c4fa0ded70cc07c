//! Who may ask: tokens, sessions, roles, and what those hear who may not.

mod audit;
mod feeds;
mod limits;
mod roles;
mod sessions;

pub(super) use roles::routes;

use std::net::SocketAddr;

use axum::extract::ConnectInfo;
use corpus::access::{Role, SecretHash};

use super::*;
use crate::access::{AccessSettings, PublicUrl};

/// The tokens of [`server`], by their roles.
const READ: (&str, &str) = ("authorization", "Bearer pgt_reader");
const EDIT: (&str, &str) = ("authorization", "Bearer pgt_editor");
const ADMIN: (&str, &str) = ("authorization", "Bearer pgt_admin");
const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("content-type", "application/json");
const SAME: (&str, &str) = ("sec-fetch-site", "same-origin");

/// Settings of a server that is asked by this machine and wants tokens.
fn settings() -> AccessSettings {
    AccessSettings { require_token: true, per_token: 0, per_address: 0, sign_ins: 1_000, ..AccessSettings::default() }
}

/// A server over the small store with a token of each role: 1 of a reader, 2 of an editor, 3 of an admin.
fn server() -> Server {
    Server::guarded(settings(), fill_with_tokens)
}

fn fill_with_tokens(store: &mut Store) {
    fill(store);
    for (name, role) in [("reader", Role::Read), ("editor", Role::Edit), ("admin", Role::Admin)] {
        store.add_token(name, role, &SecretHash::of(&format!("pgt_{name}")), None, NOW).unwrap();
    }
}

/// A server that readers reach at an address of their own.
fn public_server(url: &str) -> Server {
    Server::guarded(AccessSettings { public_url: Some(PublicUrl::read(url).unwrap()), ..settings() }, fill_with_tokens)
}

impl Server {
    fn guarded(access: AccessSettings, fill: impl FnOnce(&mut Store)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fill(&mut Store::open(folder.path()).unwrap());
        let data = Arc::new(Data::open(folder.path()).unwrap());
        let router = crate::web::router_at(data, access, "127.0.0.1:8080".parse().unwrap());
        Self { _folder: folder, router }
    }

    /// Asks from another machine.
    async fn ask_from(&self, address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost:8080");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::from(body.to_owned())).unwrap();
        let peer: SocketAddr = address.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        self.send(request).await
    }

    fn store(&self) -> Store {
        Store::open(self._folder.path()).unwrap()
    }
}

/// A body without the number of its request.
fn without_id(body: &str) -> String {
    match body.split_once("\"request_id\":\"") {
        Some((before, after)) => format!("{before}{}", after.split_once('"').unwrap().1),
        None => body.to_owned(),
    }
}

#[tokio::test]
async fn who_brings_no_token_hears_the_same_of_every_address() {
    let server = server();
    for path in ["/document/1", "/document/7", "/tokenx", "/tokens", "/alertz", "/watches/1/edit"] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"policyglot\"", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        let back = format!("name=\"to\" value=\"{path}\"");
        assert!(answer.body.contains(&back), "{path}: {}", answer.body);
        let plain = answer.body.replace(path, "/").replace(&path.replace('/', "%2F"), "%2F");
        assert_eq!(plain, server.get("/").await.body, "{path}");
    }
    let other = without_id(&server.get("/api/v1/nothing").await.body);
    for path in ["/api/v1/documents", "/api/v1/watches/1", "/api/v1/tokens", "/api/v1/alerts/stream"] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"policyglot\"", "{path}");
        assert_eq!(without_id(&answer.body.replace(path, "/api/v1/nothing")), other, "{path}");
    }
    for path in ["/style.css", "/favicon.svg", "/sign-in", "/opensearch.xml"] {
        assert_eq!(server.get(path).await.status, StatusCode::OK, "{path}");
    }
    assert!(!server.get("/sign-in").await.body.contains("unseen-count"), "how much there is, is told to nobody");
}

#[tokio::test]
async fn a_token_that_is_not_good_is_refused() {
    let server = server();
    server.store().revoke_token(1, NOW).unwrap();
    server
        .store()
        .add_token("late", Role::Admin, &SecretHash::of("pgt_late"), Some(NOW), "2026-01-01T00:00:00Z")
        .unwrap();
    for value in ["Bearer pgt_reader", "Bearer pgt_late", "Bearer pgt_", "Bearer", "Basic cmVhZGVyOg==", "pgt_admin"] {
        for path in ["/api/v1/documents", "/documents"] {
            let answer = server.get_with(path, &[("authorization", value)]).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{value} {path}");
            assert!(answer.header("www-authenticate").ends_with("error=\"invalid_token\""), "{value} {path}");
            assert!(!answer.body.contains("pgt_l") && !answer.body.contains("cloud.pdf"), "{value} {path}");
        }
    }
    assert_eq!(server.get_with("/api/v1/documents", &[ADMIN]).await.status, StatusCode::OK);
    assert_eq!(server.get_with("/documents", &[("authorization", "bearer pgt_editor")]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_server_for_this_machine_alone_asks_for_no_token() {
    let open = Server::guarded(AccessSettings::default(), fill_with_tokens);
    assert_eq!(open.get("/documents").await.status, StatusCode::OK);
    assert_eq!(open.get("/tokens").await.status, StatusCode::OK);
    // Who brings a token is who it says, and no more than that.
    assert_eq!(open.get_with("/tokens", &[READ]).await.status, StatusCode::NOT_FOUND);
    let wrong = open.get_with("/api/v1/documents", &[("authorization", "Bearer pgt_other")]).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let former = [("cookie", "policyglot_session=00ff")];
    assert_eq!(open.get_with("/documents", &former).await.status, StatusCode::OK);
    assert!(open.get("/sign-in").await.body.contains("asks for no token"));
}

#[tokio::test]
async fn edits_bear_the_name_of_the_token() {
    let server = server();
    let concept = r#"{"terms": [{"language": "zh", "text": "雨量", "status": "preferred"}]}"#;
    let cookie = ("cookie", "name=Another");
    let made = server.ask("POST", "/api/v1/concepts?by=Somebody+Else", &[EDIT, JSON, cookie], concept).await;
    assert!(made.status.is_success(), "{}", made.body);
    let edits = server.get_with("/api/v1/edits", &[READ]).await.body;
    assert!(edits.contains("editor") && !edits.contains("Somebody") && !edits.contains("Another"), "{edits}");
}

#[tokio::test]
async fn a_server_that_others_reach_does_not_start_without_a_token() {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::open(folder.path()).unwrap();
    let public = AccessSettings {
        public_url: Some(PublicUrl::read("https://terms.example.org").unwrap()),
        ..AccessSettings::default()
    };
    let mine = AccessSettings::default();
    for (listen, access, why) in [
        ("0.0.0.0:0", &mine, "others than this machine can reach it"),
        ("[::]:0", &mine, "others than this machine can reach it"),
        ("127.0.0.1:0", &public, "its public address says"),
        ("127.0.0.1:0", &settings(), "--require-token asks for one"),
    ] {
        let error = crate::web::bind(listen.parse().unwrap(), &data, access).await.unwrap_err().to_string();
        assert!(error.contains(why) && error.contains("policyglot token add NAME --role admin --data"), "{error}");
    }
    assert!(crate::web::bind("127.0.0.1:0".parse().unwrap(), &data, &mine).await.is_ok());
    crate::access::give(&data, "admin", Role::Admin, "").unwrap();
    assert!(crate::web::bind("127.0.0.1:0".parse().unwrap(), &data, &public).await.is_ok());
}

#[tokio::test]
async fn the_public_name_is_answered_and_no_other() {
    let server = public_server("https://terms.example.org");
    for (host, status) in [
        ("terms.example.org", StatusCode::OK),
        ("TERMS.example.org:443", StatusCode::OK),
        ("localhost:8080", StatusCode::OK),
        ("evil.example.org", StatusCode::MISDIRECTED_REQUEST),
        ("terms.example.org.evil.example", StatusCode::MISDIRECTED_REQUEST),
        ("192.168.1.5", StatusCode::MISDIRECTED_REQUEST),
    ] {
        assert_eq!(server.get_with("/api/v1/health", &[("host", host), READ]).await.status, status, "{host}");
    }
}
