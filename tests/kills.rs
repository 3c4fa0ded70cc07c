//! The program killed at any moment while it ingests, matches and delivers, with a receiver that fails at random: each
//! alert is recorded once and delivered at least once, always with the same id, and the feed has it once.
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
use std::thread::sleep;
use std::time::{Duration, Instant};

use corpus::store::Store;
use corpus::watch::{ChannelKind, WatchSettings};
use serde_json::json;
use tests::{Answer, Program, Receiver};

const PROGRAM: &str = env!("CARGO_BIN_EXE_policyglot-under-test");
const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// So many documents are made, and ingested so many at a time.
const DOCUMENTS: usize = 80;
const TOGETHER: usize = 4;
/// What is watched, and the remainders of the documents' numbers by 6 that it is met by.
const WATCHES: [(&str, &[usize]); 3] =
    [("灯塔", &[0, 1, 3]), ("harbour", &[1, 2, 4]), ("潮汐电站 OR \"tidal lock\"", &[2, 3, 5])];

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
    program: Program,
    receiver: Receiver,
    chance: Chance,
    /// The time that deliveries are told, in minutes since the beginning.
    minutes: u64,
    kills: usize,
}

impl Story {
    fn new() -> Self {
        let mut answers = Chance(7);
        let receiver = Receiver::new(move |_| match answers.below(10) {
            0 | 1 => Answer::Status(500, ""),
            2 => Answer::Silent,
            3 => {
                sleep(Duration::from_millis(40));
                Answer::Taken
            }
            _ => Answer::Taken,
        });
        let program = Program::new(PROGRAM);
        receiver.trust(SECRET);
        for (query, _) in WATCHES {
            let kind = ChannelKind::Webhook { url: receiver.url.clone(), secret: SECRET.to_owned() };
            let watch = WatchSettings { channels: vec![kind], ..WatchSettings::from(query) };
            Store::open(&program.data()).unwrap().add_watch(watch, "2026-01-01T00:00:00Z").unwrap();
        }
        Self { program, receiver, chance: Chance(11), minutes: 0, kills: 0 }
    }

    fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.program.command(arguments);
        command.env("POLICYGLOT_WEBHOOK_NETWORKS", "127.0.0.1");
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Begins to deliver what is due some minutes later.
    fn deliver(&mut self, minutes: u64) -> Child {
        self.minutes += minutes;
        let at = format!(
            "2027-01-{:02}T{:02}:{:02}:00Z",
            1 + self.minutes / 1440,
            self.minutes / 60 % 24,
            self.minutes % 60
        );
        self.start(&["deliver", "--at", &at])
    }

    /// Kills a process after a while; whether it had not come to its end.
    fn kill(&mut self, mut child: Child) -> bool {
        let _ = child.kill();
        let was_killed = !child.wait().unwrap().success();
        self.kills += usize::from(was_killed);
        was_killed
    }
}

/// What is there to tell in the end: watch and title, by the number of the alert.
fn alerts(program: &Program) -> BTreeMap<i64, (i64, String)> {
    let alerts = Store::open(&program.data()).unwrap().alerts(100_000).unwrap();
    alerts.into_iter().map(|alert| (alert.id, (alert.watch, alert.title))).collect()
}

/// What the documents hold, watch by watch.
fn expected() -> BTreeSet<(i64, String)> {
    let of_watch = |(watch, (_, met)): (usize, &(&str, &'static [usize]))| {
        let met: &'static [usize] = met;
        let watch = i64::try_from(watch).unwrap() + 1;
        (0..DOCUMENTS).filter(move |id| met.contains(&(id % 6))).map(move |id| (watch, format!("第{id}号记录")))
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
    let mut story = Story::new();
    let shares: Vec<String> = (0..DOCUMENTS / TOGETHER)
        .map(|share| records(&story.program, share * TOGETHER..(share + 1) * TOGETHER))
        .collect();
    let mut share = 0;
    let (ingest, deliver) = story.measured(shares.first().unwrap());
    while story.kills < kills {
        let path = shares.get(share % shares.len()).unwrap();
        let ingesting = story.start(&["ingest", "--jsonl", path]);
        let end = Instant::now() + story.chance.part_of(ingest);
        // Meanwhile others deliver what those before it recorded.
        for _ in 0..3 {
            let delivering = story.deliver(6);
            sleep(story.chance.part_of(deliver));
            story.kill(delivering);
        }
        sleep(end.saturating_duration_since(Instant::now()));
        let was_killed = story.kill(ingesting);
        // A share that has come in whole is followed by the next, and one that has not sometimes too.
        share += usize::from(!was_killed || story.chance.below(8) == 0);
    }
    story.finish();
    story.check();
}

impl Story {
    /// How long to wait at most before a run is killed, of each kind: a little longer than a run takes here.
    fn measured(&self, path: &str) -> (Duration, Duration) {
        let other = Program::new(PROGRAM);
        let time = |arguments: &[&str]| {
            let start = Instant::now();
            assert_eq!(other.run(arguments).status, Some(0));
            start.elapsed()
        };
        (time(&["ingest", "--jsonl", path]) * 5 / 4, time(&["deliver"]) * 3)
    }

    /// Lets everything come to its end.
    fn finish(&mut self) {
        let ended = self.program.run(&["ingest", "--jsonl", &records(&self.program, 0..DOCUMENTS)]);
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
        assert_eq!(recorded, expected());
        let taken = taken(&self.receiver);
        let lost: Vec<&i64> = alerts.keys().filter(|alert| !taken.contains_key(alert)).collect();
        assert!(lost.is_empty(), "never delivered: {lost:?}");
        let ids = taken.values().filter(|ids| ids.len() > 1).count();
        assert_eq!(ids, 0, "an alert came with two ids");
        let repeated: usize = taken.values().flat_map(BTreeMap::values).filter(|times| **times > 1).count();
        let (entries, distinct) = feed(&self.program);
        assert_eq!((entries, distinct), (alerts.len(), alerts.len()));
        let messages = self.receiver.messages();
        let _ = writeln!(
            std::io::stdout(),
            "{} kills, {} alerts recorded, {} messages arrived, {} of them taken; {repeated} alerts arrived more than \
             once, with the same id; {entries} entries in the feed, {distinct} distinct",
            self.kills,
            alerts.len(),
            messages.len(),
            messages.iter().filter(|message| message.answer == Answer::Taken).count(),
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
