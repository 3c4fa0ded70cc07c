use super::pages::main_of;
use super::*;
use corpus::edit::Deed;
use corpus::term::{Concept, Status, Term};
use corpus::watch::{ChannelKind, Subject, WatchSettings};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

impl Server {
    async fn send_fields(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.ask("POST", path, &[FORM], &body).await
    }
}

/// The element of the page with this id, from its start to the end of its tag.
#[track_caller]
fn element<'a>(body: &'a str, id: &str) -> &'a str {
    let at = body.find(&format!(" id=\"{id}\"")).unwrap_or_else(|| panic!("no {id} in {body}"));
    let start = body[..at].rfind('<').unwrap();
    &body[start..start + body[start..].find('>').unwrap()]
}

/// A form that is sent, and what its page says is wrong: each element, and a part of what is said of it.
async fn check_faults(path: &str, fields: &[(&str, &str)], faults: &[(&str, &str)]) {
    let answer = Server::new().send_fields(path, fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
    let body = main_of(&answer.body);
    for (id, told) in faults {
        let said = element(body, id);
        assert!(said.contains(&format!("{id}-fault")), "{id} is not described: {said}");
        let fault = &body[body.find(&format!("id=\"{id}-fault\"")).unwrap()..];
        assert!(fault[..fault.find("</p>").unwrap()].contains(told), "{id}: {body}");
        assert!(body.contains(&format!("<li><a href=\"#{id}\">")), "the summary leads to {id}: {body}");
    }
    assert_eq!(body.matches("class=\"fault\"").count(), faults.len(), "{body}");
}

#[tokio::test]
async fn a_form_that_fails_says_which_field() {
    check_faults("/watches", &[("kind", "query"), ("query", " ")], &[("query", "Type what to watch for")]).await;
    check_faults("/watches/try", &[("kind", "standard"), ("standard", "rain")], &[("standard", "no number")]).await;
    check_faults("/watches", &[("kind", "concept"), ("concept", "lantern")], &[("concept", "no term “lantern”")]).await;
    check_faults("/watches", &[("kind", "concept"), ("concept", "#99")], &[("concept", "no concept 99")]).await;
    check_faults("/watches", &[("kind", "topic"), ("topic", "")], &[("topic", "Choose a topic")]).await;
    let renderings = [("kind", "rendering"), ("rendering", "*"), ("lang", "zh")];
    check_faults("/watches", &renderings, &[("documents", "for all documents")]).await;
    check_faults(
        "/watches",
        &[
            ("kind", "query"),
            ("query", ""),
            ("name", &"a".repeat(300)),
            ("mail", ""),
            ("mail", "nobody"),
            ("webhook", "https://me:hidden@example.org/"),
        ],
        &[
            ("query", "Type what"),
            ("name", "The name is longer than 200 characters. Shorten it."),
            ("mail-1", "no mail address"),
            ("webhook-0", "must not hold a user name"),
        ],
    )
    .await;
}

#[tokio::test]
async fn a_form_that_fails_keeps_what_was_typed() {
    let fields = [
        ("kind", "issuer"),
        ("issuer", ""),
        ("query", "left here"),
        ("name", "My \"name\""),
        ("note", "two\r\nlines"),
        ("lang", "zh"),
        ("doc", "plan"),
        ("schedule", "weekly"),
        ("mail", "keeper@example.org"),
        ("webhook", "https://example.org/hook"),
        ("paused", "1"),
    ];
    let body = Server::new().send_fields("/watches", &fields).await.body;
    let body = main_of(&body);
    for kept in [
        "value=\"issuer\" checked",
        "value=\"left here\"",
        "value=\"My &#34;name&#34;\"",
        "two\nlines</textarea>",
        "value=\"zh\" checked",
        "value=\"plan\" checked",
        "value=\"weekly\" checked",
        "value=\"keeper@example.org\"",
        "value=\"https://example.org/hook\"",
        "name=\"paused\" value=\"1\" checked",
    ] {
        assert!(body.contains(kept), "{kept}: {body}");
    }
}

#[tokio::test]
async fn a_watch_made_by_the_form_is_what_the_api_gives() {
    let server = Server::new();
    let fields = [
        ("kind", "concept"),
        ("concept", "Cloud Cover"),
        ("name", "Clouds"),
        ("note", "for the report"),
        ("lang", "en"),
        ("doc", "notice"),
        ("doc", "plan"),
        ("schedule", "daily"),
        ("mail", "keeper@example.org"),
        ("mail", ""),
        ("paused", "1"),
    ];
    let made = server.send_fields("/watches", &fields).await;
    assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, "/watches/2?said=made"));
    let watch = server.get("/api/v1/watches/2").await.json();
    assert_eq!(watch["subject"], serde_json::json!({"kind": "concept", "value": "1"}));
    assert_eq!((&watch["name"], &watch["note"]), (&"Clouds".into(), &"for the report".into()));
    assert_eq!(watch["languages"], serde_json::json!(["en"]));
    assert_eq!(watch["kinds"], serde_json::json!(["notice", "plan"]));
    assert_eq!((&watch["schedule"], &watch["paused"]), (&"daily".into(), &true.into()));
    assert_eq!(watch["channels"][0]["target"], "keeper@example.org");

    let page = server.get("/watches/2").await.body;
    assert!(page.contains("href=\"/concept/1\"") && page.contains("keeper@example.org"), "{page}");
    assert!(page.contains("rel=\"alternate\" type=\"application/atom+xml\" href=\"/watch/2/feed.atom\""), "{page}");
    let form = server.get("/watches/2/edit").await.body;
    assert!(
        form.contains("value=\"云量 · cloud cover\"") && form.contains("name=\"concept_id\" value=\"1\""),
        "{form}"
    );

    let kept =
        server.send_fields("/watches/2/edit", &[("kind", "query"), ("query", "云量"), ("schedule", "weekly")]).await;
    assert_eq!(kept.header("location"), "/watches/2?said=saved");
    let watch = server.get("/api/v1/watches/2").await.json();
    assert_eq!((&watch["query"], &watch["name"]), (&"云量".into(), &"".into()));
    assert_eq!((&watch["paused"], watch["channels"].as_array().map(Vec::len)), (&false.into(), Some(0)));
}

