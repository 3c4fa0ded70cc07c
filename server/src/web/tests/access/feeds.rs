use std::io::Write;
use std::sync::Mutex;

use super::*;

fn key_of(server: &Server, token: i64) -> String {
    crate::access::feed_key::of(&server.store().identity().unwrap(), token)
}

#[tokio::test]
async fn the_key_of_a_feed_opens_feeds_and_nothing_else() {
    let server = server();
    let key = key_of(&server, 3);
    for path in ["/alerts.atom", "/watch/1/feed.atom"] {
        let answer = server.get(&format!("{path}?key={key}")).await;
        assert_eq!(
            (answer.status, answer.header("content-type").starts_with("application/atom+xml")),
            (StatusCode::OK, true)
        );
        assert!(!answer.body.contains(&key), "the feed does not tell its key: {}", answer.body);
        for other in ["", "?key=", "?key=3-00000000000000000000000000000000", "?key=pgt_admin"] {
            let answer = server.get(&format!("{path}{other}")).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}{other}");
            assert!(answer.headers.contains_key("www-authenticate"), "{path}{other}");
        }
    }
    for path in ["/documents", "/api/v1/alerts", "/tokens", "/watch/1/feed"] {
        assert_eq!(server.get(&format!("{path}?key={key}")).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let changed = server.ask("POST", &format!("/alerts.atom?key={key}"), &[FORM], "").await;
    assert_eq!(changed.status, StatusCode::FORBIDDEN);
    server.store().revoke_token(3, NOW).unwrap();
    assert_eq!(server.get(&format!("/alerts.atom?key={key}")).await.status, StatusCode::UNAUTHORIZED);
}

/// What is logged, kept.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_secret_of_a_request_is_logged() {
    let kept = Kept::default();
    let writer = kept.clone();
    let log = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(log);
    let server = server();
    let key = key_of(&server, 1);
    server.get(&format!("/alerts.atom?key={key}")).await;
    server.get_with("/documents", &[("authorization", "Bearer pgt_reader")]).await;
    server.get_with("/documents", &[("cookie", "policyglot_session=confidential")]).await;
    server.ask("POST", "/sign-in", &[FORM], "token=pgt_reader").await;
    drop(guard);
    let logged = String::from_utf8_lossy(&kept.0.lock().unwrap()).into_owned();
    for secret in [key.as_str(), "pgt_", "confidential"] {
        assert!(!logged.contains(secret), "{secret} is in the log");
    }
}
