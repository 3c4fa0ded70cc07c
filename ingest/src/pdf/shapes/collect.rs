//! The shapes behind the codes that no map gives a character.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Object};

use super::super::content::Contents;
use super::super::font::{self, Font};
use super::super::objects::{Objects, as_integer};
use super::outline::Outline;
use super::places::Form;
use super::program::Program;

/// More shapes than this are not looked at; a large Chinese font has 30,000 glyphs, a long standard uses 3,000.
const MAX_SHAPES: usize = 20_000;

/// A font of which less than this part is unreadable has a map to be trusted.
const WANTING: f64 = 0.05;

/// A distinct outline, and the codes that show it.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) outline: Outline,
    /// What tells its place; `None` for a space.
    pub(super) form: Option<Form>,
    /// How far it moves the pen, in em.
    pub(super) advance: f32,
    /// How often it is shown.
    pub(super) uses: u32,
    /// Pairs of font and code.
    pub(super) codes: Vec<(u32, u32)>,
}

impl Shape {
    /// The first font that shows it.
    pub(super) fn font(&self) -> u32 {
        self.codes.first().map_or(0, |(font, _)| *font)
    }
}

/// The distinct shapes of all unreadable codes of a file, and of readable ones of the same fonts, whose maps may lie.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    pub(super) list: Vec<Shape>,
    by_fingerprint: HashMap<u64, usize>,
    /// What fonts say of codes that are not unreadable.
    pub(super) claims: HashMap<(u32, u32), char>,
}

impl Shapes {
    /// Looks up what the codes of fonts with unreadable ones draw; identical outlines in different fonts are one shape.
    pub(super) fn collect(contents: &Contents<'_>) -> Self {
        let mut shapes = Self::default();
        for ((index, font), dict) in (0..).zip(&contents.fonts).zip(&contents.font_dicts) {
            if !is_wanting(font) {
                continue;
            }
            let Some(bytes) = font::embedded(contents.objects, dict, &contents.budget) else { continue };
            let Some(program) = Program::open(&bytes) else { continue };
            let names = names(contents.objects, dict);
            for (code, entry) in font.shown() {
                let claim = claim(font.text(entry));
                if entry.is_readable() && claim.is_none() {
                    continue;
                }
                let advance = (f64::from(entry.width) * font.unit / font.em) as f32;
                let outline = glyph(font, &program, &names, code).and_then(|glyph| program.outline(glyph));
                if let Some(outline) = outline {
                    shapes.add(outline, advance, entry.uses, (index, code));
                    shapes.claims.extend(claim.map(|claim| ((index, code), claim)));
                }
            }
        }
        shapes
    }

    fn add(&mut self, outline: Outline, advance: f32, uses: u32, code: (u32, u32)) {
        let fingerprint = outline.fingerprint();
        let known = self.by_fingerprint.get(&fingerprint).and_then(|index| self.list.get_mut(*index));
        if let Some(shape) = known {
            shape.uses = shape.uses.saturating_add(uses);
            shape.codes.push(code);
        } else if self.list.len() < MAX_SHAPES {
            self.by_fingerprint.insert(fingerprint, self.list.len());
            let form = Form::of(&outline, advance);
            self.list.push(Shape { outline, form, advance, uses, codes: vec![code] });
        }
    }

    /// Leaves out the codes of fonts whose claims are to be trusted.
    pub(super) fn trust(&mut self, fonts: &HashSet<u32>) {
        let claims = &self.claims;
        for shape in &mut self.list {
            shape.codes.retain(|code| !(fonts.contains(&code.0) && claims.contains_key(code)));
        }
    }

    /// The shape of each pair of font and code.
    pub(super) fn by_code(&self) -> HashMap<(u32, u32), usize> {
        let codes = self.list.iter().enumerate();
        codes.flat_map(|(index, shape)| shape.codes.iter().map(move |code| (*code, index))).collect()
    }
}

/// Whether enough of a font is unreadable that its map is in doubt.
fn is_wanting(font: &Font) -> bool {
    let (mut unreadable, mut total) = (0.0, 0.0);
    for (_, entry) in font.shown() {
        total += f64::from(entry.uses);
        unreadable += if entry.is_readable() { 0.0 } else { f64::from(entry.uses) };
    }
    unreadable > 0.0 && unreadable >= WANTING * total
}

/// The one visible character of a text.
fn claim(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|char| chars.next().is_none() && !char.is_whitespace())
}

/// The glyph of a code; glyph 0 stands for a glyph that the font lacks.
pub(super) fn glyph(font: &Font, program: &Program<'_>, names: &HashMap<u8, String>, code: u32) -> Option<u32> {
    let glyph = match font.cid(code) {
        Some((_, Some(glyph))) => glyph,
        Some((cid, None)) => program.glyph_of_cid(cid)?,
        None => {
            let code = u8::try_from(code).ok()?;
            program.glyph_of_code(code, names.get(&code).map(String::as_str))?
        }
    };
    (glyph != 0).then_some(glyph)
}

/// The glyph names that the Differences of a simple font's encoding give to codes.
pub(super) fn names<'a>(objects: Objects<'a>, dict: &'a Dictionary) -> HashMap<u8, String> {
    let encoding = objects.dict(dict, b"Encoding");
    let differences = encoding.and_then(|encoding| objects.array(encoding, b"Differences")).unwrap_or_default();
    let mut names = HashMap::new();
    let mut code = 0_i64;
    for item in differences.iter().map(|item| objects.resolve(item)) {
        if let Object::Name(name) = item {
            if let Ok(code) = u8::try_from(code) {
                names.insert(code, String::from_utf8_lossy(name).into_owned());
            }
            code = code.saturating_add(1);
        } else if let Some(number) = as_integer(item) {
            code = number;
        }
    }
    names
}
