//! The topics of the sample corpus, read from its gold text, against a reader's classes.
//!
//! For each instrument the reader named the topics that a class is wanted for, and those that may be classed or not.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use corpus::document::DocumentHash;
use ingest::read::read_text;
use ingest::topics::{built_in, classes};

fn gold() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/sample/gold")
}

/// The topics of a text that have none below them.
fn found(path: &Path) -> BTreeSet<String> {
    let bytes = fs::read(path).expect("gold text");
    let document = read_text("text", "text", DocumentHash(String::new()), &bytes).expect("gold text is text");
    let classes = classes(&document, built_in()).into_iter().map(|class| class.topic);
    let is_parent = |id: &String| built_in().topics.iter().any(|topic| topic.parent.as_ref() == Some(id));
    classes.filter(|topic| !is_parent(topic)).collect()
}

/// For each instrument the number in its name, what has to be found and what may be.
fn wanted() -> Vec<(String, BTreeSet<String>, BTreeSet<String>)> {
    let table = fs::read_to_string(gold().join("topics.tsv")).expect("gold topics");
    let topics = |cell: &str| cell.split(' ').filter(|topic| !topic.is_empty()).map(str::to_owned).collect();
    let row = |line: &str| {
        let mut cells = line.split('\t');
        let (number, required, allowed) = (cells.next()?, cells.next()?, cells.next()?);
        Some((number.to_owned(), topics(required), topics(allowed)))
    };
    table.lines().skip(1).filter_map(row).collect()
}

#[track_caller]
fn check(language: &str, recall: f64, precision: f64) {
    let (mut hits, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for (number, required, allowed) in wanted() {
        let ending = format!(".{language}.txt");
        let texts = fs::read_dir(gold().join("text")).expect("gold texts").filter_map(Result::ok);
        let of = |name: &str| name.starts_with(&number) && name.ends_with(&ending);
        let text = texts
            .map(|entry| entry.path())
            .find(|path| path.file_name().is_some_and(|name| of(&name.to_string_lossy())));
        let found = found(&text.expect("a text for each instrument"));
        hits += found.intersection(&required).count();
        missed.extend(required.difference(&found).map(|topic| format!("{number} {topic}")));
        wrong.extend(
            found
                .iter()
                .filter(|topic| !required.contains(*topic) && !allowed.contains(*topic))
                .map(|topic| format!("{number} {topic}")),
        );
    }
    let share = |part: usize, other: usize| part as f64 / (part + other).max(1) as f64;
    assert!(share(hits, missed.len()) >= recall, "{language}: {hits} found, missed {missed:?}");
    assert!(share(hits, wrong.len()) >= precision, "{language}: {hits} found, wrong {wrong:?}");
}

#[test]
fn chinese_documents_have_the_classes_that_a_reader_gives_them() {
    check("zh", 0.9, 0.9);
}

#[test]
fn english_documents_have_the_classes_that_a_reader_gives_them() {
    check("en", 0.9, 0.9);
}
