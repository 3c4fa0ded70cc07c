//! Italic letters of Founder's composition systems.
//!
//! These put the letters of slanted fonts at GBK 0xA0C1 and 0xA0E1, and the map made from GBK then names rare
//! ideographs: 犌犅 for GB. The ideographs are words of their own, so that a font is only taken for one of Founder's
//! when it shows letters of this kind and hardly anything else that is as rare, and shows them where letters stand:
//! beside each other, beside figures and signs, and not in the order in which a table of characters would have them.

use std::collections::BTreeMap;

use super::super::super::content::{Mark, PageMarks};
use super::super::Font;
use super::han::Common;
use super::shown;

/// So many letters, and so many different ones, must be shown.
const MIN_USES: u32 = 3;
const MIN_DISTINCT: usize = 2;
/// Of the rare ideographs of the font so many must be letters.
const MIN_LETTERS: f64 = 0.7;
/// The part of the places where letters stand that must be fit for letters.
const MIN_FIT: f64 = 0.6;
/// In a table each letter is followed by the next one of the alphabet.
const MAX_SUCCESSION: f64 = 0.4;
/// Where in their row of GBK the letters lie.
const ROWS: std::ops::RangeInclusive<u8> = 0xc1..=0xfe;

/// Reads the ideographs of Founder's letters as these in all fonts where they are letters; gives the fonts' indices
/// and how many characters that were.
pub(super) fn mend(fonts: &mut [Font], pages: &[PageMarks]) -> Vec<(usize, u32)> {
    let suspects: Vec<usize> = (0..fonts.len()).filter(|index| fonts.get(*index).is_some_and(is_suspect)).collect();
    if suspects.is_empty() {
        return Vec::new();
    }
    let places = places(fonts, &suspects, pages);
    let mut mended = Vec::new();
    for index in suspects {
        let (Some(font), Some(places)) = (fonts.get_mut(index), places.get(&index)) else { continue };
        if places.are_of_letters(is_founders(&font.name)) {
            mended.push((index, read_letters(font)));
        }
    }
    mended
}

/// The letter at the place of an ideograph in Founder's rows.
fn letter(c: char) -> Option<char> {
    if !('\u{7280}'..='\u{72ff}').contains(&c) {
        return None;
    }
    let low = row(c)?;
    matches!(low, 0xc1..=0xda | 0xe1..=0xfa).then(|| char::from(low - 0x80))
}

/// The place of an ideograph in the row of GBK that Founder's letters are in.
fn row(c: char) -> Option<u8> {
    let mut buffer = [0; 4];
    let (bytes, _, _) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    match bytes.as_ref() {
        [0xa0, low] if ROWS.contains(low) => Some(*low),
        _ => None,
    }
}

/// Fonts that composition systems name by a letter for the script, the weight and Z or X for upright and slanted:
/// `E-BX`, `E-HZ9-PK748344`.
fn is_founders(name: &str) -> bool {
    let slanted = ["E-BX", "E-HX", "E-FX", "E-BZ", "E-HZ", "E-FZ", "O9-", "SSJ-PK", "FZ", "FzBookMaker"];
    slanted.iter().any(|start| name.starts_with(start)) || name.contains("-PK7")
}

/// Whether the font shows several of the letters and hardly another ideograph as rare.
fn is_suspect(font: &Font) -> bool {
    let (mut letters, mut distinct, mut rare) = (0_u32, 0, 0_u32);
    for (_, entry) in font.shown() {
        let mut chars = font.text(entry).chars();
        let Some(c @ '\u{4e00}'..='\u{9fff}') = chars.next() else { continue };
        if letter(c).is_some() {
            letters = letters.saturating_add(entry.uses);
            // 狀 is a letter's place too, but a common character of traditional Chinese.
            distinct += usize::from(Common::of(c as u32) == Common::default());
        } else if Common::of(c as u32) == Common::default() && is_beyond_gb2312(c) {
            rare = rare.saturating_add(entry.uses);
        }
    }
    letters >= MIN_USES
        && distinct >= MIN_DISTINCT
        && f64::from(letters) >= MIN_LETTERS * f64::from(letters.saturating_add(rare))
}

fn is_beyond_gb2312(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, _) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    !matches!(bytes.as_ref(), [0xb0..=0xf7, 0xa1..=0xfe])
}

/// Where a font's letters stand.
#[derive(Default)]
struct Places {
    letters: u32,
    /// Beside another letter, a figure or a sign, or alone on its line.
    fit: u32,
    /// Pairs of neighbouring letters, and those that follow in the alphabet.
    pairs: u32,
    successions: u32,
}

impl Places {
    fn are_of_letters(&self, founders: bool) -> bool {
        let part = |some: u32, all: u32| f64::from(some) / f64::from(all.max(1));
        // The alphabet itself is seldom printed in a text, but rows of a table of characters are.
        let table = self.pairs >= 5 && part(self.successions, self.pairs) > MAX_SUCCESSION;
        self.letters >= MIN_USES && !table && (founders || part(self.fit, self.letters) >= MIN_FIT)
    }
}

/// Looks at the neighbours of the suspects' letters on all pages.
fn places(fonts: &[Font], suspects: &[usize], pages: &[PageMarks]) -> BTreeMap<usize, Places> {
    let mut places: BTreeMap<usize, Places> = BTreeMap::new();
    let char_of = |mark: &Mark| {
        let font = fonts.get(mark.font as usize)?;
        shown::text(font, mark.code)?.chars().next().filter(|c| *c != ' ')
    };
    for page in pages {
        let at = |index: Option<usize>| page.marks.get(index?);
        for (index, mark) in page.marks.iter().enumerate() {
            if !suspects.contains(&(mark.font as usize)) {
                continue;
            }
            let Some(own) = char_of(mark).and_then(letter) else { continue };
            let near = |other: Option<&Mark>| other.filter(|other| are_near(mark, other)).and_then(char_of);
            let before = near(at(index.checked_sub(1)));
            let after = near(at(Some(index + 1)));
            let places = places.entry(mark.font as usize).or_default();
            places.letters += 1;
            places.fit += u32::from(is_fit(before) && is_fit(after) && (before.is_some() || after.is_some()));
            if let Some(next) = after.and_then(letter) {
                places.pairs += 1;
                places.successions += u32::from(next as u32 == own as u32 + 1);
            }
        }
    }
    places
}

fn are_near(mark: &Mark, other: &Mark) -> bool {
    (mark.x - other.x).hypot(mark.y - other.y) < 2.0 * mark.size.abs().max(1.0)
}

/// Whether a letter of a formula or a standard's number can stand beside this: not an ideograph.
fn is_fit(neighbour: Option<char>) -> bool {
    neighbour.is_none_or(|c| letter(c).is_some() || !('\u{3400}'..='\u{9fff}').contains(&c))
}

fn read_letters(font: &mut Font) -> u32 {
    let letters: Vec<(u32, char, u32)> = font
        .shown()
        .filter_map(|(code, entry)| Some((code, letter(font.text(entry).chars().next()?)?, entry.uses)))
        .collect();
    let mut uses = 0_u32;
    for (code, letter, shown) in letters {
        font.set(code, Some(letter.encode_utf8(&mut [0; 4])));
        uses = uses.saturating_add(shown);
    }
    uses
}
