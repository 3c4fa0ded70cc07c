//! `policyglot ingest`: files and folders into the corpus, with a summary and a line for each file that failed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{DataFolder, output};
use crate::data::Data;
use crate::derive::{self, Derived};
use crate::intake::{self, Progress, Report};
use crate::workers::Pool;

#[derive(Debug, Args)]
pub(super) struct IngestArgs {
    /// Files and folders
    #[arg(required_unless_present = "jsonl")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    data: DataFolder,
    /// A file of records, one JSON object a line: id, text, and title, language, url, date where known
    #[arg(long, value_name = "FILE")]
    jsonl: Option<PathBuf>,
    /// A manifest that says which files are language versions of one instrument
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Make no alerts: for archives
    #[arg(long)]
    quiet: bool,
}

pub(super) fn ingest(args: &IngestArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let _lock = data.lock_for_writing()?;
    let mut report = Report::default();
    if let Some(path) = &args.jsonl {
        report = intake::ingest_records(&data, path, args.quiet, &|_| {})?;
    }
    let files = run(&data, &args.paths, args.quiet)?;
    report.absorb(files);
    let derived = finish(&data, args.manifest.as_deref())?;
    print(&report, &derived);
    Ok(if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Reads files with a progress bar.
pub(super) fn run(data: &Data, paths: &[PathBuf], quiet: bool) -> anyhow::Result<Report> {
    let found = intake::find(paths);
    let bar = bar(found.files.len() as u64);
    let pool = Pool::of_this_program()?;
    let report = intake::ingest_files(data, &pool, found, quiet, &|progress: Progress<'_>| {
        bar.set_position(progress.done as u64);
        bar.set_message(short(progress.name));
    })?;
    bar.finish_and_clear();
    Ok(report)
}

/// Derives what follows from the documents that are new, naming each step while it runs.
pub(super) fn finish(data: &Data, manifest: Option<&Path>) -> anyhow::Result<Derived> {
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(100));
    let derived = derive::derive(data, manifest, &|step| bar.set_message(step.to_owned()))?;
    bar.finish_and_clear();
    Ok(derived)
}

fn bar(total: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar
}

/// The end of a long name, which tells more than its beginning.
fn short(name: &str) -> String {
    let length = name.chars().count();
    name.chars().skip(length.saturating_sub(50)).collect()
}

/// Prints the summary and a line for each file that failed.
pub(super) fn print(report: &Report, derived: &Derived) {
    for (name, failure) in &report.failed {
        output::message(&format!("{name}: {}", failure.message));
    }
    for name in &report.needs_ocr {
        output::message(&format!("{name}: kept, but it has no readable text; it needs an OCR engine"));
    }
    let mut parts = vec![format!("{} new", report.new.len())];
    let mut count = |number: usize, what: &str| {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    };
    count(report.known, "known");
    count(report.needs_ocr.len(), "need OCR");
    count(report.failed.len(), "failed");
    count(report.passed_over, "of other kinds passed over");
    count(derived.bitexts, "bitexts");
    count(derived.terms, "term pairs");
    count(derived.alerts, "alerts");
    output::message(&parts.join(", "));
}

impl Report {
    fn absorb(&mut self, other: Self) {
        self.new.extend(other.new);
        self.known += other.known;
        self.passed_over += other.passed_over;
        self.needs_ocr.extend(other.needs_ocr);
        self.failed.extend(other.failed);
    }
}

/// The time since a moment, in seconds with one decimal.
pub(super) fn seconds_since(start: Instant) -> String {
    format!("{:.1} s", start.elapsed().as_secs_f64())
}
