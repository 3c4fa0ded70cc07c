//! Beads, glosses and definitions to term candidates.

mod candidates;
mod given;
mod rank;
mod spans;
mod words;

use std::ops::Range;

use corpus::{bitext::Bead, facts::Facts, term::TermPair};

use crate::align::{Dictionary, posteriors};
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

/// Term pairs of the bitexts, best first; at most five renderings a Chinese run.
///
/// Glosses, definition clauses and official names of agencies are taken as they are given. For the rest, Chinese runs
/// of words are projected through word posteriors into English; what is seen in several places, fits well and stands
/// between the marks and particles that bound terms comes first. Confidence, from 0 to 1, is that of a term worth
/// keeping with this rendering. On the texts that the weights were fitted to, the rendering alone is right for four of
/// five pairs above 0.1 and for nineteen of twenty above 0.4, so a reviewer loses little below 0.3.
///
/// Sightings give the sentences of the bitext. When several are mined together, for more evidence, sightings say how
/// often a pair was seen but not where: their sentences are `None`.
pub fn mine(bitexts: &[MinedBitext<'_>], dictionary: &Dictionary) -> Vec<TermPair> {
    let mut ranking = Ranking::new(dictionary);
    for bitext in bitexts {
        mine_one(bitext, dictionary, &mut ranking);
    }
    let given = bitexts.iter().flat_map(given::given).collect();
    let mut pairs = ranking.pairs(given);
    pairs.retain(|pair| pair.confidence >= LEAST);
    if bitexts.len() > 1 {
        let sightings = pairs.iter_mut().flat_map(|pair| &mut pair.sightings);
        sightings.for_each(|sighting| (sighting.zh_sentence, sighting.en_sentence) = (None, None));
    }
    pairs
}

fn mine_one<'a>(bitext: &MinedBitext<'a>, dictionary: &'a Dictionary, ranking: &mut Ranking<'a>) {
    let sides: Vec<(Vec<Word>, Vec<Word>)> =
        bitext.beads.iter().map(|bead| words_of(bitext, bead, dictionary)).collect();
    let texts: Vec<(Vec<&str>, Vec<&str>)> = sides
        .iter()
        .map(|(zh, en)| {
            (zh.iter().map(|word| word.text.as_str()).collect(), en.iter().map(|word| word.text.as_str()).collect())
        })
        .collect();
    for (soft, (zh, en)) in posteriors(&texts, dictionary).iter().zip(&sides) {
        let field = Field::new(zh, en, soft);
        for run in candidates::runs(zh) {
            let options: Vec<Choice<'a>> = field.best(&run, RUNS).iter().map(|span| choice(bitext, en, span)).collect();
            if !options.is_empty() {
                let (sentence, text) = text_of(bitext.zh, zh, &run);
                ranking.add(text, Place { sentence, bounds: bounds(zh, &run), verb: zh[run.start].verb, options });
            }
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
