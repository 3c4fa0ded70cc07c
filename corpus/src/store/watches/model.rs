//! Whatever happens in whatever order: each alert once, and in one delivery of each channel.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::document::Language;
use crate::store::tests::document;
use crate::store::{Added, Pending, Store};
use crate::watch::{ChannelKind, DigestBounds, Schedule, WatchMatch, WatchSettings};

/// So many watches there are; a document meets those whose bits are set in its number.
const WATCHES: usize = 3;

#[derive(Clone, Debug)]
enum Step {
    /// A document comes that meets these watches (bits).
    Ingest {
        meets: u8,
        quiet: bool,
    },
    /// The documents that watches have not seen are matched, so many at most: then the process dies.
    Match {
        most: usize,
    },
    /// A document is read anew.
    Reread {
        document: usize,
    },
    /// Watches see a document again.
    MatchAgain {
        document: usize,
    },
    Pause {
        watch: usize,
        paused: bool,
    },
    /// Other channels (bits) and another schedule; perhaps it tracks something else.
    Edit {
        watch: usize,
        channels: u8,
        schedule: Schedule,
        subject: bool,
    },
    /// Hours pass, and digests are made.
    Digest {
        hours: u32,
    },
    /// What is due is tried; every second time the receiver is down, and every third time the process dies meanwhile.
    Deliver {
        luck: u8,
    },
    /// The process ends and begins again.
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    let schedule = prop::sample::select(Schedule::ALL.to_vec());
    prop_oneof![
        4 => (any::<u8>(), prop::bool::weighted(0.1)).prop_map(|(meets, quiet)| Step::Ingest { meets, quiet }),
        4 => (0_usize..4).prop_map(|most| Step::Match { most }),
        1 => any::<usize>().prop_map(|document| Step::Reread { document }),
        1 => any::<usize>().prop_map(|document| Step::MatchAgain { document }),
        1 => (0..WATCHES, any::<bool>()).prop_map(|(watch, paused)| Step::Pause { watch, paused }),
        1 => (0..WATCHES, any::<u8>(), schedule, prop::bool::weighted(0.2))
            .prop_map(|(watch, channels, schedule, subject)| Step::Edit { watch, channels, schedule, subject }),
        2 => (0_u32..40).prop_map(|hours| Step::Digest { hours }),
        2 => any::<u8>().prop_map(|luck| Step::Deliver { luck }),
        1 => Just(Step::Restart),
    ]
}

/// What is to be, kept beside what is.
struct Model {
    folder: tempfile::TempDir,
    store: Store,
    hours: u32,
    edits: usize,
    watches: Vec<Tracked>,
    documents: Vec<Ingested>,
    alerts: BTreeSet<(i64, i64)>,
    /// The documents that each channel is to be told of, by the channel's number.
    told: BTreeMap<i64, BTreeSet<i64>>,
}

struct Tracked {
    id: i64,
    settings: WatchSettings,
    /// Since when it rests, in hours.
    rests: Option<u32>,
    since: u32,
}

struct Ingested {
    id: i64,
    meets: u8,
    quiet: bool,
    at: u32,
    seen: bool,
}

fn time(hours: u32) -> String {
    format!("2026-{:02}-{:02}T{:02}:00:00Z", 1 + hours / 24 / 28, 1 + hours / 24 % 28, hours % 24)
}

fn channels(bits: u8) -> Vec<ChannelKind> {
    let mail = ChannelKind::Mail { address: "keeper@example.org".to_owned() };
    let webhook = ChannelKind::Webhook { url: "https://example.org/".to_owned(), secret: "whsec_AAAA".to_owned() };
    [mail, webhook].into_iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, kind)| kind).collect()
}

