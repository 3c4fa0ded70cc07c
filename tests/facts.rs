//! What documents say, as data: inspection by a schema, exports over the corpus, documents of one instrument.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made or read has failed")]

use std::fs;

use serde_json::{Value, json};
use tests::{Program, sample};

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");

const MEASURES: &str = "水利部

湖泊水位监测管理办法

水湖监〔2031〕8号

第一条　为了规范湖泊水位监测，制定本办法。

第二条　到2033年，建成湖泊监测站120座以上，培训监测人员500名。

第三条　本办法自2031年5月1日起施行。

水利部

2031年3月16日
";

const DRAFT: &str = "湖泊水位监测管理办法（征求意见稿）

第一条　为了规范湖泊水位监测，制定本办法。

第二条　到2033年，建成湖泊监测站100座以上。
";

const NEWS: &str = "新规出台：湖泊水位怎么测？

来源：湖泊日报

记者从水利部获悉，近日水利部印发《湖泊水位监测管理办法》，对湖泊水位监测作出规定。

专家表示，此前施行的《河流冰情观测管理办法》已经积累了经验。
";

/// Reads texts in, and gives the instruments with more than one document: pairs of file name and relation.
#[track_caller]
fn check_instruments(program: &Program, texts: &[(&str, &str)], wanted: &[&[(&str, &str)]]) {
    for (name, text) in texts {
        let path = program.folder().join(name);
        fs::write(&path, text).unwrap();
        assert_eq!(program.run(&["ingest", path.to_str().unwrap()]).status, Some(0));
    }
    assert_eq!(instruments(program), wanted_instruments(wanted));
}

fn wanted_instruments(wanted: &[&[(&str, &str)]]) -> Vec<Vec<(String, String)>> {
    let owned = |(name, relation): &(&str, &str)| ((*name).to_owned(), (*relation).to_owned());
    wanted.iter().map(|group| group.iter().map(owned).collect()).collect()
}

fn instruments(program: &Program) -> Vec<Vec<(String, String)>> {
    let documents = program.json(&["documents", "--format", "json"]);
    let name = |id: &Value| {
        let found = documents.as_array().unwrap().iter().find(|document| document["id"] == *id).unwrap();
        found["name"].as_str().unwrap().to_owned()
    };
    let found = program.json(&["instruments", "--format", "json"]);
    let members = |instrument: &Value| {
        let members = instrument["members"].as_array().unwrap().iter();
        members.map(|member| (name(&member["document"]), member["relation"].as_str().unwrap().to_owned())).collect()
    };
    found.as_array().unwrap().iter().map(members).collect()
}

#[test]
fn drafts_and_reports_join_their_instrument_in_any_order() {
    let group: &[&[(&str, &str)]] = &[&[("measures.txt", "original"), ("draft.txt", "draft"), ("news.txt", "report")]];
    let program = Program::new(PROGRAM);
    let first: &[&[(&str, &str)]] = &[&[("draft.txt", "draft"), ("news.txt", "report")]];
    check_instruments(&program, &[("draft.txt", DRAFT), ("news.txt", NEWS)], first);
    check_instruments(&program, &[("measures.txt", MEASURES)], group);
    assert_eq!(program.run(&["realign"]).status, Some(0));
    assert_eq!(instruments(&program), wanted_instruments(group), "after all is derived anew");
}

#[test]
fn an_instrument_keeps_its_number_when_a_document_joins() {
    let program = Program::new(PROGRAM);
    check_instruments(&program, &[("measures.txt", MEASURES)], &[]);
    let alone = program.json(&["instruments", "--all", "--format", "json"]);
    check_instruments(&program, &[("draft.txt", DRAFT)], &[&[("measures.txt", "original"), ("draft.txt", "draft")]]);
    let joined = program.json(&["instruments", "--format", "json"]);
    assert_eq!(joined[0]["id"], alone[0]["id"]);
}

