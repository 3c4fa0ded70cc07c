//! Results of a search for citing, read by the libraries that people have: bibtexparser and rispy.
//!
//! Where they are not installed this is said and passed over, unless `POLICYGLOT_TOOLS=required` is set, as `.ci/run`
//! does. `POLICYGLOT_PYTHON` names a Python with both.

use std::env;
use std::fs;
use std::io::Write as _;
use std::process::Command;

use serde_json::Value;
use tests::Program;

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");
/// A title with what TeX and RIS would take for their own.
const RECORD: &str =
    r#"{"id": "tide-1", "title": "Notice on {Tides} & 100% R_D \\ costs", "text": "Tides are measured daily."}"#;

fn python() -> Option<String> {
    let python = env::var("POLICYGLOT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let check = Command::new(&python).args(["-c", "import bibtexparser, rispy; bibtexparser.parse_file"]).output();
    let is_there = check.is_ok_and(|output| output.status.success());
    assert!(is_there || !env::var("POLICYGLOT_TOOLS").is_ok_and(|tools| tools == "required"), "not installed");
    if !is_there {
        let _ = writeln!(std::io::stdout(), "skipped: bibtexparser 2 with rispy is not installed");
    }
    is_there.then_some(python)
}

#[test]
fn citation_libraries_read_every_document() {
    let Some(python) = python() else { return };
    let program = Program::with_sample(PROGRAM);
    let record = program.folder().join("tide.jsonl");
    fs::write(&record, RECORD).unwrap();
    assert_eq!(program.run(&["ingest", "--jsonl", &record.to_string_lossy()]).status, Some(0));
    for format in ["bibtex", "ris"] {
        let ended = program.run(&["search", "数据 OR tides", "--format", format, "--limit", "1000"]);
        assert_eq!(ended.status, Some(0), "{}", ended.messages);
        let file = program.folder().join(format);
        fs::write(&file, &ended.data).unwrap();
        let reader = format!("{}/tools/read_citations.py", env!("CARGO_MANIFEST_DIR"));
        let output = Command::new(&python).args([&reader, format]).arg(&file).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let read: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
        let starts = if format == "bibtex" { "@" } else { "TY  - " };
        assert_eq!(read.len(), ended.data.lines().filter(|line| line.starts_with(starts)).count());
        assert!(read.len() > 10, "{} documents", read.len());
        assert!(read.iter().any(|entry| entry.to_string().contains("Tides")), "{read:?}");
    }
}
