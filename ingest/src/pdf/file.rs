//! Bytes to objects: opening, decrypting and repairing a file.

use lopdf::encryption::DecryptionError;
use lopdf::{Document, LoadOptions};

use super::Error;

/// The largest object stream or cross-reference stream that is decoded.
const MAX_OBJECT_STREAM: usize = 128 << 20;
/// A header further in than this belongs to something else.
const HEADER_WITHIN: usize = 64 << 10;

/// Opens a file; with `rebuild`, the cross-reference table is made anew by scanning for objects.
pub(super) fn open(bytes: &[u8], password: Option<&str>, rebuild: bool) -> Result<Document, Error> {
    if bytes.is_empty() {
        return Err(Error::Empty);
    }
    let options = || LoadOptions {
        password: password.map(str::to_owned),
        max_decompressed_size: Some(MAX_OBJECT_STREAM),
        force_reconstruct: rebuild,
        ..LoadOptions::default()
    };
    let loaded = if has_header(bytes) {
        Document::load_mem_with_options(bytes, options())
    } else if bytes.windows(4).any(|window| window == b" obj") {
        // The beginning is lost or damaged; the objects may still be there.
        let mut mended = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
        mended.extend_from_slice(bytes);
        Document::load_mem_with_options(&mended, options())
    } else {
        return Err(Error::NotPdf { found: kind_of(bytes) });
    };
    let document = loaded.map_err(reason)?;
    // Asked of the trailer: without a password lopdf loads no objects, the encryption dictionary included.
    if document.trailer.has(b"Encrypt") && document.encryption_state.is_none() {
        return Err(Error::PasswordNeeded);
    }
    Ok(document)
}

fn has_header(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(HEADER_WITHIN)).unwrap_or_default();
    start.windows(5).any(|window| window == b"%PDF-")
}

fn reason(error: lopdf::Error) -> Error {
    match error {
        lopdf::Error::InvalidPassword => Error::PasswordNeeded,
        lopdf::Error::Decryption(DecryptionError::IncorrectPassword) => Error::PasswordNeeded,
        lopdf::Error::Decryption(error) => Error::UnknownEncryption(error.to_string()),
        lopdf::Error::UnsupportedSecurityHandler(name) => {
            Error::UnknownEncryption(format!("security handler {}", String::from_utf8_lossy(&name)))
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
