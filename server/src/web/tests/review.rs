use super::pages::main_of;
use super::*;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// The form of a decision on the one pair that waits, and more behind it.
fn form(decision: &str, more: &str) -> String {
    format!("do={decision}&pair=1%09%E4%BA%91%E9%87%8F%09cloud%20cover{more}")
}

async fn post(server: &Server, path: &str, body: &str) -> Answer {
    server.ask("POST", path, &[FORM, ("cookie", "name=Li")], body).await
}

#[tokio::test]
async fn a_candidate_is_shown_with_its_evidence_and_its_decisions() {
    let body = Server::new().get("/review").await.body;
    let main = main_of(&body);
    for shown in [
        "<b class=\"waiting\">1</b> waiting",
        "<a class=\"zh\" lang=\"zh\" href=\"/concept/1\">云量</a>",
        "<strong class=\"en\" lang=\"en\">cloud cover</strong>",
        "87% sure",
        "given in a text",
        "<mark>云量</mark>",
        "<mark>Cloud cover</mark> shall be observed",
        "href=\"/document/1?sentence=1\"",
        "href=\"/document/1/bitext?sentence=1\"",
        "value=\"prefer\" data-key=\"p\" accesskey=\"p\"",
        "value=\"reject_term\" data-key=\"shift r\" accesskey=\"t\"",
        "#merge\" data-key=\"m\" accesskey=\"m\"",
        "Nothing has been decided yet.",
    ] {
        assert!(main.contains(shown), "{shown}\n{main}");
    }
    let body = Server::new().get("/review?ui=zh").await.body;
    assert!(body.contains("条待审") && body.contains("非术语") && body.contains("文中写明"), "{}", main_of(&body));
}

