use corpus::bitext::{WordLink, WordPlace};

use super::*;

const FORM: &[(&str, &str)] =
    &[("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

/// The small store with words linked in the second bead, the last English sentence alone, and a sentence that a reader
/// put to its fellow.
fn aligned(store: &mut Store) {
    fill(store);
    let bead =
        |zh: &[usize], en: &[usize], score| Bead { zh: zh.to_vec(), en: en.to_vec(), score, made_by: MadeBy::Aligner };
    let beads = [bead(&[0], &[0], 0.9), bead(&[1], &[1], 0.1), bead(&[2, 3], &[2], 0.8), bead(&[], &[3], 0.0)];
    let place = |sentence, range| WordPlace { sentence, range };
    let link = |zh, en| WordLink { zh: place(1, zh), en: place(1, en), score: 0.75 };
    // 各地应当每日观测云量。 / Cloud cover shall be observed daily in all localities.
    let links = [link(0..6, 43..53), link(18..24, 21..29), link(24..30, 0..5), link(24..30, 6..11)];
    let links = [Vec::new(), links.to_vec(), Vec::new(), Vec::new()];
    let sighting = Sighting { kind: EvidenceKind::Bead, zh_sentence: Some(1), en_sentence: Some(1) };
    let term = TermPair {
        zh: "云量".to_owned(),
        en: "cloud cover".to_owned(),
        confidence: 0.87,
        definition: None,
        definition_source: None,
        sightings: vec![sighting],
    };
    let alignment = Alignment { beads: &beads, links: &links, words: &[], terms: &[term], corrections: &[] };
    assert!(store.put_alignment(1, &alignment).unwrap());
    store.settle_candidates().unwrap();
}

/// The beads as the API gives them, `zh:en` with the maker's initial.
async fn beads(server: &Server) -> String {
    let whole = server.get("/api/v1/bitexts/1").await.json();
    let list = |side: &serde_json::Value| {
        let sentences = side.as_array().unwrap().iter();
        sentences.map(|sentence| sentence["sentence"].to_string()).collect::<Vec<_>>().join(",")
    };
    let bead = |bead: &serde_json::Value| {
        let maker = &bead["made_by"].as_str().unwrap()[..1];
        format!("{}:{}{}", list(&bead["zh"]), list(&bead["en"]), if maker == "r" { "r" } else { "" })
    };
    whole["beads"].as_array().unwrap().iter().map(bead).collect::<Vec<_>>().join(" ")
}

/// Posts a form and gives where it leads.
async fn post(server: &Server, form: &str) -> String {
    let answer = server.ask("POST", "/bitext/1/correct", FORM, form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{form}: {}", answer.body);
    answer.header("location").to_owned()
}

#[tokio::test]
async fn a_bitext_is_shown_with_its_beads() {
    let answer = Server::with(aligned).get("/bitext/1").await;
    assert_eq!(answer.status, StatusCode::OK);
    insta::assert_snapshot!(pages::main_of(&answer.body));
}

#[tokio::test]
async fn a_bead_is_shown_with_its_links_and_its_neighbours() {
    let answer = Server::with(aligned).get("/bitext/1/bead?zh=1&ui=zh").await;
    assert_eq!(answer.status, StatusCode::OK);
    insta::assert_snapshot!(pages::main_of(&answer.body));
}

#[tokio::test]
async fn words_of_a_group_light_up_together() {
    let style = Server::empty().get("/style.css").await.body;
    for rule in [".bead:has(.l0:is(:hover, :focus)) .l0", ".bead:has(.l79:is(:hover, :focus)) .l79 {"] {
        assert!(style.contains(rule), "{rule}");
    }
}

#[tokio::test]
async fn doubtful_beads_can_be_seen_alone() {
    let body = Server::with(aligned).get("/bitext/1?only=doubtful").await.body;
    assert_eq!(body.matches("class=\"bead ").count(), 1, "{body}");
    assert!(body.contains(">doubtful</span>") && body.contains("observed"));
    assert!(!body.contains("value=\"merge\""), "the next bead is not in sight");
    let none = Server::with(|store| {
        aligned(store);
        let right = Bead { zh: vec![1], en: vec![1], score: 1.0, made_by: MadeBy::Reader };
        store.correct_beads(1, &[right], NOW).unwrap();
    });
    assert!(none.get("/bitext/1?only=doubtful").await.body.contains("No bead is doubtful."));
}

#[tokio::test]
async fn a_place_is_found() {
    let server = Server::with(aligned);
    for (path, place) in [
        ("/bitext/1?zh=3", "/bitext/1#b2"),
        ("/bitext/1?en=3", "/bitext/1#b3"),
        ("/bitext/1?bead=1", "/bitext/1#b1"),
        ("/bitext/1?side=en&page=2", "/bitext/1#b2"),
        ("/bitext/1?zh=0&only=doubtful", "/bitext/1?only=doubtful#b1"),
        ("/document/1/bitext", "/bitext/1"),
        ("/document/2/bitext?sentence=3", "/bitext/1?en=3"),
        ("/document/1/bitext?block=2", "/bitext/1?zh=2"),
    ] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, place), "{path}");
    }
}

