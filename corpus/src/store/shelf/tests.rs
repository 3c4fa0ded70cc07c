use super::*;
use crate::bitext::PairedBy;
use crate::document::{PageReading, PageSource, ReadDocument};
use crate::facts::{DateKind, DatedFact, DocumentKind, Facts, Target};
use crate::store::tests::{NOW, document, store};
use crate::store::{Added, Store};

fn agency(id: &str, zh: &str) -> Agency {
    Agency { id: id.to_owned(), name_zh: Some(zh.to_owned()), ..Agency::default() }
}

fn dated(kind: DateKind, date: &str) -> DatedFact {
    DatedFact { kind, date: date.to_owned(), sentence: String::new(), page: 1 }
}

fn target(by: i32, unit: &str, what: &str) -> Target {
    let unit = Some(unit.to_owned());
    Target { by: Some(by), min: Some(50.0), unit, what: what.to_owned(), page: 2, ..Target::default() }
}

fn put(store: &mut Store, document: ReadDocument) -> i64 {
    match store.add_documents(&[document], false, NOW).unwrap()[..] {
        [Added::New(id)] => id,
        ref other => panic!("{other:?}"),
    }
}

/// A Chinese notice and its translation, a plan, a scan, a file with nothing in it.
fn filled() -> (tempfile::TempDir, Store) {
    let (folder, mut store) = store();
    let mut notice = document("notice.pdf", Language::Zh, "关于观测云量的通知");
    notice.facts = Facts {
        title: Some("关于观测云量的通知".to_owned()),
        kind: Some(DocumentKind::Notice),
        document_number: Some("天气〔2025〕7号".to_owned()),
        issuers: vec![agency("MOW", "天气部"), agency("", "云局")],
        dates: vec![dated(DateKind::Effective, "2025-04-01"), dated(DateKind::Issued, "2025-03-01")],
        targets: vec![target(2027, "座", "气象站"), target(2030, "%", "覆盖率")],
        ..Facts::default()
    };
    let zh = put(&mut store, notice);
    let mut translation = document("translation.pdf", Language::En, "Notice on Cloud Cover");
    translation.facts.title = Some("Notice on Cloud_Cover".to_owned());
    let en = put(&mut store, translation);
    store.put_bitext(zh, en, PairedBy::Number, 0.9, &[]).unwrap();
    let mut plan = document("plan.pdf", Language::Zh, "雨量规划");
    plan.facts = Facts {
        kind: Some(DocumentKind::Plan),
        issuers: vec![agency("MOW", "天气部")],
        dates: vec![dated(DateKind::Published, "2024")],
        targets: vec![target(2030, "座", "雨量站")],
        ..Facts::default()
    };
    put(&mut store, plan);
    let mut scan = document("scan.pdf", Language::Other, "scan");
    scan.sentences.clear();
    scan.readings = vec![PageReading { page: 1, source: PageSource::Scan }];
    put(&mut store, scan);
    let mut empty = document("empty.pdf", Language::Other, "empty");
    empty.sentences.clear();
    put(&mut store, empty);
    (folder, store)
}

#[track_caller]
fn check(filter: &ShelfFilter, order: ShelfOrder, expected: &[(i64, Option<i64>)]) {
    let (_folder, store) = filled();
    let lines = store.shelf(filter, order, 10, 0).unwrap();
    let lines: Vec<_> = lines.iter().map(|(one, other)| (one.id, other.as_ref().map(|other| other.id))).collect();
    assert_eq!(lines, expected, "{filter:?}");
    assert_eq!(store.shelf_counts(filter).unwrap().0, expected.len(), "{filter:?}");
}

#[test]
fn translations_are_one_line_unless_one_alone_is_meant() {
    let pair = (1, Some(2));
    check(&ShelfFilter::default(), ShelfOrder::Date, &[pair, (3, None), (5, None), (4, None)]);
    check(&ShelfFilter::default(), ShelfOrder::Added, &[(5, None), (4, None), (3, None), pair]);
    let english = ShelfFilter { language: Some(Language::En), ..ShelfFilter::default() };
    check(&english, ShelfOrder::Date, &[(2, Some(1))]);
}

