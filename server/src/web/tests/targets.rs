use super::pages::main_of;
use super::*;

/// A document whose target would be a formula in a spreadsheet.
fn formula(store: &mut Store) {
    fill(store);
    let mut facts = notice_facts("=HYPERLINK(\"http://example.org\")", "");
    facts.targets[0].what = "+1<b>".to_owned();
    facts.targets[0].by = Some(2030);
    let document = document("formula.pdf", Language::En, &["# A title"], facts);
    store.add_documents(&[document], false, NOW).unwrap();
}

#[tokio::test]
async fn targets_are_shown_with_their_sentence_and_chart() {
    let server = Server::with(formula);
    let body = server.get("/targets").await.body;
    let main = main_of(&body);
    for part in [
        "3 targets in 3 documents",
        "≥ 1,200 座",
        "href=\"/document/1?page=2#p2\"",
        "到2027年，建成1200座以上气象站。",
        "<svg class=\"stacked\"",
        "<summary>As a table</summary>",
        "Ministry of Weather",
        "2027 (2)",
        "+1&#60;b&#62;",
    ] {
        assert!(main.contains(part), "{part}: {main}");
    }
    let zh = server.get("/targets?ui=zh&year=2027").await.body;
    assert!(zh.contains("2 项目标，出自 2 份文献") && zh.contains("清除全部筛选"), "{}", main_of(&zh));
    let english = server.get("/targets?lang=en").await.body;
    assert!(english.contains("2 targets in 2 documents"), "{}", main_of(&english));
    let none = server.get("/targets?q=thunder").await.body;
    assert!(none.contains("No target meets all of these filters."));
    assert!(Server::empty().get("/targets").await.body.contains("No document sets a target in numbers yet."));
    assert_eq!(server.get("/targets?year=soon").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn targets_go_to_spreadsheets_without_formulas() {
    let server = Server::with(formula);
    let file = server.get("/targets/export?issuer=MOW").await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.header("content-disposition").contains("targets.csv"));
    assert!(file.body.starts_with('\u{feff}') && file.body.lines().count() == 4, "{}", file.body);
    assert!(file.body.contains("\"'=HYPERLINK") && file.body.contains("'+1<b>"), "{}", file.body);
    assert_eq!(server.get("/targets/export?q=thunder").await.body.lines().count(), 1);
}

#[tokio::test]
async fn programs_ask_for_targets() {
    let found = Server::new().get("/api/v1/targets?year=2027&limit=1").await.json();
    assert_eq!((&found["total"], &found["documents"]), (&2.into(), &2.into()));
    let target = &found["targets"][0];
    assert_eq!(
        (&target["by"], &target["comparator"], &target["min"]),
        (&2027.into(), &"at_least".into(), &1200.0.into())
    );
    assert_eq!(target["title"], "关于观测云量的通知");
}

#[tokio::test]
async fn the_status_tells_how_much_there_is_but_not_where() {
    let server = Server::new();
    let folder = server._folder.path().to_string_lossy().into_owned();
    for path in ["/status", "/status?ui=zh", "/api/v1/status"] {
        let body = server.get(path).await.body;
        let where_it_is = [folder.as_str(), "/tmp", "/root", "/home", ".local", "models in"];
        assert!(!where_it_is.iter().any(|path| body.contains(path)), "{path}: {body}");
    }
    let status = server.get("/api/v1/status").await.json();
    assert_eq!((&status["documents"], &status["bitexts"], &status["targets"]), (&4.into(), &1.into(), &2.into()));
    assert!(status["database_bytes"].as_u64().unwrap() > 0 && status["index_bytes"].as_u64().unwrap() > 0);
    let page = server.get("/status").await.body;
    for part in ["href=\"/documents?state=needs_ocr\"", "Deliveries given up", "OCR engine", env!("CARGO_PKG_VERSION")]
    {
        assert!(page.contains(part), "{part}: {}", main_of(&page));
    }
}
