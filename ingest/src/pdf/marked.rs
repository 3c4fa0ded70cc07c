//! Marked content: optional content that is off, and replacement texts (PDF 32000-1, 14.6, 8.11 and 14.9.4).

use lopdf::Dictionary;

use super::content::{Frame, Mark, Run};
use super::objects::as_dict;
use super::token::{Operand, Tokens};

/// Sequences that are open at once; what nests deeper is not looked at.
const MAX_OPEN: usize = 1 << 16;
/// Bytes of the replacement texts of one file; some dictionaries are named a million times.
const MAX_ACTUAL: usize = 32 << 20;

/// A marked-content sequence that is open.
pub(super) enum Marked {
    Plain,
    /// Optional content that is off.
    Hidden,
    /// A replacement text for the marks from this index on.
    Actual(usize, String),
}

impl<'a> Run<'_, 'a> {
    pub(super) fn begin_marked(&mut self, tokens: &Tokens<'_>, frame: &Frame<'a>) {
        let marked = self.marked_content(tokens, frame).unwrap_or(Marked::Plain);
        self.open_marked(marked);
    }

    pub(super) fn open_marked(&mut self, marked: Marked) {
        if self.marked.len() < MAX_OPEN {
            self.hidden += usize::from(matches!(marked, Marked::Hidden));
            self.marked.push(marked);
        }
    }

    fn marked_content(&mut self, tokens: &Tokens<'_>, frame: &Frame<'a>) -> Option<Marked> {
        let objects = self.contents.objects;
        let Operand::Name(tag) = tokens.operands.first()? else { return None };
        if let [_, Operand::Name(name)] = tokens.operands.as_slice() {
            let entry = self.resource(frame, b"Properties", tokens.bytes_of(*name))?;
            if tokens.bytes_of(*tag) == b"OC" {
                return self.contents.optional.hides(objects, entry).then_some(Marked::Hidden);
            }
            let properties: &'a Dictionary = as_dict(objects.resolve(entry))?;
            return self.actual(objects.string(properties, b"ActualText")?);
        }
        let key = tokens.operands.windows(2).find_map(|pair| match pair {
            [Operand::Name(key), Operand::Text(text)] if tokens.bytes_of(*key) == b"ActualText" => Some(*text),
            _ => None,
        });
        self.actual(tokens.bytes_of(key?))
    }

    fn actual(&mut self, text: &[u8]) -> Option<Marked> {
        self.contents.actual_bytes += text.len();
        let start = self.page.marks.len();
        (self.contents.actual_bytes <= MAX_ACTUAL).then(|| Marked::Actual(start, text_string(text)))
    }

    /// Closes marked-content sequences until `open` are left.
    pub(super) fn close_marked(&mut self, open: usize) {
        while self.marked.len() > open {
            match self.marked.pop() {
                Some(Marked::Hidden) => self.hidden = self.hidden.saturating_sub(1),
                Some(Marked::Actual(start, text)) => self.replace(start, text),
                _ => {}
            }
        }
    }

    /// Puts a replacement text in the place of the marks from `start` on, when these are on one line and say
    /// something else.
    fn replace(&mut self, start: usize, text: String) {
        let Some((first, rest)) = self.page.marks.get(start..).and_then(<[Mark]>::split_first) else { return };
        let last = rest.last().unwrap_or(first);
        let one_line = (last.x - first.x).abs() < first.size * 0.7 || (last.y - first.y).abs() < first.size * 0.7;
        let shown: String = std::iter::once(first).chain(rest).map(|mark| self.shown(mark)).collect();
        let same = shown.split_whitespace().eq(text.split_whitespace());
        if same || !one_line || self.page.marks.len() - start > text.len().saturating_mul(4).max(16) {
            return;
        }
        let mut mark = *first;
        (mark.dx, mark.dy) = (last.x + last.dx - mark.x, last.y + last.dy - mark.y);
        mark.font = Mark::ACTUAL;
        mark.code = u32::try_from(self.page.actual.len()).unwrap_or(u32::MAX);
        self.page.actual.push(text);
        self.page.marks.truncate(start);
        self.page.marks.push(mark);
    }

    fn shown(&self, mark: &Mark) -> &str {
        match self.contents.fonts.get(mark.font as usize) {
            Some(font) => font.text(font.known(mark.code)),
            None => self.page.actual.get(mark.code as usize).map_or("", String::as_str),
        }
    }
}

/// PDFDocEncoding where it is not Latin-1: codes 0x18 to 0x1F and 0x80 to 0xA0 (PDF 32000-1, annex D.3).
const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
const MARKS: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ',
    'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
];

/// A text string: UTF-16 or UTF-8 by its byte order mark, else in PDFDocEncoding (PDF 32000-1, 7.9.2.2). Codes of
/// languages between escape characters are left out.
pub(super) fn text_string(bytes: &[u8]) -> String {
    let unicode = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0,
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        _ => return bytes.iter().map(|byte| pdf_doc_char(*byte)).collect(),
    };
    unicode.split('\u{1b}').step_by(2).collect()
}

fn pdf_doc_char(byte: u8) -> char {
    let own = match byte {
        0x18..=0x1f => ACCENTS.get(usize::from(byte) - 0x18),
        0x80..=0xa0 => MARKS.get(usize::from(byte) - 0x80),
        _ => None,
    };
    own.copied().unwrap_or(char::from(byte))
}
