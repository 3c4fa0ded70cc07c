//! Documents of the corpus that wait for an OCR engine: their pages are read, and each document is committed anew when
//! its last page is there.
//!
//! Every page is kept as soon as it has been read, so that an end at any point costs the pages in hand, and the next
//! run goes on behind them.

use std::collections::HashMap;

use corpus::document::{Document, Page, PageReading, PageSource, ReadDocument, Warning};

use super::{Engine, pages};
use crate::Error;
use crate::data::Data;
use crate::workers::{Failure, OcrPages, Output, Pool, Request, Want};

/// What became of one document.
#[derive(Debug)]
pub struct Outcome {
    /// The document, as it was before.
    pub document: Document,
    /// How many of its pages were read.
    pub read: usize,
    /// Pages that could not be read, with why.
    pub failed: Vec<(u32, String)>,
    /// Why the document stays as it was, where it does.
    pub problem: Option<Failure>,
}

/// What reading tells of its progress.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'a> {
    /// How many pages are done.
    pub done: usize,
    /// Of how many.
    pub total: usize,
    /// The document of the page that was done last.
    pub name: &'a str,
}

/// Reads the waiting pages of documents, and with `all` also those that another engine read.
///
/// `told` hears of each document as it is committed.
///
/// # Errors
/// When the store or a worker fails: never for what is wrong with a page.
pub fn read(
    data: &Data,
    pool: &Pool,
    engine: &Engine,
    documents: &[i64],
    all: bool,
    progress: &dyn Fn(Progress<'_>),
    told: &mut dyn FnMut(Outcome),
) -> Result<(), Error> {
    let mut plans = Vec::new();
    for id in documents {
        plans.extend(plan(data, pool, engine, *id, all)?);
    }
    let (tasks, owners): (Vec<Request>, Vec<usize>) = tasks(data, engine, &plans)?.into_iter().unzip();
    for plan in plans.iter_mut().filter(|plan| plan.left == 0) {
        told(finish(data, pool, engine, plan)?);
    }
    let mut done = 0;
    pages::read(pool, &tasks, &mut |index, result| {
        let (Some(task), Some(plan)) = (tasks.get(index), owners.get(index).and_then(|owner| plans.get_mut(*owner)))
        else {
            return Ok(());
        };
        plan.take(data, task, result)?;
        done += 1;
        progress(Progress { done, total: tasks.len(), name: &plan.document.name });
        if plan.left == 0 {
            told(finish(data, pool, engine, plan)?);
        }
        Ok(())
    })
}

/// One document's work.
struct Plan {
    document: Document,
    /// Pages that are still to be read.
    pages: Vec<u32>,
    /// How many of them are not done.
    left: usize,
    /// Whether the document has changed, or has pages that were read before a run ended early.
    changed: bool,
    read: usize,
    failed: Vec<(u32, String)>,
    problem: Option<Failure>,
}

impl Plan {
    /// Keeps a page, or why there is none.
    fn take(&mut self, data: &Data, task: &Request, result: Result<Page, Failure>) -> Result<(), Error> {
        self.left = self.left.saturating_sub(1);
        match (result, &task.want) {
            (Ok(page), _) => {
                data.with_store(|store| Ok(store.keep_ocr_page(self.document.id, &page)?))?;
                self.read += 1;
                self.changed = true;
            }
            (Err(failure), Want::Ocr(number)) => self.failed.push((*number, failure.message)),
            (Err(failure), _) => self.problem = Some(failure),
        }
        Ok(())
    }
}

fn plan(data: &Data, pool: &Pool, engine: &Engine, id: i64, all: bool) -> Result<Option<Plan>, Error> {
    let found = data.with_store(|store| match store.document(id)? {
        Some(document) => Ok(Some((document, store.readings(id)?, store.ocr_page_engines(id)?))),
        None => Ok(None),
    })?;
    let Some((document, stored, kept)) = found else { return Ok(None) };
    let mut plan =
        Plan { document, pages: Vec::new(), left: 0, changed: false, read: 0, failed: Vec::new(), problem: None };
    // The engine may know the glyphs of fonts that nothing else makes readable, which is better than OCR of the page.
    let again = stored.iter().any(|reading| reading.source == PageSource::Unreadable);
    let readings = match again.then(|| document_with(data, pool, engine, &plan.document, Vec::new())) {
        Some(read) => match read? {
            Ok(fresh) => fresh.readings,
            Err(failure) => {
                plan.problem = Some(failure);
                return Ok(Some(plan));
            }
        },
        None => stored.clone(),
    };
    let kept: HashMap<u32, String> = kept.into_iter().collect();
    let is_kept = |page: &u32| kept.get(page).is_some_and(|name| !all || name == engine.name());
    let wanted = readings.iter().filter(|reading| is_wanted(reading, engine, all));
    let (done, wanted): (Vec<u32>, Vec<u32>) = wanted.map(|reading| reading.page).partition(is_kept);
    plan.changed = readings != stored || !done.is_empty();
    plan.left = wanted.len();
    plan.pages = wanted;
    Ok(Some(plan))
}

fn is_wanted(reading: &PageReading, engine: &Engine, all: bool) -> bool {
    match &reading.source {
        PageSource::Ocr { engine: name, .. } => all && name != engine.name(),
        source => source.needs_ocr(),
    }
}

/// A task for each page, with the index of its plan.
fn tasks(data: &Data, engine: &Engine, plans: &[Plan]) -> Result<Vec<(Request, usize)>, Error> {
    let mut tasks = Vec::new();
    for (index, plan) in plans.iter().enumerate() {
        for page in &plan.pages {
            tasks.push((request(data, engine, &plan.document, Want::Ocr(*page))?, index));
        }
    }
    Ok(tasks)
}

fn request(data: &Data, engine: &Engine, document: &Document, want: Want) -> Result<Request, Error> {
    let path = data.with_store(|store| Ok(std::path::absolute(store.file_path(&document.hash)).ok()))?;
    Ok(Request {
        path: path.unwrap_or_default(),
        name: document.name.clone(),
        source: document.source.clone(),
        want,
        password: None,
        engine: Some(engine.clone()),
    })
}

/// Makes the document of all its pages and commits it.
fn finish(data: &Data, pool: &Pool, engine: &Engine, plan: &mut Plan) -> Result<Outcome, Error> {
    let id = plan.document.id;
    if plan.changed {
        let pages = data.with_store(|store| Ok(store.ocr_pages(id)?))?;
        match document_with(data, pool, engine, &plan.document, pages)? {
            Ok(mut document) => {
                document.warnings.extend(plan.failed.iter().map(|(page, why)| Warning {
                    page: Some(*page),
                    message: format!("it could not be read by OCR: {why}"),
                }));
                data.with_store(|store| Ok(store.replace_reading(id, &document, &crate::now())?))?;
            }
            Err(failure) => plan.problem = Some(failure),
        }
    }
    data.with_store(|store| Ok(store.mark_tried(id, engine.name())?))?;
    let failed = std::mem::take(&mut plan.failed);
    Ok(Outcome { document: plan.document.clone(), read: plan.read, failed, problem: plan.problem.take() })
}

fn document_with(
    data: &Data,
    pool: &Pool,
    engine: &Engine,
    document: &Document,
    pages: Vec<Page>,
) -> Result<Result<ReadDocument, Failure>, Error> {
    let want = Want::Document(OcrPages { pages, always: false });
    Ok(match pool.read(&request(data, engine, document, want)?)? {
        Output::Document(document) => Ok(*document),
        Output::Failed(failure) => Err(failure),
        _ => Err(Failure::other_question()),
    })
}
