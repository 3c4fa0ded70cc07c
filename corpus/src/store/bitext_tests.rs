use std::collections::{BTreeMap, BTreeSet};

use super::tests::{NOW, add, document, pair, store};
use super::*;
use crate::bitext::{Bead, MadeBy, PairedBy, WordLink, WordPair, WordPlace};
use crate::document::Language;
use crate::term::{EvidenceKind, TermPair};

const ZH: &str = "序。\n甲。\n乙。\n丙。";
const EN: &str = "Intro.\nA.\nB.\nC.";

fn bead(zh: &[usize], en: &[usize], score: f32) -> Bead {
    Bead { zh: zh.to_vec(), en: en.to_vec(), score, made_by: MadeBy::Aligner }
}

fn word(zh: &str, en: &str, count: f32) -> WordPair {
    WordPair { zh: zh.to_owned(), en: en.to_owned(), count }
}

/// Two documents of four sentences, paired; `number` tells them from others.
fn paired(store: &mut Store, number: usize) -> i64 {
    let zh = add(store, "通知", Language::Zh, &format!("{ZH}\n{number}。"));
    let en = add(store, "Notice", Language::En, &format!("{EN}\n{number}."));
    store.put_bitext(zh, en, PairedBy::Number, 0.9, &["same number".to_owned()]).unwrap()
}

fn diagonal() -> Vec<Bead> {
    (0..5).map(|at| bead(&[at], &[at], 0.8)).collect()
}

#[track_caller]
fn put(store: &mut Store, bitext: i64, beads: &[Bead], words: &[WordPair], terms: &[TermPair]) {
    let corrections = store.corrections(bitext).unwrap();
    let alignment = Alignment { beads, links: &[], words, terms, corrections: &corrections };
    assert!(store.put_alignment(bitext, &alignment).unwrap());
}

#[test]
fn a_pair_that_is_made_again_keeps_its_number_and_what_it_holds() {
    let (_folder, mut store) = store();
    let bitext = paired(&mut store, 1);
    assert_eq!(store.waiting_bitexts().unwrap(), [bitext]);
    put(&mut store, bitext, &diagonal(), &[], &[]);
    let again = store.put_bitext(1, 2, PairedBy::Manifest, 1.0, &[]).unwrap();
    assert_eq!(again, bitext);
    assert_eq!(store.bitext(bitext).unwrap().unwrap().paired_by, PairedBy::Manifest);
    assert_eq!(store.beads(bitext).unwrap(), diagonal());
    assert!(store.waiting_bitexts().unwrap().is_empty());

    let en = add(&mut store, "Other", Language::En, "Other.");
    let other = store.put_bitext(1, en, PairedBy::Number, 1.0, &["closer".to_owned()]).unwrap();
    assert_eq!(store.bitext_of(2).unwrap(), None);
    assert_eq!(
        store.bitext_of(1).unwrap().map(|found| (found.id, found.reasons)),
        Some((other, vec!["closer".to_owned()]))
    );
}

#[test]
fn word_links_come_back_by_bead() {
    let (_folder, mut store) = store();
    let bitext = paired(&mut store, 1);
    let place = |sentence, range| WordPlace { sentence, range };
    let links = vec![vec![], vec![WordLink { zh: place(1, 0..3), en: place(1, 0..1), score: 0.75 }]];
    let alignment = Alignment { beads: &diagonal(), links: &links, words: &[], terms: &[], corrections: &[] };
    assert!(store.put_alignment(bitext, &alignment).unwrap());
    let found = store.word_links(bitext).unwrap();
    assert_eq!((found.len(), &found[..2]), (5, &links[..]));
    assert!(!store.put_alignment(bitext + 1, &alignment).unwrap(), "there is no such bitext");
}

#[track_caller]
fn check_learned(store: &Store, words: &[&str], except: Option<i64>, expected: &[WordPair]) {
    let words: BTreeSet<String> = words.iter().map(|word| (*word).to_owned()).collect();
    assert_eq!(store.learned_words(&words, except).unwrap(), expected);
}

