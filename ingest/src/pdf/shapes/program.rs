//! Embedded font programs as drawers of glyphs.

use std::cell::OnceCell;
use std::collections::HashMap;

use skrifa::instance::Size;
use skrifa::outline::DrawSettings;
use skrifa::raw::TableProvider;
use skrifa::raw::ps::Sid;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::type1::Type1Font;
use skrifa::raw::tables::cmap::PlatformId;
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};

use super::outline::{Outline, Pen};

/// A font program that can be asked for outlines.
pub(super) struct Program<'a> {
    kind: Kind<'a>,
    /// Glyphs by name, worked out when first asked for.
    names: OnceCell<HashMap<String, u32>>,
}

enum Kind<'a> {
    TrueType(FontRef<'a>),
    Cff(Box<CffFontRef<'a>>),
    Type1(Box<Type1Font>),
}

impl<'a> Program<'a> {
    /// Opens a Type 1, TrueType, OpenType or CFF program.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let kind = match bytes.get(..4)? {
            [0x80, ..] | b"%!PS" | b"%!Fo" => Kind::Type1(Box::new(Type1Font::new(bytes).ok()?)),
            [0, 1, 0, 0] | b"true" | b"OTTO" | b"ttcf" => {
                let font = FontRef::from_index(bytes, 0).ok()?;
                match font.data_for_tag(Tag::new(b"CFF ")) {
                    Some(cff) => Kind::Cff(Box::new(CffFontRef::new_cff(cff.as_bytes(), 0, None).ok()?)),
                    None => Kind::TrueType(font),
                }
            }
            [1, 0, ..] => Kind::Cff(Box::new(CffFontRef::new_cff(bytes, 0, None).ok()?)),
            _ => return None,
        };
        Some(Self { kind, names: OnceCell::new() })
    }

    /// The glyph of a CID, where the font dictionary maps it to no glyph id.
    pub(super) fn glyph_of_cid(&self, cid: u32) -> Option<u32> {
        match &self.kind {
            Kind::Cff(font) if font.is_cid() => {
                let cid = Sid::new(u16::try_from(cid).ok()?);
                Some(font.charset()?.glyph_id(cid)?.to_u32())
            }
            _ => Some(cid),
        }
    }

    /// The glyph of a code of a simple font, by the name that its encoding gives it or by the program's own encoding.
    pub(super) fn glyph_of_code(&self, code: u8, name: Option<&str>) -> Option<u32> {
        let named = name.and_then(|name| self.named(name));
        match &self.kind {
            Kind::TrueType(font) => true_type_code(font, code).or(named),
            Kind::Cff(font) => named.or_else(|| Some(font.encoding()?.map(code)?.to_u32())),
            Kind::Type1(font) => named.or_else(|| self.named(font.encoding()?.glyph_name(code)?)),
        }
    }

    fn named(&self, name: &str) -> Option<u32> {
        self.names.get_or_init(|| self.kind.names()).get(name).copied()
    }

    /// The outline of a glyph; empty for a space, `None` where there is no such glyph or it cannot be drawn.
    pub(super) fn outline(&self, glyph: u32) -> Option<Outline> {
        let glyph = GlyphId::new(glyph);
        match &self.kind {
            Kind::TrueType(font) => {
                let units = font.head().ok()?.units_per_em();
                let mut pen = Pen::new(1.0 / f32::from(units.max(1)));
                let settings = DrawSettings::unhinted(Size::unscaled(), skrifa::instance::LocationRef::default());
                font.outline_glyphs().get(glyph)?.draw(settings, &mut pen).ok()?;
                pen.finish()
            }
            Kind::Cff(font) => {
                let mut pen = Pen::new(0.001);
                let subfont = font.subfont(font.subfont_index(glyph)?, &[]).ok()?;
                font.draw(&subfont, glyph, &[], Some(1000.0), &mut pen).ok()?;
                pen.finish()
            }
            Kind::Type1(font) => {
                let mut pen = Pen::new(0.001);
                font.draw(glyph, Some(1000.0), &mut pen).ok()?;
                pen.finish()
            }
        }
    }
}

impl Kind<'_> {
    fn names(&self) -> HashMap<String, u32> {
        match self {
            Self::TrueType(font) => {
                let names = font.glyph_names();
                names
                    .iter()
                    .filter(|(_, name)| !name.is_synthesized())
                    .map(|(id, name)| (name.to_string(), id.to_u32()))
                    .collect()
            }
            Self::Cff(font) if font.is_cid() => HashMap::new(),
            Self::Cff(font) => {
                let Some(charset) = font.charset() else { return HashMap::new() };
                let name = |sid| font.string(sid).map(|name| String::from_utf8_lossy(name).into_owned());
                charset.iter().filter_map(|(glyph, sid)| Some((name(sid)?, glyph.to_u32()))).collect()
            }
            Self::Type1(font) => font.glyph_names().map(|(glyph, name)| (name.to_owned(), glyph.to_u32())).collect(),
        }
    }
}

/// The glyph of a code by a TrueType font's symbol or Macintosh table.
fn true_type_code(font: &FontRef<'_>, code: u8) -> Option<u32> {
    let cmap = font.cmap().ok()?;
    let records = cmap.encoding_records().iter();
    let glyphs = records.filter_map(|record| {
        let bases: &[u32] = match (record.platform_id(), record.encoding_id()) {
            (PlatformId::Windows, 0) => &[0xf000, 0xf100, 0],
            (PlatformId::Macintosh, 0) => &[0],
            _ => return None,
        };
        let table = record.subtable(cmap.offset_data()).ok()?;
        bases.iter().find_map(|base| table.map_codepoint(base + u32::from(code)))
    });
    glyphs.map(GlyphId::to_u32).find(|glyph| *glyph != 0)
}