#[tokio::test]
async fn a_term_of_several_concepts_is_asked_about() {
    let server = Server::with(|store| {
        fill(store);
        let term = |text| Term::new(text, Language::En, Status::Preferred);
        for other in ["overcast", "shade"] {
            let concept = Concept { terms: vec![term("cloud deck"), term(other)], ..Concept::default() };
            store.edit(&Deed::Create { concept }, "tester", NOW).unwrap();
        }
    });
    let fields = [("kind", "concept"), ("concept", "cloud deck")];
    let asked = server.send_fields("/watches", &fields).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ids: Vec<&str> =
        asked.body.split("name=\"concept_id\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.len(), 2, "{}", asked.body);
    let chosen = [fields[0], fields[1], ("concept_was", "cloud deck"), ("concept_id", ids[1])];
    assert_eq!(server.send_fields("/watches", &chosen).await.status, StatusCode::SEE_OTHER);
    assert_eq!(server.get("/api/v1/watches/2").await.json()["subject"]["value"], ids[1]);
}

#[tokio::test]
async fn a_trial_shows_what_would_have_been_found_and_saves_nothing() {
    let server = Server::new();
    let fields = [("kind", "query"), ("query", "云量"), ("since", "2025")];
    let tried = server.send_fields("/watches/try", &fields).await;
    assert_eq!(tried.status, StatusCode::OK);
    let body = main_of(&tried.body);
    assert!(body.contains("It would have met 2 documents since 2025, and 2 documents in all."), "{body}");
    assert!(body.contains("href=\"/document/1\""), "{body}");
    assert!(body.contains("<mark>云量</mark>") && body.contains("cloud cover"), "{body}");
    assert!(body.contains("Understood as"), "{body}");
    assert_eq!(server.get("/api/v1/watches").await.json()["watches"].as_array().unwrap().len(), 1);

    let row = server.send_fields("/watches/try", &[fields[0], fields[1], ("mail", ""), ("more", "mail")]).await.body;
    assert!(row.contains("id=\"mail-1\"") && !row.contains("id=\"tried\""), "{row}");
}

#[tokio::test]
async fn a_secret_is_shown_once() {
    let server = Server::new();
    let fields = [("kind", "query"), ("query", "rain"), ("webhook", "https://example.org/hook")];
    let saved = server.send_fields("/watches", &fields).await;
    assert_eq!((saved.status, saved.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(saved.body.contains("whsec_"), "{}", saved.body);
    for path in ["/watches", "/watches/2", "/watches/2/edit"] {
        assert!(!server.get(path).await.body.contains("whsec_"), "{path}");
    }
    let again = server.send_fields("/watches/2/edit", &fields).await;
    assert_eq!(again.header("location"), "/watches/2?said=saved");
    // Where the address leads beyond its host may be a secret too.
    assert!(!server.get("/watches/2").await.body.contains("example.org/hook"));
}

#[tokio::test]
async fn a_watch_is_removed_only_after_a_question() {
    let server = Server::new();
    let list = server.get("/watches").await.body;
    assert!(list.contains("href=\"/watches/1/remove\"") && !list.contains("action=\"/watches/1/remove\""), "{list}");
    let asked = server.get("/watches/1/remove").await;
    assert!(asked.body.contains("With it go 1 alert (1 new). Nothing waits to be delivered."), "{}", asked.body);
    assert_eq!(server.get("/watches/1").await.status, StatusCode::OK);
    assert_eq!(server.send_fields("/watches/1/remove", &[]).await.header("location"), "/watches?said=removed");
    for path in ["/watches/1", "/watches/1/remove", "/watches/1/edit"] {
        assert_eq!(server.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_watch_rests_and_goes_on() {
    let server = Server::new();
    let paused = server.send_fields("/watches/1/pause", &[("list", "1"), ("q", "云")]).await;
    assert_eq!(paused.header("location"), "/watches?q=%E4%BA%91&said=paused#w1");
    assert!(server.get("/watches").await.body.contains("action=\"/watches/1/resume\""));
    assert_eq!(server.send_fields("/watches/1/resume", &[]).await.header("location"), "/watches/1?said=resumed");
    assert_eq!(server.send_fields("/watches/99/pause", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn markup_in_what_a_person_says_is_text() {
    let markup = "<script>alert(1)</script>\"'";
    let server = Server::new();
    let fields = [("kind", "query"), ("query", "<b>rain</b>"), ("name", markup), ("note", "</textarea><script>")];
    assert_eq!(server.send_fields("/watches", &fields).await.status, StatusCode::SEE_OTHER);
    let encoded: String = form_urlencoded::byte_serialize(markup.as_bytes()).collect();
    let prefilled = format!("/watches/new?kind=query&value={encoded}&name={encoded}");
    for path in ["/watches", "/watches/2", "/watches/2/edit", "/watches/2/remove", "/watches?q=%3Cscript", &prefilled] {
        let body = server.get(path).await.body;
        assert!(!body.contains("<script") && !body.contains("<b>rain"), "{path}: {body}");
    }
}

#[tokio::test]
async fn many_watches_are_paged_and_found_by_text() {
    let server = Server::with(|store| {
        for number in 0..120 {
            let name = format!("Watch {number}");
            let channels = vec![ChannelKind::Mail { address: format!("reader{number}@example.org") }];
            let subject = Subject::Query(format!("rain{number}"));
            store.add_watch(WatchSettings { name, channels, ..subject.into() }, NOW).unwrap();
        }
        store.add_watch(WatchSettings::from(Subject::Issuer("MIIT".to_owned())), NOW).unwrap();
    });
    let first = server.get("/watches").await.body;
    assert_eq!(first.matches("<li id=\"w").count(), 50);
    assert!(first.contains("href=\"/watches?page=2\"") && first.contains("Watch 119"), "{first}");
    let found = server.get("/watches?q=reader77%40").await.body;
    assert!(found.contains("Watch 77") && found.matches("<li id=\"w").count() == 1, "{found}");
    let issuer = server.get("/watches?q=%E5%B7%A5%E4%BF%A1%E9%83%A8").await.body;
    assert_eq!(issuer.matches("<li id=\"w").count(), 1, "{issuer}");
    assert!(server.get("/watches?q=nothing").await.body.contains("No watch holds that"));
}

#[tokio::test]
async fn other_pages_lead_to_the_form() {
    let server = Server::new();
    for (path, link) in [
        ("/search?q=%E4%BA%91%E9%87%8F&lang=zh", "/watches/new?kind=query&#38;value=%E4%BA%91%E9%87%8F&#38;lang=zh"),
        ("/concept/1", "/watches/new?kind=concept&amp;value=1"),
        ("/document/1", "/watches/new?kind=issuer&#38;value=MOW"),
    ] {
        let body = server.get(path).await.body;
        assert!(body.contains(link), "{path}: {body}");
    }
    let form = server.get("/watches/new?kind=concept&value=1").await.body;
    assert!(form.contains("value=\"concept\" checked") && form.contains("href=\"/concept/1\""), "{form}");
}

/// The words of a page without its markup and what is typed, found or named.
fn words(body: &str) -> String {
    let mut text = String::new();
    let mut rest = body;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        text.push(' ');
        let end = rest[start..].find('>').unwrap() + start + 1;
        rest = &rest[end..];
    }
    text + rest
}

#[tokio::test]
async fn the_chinese_pages_have_chinese_words() {
    let server = Server::new();
    let webhook = [("kind", "query"), ("query", "云"), ("webhook", "https://example.org/hook")];
    let zh = ("cookie", "ui=zh");
    let mut pages = Vec::new();
    for path in ["/watches", "/watches/new", "/watches/1", "/watches/1/edit", "/watches/1/remove"] {
        pages.push(server.get_with(path, &[zh]).await.body);
    }
    let send = |path: &'static str, fields: &[(&str, &str)]| {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let server = &server;
        async move { server.ask("POST", path, &[FORM, zh], &body).await.body }
    };
    pages.push(send("/watches/try", &webhook).await);
    pages.push(send("/watches/try", &[("kind", "standard"), ("standard", "云"), ("mail", "nobody")]).await);
    pages.push(send("/watches", &webhook).await);
    pages.push(Server::empty().get_with("/watches", &[zh]).await.body);
    // Names of things, and examples of what can be typed.
    let known = "Policyglot Webhook Webhooks Standard Atom JSON English GB T ISO IEC MIIT OR AND embodied AI cloud cover \
                 Notice on Observing Cloud Cover shall be observed daily in all localities Ministry of Weather https \
                 example org hook webhook id timestamp signature whsec a keeper";
    let known: Vec<&str> = known.split_whitespace().collect();
    for page in pages {
        let text = words(main_of(&page));
        let secretless =
            text.split_whitespace().filter(|word| !word.starts_with("whsec_")).collect::<Vec<_>>().join(" ");
        let latin = secretless.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
        let strange: Vec<&str> = latin.filter(|word| !known.contains(word)).collect();
        assert_eq!(strange, Vec::<&str>::new(), "{text}");
    }
}
