//! Measures the termbase in the store on concepts made up for it: `cargo run --release -p corpus --example termbase --
//! FOLDER [BITEXTS]`. Each bitext brings a hundred concepts of its own and fifty pairs that others have as well.

use std::path::PathBuf;
use std::time::Instant;

use corpus::bitext::PairedBy;
use corpus::document::{DocumentHash, Language, ReadDocument, TextState};
use corpus::edit::Deed;
use corpus::facts::Facts;
use corpus::store::{Added, Origin, QueueFilter, Store};
use corpus::term::{Concept, EvidenceKind, Sighting, Status, Term, TermPair};

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

const NOW: &str = "2026-11-22T08:00:00Z";

fn main() -> Fallible<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("name an empty folder")?);
    let bitexts: usize = arguments.next().map_or(Ok(1000), |count| count.parse())?;
    let mut store = Store::open(&folder)?;
    if store.termbase_version()? <= 1 {
        fill(&mut store, bitexts)?;
    }
    measure(&mut store)
}

/// Two Han characters for every number below a million or so, and a third that tells the kind.
fn zh(number: usize) -> String {
    let han = |at: usize| u32::try_from(0x4e00 + at % 1000).ok().and_then(char::from_u32).unwrap_or('术');
    [han(number), han(number / 1000 + 37), '术', '语'].iter().collect()
}

fn pair(number: usize, rendering: usize) -> TermPair {
    let seen =
        |sentence| Sighting { kind: EvidenceKind::Bead, zh_sentence: Some(sentence), en_sentence: Some(sentence) };
    TermPair {
        confidence: 0.3 + (number % 60) as f32 / 100.0,
        sightings: (0..1 + number % 4).map(seen).collect(),
        zh: zh(number),
        en: format!("made term {number} of kind {rendering}"),
        definition: None,
        definition_source: None,
    }
}

fn document(name: String, language: Language) -> ReadDocument {
    ReadDocument {
        hash: DocumentHash::of(name.as_bytes()),
        source: name.clone(),
        name,
        language,
        state: TextState::Text,
        page_count: 1,
        sentences: Vec::new(),
        blocks: Vec::new(),
        readings: Vec::new(),
        facts: Facts::default(),
        warnings: Vec::new(),
    }
}

fn fill(store: &mut Store, bitexts: usize) -> Fallible<()> {
    let mut made = Vec::new();
    for number in 0..bitexts {
        let sides = [document(format!("zh{number}"), Language::Zh), document(format!("en{number}"), Language::En)];
        let [Added::New(zh), Added::New(en)] = store.add_documents(&sides, true, NOW)?[..] else { continue };
        made.push(store.put_bitext(zh, en, PairedBy::Content, 1.0, &[])?);
    }
    let start = Instant::now();
    for (at, bitext) in made.iter().enumerate() {
        let own = (0..100).map(|number| pair(at * 100 + number, 0));
        let shared = (0..50).map(|number| pair((at * 31 + number * 997) % (bitexts * 100), 1));
        store.put_mined_terms(Origin::Bitext(*bitext), &own.chain(shared).collect::<Vec<_>>())?;
    }
    tell(&format!("keep what was mined of {bitexts} bitexts"), start);
    let start = Instant::now();
    store.settle_candidates()?;
    tell("settle the candidates", start);
    Ok(())
}

fn measure(store: &mut Store) -> Fallible<()> {
    let start = Instant::now();
    let all = store.listed_terms(None)?;
    tell(&format!("list all {} designations", all.terms.len()), start);
    let waiting = store.review_queue(&QueueFilter::default(), 1000, 0)?;
    let start = Instant::now();
    for pair in waiting.iter().take(100) {
        let deed = Deed::SetStatus { terms: vec![pair.zh.id, pair.en.id], status: Status::Preferred };
        store.edit(&deed, "example", NOW)?;
    }
    tell("decide on 100 pairs", start);
    let start = Instant::now();
    let changed = store.listed_terms(Some(all.version))?;
    tell(&format!("list the {} designations that changed", changed.terms.len()), start);
    for (name, filter) in [
        ("by confidence", QueueFilter::default()),
        ("with a text", QueueFilter { text: Some("term 77".to_owned()), ..QueueFilter::default() }),
        ("in a document", QueueFilter { document: Some(7), ..QueueFilter::default() }),
    ] {
        let start = Instant::now();
        store.review_queue(&filter, 50, 0)?;
        tell(&format!("first page of the queue {name}"), start);
        let start = Instant::now();
        let counts = store.queue_counts(&filter, NOW)?;
        tell(&format!("count the {} that wait {name}", counts.waiting), start);
    }
    let start = Instant::now();
    store.review_queue(&QueueFilter::default(), 50, 50_000)?;
    tell("a page of the queue after 50,000", start);
    let start = Instant::now();
    store.history(None, None, 50)?;
    tell("the last 50 edits", start);
    let concept = changed.terms.first().map(|term| term.concept);
    let start = Instant::now();
    store.history(concept, None, 50)?;
    tell("a concept's history", start);
    let start = Instant::now();
    let count = store.concept_ids()?.len();
    tell(&format!("the numbers of {count} concepts"), start);
    let start = Instant::now();
    store.concepts(50, 0)?;
    tell("the 50 concepts seen most often", start);
    let mut create = Vec::new();
    for number in 0..1000 {
        let terms = vec![
            Term::new(format!("导入术语{number}"), Language::Zh, Status::Preferred),
            Term::new(format!("imported term {number}"), Language::En, Status::Preferred),
        ];
        create.push(Deed::Create { concept: Concept { terms, ..Concept::default() } });
    }
    let start = Instant::now();
    let edits = store.edit_all(&create, "example", NOW)?;
    tell("import 1,000 concepts", start);
    let start = Instant::now();
    store.undo_batch(edits.first().map_or(0, |edit| edit.batch), "example", NOW)?;
    tell("take that import back", start);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example tells what it measured")]
fn tell(what: &str, start: Instant) {
    println!("{:>10.2} ms  {what}", start.elapsed().as_secs_f64() * 1e3);
}
