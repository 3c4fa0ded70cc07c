//! How quickly a document is matched with 100,000 watches, and how quickly watches change.
//!
//! `cargo run --release -p index --example watch_speed`
//!
//! Documents of 2,000 characters, every other one Chinese, alternate between sentences of the sample corpus and
//! sentences of made words, which are drawn so that the one at rank n comes n times less often than the first. Watches
//! ask for words, phrases, renderings in both languages, words without others, words near others, words in documents
//! of a kind, beginnings of words, and facts alone; the parts that they require are mostly rare made words. All draws
//! come from one seed, and times are those of the processor. In the same run the same watches are matched without anchors, each with each document, and all
//! their texts are looked for by one plain automaton that is followed by no verification.

#![expect(clippy::print_stdout, reason = "the example prints a table")]

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use corpus::document::Language;
use corpus::facts::{Agency, DocumentKind};
use corpus::text::normalise::normal_form;
use index::DocumentFacts;
use index::query::{DateRange, Field, Pattern, Query};
use index::watch::{Matcher, WatchedDocument, WatchedSentence};

const WATCHES: usize = 100_000;
const DOCUMENTS: usize = 2_000;
/// Characters of a long document.
const LONG: usize = 1_000_000;
/// Documents that the slow ways are measured with.
const FEW: usize = 40;
const CHARACTERS: usize = 2_000;
/// How many words are made in each language.
const WORDS: usize = 120_000;
/// Words of lower rank are common: watches do not require them alone.
const COMMON: usize = 400;
/// How often a watch is added, replaced and removed.
const EDITS: usize = 1_000;
/// So many watches that are alike are added and removed.
const CROWD: usize = 20_000;

/// Numbers by the generator of Steele, Lea and Flood (2014).
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    /// A rank below `bound`, each n times less often than the first.
    fn rank(&mut self, bound: usize) -> usize {
        let even = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((bound as f64).powf(even) as usize).saturating_sub(1).min(bound - 1)
    }

    fn of<'a, T: ?Sized>(&mut self, list: &'a [Box<T>]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// What texts are made of in one language.
struct Lexicon {
    is_chinese: bool,
    sentences: Vec<Box<str>>,
    words: Vec<Box<str>>,
}

impl Lexicon {
    fn new(language: &str, draws: &mut Draws) -> Self {
        let is_chinese = language == "zh";
        let sentences = sample(language);
        let letters: Vec<Box<str>> = if is_chinese {
            // Every place of a character in the sample, so that common ones are drawn often.
            let characters = sentences.iter().flat_map(|sentence| sentence.chars());
            characters.filter(|c| ('\u{4E00}'..'\u{9FFF}').contains(c)).map(|c| c.to_string().into()).collect()
        } else {
            let syllables =
                "ba ce di fo gu ha ke li mo nu pa re si to vu wa xe yi zo ar en il or un ast ect ing ous um";
            syllables.split(' ').map(Into::into).collect()
        };
        let made = |_| (0..3 + draws.below(3)).map(|_| draws.of(&letters).to_owned()).collect::<String>().into();
        let words = (0..WORDS).map(made).collect();
        Self { is_chinese, sentences, words }
    }

    fn joined(&self, words: &[&str]) -> String {
        words.join(if self.is_chinese { "" } else { " " })
    }

    fn sentence(&self, draws: &mut Draws) -> String {
        if draws.below(2) == 0 {
            return draws.of(&self.sentences).to_owned();
        }
        let words: Vec<&str> = (0..8 + draws.below(9)).map(|_| &*self.words[draws.rank(WORDS)]).collect();
        self.joined(&words) + if self.is_chinese { "。" } else { "." }
    }

    fn document(&self, draws: &mut Draws) -> Made {
        let mut sentences = Vec::new();
        let mut left = CHARACTERS;
        while left > 0 {
            let sentence: String = self.sentence(draws).chars().take(left).collect();
            left -= sentence.chars().count();
            sentences.push(sentence);
        }
        let issuer = Agency { id: format!("agency-{}", draws.below(1_000)), ..Agency::default() };
        let facts = DocumentFacts {
            title: sentences.first().cloned().unwrap_or_default(),
            language: Some(if self.is_chinese { Language::Zh } else { Language::En }),
            kind: Some(if draws.below(2) == 0 { DocumentKind::Notice } else { DocumentKind::Standard }),
            issuers: vec![issuer],
            date: Some(format!("20{}-05-06", 10 + draws.below(16))),
            standards: (0..4).map(|_| format!("GB/T {}-2024", 10_000 + draws.below(40_000))).collect(),
            ..DocumentFacts::default()
        };
        Made { facts, sentences }
    }

