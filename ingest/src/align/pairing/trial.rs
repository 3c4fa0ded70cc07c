//! Two documents aligned on trial: whether what stands side by side says the same.

use std::collections::{BTreeMap, HashMap};

use corpus::bitext::Bead;
use corpus::document::{BlockKind, ReadDocument};

use super::super::{Dictionary, Knowledge, Line, beads, numbers, tokens};

/// What an alignment on trial shows of two documents.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Trial {
    /// Of the rare English words that the Chinese renders anywhere, the share that it renders in their bead, above what
    /// chance would put there: 0 for texts that only share a vocabulary, near 1 for translations.
    pub placed: f32,
    /// The share of beads that are apt: of usual lengths, and with more of their words rendered than by other beads.
    pub apt: f32,
    /// The share of Chinese letters in apt beads.
    pub zh_cover: f32,
    /// The share of English letters in apt beads.
    pub en_cover: f32,
    /// Beads in which both sides have numbers.
    pub numbered: u32,
    /// Beads of those in which each side has a number that the other has not.
    pub contradicted: u32,
}

/// Of longer documents the beginnings are tried, in proportion, up to so many sentences of the longer side.
const MOST_SENTENCES: usize = 400;
/// How many renderings of a Chinese word are compared.
const RENDERINGS: usize = 8;
/// An English word that is met more often is not rare.
const RARE: usize = 3;
/// So many words are added to those that are met as if they stood anywhere: a few words say little.
const FEW: f32 = 15.0;
/// The other beads that a bead is compared with stand so far off, as parts of the whole.
const ELSEWHERE: [f32; 3] = [0.27, 0.5, 0.71];
/// A bead with more sentences on both sides sums up, it does not translate.
const MOST_A_SIDE: usize = 2;
/// English letters for a Chinese one in a bead.
const PROPORTION: std::ops::Range<f32> = 1.3..9.0;
/// A Chinese side of fewer letters is a heading, whose proportion says nothing.
const SHORT: f32 = 12.0;

/// Aligns two documents, or the beginnings of long ones, with the dictionary alone: the outcome hangs on nothing but the
/// two.
pub fn try_alignment(zh: &ReadDocument, en: &ReadDocument, dictionary: &Dictionary) -> Trial {
    let (zh, en) = (own_lines(zh), own_lines(en));
    let most = MOST_SENTENCES as f32 / zh.len().max(en.len()).max(MOST_SENTENCES) as f32;
    let (zh, en) = (head(&zh, most), head(&en, most));
    let knowledge = Knowledge { dictionary, ..Knowledge::of_dictionary() };
    let aligned = beads(zh, en, &[], knowledge);
    Sides::new(zh, en, dictionary).judge(&aligned)
}

/// The running text in the document's own language: of a bilingual document, its own half.
fn own_lines(document: &ReadDocument) -> Vec<Line<'_>> {
    let other = document.language.counterpart();
    let own = document.sentences.iter().filter(|sentence| Some(sentence.language) != other);
    own.filter_map(|sentence| {
        let block = document.blocks.get(sentence.block);
        let running = block.is_none_or(|block| block.kind.is_running_text());
        running.then(|| Line {
            text: &sentence.text,
            heading: block.filter(|block| block.kind == BlockKind::Heading).map(|block| block.level),
            starts_block: Some(sentence.start == 0),
        })
    })
    .collect()
}

fn head<'a, 'b>(lines: &'a [Line<'b>], share: f32) -> &'a [Line<'b>] {
    let most = (lines.len() as f32 * share).round() as usize;
    lines.get(..most.min(lines.len())).unwrap_or(lines)
}

/// The words of both documents, as stems and numbers.
struct Sides {
    /// For each Chinese sentence, what its words may be in English; sorted.
    zh: Vec<Vec<String>>,
    en: Vec<Vec<String>>,
    zh_numbers: Vec<Vec<String>>,
    /// The numbers that the English writes in digits: in letters they may be spelled in ways that are not read.
    en_numbers: Vec<Vec<String>>,
    zh_letters: Vec<f32>,
    en_letters: Vec<f32>,
    /// How often each English word is met.
    counts: BTreeMap<String, usize>,
}

