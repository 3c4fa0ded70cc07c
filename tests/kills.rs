//! The program killed at any moment while it ingests, matches and delivers, with a receiver that is by turns well, slow,
//! answering 500, not answering and down: each alert is recorded once and delivered at least once, always with the same
//! id, and the feed has it once.
//!
//! Kills are 40 by default; `POLICYGLOT_KILLS` asks for more. The same number of kills plays the same story, as far as
//! the machine's own timing lets it.

#![expect(clippy::unwrap_used, reason = "a test whose files cannot be made or read has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::ops::Range;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use corpus::store::{Pending, Store};
use corpus::watch::{ChannelKind, DeliveryState, WatchSettings};
use serde_json::json;
use tests::{Answer, Program, Receiver};

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// So many documents are ingested at a time.
const TOGETHER: usize = 4;
/// What is watched, and the remainders of the documents' numbers by 6 that it is met by.
const WATCHES: [(&str, &[usize]); 3] =
    [("灯塔", &[0, 1, 3]), ("harbour", &[1, 2, 4]), ("潮汐电站 OR \"tidal lock\"", &[2, 3, 5])];

/// How the receiver is, by turns.
const MOODS: [&str; 5] = ["well", "slow", "answering 500", "silent", "down"];
/// So many rounds of kills each.
const ROUNDS: usize = 2;

/// Numbers that look random and are the same in every run.
struct Chance(u64);

impl Chance {
    /// A number below another.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn part_of(&mut self, whole: Duration) -> Duration {
        whole * u32::try_from(self.below(1000)).unwrap() / 1000
    }
}

/// Writes documents, a line each.
fn records(program: &Program, numbers: Range<usize>) -> String {
    let words = ["灯塔", "harbour", "潮汐电站", "tidal lock"];
    let of = |watch: usize, id: usize| WATCHES.get(watch).is_some_and(|(_, met)| met.contains(&(id % 6)));
    let lines = numbers.clone().map(|id| {
        let met = [of(0, id), of(1, id), of(2, id) && id % 2 == 0, of(2, id) && id % 2 == 1];
        let held: Vec<&str> = words.iter().zip(met).filter_map(|(word, is_met)| is_met.then_some(*word)).collect();
        let text =
            format!("第{id}份文件涉及：{}。\n\nDocument {id} is about coasts: {}.", held.join("、"), held.join(", "));
        json!({"id": format!("record-{id}"), "text": text, "title": format!("第{id}号记录")}).to_string() + "\n"
    });
    let path = program.folder().join(format!("records-{}-{}.jsonl", numbers.start, numbers.end));
    fs::write(&path, lines.collect::<String>()).unwrap();
    path.display().to_string()
}

/// The story: a program, its receiver, and what was killed.
struct Story {
    /// How many documents are made.
    documents: usize,
    program: Program,
    receiver: Receiver,
    chance: Chance,
    /// The time that deliveries are told, in minutes since the beginning.
    minutes: u64,
    /// The receiver's mood, by its place in [`MOODS`].
    mood: Arc<AtomicUsize>,
    /// How many were killed, by what they were at.
    stages: BTreeMap<&'static str, usize>,
    /// How many were killed in each mood of the receiver.
    moods: [usize; MOODS.len()],
}

impl Story {
    fn new(documents: usize) -> Self {
        let mood = Arc::new(AtomicUsize::new(0));
        let current = mood.clone();
        let receiver = Receiver::new(move |_| match MOODS.get(current.load(Ordering::SeqCst)) {
            Some(&"slow") => {
                sleep(Duration::from_millis(150));
                Answer::Taken
            }
            Some(&"answering 500") => Answer::Status(500, ""),
            Some(&"silent") => Answer::Silent,
            _ => Answer::Taken,
        });
        let program = Program::new(PROGRAM);
        receiver.trust(SECRET);
        for (query, _) in WATCHES {
            let kind = ChannelKind::Webhook { url: receiver.url.clone(), secret: SECRET.to_owned() };
            let watch = WatchSettings { channels: vec![kind], ..WatchSettings::from(query) };
            Store::open(&program.data()).unwrap().add_watch(watch, "2026-01-01T00:00:00Z").unwrap();
        }
        let (stages, moods) = Default::default();
        Self { documents, program, receiver, chance: Chance(11), minutes: 0, mood, stages, moods }
    }

    fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.program.command(arguments);
        command.env("POLICYGLOT_WEBHOOK_NETWORKS", "127.0.0.1");
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn kills(&self) -> usize {
        self.stages.values().sum()
    }

