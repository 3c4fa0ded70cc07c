//! Fonts that lie: maps that give characters which no text has, found by their frequencies, and mended where the
//! fault is a known one.

use std::sync::LazyLock;

use super::Font;

/// A judgement needs so many Han characters, and so many different ones.
const MIN_USES: u32 = 24;
const MIN_DISTINCT: usize = 12;
/// Of the Han characters of real text nearly all are among the common ones of some standard; of garbage few.
const IMPLAUSIBLE: f64 = 0.5;
/// A repair must make at least this part of them common.
const CONVINCING: f64 = 0.9;

/// Glyph ids below this may be anything; those above are Han in a Chinese font.
const FIRST_SCORED: u32 = 1500;
/// Glyph ids are below this.
const HAN_END: u32 = 0x1_0000;

const HAN: std::ops::RangeInclusive<u32> = 0x4e00..=0x9fa5;

/// What became of a font whose map was tested.
#[derive(Debug, PartialEq)]
pub(in super::super) enum Verdict {
    /// Plausible, or too little of it to tell.
    Trusted,
    /// Mended.
    Mended,
    /// Its characters cannot be what the map says; they are unreadable now.
    Implausible,
}

impl Verdict {
    /// The warning that it deserves.
    pub(in super::super) fn message(&self, font: &str) -> Option<String> {
        match self {
            Self::Trusted => None,
            Self::Mended => Some(format!("font {font} has a wrong character map, which was mended")),
            Self::Implausible => Some(format!("font {font} has a wrong character map: its text needs OCR")),
        }
    }
}

/// Tests the characters that a font was used for, and mends its map or makes it unreadable where they are
/// implausible.
pub(in super::super) fn repair(font: &mut Font) -> Verdict {
    let founder = founder_italics(font);
    let used = han_uses(font);
    let uses: u32 = used.iter().map(|(_, _, uses)| uses).sum();
    let judged = uses >= MIN_USES && used.len() >= MIN_DISTINCT;
    let rare = judged && plausibility(&used) < IMPLAUSIBLE;
    if !rare && !is_strange(font) {
        return if founder { Verdict::Mended } else { Verdict::Trusted };
    }
    if renumber(font) {
        return Verdict::Mended;
    }
    if !rare {
        return Verdict::Trusted;
    }
    for (code, _, _) in used {
        font.set(code, None);
    }
    Verdict::Implausible
}

/// Whether most of what the font shows is in no script that it is made for, or in none at all.
fn is_strange(font: &Font) -> bool {
    let (mut strange, mut total) = (0_u32, 0_u32);
    for (_, entry) in font.shown() {
        let known = font.text(entry).chars().next().is_some_and(|c| !is_strange_script(c));
        total = total.saturating_add(entry.uses);
        strange = strange.saturating_add(if known { 0 } else { entry.uses });
    }
    total >= MIN_USES && strange > total / 2
}

