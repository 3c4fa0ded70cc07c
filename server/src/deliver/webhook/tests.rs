//! Webhooks against receivers on this machine.

use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use ureq::config::Config;
use ureq::http::{HeaderValue, Uri};
use ureq::unversioned::resolver::ResolvedSocketAddrs;
use ureq::unversioned::transport::{NextTimeout, time};

use super::*;
use crate::deliver::receivers::Receiver;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

fn send(url: &str, allowed: &str) -> Result<(), Failure> {
    let webhooks = Webhooks::new(Network::read(allowed).into_iter().collect(), Duration::from_millis(500));
    let message = Message { url, secret: SECRET, id: "msg_1", body: "{\"题\":1}" };
    webhooks.send(message, Timestamp::now())
}

#[test]
fn a_receiver_can_verify_what_it_is_sent() {
    let receiver = Receiver::new(&["HTTP/1.1 204 No Content\r\n\r\n"]);
    assert_eq!(send(&receiver.url, "127.0.0.1"), Ok(()));
    let (head, body) = receiver.received().pop().unwrap();
    let mut headers = HeaderMap::new();
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let value = head.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
    }
    standardwebhooks::Webhook::new(SECRET).unwrap().verify(body.as_bytes(), &headers).unwrap();
    assert_eq!(head.first().unwrap(), "POST /hook?key=confidential HTTP/1.1");
    assert!(head.contains(&"content-type: application/json".to_owned()), "{head:?}");
    assert_eq!(body, "{\"题\":1}");
}

#[track_caller]
fn check(answer: &'static [&'static str], again: Again, why: &str) {
    let receiver = Receiver::new(answer);
    assert_eq!(send(&receiver.url, "127.0.0.0/8"), Err(Failure::new(again, why)));
    assert_eq!(receiver.received().len(), 1);
}

#[test]
fn an_answer_tells_whether_to_try_again() {
    check(
        &["HTTP/1.1 500 Internal Server Error\r\ncontent-length: 9\r\n\r\nout\nof\tit"],
        Again::Later,
        "it answered 500 Internal Server Error: out of it",
    );
    check(&["HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n"], Again::Never, "it answered 410 Gone");
    check(&["HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"], Again::Later, "it answered 404 Not Found");
    check(
        &["HTTP/1.1 429 Too Many Requests\r\nretry-after: 90\r\ncontent-length: 0\r\n\r\n"],
        Again::After(Duration::from_secs(90)),
        "it answered 429 Too Many Requests",
    );
    check(
        &["HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n"],
        Again::Later,
        "it answered 302 Found: redirects are not followed; give the address that it leads to",
    );
    check(&["SSH-2.0-OpenSSH_9.9\r\n\r\n"], Again::Silent, "its answer is not HTTP");
}

#[test]
fn a_receiver_that_does_not_answer_is_given_up_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let start = Instant::now();
    assert_eq!(send(&url, "127.0.0.1"), Err(Failure::new(Again::Silent, "it did not answer in time")));
    assert!(start.elapsed() < Duration::from_secs(3));
    // Nobody listens any more.
    drop(listener);
    assert_eq!(send(&url, "127.0.0.1").unwrap_err().again, Again::Silent);
}

#[test]
fn an_answer_without_end_is_not_listened_to() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.write_all(b"HTTP/1.1 500 No\r\n\r\n");
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    });
    let failure = send(&url, "127.0.0.1").unwrap_err();
    assert!(failure.why.len() < 300, "{}", failure.why);
}

#[test]
fn private_networks_are_not_connected_to_unless_allowed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    for host in ["127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]", "0x7f.1"] {
        let failure = send(&format!("http://{host}:{port}/?key=confidential"), "10.0.0.0/8").unwrap_err();
        assert!(!failure.why.contains("confidential"), "{}", failure.why);
        let secure = send(&format!("https://{host}:{port}/"), "10.0.0.0/8").unwrap_err();
        assert!(secure.why.contains("private network") || secure.why.contains("host is not known"), "{}", secure.why);
    }
    assert!(listener.accept().is_err(), "nothing was connected to");
}

#[test]
fn addresses_that_are_none_are_told_without_their_secrets() {
    for url in ["ftp://127.0.0.1/confidential", "confidential", "http://", "http://user:confidential@/"] {
        let failure = send(url, "127.0.0.1").unwrap_err();
        assert!(!failure.why.contains("confidential"), "{}", failure.why);
    }
}

