use std::io::Read as _;

use super::*;
use crate::document::{Language, PageReading, PageSource};
use crate::facts::DocumentKind;
use crate::store::Pending;
use crate::store::tests::{add, document, store};
use crate::watch::{
    AlertCounts, AlertFilter, Delivery, DeliveryFilter, DeliveryState, DigestBounds, Occasion, Schedule, Subject,
    WatchMatch,
};

const NOW: &str = "2026-11-22T08:00:00Z";
const LATER: &str = "2026-11-22T09:00:00Z";
const MUCH_LATER: &str = "2026-11-30T09:00:00Z";

fn mail(address: &str) -> ChannelKind {
    ChannelKind::Mail { address: address.to_owned() }
}

fn webhook(url: &str, secret: &str) -> ChannelKind {
    ChannelKind::Webhook { url: url.to_owned(), secret: secret.to_owned() }
}

fn settings(query: &str, schedule: Schedule, channels: &[ChannelKind]) -> WatchSettings {
    WatchSettings { schedule, channels: channels.to_vec(), ..query.into() }
}

fn met(watch: i64) -> WatchMatch {
    WatchMatch { watch, atoms: vec!["灯塔".to_owned()], ..WatchMatch::default() }
}

/// A store with a watch that is told at once by mail, a document that met it, and the delivery of that.
fn store_with_delivery() -> (tempfile::TempDir, Store, Delivery) {
    let (folder, mut store) = store();
    let watch = store.add_watch(settings("灯塔", Schedule::AtOnce, &[mail("keeper@example.org")]), NOW).unwrap();
    let id = add(&mut store, "通知", Language::Zh, "灯塔归渔港管理。");
    assert_eq!(store.record_watched(id, &[met(watch.id)], NOW).unwrap(), 1);
    let delivery = store.due_deliveries(NOW, &[], 10).unwrap().pop().unwrap();
    (folder, store, delivery)
}

#[test]
fn a_watch_comes_back_as_it_was_put() {
    let (_folder, mut store) = store();
    let subjects = [
        Subject::Query("灯塔 -渔港".to_owned()),
        Subject::Concept(7),
        Subject::Issuer("MIIT".to_owned()),
        Subject::Standard("GB/T 7.7".to_owned()),
        Subject::Topic("fleet/ports".to_owned()),
        Subject::Rendering("*".to_owned()),
    ];
    for subject in subjects {
        let given = WatchSettings {
            name: "港口".to_owned(),
            note: "for the harbour master".to_owned(),
            languages: vec![Language::En, Language::Zh],
            kinds: vec![DocumentKind::Notice, DocumentKind::Plan],
            schedule: Schedule::Weekly,
            channels: vec![mail("a@example.org"), webhook("https://example.org/", "whsec_AAAA")],
            ..subject.into()
        };
        let watch = store.add_watch(given.clone(), NOW).unwrap();
        assert_eq!(watch.settings(), given);
        assert_eq!(store.watch(watch.id).unwrap().as_ref(), Some(&watch));
        assert_eq!(store.add_watch(given, LATER).unwrap(), watch, "the same again is the one that is there");
    }
    assert_eq!(store.watches().unwrap().len(), 6);
}

#[test]
fn an_edited_watch_keeps_its_alerts_its_channels_and_their_secrets() {
    let (_folder, mut store, delivery) = store_with_delivery();
    let other = settings("渔港", Schedule::AtOnce, &[mail("keeper@example.org"), webhook("https://a.org/", "one")]);
    let edited = store.edit_watch(delivery.watch, &other, LATER).unwrap().unwrap();
    assert_eq!(edited.channels.first(), Some(&delivery.channel));
    let again = settings("渔港", Schedule::AtOnce, &[webhook("https://a.org/", "two")]);
    let edited = store.edit_watch(delivery.watch, &again, LATER).unwrap().unwrap();
    assert_eq!(edited.settings().channels, [webhook("https://a.org/", "one")]);
    assert_eq!(store.alerts(9).unwrap().len(), 1);
    assert!(store.deliveries(None, 9).unwrap().is_empty(), "what was for a channel goes with it");
    assert_eq!(store.edit_watch(99, &again, LATER).unwrap(), None);
}

