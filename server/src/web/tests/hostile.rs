//! Documents, terms and watches full of markup: on every page and in every file, what others wrote is text.

use corpus::document::Warning;
use corpus::facts::Gloss;

use super::access::routes;
use super::*;

/// What must never come out as it went in: it would end an attribute, or be an element.
const MARKUP: &str = "<xss a=\"1\" b='2'>&amp;灯塔]]></script>";
/// What a name must not do to a header, or to the text beside it.
const NAME: &str = "a\r\nX-Set: 1\"\u{202e}fdp.<xss>.html";

fn hostile_facts() -> Facts {
    let markup = || MARKUP.to_owned();
    let agency = || Agency {
        id: String::new(),
        name_en: Some(markup()),
        name_zh: Some(markup()),
        abbreviations: vec![markup()],
    };
    Facts {
        title: Some(markup()),
        title_translated: Some(markup()),
        kind: Some(DocumentKind::Notice),
        document_number: Some(markup()),
        issuers: vec![agency()],
        agencies: vec![agency()],
        dates: vec![DatedFact { kind: DateKind::Issued, date: "2025-03-01".to_owned(), sentence: markup(), page: 1 }],
        standards: vec![markup()],
        committees: vec![markup()],
        glosses: vec![Gloss {
            zh: markup(),
            en: markup(),
            note: Some(markup()),
            sentence: markup(),
            ..Gloss::default()
        }],
        definitions: vec![Definition {
            clause: Some(markup()),
            zh: Some(markup()),
            en: Some(markup()),
            definition: markup(),
            page: 1,
            ..Definition::default()
        }],
        targets: vec![Target {
            by: Some(2027),
            min: Some(7.0),
            unit: Some(markup()),
            what: markup(),
            sentence: markup(),
            page: 1,
            ..Target::default()
        }],
        source_urls: vec!["javascript:alert(1)".to_owned(), markup()],
        translator: Some(markup()),
        editor: Some(markup()),
        source: Some(markup()),
        ..Facts::default()
    }
}

fn fill_with_markup(store: &mut Store) {
    let heading = format!("# {MARKUP}");
    let lines = [heading.as_str(), MARKUP, heading.as_str(), "灯塔 lighthouse <xss>\ta=\"1\""];
    let mut zh = document(NAME, Language::Zh, &lines, hostile_facts());
    zh.warnings = vec![Warning { page: Some(1), message: MARKUP.to_owned() }];
    let mut en = document(&format!("{NAME}.en"), Language::En, &lines, hostile_facts());
    en.source = MARKUP.to_owned();
    let added = store.add_documents(&[zh.clone(), en], false, NOW).unwrap();
    let [Added::New(zh_id), Added::New(en_id)] = added[..] else { panic!("not new") };
    store.keep_file(&zh.hash, b"<html><xss a=\"1\"><script>alert(1)</script>").unwrap();
    let bead = |side: usize| Bead { zh: vec![side], en: vec![side], score: 0.5, made_by: MadeBy::Aligner };
    let bitext = store.put_bitext(zh_id, en_id, PairedBy::Number, 0.9, &[]).unwrap();
    let pair = |zh: &str, en: &str| TermPair {
        zh: zh.to_owned(),
        en: en.to_owned(),
        confidence: 0.87,
        definition: Some(MARKUP.to_owned()),
        definition_source: Some(MARKUP.to_owned()),
        sightings: vec![Sighting { kind: EvidenceKind::Gloss, zh_sentence: Some(1), en_sentence: Some(1) }],
    };
    let terms = [pair("灯塔<xss a=\"1\">", "lighthouse<xss a=\"1\">"), pair("灯塔<xss a=\"1\">", "light")];
    let alignment = Alignment {
        beads: &[bead(0), bead(1), bead(2), bead(3)],
        links: &[],
        words: &[],
        terms: &terms,
        corrections: &[],
    };
    assert!(store.put_alignment(bitext, &alignment).unwrap());
    store.settle_candidates().unwrap();
    let watch = store
        .add_watch(
            corpus::watch::WatchSettings { name: MARKUP.to_owned(), note: MARKUP.to_owned(), ..MARKUP.into() },
            NOW,
        )
        .unwrap();
    let atoms = vec!["<xss a=\"1\"".to_owned(), MARKUP.to_owned()];
    let found = WatchMatch { watch: watch.id, atoms, sentence: 1, ..WatchMatch::default() };
    store.record_watched(zh_id, &[found], NOW).unwrap();
    store.add_token(MARKUP, corpus::access::Role::Admin, &corpus::access::SecretHash::of("x"), None, NOW).unwrap();
}

