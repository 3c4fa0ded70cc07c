//! What a reader may make of beads, and what is said where it cannot be.
//!
//! A reader changes beads that follow each other into others that hold the same sentences in the same order. What the
//! reader saw comes with the change, so that nothing is changed that has become otherwise since.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use corpus::bitext::{Bead, MadeBy};
use serde::{Deserialize, Serialize};

/// The most sentences that a bead of a reader's may have on a side.
pub(in crate::web) const MOST_SENTENCES: usize = 20;

/// The sentences of a bead; written `3,4:7`, the Chinese ones before the colon.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub(in crate::web) struct Sides {
    /// Indexes of Chinese sentences, from 0.
    #[serde(default)]
    pub(in crate::web) zh: Vec<usize>,
    /// Indexes of English sentences, from 0.
    #[serde(default)]
    pub(in crate::web) en: Vec<usize>,
}

/// Why beads cannot be made as they are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Fault {
    /// They are not, or not any more, as the reader saw them.
    Changed,
    /// What was sent cannot be read.
    Unreadable,
    /// The new beads do not hold the same sentences.
    Sentences,
    /// Sentences of a bead do not follow each other, or beads cross.
    Order,
    /// A bead would have too many sentences on a side, or none at all.
    Size,
}

impl Fault {
    /// What is said to a program, in English.
    pub(in crate::web) fn detail(self) -> String {
        match self {
            Self::Changed => "the beads are not as they were seen; read them again and repeat the change".into(),
            Self::Unreadable => "the beads cannot be read; send what was seen and what is wanted".into(),
            Self::Sentences => "the new beads must hold the sentences of those that were seen, each once".into(),
            Self::Order => {
                "the sentences of a bead must follow each other, and beads must not cross; put what crosses into one"
                    .into()
            }
            Self::Size => {
                format!(
                    "a bead has at least one sentence and at most {MOST_SENTENCES} on a side; make it smaller or larger"
                )
            }
        }
    }
}

impl From<&Bead> for Sides {
    fn from(bead: &Bead) -> Self {
        Self { zh: bead.zh.clone(), en: bead.en.clone() }
    }
}

impl fmt::Display for Sides {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |side: &[usize]| side.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
        write!(out, "{}:{}", list(&self.zh), list(&self.en))
    }
}

impl FromStr for Sides {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let list = |side: &str| -> Result<Vec<usize>, Fault> {
            let numbers = side.split(',').filter(|number| !number.is_empty());
            numbers.map(|number| number.parse().map_err(|_| Fault::Unreadable)).collect()
        };
        let (zh, en) = text.split_once(':').ok_or(Fault::Unreadable)?;
        Ok(Self { zh: list(zh)?, en: list(en)? })
    }
}

/// Beads as a form carries them, with a space between two.
pub(in crate::web) fn write_sides(beads: &[Sides]) -> String {
    beads.iter().map(Sides::to_string).collect::<Vec<_>>().join(" ")
}

/// Reads what [`write_sides`] wrote.
pub(in crate::web) fn read_sides(text: &str) -> Result<Vec<Sides>, Fault> {
    text.split_whitespace().map(str::parse).collect()
}

/// Where the beads that the reader saw are now: they follow each other and hold the same sentences.
pub(in crate::web) fn position(beads: &[Bead], seen: &[Sides]) -> Result<usize, Fault> {
    let is_seen = |run: &[Bead]| run.iter().zip(seen).all(|(bead, seen)| bead.zh == seen.zh && bead.en == seen.en);
    if seen.is_empty() {
        return Err(Fault::Unreadable);
    }
    beads.windows(seen.len()).position(is_seen).ok_or(Fault::Changed)
}

/// The beads that a reader makes: those of `wanted` that were not there before, or all of them where nothing differs,
/// which says that they are right as they are.
pub(in crate::web) fn check(beads: &[Bead], seen: &[Sides], wanted: &[Sides]) -> Result<Vec<Bead>, Fault> {
    position(beads, seen)?;
    let (zh, en) = (joined(seen, |bead| &bead.zh), joined(seen, |bead| &bead.en));
    let (wanted_zh, wanted_en) = (joined(wanted, |bead| &bead.zh), joined(wanted, |bead| &bead.en));
    if (&zh, &en) != (&wanted_zh, &wanted_en) {
        let same = sorted(zh) == sorted(wanted_zh) && sorted(en) == sorted(wanted_en);
        return Err(if same { Fault::Order } else { Fault::Sentences });
    }
    let new: Vec<&Sides> = wanted.iter().filter(|bead| !seen.contains(bead)).collect();
    let made = if new.is_empty() { wanted.iter().collect() } else { new };
    for bead in &made {
        let largest = bead.zh.len().max(bead.en.len());
        if largest == 0 || largest > MOST_SENTENCES {
            return Err(Fault::Size);
        }
        let apart = |side: &[usize], of: fn(&Bead) -> &[usize]| {
            !side.is_sorted() || beads.iter().any(|other| lies_between(of(other), side))
        };
        if apart(&bead.zh, |bead| &bead.zh) || apart(&bead.en, |bead| &bead.en) {
            return Err(Fault::Order);
        }
    }
    let reader = |bead: &Sides| Bead { zh: bead.zh.clone(), en: bead.en.clone(), score: 1.0, made_by: MadeBy::Reader };
    Ok(made.into_iter().map(reader).collect())
}

