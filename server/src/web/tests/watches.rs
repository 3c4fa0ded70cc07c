use super::*;

const JSON: (&str, &str) = ("content-type", "application/json");

const BODY: &str = r#"{
    "subject": {"kind": "query", "value": "weather station"}, "name": "Stations", "languages": ["en"],
    "kinds": ["notice"], "schedule": "weekly",
    "channels": [{"kind": "webhook", "url": "https://example.org/hook"}, {"kind": "mail", "address": "a@example.org"}]
}"#;

#[tokio::test]
async fn a_watch_is_made_changed_and_paused_and_its_secret_shown_once() {
    let server = Server::new();
    let added = server.ask("POST", "/api/v1/watches", &[JSON], BODY).await.json();
    assert!(added["secrets"][0]["secret"].as_str().unwrap().starts_with("whsec_"), "{added:#}");
    let path = format!("/api/v1/watches/{}", added["id"]);
    let shown = server.get(&path).await;
    assert!(!shown.body.contains("whsec_") && !server.get("/api/v1/watches").await.body.contains("whsec_"));
    let watch = shown.json();
    assert_eq!((&watch["name"], &watch["schedule"]), (&"Stations".into(), &"weekly".into()));
    assert_eq!((&watch["languages"][0], &watch["kinds"][0]), (&"en".into(), &"notice".into()));
    assert_eq!(watch["channels"][1]["target"], "a@example.org");

    let edited = server.ask("PUT", &path, &[JSON], &BODY.replace("Stations", "Other")).await.json();
    assert_eq!((&edited["name"], edited["secrets"].as_array().map(Vec::len)), (&"Other".into(), Some(0)));
    for (deed, paused) in [("pause", true), ("resume", false)] {
        assert_eq!(server.ask("POST", &format!("{path}/{deed}"), &[], "").await.status, StatusCode::NO_CONTENT);
        assert_eq!(server.get(&path).await.json()["paused"], paused);
    }
    assert_eq!(server.ask("PUT", "/api/v1/watches/99", &[JSON], BODY).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_trial_tells_what_would_have_been_found() {
    let server = Server::new();
    let body = r#"{"query": "云量", "since_year": 2000}"#;
    let tried = server.ask("POST", "/api/v1/watches/try", &[JSON], body).await.json();
    assert!(tried["total"].as_u64().unwrap() >= 1, "{tried:#}");
    assert_eq!(tried["since_year"], 2000);
    assert_eq!(tried["total"].as_u64().map(|total| total.min(5) as usize), tried["first"].as_array().map(Vec::len));
}

#[tokio::test]
async fn alerts_are_marked_as_seen() {
    let server = Server::new();
    let alert = &server.get("/api/v1/alerts?limit=1").await.json()["alerts"][0];
    assert_eq!((&alert["seen"], &alert["occasion"]), (&false.into(), &"new_document".into()));
    let body = format!(r#"{{"up_to": {}}}"#, alert["id"]);
    let marked = server.ask("POST", "/api/v1/alerts/seen", &[JSON], &body).await.json();
    assert!(marked["marked"].as_u64().unwrap() >= 1);
    assert_eq!(server.get("/api/v1/alerts?limit=1").await.json()["alerts"][0]["seen"], true);
    let deliveries = server.get("/api/v1/deliveries?state=dead").await.json();
    assert_eq!((&deliveries["counts"]["pending"], &deliveries["deliveries"]), (&0.into(), &serde_json::json!([])));
}

#[track_caller]
fn check(answer: &Answer, status: u16, why: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    assert!(answer.body.contains(why), "{}", answer.body);
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_with_what_to_do() {
    let server = Server::new();
    let cases = [
        (r#"{"name": "nothing"}"#, "give either query or subject"),
        (r#"{"query": "a", "subject": {"kind": "query", "value": "b"}}"#, "give either query or subject"),
        (r#"{"subject": {"kind": "colour", "value": "red"}}"#, "there is no such subject"),
        (r#"{"query": "云量", "languages": ["fr"]}"#, "give zh or en"),
        (r#"{"query": "云量", "kinds": ["poem"]}"#, "white_paper"),
        (r#"{"query": "云量", "channels": [{"kind": "mail", "address": "nobody"}]}"#, "no mail address"),
        (r#"{"query": "云量", "channels": [{"kind": "webhook", "url": "https://a:b@c/"}]}"#, "user name"),
    ];
    for (body, why) in cases {
        check(&server.ask("POST", "/api/v1/watches", &[JSON], body).await, 400, why);
    }
    check(&server.get("/api/v1/deliveries?state=lost").await, 400, "pending, delivered and dead");
    check(&server.ask("POST", "/api/v1/deliveries/msg_1/resend", &[], "").await, 404, "/api/v1/deliveries lists them");
}
