//! Where the ink of characters stands in most fonts, and how well a shape fits there.

use super::outline::{Bounds, Outline, Piece};

/// How far edges may be from where they are in most fonts, in em.
const TOLERANCE: f32 = 0.08;
/// A feature that is wrong altogether costs so much.
const WRONG: f32 = 9.0;
/// What a feature of its drawing that it should not have speaks against a character.
const AGAINST: f32 = 6.0;
/// An outline with this part of its pieces bent, or more, is a curved one.
const MOSTLY: f32 = 0.35;
/// So many characters that nothing else looks like tell where a font has its lines.
const MIN_ANCHORS: usize = 4;
/// The part of a shape's height that counts as its foot and as its head.
const END: f32 = 0.2;

/// What of a shape counts when the place is to tell what it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Form {
    pub(super) bounds: Bounds,
    /// How far the pen moves, in em.
    pub(super) advance: f32,
    /// How far the foot stands to the right of the head, as a part of the height.
    slant: f32,
    /// How far the middle of its area stands to the right of the middle of its box, as a part of the width.
    lean: f32,
    /// How far it stands above the middle of the box, as a part of the height.
    rise: f32,
    /// The number of closed lines.
    contours: usize,
    /// Whether much of them is bent.
    curved: bool,
}

impl Form {
    /// `None` for an outline without ink.
    pub(super) fn of(outline: &Outline, advance: f32) -> Option<Self> {
        let bounds = outline.bounds()?;
        let height = bounds.top - bounds.bottom;
        let middle = |lowest: f32, highest: f32| {
            let ends = outline.pieces.iter().map(Piece::end).filter(|(_, y)| (lowest..=highest).contains(y));
            let (count, sum) = ends.fold((0.0_f32, 0.0), |(count, sum), (x, _)| (count + 1.0, sum + x));
            if count > 0.0 { sum / count } else { (bounds.left + bounds.right) / 2.0 }
        };
        let foot = middle(bounds.bottom, bounds.bottom + END * height);
        let head = middle(bounds.top - END * height, bounds.top);
        let contours = outline.pieces.iter().filter(|piece| matches!(piece, Piece::Move(_))).count();
        let bends = outline.pieces.iter().filter(|piece| matches!(piece, Piece::Quad(..) | Piece::Cubic(..))).count();
        let curved = bends as f32 > MOSTLY * outline.pieces.len() as f32;
        let middle = ((bounds.left + bounds.right) / 2.0, (bounds.bottom + bounds.top) / 2.0);
        let center = outline.center().unwrap_or(middle);
        let lean = (center.0 - middle.0) / (bounds.right - bounds.left);
        let rise = (center.1 - middle.1) / height;
        Some(Self { bounds, advance, slant: (foot - head) / height, lean, rise, contours, curved })
    }

    fn width(&self) -> f32 {
        self.bounds.right - self.bounds.left
    }

    fn height(&self) -> f32 {
        self.bounds.top - self.bounds.bottom
    }

    /// Whether a picture of it alone tells a reader nothing.
    pub(super) fn is_speck(&self) -> bool {
        self.width() < 0.3 && self.height() < 0.32
    }
}

/// Where a font has its lines beside most other fonts: `y` of most fonts is `shift + scale * y` in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Metrics {
    shift: f32,
    scale: f32,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { shift: 0.0, scale: 1.0 }
    }
}

impl Metrics {
    /// Fits the lines to characters that are known for certain; as in most fonts where these are too few.
    pub(super) fn fit(anchors: &[(char, Bounds)]) -> Self {
        let pairs: Vec<(f32, f32)> = anchors
            .iter()
            .filter_map(|(char, bounds)| {
                let place = PLACES.iter().find(|place| place.chars.contains(*char))?;
                Some([(place.bottom, bounds.bottom), (place.top, bounds.top)])
            })
            .flatten()
            .collect();
        if pairs.len() < 2 * MIN_ANCHORS {
            return Self::default();
        }
        let count = pairs.len() as f32;
        let mean = |of: fn(&(f32, f32)) -> f32| pairs.iter().map(of).sum::<f32>() / count;
        let (usual, own) = (mean(|pair| pair.0), mean(|pair| pair.1));
        let spread: f32 = pairs.iter().map(|pair| (pair.0 - usual).powi(2)).sum();
        let together: f32 = pairs.iter().map(|pair| (pair.0 - usual) * (pair.1 - own)).sum();
        let scale = together / spread.max(1e-3);
        if (0.5..2.0).contains(&scale) { Self { shift: own - scale * usual, scale } } else { Self::default() }
    }

