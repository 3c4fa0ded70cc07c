//! Sentence beads: align, learn the words and traits of the pair, align again.

mod band;
mod chart;
mod edges;
mod fixed;
mod lengths;
mod lexicon;
mod marks;
mod moved;
mod path;
mod quotes;
mod shapes;
mod traits;
mod words;

use corpus::bitext::Bead;

use self::{
    band::{Band, Pin},
    chart::{Chart, Model},
    fixed::Fixed,
    lexicon::{BeadWords, Lexicon},
    marks::Marks,
    path::Step,
    shapes::Shapes,
};
use crate::align::{Knowledge, Line, side::Side, tokens};

pub(crate) use path::MOST;

/// How often the pair is aligned; each time after the first with what the last alignment taught.
const PASSES: usize = 4;
/// How far scores are believed while learning, and in the end: words of a sentence do not come independently.
const LEARNING_SHARPNESS: f32 = 1.0;
const FINAL_SHARPNESS: f32 = 0.5;

/// Sentence beads of two sentence lists in order.
///
/// Every sentence of both sides stands in exactly one bead, and no bead that the aligner makes has more than five
/// sentences a side. Beads are in the order of the Chinese side; English is in order too, save for sections that the
/// translation moved. Scores are the probability of the bead, from 0 to 1, and 0 where a side is empty.
///
/// A dynamic programme (Gale and Church 1993) over bead shapes and lengths, word translation by IBM model 1 (Moore
/// 2002) with the dictionary and other bitexts as prior, and traits such as quotation marks and headings. All are
/// fitted to the pair itself by expectation and maximisation; the path is that of least Bayes risk.
///
/// The beads of `fixed` stand as they are with a score of 1, whatever speaks against them, and the rest is aligned
/// between and around them; those that are out of range or overlap an earlier one are ignored.
pub fn beads(zh: &[Line<'_>], en: &[Line<'_>], fixed: &[Bead], knowledge: Knowledge<'_>) -> Vec<Bead> {
    let fixed = Fixed::new(fixed, zh.len(), en.len());
    let (zh, en) = (kept(zh, &fixed.zh_left), kept(en, &fixed.en_left));
    let marks = Marks::new(&zh, &en);
    let zh = side(&zh, &fixed.zh_left, |text| tokens::chinese(text, knowledge.dictionary));
    let en = side(&en, &fixed.en_left, |text| tokens::english(text, knowledge.dictionary));
    let path = align(&zh, &en, marks, &fixed.pins(), knowledge);
    fixed.joined(&path)
}

fn kept<'a>(lines: &[Line<'a>], indexes: &[usize]) -> Vec<Line<'a>> {
    indexes.iter().filter_map(|&index| lines.get(index)).copied().collect()
}

fn side(lines: &[Line<'_>], indexes: &[usize], words: impl Fn(&str) -> Vec<String>) -> Side {
    let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
    Side::new(texts.iter().map(|text| words(text)).collect(), &texts).apart(indexes)
}

fn align(zh: &Side, en: &Side, mut marks: Marks, pins: &[Pin], knowledge: Knowledge<'_>) -> Vec<Step> {
    let prior = Lexicon::prior(zh, en, knowledge);
    let mut band = Band::new(zh, en, &prior.forward, pins);
    let mut lexicon = prior.clone();
    let mut shapes = Shapes::new(zh, en, &prior);
    for _ in 1..PASSES {
        let model = Model { lexicon: &lexicon, shapes: &shapes, marks: &marks };
        let likely = Chart::new(zh, en, &band, &model, LEARNING_SHARPNESS).posteriors().likely();
        lexicon = Lexicon::train(&prior, &bead_words(&likely, zh, en), zh, en);
        shapes = shapes.fitted(&likely, zh, en, &lexicon);
        marks.fit(&likely);
        band = band.narrowed(&likely, en.len());
    }
    let model = Model { lexicon: &lexicon, shapes: &shapes, marks: &marks };
    let path = Chart::new(zh, en, &band, &model, FINAL_SHARPNESS).posteriors().surest_path();
    moved::rejoin(path, zh, en, &lexicon, &shapes, FINAL_SHARPNESS)
}

fn bead_words(likely: &[Step], zh: &Side, en: &Side) -> Vec<BeadWords> {
    let words =
        |side: &Side, part: &std::ops::Range<usize>| side.sentences.get(part.clone()).unwrap_or_default().concat();
    let paired = likely.iter().filter(|step| !step.zh.is_empty() && !step.en.is_empty());
    paired.map(|step| BeadWords { zh: words(zh, &step.zh), en: words(en, &step.en), weight: step.score }).collect()
}

#[cfg(test)]
mod invented;
#[cfg(test)]
mod tests;
