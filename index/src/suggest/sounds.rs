//! Chinese that was typed as pinyin: what may have been meant, going by which characters of the index follow each other.

use std::collections::{BTreeMap, HashMap};

use super::lexicon::Pairs;
use crate::terms::{marked_letter, readings};

/// Longer pinyin is not read.
const MOST_LETTERS: usize = 60;
/// So many beginnings are kept at each letter.
const BEAM: usize = 32;
/// So many of them go on with one and the same character.
const ALTERNATIVES: usize = 3;
/// Longest syllable, in letters.
const LONGEST: usize = 6;
/// By how much, in logarithms, a syllable is less likely that is only nearly what was typed.
const NEARLY: f32 = 3.0;

/// The characters of an index by how they are read.
#[derive(Debug, Default)]
pub(super) struct Sounds {
    /// For each syllable as it may be typed.
    typed: HashMap<String, Vec<Spoken>>,
    /// In how many documents each character stands, by logarithm.
    weights: HashMap<char, f32>,
}

/// A character that a syllable may stand for.
#[derive(Clone, Copy, Debug)]
struct Spoken {
    character: char,
    /// From 1 to 4, 5 for none.
    tone: u8,
    /// How many sounds of the syllable are taken for others.
    confusions: u8,
}

/// Pinyin as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pinyin {
    /// Lower case letters, `v` for ü.
    letters: String,
    /// For each letter the tone that is said at it, or 0.
    tones: Vec<u8>,
    /// For each letter whether a syllable ends after it.
    breaks: Vec<bool>,
}

/// A beginning of what may have been meant.
#[derive(Clone, Copy, Debug)]
struct Beginning {
    character: char,
    /// The beginning that it goes on from; itself where there is none.
    before: usize,
    length: u16,
    confusions: u16,
    score: f32,
}

/// Chinese that reads as was typed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Read {
    pub(super) text: String,
    /// How likely by its pairs of characters, by logarithm.
    pub(super) score: f32,
    /// How many sounds were taken for others.
    pub(super) confusions: u16,
}

impl Pinyin {
    /// Reads what was typed; `None` where it cannot be pinyin.
    pub(super) fn parse(typed: &str) -> Option<Self> {
        let mut pinyin = Self::default();
        for c in typed.chars().flat_map(char::to_lowercase) {
            match c {
                '1'..='5' if pinyin.tones.last() == Some(&0) && pinyin.breaks.last() == Some(&false) => {
                    *pinyin.tones.last_mut()? = u8::try_from(c.to_digit(10)?).ok()?;
                    *pinyin.breaks.last_mut()? = true;
                }
                ' ' | '\'' | '\u{2019}' | '-' => {
                    if let Some(last) = pinyin.breaks.last_mut() {
                        *last = true;
                    }
                }
                c => {
                    let (letter, tone) = marked_letter(c)?;
                    let after = pinyin.letters.bytes().last();
                    // ü is written u after these (Scheme for the Chinese Phonetic Alphabet, 1958).
                    let is_u = letter == b'v' && matches!(after, Some(b'j' | b'q' | b'x' | b'y'));
                    pinyin.letters.push(char::from(if is_u { b'u' } else { letter }));
                    pinyin.tones.push(tone);
                    pinyin.breaks.push(false);
                }
            }
        }
        let fits = (2..=MOST_LETTERS).contains(&pinyin.letters.len());
        fits.then_some(pinyin)
    }

    /// The syllable of so many letters from `at` on with its tone, or 0; `None` where it cannot be one.
    fn syllable(&self, at: usize, length: usize) -> Option<(&str, u8)> {
        let letters = self.letters.get(at..at + length)?;
        let is_broken = self.breaks.get(at..at + length - 1)?.contains(&true);
        let tone = self.tones.get(at..at + length)?.iter().copied().find(|&tone| tone != 0).unwrap_or(0);
        (!is_broken).then_some((letters, tone))
    }
}

