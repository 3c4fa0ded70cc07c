use std::collections::BTreeMap;

use corpus::bitext::PairRule;
use corpus::document::DocumentHash;
use ingest::align::{Fingerprint, sketch};
use ingest::read::read_text;

use super::decoys::{Made, PAIRS, documents};
use super::*;

const NOW: &str = "2026-11-22T08:00:00Z";

fn add(data: &Data, made: &[&Made]) {
    let read = |made: &&Made| {
        let bytes = made.text.as_bytes();
        read_text(&format!("{}.txt", made.name), &made.name, DocumentHash::of(bytes), bytes).unwrap()
    };
    let read: Vec<_> = made.iter().map(read).collect();
    data.with_store(|store| Ok(store.add_documents(&read, true, NOW)?)).unwrap();
}

fn data() -> (tempfile::TempDir, Data) {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::open(folder.path()).unwrap();
    (folder, data)
}

/// The names of the documents that are paired, the Chinese first, without language and ending.
fn pairs(data: &Data) -> Vec<(String, String)> {
    let name = |id: i64| {
        let document = data.with_store(|store| Ok(store.document(id)?)).unwrap().unwrap();
        document.name.split('.').next().unwrap_or_default().to_owned()
    };
    let bitexts = data.with_store(|store| Ok(store.bitexts()?)).unwrap();
    let mut pairs: Vec<_> = bitexts.iter().map(|bitext| (name(bitext.zh), name(bitext.en))).collect();
    pairs.sort();
    pairs
}

fn expected() -> Vec<(String, String)> {
    let mut pairs: Vec<_> = PAIRS.iter().map(|(zh, en)| ((*zh).to_owned(), (*en).to_owned())).collect();
    pairs.sort();
    pairs
}

fn id(data: &Data, name: &str) -> i64 {
    let documents = data.with_store(|store| Ok(store.documents()?)).unwrap();
    documents.iter().find(|document| document.name == format!("{name}.txt")).unwrap().id
}

#[track_caller]
fn check_counterpart(data: &Data, name: &str, expected: Option<&str>) {
    let document = id(data, name);
    let bitext = data.with_store(|store| Ok(store.bitext_of(document)?)).unwrap();
    let found = bitext.map(|bitext| if bitext.zh == document { bitext.en } else { bitext.zh });
    assert_eq!(found, expected.map(|name| id(data, name)), "{name}");
}

/// Pairs documents as they come, in groups, and then all anew.
#[track_caller]
fn check_order(order: &[&Made], at_once: usize, expected: &[(String, String)]) {
    let (_folder, data) = data();
    for group in order.chunks(at_once) {
        add(&data, group);
        pair_pending(&data, None).unwrap();
    }
    assert_eq!(pairs(&data), expected);
    let before = data.with_store(|store| Ok(store.bitexts()?)).unwrap();
    data.with_store(|store| Ok(store.mark_all_pending(Pending::Pairing)?)).unwrap();
    pair_pending(&data, None).unwrap();
    assert_eq!(data.with_store(|store| Ok(store.bitexts()?)).unwrap(), before);
}

#[test]
#[ignore = "takes minutes without optimisation: run it with --release"]
fn exactly_the_translations_pair_whatever_the_order_in_which_documents_come() {
    let all = documents();
    let in_order: Vec<&Made> = all.iter().collect();
    let backwards: Vec<&Made> = all.iter().rev().collect();
    // Every seventh, so that look-alikes come before, between and after the true ones.
    let mixed: Vec<&Made> = (0..7).flat_map(|from| all.iter().skip(from).step_by(7)).collect();
    check_order(&in_order, all.len(), &expected());
    check_order(&backwards, 9, &expected());
    check_order(&mixed, 1, &expected());
}

#[test]
fn short_notices_from_one_template_pair_with_their_own_translations_only() {
    let all = documents();
    let notices: Vec<&Made> = all.iter().filter(|made| made.name.starts_with("notice-")).collect();
    let expected: Vec<_> = expected().into_iter().filter(|(zh, _)| zh.starts_with("notice-")).collect();
    check_order(&notices, notices.len(), &expected);
    let backwards: Vec<&Made> = notices.into_iter().rev().collect();
    check_order(&backwards, 1, &expected);
}

fn of_notices() -> (tempfile::TempDir, Data) {
    let (folder, data) = data();
    let all = documents();
    let names = ["notice-1.zh", "notice-1.en", "notice-2.zh", "notice-2.en"];
    let chosen: Vec<&Made> = all.iter().filter(|made| names.contains(&made.name.as_str())).collect();
    add(&data, &chosen);
    pair_pending(&data, None).unwrap();
    (folder, data)
}

