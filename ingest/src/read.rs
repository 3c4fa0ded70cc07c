//! One file to one document: blocks, sentences, language and facts from what was extracted.

use corpus::document::{
    Block, BlockKind, DocumentHash, Extraction, Language, ReadDocument, Sentence, TextState, Warning,
};
use corpus::facts::{DateKind, DatedFact};
use corpus::text::segment::sentences;
use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Error, facts, language, layout};

/// Bytes that text does not have, in a thousand, above which a file is binary.
const CONTROL_SHARE: usize = 5;

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
}

/// A document from what a worker process extracted from a PDF.
///
/// A file without text, or one of whose pages most are scans, comes back as [`TextState::NeedsOcr`].
pub fn read_pdf(name: &str, source: &str, bytes_hash: DocumentHash, extraction: Extraction) -> ReadDocument {
    let Extraction { pages, title_hint, warnings } = extraction;
    let characters = pages.iter().flat_map(|page| &page.lines).any(|line| line.text.chars().any(char::is_alphanumeric));
    let state = if characters { TextState::Text } else { TextState::NeedsOcr };
    let draft = Draft {
        hash: bytes_hash,
        name: name.to_owned(),
        source: source.to_owned(),
        state,
        page_count: u32::try_from(pages.len()).unwrap_or(u32::MAX),
        warnings,
    };
    draft.finish(layout::blocks(&pages), None, title_hint.as_deref())
}

/// A document from plain text or Markdown.
///
/// The text is UTF-8, or UTF-16 with a byte order mark, or else GB18030.
///
/// # Errors
/// [`Error::NotText`] when the bytes are none of these.
pub fn read_text(name: &str, source: &str, hash: DocumentHash, bytes: &[u8]) -> Result<ReadDocument, Error> {
    let (text, warnings) = decode(name, bytes)?;
    Ok(of_text(name, source, hash, &text, warnings).finish(layout::blocks_of_text(&text), None, None))
}

