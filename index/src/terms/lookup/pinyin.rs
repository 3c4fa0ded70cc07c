//! Whether a designation is read as was typed: pinyin with or without tones and spaces, its initials, or a mixture.

use corpus::text::normalise::normal_form;

use super::readings::{Reading, readings};
use crate::analysis::is_unspaced;

/// Longer queries are not taken for pinyin: a bit of a number stands for each letter.
const MOST_LETTERS: usize = 120;

/// A query read as pinyin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Spoken {
    /// Lower case letters, `v` for ü, and digits that are no tones.
    letters: Vec<u8>,
    /// For each letter the tone that a mark over it says, or 0.
    marks: Vec<u8>,
    /// For each letter the tone that a number after it says, or 0.
    numbers: Vec<u8>,
    /// Letters before which a syllable must end, a bit for each.
    breaks: u128,
}

/// How a designation is read as was typed, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sound {
    /// The whole of it, by whole syllables.
    Whole,
    /// Its beginning, by whole syllables; the last may be unfinished.
    Begins,
    /// The whole of it, some characters by their initials.
    Initials,
    /// Its beginning, some characters by their initials.
    InitialsBegin,
}

/// Which letters may come next, a bit for each: by whole syllables, and with initials among them.
#[derive(Clone, Copy, Default)]
struct Reached {
    whole: u128,
    any: u128,
}

impl Spoken {
    /// Reads a query; `None` where it cannot be pinyin.
    pub(super) fn parse(query: &str) -> Option<Self> {
        let mut spoken = Self::default();
        for c in normal_form(query).chars() {
            spoken.push(c)?;
        }
        (spoken.letters.iter().any(u8::is_ascii_alphabetic) && spoken.letters.len() <= MOST_LETTERS).then_some(spoken)
    }

    fn push(&mut self, c: char) -> Option<()> {
        let after_letter = self.letters.last().is_some_and(u8::is_ascii_alphabetic) && !self.has_break();
        match c {
            'a'..='z' | '0'..='9' if self.letters.len() > MOST_LETTERS => return None,
            '0'..='5' if after_letter && self.numbers.last() == Some(&0) => {
                let tone = u8::try_from(c.to_digit(10)?).ok()?;
                *self.numbers.last_mut()? = if tone == 0 { 5 } else { tone };
                self.set_break();
            }
            '0'..='9' => self.letter(u8::try_from(c).ok()?, 0),
            ':' if self.letters.last() == Some(&b'u') => *self.letters.last_mut()? = b'v',
            c if c.is_whitespace() || matches!(c, '\'' | '-' | '·') => self.set_break(),
            c => {
                let (letter, tone) = marked_letter(c)?;
                self.letter(letter, tone);
            }
        }
        Some(())
    }

    fn letter(&mut self, letter: u8, tone: u8) {
        // ü is written u after these (Scheme for the Chinese Phonetic Alphabet, 1958), and typed v all the same.
        let is_u = letter == b'v' && matches!(self.letters.last(), Some(b'j' | b'q' | b'x' | b'y'));
        self.letters.push(if is_u { b'u' } else { letter });
        self.marks.push(tone);
        self.numbers.push(0);
    }

    fn set_break(&mut self) {
        self.breaks |= bit(self.letters.len());
    }

    fn has_break(&self) -> bool {
        self.breaks & bit(self.letters.len()) != 0
    }

    /// How a key is read as was typed, if it is.
    pub(super) fn met_by(&self, key: &str) -> Option<Sound> {
        let end = bit(self.letters.len());
        let mut reached = Reached { whole: 1, any: 1 };
        let mut best: Option<Sound> = None;
        let mut sounds = key.chars().filter(|c| c.is_alphanumeric()).peekable();
        while let Some(c) = sounds.next() {
            reached = self.step(reached, c);
            let is_last = sounds.peek().is_none();
            let met = match (reached.whole & end != 0, reached.any & end != 0) {
                (true, _) if is_last => Some(Sound::Whole),
                (true, _) => Some(Sound::Begins),
                (_, true) if is_last => Some(Sound::Initials),
                (_, true) => Some(Sound::InitialsBegin),
                _ => None,
            };
            best = [best, met].into_iter().flatten().min();
            if (reached.whole | reached.any) & !end == 0 {
                break;
            }
        }
        best
    }

    /// The letter with which a designation must begin to be read so.
    pub(super) fn first(&self) -> u8 {
        self.letters.first().copied().unwrap_or_default()
    }

    fn step(&self, from: Reached, c: char) -> Reached {
        let mut to = Reached::default();
        let mut rest = (from.whole | from.any) & !bit(self.letters.len());
        while rest != 0 {
            let at = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let is_whole = from.whole & bit(at) != 0;
            if !is_unspaced(c) {
                if c.is_ascii() && self.letters.get(at).is_some_and(|&letter| char::from(letter) == c) {
                    to.add(bit(at + 1), is_whole);
                }
                continue;
            }
            for &reading in readings(c) {
                self.read(reading, at, is_whole, &mut to);
            }
        }
        to
    }

    /// Adds what is reached when the letters from `at` on stand for a character that is read so.
    fn read(&self, reading: Reading, at: usize, is_whole: bool, to: &mut Reached) {
        let Some(letters) = self.letters.get(at..) else { return };
        let syllable = reading.syllable.as_bytes();
        let common = letters.iter().zip(syllable).take_while(|(letter, other)| letter == other).count();
        if common == 0 || !self.has_tone(at, common, reading.tone) {
            return;
        }
        let ends = |length: usize| !self.is_broken(at, length);
        if common == syllable.len() && ends(common) && self.number(at + common).is_none_or(|tone| tone == reading.tone)
        {
            to.add(bit(at + common), is_whole);
        }
        // What is being typed ends within the syllable; a single letter at the very beginning says too little.
        if common == letters.len() && ends(common) && self.number(at + common).is_none() {
            to.add(bit(at + common), is_whole && (common > 1 || at > 0));
        }
        let is_double = matches!(syllable, [b'z' | b'c' | b's', b'h', ..]);
        for length in 1..=(1 + usize::from(is_double)).min(common) {
            if ends(length) && self.number(at + length).is_none() {
                to.add(bit(at + length), false);
            }
        }
    }