    /// Has the receiver be in the next mood.
    fn change_mood(&mut self, round: usize) {
        let mood = round / ROUNDS % MOODS.len();
        let before = self.mood.swap(mood, Ordering::SeqCst);
        let is_down = |mood: usize| MOODS.get(mood) == Some(&"down");
        match (is_down(before), is_down(mood)) {
            (false, true) => self.receiver.go_down(),
            (true, false) => self.receiver.come_up(),
            _ => {}
        }
    }

    /// The time as deliveries are told it.
    fn time(&self) -> String {
        let Self { minutes, .. } = self;
        format!("2027-01-{:02}T{:02}:{:02}:00Z", 1 + minutes / 1440, minutes / 60 % 24, minutes % 60)
    }

    /// Begins to deliver what is due some minutes later.
    fn deliver(&mut self, minutes: u64) -> Child {
        self.minutes += minutes;
        self.start(&["deliver", "--at", &self.time()])
    }

    /// Kills a process; whether it had not come to its end.
    fn kill(&mut self, mut child: Child, stage: impl FnOnce(&Self) -> &'static str) -> bool {
        let _ = child.kill();
        let was_killed = !child.wait().unwrap().success();
        if was_killed {
            *self.stages.entry(stage(self)).or_default() += 1;
            if let Some(kills) = self.moods.get_mut(self.mood.load(Ordering::SeqCst)) {
                *kills += 1;
            }
        }
        was_killed
    }

    /// What an ingest of some documents was at: only those that came in whole are there.
    fn stage_of_ingest(&self, documents: usize) -> &'static str {
        let store = Store::open(&self.program.data()).unwrap();
        let waiting = |pending: Pending| !store.pending(pending).unwrap().is_empty();
        if store.document_count().unwrap() < documents {
            "reading"
        } else if waiting(Pending::Watches) {
            "deriving and matching"
        } else {
            "ending"
        }
    }

    /// What a pass over the outbox was at: a delivery that is due and nobody may take was being sent.
    fn stage_of_delivery(&self) -> &'static str {
        let store = Store::open(&self.program.data()).unwrap();
        let now = self.time();
        let free = store.due_deliveries(&now, &[], 10_000).unwrap().len();
        let pending = store.deliveries(Some(DeliveryState::Pending), 10_000).unwrap();
        let due = pending.iter().filter(|delivery| delivery.next_attempt <= now).count();
        if due > free { "sending" } else { "between deliveries" }
    }
}

/// What is there to tell in the end: watch and title, by the number of the alert.
fn alerts(program: &Program) -> BTreeMap<i64, (i64, String)> {
    let alerts = Store::open(&program.data()).unwrap().alerts(100_000).unwrap();
    alerts.into_iter().map(|alert| (alert.id, (alert.watch, alert.title))).collect()
}

