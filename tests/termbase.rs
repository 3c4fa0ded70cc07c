//! The termbase as a translator keeps it: looked up, decided on, checked against, exchanged, watched.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made or read has failed")]

use std::fs;

use serde_json::Value;
use tests::{Ended, Program};

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");

/// Names, dates and texts of documents, an article a line.
type Document = (&'static str, &'static str, &'static str);

const RIVERS: [Document; 2] = [
    (
        "rivers.zh.md",
        "2021-03-01",
        "江河管护条例
第一条　为了加强河湖管护，制定本条例。
第二条　河长制应当在全省推行。各级河长负责本区域的河湖管护工作。
第三条　河长应当每月巡查河道不少于2次，并公布巡查结果。
第四条　水位站由县级水务部门建设，每年检查4次。
第五条　县级水务部门应当在30日内处理河长报告的问题。
第六条　水位站的观测数据应当保存10年。
第七条　河长制的考核结果向社会公布。
第八条　本条例自2021年5月1日起施行。",
    ),
    (
        "rivers.en.md",
        "2021-03-01",
        "Regulations on the Care of Rivers
Article 1 These Regulations are made in order to strengthen the care of rivers and lakes.
Article 2 The river chief system shall be practised in the whole province. River chiefs at all levels are responsible for the care of rivers and lakes in their areas.
Article 3 A river chief shall inspect the river course no fewer than 2 times a month and publish the results of the inspection.
Article 4 Gauging stations are built by the water departments of counties and are checked 4 times a year.
Article 5 The water departments of counties shall deal with the problems that river chiefs report within 30 days.
Article 6 The observation data of gauging stations shall be kept for 10 years.
Article 7 The results of the assessment of the river chief system are published.
Article 8 These Regulations come into force on May 1, 2021.",
    ),
];

const LAKES: [Document; 2] = [
    (
        "lakes.zh.md",
        "2022-06-10",
        "湖泊巡查办法
第一条　为了规范湖泊巡查，制定本办法。
第二条　每个湖泊设一名河长，由河长组织巡查。
第三条　河长制办公室每年培训巡查人员3次。
第四条　水位站应当在湖泊周围设立，间距不超过15公里。
第五条　河长应当在7日内报告水位站的异常数据。
第六条　县级水务部门每年投入20万元用于水位站的维护。
第七条　本办法自2022年8月1日起施行。",
    ),
    (
        "lakes.en.md",
        "2022-06-10",
        "Measures for Inspecting Lakes
Article 1 These Measures are made in order to regulate the inspection of lakes.
Article 2 Every lake has one river chief, and the river chief organises the inspection.
Article 3 The office of the river chief system trains inspectors 3 times a year.
Article 4 Gauging stations shall be set up around lakes, no more than 15 kilometres apart.
Article 5 A river chief shall report unusual data of gauging stations within 7 days.
Article 6 The water departments of counties spend 200,000 yuan a year on the upkeep of gauging stations.
Article 7 These Measures come into force on August 1, 2022.",
    ),
];

/// Renders 水位站 otherwise than the two before.
const RESERVOIRS: [Document; 2] = [
    (
        "reservoirs.zh.md",
        "2024-03-05",
        "水库管护办法
第一条　为了规范水库管护，制定本办法。
第二条　每座水库设两个水位站。
第三条　水位站每年检查6次。
第四条　水库大坝应当在45日内完成加固。
第五条　水位站的经费每年不少于300万元。
第六条　县级水务部门公布水位站的名单。
第七条　本办法自2024年4月1日起施行。",
    ),
    (
        "reservoirs.en.md",
        "2024-03-05",
        "Measures for the Care of Reservoirs
Article 1 These Measures are made in order to regulate the care of reservoirs.
Article 2 Every reservoir has two water level stations.
Article 3 Water level stations are checked 6 times a year.
Article 4 The dams of reservoirs shall be strengthened within 45 days.
Article 5 The funds of water level stations are no less than 3 million yuan a year.
Article 6 The water departments of counties publish the list of water level stations.
Article 7 These Measures come into force on April 1, 2024.",
    ),
];

/// A program that has read the first two bitexts.
#[track_caller]
fn program() -> Program {
    let program = Program::new(PROGRAM);
    ingest(&program, &[RIVERS, LAKES].concat());
    assert_eq!(program.json(&["bitext", "list", "--format", "json"]).as_array().unwrap().len(), 2);
    program
}

#[track_caller]
fn ingest(program: &Program, documents: &[Document]) {
    let mut arguments = vec!["ingest"];
    for (name, date, text) in documents {
        let (title, _) = text.split_once('\n').unwrap();
        let articles = text.replace('\n', "\n\n");
        fs::write(program.folder().join(name), format!("---\ntitle: {title}\ndate: {date}\n---\n# {articles}\n"))
            .unwrap();
        arguments.push(name);
    }
    check(&program.run(&arguments), 0, "");
}

/// How a command ended, and what it must have said, in its data or its messages.
#[track_caller]
fn check(ended: &Ended, status: i32, says: &str) {
    assert_eq!(ended.status, Some(status), "{}\n{}", ended.data, ended.messages);
    assert!(ended.data.contains(says) || ended.messages.contains(says), "{says}\n{}\n{}", ended.data, ended.messages);
}

/// The first concept that a look-up finds: its number, and each designation as `text status`.
#[track_caller]
fn looked_up(program: &Program, query: &str) -> (i64, Vec<String>) {
    let found = program.json(&["terms", "lookup", query, "--json"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let terms = found[0]["terms"].as_array().unwrap().iter();
    let terms = terms.map(|term| format!("{} {}", text(&term["text"]), text(&term["status"])));
    (found[0]["concept"].as_i64().unwrap(), terms.collect())
}

/// The number of a designation of the concept that a look-up finds first.
#[track_caller]
fn number_of(program: &Program, designation: &str) -> String {
    let found = program.json(&["terms", "lookup", designation, "--json"]);
    let term = found[0]["terms"].as_array().unwrap().iter().find(|term| term["text"] == designation).unwrap();
    term["term"].to_string()
}

/// Accepts the rendering of 水位站, which is the concept that is returned.
#[track_caller]
fn accept_gauging_stations(program: &Program) -> i64 {
    let (concept, _) = looked_up(program, "水位站");
    check(&program.run(&["terms", "review", "--accept", &format!("{concept}:gauging stations")]), 0, "1 decided");
    concept
}

#[test]
fn what_is_decided_stays_and_drafts_are_checked_against_it() {
    let program = program();
    let (concept, terms) = looked_up(&program, "hezhangzhi");
    assert_eq!(terms, ["河长制 candidate", "river chief system candidate"]);
    assert_eq!(looked_up(&program, "System, River Chiefs").0, concept, "in any form and order");
    assert_eq!(program.run(&["terms", "lookup", "kangaroo"]).status, Some(1));

    let (zh, en) = (number_of(&program, "河长制"), number_of(&program, "river chief system"));
    check(&program.run(&["terms", "edit", "set-status", "preferred", &zh, &en]), 0, "'candidate' -> 'preferred'");
    let stations = accept_gauging_stations(&program);
    let (departments, _) = looked_up(&program, "水务部门");
    check(&program.run(&["terms", "review", "--reject", &format!("{departments}:water departments")]), 0, "1 decided");
    assert_eq!(program.run(&["remine"]).status, Some(0));
    assert_eq!(
        looked_up(&program, "hezhangzhi"),
        (concept, vec!["河长制 preferred".into(), "river chief system preferred".into()])
    );
    assert_eq!(
        looked_up(&program, "gauging stations"),
        (stations, vec!["水位站 preferred".into(), "gauging stations preferred".into()])
    );
    let shown = program.json(&["terms", "show", &departments.to_string(), "--json"]);
    let rejected = shown["terms"].as_array().unwrap().iter().find(|term| term["text"] == "water departments").unwrap();
    assert_eq!(rejected["status"], "rejected");
    let waiting = program.json(&["terms", "review", "--limit", "1000", "--format", "json"]);
    assert!(waiting.as_array().unwrap().iter().all(|pair| pair["en"] != "water departments"), "{waiting:#}");

    for (name, text) in [
        ("draft.zh.txt", "河长制在全省推行。\n水位站每年检查4次。\n"),
        (
            "good.txt",
            "The river chief system is practised in the whole province.\nGauging stations are checked 4 times a year.\n",
        ),
        (
            "bad.txt",
            "The river head system is practised in the whole province.\nGauging stations are checked 4 times a year.\n",
        ),
    ] {
        fs::write(program.folder().join(name), text).unwrap();
    }
    check(&program.run(&["terms", "check", "draft.zh.txt", "good.txt"]), 0, "0 errors, 0 warnings");
    check(&program.run(&["terms", "check", "draft.zh.txt", "bad.txt"]), 1, "expected \"river chief system\"");
    check(&program.run(&["terms", "check", "draft.zh.txt", "none.txt"]), 2, "there is no such file");
    let report = program.json(&["terms", "check", "draft.zh.txt", "bad.txt", "--json"]);
    assert_eq!(report["counts"]["errors"], 1, "{report:#}");
    check(&program.run(&["terms", "mark", "draft.zh.txt"]), 0, "河长制【river chief system】在全省推行");

    check(&program.run(&["terms", "concordance", "水位站"]), 0, "[Gauging stations] are built");
    let pairs = program.json(&["terms", "concordance", "gauging stations", "--format", "json"]);
    assert_eq!((&pairs["total"], pairs["pairs"].as_array().unwrap().len()), (&Value::from(5), 5));
    check(&program.run(&["terms", "concordance", "袋鼠"]), 1, "no aligned sentence holds '袋鼠'");
}

#[test]
fn an_export_holds_nothing_new_and_an_import_is_taken_back_as_a_whole() {
    let program = program();
    accept_gauging_stations(&program);
    for format in ["jsonl", "tbx", "csv"] {
        let file = format!("terms.{format}");
        check(&program.run(&["terms", "export", "--format", format, "--output", &file]), 0, "concepts");
        check(&program.run(&["terms", "import", &file]), 1, "nothing to import");
        check(&program.run(&["terms", "import", &file, "--apply"]), 1, "nothing to import");
    }
    let file = program.folder().join("terms.csv");
    let exported = fs::read_to_string(&file).unwrap();
    let with_changes = exported.replace("gauging stations,preferred", "gauging stations,deprecated");
    assert_ne!(with_changes, exported);
    fs::write(&file, with_changes + "900,zh,潮汐表,admitted\n900,en,tide table,admitted\n").unwrap();

    let before = program.run(&["terms", "export", "--format", "jsonl"]).data;
    check(&program.run(&["terms", "import", "terms.csv", "--overwrite"]), 0, "nothing was written; --apply does it");
    assert_eq!(program.run(&["terms", "export", "--format", "jsonl"]).data, before);
    let done = program.json(&["terms", "import", "terms.csv", "--overwrite", "--apply", "--json"]);
    assert_eq!((&done["counts"]["added"], &done["counts"]["changed"]), (&Value::from(1), &Value::from(1)), "{done:#}");
    assert_eq!(looked_up(&program, "tide table").1, ["潮汐表 admitted", "tide table admitted"]);
    assert_eq!(looked_up(&program, "水位站").1, ["水位站 preferred", "gauging stations deprecated"]);

    let batch = done["applied"]["batch"].to_string();
    check(&program.run(&["terms", "edit", "undo-batch", &batch]), 0, "'deprecated' -> 'preferred'");
    assert_eq!(looked_up(&program, "水位站").1, ["水位站 preferred", "gauging stations preferred"]);
    assert_eq!(program.run(&["terms", "lookup", "潮汐表"]).status, Some(1));
}

#[test]
fn a_document_that_renders_a_term_otherwise_is_noticed_once() {
    let program = program();
    let concept = accept_gauging_stations(&program);
    check(&program.run(&["watch", "add", "rendering:袋鼠"]), 1, "the termbase has no term '袋鼠'");
    check(&program.run(&["watch", "add", "rendering:水位站"]), 0, "watch 1");
    ingest(&program, &RESERVOIRS);
    for _ in 0..2 {
        let changes = program.json(&["terms", "changes", "--json"]);
        let told = changes.as_array().unwrap().iter().map(|change| {
            (change["concept"].as_i64().unwrap(), change["en_before"].as_str().unwrap(), change["en"].as_str().unwrap())
        });
        assert_eq!(told.collect::<Vec<_>>(), [(concept, "gauging stations", "water level stations")]);
        let alerts = program.json(&["alerts", "--json"]);
        assert_eq!(alerts.as_array().unwrap().len(), 1, "{alerts:#}");
        assert_eq!(alerts[0]["query"], "rendering:水位站");
        // The same again, and everything mined anew, is no news.
        ingest(&program, &RESERVOIRS);
        assert_eq!(program.run(&["remine"]).status, Some(0));
        ingest(&program, &RESERVOIRS);
    }
}
