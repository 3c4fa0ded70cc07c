//! Untrusted bytes are read in worker processes: this program itself, started with a hidden subcommand.
//!
//! A malformed file can make a parser allocate without end or never return, and neither can be caught inside a
//! process. So a worker has a memory, a CPU and a wall limit; one that dies costs one file, and is replaced. The pool
//! is also the parallelism.

mod pool;
mod protocol;
mod worker;

pub use pool::{Limits, Pool};
pub use protocol::{Failure, FailureKind, Output, Request, Want};
pub use worker::run;
