//! DOCX (ISO/IEC 29500-1, WordprocessingML) to blocks: what a reader of the document sees, changes accepted.
//!
//! Headings are known by their styles and outline levels, lists and numbered headings get the marks that the numbering
//! part gives them, and notes stand behind the text. Running headers, comments and formulas' layout are left out.

mod body;
mod numbering;
mod package;
mod styles;
#[cfg(test)]
mod tests;
mod xml;

use corpus::document::{BlockKind, Rect, Warning};

use super::html::place_title;
use super::{About, Text};
use crate::Error;
use crate::layout::blocks_of_drafts;
use crate::layout::draft::Draft;
use body::Body;
use numbering::Numbering;
use package::Package;
use styles::Styles;

/// A title in the file's properties that is longer says something else.
const LONGEST_TITLE: usize = 200;

/// Whether bytes are a package with a main document, however damaged that is.
pub(super) fn is_docx(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") && Package::open(bytes).is_some_and(|package| package.has_document())
}

/// Reads a document.
///
/// # Errors
/// [`Error::NoText`] when its main part cannot be read at all.
pub(super) fn read(bytes: &[u8]) -> Result<Text, Error> {
    let unreadable = |why: &str| Error::NoText(format!("{why}; open it in a word processor and save it again"));
    let mut package = Package::open(bytes).ok_or_else(|| unreadable("the archive is damaged"))?;
    let main = package.document().map_err(|fault| unreadable(&fault))?;
    let mut warnings = Vec::new();
    let mut part = |name: &str| {
        package.part(name).unwrap_or_else(|fault| {
            warnings.push(Warning { page: None, message: fault });
            None
        })
    };
    let styles = Styles::read(&part("word/styles.xml").unwrap_or_default());
    let numbering = Numbering::read(&part("word/numbering.xml").unwrap_or_default());
    let (footnotes, endnotes) = (part("word/footnotes.xml"), part("word/endnotes.xml"));
    let properties = part("docProps/core.xml").unwrap_or_default();
    let mut body = Body::new(&styles, numbering);
    warnings.extend(body.read_document(&main).map(|message| Warning { page: None, message }));
    for (notes, is_footnote) in [(footnotes, true), (endnotes, false)] {
        body.read_notes(&notes.unwrap_or_default(), is_footnote);
    }
    let mut drafts = body.finish();
    if drafts.is_empty() && !warnings.is_empty() {
        return Err(unreadable(warnings.first().map_or("it has no text", |warning| &warning.message)));
    }
    if let Some(title) = title(&properties) {
        settle_title(&title, &mut drafts);
    }
    Ok(Text { blocks: blocks_of_drafts(drafts), about: About::default(), warnings })
}

/// The title in the properties (Dublin Core), unless it is the name that a program gave to a new file.
fn title(properties: &str) -> Option<String> {
    let title = xml::first_text(properties, "title")?;
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let bare = title.to_lowercase();
    let is_name = ["microsoft word", "document", "文档", "文件", "untitled", "无标题", "ppt", "新建"]
        .iter()
        .any(|name| bare.starts_with(name))
        || [".doc", ".docx", ".wps"].iter().any(|ending| bare.ends_with(ending));
    (title.chars().count() >= 2 && title.len() <= LONGEST_TITLE && !is_name).then_some(title)
}

/// A title that the text itself gives, by its style or in the same words, stands; else that of the properties does.
fn settle_title(title: &str, drafts: &mut Vec<Draft>) {
    let is_title = |draft: &Draft| draft.kind == BlockKind::Heading && draft.level == 0;
    if !drafts.iter().take(20).any(is_title) {
        place_title(title, drafts);
    }
}

/// A block on page 1, as all blocks of a document without pages are.
fn draft(kind: BlockKind, level: u8, text: &str) -> Draft {
    let mut draft = Draft::new(kind, text, 1, Rect::default());
    draft.level = level;
    draft
}
