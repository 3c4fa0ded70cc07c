use super::*;
use crate::bitext::{Bead, MadeBy, PairedBy};
use crate::document::{
    Block, BlockKind, BlockLine, DocumentHash, Language, Page, PageReading, PageSource, ReadDocument, Rect, Sentence,
    TextState,
};
use crate::facts::Facts;
use crate::term::{EvidenceKind, Sighting, TermPair};
use crate::watch::WatchMatch;

pub(super) const NOW: &str = "2026-11-22T08:00:00Z";

pub(super) fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

/// A document of one block, a sentence a line.
pub(super) fn document(name: &str, language: Language, text: &str) -> ReadDocument {
    let mut start = 0;
    let sentences = text.split_inclusive('\n').map(|line| {
        let sentence = Sentence {
            block: 0,
            start,
            end: start + line.trim_end().len(),
            page: 1,
            language,
            text: line.trim_end().to_owned(),
        };
        start += line.len();
        sentence
    });
    let bbox = Rect { x0: 72.0, y0: 72.5, x1: 523.0, y1: 90.0 };
    ReadDocument {
        hash: DocumentHash::of(text.as_bytes()),
        name: name.to_owned(),
        source: format!("folder/{name}"),
        language,
        state: TextState::Text,
        page_count: 1,
        sentences: sentences.collect(),
        blocks: vec![Block {
            kind: BlockKind::Paragraph,
            level: 0,
            page: 1,
            bbox,
            language,
            text: text.to_owned(),
            lines: vec![BlockLine::new(0, 1, bbox)],
        }],
        readings: Vec::new(),
        facts: Facts { title: Some(name.to_owned()), ..Facts::default() },
        warnings: Vec::new(),
    }
}

#[track_caller]
pub(super) fn add(store: &mut Store, name: &str, language: Language, text: &str) -> i64 {
    put(store, document(name, language, text), false)
}

#[track_caller]
fn put(store: &mut Store, document: ReadDocument, quiet: bool) -> i64 {
    match store.add_documents(&[document], quiet, NOW).unwrap()[..] {
        [Added::New(id)] => id,
        ref other => panic!("{other:?}"),
    }
}

pub(super) fn pair(zh: &str, en: &str, kind: EvidenceKind) -> TermPair {
    TermPair {
        zh: zh.to_owned(),
        en: en.to_owned(),
        confidence: 0.9,
        definition: None,
        definition_source: None,
        sightings: vec![Sighting { kind, zh_sentence: Some(0), en_sentence: Some(0) }],
    }
}

/// A store with one bitext and two terms mined from it.
fn store_with_terms() -> (tempfile::TempDir, Store, i64) {
    let (folder, mut store) = store();
    let zh = add(&mut store, "通知", Language::Zh, "加快培育新质生产力。\n发展智能体。");
    let en = add(&mut store, "Notice", Language::En, "Foster new quality productive forces.\nDevelop agents.");
    let bead = |at, score, made_by| Bead { zh: vec![at], en: vec![at], score, made_by };
    let beads = [bead(0, 0.8, MadeBy::Aligner), bead(1, 0.7, MadeBy::Reader)];
    let bitext = store.put_bitext(zh, en, PairedBy::Content, 0.9, &[]).unwrap();
    let pairs = [
        pair("新质生产力", "new quality productive forces", EvidenceKind::Gloss),
        pair("智能体", "agents", EvidenceKind::Bead),
    ];
    let alignment = Alignment { beads: &beads, links: &[], words: &[], terms: &pairs, corrections: &[] };
    assert!(store.put_alignment(bitext, &alignment).unwrap());
    assert_eq!(store.beads(bitext).unwrap(), beads);
    store.settle_candidates().unwrap();
    (folder, store, bitext)
}

#[test]
fn a_document_comes_back_as_it_was_put() {
    let (_folder, mut store) = store();
    let read = document("意见.pdf", Language::Zh, "第一句。\n第二句。");
    let id = put(&mut store, read.clone(), false);
    assert_eq!(store.read_document(id).unwrap(), Some(read));
}

#[test]
fn the_same_bytes_again_change_nothing() {
    let (_folder, mut store) = store();
    let id = add(&mut store, "a.pdf", Language::En, "One.");
    let again = document("b.pdf", Language::En, "One.");
    assert_eq!(store.add_documents(&[again], false, NOW).unwrap(), [Added::Known(id)]);
    assert_eq!(store.documents().unwrap().iter().map(|d| d.name.as_str()).collect::<Vec<_>>(), ["a.pdf"]);
}

