//! Pages read by OCR on all cores.

use corpus::document::Page;

use crate::Error;
use crate::parallel::on_all_cores;
use crate::workers::{Failure, Output, Pool, Request};

/// Has pages read, a task each ([`crate::workers::Want::Ocr`]); `done` is told of each, with the index of its task, as
/// it is done. One bad page costs one page.
///
/// # Errors
/// When no worker can be started, or `done` fails: then no more pages are begun.
pub fn read(
    pool: &Pool,
    tasks: &[Request],
    done: &mut dyn FnMut(usize, Result<Page, Failure>) -> Result<(), Error>,
) -> Result<(), Error> {
    on_all_cores(tasks, |task| read_one(pool, task), |index, result| done(index, result?))
}

fn read_one(pool: &Pool, task: &Request) -> Result<Result<Page, Failure>, Error> {
    Ok(match pool.read(task)? {
        Output::Page(page) => Ok(*page),
        Output::Failed(failure) => Err(failure),
        _ => Err(Failure::other_question()),
    })
}
