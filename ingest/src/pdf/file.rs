//! Bytes to objects: opening, decrypting and repairing a file.

use std::borrow::Cow;

use lopdf::encryption::DecryptionError;
use lopdf::{Document, FilterFunc, LoadOptions};

use super::{Error, encryption};

/// The largest object stream or cross-reference stream that is decoded.
const MAX_OBJECT_STREAM: usize = 128 << 20;
/// A header further in than this belongs to something else.
const HEADER_WITHIN: usize = 64 << 10;

/// Opens a file; with `rebuild`, the cross-reference table is made anew by scanning for objects.
///
/// `password` is tried after the empty one.
pub(super) fn open(bytes: &[u8], password: Option<&str>, rebuild: bool) -> Result<Document, Error> {
    let bytes = with_header(bytes)?;
    if let Some(hidden) = encryption::hidden(&bytes) {
        let filter: Option<FilterFunc> = Some(encryption::keep);
        let document = load(&hidden, LoadOptions { filter, ..options(rebuild) })?;
        if encryption::is_encrypted(&document) {
            drop(hidden);
            return encryption::decrypt(document, password, MAX_OBJECT_STREAM);
        }
    }
    let document = load(&bytes, options(rebuild))?;
    if document.trailer.has(b"Encrypt") {
        return Err(Error::PasswordNeeded);
    }
    Ok(document)
}

fn options(rebuild: bool) -> LoadOptions {
    LoadOptions { max_decompressed_size: Some(MAX_OBJECT_STREAM), force_reconstruct: rebuild, ..LoadOptions::default() }
}

fn load(bytes: &[u8], options: LoadOptions) -> Result<Document, Error> {
    Document::load_mem_with_options(bytes, options).map_err(|error| reason(&error))
}

/// The file, with a header put before it where its beginning is lost or damaged but objects are there.
fn with_header(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    if has_header(bytes) {
        return Ok(Cow::Borrowed(bytes));
    }
    if !bytes.windows(4).any(|window| window == b" obj") {
        return Err(Error::NotPdf { found: kind_of(bytes) });
    }
    let mut mended = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    mended.extend_from_slice(bytes);
    Ok(Cow::Owned(mended))
}

fn has_header(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(HEADER_WITHIN)).unwrap_or_default();
    start.windows(5).any(|window| window == b"%PDF-")
}

/// What an error of lopdf means to the reader.
pub(super) fn reason(error: &lopdf::Error) -> Error {
    match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(DecryptionError::IncorrectPassword) => {
            Error::PasswordNeeded
        }
        lopdf::Error::Decryption(error) => Error::UnknownEncryption(error.to_string()),
        lopdf::Error::UnsupportedSecurityHandler(name) => {
            Error::UnknownEncryption(format!("security handler {}", String::from_utf8_lossy(name)))
        }
        error => Error::Damaged(error.to_string()),
    }
}

/// What a file that is no PDF looks like, by its first bytes.
fn kind_of(bytes: &[u8]) -> &'static str {
    let start: Vec<u8> = bytes.iter().skip_while(|byte| byte.is_ascii_whitespace()).take(256).copied().collect();
    let lower = start.to_ascii_lowercase();
    let magic: [(&[u8], &str); 9] = [
        (b"pk\x03\x04", "a ZIP or Office file"),
        (b"\xd0\xcf\x11\xe0", "an old Office file"),
        (b"<!doctype html", "a web page"),
        (b"<html", "a web page"),
        (b"<?xml", "an XML file"),
        (b"{\\rtf", "an RTF file"),
        (b"\x89png", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"%!ps", "a PostScript file"),
    ];
    let known = magic.into_iter().find(|(magic, _)| lower.starts_with(magic)).map(|(_, kind)| kind);
    let text = || std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0'));
    known.unwrap_or_else(|| if text() { "plain text" } else { "an unknown kind of file" })
}
