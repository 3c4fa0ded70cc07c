//! Pages read by OCR on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use corpus::document::Page;

use crate::Error;
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
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(tasks.len());
    let next = AtomicUsize::new(0);
    let (sender, receiver) = sync_channel(threads);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(task) = tasks.get(index) else { return };
                    if sender.send((index, read_one(pool, task))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for (index, result) in receiver {
            done(index, result?)?;
        }
        Ok(())
    })
}

fn read_one(pool: &Pool, task: &Request) -> Result<Result<Page, Failure>, Error> {
    Ok(match pool.read(task)? {
        Output::Page(page) => Ok(*page),
        Output::Failed(failure) => Err(failure),
        _ => Err(Failure::other_question()),
    })
}
