use super::*;
use crate::bitext::PairedBy;
use crate::document::Language;
use crate::store::tests::{NOW, add, pair, store};
use crate::store::{Origin, QueueFilter, QueueOrder};
use crate::term::{EvidenceKind, Status, Term, TermPair};

const LATER: &str = "2026-11-23T08:00:00Z";

pub(super) fn bitext(store: &mut Store, number: usize) -> i64 {
    let zh = add(store, "通知", Language::Zh, &format!("{number}。\n甲。"));
    let en = add(store, "Notice", Language::En, &format!("{number}.\nAlpha."));
    store.put_bitext(zh, en, PairedBy::Content, 0.9, &[]).unwrap()
}

fn mined(zh: &str, en: &str, confidence: f32) -> TermPair {
    TermPair { confidence, ..pair(zh, en, EvidenceKind::Bead) }
}

fn mine(store: &mut Store, bitext: i64, pairs: &[(&str, &str)]) {
    let pairs: Vec<TermPair> = pairs.iter().map(|(zh, en)| mined(zh, en, 0.6)).collect();
    store.put_mined_terms(Origin::Bitext(bitext), &pairs).unwrap();
    store.settle_candidates().unwrap();
}

/// A store with one bitext in which cloud, fog and mist were seen.
fn mined_store() -> (tempfile::TempDir, Store, i64) {
    let (folder, mut store) = store();
    let bitext = bitext(&mut store, 1);
    mine(&mut store, bitext, &[("云", "cloud"), ("雾", "fog"), ("雾", "mist")]);
    (folder, store, bitext)
}

fn concept(store: &Store, text: &str) -> Concept {
    let language = if text.is_ascii() { Language::En } else { Language::Zh };
    let found = store.concepts_designated(text, language).unwrap();
    store.whole_concept(*found.first().unwrap_or_else(|| panic!("no {text}"))).unwrap().unwrap()
}

fn term(store: &Store, text: &str) -> Term {
    let concept = concept(store, text);
    concept.terms.into_iter().find(|term| term.text == text).unwrap()
}

fn done(store: &mut Store, deed: &Deed) -> Edit {
    let edit = store.edit(deed, "Ada", NOW).unwrap();
    check_routes(store);
    edit
}

fn status(store: &Store, texts: &[&str], status: Status) -> Deed {
    Deed::SetStatus { terms: texts.iter().map(|text| term(store, text).id).collect(), status }
}