#[test]
fn derivations_go_on_where_they_stopped() {
    let (_folder, mut store) = store();
    let (a, b) = (add(&mut store, "a", Language::En, "A."), add(&mut store, "b", Language::En, "B."));
    store.mark_done(Pending::Index, &[a]).unwrap();
    assert_eq!(store.pending(Pending::Index).unwrap(), [b]);
    assert_eq!(store.pending(Pending::Watches).unwrap(), [a, b]);
    store.mark_all_pending(Pending::Index).unwrap();
    assert_eq!(store.pending(Pending::Index).unwrap(), [a, b]);
}

#[test]
fn a_term_is_found_in_either_language_by_any_spelling_of_it() {
    let (_folder, store, _) = store_with_terms();
    for (text, how, expected) in [
        ("新质生产力", Lookup::Exact, Some("新质生产力")),
        ("新質生產力", Lookup::Exact, Some("新质生产力")),
        ("New Quality Productive Forces", Lookup::Exact, Some("新质生产力")),
        ("质生产", Lookup::Substring, Some("新质生产力")),
        ("质生产", Lookup::Exact, None),
        ("", Lookup::Substring, None),
        ("%", Lookup::Substring, None),
    ] {
        let found = store.lookup(text, how, 10).unwrap();
        let zh = found.first().and_then(|c| c.term(Language::Zh)).map(|t| t.text.as_str());
        assert_eq!(zh, expected, "{text}");
    }
    assert_eq!(store.renderings("新质生产力", 0.5).unwrap(), ["new quality productive forces"]);
    assert_eq!(store.renderings("agents", 0.5).unwrap(), ["智能体"]);
    assert!(store.renderings("agents", 0.95).unwrap().is_empty());
}

#[test]
fn every_bitext_that_speaks_for_a_candidate_makes_it_surer() {
    let (_folder, mut store) = store();
    let mut unsure = pair("算力", "computing power", EvidenceKind::Bead);
    unsure.confidence = 0.12;
    for (count, expected) in [(1, None), (2, Some(0.226)), (3, Some(0.319))] {
        let zh = add(&mut store, "通知", Language::Zh, &format!("算力{count}。"));
        let en = add(&mut store, "Notice", Language::En, &format!("Computing power {count}."));
        let bitext = store.put_bitext(zh, en, PairedBy::Content, 0.9, &[]).unwrap();
        store.put_mined_terms(Origin::Bitext(bitext), std::slice::from_ref(&unsure)).unwrap();
        store.settle_candidates().unwrap();
        let found = store.lookup("算力", Lookup::Exact, 1).unwrap();
        let confidence = found.first().map(|concept| (concept.terms[0].confidence * 1000.0).round() / 1000.0);
        assert_eq!(confidence, expected);
    }
}

#[test]
fn a_rendering_that_is_rare_beside_the_usual_one_is_not_searched_for() {
    let (_folder, mut store, bitext) = store_with_terms();
    let seen = |en: &str, times: usize| {
        let mut seen = pair("办法", en, EvidenceKind::Bead);
        seen.sightings = vec![seen.sightings[0].clone(); times];
        seen
    };
    store.put_mined_terms(Origin::Bitext(bitext), &[seen("measures", 20), seen("rules", 2), seen("so", 1)]).unwrap();
    store.settle_candidates().unwrap();
    assert_eq!(store.renderings("办法", 0.5).unwrap(), ["measures", "rules"]);
}

#[test]
fn mining_again_recounts_and_drops_what_nothing_speaks_for() {
    let (_folder, mut store, bitext) = store_with_terms();
    let again = [pair("新质生产力", "new quality productive forces", EvidenceKind::Gloss)];
    for _ in 0..2 {
        store.put_mined_terms(Origin::Bitext(bitext), &again).unwrap();
        store.settle_candidates().unwrap();
    }
    let concepts = store.concepts(10, 0).unwrap();
    assert_eq!(concepts.len(), 1);
    assert_eq!(concepts[0].terms.iter().map(|t| t.count).collect::<Vec<_>>(), [1, 1]);
    let evidence = store.evidence(concepts[0].id, 10).unwrap();
    assert_eq!(evidence.len(), 1);
    assert_eq!(evidence[0].zh_place.as_ref().unwrap().text, "加快培育新质生产力。");
}

