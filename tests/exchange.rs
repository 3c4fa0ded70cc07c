//! Files of terms, read by the programs that people have: Translate Toolkit, OmegaT, rdflib, libxml2.
//!
//! A tool that is not installed is named and passed over, unless `POLICYGLOT_TOOLS=required` is set, as `.ci/run` does.
//! `POLICYGLOT_PYTHON` names a Python with translate-toolkit and rdflib.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made or read has failed")]

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tests::Program;

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");
/// Everything that may be shown.
const ALL: [&str; 2] = ["--status", "preferred,admitted,candidate,superseded,deprecated"];
/// What a translator may use.
const USABLE: [&str; 2] = ["--status", "preferred,admitted"];

/// Concepts with what goes wrong on the way through files and programs.
const TERMS: &str = r#"{"subject":"energy & <sea>","note":"two\nlines","definitions":[{"language":"zh","text":"潮汐“涨落”的能量","source":"GB/T 1"}],"terms":[{"text":"潮汐能","language":"zh","status":"preferred","part_of_speech":"noun","variants":["潮汐能源"]},{"text":"潮能","language":"zh","status":"deprecated"},{"text":"tidal energy","language":"en","status":"preferred","region":"GB","note":"not [field x] tide energy"},{"text":"tide energy","language":"en","status":"admitted","source":"a \"book\""},{"text":"sea power","language":"en","status":"deprecated"}]}
{"terms":[{"text":"𠮷野家条款","language":"zh","status":"admitted"},{"text":"Q&A clause <draft>","language":"en","status":"admitted"},{"text":"old clause","language":"en","status":"superseded"}]}
{"terms":[{"text":"研发投入","language":"zh","status":"preferred"},{"text":"R&D spending","language":"en","status":"preferred","variants":["R & D spending"]}]}
"#;

/// A program whose termbase holds [`TERMS`].
fn program() -> Program {
    let program = Program::new(PROGRAM);
    let file = program.folder().join("terms.jsonl");
    fs::write(&file, TERMS).unwrap();
    import(&program, &file);
    program
}

#[track_caller]
fn import(program: &Program, file: &Path) {
    let ended = program.run(&["terms", "import", &file.to_string_lossy(), "--apply"]);
    assert_eq!(ended.status, Some(0), "{}\n{}", ended.data, ended.messages);
}

/// The path of an export.
#[track_caller]
fn exported(program: &Program, format: &str, name: &str, filter: &[&str]) -> PathBuf {
    let path = program.folder().join(name);
    let target = path.to_string_lossy().into_owned();
    let arguments = [&["terms", "export", "--format", format, "--output", &target], filter].concat();
    let ended = program.run(&arguments);
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
    path
}

/// Says what a tool did, for whoever reads the run.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A command of a tool; `None`, said aloud, where it is not installed.
fn tool(name: &str, check: &mut Command) -> Option<()> {
    let is_there = check.output().is_ok_and(|output| output.status.success());
    let is_required = env::var("POLICYGLOT_TOOLS").is_ok_and(|tools| tools == "required");
    assert!(is_there || !is_required, "{name} is not installed");
    if !is_there {
        say(&format!("skipped: {name} is not installed"));
    }
    is_there.then_some(())
}

