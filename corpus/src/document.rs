//! One text in one language: its pages, blocks and sentences, and where each stands on the page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ends::Ends;

/// The identity of a document: the SHA-256 of its bytes, in lower-case hexadecimal (64 characters).
///
/// A document that came through the JSONL door is known by the hash of its line.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentHash(pub String);

/// The language of a document, a block or a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Chinese, in simplified or traditional characters.
    Zh,
    /// English.
    En,
    /// Any other language, or too little text to tell.
    Other,
}

impl Language {
    /// The ISO 639-1 code, or `und` for [`Language::Other`].
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
            Self::Other => "und",
        }
    }

    /// The language of an ISO 639-1 code; regional subtags (`zh-Hant`) are ignored.
    pub fn from_code(code: &str) -> Self {
        match code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "zh" => Self::Zh,
            "en" => Self::En,
            _ => Self::Other,
        }
    }

    /// What a text is in before anybody has looked.
    pub(crate) fn unknown() -> Self {
        Self::Other
    }

    /// The language that a bitext pairs this one with; `None` for [`Language::Other`].
    pub fn counterpart(self) -> Option<Self> {
        match self {
            Self::Zh => Some(Self::En),
            Self::En => Some(Self::Zh),
            Self::Other => None,
        }
    }
}

/// The characters that a Chinese text is written in (ISO 15924).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub enum Script {
    /// Simplified characters.
    Hans,
    /// Traditional characters.
    Hant,
}

impl Script {
    /// The ISO 15924 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Hans => "Hans",
            Self::Hant => "Hant",
        }
    }
}

/// A rectangle on a page, in points (1/72 inch) from the top left corner of the page as it is displayed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Rect {
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

impl Rect {
    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// Width in points.
    pub fn width(self) -> f32 {
        self.x1 - self.x0
    }

    /// Height in points.
    pub fn height(self) -> f32 {
        self.y1 - self.y0
    }
}

/// A line of text as it stands on a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The text in logical order, with single spaces between words and none between Han characters.
    pub text: String,
    /// Where it stands.
    #[serde(rename = "box")]
    pub bbox: Rect,
    /// The font size that most of its characters have, in points.
    pub size: f32,
    /// Whether most of its characters are bold.
    pub bold: bool,
    /// For each character of `text`, how far its end lies from the start of the line, in points along the direction
    /// of writing; empty where that is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ends: Vec<f32>,
    /// The parts of `text`, as byte ranges in order, that are set small and raised, as the marks of notes are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub raised: Vec<(usize, usize)>,
    /// For each piece of `text` between tabs, its cell of a table that is drawn with rules; empty outside of such.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Cell>,
    /// The words as an OCR engine saw them; empty where the text is the file's own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<Word>,
}

/// A cell of a table that is drawn with rules; of joined cells the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    /// The table, counted from 0 on its page.
    pub table: u16,
    /// The row, counted from 0.
    pub row: u16,
    /// The column, counted from 0.
    pub column: u16,
}

/// A word that an OCR engine read.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Byte offset in the line's text.
    pub start: usize,
    /// Byte offset in the line's text, exclusive.
    pub end: usize,
    /// Where it stands.
    #[serde(rename = "box")]
    pub bbox: Rect,
    /// How sure the engine is, from 0 to 1.
    pub confidence: f32,
}

/// How a page's text was come by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum PageSource {
    /// It is the file's own; an empty page has none.
    Layer,
    /// Images cover the page and it has no text of its own to speak of.
    Scan,
    /// Most of its text is in fonts that nothing makes readable.
    Unreadable,
    /// An OCR engine read it.
    Ocr {
        /// The engine's name.
        engine: String,
        /// How sure it is of its words, the mean by length, from 0 to 1.
        confidence: f32,
    },
}

impl PageSource {
    /// The name of the kind, used in the store, the API and JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Layer => "layer",
            Self::Scan => "scan",
            Self::Unreadable => "unreadable",
            Self::Ocr { .. } => "ocr",
        }
    }

    /// Whether there is text that only an OCR engine can read.
    pub fn needs_ocr(&self) -> bool {
        matches!(self, Self::Scan | Self::Unreadable)
    }

    /// Whether an OCR engine read it.
    pub fn is_ocr(&self) -> bool {
        matches!(self, Self::Ocr { .. })
    }
}

