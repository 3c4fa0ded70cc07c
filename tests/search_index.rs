//! The life of the search index: whatever happens to it, and whenever the program ends, it answers as a new one does.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made or read has failed")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::Program;

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");

/// So many documents are made, each with something that the others do not say.
const DOCUMENTS: usize = 120;
const QUERIES: [&str; 6] =
    ["\"潮汐电站\"", "harbour lock", "第十七号灯塔", "lighthouse* -harbour", "\"号灯塔\"", "渔港"];

/// Records of a library of tides, a line each.
fn records(folder: &Path, from: usize, to: usize) -> String {
    let path = folder.join(format!("records-{from}-{to}.jsonl"));
    let numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十七"];
    let lines = (from..to).map(|id| {
        let number = numbers.get(id % numbers.len()).unwrap();
        let chinese = format!("第{number}号灯塔由渔港管理。潮汐电站共{id}座，每年检查{}次。", id % 7);
        let english = format!("Lighthouse {id} stands by the harbour. Its lock was checked {} times.", id % 5);
        let text = if id % 3 == 0 { english } else { format!("{chinese}\n\n渔港与船闸的规划，编号{id}。") };
        json!({"id": format!("record-{id}"), "text": text.repeat(1 + id % 4), "title": format!("第{id}号记录")})
            .to_string()
            + "\n"
    });
    fs::write(&path, lines.collect::<String>()).unwrap();
    path.display().to_string()
}

/// What the program finds, and any message: a line for each document that a query finds, in order.
fn answers(program: &Program) -> (String, String) {
    let file = program.folder().join("queries.jsonl");
    let line = |(id, query): (usize, &&str)| json!({"id": id.to_string(), "q": query}).to_string() + "\n";
    fs::write(&file, QUERIES.iter().enumerate().map(line).collect::<String>()).unwrap();
    let ended = program.run(&["search", "--batch", file.to_str().unwrap(), "--limit", "1000", "--format", "trec"]);
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
    (ended.data, ended.messages)
}

/// Queries and the documents that they find, without order and score: what is deleted counts in these until it is
/// merged away.
fn found(answers: &str) -> Vec<String> {
    let pair = |line: &str| line.split(' ').take(3).collect::<Vec<_>>().join(" ");
    let mut found: Vec<String> = answers.lines().map(pair).collect();
    found.sort();
    found
}

