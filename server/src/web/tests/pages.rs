use super::*;

/// The part of a page between its frame's borders.
pub(super) fn main_of(body: &str) -> &str {
    let start = body.find("<main").unwrap();
    &body[start..body.find("</main>").unwrap()]
}

#[tokio::test]
async fn a_document_is_shown_beside_its_counterpart() {
    let answer = Server::new().get("/document/1").await;
    assert_eq!(answer.status, StatusCode::OK);
    insta::assert_snapshot!(main_of(&answer.body));
}

#[tokio::test]
async fn a_concept_is_shown_with_its_evidence() {
    let answer = Server::new().get("/concept/1?ui=zh").await;
    insta::assert_snapshot!(main_of(&answer.body));
}

#[tokio::test]
async fn the_shelf_puts_translations_together() {
    let answer = Server::new().get("/documents").await;
    insta::assert_snapshot!(main_of(&answer.body));
}

#[tokio::test]
async fn an_empty_store_says_what_to_do() {
    let server = Server::empty();
    for (path, help) in [
        ("/", "policyglot ingest FOLDER"),
        ("/documents", "policyglot ingest FOLDER"),
        ("/terms", "There are no terms yet"),
        ("/watches", "There are no watches yet"),
        ("/alerts", "Nothing is watched yet"),
        ("/search", "Type what you are looking for"),
        ("/search?q=rain", "Nothing was found"),
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.body.contains(help), "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_scan_says_that_it_cannot_be_searched() {
    let body = Server::new().get("/document/3").await.body;
    assert!(body.contains("This file holds no text that can be read"));
    assert!(body.contains("the page is an image"));
}

/// A document of three pages: one with text of its own, one that OCR has read, one that waits.
fn half_read(store: &mut Store) {
    let lines = ["# 关于观测云量的通知", "各地应当每日观测云量。", "到2027年，建成气象站。", "云量由站点上报。"];
    let mut half = document("half.pdf", Language::Zh, &lines, Facts::default());
    let read = PageSource::Ocr { engine: "tesseract".to_owned(), confidence: 0.87 };
    half.page_count = 3;
    half.readings =
        vec![PageReading { page: 2, source: read }, PageReading { page: 3, source: PageSource::Unreadable }];
    let added = store.add_documents(&[half], false, NOW).unwrap();
    let [Added::New(id)] = added[..] else { panic!("not new") };
    let watch = store.add_watch("上报", NOW).unwrap();
    let found = WatchMatch { watch: watch.id, atoms: vec!["上报".to_owned()], sentence: 3, ..WatchMatch::default() };
    store.record_watched(id, &[found], NOW).unwrap();
}

#[tokio::test]
async fn what_ocr_has_read_is_marked_and_what_waits_is_named() {
    let server = Server::with(half_read);
    for (path, marks) in [
        ("/document/1", &["1 of 3 pages read by OCR, 87% sure.", ">OCR 87%</abbr>", "1 page holds no text"][..]),
        ("/document/1?ui=zh", &["共 3 页，其中 1 页由 OCR 识别，置信度 87%。", "policyglot reocr 1"]),
        ("/documents", &["Needs OCR: 1 document, 1 page.", "policyglot reocr", ">OCR</span>", ">unreadable</span>"]),
        ("/", &["Needs OCR: 1 document, 1 page."]),
        ("/search?q=%E4%B8%8A%E6%8A%A5", &["title=\"read by OCR: characters may be wrong\">OCR</abbr>"]),
        ("/alerts", &[">OCR</abbr>"]),
    ] {
        let body = server.get(path).await.body;
        for mark in marks {
            assert!(body.contains(mark), "{path}: {mark}\n{}", main_of(&body));
        }
    }
    let own = server.get("/search?q=%22%E6%AF%8F%E6%97%A5%22").await.body;
    assert!(own.contains("每日") && !own.contains("OCR</abbr>"), "{}", main_of(&own));
}

#[tokio::test]
async fn a_sentence_leads_to_its_block() {
    let server = Server::new();
    let answer = server.get("/document/1?sentence=2&q=rain").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/document/1?q=rain&block=2#b2"));
    assert_eq!(server.get("/document/1?sentence=99").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_missing_is_a_page_that_helps() {
    let server = Server::new();
    for (path, heading) in [
        ("/nothing", "There is no such page"),
        ("/document/99", "There is no such document"),
        ("/document/x", "There is no such document"),
        ("/concept/99", "There is no such term"),
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains(&format!("<h1>{heading}</h1>")), "{path}");
        assert!(answer.body.contains("href=\"/documents\""), "{path}");
    }
    assert_eq!(server.ask("PUT", "/watches", &[], "").await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn odd_parameters_do_no_harm() {
    let server = Server::new();
    for path in [
        "/search?q=rain&page=0",
        "/search?q=rain&page=99999999999999999999",
        "/search?q=rain&lang=xx&kind=yy&issuer=zz",
        "/search?q=%FF%FE",
        "/documents?page=-1",
        "/documents?page=500",
        "/terms?page=abc",
        "/document/1?block=99&page=x",
        "/document/1?part=99",
        "/document/1?sentence=-1",
        "/?ui=xx",
        "/terms?q=%25",
    ] {
        assert_eq!(server.get(path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(server.get("/search?q=rain&year=soon").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(server.get(&format!("/search?q={}", "a".repeat(501))).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_interface_speaks_the_readers_language() {
    let server = Server::empty();
    for (path, headers, lang) in [
        ("/", [("accept-language", "fr, zh-CN;q=0.8, en;q=0.5"), ("accept", "*/*")], "zh-Hans"),
        ("/", [("accept-language", "en-GB, zh;q=0.5"), ("accept", "*/*")], "en"),
        ("/", [("accept-language", "fr"), ("accept", "*/*")], "en"),
        ("/", [("accept-language", "en"), ("cookie", "a=b; ui=zh")], "zh-Hans"),
        ("/?ui=en", [("accept-language", "zh"), ("cookie", "ui=zh")], "en"),
    ] {
        let answer = server.get_with(path, &headers).await;
        assert!(answer.body.contains(&format!("<html lang=\"{lang}\">")), "{path} {headers:?}");
    }
    let answer = server.get("/terms?q=a%26b&ui=zh").await;
    assert!(answer.header("set-cookie").starts_with("ui=zh; Path=/;"));
    assert!(answer.body.contains("href=\"/terms?q=a%26b&#38;ui=en\""), "{}", answer.body);
}

#[tokio::test]
async fn a_search_shows_passages_of_both_languages() {
    let answer = Server::new().get("/search?q=%E4%BA%91%E9%87%8F").await;
    insta::assert_snapshot!(main_of(&answer.body));
}

#[tokio::test]
async fn a_search_keeps_its_filters_and_lets_them_be_taken_back() {
    let server = Server::new();
    let body = server.get("/search?q=%E4%BA%91%E9%87%8F&lang=zh&literal=1").await.body;
    assert!(body.contains("href=\"/search?q=%E4%BA%91%E9%87%8F&#38;literal=1\" aria-current=\"true\""), "{body}");
    assert!(body.contains("href=\"/search?q=%E4%BA%91%E9%87%8F&#38;lang=zh\">Search its translations"), "{body}");
    assert!(!body.contains("Also searched"), "{body}");
    let body = server.get("/search?q=%E4%BA%91%E9%87%8F&year=1999").await.body;
    assert!(body.contains("Nothing was found") && body.contains("aria-current=\"true\""), "{body}");
}

#[tokio::test]
async fn what_was_searched_is_marked_on_both_sides_of_a_document() {
    let body = Server::new().get("/document/1?q=%E4%BA%91%E9%87%8F").await.body;
    assert!(body.contains("每日观测<mark>云量</mark>。"), "{body}");
    assert!(body.contains("<mark>Cloud cover</mark> shall be"), "{body}");
}

#[tokio::test]
async fn a_long_document_comes_in_parts() {
    let lines: Vec<String> = (0..3_200).map(|line| format!("Line {line}.")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let long = document("long.pdf", Language::En, &lines, Facts::default());
    let server = Server::with(|store| {
        store.add_documents(std::slice::from_ref(&long), false, NOW).unwrap();
    });
    for (path, first, heading) in [
        ("/document/1", "Line 0.", "Part 1 of 3"),
        ("/document/1?part=2", "Line 1500.", "Part 2 of 3"),
        ("/document/1?block=3100", "Line 3000.", "Part 3 of 3"),
        ("/document/1?page=800", "Line 1500.", "Part 2 of 3"),
        ("/document/1?part=9", "Line 3000.", "Part 3 of 3"),
    ] {
        let body = server.get(path).await.body;
        let text = &body[body.find("class=\"row").unwrap()..];
        assert!(text.find("Line ").is_some_and(|at| text[at..].starts_with(first)), "{path}");
        assert!(body.contains(&format!("<strong>{heading}</strong>")), "{path}");
    }
}
