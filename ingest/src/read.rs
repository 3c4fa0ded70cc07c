//! One file to one document: blocks, sentences, language and facts from what was extracted.

use corpus::document::{
    Block, BlockKind, BlockLine, DocumentHash, Extraction, Language, PageReading, ReadDocument, Rect, Sentence,
    TextState, Warning,
};
use corpus::text::segment::sentences;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::input::{self, About, Form, Text};
use crate::{Error, facts, language, layout};

/// A line of the JSONL door, for people with an extraction of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JsonRecord {
    /// The name of the document, unique in its file.
    pub id: String,
    /// The text.
    pub text: String,
    /// The title, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// ISO 639-1 code, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was published: `2024`, `2024-06` or `2024-06-05`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How the text is written; plain text where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<RecordFormat>,
}

/// How the text of a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecordFormat {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page as it was saved; its main text is taken.
    Html,
}

/// A document from what a worker process extracted from a PDF.
///
/// A file of which nothing can be read without an OCR engine comes back as [`TextState::NeedsOcr`].
pub fn read_pdf(name: &str, source: &str, bytes_hash: DocumentHash, extraction: Extraction) -> ReadDocument {
    let readings = extraction.readings();
    let Extraction { pages, title_hint, warnings } = extraction;
    let draft = Draft {
        hash: bytes_hash,
        name: name.to_owned(),
        source: source.to_owned(),
        state: TextState::of(&pages),
        readings,
        page_count: u32::try_from(pages.len()).unwrap_or(u32::MAX),
        warnings,
    };
    let layout::Reading { blocks, notes, .. } = layout::reading(pages);
    let noted = facts::noted(&blocks, &notes);
    draft.finish_with(blocks, &noted, &[], None, title_hint.as_deref())
}

/// A document from a text file, Markdown (known by the ending of `name`), or a saved web page.
///
/// The encoding is that of the byte order mark, of a page's own declaration, or UTF-8; else it is told from the bytes
/// (UTF-16, GB18030, Big5 and those of other languages), which is a warning.
///
/// # Errors
/// When the bytes are no text in any of these, or the page has no text of its own.
pub fn read_text(name: &str, source: &str, hash: DocumentHash, bytes: &[u8]) -> Result<ReadDocument, Error> {
    let text = input::read(name, bytes)?;
    Ok(document_of(text, name, source, hash, None))
}

/// A document from a line of the JSONL door. Its identity is the SHA-256 of the record.
///
/// # Errors
/// When the record's text is a web page that has no text of its own.
pub fn read_record(record: &JsonRecord) -> Result<ReadDocument, Error> {
    let source = record.url.as_deref().unwrap_or(&record.id);
    let form = match record.format {
        None | Some(RecordFormat::Text) => Form::Plain,
        Some(RecordFormat::Markdown) => Form::Markdown,
        Some(RecordFormat::Html) => Form::Html,
    };
    let mut text = input::read_form(form, &record.text)?;
    text.about.put_first(About::of_record(record));
    Ok(document_of(text, &record.id, source, hash_of(record), record.title.as_deref()))
}

fn document_of(text: Text, name: &str, source: &str, hash: DocumentHash, title: Option<&str>) -> ReadDocument {
    let Text { blocks, about, warnings } = text;
    let draft = of_text(name, source, hash, warnings);
    let mut document = draft.finish_with(blocks, &[], &about.lines, about.language, title);
    about.apply(&mut document);
    document
}

/// Whether the bytes are a PDF: `%PDF-` within the first 1024 bytes, as the readers of ISO 32000 files allow.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024.min(bytes.len())).unwrap_or_default();
    head.windows(5).any(|window| window == b"%PDF-")
}