#[track_caller]
pub(super) fn check_routes(store: &Store) {
    let strays: i64 = store
        .connection
        .query_row(
            "SELECT count(*) FROM seen_pair JOIN term zh ON zh.id = zh_term JOIN term en ON en.id = en_term
             WHERE zh.concept <> en.concept OR zh.language <> 'zh' OR en.language <> 'en'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(strays, 0, "the two designations of a pair are in one concept");
    let parked: i64 =
        store.connection.query_row("SELECT count(*) FROM term WHERE folded < ' '", [], |row| row.get(0)).unwrap();
    assert_eq!(parked, 0);
}

/// Each shown designation with its status and count, by concept.
fn shown(store: &Store) -> Vec<String> {
    let ids = store.concept_ids().unwrap();
    let listing = store.listed_terms(None).unwrap();
    let listed: BTreeSet<i64> = listing.terms.iter().map(|term| term.concept).collect();
    assert_eq!(ids, listed.into_iter().collect::<Vec<_>>());
    assert_eq!(store.concept_count().unwrap(), ids.len());
    let told = ids.into_iter().map(|id| {
        let concept = store.concept(id).unwrap().unwrap();
        let terms = concept.terms.iter().map(|term| format!("{} {} {}", term.text, term.status.name(), term.count));
        terms.collect::<Vec<_>>().join(", ")
    });
    told.collect()
}

#[test]
fn a_decision_is_noted_and_can_be_taken_back_and_done_again() {
    let (_folder, mut store, _) = mined_store();
    let before = shown(&store);
    assert_eq!(before, ["云 candidate 1, cloud candidate 1", "雾 candidate 2, fog candidate 1, mist candidate 1"]);
    let deed = status(&store, &["云", "cloud"], Status::Preferred);
    let edit = done(&mut store, &deed);
    assert_eq!(
        (edit.deed.as_str(), edit.by.as_str(), edit.at.as_str(), edit.batch),
        ("set_status", "Ada", NOW, edit.id)
    );
    assert_eq!(shown(&store)[0], "云 preferred 1, cloud preferred 1");
    assert_eq!(concept(&store, "云").changed.as_deref(), Some(NOW));

    let undone = store.undo(edit.id, "Bo", LATER).unwrap();
    assert_eq!(shown(&store), before);
    assert_eq!(concept(&store, "云").changed, None);
    assert_eq!(undone.undoes, Some(edit.id));
    let error = store.undo(edit.id, "Bo", LATER).unwrap_err().to_string();
    assert!(error.contains("was taken back already, by edit 2"), "{error}");
    store.undo(undone.id, "Bo", LATER).unwrap();
    assert_eq!(shown(&store)[0], "云 preferred 1, cloud preferred 1");
    let history = store.history(None, None, 10).unwrap();
    assert_eq!(history.iter().map(|edit| edit.undone_by).collect::<Vec<_>>(), [None, Some(3), None]);
    assert_eq!(store.history(Some(edit.after[0].id), Some(3), 1).unwrap()[0].id, 2);
    assert_eq!(store.edit_by_id(1).unwrap().unwrap().after, edit.after);
}

#[test]
fn an_edit_that_a_later_one_changed_again_is_not_taken_back() {
    let (_folder, mut store, _) = mined_store();
    let deed = status(&store, &["cloud"], Status::Preferred);
    let first = done(&mut store, &deed);
    let deed = status(&store, &["cloud"], Status::Deprecated);
    let second = store.edit(&deed, "Bo", LATER).unwrap();
    let mut noted = concept(&store, "cloud");
    noted.note = Some("seen from below".to_owned());
    done(&mut store, &Deed::Set { concept: noted });
    let error = store.undo(first.id, "Ada", NOW).unwrap_err().to_string();
    assert!(
        error.contains("edit 2 of 2026-11-23T08:00:00Z by Bo changed the same later (a designation's status)"),
        "{error}"
    );
    store.undo(second.id, "Ada", NOW).unwrap();
    store.undo(first.id, "Ada", NOW).unwrap();
    assert_eq!(term(&store, "cloud").status, Status::Candidate);
    assert_eq!(concept(&store, "cloud").note.as_deref(), Some("seen from below"), "what else was changed stays");
}

#[test]
fn a_rejected_pair_stays_rejected_however_often_it_is_mined() {
    let (_folder, mut store, first) = mined_store();
    let deed = status(&store, &["mist"], Status::Rejected);
    let edit = done(&mut store, &deed);
    let second = bitext(&mut store, 2);
    for _ in 0..2 {
        mine(&mut store, second, &[("雾", "mist"), ("雾", "Mist"), ("霧", "mist")]);
        mine(&mut store, first, &[("云", "cloud"), ("雾", "fog"), ("雾", "mist")]);
        assert_eq!(shown(&store), ["云 candidate 1, cloud candidate 1", "雾 candidate 5, fog candidate 1"]);
        assert_eq!(term(&store, "mist").count, 4, "what is seen of it is counted");
        assert_eq!(store.renderings("雾", 0.1).unwrap(), ["fog"]);
        assert!(store.renderings("mist", 0.1).unwrap().is_empty());
        assert!(!store.review_queue(&QueueFilter::default(), 10, 0).unwrap().iter().any(|pair| pair.en.text == "mist"));
    }
    let deed = status(&store, &["fog"], Status::Rejected);
    done(&mut store, &deed);
    assert_eq!(shown(&store), ["云 candidate 1, cloud candidate 1"], "a concept without a rendering left is not shown");
    assert!(store.concepts(10, 0).unwrap().iter().all(|concept| concept.term(Language::Zh).unwrap().text == "云"));
    mine(&mut store, first, &[]);
    mine(&mut store, second, &[]);
    assert_eq!(term(&store, "mist").status, Status::Rejected);
    store.undo(edit.id, "Ada", NOW).unwrap();
    assert!(store.concepts_designated("mist", Language::En).unwrap().is_empty(), "nothing speaks for it any more");
}

#[test]
fn a_corrected_designation_keeps_what_was_seen_of_it_and_the_old_form_does_not_come_back() {
    let (_folder, mut store, bitext) = mined_store();
    let mut corrected = concept(&store, "fog");
    corrected.terms.iter_mut().find(|term| term.text == "fog").unwrap().text = "dense fog".to_owned();
    let edit = done(&mut store, &Deed::Set { concept: corrected });
    assert_eq!(term(&store, "dense fog").variants, ["fog"]);
    for _ in 0..2 {
        assert_eq!(shown(&store)[1], "雾 candidate 2, dense fog candidate 1, mist candidate 1");
        mine(&mut store, bitext, &[("云", "cloud"), ("雾", "fog"), ("雾", "mist")]);
    }
    store.undo(edit.id, "Ada", NOW).unwrap();
    assert_eq!(shown(&store)[1], "雾 candidate 2, fog candidate 1, mist candidate 1");
    check_routes(&store);

    let id = concept(&store, "fog").id;
    store.undo(2, "Ada", NOW).unwrap();
    let mut without = store.whole_concept(id).unwrap().unwrap();
    without.terms.iter_mut().find(|term| term.text == "dense fog").unwrap().variants.clear();
    done(&mut store, &Deed::Set { concept: without });
    assert_eq!(term(&store, "fog").count, 1, "who removes the variant gets the old form back");
    assert_eq!(term(&store, "dense fog").count, 0);
}

#[test]
fn a_merge_and_a_split_take_what_was_seen_with_them_and_give_it_back() {
    let (_folder, mut store, bitext) = mined_store();
    let before = shown(&store);
    let (cloud, fog) = (concept(&store, "云").id, concept(&store, "雾").id);
    let deed = status(&store, &["cloud"], Status::Preferred);
    done(&mut store, &deed);
    let merge = done(&mut store, &Deed::Merge { into: fog, from: vec![cloud] });
    let merged = ["cloud preferred 1, 雾 candidate 2, 云 candidate 1, fog candidate 1, mist candidate 1"];
    assert_eq!(shown(&store), merged);
    mine(&mut store, bitext, &[("云", "cloud"), ("雾", "fog"), ("雾", "mist")]);
    assert_eq!(shown(&store), merged);
    let told =
        |store: &Store, id| store.history(Some(id), None, 10).unwrap().iter().map(|edit| edit.id).collect::<Vec<_>>();
    assert_eq!(told(&store, fog), [2, 1], "with what was done to the one that went into it");
    store.undo(merge.id, "Ada", NOW).unwrap();
    check_routes(&store);
    assert_eq!(shown(&store)[0], "cloud preferred 1, 云 candidate 1");
    assert_eq!((concept(&store, "云").id, told(&store, fog)), (cloud, vec![3, 2]));
    store.undo(1, "Ada", NOW).unwrap();
    assert_eq!(shown(&store), before);

    let mist = term(&store, "mist").id;
    let split = done(&mut store, &Deed::Split { concept: fog, terms: vec![mist] });
    let parted =
        ["云 candidate 1, cloud candidate 1", "雾 candidate 1, fog candidate 1", "mist candidate 1, 雾 candidate 1"];
    assert_eq!(shown(&store), parted);
    mine(&mut store, bitext, &[("云", "cloud"), ("雾", "fog"), ("雾", "mist"), ("雾", "haze")]);
    assert_eq!(shown(&store)[1], "雾 candidate 2, fog candidate 1, haze candidate 1");
    store.undo(split.id, "Ada", NOW).unwrap();
    check_routes(&store);
    assert_eq!(shown(&store)[1], "雾 candidate 3, fog candidate 1, mist candidate 1, haze candidate 1");
    store.undo(store.history(None, None, 1).unwrap()[0].id, "Ada", NOW).unwrap();
    assert_eq!(shown(&store).len(), 3);
}

#[test]
fn an_imported_concept_stays_and_takes_what_was_seen_of_its_pairs() {
    let (_folder, mut store, bitext) = mined_store();
    let mut imported = Concept {
        terms: vec![
            Term::new("雾", Language::Zh, Status::Preferred),
            Term::new("mist", Language::En, Status::Preferred),
            Term::new("haze", Language::En, Status::Candidate),
        ],
        ..Concept::default()
    };
    let edits = store.edit_all(&[Deed::Create { concept: imported.clone() }], "import", NOW).unwrap();
    check_routes(&store);
    assert_eq!(
        shown(&store),
        [
            "云 candidate 1, cloud candidate 1",
            "雾 candidate 1, fog candidate 1",
            "雾 preferred 1, mist preferred 1, haze candidate 0"
        ]
    );
    mine(&mut store, bitext, &[]);
    assert_eq!(shown(&store), ["雾 preferred 0, mist preferred 0, haze candidate 0"]);
    mine(&mut store, bitext, &[("雾", "mist"), ("雾", "haze"), ("雾", "fog")]);
    assert_eq!(shown(&store), ["雾 preferred 3, mist preferred 1, haze candidate 1, fog candidate 1"]);
    store.undo_batch(edits[0].batch, "Ada", NOW).unwrap();
    assert_eq!(shown(&store), ["雾 candidate 3, mist candidate 1, haze candidate 1, fog candidate 1"]);
    let error = store.undo_batch(edits[0].batch, "Ada", NOW).unwrap_err().to_string();
    assert!(error.contains("was taken back already"), "{error}");

    imported.terms[1].text = " ".to_owned();
    let deeds = [
        Deed::Create { concept: Concept { terms: vec![imported.terms[0].clone()], ..Concept::default() } },
        Deed::Create { concept: imported },
    ];
    let before = shown(&store);
    let error = store.edit_all(&deeds, "import", NOW).unwrap_err().to_string();
    assert_eq!(error, "the termbase was not changed: a designation is empty; write it, or reject it instead");
    assert_eq!(shown(&store), before, "nothing is half done");
}

#[test]
fn the_listing_tells_what_has_changed_since() {
    let (_folder, mut store, bitext) = mined_store();
    let all = store.listed_terms(None).unwrap();
    assert_eq!((all.terms.len(), &all.changed), (5, &None));
    assert_eq!(
        store.listed_terms(Some(all.version)).unwrap(),
        crate::store::Listing { version: all.version, changed: Some(vec![]), terms: vec![] }
    );
    mine(&mut store, bitext, &[("云", "cloud"), ("雾", "fog"), ("雾", "mist")]);
    assert_eq!(store.termbase_version().unwrap(), all.version, "mining the same again changes nothing");
    let (cloud, fog) = (concept(&store, "云").id, concept(&store, "雾").id);
    let deed = status(&store, &["cloud"], Status::Preferred);
    done(&mut store, &deed);
    let changed = store.listed_terms(Some(all.version)).unwrap();
    assert_eq!((changed.changed, changed.terms.len()), (Some(vec![cloud]), 2));
    done(&mut store, &Deed::Merge { into: fog, from: vec![cloud] });
    let merged = store.listed_terms(Some(changed.version)).unwrap();
    assert_eq!((merged.changed, merged.terms.len()), (Some(vec![cloud, fog]), 5));
    mine(&mut store, bitext, &[]);
    let gone = store.listed_terms(Some(merged.version)).unwrap();
    assert_eq!((gone.changed, gone.terms.len()), (Some(vec![fog]), 2), "the last of a language stays");
    assert_eq!(store.listed_terms(Some(gone.version + 7)).unwrap().changed, None, "a version of another store");
}

#[test]
fn the_queue_has_what_waits_and_counts_what_was_decided() {
    let (_folder, mut store, _) = mined_store();
    let second = bitext(&mut store, 2);
    let pairs = [
        mined("雾", "mist", 0.5),
        mined("雨", "rain", 0.3),
        pair("雪", "snow", EvidenceKind::Gloss),
        mined("冰", "ice", 0.1),
    ];
    store.put_mined_terms(Origin::Bitext(second), &pairs).unwrap();
    store.settle_candidates().unwrap();
    #[track_caller]
    fn check(store: &Store, filter: &QueueFilter, expected: &[&str]) {
        let told = |pairs: Vec<crate::store::WaitingPair>| {
            pairs
                .iter()
                .map(|pair| format!("{} {} {}", pair.zh.text, pair.en.text, pair.tier.name()))
                .collect::<Vec<_>>()
        };
        let all = told(store.review_queue(filter, 10, 0).unwrap());
        assert_eq!(all, expected, "{filter:?}");
        assert_eq!(told(store.review_queue(filter, 10, 1).unwrap()), all.get(1..).unwrap_or_default());
        assert_eq!(store.queue_counts(filter, NOW).unwrap().waiting, expected.len());
    }
    let all = QueueFilter::default();
    check(&store, &all, &["雪 snow given", "雾 mist recurrent", "云 cloud single", "雾 fog single", "雨 rain single"]);
    check(
        &store,
        &QueueFilter { order: QueueOrder::Frequency, ..all.clone() },
        &["雾 mist recurrent", "雪 snow given", "云 cloud single", "雾 fog single", "雨 rain single"],
    );
    check(&store, &QueueFilter { least_confidence: 0.7, ..all.clone() }, &["雪 snow given", "雾 mist recurrent"]);
    check(
        &store,
        &QueueFilter { tier: Some(crate::term::Tier::Single), document: Some(3), ..all.clone() },
        &["雨 rain single"],
    );
    check(&store, &QueueFilter { text: Some("霧".to_owned()), ..all.clone() }, &["雾 mist recurrent", "雾 fog single"]);
    check(&store, &QueueFilter { text: Some("CLO".to_owned()), ..all.clone() }, &["云 cloud single"]);
    let deed = status(&store, &["雾", "mist"], Status::Preferred);
    let edit = done(&mut store, &deed);
    let deed = status(&store, &["cloud", "rain"], Status::Rejected);
    done(&mut store, &deed);
    assert_eq!(
        store.queue_counts(&all, "2026-11-22T00:00:00Z").unwrap(),
        crate::store::QueueCounts { waiting: 2, today: 3 }
    );
    store.undo(edit.id, "Ada", NOW).unwrap();
    assert_eq!(
        store.queue_counts(&all, "2026-11-22T00:00:00Z").unwrap(),
        crate::store::QueueCounts { waiting: 3, today: 2 }
    );
    assert_eq!(store.queue_counts(&all, "2026-11-23T00:00:00Z").unwrap().today, 0);
}

#[test]
fn uses_are_told_by_document_on_the_designations_own_side() {
    let (_folder, store, _) = mined_store();
    let fog = concept(&store, "雾");
    let uses = store.term_uses(fog.id).unwrap();
    let id = |text: &str| term(&store, text).id;
    let told: Vec<(i64, i64, u32)> = uses.iter().map(|seen| (seen.term, seen.document, seen.count)).collect();
    assert_eq!(told, [(id("雾"), 1, 2), (id("fog"), 2, 1), (id("mist"), 2, 1)]);
}

#[test]
fn a_termbase_of_an_earlier_version_is_kept_and_can_be_edited() {
    let folder = tempfile::tempdir().unwrap();
    let connection = Connection::open(folder.path().join(Store::FILE)).unwrap();
    for migration in &crate::store::schema::MIGRATIONS[..6] {
        connection.execute_batch(migration).unwrap();
    }
    connection
        .execute_batch(
            "INSERT INTO document (hash, name, source, language, state, page_count, facts, warnings, added, quiet)
             VALUES ('1', 'a', 'a', 'zh', 'text', 1, '{}', '[]', '', 0), ('2', 'b', 'b', 'en', 'text', 1, '{}', '[]', '', 0);
             INSERT INTO bitext (id, zh, en, paired_by, score) VALUES (7, 1, 2, 'number', 0.9);
             INSERT INTO concept (id, definition) VALUES (3, '天上的水'), (4, 'low cloud');
             INSERT INTO term (id, concept, language, text, folded, status, confidence, seen) VALUES
                 (5, 3, 'zh', '云', '云', 'candidate', 0.8, 2), (6, 3, 'en', 'cloud', 'cloud', 'preferred', 0.8, 2),
                 (7, 4, 'zh', '雾', '雾', 'candidate', 0.5, 1), (8, 4, 'en', 'fog', 'fog', 'candidate', 0.5, 1);
             INSERT INTO seen_pair (id, zh_term, en_term, bitext, confidence, count) VALUES (1, 5, 6, 7, 0.8, 2), (2, 7, 8, 7, 0.5, 1);
             INSERT INTO sighting VALUES (1, 0, 'gloss', 0, NULL), (2, 0, 'bead', 0, 0);
             DELETE FROM unsettled;
             PRAGMA user_version = 6;",
        )
        .unwrap();
    drop(connection);
    let mut store = Store::open(folder.path()).unwrap();
    let before = ["cloud preferred 2, 云 candidate 2", "雾 candidate 1, fog candidate 1"];
    assert_eq!(shown(&store), before);
    let definitions = |text: &str| {
        concept(&store, text).definitions.into_iter().map(|told| (told.language, told.text)).collect::<Vec<_>>()
    };
    assert_eq!(definitions("云"), [(Language::Zh, "天上的水".to_owned())]);
    assert_eq!(definitions("雾"), [(Language::En, "low cloud".to_owned())]);
    let waiting = store.review_queue(&QueueFilter::default(), 10, 0).unwrap();
    assert_eq!((waiting.len(), waiting[0].tier), (1, crate::term::Tier::Single));
    let split = done(&mut store, &Deed::Merge { into: 4, from: vec![3] });
    store.undo(split.id, "Ada", NOW).unwrap();
    store.settle_candidates().unwrap();
    assert_eq!(shown(&store), before);
    let made = Concept { terms: vec![Term::new("雨", Language::Zh, Status::Admitted)], ..Concept::default() };
    assert_eq!(done(&mut store, &Deed::Create { concept: made }).after[0].id, 5, "no number is given twice");
}
