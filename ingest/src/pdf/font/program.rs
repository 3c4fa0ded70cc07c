//! What an embedded font program says of its glyphs' characters.

use std::collections::HashMap;

use skrifa::raw::TableProvider;
use skrifa::raw::ps::cff::CffFontRef;
use skrifa::raw::ps::type1::Type1Font;
use skrifa::raw::tables::cmap::{CmapSubtable, PlatformId};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::names::text_of_name;

/// More glyphs than this are not looked at; the format allows 65,535.
const MAX_GLYPHS: u32 = 65_536;

/// The characters of a font's glyphs and of its built-in encoding.
#[derive(Debug, Default)]
pub(super) struct Program {
    by_glyph: HashMap<u32, String>,
    /// Texts of codes 0 to 255 by the built-in encoding, where it has one.
    by_code: HashMap<u8, String>,
    /// Glyphs of codes 0 to 255 by a TrueType font's symbol or Macintosh table.
    glyph_of_code: HashMap<u8, u32>,
}

impl Program {
    /// Reads a Type 1, TrueType, OpenType or CFF program; what cannot be read says nothing.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut program = Self::default();
        match bytes.get(..4) {
            Some([0x80, ..] | b"%!PS" | b"%!Fo") => program.type1(bytes),
            Some([0, 1, 0, 0] | b"true" | b"OTTO" | b"ttcf") => program.sfnt(bytes),
            Some([1, 0, ..]) => program.cff(bytes),
            _ => {}
        }
        program
    }

    pub(super) fn text_of_glyph(&self, glyph: u32) -> Option<&str> {
        self.by_glyph.get(&glyph).map(String::as_str)
    }

    /// The text of a code of a simple font.
    pub(super) fn text_of_code(&self, code: u8) -> Option<&str> {
        let built_in = self.by_code.get(&code).map(String::as_str);
        built_in.or_else(|| self.text_of_glyph(*self.glyph_of_code.get(&code)?))
    }

    fn type1(&mut self, bytes: &[u8]) {
        let Ok(font) = Type1Font::new(bytes) else { return };
        let Some(encoding) = font.encoding() else { return };
        for code in 0..=255 {
            if let Some(text) = encoding.glyph_name(code).and_then(text_of_name) {
                self.by_code.insert(code, text);
            }
        }
    }

    fn cff(&mut self, bytes: &[u8]) {
        let Ok(font) = CffFontRef::new_cff(bytes, 0, None) else { return };
        if font.is_cid() {
            return;
        }
        let Some(charset) = font.charset() else { return };
        for glyph in 0..font.num_glyphs().min(MAX_GLYPHS) {
            let name = charset.string_id(GlyphId::new(glyph)).and_then(|sid| font.string(sid));
            if let Some(text) = name.and_then(|name| text_of_name(&String::from_utf8_lossy(name))) {
                self.by_glyph.insert(glyph, text);
            }
        }
        let Some(encoding) = font.encoding() else { return };
        for code in 0..=255 {
            let text = encoding.map(code).and_then(|glyph| self.by_glyph.get(&glyph.to_u32()));
            if let Some(text) = text.cloned() {
                self.by_code.insert(code, text);
            }
        }
    }

    fn sfnt(&mut self, bytes: &[u8]) {
        let Ok(font) = FontRef::from_index(bytes, 0) else { return };
        if let Ok(cff) = font.data_for_tag(skrifa::Tag::new(b"CFF ")).ok_or(()) {
            self.cff(cff.as_bytes());
            // In an OpenType font the table's own encoding is not used.
            self.by_code.clear();
        }
        self.post_names(&font);
        for (code, glyph) in font.charmap().mappings() {
            let Some(c) = char::from_u32(code) else { continue };
            let text = self.by_glyph.entry(glyph.to_u32()).or_default();
            if text.is_empty() || rank(c) < text.chars().next().map_or(u8::MAX, rank) {
                *text = c.to_string();
            }
        }
        self.symbol_codes(&font);
    }

    fn post_names(&mut self, font: &FontRef<'_>) {
        for (glyph, name) in font.glyph_names().iter().take(MAX_GLYPHS as usize) {
            if name.is_synthesized() {
                return;
            }
            if let Some(text) = text_of_name(name.as_str()) {
                self.by_glyph.insert(glyph.to_u32(), text);
            }
        }
    }

    /// Codes of a symbolic font go through its (3,0) table, at 0xF000 and above, or its (1,0) table.
    fn symbol_codes(&mut self, font: &FontRef<'_>) {
        let Ok(cmap) = font.cmap() else { return };
        for record in cmap.encoding_records() {
            let Ok(subtable) = record.subtable(cmap.offset_data()) else { continue };
            let bases: &[u32] = match (record.platform_id(), record.encoding_id()) {
                (PlatformId::Windows, 0) => &[0xf000, 0xf100, 0],
                (PlatformId::Macintosh, 0) => &[0],
                _ => continue,
            };
            for code in 0..=255_u8 {
                let glyph = bases.iter().find_map(|base| glyph_of(&subtable, base + u32::from(code)));
                if let Some(glyph) = glyph {
                    self.glyph_of_code.entry(code).or_insert(glyph);
                }
            }
        }
    }
}

fn glyph_of(subtable: &CmapSubtable<'_>, code: u32) -> Option<u32> {
    let glyph = match subtable {
        CmapSubtable::Format0(table) => u32::from(*table.glyph_id_array().get(code as usize)?),
        CmapSubtable::Format4(table) => table.map_codepoint(code)?.to_u32(),
        CmapSubtable::Format6(table) => {
            let at = code.checked_sub(u32::from(table.first_code()))?;
            u32::from(table.glyph_id_array().get(at as usize)?.get())
        }
        CmapSubtable::Format12(table) => table.map_codepoint(code)?.to_u32(),
        _ => return None,
    };
    (glyph != 0).then_some(glyph)
}

/// Of several characters that share a glyph the one that a text most likely means has the lowest rank.
fn rank(c: char) -> u8 {
    match c {
        '\u{a0}' | '\u{ad}' | '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}' => 2,
        '\u{e000}'..='\u{f8ff}' => 3,
        _ => 1,
    }
}