#[test]
fn documents_of_before_make_no_alerts_for_what_is_tracked_now() {
    let (_folder, mut store) = store();
    let watch = store.add_watch("灯塔", "2026-11-01T00:00:00Z").unwrap();
    let one = add(&mut store, "一", Language::Zh, "灯塔。");
    store.edit_watch(watch.id, &"渔港".into(), LATER).unwrap();
    assert_eq!(store.record_watched(one, &[met(watch.id)], LATER).unwrap(), 0);
}

#[test]
fn a_watch_that_rests_makes_no_alerts_then_or_later() {
    let (_folder, mut store) = store();
    let watch = store.add_watch("灯塔", "2026-11-01T00:00:00Z").unwrap();
    assert!(store.pause_watch(watch.id, true, "2026-11-22T07:00:00Z").unwrap());
    let one = add(&mut store, "一", Language::Zh, "灯塔。");
    assert_eq!(store.record_watched(one, &[met(watch.id)], NOW).unwrap(), 0);
    let two = add(&mut store, "二", Language::Zh, "两座灯塔。");
    assert!(store.pause_watch(watch.id, false, LATER).unwrap());
    for id in [one, two] {
        assert_eq!(store.record_watched(id, &[met(watch.id)], LATER).unwrap(), 0);
    }
    assert!(!store.pause_watch(99, true, NOW).unwrap());
}

#[test]
fn what_came_before_a_watch_rested_makes_an_alert_though_it_is_matched_later() {
    let (_folder, mut store) = store();
    let watch = store.add_watch("灯塔", "2026-11-01T00:00:00Z").unwrap();
    store.add_documents(&[document("一", Language::Zh, "灯塔。")], false, NOW).unwrap();
    // A crash loses the match; then the watch is told to rest, twice, and another document comes.
    store.pause_watch(watch.id, true, LATER).unwrap();
    store.pause_watch(watch.id, true, MUCH_LATER).unwrap();
    store.add_documents(&[document("二", Language::Zh, "两座灯塔。")], false, LATER).unwrap();
    for (id, made) in [(1, 1), (1, 0), (2, 0)] {
        assert_eq!(store.record_watched(id, &[met(watch.id)], MUCH_LATER).unwrap(), made, "{id}");
    }
}

#[test]
fn text_that_is_read_anew_makes_no_alerts_unless_pages_waited() {
    let (_folder, mut store) = store();
    let watch = store.add_watch("灯塔", NOW).unwrap();
    let whole = add(&mut store, "一", Language::Zh, "渔港。");
    assert_eq!(store.record_watched(whole, &[], NOW).unwrap(), 0);
    store.replace_reading(whole, &document("一", Language::Zh, "灯塔。"), LATER).unwrap();
    assert_eq!(store.pending(Pending::Watches).unwrap(), [whole]);
    assert_eq!(store.record_watched(whole, &[met(watch.id)], LATER).unwrap(), 0);

    let mut half = document("二", Language::Zh, "渔港和海。");
    half.readings = vec![PageReading { page: 2, source: PageSource::Scan }];
    store.add_documents(&[half.clone()], false, NOW).unwrap();
    assert_eq!(store.record_watched(2, &[], NOW).unwrap(), 0);
    half.readings.clear();
    store.replace_reading(2, &half, LATER).unwrap();
    assert_eq!(store.record_watched(2, &[met(watch.id)], LATER).unwrap(), 1);
}

