//! A text as it is given to be marked or checked: typed, or a file that a worker reads.

use std::path::Path;

use corpus::document::{BlockKind, Language, ReadDocument};
use corpus::text::segment::sentences;
use ingest::align::Line;

use crate::Error;
use crate::workers::{Failure, Limits, OcrPages, Output, Pool, Request, Want};

/// A text that is given.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// Text as it stands.
    Plain(String),
    /// A file that was read.
    Document(Box<ReadDocument>),
}

/// A sentence of a given text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenSentence {
    text: String,
    heading: Option<u8>,
    starts_block: Option<bool>,
}

impl Given {
    /// The text that bytes hold, where they need no reader: UTF-8 that is neither a PDF, a web page nor Markdown.
    pub fn plain(name: &str, bytes: &[u8]) -> Option<Self> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let has_reader = matches!(ending.as_str(), "md" | "markdown" | "html" | "htm" | "xhtml" | "shtml" | "docx");
        let text = std::str::from_utf8(bytes).ok().filter(|text| !has_reader && !text.contains('\0'))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let start = text.trim_start().get(..15).unwrap_or_default().to_ascii_lowercase();
        let is_markup = start.starts_with("<!doctype html") || start.starts_with("<html");
        (!ingest::read::is_pdf(bytes) && !is_markup).then(|| Self::Plain(text.to_owned()))
    }

    /// The running text, a block a line.
    pub fn text(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Document(document) => {
                let running = document.blocks.iter().filter(|block| block.kind.is_running_text());
                running.map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// The language of most of it.
    pub fn language(&self) -> Language {
        match self {
            Self::Plain(text) => ingest::language::detect(text),
            Self::Document(document) => document.language,
        }
    }

    /// Its sentences, in order.
    pub fn sentences(&self) -> Vec<GivenSentence> {
        match self {
            Self::Plain(text) => plain_sentences(text),
            Self::Document(document) => document_sentences(document),
        }
    }
}

impl GivenSentence {
    /// The sentence as the aligner sees it.
    pub fn line(&self) -> Line<'_> {
        Line { text: &self.text, heading: self.heading, starts_block: self.starts_block }
    }

    /// The sentence.
    pub fn text(&self) -> &str {
        &self.text
    }
}

fn plain_sentences(text: &str) -> Vec<GivenSentence> {
    let lines = text.lines().flat_map(|line| {
        let ranges = sentences(line).into_iter().enumerate();
        ranges.filter_map(move |(at, range)| {
            let text = line.get(range)?.to_owned();
            Some(GivenSentence { text, heading: None, starts_block: Some(at == 0) })
        })
    });
    lines.collect()
}

fn document_sentences(document: &ReadDocument) -> Vec<GivenSentence> {
    let mut last = None;
    let sentences = document.sentences.iter().map(|sentence| {
        let block = document.blocks.get(sentence.block);
        let heading = block.filter(|block| block.kind == BlockKind::Heading && block.level > 0);
        let starts = last.replace(sentence.block) != Some(sentence.block);
        GivenSentence {
            text: sentence.text.clone(),
            heading: heading.map(|block| block.level),
            starts_block: Some(starts),
        }
    });
    sentences.collect()
}

/// Has a file read by a worker process of its own. `name` is the file's name as people know it.
///
/// # Errors
/// The outer error is this program's, when no worker can be started; the inner one the file's.
pub fn read_file(path: &Path, name: &str, limits: Limits) -> Result<Result<Given, Failure>, Error> {
    let program = std::env::current_exe().map_err(Error::Worker)?;
    let request = Request {
        path: path.to_owned(),
        name: name.to_owned(),
        source: name.to_owned(),
        want: Want::Document(OcrPages::default()),
        password: None,
        engine: None,
    };
    Ok(match Pool::new(program, limits).read(&request)? {
        Output::Document(document) if document.sentences.is_empty() => {
            let message = "it has no text that can be read; a scan needs an OCR engine: `policyglot extract`";
            Err(Failure::unreadable(message))
        }
        Output::Document(document) => Ok(Given::Document(document)),
        Output::Failed(failure) => Err(failure),
        _ => Err(Failure::unreadable("its worker answered another question; install policyglot anew")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], wanted: Option<&str>) {
        let given = Given::plain(name, bytes).map(|given| given.text());
        assert_eq!(given.as_deref(), wanted, "{name}");
    }

    #[test]
    fn text_that_needs_no_reader_stays_as_it_is() {
        check("-", "一行\n  two".as_bytes(), Some("一行\n  two"));
        check("a.txt", "\u{feff}x".as_bytes(), Some("x"));
        check("a.md", b"# x", None);
        check("a.txt", b"%PDF-1.7", None);
        check("a.txt", b" <!DOCTYPE html><p>x", None);
        check("a.txt", &[0xc4, 0xe3], None);
        check("a.txt", b"PK\x03\x04\0\0", None);
    }

    #[test]
    fn sentences_know_where_a_line_begins() {
        let given = Given::Plain("湖要保护。河也要。\n\n第二段。".to_owned());
        let found: Vec<_> =
            given.sentences().iter().map(|found| (found.text().to_owned(), found.starts_block)).collect();
        let wanted = [("湖要保护。", true), ("河也要。", false), ("第二段。", true)];
        assert_eq!(found, wanted.map(|(text, starts)| (text.to_owned(), Some(starts))));
    }
}
