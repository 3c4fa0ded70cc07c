//! Feeds, the stream of alerts, and the link that ends mails.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use corpus::store::Store;
use corpus::watch::{ChannelKind, WatchSettings};
use tower::ServiceExt as _;

use super::*;
use crate::deliver::unsubscribe;

#[tokio::test]
async fn a_watch_has_a_feed_that_a_feed_parser_reads() {
    let server = Server::new();
    let answer = server.get("/watch/1/feed.atom").await;
    assert_eq!(answer.header("content-type"), "application/atom+xml; charset=utf-8");
    let feed = feed_rs::parser::parse(answer.body.as_bytes()).unwrap();
    assert_eq!(feed.title.unwrap().content, "云量 · Policyglot");
    let [entry] = feed.entries.try_into().unwrap();
    let link = entry.links.into_iter().next().unwrap().href;
    let path = link.strip_prefix("http://localhost:8080").unwrap();
    assert_eq!(server.get(path).await.status, StatusCode::OK, "{path}");
    let all = server.get("/alerts.atom").await;
    let all = feed_rs::parser::parse(all.body.as_bytes()).unwrap();
    assert_eq!(all.entries.first().unwrap().id, entry.id, "an alert has one id, whichever feed it is in");
    assert_eq!(server.get("/watch/99/feed.atom").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_reader_that_has_the_feed_is_told_so() {
    let server = Server::new();
    let first = server.get("/watch/1/feed.atom").await;
    let (tag, date) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
    assert_eq!(date, "Sun, 22 Nov 2026 08:00:00 GMT");
    let check = async |name: &str, value: &str, status: u16| {
        let answer = server.get_with("/watch/1/feed.atom", &[(name, value)]).await;
        assert_eq!(answer.status.as_u16(), status, "{name}: {value}");
        assert_eq!(answer.body.is_empty(), status == 304);
        assert_eq!(answer.header("etag"), tag);
    };
    check("if-none-match", &tag, 304).await;
    check("if-none-match", tag.trim_start_matches("W/"), 304).await;
    check("if-none-match", &format!("\"other\", {tag}"), 304).await;
    check("if-none-match", "*", 304).await;
    check("if-none-match", "\"other\"", 200).await;
    check("if-modified-since", &date, 304).await;
    check("if-modified-since", "Mon, 23 Nov 2026 08:00:00 GMT", 304).await;
    check("if-modified-since", "Sat, 21 Nov 2026 08:00:00 GMT", 200).await;
    check("if-modified-since", "yesterday", 200).await;
}

/// What a stream says until it has said some words.
async fn said(server: &Server, path: &str, last: Option<&str>, words: &str) -> String {
    let mut request = Request::builder().uri(path).header(header::HOST, "localhost:8080");
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let response = server.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.headers().get(header::CONTENT_TYPE).unwrap(), "text/event-stream");
    let mut stream = response.into_body().into_data_stream();
    let mut said = String::new();
    let reading = async {
        while !said.contains(words) {
            let Some(bytes) = futures_util::StreamExt::next(&mut stream).await else { break };
            said.push_str(&String::from_utf8_lossy(&bytes.unwrap()));
        }
    };
    tokio::time::timeout(Duration::from_secs(10), reading).await.unwrap();
    said
}

#[tokio::test]
async fn a_stream_goes_on_where_its_reader_left_off() {
    let server = Server::new();
    let said = said(&server, "/api/v1/alerts/stream", Some("0"), "\n\n").await;
    let line = |name: &str| said.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
    assert_eq!((line("id:"), line("event:")), ("1", "alert"), "{said}");
    let alert: serde_json::Value = serde_json::from_str(line("data:")).unwrap();
    assert_eq!((&alert["id"], &alert["watch"]), (&1.into(), &1.into()));
}

#[tokio::test]
async fn a_stream_begins_with_what_comes() {
    let server = Server::new();
    let mut store = Store::open(server._folder.path()).unwrap();
    let watch = store.add_watch("云层", NOW).unwrap();
    let coming = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let found = WatchMatch { watch: watch.id, atoms: vec!["云层".to_owned()], ..WatchMatch::default() };
        store.record_watched(2, &[found], NOW).unwrap()
    });
    let said = said(&server, "/api/v1/alerts/stream?watch=2", None, "\n\n").await;
    assert_eq!(coming.await.unwrap(), 1);
    assert!(said.contains("\"watch\":2") && !said.contains("\"watch\":1"), "{said}");
}

#[tokio::test]
async fn the_reader_of_a_mail_can_have_no_more() {
    let server = Server::new();
    let mut store = Store::open(server._folder.path()).unwrap();
    let kind = |address: &str| ChannelKind::Mail { address: address.to_owned() };
    let channels = vec![kind("keeper@example.org"), kind("other@example.org")];
    let watch = store.add_watch(WatchSettings { channels, ..WatchSettings::from("灯塔") }, NOW).unwrap();
    let channel = watch.channels.first().unwrap().id;
    let path = unsubscribe::path(&store.identity().unwrap(), channel);
    assert_eq!(server.get(&path.replace("/unsubscribe/", "/unsubscribe/9")).await.status, StatusCode::NOT_FOUND);
    let asked = server.get(&path).await;
    assert!(asked.body.contains("keeper@example.org") && asked.body.contains("灯塔"));
    let addresses = |store: &Store| {
        let channels = store.watch(watch.id).unwrap().unwrap().channels;
        channels.iter().map(|channel| channel.kind.target().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(addresses(&store).len(), 2, "to look is not to stop");
    // As a mail program posts it.
    let form = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(server.ask("POST", &path, &form, "List-Unsubscribe=One-Click").await.status, StatusCode::OK);
    assert_eq!(addresses(&store), ["other@example.org"]);
}
