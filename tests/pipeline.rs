//! From PDFs to search, terms and alerts, on the sample corpus.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made or read has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::OnceLock;

use serde_json::Value;
use tests::{Program, sample};

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");

/// The sample corpus, ingested once for the tests that only read it.
fn corpus() -> &'static Program {
    static CORPUS: OnceLock<Program> = OnceLock::new();
    CORPUS.get_or_init(|| Program::with_sample(PROGRAM))
}

/// The documents that a query finds, those of one policy one after the other.
fn documents(page: &Value) -> impl Iterator<Item = &Value> {
    let hits = page["hits"].as_array().unwrap().iter();
    hits.flat_map(|hit| std::iter::once(hit).chain(hit["others"].as_array().unwrap()))
}

/// Languages of the documents that a query finds, with the documents' names.
fn found(page: &Value) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for hit in documents(page) {
        let text = |field: &str| hit[field].as_str().unwrap().to_owned();
        found.entry(text("language")).or_default().push(text("name"));
    }
    found
}

#[track_caller]
fn search(query: &str) -> Value {
    corpus().json(&["search", query, "--limit", "50", "--format", "json"])
}

/// What the hits of a query marked, in lower case.
fn marked(page: &Value) -> BTreeSet<String> {
    let mut marked = BTreeSet::new();
    for hit in documents(page) {
        for passage in hit["passages"].as_array().unwrap() {
            for part in passage["parts"].as_array().unwrap().iter().filter(|part| part["marked"] == true) {
                marked.insert(part["text"].as_str().unwrap().to_lowercase());
            }
        }
    }
    marked
}

#[test]
fn a_chinese_term_finds_documents_in_both_languages() {
    let page = search("新质生产力");
    let found = found(&page);
    assert!(found.get("zh").is_some_and(|names| names.len() >= 3), "{found:?}");
    assert!(found.get("en").is_some_and(|names| names.len() >= 3), "{found:?}");
    let marked = marked(&page);
    assert!(marked.contains("新质生产力") && marked.contains("new quality productive forces"), "{marked:?}");
    assert_eq!(page["also_searched"][0]["term"], "新质生产力");
}

#[test]
fn an_english_term_finds_chinese_documents() {
    let found = found(&search("\"new quality productive forces\""));
    assert!(found.contains_key("zh") && found.contains_key("en"), "{found:?}");
}

#[test]
fn a_literal_search_stays_in_its_language() {
    let page = corpus().json(&["search", "\"新质生产力\"", "--literal", "--limit", "50", "--format", "json"]);
    assert!(marked(&page).iter().all(|text| text == "新质生产力"), "{:?}", marked(&page));
}

#[test]
fn a_hit_names_its_page_and_shows_the_aligned_passage() {
    let page = search("\"具身智能\"");
    let passages = page["hits"].as_array().unwrap().iter().flat_map(|hit| hit["passages"].as_array().unwrap());
    let passages: Vec<&Value> = passages.collect();
    assert!(passages.iter().all(|passage| passage["page"].as_u64().is_some_and(|page| page >= 1)));
    assert!(passages.iter().any(|passage| !passage["counterpart"].is_null()));
}