impl Sounds {
    pub(super) fn new(characters: HashMap<char, u32>) -> Self {
        let mut by_syllable: BTreeMap<&'static str, Vec<(char, u8)>> = BTreeMap::new();
        let mut sorted: Vec<(char, u32)> = characters.into_iter().collect();
        sorted.sort_unstable();
        for &(c, _) in &sorted {
            for reading in readings(c) {
                by_syllable.entry(reading.syllable).or_default().push((c, reading.tone));
            }
        }
        let mut typed: HashMap<String, Vec<Spoken>> = HashMap::new();
        for (syllable, characters) in by_syllable {
            for (spelling, confusions) in confused(syllable) {
                let spoken = characters.iter().map(|&(character, tone)| Spoken { character, tone, confusions });
                typed.entry(spelling).or_default().extend(spoken);
            }
        }
        Self { typed, weights: sorted.into_iter().map(|(c, rows)| (c, (rows as f32).ln_1p())).collect() }
    }

    /// The characters that are read alike, or nearly, without the character itself.
    pub(super) fn homophones(&self, c: char) -> Vec<char> {
        let alike = readings(c).iter().filter_map(|reading| self.typed.get(reading.syllable)).flatten();
        let mut alike: Vec<char> = alike.map(|spoken| spoken.character).filter(|&other| other != c).collect();
        alike.sort_unstable();
        alike.dedup();
        alike
    }

    /// Whether there is such a character in the index.
    pub(super) fn has(&self, c: char) -> bool {
        self.weights.contains_key(&c)
    }

    /// What may have been meant, the likeliest first, at most `limit`: each pair of neighbouring characters stands
    /// somewhere in the index, the whole of it perhaps nowhere.
    pub(super) fn read(&self, typed: &Pinyin, pairs: &Pairs, limit: usize) -> Vec<Read> {
        let end = typed.letters.len();
        let mut beginnings: Vec<Beginning> = Vec::new();
        let mut at_letter: Vec<Vec<usize>> = vec![Vec::new(); end + 1];
        for at in 0..end {
            let here = self.best(&beginnings, at_letter.get(at).map(Vec::as_slice).unwrap_or_default());
            if at > 0 && here.is_empty() {
                continue;
            }
            for length in 1..=LONGEST.min(end - at) {
                let Some((syllable, tone)) = typed.syllable(at, length) else { break };
                for spoken in self.typed.get(syllable).into_iter().flatten() {
                    if tone != 0 && tone != spoken.tone {
                        continue;
                    }
                    let Some(reached) = at_letter.get_mut(at + length) else { continue };
                    for longer in self.longer(&beginnings, &here, at == 0, *spoken, pairs) {
                        let number = beginnings.len();
                        beginnings.push(Beginning { before: longer.before.min(number), ..longer });
                        reached.push(number);
                    }
                }
            }
        }
        let ends = self.best(&beginnings, at_letter.last().map(Vec::as_slice).unwrap_or_default());
        let mut found: Vec<Read> = Vec::new();
        for number in ends {
            let Some(last) = beginnings.get(number).filter(|last| last.length > 1) else { continue };
            let text = spelt_out(&beginnings, number);
            // A heteronym may be read as was typed in two ways.
            if found.len() < limit && !found.iter().any(|other| other.text == text) {
                found.push(Read { text, score: last.score, confusions: last.confusions });
            }
        }
        found
    }

    /// The best of some beginnings, the likeliest first.
    fn best(&self, beginnings: &[Beginning], numbers: &[usize]) -> Vec<usize> {
        let mut best: Vec<(f32, usize)> =
            numbers.iter().filter_map(|&number| Some((beginnings.get(number)?.score, number))).collect();
        best.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        best.truncate(BEAM);
        best.into_iter().map(|(_, number)| number).collect()
    }

    /// Beginnings with one character more, the best for it, at most [`ALTERNATIVES`].
    fn longer(
        &self,
        beginnings: &[Beginning],
        here: &[usize],
        is_first: bool,
        spoken: Spoken,
        pairs: &Pairs,
    ) -> Vec<Beginning> {
        let weight = self.weights.get(&spoken.character).copied().unwrap_or(0.0);
        let confusions = u16::from(spoken.confusions);
        let less = NEARLY * f32::from(spoken.confusions);
        if is_first {
            let score = weight - less;
            let before = usize::MAX;
            return vec![Beginning { character: spoken.character, before, length: 1, confusions, score }];
        }
        let mut longer = Vec::new();
        for &number in here {
            let Some(before) = beginnings.get(number) else { continue };
            let rows = pairs.rows(before.character, spoken.character);
            if rows == 0 {
                continue;
            }
            let known = self.weights.get(&before.character).copied().unwrap_or(0.0);
            let score = before.score + (rows as f32).ln_1p() - known - less;
            let (length, confusions) = (before.length + 1, before.confusions + confusions);
            longer.push(Beginning { character: spoken.character, before: number, length, confusions, score });
        }
        longer.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.before.cmp(&other.before)));
        longer.truncate(ALTERNATIVES);
        longer
    }
}

