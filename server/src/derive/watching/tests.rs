use corpus::document::{DocumentHash, Language, PageReading, PageSource};
use corpus::edit::Deed;
use corpus::store::Added;
use corpus::term::{Concept, Status, Term};
use corpus::watch::{Alert, Occasion, Schedule, Subject};

use super::standards::Standard;
use super::*;
use crate::derive::derive;

/// Documents come after the watches, which are made now.
const COMING: &str = "2126-11-22T08:00:00Z";

fn data() -> (tempfile::TempDir, Data) {
    let folder = tempfile::tempdir().unwrap();
    let data = Data::open(folder.path()).unwrap();
    (folder, data)
}

/// Adds a document as it is read from a text file, and derives what follows; how many alerts that makes.
#[track_caller]
fn add(data: &Data, name: &str, text: &str) -> usize {
    let hash = DocumentHash::of(text.as_bytes());
    let read = ingest::read::read_text(name, name, hash, text.as_bytes()).unwrap();
    let added = data.with_store(|store| Ok(store.add_documents(&[read], false, COMING)?)).unwrap();
    assert!(matches!(added[..], [Added::New(_)]));
    derive(data, None, &|_| ()).unwrap().alerts
}

fn alerts(data: &Data) -> Vec<Alert> {
    data.with_store(|store| Ok(store.alerts(20)?)).unwrap()
}

#[track_caller]
fn watch(data: &Data, settings: impl Into<WatchSettings>) -> i64 {
    add_watch(data, settings.into()).unwrap().watch.id
}

/// Makes a concept of two designations, and gives its number.
fn create(data: &Data, zh: &str, en: &str) -> i64 {
    let terms = vec![Term::new(zh, Language::Zh, Status::Preferred), Term::new(en, Language::En, Status::Preferred)];
    let concept = Concept { terms, ..Concept::default() };
    let edit = data.with_store(|store| Ok(store.edit(&Deed::Create { concept }, "tester", COMING)?)).unwrap();
    edit.after.first().unwrap().id
}

/// Adds an English designation to a concept.
fn call(data: &Data, concept: i64, en: &str) {
    data.with_store(|store| {
        let mut concept = store.whole_concept(concept)?.unwrap();
        concept.terms.push(Term::new(en, Language::En, Status::Admitted));
        Ok(store.edit(&Deed::Set { concept }, "tester", COMING)?)
    })
    .unwrap();
}

#[test]
fn a_concept_is_met_by_what_it_is_called_when_a_document_comes() {
    let (_folder, data) = data();
    let concept = create(&data, "灯塔", "lighthouse");
    let added = add_watch(&data, Subject::Concept(concept).into()).unwrap();
    assert_eq!((added.watch.name.as_str(), added.designations.len()), ("灯塔 · lighthouse", 2));
    assert_eq!(add(&data, "a.txt", "Beacons stand along the coast. Each pharos is lit at dusk."), 0);
    assert_eq!(add(&data, "b.txt", "Lighthouses are inspected once a year."), 1);
    call(&data, concept, "pharos");
    assert_eq!(add(&data, "c.txt", "The pharos of the harbour is repaired."), 1);
    assert_eq!(add(&data, "d.txt", "渔港设置灯塔两座。"), 1);
    let told: Vec<_> = alerts(&data).into_iter().map(|alert| (alert.document, alert.renderings)).collect();
    let told: Vec<_> = told.iter().map(|(document, renderings)| (*document, renderings.join(", "))).collect();
    assert_eq!(told, [(4, "灯塔".to_owned()), (3, "pharos".to_owned()), (2, "lighthouse".to_owned())]);
    assert!(add_watch(&data, Subject::Concept(99).into()).is_err());
}

