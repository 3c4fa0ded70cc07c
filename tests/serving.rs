//! The server under load, and its end: slow and silent clients, signals, priorities, and what it tells of itself.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test whose server does not answer has failed")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tests::{Program, sample};

/// Longer than any of these takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server on the data folder of a program; killed when it is dropped.
struct Server {
    child: Child,
    address: String,
    /// The lines that it writes.
    lines: Receiver<String>,
}

impl Server {
    fn start(program: &Program, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = program.command(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat());
        command.envs(variables.iter().copied());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let written = BufReader::new(child.stderr.take().unwrap()).lines();
        let (sender, lines) = channel();
        std::thread::spawn(move || written.map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let mut server = Self { child, address: String::new(), lines };
        let line = server.line(|line| line.contains("serving on http://"));
        server.address = line.split_once("http://").unwrap().1.split_whitespace().next().unwrap().to_owned();
        server
    }

    /// The next line that it writes of some kind.
    fn line(&self, is: impl Fn(&str) -> bool) -> String {
        let begun = Instant::now();
        loop {
            let line = self.lines.recv_timeout(PATIENCE.saturating_sub(begun.elapsed())).unwrap();
            if is(&line) {
                return line;
            }
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Asks for something on a connection that stays.
    fn send(&self, path: &str) -> TcpStream {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n", self.address).unwrap();
        stream
    }

    fn get(&self, path: &str) -> String {
        get(&self.address, path)
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// How it ended, and after how long.
    fn end(mut self) -> (ExitStatus, Duration) {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, begun.elapsed());
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end");
            sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer, with its head.
fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// A port that nobody listens at.
fn free_address() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

fn program() -> Program {
    Program::new(env!("CARGO_BIN_EXE_policyglot-under-test"))
}

#[test]
fn a_server_that_is_told_to_end_ends_well() {
    let program = program();
    let server = Server::start(&program, &[], &[]);
    let mut idle = server.send("/style.css");
    let mut follows = server.send("/api/v1/alerts/stream");
    // The stream has begun before the server is told.
    assert!(follows.read(&mut [0; 64]).unwrap() > 0);
    let address = server.address.clone();
    server.signal("TERM");
    let (status, took) = server.end();
    assert_eq!(status.code(), Some(0));
    // Nothing was under way: neither a reader who follows nor a connection that stays keeps it.
    assert!(took < Duration::from_secs(8), "{took:?}");
    assert!(idle.read_to_end(&mut Vec::new()).is_ok());
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let program = program();
    let server = Server::start(&program, &[], &[]);
    // A request whose body never comes keeps it for as long as it waits for such.
    let mut stuck = server.connect();
    let head = "POST /watches HTTP/1.1\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 10\r\n";
    write!(stuck, "{head}host: {}\r\n\r\n", server.address).unwrap();
    sleep(Duration::from_millis(300));
    server.signal("TERM");
    sleep(Duration::from_millis(300));
    server.signal("TERM");
    let (status, took) = server.end();
    assert_eq!(status.code(), Some(130));
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn slow_clients_do_not_hold_the_server() {
    let program = program();
    let server = Server::start(&program, &[], &[("POLICYGLOT_CONNECTIONS", "4")]);
    let slow: Vec<TcpStream> = (0..4).map(|_| server.connect()).collect();
    for mut stream in &slow {
        stream.write_all(b"GET / HTTP/1.1\r\nhost: loc").unwrap();
    }
    // Who comes now waits until one of these has taken too long for the head of a request.
    let begun = Instant::now();
    assert!(server.get("/style.css").starts_with("HTTP/1.1 200"));
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn metrics_have_a_listener_of_their_own() {
    let program = program();
    let metrics = free_address();
    let server = Server::start(&program, &["--metrics", &metrics], &[]);
    assert!(server.get("/search?q=harbour").starts_with("HTTP/1.1 200"));
    assert!(server.get("/metrics").starts_with("HTTP/1.1 404"));
    assert!(get(&metrics, "/livez").ends_with("ok\n"));
    assert!(get(&metrics, "/readyz").ends_with("ready\n"));
    let text = get(&metrics, "/metrics");
    assert!(
        text.contains("policyglot_http_requests_total{route=\"/search\",method=\"GET\",status=\"2xx\"} 1"),
        "{text}"
    );
    assert!(text.contains("process_resident_memory_bytes"), "{text}");
    assert!(!text.contains("harbour"), "{text}");
}

#[test]
fn metrics_are_not_told_to_others_unless_that_is_meant() {
    let ended = program().run(&["serve", "--listen", "127.0.0.1:0", "--metrics", "0.0.0.0:9464"]);
    assert_ne!(ended.status, Some(0));
    assert!(ended.messages.contains("--metrics is an address that others reach"), "{}", ended.messages);
}

#[test]
fn the_log_tells_of_each_request_without_what_was_asked() {
    let program = program();
    let server = Server::start(&program, &["--log-format", "json"], &[("POLICYGLOT_LOG", "info")]);
    let answer = server.get("/api/v1/search?q=harbour");
    let id = answer.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap().to_owned();
    let line = server.line(|line| line.contains("\"answered\""));
    let told: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(told["route"], "/api/v1/search", "{line}");
    assert_eq!(
        (told["method"].as_str(), told["status"].as_i64(), told["role"].as_str()),
        (Some("GET"), Some(200), Some("admin"))
    );
    assert_eq!(told["span"]["id"], id.as_str(), "{line}");
    assert!(told["ms"].as_f64().unwrap() > 0.0 && told["bytes"].as_u64().unwrap() > 0, "{line}");
    assert!(!line.contains("harbour"), "{line}");
}

/// The priority of each process that a process has started.
#[cfg(target_os = "linux")]
fn priorities_below(id: u32) -> Vec<i64> {
    let entries = std::fs::read_dir("/proc").unwrap().flatten();
    let stats = entries.filter_map(|entry| std::fs::read_to_string(entry.path().join("stat")).ok());
    // The fields after the name, which is in brackets: the second is the parent, the 17th the priority (proc(5)).
    let fields = stats.filter_map(|stat| Some(stat.rsplit_once(')')?.1.trim().to_owned()));
    let below = fields.filter(|stat| stat.split(' ').nth(1).and_then(|parent| parent.parse().ok()) == Some(id));
    below.filter_map(|stat| stat.split(' ').nth(16)?.parse().ok()).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn files_are_read_at_low_priority() {
    let program = program();
    let mut ingest = program.command(&["ingest", &sample("pdf")]).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    let mut seen = Vec::new();
    while !seen.contains(&10) && begun.elapsed() < PATIENCE && ingest.try_wait().unwrap().is_none() {
        seen = priorities_below(ingest.id());
        sleep(Duration::from_millis(20));
    }
    let _ = ingest.kill();
    let _ = ingest.wait();
    // Another worker may only just have begun.
    assert!(seen.contains(&10), "{seen:?}");
}
