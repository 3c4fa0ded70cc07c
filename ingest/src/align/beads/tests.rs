//! Bitexts made from invented ones: what translators leave out, add, merge and move.

use corpus::bitext::{Bead, MadeBy, WordPair};
use proptest::prelude::*;

use super::{
    beads,
    invented::{POLICY, STORY},
    lexicon::Lexicon,
};
use crate::align::{Knowledge, LearnedWords, Line, side::Side};

type Pairs = [(&'static str, &'static str)];
type Gold = Vec<(Vec<usize>, Vec<usize>)>;

/// A bitext with the beads that it should have; those with an empty side are not told.
struct Made {
    zh: Vec<String>,
    en: Vec<String>,
    gold: Gold,
}

/// For each pair in the order of the Chinese side: whether each side has it, and where in the English order it stands.
fn made(pairs: &Pairs, zh: impl Fn(usize) -> bool, en_order: &[usize]) -> Made {
    let zh_order: Vec<usize> = (0..pairs.len()).filter(|&at| zh(at)).collect();
    let place = |order: &[usize], at: usize| order.iter().position(|&one| one == at);
    let gold = zh_order.iter().enumerate().filter_map(|(z, &at)| Some((vec![z], vec![place(en_order, at)?]))).collect();
    Made {
        zh: zh_order.iter().map(|&at| pairs[at].0.to_owned()).collect(),
        en: en_order.iter().map(|&at| pairs[at].1.to_owned()).collect(),
        gold,
    }
}

fn swapped(pairs: &Pairs, first: std::ops::Range<usize>, second: std::ops::Range<usize>) -> Made {
    let between = first.end..second.start;
    let order: Vec<usize> =
        (0..first.start).chain(second.clone()).chain(between).chain(first).chain(second.end..pairs.len()).collect();
    made(pairs, |_| true, &order)
}

/// Every third sentence is left out in English.
fn abridged(pairs: &Pairs) -> Made {
    made(pairs, |_| true, &(0..pairs.len()).filter(|at| at % 3 != 1).collect::<Vec<_>>())
}

/// Some sentences stand on one side only.
fn only(pairs: &Pairs, alone: std::ops::Range<usize>, in_zh: bool) -> Made {
    let order: Vec<usize> = (0..pairs.len()).filter(|at| !in_zh || !alone.contains(at)).collect();
    made(pairs, |at| in_zh || !alone.contains(&at), &order)
}

/// A table of contents on one side: the headings once more, at the beginning.
fn contents(pairs: &Pairs) -> Made {
    let mut made = made(pairs, |_| true, &(0..pairs.len()).collect::<Vec<_>>());
    let headings: Vec<String> = pairs.iter().step_by(6).map(|pair| pair.0.to_owned()).collect();
    let count = headings.len();
    made.zh.splice(0..0, headings);
    made.gold.iter_mut().for_each(|(zh, _)| zh.iter_mut().for_each(|at| *at += count));
    made
}

/// One Chinese sentence for so many English ones, every so often.
fn merged(pairs: &Pairs, size: usize) -> Made {
    let mut merged =
        Made { zh: Vec::new(), en: pairs.iter().map(|pair| pair.1.to_owned()).collect(), gold: Vec::new() };
    let mut at = 0;
    while at < pairs.len() {
        let count = if at.is_multiple_of(2) { size.min(pairs.len() - at) } else { 1 };
        let parts: Vec<&str> = pairs[at..at + count].iter().map(|pair| pair.0.trim_end_matches('。')).collect();
        merged.gold.push((vec![merged.zh.len()], (at..at + count).collect()));
        merged.zh.push(parts.join("，") + "。");
        at += count;
    }
    merged
}

/// A preface that only the translation has.
fn prefaced(pairs: &Pairs) -> Made {
    let preface = [
        "Translator's Preface",
        "I first heard of this text in the spring of my second year abroad.",
        "My thanks go to the librarians, who never lost patience with me.",
        "All mistakes are mine alone.",
        "Names are spelled as they are pronounced today.",
    ];
    let mut made = made(pairs, |_| true, &(0..pairs.len()).collect::<Vec<_>>());
    made.en.splice(0..0, preface.map(str::to_owned));
    made.gold.iter_mut().for_each(|(_, en)| en.iter_mut().for_each(|at| *at += preface.len()));
    made
}