/// Scripts that glyph ids fall into when they are taken for Unicode: all but those that a font for Chinese, Japanese,
/// Korean, Latin, Greek or Cyrillic is made for, and their symbols.
fn is_strange_script(c: char) -> bool {
    !matches!(c, ' '..='\u{24f}' | '\u{370}'..='\u{4ff}' | '\u{2000}'..='\u{27bf}' | '\u{3000}'..='\u{30ff}'
        | '\u{3220}'..='\u{33ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..)
}

/// Code, Han character and uses of every code that stands for one Han character.
fn han_uses(font: &Font) -> Vec<(u32, char, u32)> {
    let one = |text: &str| {
        let mut chars = text.chars();
        chars.next().filter(|_| chars.next().is_none())
    };
    font.shown()
        .filter_map(|(code, entry)| Some((code, one(font.text(entry))?, entry.uses)))
        .filter(|(_, c, _)| ('\u{3400}'..='\u{9fff}').contains(c))
        .collect()
}

/// The part of the uses that are common characters of simplified Chinese, traditional Chinese or Japanese,
/// whichever is the most.
fn plausibility(used: &[(u32, char, u32)]) -> f64 {
    let total: u32 = used.iter().map(|(_, _, uses)| uses).sum();
    let common = |bit: u8| -> u32 {
        let common = used.iter().filter(|(_, c, _)| Common::get(*c as u32) & bit != 0);
        common.map(|(_, _, uses)| uses).sum()
    };
    let most = [Common::SIMPLIFIED, Common::TRADITIONAL, Common::JAPANESE].into_iter().map(common).max();
    f64::from(most.unwrap_or(0)) / f64::from(total.max(1))
}

/// Glyph ids taken for Unicode: fonts number their Han glyphs in the order of Unicode, so that a constant offset
/// gives back the text. The offset is the one that makes it plausible.
fn renumber(font: &mut Font) -> bool {
    let shown: Vec<(u32, u32)> = font.shown().map(|(code, entry)| (code, entry.uses)).collect();
    let Some(offset) = best_offset(&shown) else { return false };
    for (code, _) in shown {
        let text = renumbered(code, offset).map(String::from);
        font.set(code, text.as_deref());
    }
    true
}

/// The offset that turns nearly all high codes into common Han characters.
fn best_offset(shown: &[(u32, u32)]) -> Option<u32> {
    let high: Vec<(u32, u32)> =
        shown.iter().copied().filter(|(code, _)| (FIRST_SCORED..HAN_END).contains(code)).collect();
    let total: u32 = high.iter().map(|(_, uses)| uses).sum();
    if high.len() < MIN_DISTINCT || total < MIN_USES {
        return None;
    }
    let score = |offset: u32| -> u32 {
        let common = high.iter().filter(|(code, _)| Common::get(code + offset) & Common::SIMPLIFIED != 0);
        common.map(|(_, uses)| uses).sum()
    };
    let (best, offset) = (0x2000..0x4e00_u32).map(|offset| (score(offset), offset)).max()?;
    (f64::from(best) >= CONVINCING * f64::from(total)).then_some(offset)
}

/// The character of a glyph id in a font whose Han glyphs are offset so far from Unicode. TrueType fonts made on
/// Windows have the space as glyph 3 and ASCII after it; SimSun and SimHei have their punctuation at fixed places.
fn renumbered(glyph: u32, offset: u32) -> Option<char> {
    let sim_sun = offset == 0x4e00 - 980;
    let code = match glyph {
        3..=97 => glyph + 29,
        450..=453 if sim_sun => glyph - 450 + 0x3000,
        454..=472 if sim_sun => glyph - 454 + 0x3005,
        701..=794 if sim_sun => glyph - 701 + 0xff01,
        _ => Some(glyph.checked_add(offset)?).filter(|code| HAN.contains(code))?,
    };
    char::from_u32(code)
}

/// Founder composition systems put italic Latin letters at GBK 0xA0C1 and 0xA0E1, which a map made from GBK gives as
/// rare Han characters: 犌犅 for GB. A font that shows several of these is one of theirs.
fn founder_italics(font: &mut Font) -> bool {
    let letter = |c: char| {
        let mut buffer = [0; 4];
        let (bytes, _, _) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
        match bytes.as_ref() {
            [0xa0, low @ (0xc1..=0xda | 0xe1..=0xfa)] => Some(char::from(low - 0x80)),
            _ => None,
        }
    };
    // These are words of their own, if seldom ones.
    let telling = |c: char| !matches!(c, '狀' | '犇' | '犢');
    let italics: Vec<(u32, char, char)> =
        han_uses(font).into_iter().filter_map(|(code, c, _)| Some((code, c, letter(c)?))).collect();
    if italics.iter().filter(|(_, c, _)| telling(*c)).count() < 3 {
        return false;
    }
    for (code, _, letter) in italics {
        font.set(code, Some(letter.encode_utf8(&mut [0; 4])));
    }
    true
}

/// The common Han characters of national standards: level 1 of GB 2312, Big5 and JIS X 0208.
struct Common;

static COMMON: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut common = vec![0; (HAN.end() - HAN.start() + 1) as usize];
    let levels = [
        (encoding_rs::GBK, Common::SIMPLIFIED, 0xb0..=0xd7_u8),
        (encoding_rs::BIG5, Common::TRADITIONAL, 0xa4..=0xc6),
        (encoding_rs::SHIFT_JIS, Common::JAPANESE, 0x88..=0x97),
    ];
    for (encoding, bit, leads) in levels {
        for (lead, trail) in leads.flat_map(|lead| (0x40..=0xfe_u8).map(move |trail| (lead, trail))) {
            // Of GBK only the part that is GB 2312.
            if bit == Common::SIMPLIFIED && trail < 0xa1 {
                continue;
            }
            let pair = [lead, trail];
            let c = encoding.decode_without_bom_handling(&pair).0.chars().next().unwrap_or('\0');
            if let Some(bits) = Common::index(c as u32).and_then(|index| common.get_mut(index)) {
                *bits |= bit;
            }
        }
    }
    common
});

impl Common {
    const SIMPLIFIED: u8 = 1;
    const TRADITIONAL: u8 = 2;
    const JAPANESE: u8 = 4;

    fn index(c: u32) -> Option<usize> {
        HAN.contains(&c).then(|| (c - HAN.start()) as usize)
    }

    /// The standards in which a character is common.
    fn get(c: u32) -> u8 {
        Self::index(c).and_then(|index| COMMON.get(index)).copied().unwrap_or(0)
    }
}
