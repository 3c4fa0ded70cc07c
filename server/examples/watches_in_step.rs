//! How soon a watch counts among 100,000: from its being saved to the alert of the next document.
//!
//! `cargo run --release -p server --example watches_in_step -- [WATCHES]`
//!
//! A new data folder gets so many watches of two Chinese or two English words, drawn from the sample corpus, and a first
//! document, with which they are loaded. Then a watch is saved, a document that meets it is added, and all that follows
//! from it is derived, alerts last; that again for a watch that is changed, and for one that is removed. Times are wall
//! clock.

#![expect(clippy::print_stdout, reason = "the example prints a table")]

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use corpus::document::DocumentHash;
use corpus::watch::{Subject, WatchSettings};
use server::data::Data;
use server::derive::{add_watch, derive, edit_watch};

/// Documents come after the watches, which are made now.
const COMING: &str = "2126-11-22T08:00:00Z";
const ROUNDS: usize = 20;

fn main() -> anyhow::Result<()> {
    let count = std::env::args().nth(1).map_or(Ok(100_000), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let data = Data::open(folder.path())?;
    let texts = texts()?;
    for (name, text) in &texts {
        add(&data, name, text)?;
    }
    derive(&data, None, &|_| ())?;
    let words = words(&texts);
    let saved = timed(|| save(&data, &words, count))?;
    println!("{count} watches saved in {:.1} s", saved.as_secs_f64());
    let first = timed(|| {
        add(&data, "first", "qrs")?;
        derive(&data, None, &|_| ()).map(drop).map_err(Into::into)
    })?;
    println!("the first document after a start, watches loaded: {:.2} s", first.as_secs_f64());
    let mut rounds = Rounds::default();
    (0..ROUNDS).try_for_each(|round| rounds.go(&data, round))?;
    for (what, mut times) in [("saved", rounds.saved), ("changed", rounds.changed), ("removed", rounds.removed)] {
        times.sort_unstable();
        let [median, worst] = [times.len() / 2, times.len() - 1].map(|at| times.get(at).copied().unwrap_or_default());
        println!("a watch {what}: median {} ms, worst {} ms", median.as_millis(), worst.as_millis());
    }
    Ok(())
}

/// The longest of what a person waits for, by what was done.
#[derive(Default)]
struct Rounds {
    saved: Vec<Duration>,
    changed: Vec<Duration>,
    removed: Vec<Duration>,
}

impl Rounds {
    fn go(&mut self, data: &Data, round: usize) -> anyhow::Result<()> {
        let start = Instant::now();
        let watch = add_watch(data, format!("zyx{round}q").as_str().into())?.watch.id;
        alerts_of(data, &format!("zyx{round}q"), 1)?;
        self.saved.push(start.elapsed());
        let start = Instant::now();
        let settings = WatchSettings::from(Subject::Query(format!("wvu{round}q")));
        edit_watch(data, watch, settings)?.context("the watch is gone")?;
        alerts_of(data, &format!("wvu{round}q"), 1)?;
        self.changed.push(start.elapsed());
        let start = Instant::now();
        data.with_store(|store| Ok(store.remove_watch(watch)?))?;
        alerts_of(data, &format!("wvu{round}q, again"), 0)?;
        self.removed.push(start.elapsed());
        Ok(())
    }
}

/// Adds a document of that text, and checks how many alerts that makes.
fn alerts_of(data: &Data, text: &str, expected: usize) -> anyhow::Result<()> {
    add(data, text, text)?;
    let alerts = derive(data, None, &|_| ())?.alerts;
    anyhow::ensure!(alerts == expected, "{text}: {alerts} alerts, not {expected}");
    Ok(())
}

fn timed(work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn add(data: &Data, name: &str, text: &str) -> anyhow::Result<()> {
    let hash = DocumentHash::of(text.as_bytes());
    let read = ingest::read::read_text(name, name, hash, text.as_bytes())?;
    data.with_store(|store| Ok(store.add_documents(&[read], false, COMING)?))?;
    Ok(())
}

/// The sentences of the sample corpus, a text a document.
fn texts() -> anyhow::Result<Vec<(String, String)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/sample/gold");
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.contains(".sentences.") {
            texts.push((name, std::fs::read_to_string(&path)?));
        }
    }
    texts.sort();
    Ok(texts)
}

/// Words of the texts: runs of letters, of Chinese four characters each.
fn words(texts: &[(String, String)]) -> Vec<String> {
    let is_chinese = |word: &str| word.chars().any(|c| ('\u{4E00}'..'\u{9FFF}').contains(&c));
    let runs = texts.iter().flat_map(|(_, text)| text.split(|c: char| !c.is_alphabetic()));
    let cut = |run: &str| {
        let chars: Vec<char> = run.chars().collect();
        let length = if is_chinese(run) { 4 } else { chars.len().max(1) };
        chars.chunks(length).map(|chunk| chunk.iter().collect::<String>()).collect::<Vec<_>>()
    };
    let mut words: Vec<String> = runs.flat_map(cut).filter(|word| word.chars().count() > 3).collect();
    words.sort();
    words.dedup();
    words
}

/// Saves watches on two words each, the pairs all different.
fn save(data: &Data, words: &[String], count: usize) -> anyhow::Result<()> {
    anyhow::ensure!(words.len() > 400, "too few words in the sample");
    for number in 0..count {
        let first = number % words.len();
        let second = (first + 1 + number / words.len()) % words.len();
        let query = format!("{} AND {}", words.get(first).context("a word")?, words.get(second).context("a word")?);
        data.with_store(|store| Ok(store.add_watch(query.as_str(), "2026-01-01T00:00:00Z")?))?;
    }
    Ok(())
}