/// Names as the test has them: another answer each time that one is looked up, the last again and again.
#[derive(Debug)]
struct Names {
    answers: Vec<Vec<SocketAddr>>,
    asked: Arc<AtomicUsize>,
}

impl Names {
    fn new(answers: &[&[SocketAddr]]) -> Self {
        Self { answers: answers.iter().map(|answer| answer.to_vec()).collect(), asked: Arc::default() }
    }
}

impl Resolver for Names {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        let mut found = self.empty();
        let answer = self.answers.get(number).or(self.answers.last()).unwrap();
        answer.iter().for_each(|address| found.push(*address));
        Ok(found)
    }
}

/// What of the addresses of a name may be connected to where `10.0.0.0/8` is allowed, or why none.
#[track_caller]
fn check_name(scheme: &str, found: &[&str], reachable: Result<&[&str], &str>) {
    let addresses = |list: &[&str]| -> Vec<SocketAddr> {
        list.iter().map(|ip| SocketAddr::new(ip.parse().unwrap(), 443)).collect()
    };
    let allowed = Network::read("10.0.0.0/8").into_iter().collect();
    let guarded = Guarded { allowed, resolver: Names::new(&[&addresses(found)]) };
    let timeout =
        NextTimeout { after: time::Duration::NotHappening, reason: ureq::Timeout::Global, ..NextTimeout::default() };
    let uri = format!("{scheme}://receiver.example/").parse().unwrap();
    match (guarded.resolve(&uri, &Config::default(), timeout), reachable) {
        (Ok(kept), Ok(reachable)) => assert_eq!(kept.iter().copied().collect::<Vec<_>>(), addresses(reachable)),
        (Err(error), Err(why)) => assert!(unanswered(&error).contains(why), "{error}"),
        (kept, _) => panic!("{found:?}: {kept:?}"),
    }
}

#[test]
fn of_a_name_only_the_addresses_that_may_be_reached_are_connected_to() {
    check_name("https", &["10.1.2.3", "192.168.1.1", "1.1.1.1", "169.254.169.254"], Ok(&["10.1.2.3", "1.1.1.1"]));
    check_name("https", &["::1", "2606:4700::1111", "fd00:ec2::254"], Ok(&["2606:4700::1111"]));
    check_name("http", &["1.1.1.1", "10.1.2.3"], Ok(&["10.1.2.3"]));
    check_name("http", &["::ffff:10.1.2.3"], Ok(&["::ffff:10.1.2.3"]));
    check_name("http", &["1.1.1.1"], Err("no TLS"));
    for private in [
        "0.0.0.0",
        "127.0.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "168.63.129.16",
        "::ffff:192.168.1.1",
        "::ffff:169.254.169.254",
        "64:ff9b::169.254.169.254",
        // That a network is allowed does not allow to reach it by a translator.
        "64:ff9b::10.1.2.3",
        "2002:c0a8:101::1",
        "fd00:ec2::254",
        "::",
    ] {
        check_name("https", &[private], Err("private network"));
        check_name("http", &[private], Err("private network"));
    }
}

#[test]
fn a_name_that_changes_between_two_looks_leads_nowhere_else() {
    let trap = TcpListener::bind("127.0.0.2:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let trap_address = trap.local_addr().unwrap();
    let receiver = Receiver::new(&["HTTP/1.1 204 No Content\r\n\r\n"]);
    let good: SocketAddr = receiver.url.trim_start_matches("http://").split('/').next().unwrap().parse().unwrap();
    // The name leads to both, then only to what must not be reached.
    let names = Names::new(&[&[trap_address, good], &[trap_address]]);
    let asked = names.asked.clone();
    let allowed = Network::read("127.0.0.1").into_iter().collect();
    let webhooks = Webhooks::with_resolver(Guarded { allowed, resolver: names }, Duration::from_millis(500));
    let message = Message { url: "http://receiver.example/hook", secret: SECRET, id: "msg_1", body: "{}" };
    assert_eq!(webhooks.send(message, Timestamp::now()), Ok(()));
    assert_eq!(asked.load(Ordering::SeqCst), 1, "what was judged is connected to, and nothing is looked up again");
    assert!(webhooks.send(message, Timestamp::now()).unwrap_err().why.contains("private network"));
    assert_eq!(receiver.received().len(), 1);
    assert!(trap.accept().is_err(), "nothing was connected to");
}