#[test]
fn what_a_person_says_holds_and_can_be_taken_back() {
    let (_folder, data) = of_notices();
    check_counterpart(&data, "notice-1.zh", Some("notice-1.en"));
    let (zh, en) = (id(&data, "notice-1.zh"), id(&data, "notice-2.en"));
    say_of_pair(&data, zh, en, PairRule::Set).unwrap();
    check_counterpart(&data, "notice-1.zh", Some("notice-2.en"));
    check_counterpart(&data, "notice-2.zh", None);
    let found = explain_pair(&data, zh, en).unwrap();
    assert!(found.paired && found.score < 0.5 && found.said == Some((PairRule::Set, SaidBy::Person)), "{found:?}");
    // It outlives pairing anew.
    data.with_store(|store| Ok(store.mark_all_pending(Pending::Pairing)?)).unwrap();
    pair_pending(&data, None).unwrap();
    check_counterpart(&data, "notice-1.zh", Some("notice-2.en"));
    forget_pair(&data, zh, en).unwrap();
    check_counterpart(&data, "notice-1.zh", Some("notice-1.en"));
    check_counterpart(&data, "notice-2.zh", Some("notice-2.en"));
    assert!(forget_pair(&data, zh, en).is_err());
    assert!(say_of_pair(&data, en, zh, PairRule::Set).is_err());
}

#[test]
fn a_forbidden_pair_does_not_come_back_not_even_by_a_manifest() {
    let (folder, data) = of_notices();
    let (zh, en) = (id(&data, "notice-1.zh"), id(&data, "notice-1.en"));
    say_of_pair(&data, zh, en, PairRule::Forbid).unwrap();
    check_counterpart(&data, "notice-1.zh", None);
    let hash = |id: i64| identity(&data, id).unwrap().unwrap().1.0;
    let manifest = folder.path().join("manifest.json");
    let entry = |id: i64| serde_json::json!({"sha256": hash(id), "instrument": "one"});
    std::fs::write(&manifest, serde_json::json!([entry(zh), entry(en)]).to_string()).unwrap();
    pair_pending(&data, Some(&manifest)).unwrap();
    check_counterpart(&data, "notice-1.zh", None);
    say_of_pair(&data, zh, en, PairRule::Set).unwrap();
    check_counterpart(&data, "notice-1.zh", Some("notice-1.en"));
}

#[test]
fn a_manifest_sets_and_forbids() {
    let (folder, data) = of_notices();
    let hash = |name: &str| identity(&data, id(&data, name)).unwrap().unwrap().1.0;
    let manifest = folder.path().join("manifest.json");
    let entries = serde_json::json!([
        {"sha256": hash("notice-1.zh"), "instrument": "one"},
        {"sha256": hash("notice-2.en"), "instrument": "one"},
        {"sha256": hash("notice-2.zh"), "not_paired_with": [hash("notice-1.en")]},
        {"sha256": "0".repeat(64), "instrument": "one"},
    ]);
    std::fs::write(&manifest, entries.to_string()).unwrap();
    pair_pending(&data, Some(&manifest)).unwrap();
    check_counterpart(&data, "notice-1.zh", Some("notice-2.en"));
    check_counterpart(&data, "notice-2.zh", None);
    // The same manifest again leaves nothing to do.
    assert_eq!(pair_pending(&data, Some(&manifest)).unwrap(), 0);
    let rules = data.with_store(|store| Ok(store.pair_rules()?)).unwrap();
    assert_eq!(rules.iter().map(|said| said.rule).collect::<Vec<_>>(), [PairRule::Set, PairRule::Forbid]);
}

#[test]
fn a_fingerprint_of_an_earlier_version_is_made_anew() {
    let (_folder, data) = data();
    let all = documents();
    let made = |name: &str| all.iter().find(|made| made.name == name).unwrap();
    add(&data, &[made("news.zh")]);
    pair_pending(&data, None).unwrap();
    let zh = id(&data, "news.zh");
    let print = data.with_store(|store| Ok(store.fingerprint(zh)?)).unwrap().unwrap();
    let mut earlier: BTreeMap<String, serde_json::Value> = serde_json::from_str(&print).unwrap();
    earlier.remove("form");
    let earlier = serde_json::to_string(&earlier).unwrap();
    let sketch = sketch(&Fingerprint::from_json(&print).unwrap());
    assert_eq!(Fingerprint::from_json(&earlier), None);
    data.with_store(|store| Ok(store.put_fingerprint(zh, Language::Zh, &earlier, &sketch)?)).unwrap();
    add(&data, &[made("news.en")]);
    pair_pending(&data, None).unwrap();
    check_counterpart(&data, "news.zh", Some("news.en"));
}
