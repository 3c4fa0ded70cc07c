//! Saved web pages: the text that a page is about, without what stands around it.

mod flow;
mod furniture;
mod locate;
mod particulars;
mod table;
mod titles;
mod tree;
mod viewer;
mod weigh;

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use corpus::document::{BlockKind, Warning};
use regex::Regex;
use regex::bytes::Regex as ByteRegex;

use super::{About, Text};
use crate::Error;
use crate::layout::blocks_of_drafts;
use crate::layout::draft::Draft;
use crate::pattern::pattern;
use tree::Tree;

/// The encoding of a page stands in its first bytes; saved pages may have a long comment before it.
const HEAD: usize = 8 * 1024;
/// Lines with the page's date and source stand among so many first and last blocks.
const EDGE: usize = 8;

/// Reads a page.
///
/// # Errors
/// [`Error::NoText`] when the page shows a PDF, or its text is put there by scripts.
pub(super) fn read(page: &str) -> Result<Text, Error> {
    let tree = Tree::parse(page);
    let mut dropped = furniture::dropped(&tree);
    let mut about = particulars::about(&tree, &mut dropped);
    let weights = weigh::weigh(&tree, &dropped);
    let main = locate::main_element(&tree, &weights);
    let mut drafts = flow::drafts(&tree, &dropped, main);
    clean(&mut drafts, &mut about);
    if let Some(why) = viewer::why_no_text(&tree, &drafts) {
        return Err(Error::NoText(why));
    }
    let title = about.title.clone().or_else(|| titles::title(&tree, &dropped, &drafts));
    if let Some(title) = &title {
        titles::place(title, &mut drafts);
        about.title = None;
    }
    let mut warnings = Vec::new();
    if tree.is_cut {
        let message = "the page has more elements than are read; its end was left out".to_owned();
        warnings.push(Warning { page: None, message });
    }
    Ok(Text { blocks: blocks_of_drafts(drafts), about, warnings })
}

/// The blocks of a piece of markup that stands in another text.
pub(super) fn drafts_of_part(markup: &str) -> Vec<Draft> {
    let tree = Tree::parse(markup);
    let dropped = furniture::machinery(&tree);
    flow::drafts(&tree, &dropped, tree::ROOT)
}

/// Makes a title the heading of a text, in place of the first lines that say it.
pub(super) fn place_title(title: &str, drafts: &mut Vec<Draft>) {
    titles::place(title, drafts);
}

/// Takes out what pages print around every text, and takes in the lines that say when and where it was published.
fn clean(drafts: &mut Vec<Draft>, about: &mut About) {
    let count = drafts.len();
    let mut at = 0;
    drafts.retain(|draft| {
        at += 1;
        let text = draft.text.trim();
        let is_line = matches!(draft.kind, BlockKind::Paragraph | BlockKind::ListItem);
        let is_edge = at <= EDGE || at + EDGE > count;
        let is_taken = is_line && is_edge && particulars::take_line(about, text);
        !(is_taken || is_line && furniture::is_stock_line(text)) && text.chars().any(char::is_alphanumeric)
    });
}

/// Whether bytes begin as a page does.
pub(super) fn is_html(bytes: &[u8]) -> bool {
    static START: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?is)^(?:\s|\u{feff}|<!--.*?-->|<\?xml.*?\?>)*<(?:!doctype\s+html|html|head|body|meta|title)\b")
    });
    // The bytes of UTF-16 are those of ASCII with zeros between; other encodings leave ASCII as it is.
    let head: String = bytes.iter().take(HEAD).filter(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
    let head = head.trim_start_matches(['ï', '»', '¿', 'ÿ', 'þ']);
    head.trim_start().starts_with('<') && START.is_match(head)
}

/// The label of the encoding that a page names in its head.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<String> {
    static META: LazyLock<Option<ByteRegex>> = LazyLock::new(|| {
        ByteRegex::new(r#"(?i)<meta\b[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{2,40})"#).ok()
    });
    let captures = META.as_ref()?.captures(bytes.get(..HEAD.min(bytes.len()))?)?;
    let label = captures.get(1).or(captures.get(2))?;
    Some(String::from_utf8_lossy(label.as_bytes()).into_owned())
}
