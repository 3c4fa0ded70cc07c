//! The API's document, read by public tools: openapi-spec-validator says that it is OpenAPI, and schemathesis, which
//! makes requests of what the document says, finds no failure of the server, no status and no answer that the document
//! does not have.
//!
//! `POLICYGLOT_PYTHON` is a Python that has both; where it has not, the tests say so and pass, unless
//! `POLICYGLOT_TOOLS=required`.

#![expect(clippy::unwrap_used, reason = "a test whose server cannot be started has failed")]

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use tests::Program;

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");
/// So many requests are made up for each operation.
const EXAMPLES: &str = "6";
/// The longest that schemathesis may take, in seconds.
const LONGEST: &str = "120";
/// What is checked of every answer.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance,response_headers_conformance";

/// A server over the sample corpus, ended with this value.
struct Served {
    child: Child,
    address: String,
    program: Program,
}

impl Drop for Served {
    fn drop(&mut self) {
        // It has ended already where this fails.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    fn new(program: Program) -> Self {
        let mut command = program.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.env("POLICYGLOT_RATE_ADDRESS", "1000000").stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let line = lines.find(|line| line.contains("serving on http://")).expect("the server says where it is");
        let address = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned();
        // What the server says later must go somewhere.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address, program }
    }
}

/// A Python that has a module; `None`, said aloud, where there is none.
fn python(module: &str) -> Option<String> {
    let python = env::var("POLICYGLOT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = Command::new(&python).args(["-c", &format!("import {module}")]).output();
    let is_there = has.is_ok_and(|output| output.status.success());
    let is_required = env::var("POLICYGLOT_TOOLS").is_ok_and(|tools| tools == "required");
    assert!(is_there || !is_required, "{module} is not installed");
    if !is_there {
        let _ = writeln!(std::io::stdout(), "skipped: {module} is not installed");
    }
    is_there.then_some(python)
}

#[test]
fn the_document_is_openapi() {
    let Some(python) = python("openapi_spec_validator") else { return };
    let served = Served::new(Program::new(PROGRAM));
    let script = "import json, sys, urllib.request\n\
                  from openapi_spec_validator import validate\n\
                  document = json.load(urllib.request.urlopen(sys.argv[1]))\n\
                  assert document['openapi'] == '3.1.0'\n\
                  validate(document)\n\
                  print(len(document['paths']), 'paths')\n";
    let address = format!("{}/api/openapi.json", served.address);
    let output = Command::new(python).args(["-c", script, &address]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn what_is_made_of_the_document_is_answered_as_it_says() {
    let Some(python) = python("schemathesis") else { return };
    let served = Served::new(Program::with_sample(PROGRAM));
    let folder = served.program.folder().join("schemathesis");
    fs::create_dir_all(&folder).unwrap();
    // Event streams do not end by themselves. Uploads would hold the right to write for as long as they are read, and
    // whoever wants to write meanwhile is rightly told 503.
    let output = Command::new(python)
        .current_dir(folder)
        .args(["-m", "schemathesis.cli", "run", &format!("{}/api/openapi.json", served.address)])
        .args(["--no-color", "--seed", "1", "--max-examples", EXAMPLES, "--max-time", LONGEST])
        .args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing", "--continue-on-failure"])
        .args([
            "--exclude-path-regex",
            "/(stream|events)$",
            "--exclude-operation-id",
            "addDocuments",
            "--request-timeout",
            "20",
        ])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let _ =
        writeln!(std::io::stdout(), "{}", said.lines().filter(|line| line.contains("generated")).collect::<String>());
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
}