impl Model {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        // What a crash of the machine costs is SQLite's own business.
        store.connection.pragma_update(None, "synchronous", "off").unwrap();
        let watches = (0..WATCHES).map(|number| {
            let schedule = Schedule::ALL[number % 3];
            let settings =
                WatchSettings { schedule, channels: channels(3), ..format!("灯塔{number}").as_str().into() };
            let id = store.add_watch(settings.clone(), &time(0)).unwrap().id;
            Tracked { id, settings, rests: None, since: 0 }
        });
        let watches = watches.collect();
        let (documents, alerts, told) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
        Self { folder, store, hours: 0, edits: 0, watches, documents, alerts, told }
    }

    fn take(&mut self, step: &Step) {
        let now = time(self.hours);
        match step {
            Step::Ingest { meets, quiet } => self.ingest(*meets, *quiet),
            Step::Match { most } => {
                for id in self.store.pending(Pending::Watches).unwrap().into_iter().take(*most) {
                    self.see(id);
                }
            }
            Step::Reread { document: number } => {
                if let Some(index) = number.checked_rem(self.documents.len()) {
                    let read = document("通知", Language::Zh, &format!("灯塔{index}。"));
                    self.store.replace_reading(self.documents[index].id, &read, &now).unwrap();
                }
            }
            Step::MatchAgain { document } => {
                if let Some(index) = document.checked_rem(self.documents.len()) {
                    self.see(self.documents[index].id);
                }
            }
            Step::Pause { watch, paused } => {
                let watch = &mut self.watches[*watch];
                self.store.pause_watch(watch.id, *paused, &now).unwrap();
                if watch.rests.is_some() && !paused {
                    watch.since = self.hours;
                }
                watch.rests = paused.then(|| watch.rests.unwrap_or(self.hours));
            }
            Step::Edit { watch, channels, schedule, subject } => self.edit(*watch, *channels, *schedule, *subject),
            Step::Digest { hours } => self.digest(*hours),
            Step::Deliver { luck } => self.deliver(*luck),
            Step::Restart => {
                self.store = Store::open(self.folder.path()).unwrap();
                self.store.connection.pragma_update(None, "synchronous", "off").unwrap();
            }
        }
    }

    fn ingest(&mut self, meets: u8, quiet: bool) {
        let text = format!("灯塔{}。", self.documents.len());
        let read = document("通知", Language::Zh, &text);
        match self.store.add_documents(&[read], quiet, &time(self.hours)).unwrap()[..] {
            [Added::New(id)] => self.documents.push(Ingested { id, meets, quiet, at: self.hours, seen: false }),
            ref other => panic!("{other:?}"),
        }
    }

    /// Watches see a document; the model says for the first time or not.
    fn see(&mut self, id: i64) {
        let document = self.documents.iter_mut().find(|document| document.id == id).unwrap();
        let met: Vec<&Tracked> =
            self.watches.iter().enumerate().filter(|(bit, _)| document.meets >> bit & 1 == 1).map(|(_, w)| w).collect();
        let matches: Vec<WatchMatch> =
            met.iter().map(|watch| WatchMatch { watch: watch.id, ..WatchMatch::default() }).collect();
        let made = self.store.record_watched(id, &matches, &time(self.hours)).unwrap();
        let mut expected = 0;
        if !document.seen && !document.quiet {
            let is_awake = |watch: &Tracked| watch.rests.is_none_or(|since| document.at < since);
            for watch in met.iter().filter(|watch| is_awake(watch) && watch.since <= document.at) {
                expected += usize::from(self.alerts.insert((watch.id, id)));
                for channel in self.store.watch(watch.id).unwrap().unwrap().channels {
                    self.told.entry(channel.id).or_default().insert(id);
                }
            }
        }
        document.seen = true;
        assert_eq!(made, expected);
    }

    fn edit(&mut self, watch: usize, bits: u8, schedule: Schedule, subject: bool) {
        let watch = &mut self.watches[watch];
        (watch.settings.channels, watch.settings.schedule) = (channels(bits), schedule);
        if subject {
            self.edits += 1;
            watch.settings.subject = crate::watch::Subject::read(&format!("渔港{}", self.edits));
            watch.since = self.hours;
        }
        let before: Vec<i64> = self.store.watch(watch.id).unwrap().unwrap().channels.iter().map(|c| c.id).collect();
        let after = self.store.edit_watch(watch.id, &watch.settings, &time(self.hours)).unwrap().unwrap();
        for gone in before.into_iter().filter(|id| !after.channels.iter().any(|channel| channel.id == *id)) {
            self.told.remove(&gone);
        }
    }

    fn digest(&mut self, hours: u32) {
        self.hours += hours;
        let days = self.hours / 24;
        let bounds = DigestBounds { daily: time(days * 24), weekly: time(days / 7 * 7 * 24) };
        self.store.make_digests(&bounds, &time(self.hours)).unwrap();
    }

    fn deliver(&mut self, luck: u8) {
        let (now, lease, next) = (time(self.hours), time(self.hours + 1), time(self.hours + 2));
        for (number, delivery) in self.store.due_deliveries(&now, &[], 2).unwrap().iter().enumerate() {
            assert!(self.store.claim_delivery(&delivery.id, &now, &lease).unwrap());
            match (usize::from(luck) + number) % 3 {
                0 => assert!(self.store.delivery_done(&delivery.id, &now).unwrap()),
                1 => assert!(self.store.delivery_failed(&delivery.id, &now, "down", Some(&next)).unwrap()),
                _ => {}
            }
        }
    }

    /// All is matched, nobody rests, and weeks pass: nothing is missing and nothing is there twice.
    fn end(mut self) {
        self.take(&Step::Match { most: usize::MAX });
        for watch in 0..WATCHES {
            self.take(&Step::Pause { watch, paused: false });
        }
        self.digest(24 * 15);
        let alerts: Vec<(i64, i64)> =
            self.store.alerts(10_000).unwrap().iter().map(|alert| (alert.watch, alert.document)).collect();
        assert_eq!(alerts.len(), self.alerts.len());
        assert_eq!(alerts.into_iter().collect::<BTreeSet<_>>(), self.alerts);
        let mut told: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for delivery in self.store.deliveries(None, 10_000).unwrap() {
            assert_eq!(delivery.total, delivery.alerts.len());
            for alert in delivery.alerts {
                assert!(told.entry(delivery.channel.id).or_default().insert(alert.document), "told twice");
            }
        }
        assert_eq!(told, self.told);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn each_alert_is_made_once_and_told_once_in_each_channel(steps in prop::collection::vec(step(), 1..40)) {
        let mut model = Model::new();
        for step in &steps {
            model.take(step);
        }
        model.end();
    }
}
