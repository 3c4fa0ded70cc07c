//! What the server takes on, and what it tells of itself.

use std::time::Duration;

use axum::extract::Request as Asked;
use tokio::time::timeout;

use super::*;
use crate::web::load::{Class, Connections, LoadSettings};
use crate::web::observed::Vitals;
use crate::web::{App, ServerSettings};

/// A server that has one request of each class at work, or as few as there can be, and the rest of what it shares.
struct Small {
    _folder: tempfile::TempDir,
    app: App,
    router: Router,
}

impl Small {
    /// `waiting` searches may wait for their turn.
    fn new(waiting: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fill(&mut Store::open(folder.path()).unwrap());
        let data = Arc::new(Data::open(folder.path()).unwrap());
        let patience = Duration::from_millis(200);
        let load = LoadSettings { at_work: 1, waiting, patience, ..LoadSettings::default() };
        let settings = ServerSettings {
            access: crate::access::AccessSettings::default(),
            uploads: crate::jobs::UploadLimits::default(),
            ocr: None,
            load: load.clone(),
        };
        let app = App::new(data, settings, "127.0.0.1:8080".parse().unwrap());
        let router = crate::web::sealed(crate::web::routes(app.clone(), &load));
        Self { _folder: folder, app, router }
    }

    async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        ask(&self.router, path, headers).await
    }

    /// How many requests of a class work and wait.
    fn level(&self, class: Class) -> (usize, usize) {
        let level = self.app.load.levels().find(|level| level.class == class).unwrap();
        (level.working, level.waiting)
    }

    fn vitals(&self) -> Router {
        let connections = Connections::new(1, self.app.ending.subscribe());
        Vitals::new(self.app.clone(), Arc::new(connections)).router()
    }
}

async fn ask(router: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().uri(path).header(header::HOST, "localhost:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request: Asked = request.body(Body::empty()).unwrap();
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

#[track_caller]
fn check_full(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.body);
    assert_eq!(answer.header("retry-after"), "3");
}

#[tokio::test]
async fn what_is_too_much_is_told_to_come_again_at_once() {
    let server = Small::new(0);
    let held = server.app.load.turn(Class::Search).await.unwrap();
    check_full(&server.ask("/search?q=data", &[]).await);
    let answer = server.ask("/api/v1/search?q=data", &[]).await;
    check_full(&answer);
    assert_eq!(answer.json()["type"], "/api/problems#busy");
    // The other lanes go on, and what needs no turn.
    for path in ["/api/v1/search/suggest?q=da", "/similar?document=1&sentence=0", "/style.css"] {
        assert_ne!(server.ask(path, &[]).await.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
    drop(held);
    assert_eq!(server.ask("/search?q=data", &[]).await.status, StatusCode::OK);
    assert_eq!(server.level(Class::Search), (0, 0));
}

#[tokio::test]
async fn a_long_request_keeps_no_search_waiting() {
    let server = Small::new(0);
    let _held = [server.app.load.turn(Class::Long).await.unwrap(), server.app.load.turn(Class::Long).await.unwrap()];
    check_full(&server.ask("/search/export?q=data&format=csv", &[]).await);
    assert_eq!(server.ask("/search?q=data", &[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_request_waits_for_some_time() {
    let server = Small::new(1);
    let held = server.app.load.turn(Class::Search).await.unwrap();
    check_full(&server.ask("/documents", &[]).await);
    let (answer, ()) = tokio::join!(server.ask("/documents", &[]), async {
        tokio::task::yield_now().await;
        assert_eq!(server.level(Class::Search), (1, 1));
        check_full(&server.ask("/documents", &[]).await);
        drop(held);
    });
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn a_request_that_nobody_waits_for_starts_no_work() {
    let server = Small::new(1);
    let held = server.app.load.turn(Class::Search).await.unwrap();
    assert!(timeout(Duration::from_millis(20), server.ask("/documents", &[])).await.is_err());
    assert_eq!(server.level(Class::Search), (1, 0));
    drop(held);
    assert_eq!(server.level(Class::Search), (0, 0));
    let metrics = server.app.metrics.text();
    let gone = "policyglot_http_requests_total{route=\"/documents\",method=\"GET\",status=\"gone\"} 1";
    assert!(metrics.contains(gone), "{metrics}");
    assert!(metrics.contains("policyglot_http_in_flight 0"), "{metrics}");
}

#[tokio::test]
async fn requests_have_numbers() {
    let server = Small::new(0);
    let answer = server.ask("/api/v1/documents/99", &[("x-request-id", "proxy-7")]).await;
    assert_eq!(answer.header("x-request-id"), "proxy-7");
    assert_eq!(answer.json()["request_id"], "proxy-7");
    let answer = server.ask("/documents", &[("x-request-id", "<script>")]).await;
    assert!(answer.header("x-request-id").len() > 8, "{:?}", answer.headers);
    let _held = server.app.load.turn(Class::Search).await.unwrap();
    let page = server.ask("/documents", &[("x-request-id", "proxy-8")]).await;
    assert!(page.body.contains("tell whoever runs this server this number: <code>proxy-8</code>"), "{}", page.body);
}

#[tokio::test]
async fn metrics_tell_routes_and_never_what_was_asked() {
    let server = Small::new(0);
    for path in ["/document/1?q=harbour", "/search?q=harbour", "/nowhere/harbour"] {
        server.ask(path, &[]).await;
    }
    let vitals = server.vitals();
    let answer = ask(&vitals, "/metrics", &[]).await;
    assert!(answer.header("content-type").starts_with("application/openmetrics-text"));
    for sample in [
        "policyglot_http_requests_total{route=\"/document/{id}\",method=\"GET\",status=\"2xx\"} 1",
        "policyglot_http_requests_total{route=\"none\",method=\"GET\",status=\"4xx\"} 1",
        "policyglot_queue_waiting{class=\"search\"} 0",
        "policyglot_documents 4",
        "policyglot_deliveries{state=\"dead\"} 0",
    ] {
        assert!(answer.body.lines().any(|line| line == sample), "{sample} is not in\n{}", answer.body);
    }
    assert!(!answer.body.contains("harbour"), "{}", answer.body);
}

#[tokio::test]
async fn the_server_says_whether_it_is_ready() {
    let server = Small::new(0);
    let vitals = server.vitals();
    // Also while its queues are full.
    let _held = server.app.load.turn(Class::Search).await.unwrap();
    assert_eq!(ask(&vitals, "/readyz", &[]).await.status, StatusCode::OK);
    server.app.ending.send_replace(true);
    let answer = ask(&vitals, "/readyz", &[]).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "the server is about to end\n")
    );
    assert_eq!(ask(&vitals, "/livez", &[]).await.status, StatusCode::OK);
}