    /// Whether it is so far from most fonts that widths tell nothing.
    fn is_odd(self) -> bool {
        self.shift.abs() > 0.08 || !(0.8..1.25).contains(&self.scale)
    }
}

/// Whether a character is like no other in size and place, so that it can tell where the lines are.
pub(super) fn is_anchor(char: char) -> bool {
    "ABDEFGHLMNQRTY2345678bdhfagqenrm".contains(char)
}

/// How badly a character fits the place of the ink: 0 where it is as in most fonts.
pub(super) fn misfit(char: char, form: &Form, metrics: Metrics) -> f32 {
    let own = PLACES.iter().filter(|place| place.chars.contains(char)).map(|place| place.misfit(form, metrics));
    let placed = own.min_by(f32::total_cmp).unwrap_or_else(|| unplaced(char, form));
    placed + drawn(char, form, metrics)
}

/// The misfit of a character that has no place of its own.
fn unplaced(char: char, form: &Form) -> f32 {
    if !corpus::text::is_han(char) {
        return 4.0;
    }
    let narrow = if form.advance < 0.85 { WRONG } else { 0.0 };
    let low = if form.height() < 0.5 { WRONG } else { 0.0 };
    let thin = if form.width() < 0.45 { WRONG } else { 0.0 };
    narrow + low + thin
}

/// What the way in which it is drawn speaks against a character.
fn drawn(char: char, form: &Form, metrics: Metrics) -> f32 {
    let sided = metrics.is_odd() || form.advance < 0.8 || is_on_its_side(char, form);
    // A letter with the advance of an ideograph is one of a wide kind, and rare.
    let wide = form.advance >= 0.95 && char.is_ascii_alphanumeric() && !"MWmw".contains(char);
    let narrow = metrics.is_odd() || !wide;
    let long = match char {
        '—' => form.width() > 0.75 * form.advance,
        '–' => form.advance < 0.8,
        '-' | '－' => form.width() < 0.9 * form.advance,
        _ => true,
    };
    let fits = [sided, narrow, long, slants(char, form), is_balanced(char, form), is_bent(char, form)];
    let against = fits.into_iter().chain([contours(char).contains(&form.contours)]).filter(|fits| !fits);
    against.count() as f32 * AGAINST
}

/// Whether foot and head stand to each other as in the character.
fn slants(char: char, form: &Form) -> bool {
    match char {
        '，' | ',' | '’' | '/' | '／' => form.slant < -0.04,
        '、' | '\\' | '`' => form.slant > 0.04,
        '"' | '\'' => form.slant.abs() < 0.1,
        '1' | 'l' | 'I' | '|' | '!' | 'i' | '丨' => form.slant.abs() < 0.35,
        _ if char.is_ascii_alphanumeric() => form.slant.abs() < 0.55,
        _ => true,
    }
}

/// How many closed lines the character has.
fn contours(char: char) -> std::ops::RangeInclusive<usize> {
    match char {
        '.' | ',' | '，' | '、' | '-' | '－' | '—' | '–' | '_' | '/' | '\\' | '|' | '‘' | '’' | '\'' | '`' | 'l'
        | 'I' | '1' | '(' | ')' | '[' | ']' | 'C' | 'c' | '<' | '>' | '7' | '·' | '•' | '+' | '~' => 1..=1,
        '。' | ':' | '：' | ';' | '；' | '“' | '”' | '"' | '=' | '＝' | '!' | '！' | '°' | '○' | '〇' | '0' | 'O'
        | 'o' | 'D' => 2..=2,
        '…' | '⋯' => 2..=6,
        _ => 1..=usize::MAX,
    }
}