/// A document from a line of the JSONL door. Its identity is the SHA-256 of the record.
pub fn read_record(record: &JsonRecord) -> ReadDocument {
    let source = record.url.as_deref().unwrap_or(&record.id);
    let language = record.language.as_deref().map(Language::from_code);
    let draft = of_text(&record.id, source, hash_of(record), &record.text, Vec::new());
    let mut document = draft.finish(layout::blocks_of_text(&record.text), language, record.title.as_deref());
    if let Some(title) = record.title.as_deref().filter(|title| !title.trim().is_empty()) {
        document.facts.title = Some(title.trim().to_owned());
    }
    if let Some(url) = record.url.as_ref().filter(|url| !document.facts.source_urls.contains(*url)) {
        document.facts.source_urls.insert(0, url.clone());
    }
    add_published(&mut document, record.date.as_deref());
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
    DocumentHash(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn add_published(document: &mut ReadDocument, date: Option<&str>) {
    let Some(date) = date.map(str::trim).filter(|date| is_iso_date(date)) else { return };
    let dates = &mut document.facts.dates;
    if !dates.iter().any(|fact| fact.kind == DateKind::Published) {
        dates.insert(0, DatedFact { kind: DateKind::Published, date: date.to_owned(), page: 1 });
    }
}

/// `2024`, `2024-06` or `2024-06-05`.
fn is_iso_date(date: &str) -> bool {
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = date.split('-');
    let year = parts.next().is_some_and(|year| digits(year, 4));
    year && parts.clone().count() <= 2 && parts.all(|part| digits(part, 2))
}

/// The text of some bytes, and what was wrong with it.
fn decode(name: &str, bytes: &[u8]) -> Result<(String, Vec<Warning>), Error> {
    let not_text = || Error::NotText(name.to_owned());
    let (text, damaged) = if bytes.starts_with(&[0xff, 0xfe]) {
        UTF_16LE.decode_with_bom_removal(bytes)
    } else if bytes.starts_with(&[0xfe, 0xff]) {
        UTF_16BE.decode_with_bom_removal(bytes)
    } else {
        let (text, damaged) = UTF_8.decode_with_bom_removal(bytes);
        if damaged && !is_mostly_sound(&text) { GB18030.decode_without_bom_handling(bytes) } else { (text, damaged) }
    };
    if is_binary(&text) || !is_mostly_sound(&text) {
        return Err(not_text());
    }
    let message = "some bytes are not text in the file's encoding and were replaced".to_owned();
    let warnings = if damaged { vec![Warning { page: None, message }] } else { Vec::new() };
    Ok((text.into_owned(), warnings))
}

/// Whether fewer than one character in a hundred could not be decoded.
fn is_mostly_sound(text: &str) -> bool {
    let lost = text.chars().filter(|char| *char == '\u{fffd}').count();
    lost * 100 <= text.chars().count()
}

fn is_binary(text: &str) -> bool {
    let controls =
        text.chars().filter(|char| char.is_control() && !matches!(char, '\n' | '\r' | '\t' | '\u{c}' | '\u{1a}'));
    let controls = controls.count();
    controls * 1000 > text.chars().count() * CONTROL_SHARE
}

fn of_text(name: &str, source: &str, hash: DocumentHash, text: &str, warnings: Vec<Warning>) -> Draft {
    let state = if text.trim().is_empty() { TextState::NeedsOcr } else { TextState::Text };
    Draft { hash, name: name.to_owned(), source: source.to_owned(), state, page_count: 1, warnings }
}

/// A document whose blocks are still to come.
struct Draft {
    hash: DocumentHash,
    name: String,
    source: String,
    state: TextState,
    page_count: u32,
    warnings: Vec<Warning>,
}

impl Draft {
    fn finish(self, blocks: Vec<Block>, language: Option<Language>, title_hint: Option<&str>) -> ReadDocument {
        let language = language.unwrap_or_else(|| language_of(&blocks));
        let sentences = sentences_of(&blocks, language);
        let facts = facts::facts(&blocks, &sentences, language, title_hint);
        let Self { hash, name, source, state, page_count, warnings } = self;
        ReadDocument { hash, name, source, language, state, page_count, blocks, sentences, facts, warnings }
    }
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
            let own = language::detect(text);
            found.push(Sentence {
                block: at,
                start: range.start,
                end: range.end,
                page: page_at(block, range.start),
                language: if own == Language::Other { language } else { own },
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
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], wanted: Option<&str>) {
        let read = read_text("file.txt", "file.txt", DocumentHash(String::new()), bytes).ok();
        assert_eq!(read.and_then(|read| read.blocks.first().map(|block| block.text.clone())).as_deref(), wanted);
    }

    #[test]
    fn text_in_the_encodings_of_chinese_files() {
        check("湖泊监测。".as_bytes(), Some("湖泊监测。"));
        check("\u{feff}湖泊监测。".as_bytes(), Some("湖泊监测。"));
        check(&GB18030.encode("湖泊监测。").0, Some("湖泊监测。"));
        check(&[0xff, 0xfe, 0x56, 0x6e, 0xca, 0x6c], Some("湖泊"));
    }

    #[test]
    fn binary_bytes_are_an_error_and_emptiness_is_not() {
        check(&[0, 1, 2, 3, 0x89, 0x50, 0, 0, 5, 6, 7, 8], None);
        let empty = read_text("empty.txt", "", DocumentHash(String::new()), b"").expect("empty text is text");
        assert_eq!(empty.state, TextState::NeedsOcr);
    }

    #[test]
    fn a_record_says_more_than_its_text() {
        let record = JsonRecord {
            id: "7".to_owned(),
            text: "Lakes are to be monitored.".to_owned(),
            title: Some("On Lakes".to_owned()),
            language: Some("en".to_owned()),
            url: Some("https://lakes.example/7".to_owned()),
            date: Some("2031-05".to_owned()),
        };
        let read = read_record(&record);
        assert_eq!(read.facts.title.as_deref(), Some("On Lakes"));
        assert_eq!(read.facts.source_urls, ["https://lakes.example/7"]);
        assert_eq!(read.facts.dates, [DatedFact { kind: DateKind::Published, date: "2031-05".to_owned(), page: 1 }]);
        assert_eq!(read.hash.0.len(), 64);
        assert_ne!(read.hash, read_record(&JsonRecord { date: None, ..record }).hash);
    }

    #[test]
    fn a_pdf_is_known_by_its_first_bytes() {
        assert!(is_pdf(b"\n%PDF-1.7") && !is_pdf(b"PDF") && !is_pdf(b""));
    }
}
