use super::tests::{NOW, add, pair, store};
use super::*;
use crate::bitext::PairedBy;
use crate::document::Language;
use crate::edit::Deed;
use crate::term::{Concept, EvidenceKind, Status, TermPair};

const LATER: &str = "2026-11-23T08:00:00Z";

/// Two bitexts that render 河长 differently; the watches are those that were there before them.
fn store_with_two_renderings(watches: &[&str]) -> (tempfile::TempDir, Store) {
    let (folder, mut store) = store();
    for watch in watches {
        store.add_watch(*watch, "2026-01-01T00:00:00Z").unwrap();
    }
    for (number, en) in ["river chief", "river steward"].into_iter().enumerate() {
        let zh_document = add(&mut store, "通知", Language::Zh, &format!("设立河长{number}。"));
        let en_document = add(&mut store, "Notice", Language::En, &format!("A {en} is appointed {number}."));
        let bitext = store.put_bitext(zh_document, en_document, PairedBy::Content, 0.9, &[]).unwrap();
        store.put_mined_terms(Origin::Bitext(bitext), &[pair("河长", en, EvidenceKind::Bead)]).unwrap();
    }
    store.settle_candidates().unwrap();
    (folder, store)
}

fn concept(store: &Store) -> Concept {
    let id = store.concepts_designated("河长", Language::Zh).unwrap()[0];
    store.whole_concept(id).unwrap().unwrap()
}

fn change(store: &Store) -> (i64, Vec<FoundChange>) {
    let concept = concept(store);
    let term = |text: &str| concept.terms.iter().find(|term| term.text == text).unwrap().id;
    (concept.id, vec![FoundChange { en: term("river steward"), before: term("river chief"), bitext: 2 }])
}

#[test]
fn renderings_are_compared_once_until_they_change_again() {
    let (_folder, mut store) = store_with_two_renderings(&[]);
    let ToCompare { version, concepts: uses } = store.renderings_to_compare().unwrap();
    let told: Vec<(&str, i64, u32)> =
        uses[0].1.iter().map(|used| (used.text.as_str(), used.bitext, used.count)).collect();
    assert_eq!(told, [("river chief", 1, 1), ("river steward", 2, 1)]);
    store.put_rendering_changes(version, &[], NOW).unwrap();
    assert!(store.renderings_to_compare().unwrap().concepts.is_empty());
    store.put_mined_terms(Origin::Bitext(2), &[pair("河长", "river keeper", EvidenceKind::Gloss)]).unwrap();
    store.settle_candidates().unwrap();
    assert_eq!(store.renderings_to_compare().unwrap().concepts.len(), 1);
}

#[test]
fn a_rendering_of_which_mining_is_unsure_counts_once_a_reviewer_has_accepted_it() {
    let (_folder, mut store) = store_with_two_renderings(&[]);
    let unsure = TermPair { confidence: 0.3, ..pair("河长", "river chief", EvidenceKind::Bead) };
    store.put_mined_terms(Origin::Bitext(1), &[unsure]).unwrap();
    store.settle_candidates().unwrap();
    assert!(store.renderings_to_compare().unwrap().concepts.is_empty());
    let accepted = concept(&store).terms.iter().find(|term| term.text == "river chief").unwrap().id;
    store.edit(&Deed::SetStatus { terms: vec![accepted], status: Status::Admitted }, "Li", NOW).unwrap();
    assert_eq!(store.renderings_to_compare().unwrap().concepts[0].1.len(), 2);
}

#[test]
fn a_change_is_listed_with_its_place_and_kept_as_it_was_noticed_first() {
    let (_folder, mut store) = store_with_two_renderings(&[]);
    let found = change(&store);
    store.put_rendering_changes(1, std::slice::from_ref(&found), NOW).unwrap();
    store.put_rendering_changes(1, &[found], LATER).unwrap();
    let listed = store.rendering_changes(None, 10, 0).unwrap();
    assert_eq!((listed.len(), store.rendering_change_count().unwrap()), (1, 1));
    let change = &listed[0];
    assert_eq!(
        (change.zh.as_str(), change.en_before.as_str(), change.en.as_str()),
        ("河长", "river chief", "river steward")
    );
    assert_eq!((change.text.as_deref(), change.page), (Some("A river steward is appointed 1."), Some(1)));
    assert_eq!(change.noticed, NOW);
    assert_eq!(store.rendering_changes(Some(change.concept), 10, 0).unwrap().len(), 1);
    assert!(store.rendering_changes(Some(change.concept + 1), 10, 0).unwrap().is_empty());
    let concept = change.concept;
    store.put_rendering_changes(1, &[(concept, Vec::new())], LATER).unwrap();
    assert!(store.rendering_changes(None, 10, 0).unwrap().is_empty());
}

/// The watches that are alerted by the change when it is found twice.
#[track_caller]
fn check_alerts(watches: &[&str], expected: &[&str]) {
    let (_folder, mut store) = store_with_two_renderings(watches);
    let found = change(&store);
    let made = store.put_rendering_changes(1, std::slice::from_ref(&found), NOW).unwrap();
    store.put_rendering_changes(1, &[(found.0, Vec::new())], NOW).unwrap();
    let again = store.put_rendering_changes(1, &[found], NOW).unwrap();
    let mut alerts = store.alerts(10).unwrap();
    alerts.reverse();
    assert_eq!(alerts.iter().map(|alert| alert.query.as_str()).collect::<Vec<_>>(), expected);
    assert!(alerts.iter().all(|alert| alert.atoms == ["河长", "river chief", "river steward"]));
    assert_eq!((made, again), (expected.len(), 0), "an alert is made once");
}

#[test]
fn watches_on_renderings_are_alerted_once() {
    check_alerts(&["rendering:*"], &["rendering:*"]);
    check_alerts(&["rendering:河长", "河长", "rendering:湖长"], &["rendering:河长"]);
    check_alerts(&["rendering:river chief"], &["rendering:river chief"]);
    check_alerts(&[], &[]);
}

#[test]
fn a_watch_that_is_younger_than_the_document_is_not_alerted() {
    let (_folder, mut store) = store_with_two_renderings(&[]);
    store.add_watch("rendering:*", LATER).unwrap();
    let found = change(&store);
    assert_eq!(store.put_rendering_changes(1, &[found], LATER).unwrap(), 0);
}