fn index_files(program: &Program) -> Vec<PathBuf> {
    let entries = fs::read_dir(program.data().join("index")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// A program whose data folder holds the first documents, its index of several segments.
fn library(documents: usize) -> Program {
    let program = Program::new(PROGRAM);
    for (from, to) in [(0, documents / 2), (documents / 2, documents - 1), (documents - 1, documents)] {
        let ended = program.run(&["ingest", "--jsonl", &records(program.folder(), from, to)]);
        assert_eq!(ended.status, Some(0), "{}", ended.messages);
    }
    program
}

#[track_caller]
fn check_built_again(program: &Program, what: &str, expected: &str) {
    let (answered, messages) = answers(program);
    assert_eq!(found(&answered), found(expected), "{what}");
    assert_eq!(messages.lines().count(), 1, "{what}: {messages}");
    assert!(messages.contains("the search index is built again from the store, 30 documents: "), "{what}: {messages}");
    assert_eq!(answers(program), (answered, String::new()), "{what}: once is enough");
}

#[test]
fn a_damaged_index_is_built_again_from_the_store_with_one_line() {
    let program = library(30);
    let (expected, _) = answers(&program);
    for kind in ["idx", "pos", "term", "fast", "fieldnorm", "store", "json", ""] {
        let is_of_kind = |path: &PathBuf| {
            let is_own = path.file_name().is_some_and(|name| name == "form" || name == "meta.json");
            path.extension().unwrap_or_default() == kind && (is_own || !["json", ""].contains(&kind))
        };
        for damage in ["halved", "zeroed", "removed"] {
            let files: Vec<PathBuf> = index_files(&program).into_iter().filter(is_of_kind).collect();
            for path in &files {
                let bytes = fs::read(path).unwrap();
                match damage {
                    "halved" => fs::write(path, &bytes[..bytes.len() / 2]).unwrap(),
                    "zeroed" => fs::write(path, vec![0; bytes.len()]).unwrap(),
                    _ => fs::remove_file(path).unwrap(),
                }
            }
            if !files.is_empty() {
                check_built_again(&program, &format!("{damage} .{kind}"), &expected);
            }
        }
    }
}

#[test]
fn an_index_of_another_form_or_none_is_built_again() {
    let program = library(30);
    let (expected, _) = answers(&program);
    let index = program.data().join("index");
    fs::write(index.join("form"), "1").unwrap();
    let (answered, messages) = answers(&program);
    assert!(messages.contains("it has form 1, this program reads form"), "{messages}");
    assert_eq!(found(&answered), found(&expected));
    fs::remove_dir_all(&index).unwrap();
    check_built_again(&program, "no folder", &expected);

    // Files of somebody else are put aside, not thrown away.
    fs::remove_dir_all(&index).unwrap();
    fs::create_dir(&index).unwrap();
    fs::write(index.join("diary.txt"), "dear diary").unwrap();
    let (answered, messages) = answers(&program);
    assert_eq!((found(&answered), messages.lines().count()), (found(&expected), 2), "{messages}");
    assert_eq!(fs::read_to_string(program.data().join("index.aside-1/diary.txt")).unwrap(), "dear diary");
}

#[test]
fn a_program_that_is_killed_at_any_time_leaves_an_index_that_the_next_run_completes() {
    let whole = Program::new(PROGRAM);
    let file = records(whole.folder(), 0, DOCUMENTS);
    let start = Instant::now();
    assert_eq!(whole.run(&["ingest", "--jsonl", &file]).status, Some(0));
    let full = start.elapsed();
    let (expected, _) = answers(&whole);
    let program = Program::new(PROGRAM);
    for part in 1..=6 {
        let mut child = program.command(&["ingest", "--jsonl", &file]).stderr(Stdio::null()).spawn().unwrap();
        sleep(full * part / 6);
        // It may have come to its end already.
        let _ = child.kill();
        child.wait().unwrap();
        let documents = program.json(&["documents", "--format", "json"]).as_array().unwrap().len();
        let ended = program.run(&["reindex", "--check"]);
        assert!(ended.messages.contains(&format!("the index is whole: {documents} documents")), "{}", ended.messages);
    }
    assert_eq!(program.run(&["ingest", "--jsonl", &file]).status, Some(0));
    assert_eq!(found(&answers(&program).0), found(&expected));
    assert_eq!(program.run(&["reindex"]).status, Some(0));
    assert_eq!(answers(&program), (expected, String::new()), "built anew it is as if nothing had happened");
}

#[test]
fn an_index_behind_or_ahead_of_the_store_is_put_right() {
    let program = library(30);
    let (expected, _) = answers(&program);
    let index = program.data().join("index");
    // As after the loss of what was written last: the index of more documents, and of fewer, than the store holds.
    for other in [library(40), library(20)] {
        fs::remove_dir_all(&index).unwrap();
        fs::create_dir(&index).unwrap();
        for path in index_files(&other) {
            fs::copy(&path, index.join(path.file_name().unwrap())).unwrap();
        }
        let (answered, messages) = answers(&program);
        assert_eq!((found(&answered), messages.as_str()), (found(&expected), ""));
    }
}

/// A server on a port of its own, ended with this value.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn of(program: &Program) -> Self {
        let mut command = program.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.by_ref().map(Result::unwrap).find(|line| line.starts_with("serving on http://")).unwrap();
        // Whatever else it says is read, so that it can go on.
        std::thread::spawn(move || lines.count());
        let address = line.trim_start_matches("serving on http://").split(' ').next().unwrap().to_owned();
        Self { child, address }
    }

    fn total(&self, query: &str) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let Self { address, .. } = self;
        write!(stream, "GET /api/v1/search?q={query} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        let body = &body[body.find('{').unwrap()..=body.rfind('}').unwrap()];
        serde_json::from_str::<Value>(body).unwrap()["total"].clone()
    }

    /// Waits until the server finds so many.
    #[track_caller]
    fn wait_for(&self, query: &str, total: usize, longest: Duration) {
        let start = Instant::now();
        while self.total(query) != total {
            assert!(start.elapsed() < longest, "{} of {total}", self.total(query));
            sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_running_server_finds_within_a_second_what_another_process_has_put_in() {
    let program = library(30);
    let server = Server::of(&program);
    assert_eq!(server.total("lighthouse"), 10);
    let ended = program.run(&["ingest", "--jsonl", &records(program.folder(), 30, 60)]);
    assert_eq!(ended.status, Some(0), "the server is not in the way: {}", ended.messages);
    server.wait_for("lighthouse", 20, Duration::from_secs(1));
    assert_eq!(program.run(&["reindex"]).status, Some(0));
    server.wait_for("lighthouse", 20, Duration::from_secs(1));
    let ended = program.run(&["ingest", "--jsonl", &records(program.folder(), 60, 63)]);
    assert_eq!(ended.status, Some(0));
    server.wait_for("lighthouse", 21, Duration::from_secs(1));
}

#[test]
fn a_server_starts_with_an_index_built_again() {
    let program = library(30);
    for path in index_files(&program).iter().filter(|path| path.extension().is_some_and(|kind| kind == "idx")) {
        fs::write(path, vec![0; 100]).unwrap();
    }
    assert_eq!(Server::of(&program).total("lighthouse"), 10);
}

#[test]
fn small_runs_leave_few_segments() {
    let program = library(4);
    for id in 4..12 {
        assert_eq!(program.run(&["ingest", "--jsonl", &records(program.folder(), id, id + 1)]).status, Some(0));
    }
    let ended = program.run(&["reindex", "--check"]);
    let segments =
        ended.messages.split(", ").find_map(|part| part.trim().strip_suffix(" segments")?.parse::<u32>().ok());
    assert!(segments.is_some_and(|segments| segments <= 6), "{}", ended.messages);
}
