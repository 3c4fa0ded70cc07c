//! Scans, read by the tesseract that is installed: text with its marks, and a corpus that loses nothing on the way.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made or read has failed")]

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

use serde_json::Value;
use server::data::Data;
use tests::{Program, sample};

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");
const SCAN: &str = "11-standardization-pilot-notice.zh";

fn scan() -> String {
    sample(&format!("pdf/{SCAN}.pdf"))
}

/// The share of a text's characters that are among those of another, as sets of neighbours.
fn found(gold: &str, text: &str) -> f64 {
    let pairs = |text: &str| {
        let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.windows(2).map(<[char]>::to_vec).collect::<BTreeSet<_>>()
    };
    let (gold, text) = (pairs(gold), pairs(text));
    gold.intersection(&text).count() as f64 / gold.len() as f64
}

#[track_caller]
fn json(ended: &tests::Ended) -> Value {
    serde_json::from_str(&ended.data).unwrap()
}

#[test]
fn a_scan_is_read_and_its_pages_say_so() {
    let program = Program::new(PROGRAM);
    let ended = program.run_with_engine(&["extract", &scan()]);
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
    let gold = fs::read_to_string(sample(&format!("gold/text/{SCAN}.txt"))).unwrap();
    let share = found(&gold, &ended.data);
    assert!(share > 0.9, "{share}");

    let ended = program.run_with_engine(&["extract", &scan(), "--pages", "2", "--format", "json"]);
    let reading = json(&ended);
    let pages = reading["pages"].as_array().unwrap();
    assert_eq!(pages.len(), 1, "only what is asked for is read");
    let source = &pages[0]["source"];
    assert_eq!((&source["kind"], &source["engine"]), (&Value::from("ocr"), &Value::from("tesseract")));
    assert!(source["confidence"].as_f64().is_some_and(|sure| sure > 0.5 && sure <= 1.0), "{source}");
    let words = pages[0]["lines"][1]["words"].as_array().unwrap();
    assert!(words.iter().all(|word| word["box"]["x1"].as_f64() > word["box"]["x0"].as_f64()), "{words:?}");
    assert!(reading["text"].as_str().is_some_and(|text| text.chars().count() > 200));
}

#[test]
fn a_page_with_text_of_its_own_is_read_only_when_that_is_asked_for() {
    let program = Program::new(PROGRAM);
    let file = sample("pdf/06-city-action-plan.zh.pdf");
    let kind = |ocr: &str| {
        let arguments = ["extract", &file, "--pages", "1", "--format", "json", "--ocr", ocr];
        json(&program.run_with_engine(&arguments))["pages"][0]["source"]["kind"].clone()
    };
    assert_eq!((kind("auto"), kind("always")), (Value::from("layer"), Value::from("ocr")));
}

#[test]
fn what_waited_is_read_later_and_marked_wherever_it_is_shown() {
    let program = Program::new(PROGRAM);
    let english = sample("pdf/11-standardization-pilot-notice.en.pdf");
    assert_eq!(program.run(&["watch", "add", "标准化"]).status, Some(0));
    assert_eq!(program.run(&["ingest", &scan(), &english]).status, Some(0));
    let alerts = || program.json(&["alerts", "--json"]).as_array().unwrap().clone();
    let of_scan = || alerts().into_iter().filter(|alert| alert["document"] == 1).collect::<Vec<_>>();
    assert!(of_scan().is_empty());

    let ended = program.run_with_engine(&["reocr", "11-standardization-pilot-notice.zh.pdf"]);
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
    assert!(ended.messages.contains("6 pages of 1 document read by OCR (tesseract)"), "{}", ended.messages);
    let documents = program.json(&["documents", "--format", "json"]);
    let read = documents.as_array().unwrap().iter().find(|document| document["id"] == 1).unwrap();
    assert_eq!((&read["state"], &read["ocr"]["read"]), (&Value::from("ocr"), &Value::from(6)));
    let counterpart = program.json(&["documents", "--format", "json", "--counterpart-of", "1"]);
    assert_eq!(counterpart[0]["language"], "en");

    let page = program.json(&["search", "标准化", "--format", "json"]);
    let hits = page["hits"].as_array().unwrap().iter();
    let documents = hits.flat_map(|hit| std::iter::once(hit).chain(hit["others"].as_array().unwrap()));
    let documents: Vec<&Value> = documents.collect();
    let hit = |id: i64| documents.iter().find(|hit| hit["document"] == id).map(|hit| hit["passages"][0]["ocr"].clone());
    assert_eq!((hit(1), hit(2)), (Some(Value::from(true)), Some(Value::from(false))));
    assert_eq!(of_scan().len(), 1);
    assert_eq!(of_scan()[0]["ocr"], true);

    let ended = program.run_with_engine(&["reocr", "--all"]);
    assert!(ended.messages.contains("0 pages of 0 documents"), "{}", ended.messages);
    assert_eq!(of_scan().len(), 1, "once for a watch and a document");
}

#[test]
fn an_ingest_reads_scans_after_all_else_and_goes_on_where_it_was_ended() {
    let program = Program::new(PROGRAM);
    let mut running = program.command(&["ingest", &scan()]).env("POLICYGLOT_OCR", "auto").spawn().unwrap();
    while kept_pages(&program) == 0 {
        assert!(running.try_wait().unwrap().is_none(), "it ended without having read a page");
        std::thread::sleep(Duration::from_millis(20));
    }
    running.kill().unwrap();
    running.wait().unwrap();
    let kept = kept_pages(&program);
    assert!(kept < 6, "it was ended in the middle");

    let ended = program.run_with_engine(&["ingest", &scan()]);
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
    assert!(ended.messages.contains(&format!("{} pages of 1 document read", 6 - kept)), "{kept}: {}", ended.messages);
    assert_eq!(program.json(&["documents", "--needs-ocr", "--format", "json"]), serde_json::json!([]));
    let page = program.json(&["search", "标准化", "--format", "json"]);
    assert_eq!(page["total"], 1);
}

/// How many pages of the first document an engine has read.
fn kept_pages(program: &Program) -> usize {
    let Ok(data) = Data::open(&program.data()) else { return 0 };
    data.with_store(|store| Ok(store.ocr_page_engines(1)?.len())).unwrap()
}