#[test]
fn watches_are_matched_as_they_are_when_a_document_comes() {
    let (_folder, data) = data();
    let (one, other) = (watch(&data, "灯塔"), watch(&data, "渔港"));
    assert_eq!(add(&data, "a.txt", "灯塔和渔港。"), 2);
    data.with_store(|store| Ok(store.pause_watch(one, true, &crate::now())?)).unwrap();
    assert_eq!(add(&data, "b.txt", "灯塔与渔港。"), 1);
    edit_watch(&data, other, "码头".into()).unwrap().unwrap();
    assert_eq!(add(&data, "c.txt", "渔港或灯塔。"), 0);
    assert_eq!(add(&data, "d.txt", "码头或灯塔。"), 1);
    data.with_store(|store| Ok(store.remove_watch(other)?)).unwrap();
    assert_eq!(add(&data, "e.txt", "码头及灯塔。"), 0);
    data.with_store(|store| Ok(store.pause_watch(one, false, &crate::now())?)).unwrap();
    assert_eq!(add(&data, "f.txt", "岛上的灯塔。"), 1);
    assert!(edit_watch(&data, 99, "码头".into()).unwrap().is_none());
}

#[test]
fn a_watch_is_for_documents_in_its_languages() {
    let (_folder, data) = data();
    let english = WatchSettings { languages: vec![Language::En], ..WatchSettings::from("lamp OR 灯塔") };
    watch(&data, english);
    assert_eq!(add(&data, "a.txt", "岛上的灯塔归渔港管理，每年检查一次。"), 0);
    assert_eq!(add(&data, "b.txt", "The lamp of the tower is cleaned every week."), 1);
}

#[test]
fn what_an_agency_issues_meets_a_watch_on_it() {
    let (_folder, data) = data();
    let id = watch(&data, Subject::Issuer("工业和信息化部".to_owned()));
    let known = data.with_store(|store| Ok(store.watch(id)?)).unwrap().unwrap();
    assert_eq!(known.subject, Subject::Issuer("MIIT".to_owned()));
    let notice = "工业和信息化部关于灯塔联网工作的通知\n工信部联科〔2031〕7号\n各有关单位：\n现将灯塔联网工作安排如下。\n工业和信息化部\n2031年5月6日\n";
    assert_eq!(add(&data, "a.txt", notice), 1);
    assert_eq!(add(&data, "b.txt", "灯塔由渔港管理，每年检查一次。"), 0);
}

#[test]
fn a_new_version_says_so_and_whether_the_one_before_met_the_watch() {
    let (_folder, data) = data();
    for query in ["灯塔", "航标"] {
        watch(&data, query);
    }
    let text = |status: &str, more: &str| {
        format!("沿海灯塔管理办法{status}\n第一条 为了加强沿海灯塔的管理，制定本办法。\n第二条 {more}\n")
    };
    assert_eq!(add(&data, "a.txt", &text("（征求意见稿）", "灯塔每年检查一次。")), 1);
    assert_eq!(add(&data, "b.txt", &text("", "灯塔和航标每年检查两次。")), 2);
    let instruments = data.with_store(|store| Ok(store.instruments(false)?)).unwrap();
    assert_eq!(instruments.len(), 1, "{instruments:?}");
    let told: Vec<_> = alerts(&data).into_iter().map(|alert| (alert.query, alert.occasion)).collect();
    assert_eq!(
        told,
        [
            ("航标".to_owned(), Occasion::NewMention { earlier: 1 }),
            ("灯塔".to_owned(), Occasion::NewVersion { earlier: 1 }),
            ("灯塔".to_owned(), Occasion::NewDocument),
        ]
    );
}

#[test]
fn a_standard_that_is_cited_meets_a_watch_on_it() {
    let (_folder, data) = data();
    watch(&data, Subject::Standard("gb/t77777—2031".to_owned()));
    assert_eq!(add(&data, "a.txt", "灯塔的灯光按照GB/T 77777-2031执行，灯具每年更换。"), 1);
    assert_eq!(add(&data, "b.txt", "灯塔的灯光按照GB/T 77777-2029执行。"), 0);
    let alert = alerts(&data).pop().unwrap();
    assert_eq!((alert.occasion, alert.query.as_str()), (Occasion::Cited, "standard:\"GB/T 77777-2031\""));
    let tried = try_watch(&data, Subject::Standard("GB/T 77777".to_owned()).into(), 2000).unwrap();
    assert_eq!(tried.total, 2);
}

