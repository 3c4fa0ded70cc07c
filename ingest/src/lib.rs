//! From bytes to pages, blocks, sentences and facts; from two documents to beads and term candidates.
//!
//! Every step is a plain function from one data type to the next. This crate knows no SQL, no index and no HTTP;
//! only [`pdf`] knows lopdf. Start reading at [`read::read_pdf`].

pub mod align;
mod error;
pub mod facts;
mod input;
pub mod instruments;
pub mod language;
pub mod layout;
mod numerals;
pub mod ocr;
mod pattern;
pub mod pdf;
pub mod read;
pub mod terms;
pub mod topics;

pub use error::Error;
pub use input::{text_declared, text_of};
