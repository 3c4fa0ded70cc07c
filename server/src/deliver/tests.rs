//! Passes over the outbox with receivers of every kind.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use corpus::store::Pending;
use corpus::watch::{ChannelKind, Delivery, DeliveryState, Schedule, Subject, WatchMatch, WatchSettings};
use jiff::ToSpan as _;
use tempfile::TempDir;

use super::receivers::Receiver;
use super::*;
use crate::config::Config;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const TAKEN: &[&str] = &["HTTP/1.1 204 No Content\r\n\r\n"];
const BEGIN: &str = "2026-11-23T08:00:00Z";

/// An outbox, and the time as the test has it.
struct Story {
    _folder: TempDir,
    data: Arc<Data>,
    settings: Settings,
    now: Timestamp,
}

impl Story {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let data = Arc::new(Data::open(folder.path()).unwrap());
        let given = Config::of(&[("POLICYGLOT_WEBHOOK_NETWORKS", "127.0.0.1")]);
        let settings = Settings { webhook_limit: Duration::from_millis(800), ..Settings::read(&given).unwrap() };
        Self { _folder: folder, data, settings, now: BEGIN.parse().unwrap() }
    }

    /// A watch that is told so.
    fn watch(&self, name: &str, schedule: Schedule, channel: ChannelKind) -> i64 {
        let settings = WatchSettings {
            name: name.to_owned(),
            schedule,
            channels: vec![channel],
            ..WatchSettings::from(Subject::Query(name.to_owned()))
        };
        self.data.with_store(|store| Ok(store.add_watch(settings, &self.now.to_string())?)).unwrap().id
    }

    fn webhook(&self, name: &str, url: &str) -> i64 {
        let channel = ChannelKind::Webhook { url: url.to_owned(), secret: SECRET.to_owned() };
        self.watch(name, Schedule::AtOnce, channel)
    }

    /// A new document that meets watches.
    fn document(&self, id: &str, watches: &[i64]) {
        let record = serde_json::json!({"id": id, "title": format!("Notice {id}"), "text": format!("灯塔 {id}。")});
        let record = serde_json::from_value(record).unwrap();
        let document = ingest::read::read_record(&record).unwrap();
        let now = self.now.to_string();
        let matched =
            |watch: &i64| WatchMatch { watch: *watch, atoms: vec!["灯塔".to_owned()], ..WatchMatch::default() };
        let matches: Vec<WatchMatch> = watches.iter().map(matched).collect();
        let record = |store: &mut corpus::store::Store| {
            store.add_documents(&[document], false, &now)?;
            let added = store.pending(Pending::Watches)?.pop().unwrap();
            Ok(store.record_watched(added, &matches, &now)?)
        };
        assert_eq!(self.data.with_store(record).unwrap(), watches.len());
    }

    fn pass(&self) -> (usize, usize, usize) {
        let Tally { delivered, failed, dead } = deliver_due(&self.data, &self.settings, self.now).unwrap();
        (delivered, failed, dead)
    }

    fn later(&mut self, seconds: i64) {
        self.now += seconds.seconds();
    }

    fn deliveries(&self) -> Vec<Delivery> {
        self.data.with_store(|store| Ok(store.deliveries(None, 100)?)).unwrap()
    }
}

#[test]
fn a_delivery_that_is_taken_is_sent_once() {
    let mut story = Story::new();
    let receiver = Receiver::new(TAKEN);
    let watch = story.webhook("灯塔", &receiver.url);
    story.document("a", &[watch]);
    assert_eq!(story.pass(), (1, 0, 0));
    story.later(100_000);
    assert_eq!(story.pass(), (0, 0, 0));
    let [(_, body)] = receiver.received().try_into().unwrap();
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!((&body["type"], &body["timestamp"]), (&"alerts.created".into(), &BEGIN.into()));
    assert_eq!((&body["data"]["watch"]["name"], &body["data"]["total"]), (&"灯塔".into(), &1.into()));
    let alert = &body["data"]["alerts"][0];
    assert_eq!((&alert["title"], &alert["sentence"]), (&"Notice a".into(), &"灯塔 a。".into()), "{alert}");
    assert_eq!((&alert["atoms"][0], &alert["occasion"]), (&"灯塔".into(), &"new_document".into()));
    assert_eq!(receiver.values("webhook-id"), [story.deliveries()[0].id.clone()]);
}

#[test]
fn a_delivery_that_fails_is_tried_again_with_the_same_id_and_body() {
    let mut story = Story::new();
    let receiver =
        Receiver::new(&["HTTP/1.1 500 No\r\ncontent-length: 4\r\n\r\nlate", "HTTP/1.1 204 No Content\r\n\r\n"]);
    let watch = story.webhook("灯塔", &receiver.url);
    story.document("a", &[watch]);
    assert_eq!(story.pass(), (0, 1, 0));
    let [failed] = story.deliveries().try_into().unwrap();
    assert_eq!((failed.state, failed.attempts), (DeliveryState::Pending, 1));
    assert_eq!(failed.last_error.as_deref(), Some("it answered 500 Internal Server Error: late"));
    story.later(2);
    assert_eq!(story.pass(), (0, 0, 0), "it is not time yet");
    story.later(5);
    assert_eq!(story.pass(), (1, 0, 0));
    let [first, second] = receiver.values("webhook-id").try_into().unwrap();
    assert_eq!((&first, &second), (&failed.id, &failed.id));
    assert_eq!(receiver.received()[0].1, receiver.received()[1].1);
    let [done] = story.deliveries().try_into().unwrap();
    assert_eq!((done.state, done.last_error), (DeliveryState::Delivered, None));
}