#[test]
fn what_others_taught_is_told_without_ones_own_part() {
    let (_folder, mut store) = store();
    let (a, b) = (paired(&mut store, 1), paired(&mut store, 2));
    put(&mut store, a, &[], &[word("云", "cloud", 2.0), word("云", "cloudi", 0.5), word("雨", "rain", 1.0)], &[]);
    put(&mut store, b, &[], &[word("云", "cloud", 1.25)], &[]);
    check_learned(&store, &["云", "雨"], None, &[]);
    assert_eq!((store.counted_bitexts().unwrap(), store.uncounted_bitexts().unwrap()), (0, 2));
    store.count_words().unwrap();
    assert_eq!((store.counted_bitexts().unwrap(), store.uncounted_bitexts().unwrap()), (2, 0));
    check_learned(&store, &["云"], None, &[word("云", "cloud", 3.25), word("云", "cloudi", 0.5)]);
    check_learned(&store, &["云", "雨"], Some(a), &[word("云", "cloud", 1.25)]);
    put(&mut store, a, &[], &[word("雨", "rain", 4.0)], &[]);
    check_learned(&store, &["雨"], None, &[word("雨", "rain", 1.0)]);
    store.count_words().unwrap();
    check_learned(&store, &["云", "雨"], None, &[word("云", "cloud", 1.25), word("雨", "rain", 4.0)]);
    store.replace_reading(1, &document("通知", Language::Zh, "云。"), NOW).unwrap();
    check_learned(&store, &["云", "雨"], None, &[word("云", "cloud", 1.25)]);
}

/// The totals, and the sum of what each bitext gave.
fn totals(store: &Store) -> [BTreeMap<(String, String), i64>; 2] {
    let rows = |sql: &str| {
        let mut statement = store.connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?))).unwrap();
        rows.collect::<Result<BTreeMap<_, _>, _>>().unwrap()
    };
    [
        rows("SELECT zh, en, count FROM word_pair"),
        rows("SELECT value ->> 0, value ->> 1, sum(value ->> 2) FROM bitext_words, json_each(pairs) GROUP BY 1, 2"),
    ]
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 24, ..Default::default() })]
    #[test]
    fn totals_are_the_sum_of_what_the_bitexts_gave(
        steps in proptest::collection::vec(
            (0_usize..3, 0_u8..6, proptest::collection::vec((0_u8..3, 0_u8..3, 0.0_f32..3.0), 0..5)), 1..12),
    ) {
        let (_folder, mut store) = store();
        let mut bitexts: Vec<i64> = (0..3).map(|number| paired(&mut store, number)).collect();
        for (number, (at, step, words)) in steps.into_iter().enumerate() {
            let words: Vec<WordPair> =
                words.iter().map(|(zh, en, count)| word(&format!("字{zh}"), &format!("w{en}"), *count)).collect();
            match step {
                0 => {
                    store.remove_bitext(bitexts[at]).unwrap();
                    bitexts[at] = paired(&mut store, 100 + number);
                }
                1 => store.count_words().unwrap(),
                2 => {
                    let zh = store.bitext(bitexts[at]).unwrap().unwrap().zh;
                    store.replace_reading(zh, &document("通知", Language::Zh, "云。"), NOW).unwrap();
                }
                _ => put(&mut store, bitexts[at], &[], &words, &[]),
            }
            let [totals, sums] = totals(&store);
            proptest::prop_assert_eq!(totals, sums);
        }
    }
}

#[test]
fn a_correction_outlives_aligning_and_another_reading() {
    let (_folder, mut store) = store();
    let bitext = paired(&mut store, 1);
    put(&mut store, bitext, &diagonal(), &[], &[]);
    store.correct_beads(bitext, &[bead(&[1, 2], &[1], 0.0)], NOW).unwrap();
    let beads = store.beads(bitext).unwrap();
    assert_eq!((beads[1].zh.as_slice(), beads[1].made_by, beads[1].score), (&[1, 2][..], MadeBy::Reader, 1.0));
    assert_eq!(
        (beads[2].zh.as_slice(), beads[2].en.as_slice(), beads[2].made_by),
        (&[][..], &[2][..], MadeBy::Aligner)
    );
    assert_eq!(store.waiting_bitexts().unwrap(), [bitext]);

    let alignment = Alignment { beads: &diagonal(), links: &[], words: &[], terms: &[], corrections: &[] };
    assert!(!store.put_alignment(bitext, &alignment).unwrap(), "it was aligned before it was corrected");
    assert_eq!(store.waiting_bitexts().unwrap(), [bitext]);

    store.replace_reading(1, &document("通知", Language::Zh, "新。\n序。\n甲。\n乙。"), NOW).unwrap();
    let found = store.corrections(bitext).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].bead.as_ref().map(|bead| bead.zh.as_slice()), Some(&[2, 3][..]));
    put(&mut store, bitext, &[], &[], &[]);
    assert_eq!(store.corrections(bitext).unwrap()[0].zh_at, Some(2));

    store.replace_reading(1, &document("通知", Language::Zh, "甲。\n丙。"), NOW).unwrap();
    let kept = store.corrections(bitext).unwrap();
    assert_eq!((kept.len(), kept[0].bead.as_ref()), (1, None), "it is kept for a reading that has its sentences");
}

