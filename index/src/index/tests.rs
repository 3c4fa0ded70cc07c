use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;

use super::fresh::LOOK_EVERY;
use super::{FORM_FILE, Index};
use crate::query::parse;
use crate::{DocumentFacts, Error, Passage, PassageDocument, SearchRequest};

fn document(id: i64, text: &str) -> PassageDocument {
    let facts = DocumentFacts { title: format!("第{id}号"), ..DocumentFacts::default() };
    let passages = text.lines().enumerate().map(|(block, text)| Passage { block, page: 1, text: text.to_owned() });
    PassageDocument { id, facts, passages: passages.collect() }
}

/// Puts documents into an index, each with a commit of its own.
fn add_one_by_one(index: &Index, documents: impl IntoIterator<Item = PassageDocument>) {
    let mut writer = index.writer().expect("a writer");
    for document in documents {
        writer.add(&document).expect("added");
        writer.commit().expect("committed");
    }
    writer.finish().expect("merged");
}

fn found(index: &Index, query: &str) -> Result<Vec<i64>, Error> {
    let query = parse(query).query;
    let answer = index.search(&SearchRequest { query: query.as_ref(), limit: 50, ..SearchRequest::default() })?;
    let mut ids: Vec<i64> = answer.hits.iter().map(|hit| hit.document).collect();
    ids.sort_unstable();
    Ok(ids)
}

const QUERIES: [&str; 5] = ["\"潮汐\"", "潮汐电站", "harbour", "lock* -电站", "第2号"];

fn answers(index: &Index) -> Result<Vec<Vec<i64>>, Error> {
    QUERIES.iter().map(|query| found(index, query)).collect()
}

/// An index of several segments, one of them with deleted rows.
fn library(folder: &Path) -> Index {
    let index = Index::create(folder).expect("created");
    let texts = ["潮汐电站的规划。\nThe harbour has locks.", "旧的正文。", "The lock keeper's harbour.\n潮汐与渔业。"];
    add_one_by_one(&index, (1..).zip(texts).map(|(id, text)| document(id, text)));
    add_one_by_one(&index, [document(2, "新的正文写潮汐电站。")]);
    index.complete().expect("complete");
    index
}

/// A copy of a folder of files.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).expect("made");
    for entry in fs::read_dir(from).expect("readable").flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}

#[test]
fn an_index_that_is_not_whole_asks_to_be_built_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("index");
    assert!(matches!(Index::open(&path).err(), Some(Error::Missing(_))));
    let index = Index::create(&path).expect("created");
    assert!(matches!(Index::open(&path).err(), Some(Error::Missing(_))), "it is not complete yet");
    let writer = index.writer().expect("a writer");
    assert!(matches!(index.writer().err(), Some(Error::Busy(_))));
    drop(writer);
    add_one_by_one(&index, [document(1, "正文")]);
    index.complete().expect("complete");
    assert_eq!(found(&Index::open(&path).expect("opened"), "正文").expect("found"), [1]);
    fs::write(path.join(FORM_FILE), "0").expect("written");
    assert!(matches!(Index::open(&path).err(), Some(Error::Outdated { found: 0, .. })));
    assert_eq!(found(&Index::create(&path).expect("created again"), "正文").expect("found"), Vec::<i64>::new());

    fs::write(folder.path().join("letter.txt"), "dear").expect("written");
    assert!(matches!(Index::create(folder.path()).err(), Some(Error::Occupied(_))));
}

/// What damages the bytes of a file.
type Damage = fn(&mut Vec<u8>);

/// Ways to damage a file, by name.
const DAMAGES: [(&str, Damage); 6] = [
    ("emptied", |bytes| bytes.clear()),
    ("cut to half", |bytes| bytes.truncate(bytes.len() / 2)),
    ("cut by a byte", |bytes| bytes.truncate(bytes.len().saturating_sub(1))),
    ("zeroed", |bytes| bytes.fill(0)),
    ("zeroed in the middle", |bytes| {
        let (from, to) = (bytes.len() / 3, bytes.len() * 2 / 3);
        bytes.get_mut(from..to).into_iter().for_each(|part| part.fill(0));
    }),
    ("changed in one bit", |bytes| {
        let middle = bytes.len() / 2;
        bytes.get_mut(middle).into_iter().for_each(|byte| *byte ^= 4);
    }),
];

#[track_caller]
fn check_damaged(path: &Path, damage: &str, name: &str, expected: &[Vec<i64>]) {
    match Index::open(path) {
        Err(error) => assert!(error.needs_rebuild(), "{name} {damage}: {error}"),
        Ok(index) => assert_eq!(answers(&index).ok().as_deref(), Some(expected), "{name} {damage}"),
    }
}