#[test]
fn what_a_document_gives_by_itself_gives_way_to_its_bitext() {
    let (_folder, mut store) = store();
    let en = add(&mut store, "Notice", Language::En, "On agents (智能体).");
    let mut alone = pair("智能体", "agents", EvidenceKind::Gloss);
    alone.sightings[0].zh_sentence = None;
    for _ in 0..2 {
        store.put_mined_terms(Origin::Document(en), std::slice::from_ref(&alone)).unwrap();
        store.settle_candidates().unwrap();
    }
    let evidence = store.evidence(store.concepts(1, 0).unwrap()[0].id, 10).unwrap();
    assert_eq!(evidence.len(), 1);
    assert_eq!((evidence[0].zh_place.as_ref(), evidence[0].en_place.as_ref().unwrap().document), (None, en));

    let zh = add(&mut store, "通知", Language::Zh, "论智能体。");
    let bitext = store.put_bitext(zh, en, PairedBy::Content, 0.9, &[]).unwrap();
    store.put_mined_terms(Origin::Bitext(bitext), &[alone]).unwrap();
    store.settle_candidates().unwrap();
    assert_eq!(store.evidence(store.concepts(1, 0).unwrap()[0].id, 10).unwrap().len(), 1);
}

#[test]
fn an_alert_is_made_once_for_a_watch_and_a_document() {
    let (_folder, mut store) = store();
    let id = add(&mut store, "a", Language::Zh, "发展具身智能。");
    let watch = store.add_watch("具身智能", NOW).unwrap();
    assert_eq!(store.add_watch("具身智能", NOW).unwrap(), watch);
    let found =
        WatchMatch { watch: watch.id, atoms: vec!["具身智能".to_owned()], sentence: 0, ..WatchMatch::default() };
    assert_eq!(store.record_watched(id, std::slice::from_ref(&found), NOW).unwrap(), 1);
    assert_eq!(store.record_watched(id, &[found], NOW).unwrap(), 0);
    let alerts = store.alerts(10).unwrap();
    assert_eq!(alerts.len(), 1);
    assert_eq!((alerts[0].sentence.as_str(), alerts[0].page), ("发展具身智能。", 1));
}

#[test]
fn a_watch_that_was_removed_while_it_was_matched_makes_no_alert() {
    let (_folder, mut store) = store();
    let id = add(&mut store, "a", Language::Zh, "发展具身智能。");
    let watch = store.add_watch("具身智能", NOW).unwrap();
    assert!(store.remove_watch(watch.id).unwrap());
    let found =
        WatchMatch { watch: watch.id, atoms: vec!["具身智能".to_owned()], sentence: 0, ..WatchMatch::default() };
    assert_eq!(store.record_watched(id, &[found], NOW).unwrap(), 0);
}

#[test]
fn a_quiet_document_makes_no_alert() {
    let (_folder, mut store) = store();
    let watch = store.add_watch("agents", NOW).unwrap();
    let id = put(&mut store, document("archive", Language::En, "On agents."), true);
    let found = WatchMatch { watch: watch.id, atoms: vec!["agents".to_owned()], sentence: 0, ..WatchMatch::default() };
    assert_eq!(store.record_watched(id, &[found], NOW).unwrap(), 0);
    assert!(store.pending(Pending::Watches).unwrap().is_empty());
}

fn by_ocr(engine: &str) -> PageSource {
    PageSource::Ocr { engine: engine.to_owned(), confidence: 0.75 }
}

/// A scan of two pages, of which nothing has been read.
fn scan(store: &mut Store, name: &str) -> i64 {
    let mut scan = document(name, Language::Other, "");
    scan.hash = DocumentHash::of(name.as_bytes());
    (scan.state, scan.page_count) = (TextState::NeedsOcr, 2);
    (scan.blocks, scan.sentences) = (Vec::new(), Vec::new());
    scan.readings = [1, 2].map(|page| PageReading { page, source: PageSource::Scan }).to_vec();
    put(store, scan, false)
}