/// A page whose text is not the file's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageReading {
    /// The page, counted from 1.
    pub page: u32,
    /// How its text was come by; never [`PageSource::Layer`].
    #[serde(flatten)]
    pub source: PageSource,
}

/// A page as it was read: lines in reading order, running headers and footers included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Counted from 1.
    pub number: u32,
    /// Width as displayed, in points.
    pub width: f32,
    /// Height as displayed, in points.
    pub height: f32,
    /// Lines in reading order.
    pub lines: Vec<Line>,
    /// How its text was come by.
    pub source: PageSource,
}

impl Page {
    /// Whether there is text on it that only an OCR engine can read.
    pub fn needs_ocr(&self) -> bool {
        self.source.needs_ocr()
    }

    /// Whether it has a character that is not white space.
    pub fn has_text(&self) -> bool {
        self.lines.iter().any(|line| !line.text.trim().is_empty())
    }

    /// The text of all lines, a line each.
    pub fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

/// Something that was wrong with a document and was survived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// The page, counted from 1; `None` when it concerns the whole document.
    pub page: Option<u32>,
    /// Lower case, without a final full stop.
    pub message: String,
}

/// What was read out of a file: never all or nothing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// Pages in order.
    pub pages: Vec<Page>,
    /// Title from the file's own metadata; often wrong, so a hint only.
    pub title_hint: Option<String>,
    /// What was wrong.
    pub warnings: Vec<Warning>,
}

impl Extraction {
    /// Whether any page has a character of text.
    pub fn has_text(&self) -> bool {
        self.pages.iter().any(Page::has_text)
    }

    /// The pages whose text is not the file's own, in order.
    pub fn readings(&self) -> Vec<PageReading> {
        let others = self.pages.iter().filter(|page| page.source != PageSource::Layer);
        others.map(|page| PageReading { page: page.number, source: page.source.clone() }).collect()
    }

    /// Puts pages that an OCR engine read in place of those of the same numbers: of those that need it, or `always`.
    /// What was said against a page that is replaced is forgotten.
    pub fn put_pages(&mut self, read: &[Page], always: bool) {
        for page in read {
            let place = self.pages.iter_mut().find(|place| place.number == page.number);
            if let Some(place) = place.filter(|place| always || place.needs_ocr()) {
                *place = page.clone();
                self.warnings.retain(|warning| warning.page != Some(page.number));
            }
        }
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading; its level is in [`Block::level`].
    Heading,
    /// A paragraph of running text.
    Paragraph,
    /// An item of a list, with its mark.
    ListItem,
    /// A row of a table: cells separated by tabs.
    TableRow,
    /// The caption of a table or figure.
    Caption,
    /// A footnote, with its mark.
    Footnote,
    /// A running header.
    Header,
    /// A running footer or a page number.
    Footer,
}

impl BlockKind {
    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::ListItem => "list_item",
            Self::TableRow => "table_row",
            Self::Caption => "caption",
            Self::Footnote => "footnote",
            Self::Header => "header",
            Self::Footer => "footer",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Heading,
            Self::Paragraph,
            Self::ListItem,
            Self::TableRow,
            Self::Caption,
            Self::Footnote,
            Self::Header,
            Self::Footer,
        ]
        .into_iter()
        .find(|kind| kind.name() == name)
    }

    /// Whether the block is part of the running text, not of the page's furniture.
    pub fn is_running_text(self) -> bool {
        !matches!(self, Self::Header | Self::Footer)
    }
}

/// A block: the unit of layout. A paragraph that runs over a page is one block, on the page where it begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The level of a heading, 0 for the document's title, then from 1; 0 for every other kind.
    pub level: u8,
    /// The page where it begins, counted from 1.
    pub page: u32,
    /// Where it stands on that page.
    #[serde(rename = "box")]
    pub bbox: Rect,
    /// The language of its text; of one too short to tell, the document's.
    #[serde(default = "Language::unknown")]
    pub language: Language,
    /// The text, lines joined.
    pub text: String,
    /// For each line of the block: the byte offset in `text` where it begins, the page and the box.
    pub lines: Vec<BlockLine>,
}