#[test]
fn documents_are_filtered_by_what_they_say_of_themselves() {
    let by = |change: &dyn Fn(&mut ShelfFilter)| {
        let mut filter = ShelfFilter::default();
        change(&mut filter);
        filter
    };
    let check = |filter: ShelfFilter, expected: &[(i64, Option<i64>)]| check(&filter, ShelfOrder::Date, expected);
    check(by(&|it| it.kind = Some("plan".to_owned())), &[(3, None)]);
    check(by(&|it| it.issuer = Some("MOW".to_owned())), &[(1, Some(2)), (3, None)]);
    check(by(&|it| it.issuer = Some("云局".to_owned())), &[(1, Some(2))]);
    check(by(&|it| it.year = Some("2024".to_owned())), &[(3, None)]);
    check(by(&|it| it.title = "〔2025〕7".to_owned()), &[(1, Some(2))]);
    check(by(&|it| it.title = "cloud_".to_owned()), &[(2, Some(1))]);
    check(by(&|it| it.title = "%".to_owned()), &[]);
    check(by(&|it| it.state = Some(ShelfState::NeedsOcr)), &[(4, None)]);
    check(by(&|it| it.state = Some(ShelfState::Unreadable)), &[(5, None)]);
    check(by(&|it| it.state = Some(ShelfState::Text)), &[(1, Some(2)), (3, None)]);
}

#[test]
fn facets_count_what_each_choice_would_leave() {
    let (_folder, store) = filled();
    let facets = store.shelf_facets(&ShelfFilter { year: Some("2025".to_owned()), ..ShelfFilter::default() }).unwrap();
    assert_eq!(facets.years, [("2025".to_owned(), 1), ("2024".to_owned(), 1)]);
    assert_eq!(facets.kinds, [("notice".to_owned(), 1)]);
    let issuers: Vec<_> = facets.issuers.iter().map(|(agency, count)| (agency.id.as_str(), *count)).collect();
    assert_eq!(issuers, [("MOW", 1), ("", 1)]);
}

#[test]
fn a_scan_on_which_an_engine_failed_is_unreadable() {
    let (_folder, mut store) = filled();
    store.mark_tried(4, "tesseract").unwrap();
    let document = store.shelf_document(4).unwrap().unwrap();
    assert_eq!((document.tried.as_deref(), document.scans), (Some("tesseract"), 1));
    let unreadable = ShelfFilter { state: Some(ShelfState::Unreadable), ..ShelfFilter::default() };
    assert_eq!(store.shelf_ids(&unreadable, ShelfOrder::Name, 10, 0).unwrap(), [5, 4]);
}

#[test]
fn targets_are_listed_over_all_documents() {
    let (_folder, store) = filled();
    let all: Vec<_> = store.targets(&TargetFilter::default(), 10, 0).unwrap();
    let all: Vec<_> = all.iter().map(|found| (found.document, found.target.by, found.target.what.as_str())).collect();
    assert_eq!(all, [(1, Some(2030), "覆盖率"), (3, Some(2030), "雨量站"), (1, Some(2027), "气象站")]);
    let filter = TargetFilter { unit: Some("座".to_owned()), year: Some(2030), ..TargetFilter::default() };
    assert_eq!(store.target_counts(&filter).unwrap(), (1, 1));
    let english = TargetFilter { language: Some(Language::En), ..TargetFilter::default() };
    assert_eq!(store.target_counts(&english).unwrap(), (0, 0));
    let facets = store.target_facets(&filter).unwrap();
    assert_eq!(facets.years, [(2030, 1), (2027, 1)]);
    assert_eq!(facets.units, [("%".to_owned(), 1), ("座".to_owned(), 1)]);
    let years = store.targets_by_year(&TargetFilter::default()).unwrap();
    let years: Vec<_> = years.iter().map(|(year, _, count)| (*year, *count)).collect();
    assert_eq!(years, [(2027, 1), (2030, 2)]);
}

#[test]
fn figures_tell_how_much_there_is() {
    let (_folder, store) = filled();
    let figures = store.figures().unwrap();
    assert_eq!((figures.documents, figures.bitexts, figures.targets, figures.watches), (5, 1, 3, 0));
    let sentences: usize = figures.languages.iter().map(|counts| counts.sentences).sum();
    assert_eq!((sentences, figures.latest.as_deref()), (3, Some(NOW)));
    assert!(figures.bytes > 0);
}

#[test]
fn a_document_that_is_read_anew_is_shelved_anew() {
    let (_folder, mut store) = filled();
    let mut plan = store.read_document(3).unwrap().unwrap();
    plan.facts.title = Some("雨量规划（修订）".to_owned());
    plan.facts.targets.clear();
    plan.facts.issuers = vec![agency("", "雨局")];
    store.replace_reading(3, &plan, NOW).unwrap();
    let document = store.shelf_document(3).unwrap().unwrap();
    assert_eq!(document.title, "雨量规划（修订）");
    assert_eq!(document.issuers, [agency("", "雨局")]);
    assert_eq!(store.target_counts(&TargetFilter::default()).unwrap(), (2, 1));
}
