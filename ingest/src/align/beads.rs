//! Sentence beads: align, learn the words of the pair, align again.

use corpus::bitext::{Bead, MadeBy};

use super::{
    Knowledge, Line,
    band::band,
    lexicon::Lexicon,
    moved,
    path::{Step, best_path},
    shapes::Shapes,
    side::Side,
    tokens,
};

/// How often the pair is aligned; each time after the first with what the last alignment taught.
const PASSES: usize = 3;

/// Sentence beads of two sentence lists in order.
///
/// Every sentence of both sides stands in exactly one bead, and no bead has more than five sentences a side. Beads are
/// in the order of the Chinese side; English is in order too, save for sections that the translation moved.
/// Scores are from 0 to 1, and 0 where a side is empty. A dynamic programme (Gale and Church 1993) over length and
/// over word translation by IBM model 1 (Moore 2002), with the dictionary as prior; lengths, bead shapes and word
/// translations are fitted to the pair itself.
///
/// The beads of `fixed` stand as they are, whatever speaks against them; they must not overlap.
pub fn beads(zh: &[Line<'_>], en: &[Line<'_>], _fixed: &[Bead], knowledge: Knowledge<'_>) -> Vec<Bead> {
    let dictionary = knowledge.dictionary;
    let (zh, en): (Vec<&str>, Vec<&str>) =
        (zh.iter().map(|line| line.text).collect(), en.iter().map(|line| line.text).collect());
    let en_tokens: Vec<Vec<String>> = en.iter().map(|text| tokens::english(text, dictionary)).collect();
    let zh_tokens: Vec<Vec<String>> = zh.iter().map(|text| tokens::chinese(text, dictionary)).collect();
    let (zh, en) = (Side::new(zh_tokens, &zh), Side::new(en_tokens, &en));
    let prior = Lexicon::prior(&zh, &en, dictionary);
    let band = band(&zh, &en, &prior.forward);
    let mut lexicon = prior.clone();
    let mut shapes = Shapes::new(&zh, &en, &prior);
    let mut path = best_path(&zh, &en, &band, &lexicon, &shapes);
    for _ in 1..PASSES {
        lexicon = Lexicon::train(&prior, &word_pairs(&path, &zh, &en), &zh, &en);
        shapes = shapes.fitted(&path, &zh, &en, &lexicon);
        path = best_path(&zh, &en, &band, &lexicon, &shapes);
    }
    moved::rejoin(path, &zh, &en, &lexicon, &shapes).iter().map(to_bead).collect()
}

fn word_pairs(path: &[Step], zh: &Side, en: &Side) -> Vec<(Vec<u32>, Vec<u32>)> {
    path.iter()
        .filter(|step| !step.zh.is_empty() && !step.en.is_empty())
        .map(|step| (zh.sentences[step.zh.clone()].concat(), en.sentences[step.en.clone()].concat()))
        .collect()
}

fn to_bead(step: &Step) -> Bead {
    Bead { zh: step.zh.clone().collect(), en: step.en.clone().collect(), score: step.score, made_by: MadeBy::Aligner }
}
