//! Receivers on this machine, for tests.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What a receiver was sent: header lines and body.
pub(super) type Received = (Vec<String>, String);

/// A receiver that gives one answer after another, the last again and again.
pub(super) struct Receiver {
    pub(super) url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Receiver {
    pub(super) fn new(answers: &'static [&'static str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook?key=confidential", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let all = received.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let message = read(&stream);
                let number = {
                    let mut all = all.lock().unwrap();
                    all.push(message);
                    all.len()
                };
                let answer = answers.get(number - 1).or(answers.last()).unwrap();
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { url, received }
    }

    /// What it was sent so far.
    pub(super) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// The values of a header, message by message.
    pub(super) fn values(&self, name: &str) -> Vec<String> {
        let value = |line: &String| Some(line.strip_prefix(name)?.strip_prefix(": ")?.to_owned());
        self.received().iter().map(|(head, _)| head.iter().find_map(value).unwrap()).collect()
    }
}

fn read(stream: &TcpStream) -> Received {
    let mut reader = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        match line.trim_end() {
            "" => break,
            line => head.push(line.to_owned()),
        }
    }
    let length = head.iter().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    (head, String::from_utf8(body).unwrap())
}