/// A standard as its cover and its foreword say what it is.
fn standard(number: &str, replaces: &str, more: &str) -> String {
    let replacing = if replaces.is_empty() { String::new() } else { format!("代替 {replaces}\n") };
    let replaced = if replaces.is_empty() {
        String::new()
    } else {
        format!("本文件代替{replaces}《灯塔维护规范》。\n")
    };
    format!(
        "ICS 47.020\n{number}\n{replacing}灯塔维护规范\n2031-03-16发布\n前　言\n{replaced}本文件由渔港管理局提出。\n\
         1　范围\n本文件规定了灯塔维护的要求。{more}\n"
    )
}

/// A document with the reason for which a watch is told of it.
type Told = (i64, Occasion);

/// Documents of one body about a standard, its new edition and another standard, and what watches on the standard are
/// told of them: without the year, and with that of the former edition.
fn about_standards(former: &str, new: &str, other: &str, first: i64) -> (Vec<String>, [Vec<Told>; 2]) {
    let cites = |number: &str| format!("灯塔的灯具按照{number}更换，每年检查一次。");
    let texts =
        [standard(former, "", ""), standard(new, former, ""), standard(other, former, ""), cites(former), cites(new)];
    let (edition, replaced, cited) = (Occasion::NewEdition, Occasion::Replaced, Occasion::Cited);
    let undated: Vec<Told> = (first..).zip([edition, edition, replaced, cited, cited]).collect();
    let dated = undated.iter().copied().take(4).collect();
    (texts.into(), [undated, dated])
}

#[test]
fn editions_replacements_and_citations_of_standards_are_told_once_whatever_body_made_them() {
    let mut watched: Vec<(String, Vec<Told>)> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    let next = |texts: &[String]| i64::try_from(texts.len()).unwrap() + 1;
    for (former, new, other) in [
        ("GB/T 71234-2020", "GB/T 71234-2025", "GB/T 71239-2031"),
        ("DB33/T 7123-2020", "DB33/T 7123-2025", "DB33/T 7129-2031"),
        ("T/LAKE 003-2020", "T/LAKE 003-2025", "T/LAKE 009-2031"),
        ("GB/Z 61234-2020", "GB/Z 61234-2025", "GB/Z 61239-2031"),
    ] {
        let (more, [undated, dated]) = about_standards(former, new, other, next(&texts));
        texts.extend(more);
        watched.push((Standard::read(former).spaced, undated));
        watched.push((former.replace(' ', "").to_lowercase(), dated));
    }
    for number in ["ISO/IEC TR 71234", "ISO/TR 51234", "ISO/TS 41234", "IEC TS 31234", "ISO/IEC 21234-2", "IEC 61111"] {
        let told = vec![(next(&texts), Occasion::Cited)];
        texts.push(format!("灯塔的灯具按照{number}:2031更换，每年检查一次。"));
        watched.push((number.replace(' ', ""), told.clone()));
        watched.push((format!("{number}:2031"), told));
        watched.push((format!("{number}:2019"), Vec::new()));
    }
    let (_folder, data) = data();
    let watches: Vec<i64> = watched.iter().map(|(typed, _)| watch(&data, Subject::Standard(typed.clone()))).collect();
    put(&data, &texts, COMING);
    derive(&data, None, &|_| ()).unwrap();
    for (id, (typed, told)) in watches.into_iter().zip(watched) {
        let alerts = data.with_store(|store| Ok(store.alerts_of_watch(id, 99)?)).unwrap();
        let found: Vec<Told> = alerts.iter().rev().map(|alert| (alert.document, alert.occasion)).collect();
        assert_eq!(found, told, "{typed}");
        let tried = try_watch(&data, Subject::Standard(typed.clone()).into(), 2000).unwrap();
        assert_eq!(tried.total, told.len(), "{typed}");
    }
    assert_eq!(derive(&data, None, &|_| ()).unwrap().alerts, 0, "each is told once");
}

