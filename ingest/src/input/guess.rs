//! The encoding of bytes that do not name it.
//!
//! `chardetng` tells the encodings of the world apart, but needs some length, and is thrown off by a single damaged
//! byte. What it cannot know is that the text is likely to be Chinese: real text takes nearly all its characters from
//! level 1 of GB 2312 or of Big5, and bytes read in the wrong one of the two fall outside half the time.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, GBK, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// So many bytes are looked at.
const SAMPLE: usize = 1 << 20;
/// The least share of common characters in text of the right encoding.
const PLAUSIBLE: f64 = 0.8;
/// A share at which a Chinese encoding is believed against the detector.
const CERTAIN: f64 = 0.93;

/// UTF-16 without a byte order mark, when that makes sense of the bytes.
pub(super) fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = front(bytes, SAMPLE);
    let ascii = sample.iter().filter(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t')).count();
    // Pairs of Latin letters are Han characters in UTF-16.
    if sample.len() < 4 || (!sample.contains(&0) && ascii * 10 > sample.len() * 8) {
        return None;
    }
    let little = share_of_text(sample.chunks_exact(2).map(|pair| unit(pair, false)));
    let big = share_of_text(sample.chunks_exact(2).map(|pair| unit(pair, true)));
    let (share, encoding) = if big > little { (big, UTF_16BE) } else { (little, UTF_16LE) };
    (share > 0.95).then_some(encoding)
}

fn unit(pair: &[u8], big: bool) -> u16 {
    let pair = [pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)];
    if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
}

/// The share of code units that are characters of ordinary Chinese or English text.
fn share_of_text(units: impl Iterator<Item = u16>) -> f64 {
    let (mut all, mut good, mut telling) = (0_u32, 0_u32, false);
    let mut start = Vec::new();
    for unit in units {
        all += 1;
        if start.len() < 200 {
            start.push(unit);
        }
        let is_mark = matches!(unit, 0x0009 | 0x000a | 0x000d | 0x0020..=0x007e | 0x3000..=0x3011 | 0xff01..=0xff1f);
        telling |= is_mark;
        let is_letter = matches!(unit, 0x00a0..=0x024f | 0x2010..=0x2027 | 0x4e00..=0x9fff | 0xfeff);
        good += u32::from(is_mark || is_letter);
    }
    // Han alone is what any pairs of letters look like: punctuation, Latin or common characters have to be among it.
    if all == 0 || !(telling || is_common(&start)) { 0.0 } else { f64::from(good) / f64::from(all) }
}

/// Whether nearly all of some code units are level 1 of GB 2312, which one Han character in six is, or of Big5, which one
/// in four is.
fn is_common(units: &[u16]) -> bool {
    let text = String::from_utf16_lossy(units);
    let all_common = |pairs: Pairs| pairs.all == units.len() && pairs.common() >= CERTAIN;
    units.len() >= 12
        && (all_common(Pairs::of_level_1(&GBK.encode(&text).0)) || all_common(Pairs::of_big5(&BIG5.encode(&text).0)))
}

/// The encoding of bytes that are not Unicode.
pub(super) fn legacy(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|byte| *byte >= 0x80).unwrap_or(0);
    let sample = front(bytes.get(first..).unwrap_or_default(), SAMPLE);
    let (gb, big5) = (Pairs::of_gb(sample), Pairs::of_big5(sample));
    let (chinese, pairs) = if big5.is_likelier_than(gb) { (BIG5, big5) } else { (GB18030, gb) };
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let seen = front(bytes, first.saturating_add(SAMPLE));
    detector.feed(seen, seen.len() == bytes.len());
    let guess = detector.guess(None, Utf8Detection::Deny);
    match guess {
        _ if guess == GBK || guess == BIG5 || guess == GB18030 => chinese,
        // All Hangul, and all that Japanese writes beside its kana, are level 1 of GB 2312 in other bytes.
        _ if is_korean_or_japanese(guess, sample) => guess,
        _ if pairs.common() >= CERTAIN => chinese,
        _ if guess.is_single_byte() && pairs.common() >= PLAUSIBLE && pairs.all >= 12 => chinese,
        _ if guess.is_single_byte() => guess,
        _ if pairs.common() >= PLAUSIBLE => chinese,
        _ => WINDOWS_1252,
    }
}