impl Sides {
    fn new(zh: &[Line<'_>], en: &[Line<'_>], dictionary: &Dictionary) -> Self {
        let zh_words: Vec<Vec<String>> = zh.iter().map(|line| tokens::chinese(line.text, dictionary)).collect();
        let en_words: Vec<Vec<String>> = en.iter().map(|line| tokens::english(line.text, dictionary)).collect();
        let mut known: HashMap<&str, Vec<String>> = HashMap::new();
        for word in zh_words.iter().flatten() {
            known.entry(word).or_insert_with(|| in_english(word, dictionary));
        }
        let rendered = |words: &Vec<String>| {
            sorted(words.iter().filter_map(|word| known.get(word.as_str())).flatten().cloned().collect())
        };
        let mut counts = BTreeMap::new();
        for word in en_words.iter().flatten() {
            *counts.entry(word.clone()).or_default() += 1;
        }
        Self {
            zh: zh_words.iter().map(rendered).collect(),
            zh_numbers: zh.iter().zip(&zh_words).map(|(line, words)| figures(line.text, words)).collect(),
            en_numbers: en.iter().zip(&en_words).map(|(line, words)| digits(line.text, words)).collect(),
            zh_letters: zh.iter().map(letters).collect(),
            en_letters: en.iter().map(letters).collect(),
            en: en_words,
            counts,
        }
    }

    fn judge(&self, beads: &[Bead]) -> Trial {
        let beads: Vec<&Bead> = beads.iter().filter(|bead| !bead.zh.is_empty() && !bead.en.is_empty()).collect();
        let rendered: Vec<Vec<&str>> = beads.iter().map(|bead| self.rendered(bead)).collect();
        let mut trial = Trial { placed: self.placed(&beads, &rendered), ..Trial::default() };
        let (mut apt, mut zh_apt, mut en_apt) = (0u32, 0.0, 0.0);
        for (at, bead) in beads.iter().enumerate() {
            let (zh, en) = (sum(&self.zh_letters, &bead.zh), sum(&self.en_letters, &bead.en));
            let usual =
                bead.zh.len().min(bead.en.len()) <= MOST_A_SIDE && (zh <= SHORT || PROPORTION.contains(&(en / zh)));
            if usual && self.is_better_than_chance(bead, at, &rendered) {
                apt += 1;
                zh_apt += zh;
                en_apt += en;
            }
            self.compare_numbers(bead, &mut trial);
        }
        trial.apt = share(apt as f32, beads.len() as f32);
        trial.zh_cover = share(zh_apt, self.zh_letters.iter().sum());
        trial.en_cover = share(en_apt, self.en_letters.iter().sum());
        trial
    }

    /// What the Chinese of a bead may be in English; sorted.
    fn rendered(&self, bead: &Bead) -> Vec<&str> {
        sorted(bead.zh.iter().filter_map(|&at| self.zh.get(at)).flatten().map(String::as_str).collect())
    }

    fn english(&self, bead: &Bead) -> impl Iterator<Item = &str> {
        bead.en.iter().filter_map(|&at| self.en.get(at)).flatten().map(String::as_str)
    }

