//! `policyglot inspect`: what one document says of itself, for a person or as JSON by a published schema.

mod person;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use corpus::document::{Block, BlockKind, Language, ReadDocument, Rect};
use corpus::facts::Facts;
use corpus::place::sentence_boxes;
use corpus::topic::TopicClass;
use ingest::topics::{built_in, classes};
use schemars::JsonSchema;
use serde::Serialize;

use super::one_file::{OneFile, ReadArgs};
use super::output;
use crate::derive::taxonomy_of;
use crate::workers::{OcrPages, Output, Want};

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    /// A PDF, a DOCX, a text file, Markdown or a saved web page
    #[arg(required_unless_present = "schema")]
    file: Option<PathBuf>,
    #[command(flatten)]
    reading: ReadArgs,
    /// The form of the output
    #[arg(long, value_enum, default_value = "table")]
    format: super::ListFormat,
    /// With all blocks and sentences, their pages, boxes and languages; in JSON only
    #[arg(long)]
    text: bool,
    /// A file of topics to class it by, in place of the topics that the program comes with
    #[arg(long, value_name = "FILE")]
    topics: Option<PathBuf>,
    /// Print the JSON Schema of the JSON form, and read nothing
    #[arg(long)]
    schema: bool,
}

/// What `inspect --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Policyglot inspection", description = "What one document says of itself.")]
struct Inspection<'a> {
    /// The name of the file.
    name: &'a str,
    /// SHA-256 of its bytes, in hexadecimal.
    sha256: &'a str,
    /// How many pages it has; 1 for plain text.
    page_count: u32,
    #[serde(flatten)]
    facts: &'a Facts,
    /// The topics that it is classed under, with what speaks for each.
    topics: Vec<TopicClass>,
    /// The blocks in reading order; with `--text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<&'a [Block]>,
    /// The sentences in reading order; with `--text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentences: Option<Vec<InspectedSentence<'a>>>,
}

/// A sentence, and where it stands.
#[derive(Serialize, JsonSchema)]
struct InspectedSentence<'a> {
    /// The text.
    text: &'a str,
    /// Its language.
    language: Language,
    /// The index of its block, from 0.
    block: usize,
    /// What its block is.
    kind: BlockKind,
    /// Where it stands: each line, or part of a line, that it takes.
    places: Vec<InspectedPlace>,
}

/// A line, or part of a line, of a sentence.
#[derive(Serialize, JsonSchema)]
struct InspectedPlace {
    /// The page, counted from 1.
    page: u32,
    /// Where on the page.
    #[serde(rename = "box")]
    bbox: Rect,
}

pub(super) fn inspect(args: &InspectArgs) -> anyhow::Result<ExitCode> {
    let Some(path) = args.file.as_ref().filter(|_| !args.schema) else {
        output::json(&schemars::schema_for!(Inspection<'_>))?;
        return Ok(ExitCode::SUCCESS);
    };
    let taxonomy = match &args.topics {
        Some(file) => taxonomy_of(file)?.taxonomy,
        None => built_in().clone(),
    };
    let file = match OneFile::open(path, &args.reading)? {
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
    let topics = classes(&document, &taxonomy);
    file.warn(&document.warnings);
    file.say_what_waits(self::waiting(&document).len(), document.page_count as usize, !document.sentences.is_empty());
    match args.format {
        super::ListFormat::Json => output::json(&inspection(&document, topics, args.text))?,
        super::ListFormat::Table => output::data(&person::told(&document, &topics, &taxonomy))?,
    }
    Ok(if document.sentences.is_empty() { ExitCode::from(3) } else { ExitCode::SUCCESS })
}

/// The pages that wait for an OCR engine.
fn waiting(document: &ReadDocument) -> Vec<u32> {
    let waiting = document.readings.iter().filter(|reading| reading.source.needs_ocr());
    waiting.map(|reading| reading.page).collect()
}

fn inspection(document: &ReadDocument, topics: Vec<TopicClass>, text: bool) -> Inspection<'_> {
    Inspection {
        name: &document.name,
        sha256: &document.hash.0,
        page_count: document.page_count,
        facts: &document.facts,
        topics,
        blocks: text.then_some(&document.blocks),
        sentences: text.then(|| sentences(document)),
    }
}

fn sentences(document: &ReadDocument) -> Vec<InspectedSentence<'_>> {
    let placed = document.sentences.iter().filter_map(|sentence| {
        let block = document.blocks.get(sentence.block)?;
        let places = sentence_boxes(block, sentence.start, sentence.end).into_iter();
        Some(InspectedSentence {
            text: &sentence.text,
            language: sentence.language,
            block: sentence.block,
            kind: block.kind,
            places: places.map(|(page, bbox)| InspectedPlace { page, bbox }).collect(),
        })
    });
    placed.collect()
}
