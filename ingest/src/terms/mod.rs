//! Beads, glosses and definitions to term candidates.

mod candidates;
mod given;
mod rank;
mod spans;
mod words;

use std::ops::Range;

use corpus::{
    bitext::{Bead, WordLink, WordPair, WordPlace},
    facts::Facts,
    term::TermPair,
};

use crate::align::{Dictionary, Knowledge, Soft, posteriors, word_pairs};
use rank::{Choice, Place, Ranking};
use spans::{Field, Span};
use words::Word;

/// A bitext as mining reads it.
#[derive(Clone, Copy)]
pub struct MinedBitext<'a> {
    /// The Chinese sentences.
    pub zh: &'a [&'a str],
    /// The English sentences.
    pub en: &'a [&'a str],
    /// Their beads.
    pub beads: &'a [Bead],
    /// What the Chinese document says of itself.
    pub zh_facts: &'a Facts,
    /// What the English document says of itself.
    pub en_facts: &'a Facts,
}

/// How many English runs are weighed for each place of a Chinese run.
const RUNS: usize = 5;

/// Pairs less sure than this are noise that nobody should read.
const LEAST: f32 = 0.005;

/// What mining finds in a bitext.
#[derive(Clone, Debug, PartialEq)]
pub struct Mined {
    /// Term pairs, best first; at most five renderings a Chinese run.
    pub pairs: Vec<TermPair>,
    /// The word links of each bead, in the order of the beads.
    pub links: Vec<Vec<WordLink>>,
    /// How often words were linked.
    pub words: Vec<WordPair>,
}

/// Term pairs of a bitext, its word links, and what they teach of words.
///
/// Glosses, definition clauses and official names of agencies are taken as they are given. For the rest, Chinese runs
/// of words are projected through word posteriors into English; what is seen in several places, fits well and stands
/// between the marks and particles that bound terms comes first. Confidence, from 0 to 1, is that of a term worth
/// keeping with this rendering. On the texts that the weights were fitted to, the rendering alone is right for four of
/// five pairs above 0.1 and for nineteen of twenty above 0.4, so a reviewer loses little below 0.3.
///
/// Sightings and links give the sentences of the bitext.
pub fn mine(bitext: &MinedBitext<'_>, knowledge: Knowledge<'_>) -> Mined {
    let mut ranking = Ranking::new(knowledge.dictionary);
    let sides: Vec<(Vec<Word>, Vec<Word>)> =
        bitext.beads.iter().map(|bead| words_of(bitext, bead, knowledge.dictionary)).collect();
    let texts: Vec<(Vec<&str>, Vec<&str>)> = sides.iter().map(|(zh, en)| (texts(zh), texts(en))).collect();
    let soft = posteriors(&texts, knowledge);
    for (soft, (zh, en)) in soft.iter().zip(&sides) {
        rank_runs(bitext, zh, en, soft, &mut ranking);
    }
    let mut pairs = ranking.pairs(given::given(bitext));
    pairs.retain(|pair| pair.confidence >= LEAST);
    let links = soft.iter().zip(&sides).map(|(soft, (zh, en))| word_links(soft, zh, en)).collect();
    Mined { pairs, links, words: word_pairs(&texts, &soft, knowledge) }
}

fn texts(words: &[Word]) -> Vec<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}

fn word_links(soft: &Soft, zh: &[Word], en: &[Word]) -> Vec<WordLink> {
    let place = |word: &Word| WordPlace { sentence: word.sentence, range: word.range.clone() };
    let link = |(zh_at, en_at): (usize, usize)| {
        Some(WordLink { zh: place(zh.get(zh_at)?), en: place(en.get(en_at)?), score: soft.get(zh_at, en_at) })
    };
    soft.links().into_iter().filter_map(link).collect()
}

fn rank_runs<'a>(bitext: &MinedBitext<'a>, zh: &[Word], en: &[Word], soft: &Soft, ranking: &mut Ranking<'a>) {
    let field = Field::new(zh, en, soft);
    for run in candidates::runs(zh) {
        let options: Vec<Choice<'a>> = field.best(&run, RUNS).iter().map(|span| choice(bitext, en, span)).collect();
        if !options.is_empty() {
            let (sentence, text) = text_of(bitext.zh, zh, &run);
            ranking.add(text, Place { sentence, bounds: bounds(zh, &run), verb: zh[run.start].verb, options });
        }
    }
}

fn words_of<'a>(bitext: &MinedBitext<'a>, bead: &Bead, dictionary: &'a Dictionary) -> (Vec<Word>, Vec<Word>) {
    let zh = bead.zh.iter().filter_map(|&at| Some((at, *bitext.zh.get(at)?)));
    let en = bead.en.iter().filter_map(|&at| Some((at, *bitext.en.get(at)?)));
    (
        zh.flat_map(|(at, text)| words::chinese(at, text, dictionary)).collect(),
        en.flat_map(|(at, text)| words::english(at, text)).collect(),
    )
}

fn choice<'a>(bitext: &MinedBitext<'a>, en: &[Word], span: &Span) -> Choice<'a> {
    let (sentence, text) = text_of(bitext.en, en, &span.en);
    let first = span.en.start == 0 || en[span.en.start - 1].sentence != sentence;
    Choice { en: text, sentence, fit: span.fit, bounds: bounds(en, &span.en), first }
}

fn text_of<'a>(sentences: &[&'a str], words: &[Word], run: &Range<usize>) -> (usize, &'a str) {
    let (first, last) = (&words[run.start], &words[run.end - 1]);
    let text = sentences.get(first.sentence).and_then(|text| text.get(first.range.start..last.range.end));
    (first.sentence, text.unwrap_or_default())
}

/// How many of the two ends of a run stand beside something that no term holds, from 0 to 1.
fn bounds(words: &[Word], run: &Range<usize>) -> f32 {
    let bounded = |at: Option<usize>| {
        let neighbour = at.and_then(|at| words.get(at));
        neighbour.is_none_or(|word| word.role != words::Role::Content || word.sentence != words[run.start].sentence)
    };
    f32::midpoint(f32::from(u8::from(bounded(run.start.checked_sub(1)))), f32::from(u8::from(bounded(Some(run.end)))))
}

#[cfg(test)]
mod tests;
