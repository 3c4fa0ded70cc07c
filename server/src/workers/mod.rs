//! Untrusted bytes are read in worker processes: this program itself, started with a hidden subcommand.
//!
//! A malformed file can make a parser allocate without end or never return, and neither can be caught inside a
//! process. So a worker has a memory, a CPU and a wall limit; one that dies costs one file, or one page where pages
//! are read by OCR, and is replaced. The pool is also the parallelism.

#[cfg(feature = "ocr")]
mod ocr;
#[cfg(not(feature = "ocr"))]
#[path = "no_ocr.rs"]
mod ocr;
mod pool;
mod priority;
mod protocol;
#[cfg(feature = "ocr")]
mod tesseract;
mod worker;

pub use pool::{Limits, Pool};
pub(crate) use priority::{give_way, thread_gives_way};
pub use protocol::{Failure, FailureKind, OcrPages, Output, PictureOf, Request, Want};
pub use worker::run;
