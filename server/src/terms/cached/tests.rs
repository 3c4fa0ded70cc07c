use corpus::document::Language;
use corpus::edit::Deed;
use corpus::term::{Concept, Status, Term};

use super::*;

const NOW: &str = "2026-11-22T08:00:00Z";

fn open() -> (tempfile::TempDir, Data) {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::open(folder.path()).unwrap();
    (folder, data)
}

/// Makes a concept and gives its number.
fn create(data: &Data, zh: &str, en: &str) -> i64 {
    let terms = vec![Term::new(zh, Language::Zh, Status::Preferred), Term::new(en, Language::En, Status::Preferred)];
    let concept = Concept { terms, ..Concept::default() };
    let edit = data.with_store(|store| Ok(store.edit(&Deed::Create { concept }, "tester", NOW)?)).unwrap();
    edit.after[0].id
}

fn found(base: &Termbase, query: &str) -> Vec<i64> {
    base.lookup.find(query, 10).iter().map(|found| found.concept).collect()
}

#[test]
fn nothing_is_made_anew_while_nothing_changes() {
    let (_folder, data) = open();
    create(&data, "水位", "water level");
    assert!(Arc::ptr_eq(&termbase(&data).unwrap(), &termbase(&data).unwrap()));
}

#[test]
fn an_edit_is_seen_by_the_next_request_and_not_by_the_last() {
    let (_folder, data) = open();
    let level = create(&data, "水位", "water level");
    let before = termbase(&data).unwrap();
    assert_eq!(before.marker().mark("the water level").len(), 1);
    let tide = create(&data, "潮汐", "tide");
    let after = termbase(&data).unwrap();
    assert_eq!((found(&before, "tide"), found(&after, "tide")), (vec![], vec![tide]));
    assert_eq!((before.terms.of(tide).len(), after.terms.of(tide).len()), (0, 2));
    assert_eq!(after.marker().mark("a tide at the water level").len(), 2);

    let gone: Vec<i64> = after.terms.of(level).iter().map(|term| term.term).collect();
    let deed = Deed::SetStatus { terms: gone, status: Status::Rejected };
    data.with_store(|store| Ok(store.edit(&deed, "tester", NOW)?)).unwrap();
    let last = termbase(&data).unwrap();
    assert!(found(&last, "water level").is_empty());
    assert_eq!(last.terms.iter().count(), 2);
    assert_eq!(last.marker().mark("a tide at the water level").len(), 1);
    assert_eq!(last.marker_of_all().mark("a tide at the water level").len(), 1);
}

#[test]
fn another_process_may_edit() {
    let (folder, data) = open();
    termbase(&data).unwrap();
    let tide = create(&Data::open(folder.path()).unwrap(), "潮汐", "tide");
    assert_eq!(found(&termbase(&data).unwrap(), "chaoxi"), [tide]);
}

#[test]
fn many_changes_are_the_same_as_all_anew() {
    let term = |number: i64, text: String| ListedTerm {
        term: number,
        concept: number,
        language: Language::En,
        text,
        variants: Vec::new(),
        status: Status::Admitted,
        confidence: 0.0,
        count: 0,
    };
    let all = |word: &str| (0..3000).map(|number| term(number, format!("{word} {number}"))).collect::<Vec<_>>();
    let before = Termbase::new(1, all("river"));
    let concepts: Vec<i64> = (0..3000).collect();
    let after = before.replaced(2, &concepts, &all("lake"));
    assert_eq!((found(&after, "river 7"), found(&after, "lake 77")[0]), (vec![], 77));
    assert_eq!((after.terms.changed(), after.terms.iter().count()), (0, 3000));
}
