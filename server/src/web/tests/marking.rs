//! Marking a text and checking a draft, as a browser and as a program ask.

use axum::http::StatusCode;

use super::{Answer, Server};

const BOUNDARY: &str = "line-of-a-form";

/// Sends a form with texts and files, as a browser does.
async fn send(server: &Server, path: &str, texts: &[(&str, &str)], files: &[(&str, &str, &str)]) -> Answer {
    let mut body = String::new();
    for (name, text) in texts {
        body += &format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    }
    for (name, file, text) in files {
        body += &format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n{text}\r\n"
        );
    }
    body += &format!("--{BOUNDARY}--\r\n");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    server.ask("POST", path, &[("content-type", &kind), ("sec-fetch-site", "same-origin")], &body).await
}

const TMX: &str = "<tmx version=\"1.4\"><header srclang=\"zh\"/><body><tu tuid=\"u1\"><tuv xml:lang=\"zh\"><seg>观测云量。</seg></tuv><tuv xml:lang=\"en\"><seg>Observe the sky.</seg></tuv></tu><tu><tuv xml:lang=\"zh\"><seg>云量大。</seg></tuv><tuv xml:lang=\"en\"><seg>Cloud covers are &lt;large&gt;.</seg></tuv></tu></body></tmx>";

#[tokio::test]
async fn the_pages_ask_for_texts() {
    let server = Server::new();
    for (path, marks) in [
        ("/mark", &["<h1>Mark a text</h1>", "name=\"text\"", "type=\"file\""][..]),
        ("/mark?ui=zh", &["<h1>标注文本</h1>"]),
        ("/check", &["name=\"source\"", "name=\"draft\"", "name=\"both\""]),
        ("/check?ui=zh", &["<h1>检查译稿</h1>"]),
    ] {
        let body = server.get(path).await.body;
        for mark in marks {
            assert!(body.contains(mark), "{path}: {mark}");
        }
    }
    assert!(send(&server, "/mark", &[("text", " ")], &[]).await.body.contains("Paste a text or choose a file."));
    assert!(send(&server, "/check", &[("source", "云")], &[]).await.body.contains("Give the source and its draft"));
}

#[tokio::test]
async fn a_text_is_marked() {
    let server = Server::new();
    let text = "每日观测云量。\r\n<script>alert(1)</script> cloud cover";
    for (texts, files) in [(&[("text", text)][..], &[][..]), (&[], &[("file", "云.txt", text)])] {
        let answer = send(&server, "/mark", texts, files).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let body = answer.body;
        assert!(body.contains("href=\"/concept/1\" title=\"cloud cover (candidate)\" id=\"t0\">云量</a>"), "{body}");
        assert!(body.contains("title=\"云量 (candidate)\" id=\"t1\">cloud cover</a>"), "{body}");
        assert!(body.contains("2 marked, 2 different") && !body.contains("<script>alert"), "{body}");
    }
}

#[tokio::test]
async fn a_long_text_says_that_it_is_cut() {
    let text = "每日观测云量，并上报数据。\n".repeat(6_000);
    let body = send(&Server::new(), "/mark", &[("text", &text)], &[]).await.body;
    assert!(body.contains("6000 marked, 1 different"));
    assert!(body.contains("characters are shown.") && body.len() < 2_000_000, "{}", body.len());
}

#[tokio::test]
async fn a_draft_is_checked() {
    let server = Server::new();
    let (source, draft) = ("观测云量。\n云量大。", "Observe the sky.\nCloud cover is large.");
    for (texts, files) in [
        (&[("source", source), ("draft", draft)][..], &[][..]),
        (&[("notes", "1")], &[("both", "a.tmx", TMX)]),
        (&[("source", source)], &[("draft_file", "a.txt", draft)]),
    ] {
        let answer = send(&server, "/check", texts, files).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let body = answer.body;
        assert!(body.contains("2 sentences with 2 terms."), "{body}");
        assert!(body.contains("no known rendering: use “cloud cover” <span class=\"at\"><a href=\"#s1\">"), "{body}");
        assert!(body.contains("id=\"s2\"") && body.contains("class=\"tm good\""), "{body}");
    }
}

#[tokio::test]
async fn what_cannot_be_checked_says_why() {
    let server = Server::new();
    for (texts, files, why) in [
        (&[][..], &[("both", "a.tmx", "云")][..], "a.tmx: this is neither a TMX nor an XLIFF"),
        (&[], &[("both", "a.tmx", "<tmx>\n<tu></tmx>")], "a.tmx: line 2 is not well-formed"),
        (&[("source", "云量"), ("draft", "雨量")], &[], "the source is Chinese and the target Chinese"),
    ] {
        let answer = send(&server, "/check", texts, files).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{why}");
        assert!(answer.body.contains(why), "{}", answer.body);
    }
    let large = "云".repeat(8 << 20);
    assert_eq!(send(&server, "/mark", &[("text", &large)], &[]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let form = ("content-type", "application/x-www-form-urlencoded");
    assert!(server.ask("POST", "/mark", &[form], "text=a").await.status.is_client_error());
}

#[tokio::test]
async fn programs_mark_and_check() {
    let server = Server::new();
    let json = ("content-type", "application/json");
    let marked = server.ask("POST", "/api/v1/terms/mark", &[json], "{\"text\": \"观测云量\"}").await.json();
    assert_eq!((marked["marks"][0]["start"].as_u64(), marked["marks"][0]["start_char"].as_u64()), (Some(6), Some(2)));
    assert_eq!(marked["terms"][0]["renderings"][0]["text"], "cloud cover");
    let body = serde_json::json!({"source": "观测云量。", "target": "Observe the sky."}).to_string();
    let checked = server.ask("POST", "/api/v1/terms/check", &[json], &body).await.json();
    assert_eq!(
        (checked["findings"][0]["kind"].as_str(), checked["source_language"].as_str()),
        (Some("missing"), Some("zh"))
    );
    let body = serde_json::json!({"file": TMX}).to_string();
    let checked = server.ask("POST", "/api/v1/terms/check", &[json], &body).await.json();
    assert_eq!((checked["counts"]["segments"].as_u64(), checked["segments"][0]["id"].as_str()), (Some(2), Some("u1")));
    let refused = server.ask("POST", "/api/v1/terms/check", &[json], "{\"source\": \"云\"}").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.json()["detail"].as_str().is_some_and(|detail| detail.contains("\"file\"")));
}
