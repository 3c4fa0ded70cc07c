//! `policyglot inspect`: what one document says of itself.

use std::process::ExitCode;

use clap::Args;
use corpus::document::ReadDocument;

use super::one_file::{FileArgs, OneFile};
use super::output;
use crate::workers::{OcrPages, Output, Want};

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    #[command(flatten)]
    file: FileArgs,
    /// The form of the output
    #[arg(long, value_enum, default_value = "table")]
    format: super::ListFormat,
}

pub(super) fn inspect(args: &InspectArgs) -> anyhow::Result<ExitCode> {
    let file = match OneFile::open(&args.file)? {
        Ok(file) => file,
        Err(failed) => return Ok(failed),
    };
    let mut document = match file.ask(Want::Document(OcrPages::default()))? {
        Ok(Output::Document(document)) => document,
        other => return file.failed(other),
    };
    let always = file.always();
    let waiting = if always { (1..=document.page_count).collect() } else { waiting(&document) };
    let pages = file.read_pages(&waiting)?;
    if !pages.is_empty() {
        document = match file.ask(Want::Document(OcrPages { pages, always }))? {
            Ok(Output::Document(document)) => document,
            other => return file.failed(other),
        };
    }
    file.warn(&document.warnings);
    file.say_what_waits(self::waiting(&document).len(), document.page_count as usize, !document.sentences.is_empty());
    match args.format {
        super::ListFormat::Json => output::json(&document.facts)?,
        super::ListFormat::Table => output::data(&facts_table(&document))?,
    }
    Ok(if document.sentences.is_empty() { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

/// The pages that wait for an OCR engine.
fn waiting(document: &ReadDocument) -> Vec<u32> {
    let waiting = document.readings.iter().filter(|reading| reading.source.needs_ocr());
    waiting.map(|reading| reading.page).collect()
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
