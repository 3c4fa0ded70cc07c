//! Alerts on their way to those who receive them: a mail server that wants TLS and a password (aiosmtpd), a receiver that
//! verifies signatures (`standardwebhooks`), a feed reader (feedparser), and a folder that documents come into.
//!
//! A tool that is not installed is named and passed over, unless `POLICYGLOT_TOOLS=required` is set, as `.ci/run` does.
//! `POLICYGLOT_PYTHON` names a Python with aiosmtpd and feedparser; certificates are made by openssl.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made or read has failed")]

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver as Lines, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};

use corpus::store::Store;
use corpus::watch::{ChannelKind, DeliveryState, Subject, WatchSettings};
use serde_json::{Value, json};
use tests::{Answer, Program, Receiver, sample};

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// A program that watches for lighthouses and tells so by some channels.
fn program(channels: Vec<ChannelKind>) -> Program {
    let program = Program::new(PROGRAM);
    let watch = WatchSettings {
        name: "灯塔与航标".to_owned(),
        channels,
        ..WatchSettings::from(Subject::Query("灯塔".to_owned()))
    };
    Store::open(&program.data()).unwrap().add_watch(watch, "2026-01-01T00:00:00Z").unwrap();
    program
}

/// Ingests a document that is about lighthouses.
#[track_caller]
fn ingest(program: &Program, id: &str) {
    let record = json!({"id": id, "title": format!("关于灯塔的通知 {id}"), "text": format!("灯塔 {id} 由港口管理。")});
    let path = program.folder().join(format!("{id}.jsonl"));
    fs::write(&path, format!("{record}\n")).unwrap();
    let ended = program.run(&["ingest", "--jsonl", &path.to_string_lossy()]);
    assert_eq!(ended.status, Some(0), "{}", ended.messages);
}

