//! What a font was used for: its codes, with how often each is shown.

use super::super::{Entry, Font};
use super::plausibility::Judgement;

/// A code that is shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Code {
    pub(super) code: u32,
    /// In bytes.
    pub(super) length: usize,
    pub(super) uses: u32,
}

/// A way to read a font: the text of each of its codes.
pub(super) type Reading = Vec<Option<String>>;

/// The codes that a font shows.
pub(super) fn codes(font: &Font) -> Vec<Code> {
    let code = |code: u32, uses: u32| Code { code, length: font.length_of(code), uses };
    let mut codes: Vec<Code> = font.shown().map(|(number, entry)| code(number, entry.uses)).collect();
    codes.sort_unstable_by_key(|code| code.code);
    codes
}

/// What the font reads now.
pub(super) fn reading(font: &Font, codes: &[Code]) -> Reading {
    codes.iter().map(|code| text(font, code.code).map(str::to_owned)).collect()
}

/// The text of a code; `None` where it cannot be read.
pub(super) fn text(font: &Font, code: u32) -> Option<&str> {
    Some(font.known(code)).filter(Entry::is_readable).map(|entry| font.text(entry))
}

/// Judges what the font reads now.
pub(super) fn judge_font(font: &Font) -> Judgement {
    let used = font.shown().map(|(_, entry)| (entry.is_readable().then(|| font.text(entry)), entry.uses));
    Judgement::of(used)
}

/// Judges another reading.
pub(super) fn judge(codes: &[Code], reading: &Reading) -> Judgement {
    Judgement::of(codes.iter().zip(reading).map(|(code, text)| (text.as_deref(), code.uses)))
}

/// Whether two readings differ in a fifth of what is shown: in less, neither is wrong as a whole.
pub(super) fn differ(codes: &[Code], one: &Reading, other: &Reading) -> bool {
    let uses = |code: &Code| u64::from(code.uses);
    let all: u64 = codes.iter().map(uses).sum();
    let different = codes.iter().zip(one.iter().zip(other)).filter(|(_, (one, other))| one != other);
    different.map(|(code, _)| uses(code)).sum::<u64>() * 5 >= all
}
