//! The engines' side of the benchmark: each in a process of its own that stays up and takes its own times.
//!
//! An engine first builds its index, in a process that ends and writes the nanoseconds of CPU time that it took, all
//! its threads, its start and its merging included. Then another process opens the index and answers lines:
//!
//! | line | answer, a line of numbers, one for each query of the kind |
//! |---|---|
//! | `wall KIND` | nanoseconds from the query's text to the numbers of the best ten documents |
//! | `cpu KIND` | nanoseconds for which the thread ran meanwhile |
//! | `count KIND` | how many documents are met in all |

use std::io::{BufRead, Write};
use std::path::Path;
use std::time::Instant;

use rustix::time::{ClockId, clock_gettime};

use crate::collection::{Kind, read_queries};

/// How many documents are asked for.
pub(crate) const HITS: usize = 10;

/// An open index.
pub(crate) trait Side {
    /// Looks for the best documents, and gives a number that depends on them.
    fn answer(&self, kind: Kind, query: &str) -> anyhow::Result<u64>;
    /// How many documents are met.
    fn count(&self, kind: Kind, query: &str) -> anyhow::Result<usize>;
}

/// Answers until the input ends.
pub(crate) fn serve(side: &impl Side, queries: &Path) -> anyhow::Result<()> {
    let queries = read_queries(queries)?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let (order, kind) = line.split_once(' ').unwrap_or((&line, ""));
        for (kind, query) in queries.iter().filter(|(its, _)| its.code() == kind) {
            match order {
                "wall" => write!(out, "{} ", wall(side, *kind, query)?)?,
                "cpu" => write!(out, "{} ", cpu(side, *kind, query)?)?,
                _ => write!(out, "{} ", side.count(*kind, query)?)?,
            }
        }
        writeln!(out)?;
        out.flush()?;
    }
    Ok(())
}

fn wall(side: &impl Side, kind: Kind, query: &str) -> anyhow::Result<u128> {
    let begun = Instant::now();
    std::hint::black_box(side.answer(kind, query)?);
    Ok(begun.elapsed().as_nanos())
}

fn cpu(side: &impl Side, kind: Kind, query: &str) -> anyhow::Result<i64> {
    let begun = nanoseconds(ClockId::ThreadCPUTime);
    std::hint::black_box(side.answer(kind, query)?);
    Ok(nanoseconds(ClockId::ThreadCPUTime).saturating_sub(begun))
}

/// Nanoseconds of CPU time that this process has taken, all its threads included.
pub(crate) fn cpu_time() -> i64 {
    nanoseconds(ClockId::ProcessCPUTime)
}

fn nanoseconds(clock: ClockId) -> i64 {
    let time = clock_gettime(clock);
    time.tv_sec.saturating_mul(1_000_000_000).saturating_add(time.tv_nsec)
}
