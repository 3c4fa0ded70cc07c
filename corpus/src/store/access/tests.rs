use std::io::Read as _;

use super::*;
use crate::access::{Deed, Outcome};
use crate::store::Store;
use crate::store::tests::store;

const NOW: &str = "2026-11-22T08:00:00Z";
const LATER: &str = "2026-11-22T09:00:00Z";
const MUCH_LATER: &str = "2026-11-30T09:00:00Z";

fn hash(secret: &str) -> SecretHash {
    SecretHash::of(secret)
}

fn deed(what: &str) -> Deed {
    Deed {
        at: NOW.to_owned(),
        who: "keeper".to_owned(),
        token: Some(1),
        role: Role::Edit,
        address: Some("192.0.2.7".to_owned()),
        method: "POST".to_owned(),
        what: what.to_owned(),
        outcome: Outcome::Done,
    }
}

#[test]
fn a_token_is_found_by_its_secret_while_it_is_good() {
    let (_folder, mut store) = store();
    assert!(!store.has_live_token(NOW).unwrap());
    let token = store.add_token("keeper", Role::Edit, &hash("light"), Some(MUCH_LATER), NOW).unwrap();
    assert_eq!((token.id, token.name.as_str(), token.role), (1, "keeper", Role::Edit));
    assert_eq!(store.live_token(&hash("light"), LATER).unwrap(), Some(token.clone()));
    assert_eq!(store.live_token(&hash("dark"), LATER).unwrap(), None);
    assert_eq!(store.live_token(&hash("light"), MUCH_LATER).unwrap(), None);
    assert!(store.has_live_token(LATER).unwrap() && !store.has_live_token(MUCH_LATER).unwrap());
    store.token_used(token.id, LATER).unwrap();
    assert_eq!(store.token(token.id).unwrap().unwrap().last_used.as_deref(), Some(LATER));
}

#[test]
fn a_revoked_token_is_no_longer_good_and_its_number_is_not_given_again() {
    let (_folder, mut store) = store();
    let token = store.add_token("keeper", Role::Read, &hash("light"), None, NOW).unwrap();
    store.open_session(token.id, &hash("cookie"), MUCH_LATER, NOW).unwrap();
    assert!(store.revoke_token(token.id, LATER).unwrap());
    assert!(!store.revoke_token(token.id, LATER).unwrap() && !store.revoke_token(7, LATER).unwrap());
    assert_eq!(store.live_token(&hash("light"), LATER).unwrap(), None);
    assert_eq!(store.session_token(&hash("cookie"), LATER).unwrap(), None);
    assert_eq!(store.add_token("pilot", Role::Read, &hash("harbour"), None, NOW).unwrap().id, 2);
    let listed: Vec<_> = store.tokens(9).unwrap().into_iter().map(|token| (token.id, token.revoked)).collect();
    assert_eq!(listed, [(2, None), (1, Some(LATER.to_owned()))]);
}

#[test]
fn a_session_ends_with_its_time_its_token_or_when_it_is_closed() {
    let (_folder, mut store) = store();
    let token = store.add_token("keeper", Role::Read, &hash("light"), Some(MUCH_LATER), NOW).unwrap();
    store.open_session(token.id, &hash("short"), LATER, NOW).unwrap();
    store.open_session(token.id, &hash("long"), "2027-01-01T00:00:00Z", NOW).unwrap();
    let check = |secret: &str, now: &str, good: bool| {
        assert_eq!(store.session_token(&hash(secret), now).unwrap().is_some(), good, "{secret} {now}");
    };
    check("short", NOW, true);
    check("short", LATER, false);
    check("long", LATER, true);
    check("long", MUCH_LATER, false);
    check("none", NOW, false);
    assert!(store.close_session(&hash("long")).unwrap() && !store.close_session(&hash("long")).unwrap());
    assert_eq!(store.session_token(&hash("long"), NOW).unwrap(), None);
    assert!(store.open_session(99, &hash("orphan"), LATER, NOW).is_err());
}

#[test]
fn the_sessions_of_a_token_are_bounded() {
    let (_folder, mut store) = store();
    let token = store.add_token("keeper", Role::Read, &hash("light"), None, NOW).unwrap();
    for number in 0..130 {
        let now = format!("2026-11-22T08:{:02}:{:02}Z", number / 60, number % 60);
        store.open_session(token.id, &hash(&number.to_string()), MUCH_LATER, &now).unwrap();
    }
    let open = (0..130).filter(|number| {
        let found = store.session_token(&hash(&number.to_string()), LATER).unwrap();
        found.is_some()
    });
    assert_eq!(open.collect::<Vec<i32>>(), (30..130).collect::<Vec<_>>());
}

#[test]
fn the_audit_log_keeps_the_newest_lines() {
    let (_folder, mut store) = store();
    for number in 1..=5 {
        store.note_deed_among(&deed(&format!("/watches/{number}/remove")), 3).unwrap();
    }
    let kept: Vec<_> = store.audit(None, 9).unwrap().into_iter().map(|entry| (entry.id, entry.deed.what)).collect();
    assert_eq!(kept, [5, 4, 3].map(|number| (number, format!("/watches/{number}/remove"))));
    assert_eq!(store.audit(Some(5), 1).unwrap().pop().unwrap().id, 4);
    store.note_deed(&deed(&"长".repeat(1000))).unwrap();
    let newest = store.audit(None, 1).unwrap().pop().unwrap().deed;
    assert_eq!(newest, Deed { what: "长".repeat(300), ..deed("") });
}

#[test]
fn a_store_of_version_9_keeps_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = Vec::new();
    flate2::read::GzDecoder::new(&include_bytes!("version_9.db.gz")[..]).read_to_end(&mut file).unwrap();
    std::fs::write(folder.path().join(Store::FILE), file).unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let watches: Vec<_> = store.watches().unwrap().iter().map(|watch| watch.subject.written()).collect();
    assert_eq!(watches, ["灯塔"]);
    let alerts = store.alerts(9).unwrap();
    assert_eq!(alerts.iter().map(|alert| (alert.id, alert.watch, alert.document)).collect::<Vec<_>>(), [(1, 1, 1)]);
    assert!(store.tokens(9).unwrap().is_empty() && store.audit(None, 9).unwrap().is_empty());
    let token = store.add_token("keeper", Role::Admin, &hash("light"), None, NOW).unwrap();
    drop(store);
    assert_eq!(Store::open(folder.path()).unwrap().live_token(&hash("light"), NOW).unwrap(), Some(token));
}