/// Adds documents as they are read from text files, and derives nothing yet.
#[track_caller]
fn put(data: &Data, texts: &[String], at: &str) {
    let read = |text: &String| {
        ingest::read::read_text("a.txt", "a.txt", DocumentHash::of(text.as_bytes()), text.as_bytes()).unwrap()
    };
    let read: Vec<_> = texts.iter().map(read).collect();
    data.with_store(|store| Ok(store.add_documents(&read, false, at)?)).unwrap();
}

#[test]
fn a_new_edition_says_whether_the_one_before_met_a_query() {
    let (_folder, data) = data();
    for query in ["灯塔维护", "航标灯"] {
        watch(&data, query);
    }
    add(&data, "other.txt", &standard("GB/T 71299-2019", "", "航标灯每年检查。"));
    add(&data, "a.txt", &standard("GB/T 71234-2020", "", ""));
    add(&data, "b.txt", &standard("GB/T 71234-2025", "GB/T 71234-2020", "航标灯每年更换。"));
    // An edition of before that comes later is none.
    add(&data, "c.txt", &standard("GB/T 71234-2016", "", "航标灯每月更换。"));
    // What goes by another number is told by what it says that it replaces.
    add(&data, "d.txt", &standard("GB/T 71235-2030", "GB/T 71234-2025", "航标灯每天更换。"));
    let told = |document| {
        let alerts = alerts(&data).into_iter().filter(move |alert| alert.document == document);
        let mut told: Vec<_> = alerts.map(|alert| (alert.watch, alert.occasion)).collect();
        told.sort_by_key(|(watch, _)| *watch);
        told
    };
    let new = Occasion::NewDocument;
    assert_eq!(told(1), [(1, new), (2, new)]);
    assert_eq!(told(2), [(1, new)]);
    assert_eq!(told(3), [(1, Occasion::NewVersion { earlier: 2 }), (2, Occasion::NewMention { earlier: 2 })]);
    assert_eq!(told(4), [(1, new), (2, new)]);
    assert_eq!(told(5), [(1, Occasion::NewVersion { earlier: 3 }), (2, Occasion::NewVersion { earlier: 3 })]);
}

/// Reads a document anew, as an engine or a newer version would, and derives what follows.
#[track_caller]
fn reread(data: &Data, id: i64, text: &str, sources: &[PageSource]) -> usize {
    let hash = DocumentHash::of(text.as_bytes());
    let mut read = ingest::read::read_text("scan.txt", "scan.txt", hash, text.as_bytes()).unwrap();
    read.readings = (1..).zip(sources).map(|(page, source)| PageReading { page, source: source.clone() }).collect();
    assert!(data.with_store(|store| Ok(store.replace_reading(id, &read, COMING)?)).unwrap());
    derive(data, None, &|_| ()).unwrap().alerts
}

#[test]
fn a_scan_makes_its_alerts_when_its_text_is_first_known_and_never_again() {
    let (_folder, data) = data();
    watch(&data, "灯塔");
    let mut scan = ingest::read::read_text("s.txt", "s.txt", DocumentHash::of(b"s"), "x".as_bytes()).unwrap();
    (scan.blocks, scan.sentences) = (Vec::new(), Vec::new());
    scan.readings = vec![PageReading { page: 1, source: PageSource::Scan }];
    data.with_store(|store| Ok(store.add_documents(&[scan], false, COMING)?)).unwrap();
    assert_eq!(derive(&data, None, &|_| ()).unwrap().alerts, 0);
    let ocr = PageSource::Ocr { engine: "reader 1".to_owned(), confidence: 0.9 };
    assert_eq!(reread(&data, 1, "岛上的灯塔归渔港管理。", std::slice::from_ref(&ocr)), 1);
    assert_eq!(reread(&data, 1, "岛上的灯塔都归渔港管理。", std::slice::from_ref(&ocr)), 0);
    watch(&data, "渔港");
    assert_eq!(reread(&data, 1, "岛上的灯塔和渔港。", &[ocr]), 0, "it was read before this was watched");
}

