use super::pages::main_of;
use super::*;

#[tokio::test]
async fn documents_are_filtered_and_counted() {
    let server = Server::new();
    for (query, has, lacks) in [
        ("kind=notice", "关于观测云量的通知", "scan.pdf"),
        ("state=needs_ocr", "all pages are pictures", "关于观测云量的通知"),
        ("lang=en", "&#60;script&#62;", "scan.pdf"),
        ("issuer=MOW&year=2025", "天气〔2025〕7号", "scan.pdf"),
        ("title=%E4%BA%91%E9%87%8F&sort=title", "关于观测云量的通知", "scan.pdf"),
        ("sort=added&lang=und", "Added 2026-11-22", "关于观测云量的通知"),
    ] {
        let body = server.get(&format!("/documents?{query}")).await.body;
        let main = main_of(&body);
        assert!(main.contains(has) && !main.contains(lacks), "{query}: {main}");
        assert!(main.contains("Clear all filters"), "{query}");
    }
    let all = server.get("/documents").await.body;
    for count in ["Ministry of Weather (2)", "Notice (2)", "2025 (2)", "needs OCR <span class=\"count\">1</span>"] {
        assert!(all.contains(count), "{count}: {}", main_of(&all));
    }
}

#[tokio::test]
async fn what_meets_nothing_says_how_to_go_on() {
    let server = Server::new();
    let body = server.get("/documents?year=1949").await.body;
    assert!(body.contains("No document meets all of these filters.") && body.contains("href=\"/documents\">Clear"));
    for query in ["state=lost", "lang=fr", "kind=poem", "year=x", "sort=colour"] {
        assert_eq!(server.get(&format!("/documents?{query}")).await.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(server.get(&format!("/api/v1/documents?{query}")).await.status, StatusCode::BAD_REQUEST, "{query}");
    }
}

#[tokio::test]
async fn programs_filter_as_people_do() {
    let server = Server::new();
    let list = server.get("/api/v1/documents?kind=notice&sort=title&limit=1").await.json();
    assert_eq!((&list["total"], list["documents"].as_array().map(Vec::len)), (&2.into(), Some(1)));
    let ids: Vec<_> = server.get("/api/v1/documents?lang=zh").await.json()["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|document| (document["id"].as_i64(), document["counterpart"].as_i64()))
        .collect();
    assert_eq!(ids, [(Some(1), Some(2))]);
}

#[tokio::test]
async fn a_pair_is_explained_set_and_forbidden() {
    let server = Server::new();
    let found = server.get("/documents/pair?zh=%E4%BA%91&en=cloud").await.body;
    assert!(found.contains("href=\"/documents/pair?zh=1&#38;en=cloud\""), "{}", main_of(&found));
    let shown = server.get("/documents/pair?zh=1&en=2").await.body;
    assert!(shown.contains("They are paired") && shown.contains("Read side by side"), "{}", main_of(&shown));
    let form = ("content-type", "application/x-www-form-urlencoded");
    let forbidden = server.ask("POST", "/documents/pair", &[form], "zh=1&en=2&deed=forbid").await;
    assert_eq!(forbidden.header("location"), "/documents/pair?zh=1&en=2&done=forbid", "{}", forbidden.body);
    let shown = server.get("/documents/pair?zh=1&en=2&done=forbid").await.body;
    for part in ["They will not be paired.", "They are not paired", "A person said that they are not."] {
        assert!(shown.contains(part), "{part}: {}", main_of(&shown));
    }
    let rule = server.ask("PUT", "/api/v1/pairs/1/2", &[("content-type", "application/json")], r#"{"rule": "set"}"#);
    assert_eq!(rule.await.json()["paired"], true);
    assert_eq!(server.ask("DELETE", "/api/v1/pairs/1/2", &[], "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(server.ask("DELETE", "/api/v1/pairs/1/2", &[], "").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(server.get("/api/v1/pairs/1/99").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn sides_that_cannot_be_say_why() {
    let server = Server::new();
    let page = server.get("/documents/pair?zh=2&en=99").await.body;
    assert!(
        page.contains("That document is in another language.") && page.contains("There is no document of that number.")
    );
    let none = server.get("/documents/pair?zh=thunder").await.body;
    assert!(none.contains("No title has these words."));
}

#[tokio::test]
async fn nobody_pairs_while_another_process_writes() {
    let mut lock = None;
    let server = Server::with_folder(|folder| {
        fill(&mut Store::open(folder).unwrap());
        drop(Data::open(folder).unwrap());
        lock = Some(crate::data::lock(folder).unwrap());
    });
    let form = ("content-type", "application/x-www-form-urlencoded");
    let answer = server.ask("POST", "/documents/pair", &[form], "zh=1&en=2&deed=forbid").await;
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (StatusCode::SERVICE_UNAVAILABLE, "10"),
        "{}",
        answer.body
    );
    drop(lock);
}

#[tokio::test]
async fn every_page_has_a_foot_of_links() {
    let server = Server::new();
    for path in ["/", "/documents", "/documents/add", "/targets", "/status", "/document/1", "/nothing"] {
        let body = server.get(path).await.body;
        let foot = &body[body.find("<footer").unwrap()..];
        for link in ["href=\"/targets\"", "href=\"/changes\"", "href=\"/review\"", "href=\"/search/help\""] {
            assert!(foot.contains(link), "{path}: {link}");
        }
    }
    assert!(server.get("/documents?kind=notice").await.body.contains("href=\"/api/v1/documents?kind=notice\""));
}
