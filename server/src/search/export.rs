//! The documents that a search finds as a file: a table, JSON, or for citing.
//!
//! Documents of one policy or standard are each by themselves here, with its number: a table has a row for each, and
//! whoever cites cites one of them.

use std::io::Write;

use corpus::facts::{DocumentKind, DocumentStatus};
use corpus::store::{Brief, Store};
use index::query::{Query, parse};
use serde::Serialize;

use super::cite::{Citation, bibtex, ris};
use super::passage::Shown;
use super::result::{issuers, title_translated};
use super::{HitPassage, Part, SearchRequest, widen};
use crate::Error;
use crate::data::Data;
use crate::derive::date_of_dates;
use crate::reading::other_side;
use crate::sheet::Sheet;

/// So many documents are exported at most.
pub const MOST_EXPORTED: usize = 1_000;

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// A table (RFC 4180), a row for each document.
    Csv,
    /// One JSON object: how many were found, and the documents.
    Json,
    /// A JSON object a line for each document.
    Jsonl,
    /// For citing: BibTeX.
    Bibtex,
    /// For citing: RIS.
    Ris,
}

impl ExportFormat {
    /// The format of a name as addresses and the command line have it.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "csv" => Self::Csv,
            "json" => Self::Json,
            "jsonl" => Self::Jsonl,
            "bibtex" => Self::Bibtex,
            "ris" => Self::Ris,
            _ => return None,
        })
    }

    /// How names of such files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Bibtex => "bib",
            Self::Ris => "ris",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Jsonl => "application/x-ndjson",
            Self::Bibtex => "application/x-bibtex; charset=utf-8",
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
        }
    }
}

/// What was exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// How many documents are in the file.
    pub documents: usize,
    /// How many were found.
    pub total: usize,
}

/// A document of the file.
#[derive(Clone, Debug, Serialize)]
struct Row {
    rank: usize,
    document: i64,
    name: String,
    title: String,
    title_translated: Option<String>,
    language: &'static str,
    kind: Option<&'static str>,
    status: Option<&'static str>,
    issuers: Vec<String>,
    number: Option<String>,
    standard: Option<String>,
    date: Option<String>,
    source: String,
    instrument: Option<i64>,
    relation: Option<&'static str>,
    score: f32,
    /// The page of the best passage, its text, and what it is aligned with.
    page: Option<u32>,
    passage: Option<String>,
    counterpart: Option<i64>,
    counterpart_page: Option<u32>,
    counterpart_passage: Option<String>,
}

const COLUMNS: [&str; 21] = [
    "rank",
    "document",
    "name",
    "title",
    "title_translated",
    "language",
    "kind",
    "status",
    "issuers",
    "number",
    "standard",
    "date",
    "source",
    "instrument",
    "relation",
    "score",
    "page",
    "passage",
    "counterpart",
    "counterpart_page",
    "counterpart_passage",
];

/// Writes the documents that a search finds, best first, up to its limit and [`MOST_EXPORTED`].
///
/// `spreadsheet` makes a table fit for one: a byte order mark first, and no text that is taken for a formula.
///
/// # Errors
/// When the store or the index cannot be read, or the output cannot be written.
pub fn export(
    data: &Data,
    request: &SearchRequest,
    format: ExportFormat,
    spreadsheet: bool,
    mut out: impl Write,
) -> Result<Exported, Error> {
    let (answer, query) = found(data, request)?;
    let exported = Exported { documents: answer.hits.len(), total: answer.total_documents };
    let hits = answer.hits.iter();
    let failed = |source| Error::Io { action: "write", path: "the export".into(), source };
    data.with_store(|store| {
        match format {
            ExportFormat::Csv => {
                let mut sheet = Sheet::new(&mut out, b',', spreadsheet)?;
                sheet.row(COLUMNS)?;
                for row in rows(store, &answer, query.as_ref())? {
                    sheet.row(cells(row))?;
                }
                sheet.finish()?;
            }
            ExportFormat::Json => {
                let documents = rows(store, &answer, query.as_ref())?;
                let whole = serde_json::json!({
                    "query": request.query,
                    "total": exported.total,
                    "cut": exported.documents < exported.total,
                    "documents": documents,
                });
                serde_json::to_writer_pretty(&mut out, &whole).map_err(|error| failed(error.into()))?;
                out.write_all(b"\n").map_err(failed)?;
            }
            ExportFormat::Jsonl => {
                for row in rows(store, &answer, query.as_ref())? {
                    serde_json::to_writer(&mut out, &row).map_err(|error| failed(error.into()))?;
                    out.write_all(b"\n").map_err(failed)?;
                }
            }
            ExportFormat::Bibtex | ExportFormat::Ris => {
                for hit in hits {
                    if let Some(entry) = cited(store, hit.document, format)? {
                        out.write_all(entry.as_bytes()).map_err(failed)?;
                    }
                }
            }
        }
        Ok(())
    })?;
    Ok(exported)
}

