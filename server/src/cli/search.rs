//! `policyglot search`: one query for a person or a program, or a batch for judging the ranking.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use index::Sort;
use index::query::DateRange;
use serde::Deserialize;

use super::{DataFolder, output};
use crate::data::Data;
use crate::search::{
    Chosen, ExportFormat, Hit, HitPassage, Meant, Part, SearchPage, SearchRequest, rank, search as answer,
};

/// The query language in short, for the long help.
const LANGUAGE: &str = "\
How to write a query (nothing is an error; --explain says how it was read):
  算力调度 standards       the best matches; English words in any of their forms
  \"数据要素\"               exactly this; \"open standardi*\" ends in a word that begins so
  standardi*               words that begin so
  a AND b, a OR b, -c      all, any, without; NOT c; parentheses; 与 或 非 between spaces
  a NEAR/5 b               at most five words or characters apart; (a OR b) NEAR/5 c
  title: issuer: number: standard: committee: kind: status: topic: lang: name:
                           facts of a document; issuer:(MIIT OR CAC); -kind:news
  date:2025, date:2025-06.., date:2024年6月..2026
                           its date
  /gb\\/t 418\\d+/           identifiers that look so, anywhere in them; ^ and $ tie the ends;
                           number:/.../ standard:/.../ committee:/.../ among these facts only";

#[derive(Debug, Args)]
#[command(after_long_help = LANGUAGE)]
pub(super) struct SearchArgs {
    /// Words, "phrases", AND OR NOT, field:value, prefix*, /identifier/; --help says more
    #[arg(required_unless_present = "batch")]
    query: Option<String>,
    /// A file of queries, one JSON object a line: id, q
    #[arg(long, value_name = "FILE", conflicts_with = "query")]
    batch: Option<PathBuf>,
    #[command(flatten)]
    data: DataFolder,
    /// How many results, or documents of a file (1,000 at most)
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Only documents in this language (zh or en)
    #[arg(long)]
    language: Option<String>,
    /// Only documents of these kinds (notice, plan, standard, ...)
    #[arg(long, value_delimiter = ',')]
    kind: Vec<String>,
    /// Only documents that these agencies issued (MIIT, ...)
    #[arg(long)]
    issuer: Vec<String>,
    /// Only documents that have come so far (draft, trial, final, repealed)
    #[arg(long, value_delimiter = ',')]
    status: Vec<String>,
    /// Only documents of these dates: 2024, 2023-06..2025
    #[arg(long, value_parser = dates)]
    date: Option<DateRange>,
    /// The order
    #[arg(long, value_enum, default_value = "relevance")]
    sort: Order,
    /// Show each document by itself, those of one policy or standard too
    #[arg(long)]
    ungrouped: bool,
    /// Do not search for renderings in the other language
    #[arg(long)]
    literal: bool,
    /// Do not search for this rendering; may be given several times
    #[arg(long, value_name = "RENDERING", conflicts_with = "literal")]
    without: Vec<String>,
    /// Say how the query was read
    #[arg(long)]
    explain: bool,
    /// The form of the output
    #[arg(long, value_enum, default_value = "table")]
    format: SearchFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The best first
    Relevance,
    /// The best first, the newer of two that are about as good
    Recency,
    /// The newest first
    Newest,
    /// The oldest first
    Oldest,
}