/// What an engine made of its first page; the second still waits.
fn half_read(engine: &str, text: &str) -> ReadDocument {
    let mut read = document("scan", Language::Zh, text);
    read.page_count = 2;
    read.state = TextState::Ocr;
    read.readings =
        vec![PageReading { page: 1, source: by_ocr(engine) }, PageReading { page: 2, source: PageSource::Unreadable }];
    read
}

#[test]
fn pages_wait_until_an_engine_has_read_them() {
    let (_folder, mut store) = store();
    add(&mut store, "text", Language::En, "Not a scan.");
    let id = scan(&mut store, "scan");
    assert_eq!(store.waiting().unwrap(), Waiting { documents: 1, pages: 2 });
    assert_eq!(store.documents_for_ocr(ForOcr::Untried).unwrap(), [id]);

    let read = half_read("one", "发展具身智能。");
    assert!(store.replace_reading(id, &read, NOW).unwrap());
    store.mark_tried(id, "one").unwrap();
    let document = store.document(id).unwrap().unwrap();
    assert_eq!((document.ocr.read, document.ocr.confidence, document.ocr.waiting), (1, Some(0.75), 1));
    assert_eq!(store.readings(id).unwrap(), read.readings);
    assert_eq!(store.pages_by_ocr(id).unwrap().keys().collect::<Vec<_>>(), [&1]);
    for (which, expected) in [
        (ForOcr::Untried, &[][..]),
        (ForOcr::Waiting, &[id]),
        (ForOcr::OtherThan("one"), &[id]),
        (ForOcr::OtherThan("two"), &[id]),
    ] {
        assert_eq!(store.documents_for_ocr(which).unwrap(), expected, "{which:?}");
    }
    assert!(!store.replace_reading(99, &read, NOW).unwrap());
}

#[test]
fn what_an_engine_saw_is_kept_page_by_page() {
    let (_folder, mut store) = store();
    let id = scan(&mut store, "scan");
    let page = |number, engine| Page { number, width: 595.0, height: 842.0, lines: Vec::new(), source: by_ocr(engine) };
    for (number, engine) in [(2, "one"), (1, "one"), (2, "two")] {
        store.keep_ocr_page(id, &page(number, engine)).unwrap();
    }
    assert_eq!(store.ocr_pages(id).unwrap(), [page(1, "one"), page(2, "two")]);
    let mut engines = store.ocr_page_engines(id).unwrap();
    engines.sort();
    assert_eq!(engines, [(1, "one".to_owned()), (2, "two".to_owned())]);
}

#[test]
fn a_new_reading_takes_what_was_derived_with_it_and_leaves_what_was_reviewed() {
    let (_folder, mut store, bitext) = store_with_terms();
    let found = store.bitext_of(1).unwrap().unwrap();
    assert_eq!((found.id, found.zh, found.en), (bitext, 1, 2));
    store.connection.execute("UPDATE term SET status = 'preferred' WHERE text = '智能体'", []).unwrap();
    for step in [Pending::Index, Pending::Pairing, Pending::Watches] {
        store.mark_done(step, &[1, 2]).unwrap();
    }
    store.replace_reading(1, &half_read("one", "加快培育生产力。"), NOW).unwrap();
    store.settle_candidates().unwrap();
    assert_eq!(store.bitext_of(2).unwrap().map(|bitext| bitext.id), Some(bitext), "it keeps its number");
    assert!(store.beads(bitext).unwrap().is_empty());
    assert_eq!(store.waiting_bitexts().unwrap(), [bitext]);
    assert_eq!(store.sentences(1).unwrap().len(), 1);
    assert_eq!(store.pending(Pending::Index).unwrap(), [1]);
    assert_eq!(store.pending(Pending::Watches).unwrap(), [1]);
    assert_eq!(store.pending(Pending::Pairing).unwrap(), [1, 2], "its counterpart is to be paired anew as well");
    assert!(store.lookup("新质生产力", Lookup::Exact, 1).unwrap().is_empty());
    assert_eq!(store.lookup("智能体", Lookup::Exact, 1).unwrap().len(), 1);
}

#[test]
fn what_a_person_paired_stays_paired_when_a_side_is_read_anew() {
    let (_folder, mut store) = store();
    let (zh, en) = (scan(&mut store, "scan"), add(&mut store, "Notice", Language::En, "On agents."));
    let bitext = store.put_bitext(zh, en, PairedBy::Manifest, 1.0, &[]).unwrap();
    store.replace_reading(zh, &half_read("one", "论智能体。"), NOW).unwrap();
    assert_eq!(store.bitext_of(en).unwrap().map(|bitext| bitext.id), Some(bitext));
}

