//! Whether the characters that a font's map gives, as often as they are used, can be those of a text.
//!
//! Real Chinese has 94 to 100 % of its ideographs in the common level of some standard, garbage 6 to 30 %. A script is
//! judged only from so many characters on; digits, marks and signs never are, so that fonts for mathematics, pictures
//! or figures are trusted, and so is a font that shows all its characters equally often, such as one that prints a
//! table of characters.

use std::collections::{BTreeMap, BTreeSet};

use super::han::{self, Common};
use super::latin;

/// Ideographs and syllables are judged from so many uses, and so many different ones, on.
const MIN_USES: u32 = 24;
const MIN_DISTINCT: usize = 12;
/// Of the ideographs of real text nearly all are common in some standard; of garbage few.
const MIN_COMMON: f64 = 0.5;
/// A list of rare names may have fewer, if it is short.
const FEW_USES: u32 = 60;
const MIN_COMMON_OF_FEW: f64 = 0.4;
/// The five hundred most frequent characters make up some 70 % of real text, and 13 % of common characters at random.
const MIN_FREQUENT: f64 = 0.2;
/// Fewer than this are no proof, but a repair is looked for.
const DOUBTFUL_FREQUENT: f64 = 0.4;
/// Frequencies are judged from so many uses, and so many different ideographs, on.
const MIN_FREQUENT_USES: u32 = 120;
const MIN_FREQUENT_DISTINCT: usize = 50;
/// How much more often two ideographs of a text, or two letters, are the same than if all were used equally often. In
/// a table of characters each stands once or twice, which gives 0.5 at most.
const MIN_REPEATS: f64 = 0.75;
const MIN_LETTER_REPEATS: f64 = 1.3;
/// Letters are judged from so many uses, and so many different ones, on.
const MIN_LETTERS: u32 = 200;
const MIN_DISTINCT_LETTERS: usize = 15;
/// The mean surprise of the letters of a text is 4.2 bits in English and below 4.8 in other languages. Letters put in
/// the place of others have more than this; but so have the variables of formulas, so that a repair is looked for and
/// nothing else done.
const DOUBTFUL_SURPRISE: f64 = 5.0;
/// What a repair must come down to.
const CONVINCING_SURPRISE: f64 = 4.9;
/// And of ideographs what it must reach.
const CONVINCING_COMMON: f64 = 0.9;
const CONVINCING_FREQUENT: f64 = 0.45;
/// The part of the uses that a repair may leave without a character.
const MAX_LEFT: f64 = 0.4;
/// Texts are in one script or two, samples of all the world's in a dozen; glyph numbers taken for characters fall into
/// some seventy blocks of 256.
const MAX_STRANGE_BLOCKS: usize = 12;

/// What a font shows, by script.
#[derive(Clone, Debug, Default)]
pub(super) struct Judgement {
    pub(super) uses: u32,
    pub(super) unreadable: u32,
    /// Ideographs and syllables of hangul.
    han: Script,
    letters: Script,
    /// Characters of scripts that fonts for Chinese or Latin do not have.
    strange: u32,
    strange_blocks: usize,
    /// Letters of Latin-1 and beyond that have an accent.
    accented: u32,
    cyrillic: Script,
    kana: u32,
    /// Uses of those among the common ones of the standard that has most of them, and of the most frequent ones.
    common: u32,
    frequent: u32,
    hangul: u32,
}

/// How the characters of one script are used.
#[derive(Clone, Copy, Debug, Default)]
struct Script {
    uses: u32,
    distinct: usize,
    /// The sum of the squares of the uses.
    squares: f64,
    /// The surprise of all of them, in bits.
    surprise: f64,
}

impl Script {
    fn add(&mut self, uses: u32, surprise: f64) {
        self.uses = self.uses.saturating_add(uses);
        self.distinct += 1;
        self.squares += f64::from(uses) * f64::from(uses.saturating_sub(1));
        self.surprise += f64::from(uses) * surprise;
    }

    fn mean_surprise(&self) -> f64 {
        self.surprise / f64::from(self.uses.max(1))
    }

    /// How much more often two of them are the same than if all were used equally often.
    fn repeats(&self) -> f64 {
        let uses = f64::from(self.uses);
        self.squares / (uses * (uses - 1.0)).max(1.0) * self.distinct as f64
    }
}

