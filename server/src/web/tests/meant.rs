//! What is offered beside a search, what a search may become, and what is like a passage.

use axum::http::StatusCode;

use super::Server;

#[tokio::test]
async fn a_misspelt_word_is_offered_as_it_may_have_been_meant() {
    let server = Server::new();
    let answer = server.get("/api/v1/search?q=loud+covr").await.json();
    let offered = &answer["did_you_mean"]["corrections"][0];
    assert_eq!(offered["query"], "cloud cover", "{answer}");
    assert!(offered["documents"].as_u64().is_some_and(|count| count > 0));
    let page = server.get("/search?q=statoins").await.body;
    assert!(page.contains("Did you mean") && page.contains("/search?q=stations"), "{page}");
    let right = server.get("/search?q=stations").await.body;
    assert!(!right.contains("Did you mean"), "{right}");
}

#[tokio::test]
async fn pinyin_and_initials_are_offered_as_chinese() {
    let server = Server::new();
    for typed in ["yunliang", "yun+liang", "yun2liang4", "guance", "qixiangzhan"] {
        let answer = server.get(&format!("/api/v1/search?q={typed}")).await.json();
        let offered = &answer["did_you_mean"]["corrections"][0];
        assert_eq!(offered["kind"], "pinyin", "{typed}: {answer}");
    }
}

#[tokio::test]
async fn what_a_phrase_or_a_filter_keeps_out_is_counted() {
    let server = Server::new();
    let answer = server.get("/api/v1/search?q=%22%E4%BA%91%E9%87%8F%E8%A7%82%E6%B5%8B%22").await.json();
    assert_eq!(answer["did_you_mean"]["unquoted"]["query"], "云量观测", "{answer}");
    let answer = server.get("/api/v1/search?q=stations&year=1999").await.json();
    let without = &answer["did_you_mean"]["unfiltered"];
    assert_eq!((&without[0]["filter"], without.as_array().map(Vec::len)), (&"year".into(), Some(1)), "{answer}");
    let answer = server.get("/api/v1/search?q=stations+date:1999").await.json();
    assert_eq!(answer["did_you_mean"]["unfiltered"][0]["query"], "stations", "{answer}");
}

#[tokio::test]
async fn a_query_is_completed_with_terms_titles_and_numbers() {
    let server = Server::new();
    let first = |answer: serde_json::Value| answer["suggestions"][0].clone();
    let term = first(server.get("/api/v1/search/suggest?q=yunl").await.json());
    assert_eq!(
        (&term["text"], &term["rendering"], &term["kind"]),
        (&"云量".into(), &"cloud cover".into(), &"term".into())
    );
    let standard = first(server.get("/api/v1/search/suggest?q=gbt123").await.json());
    assert_eq!((&standard["text"], &standard["kind"]), (&"GB/T 12345-2024".into(), &"standard".into()));
    assert_eq!(first(server.get("/api/v1/search/suggest?q=notice+on+ob").await.json())["kind"], "title");
    let browser = server.get("/api/v1/search/suggest?form=opensearch&q=cloud").await;
    assert_eq!(browser.header("content-type"), "application/x-suggestions+json");
    assert_eq!(browser.json()[0], "cloud");
    assert_eq!(browser.json()[1][0], "cloud cover");
}

#[tokio::test]
async fn a_browser_can_add_the_search() {
    let server = Server::new();
    let described = server.get("/opensearch.xml").await;
    assert!(described.header("content-type").starts_with("application/opensearchdescription+xml"));
    assert!(described.body.contains("http://localhost:8080/search?q={searchTerms}"), "{}", described.body);
    assert!(server.get("/").await.body.contains("/opensearch.xml"));
}

#[tokio::test]
async fn similar_passages_are_shown_for_a_passage_that_is_there() {
    let server = Server::new();
    let page = server.get("/similar?document=1&block=1").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("各地应当每日观测云量。") && page.body.contains("Similar passages"), "{}", page.body);
    let answer = server.get("/api/v1/similar?document=1&block=1").await.json();
    assert_eq!((&answer["languages"][0]["by"], &answer["languages"][1]["by"]), (&"text".into(), &"translation".into()));
    for address in
        ["/similar", "/similar?document=1&block=99", "/similar?document=77&block=0", "/api/v1/similar?document=x"]
    {
        assert_eq!(server.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}