#[test]
fn a_later_correction_takes_the_place_of_an_earlier_one_and_can_be_undone() {
    let (_folder, mut store) = store();
    let bitext = paired(&mut store, 1);
    put(&mut store, bitext, &diagonal(), &[], &[]);
    store.correct_beads(bitext, &[bead(&[1, 2], &[1, 2], 0.0), bead(&[4], &[], 0.0)], NOW).unwrap();
    store.correct_beads(bitext, &[bead(&[1], &[1], 0.0)], NOW).unwrap();
    let corrections = store.corrections(bitext).unwrap();
    assert_eq!(corrections.iter().map(|found| found.zh.join("")).collect::<Vec<_>>(), ["1。", "甲。"]);
    let makers = |store: &Store| {
        let beads = store.beads(bitext).unwrap();
        let made =
            beads.iter().filter(|bead| bead.made_by == MadeBy::Reader).map(|bead| (bead.zh.clone(), bead.en.clone()));
        made.collect::<Vec<_>>()
    };
    assert_eq!(makers(&store), [(vec![1], vec![1]), (vec![4], vec![])]);
    assert!(store.undo_correction(bitext, corrections[1].id).unwrap());
    assert!(!store.undo_correction(bitext, corrections[1].id).unwrap());
    assert_eq!(makers(&store), [(vec![4], vec![])]);
}

#[track_caller]
fn check_refused(given: &[Bead], reason: &str) {
    let (_folder, mut store) = store();
    let bitext = paired(&mut store, 1);
    put(&mut store, bitext, &diagonal(), &[], &[]);
    let error = store.correct_beads(bitext, given, NOW).unwrap_err().to_string();
    assert!(error.ends_with(reason), "{error}");
    assert_eq!(store.beads(bitext).unwrap(), diagonal());
}

#[test]
fn beads_that_cannot_stand_are_refused_and_change_nothing() {
    check_refused(&[bead(&[0, 2], &[1], 0.0)], "follow one another");
    check_refused(&[bead(&[9], &[1], 0.0)], "follow one another");
    check_refused(&[bead(&[1], &[1], 0.0), bead(&[2], &[1], 0.0)], "stands in two of them");
    let (_folder, mut store) = store();
    assert!(store.correct_beads(7, &[], NOW).unwrap_err().to_string().ends_with("no such bitext"));
}

fn term(zh: &str, en: &str, confidence: f32) -> TermPair {
    TermPair { confidence, ..pair(zh, en, EvidenceKind::Bead) }
}

#[test]
fn mining_anew_tells_what_it_changed_however_often_it_was_interrupted() {
    let (_folder, mut store) = store();
    let (a, b) = (paired(&mut store, 1), paired(&mut store, 2));
    put(&mut store, a, &[], &[], &[term("云", "cloud", 0.6), term("云", "clouds", 0.4), term("雨", "rain", 0.1)]);
    put(&mut store, b, &[], &[], &[term("风", "wind", 0.5), term("雪", "snow", 0.5), term("雾", "fog", 0.5)]);
    store.settle_candidates().unwrap();
    assert_eq!(store.last_remining().unwrap(), None);
    assert!(store.begin_remining(NOW).unwrap());
    assert_eq!(store.waiting_bitexts().unwrap(), [a, b]);
    put(&mut store, a, &[], &[], &[term("云", "cloud", 0.4), term("云", "clouds", 0.6), term("雨", "rain", 0.35)]);
    store.settle_candidates().unwrap();
    store.finish_remining(NOW).unwrap();
    assert!(store.remining_under_way().unwrap(), "one bitext waits");
    assert!(!store.begin_remining(NOW).unwrap(), "it goes on");
    assert_eq!(store.waiting_bitexts().unwrap(), [b]);
    put(&mut store, b, &[], &[], &[term("风", "wind", 0.55), term("雪", "snow", 0.1), term("雷", "thunder", 0.9)]);
    store.settle_candidates().unwrap();
    store.finish_remining(NOW).unwrap();
    assert!(!store.remining_under_way().unwrap());

    let last = store.last_remining().unwrap().unwrap();
    let told: Vec<String> =
        last.changes.iter().map(|change| format!("{} {} {}", change.kind.name(), change.zh, change.en)).collect();
    let expected = [
        "new 雷 thunder",
        "gone 雾 fog",
        "risen 雨 rain",
        "fallen 雪 snow",
        "changed 云 cloud",
        "changed 云 clouds",
        "rendering 云 clouds",
    ];
    assert_eq!(told, expected);
    assert_eq!(last.changes[6].en_before.as_deref(), Some("cloud"));
    assert_eq!((last.bitexts, last.counts[&TermChangeKind::Changed], last.counts[&TermChangeKind::New]), (2, 2, 1));
}