fn hash_of(record: &JsonRecord) -> DocumentHash {
    let mut hasher = Sha256::new();
    let optional = [&record.title, &record.language, &record.url, &record.date];
    let fields = [Some(&record.id), Some(&record.text)].into_iter().chain(optional.map(Option::as_ref));
    for field in fields {
        // A length before each field keeps two records apart whose fields only run together alike.
        hasher.update(field.map_or(u64::MAX, |field| field.len() as u64).to_le_bytes());
        hasher.update(field.map_or(&[][..], |field| field.as_bytes()));
    }
    if let Some(format) = record.format {
        hasher.update([format as u8]);
    }
    DocumentHash(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn of_text(name: &str, source: &str, hash: DocumentHash, warnings: Vec<Warning>) -> Draft {
    let (name, source) = (name.to_owned(), source.to_owned());
    Draft { hash, name, source, state: TextState::Text, readings: Vec::new(), page_count: 1, warnings }
}

/// A document whose blocks are still to come.
struct Draft {
    hash: DocumentHash,
    name: String,
    source: String,
    state: TextState,
    readings: Vec<PageReading>,
    page_count: u32,
    warnings: Vec<Warning>,
}

impl Draft {
    /// `lines` are told of the document, in which facts are looked for as in the text, though they are no part of it.
    fn finish_with(
        self,
        blocks: Vec<Block>,
        noted: &[facts::Noted],
        lines: &[String],
        language: Option<Language>,
        title_hint: Option<&str>,
    ) -> ReadDocument {
        let language = language.unwrap_or_else(|| language_of(&blocks));
        let mut all: Vec<Block> = lines.iter().map(|line| told(line)).collect();
        all.extend(blocks.into_iter().flat_map(language::split));
        for block in &mut all {
            block.language = language::detect_or(&block.text, language);
        }
        let mut sentences = sentences_of(&all, language);
        let facts = facts::facts(&all, &sentences, noted, language, title_hint);
        let blocks = all.split_off(lines.len());
        sentences.retain(|sentence| sentence.block >= lines.len());
        for sentence in &mut sentences {
            sentence.block -= lines.len();
        }
        let Self { hash, name, source, state, readings, page_count, warnings } = self;
        ReadDocument { hash, name, source, language, state, page_count, readings, blocks, sentences, facts, warnings }
    }
}

/// A line that is told of a document, as a block in front of it.
fn told(line: &str) -> Block {
    let (page, bbox) = (1, Rect::default());
    let lines = vec![BlockLine::new(0, page, bbox)];
    Block { kind: BlockKind::Paragraph, level: 0, page, bbox, language: Language::Other, text: line.to_owned(), lines }
}

/// The language of most of the running text.
fn language_of(blocks: &[Block]) -> Language {
    let mut text = String::new();
    for block in blocks.iter().filter(|block| block.kind.is_running_text()) {
        text.push_str(&block.text);
        text.push('\n');
        if text.len() > 200_000 {
            break;
        }
    }
    language::detect(&text)
}

/// The sentences of the running text. A sentence too short to tell has the document's language.
fn sentences_of(blocks: &[Block], language: Language) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (at, block) in blocks.iter().enumerate().filter(|(_, block)| block.kind.is_running_text()) {
        for range in sentences(&block.text) {
            let Some(text) = block.text.get(range.clone()) else { continue };
            found.push(Sentence {
                block: at,
                start: range.start,
                end: range.end,
                page: page_at(block, range.start),
                language: language::detect_or(text, language),
                text: text.to_owned(),
            });
        }
    }
    found
}

/// The page of the line that holds a byte of a block.
pub(crate) fn page_at(block: &Block, offset: usize) -> u32 {
    block.lines.iter().take_while(|line| line.start <= offset).last().map_or(block.page, |line| line.page)
}

/// Whether a block is a heading of the text, not the title.
pub(crate) fn is_outline(block: &Block) -> bool {
    block.kind == BlockKind::Heading && block.level > 0
}

#[cfg(test)]
mod tests {
    use corpus::facts::{DateKind, DatedFact};

    use super::*;

    #[test]
    fn a_record_says_more_than_its_text() {
        let record = JsonRecord {
            id: "7".to_owned(),
            text: "Lakes are to be monitored.".to_owned(),
            title: Some("On Lakes".to_owned()),
            language: Some("en".to_owned()),
            url: Some("https://lakes.example/7".to_owned()),
            date: Some("2031-05".to_owned()),
            format: None,
        };
        let read = read_record(&record).expect("plain text is read");
        assert_eq!(read.facts.title.as_deref(), Some("On Lakes"));
        assert_eq!(read.facts.source_urls, ["https://lakes.example/7"]);
        let told =
            DatedFact { kind: DateKind::Published, date: "2031-05".to_owned(), sentence: String::new(), page: 1 };
        assert_eq!(read.facts.dates, [told]);
        assert_eq!(read.hash.0.len(), 64);
        let other = read_record(&JsonRecord { date: None, ..record }).expect("plain text is read");
        assert_ne!(read.hash, other.hash);
    }

    #[test]
    fn a_pdf_is_known_by_its_first_bytes() {
        assert!(is_pdf(b"\n%PDF-1.7") && !is_pdf(b"PDF") && !is_pdf(b""));
    }
}
