//! Latin fonts whose codes, or the numbers in the names of whose glyphs, are off from ASCII by a constant.
//!
//! TrueType fonts have the space as glyph 3, so that `This` shown by glyph numbers is read as `7KLV`; others are made
//! unreadable on purpose by such a shift. Some programs name glyphs by number, in decimal (`g131`) or in hexadecimal
//! (`G6C`), and then these numbers may be off from ASCII by a constant, or not at all.

use super::super::{Font, Kind};
use super::latin;
use super::shown::{Code, Reading};

/// Offsets are tried up to this.
const MAX_OFFSET: i64 = 1200;
/// A text has no more surprise than this.
const MAX_SURPRISE: f64 = 5.3;
/// The search needs so many characters, in so many codes.
const MIN_CHARACTERS: u64 = 200;
const MIN_DISTINCT: usize = 16;

/// Where the number of a glyph is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Code,
    /// In the glyph's name, in decimal.
    Decimal,
    /// In the glyph's name, in hexadecimal.
    Hexadecimal,
}

/// Numbers are ASCII plus a constant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shift {
    pub(super) number: Number,
    pub(super) by: i64,
}

impl Shift {
    /// The shift that makes the font's characters those of a text.
    pub(super) fn find(font: &Font, codes: &[Code]) -> Option<Self> {
        let kinds = [Number::Code, Number::Decimal, Number::Hexadecimal];
        let candidates = kinds.into_iter().filter_map(|number| {
            let used: Vec<(i64, u32)> =
                codes.iter().filter_map(|code| Some((number.of(font, code)?, code.uses))).collect();
            let (by, surprise) = best(&used)?;
            Some((Self { number, by }, surprise))
        });
        let (shift, surprise) = candidates.min_by(|a, b| a.1.total_cmp(&b.1))?;
        (surprise <= MAX_SURPRISE).then_some(shift)
    }

    pub(super) fn read(self, font: &Font, codes: &[Code]) -> Reading {
        let read = |code: &Code| ascii(self.number.of(font, code)? - self.by).map(String::from);
        codes.iter().map(read).collect()
    }
}

impl Number {
    fn of(self, font: &Font, code: &Code) -> Option<i64> {
        let name = || match &font.kind {
            Kind::Simple(simple) => simple.name(code.code),
            Kind::Composite(_) => None,
        };
        match self {
            Self::Code => Some(i64::from(code.code)),
            Self::Decimal => digits(name()?).parse().ok(),
            Self::Hexadecimal => i64::from_str_radix(digits(name()?), 16).ok(),
        }
    }
}

/// What follows the letters at the start of a glyph's name: `131` of `g131`, `6C` of `G6C`.
fn digits(name: &str) -> &str {
    let prefixes = ["glyph", "index", "char", "cid", "gid", "g", "G", "c", "C", "x"];
    let rest = prefixes.iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    rest.get(..rest.len().min(6)).unwrap_or_default()
}

fn ascii(number: i64) -> Option<char> {
    u8::try_from(number).ok().filter(|byte| (0x20..0x7f).contains(byte)).map(char::from)
}

fn best(used: &[(i64, u32)]) -> Option<(i64, f64)> {
    let total: u64 = used.iter().map(|(_, uses)| u64::from(*uses)).sum();
    if total < MIN_CHARACTERS || used.len() < MIN_DISTINCT {
        return None;
    }
    let lowest = used.iter().map(|(number, _)| *number).min()?;
    let surprise = |by: i64| latin::text_surprise(used.iter().map(move |(number, uses)| (ascii(number - by), *uses)));
    let offsets = (-0x60..=MAX_OFFSET.min(lowest)).map(|by| (by, surprise(by)));
    offsets.min_by(|a, b| a.1.total_cmp(&b.1))
}