/// A server with that, where somebody also wrote markup into the termbase and removed some of it.
async fn server() -> Server {
    let server = Server::with(fill_with_markup);
    let term = |language: &str, text: &str| {
        let text = format!("{text} {MARKUP}");
        serde_json::json!({
            "text": text, "language": language, "status": "preferred", "note": MARKUP, "region": MARKUP,
            "source": MARKUP, "variants": [MARKUP],
        })
    };
    let definition = serde_json::json!({ "language": "zh", "text": MARKUP, "source": MARKUP });
    let concept = serde_json::json!({
        "subject": MARKUP, "note": MARKUP, "definitions": [definition],
        "terms": [term("zh", "灯塔"), term("en", "beacon")],
    });
    let by = form_urlencoded::byte_serialize(MARKUP.as_bytes()).collect::<String>();
    let path = format!("/api/v1/concepts?by={by}");
    let json = [("content-type", "application/json")];
    let made = server.ask("POST", &path, &json, &concept.to_string()).await;
    assert!(made.status.is_success() || made.status == StatusCode::BAD_REQUEST, "{}", made.body);
    server
}

/// The addresses of a route over the small numbers that the store has given.
fn addresses(route: &str) -> Vec<String> {
    let numbers = if route.contains('{') { 1..=3 } else { 1..=1 };
    numbers
        .map(|number: u32| {
            let part = |part: &str| if part.starts_with('{') { number.to_string() } else { part.to_owned() };
            route.split('/').map(part).collect::<Vec<_>>().join("/")
        })
        .collect()
}

/// Queries that bring markup of their own, and such as lead to more of what is stored.
fn queries() -> Vec<String> {
    let mut own = form_urlencoded::Serializer::new(String::new());
    for name in [
        "q", "query", "name", "value", "text", "to", "holds", "issuer", "kind", "unit", "order", "format", "by",
        "since",
    ] {
        own.append_pair(name, MARKUP);
    }
    let found = "q=%E7%81%AF%E5%A1%94&kind=query&value=%E7%81%AF%E5%A1%94&document=1&block=1&seen=all&watch=1";
    vec![String::new(), own.finish(), found.to_owned(), format!("{found}&ui=zh")]
}

fn check_body(address: &str, answer: &Answer) {
    let kind = answer.header("content-type");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
    let raw: &[&str] = match kind {
        kind if kind.contains("html") => &["<xss", "a=\"1\"", "b='2'", "]]></script>", "href=\"javascript:"],
        // Between elements, quotes are text; that no attribute is ended by one is seen below.
        kind if kind.contains("xml") => &["<xss", "</script>"],
        _ => &[],
    };
    for raw in raw {
        assert!(!answer.body.contains(raw), "{address} ({kind}) has {raw}:\n{}", answer.body);
    }
    if kind.contains("xml") {
        let mut reader = quick_xml::Reader::from_str(&answer.body);
        loop {
            match reader.read_event() {
                Ok(quick_xml::events::Event::Eof) => break,
                Ok(quick_xml::events::Event::Start(element) | quick_xml::events::Event::Empty(element)) => {
                    assert!(element.attributes().all(|attribute| attribute.is_ok()), "{address}: {element:?}");
                }
                Ok(_) => (),
                Err(error) => panic!("{address} is not well formed: {error}\n{}", answer.body),
            }
        }
    }
}

fn check_headers(address: &str, answer: &Answer) {
    assert!(!answer.headers.contains_key("x-set"), "{address}");
    for (name, value) in &answer.headers {
        let plain = value.as_bytes().iter().all(|byte| (b' '..=b'~').contains(byte));
        assert!(plain, "{address}: {name}: {value:?}");
    }
    let disposition = answer.header("content-disposition");
    assert_eq!(disposition.matches('"').count() % 2, 0, "{address}: {disposition}");
    assert!(
        !disposition.contains("%E2%80%AE") && !disposition.contains("%0D") && !disposition.contains('<'),
        "{address}: {disposition}"
    );
}

#[tokio::test]
async fn every_page_shows_markup_of_others_as_text() {
    let server = server().await;
    let mut shown = 0;
    for route in routes() {
        if route.ends_with("/stream") || route.ends_with("/events") {
            continue;
        }
        for path in addresses(&route) {
            for query in queries() {
                let address = format!("{path}?{query}");
                let answer = server.get(&address).await;
                assert!(answer.status != StatusCode::INTERNAL_SERVER_ERROR, "{address}: {}", answer.body);
                check_headers(&address, &answer);
                check_body(&address, &answer);
                shown += usize::from(answer.body.contains("&#60;xss") || answer.body.contains("&lt;xss"));
            }
        }
    }
    assert!(shown > 60, "{shown} pages showed it at all");
}

#[tokio::test]
async fn every_file_that_is_handed_over_holds_markup_of_others_as_text() {
    let server = server().await;
    for format in ["tbx", "tbx2", "tmx", "omegat", "csv", "xlsx", "skos", "jsonl"] {
        for path in ["/exchange/export", "/api/v1/terms/export"] {
            let address = format!("{path}?format={format}&candidates=1");
            let answer = server.get(&address).await;
            check_headers(&address, &answer);
            if format != "xlsx" {
                check_body(&address, &answer);
            }
        }
    }
    for address in ["/bitext/1/tmx", "/api/v1/bitexts/1/tmx", "/alerts.atom", "/watch/1/feed.atom", "/file/1"] {
        let answer = server.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        check_headers(address, &answer);
        check_body(address, &answer);
    }
    let file = server.get("/file/1").await;
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert!(file.header("content-disposition").starts_with("attachment; filename="));
}
