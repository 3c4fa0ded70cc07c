//! `policyglot reocr`, and what `ingest` does with scans: waiting pages read by an OCR engine, with a progress line.

use std::process::ExitCode;

use clap::Args;
use corpus::store::ForOcr;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{DataFolder, OcrEngine, ingest, output};
use crate::Error;
use crate::data::Data;
use crate::ocr::waiting::{self, Outcome, Progress};
use crate::ocr::{Engine, Missing};
use crate::workers::Pool;

#[derive(Debug, Args)]
pub(super) struct ReocrArgs {
    /// Documents, by number or by file name; by default all that have waiting pages
    documents: Vec<String>,
    #[command(flatten)]
    data: DataFolder,
    /// Also pages that another engine read
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    engine: OcrEngine,
}

/// What became of the scans.
#[derive(Debug, Default)]
pub(super) struct Scans {
    documents: usize,
    pages: usize,
    failed: usize,
}

/// Exit status 0: all that was asked for was read; 1: not all; 3: there is no engine.
pub(super) fn reocr(args: &ReocrArgs) -> anyhow::Result<ExitCode> {
    let data = Data::open(&args.data.data)?;
    let _lock = data.lock_for_writing()?;
    let engine = match args.engine.choose() {
        Ok(engine) => engine,
        Err(missing) => {
            output::message(&format!("no OCR engine is there: {missing}"));
            return Ok(ExitCode::from(3));
        }
    };
    let which = if args.all { ForOcr::OtherThan(engine.name()) } else { ForOcr::Waiting };
    let mut documents = data.with_store(|store| Ok(store.documents_for_ocr(which)?))?;
    if !args.documents.is_empty() {
        let named = named(&data, &args.documents)?;
        documents.retain(|id| named.contains(id));
    }
    let scans = read(&data, &Pool::of_this_program()?, &engine, &documents, args.all)?;
    // Also where nothing was read: a run before this one may have ended before it came to this.
    let derived = ingest::finish(&data, None)?;
    let mut parts = vec![scans.said(&engine)];
    ingest::count_derived(&mut parts, &derived);
    output::message(&parts.join(", "));
    Ok(if scans.failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The numbers of documents that are named by number or by file name.
pub(super) fn named(data: &Data, names: &[String]) -> Result<Vec<i64>, Error> {
    let documents = data.with_store(|store| Ok(store.documents()?))?;
    let mut ids = Vec::new();
    for name in names {
        let number: Option<i64> = name.parse().ok();
        let before = ids.len();
        let meant = documents.iter().filter(|document| Some(document.id) == number || document.name == *name);
        ids.extend(meant.map(|document| document.id));
        if ids.len() == before {
            return Err(Error::Input(format!("there is no document '{name}'; `policyglot documents` lists them")));
        }
    }
    Ok(ids)
}

/// Reads waiting pages with a progress line, and says what became of each document.
pub(super) fn read(data: &Data, pool: &Pool, engine: &Engine, ids: &[i64], all: bool) -> Result<Scans, Error> {
    let mut scans = Scans::default();
    if ids.is_empty() {
        return Ok(scans);
    }
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} reading page {pos} of {len}, about {eta} left: {msg}") {
        bar.set_style(style);
    }
    let show = |progress: Progress<'_>| {
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
        bar.set_message(ingest::short(progress.name));
    };
    waiting::read(data, pool, engine, ids, all, &show, &mut |outcome| {
        bar.suspend(|| scans.report(&outcome));
    })?;
    bar.finish_and_clear();
    Ok(scans)
}

impl Scans {
    fn report(&mut self, outcome: &Outcome) {
        let name = &outcome.document.name;
        for (page, why) in &outcome.failed {
            output::message(&format!("{name}: page {page} could not be read by OCR: {why}"));
        }
        if let Some(failure) = &outcome.problem {
            output::message(&format!("{name}: {}", failure.message));
        }
        self.documents += usize::from(outcome.read > 0);
        self.pages += outcome.read;
        self.failed += outcome.failed.len() + usize::from(outcome.problem.is_some());
    }

    /// "12 pages of 2 documents read by OCR (tesseract)".
    pub(super) fn said(&self, engine: &Engine) -> String {
        let mut text =
            format!("{} of {} read by OCR ({})", pages(self.pages), documents(self.documents), engine.name());
        if self.failed > 0 {
            text += &format!(", {} not", pages(self.failed));
        }
        text
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pages == 0 && self.failed == 0
    }
}

/// Names those of some documents that still wait.
pub(super) fn list_waiting(data: &Data, ids: &[i64]) -> Result<(), Error> {
    for id in ids {
        let document = data.with_store(|store| Ok(store.document(*id)?))?;
        if let Some(document) = document.filter(|document| document.ocr.waiting > 0) {
            let (name, waiting, of) = (&document.name, document.ocr.waiting, document.page_count);
            output::message(&format!("{name}: kept, but it needs OCR: {waiting} of {of} pages have no readable text"));
        }
    }
    Ok(())
}

/// What still waits in the corpus, with what to do about it; `None` where nothing does.
pub(super) fn waiting_line(data: &Data, missing: Option<&Missing>) -> Result<Option<String>, Error> {
    let waiting = data.with_store(|store| Ok(store.waiting()?))?;
    if waiting.pages == 0 {
        return Ok(None);
    }
    let what = format!("needs OCR: {}, {}", documents(waiting.documents), pages(waiting.pages));
    Ok(Some(match missing {
        Some(missing) => format!("{what}; {missing}; then run `policyglot reocr`"),
        None => format!("{what}; run `policyglot reocr`"),
    }))
}

fn pages(count: usize) -> String {
    if count == 1 { "1 page".to_owned() } else { format!("{count} pages") }
}

fn documents(count: usize) -> String {
    if count == 1 { "1 document".to_owned() } else { format!("{count} documents") }
}
