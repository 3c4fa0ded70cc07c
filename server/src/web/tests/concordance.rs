//! A phrase with its sentence pairs.

use super::*;

#[tokio::test]
async fn a_phrase_is_shown_with_its_counterpart_and_where_it_stands() {
    let server = Server::new();
    let page = server.get("/concordance?q=%E4%BA%91%E9%87%8F").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("2 sentence pairs"), "{}", page.body);
    assert!(page.body.contains("各地应当每日观测<mark>云量</mark>。"), "{}", page.body);
    assert!(page.body.contains("<mark>Cloud cover</mark> shall be observed daily"), "{}", page.body);
    assert!(page.body.contains("doubtful alignment"));
    assert!(page.body.contains("/document/1?sentence=1"));
}

#[tokio::test]
async fn pairs_are_filtered_ordered_and_counted() {
    let server = Server::new();
    let asked = async |query: &str| {
        let answer = server.get(&format!("/api/v1/concordance?q=cloud%20cover&{query}")).await.json();
        let texts = answer["pairs"].as_array().unwrap().iter().map(|pair| pair["other"]["text"].to_string());
        (answer["total"].as_u64().unwrap(), texts.collect::<Vec<_>>().join(" "))
    };
    let (title, daily) = ("\"关于观测云量的通知\"", "\"各地应当每日观测云量。\"");
    let both = format!("{title} {daily}");
    for (query, expected) in [
        ("", (2, both.clone())),
        ("sort=surest", (2, both.clone())),
        ("sort=after", (2, both.clone())),
        ("sort=before", (2, format!("{daily} {title}"))),
        ("limit=1", (2, title.to_owned())),
        ("limit=1&offset=1", (2, daily.to_owned())),
        ("issuer=MOW&kind=notice&from=2025&to=2025", (2, both.clone())),
        ("rendering=%E9%9B%B2%E9%87%8F", (2, both.clone())),
        ("rendering=%E4%BA%91", (0, String::new())),
        ("issuer=MIIT", (0, String::new())),
        ("kind=plan", (0, String::new())),
        ("from=2026", (0, String::new())),
    ] {
        assert_eq!(asked(query).await, expected, "{query}");
    }
    let answer = server.get("/api/v1/concordance?q=cloud%20cover").await.json();
    assert_eq!(answer["renderings"], serde_json::json!([{"value": "云量", "count": 2}]));
    assert_eq!(answer["years"], serde_json::json!([{"value": "2025", "count": 2}]));
}

#[tokio::test]
async fn what_cannot_be_asked_is_said() {
    let server = Server::new();
    for (query, expected) in [
        ("q=a&kind=novel", "there is no kind of document called 'novel'"),
        ("q=a&sort=up", "take one of newest"),
        ("q=a&from=soon", "'soon' is not a year"),
        ("q=", "give one as ?q="),
    ] {
        let answer = server.get(&format!("/api/v1/concordance?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert!(answer.body.contains(expected), "{}", answer.body);
    }
    assert_eq!(server.get("/api/v1/concordance/export?q=a&format=pdf").await.status, StatusCode::BAD_REQUEST);
    let nothing = server.get("/concordance?q=%E6%81%90%E9%BE%99").await;
    assert!(nothing.body.contains("No aligned sentence holds that phrase"));
}

#[tokio::test]
async fn the_pairs_can_be_downloaded() {
    let server = Server::new();
    let tmx = server.get("/concordance/export?q=%E4%BA%91%E9%87%8F&format=tmx").await;
    assert!(tmx.header("content-disposition").contains("concordance.tmx"));
    assert!(tmx.body.contains("<seg>各地应当每日观测云量。</seg>"), "{}", tmx.body);
    assert!(tmx.body.contains("<prop type=\"x-doubtful\">yes</prop>"));
    let csv = server.get("/concordance/export?q=%E4%BA%91%E9%87%8F&format=csv").await;
    let row =
        "云量,Cloud cover,各地应当每日观测云量。,Cloud cover shall be observed daily in all localities.,zh,0.10,true,";
    assert!(csv.body.starts_with("\u{feff}phrase,rendering,text,"), "{}", csv.body);
    assert!(csv.body.contains(row), "{}", csv.body);
}
