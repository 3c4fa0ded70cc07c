//! What the program and its workers say to each other: a line of JSON each way for each task.

use std::path::PathBuf;

use corpus::document::{Extraction, Page, ReadDocument};
use ingest::layout::Reading;
use serde::{Deserialize, Serialize};

use crate::ocr::Engine;

/// A task on a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Where its bytes are.
    pub path: PathBuf,
    /// Its name as people know it, for messages.
    pub name: String,
    /// Where it came from.
    pub source: String,
    /// What is wanted of it.
    pub want: Want,
    /// The password, where it needs one.
    pub password: Option<String>,
    /// What reads pictures: the page for [`Want::Ocr`], else the glyphs of fonts without a usable character map.
    pub engine: Option<Engine>,
}

/// What is wanted of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Want {
    /// Pages and lines only, without the place of each character, which would be most of the answer.
    Pages,
    /// A page, counted from 1, read by OCR.
    Ocr(u32),
    /// The sizes of its pages.
    Sizes,
    /// A page as a picture.
    Picture(PictureOf),
    /// Its text as a reader gets it, with pages that were read by OCR.
    Reading(OcrPages),
    /// A whole document, blocks, sentences and facts, with pages that were read by OCR.
    Document(OcrPages),
}

/// Which picture is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureOf {
    /// The page, counted from 1.
    pub page: u32,
    /// How wide it is to be, in pixels.
    pub width: u32,
    /// The file to write it to, as PNG: it would be most of the answer.
    pub into: PathBuf,
}

/// Pages that were read by OCR, to be put among those that need no engine.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OcrPages {
    /// The pages.
    pub pages: Vec<Page>,
    /// Whether they also stand in place of text that is the file's own.
    pub always: bool,
}

/// What a worker gives back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Output {
    /// Pages and lines.
    Pages(Extraction),
    /// A page that was read by OCR.
    Page(Box<Page>),
    /// The width and height of each page as displayed, in points.
    Sizes(Vec<(f32, f32)>),
    /// The picture is in the file that was named.
    Picture,
    /// The text as a reader gets it.
    Reading(Box<Reading>),
    /// A whole document.
    Document(Box<ReadDocument>),
    /// Nothing could be read.
    Failed(Failure),
}

/// Why nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind of failure, for the exit status.
    pub kind: FailureKind,
    /// What was wrong and what to do; lower case, without the file's name.
    pub message: String,
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FailureKind {
    /// The bytes make no sense.
    Unreadable,
    /// It is encrypted and the password is not known.
    Password,
    /// It is a web page that shows something else in place of text.
    NoText,
}

impl Failure {
    /// A failure to make sense of the bytes.
    pub fn unreadable(message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Unreadable, message: message.into() }
    }

    /// A worker that answers what was not asked is of another version.
    pub(crate) fn other_question() -> Self {
        Self::unreadable("its worker answered another question; install policyglot anew")
    }
}