#[test]
fn an_alert_says_why() {
    let (_folder, mut store) = store();
    let watch = store.add_watch("灯塔", NOW).unwrap();
    let earlier = add(&mut store, "一", Language::Zh, "渔港。");
    let occasions = [
        Occasion::NewDocument,
        Occasion::NewMention { earlier },
        Occasion::NewVersion { earlier },
        Occasion::NewEdition,
        Occasion::Replaced,
        Occasion::Cited,
    ];
    for (number, occasion) in occasions.into_iter().enumerate() {
        let id = add(&mut store, "Notice", Language::En, &format!("Lighthouse {number}."));
        let renderings = vec!["lighthouse".to_owned()];
        let found = WatchMatch { occasion, renderings: renderings.clone(), ..met(watch.id) };
        store.record_watched(id, &[found], NOW).unwrap();
        let alert = store.alerts(1).unwrap().pop().unwrap();
        assert_eq!((alert.occasion, alert.renderings, alert.language), (occasion, renderings, Language::En));
        assert_eq!((alert.watch_name.as_str(), alert.query.as_str()), ("灯塔", "灯塔"));
    }
}

#[test]
fn alerts_are_listed_in_stretches_and_marked_as_seen() {
    let (_folder, mut store) = store();
    let watches = ["灯塔", "渔港"].map(|query| store.add_watch(query, NOW).unwrap().id);
    for number in 1..=3 {
        let id = add(&mut store, "通知", Language::Zh, &format!("灯塔和渔港{number}。"));
        store.record_watched(id, &watches.map(met), NOW).unwrap();
    }
    let ids = |alerts: Vec<crate::watch::Alert>| alerts.iter().map(|alert| alert.id).collect::<Vec<_>>();
    assert_eq!(ids(store.alerts(2).unwrap()), [6, 5]);
    assert_eq!(ids(store.alerts_of_watch(watches[0], 9).unwrap()), [5, 3, 1]);
    assert_eq!(ids(store.alerts_before(AlertFilter::default(), 5, 2).unwrap()), [4, 3]);
    assert_eq!(ids(store.alerts_before(AlertFilter { watch: Some(watches[1]), unseen: false }, 6, 9).unwrap()), [4, 2]);
    assert_eq!(ids(store.alerts_after(4, 9).unwrap()), [5, 6]);
    assert_eq!(store.newest_alert().unwrap(), 6);
    assert_eq!(store.unseen_alerts().unwrap(), [(watches[0], 3), (watches[1], 3)]);
    assert_eq!(store.mark_alerts_seen(Some(watches[0]), 3, NOW).unwrap(), 2);
    assert_eq!(store.mark_alerts_seen(None, 4, NOW).unwrap(), 2);
    assert_eq!(store.unseen_alerts().unwrap(), [(watches[0], 1), (watches[1], 1)]);
    assert!(store.alerts(9).unwrap().iter().all(|alert| alert.seen == (alert.id <= 4)));
}

#[test]
fn unseen_alerts_are_listed_and_counted() {
    let (_folder, mut store) = store();
    let watches = ["灯塔", "渔港"].map(|query| store.add_watch(query, NOW).unwrap().id);
    for number in 1..=3 {
        let id = add(&mut store, "通知", Language::Zh, &format!("灯塔和渔港{number}。"));
        store.record_watched(id, &watches.map(met), NOW).unwrap();
    }
    store.mark_alerts_seen(Some(watches[0]), 5, NOW).unwrap();
    store.mark_alerts_seen(None, 2, NOW).unwrap();
    let check = |watch: Option<i64>, before: i64, expected: &[i64], counts: (usize, usize)| {
        let found = store.alerts_before(AlertFilter { watch, unseen: true }, before, 9).unwrap();
        assert_eq!(found.iter().map(|alert| alert.id).collect::<Vec<_>>(), expected, "{watch:?} before {before}");
        let AlertCounts { total, unseen } = store.count_alerts(watch).unwrap();
        assert_eq!((total, unseen), counts, "{watch:?}");
    };
    check(None, i64::MAX, &[6, 4], (6, 2));
    check(None, 6, &[4], (6, 2));
    check(Some(watches[0]), i64::MAX, &[], (3, 0));
    check(Some(watches[1]), i64::MAX, &[6, 4], (3, 2));
    check(Some(99), i64::MAX, &[], (0, 0));
    assert_eq!((store.count_unseen(9).unwrap(), store.count_unseen(1).unwrap()), (2, 1));
    let tallies = store.watch_tallies(9).unwrap();
    let tallies: Vec<_> = tallies.iter().map(|tally| (tally.watch, tally.counts.total, tally.counts.unseen)).collect();
    assert_eq!(tallies, [(watches[1], 3, 2), (watches[0], 3, 0)], "what is unseen comes first");
}

