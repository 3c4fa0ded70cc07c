//! `policyglot extract` and `policyglot inspect`: one file, read by a worker, printed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use corpus::document::{Extraction, ReadDocument, Warning};

use super::output;
use crate::intake::bytes_of;
use crate::workers::{Failure, Output, Pool, Request, Want};

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// A PDF or a text file
    file: PathBuf,
    /// The form of the output; pages of text are separated by form feeds
    #[arg(long, value_enum, default_value = "text")]
    format: ExtractFormat,
    /// Whether pages without readable text are read by an OCR engine; none is built in as yet
    #[arg(long, value_enum, default_value = "auto")]
    ocr: Ocr,
    /// Only these pages, such as 4,7-9
    #[arg(long, value_parser = PageSet::parse)]
    pages: Option<PageSet>,
    /// The password of an encrypted file
    #[arg(long)]
    password: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExtractFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Ocr {
    Auto,
    Never,
}

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// A PDF or a text file
    file: PathBuf,
    /// The form of the output
    #[arg(long, value_enum, default_value = "table")]
    format: super::ListFormat,
    /// The password of an encrypted file
    #[arg(long)]
    password: Option<String>,
}

/// Pages as they are given on the command line: ranges, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PageSet(Vec<(u32, u32)>);

impl PageSet {
    fn parse(text: &str) -> Result<Self, String> {
        let range = |part: &str| {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
            (from >= 1 && from <= to).then_some((from, to))
        };
        let ranges = text.split(',').map(range).collect::<Option<Vec<_>>>();
        ranges.map(Self).ok_or_else(|| format!("'{text}' names no pages; give numbers and ranges, such as 4,7-9"))
    }

    fn holds(&self, page: u32) -> bool {
        self.0.iter().any(|(from, to)| (*from..=*to).contains(&page))
    }
}

/// Exit status 0: text; 3: readable, but no text; 4: unreadable; 5: a password is needed.
pub(super) fn extract(args: &ExtractArgs) -> anyhow::Result<ExitCode> {
    let mut extraction = match read(&args.file, Want::Pages, args.password.clone())? {
        Ok(Output::Pages(extraction)) => extraction,
        Ok(_) => anyhow::bail!("the worker answered another question"),
        Err(failure) => return Ok(report(&args.file, &failure)),
    };
    if let Some(pages) = &args.pages {
        extraction.pages.retain(|page| pages.holds(page.number));
    }
    warn(&args.file, &extraction.warnings);
    match args.format {
        ExtractFormat::Text => output::data(&text_of(&extraction))?,
        ExtractFormat::Json => output::json(&extraction)?,
    }
    if extraction.has_text() {
        return Ok(ExitCode::SUCCESS);
    }
    let scans = extraction.pages.iter().filter(|page| page.needs_ocr()).count();
    let why = match scans {
        0 => "no text".to_owned(),
        _ => format!("no text: {scans} of {} pages are scans, which need an OCR engine", extraction.pages.len()),
    };
    output::message(&format!("{}: {why}", args.file.display()));
    Ok(ExitCode::from(3))
}

fn text_of(extraction: &Extraction) -> String {
    let pages = extraction.pages.iter().map(|page| {
        let mut text = page.text();
        if !text.is_empty() {
            text.push('\n');
        }
        text
    });
    if extraction.has_text() { pages.collect::<Vec<_>>().join("\u{c}") } else { String::new() }
}