#[tokio::test]
async fn what_is_missing_is_a_page() {
    let server = Server::with(aligned);
    for (path, heading) in [
        ("/bitext/9", "There is no such bitext"),
        ("/bitext/x", "There is no such bitext"),
        ("/bitext/9/tmx", "There is no such bitext"),
        ("/document/3/bitext", "There is no such bitext"),
        ("/bitext/1?zh=99", "There is no such bead"),
        ("/bitext/1?page=9", "There is no such bead"),
        ("/bitext/1/bead?en=99", "There is no such bead"),
        ("/bitext/1/bead", "There is no such bead"),
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains(&format!("<h1>{heading}</h1>")), "{path}");
    }
    for path in ["/bitext/1?part=99", "/bitext/1?part=x", "/bitext/1?said=%3Cb%3E", "/bitexts?least=x&page=0"] {
        assert_eq!(server.get(path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn all_bitexts_are_listed_and_filtered() {
    let server = Server::with(aligned);
    let all = server.get("/bitexts").await.body;
    for part in ["1 bitext<", "关于观测云量的通知", "the same document number", "90%", "only=doubtful"] {
        assert!(all.contains(part), "{part}: {all}");
    }
    assert!(server.get("/bitexts?least=95").await.body.contains("No bitext is as sure as that."));
    assert!(Server::empty().get("/bitexts").await.body.contains("There are no bitexts yet"));
    assert!(server.get("/documents").await.body.contains("href=\"/bitexts\""));
    assert!(server.get("/document/1").await.body.contains("href=\"/bitext/1\""));
    assert!(server.get("/concept/1").await.body.contains("href=\"/document/1/bitext?sentence=1\""));
    assert!(server.get("/search?q=localities").await.body.contains("href=\"/document/2/bitext?block=1\""));
}

#[tokio::test]
async fn a_reader_corrects_beads_and_takes_it_back() {
    let server = Server::with(aligned);
    assert_eq!(beads(&server).await, "0:0 1:1 2,3:2 :3");
    assert_eq!(post(&server, "do=confirm&seen=1:1&only=doubtful").await, "/bitext/1?zh=1&only=doubtful&said=kept");
    assert!(beads(&server).await.contains("1:1r"));
    assert!(server.get("/bitext/1?said=kept").await.body.contains("role=\"status\">Kept."));
    assert_eq!(post(&server, "do=undo&seen=1:1").await, "/bitext/1?zh=1&said=undone");
    assert!(!beads(&server).await.contains('r'));
}

#[tokio::test]
async fn sentences_are_put_together_otherwise() {
    for (form, made) in [
        ("do=merge&seen=0:0&next=1:1", "0,1:0,1r"),
        ("do=merge_before&seen=1:1&before=0:0", "0,1:0,1r"),
        ("do=split&seen=2,3:2&zh=1&en=1", "2:2r"),
        ("do=arrange&seen=2,3:2+:3&zh=A&zh=C&en=A&en=C", "2:2r 3:3r"),
    ] {
        let server = Server::with(aligned);
        let place = post(&server, form).await;
        assert!(place.ends_with("said=kept"), "{form}: {place}");
        assert!(beads(&server).await.contains(made), "{form}: {}", beads(&server).await);
    }
}

#[tokio::test]
async fn a_form_that_is_out_of_date_changes_nothing() {
    let server = Server::with(aligned);
    let before = beads(&server).await;
    for form in ["do=confirm&seen=1:1,2", "do=merge&seen=0:0&next=2:2", "do=undo&seen=7:7"] {
        assert!(post(&server, form).await.ends_with("said=changed"), "{form}");
    }
    assert!(post(&server, "do=arrange&seen=0:0+1:1&zh=A&zh=B&en=A&en=B").await.ends_with("said=same"));
    assert_eq!(beads(&server).await, before);
    assert!(server.get("/bitext/1?said=changed&ui=zh").await.body.contains("未作任何更改"));
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_a_reason() {
    let server = Server::with(aligned);
    let before = beads(&server).await;
    for (form, status, reason) in [
        ("", 400, "The form came incomplete"),
        ("do=confirm", 400, "The form came incomplete"),
        ("do=confirm&seen=x", 400, "The form came incomplete"),
        ("do=away&seen=1:1", 400, "The form came incomplete"),
        ("do=split&seen=2,3:2&zh=9&en=0", 400, "at least one sentence"),
        ("do=split&seen=2,3:2&zh=0&en=0", 400, "at least one sentence"),
        ("do=arrange&seen=0:0+1:1&zh=A&zh=B&en=B&en=A", 400, "in the same order on both sides"),
        ("do=undo&seen=1:1", 404, "No reader has made that bead"),
    ] {
        let answer = server.ask("POST", "/bitext/1/correct", FORM, form).await;
        assert_eq!(answer.status.as_u16(), status, "{form}");
        assert!(answer.body.contains(reason), "{form}: {}", answer.body);
    }
    assert_eq!(server.ask("POST", "/bitext/9/correct", FORM, "do=confirm&seen=1:1").await.status, 404);
    assert_eq!(beads(&server).await, before);
}

#[tokio::test]
async fn another_site_corrects_nothing() {
    let server = Server::with(aligned);
    let before = beads(&server).await;
    let site = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "cross-site")];
    let answer = server.ask("POST", "/bitext/1/correct", &site, "do=confirm&seen=1:1").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    for method in ["PUT", "DELETE"] {
        let answer = server.ask(method, "/api/v1/bitexts/1/beads?zh=1", &site, "{}").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method}");
    }
    assert_eq!(beads(&server).await, before);
}

#[tokio::test]
async fn the_api_gives_bitexts_stretch_by_stretch() {
    let server = Server::with(aligned);
    let list = server.get("/api/v1/bitexts").await.json();
    let first = &list["bitexts"][0];
    assert_eq!((&first["id"], &first["paired_by"], &first["doubtful"]), (&1.into(), &"number".into(), &1.into()));
    assert_eq!((&first["one_sided"], &first["zh"]["id"], &list["next"]), (&1.into(), &1.into(), &().into()));
    for none in ["/api/v1/bitexts?after=1", "/api/v1/bitexts?least=0.95"] {
        assert_eq!(server.get(none).await.json()["bitexts"], serde_json::json!([]), "{none}");
    }
    let part = server.get("/api/v1/bitexts/1?limit=3").await.json();
    assert_eq!((part["beads"].as_array().unwrap().len(), &part["next"]), (3, &"2".into()));
    let rest = server.get("/api/v1/bitexts/1?limit=3&after=2").await.json();
    assert_eq!((&rest["beads"][0]["ord"], &rest["next"]), (&3.into(), &().into()));
    assert_eq!(server.get("/api/v1/bitexts/1?only=doubtful").await.json()["beads"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_api_gives_links_by_bytes_and_by_characters() {
    let whole = Server::with(aligned).get("/api/v1/bitexts/1").await.json();
    let link = &whole["beads"][1]["links"][1];
    let zh = serde_json::json!({ "sentence": 1, "bytes": [18, 24], "characters": [6, 8], "text": "观测" });
    let en = serde_json::json!({ "sentence": 1, "bytes": [21, 29], "characters": [21, 29], "text": "observed" });
    assert_eq!((&link["zh"], &link["en"], &link["score"]), (&zh, &en, &0.75.into()));
}

#[tokio::test]
async fn a_program_corrects_beads() {
    let server = Server::with(aligned);
    let path = "/api/v1/bitexts/1/beads";
    let body = r#"{"seen": [{"zh": [0], "en": [0]}, {"zh": [1], "en": [1]}], "beads": [{"zh": [0, 1], "en": [0, 1]}]}"#;
    let made = server.ask("PUT", path, JSON, body).await;
    assert_eq!((made.status, &made.json()["beads"][0]["made_by"]), (StatusCode::OK, &"reader".into()), "{}", made.body);
    assert!(beads(&server).await.contains("0,1:0,1r"));
    for (method, path, body, status) in [
        ("PUT", path, body, 409),
        ("PUT", path, r#"{"seen": [], "beads": []}"#, 400),
        ("PUT", path, r#"{"seen": [{"zh": [0, 1], "en": [0, 1]}], "beads": [{"zh": [0], "en": [0]}]}"#, 400),
        ("PUT", path, r#"{"seen": []}"#, 422),
        ("PUT", "/api/v1/bitexts/9/beads", body, 404),
        ("DELETE", path, "", 400),
        ("DELETE", "/api/v1/bitexts/1/beads?zh=2", "", 404),
        ("DELETE", "/api/v1/bitexts/1/beads?zh=99", "", 404),
        ("DELETE", "/api/v1/bitexts/1/beads?zh=1", "", 204),
        ("GET", "/api/v1/bitexts/9", "", 404),
        ("GET", "/api/v1/bitexts/1?limit=many", "", 400),
    ] {
        let answer = server.ask(method, path, JSON, body).await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path} {body}: {}", answer.body);
        if status >= 400 {
            assert_eq!(answer.header("content-type"), "application/problem+json", "{method} {path}");
        }
    }
    assert!(!beads(&server).await.contains('r'));
}

#[tokio::test]
async fn a_bitext_is_a_translation_memory() {
    let server = Server::with(aligned);
    for path in ["/bitext/1/tmx", "/api/v1/bitexts/1/tmx"] {
        let answer = server.get(path).await;
        assert_eq!(answer.header("content-type"), "application/x-tmx+xml; charset=utf-8");
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"bitext-1.tmx\"");
        assert!(answer.body.contains("<tmx") && !answer.body.contains("各地应当"), "{}", answer.body);
    }
    assert!(server.get("/bitext/1/tmx?doubtful=1").await.body.contains("各地应当每日观测云量。"));
}
