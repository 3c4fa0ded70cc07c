//! OCR engines: which is there, and pages read by one.
//!
//! An engine is chosen here ([`choose`]), by what is installed and what was asked for; it works in worker processes
//! (`crate::workers`), a page at a time. [`pages`] has pages of one file read on all cores; [`waiting`] goes through
//! the documents of the corpus that wait.

mod choice;
pub mod pages;
pub mod waiting;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

pub use choice::{Asked, EngineName, Missing, choose};

/// An engine that is there, as a worker is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Engine {
    /// The program tesseract.
    Tesseract {
        /// The program.
        program: PathBuf,
        /// The language to read with, as it names them: `chi_sim`.
        language: String,
        /// What it says is installed, a language a line.
        installed: String,
    },
    /// The networks of PP-OCR.
    Ppocr {
        /// Finds the lines.
        detector: PathBuf,
        /// Reads the lines.
        recogniser: PathBuf,
        /// Lists the characters, where the recogniser does not.
        characters: Option<PathBuf>,
    },
}

impl Engine {
    /// The name under which the store keeps what it read.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Tesseract { .. } => "tesseract",
            Self::Ppocr { .. } => "ppocr",
        }
    }
}