#[test]
fn an_alert_follows_its_sentence_into_a_new_reading() {
    let (_folder, mut store) = store();
    let id = scan(&mut store, "scan");
    let watch = store.add_watch("具身智能", NOW).unwrap();
    store.replace_reading(id, &half_read("one", "发展具身智能。"), NOW).unwrap();
    let found =
        WatchMatch { watch: watch.id, atoms: vec!["具身智能".to_owned()], sentence: 0, ..WatchMatch::default() };
    assert_eq!(store.record_watched(id, &[found], NOW).unwrap(), 1);

    store.replace_reading(id, &half_read("two", "工作要点\n发展具身智能。"), NOW).unwrap();
    let alert = &store.alerts(1).unwrap()[0];
    assert_eq!((alert.sentence.as_str(), alert.ocr), ("发展具身智能。", true));
    let again = WatchMatch { watch: watch.id, atoms: vec!["具身".to_owned()], sentence: 0, ..WatchMatch::default() };
    assert_eq!(store.record_watched(id, &[again], NOW).unwrap(), 0);
    assert_eq!(store.alerts(2).unwrap().iter().map(|a| a.sentence.as_str()).collect::<Vec<_>>(), ["工作要点"]);
}

#[test]
fn a_watch_that_is_younger_than_the_text_makes_no_alert_when_it_is_read_anew() {
    let (_folder, mut store) = store();
    let id = scan(&mut store, "scan");
    let watches = ["2026-11-22T09:00:00Z", "2026-11-22T11:00:00Z"].map(|now: &str| store.add_watch(now, now).unwrap());
    for now in ["2026-11-22T10:00:00Z", "2026-11-22T12:00:00Z"] {
        store.replace_reading(id, &half_read("one", "发展具身智能。"), now).unwrap();
    }
    let found =
        watches.map(|watch| WatchMatch { watch: watch.id, atoms: Vec::new(), sentence: 0, ..WatchMatch::default() });
    assert_eq!(store.record_watched(id, &found, NOW).unwrap(), 1);
    assert_eq!(store.alerts(2).unwrap()[0].query, "2026-11-22T09:00:00Z");
}

#[test]
fn documents_without_text_of_an_earlier_version_wait_for_ocr() {
    let folder = tempfile::tempdir().unwrap();
    let connection = Connection::open(folder.path().join(Store::FILE)).unwrap();
    connection.execute_batch(schema::MIGRATIONS[0]).unwrap();
    connection.pragma_update(None, "user_version", 1).unwrap();
    let id = connection
        .query_row(
            "INSERT INTO document (hash, name, source, language, state, page_count, facts, warnings, added, quiet)
             VALUES ('0a', 'scan.pdf', 'scan.pdf', 'und', 'needs_ocr', 2, '{}', '[]', ?1, 0) RETURNING id",
            [NOW],
            |row| row.get::<_, i64>(0),
        )
        .unwrap();
    drop(connection);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.documents_for_ocr(ForOcr::Untried).unwrap(), [id]);
    let source = PageSource::Unreadable;
    assert_eq!(store.readings(id).unwrap(), [1, 2].map(|page| PageReading { page, source: source.clone() }));
}

#[test]
fn a_kept_file_comes_back_and_a_missing_one_is_none() {
    let (_folder, store) = store();
    let hash = DocumentHash::of(b"%PDF");
    assert_eq!(store.file(&hash).unwrap(), None);
    store.keep_file(&hash, b"%PDF").unwrap();
    store.keep_file(&hash, b"%PDF").unwrap();
    assert_eq!(store.file(&hash).unwrap().as_deref(), Some(&b"%PDF"[..]));
}

#[test]
fn a_store_of_a_later_version_is_refused() {
    let (folder, store) = store();
    store.connection.pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    let error = Store::open(folder.path()).unwrap_err().to_string();
    let known = schema::MIGRATIONS.len();
    let expected = format!("has schema version 99, this program knows up to {known}; use a newer policyglot");
    assert!(error.ends_with(&expected), "{error}");
}