#[test]
fn the_documents_of_alerts_say_what_they_are() {
    let (_folder, mut store) = store();
    let watch = store.add_watch("灯塔", NOW).unwrap().id;
    let mut notice = document("通知", Language::Zh, "灯塔。");
    notice.facts.document_number = Some("海港〔2026〕3号".to_owned());
    notice.facts.kind = Some(DocumentKind::Notice);
    store.add_documents(&[notice, document("二", Language::Zh, "两座灯塔。")], false, NOW).unwrap();
    for id in [1, 2] {
        store.record_watched(id, &[met(watch)], NOW).unwrap();
    }
    let documents = store.alert_documents(&store.alerts(9).unwrap()).unwrap();
    let said: Vec<_> = documents.iter().map(|(id, said)| (*id, said.kind, said.number.as_deref())).collect();
    assert_eq!(said, [(1, Some(DocumentKind::Notice), Some("海港〔2026〕3号")), (2, None, None)]);
    assert!(store.alert_documents(&[]).unwrap().is_empty());
}

#[test]
fn deliveries_are_listed_in_stretches_that_neither_skip_nor_repeat() {
    let (_folder, mut store) = store();
    let channels = [mail("a@example.org"), webhook("https://example.org/", "whsec_AAAA")];
    let watches =
        ["灯塔", "渔港"].map(|query| store.add_watch(settings(query, Schedule::AtOnce, &channels), NOW).unwrap().id);
    let meet = |store: &mut Store, number: usize| {
        let id = add(store, "通知", Language::Zh, &format!("灯塔和渔港{number}。"));
        store.record_watched(id, &watches.map(met), NOW).unwrap();
    };
    (1..=3).for_each(|number| meet(&mut store, number));
    let all: Vec<String> = store.deliveries(None, 99).unwrap().into_iter().map(|delivery| delivery.id).collect();
    assert_eq!(all.len(), 12);
    let dead = all.get(4).unwrap();
    store.delivery_failed(dead, NOW, "it answered 410", None).unwrap();
    let filters = [
        DeliveryFilter::default(),
        DeliveryFilter { watch: Some(watches[1]), state: None },
        DeliveryFilter { watch: None, state: Some(DeliveryState::Pending) },
        DeliveryFilter { watch: None, state: Some(DeliveryState::Dead) },
        DeliveryFilter { watch: Some(99), state: None },
    ];
    for (number, filter) in filters.into_iter().enumerate() {
        let ids = |stretch: Vec<Delivery>| stretch.into_iter().map(|delivery| delivery.id).collect::<Vec<_>>();
        let expected = ids(store.deliveries_before(filter, None, 99, 1).unwrap());
        let mut listed: Vec<String> = Vec::new();
        loop {
            let before = listed.last().map(String::as_str);
            let stretch = store.deliveries_before(filter, before, 2, 1).unwrap();
            if stretch.is_empty() {
                break;
            }
            listed.extend(ids(stretch));
            if listed.len() == 2 {
                // What comes meanwhile.
                meet(&mut store, 10 + number);
            }
        }
        assert_eq!(listed, expected, "{filter:?}");
    }
    assert!(store.deliveries_before(DeliveryFilter::default(), Some("msg_0"), 9, 1).unwrap().is_empty());
    let counts = store.delivery_counts_of_watch(watches[0]).unwrap();
    assert_eq!(counts.of(None) * 2, store.delivery_counts().unwrap().of(None));
}

