//! Fonts whose codes are glyph numbers, read by the order in which fonts number their glyphs.

use super::offsets::{self, Run};
use super::shown::{Code, Reading};

/// TrueType fonts made on Windows have the space as glyph 3 and the rest of ASCII after it.
const ASCII_GLYPHS: std::ops::RangeInclusive<u32> = 3..=97;
const ASCII_OFFSET: u32 = 29;

/// The runs that make the codes a text, if there are any.
pub(super) fn runs(codes: &[Code]) -> Vec<Run> {
    let used: Vec<(u32, u32)> = codes.iter().map(|code| (code.code, code.uses)).collect();
    offsets::runs(&used)
}

/// The font read by runs. What the map gives for low codes is believed where it is not the code itself.
pub(super) fn read(codes: &[Code], before: &Reading, runs: &[Run]) -> Reading {
    let sim_sun = runs.iter().any(Run::is_sim_sun);
    let mut reading: Reading = codes
        .iter()
        .zip(before)
        .map(|(code, before)| {
            let ideograph = runs.iter().find_map(|run| run.char(code.code));
            let c = if sim_sun { sim_sun_mark(code.code).or(ideograph) } else { ideograph };
            c.map(String::from).or_else(|| low(code.code, before.as_deref()))
        })
        .collect();
    if !sim_sun {
        marks(codes, runs, &mut reading);
    }
    reading
}

/// The character of a low code: the map's where it says something of its own, else that of the glyph's number.
fn low(code: u32, before: Option<&str>) -> Option<String> {
    let itself = char::from_u32(code).map(String::from);
    if let Some(before) = before.filter(|before| before.is_ascii() && Some(*before) != itself.as_deref()) {
        return Some(before.to_owned());
    }
    let c = ASCII_GLYPHS.contains(&code).then(|| char::from_u32(code + ASCII_OFFSET)).flatten();
    c.map(String::from)
}

/// The marks of print that SimSun and SimHei have at fixed places.
fn sim_sun_mark(code: u32) -> Option<char> {
    char::from_u32(match code {
        450..=453 => code - 450 + 0x3000,
        454..=472 => code - 454 + 0x3005,
        701..=794 => code - 701 + 0xff01,
        _ => return None,
    })
}

/// Puts in the marks of print that are found among the codes that nothing explains.
fn marks(codes: &[Code], runs: &[Run], reading: &mut Reading) {
    let explained = |code: &Code| {
        ASCII_GLYPHS.contains(&code.code) || runs.iter().filter_map(|run| run.char(code.code)).any(offsets::is_common)
    };
    let left: Vec<(u32, u32)> =
        codes.iter().filter(|code| !explained(code)).map(|code| (code.code, code.uses)).collect();
    for (code, mark) in offsets::punctuation(&left) {
        let at = codes.binary_search_by_key(&code, |code| code.code);
        if let Some(slot) = at.ok().and_then(|at| reading.get_mut(at)) {
            *slot = Some(mark.to_string());
        }
    }
}
