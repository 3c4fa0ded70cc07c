use corpus::store::Store;
use corpus::topic::{Classed, TopicClass, TopicEvidence};

use super::*;

/// The small store, its Chinese document classed under a topic and what is above it.
fn classed(store: &mut Store) {
    fill(store);
    let evidence = TopicEvidence {
        term: "观测云量".to_owned(),
        sentence: "各地应当每日观测云量。<b>".to_owned(),
        page: 1,
        block: 1,
        count: 3,
    };
    let class = |topic: &str, evidence| TopicClass { topic: topic.to_owned(), score: 0.7, evidence };
    let document = vec![
        class("informatization", Vec::new()),
        class("informatization/cloud-computing", vec![evidence]),
        class("gone/topic", Vec::new()),
    ];
    store.put_topics(1, &Classed { document, blocks: Vec::new() }).unwrap();
}

#[tokio::test]
async fn topics_filter_a_search_and_are_counted() {
    let server = Server::with(classed);
    let page = server.get("/search?q=云量").await;
    assert!(page.body.contains("Cloud computing"), "{}", page.body);
    assert!(page.body.contains("topic=informatization%2Fcloud-computing"));
    let filtered = server.get("/search?q=云量&topic=informatization%2Fcloud-computing").await;
    assert!(filtered.body.contains("1 document ") && filtered.body.contains("aria-current"));
    let chinese = server.get("/search?q=topic:云计算&ui=zh").await;
    assert!(chinese.body.contains("主题") && chinese.body.contains("云计算"), "{}", chinese.body);
    let found = server.get("/api/v1/search?q=topic:cloud-computing").await.json();
    assert_eq!((found["total"].as_u64(), found["facets"]["topic"][0]["count"].as_u64()), (Some(1), Some(1)));
}

#[tokio::test]
async fn a_document_shows_its_topics_with_what_speaks_for_them() {
    let server = Server::with(classed);
    let page = server.get("/document/1").await;
    for part in ["Cloud computing", "观测云量", "&#60;b&#62;", "70%", "gone/topic", "topic%3Ainformatization"] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    assert!(!server.get("/document/2").await.body.contains("class=\"topics\""));
    let json = server.get("/api/v1/documents/1").await.json();
    assert_eq!(json["topics"][1]["evidence"][0]["count"], 3);
}

#[tokio::test]
async fn the_api_lists_the_taxonomy_with_counts() {
    let topics = Server::with(classed).get("/api/v1/topics").await.json();
    let cloud = topics["topics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|topic| topic["id"] == "informatization/cloud-computing")
        .unwrap();
    assert_eq!((cloud["documents"].as_u64(), cloud["zh"].as_str()), (Some(1), Some("云计算")));
}