/// Delivers what is due some seconds from now; what it says.
#[track_caller]
fn deliver(program: &Program, later: u64, variables: &[(&str, &str)]) -> String {
    let mut command =
        program.command(&["deliver", "--at", &format!("2027-01-01T00:{:02}:{:02}Z", later / 60, later % 60)]);
    command.envs(variables.iter().copied()).env("POLICYGLOT_WEBHOOK_NETWORKS", "127.0.0.1");
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

/// Says what a tool did, for whoever reads the run.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A Python with the libraries; `None`, said aloud, where they are not installed.
fn python() -> Option<String> {
    let python = env::var("POLICYGLOT_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let succeeds = |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
    let is_there = succeeds(Command::new(&python).args(["-c", "import aiosmtpd, feedparser"]))
        && succeeds(Command::new("openssl").arg("version"));
    let is_required = env::var("POLICYGLOT_TOOLS").is_ok_and(|tools| tools == "required");
    assert!(is_there || !is_required, "aiosmtpd, feedparser or openssl is not installed");
    if !is_there {
        say("skipped: aiosmtpd, feedparser or openssl is not installed");
    }
    is_there.then_some(python)
}

fn tool(name: &str) -> String {
    format!("{}/tools/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// The lines that a process writes, as they come.
fn lines_of(stream: impl std::io::Read + Send + 'static) -> Lines<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// A process that ends with this value.
struct Running {
    child: Child,
    lines: Lines<String>,
    _input: Option<ChildStdin>,
}

impl Running {
    /// Waits for a line that says something.
    #[track_caller]
    fn line(&self, words: &str) -> String {
        let start = Instant::now();
        loop {
            let left = Duration::from_secs(60).saturating_sub(start.elapsed());
            let line = self.lines.recv_timeout(left).unwrap();
            if line.contains(words) {
                return line;
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A certificate for localhost, by an authority of our own: `ca.pem`, `cert.pem`, `key.pem`.
fn certify(folder: &Path) {
    fs::write(
        folder.join("ext"),
        "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n",
    )
    .unwrap();
    let run = |arguments: &str| {
        let mut command = Command::new("openssl");
        let output = command.args(arguments.split(' ')).current_dir(folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    run(&format!("req -x509 {key} -days 2 -subj /CN=tests -keyout ca.key -out ca.pem"));
    run(&format!("req {key} -subj /CN=localhost -keyout key.pem -out req.pem"));
    run("x509 -req -in req.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile ext -out cert.pem");
}

#[test]
fn a_mail_server_takes_mail_by_starttls_and_password() {
    let Some(python) = python() else { return };
    let mail = |address: &str| ChannelKind::Mail { address: address.to_owned() };
    let program = program(vec![mail("keeper@example.org"), mail("nobody@example.org")]);
    certify(program.folder());
    let mut command = Command::new(python);
    command.arg(tool("mail_server.py")).args(["cert.pem", "key.pem", "alerts", "s3cret&more"]);
    let mut child = command.current_dir(program.folder()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let server = Running { _input: child.stdin.take(), lines: lines_of(child.stdout.take().unwrap()), child };
    let port = server.lines.recv_timeout(Duration::from_secs(30)).unwrap();
    ingest(&program, "a");

    let authority = program.folder().join("ca.pem").display().to_string();
    let url = |password: &str| format!("smtp://alerts:{password}@localhost:{port}?tls=required");
    let (right, wrong) = (url("s3cret%26more"), url("confidential"));
    let settings = |url, authority| {
        [
            ("POLICYGLOT_SMTP", url),
            ("POLICYGLOT_MAIL_FROM", "Policyglot <alerts@example.org>"),
            ("POLICYGLOT_PUBLIC_URL", "https://policyglot.example.org"),
            ("SSL_CERT_FILE", authority),
        ]
    };
    // Without its authority the server is nobody's; with a wrong password it takes nothing. Neither tells the password.
    let unknown = deliver(&program, 0, &settings(right.as_str(), "/nonexistent"));
    assert!(unknown.contains("1 failed") && !unknown.contains("s3cret"), "{unknown}");
    let refused = deliver(&program, 400, &settings(wrong.as_str(), &authority));
    assert!(refused.contains("failed and are tried again") && !refused.contains("confidential"), "{refused}");
    let said = deliver(&program, 3500, &settings(right.as_str(), &authority));
    assert!(said.contains("1 delivered") && said.contains("1 given up"), "{said}");

    let taken: Value = serde_json::from_str(&server.lines.recv_timeout(Duration::from_secs(10)).unwrap()).unwrap();
    assert_eq!((&taken["tls"], &taken["authenticated"]), (&true.into(), &true.into()));
    assert_eq!((&taken["from"], &taken["to"]), (&"alerts@example.org".into(), &json!(["keeper@example.org"])));
    let store = Store::open(&program.data()).unwrap();
    let deliveries = store.deliveries(None, 10).unwrap();
    let dead = deliveries.iter().find(|delivery| delivery.state == DeliveryState::Dead).unwrap();
    assert!(dead.last_error.as_ref().unwrap().contains("no such mailbox here"), "{dead:?}");
    let done = deliveries.iter().find(|delivery| delivery.state == DeliveryState::Delivered).unwrap();
    let raw = decoded(taken["raw"].as_str().unwrap());
    for header in
        [&format!("Message-ID: <{}@example.org>", done.id), "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]
    {
        assert!(raw.contains(header), "{header}\n{raw}");
    }
    say(&format!("mail: {} bytes by TLS with a password", raw.len()));
}

/// Text in base64.
fn decoded(text: &str) -> String {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u32> = text.bytes().filter(|byte| *byte != b'=').map(|byte| u32::from(value(byte))).collect();
    let group = |four: &[u32]| {
        let number = four.iter().chain([0; 4].iter()).take(4).fold(0, |number, digit| number << 6 | digit);
        number.to_be_bytes().into_iter().skip(1).take(four.len() - 1).collect::<Vec<u8>>()
    };
    String::from_utf8(digits.chunks(4).flat_map(group).collect()).unwrap()
}

#[test]
fn a_receiver_verifies_and_gets_what_failed_again() {
    let receiver = Receiver::new(|number| match number {
        0 => Answer::Status(500, ""),
        1 => Answer::Silent,
        2 => Answer::Status(302, "location: http://169.254.169.254/\r\n"),
        _ => Answer::Taken,
    });
    receiver.trust(SECRET);
    let program = program(vec![ChannelKind::Webhook { url: receiver.url.clone(), secret: SECRET.to_owned() }]);
    ingest(&program, "a");
    for later in [0, 60, 500, 3500] {
        deliver(&program, later, &[]);
    }
    let messages = receiver.messages();
    let first = messages.first().unwrap();
    assert_eq!(messages.len(), 4);
    assert!(messages.iter().all(|message| message.id == first.id && message.body == first.body));
    assert_eq!(first.body["data"]["watch"]["name"], "灯塔与航标");
    assert_eq!(first.body["data"]["alerts"][0]["sentence"], "灯塔 a 由港口管理。");
    // A re-ingest tells nothing.
    ingest(&program, "a");
    assert!(deliver(&program, 3590, &[]).contains("0 delivered"));
}

#[test]
fn a_server_delivers_by_itself_and_has_feeds() {
    let receiver = Receiver::new(|_| Answer::Taken);
    receiver.trust(SECRET);
    let program = program(vec![ChannelKind::Webhook { url: receiver.url.clone(), secret: SECRET.to_owned() }]);
    let mut command = program.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut child = command.env("POLICYGLOT_WEBHOOK_NETWORKS", "127.0.0.1").stderr(Stdio::piped()).spawn().unwrap();
    let server = Running { _input: None, lines: lines_of(child.stderr.take().unwrap()), child };
    let line = server.line("serving on http://");
    let address = line.trim_start_matches("serving on ").split(' ').next().unwrap().to_owned();
    for id in ["a", "b"] {
        ingest(&program, id);
    }
    let start = Instant::now();
    while receiver.messages().len() < 2 && start.elapsed() < Duration::from_secs(20) {
        sleep(Duration::from_millis(50));
    }
    assert_eq!(receiver.messages().len(), 2);

    let Some(python) = python() else { return };
    for path in ["/watch/1/feed.atom", "/alerts.atom"] {
        let output = Command::new(&python).arg(tool("read_feed.py")).arg(format!("{address}{path}")).output().unwrap();
        let read: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!((&read["well_formed"], &read["version"]), (&true.into(), &"atom10".into()), "{read}");
        assert_eq!((&read["status"][0], &read["status"][1]), (&200.into(), &304.into()), "{read}");
        let titles: Vec<&str> = read["entries"].as_array().unwrap().iter().map(|e| e[1].as_str().unwrap()).collect();
        assert_eq!(titles, ["关于灯塔的通知 b", "关于灯塔的通知 a"], "{read}");
        say(&format!("feedparser: {path} is {}", read["version"]));
    }
}

#[test]
fn documents_that_come_into_a_watched_folder_are_ingested() {
    let program = Program::new(PROGRAM);
    let folder = program.folder().join("incoming");
    fs::create_dir(&folder).unwrap();
    let watch = || {
        let mut command = program.command(&["ingest", "--watch-folder", &folder.to_string_lossy()]);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let running = Running { _input: None, lines: lines_of(child.stderr.take().unwrap()), child };
        assert!(running.line("watching").contains("stop with Ctrl-C"));
        running
    };
    let count = || program.json(&["documents", "--format", "json"]).as_array().unwrap().len();
    let pdf = fs::read(sample("pdf/04-embodied-ai-measures.zh.pdf")).unwrap();
    let running = watch();
    // As a slow copy comes.
    let (first, second) = pdf.split_at(pdf.len() / 2);
    fs::write(folder.join("a.pdf"), first).unwrap();
    sleep(Duration::from_secs(3));
    let mut file = fs::File::options().append(true).open(folder.join("a.pdf")).unwrap();
    file.write_all(second).unwrap();
    drop(file);
    assert_eq!(running.line(" new"), "1 new");
    // What cannot be read is told once.
    fs::write(folder.join("torn.docx"), "PK\u{5}\u{6} is no archive").unwrap();
    running.line("torn.docx: ");
    fs::write(folder.join("b.txt"), "灯塔由港口管理。港口每年检查灯塔一次。").unwrap();
    assert_eq!(running.line(" new"), "0 new, 1 failed");
    assert_eq!(running.line(" new"), "1 new", "what failed before is not told again");
    drop(running);
    // It goes on after an end at any time, with what came meanwhile.
    fs::write(folder.join("c.txt"), "The lighthouse is kept by the harbour. It is inspected once a year.").unwrap();
    let running = watch();
    assert!(running.line(" new").starts_with("1 new"));
    drop(running);
    assert_eq!(count(), 3);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 4, "nothing is moved");
}
