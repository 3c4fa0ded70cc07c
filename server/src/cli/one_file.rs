//! One file that is read for `extract` and `inspect`, its scans by an OCR engine where one is there.

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use corpus::document::{Page, Warning};
use indicatif::{ProgressBar, ProgressDrawTarget};

use super::{OcrEngine, output};
use crate::intake::bytes_of;
use crate::ocr::{Engine, Missing, pages};
use crate::workers::{Failure, Output, Pool, Request, Want};

/// How a file is read.
#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    /// Whether pages are read by an OCR engine
    #[arg(long, value_enum, default_value = "auto", env = "POLICYGLOT_OCR")]
    ocr: Ocr,
    #[command(flatten)]
    engine: OcrEngine,
    /// The password of an encrypted file
    #[arg(long)]
    password: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Ocr {
    /// Those without readable text, where an engine is there
    Auto,
    /// None
    Never,
    /// All that are asked for, also those with text of their own
    Always,
}

/// A file that is being read.
pub(super) struct OneFile {
    request: Request,
    pool: Pool,
    ocr: Ocr,
    is_pdf: bool,
    missing: Option<Missing>,
}

impl OneFile {
    /// Looks at the file and for an engine; the inner error is the exit status where the file cannot be opened.
    pub(super) fn open(path: &Path, args: &ReadArgs) -> anyhow::Result<Result<Self, ExitCode>> {
        let shown = path.display().to_string();
        // Looked at here first: a missing file or a folder needs no worker to be told apart.
        let is_pdf = match bytes_of(path) {
            Ok(bytes) => ingest::read::is_pdf(&bytes),
            Err(failure) => return Ok(Err(report(&shown, &failure))),
        };
        let (engine, missing) = match (args.ocr != Ocr::Never).then(|| args.engine.choose()) {
            Some(Ok(engine)) => (Some(engine), None),
            Some(Err(missing)) => (None, Some(missing)),
            None => (None, None),
        };
        let request = Request {
            path: std::path::absolute(path)?,
            name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            source: shown,
            want: Want::Pages,
            password: args.password.clone(),
            engine,
        };
        Ok(Ok(Self { request, pool: Pool::of_this_program()?, ocr: args.ocr, is_pdf, missing }))
    }

    /// Whether all pages are to be read by OCR; plain text has none to look at.
    pub(super) fn always(&self) -> bool {
        self.ocr == Ocr::Always && self.is_pdf
    }

    fn request(&self, want: Want) -> Request {
        Request { want, ..self.request.clone() }
    }

    /// Has something of it read by a worker.
    pub(super) fn ask(&self, want: Want) -> anyhow::Result<Result<Output, Failure>> {
        Ok(match self.pool.read(&self.request(want))? {
            Output::Failed(failure) => Err(failure),
            output => Ok(output),
        })
    }

    /// The exit status after an answer that was not the one that was hoped for.
    pub(super) fn failed(&self, answer: Result<Output, Failure>) -> anyhow::Result<ExitCode> {
        let failure = answer.err().unwrap_or_else(Failure::other_question);
        Ok(report(&self.request.source, &failure))
    }

    /// Reads pages by OCR where an engine is there; those that fail are named and left out.
    pub(super) fn read_pages(&self, numbers: &[u32]) -> anyhow::Result<Vec<Page>> {
        if self.engine().is_none() || numbers.is_empty() {
            return Ok(Vec::new());
        }
        let tasks: Vec<Request> = numbers.iter().map(|number| self.request(Want::Ocr(*number))).collect();
        let bar = ProgressBar::with_draw_target(Some(tasks.len() as u64), ProgressDrawTarget::stderr());
        let mut read = Vec::with_capacity(tasks.len());
        pages::read(&self.pool, &tasks, &mut |index, result| {
            bar.inc(1);
            match result {
                Ok(page) => read.push(page),
                Err(failure) => {
                    let page = numbers.get(index).copied();
                    let message = format!("it could not be read by OCR: {}", failure.message);
                    bar.suspend(|| self.warn(&[Warning { page, message }]));
                }
            }
            Ok(())
        })?;
        bar.finish_and_clear();
        read.sort_by_key(|page| page.number);
        Ok(read)
    }

    fn engine(&self) -> Option<&Engine> {
        self.request.engine.as_ref()
    }

    /// Says what was wrong with it.
    pub(super) fn warn(&self, warnings: &[Warning]) {
        for warning in warnings {
            let page = warning.page.map_or(String::new(), |page| format!("page {page}: "));
            output::message(&format!("{}: {page}{}", self.request.source, warning.message));
        }
    }

    /// Says that it has no text, or that pages were left out, and what to install.
    pub(super) fn say_what_waits(&self, waiting: usize, of: usize, has_text: bool) {
        if has_text && (waiting == 0 || self.ocr == Ocr::Never) {
            return;
        }
        let mut why = if has_text { Vec::new() } else { vec!["no text".to_owned()] };
        if waiting > 0 {
            why.push(format!("{waiting} of {of} pages are scans, which need an OCR engine"));
        }
        let install = self.missing.as_ref().filter(|_| waiting > 0);
        let install = install.map_or(String::new(), |missing| format!("; {missing}"));
        output::message(&format!("{}: {}{install}", self.request.source, why.join(": ")));
    }
}

fn report(file: &str, failure: &Failure) -> ExitCode {
    output::message(&format!("{file}: {}", failure.message));
    ExitCode::from(failure.exit_status())
}