/// Whether it stands in its half of a full em: opening marks take the right one and closing ones the left.
fn is_on_its_side(char: char, form: &Form) -> bool {
    let middle = (form.bounds.left + form.bounds.right) / 2.0;
    match char {
        '（' | '《' | '〈' | '“' | '‘' | '【' | '〔' | '「' | '『' | '［' | '｛' => middle > 0.45,
        '）' | '》' | '〉' | '”' | '’' | '】' | '〕' | '」' | '』' | '］' | '｝' => middle < 0.55,
        _ => true,
    }
}

/// Whether the ink is on the side, or the end, where the character has more of it.
fn is_balanced(char: char, form: &Form) -> bool {
    match char {
        '(' | '[' | '（' | '［' | '【' | '〔' => form.lean < -0.02,
        ')' | ']' | '）' | '］' | '】' | '〕' => form.lean > 0.02,
        '“' | '‘' => form.rise < 0.02,
        '”' | '’' => form.rise > -0.02,
        _ => true,
    }
}

/// Whether the lines are straight where the character's are, and bent where they are bent.
fn is_bent(char: char, form: &Form) -> bool {
    match char {
        '[' | ']' | '［' | '］' | '+' | '＋' | '-' | '—' | '–' | '<' | '>' | '/' | '\\' => !form.curved,
        '(' | ')' | '（' | '）' | 'C' | 'c' | 't' | '{' | '}' | '，' | '。' | 'O' | '0' | 'o' | 'S' | 's' => {
            form.curved
        }
        _ => true,
    }
}

/// How far the pen moves over a character.
#[derive(Clone, Copy, PartialEq)]
enum Advance {
    /// About half an em.
    Half,
    /// The whole em.
    Full,
    Any,
}
use Advance::{Any, Full, Half};

/// Where the ink of some characters is: its lower and upper edge, and its least and greatest width, in em.
struct Place {
    chars: &'static str,
    bottom: f32,
    top: f32,
    narrow: f32,
    wide: f32,
    advance: Advance,
}

impl Place {
    fn misfit(&self, form: &Form, metrics: Metrics) -> f32 {
        let off = |by: f32| (by / TOLERANCE).powi(2).min(WRONG);
        let line = |y: f32| metrics.shift + metrics.scale * y;
        let edges = off(form.bounds.bottom - line(self.bottom)) + off(form.bounds.top - line(self.top));
        if metrics.is_odd() {
            return edges;
        }
        let width = off((self.narrow - form.width()).max(form.width() - self.wide).max(0.0));
        let fits = match self.advance {
            Half => form.advance < 0.8,
            Full => form.advance > 0.75,
            Any => true,
        };
        edges + width + if fits { 0.0 } else { WRONG / 2.0 }
    }
}

const fn at(chars: &'static str, bottom: f32, top: f32, narrow: f32, wide: f32, advance: Advance) -> Place {
    Place { chars, bottom, top, narrow, wide, advance }
}

