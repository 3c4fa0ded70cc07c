//! Bytes to text: the encoding by its mark, by what the file says, or by what its bytes look like.

use corpus::document::Warning;
use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8};

use super::guess;
use crate::Error;

/// Control characters, in a thousand, above which bytes are no text.
const CONTROLS: usize = 5;
/// So many places of damage are named.
const PLACES: usize = 3;

/// A text and what was wrong with its bytes.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) warnings: Vec<Warning>,
}

/// The text of some bytes. `declared` is the label of the encoding that the file names, such as `gb2312`.
///
/// What is declared is believed as long as the bytes bear it out.
///
/// # Errors
/// [`Error::NotText`] when the bytes are text in no encoding that is read, [`Error::Binary`] when they are known to be
/// something else.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, Error> {
    if let Some(kind) = binary_kind(bytes) {
        return Err(Error::Binary(kind));
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some((encoding, mark)) = byte_order_mark(bytes) {
        return sound(&Attempt::of(encoding, bytes.get(mark..).unwrap_or_default()), Vec::new());
    }
    if let Some(encoding) = guess::utf_16(bytes) {
        return sound(&Attempt::of(encoding, bytes), vec![guessed(encoding)]);
    }
    let utf_8 = Attempt::of(UTF_8, bytes);
    if utf_8.lost == 0 || utf_8.is_damaged_utf_8() {
        let says_other = declared.filter(|encoding| *encoding != UTF_8 && !utf_8.text.is_ascii());
        return sound(&utf_8, says_other.map(|encoding| contradicted(encoding, UTF_8)).into_iter().collect());
    }
    let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8).map(widest) else {
        let encoding = guess::legacy(bytes);
        let warning = if declared.is_some() { contradicted(UTF_8, encoding) } else { guessed(encoding) };
        return sound(&Attempt::of(encoding, bytes), vec![warning]);
    };
    let attempt = Attempt::of(encoding, bytes);
    let other = guess::legacy(bytes);
    if attempt.is_mostly_sound() && !(other != encoding && guess::is_wrong(encoding, bytes)) {
        return sound(&attempt, Vec::new());
    }
    sound(&Attempt::of(other, bytes), vec![contradicted(encoding, other)])
}

/// The text, unless it is none.
fn sound(attempt: &Attempt, mut warnings: Vec<Warning>) -> Result<Decoded, Error> {
    if !attempt.is_mostly_sound() || is_binary(&attempt.text) {
        return Err(Error::NotText);
    }
    warnings.extend(attempt.damage());
    Ok(Decoded { text: attempt.text.trim_start_matches('\u{feff}').to_owned(), warnings })
}

fn warning(message: String) -> Warning {
    Warning { page: None, message }
}

fn guessed(encoding: &'static Encoding) -> Warning {
    warning(format!(
        "read as {}, which was guessed from its bytes; if that is wrong, save it as UTF-8",
        encoding.name()
    ))
}

fn contradicted(says: &'static Encoding, is: &'static Encoding) -> Warning {
    warning(format!("the file says that it is {}, but its bytes are read as {}", says.name(), is.name()))
}

/// GB 2312 and GBK are parts of GB 18030, and files that name the part use the whole.
fn widest(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// The encoding that a byte order mark names, and the length of the mark.
fn byte_order_mark(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    // GB 18030 has a mark of its own, which the Encoding Standard leaves out.
    if bytes.starts_with(&[0x84, 0x31, 0x95, 0x33]) {
        return Some((GB18030, 4));
    }
    Encoding::for_bom(bytes)
}

/// What the first bytes of files show that are often given in place of text.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 11] = [
        (b"PK\x03\x04", "a ZIP archive, a damaged DOCX or another office document (.xlsx, .ofd)"),
        (b"\xd0\xcf\x11\xe0", "an old office document (.doc, .xls, .wps)"),
        (b"{\\rtf", "a rich text document (.rtf)"),
        (b"\x1f\x8b", "a compressed file (.gz)"),
        (b"Rar!", "an archive (.rar)"),
        (b"7z\xbc\xaf\x27\x1c", "an archive (.7z)"),
        (b"BZh", "a compressed file (.bz2)"),
        (b"\x89PNG", "a picture (.png)"),
        (b"\xff\xd8\xff", "a picture (.jpg)"),
        (b"GIF8", "a picture (.gif)"),
        (b"%!PS", "a PostScript file"),
    ];
    KINDS.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind)
}

fn is_binary(text: &str) -> bool {
    let is_stray =
        |char: &char| char.is_control() && !matches!(char, '\n' | '\r' | '\t' | '\u{c}' | '\u{1a}' | '\u{85}');
    text.chars().filter(is_stray).count() * 1000 > text.chars().count() * CONTROLS
}

/// Bytes decoded in one encoding.
struct Attempt {
    encoding: &'static Encoding,
    text: String,
    /// How many sequences of bytes were replaced.
    lost: usize,
    /// Lines of the first of them, counted from 1.
    lines: Vec<usize>,
}

impl Attempt {
    fn of(encoding: &'static Encoding, bytes: &[u8]) -> Self {
        let mut attempt =
            Self { encoding, text: String::with_capacity(bytes.len() * 3 / 2), lost: 0, lines: Vec::new() };
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut rest = bytes;
        loop {
            let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut attempt.text, true);
            rest = rest.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return attempt,
                DecoderResult::OutputFull => attempt.text.reserve(rest.len() + 64),
                DecoderResult::Malformed(..) => attempt.lose(),
            }
        }
    }

    fn lose(&mut self) {
        self.text.push(char::REPLACEMENT_CHARACTER);
        self.lost += 1;
        if self.lines.len() < PLACES {
            let line = self.text.matches('\n').count() + 1;
            if self.lines.last() != Some(&line) {
                self.lines.push(line);
            }
        }
    }

    /// Whether fewer than one character in fifty could not be decoded.
    fn is_mostly_sound(&self) -> bool {
        self.lost <= 3 || self.lost * 50 <= self.text.chars().count()
    }

    /// Whether errors are few beside the sequences that only UTF-8 has.
    fn is_damaged_utf_8(&self) -> bool {
        let sequences = self.text.chars().filter(|char| !char.is_ascii()).count().saturating_sub(self.lost);
        self.lost * 10 < sequences
    }

    fn damage(&self) -> Option<Warning> {
        let first = self.lines.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
        let (lost, name) = (self.lost, self.encoding.name());
        match lost {
            0 => None,
            1 => Some(warning(format!(
                "in line {first} there is a sequence of bytes that is not {name}: it was replaced by \u{fffd}"
            ))),
            _ => Some(warning(format!(
                "{lost} sequences of bytes that are not {name} were replaced by \u{fffd}, the first in lines {first}"
            ))),
        }
    }
}
