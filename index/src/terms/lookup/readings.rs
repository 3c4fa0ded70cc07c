//! How Chinese characters are read.

use std::collections::HashMap;
use std::sync::LazyLock;

use corpus::text::normalise::normal_form;
use pinyin::{Pinyin, ToPinyinMulti as _};

/// Characters whose readings are held: the unified ideographs of the basic plane.
const CHARACTERS: std::ops::RangeInclusive<char> = '\u{3400}'..='\u{9FFF}';
/// Rarer readings of a character than so many are left out.
const MOST_READINGS: usize = 8;

/// A syllable and its tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// In lower case letters; `v` stands for ü.
    pub(crate) syllable: &'static str,
    /// From 1 to 4, 5 for none.
    pub(crate) tone: u8,
}

static READINGS: LazyLock<HashMap<char, Vec<Reading>>> = LazyLock::new(|| {
    let mut table: HashMap<char, Vec<Reading>> = HashMap::new();
    for c in CHARACTERS {
        let Some(readings) = c.to_pinyin_multi() else { continue };
        // 乾 is written 干 in normal form, and 干 is then read as either.
        let normal = normal_form(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c);
        let all = table.entry(normal).or_default();
        for reading in readings.into_iter().flat_map(spellings) {
            if !all.contains(&reading) && all.len() < MOST_READINGS {
                all.push(reading);
            }
        }
    }
    table
});

/// The readings of a character in normal form: all of a heteronym.
pub(crate) fn readings(c: char) -> &'static [Reading] {
    READINGS.get(&c).map(Vec::as_slice).unwrap_or_default()
}

/// The syllable as it is typed: lüe is typed lue as well (GB/T 16159 lets nobody do so, and many do).
fn spellings(pinyin: Pinyin) -> Vec<Reading> {
    let tone =
        pinyin.with_tone_num_end().bytes().next_back().filter(u8::is_ascii_digit).map_or(5, |digit| digit - b'0');
    let syllable = match pinyin.plain() {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        plain if plain.bytes().all(|letter| letter.is_ascii_lowercase()) => plain,
        _ => return Vec::new(),
    };
    let other = match syllable {
        "lve" => Some("lue"),
        "nve" => Some("nue"),
        _ => None,
    };
    [Some(syllable), other].into_iter().flatten().map(|syllable| Reading { syllable, tone }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(c: char, syllable: &str, tone: u8) {
        let found = readings(c);
        assert!(found.iter().any(|reading| reading.syllable == syllable && reading.tone == tone), "{c}: {found:?}");
    }

    #[test]
    fn every_reading_is_known() {
        check('重', "zhong", 4);
        check('重', "chong", 2);
        check('绿', "lv", 4);
        check('略', "lve", 4);
        check('略', "lue", 4);
        check('的', "de", 5);
        check('干', "qian", 2);
        check('干', "gan", 4);
        assert!(readings('a').is_empty());
    }
}