/// Without a manifest: by document number or content.
#[test]
fn every_readable_document_is_paired_with_its_other_language_version() {
    let documents = corpus().json(&["documents", "--format", "json"]);
    let documents = documents.as_array().unwrap();
    assert_eq!(documents.len(), 24);
    let mut wrong = Vec::new();
    for document in documents {
        let (name, id) = (document["name"].as_str().unwrap(), document["id"].as_i64().unwrap());
        let state = document["state"].as_str().unwrap();
        let counterpart = corpus().json(&["documents", "--format", "json", "--counterpart-of", &id.to_string()]);
        let counterpart = counterpart[0]["name"].as_str().map(instrument);
        let other_is_readable = documents.iter().any(|other| {
            instrument(other["name"].as_str().unwrap()) == instrument(name)
                && other["name"] != document["name"]
                && other["state"] == "text"
        });
        let expected = (state == "text" && other_is_readable).then(|| instrument(name));
        if counterpart != expected {
            wrong.push(format!("{name}: {counterpart:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn instrument(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

#[test]
fn a_manifest_says_which_documents_are_language_versions() {
    let program = Program::new(PROGRAM);
    let manifest = program.folder().join("manifest.json");
    let sample_manifest: Value = serde_json::from_str(&fs::read_to_string(sample("manifest.json")).unwrap()).unwrap();
    // Told that a draft and the final version's translation belong together, which their contents deny.
    let (zh, en) = ("03-embodied-ai-measures-draft.zh.pdf", "04-embodied-ai-measures.en.pdf");
    let told: Vec<Value> = sample_manifest
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| [zh, en].iter().any(|name| entry["file"].as_str().unwrap().ends_with(name)))
        .map(|entry| serde_json::json!({"sha256": entry["sha256"], "instrument": "one"}))
        .collect();
    fs::write(&manifest, serde_json::to_string(&told).unwrap()).unwrap();
    let files = [sample(&format!("pdf/{zh}")), sample(&format!("pdf/{en}"))];
    let arguments = ["ingest", &files[0], &files[1], "--manifest", manifest.to_str().unwrap()];
    assert_eq!(program.run(&arguments).status, Some(0));
    let counterpart = program.json(&["documents", "--format", "json", "--counterpart-of", "1"]);
    assert_eq!(counterpart[0]["name"], en);

    let alone = Program::new(PROGRAM);
    assert_eq!(alone.run(&["ingest", &files[0], &files[1]]).status, Some(0));
    assert_eq!(alone.json(&["documents", "--format", "json", "--counterpart-of", "1"]), serde_json::json!([]));
}

#[test]
fn a_scan_and_a_font_without_a_map_are_kept_and_named() {
    let documents = corpus().json(&["documents", "--format", "json"]);
    let waiting: BTreeSet<&str> = documents
        .as_array()
        .unwrap()
        .iter()
        .filter(|document| document["state"] == "needs_ocr")
        .map(|document| document["name"].as_str().unwrap())
        .collect();
    let expected = ["10-ai-manufacturing-news.zh.pdf", "11-standardization-pilot-notice.zh.pdf"];
    assert_eq!(waiting, BTreeSet::from(expected));
}

#[test]
fn without_an_engine_scans_wait_and_what_to_install_is_said() {
    let program = Program::new(PROGRAM);
    let scan = sample("pdf/11-standardization-pilot-notice.zh.pdf");
    let install = "apt-get install tesseract-ocr tesseract-ocr-chi-sim";
    let ended = program.run_without_engine(&["extract", &scan, "--pages", "2-3"]);
    assert_eq!((ended.status, ended.data.as_str()), (Some(3), ""));
    assert!(ended.messages.contains("2 of 2 pages are scans"), "{}", ended.messages);
    assert!(ended.messages.contains(install) && ended.messages.lines().count() == 1, "{}", ended.messages);

    let english = sample("pdf/11-standardization-pilot-notice.en.pdf");
    let ended = program.run_without_engine(&["ingest", &scan, &english]);
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
    for line in
        ["11-standardization-pilot-notice.zh.pdf: kept, but it needs OCR", "needs OCR: 1 document, 6 pages", install]
    {
        assert!(ended.messages.contains(line), "{line}\n{}", ended.messages);
    }
    let waiting = program.json(&["documents", "--needs-ocr", "--format", "json"]);
    let (waiting, ocr) = (waiting.as_array().unwrap(), &waiting[0]["ocr"]);
    assert_eq!((waiting.len(), &ocr["waiting"], &ocr["read"]), (1, &Value::from(6), &Value::from(0)));
    let ended = program.run_without_engine(&["reocr"]);
    assert_eq!(ended.status, Some(3));
    assert!(ended.messages.contains(install), "{}", ended.messages);
}

#[test]
fn terms_are_looked_up_in_either_language() {
    for (term, rendering) in [
        ("新质生产力", "new quality productive forces"),
        ("具身智能", "embodied intelligence"),
        ("embodied intelligence", "具身智能"),
        ("標準體系", "standards system"),
    ] {
        let concepts = corpus().json(&["terms", "lookup", term, "--json"]);
        let terms = concepts[0]["terms"].as_array().unwrap();
        let terms: Vec<String> = terms.iter().map(|term| term["text"].as_str().unwrap().to_lowercase()).collect();
        assert!(terms.contains(&rendering.to_owned()), "{term}: {terms:?}");
    }
}

#[test]
fn ingesting_the_same_files_again_changes_nothing() {
    let program = Program::with_sample(PROGRAM);
    let state = || {
        let documents = program.json(&["documents", "--format", "json"]);
        let terms = program.json(&["terms", "list", "--limit", "100000", "--format", "json"]);
        (documents, terms)
    };
    let before = state();
    let ended = program.run(&["ingest", &sample("pdf")]);
    assert_eq!((ended.status, ended.messages.lines().next()), (Some(0), Some("0 new, 24 known")));
    assert_eq!(state(), before);
    // Aligned anew, each pair knows what all others teach: terms may change; the documents do not.
    let ended = program.run(&["realign"]);
    assert!(ended.messages.contains("10 bitexts"), "{}", ended.messages);
    assert_eq!(program.run(&["reindex"]).status, Some(0));
    assert_eq!(state().0, before.0);
}

#[test]
fn what_a_person_paired_stays_paired_when_all_is_paired_anew() {
    let program = Program::new(PROGRAM);
    let files = ["03-embodied-ai-measures-draft.zh", "04-embodied-ai-measures.en", "04-embodied-ai-measures.zh"];
    let files = files.map(|name| sample(&format!("pdf/{name}.pdf")));
    assert_eq!(program.run(&["ingest", &files[0], &files[1], &files[2]]).status, Some(0));
    let counterpart =
        |id: &str| program.json(&["documents", "--format", "json", "--counterpart-of", id])[0]["id"].clone();
    assert_eq!((counterpart("1"), counterpart("2")), (Value::Null, Value::from(3)));
    assert_eq!(program.run(&["pair", "1", "2"]).status, Some(0));
    assert_eq!(program.run(&["realign"]).status, Some(0));
    assert_eq!((counterpart("1"), counterpart("3")), (Value::from(2), Value::Null));
}

#[test]
fn a_pair_can_be_forbidden_explained_listed_and_given_free_again() {
    let program = Program::new(PROGRAM);
    let files = ["03-embodied-ai-measures-draft.zh", "04-embodied-ai-measures.en", "04-embodied-ai-measures.zh"];
    let files = files.map(|name| sample(&format!("pdf/{name}.pdf")));
    assert_eq!(program.run(&["ingest", &files[0], &files[1], &files[2]]).status, Some(0));
    let listed = program.json(&["pair", "--list", "--format", "json"]);
    assert_eq!((&listed["bitexts"][0]["zh"], &listed["bitexts"][0]["en"]), (&Value::from(3), &Value::from(2)));
    assert!(listed["bitexts"][0]["reasons"].as_array().is_some_and(|reasons| reasons.len() >= 3), "{listed}");
    let draft = program.json(&["pair", "1", "2", "--explain", "--format", "json"]);
    assert_eq!((&draft["paired"], &draft["instead"]), (&Value::from(false), &serde_json::json!([3])));
    assert!(draft["reasons"].to_string().contains("one is a draft"), "{draft}");

    assert_eq!(program.run(&["pair", "3", "2", "--forbid"]).status, Some(0));
    assert_eq!(program.run(&["realign"]).status, Some(0));
    let listed = program.json(&["pair", "--list", "--format", "json"]);
    assert_eq!((&listed["bitexts"], &listed["rules"][0]["rule"]), (&serde_json::json!([]), &Value::from("forbid")));
    assert_eq!(program.run(&["pair", "3", "2", "--forget"]).status, Some(0));
    let listed = program.json(&["pair", "--list", "--format", "json"]);
    assert_eq!((&listed["bitexts"][0]["zh"], &listed["rules"]), (&Value::from(3), &serde_json::json!([])));
}

#[test]
fn a_lost_index_is_built_again_from_the_store() {
    let program = Program::new(PROGRAM);
    assert_eq!(program.run(&["ingest", &sample("pdf/01-ai-standards-guidelines.zh.pdf")]).status, Some(0));
    fs::remove_dir_all(program.data().join("index")).unwrap();
    let page = program.json(&["search", "人工智能", "--format", "json"]);
    assert_eq!(page["total"], 1);
}

#[test]
fn a_new_document_makes_one_alert_in_either_language_and_never_again() {
    let program = Program::new(PROGRAM);
    let pdf = |name: &str| sample(&format!("pdf/{name}"));
    let (zh, en) = (pdf("03-embodied-ai-measures-draft.zh.pdf"), pdf("03-embodied-ai-measures-draft.en.pdf"));
    assert_eq!(program.run(&["ingest", &zh, &en]).status, Some(0));
    assert_eq!(program.run(&["watch", "add", "具身智能"]).status, Some(0));
    let alerts = || program.json(&["alerts", "--json"]).as_array().unwrap().clone();
    assert!(alerts().is_empty(), "what was there before the watch makes no alert");

    let news = [pdf("04-embodied-ai-measures.zh.pdf"), pdf("04-embodied-ai-measures.en.pdf")];
    for _ in 0..3 {
        assert_eq!(program.run(&["ingest", &news[0], &news[1], &zh]).status, Some(0));
    }
    let alerts = alerts();
    assert_eq!(alerts.len(), 2, "{alerts:#?}");
    for alert in alerts {
        let sentence = alert["sentence"].as_str().unwrap().to_lowercase();
        let met = ["具身智能", "embodied intelligence", "embodied ai"];
        assert!(met.iter().any(|term| sentence.contains(term)), "{sentence}");
        assert!(alert["page"].as_u64().unwrap() >= 1);
    }
}

#[test]
fn a_quiet_ingest_makes_no_alert() {
    let program = Program::new(PROGRAM);
    assert_eq!(program.run(&["watch", "add", "具身智能"]).status, Some(0));
    let file = sample("pdf/04-embodied-ai-measures.zh.pdf");
    assert_eq!(program.run(&["ingest", "--quiet", &file]).status, Some(0));
    assert_eq!(program.json(&["alerts", "--json"]).as_array().unwrap().len(), 0);
}

#[test]
fn records_come_in_by_the_jsonl_door_and_rank() {
    let program = Program::new(PROGRAM);
    let records = program.folder().join("records.jsonl");
    let lines = [
        r#"{"id":"a","text":"市政府印发算力基础设施行动方案，提出建设智算中心。","title":"算力方案","date":"2025-03-01"}"#,
        r#"{"id":"b","text":"The bureau published a plan for railways.","language":"en"}"#,
        "not a record",
    ];
    fs::write(&records, lines.join("\n")).unwrap();
    let ended = program.run(&["ingest", "--jsonl", records.to_str().unwrap()]);
    assert_eq!(ended.status, Some(1));
    assert!(ended.messages.contains("records.jsonl:3: this line is not a record"), "{}", ended.messages);
    let queries = program.folder().join("queries.jsonl");
    fs::write(&queries, "{\"id\":\"q1\",\"q\":\"智算中心在哪里建设\"}\n{\"id\":\"q2\",\"q\":\"railway plan\"}\n")
        .unwrap();
    let ended = program.run(&["search", "--batch", queries.to_str().unwrap(), "--format", "trec"]);
    let first = |query: &str| ended.data.lines().find(|line| line.starts_with(query)).map(|line| line[..7].to_owned());
    assert_eq!((first("q1"), first("q2")), (Some("q1 Q0 a".to_owned()), Some("q2 Q0 b".to_owned())), "{}", ended.data);
}