#[test]
fn numbers_are_never_given_twice() {
    let (_folder, mut store, delivery) = store_with_delivery();
    assert!(store.remove_watch(delivery.watch).unwrap());
    assert!(store.alerts(9).unwrap().is_empty() && store.deliveries(None, 9).unwrap().is_empty());
    let watch = store.add_watch(settings("灯塔", Schedule::AtOnce, &[mail("keeper@example.org")]), NOW).unwrap();
    let id = add(&mut store, "通知", Language::Zh, "另一座灯塔。");
    store.record_watched(id, &[met(watch.id)], NOW).unwrap();
    assert_eq!((watch.id, store.newest_alert().unwrap()), (2, 2));
    assert_ne!(watch.channels.first().unwrap().id, delivery.channel.id);
}

#[test]
fn a_delivery_is_taken_by_one_worker_until_its_lease_ends() {
    let (_folder, mut store, delivery) = store_with_delivery();
    assert_eq!((delivery.total, delivery.attempts, delivery.state), (1, 0, DeliveryState::Pending));
    assert!(delivery.id.starts_with("msg_") && delivery.id.len() == 36);
    assert!(store.claim_delivery(&delivery.id, NOW, LATER).unwrap());
    assert!(!store.claim_delivery(&delivery.id, NOW, LATER).unwrap());
    assert!(store.due_deliveries(NOW, &[], 9).unwrap().is_empty());
    assert_eq!(store.due_deliveries(LATER, &[], 9).unwrap().len(), 1);
    assert!(store.due_deliveries(LATER, &["mail".to_owned()], 9).unwrap().is_empty());
    assert!(store.claim_delivery(&delivery.id, LATER, MUCH_LATER).unwrap());
    store.release_delivery(&delivery.id).unwrap();
    assert_eq!(store.next_delivery().unwrap().as_deref(), Some(NOW));
    assert_eq!(store.due_deliveries(LATER, &[], 9).unwrap().len(), 1);
}

#[test]
fn a_delivery_is_tried_until_it_is_given_up_and_can_be_sent_again() {
    let (_folder, mut store, Delivery { id, .. }) = store_with_delivery();
    assert!(store.delivery_failed(&id, NOW, "it answered 500", Some(LATER)).unwrap());
    assert!(store.due_deliveries(NOW, &[], 9).unwrap().is_empty());
    let again = store.due_deliveries(LATER, &[], 9).unwrap().pop().unwrap();
    assert_eq!((again.id.as_str(), again.attempts, again.last_error.as_deref()), (&*id, 1, Some("it answered 500")));
    assert!(store.delivery_failed(&id, LATER, "it answered 410", None).unwrap());
    assert!(store.due_deliveries(MUCH_LATER, &[], 9).unwrap().is_empty());
    assert_eq!(store.deliveries(Some(DeliveryState::Dead), 9).unwrap().len(), 1);
    assert_eq!(store.delivery_counts().unwrap().dead, 1);
    assert!(!store.delivery_failed(&id, LATER, "late", Some(LATER)).unwrap(), "it was given up");
    assert!(store.resend(&id, MUCH_LATER).unwrap());
    assert_eq!(store.due_deliveries(MUCH_LATER, &[], 9).unwrap().pop().unwrap().id, id);
    assert!(store.delivery_done(&id, MUCH_LATER).unwrap());
    assert!(!store.delivery_done(&id, MUCH_LATER).unwrap());
    assert!(!store.resend(&id, MUCH_LATER).unwrap() && !store.resend("msg_0", NOW).unwrap());
    let done = store.delivery(&id).unwrap().unwrap();
    assert_eq!((done.state, done.attempts, done.last_error), (DeliveryState::Delivered, 1, None));
}