/// Whether any sentence stands between the first and the last of a side without being one of it.
fn lies_between(sentences: &[usize], side: &[usize]) -> bool {
    let (Some(first), Some(last)) = (side.first(), side.last()) else { return false };
    sentences.iter().any(|sentence| (first..last).contains(&sentence) && !side.contains(sentence))
}

fn joined(beads: &[Sides], side: fn(&Sides) -> &Vec<usize>) -> Vec<usize> {
    beads.iter().flat_map(side).copied().collect()
}

fn sorted(mut sentences: Vec<usize>) -> Vec<usize> {
    sentences.sort_unstable();
    sentences
}

/// A bead that holds all sentences of some that follow each other.
pub(in crate::web) fn merged(seen: &[Sides]) -> Sides {
    Sides { zh: joined(seen, |bead| &bead.zh), en: joined(seen, |bead| &bead.en) }
}

/// A bead cut in two, so many sentences of each side in the first part.
pub(in crate::web) fn split_after(bead: &Sides, zh: usize, en: usize) -> Result<[Sides; 2], Fault> {
    let cut = |side: &[usize], at: usize| {
        side.split_at_checked(at).map(|(first, second)| (first.to_vec(), second.to_vec())).ok_or(Fault::Size)
    };
    let ((zh, zh_rest), (en, en_rest)) = (cut(&bead.zh, zh)?, cut(&bead.en, en)?);
    Ok([Sides { zh, en }, Sides { zh: zh_rest, en: en_rest }])
}

/// The beads that letters name: sentences with the same letter belong together. There is a letter for each sentence of
/// `seen`, in order; letters may come in any order, but the same one on both sides.
pub(in crate::web) fn arranged(seen: &[Sides], zh: &[String], en: &[String]) -> Result<Vec<Sides>, Fault> {
    let (zh, en) = (runs(&merged(seen).zh, zh)?, runs(&merged(seen).en, en)?);
    let letters = |runs: &[Run]| runs.iter().map(|run| run.letter.clone()).collect::<BTreeSet<String>>();
    let (zh_letters, en_letters) = (letters(&zh), letters(&en));
    let (mut zh, mut en) = (zh.into_iter().peekable(), en.into_iter().peekable());
    let mut beads = Vec::new();
    loop {
        if let Some(run) = zh.next_if(|run| !en_letters.contains(&run.letter)) {
            beads.push(Sides { zh: run.sentences, en: Vec::new() });
        } else if let Some(run) = en.next_if(|run| !zh_letters.contains(&run.letter)) {
            beads.push(Sides { zh: Vec::new(), en: run.sentences });
        } else {
            match (zh.next(), en.next()) {
                (None, None) => return Ok(beads),
                (Some(zh), Some(en)) if zh.letter == en.letter => {
                    beads.push(Sides { zh: zh.sentences, en: en.sentences });
                }
                _ => return Err(Fault::Order),
            }
        }
    }
}

/// Sentences in a row with the same letter.
struct Run {
    letter: String,
    sentences: Vec<usize>,
}

