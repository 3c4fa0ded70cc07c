//! A receiver of webhooks, as somebody would write one who has read the Standard Webhooks specification.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;
use standardwebhooks::Webhook;

/// How a receiver answers a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It takes it.
    Taken,
    /// It answers with a status, and this header if any.
    Status(u16, &'static str),
    /// It takes it, and ends the connection without a word.
    Silent,
}

/// A message that arrived with a good signature.
#[derive(Clone, Debug)]
pub struct Message {
    /// `webhook-id`.
    pub id: String,
    /// The body.
    pub body: Value,
    /// What was answered.
    pub answer: Answer,
}

/// A receiver on this machine.
#[derive(Debug)]
pub struct Receiver {
    /// Its address.
    pub url: String,
    address: SocketAddr,
    is_down: Arc<AtomicBool>,
    secret: Arc<Mutex<Option<String>>>,
    messages: Arc<Mutex<Vec<Result<Message, String>>>>,
}

impl Receiver {
    /// A receiver that answers the message of each number, counted from 0, as told.
    ///
    /// # Panics
    /// When no port is free.
    #[expect(clippy::unwrap_used, reason = "a test that cannot listen has failed")]
    pub fn new(mut answer: impl FnMut(usize) -> Answer + Send + 'static) -> Self {
        let mut listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let url = format!("http://{address}/hook");
        let receiver = Self { url, address, is_down: Arc::default(), secret: Arc::default(), messages: Arc::default() };
        let (secret, messages) = (receiver.secret.clone(), receiver.messages.clone());
        let is_down = receiver.is_down.clone();
        std::thread::spawn(move || {
            loop {
                for stream in listener.incoming().flatten() {
                    if is_down.load(Ordering::SeqCst) {
                        break;
                    }
                    let number = messages.lock().unwrap_or_else(PoisonError::into_inner).len();
                    let secret = secret.lock().unwrap_or_else(PoisonError::into_inner).clone();
                    // A sender that was killed leaves half a message: none.
                    if let Some(message) = receive(stream, secret.as_deref(), answer(number)) {
                        messages.lock().unwrap_or_else(PoisonError::into_inner).push(message);
                    }
                }
                drop(listener);
                listener = come_back(address, &is_down);
            }
        });
        receiver
    }

    /// Has it go down, so that nobody is there to connect to.
    pub fn go_down(&self) {
        self.is_down.store(true, Ordering::SeqCst);
        // It notices when somebody comes, and is down when nobody is let in any more.
        while TcpStream::connect(self.address).is_ok() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Has it come back at the same address.
    pub fn come_up(&self) {
        self.is_down.store(false, Ordering::SeqCst);
        while TcpStream::connect(self.address).is_err() {
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Tells the secret by which messages are verified, which the program makes.
    pub fn trust(&self, secret: &str) {
        *self.secret.lock().unwrap_or_else(PoisonError::into_inner) = Some(secret.to_owned());
    }

    /// What has arrived.
    ///
    /// # Panics
    /// When a message was not signed as it should be.
    #[expect(clippy::expect_used, reason = "a message that cannot be verified fails the test")]
    pub fn messages(&self) -> Vec<Message> {
        let messages = self.messages.lock().unwrap_or_else(PoisonError::into_inner);
        messages.iter().map(|message| message.clone().expect("every message is verified")).collect()
    }
}

/// Waits until a receiver is to come back, and listens where it did.
fn come_back(address: SocketAddr, is_down: &AtomicBool) -> TcpListener {
    loop {
        if !is_down.load(Ordering::SeqCst)
            && let Ok(listener) = TcpListener::bind(address)
        {
            return listener;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn receive(mut stream: TcpStream, secret: Option<&str>, answer: Answer) -> Option<Result<Message, String>> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut headers = HeaderMap::new();
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    loop {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.parse::<HeaderName>().ok()?, HeaderValue::from_str(value).ok()?);
    }
    let mut body = vec![0; headers.get("content-length")?.to_str().ok()?.parse().ok()?];
    reader.read_exact(&mut body).ok()?;
    let message = verified(&headers, &body, secret, answer);
    let said = match (&message, answer) {
        (Err(_), _) => "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n".to_owned(),
        (Ok(_), Answer::Taken) => "HTTP/1.1 204 No Content\r\n\r\n".to_owned(),
        (Ok(_), Answer::Status(status, header)) => {
            format!("HTTP/1.1 {status} No\r\n{header}content-length: 5\r\n\r\nsorry")
        }
        (Ok(_), Answer::Silent) => String::new(),
    };
    // The sender may be gone; what arrived has arrived.
    let _ = stream.write_all(said.as_bytes());
    Some(message)
}

fn verified(headers: &HeaderMap, body: &[u8], secret: Option<&str>, answer: Answer) -> Result<Message, String> {
    let secret = secret.ok_or("no secret is known yet")?;
    let webhook = Webhook::new(secret).map_err(|error| error.to_string())?;
    webhook.verify(body, headers).map_err(|error| error.to_string())?;
    let id = headers.get("webhook-id").and_then(|id| id.to_str().ok()).ok_or("it has no id")?.to_owned();
    Ok(Message { id, body: serde_json::from_slice(body).map_err(|error| error.to_string())?, answer })
}
