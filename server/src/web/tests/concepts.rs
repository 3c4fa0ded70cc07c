//! Looking terms up, a concept's page, its forms, its history, and the same by the API.

use super::pages::main_of;
use super::*;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("content-type", "application/json");

/// The mark of a concept that its forms carry.
async fn mark(server: &Server, concept: i64) -> String {
    server.get(&format!("/api/v1/concepts/{concept}")).await.json()["version"].as_str().unwrap().to_owned()
}

/// The number of a concept's designation.
async fn term(server: &Server, concept: i64, text: &str) -> i64 {
    let whole = server.get(&format!("/api/v1/concepts/{concept}")).await.json();
    let terms = whole["terms"].as_array().unwrap();
    terms.iter().find(|term| term["text"] == text).unwrap()["id"].as_i64().unwrap()
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

impl Server {
    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask("POST", path, &[FORM, ("cookie", "name=Li+Wei")], &form(fields)).await
    }

    async fn json_of(&self, method: &str, path: &str, body: serde_json::Value) -> Answer {
        self.ask(method, path, &[JSON], &body.to_string()).await
    }
}

#[track_caller]
fn check_holds(body: &str, parts: &[&str]) {
    for part in parts {
        assert!(body.contains(part), "{part}\n{}", main_of(body));
    }
}

#[tokio::test]
async fn a_look_up_says_how_each_term_was_met() {
    let server = Server::new();
    for (query, part) in [
        ("%E4%BA%91%E9%87%8F", "<mark>云量</mark>"),
        ("yun+liang", "by pinyin"),
        ("cloud+cover", "<mark>cloud cover</mark>"),
        ("claud+cover", "almost the same"),
    ] {
        let body = server.get(&format!("/terms?q={query}")).await.body;
        check_holds(&body, &[part, "href=\"/concept/1\"", "given in a text"]);
    }
    check_holds(&server.get("/terms?q=zzzz").await.body, &["No term contains that", "/concept/new?q=zzzz"]);
}

#[tokio::test]
async fn terms_are_filtered_by_status_and_subject() {
    let server = Server::new();
    check_holds(&server.get("/terms?status=preferred").await.body, &["No term is like that"]);
    let seen = mark(&server, 1).await;
    server.post("/concept/1/edit", &[("seen", &seen), ("subject", "weather")]).await;
    check_holds(&server.get("/terms?subject=weather&status=candidate").await.body, &["云量", "selected>weather"]);
    check_holds(&server.get("/terms?subject=rivers").await.body, &["No term is like that"]);
    let found = server.get("/api/v1/terms?subject=weather").await.json();
    assert_eq!((&found["total"], &found["concepts"][0]["tier"]), (&1.into(), &"given".into()));
}

#[tokio::test]
async fn a_concept_shows_its_use_and_where_it_was_seen() {
    let server = Server::new();
    let body = server.get("/concept/1").await.body;
    check_holds(&body, &["Renderings over time", "<title>2025: 2</title>", "Ministry of Weather", "in the bitext"]);
    let rendering = term(&server, 1, "cloud cover").await;
    let whole = server.get(&format!("/api/v1/concepts/1?term={rendering}&limit=1")).await.json();
    assert_eq!((&whole["evidence_total"], whole["evidence"].as_array().map(Vec::len)), (&2.into(), Some(1)));
    assert_eq!(whole["usage"][0]["years"]["2025"], 2);
    assert_eq!(whole["evidence"][0]["zh_place"]["boxes"], serde_json::json!([]));
}