fn lines(texts: &[String]) -> Vec<Line<'_>> {
    texts.iter().map(|text| Line::plain(text)).collect()
}

/// The strict F1 of beads with sentences on both sides.
fn f1(made: &Made) -> f32 {
    let found = beads(&lines(&made.zh), &lines(&made.en), &[], Knowledge::of_dictionary());
    let paired: Vec<(Vec<usize>, Vec<usize>)> =
        found.into_iter().filter(|bead| !bead.zh.is_empty() && !bead.en.is_empty()).map(|b| (b.zh, b.en)).collect();
    let right = paired.iter().filter(|bead| made.gold.contains(bead)).count();
    2.0 * right as f32 / (paired.len() + made.gold.len()) as f32
}

#[test]
fn what_translators_do_is_survived() {
    let cases: [(&str, Made, f32); 14] = [
        ("policy, two sections swapped", swapped(&POLICY, 12..18, 18..24), 0.9),
        ("policy, far sections swapped", swapped(&POLICY, 6..12, 24..30), 0.8),
        ("policy, a third left out", abridged(&POLICY), 0.9),
        ("policy, an annex in Chinese only", only(&POLICY, 24..36, true), 0.9),
        ("policy, an annex in English only", only(&POLICY, 24..36, false), 0.9),
        ("policy, contents in Chinese only", contents(&POLICY), 0.9),
        ("policy, one for three", merged(&POLICY, 3), 0.9),
        ("policy, one for five", merged(&POLICY, 5), 0.8),
        ("policy, a preface", prefaced(&POLICY), 0.9),
        ("story, two sections swapped", swapped(&STORY, 11..18, 18..24), 0.8),
        ("story, a third left out", abridged(&STORY), 0.8),
        ("story, one for three", merged(&STORY, 3), 0.8),
        ("story, one for five", merged(&STORY, 5), 0.8),
        ("story, a preface", prefaced(&STORY), 0.8),
    ];
    for (name, made, least) in cases {
        let found = f1(&made);
        assert!(found >= least, "{name}: {found}");
    }
}

fn reader(zh: &[usize], en: &[usize]) -> Bead {
    Bead { zh: zh.to_vec(), en: en.to_vec(), score: 0.3, made_by: MadeBy::Reader }
}

fn story_with(fixed: &[Bead]) -> Vec<Bead> {
    let (zh, en): (Vec<Line<'_>>, Vec<Line<'_>>) =
        STORY.iter().map(|pair| (Line::plain(pair.0), Line::plain(pair.1))).unzip();
    beads(&zh, &en, fixed, Knowledge::of_dictionary())
}

/// The beads of the story with a reader's beads: those stand and are sure, and every sentence is in one bead.
#[track_caller]
fn check_fixed(fixed: &[Bead], standing: usize) {
    let found = story_with(fixed);
    let of_reader: Vec<&Bead> = found.iter().filter(|bead| bead.made_by == MadeBy::Reader).collect();
    assert_eq!(of_reader.len(), standing, "{found:?}");
    for bead in of_reader {
        assert!(bead.score == 1.0 && fixed.iter().any(|one| (&one.zh, &one.en) == (&bead.zh, &bead.en)));
    }
    for side in [|bead: &Bead| bead.zh.clone(), |bead: &Bead| bead.en.clone()] {
        let mut all: Vec<usize> = found.iter().flat_map(side).collect();
        all.sort_unstable();
        assert_eq!(all, (0..STORY.len()).collect::<Vec<_>>());
    }
    assert!(found.iter().any(|bead| bead.made_by == MadeBy::Aligner && bead.score > 0.9));
    let firsts: Vec<usize> = found.iter().filter_map(|bead| bead.zh.first().copied()).collect();
    assert!(firsts.is_sorted(), "{found:?}");
}