#[test]
fn a_term_that_a_newer_version_reads_for_the_first_time_makes_no_alert() {
    let (_folder, data) = data();
    watch(&data, "灯塔");
    assert_eq!(add(&data, "a.txt", "岛上的灯搭归渔港管理，文字读错了。"), 0);
    assert_eq!(reread(&data, 1, "岛上的灯塔归渔港管理，文字读对了。", &[]), 0);
    assert_eq!(reread(&data, 1, "岛上的灯塔都归渔港管理，文字读对了。", &[]), 0);
    assert_eq!(add(&data, "b.txt", "另一座灯塔。"), 1);
}

#[test]
fn what_a_crash_lost_is_found_though_the_watch_rests_meanwhile() {
    let (_folder, data) = data();
    let id = watch(&data, "灯塔");
    put(&data, &["岛上的灯塔。".to_owned()], COMING);
    data.with_store(|store| Ok(store.pause_watch(id, true, "2126-11-22T09:00:00Z")?)).unwrap();
    put(&data, &["另一座灯塔。".to_owned()], "2126-11-22T10:00:00Z");
    assert_eq!(derive(&data, None, &|_| ()).unwrap().alerts, 1);
    assert_eq!(alerts(&data).first().map(|alert| alert.document), Some(1));
}

#[test]
fn what_a_crash_lost_is_found_when_the_next_run_begins() {
    let (_folder, data) = data();
    watch(&data, "灯塔");
    let read = ingest::read::read_text("a.txt", "a.txt", DocumentHash::of(b"a"), "岛上的灯塔。".as_bytes()).unwrap();
    data.with_store(|store| Ok(store.add_documents(&[read], false, COMING)?)).unwrap();
    assert_eq!(derive(&data, None, &|_| ()).unwrap().alerts, 1);
    assert_eq!(derive(&data, None, &|_| ()).unwrap().alerts, 0);
}

#[test]
fn a_trial_tells_what_would_have_been_found_and_finds_nothing_itself() {
    let (_folder, data) = data();
    for number in 0..8 {
        add(&data, &format!("{number}.txt"), &format!("渔港{number}号码头的泊位。"));
    }
    add(&data, "l.txt", "灯塔归渔港管理，每年检查一次。");
    let tried = try_watch(&data, "灯塔".into(), 2024).unwrap();
    assert_eq!((tried.total, tried.since, tried.common), (1, 0, None));
    assert_eq!(tried.first.first().map(|first| first.document), Some(9));
    let tried = try_watch(&data, "渔港".into(), 2024).unwrap();
    assert_eq!((tried.total, tried.first.len()), (9, 5));
    assert_eq!(tried.common, Some(Commonness::OneIn { documents: 1, clause: Some("\"渔港\"".to_owned()) }));
    let tried = try_watch(&data, "灯塔 OR (language:zh -船队)".into(), 2024).unwrap();
    assert_eq!(tried.common, Some(Commonness::NothingRequired));
    assert!(data.with_store(|store| Ok(store.watches()?)).unwrap().is_empty());
}

#[track_caller]
fn check_common(data: &Data, query: &str, expected: Option<(usize, &str)>) {
    let expected = expected.map(|(documents, clause)| Commonness::OneIn { documents, clause: Some(clause.to_owned()) });
    assert_eq!(try_watch(data, query.into(), 2024).unwrap().common, expected, "{query}");
}

