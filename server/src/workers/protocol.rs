//! What the program and its workers say to each other: a line of JSON each way for each file.

use std::path::PathBuf;

use corpus::document::{Extraction, ReadDocument};
use serde::{Deserialize, Serialize};

/// A file to be read.
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
}

/// What is wanted of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Want {
    /// Pages and lines only.
    Pages,
    /// A whole document: blocks, sentences, facts.
    Document,
}

/// What a worker gives back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Output {
    /// Pages and lines.
    Pages(Extraction),
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
}

impl Failure {
    /// A failure to make sense of the bytes.
    pub fn unreadable(message: impl Into<String>) -> Self {
        Self { kind: FailureKind::Unreadable, message: message.into() }
    }
}
