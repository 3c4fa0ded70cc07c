//! The worker's side: read a request, read the file, answer, until the input ends.

use std::io::{BufRead as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use corpus::document::{DocumentHash, Extraction, Line, Page, PageSource, ReadDocument};
use ingest::layout::Reading;
use ingest::pdf::Options;

use super::ocr::Kept;
use super::protocol::{Failure, FailureKind, OcrPages, Output, Request, Want};

/// Serves requests from standard input until it ends.
///
/// `memory` is the address space in bytes, `cpu` the time for one task: a worker that passes either is killed by the
/// kernel and the pool reports the file.
///
/// # Errors
/// When standard input or output breaks: the program that started this worker is gone.
pub fn run(memory: u64, cpu: Duration) -> std::io::Result<()> {
    limit_memory(memory);
    // A panic is reported as that file's failure; its message on standard error would only confuse the progress bar.
    std::panic::set_hook(Box::new(|_| {}));
    let mut output = std::io::stdout().lock();
    let mut kept = Kept::default();
    for line in std::io::stdin().lock().lines() {
        let answer = match serde_json::from_str::<Request>(&line?) {
            Ok(request) => {
                limit_cpu(cpu);
                catch_unwind(AssertUnwindSafe(|| read(&request, &mut kept))).unwrap_or_else(|_| {
                    kept = Kept::default();
                    Output::Failed(Failure::unreadable(
                        "reading it failed in an unforeseen way; please report it with the file",
                    ))
                })
            }
            Err(error) => Output::Failed(Failure::unreadable(format!("the request was not understood: {error}"))),
        };
        serde_json::to_writer(&mut output, &answer)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

fn read(request: &Request, kept: &mut Kept) -> Output {
    let drawn = match &request.want {
        Want::Ocr(number) => Some(kept.read_page(request, *number).map(|page| Output::Page(Box::new(page)))),
        Want::Sizes => Some(kept.sizes(request).map(Output::Sizes)),
        Want::Picture(wanted) => Some(kept.picture(request, wanted).map(|()| Output::Picture)),
        Want::Pages | Want::Reading(_) | Want::Document(_) => None,
    };
    if let Some(drawn) = drawn {
        return drawn.unwrap_or_else(Output::Failed);
    }
    let bytes = match std::fs::read(&request.path) {
        Ok(bytes) => bytes,
        Err(error) => return Output::Failed(Failure::unreadable(format!("cannot be opened: {error}"))),
    };
    if bytes.is_empty() {
        return Output::Failed(Failure::unreadable("the file is empty; download or copy it again"));
    }
    if !ingest::read::is_pdf(&bytes) {
        return read_text(request, &bytes);
    }
    read_pdf(request, &bytes, kept).unwrap_or_else(|error| {
        let kind = match error {
            ingest::pdf::Error::PasswordNeeded => FailureKind::Password,
            _ => FailureKind::Unreadable,
        };
        Output::Failed(Failure { kind, message: error.to_string() })
    })
}

fn read_pdf(request: &Request, bytes: &[u8], kept: &mut Kept) -> Result<Output, ingest::pdf::Error> {
    let password = request.password.as_deref();
    let mut extraction = kept.with_glyphs(request.engine.as_ref(), |glyphs| {
        ingest::pdf::extract_with(bytes, &Options { password, glyphs })
    })?;
    mark_textless(&mut extraction);
    let put = |extraction: &mut Extraction, read: &OcrPages| extraction.put_pages(&read.pages, read.always);
    Ok(match &request.want {
        Want::Pages | Want::Ocr(_) | Want::Sizes | Want::Picture(_) => {
            extraction.pages.iter_mut().flat_map(|page| &mut page.lines).for_each(|line| line.ends = Vec::new());
            Output::Pages(extraction)
        }
        Want::Reading(read) => {
            put(&mut extraction, read);
            Output::Reading(Box::new(ingest::layout::reading(extraction.pages)))
        }
        Want::Document(read) => {
            put(&mut extraction, read);
            let hash = DocumentHash::of(bytes);
            Output::Document(Box::new(ingest::read::read_pdf(&request.name, &request.source, hash, extraction)))
        }
    })
}

/// A file without any text shows it, if it has some, in pictures or drawn letters: only an engine can tell.
fn mark_textless(extraction: &mut Extraction) {
    if !extraction.has_text() {
        for page in extraction.pages.iter_mut().filter(|page| page.source == PageSource::Layer) {
            page.source = PageSource::Scan;
        }
    }
}

fn read_text(request: &Request, bytes: &[u8]) -> Output {
    if request.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"))
        || request.name.to_ascii_lowercase().ends_with(".pdf")
    {
        return Output::Failed(Failure::unreadable(
            "this is not a PDF in spite of its name; open it in a viewer and download it again",
        ));
    }
    match ingest::read::read_text(&request.name, &request.source, DocumentHash::of(bytes), bytes) {
        Ok(document) => match request.want {
            Want::Document(_) => Output::Document(Box::new(document)),
            Want::Reading(_) => Output::Reading(Box::new(reading_of_text(document))),
            Want::Pages | Want::Ocr(_) | Want::Sizes | Want::Picture(_) => Output::Pages(pages_of_text(&document)),
        },
        Err(error) => {
            let kind = match error {
                ingest::Error::NoText(_) => FailureKind::NoText,
                _ => FailureKind::Unreadable,
            };
            Output::Failed(Failure { kind, message: error.to_string() })
        }
    }
}

/// Plain text has no pages to read from, and its notes stand where they are.
fn reading_of_text(document: ReadDocument) -> Reading {
    let running = document.blocks.iter().filter(|block| block.kind.is_running_text());
    let text = running.map(|block| format!("{}\n", block.text)).collect();
    Reading { blocks: document.blocks, text, ..Reading::default() }
}

/// Plain text has one page, a block a line.
fn pages_of_text(document: &ReadDocument) -> Extraction {
    let lines = document
        .blocks
        .iter()
        .map(|block| Line { text: block.text.clone(), bbox: block.bbox, ..Line::default() })
        .collect();
    Extraction {
        pages: vec![Page { number: 1, width: 0.0, height: 0.0, lines, source: PageSource::Layer }],
        title_hint: None,
        warnings: document.warnings.clone(),
    }
}

#[cfg(unix)]
fn limit_memory(bytes: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::As).maximum;
    // Where the system refuses, the pool's wall limit still stands.
    let _ = setrlimit(Resource::As, Rlimit { current: Some(bytes.min(maximum.unwrap_or(bytes))), maximum });
}

/// The limit counts the process's whole life, so it is raised before each file.
#[cfg(unix)]
fn limit_cpu(allowed: Duration) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    let until = used.saturating_add(allowed.as_secs()).saturating_add(1);
    let maximum = getrlimit(Resource::Cpu).maximum;
    let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(until.min(maximum.unwrap_or(until))), maximum });
}

#[cfg(not(unix))]
fn limit_memory(_bytes: u64) {}

#[cfg(not(unix))]
fn limit_cpu(_allowed: Duration) {}