#[test]
fn what_a_person_reviewed_is_never_changed_by_mining() {
    for status in ["preferred", "admitted", "superseded", "deprecated"] {
        for mined in [vec![], vec![TermPair { definition: Some("mined".to_owned()), ..term("云", "Cloud", 0.9) }]] {
            let (_folder, mut store) = store();
            let bitext = paired(&mut store, 1);
            put(&mut store, bitext, &[], &[], &[term("云", "cloud", 0.31), term("雨", "rain", 0.5)]);
            store.settle_candidates().unwrap();
            store.connection.execute("UPDATE term SET status = ?1 WHERE text = 'cloud'", [status]).unwrap();
            let reviewed = |store: &Store| {
                let concept = store.lookup("cloud", Lookup::Exact, 1).unwrap().remove(0);
                let term = concept.term(Language::En).cloned().unwrap();
                (concept.definitions, term.id, term.text, term.status, term.confidence, concept.terms.len())
            };
            let before = reviewed(&store);
            store.begin_remining(NOW).unwrap();
            put(&mut store, bitext, &[], &[], &mined);
            store.settle_candidates().unwrap();
            store.finish_remining(NOW).unwrap();
            assert_eq!(reviewed(&store), before, "{status}");
            store.remove_bitext(bitext).unwrap();
            store.settle_candidates().unwrap();
            assert_eq!(reviewed(&store), before, "{status}");
            assert!(store.lookup("rain", Lookup::Exact, 1).unwrap().is_empty());
        }
    }
}

#[test]
fn what_an_earlier_version_mined_is_there_and_waits_to_be_mined_anew() {
    let folder = tempfile::tempdir().unwrap();
    let connection = Connection::open(folder.path().join(Store::FILE)).unwrap();
    for migration in &schema::MIGRATIONS[..5] {
        connection.execute_batch(migration).unwrap();
    }
    connection
        .execute_batch(
            "INSERT INTO document (hash, name, source, language, state, page_count, facts, warnings, added, quiet, paired)
             VALUES ('1', 'a', 'a', 'zh', 'text', 1, '{}', '[]', '', 0, 1), ('2', 'b', 'b', 'en', 'text', 1, '{}', '[]', '', 0, 1);
             INSERT INTO sentence VALUES (1, 0, 0, 0, 3, 1, 'zh', '云。'), (2, 0, 0, 0, 5, 1, 'en', 'Cloud');
             INSERT INTO bitext VALUES (7, 1, 2, 'number', 0.9);
             INSERT INTO bead VALUES (7, 0, '[0]', '[0]', 0.5);
             INSERT INTO concept VALUES (1, NULL);
             INSERT INTO term VALUES (1, 1, 'zh', '云', '云', 'candidate', 0.8), (2, 1, 'en', 'cloud', 'cloud', 'preferred', 0.8);
             INSERT INTO evidence VALUES (1, 1, 2, 'bead', 0.8, 7, 1, 0, 2, 0), (2, 1, 2, 'gloss', 0.8, 7, 1, 0, NULL, NULL),
                 (3, 1, 2, 'gloss', 0.6, NULL, 1, 0, NULL, NULL);
             PRAGMA user_version = 5;",
        )
        .unwrap();
    drop(connection);
    let mut store = Store::open(folder.path()).unwrap();
    assert_eq!(store.waiting_bitexts().unwrap(), [7]);
    assert!(store.pending(Pending::Mining).unwrap().is_empty());
    let check = |store: &Store| {
        let concept = store.lookup("云", Lookup::Exact, 1).unwrap().remove(0);
        assert_eq!(concept.terms.iter().map(|term| term.count).collect::<Vec<_>>(), [3, 3]);
        let evidence = store.evidence(concept.id, 10).unwrap();
        assert_eq!(
            evidence.iter().map(|seen| seen.kind).collect::<Vec<_>>(),
            [EvidenceKind::Gloss, EvidenceKind::Gloss, EvidenceKind::Bead]
        );
        assert!(evidence.iter().all(|seen| seen.zh_place.as_ref().is_some_and(|place| place.text == "云。")));
    };
    check(&store);
    store.settle_candidates().unwrap();
    check(&store);
    assert_eq!(store.word_links(7).unwrap(), [vec![]]);
}
