//! `policyglot search`: one query for a person or a program, or a batch for judging the ranking.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Deserialize;

use super::{DataFolder, output};
use crate::data::Data;
use crate::search::{Part, SearchPage, SearchRequest, rank, search as answer};

#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// Words, "phrases", AND OR NOT, field:value, prefix*
    #[arg(required_unless_present = "batch")]
    query: Option<String>,
    /// A file of queries, one JSON object a line: id, q
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    batch: Option<PathBuf>,
    #[command(flatten)]
    data: DataFolder,
    /// How many documents
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Only documents in this language (zh or en)
    #[arg(long)]
    language: Option<String>,
    /// Do not search for renderings in the other language
    #[arg(long)]
    literal: bool,
    /// The form of the output
    #[arg(long, value_enum, default_value = "table")]
    format: SearchFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SearchFormat {
    Table,
    Json,
    /// Run lines as TREC's tools read them: query Q0 document rank score tag
    Trec,
}

#[derive(Debug, Deserialize)]
struct BatchQuery {
    id: String,
    q: String,
}

/// Exit status 0: found; 1: nothing found.
pub(super) fn search(args: &SearchArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    if let Some(path) = &args.batch {
        return batch(&data, path, args);
    }
    let query = args.query.clone().unwrap_or_default();
    if args.format == SearchFormat::Trec {
        output::data(&run_lines(&data, "1", &query, args.limit)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let request = SearchRequest {
        query,
        expand: !args.literal,
        language: args.language.clone(),
        limit: args.limit,
        ..SearchRequest::default()
    };
    let page = answer(&data, &request)?;
    match args.format {
        SearchFormat::Json => output::json(&page)?,
        _ => output::data(&legible(&page))?,
    }
    Ok(if page.hits.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

fn batch(data: &Data, path: &Path, args: &SearchArgs) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(args.format == SearchFormat::Trec, "--batch prints run lines; add --format trec");
    let failed = |error| anyhow::anyhow!("{}: cannot be opened: {error}", path.display());
    let mut lines = String::new();
    for (index, line) in BufReader::new(std::fs::File::open(path).map_err(failed)?).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let query: BatchQuery = serde_json::from_str(&line)
            .map_err(|error| anyhow::anyhow!("{}:{}: not a query: {error}", path.display(), index + 1))?;
        lines.push_str(&run_lines(data, &query.id, &query.q, args.limit)?);
    }
    output::data(&lines)?;
    Ok(ExitCode::SUCCESS)
}

fn run_lines(data: &Data, id: &str, query: &str, limit: usize) -> anyhow::Result<String> {
    let mut lines = String::new();
    for (index, (name, score)) in rank(data, query, limit)?.into_iter().enumerate() {
        // A run line is split at white space, which a file's name may hold. Writing to a string cannot fail.
        let name = name.replace(char::is_whitespace, "_");
        let _ = writeln!(lines, "{id} Q0 {name} {} {score} policyglot", index + 1);
    }
    Ok(lines)
}

/// The answer as a person reads it: a document, its place, its passages with what was met in brackets.
fn legible(page: &SearchPage) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    for note in &page.notes {
        let _ = writeln!(text, "note: {note}");
    }
    for also in &page.also_searched {
        let _ = writeln!(text, "also searched for {}: {}", also.term, also.renderings.join(", "));
    }
    let _ = writeln!(text, "{} documents", page.total);
    for hit in &page.hits {
        let date = hit.date.as_deref().unwrap_or("undated");
        let _ = writeln!(text, "\n{} [{}] {} ({date}, document {})", hit.title, hit.language, hit.name, hit.document);
        for passage in &hit.passages {
            let _ = writeln!(text, "  {}: {}", place(passage.page, passage.ocr), marked(&passage.parts));
            if let Some(other) = &passage.counterpart {
                let _ = writeln!(text, "    = {}: {}", place(other.page, other.ocr), marked(&other.parts));
            }
        }
    }
    text
}

fn place(number: u32, ocr: bool) -> String {
    if ocr { format!("page {number} (OCR)") } else { format!("page {number}") }
}

fn marked(parts: &[Part]) -> String {
    parts.iter().map(|part| if part.marked { format!("[{}]", part.text) } else { part.text.clone() }).collect()
}