#[test]
fn the_sample_corpus_has_the_instruments_that_its_manifest_names() {
    let program = Program::with_sample(PROGRAM);
    let found = instruments(&program);
    let of = |name: &str| found.iter().find(|group| group.iter().any(|(file, _)| file == name)).unwrap();
    let measures = of("04-embodied-ai-measures.zh.pdf");
    let relation = |name: &str| measures.iter().find(|(file, _)| file == name).map(|(_, relation)| relation.as_str());
    assert_eq!(relation("04-embodied-ai-measures.en.pdf"), Some("language_version"));
    assert_eq!(relation("03-embodied-ai-measures-draft.zh.pdf"), Some("draft"));
    assert_eq!(relation("03-embodied-ai-measures-draft.en.pdf"), Some("draft"));
    let opinions = of("02-ai-manufacturing-opinions.zh.pdf");
    assert!(opinions.contains(&("10-ai-manufacturing-news.en.pdf".to_owned(), "report".to_owned())), "{opinions:?}");
    assert_eq!(found.len(), 9, "every other instrument of the sample is its two language versions: {found:?}");
}

#[track_caller]
fn check_schema(arguments: &[&str]) -> Value {
    let program = Program::new(PROGRAM);
    let schema = program.json(&["inspect", "--schema"]);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let inspected = program.json(arguments);
    let errors: Vec<String> =
        validator.iter_errors(&inspected).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert!(validator.validate(&json!({"targets": [{"by": "soon"}]})).is_err(), "the schema refuses something");
    inspected
}

#[test]
fn an_inspection_follows_the_published_schema() {
    let file = sample("pdf/05-data-circulation-terminology.zh.pdf");
    let inspected = check_schema(&["inspect", &file, "--format", "json", "--text"]);
    let sentence = &inspected["sentences"][3];
    assert!(sentence["places"][0]["page"].as_u64().is_some() && sentence["places"][0]["box"]["x1"].is_number());
    assert_eq!(inspected["blocks"][0]["language"], "zh");
    let plain = check_schema(&["inspect", &sample("pdf/02-ai-manufacturing-opinions.en.pdf"), "--format", "json"]);
    assert!(plain.get("sentences").is_none() && !plain["targets"].as_array().unwrap().is_empty());
}

fn rows(program: &Program, arguments: &[&str]) -> Vec<Vec<String>> {
    let ended = program.run(&[&["facts", "export"], arguments].concat());
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(ended.data.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn facts_of_all_documents_are_exported_as_csv() {
    let program = Program::new(PROGRAM);
    check_instruments(
        &program,
        &[("measures.txt", MEASURES), ("news.txt", NEWS)],
        &[&[("measures.txt", "original"), ("news.txt", "report")]],
    );
    let targets = rows(&program, &["--targets"]);
    let column = |name: &str| targets[0].iter().position(|head| head == name).unwrap();
    let stations = &targets[1];
    let told = ["title", "by", "comparator", "min", "unit", "page"].map(|name| stations[column(name)].as_str());
    assert_eq!(told, ["湖泊水位监测管理办法", "2033", "at_least", "120", "座", "1"]);
    let agencies = rows(&program, &["--agencies"]);
    assert!(agencies.iter().any(|row| row.contains(&"issuer".to_owned()) && row.contains(&"MWR".to_owned())));
    assert!(rows(&program, &["--dates"]).iter().any(|row| row.contains(&"effective".to_owned())));
}

#[test]
fn a_spreadsheet_gets_no_formula_out_of_a_document() {
    let program = Program::new(PROGRAM);
    let path = program.folder().join("formula.txt");
    fs::write(&path, "=HYPERLINK on lakes of the north\n\nGB/T 80001-2031 applies to lakes.\n").unwrap();
    assert_eq!(program.run(&["ingest", path.to_str().unwrap()]).status, Some(0));
    let plain = program.run(&["facts", "export", "--standards"]).data;
    let safe = program.run(&["facts", "export", "--standards", "--spreadsheet"]).data;
    assert!(plain.contains("1,=HYPERLINK") && safe.contains("1,'=HYPERLINK"), "{plain}{safe}");
    assert!(safe.starts_with('\u{feff}') && !plain.starts_with('\u{feff}'));
}

#[test]
fn reading_again_changes_nothing_that_reads_as_before() {
    let program = Program::new(PROGRAM);
    let file = sample("pdf/09-ai-metrology-opinions.zh.pdf");
    assert_eq!(program.run(&["ingest", &file]).status, Some(0));
    let before = program.json(&["documents", "--format", "json"]);
    let ended = program.run(&["reread"]);
    assert_eq!(
        (ended.status, ended.messages.contains("0 read differently, 1 as before")),
        (Some(0), true),
        "{}",
        ended.messages
    );
    assert_eq!(program.json(&["documents", "--format", "json"]), before);
}