#[tokio::test]
async fn a_decision_leads_on_and_can_be_taken_back() {
    let server = Server::new();
    let answer = post(&server, "/review", &form("prefer", "&back=order%3Dfrequency&next=7")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/review?order=frequency&at=7&said=prefer&count=1&batch=1#c7");
    let body = server.get(answer.header("location")).await.body;
    let main = main_of(&body);
    assert!(main.contains("Accepted as preferred.") && main.contains("Nothing waits"), "{main}");
    assert!(main.contains("<span>Li</span>") && main.contains("class=\"tag preferred\">preferred"), "{main}");
    assert!(main.contains("<b class=\"today\">1</b>"), "{main}");
    assert!(server.get("/concept/1").await.body.contains("preferred"));

    let answer = post(&server, "/review/undo", "batch=1").await;
    assert_eq!(answer.header("location"), "/review?at=2&said=undone#c2");
    let body = server.get("/review?at=2&said=undone").await.body;
    assert!(body.contains("Taken back.") && body.contains("cloud cover"), "{}", main_of(&body));
    assert!(!body.contains("id=\"undo\""), "nothing is left to undo");
    let answer = post(&server, "/review/undo", "batch=1").await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_stale_decision_is_told_and_a_repeated_one_is_not_doubled() {
    let server = Server::new();
    post(&server, "/review", &form("reject", "")).await;
    let again = post(&server, "/review", &form("reject", "")).await;
    assert_eq!(again.header("location"), "/review?said=already&count=0");
    let late = post(&server, "/review", &form("prefer", "")).await;
    let body = server.get(late.header("location")).await.body;
    assert!(body.contains("had been changed meanwhile") && body.contains("href=\"/concept/1\""), "{}", main_of(&body));
    let edits = server.get("/review").await.body.matches("class=\"spread").count();
    assert_eq!(edits, 1);
}

#[tokio::test]
async fn several_are_decided_on_at_once_and_taken_back_at_once() {
    let server = Server::with(|store| {
        fill(store);
        more_pairs(store);
    });
    let body = server.get("/review").await.body;
    assert_eq!(body.matches("<article class=\"waits").count(), 3, "{}", main_of(&body));
    let pairs: Vec<&str> =
        body.split("name=\"shown\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(pairs.len(), 3);
    let shown: String = pairs.iter().map(|pair| format!("&shown={}", pair.replace('\t', "%09"))).collect();
    let answer = post(&server, "/review", &format!("do=reject&all=1{shown}")).await;
    assert!(answer.header("location").contains("said=reject&count=3&batch="), "{}", answer.header("location"));
    assert!(server.get("/review").await.body.contains("Nothing waits"));
    let batch = answer.header("location").split("batch=").nth(1).unwrap();
    post(&server, "/review/undo", &format!("batch={batch}")).await;
    assert_eq!(server.get("/review").await.body.matches("<article class=\"waits").count(), 3);
    let none = post(&server, "/review", "do=reject").await;
    assert!(server.get(none.header("location")).await.body.contains("Nothing was selected"));
}

fn more_pairs(store: &mut Store) {
    let pair = |en: &str, confidence| TermPair {
        zh: "气象站".to_owned(),
        en: en.to_owned(),
        confidence,
        definition: None,
        definition_source: None,
        sightings: vec![Sighting { kind: EvidenceKind::Bead, zh_sentence: Some(3), en_sentence: Some(3) }],
    };
    let pairs = [pair("weather station", 0.8), pair("station", 0.3)];
    store.put_mined_terms(corpus::store::Origin::Document(2), &pairs).unwrap();
    store.settle_candidates().unwrap();
}

#[tokio::test]
async fn the_queue_is_filtered_and_skipping_puts_last() {
    let server = Server::with(|store| {
        fill(store);
        more_pairs(store);
    });
    for (query, expected) in [
        ("", &["cloud cover", "weather station", "station"][..]),
        ("?least=50", &["cloud cover", "weather station"]),
        ("?tier=given", &["cloud cover"]),
        ("?tier=single", &["weather station", "station"]),
        ("?q=%E6%B0%94%E8%B1%A1", &["weather station", "station"]),
        ("?document=3", &[]),
        ("?bitext=1", &["cloud cover"]),
        ("?order=frequency", &["cloud cover", "weather station", "station"]),
    ] {
        let body = server.get(&format!("/review{query}")).await.body;
        let shown: Vec<&str> = body
            .split("<strong class=\"en\" lang=\"en\">")
            .skip(1)
            .map(|rest| rest.split('<').next().unwrap())
            .collect();
        assert_eq!(shown, expected, "{query}");
    }
    let answer = post(&server, "/review", &form("skip", "")).await;
    assert_eq!(answer.header("location"), "/review?said=skip&count=1");
    let body = server.get("/review").await.body;
    assert!(body.find("weather station").unwrap() < body.find("cloud cover").unwrap());
    assert!(body.contains("Nothing has been decided yet."), "skipping is no decision");
}

#[tokio::test]
async fn the_script_is_told_without_a_page() {
    let server = Server::new();
    let headers = [FORM, ("accept", "application/json"), ("cookie", "name=Li; ui=zh")];
    let answer = server.ask("POST", "/review", &headers, &form("prefer", "")).await;
    assert_eq!(answer.json(), serde_json::json!({ "said": "已采纳为首选。", "batch": 1, "stale": [] }));
    let answer = server.ask("POST", "/review", &headers, &form("reject", "")).await;
    assert_eq!(answer.json()["stale"], serde_json::json!(["1\t云量\tcloud cover"]));
    let answer = server.ask("POST", "/review/undo", &headers, "batch=1").await;
    assert_eq!(answer.json()["said"], "已撤销。");
}

#[tokio::test]
async fn only_the_pages_of_review_load_a_script_and_only_ours() {
    let server = Server::new();
    for path in ["/review", "/review/1/2"] {
        let answer = server.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("script-src 'self';") && policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert_eq!(answer.body.matches("<script").count(), 1, "{path}");
        assert!(!answer.body.contains(" onclick") && !answer.body.contains("style=\""), "{path}");
        let address = answer.body.split("<script src=\"").nth(1).unwrap().split('"').next().unwrap();
        let script = server.get(address).await;
        assert_eq!(script.header("content-type"), "text/javascript; charset=utf-8");
        assert!(script.header("cache-control").contains("immutable"));
    }
    let refused = server.ask("POST", "/review", &[FORM, ("sec-fetch-site", "cross-site")], &form("reject", "")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_name_is_remembered() {
    let server = Server::new();
    let answer = post(&server, "/review/name", "name=%E6%9D%8E%E8%96%87&back=least%3D50").await;
    assert_eq!(answer.header("location"), "/review?least=50&said=named");
    let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
    let body = server.get_with("/review", &[("cookie", &cookie)]).await.body;
    assert!(body.contains("name=\"name\" value=\"李薇\""), "{}", main_of(&body));
}

#[tokio::test]
async fn a_candidate_is_accepted_in_other_words() {
    let server = Server::new();
    let body = server.get("/review/1/2?back=least%3D50").await.body;
    for shown in ["id=\"edit\"", "id=\"merge\"", "name=\"zh\" lang=\"zh\" value=\"云量\"", "href=\"/review?least=50\""]
    {
        assert!(body.contains(shown), "{shown}\n{}", main_of(&body));
    }
    assert!(!body.contains("id=\"split\""), "its concept has no other rendering");
    let more = "&zh=%E4%BA%91%E9%87%8F&en=total%20cloud%20cover&part=noun&subject=weather&note=in%20reports&keep=1";
    post(&server, "/review", &form("edit_admitted", more)).await;
    let concept = server.get("/api/v1/concepts/1").await.json();
    assert_eq!(concept["subject"], "weather");
    let terms = concept["terms"].as_array().unwrap();
    assert!(terms.iter().any(|term| term["text"] == "total cloud cover" && term["status"] == "admitted"), "{concept}");
    let body = server.get("/review/1/2").await.body;
    assert!(body.contains("does not wait any more"), "{}", main_of(&body));
    let empty = post(&server, "/review", &form("edit_preferred", "&zh=&en=x")).await;
    assert_eq!(empty.status, StatusCode::SEE_OTHER, "it is decided on already");
}

#[tokio::test]
async fn a_concept_is_merged_with_one_that_is_looked_up_by_its_number() {
    let server = Server::with(|store| {
        fill(store);
        more_pairs(store);
    });
    let body = server.get("/review/1/2?q=2").await.body;
    assert!(body.contains("name=\"into\" value=\"2\"") && body.contains("气象站"), "{}", main_of(&body));
    post(&server, "/review", &form("merge_accept", "&into=2")).await;
    assert_eq!(server.get("/review/1/2").await.status, StatusCode::NOT_FOUND);
    let concept = server.get("/api/v1/concepts/2").await.body;
    assert!(concept.contains("cloud cover") && concept.contains("云量"), "{concept}");
    for into in ["1", "99", "x", ""] {
        let server = Server::new();
        let answer = post(&server, "/review", &form("merge", &format!("&into={into}"))).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{into}");
    }
}

#[tokio::test]
async fn odd_requests_do_no_harm() {
    let server = Server::new();
    for path in [
        "/review?page=0",
        "/review?page=99999",
        "/review?least=200&tier=x&order=y&document=z&bitext=99",
        "/review?said=%3Cb%3E&count=x&batch=y&stale=a&stale=1%09%3Cb%3E%09%3Ci%3E",
        "/review/1/2?q=%25&back=%3F%3F",
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.body.contains("<b>") && !answer.body.contains("<i>"), "{path}");
    }
    for path in ["/review/1/1", "/review/1/99", "/review/x/2", "/review/99/2"] {
        assert_eq!(server.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for body in ["", "do=maybe&pair=1%09a%09b", "do=prefer&pair=x", "do=prefer&pair=1"] {
        let answer = post(&server, "/review", body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
    }
    let away = post(&server, "/review", &form("reject", "&back=%2F%2Fexample.org&next=1%0d%0aX")).await;
    assert_eq!(away.header("location").split('?').next(), Some("/review"));
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test]
async fn programs_list_the_queue_and_decide() {
    let server = Server::new();
    let queue = server.get("/api/v1/review?least=0.5&limit=10").await.json();
    assert_eq!(queue["waiting"], 1);
    let pair = &queue["pairs"][0];
    assert_eq!((pair["zh"].as_str(), pair["en"].as_str()), (Some("云量"), Some("cloud cover")));
    assert_eq!((pair["concept"].as_i64(), pair["tier"].as_str()), (Some(1), Some("given")));
    assert_eq!(pair["evidence"][0]["kind"], "definition");

    let send = |decision: &str| {
        let body = serde_json::json!({ "by": "a program", "decisions": [
            { "concept": 1, "zh": "云量", "en": "cloud cover", "decision": decision },
        ]});
        body.to_string()
    };
    let answer = server.ask("POST", "/api/v1/review/decisions", &[JSON], &send("admit")).await;
    assert_eq!(answer.json(), serde_json::json!({ "batch": 1, "decided": 1, "already": 0, "put_off": 0 }));
    let answer = server.ask("POST", "/api/v1/review/decisions", &[JSON], &send("reject")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("concept 1, 'cloud cover': it is admitted by now"), "{detail}");
    let answer = server.ask("POST", "/api/v1/review/decisions", &[JSON], &send("maybe")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(server.get("/review").await.body.contains("<span>a program</span>"));
    assert_eq!(server.get("/api/v1/review?tier=x").await.status, StatusCode::BAD_REQUEST);
}
