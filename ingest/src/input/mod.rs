//! Text that is no PDF: plain text in any encoding, Markdown, saved web pages, DOCX, records.
//!
//! Each reader gives the same: blocks, and what the input says of itself beside them.

mod about;
mod docx;
mod encoding;
mod guess;
mod html;
mod markdown;

use corpus::document::{Block, Warning};

pub(crate) use about::About;

use crate::{Error, layout};

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A paragraph a line, or lines broken by a program.
    Plain,
    /// CommonMark with tables, footnotes and front matter.
    Markdown,
    /// A saved web page.
    Html,
}

/// What a reader makes of its input.
#[derive(Debug, Default)]
pub(crate) struct Text {
    pub(crate) blocks: Vec<Block>,
    pub(crate) about: About,
    pub(crate) warnings: Vec<Warning>,
}

/// Reads the bytes of a file. `name` tells Markdown, which looks like plain text; a web page is known by its beginning
/// too, and a DOCX by its parts.
///
/// # Errors
/// When the bytes are no text, or a page or a document has none.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Text, Error> {
    if docx::is_docx(bytes) {
        return docx::read(bytes);
    }
    let form = form_of(name, bytes);
    let declared = (form == Form::Html).then(|| html::declared_encoding(bytes)).flatten();
    let decoded = encoding::decode(bytes, declared.as_deref())?;
    let mut text = read_form(form, &decoded.text)?;
    text.warnings.splice(0..0, decoded.warnings);
    Ok(text)
}

/// The text of a file in whatever encoding its bytes are (UTF-8, UTF-16, GB 18030, Big5 and others), without a byte
/// order mark, with warnings of what was guessed and of what could not be decoded.
///
/// # Errors
/// [`Error::NotText`] when the bytes are text in no encoding that is read, [`Error::Binary`] when they are known to be
/// something else.
pub fn text_of(bytes: &[u8]) -> Result<(String, Vec<Warning>), Error> {
    text_declared(bytes, None)
}

/// As [`text_of`], with the label of the encoding that the file names, such as `gb2312`: it is believed as long as the
/// bytes bear it out.
///
/// # Errors
/// As [`text_of`].
pub fn text_declared(bytes: &[u8], declared: Option<&str>) -> Result<(String, Vec<Warning>), Error> {
    let decoded = encoding::decode(bytes, declared)?;
    Ok((decoded.text, decoded.warnings))
}

/// Reads a text that is decoded already.
///
/// # Errors
/// When a web page has no text.
pub(crate) fn read_form(form: Form, text: &str) -> Result<Text, Error> {
    match form {
        Form::Plain => Ok(Text { blocks: layout::blocks_of_text(text), ..Text::default() }),
        Form::Markdown => Ok(markdown::read(text)),
        Form::Html => html::read(text),
    }
}

fn form_of(name: &str, bytes: &[u8]) -> Form {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "html" | "htm" | "xhtml" | "shtml" => Form::Html,
        _ if html::is_html(bytes) => Form::Html,
        "md" | "markdown" => Form::Markdown,
        _ => Form::Plain,
    }
}

#[cfg(test)]
mod tests;