/// Whether bytes that are said to be in a Chinese encoding are Chinese in the other one only.
pub(super) fn is_wrong(declared: &'static Encoding, bytes: &[u8]) -> bool {
    let first = bytes.iter().position(|byte| *byte >= 0x80).unwrap_or(0);
    let sample = front(bytes.get(first..).unwrap_or_default(), SAMPLE);
    let (own, other) = match declared {
        _ if declared == GB18030 => (Pairs::of_gb(sample), Pairs::of_big5(sample)),
        _ if declared == BIG5 => (Pairs::of_big5(sample), Pairs::of_gb(sample)),
        // A page that was transcoded, or whose server said otherwise.
        _ if declared.is_single_byte() => {
            let best = Pairs::of_gb(sample).common().max(Pairs::of_big5(sample).common());
            return best >= CERTAIN && sample.len() >= 40;
        }
        _ => return false,
    };
    own.common() < PLAUSIBLE && other.common() > CERTAIN && other.all >= 12
}

/// Whether a text in an encoding of Korean or Japanese has the letters that no Chinese text has.
fn is_korean_or_japanese(encoding: &'static Encoding, sample: &[u8]) -> bool {
    if encoding.is_single_byte() {
        return false;
    }
    let (text, _) = encoding.decode_without_bom_handling(sample);
    let (mut han, mut letters) = (0_usize, 0_usize);
    for char in text.chars() {
        han += usize::from(corpus::text::is_han(char));
        letters += usize::from(matches!(char, '\u{3041}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}'));
    }
    if encoding == EUC_KR { han * 10 < letters } else { letters * 5 > han }
}

/// How many characters of more than one byte there are, how many of them are common ones, and how many are none.
#[derive(Clone, Copy, Debug, Default)]
struct Pairs {
    all: usize,
    common: usize,
    broken: usize,
}

impl Pairs {
    /// Whether bytes are rather this than the other. In GB 18030, traditional characters are no common ones, so that
    /// bytes which are no characters at all in the other encoding decide first.
    fn is_likelier_than(self, other: Self) -> bool {
        match (self.is_whole(), other.is_whole()) {
            (whole, whole_other) if whole != whole_other => whole,
            _ => self.common() > other.common(),
        }
    }

    /// Whether fewer than one in fifty is no character of the encoding.
    fn is_whole(self) -> bool {
        self.broken * 50 < self.all.max(1)
    }

    fn common(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.common as f64 / self.all as f64 }
    }

    /// GB 18030: level 1 stands at B0A1 to D7F9, punctuation and full-width signs at A1A1 to A3FE.
    fn of_gb(bytes: &[u8]) -> Self {
        Self::count(bytes, |lead, trail| match (lead, trail) {
            (0xa1..=0xa3 | 0xb0..=0xd7, 0xa1..=0xfe) => Some(true),
            (0x81..=0xfe, 0x30..=0x39 | 0x40..=0x7e | 0x80..=0xfe) => Some(false),
            _ => None,
        })
    }

    /// The Han characters of level 1 of GB 2312.
    fn of_level_1(bytes: &[u8]) -> Self {
        Self::count(bytes, |lead, _| Some(matches!(lead, 0xb0..=0xd7)))
    }

    /// Big5: level 1 stands at A440 to C67E, punctuation and full-width signs at A140 to A3BF.
    fn of_big5(bytes: &[u8]) -> Self {
        Self::count(bytes, |lead, trail| match (lead, trail) {
            (0xa1..=0xc6, 0x40..=0x7e | 0xa1..=0xfe) => Some(true),
            (0x87..=0xfe, 0x40..=0x7e | 0xa1..=0xfe) => Some(false),
            _ => None,
        })
    }

    /// `kind` says of two bytes whether they are a common character, another, or none.
    fn count(bytes: &[u8], kind: impl Fn(u8, u8) -> Option<bool>) -> Self {
        let mut pairs = Self::default();
        let mut bytes = bytes.iter().copied().peekable();
        while let Some(lead) = bytes.next() {
            if lead < 0x80 {
                continue;
            }
            let found = bytes.peek().and_then(|trail| kind(lead, *trail));
            pairs.all += 1;
            pairs.common += usize::from(found == Some(true));
            pairs.broken += usize::from(found.is_none());
            if found.is_some() {
                bytes.next();
            }
        }
        pairs
    }
}

fn front(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length.min(bytes.len())).unwrap_or_default()
}