#[test]
fn a_readers_beads_stand() {
    check_fixed(&[reader(&[3, 4], &[3, 4])], 1);
    check_fixed(&[reader(&[9], &[9, 10]), reader(&[10], &[11])], 2);
    check_fixed(&[reader(&[2], &[30]), reader(&[30], &[2])], 2);
    check_fixed(&[reader(&[5], &[]), reader(&[], &[7])], 2);
    check_fixed(&[reader(&[0, 1, 2, 3, 4, 5, 6], &[0]), reader(&[8, 10], &[9, 12])], 2);
}

#[test]
fn impossible_corrections_are_ignored() {
    check_fixed(&[reader(&[99], &[1]), reader(&[1], &[99])], 0);
    check_fixed(&[reader(&[4], &[4]), reader(&[4], &[5]), reader(&[3], &[4])], 1);
    check_fixed(&[reader(&[6, 5], &[5]), reader(&[7, 7], &[7]), reader(&[], &[])], 0);
}

#[test]
fn no_bead_reaches_across_a_readers() {
    let found = story_with(&[reader(&[12], &[12, 13, 14])]);
    let crossing = found.iter().filter(|bead| bead.made_by == MadeBy::Aligner && !bead.is_one_sided());
    for bead in crossing {
        let before = bead.zh.iter().all(|&zh| zh < 12) && bead.en.iter().all(|&en| en < 12);
        let after = bead.zh.iter().all(|&zh| zh > 12) && bead.en.iter().all(|&en| en > 14);
        assert!(before || after, "{bead:?}");
    }
}

#[test]
fn headings_go_with_headings_and_blocks_hold_beads() {
    let line = |text, heading, starts| Line { text, heading, starts_block: Some(starts) };
    let heading = |at: usize| (at.is_multiple_of(6)).then_some(1);
    let zh: Vec<Line<'_>> =
        (0..36).map(|at| line(POLICY[at].0, heading(at), at % 6 < 2 || at.is_multiple_of(2))).collect();
    let en: Vec<Line<'_>> =
        (0..36).map(|at| line(POLICY[at].1, heading(at), at % 6 < 2 || at.is_multiple_of(2))).collect();
    for bead in beads(&zh, &en, &[], Knowledge::of_dictionary()) {
        assert_eq!(bead.zh, bead.en);
    }
}

#[test]
fn what_other_bitexts_taught_is_used() {
    let pair = |zh: &str, en: &str, count| WordPair { zh: zh.to_owned(), en: en.to_owned(), count };
    let learned = LearnedWords::new([pair("玄冥", "ostrava", 3.0), pair("雪", "flake", 2.0)]);
    let side = |words: &[&str]| Side::new(vec![words.iter().map(|&word| word.to_owned()).collect()], &[]);
    let (zh, en) = (side(&["玄冥", "雪"]), side(&["ostrava", "snow", "flake"]));
    let prior = |learned| Lexicon::prior(&zh, &en, Knowledge { learned, ..Knowledge::of_dictionary() }).forward;
    let (without, with) = (prior(&LearnedWords::default()), prior(&learned));
    assert_eq!((without.get(0, 0), without.get(1, 1)), (0.0, 1.0));
    assert_eq!((with.get(0, 0), with.get(1, 1), with.get(1, 2)), (1.0, 0.5, 0.5));
}

#[test]
fn immense_sentences_end_in_time() {
    let (zh, en) = ("湖水很清".repeat(10_000), "The lake is clear ".repeat(4_000));
    let found = beads(&[Line::plain(&zh)], &[Line::plain(&en)], &[], Knowledge::of_dictionary());
    assert_eq!(found.iter().map(|bead| bead.zh.len() + bead.en.len()).sum::<usize>(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_correction_leaves_every_sentence_in_one_bead(
        fixed in prop::collection::vec(
            (prop::collection::vec(0usize..40, 0..4), prop::collection::vec(0usize..40, 0..4)), 0..12),
    ) {
        let fixed: Vec<Bead> = fixed.iter().map(|(zh, en)| reader(zh, en)).collect();
        let found = story_with(&fixed);
        for side in [|bead: &Bead| bead.zh.clone(), |bead: &Bead| bead.en.clone()] {
            let mut all: Vec<usize> = found.iter().flat_map(side).collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..STORY.len()).collect::<Vec<_>>());
        }
        prop_assert_eq!(found, story_with(&fixed));
    }
}