    fn number(&self, after: usize) -> Option<u8> {
        self.numbers.get(after.checked_sub(1)?).copied().filter(|&tone| tone != 0)
    }

    fn has_tone(&self, at: usize, length: usize, tone: u8) -> bool {
        self.marks.get(at..at + length).is_some_and(|marks| marks.iter().all(|&mark| mark == 0 || mark == tone))
    }

    fn is_broken(&self, at: usize, length: usize) -> bool {
        (at + 1..at + length).any(|inner| self.breaks & bit(inner) != 0)
    }
}

impl Reached {
    fn add(&mut self, place: u128, is_whole: bool) {
        self.any |= place;
        if is_whole {
            self.whole |= place;
        }
    }
}

/// The letters and digits with which the reading of a key may begin, each once.
pub(super) fn first_sounds(key: &str) -> Vec<u8> {
    let mut firsts: Vec<u8> = match key.chars().find(|c| c.is_alphanumeric()) {
        Some(c) if c.is_ascii() => u8::try_from(c).into_iter().collect(),
        Some(c) => readings(c).iter().filter_map(|reading| reading.syllable.bytes().next()).collect(),
        None => Vec::new(),
    };
    firsts.sort_unstable();
    firsts.dedup();
    firsts
}

fn bit(at: usize) -> u128 {
    u32::try_from(at).ok().and_then(|at| 1_u128.checked_shl(at)).unwrap_or(0)
}

/// A letter without the mark over it, and the tone that the mark says, or 0.
pub(crate) fn marked_letter(c: char) -> Option<(u8, u8)> {
    const MARKED: [(u8, &str); 9] = [
        (b'a', "āáǎà"),
        (b'e', "ēéěè"),
        (b'i', "īíǐì"),
        (b'o', "ōóǒò"),
        (b'u', "ūúǔù"),
        (b'v', "ǖǘǚǜ"),
        (b'n', "\u{0}ńňǹ"),
        (b'v', "ü"),
        (b'e', "ê"),
    ];
    if c.is_ascii_lowercase() {
        return Some((u8::try_from(c).ok()?, 0));
    }
    MARKED.iter().find_map(|(letter, marked)| {
        let tone = marked.chars().position(|other| other == c)? + 1;
        Some((*letter, if matches!(c, 'ü' | 'ê') { 0 } else { u8::try_from(tone).ok()? }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, key: &str, expected: Option<Sound>) {
        let spoken = Spoken::parse(query);
        assert_eq!(spoken.and_then(|spoken| spoken.met_by(key)), expected, "{query}: {key}");
    }

    #[test]
    fn whole_syllables_with_or_without_spaces_and_tones() {
        for query in ["shuizhijiance", "shui zhi jian ce", "shuǐzhì jiāncè", "shui3zhi4 jian1ce4", "ShuiZhi JianCe"]
        {
            check(query, "水质监测", Some(Sound::Whole));
        }
        check("shui2zhi4jian1ce4", "水质监测", None);
        check("shuǐzhī", "水质监测", None);
        check("shuizhij", "水质监测", Some(Sound::Begins));
        check("shuizhi", "水质监测", Some(Sound::Begins));
    }

    #[test]
    fn initials_and_mixtures() {
        check("szjc", "水质监测", Some(Sound::Initials));
        check("shzhjc", "水质监测", Some(Sound::Initials));
        check("shuizhijc", "水质监测", Some(Sound::Initials));
        check("szj", "水质监测", Some(Sound::InitialsBegin));
        check("s", "水质监测", Some(Sound::InitialsBegin));
        check("shui zhi jian", "水质监测", Some(Sound::Begins));
        check("szx", "水质监测", None);
    }

    #[test]
    fn spaces_and_apostrophes_end_syllables() {
        check("xian", "西安", Some(Sound::Whole));
        check("xian", "先", Some(Sound::Whole));
        check("xi'an", "西安", Some(Sound::Whole));
        check("xi'an", "先", None);
    }

    #[test]
    fn umlauts_however_they_are_typed() {
        for query in ["lvse", "lu:se", "lüse", "lǜsè", "lu:4 se4"] {
            check(query, "绿色", Some(Sound::Whole));
        }
        check("qvyu", "区域", Some(Sound::Whole));
        check("zhanlue", "战略", Some(Sound::Whole));
        check("zhanlüe", "战略", Some(Sound::Whole));
    }

    #[test]
    fn heteronyms_are_met_by_each_reading() {
        check("zhongfu", "重复", Some(Sound::Whole));
        check("chongfu", "重复", Some(Sound::Whole));
    }

    #[test]
    fn letters_and_digits_of_a_designation_stand_for_themselves() {
        check("5gjizhan", "5g基站", Some(Sound::Whole));
        check("ai xinpian", "ai芯片", Some(Sound::Whole));
    }

    #[test]
    fn what_is_no_pinyin() {
        for query in ["", "水zhi", "123", "a%", "é!"] {
            assert_eq!(Spoken::parse(query), None, "{query}");
        }
        assert_eq!(Spoken::parse(&"shi".repeat(60)), None);
    }
}