/// What the documents hold, watch by watch.
fn expected(documents: usize) -> BTreeSet<(i64, String)> {
    let of_watch = move |(watch, (_, met)): (usize, &(&str, &'static [usize]))| {
        let met: &'static [usize] = met;
        let watch = i64::try_from(watch).unwrap() + 1;
        (0..documents).filter(move |id| met.contains(&(id % 6))).map(move |id| (watch, format!("第{id}号记录")))
    };
    WATCHES.iter().enumerate().flat_map(of_watch).collect()
}

/// The alerts that were taken, with the ids of the messages that they came in, and how often.
fn taken(receiver: &Receiver) -> BTreeMap<i64, BTreeMap<String, usize>> {
    let mut taken: BTreeMap<i64, BTreeMap<String, usize>> = BTreeMap::new();
    for message in receiver.messages().iter().filter(|message| message.answer == Answer::Taken) {
        for alert in message.body["data"]["alerts"].as_array().unwrap() {
            let ids = taken.entry(alert["id"].as_i64().unwrap()).or_default();
            *ids.entry(message.id.clone()).or_default() += 1;
        }
    }
    taken
}

#[test]
fn every_alert_is_recorded_once_and_delivered_whenever_the_program_is_killed() {
    let kills = env::var("POLICYGLOT_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(40);
    // About as many as come in meanwhile.
    let shares = 4 + kills / TOGETHER;
    let mut story = Story::new(shares * TOGETHER);
    let shares: Vec<String> =
        (0..shares).map(|share| records(&story.program, share * TOGETHER..(share + 1) * TOGETHER)).collect();
    let mut share = 0;
    let (ingest, deliver) = story.measured(shares.first().unwrap());
    for round in 0.. {
        if story.kills() >= kills {
            break;
        }
        story.change_mood(round);
        let path = shares.get(share % shares.len()).unwrap();
        let ingesting = story.start(&["ingest", "--jsonl", path]);
        let end = Instant::now() + story.chance.part_of(ingest);
        // Meanwhile others deliver what those before it recorded.
        for _ in 0..3 {
            let delivering = story.deliver(6);
            sleep(story.chance.part_of(deliver));
            story.kill(delivering, Story::stage_of_delivery);
        }
        sleep(end.saturating_duration_since(Instant::now()));
        let documents = (share + 1).min(shares.len()) * TOGETHER;
        let was_killed = story.kill(ingesting, |story| story.stage_of_ingest(documents));
        // A share that has come in whole is followed by the next.
        share += usize::from(!was_killed);
    }
    story.change_mood(0);
    story.finish();
    story.check();
}

impl Story {
    /// How long to wait at most before a run is killed, of each kind: so that about half of them come to their end.
    fn measured(&self, path: &str) -> (Duration, Duration) {
        let other = Program::new(PROGRAM);
        let time = |arguments: &[&str]| {
            let start = Instant::now();
            assert_eq!(other.run(arguments).status, Some(0));
            start.elapsed()
        };
        (time(&["ingest", "--jsonl", path]) * 2, time(&["deliver"]) * 5)
    }

    /// Lets everything come to its end.
    fn finish(&mut self) {
        let ended = self.program.run(&["ingest", "--jsonl", &records(&self.program, 0..self.documents)]);
        assert_eq!(ended.status, Some(0), "{}", ended.messages);
        let count = |program: &Program| alerts(program).len();
        for _ in 0..40 {
            // Longer than the longest pause between two attempts.
            assert!(self.deliver(27 * 60).wait().unwrap().success());
            if taken(&self.receiver).len() >= count(&self.program) {
                break;
            }
        }
    }

    #[track_caller]
    fn check(&self) {
        let alerts = alerts(&self.program);
        let recorded: BTreeSet<(i64, String)> = alerts.values().cloned().collect();
        assert_eq!(recorded.len(), alerts.len(), "an alert was recorded twice");
        assert_eq!(recorded, expected(self.documents));
        let taken = taken(&self.receiver);
        let lost: Vec<&i64> = alerts.keys().filter(|alert| !taken.contains_key(alert)).collect();
        assert!(lost.is_empty(), "never delivered: {lost:?}");
        let ids = taken.values().filter(|ids| ids.len() > 1).count();
        assert_eq!(ids, 0, "an alert came with two ids");
        let repeated: usize = taken.values().flat_map(BTreeMap::values).filter(|times| **times > 1).count();
        let (entries, distinct) = feed(&self.program);
        assert_eq!((entries, distinct), (alerts.len(), alerts.len()));
        let messages = self.receiver.messages();
        let answered = |answer: Answer| messages.iter().filter(|message| message.answer == answer).count();
        let moods: Vec<String> = MOODS.iter().zip(self.moods).map(|(mood, kills)| format!("{kills} {mood}")).collect();
        let _ = writeln!(
            std::io::stdout(),
            "{} kills: {:?}; by the receiver's mood: {}\n{} alerts recorded, none twice, {} lost; {} messages arrived: {} \
             taken, {} answered with 500, {} not answered; {repeated} alerts arrived more than once, with the same id; \
             {entries} entries in the feed, {distinct} distinct",
            self.kills(),
            self.stages,
            moods.join(", "),
            alerts.len(),
            lost.len(),
            messages.len(),
            answered(Answer::Taken),
            answered(Answer::Status(500, "")),
            answered(Answer::Silent),
        );
    }
}

/// How many entries the feed of everything has, and how many distinct ids.
fn feed(program: &Program) -> (usize, usize) {
    let mut command = program.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut server = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines();
    let line = lines.by_ref().map(Result::unwrap).find(|line| line.starts_with("serving on http://")).unwrap();
    let address = line.trim_start_matches("serving on http://").split(' ').next().unwrap().to_owned();
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(stream, "GET /alerts.atom HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    let ids: Vec<&str> = answer.split("<entry>").skip(1).filter_map(|entry| entry.split("</id>").next()).collect();
    (ids.len(), ids.iter().collect::<BTreeSet<_>>().len())
}