#[tokio::test]
async fn fields_are_kept_with_who_and_what_and_can_be_taken_back() {
    let server = Server::new();
    let seen = mark(&server, 1).await;
    let fields = [("seen", seen.as_str()), ("subject", "weather"), ("zh", "天空的云"), ("zh_source", "GB/T 1, 3.1")];
    let kept = server.post("/concept/1/edit", &fields).await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, "/concept/1?said=kept"));
    assert!(kept.header("set-cookie").starts_with("name=Li+Wei;"));
    let body = server.get("/concept/1?said=kept").await.body;
    check_holds(&body, &["Saved.", "weather", "<cite>GB/T 1, 3.1</cite>", "<b>Li Wei</b>", ">weather</ins>"]);
    let edit = server.get("/api/v1/edits?concept=1").await.json()["edits"][0].clone();
    assert_eq!((&edit["by"], &edit["changes"][0]["what"]), (&"Li Wei".into(), &"subject".into()));
    let undo = format!("/edits/{}/undo", edit["id"]);
    let undone = server.post(&undo, &[("concept", "1")]).await;
    assert_eq!(undone.header("location"), "/concept/1?said=undone");
    check_holds(&server.get("/concept/1").await.body, &["天空被云遮蔽的成数", "Redo", "taken back by"]);
    assert_eq!(server.post(&undo, &[]).await.status, StatusCode::CONFLICT);
    let redo = server.get("/api/v1/edits?concept=1").await.json()["edits"][0]["id"].clone();
    server.post(&format!("/edits/{redo}/undo"), &[("concept", "1")]).await;
    check_holds(&server.get("/concept/1").await.body, &["天空的云"]);
}

#[tokio::test]
async fn what_another_changed_meanwhile_is_told_and_not_overwritten() {
    let server = Server::new();
    let seen = mark(&server, 1).await;
    server.post("/concept/1/edit", &[("seen", &seen), ("note", "theirs")]).await;
    let told = server.post("/concept/1/edit", &[("seen", &seen), ("note", "mine")]).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    check_holds(&told.body, &["Another changed this concept", ">theirs</span>", ">mine</textarea>"]);
    let id = term(&server, 1, "cloud cover").await.to_string();
    let late = server.post("/concept/1/status", &[("seen", &seen), ("term", &id), ("status", "rejected")]).await;
    assert_eq!(late.header("location"), "/concept/1?said=changed");
    let whole = server.get("/api/v1/concepts/1").await.json();
    assert_eq!((&whole["note"], &whole["terms"][1]["status"]), (&"theirs".into(), &"candidate".into()));
    let body = serde_json::json!({ "version": seen, "note": "mine" });
    let problem = server.json_of("PUT", "/api/v1/concepts/1", body).await;
    assert_eq!((problem.status, problem.header("content-type")), (StatusCode::CONFLICT, "application/problem+json"));
}

