//! Measures ranked retrieval and its speed on lines of JSON.
//!
//! ```text
//! retrieval FOLDER paras.jsonl              index the paragraphs: {"id", "text", "title"?}
//! retrieval FOLDER queries.jsonl LIMIT      answer questions {"id", "q"} with TREC run lines
//! ```

#![expect(clippy::print_stderr, reason = "the measurements are for the person at the terminal")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::time::Instant;

use index::query::parse;
use index::{DocumentFacts, Index, Passage, PassageDocument, SearchRequest};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [folder, paragraphs] => ingest(Path::new(folder), paragraphs),
        [folder, queries, limit] => answer(Path::new(folder), queries, limit.parse()?),
        _ => Err("usage: retrieval FOLDER FILE [LIMIT]".into()),
    }
}

fn lines(file: &str) -> Result<Vec<serde_json::Value>, Failure> {
    let reader = BufReader::new(std::fs::File::open(file)?);
    reader.lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}

fn text(line: &serde_json::Value, field: &str) -> String {
    line[field].as_str().unwrap_or_default().to_owned()
}

/// The paragraphs of a text, as blocks.
fn passages(text: &str) -> Vec<Passage> {
    let paragraphs = text.split('\n').filter(|paragraph| !paragraph.trim().is_empty());
    paragraphs.enumerate().map(|(block, text)| Passage { block, page: 1, text: text.to_owned() }).collect()
}

fn ingest(folder: &Path, file: &str) -> Result<(), Failure> {
    let begun = Instant::now();
    let index = Index::create(&folder.join("index"))?;
    let mut writer = index.writer()?;
    let lines = lines(file)?;
    let mut names = String::new();
    for (id, line) in (0_i64..).zip(&lines) {
        names.push_str(&text(line, "id"));
        names.push('\n');
        let facts = DocumentFacts { title: text(line, "title"), ..DocumentFacts::default() };
        writer.add(&PassageDocument { id, facts, passages: passages(&text(line, "text")) })?;
    }
    writer.commit()?;
    writer.finish()?;
    index.complete()?;
    std::fs::write(folder.join("names"), names)?;
    eprintln!("{} documents in {:.2?}", lines.len(), begun.elapsed());
    Ok(())
}

fn answer(folder: &Path, file: &str, limit: usize) -> Result<(), Failure> {
    let names: Vec<String> = std::fs::read_to_string(folder.join("names"))?.lines().map(str::to_owned).collect();
    let index = Index::open(&folder.join("index"))?;
    let queries = lines(file)?;
    let mut out = std::io::stdout().lock();
    let mut times = Vec::new();
    let mut totals = 0;
    for line in &queries {
        let begun = Instant::now();
        let query = parse(&text(line, "q")).query;
        let request = SearchRequest { query: query.as_ref(), limit, ..SearchRequest::default() };
        let answer = index.search(&request)?;
        times.push(begun.elapsed());
        totals += answer.total_documents;
        for (rank, hit) in (1..).zip(&answer.hits) {
            let name = usize::try_from(hit.document).ok().and_then(|number| names.get(number));
            writeln!(out, "{} Q0 {} {rank} {} index", text(line, "id"), name.map_or("?", |name| name), hit.score)?;
        }
    }
    times.sort();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let total: std::time::Duration = times.iter().sum();
    eprintln!(
        "{} queries, {totals} found, in {total:.2?}; median {:.2?}, 99 of 100 under {:.2?}",
        times.len(),
        at(50),
        at(99)
    );
    Ok(())
}
