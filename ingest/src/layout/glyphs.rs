//! Glyphs as the interpreter hands them over, and their place along and across the direction of writing.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use corpus::document::Rect;

/// A glyph on the displayed page, in points from the top left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glyph {
    /// Byte offset of its text in [`PageText::text`].
    pub(crate) start: u32,
    /// Length of its text in bytes.
    pub(crate) length: u16,
    /// Direction of writing in degrees clockwise, 0 to 359.
    pub(crate) angle: i16,
    /// Origin on the baseline; in vertical writing the middle of the top.
    pub(crate) x: f32,
    pub(crate) y: f32,
    /// Advance along the direction of writing.
    pub(crate) advance: f32,
    pub(crate) size: f32,
    /// Extent above and below the baseline, in em.
    pub(crate) ascent: f32,
    pub(crate) descent: f32,
    pub(crate) bold: bool,
}

/// The glyphs of a page in the order in which the file shows them.
#[derive(Debug, Default)]
pub(crate) struct PageText {
    pub(crate) text: String,
    pub(crate) glyphs: Vec<Glyph>,
    /// Rules: thin rectangles along the edges of the page.
    pub(crate) rules: Vec<Rect>,
}

impl PageText {
    pub(crate) fn text_of(&self, glyph: &Glyph) -> &str {
        let start = glyph.start as usize;
        self.text.get(start..start + usize::from(glyph.length)).unwrap_or_default()
    }

    /// Adds a glyph with its text.
    pub(crate) fn push(&mut self, text: &str, mut glyph: Glyph) {
        glyph.start = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        glyph.length = u16::try_from(text.len()).unwrap_or(0);
        self.text.push_str(text);
        self.glyphs.push(glyph);
    }
}

/// A turn of the page after which text of one direction runs from left to right and its lines downwards.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    cos: f32,
    sin: f32,
}

impl Turn {
    pub(crate) fn new(angle: i16) -> Self {
        let (sin, cos) = f32::from(angle).to_radians().sin_cos();
        // Right angles are by far the most common, and exact.
        let snap = |value: f32| if (value - value.round()).abs() < 1e-4 { value.round() } else { value };
        Self { cos: snap(cos), sin: snap(sin) }
    }

    /// The place along (u) and across (v) the direction of writing.
    pub(crate) fn of(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.cos + y * self.sin, y * self.cos - x * self.sin)
    }

    /// A rectangle in u and v as one on the page.
    pub(crate) fn back(self, rect: Rect) -> Rect {
        let corners = [(rect.x0, rect.y0), (rect.x1, rect.y0), (rect.x0, rect.y1), (rect.x1, rect.y1)];
        let mut out = Rect { x0: f32::MAX, y0: f32::MAX, x1: f32::MIN, y1: f32::MIN };
        for (u, v) in corners {
            let (x, y) = (u * self.cos - v * self.sin, u * self.sin + v * self.cos);
            out = out.union(Rect { x0: x, y0: y, x1: x, y1: y });
        }
        out
    }
}

/// Directions within two degrees of a right angle are taken for it: scanned pages are set askew.
pub(crate) fn snapped(angle: i16) -> i16 {
    let nearest = (angle + 45) / 90 * 90;
    if (angle - nearest).abs() <= 2 { nearest % 360 } else { angle }
}

/// Marks glyphs that print the text of an earlier one again, a fraction of its size away: bold faked by double
/// printing, or a shadow. The earlier ones become bold.
pub(crate) fn repeated(page: &mut PageText) -> Vec<bool> {
    let mut seen: HashMap<u64, u32, BuildHasherDefault<Mix>> = HashMap::default();
    let mut repeated = vec![false; page.glyphs.len()];
    for index in 0..page.glyphs.len() {
        let Some(glyph) = page.glyphs.get(index).copied() else { break };
        let text = page.text_of(&glyph);
        if text.is_empty() || text == " " {
            continue;
        }
        let cell = (glyph.size * 0.5).max(0.5);
        let (column, row) = (glyph.x / cell, glyph.y / cell);
        let text = text.bytes().fold(0_u64, |hash, byte| hash << 8 | u64::from(byte));
        let near = |value: f32| if value.fract() < 0.5 { [value, value - 1.0] } else { [value, value + 1.0] };
        let earlier = near(column).into_iter().flat_map(|column| near(row).map(|row| key(text, column, row)));
        let earlier = earlier
            .filter_map(|key| seen.get(&key).copied())
            .find(|earlier| page.glyphs.get(*earlier as usize).is_some_and(|earlier| is_repeat(page, earlier, &glyph)));
        match earlier {
            Some(earlier) => {
                if let Some(flag) = repeated.get_mut(index) {
                    *flag = true;
                }
                if let Some(earlier) = page.glyphs.get_mut(earlier as usize) {
                    earlier.bold = true;
                }
            }
            None => {
                seen.insert(key(text, column, row), u32::try_from(index).unwrap_or(u32::MAX));
            }
        }
    }
    repeated
}

fn is_repeat(page: &PageText, earlier: &Glyph, later: &Glyph) -> bool {
    let near = (later.x - earlier.x).hypot(later.y - earlier.y);
    let limit = (later.size * 0.2).min(later.advance.abs().max(later.size * 0.1) * 0.4);
    near < limit
        && earlier.angle == later.angle
        && (earlier.size - later.size).abs() < later.size * 0.1
        && page.text_of(earlier) == page.text_of(later)
}

fn key(text: u64, column: f32, row: f32) -> u64 {
    // A cast from float saturates; places off the page may fall together.
    let place = ((column.floor() as i32 as u32 as u64) << 32) | (row.floor() as i32 as u32 as u64);
    (text ^ place.rotate_left(17)).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ place
}

/// Keys are hashes already; one multiplication spreads them.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 29;
    }
}