/// The characters of a beginning from the first on.
fn spelt_out(beginnings: &[Beginning], mut number: usize) -> String {
    let mut characters = Vec::new();
    while let Some(beginning) = beginnings.get(number) {
        characters.push(beginning.character);
        if beginning.before >= number {
            break;
        }
        number = beginning.before;
    }
    characters.iter().rev().collect()
}

/// A syllable as it may be typed, and how many of its sounds are then taken for others: those that many speakers of
/// southern dialects do not tell apart.
fn confused(syllable: &str) -> Vec<(String, u8)> {
    let swaps = |from: &str, to: &str| syllable.strip_prefix(from).map(|rest| (from.len(), format!("{to}{rest}")));
    let begins = [("zh", "z"), ("ch", "c"), ("sh", "s"), ("z", "zh"), ("c", "ch"), ("s", "sh"), ("l", "n"), ("n", "l")];
    let begin = begins.iter().find_map(|(from, to)| swaps(from, to)).map(|(_, changed)| changed);
    let mut all = vec![(syllable.to_owned(), 0)];
    all.extend(begin.map(|changed| (changed, 1)));
    for (spelling, confusions) in all.clone() {
        let end = match spelling.strip_suffix("ng") {
            Some(rest) if rest.ends_with(['a', 'e', 'i']) => Some(format!("{rest}n")),
            None if ["an", "en", "in"].iter().any(|end| spelling.ends_with(end)) => Some(format!("{spelling}g")),
            _ => None,
        };
        all.extend(end.map(|changed| (changed, confusions + 1)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::analysis::analyse;

    /// The sounds and pairs of a text.
    fn of(text: &str) -> (Sounds, Pairs) {
        let (mut characters, mut pairs) = (HashMap::new(), HashMap::new());
        let analysis = analyse(text);
        for (index, token) in analysis.tokens.iter().enumerate() {
            let c = analysis.text(token).chars().next().expect("a character");
            *characters.entry(c).or_default() += 1;
            if let Some(pair) = analysis.longer(index) {
                let pair: Vec<char> = pair.chars().collect();
                *pairs.entry((pair[0], pair[1])).or_default() += 1;
            }
        }
        (Sounds::new(characters), Pairs::new(pairs.into_iter().collect()))
    }

    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let (sounds, pairs) = of("水质监测。水质检测。河长制。区域绿色战略，远洋渔业；潮汐发电。水质监测");
        let read = Pinyin::parse(typed).map(|pinyin| sounds.read(&pinyin, &pairs, 3)).unwrap_or_default();
        assert_eq!(read.iter().map(|read| read.text.as_str()).collect::<Vec<_>>(), expected, "{typed}");
    }

    #[test]
    fn pinyin_is_read_however_it_is_typed() {
        for typed in ["shuizhijiance", "shui zhi jian ce", "Shuizhi Jiance", "shui3zhi4 jian1ce4", "shuǐzhì jiāncè"]
        {
            assert_eq!(Pinyin::parse(typed).map(|pinyin| pinyin.letters).as_deref(), Some("shuizhijiance"));
        }
        check("shuizhijiance", &["水质监测", "水质检测"]);
        check("shui3 zhi4 jian3 ce4", &["水质检测"]);
        check("lvse", &["绿色"]);
        check("lüse", &["绿色"]);
        check("quyu", &["区域"]);
        check("yuanyang yuye", &["远洋渔业"]);
    }

    #[test]
    fn sounds_that_are_taken_for_each_other_are_read_as_well() {
        check("suizi jiance", &["水质监测", "水质检测"]);
        check("hechangzhi", &["河长制"]);
        check("hezhangzhi", &["河长制"]);
        check("caoxi fadian", &["潮汐发电"]);
        check("nvse", &["绿色"]);
    }

    #[test]
    fn what_no_pairs_read_is_not_read() {
        check("shuise", &[]);
        check("water", &[]);
        check("shui", &[]);
        check("质shui", &[]);
    }
}