impl Order {
    fn sort(self) -> Sort {
        match self {
            Self::Relevance => Sort::Relevance,
            Self::Recency => Sort::Recency,
            Self::Newest => Sort::Newest,
            Self::Oldest => Sort::Oldest,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SearchFormat {
    Table,
    /// The answer as the API gives it
    Json,
    /// A table for programs and spreadsheets, a row for each document
    Csv,
    /// A JSON object a line for each document
    Jsonl,
    /// For citing
    Bibtex,
    /// For citing
    Ris,
    /// Run lines as TREC's tools read them: query Q0 document rank score tag
    Trec,
}

impl SearchFormat {
    /// The form of a file of documents, where it is one.
    fn export(self) -> Option<ExportFormat> {
        match self {
            Self::Csv => Some(ExportFormat::Csv),
            Self::Jsonl => Some(ExportFormat::Jsonl),
            Self::Bibtex => Some(ExportFormat::Bibtex),
            Self::Ris => Some(ExportFormat::Ris),
            Self::Table | Self::Json | Self::Trec => None,
        }
    }
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
    let request = request(args);
    if args.format == SearchFormat::Trec {
        output::data(&run_lines(&data, "1", &request.query, args.limit)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(format) = args.format.export() {
        return export(&data, &request, format);
    }
    let page = answer(&data, &request)?;
    meant(&page.did_you_mean);
    match args.format {
        SearchFormat::Json => output::json(&page)?,
        _ => output::data(&legible(&page, args.explain))?,
    }
    Ok(if page.hits.is_empty() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Says what may have been meant, beside the answer.
fn meant(meant: &Meant) {
    for correction in meant.corrections.iter().chain(&meant.unquoted) {
        output::message(&format!("did you mean {}? ({} documents)", correction.query, correction.documents));
    }
    for other in &meant.unfiltered {
        output::message(&format!("without the filter {}: {} documents", other.filter, other.documents));
    }
}

fn request(args: &SearchArgs) -> SearchRequest {
    SearchRequest {
        query: args.query.clone().unwrap_or_default(),
        expand: !args.literal,
        without: args.without.clone(),
        chosen: Chosen {
            languages: args.language.iter().cloned().collect(),
            kinds: args.kind.clone(),
            issuers: args.issuer.clone(),
            statuses: args.status.clone(),
            date: args.date,
            ..Chosen::default()
        },
        group: !args.ungrouped,
        sort: args.sort.sort(),
        limit: args.limit,
        ..SearchRequest::default()
    }
}

fn dates(text: &str) -> Result<DateRange, String> {
    DateRange::parse(text).ok_or_else(|| "no date; write 2024, 2024-06, 2024-06-05 or 2023..2025".to_owned())
}

fn export(data: &Data, request: &SearchRequest, format: ExportFormat) -> anyhow::Result<ExitCode> {
    let mut file = Vec::new();
    let exported = crate::search::export(data, request, format, false, &mut file)?;
    output::data(&String::from_utf8_lossy(&file))?;
    if exported.documents < exported.total {
        output::message(&format!("{} of {} documents; more with --limit", exported.documents, exported.total));
    }
    Ok(if exported.documents == 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
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

/// The answer as a person reads it: a document, its place, its passages with what was met in brackets, then the others
/// of the same policy or standard.
fn legible(page: &SearchPage, explain: bool) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    if explain {
        let _ = writeln!(text, "read as: {}\nquery: {}", page.reading.text, page.reading.canonical);
    }
    for note in &page.notes {
        let _ = writeln!(text, "note: {note}");
    }
    for also in &page.also_searched {
        let renderings: Vec<&str> = also.renderings.iter().map(|rendering| rendering.text.as_str()).collect();
        if !renderings.is_empty() {
            let _ = writeln!(text, "also searched for {}: {}", also.term, renderings.join(", "));
        }
    }
    match (page.results, page.total) {
        (results, total) if results == total => _ = writeln!(text, "{total} documents"),
        (results, total) => _ = writeln!(text, "{results} policies and standards in {total} documents"),
    }
    for hit in &page.hits {
        let _ = writeln!(text, "\n{}", heading(hit));
        if let Some(translated) = &hit.title_translated {
            let _ = writeln!(text, "  {translated}");
        }
        hit.passages.iter().for_each(|passage| put(passage, &mut text));
        for other in &hit.others {
            let relation = other.relation.as_deref().unwrap_or("document").replace('_', " ");
            let _ = writeln!(text, "  + {relation}: {}", heading(other));
        }
    }
    text
}

fn heading(hit: &Hit) -> String {
    let date = hit.date.as_deref().unwrap_or("undated");
    format!("{} [{}] {} ({date}, document {})", hit.title, hit.language, hit.name, hit.document)
}

fn put(passage: &HitPassage, text: &mut String) {
    let _ = writeln!(text, "  {}: {}", place(passage.page, passage.ocr), marked(&passage.parts));
    if let Some(other) = &passage.counterpart {
        let _ = writeln!(text, "    = {}: {}", place(other.page, other.ocr), marked(&other.parts));
    }
}

fn place(number: u32, ocr: bool) -> String {
    if ocr { format!("page {number} (OCR)") } else { format!("page {number}") }
}

fn marked(parts: &[Part]) -> String {
    parts.iter().map(|part| if part.marked { format!("[{}]", part.text) } else { part.text.clone() }).collect()
}
