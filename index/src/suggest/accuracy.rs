//! How often the right query is offered for a slip, and how seldom anything is for a query that is right.
//!
//! `slips.tsv` has words, terms and phrases of the sample corpus with slips made by rule: neighbouring keys, letters
//! doubled, dropped, changed and swapped, words run together and apart, British spellings, pinyin with and without spaces
//! and tones, sounds confused, characters that sound alike or changed places. Half were there while the weights were
//! chosen. `right.txt` has words, phrases, terms and pieces of sentences of the corpus as they stand.
//!
//! `cargo test --release -p index accuracy -- --nocapture` prints the shares and the time a query takes.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::{Index, Passage, PassageDocument};

const SLIPS: &str = include_str!("slips.tsv");
const RIGHT: &str = include_str!("right.txt");

/// The sentences of the sample corpus, a document for each text.
fn sample() -> Index {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../corpus/sample/gold");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the sample corpus").flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.to_string_lossy().contains(".sentences."));
    paths.sort();
    assert!(!paths.is_empty());
    let index = Index::in_memory().expect("an index");
    let mut writer = index.writer().expect("a writer");
    for (id, path) in (1..).zip(paths) {
        let text = std::fs::read_to_string(path).expect("readable");
        let passage = |(block, text): (usize, &str)| Passage { block, page: 1, text: text.to_owned() };
        let passages = text.lines().enumerate().map(passage).collect();
        writer.add(&PassageDocument { id, passages, ..PassageDocument::default() }).expect("added");
    }
    writer.commit().expect("committed");
    index
}

fn guesses(index: &Index, typed: &str) -> Vec<String> {
    let guesses = index.guesses(typed, &|_| false).expect("guesses");
    guesses.into_iter().map(|guess| guess.query.to_lowercase()).collect()
}

#[derive(Default)]
struct Count {
    all: usize,
    first: usize,
    among_three: usize,
}

impl Count {
    fn add(&mut self, place: Option<usize>) {
        self.all += 1;
        self.first += usize::from(place == Some(0));
        self.among_three += usize::from(place.is_some_and(|place| place < 3));
    }

    fn shares(&self) -> (f64, f64) {
        let share = |count: usize| count as f64 / self.all.max(1) as f64;
        (share(self.first), share(self.among_three))
    }
}

#[test]
fn slips_are_put_right_and_what_is_right_is_left_alone() {
    let index = sample();
    guesses(&index, "warmming");
    let mut counts: BTreeMap<(&str, &str), Count> = BTreeMap::new();
    let mut longest = Duration::ZERO;
    let begun = Instant::now();
    for line in SLIPS.lines().filter(|line| !line.starts_with('#')) {
        let [half, kind, typed, meant] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let asked = Instant::now();
        let guesses = guesses(&index, typed);
        longest = longest.max(asked.elapsed());
        let place = guesses.iter().position(|guess| guess == meant);
        counts.entry((half, kind)).or_default().add(place);
        counts.entry((half, "all")).or_default().add(place);
        if place != Some(0) {
            eprintln!("{half} {kind}: {typed} for {meant} gives {guesses:?}");
        }
    }
    let spent = begun.elapsed();
    let mut alarms = Vec::new();
    for typed in RIGHT.lines() {
        let guesses = guesses(&index, typed);
        if !guesses.is_empty() {
            alarms.push(format!("{typed}: {guesses:?}"));
        }
    }
    for ((half, kind), count) in &counts {
        let (first, three) = count.shares();
        eprintln!("{half:9} {kind:10} {:3}  first {first:.2}  among three {three:.2}", count.all);
    }
    eprintln!("{} false alarms of {}: {alarms:#?}", alarms.len(), RIGHT.lines().count());
    eprintln!("{spent:?} for {} queries, the longest {longest:?}", SLIPS.lines().count() - 1);
    let (first, three) = counts.get(&("checking", "all")).map(Count::shares).unwrap_or_default();
    assert!(first >= 0.92 && three >= 0.95, "{first:.2} {three:.2}");
    assert!(alarms.len() <= 3, "{alarms:#?}");
}

/// How long near misses are looked for among 100,000 words; the time is printed, not judged.
#[test]
fn near_misses_among_many_words() {
    let syllables = ["ba", "ren", "to", "mil", "su", "dor", "ke", "lan", "fi", "ster"];
    let invented = |at: usize| {
        [at % 10, at / 10 % 10, at / 100 % 10, at / 1000 % 10, at / 10_000 % 10].map(|part| syllables[part]).concat()
    };
    let words = super::spelling::Spellings::new((0..100_000).map(|at| (invented(at), 3)).collect());
    let begun = Instant::now();
    let mut found = 0;
    for at in (0..100_000).step_by(2_003) {
        let typed = invented(at).replacen(['t', 'k', 'f'], "x", 1);
        found += usize::from(!words.near(&typed, 6).is_empty());
    }
    eprintln!("{:?} a word among 100,000, {found} of 50", begun.elapsed() / 50);
    assert!(found >= 45);
}