    fn common(&self, draws: &mut Draws) -> String {
        self.words[draws.below(COMMON)].to_string()
    }

    fn rare(&self, draws: &mut Draws) -> String {
        self.words[COMMON + draws.below(WORDS - COMMON)].to_string()
    }

    fn text(&self, draws: &mut Draws) -> Query {
        Query::Text(self.rare(draws))
    }
}

struct Made {
    facts: DocumentFacts,
    sentences: Vec<String>,
}

impl Made {
    /// Three sentences make a block.
    fn seen(&self) -> Vec<WatchedSentence<'_>> {
        let sentences = self.sentences.iter().enumerate();
        sentences.map(|(index, text)| WatchedSentence { block: index / 3, text }).collect()
    }

    /// How many watches it meets.
    fn met(&self, matcher: &Matcher) -> usize {
        matcher.matches(&WatchedDocument { facts: &self.facts, sentences: &self.seen() }).len()
    }
}

/// The sentences of the sample corpus.
fn sample(language: &str) -> Vec<Box<str>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus/sample/gold");
    let entries = std::fs::read_dir(&folder).expect("the sample corpus");
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let ending = format!(".sentences.{language}.txt");
    let texts = files.iter().filter(|file| file.to_string_lossy().ends_with(&ending)).map(std::fs::read_to_string);
    texts.flat_map(|text| text.expect("readable").lines().map(Into::into).collect::<Vec<_>>()).collect()
}