#[test]
fn what_is_never_taken_is_given_up_and_can_be_sent_again() {
    let mut story = Story::new();
    let receiver = Receiver::new(&["HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n"]);
    let watch = story.webhook("灯塔", &receiver.url);
    story.document("a", &[watch]);
    let mut attempts = 0;
    while story.deliveries()[0].state == DeliveryState::Pending {
        assert_eq!(story.pass().0, 0);
        attempts += 1;
        // Longer than any pause between two attempts.
        story.later(27 * 3600);
        assert!(attempts < 20);
    }
    assert_eq!(attempts, 10);
    let [dead] = story.deliveries().try_into().unwrap();
    assert_eq!((dead.state, dead.attempts), (DeliveryState::Dead, 10));
    assert_eq!(dead.last_error.as_deref(), Some("it answered 503 Service Unavailable"));
    let again = story.data.with_store(|store| Ok(store.resend(&dead.id, &story.now.to_string())?));
    assert!(again.unwrap());
    assert_eq!(story.pass(), (0, 1, 0));
}

#[test]
fn a_receiver_that_is_gone_is_not_asked_again() {
    let story = Story::new();
    let receiver = Receiver::new(&["HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n"]);
    let watch = story.webhook("灯塔", &receiver.url);
    story.document("a", &[watch]);
    assert_eq!(story.pass(), (0, 0, 1));
    assert_eq!(story.deliveries()[0].state, DeliveryState::Dead);
}

#[test]
fn a_receiver_that_does_not_answer_holds_up_nobody_else() {
    let mut story = Story::new();
    // It accepts connections, and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let slow = story.webhook("slow", &format!("http://{}/", silent.local_addr().unwrap()));
    let receiver = Receiver::new(TAKEN);
    let quick = story.webhook("quick", &receiver.url);
    for id in ["a", "b", "c", "d", "e"] {
        story.document(id, &[slow, quick]);
    }
    let start = Instant::now();
    assert_eq!(story.pass(), (5, 1, 0), "one attempt is enough to know");
    assert!(start.elapsed() < Duration::from_secs(3));
    let waiting = story.deliveries().into_iter().filter(|delivery| delivery.state == DeliveryState::Pending);
    assert_eq!(waiting.filter(|delivery| delivery.attempts == 0).count(), 4);
    story.later(60);
    assert_eq!(story.pass(), (0, 1, 0));
}

#[test]
fn two_that_deliver_at_once_send_each_delivery_once() {
    let story = Story::new();
    let receiver = Receiver::new(TAKEN);
    let watches: Vec<i64> = (0..3).map(|name| story.webhook(&format!("watch {name}"), &receiver.url)).collect();
    for id in 0..8 {
        story.document(&id.to_string(), &watches);
    }
    let delivered: usize = std::thread::scope(|scope| {
        let passes: Vec<_> = (0..3).map(|_| scope.spawn(|| story.pass().0)).collect();
        passes.into_iter().map(|pass| pass.join().unwrap()).sum()
    });
    assert_eq!((delivered, receiver.received().len()), (24, 24));
}

#[test]
fn what_a_process_took_and_did_not_finish_is_sent_by_the_next() {
    let mut story = Story::new();
    let receiver = Receiver::new(TAKEN);
    let watch = story.webhook("灯塔", &receiver.url);
    story.document("a", &[watch]);
    let [delivery] = story.deliveries().try_into().unwrap();
    let lease = (story.now + 5.minutes()).to_string();
    let claim =
        story.data.with_store(|store| Ok(store.claim_delivery(&delivery.id, &story.now.to_string(), &lease)?));
    assert!(claim.unwrap());
    assert_eq!(story.pass(), (0, 0, 0));
    story.later(300);
    assert_eq!(story.pass(), (1, 0, 0));
}

#[test]
fn mail_without_a_server_says_what_to_set() {
    let story = Story::new();
    let watch = story.watch("灯塔", Schedule::AtOnce, ChannelKind::Mail { address: "keeper@example.org".to_owned() });
    story.document("a", &[watch]);
    assert_eq!(story.pass(), (0, 1, 0));
    assert!(story.deliveries()[0].last_error.as_ref().unwrap().contains("set POLICYGLOT_SMTP"));
}

#[test]
fn a_digest_comes_once_a_day_with_all_of_it() {
    let mut story = Story::new();
    let receiver = Receiver::new(TAKEN);
    let channel = ChannelKind::Webhook { url: receiver.url.clone(), secret: SECRET.to_owned() };
    let watch = story.watch("灯塔", Schedule::Daily, channel);
    story.document("a", &[watch]);
    story.document("b", &[watch]);
    assert_eq!(story.pass(), (0, 0, 0));
    story.later(24 * 3600);
    assert_eq!(story.pass(), (1, 0, 0));
    story.later(24 * 3600);
    assert_eq!(story.pass(), (0, 0, 0), "there is nothing new to tell");
    let body: serde_json::Value = serde_json::from_str(&receiver.received()[0].1).unwrap();
    assert_eq!(body["data"]["total"], 2);
}

#[test]
fn the_worker_delivers_by_itself() {
    let mut story = Story::new();
    story.now = Timestamp::now();
    let receiver = Receiver::new(TAKEN);
    let watch = story.webhook("灯塔", &receiver.url);
    let worker = start_worker(&story.data, &story.settings).unwrap();
    story.document("a", &[watch]);
    let start = Instant::now();
    while worker.tally() == Tally::default() && start.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(worker.tally(), Tally { delivered: 1, failed: 0, dead: 0 });
    drop(worker);
    assert_eq!(story.deliveries()[0].state, DeliveryState::Delivered);
}