#[test]
fn a_warning_names_the_rarest_part_and_counts_it_as_it_is_met() {
    let (_folder, data) = data();
    let text = |number: usize| {
        let word = ["harbour", "harbours", "harbourmaster", "coast"][number % 4];
        let lamp = if number.is_multiple_of(20) { "The lamp and the beacon are lit." } else { "Nothing else is said." };
        format!("Document {number} tells of the {word} at length. {lamp}\n")
    };
    put(&data, &(0..60).map(text).collect::<Vec<_>>(), COMING);
    derive(&data, None, &|_| ()).unwrap();
    // Three of 60 hold both: together they are no more common than either.
    check_common(&data, "lamp", None);
    check_common(&data, "lamp OR beacon", None);
    check_common(&data, "\"tells of the\" AND (lamp OR beacon)", None);
    check_common(&data, "(lamp OR harbour)", Some((2, "\"lamp\" OR \"harbour\"")));
    // A word that begins so is in most, whole it is in half.
    check_common(&data, "harbour*", Some((2, "harbour*")));
    check_common(&data, "document harbour* -coast", Some((2, "harbour*")));
    check_common(&data, "document length", Some((1, "\"document\"")));
    let nothing = try_watch(&data, "lamp OR (language:en -coast)".into(), 2024).unwrap().common;
    assert_eq!(nothing, Some(Commonness::NothingRequired));
    check_refused("-lamp".into(), "names no text");
}

#[track_caller]
fn check_refused(settings: WatchSettings, why: &str) {
    let (_folder, data) = data();
    let error = add_watch(&data, settings).unwrap_err().to_string();
    assert!(error.contains(why), "{error}");
}

#[test]
fn settings_that_cannot_be_used_are_refused_with_what_to_do() {
    let query = || WatchSettings::from("灯塔");
    check_refused("".into(), "holds nothing to look for");
    check_refused("language:zh".into(), "names no text");
    check_refused(WatchSettings { name: "港".repeat(201), ..query() }, "longer than 200 characters");
    check_refused(WatchSettings { name: "one\ntwo".to_owned(), ..query() }, "line break");
    check_refused(WatchSettings { note: "n".repeat(2001), ..query() }, "longer than 2000 characters");
    check_refused(Subject::Topic("no-such-topic".to_owned()).into(), "policyglot topics list");
    check_refused(Subject::Standard("灯塔".to_owned()).into(), "GB/T 1.1");
    check_refused(Subject::Issuer(" ".to_owned()).into(), "MIIT");
    check_refused("rendering:灯塔".into(), "the termbase has no term");
    let limited = WatchSettings { languages: vec![Language::En], .."rendering:*".into() };
    check_refused(limited, "leave languages and kinds out");
    let mails = (0..21).map(|n| ChannelKind::Mail { address: format!("a{n}@example.org") }).collect();
    check_refused(WatchSettings { channels: mails, ..query() }, "20 channels at most");
}

#[test]
fn the_secret_of_a_webhook_is_shown_once() {
    let (_folder, data) = data();
    let webhook = ChannelKind::Webhook { url: "https://example.org/hook".to_owned(), secret: String::new() };
    let settings =
        WatchSettings { channels: vec![webhook], schedule: Schedule::Daily, ..WatchSettings::from("灯塔") };
    let added = add_watch(&data, settings.clone()).unwrap();
    let [(url, secret)] = added.secrets.as_slice() else { panic!("{:?}", added.secrets) };
    assert_eq!((url.as_str(), secret.starts_with("whsec_")), ("https://example.org/hook", true));
    assert!(add_watch(&data, settings.clone()).unwrap().secrets.is_empty());
    let edited = edit_watch(&data, added.watch.id, settings).unwrap().unwrap();
    assert!(edited.secrets.is_empty() && edited.watch.channels == added.watch.channels);
}
