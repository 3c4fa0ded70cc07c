//! Files that are uploaded to a running server: read by its worker processes, searched, watched for; and a server that
//! ends in the middle.

#![expect(clippy::unwrap_used, reason = "a test whose server does not answer has failed")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tests::{Program, sample};

/// Longer than any of these takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(180);

const DOCUMENTS: [&str; 5] = [
    "04-embodied-ai-measures.zh.pdf",
    "07-trustworthy-data-space-white-paper.zh.pdf",
    "02-ai-manufacturing-opinions.zh.pdf",
    "04-embodied-ai-measures.en.pdf",
    "02-ai-manufacturing-opinions.en.pdf",
];

/// A server on the data folder of a program; killed when it is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(program: &Program) -> Self {
        let mut command = program.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("http://"))).unwrap().unwrap();
        let address = line.split_once("http://").unwrap().1.split_whitespace().next().unwrap().to_owned();
        // What it says further is of no interest, but it must be able to say it.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// Sends a request; the status and the body.
    fn ask(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
            self.address,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
    }

    fn get(&self, path: &str) -> Value {
        let (status, body) = self.ask("GET", path, "", b"");
        assert_eq!(status, 200, "{path}: {body}");
        // An answer whose length is not known beforehand comes in chunks.
        let json = &body[body.find('{').unwrap()..=body.rfind('}').unwrap()];
        serde_json::from_str(json).unwrap()
    }

    /// Uploads files by their names and bytes: the number of the job.
    fn upload(&self, files: &[(&str, Vec<u8>)]) -> i64 {
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!("--XX\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend(b"--XX--\r\n");
        let kind = "content-type: multipart/form-data; boundary=XX\r\n";
        let (status, answer) = self.ask("POST", "/api/v1/documents", kind, &body);
        assert_eq!(status, 202, "{answer}");
        let json = &answer[answer.find('{').unwrap()..=answer.rfind('}').unwrap()];
        serde_json::from_str::<Value>(json).unwrap()["id"].as_i64().unwrap()
    }

    /// Waits until something can be said of a job.
    fn wait(&self, job: i64, is: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let shown = self.get(&format!("/api/v1/jobs/{job}"));
            if is(&shown) {
                return shown;
            }
            assert!(begun.elapsed() < PATIENCE, "{shown:#}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn ended(&self, job: i64) -> Value {
        self.wait(job, |job| !job["finished"].is_null())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> Program {
    Program::new(env!("CARGO_BIN_EXE_policyglot-under-test"))
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    DOCUMENTS.iter().map(|name| (*name, std::fs::read(sample(&format!("pdf/{name}"))).unwrap())).collect()
}

fn states(job: &Value) -> Vec<&str> {
    job["files"].as_array().unwrap().iter().map(|file| file["state"].as_str().unwrap()).collect()
}

#[test]
fn an_upload_is_read_searched_and_watched_for() {
    let program = program();
    assert_eq!(program.run(&["watch", "add", "具身智能"]).status, Some(0));
    let server = Server::start(&program);
    let document = samples().swap_remove(0);
    let hostile = ("hostile\u{202e}.pdf", b"%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 1 0 R>> endobj".to_vec());
    let job = server.ended(server.upload(&[hostile, document.clone()]));
    assert_eq!((&job["state"], states(&job)), (&"done".into(), vec!["failed", "new"]), "{job:#}");
    assert_eq!(job["files"][0]["name"], "hostile.pdf");
    assert!(!job["files"][0]["reason"].as_str().unwrap().is_empty());
    assert_eq!((&job["alerts"], &job["files"][1]["document"]), (&1.into(), &1.into()), "{job:#}");

    let found = server.get("/api/v1/search?q=%E5%85%B7%E8%BA%AB%E6%99%BA%E8%83%BD");
    assert_eq!(found["hits"][0]["document"], 1, "{found:#}");
    assert_eq!(server.get("/api/v1/alerts")["alerts"][0]["document"], 1);
    let whole = server.get("/api/v1/documents/1");
    assert_eq!((&whole["name"], &whole["source"]), (&document.0.into(), &format!("upload: {}", document.0).into()));

    // The same file under another name changes nothing.
    let again = server.ended(server.upload(&[("other.pdf", document.1)]));
    assert_eq!((states(&again), &again["files"][0]["document"]), (vec!["known"], &1.into()));
    assert_eq!((&again["alerts"], &server.get("/api/v1/documents")["total"]), (&0.into(), &1.into()));
    let (status, events) = server.ask("GET", &format!("/api/v1/jobs/{}/events", again["id"]), "", b"");
    assert!(status == 200 && events.contains("event: end"), "{events}");
}

#[test]
fn a_server_that_ends_in_the_middle_goes_on_where_it_was() {
    let program = program();
    let server = Server::start(&program);
    let id = server.upload(&samples());
    server.wait(id, |job| job["done"].as_u64().unwrap() >= 1);
    drop(server);
    let server = Server::start(&program);
    let job = server.ended(id);
    assert_eq!((&job["state"], states(&job)), (&"done".into(), vec!["new"; DOCUMENTS.len()]), "{job:#}");
    let documents = server.get("/api/v1/documents?sort=date");
    assert_eq!(documents["total"].as_u64(), Some(DOCUMENTS.len() as u64));
    let bitexts = server.get("/api/v1/bitexts");
    assert_eq!(bitexts["bitexts"].as_array().map(Vec::len), Some(2), "translations are paired: {bitexts:#}");
    let left: Vec<_> = std::fs::read_dir(program.data().join(format!("uploads/{id}"))).unwrap().collect();
    assert_eq!(left.len(), 1, "the store keeps the files; what is known of the job is kept: {left:?}");
}

#[test]
fn a_job_is_stopped_between_two_files() {
    let program = program();
    let server = Server::start(&program);
    let id = server.upload(&samples());
    let (status, answer) = server.ask("DELETE", &format!("/api/v1/jobs/{id}"), "", b"");
    assert!(matches!(status, 200 | 202), "{answer}");
    let job = server.ended(id);
    assert_eq!(job["state"], "cancelled", "{job:#}");
    let read = states(&job).iter().filter(|state| **state == "new").count();
    assert!(read < DOCUMENTS.len() && states(&job).contains(&"cancelled"), "{job:#}");
    // What was read before stays, and can be found.
    assert_eq!(server.get("/api/v1/documents")["total"].as_u64(), Some(read as u64));
}