    /// Where the renderings of rare words stand: in the bead, or elsewhere.
    fn placed(&self, beads: &[&Bead], rendered: &[Vec<&str>]) -> f32 {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, words) in rendered.iter().enumerate() {
            words.iter().for_each(|word| places.entry(word).or_default().push(at));
        }
        let (mut here, mut all) = (0.0, 0.0);
        for (at, bead) in beads.iter().enumerate() {
            for word in self.english(bead).filter(|word| self.counts.get(*word).is_some_and(|count| *count <= RARE)) {
                let Some(found) = places.get(word) else { continue };
                let chance = found.len() as f32 / beads.len() as f32;
                here += if found.binary_search(&at).is_ok() { 1.0 - chance } else { -chance };
                all += 1.0 - chance;
            }
        }
        share(here, all + FEW)
    }

    /// Whether the Chinese of a bead renders more of its English than the Chinese of others does.
    fn is_better_than_chance(&self, bead: &Bead, at: usize, rendered: &[Vec<&str>]) -> bool {
        let weight = |other: &Vec<&str>| -> f32 {
            let met = self.english(bead).filter(|word| other.binary_search(word).is_ok());
            let sentences = self.en.len() as f32;
            met.map(|word| (1.0 + sentences / self.counts.get(word).copied().unwrap_or(1) as f32).ln()).sum()
        };
        let others = ELSEWHERE.map(|part| (at + 1 + (part * rendered.len() as f32) as usize) % rendered.len().max(1));
        let chances: Vec<f32> =
            others.iter().filter(|&&other| other != at).filter_map(|&o| rendered.get(o)).map(weight).collect();
        let chance = chances.iter().sum::<f32>() / chances.len().max(1) as f32;
        rendered.get(at).is_some_and(|own| weight(own) > chance)
    }

    fn compare_numbers(&self, bead: &Bead, trial: &mut Trial) {
        let zh: Vec<&String> = bead.zh.iter().filter_map(|&at| self.zh_numbers.get(at)).flatten().collect();
        let en: Vec<&String> =
            bead.en.iter().filter_map(|&at| self.en.get(at)).flatten().filter(|word| is_number(word)).collect();
        if zh.is_empty() || en.is_empty() {
            return;
        }
        trial.numbered += 1;
        let written: Vec<&String> = bead.en.iter().filter_map(|&at| self.en_numbers.get(at)).flatten().collect();
        let lacks = |some: &[&String], other: &[&String]| some.iter().any(|number| !other.contains(number));
        trial.contradicted += u32::from(lacks(&zh, &en) && lacks(&written, &zh));
    }
}

fn in_english(word: &str, dictionary: &Dictionary) -> Vec<String> {
    if word.is_ascii() {
        return vec![word.to_owned()];
    }
    dictionary.renderings(word).into_iter().take(RENDERINGS).map(|(stem, _)| stem).collect()
}

/// A number by value; those of items and months are none.
fn is_number(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|value| value.parse::<f64>().is_ok())
}

/// The numbers of a Chinese sentence that writes them in digits: in characters they are mostly figures of speech.
fn figures(text: &str, words: &[String]) -> Vec<String> {
    let in_digits = text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    words.iter().filter(|word| in_digits && is_number(word)).cloned().collect()
}

/// The numbers of an English sentence that it writes in digits, alone or with a unit.
fn digits(text: &str, words: &[String]) -> Vec<String> {
    let mut runs = text.split_whitespace().map(|run| run.trim_matches(|c: char| !c.is_ascii_alphanumeric())).peekable();
    let mut written = Vec::new();
    while let Some(run) = runs.next() {
        for value in run.split(['-', '–', '—', '/']).filter_map(numbers::value) {
            written.extend(runs.peek().and_then(|unit| numbers::scaled(&value, unit)));
            written.push(value);
        }
    }
    words.iter().filter(|word| written.contains(word)).cloned().collect()
}

fn letters(line: &Line<'_>) -> f32 {
    line.text.chars().filter(|c| c.is_alphanumeric()).count() as f32
}

fn sum(values: &[f32], indexes: &[usize]) -> f32 {
    indexes.iter().filter_map(|&at| values.get(at)).sum()
}

fn share(part: f32, all: f32) -> f32 {
    if all > 0.0 { (part / all).clamp(0.0, 1.0) } else { 0.0 }
}

fn sorted<T: Ord>(mut words: Vec<T>) -> Vec<T> {
    words.sort_unstable();
    words.dedup();
    words
}