/// A selective watch, of kinds in the shares that people ask for them, as far as that can be guessed.
fn watch(own: &Lexicon, other: &Lexicon, draws: &mut Draws) -> Query {
    match draws.below(100) {
        0..30 => own.text(draws),
        30..48 => {
            let words: Vec<String> = (0..2 + draws.below(2)).map(|_| own.rare(draws)).collect();
            Query::Text(own.joined(&words.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        48..62 => Query::and(vec![Query::Text(own.common(draws)), own.text(draws)]),
        62..72 => Query::or(vec![own.text(draws), other.text(draws), other.text(draws)]),
        72..82 => Query::and(vec![own.text(draws), Query::not(Query::Text(own.common(draws)))]),
        82..87 => Query::Near { left: own.rare(draws), right: own.common(draws), distance: 10 },
        87..93 => {
            let kind = Query::Field { field: Field::Kind, text: DocumentKind::Notice.name().to_owned() };
            Query::and(vec![kind, own.text(draws), Query::Date(DateRange { from: 20_150_000, to: 20_269_999 })])
        }
        93..96 => Query::Prefix(other_prefix(own, other, draws)),
        96..98 => Query::Field { field: Field::Title, text: own.rare(draws) },
        98 => Query::Field { field: Field::Issuer, text: format!("agency-{}", draws.below(50_000)) },
        _ => Query::Field { field: Field::Standard, text: format!("GB/T {}", 10_000 + draws.below(40_000)) },
    }
}

/// The beginning of a long English word: Chinese words have none.
fn other_prefix(own: &Lexicon, other: &Lexicon, draws: &mut Draws) -> String {
    let english = if own.is_chinese { other } else { own };
    english.rare(draws).chars().take(7).collect()
}

/// A watch that a good part of all documents meets: a word of the sample's, or one of the first made words.
fn common_watch(own: &Lexicon, draws: &mut Draws) -> Query {
    let known =
        if own.is_chinese { ["标准", "数据", "人工智能", "的"] } else { ["standard", "data", "shall", "the"] };
    match draws.below(4) {
        0 => Query::Text(known[draws.below(4)].to_owned()),
        1 => Query::Text(own.common(draws)),
        2 => Query::and(vec![Query::Text(known[draws.below(3)].to_owned()), Query::Text(own.common(draws))]),
        _ => Query::not(Query::Text(known[draws.below(4)].to_owned())),
    }
}

struct Bench {
    zh: Lexicon,
    en: Lexicon,
    documents: Vec<Made>,
    /// Of each word, about how many of the documents hold it.
    frequencies: HashMap<String, usize>,
}

impl Bench {
    fn new() -> Self {
        let mut draws = Draws(7);
        let (zh, en) = (Lexicon::new("zh", &mut draws), Lexicon::new("en", &mut draws));
        let documents: Vec<Made> = (0..DOCUMENTS).map(|number| [&zh, &en][number % 2].document(&mut draws)).collect();
        let by_rank = |lexicon: &Lexicon| -> Vec<(String, usize)> {
            lexicon.words.iter().map(ToString::to_string).zip((1..).map(|rank| DOCUMENTS * 6 / rank)).collect()
        };
        let frequencies = by_rank(&zh).into_iter().chain(by_rank(&en)).collect();
        Self { zh, en, documents, frequencies }
    }

    /// The watches, of which one in `share` is common; none where that is 0.
    fn watches(&self, share: usize) -> impl Iterator<Item = (i64, Query)> {
        let mut draws = Draws(11);
        (0..WATCHES).map(move |number| {
            let (own, other) = if number % 2 == 0 { (&self.zh, &self.en) } else { (&self.en, &self.zh) };
            let is_common = share > 0 && draws.below(share) == 0;
            let query = if is_common { common_watch(own, &mut draws) } else { watch(own, other, &mut draws) };
            (number as i64, query)
        })
    }

    /// Matches documents on this thread: how long a document takes, and how many watches one meets.
    fn run(&self, matcher: &Matcher, count: usize) -> (Duration, f64) {
        let start = processor_time();
        let met: usize = self.documents.iter().take(count).map(|document| document.met(matcher)).sum();
        ((processor_time() - start) / count as u32, met as f64 / count as f64)
    }

    fn matcher(&self, share: usize) -> Matcher {
        let frequency = |text: &str| Some(self.frequencies.get(text).copied().unwrap_or(0));
        Matcher::with_frequencies(self.watches(share), &frequency).expect("they fit")
    }
}

fn shown(name: &str, each: Duration, met: f64, ours: Duration) {
    let (rate, ratio) = (1.0 / each.as_secs_f64(), each.as_secs_f64() / ours.as_secs_f64());
    println!("{name:<52} {rate:>9.0} {:>10.3} {met:>9.1} {ratio:>8.2}", each.as_secs_f64() * 1e3);
}

/// The median and the longest of the times that an edit took.
fn edits(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let micros = |at: usize| times[at].as_secs_f64() * 1e6;
    println!("{name:<52} median {:>7.1} µs, longest {:>7.1} µs", micros(times.len() / 2), micros(times.len() - 1));
}

fn timed(count: usize, mut edit: impl FnMut(usize)) -> Vec<Duration> {
    let time = |number| {
        let start = Instant::now();
        edit(number);
        start.elapsed()
    };
    (0..count).map(time).collect()
}

/// How long this thread has run on a processor: other programs do not count. The clock where the system does not say.
fn processor_time() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let read = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = read.split(' ').next().and_then(|number| number.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Megabytes that the process had resident at most so far, and now; 0 where the system does not say.
fn memory() -> [u64; 2] {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    ["VmHWM:", "VmRSS:"].map(|name| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(0) / 1_024
    })
}

fn main() {
    let bench = Bench::new();
    // Tables that are made at first use are not to be counted.
    bench.run(&Matcher::default(), FEW);
    let [before, _] = memory();
    let start = Instant::now();
    let mut matcher = bench.matcher(0);
    println!("{WATCHES} watches built in {:.2} s", start.elapsed().as_secs_f64());
    let (ours, met) = bench.run(&matcher, DOCUMENTS);
    let [peak, now] = memory();
    println!("resident: {peak} MB at most, {now} MB now; {before} MB of it the documents and words of this test\n");
    println!("{:<52} {:>9} {:>10} {:>9} {:>8}", "one thread", "docs/s", "ms/doc", "met/doc", "ratio");
    shown("anchors by known frequencies", ours, met, ours);
    change(&bench, &mut matcher);
    let (again, met) = bench.run(&matcher, DOCUMENTS);
    shown("after these changes", again, met, ours);
    drop(matcher);
    let guessing = Matcher::new(bench.watches(0)).expect("they fit");
    let (each, met) = bench.run(&guessing, DOCUMENTS);
    shown("anchors by length alone", each, met, ours);
    drop(guessing);
    let (each, met) = bench.run(&bench.matcher(100), DOCUMENTS);
    shown("1 in 100 watches is common", each, met, ours);
    let (each, met) = bench.run(&with_patterns(&bench), DOCUMENTS);
    shown("and 100 more ask for patterns of identifiers", each, met, ours);
    let (each, met) = bench.run(&Matcher::default(), DOCUMENTS);
    shown("no watch: reading the document", each, met, ours);
    slow_ways(&bench, ours);
    long_document(&bench);
}

/// A document as long as a book of laws.
fn long_document(bench: &Bench) {
    let sentences = bench.documents.iter().take(LONG / CHARACTERS).flat_map(|document| document.sentences.clone());
    let long = Made { facts: bench.documents[0].facts.clone(), sentences: sentences.collect() };
    let matcher = bench.matcher(100);
    let start = processor_time();
    let met = long.met(&matcher);
    let took = (processor_time() - start).as_secs_f64();
    println!("\na document of {LONG} characters, 1 in 100 watches common: {:.0} ms, meets {met}", took * 1e3);
}

/// Adds, replaces and removes watches.
fn change(bench: &Bench, matcher: &mut Matcher) {
    let fresh: Vec<Query> = bench.watches(0).map(|(_, query)| query).skip(1).take(EDITS).collect();
    let new = |number: usize| WATCHES as i64 + number as i64;
    println!();
    edits("add", timed(EDITS, |at| matcher.add(new(at), fresh[at].clone()).expect("it fits")));
    edits("replace", timed(EDITS, |at| matcher.add(at as i64 * 97, fresh[at].clone()).expect("it fits")));
    edits("remove", timed(EDITS, |at| matcher.remove(new(at))));
    // Of many watches with one anchor, the last added is found last.
    let crowd = Query::Text("拥挤的锚点".to_owned());
    edits("add one of 20,000 alike", timed(CROWD, |at| matcher.add(new(at), crowd.clone()).expect("it fits")));
    edits("remove one of 20,000 alike", timed(CROWD, |at| matcher.remove(new(CROWD - 1 - at))));
    println!();
}

fn with_patterns(bench: &Bench) -> Matcher {
    let mut matcher = bench.matcher(100);
    for number in 0..100 {
        let pattern = Pattern::new(&format!(r"gb\/t {number:03}\d\d-20")).expect("a pattern");
        let field = (number % 2 == 0).then_some(Field::Standard);
        matcher.add((WATCHES + number) as i64, Query::Identifier { field, pattern }).expect("it fits");
    }
    matcher
}

fn slow_ways(bench: &Bench, ours: Duration) {
    // An alternative that no document meets and that has no anchor takes the anchor of the whole.
    let never = || Query::Date(DateRange { from: 2, to: 1 });
    let naive = bench.watches(0).map(|(id, query)| (id, Query::Or(vec![query, never()])));
    let naive = Matcher::new(naive).expect("they fit");
    let (each, met) = bench.run(&naive, FEW);
    shown("each watch with each document", each, met, ours);
    drop(naive);
    let mut texts: Vec<String> = Vec::new();
    let mut rarest: Vec<String> = Vec::new();
    for (_, query) in bench.watches(0) {
        let atoms: Vec<String> = query.atoms().into_iter().map(normal_form).collect();
        let cost = |text: &&String| bench.frequencies.get(*text).copied().unwrap_or(0);
        match &query {
            Query::Or(_) => rarest.extend(atoms.iter().cloned()),
            _ => rarest.extend(atoms.iter().min_by_key(cost).cloned()),
        }
        texts.extend(atoms);
    }
    plain(bench, "plain automaton of all texts, nothing verified", texts, ours);
    plain(bench, "plain automaton of the rarest texts, nothing verified", rarest, ours);
}

/// Looks for texts with an automaton over bytes; what is found is counted once a document.
fn plain(bench: &Bench, name: &str, mut texts: Vec<String>, ours: Duration) {
    texts.sort_unstable();
    texts.dedup();
    let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::ContiguousNFA)).build(&texts);
    let automaton = automaton.expect("they fit");
    let look = |document: &Made| {
        let mut found: Vec<usize> = Vec::new();
        for text in std::iter::once(&document.facts.title).chain(&document.sentences) {
            let text = normal_form(text);
            found.extend(automaton.find_overlapping_iter(black_box(&text)).map(|hit| hit.pattern().as_usize()));
        }
        found.sort_unstable();
        found.dedup();
        found.len()
    };
    let count = DOCUMENTS / 4;
    let start = processor_time();
    let met: usize = bench.documents.iter().take(count).map(look).sum();
    let each = (processor_time() - start) / count as u32;
    shown(&format!("{name} ({} MB)", automaton.memory_usage() >> 20), each, met as f64 / count as f64, ours);
}
