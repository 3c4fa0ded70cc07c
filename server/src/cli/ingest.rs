//! `policyglot ingest`: files and folders into the corpus, with a summary and a line for each file that failed.

mod following;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use corpus::store::ForOcr;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use self::following::Following;
use super::{DataFolder, OcrEngine, output, reocr};
use crate::data::Data;
use crate::derive::{self, Derived};
use crate::intake::{self, Progress, Report};
use crate::ocr::Engine;
use crate::watched_folder::WatchedFolder;
use crate::workers::Pool;

#[derive(Debug, Args)]
pub(super) struct IngestArgs {
    /// Files and folders
    #[arg(required_unless_present_any = ["jsonl", "watch_folder"])]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    data: DataFolder,
    /// A file of records, one JSON object a line: id, text, and title, language, url, date where known
    #[arg(long, value_name = "FILE")]
    jsonl: Option<PathBuf>,
    /// After that, go on with what comes into this folder, until Ctrl-C
    #[arg(long, value_name = "DIR")]
    watch_folder: Option<PathBuf>,
    /// A manifest that says which files are language versions of one instrument
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Make no alerts: for archives
    #[arg(long)]
    quiet: bool,
    /// Whether pages without readable text are read by an OCR engine, after all else is in
    #[arg(long, value_enum, default_value = "auto", env = "POLICYGLOT_OCR")]
    ocr: IngestOcr,
    #[command(flatten)]
    engine: OcrEngine,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum IngestOcr {
    /// Where an engine is there
    #[value(alias = "always")]
    Auto,
    /// They are kept and wait for `policyglot reocr`
    Never,
}

pub(super) fn ingest(args: &IngestArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let lock = data.lock_for_writing()?;
    let engine = (args.ocr == IngestOcr::Auto).then(|| args.engine.choose());
    let (engine, missing) = match engine {
        Some(Ok(engine)) => (Some(engine), None),
        Some(Err(missing)) => (None, Some(missing)),
        None => (None, None),
    };
    // Said before anything is read.
    let watched = args.watch_folder.as_deref().map(|folder| WatchedFolder::new(folder, data.folder())).transpose()?;
    let mut report = Report::default();
    if let Some(path) = &args.jsonl {
        report = intake::ingest_records(&data, path, args.quiet, &|_| {})?;
    }
    // A server may be beside it.
    crate::workers::give_way();
    let pool = Pool::of_this_program()?;
    report.absorb(run(&data, &pool, &args.paths, engine.as_ref(), args.quiet)?);
    // All that can be read at once is there to be searched before the first scan is begun.
    let derived = finish(&data, args.manifest.as_deref())?;
    print(&report, &derived);
    if let Some(engine) = &engine {
        read_scans(&data, &pool, engine, &report)?;
    }
    reocr::list_waiting(&data, &report.new)?;
    if let Some(line) = reocr::waiting_line(&data, missing.as_ref())? {
        output::message(&line);
    }
    if let Some(watched) = watched {
        drop(lock);
        return following::follow(&Following { data, pool, engine, quiet: args.quiet }, watched);
    }
    Ok(if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Reads files with a progress bar.
pub(super) fn run(
    data: &Data,
    pool: &Pool,
    paths: &[PathBuf],
    engine: Option<&Engine>,
    quiet: bool,
) -> anyhow::Result<Report> {
    let found = intake::find(paths);
    let bar = bar(found.files.len() as u64);
    let report = intake::ingest_files(data, pool, found, engine, quiet, &|progress: Progress<'_>| {
        bar.set_position(progress.done as u64);
        bar.set_message(short(progress.name));
    })?;
    bar.finish_and_clear();
    Ok(report)
}

/// Reads what waits in the documents that were given, also where a run before this one ended early.
fn read_scans(data: &Data, pool: &Pool, engine: &Engine, report: &Report) -> anyhow::Result<()> {
    let mut ids = data.with_store(|store| Ok(store.documents_for_ocr(ForOcr::Untried)?))?;
    ids.retain(|id| report.new.contains(id) || report.known.contains(id));
    let scans = reocr::read(data, pool, engine, &ids, false)?;
    if !scans.is_empty() {
        let mut parts = vec![scans.said(engine)];
        count_derived(&mut parts, &finish(data, None)?);
        output::message(&parts.join(", "));
    }
    Ok(())
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
pub(super) fn short(name: &str) -> String {
    let length = name.chars().count();
    name.chars().skip(length.saturating_sub(50)).collect()
}

/// Prints the summary and a line for each file that failed.
pub(super) fn print(report: &Report, derived: &Derived) {
    for (name, failure) in &report.failed {
        output::message(&format!("{name}: {}", failure.message));
    }
    let mut parts = vec![format!("{} new", report.new.len())];
    count(&mut parts, report.known.len(), "known");
    count(&mut parts, report.failed.len(), "failed");
    count(&mut parts, report.passed_over, "of other kinds passed over");
    count_derived(&mut parts, derived);
    output::message(&parts.join(", "));
}

/// Adds what was derived to the parts of a summary.
pub(super) fn count_derived(parts: &mut Vec<String>, derived: &Derived) {
    count(parts, derived.bitexts, "bitexts");
    count(parts, derived.terms, "term pairs");
    count(parts, derived.mentions, "known terms found in documents without a counterpart");
    count(parts, derived.lost_corrections, "corrected beads whose sentences are not there any more");
    count(parts, derived.instruments, "instruments of several documents");
    count(parts, derived.alerts, "alerts");
}

/// Adds how many there are of something to the parts of a summary, if any.
pub(super) fn count(parts: &mut Vec<String>, number: usize, what: &str) {
    if number > 0 {
        parts.push(format!("{number} {what}"));
    }
}

impl Report {
    fn absorb(&mut self, other: Self) {
        self.new.extend(other.new);
        self.known.extend(other.known);
        self.passed_over += other.passed_over;
        self.failed.extend(other.failed);
    }
}

/// The time since a moment, in seconds with one decimal.
pub(super) fn seconds_since(start: Instant) -> String {
    format!("{:.1} s", start.elapsed().as_secs_f64())
}