#[test]
fn a_damaged_file_is_noticed_or_changes_no_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = folder.path().join("whole");
    let expected = answers(&library(&whole)).expect("answers");
    assert_eq!(expected[0], [1, 2, 3]);
    let names: Vec<PathBuf> = fs::read_dir(&whole).expect("readable").flatten().map(|entry| entry.path()).collect();
    for (number, path) in names.iter().enumerate() {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
        let bytes = fs::read(path).expect("read");
        for (way, (damage, apply)) in DAMAGES.iter().enumerate() {
            let copied = folder.path().join(format!("{number}-{way}"));
            copy(&whole, &copied);
            let mut bytes = bytes.clone();
            apply(&mut bytes);
            fs::write(copied.join(name), bytes).expect("written");
            check_damaged(&copied, damage, name, &expected);
        }
        let copied = folder.path().join(format!("{number}-removed"));
        copy(&whole, &copied);
        fs::remove_file(copied.join(name)).expect("removed");
        check_damaged(&copied, "removed", name, &expected);
    }
}

#[test]
fn damage_under_an_open_index_is_told_by_the_next_opening_or_check() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("index");
    let index = library(&path);
    index.verify().expect("whole");
    for entry in fs::read_dir(&path).expect("readable").flatten() {
        if entry.path().extension().is_some_and(|kind| kind == "pos") {
            // Under the same length, and in another file of that name: a file that is mapped must not shrink.
            let mut bytes = fs::read(entry.path()).expect("read");
            bytes[0] ^= 1;
            fs::remove_file(entry.path()).expect("removed");
            fs::write(entry.path(), bytes).expect("written");
        }
    }
    assert!(matches!(index.verify().err(), Some(Error::Torn { .. })));
    let opened = Index::open(&path).err();
    assert!(matches!(&opened, Some(Error::Torn { reason, .. }) if reason.contains(".pos")), "{opened:?}");
}

#[test]
fn a_panic_over_whole_files_is_no_damage() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = library(&folder.path().join("index"));
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        index.guarded(|| -> Result<(), Error> { std::panic::resume_unwind(Box::new("a mistake of ours")) })
    }));
    assert!(outcome.is_err());
    assert_eq!(found(&index, "harbour").expect("found"), [1, 3]);
}

#[test]
fn what_is_committed_elsewhere_is_found_soon() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("index");
    let writing = library(&path);
    let reading = Index::open(&path).expect("opened");
    assert_eq!(found(&reading, "lighthouse").expect("found"), Vec::<i64>::new());
    add_one_by_one(&writing, (4..30).map(|id| document(id, "A lighthouse.")));
    sleep(LOOK_EVERY);
    assert_eq!(found(&reading, "lighthouse").expect("found").len(), 26);
    let live = reading.searcher().segment_readers().len();
    assert_eq!(reading.rows.lock().expect("not poisoned").len(), live, "what is derived from others is freed");
}

#[test]
fn an_index_built_again_is_read_when_it_is_complete_and_not_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("index");
    drop(library(&path));
    let reading = Index::open(&path).expect("opened");
    let expected = answers(&reading).expect("answers");
    let writing = Index::create(&path).expect("created");
    add_one_by_one(&writing, [document(7, "潮汐")]);
    sleep(LOOK_EVERY);
    assert_eq!(answers(&reading).expect("answers"), expected);
    writing.complete().expect("complete");
    sleep(LOOK_EVERY);
    assert_eq!(found(&reading, "\"潮汐\"").expect("found"), [7]);
}

#[test]
fn what_is_deleted_gives_back_its_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::create(&folder.path().join("index")).expect("created");
    let texts = "行一。\n行二。\n行三。";
    let mut writer = index.writer().expect("a writer");
    (0..40).for_each(|id| writer.add(&document(id, texts)).expect("added"));
    writer.commit().expect("committed");
    (0..10).for_each(|id| writer.remove(id).expect("removed"));
    (10..20).for_each(|id| writer.add(&document(id, "新行。")).expect("added"));
    writer.commit().expect("committed");
    writer.finish().expect("merged");
    let size = index.size().expect("a size");
    assert_eq!((size.documents, size.deleted_rows), (30, 0), "{size:?}");
    assert_eq!(size.rows, 30);
    assert_eq!(found(&index, "\"新行\"").expect("found"), (10..20).collect::<Vec<_>>());
    assert_eq!(found(&index, "\"行三\"").expect("found").len(), 20);
}

#[track_caller]
fn check_small_commits(documents: i64) {
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::create(&folder.path().join("index")).expect("created");
    add_one_by_one(&index, (0..documents).map(|id| document(id, "潮汐。\n渔业。")));
    let size = index.size().expect("a size");
    assert!(size.segments <= 10, "{size:?}");
    assert_eq!(size.documents as i64, documents, "{size:?}");
    assert_eq!(found(&index, "\"潮汐\"").expect("found").len(), 50, "as many as are asked for");
}

#[test]
fn segments_stay_few_after_many_small_commits() {
    check_small_commits(60);
}

#[test]
#[ignore = "takes a minute; run it when the merge policy is changed"]
fn segments_stay_few_after_two_thousand_small_commits() {
    check_small_commits(2_000);
}
