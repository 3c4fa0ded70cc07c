//! What one file may cost: a worker that passes a limit costs its file, and the next file gets a new worker.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test whose workers cannot be started has failed")]

use std::path::PathBuf;
use std::time::Duration;

use server::workers::{Limits, Output, Pool, Request, Want};
use tests::sample;

/// Has a sample document read by a pool with these limits: its number of pages, or why it was given up.
fn read(pool: &Pool, name: &str) -> Result<usize, String> {
    let request = Request {
        path: PathBuf::from(sample(&format!("pdf/{name}"))),
        name: name.to_owned(),
        source: name.to_owned(),
        want: Want::Pages,
        password: None,
        engine: None,
    };
    match pool.read(&request).unwrap() {
        Output::Pages(extraction) => Ok(extraction.pages.len()),
        Output::Failed(failure) => Err(failure.message),
        _ => panic!("pages were asked for"),
    }
}

fn pool(limits: Limits) -> Pool {
    Pool::new(PathBuf::from(env!("CARGO_BIN_EXE_policyglot-under-test")), limits)
}

#[test]
fn a_worker_reads_one_file_after_another() {
    let pool = pool(Limits::default());
    for _ in 0..3 {
        assert_eq!(read(&pool, "04-embodied-ai-measures.zh.pdf"), Ok(5));
        assert_eq!(read(&pool, "07-trustworthy-data-space-white-paper.zh.pdf"), Ok(3));
    }
}

#[test]
fn a_file_that_takes_too_long_is_given_up() {
    let pool = pool(Limits { wall: Duration::from_millis(1), ..Limits::default() });
    for _ in 0..2 {
        let why = read(&pool, "02-ai-manufacturing-opinions.zh.pdf").unwrap_err();
        assert!(why.starts_with("reading it took more than") && why.ends_with("was given up"), "{why}");
    }
}

/// The program itself is more than that, so the limit leaves it nothing.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_needs_too_much_memory_is_given_up() {
    let pool = pool(Limits { memory: 1 << 20, ..Limits::default() });
    let why = read(&pool, "02-ai-manufacturing-opinions.zh.pdf").unwrap_err();
    assert!(why.contains("memory") || why.contains("its worker process died"), "{why}");
}
