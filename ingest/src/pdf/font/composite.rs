//! Composite fonts: Type 0, with codes of one to four bytes that a CMap turns into CIDs (PDF 32000-1, 9.7).

use std::rc::Rc;

use hayro_cmap::BfString;

use super::cmap::CMap;
use super::program::Program;
use super::widths::CidWidths;

/// How codes become CIDs, and what is known of their characters without a ToUnicode map.
pub(super) struct Composite {
    pub(super) cids: Cids,
    /// CID to Unicode of an Adobe character collection.
    pub(super) collection: Option<Rc<hayro_cmap::CMap>>,
    pub(super) widths: CidWidths,
    /// CID to glyph id, two bytes each; empty for the identity.
    pub(super) glyphs: Vec<u8>,
}

/// From codes to CIDs.
pub(super) enum Cids {
    Identity,
    /// A predefined CMap of an Adobe collection, and whether its codes are themselves Unicode.
    Predefined(Rc<hayro_cmap::CMap>, Option<Utf>),
    /// Codes are Unicode; the CMap itself is not known, so the CID is not either.
    Unicode(Utf),
    /// A CMap in the file, and the named one that it adds to.
    Stream(CMap, Option<Box<Cids>>),
}

impl Cids {
    fn cid(&self, code: u32, length: usize) -> Option<u32> {
        match self {
            Self::Identity => Some(code),
            Self::Predefined(map, _) => map.lookup_cid_code(code, u8::try_from(length).ok()?),
            Self::Unicode(_) => None,
            Self::Stream(map, base) => map.cid(code).or_else(|| base.as_ref().and_then(|base| base.cid(code, length))),
        }
    }
}

/// The Unicode encoding form of a CMap's codes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Utf {
    Utf8,
    Utf16,
    Utf32,
}

impl Composite {
    /// Whether the encoding is a CMap of a known collection.
    pub(super) fn is_predefined(&self) -> bool {
        matches!(self.cids, Cids::Predefined(..) | Cids::Unicode(_))
    }

    pub(super) fn width(&self, code: u32, length: usize) -> f32 {
        self.widths.width(self.cid(code, length).unwrap_or(0))
    }

    pub(super) fn vertical_advance(&self, code: u32, length: usize) -> f32 {
        self.widths.vertical_advance(self.cid(code, length).unwrap_or(0))
    }

    /// The text of a code by the encoding or the collection.
    pub(super) fn text(&self, code: u32, length: usize) -> Option<String> {
        let utf = match self.cids {
            Cids::Predefined(_, utf) => utf,
            Cids::Unicode(utf) => Some(utf),
            _ => None,
        };
        let own = utf.and_then(|utf| utf.char(code, length));
        // The collection knows what Big5 and others once put into the private use area.
        let private = |c: char| matches!(c, '\u{e000}'..='\u{f8ff}');
        if let Some(c) = own.filter(|c| !private(*c)) {
            return Some(c.to_string());
        }
        let collected = self.cid(code, length).and_then(|cid| self.text_of_cid(cid));
        collected.or_else(|| own.map(String::from))
    }

    pub(super) fn cid(&self, code: u32, length: usize) -> Option<u32> {
        self.cids.cid(code, length)
    }

    fn text_of_cid(&self, cid: u32) -> Option<String> {
        match self.collection.as_ref()?.lookup_bf_string(cid)? {
            BfString::Char(c) => Some(c.to_string()),
            BfString::String(text) => Some(text),
        }
    }

    /// The text of a two-byte code by the embedded font program.
    pub(super) fn text_by_program(&self, code: u32, program: &Program) -> Option<String> {
        let cid = self.cid(code, 2)?;
        let glyph = self.mapped_glyph(cid).unwrap_or(cid);
        program.text_of_glyph(glyph).map(str::to_owned)
    }

    /// The glyph that the file's CIDToGIDMap gives a CID.
    pub(super) fn mapped_glyph(&self, cid: u32) -> Option<u32> {
        let at = (cid as usize).checked_mul(2)?;
        match self.glyphs.get(at..at.checked_add(2)?) {
            Some([high, low]) => Some(u32::from(*high) << 8 | u32::from(*low)),
            _ => None,
        }
    }
}

impl Utf {
    /// The character that a code of so many bytes is.
    fn char(self, code: u32, length: usize) -> Option<char> {
        let bytes = code.to_be_bytes();
        let bytes = bytes.get(4_usize.checked_sub(length)?..)?;
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).ok()?.chars().next(),
            Self::Utf16 => {
                let units = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
                char::decode_utf16(units.map(u16::from_be_bytes)).next()?.ok()
            }
            Self::Utf32 => char::from_u32(code),
        }
    }
}