/// Where a part of a block's text stands on a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BlockLine {
    /// Byte offset in the block's text.
    pub start: usize,
    /// The page, counted from 1.
    pub page: u32,
    /// Where the line stands.
    #[serde(rename = "box")]
    pub bbox: Rect,
    /// Where its characters end, up to the next line's; empty where that is not known.
    #[serde(default, skip_serializing_if = "Ends::is_empty")]
    pub ends: Ends,
}

impl BlockLine {
    /// A line of which it is not known where its characters end.
    pub fn new(start: usize, page: u32, bbox: Rect) -> Self {
        Self { start, page, bbox, ends: Ends::default() }
    }
}

/// A sentence of a document. A heading, a table cell and a list item are sentences also without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sentence {
    /// The index of its block in the document, from 0.
    pub block: usize,
    /// Byte range in the block's text: start.
    pub start: usize,
    /// Byte range in the block's text: end, exclusive.
    pub end: usize,
    /// The page where it begins, counted from 1.
    pub page: u32,
    /// The language of the sentence.
    pub language: Language,
    /// The text.
    pub text: String,
}

/// How a document's text was come by. Single pages of it may differ: see [`PageReading`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextState {
    /// It is the file's own, or some of it is.
    Text,
    /// An OCR engine read all that there is.
    Ocr,
    /// A scan, or fonts that cannot be read: nothing to search until an OCR engine reads it.
    NeedsOcr,
}

impl TextState {
    /// The state of a document with these pages.
    pub fn of(pages: &[Page]) -> Self {
        let own = pages.iter().any(|page| page.source == PageSource::Layer && page.has_text());
        let read = pages.iter().any(|page| page.source.is_ocr() && page.has_text());
        match (own, read) {
            (true, _) => Self::Text,
            (false, true) => Self::Ocr,
            (false, false) if pages.iter().any(Page::needs_ocr) => Self::NeedsOcr,
            (false, false) if pages.iter().any(|page| page.source.is_ocr()) => Self::Ocr,
            (false, false) => Self::Text,
        }
    }

    /// The name used in the store, the API and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Ocr => "ocr",
            Self::NeedsOcr => "needs_ocr",
        }
    }

    /// The state of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Text, Self::Ocr, Self::NeedsOcr].into_iter().find(|state| state.name() == name)
    }
}

/// What OCR has done for a document, and what it has yet to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OcrState {
    /// How many pages an OCR engine read.
    pub read: u32,
    /// How sure it is of them on average, from 0 to 1; `None` where it read none.
    pub confidence: Option<f32>,
    /// How many pages wait for an OCR engine.
    pub waiting: u32,
}

/// Everything that ingest has read out of one document, ready for the store.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadDocument {
    /// SHA-256 of the bytes.
    pub hash: DocumentHash,
    /// The file's name, without its folder, or the JSONL record's id.
    pub name: String,
    /// Where it came from: a path or an address.
    pub source: String,
    /// The language of most of the text.
    pub language: Language,
    /// Whether there is text.
    pub state: TextState,
    /// How many pages it has; 1 for plain text.
    pub page_count: u32,
    /// The pages whose text is not the file's own, in order.
    #[serde(default)]
    pub readings: Vec<PageReading>,
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Sentences in reading order.
    pub sentences: Vec<Sentence>,
    /// What the document says of itself.
    pub facts: crate::facts::Facts,
    /// What was wrong with it.
    pub warnings: Vec<Warning>,
}

/// A document in the store, as lists and pages show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The row's number in the store.
    pub id: i64,
    /// SHA-256 of the bytes.
    pub hash: DocumentHash,
    /// The file's name.
    pub name: String,
    /// Where it came from.
    pub source: String,
    /// The language of most of the text.
    pub language: Language,
    /// Whether there is text.
    pub state: TextState,
    /// How many pages it has.
    pub page_count: u32,
    /// What OCR has done for it, and has yet to do.
    pub ocr: OcrState,
    /// What the document says of itself.
    pub facts: crate::facts::Facts,
    /// What was wrong with it.
    pub warnings: Vec<Warning>,
}

impl Document {
    /// The title, or the file's name where no title was found.
    pub fn display_title(&self) -> &str {
        self.facts.title.as_deref().unwrap_or(&self.name)
    }
}