fn python() -> Option<String> {
    let python = env::var("POLICYGLOT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    tool("translate-toolkit with rdflib", Command::new(&python).args(["-c", "import translate.storage.tbx, rdflib"]))?;
    Some(python)
}

fn own(name: &str) -> String {
    format!("{}/tools/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// What a library of Python reads in a file, as rows.
#[track_caller]
fn rows(python: &str, kind: &str, file: &Path) -> BTreeSet<String> {
    let output = Command::new(python).args([&own("read_terms.py"), kind]).arg(file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    say(&format!("{kind}: {} rows read", rows.len()));
    rows.iter().map(Value::to_string).collect()
}

fn set(rows: &[Value]) -> BTreeSet<String> {
    rows.iter().map(Value::to_string).collect()
}

#[test]
fn translate_toolkit_gives_the_terms_back() {
    let Some(python) = python() else { return };
    let program = program();
    let tbx = rows(&python, "tbx", &exported(&program, "tbx2", "v2.tbx", &ALL));
    let row = |id: i64, language: &str, text: &str, is_deprecated: bool| {
        json!([format!("policyglot-{id}"), language, text, is_deprecated])
    };
    let expected = [
        row(1, "zh", "潮汐能", false),
        row(1, "zh", "潮汐能源", false),
        row(1, "zh", "潮能", true),
        row(1, "en", "tidal energy", false),
        row(1, "en", "tide energy", false),
        row(1, "en", "sea power", true),
        row(2, "zh", "𠮷野家条款", false),
        row(2, "en", "Q&A clause <draft>", false),
        row(2, "en", "old clause", false),
        row(3, "zh", "研发投入", false),
        row(3, "en", "R&D spending", false),
        row(3, "en", "R & D spending", false),
    ];
    assert_eq!(tbx, set(&expected));

    let tmx = rows(&python, "tmx", &exported(&program, "tmx", "terms.tmx", &ALL));
    let expected = [
        json!(["潮汐能", "tidal energy"]),
        json!(["潮汐能", "tide energy"]),
        json!(["𠮷野家条款", "Q&A clause <draft>"]),
        json!(["研发投入", "R&D spending"]),
    ];
    assert_eq!(tmx, set(&expected));
}

#[test]
fn rdflib_finds_one_preferred_label_a_language() {
    let Some(python) = python() else { return };
    let labels = rows(&python, "skos", &exported(&program(), "skos", "terms.ttl", &ALL));
    let row = |id: i64, kind: &str, language: &str, text: &str| json!([format!("concept-{id}"), kind, language, text]);
    let expected = [
        row(1, "prefLabel", "zh", "潮汐能"),
        row(1, "hiddenLabel", "zh", "潮汐能源"),
        row(1, "hiddenLabel", "zh", "潮能"),
        row(1, "prefLabel", "en", "tidal energy"),
        row(1, "altLabel", "en", "tide energy"),
        row(1, "hiddenLabel", "en", "sea power"),
        row(2, "prefLabel", "zh", "𠮷野家条款"),
        row(2, "prefLabel", "en", "Q&A clause <draft>"),
        row(2, "hiddenLabel", "en", "old clause"),
        row(3, "prefLabel", "zh", "研发投入"),
        row(3, "prefLabel", "en", "R&D spending"),
        row(3, "hiddenLabel", "en", "R & D spending"),
    ];
    assert_eq!(labels, set(&expected));
}

#[test]
fn omegat_gives_the_terms_back() {
    let Some(()) = tool("omegat", Command::new("omegat").arg("--help")) else { return };
    let program = program();
    let project = program.folder().join("project");
    for folder in ["source", "target", "omegat", "glossary", "tm", "dictionary"] {
        fs::create_dir_all(project.join(folder)).unwrap();
    }
    let settings = ["source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir"]
        .map(|name| format!("<{name}>__DEFAULT__</{name}>"))
        .concat();
    let settings = format!(
        "<omegat><project version=\"1.0\">{settings}<source_lang>ZH-CN</source_lang><target_lang>EN-US</target_lang>\
         <sentence_seg>true</sentence_seg></project></omegat>"
    );
    fs::write(project.join("omegat.project"), settings).unwrap();
    fs::write(project.join("source/text.txt"), "潮汐能。\n").unwrap();
    exported(&program, "tbx2", "project/glossary/usable.tbx", &USABLE);
    exported(&program, "omegat", "project/glossary/glossary.utf8", &USABLE);

    let output = Command::new("omegat")
        .arg(&project)
        .args(["--mode=console-translate", "--quiet"])
        .arg(format!("--config-dir={}", program.folder().join("settings").display()))
        .arg(format!("--script={}", own("print_glossary.groovy")))
        .env("HOME", program.folder())
        .env("JAVA_TOOL_OPTIONS", "-Dfile.encoding=UTF-8 -Djava.awt.headless=true")
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    let entries = printed.lines().filter_map(|line| line.strip_prefix("ENTRY "));
    let entries: Vec<Value> = entries.map(|entry| serde_json::from_str(entry).unwrap()).collect();
    let of_file = |name: &str| {
        let entries = entries.iter().filter(|entry| entry[0] == name);
        entries.map(|entry| json!([entry[1], entry[2]]).to_string()).collect::<BTreeSet<_>>()
    };
    println!("omegat: {} entries read", entries.len());
    let terms = [
        json!(["潮汐能", "tidal energy"]),
        json!(["潮汐能", "tide energy"]),
        json!(["𠮷野家条款", "Q&A clause <draft>"]),
        json!(["研发投入", "R&D spending"]),
    ];
    let variants = [
        json!(["潮汐能源", "tidal energy"]),
        json!(["潮汐能源", "tide energy"]),
        json!(["研发投入", "R & D spending"]),
    ];
    let of_tbx = of_file("usable.tbx");
    assert_eq!(
        of_tbx,
        set(&[&terms[..], &variants].concat()),
        "{printed}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let of_glossary = of_file("glossary.utf8");
    assert!(of_glossary.is_superset(&set(&terms)) && of_tbx.is_superset(&of_glossary), "{of_glossary:?}");
}

#[test]
fn libxml2_finds_every_file_well_formed() {
    let Some(()) = tool("xmllint", Command::new("xmllint").arg("--version")) else { return };
    let program = program();
    for (format, name) in [("tbx", "v3.tbx"), ("tbx2", "v2.tbx"), ("tmx", "terms.tmx")] {
        let file = exported(&program, format, name, &ALL);
        let output = Command::new("xmllint").args(["--noout", "--nonet"]).arg(file).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn what_one_termbase_writes_another_one_takes_in_whole() {
    let program = program();
    for (format, name) in [("tbx", "v3.tbx"), ("tbx2", "v2.tbx")] {
        let file = exported(&program, format, name, &ALL);
        let other = Program::new(PROGRAM);
        import(&other, &file);
        let again = exported(&other, format, name, &ALL);
        let entries = |path: &Path| {
            let text = fs::read_to_string(path).unwrap();
            let lines = text.lines().skip_while(|line| !line.contains("<body>"));
            // When each was changed is its own.
            lines.filter(|line| !line.contains("<date>")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(entries(&file), entries(&again));
    }
}
