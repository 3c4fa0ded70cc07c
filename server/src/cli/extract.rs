//! `policyglot extract`: the text of one file, printed.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use corpus::document::{Extraction, Page, Warning};
use ingest::layout::{Reading, markdown};
use serde::Serialize;

use super::one_file::{OneFile, ReadArgs};
use super::output;
use crate::workers::{OcrPages, Output, Want};

#[derive(Debug, Args)]
pub(super) struct ExtractArgs {
    /// A PDF, a DOCX, a text file, Markdown or a saved web page
    file: PathBuf,
    #[command(flatten)]
    reading: ReadArgs,
    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    format: ExtractFormat,
    /// Only these pages, such as 4,7-9
    #[arg(long, value_parser = PageSet::parse)]
    pages: Option<PageSet>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExtractFormat {
    /// Lines as they stand, pages separated by form feeds
    Text,
    /// Pages with lines and boxes, blocks, running text and notes
    Json,
    /// The running text with headings, lists, tables and notes
    Markdown,
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
    let file = match OneFile::open(&args.file, &args.reading)? {
        Ok(file) => file,
        Err(failed) => return Ok(failed),
    };
    let mut extraction = match file.ask(Want::Pages)? {
        Ok(Output::Pages(extraction)) => extraction,
        other => return file.failed(other),
    };
    let is_asked = |page: u32| args.pages.as_ref().is_none_or(|pages| pages.holds(page));
    let always = file.always();
    let waits = |page: &&Page| is_asked(page.number) && (page.needs_ocr() || always);
    let waiting: Vec<u32> = extraction.pages.iter().filter(waits).map(|page| page.number).collect();
    let read = OcrPages { pages: file.read_pages(&waiting)?, always };
    extraction.put_pages(&read.pages, always);
    let reading = match args.format {
        ExtractFormat::Text => None,
        ExtractFormat::Json | ExtractFormat::Markdown => match file.ask(Want::Reading(read))? {
            Ok(Output::Reading(mut reading)) => {
                reading.keep_pages(is_asked);
                Some(reading)
            }
            other => return file.failed(other),
        },
    };
    extraction.pages.retain(|page| is_asked(page.number));
    extraction.warnings.retain(|warning| warning.page.is_none_or(is_asked));
    file.warn(&extraction.warnings);
    print(args.format, &extraction, reading.as_deref())?;
    let waiting = extraction.pages.iter().filter(|page| page.needs_ocr()).count();
    file.say_what_waits(waiting, extraction.pages.len(), extraction.has_text());
    Ok(if extraction.has_text() { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

/// A reading as JSON, with what is known besides.
#[derive(Serialize)]
struct Printed<'a> {
    title_hint: Option<&'a str>,
    #[serde(flatten)]
    reading: &'a Reading,
    warnings: &'a [Warning],
}

fn print(format: ExtractFormat, extraction: &Extraction, reading: Option<&Reading>) -> anyhow::Result<()> {
    let Some(reading) = reading else { return Ok(output::data(&text_of(extraction))?) };
    if format == ExtractFormat::Markdown {
        return Ok(output::data(&markdown(&reading.blocks, &reading.notes))?);
    }
    let title_hint = extraction.title_hint.as_deref();
    output::json(&Printed { title_hint, reading, warnings: &extraction.warnings })
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
