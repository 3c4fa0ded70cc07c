//! Which Han characters and hangul syllables real text uses, and how often.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// The ideographs that fonts number in the order of Unicode.
pub(super) const HAN: RangeInclusive<u32> = 0x4e00..=0x9fa5;
pub(super) const HANGUL: RangeInclusive<u32> = 0xac00..=0xd7a3;

/// The thousand characters that are used most, in simplified and in traditional form, by the word frequencies of the
/// dictionary of the crate `jieba-rs` (MIT licence).
const FREQUENT: &str = include_str!("han.txt");

/// What a character that is common in no standard tells against a text, in bits.
const RARE: f64 = -5.0;

/// The standards of which a character is among the common ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Common(u8);

impl Common {
    /// Level 1 of GB 2312, of Big5 and of JIS X 0208, and the syllables of KS X 1001.
    const SIMPLIFIED: u8 = 1;
    const TRADITIONAL: u8 = 2;
    const JAPANESE: u8 = 4;
    const KOREAN: u8 = 8;
    pub(super) const ALL: [Self; 4] =
        [Self(Self::SIMPLIFIED), Self(Self::TRADITIONAL), Self(Self::JAPANESE), Self(Self::KOREAN)];

    pub(super) fn of(c: u32) -> Self {
        let table = &*COMMON;
        Self(index(c).and_then(|index| table.get(index)).copied().unwrap_or(0))
    }

    pub(super) fn includes(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// How much more a text would use the character than chance does, in bits: frequent ones speak for a text, rare ones
/// against it.
pub(super) fn evidence(c: u32) -> f64 {
    if let Some(rank) = char::from_u32(c).and_then(|c| RANKS.get(&c)) {
        // The share of a character falls with its rank by the law of Zipf and Mandelbrot; chance is one in as many
        // characters as Unicode's first block of them has.
        return (0.257 / (f64::from(*rank) + 35.0) * 20_902.0).log2();
    }
    match Common::of(c) {
        common if common == Common::default() => RARE,
        // Of the 11,172 syllables all texts use no more than the 2,350 of the standard.
        Common(Common::KOREAN) => 2.25,
        _ => 0.0,
    }
}

/// Whether it is one of the five hundred most frequent.
pub(super) fn is_frequent(c: char) -> bool {
    RANKS.get(&c).is_some_and(|rank| *rank < 500)
}

static RANKS: LazyLock<HashMap<char, u16>> = LazyLock::new(|| {
    let mut ranks = HashMap::new();
    for line in FREQUENT.lines() {
        for (rank, c) in (0..).zip(line.chars()) {
            ranks.entry(c).or_insert(rank);
        }
    }
    ranks
});

fn index(c: u32) -> Option<usize> {
    if HAN.contains(&c) {
        return Some((c - HAN.start()) as usize);
    }
    HANGUL.contains(&c).then(|| (HAN.end() - HAN.start() + 1 + c - HANGUL.start()) as usize)
}

static COMMON: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut common = vec![0; (HAN.end() - HAN.start() + HANGUL.end() - HANGUL.start() + 2) as usize];
    let levels = [
        (encoding_rs::GBK, Common::SIMPLIFIED, 0xb0..=0xd7_u8, 0xa1),
        (encoding_rs::BIG5, Common::TRADITIONAL, 0xa4..=0xc6, 0x40),
        (encoding_rs::SHIFT_JIS, Common::JAPANESE, 0x88..=0x97, 0x40),
        (encoding_rs::EUC_KR, Common::KOREAN, 0xb0..=0xc8, 0xa1),
    ];
    for (encoding, bit, leads, trail) in levels {
        for (lead, trail) in leads.flat_map(|lead| (trail..=0xfe_u8).map(move |trail| (lead, trail))) {
            let c = encoding.decode_without_bom_handling(&[lead, trail]).0.chars().next().unwrap_or('\0');
            if let Some(bits) = index(c as u32).and_then(|index| common.get_mut(index)) {
                *bits |= bit;
            }
        }
    }
    common
});
