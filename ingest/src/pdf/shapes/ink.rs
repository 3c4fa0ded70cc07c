//! Where the ink of a font's glyphs lies.

use std::collections::HashMap;

use super::super::content::Contents;
use super::super::font;
use super::collect::{glyph, names};
use super::program::Program;

/// How far the ink of these codes of a font reaches from the origin to the left and to the right, in em, by its
/// embedded program; codes that draw nothing are left out.
pub(in super::super) fn extents(
    contents: &Contents<'_>,
    font: u32,
    codes: impl Iterator<Item = u32>,
) -> HashMap<u32, (f32, f32)> {
    let (Some(font), Some(dict)) = (contents.fonts.get(font as usize), contents.font_dicts.get(font as usize)) else {
        return HashMap::new();
    };
    let bytes = font::embedded(contents.objects, dict, &contents.budget).unwrap_or_default();
    let Some(program) = Program::open(&bytes) else { return HashMap::new() };
    let names = names(contents.objects, dict);
    let extent = |code: u32| {
        let bounds = program.outline(glyph(font, &program, &names, code)?)?.bounds()?;
        Some((code, (bounds.left, bounds.right)))
    };
    codes.filter_map(extent).collect()
}