/// How a document is cited, in a format for that; `None` where there is no such document.
///
/// # Errors
/// When the store cannot be read, or the format is none for citing.
pub fn cite(data: &Data, document: i64, format: ExportFormat) -> Result<Option<String>, Error> {
    if !matches!(format, ExportFormat::Bibtex | ExportFormat::Ris) {
        return Err(Error::Input("a document is cited as BibTeX or RIS; use format=bibtex or ris".to_owned()));
    }
    data.with_store(|store| cited(store, document, format))
}

fn found(data: &Data, request: &SearchRequest) -> Result<(index::Answer, Option<Query>), Error> {
    let Some(literal) = parse(&request.query).query else { return Ok(Default::default()) };
    let query = if request.expand { widen(data, &literal, &request.without)?.0 } else { literal };
    let answer = data.index.search(&index::SearchRequest {
        query: Some(&query),
        filters: request.chosen.filters(),
        limit: request.limit.min(MOST_EXPORTED),
        sort: request.sort,
        ..index::SearchRequest::default()
    })?;
    Ok((answer, Some(query)))
}

fn cited(store: &Store, document: i64, format: ExportFormat) -> Result<Option<String>, Error> {
    let Some(brief) = store.brief(document)? else { return Ok(None) };
    let other = store.bitext_of(document)?.map(|bitext| other_side(&bitext, document));
    let citation = Citation::new(&brief, title_translated(store, &brief, other)?);
    Ok(Some(if format == ExportFormat::Ris { ris(&citation) } else { bibtex(&citation) + "\n" }))
}

fn rows(store: &Store, answer: &index::Answer, query: Option<&Query>) -> Result<Vec<Row>, Error> {
    let mut rows = Vec::with_capacity(answer.hits.len());
    for (index, hit) in answer.hits.iter().enumerate() {
        if let (Some(brief), Some(query)) = (store.brief(hit.document)?, query) {
            rows.push(row(store, index + 1, hit, brief, query)?);
        }
    }
    Ok(rows)
}

fn row(store: &Store, rank: usize, hit: &index::Hit, brief: Brief, query: &Query) -> Result<Row, Error> {
    let bitext = store.bitext_of(brief.id)?;
    let counterpart = bitext.as_ref().map(|bitext| other_side(bitext, brief.id));
    let title_translated = title_translated(store, &brief, counterpart)?;
    let best = hit.passages.get(..1).unwrap_or_default();
    let passages = Shown::new(store, query, brief.id, bitext).passages(best)?;
    let passage: Option<&HitPassage> = passages.first();
    let other = passage.and_then(|passage| passage.counterpart.as_ref());
    let facts = &brief.facts;
    Ok(Row {
        rank,
        document: brief.id,
        title: brief.display_title().to_owned(),
        title_translated,
        language: brief.language.code(),
        kind: facts.kind.map(DocumentKind::name),
        status: facts.status.map(DocumentStatus::name),
        issuers: issuers(&brief),
        number: facts.document_number.clone(),
        standard: facts.standard.as_ref().map(|record| record.number.clone()).filter(|number| !number.is_empty()),
        date: date_of_dates(&facts.dates),
        instrument: brief.member.map(|(instrument, _)| instrument),
        relation: brief.member.map(|(_, relation)| relation.name()),
        score: hit.score,
        page: passage.map(|passage| passage.page),
        passage: passage.map(|passage| plain(&passage.parts)),
        counterpart,
        counterpart_page: other.map(|other| other.page),
        counterpart_passage: other.map(|other| plain(&other.parts)),
        name: brief.name,
        source: brief.source,
    })
}

fn plain(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}

fn cells(row: Row) -> [String; 21] {
    let text = Option::<String>::unwrap_or_default;
    let name = |name: Option<&str>| name.unwrap_or_default().to_owned();
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    [
        row.rank.to_string(),
        row.document.to_string(),
        row.name,
        row.title,
        text(row.title_translated),
        row.language.to_owned(),
        name(row.kind),
        name(row.status),
        row.issuers.join("; "),
        text(row.number),
        text(row.standard),
        text(row.date),
        row.source,
        number(row.instrument),
        name(row.relation),
        row.score.to_string(),
        number(row.page.map(i64::from)),
        text(row.passage),
        number(row.counterpart),
        number(row.counterpart_page.map(i64::from)),
        text(row.counterpart_passage),
    ]
}