pub(super) fn inspect(args: &InspectArgs) -> anyhow::Result<ExitCode> {
    let document = match read(&args.file, Want::Document, args.password.clone())? {
        Ok(Output::Document(document)) => document,
        Ok(_) => anyhow::bail!("the worker answered another question"),
        Err(failure) => return Ok(report(&args.file, &failure)),
    };
    warn(&args.file, &document.warnings);
    match args.format {
        super::ListFormat::Json => output::json(&document.facts)?,
        super::ListFormat::Table => output::data(&facts_table(&document))?,
    }
    Ok(if document.sentences.is_empty() { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

/// The facts as a person reads them: one fact a line, its kind before it.
fn facts_table(document: &ReadDocument) -> String {
    let facts = &document.facts;
    let mut rows: Vec<[String; 2]> = Vec::new();
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            rows.push([name.to_owned(), value]);
        }
    };
    row("language", document.language.code().to_owned());
    row("title", facts.title.clone().unwrap_or_default());
    row("title, translated", facts.title_translated.clone().unwrap_or_default());
    row("kind", facts.kind.map_or("", |kind| kind.name()).to_owned());
    row("document number", facts.document_number.clone().unwrap_or_default());
    for agency in &facts.issuers {
        row("issuer", agency_name(agency));
    }
    for agency in facts.agencies.iter().filter(|agency| !facts.issuers.contains(agency)) {
        row("agency", agency_name(agency));
    }
    for date in &facts.dates {
        row("date", format!("{} ({:?}, page {})", date.date, date.kind, date.page).to_lowercase());
    }
    for target in &facts.targets {
        let by = target.by.map_or(String::new(), |year| format!("by {year}: "));
        row("target", format!("{by}{} {} (page {})", amount(target), target.what, target.page));
    }
    row("standards", facts.standards.join(", "));
    row("committees", facts.committees.join(", "));
    for period in &facts.plan_periods {
        row("plan period", format!("{} ({}-{})", period.name, period.from, period.to));
    }
    for gloss in &facts.glosses {
        row("gloss", format!("{} = {} (page {})", gloss.zh, gloss.en, gloss.page));
    }
    for definition in &facts.definitions {
        let designations = [definition.zh.as_deref(), definition.en.as_deref()];
        let designations = designations.into_iter().flatten().collect::<Vec<_>>().join(" = ");
        row("definition", format!("{designations}: {} (page {})", definition.definition, definition.page));
    }
    for note in &facts.footnotes {
        row("footnote", format!("{} {} (page {})", note.mark, note.text, note.page));
    }
    for entry in &facts.outline {
        let indent = "  ".repeat(usize::from(entry.level.saturating_sub(1)));
        row("heading", format!("{indent}{} (page {})", entry.title, entry.page));
    }
    row("source", facts.source.clone().unwrap_or_default());
    row("source address", facts.source_urls.join(" "));
    row("translator", facts.translator.clone().unwrap_or_default());
    row("editor", facts.editor.clone().unwrap_or_default());
    output::table(["fact", "value"], rows)
}

fn agency_name(agency: &corpus::facts::Agency) -> String {
    let names = [agency.name_zh.as_deref(), agency.name_en.as_deref()];
    names.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn amount(target: &corpus::facts::Target) -> String {
    let unit = target.unit.as_deref().unwrap_or_default();
    match (target.min, target.max) {
        (Some(min), Some(max)) if (max - min).abs() < f64::EPSILON => format!("{min}{unit}"),
        (Some(min), Some(max)) => format!("{min} to {max}{unit}"),
        (Some(min), None) => format!("at least {min}{unit}"),
        (None, Some(max)) => format!("at most {max}{unit}"),
        (None, None) => String::new(),
    }
}

fn read(file: &Path, want: Want, password: Option<String>) -> anyhow::Result<Result<Output, Failure>> {
    // Looked at here first: a missing file or a folder needs no worker to be told apart.
    if let Err(failure) = bytes_of(file) {
        return Ok(Err(failure));
    }
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let path = std::path::absolute(file)?;
    let source = file.display().to_string();
    match Pool::of_this_program()?.read(&Request { path, name, source, want, password })? {
        Output::Failed(failure) => Ok(Err(failure)),
        output => Ok(Ok(output)),
    }
}

fn report(file: &Path, failure: &Failure) -> ExitCode {
    output::message(&format!("{}: {}", file.display(), failure.message));
    ExitCode::from(failure.exit_status())
}

fn warn(file: &Path, warnings: &[Warning]) {
    for warning in warnings {
        let page = warning.page.map_or(String::new(), |page| format!("page {page}: "));
        output::message(&format!("{}: {page}{}", file.display(), warning.message));
    }
}

#[cfg(test)]
mod tests {
    use super::PageSet;

    #[track_caller]
    fn check(text: &str, expected: Option<&[u32]>) {
        let pages = PageSet::parse(text).ok().map(|set| (1..=12).filter(|page| set.holds(*page)).collect::<Vec<_>>());
        assert_eq!(pages.as_deref(), expected, "{text}");
    }

    #[test]
    fn pages_are_numbers_and_ranges() {
        check("4", Some(&[4]));
        check("4,7-9", Some(&[4, 7, 8, 9]));
        check(" 2 - 3 ", Some(&[2, 3]));
        check("0", None);
        check("9-7", None);
        check("", None);
        check("four", None);
    }
}