fn runs(sentences: &[usize], letters: &[String]) -> Result<Vec<Run>, Fault> {
    if sentences.len() != letters.len() {
        return Err(Fault::Unreadable);
    }
    let mut runs: Vec<Run> = Vec::new();
    for (sentence, letter) in sentences.iter().zip(letters) {
        if let Some(last) = runs.last_mut().filter(|last| last.letter == *letter) {
            last.sentences.push(*sentence);
        } else if runs.iter().any(|run| run.letter == *letter) {
            return Err(Fault::Order);
        } else {
            runs.push(Run { letter: letter.clone(), sentences: vec![*sentence] });
        }
    }
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beads(text: &str) -> Vec<Bead> {
        let bead = |sides: Sides| Bead { zh: sides.zh, en: sides.en, score: 0.4, made_by: MadeBy::Aligner };
        read_sides(text).unwrap().into_iter().map(bead).collect()
    }

    #[track_caller]
    fn check_made(now: &str, seen: &str, wanted: &str, expected: Result<&str, Fault>) {
        let made = check(&beads(now), &read_sides(seen).unwrap(), &read_sides(wanted).unwrap());
        let made = made.map(|made| write_sides(&made.iter().map(Sides::from).collect::<Vec<_>>()));
        assert_eq!(made, expected.map(str::to_owned), "{now} | {seen} | {wanted}");
    }

    #[test]
    fn a_reader_confirms_merges_and_splits() {
        check_made("0:0 1:1 2:2", "1:1", "1:1", Ok("1:1"));
        check_made("0:0 1:1 2:2", "1:1 2:2", "1,2:1,2", Ok("1,2:1,2"));
        check_made("0:0 1,2:1,2", "1,2:1,2", "1:1 2:2", Ok("1:1 2:2"));
        check_made("0:0 1,2:1", "1,2:1", "1:1 2:", Ok("1:1 2:"));
        check_made("0:0 1: :1", "1: :1", "1:1", Ok("1:1"));
        // What stays as it is stays the aligner's.
        check_made("0:0 1:1 2:2 3:3", "0:0 1:1 2:2 3:3", "0:0 1:1 2,3:2,3", Ok("2,3:2,3"));
    }

    #[test]
    fn what_has_changed_meanwhile_is_not_touched() {
        check_made("0:0 1,2:1", "1:1", "1:1", Err(Fault::Changed));
        check_made("0:0 1:1 2:2", "0:0 2:2", "0,2:0,2", Err(Fault::Changed));
        check_made("", "0:0", "0:0", Err(Fault::Changed));
        check_made("0:0", "", "0:0", Err(Fault::Unreadable));
    }

    #[test]
    fn no_sentence_is_lost_added_or_moved() {
        check_made("0:0 1:1", "0:0 1:1", "0:0 1:", Err(Fault::Sentences));
        check_made("0:0 1:1", "0:0", "0,1:0", Err(Fault::Sentences));
        check_made("0:0 1:1", "0:0 1:1", "0:0 1:1,1", Err(Fault::Sentences));
        check_made("0:0 1:1", "0:0 1:1", "0:1 1:0", Err(Fault::Order));
        check_made("0:0 1:1", "0:0 1:1", "1:1 0:0", Err(Fault::Order));
        check_made("0:0 1:1", "0:0", "0:0 :", Err(Fault::Size));
    }

    #[test]
    fn sentences_of_a_bead_follow_each_other_in_their_document() {
        // The translation moved a section: 5 does not follow 9, and 6 to 8 stand elsewhere.
        check_made("0:9 1:5 2:6,7,8", "0:9 1:5", "0,1:9,5", Err(Fault::Order));
        check_made("0:5 1:9 2:6,7,8", "0:5 1:9", "0,1:5,9", Err(Fault::Order));
        // A running header (1) stands in no bead.
        check_made("0:0 2:1", "0:0 2:1", "0,2:0,1", Ok("0,2:0,1"));
        let many: Vec<String> = (0..=MOST_SENTENCES).map(|at| format!("{at}:{at}")).collect();
        let all: Vec<String> = (0..=MOST_SENTENCES).map(|at| at.to_string()).collect();
        let (many, all) = (many.join(" "), all.join(","));
        check_made(&many, &many, &format!("{all}:{all}"), Err(Fault::Size));
    }

    #[track_caller]
    fn check_arranged(seen: &str, zh: &str, en: &str, expected: Result<&str, Fault>) {
        let letters = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        let made = arranged(&read_sides(seen).unwrap(), &letters(zh), &letters(en));
        assert_eq!(made.map(|made| write_sides(&made)), expected.map(str::to_owned), "{zh} {en}");
    }

    #[test]
    fn letters_name_beads() {
        let seen = "0:0 1,2:1 3:2";
        check_arranged(seen, "ABBC", "ABC", Ok("0:0 1,2:1 3:2"));
        check_arranged(seen, "AZBC", "ABC", Ok("0:0 1: 2:1 3:2"));
        check_arranged(seen, "AAAA", "AAA", Ok("0,1,2,3:0,1,2"));
        check_arranged(seen, "BBBA", "BAA", Ok("0,1,2:0 3:1,2"));
        check_arranged(seen, "ABCD", "XYZ", Ok("0: 1: 2: 3: :0 :1 :2"));
        check_arranged(seen, "ABBA", "ABC", Err(Fault::Order));
        check_arranged(seen, "ABBC", "BAC", Err(Fault::Order));
        check_arranged(seen, "ABB", "ABC", Err(Fault::Unreadable));
    }

    #[test]
    fn a_bead_is_cut_in_two() {
        let bead: Sides = "1,2:5,6,7".parse().unwrap();
        assert_eq!(split_after(&bead, 1, 2).map(|cut| write_sides(&cut)), Ok("1:5,6 2:7".to_owned()));
        assert_eq!(split_after(&bead, 0, 3).map(|cut| write_sides(&cut)), Ok(":5,6,7 1,2:".to_owned()));
        assert_eq!(split_after(&bead, 3, 0), Err(Fault::Size));
    }

    #[test]
    fn what_is_no_bead_is_refused() {
        for text in ["", "1", "1:x", "-1:0", "1:99999999999999999999", "a:b"] {
            assert_eq!(text.parse::<Sides>(), Err(Fault::Unreadable), "{text}");
        }
    }
}