#[test]
fn a_digest_tells_of_what_was_made_before_its_period_ended() {
    let (_folder, mut store) = store();
    let channels = [mail("a@example.org"), webhook("https://example.org/", "whsec_AAAA")];
    let watch = store.add_watch(settings("灯塔", Schedule::Daily, &channels), NOW).unwrap();
    for (number, now) in [NOW, NOW, LATER].into_iter().enumerate() {
        let id = add(&mut store, "通知", Language::Zh, &format!("灯塔{number}。"));
        store.record_watched(id, &[met(watch.id)], now).unwrap();
    }
    assert!(store.due_deliveries(MUCH_LATER, &[], 9).unwrap().is_empty());
    let bounds = |daily: &str| DigestBounds { daily: daily.to_owned(), weekly: NOW.to_owned() };
    assert_eq!(store.make_digests(&bounds(NOW), LATER).unwrap(), 0);
    assert_eq!(store.make_digests(&bounds(LATER), MUCH_LATER).unwrap(), 2);
    assert_eq!(store.make_digests(&bounds(LATER), MUCH_LATER).unwrap(), 0);
    let made = store.deliveries(None, 9).unwrap();
    assert!(made.iter().all(|delivery| delivery.total == 2 && delivery.alerts.len() == 2));
    store.pause_watch(watch.id, true, MUCH_LATER).unwrap();
    assert_eq!(store.make_digests(&bounds(MUCH_LATER), MUCH_LATER).unwrap(), 0);
    store.pause_watch(watch.id, false, MUCH_LATER).unwrap();
    store.edit_watch(watch.id, &settings("灯塔", Schedule::AtOnce, &channels), MUCH_LATER).unwrap();
    assert_eq!(store.make_digests(&bounds(NOW), MUCH_LATER).unwrap(), 2, "what waited goes at once");
}

#[test]
fn a_long_digest_tells_of_the_first_and_how_many_there_are() {
    let (_folder, mut store) = store();
    let watch = store.add_watch(settings("灯塔", Schedule::Weekly, &[mail("a@example.org")]), NOW).unwrap();
    for number in 0..60 {
        let id = add(&mut store, "通知", Language::Zh, &format!("灯塔{number}。"));
        store.record_watched(id, &[met(watch.id)], NOW).unwrap();
    }
    let bounds = DigestBounds { daily: MUCH_LATER.to_owned(), weekly: MUCH_LATER.to_owned() };
    assert_eq!(store.make_digests(&bounds, MUCH_LATER).unwrap(), 1);
    let digest = store.deliveries_of_watch(watch.id, 9).unwrap().pop().unwrap();
    assert_eq!((digest.total, digest.alerts.len(), digest.alerts.first().unwrap().id), (60, 50, 1));
}

#[test]
fn a_store_of_version_8_keeps_its_watches_and_alerts() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = Vec::new();
    flate2::read::GzDecoder::new(&include_bytes!("version_8.db.gz")[..]).read_to_end(&mut file).unwrap();
    std::fs::write(folder.path().join(Store::FILE), file).unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let subjects: Vec<Subject> = store.watches().unwrap().into_iter().map(|watch| watch.subject).collect();
    let query = |text: &str| Subject::Query(text.to_owned());
    let expected = [query("灯塔"), query("lighthouse lamp"), query("topic:ai"), Subject::Rendering("*".to_owned())];
    assert_eq!(subjects, expected);
    let alerts = store.alerts(9).unwrap();
    let told: Vec<_> = alerts.iter().map(|alert| (alert.id, alert.watch, alert.document, alert.seen)).collect();
    assert_eq!(told, [(2, 2, 2, true), (1, 1, 1, true)]);
    assert_eq!(alerts.first().unwrap().atoms, ["lighthouse", "lamp"]);
    assert!(alerts.iter().all(|alert| alert.occasion == Occasion::NewDocument));
    // What watches have seen makes no alerts when it is matched again.
    assert_eq!(store.record_watched(1, &[met(2), met(1)], MUCH_LATER).unwrap(), 0);
    assert_eq!(store.identity().unwrap().len(), 32);
    let identity = store.identity().unwrap();
    drop(store);
    assert_eq!(Store::open(folder.path()).unwrap().identity().unwrap(), identity);
}
