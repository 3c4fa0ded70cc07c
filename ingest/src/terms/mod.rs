//! Beads, glosses and definitions to term candidates.

mod candidates;
mod features;
mod given;
mod keys;
mod mentions;
mod names;
mod places;
mod rank;
mod rendering;
mod rivals;
mod spans;
mod words;

use std::ops::Range;

use corpus::{
    bitext::{Bead, WordLink, WordPair, WordPlace},
    facts::Facts,
    term::TermPair,
};

use crate::align::{Dictionary, Knowledge, Soft, posteriors, word_pairs};
use keys::Key;
use places::{Choice, Edges, Place};
use rank::Ranking;
use spans::{Field, Span};
use words::{Role, Word};

pub use mentions::{Mention, Mentions, Support, spellings};

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
const RUNS: usize = 6;

/// Pairs less sure than this are noise that nobody should read.
const LEAST: f32 = 0.0005;

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
/// of words are projected through word posteriors into English, and a logistic model weighs what speaks for each pair:
/// how well the two fit and recur together, whether they stand alone or only as parts of longer runs, what bounds them,
/// and how unlike the general language they are.
///
/// Confidence, from 0 to 1, is that of a term worth keeping with this rendering. It was fitted to the lists of two
/// readers who wrote down every term of their text and to one that takes some terms of each of twelve texts; what the
/// last leaves out is no sign against a term, so it taught the order of pairs but not the constant. On the former two,
/// of the pairs from 0.8 on 85 in 100 are listed, from 0.6 on 63, from 0.4 on half, from 0.2 to 0.3 a quarter and below
/// 0.05 three; where the term is listed, the rendering is right for 19 in 20 of all above 0.2. On texts that nothing was
/// fitted to it is too modest by up to a third. `examples/reliability.rs` prints such tables.
///
/// Sightings and links give the sentences of the bitext.
pub fn mine(bitext: &MinedBitext<'_>, knowledge: Knowledge<'_>) -> Mined {
    let mut ranking = Ranking::new(knowledge.dictionary);
    let sides: Vec<(Vec<Word>, Vec<Word>)> =
        bitext.beads.iter().map(|bead| words_of(bitext, bead, knowledge.dictionary)).collect();
    let texts: Vec<(Vec<&str>, Vec<&str>)> = sides.iter().map(|(zh, en)| (texts(zh), texts(en))).collect();
    let soft = posteriors(&texts, knowledge);
    for (bead, (soft, (zh, en))) in soft.iter().zip(&sides).enumerate() {
        rank_runs(bitext, bead, (zh, en), soft, &mut ranking);
    }
    for (bead, (_, en)) in sides.iter().enumerate() {
        let stems = ranking.keys.stems(en);
        ranking.keys.count(bead, en, &stems);
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

fn rank_runs<'a>(
    bitext: &MinedBitext<'a>,
    bead: usize,
    (zh, en): (&[Word], &[Word]),
    soft: &Soft,
    ranking: &mut Ranking<'a>,
) {
    let field = Field::new(zh, en, soft);
    let stems = ranking.keys.stems(en);
    for run in candidates::runs(zh) {
        let spans = field.best(&run, RUNS);
        let verb = zh.get(run.start).filter(|word| word.role == Role::Content && run.len() > 1);
        let choice = |span: &Span| {
            let key = ranking.keys.run(stems.get(span.en.clone()).unwrap_or_default());
            let verb = verb.is_some_and(|verb| is_verb(verb, &en[span.en.start], ranking));
            choice(bitext, en, span, key, verb)
        };
        let options: Vec<Choice<'a>> = spans.iter().map(choice).collect();
        let (sentence, text) = text_of(bitext.zh, zh, &run);
        let edges = Edges::of(zh, &run);
        let neighbours = ranking.neighbours(zh, &run);
        ranking.add(text, zh, Place { bead, words: run, sentence, edges, neighbours, options });
    }
}

/// Whether an English word is the verb that the dictionary has for a Chinese one.
fn is_verb(zh: &Word, en: &Word, ranking: &Ranking<'_>) -> bool {
    ranking.dictionary.is_verb(&zh.text, &en.text.to_lowercase())
}

fn words_of<'a>(bitext: &MinedBitext<'a>, bead: &Bead, dictionary: &'a Dictionary) -> (Vec<Word>, Vec<Word>) {
    let zh = bead.zh.iter().filter_map(|&at| Some((at, *bitext.zh.get(at)?)));
    let en = bead.en.iter().filter_map(|&at| Some((at, *bitext.en.get(at)?)));
    (
        zh.flat_map(|(at, text)| words::chinese(at, text, dictionary)).collect(),
        en.flat_map(|(at, text)| words::english(at, text)).collect(),
    )
}

fn choice<'a>(bitext: &MinedBitext<'a>, en: &[Word], span: &Span, key: Key, verb: bool) -> Choice<'a> {
    let (sentence, text) = text_of(bitext.en, en, &span.en);
    let first = heads(en, span.en.start);
    let cut_name = names::is_name(en, &span.en) && names::is_cut(en, &span.en);
    let titled = names::is_titled(en, &span.en);
    let edges = Edges::of(en, &span.en);
    Choice { en: text, key, sentence, fit: span.fit, edges, first, verb, titled, ends: span.ends, cut_name }
}

/// Whether a word is the first of its sentence, or of what follows a number, a bracket or a colon.
fn heads(words: &[Word], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    before.is_none_or(|word| {
        word.sentence != words[at].sentence
            || word.role == Role::Number
            || matches!(word.text.as_str(), "." | ":" | ";" | "(" | ")" | "|" | "“" | "•")
    })
}

fn text_of<'a>(sentences: &[&'a str], words: &[Word], run: &Range<usize>) -> (usize, &'a str) {
    let (first, last) = (&words[run.start], &words[run.end - 1]);
    let text = sentences.get(first.sentence).and_then(|text| text.get(first.range.start..last.range.end));
    (first.sentence, text.unwrap_or_default())
}

#[cfg(test)]
mod tests;