#[tokio::test]
async fn a_designation_is_added_edited_and_rejected() {
    let server = Server::new();
    let seen = mark(&server, 1).await;
    let fields =
        [("text", "cloudiness"), ("language", "en"), ("status", "admitted"), ("variants", "cloudinesses\r\n\r\n")];
    let with_mark = [&fields[..], &[("seen", &seen)]].concat();
    server.post("/concept/1/term", &with_mark).await;
    let twice = server.post("/concept/1/term", &with_mark).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    check_holds(&twice.body, &["in this concept already", "value=\"cloudiness\"", ">cloudinesses</textarea>"]);
    let (id, seen) = (term(&server, 1, "cloudiness").await, mark(&server, 1).await);
    let path = format!("/concept/1/term/{id}");
    check_holds(&server.get(&path).await.body, &["value=\"cloudiness\"", "value=\"admitted\" selected"]);
    let fields =
        [("seen", &*seen), ("text", "cloudiness"), ("language", "en"), ("status", "rejected"), ("note", "of old")];
    server.post(&path, &fields).await;
    check_holds(&server.get("/concept/1").await.body, &["1 rejected", "of old", "usage note", "admitted"]);
    assert_eq!(server.get("/concept/1/term/999").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_concept_is_made_once_unless_it_means_something_else() {
    let server = Server::new();
    let empty = server.post("/concept/new", &[("note", "kept")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    check_holds(&empty.body, &["Write a designation", ">kept</textarea>"]);
    let fields = [("zh_term", "云量"), ("en_term", "data volume in a cloud"), ("status", "preferred")];
    let alike = server.post("/concept/new", &fields).await;
    assert_eq!(alike.status, StatusCode::CONFLICT);
    check_holds(&alike.body, &["href=\"/concept/1\"", "value=\"data volume in a cloud\""]);
    let made = server.post("/concept/new", &[&fields[..], &[("anyway", "1")]].concat()).await;
    assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, "/concept/2?said=made"));
    check_holds(&server.get("/concept/2?ui=zh").await.body, &["data volume in a cloud", "首选"]);
}

#[tokio::test]
async fn concepts_are_merged_after_a_look_at_what_will_be_and_split_again() {
    let server = Server::new();
    server.post("/concept/new", &[("zh_term", "云覆盖"), ("en_term", "cloudage"), ("note", "rare")]).await;
    check_holds(&server.get("/concept/1/merge?q=cloudage").await.body, &["/concept/1/merge?with=2"]);
    let preview = server.get("/concept/1/merge?with=2").await.body;
    check_holds(&preview, &["云覆盖", "cloudage", "the other", "rare"]);
    let (seen, other) = (mark(&server, 1).await, mark(&server, 2).await);
    let merged = server.post("/concept/1/merge", &[("with", "2"), ("seen", &seen), ("seen_other", &other)]).await;
    assert_eq!(merged.header("location"), "/concept/1?said=merged");
    let went = server.get("/concept/2").await;
    assert_eq!((went.status, went.header("location")), (StatusCode::SEE_OTHER, "/concept/1?said=went"));
    let (zh, en) = (term(&server, 1, "云覆盖").await.to_string(), term(&server, 1, "cloudage").await.to_string());
    let seen = mark(&server, 1).await;
    let none = server.post("/concept/1/split", &[("seen", &seen)]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let split = server.post("/concept/1/split", &[("seen", &seen), ("term", &zh), ("term", &en)]).await;
    let made = split.header("location").to_owned();
    assert!(made.starts_with("/concept/") && made.ends_with("?said=split"), "{made}");
    check_holds(&server.get(&made).await.body, &["a concept of its own now", "云覆盖"]);
    check_holds(&server.get("/edits").await.body, &["merged", "split", "made the concept"]);
}

#[tokio::test]
async fn the_api_makes_changes_merges_and_splits() {
    let server = Server::new();
    let terms = serde_json::json!([
        { "text": "云状", "language": "zh", "status": "preferred", "part_of_speech": "noun" },
        { "text": "cloud form", "language": "en", "status": "preferred" },
    ]);
    let made = server.json_of("POST", "/api/v1/concepts?by=Ada", serde_json::json!({ "terms": terms })).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let made = made.json();
    assert_eq!((&made["edit"]["by"], &made["concepts"][0]["id"]), (&"Ada".into(), &2.into()));
    let id = made["concepts"][0]["terms"][1]["id"].as_i64().unwrap();
    let set = server
        .json_of("PUT", &format!("/api/v1/terms/{id}/status"), serde_json::json!({ "status": "deprecated" }))
        .await;
    assert_eq!(set.json()["edit"]["changes"][0]["after"], "deprecated", "{}", set.body);
    let merge = serde_json::json!({ "version": mark(&server, 1).await, "from": [2] });
    let merged = server.json_of("POST", "/api/v1/concepts/1/merge", merge).await.json();
    let split = serde_json::json!({ "version": merged["concepts"][0]["version"], "terms": [id] });
    let split = server.json_of("POST", "/api/v1/concepts/1/split", split).await;
    assert_eq!(split.status, StatusCode::OK, "{}", split.body);
    let undone = server.ask("POST", &format!("/api/v1/edits/{}/undo", split.json()["edit"]["id"]), &[], "").await;
    assert_eq!(undone.json()["deed"], "undo", "{}", undone.body);
    for (method, path, body, status) in [
        ("POST", "/api/v1/concepts", r#"{"terms": []}"#, 400),
        ("POST", "/api/v1/concepts", r#"{"words": []}"#, 422),
        ("PUT", "/api/v1/concepts/1", r#"{"note": "a"}"#, 400),
        ("PUT", "/api/v1/concepts/99", r#"{"version": "a"}"#, 404),
        ("POST", "/api/v1/concepts/1/merge", r#"{"version": "a", "from": [99]}"#, 404),
        ("POST", "/api/v1/edits/999/undo", "", 409),
        ("POST", "/api/v1/batches/x/undo", "", 404),
    ] {
        let answer = server.ask(method, path, &[JSON], body).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{method} {path}");
    }
}