/// What is thought of a font's characters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Opinion {
    /// Not enough to tell.
    Unjudged,
    Plausible,
    /// They are rare ones, or of scripts that nobody expects here, or of none; which may be true.
    Strange,
    /// No text has such characters.
    Implausible,
}

impl Judgement {
    /// Judges texts by how often each is used; `None` is a code that cannot be read.
    pub(super) fn of<'t>(used: impl Iterator<Item = (Option<&'t str>, u32)>) -> Self {
        let mut judgement = Self::default();
        let mut common = [0_u32; Common::ALL.len()];
        let mut blocks = BTreeSet::new();
        let mut seen: BTreeMap<char, u32> = BTreeMap::new();
        for (text, uses) in used {
            judgement.uses = judgement.uses.saturating_add(uses);
            match text.map(single) {
                None => judgement.unreadable = judgement.unreadable.saturating_add(uses),
                Some(Some(c)) => {
                    let sum = seen.entry(c).or_default();
                    *sum = sum.saturating_add(uses);
                }
                Some(None) => {}
            }
        }
        for (c, uses) in seen {
            judgement.add(c, uses, &mut common, &mut blocks);
        }
        judgement.common = common.into_iter().max().unwrap_or(0);
        judgement.strange_blocks = blocks.len();
        judgement
    }

    fn add(&mut self, c: char, uses: u32, common: &mut [u32], blocks: &mut BTreeSet<u32>) {
        match c {
            'a'..='z' | 'A'..='Z' => self.letters.add(uses, latin::surprise(c).unwrap_or(0.0)),
            '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => {
                self.han.add(uses, 0.0);
                for (sum, standard) in common.iter_mut().zip(Common::ALL) {
                    count_if(Common::of(c as u32).includes(standard), sum, uses);
                }
                count_if(han::is_frequent(c), &mut self.frequent, uses);
                count_if(c >= '\u{ac00}', &mut self.hangul, uses);
            }
            '\u{3040}'..='\u{30ff}' => count_if(true, &mut self.kana, uses),
            '\u{c0}'..='\u{24f}' => count_if(true, &mut self.accented, uses),
            '\u{370}'..='\u{45f}' => {
                if let Some(surprise) = latin::other_surprise(c) {
                    self.cyrillic.add(uses, surprise);
                }
            }
            c if is_strange(c) => {
                count_if(true, &mut self.strange, uses);
                blocks.insert(c as u32 >> 8);
            }
            _ => {}
        }
    }

    pub(super) fn opinion(&self) -> Opinion {
        if self.is_rare() || self.is_seldom_used(MIN_FREQUENT) || self.is_scattered() {
            Opinion::Implausible
        } else if self.is_doubtful() {
            Opinion::Strange
        } else if self.are_ideographs_judged() || self.are_letters_judged() {
            Opinion::Plausible
        } else {
            Opinion::Unjudged
        }
    }

    fn are_ideographs_judged(&self) -> bool {
        self.han.uses >= MIN_USES && self.han.distinct >= MIN_DISTINCT
    }

    /// Whether the ideographs are not common ones of any standard.
    fn is_rare(&self) -> bool {
        let min_common = if self.han.uses < FEW_USES { MIN_COMMON_OF_FEW } else { MIN_COMMON };
        self.are_ideographs_judged() && self.common_share() < min_common
    }

    /// Whether the characters are of more scripts than any text.
    fn is_scattered(&self) -> bool {
        self.uses >= MIN_USES && self.strange > self.uses / 4 && self.strange_blocks > MAX_STRANGE_BLOCKS
    }

    /// Whether much of it is rare, of other scripts or not readable.
    fn is_unexpected(&self) -> bool {
        let rare = self.han.uses.saturating_sub(self.common);
        let unexpected = self.strange.saturating_add(self.unreadable).saturating_add(rare);
        self.uses >= MIN_USES && unexpected > self.uses / 3
    }

    /// Whether there is reason to look for a repair, but to do no more.
    fn is_doubtful(&self) -> bool {
        let letters = self.are_letters_judged() && self.letters.mean_surprise() > DOUBTFUL_SURPRISE;
        self.is_unexpected() || self.is_accented() || letters || self.is_seldom_used(DOUBTFUL_FREQUENT)
    }

    /// Whether it is text beyond doubt, as a repair must be.
    pub(super) fn convinces(&self) -> bool {
        let left = f64::from(self.unreadable) <= MAX_LEFT * f64::from(self.uses);
        let letters = !self.are_letters_judged() || self.letters.mean_surprise() <= CONVINCING_SURPRISE;
        let han = self.are_ideographs_judged();
        let quiet = self.strange == 0 && !self.is_accented() && letters && (!han || self.are_common());
        left && quiet && (han || self.are_letters_judged() || self.is_cyrillic())
    }

    /// Whether the ideographs are those that texts use.
    fn are_common(&self) -> bool {
        let frequent = self.han.uses < MIN_FREQUENT_USES
            || self.kana > 0
            || self.hangul > 0
            || f64::from(self.frequent) >= CONVINCING_FREQUENT * f64::from(self.han.uses);
        self.common_share() >= CONVINCING_COMMON && frequent
    }

    /// Whether it has Cyrillic or Greek letters as often as these languages do.
    fn is_cyrillic(&self) -> bool {
        self.cyrillic.uses >= MIN_LETTERS / 2
            && self.cyrillic.distinct >= MIN_DISTINCT_LETTERS
            && self.cyrillic.mean_surprise() <= CONVINCING_SURPRISE
    }

    /// What one convincing reading is better by than another: more of it read, more of it plausible.
    pub(super) fn quality(&self) -> f64 {
        let read = f64::from(self.uses.saturating_sub(self.unreadable)) / f64::from(self.uses.max(1));
        let frequent = f64::from(self.frequent) / f64::from(self.han.uses.max(1));
        read * self.plausible_share() + frequent / 4.0 - self.letters.mean_surprise() / 20.0
    }

    /// Whether most letters have accents, as when Cyrillic is taken for Latin.
    pub(super) fn is_accented(&self) -> bool {
        self.accented >= MIN_LETTERS / 2 && self.accented > self.letters.uses
    }

    /// How many ideographs and syllables are shown.
    pub(super) fn ideographs(&self) -> u32 {
        self.han.uses
    }

    /// The part of the ideographs that are common in some standard.
    pub(super) fn common_share(&self) -> f64 {
        f64::from(self.common) / f64::from(self.han.uses.max(1))
    }

    /// The part of all that is readable and looks as text does.
    pub(super) fn plausible_share(&self) -> f64 {
        let implausible = self.han.uses.saturating_sub(self.common).saturating_add(self.strange);
        1.0 - f64::from(implausible) / f64::from(self.uses.saturating_sub(self.unreadable).max(1))
    }

    /// Whether the ideographs, common as they may be, are not those that texts use most.
    fn is_seldom_used(&self, min_frequent: f64) -> bool {
        self.han.uses >= MIN_FREQUENT_USES
            && self.han.distinct >= MIN_FREQUENT_DISTINCT
            && self.kana.saturating_add(self.hangul) < self.han.uses / 20
            && f64::from(self.frequent) < min_frequent * f64::from(self.han.uses)
            && self.han.repeats() > MIN_REPEATS
    }

    fn are_letters_judged(&self) -> bool {
        self.letters.uses >= MIN_LETTERS
            && self.letters.distinct >= MIN_DISTINCT_LETTERS
            && self.letters.repeats() > MIN_LETTER_REPEATS
    }
}

/// Adds to a sum, which hidden text shown without end may bring to its limit.
fn count_if(condition: bool, sum: &mut u32, uses: u32) {
    *sum = sum.saturating_add(if condition { uses } else { 0 });
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Scripts that glyph numbers fall into when they are taken for Unicode: all but those that a font for Chinese,
/// Japanese, Korean, Latin, Greek or Cyrillic is made for, and their symbols.
pub(super) fn is_strange(c: char) -> bool {
    !matches!(c, ' '..='\u{24f}' | '\u{2b0}'..='\u{52f}' | '\u{1d00}'..='\u{1fff}' | '\u{2000}'..='\u{2bff}'
        | '\u{3000}'..='\u{33ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..)
}
