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
    /// A CMap in the file, and the predefined one that it adds to.
    Stream(CMap, Option<Rc<hayro_cmap::CMap>>),
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
        if let Some(c) = utf.and_then(|utf| utf.char(code, length)) {
            return Some(c.to_string());
        }
        let cid = self.cid(code, length)?;
        self.text_of_cid(cid)
    }

    fn cid(&self, code: u32, length: usize) -> Option<u32> {
        let length = u8::try_from(length).ok()?;
        match &self.cids {
            Cids::Identity => Some(code),
            Cids::Predefined(map, _) => map.lookup_cid_code(code, length),
            Cids::Unicode(_) => None,
            Cids::Stream(map, base) => {
                map.cid(code).or_else(|| base.as_ref().and_then(|base| base.lookup_cid_code(code, length)))
            }
        }
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
        let at = (cid as usize).checked_mul(2)?;
        let glyph = match self.glyphs.get(at..at + 2) {
            Some([high, low]) => u32::from(*high) << 8 | u32::from(*low),
            _ => cid,
        };
        program.text_of_glyph(glyph).map(str::to_owned)
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