/// The places, from the common fonts of Chinese and English print. A character may stand in several.
const PLACES: &[Place] = &[
    at("ABDEFGHKLMNPRSTUVWXYZ", 0.0, 0.69, 0.0, 1.0, Any),
    at("C", 0.0, 0.69, 0.34, 0.9, Any),
    at("23456789", 0.0, 0.69, 0.2, 0.65, Any),
    at("0", 0.0, 0.69, 0.2, 0.52, Any),
    at("O", 0.0, 0.69, 0.42, 0.9, Any),
    at("1", 0.0, 0.69, 0.1, 0.4, Any),
    at("I", 0.0, 0.69, 0.03, 0.42, Any),
    at("J", -0.03, 0.69, 0.1, 0.6, Any),
    at("Q", -0.1, 0.69, 0.35, 0.9, Any),
    at("acemnorsuvwxz", 0.0, 0.46, 0.0, 1.0, Any),
    at("bdhkl", 0.0, 0.71, 0.0, 0.65, Any),
    at("f", 0.0, 0.7, 0.1, 0.5, Any),
    at("t", 0.0, 0.6, 0.1, 0.5, Any),
    at("i", 0.0, 0.69, 0.03, 0.42, Any),
    at("j", -0.2, 0.69, 0.05, 0.45, Any),
    at("gpqy", -0.2, 0.46, 0.2, 0.65, Any),
    at("()[]{}", -0.15, 0.75, 0.08, 0.4, Half),
    at("（）［］｛｝【】〔〕《》〈〉「」『』", -0.05, 0.79, 0.1, 0.5, Full),
    at("|", -0.15, 0.77, 0.01, 0.15, Any),
    at("丨", -0.08, 0.83, 0.01, 0.2, Full),
    at("／", -0.05, 0.79, 0.45, 1.0, Full),
    at(".", 0.0, 0.11, 0.02, 0.18, Any),
    at("。", -0.06, 0.21, 0.15, 0.45, Full),
    at("、", -0.06, 0.2, 0.1, 0.4, Full),
    at("，", -0.12, 0.13, 0.06, 0.35, Full),
    at(",", -0.14, 0.11, 0.03, 0.25, Half),
    at(":", 0.0, 0.44, 0.03, 0.2, Half),
    at("：", 0.04, 0.5, 0.05, 0.3, Full),
    at(";", -0.13, 0.44, 0.03, 0.25, Half),
    at("；", -0.08, 0.5, 0.05, 0.35, Full),
    at("!", 0.0, 0.7, 0.03, 0.22, Half),
    at("！", 0.0, 0.75, 0.05, 0.25, Full),
    at("?", 0.0, 0.7, 0.2, 0.55, Half),
    at("？", 0.0, 0.76, 0.2, 0.6, Full),
    at("'`", 0.46, 0.71, 0.02, 0.2, Half),
    at("\"", 0.46, 0.71, 0.1, 0.4, Half),
    at("‘’", 0.45, 0.73, 0.05, 0.28, Any),
    at("“”", 0.45, 0.74, 0.15, 0.5, Any),
    at("-", 0.22, 0.29, 0.18, 0.5, Half),
    at("–", 0.22, 0.29, 0.42, 0.65, Half),
    at("—", 0.29, 0.36, 0.8, 1.1, Full),
    at("－", 0.3, 0.37, 0.4, 0.95, Full),
    at("_", -0.18, -0.1, 0.35, 0.65, Half),
    at("+", 0.05, 0.55, 0.3, 0.6, Half),
    at("＋", 0.1, 0.65, 0.5, 0.95, Full),
    at("=", 0.16, 0.46, 0.3, 0.6, Half),
    at("＝", 0.22, 0.55, 0.5, 0.95, Full),
    at("<>", 0.02, 0.62, 0.3, 0.6, Half),
    at("＜＞", 0.04, 0.68, 0.5, 0.9, Full),
    at("~", 0.22, 0.4, 0.3, 0.6, Half),
    at("～", 0.25, 0.45, 0.55, 1.0, Full),
    at("×", 0.03, 0.6, 0.35, 0.8, Any),
    at("±÷", 0.0, 0.62, 0.4, 0.9, Any),
    at("°", 0.4, 0.75, 0.15, 0.4, Any),
    at("·", 0.25, 0.42, 0.03, 0.25, Any),
    at("•", 0.2, 0.55, 0.15, 0.5, Any),
    at("○〇●□", -0.05, 0.79, 0.6, 1.0, Full),
    at("…⋯", 0.1, 0.4, 0.6, 1.0, Full),
    at("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", 0.0, 0.73, 0.1, 1.0, Full),
    at("一", 0.3, 0.43, 0.75, 1.0, Full),
    at("ー", 0.3, 0.45, 0.7, 1.0, Full),
    at("二", 0.02, 0.72, 0.75, 1.0, Full),
    at("日口曰囗", -0.08, 0.78, 0.45, 0.9, Full),
    // Founder's composition systems set marks on half an em.
    at("，", -0.18, 0.09, 0.06, 0.35, Half),
    at("。", -0.13, 0.13, 0.15, 0.45, Half),
    at("、", -0.16, 0.13, 0.1, 0.4, Half),
    at("：", -0.12, 0.29, 0.05, 0.3, Half),
    at("；", -0.19, 0.34, 0.05, 0.35, Half),
    at("：", -0.02, 0.36, 0.05, 0.3, Full),
    at("；", -0.09, 0.36, 0.05, 0.35, Full),
    at("，", -0.04, 0.23, 0.06, 0.35, Full),
    at("…", 0.0, 0.12, 0.6, 1.0, Full),
    at("~", 0.62, 0.84, 0.3, 0.6, Half),
];
