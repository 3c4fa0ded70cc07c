//! Sections that stand elsewhere in the translation.
//!
//! A path through the grid never turns back, so it leaves a moved section without a counterpart on both sides. What is
//! left over is aligned once more by itself.

use super::{
    band::band,
    lexicon::Lexicon,
    path::{Step, best_path},
    shapes::Shapes,
    side::Side,
};

/// How sure a bead of a moved section must be: nothing else but its words speaks for it.
const SURE: f32 = 0.8;
/// How often the rest is aligned, so many moved sections are found at most.
const TURNS: usize = 4;

/// Replaces beads of left-over Chinese sentences by beads with left-over English ones. The beads stay in the order of
/// the Chinese side.
pub(crate) fn rejoin(mut path: Vec<Step>, zh: &Side, en: &Side, lexicon: &Lexicon, shapes: &Shapes) -> Vec<Step> {
    for _ in 0..TURNS {
        let zh_left: Vec<usize> =
            path.iter().filter(|step| step.en.is_empty()).flat_map(|step| step.zh.clone()).collect();
        let en_left: Vec<usize> =
            path.iter().filter(|step| step.zh.is_empty()).flat_map(|step| step.en.clone()).collect();
        if zh_left.is_empty() || en_left.is_empty() {
            break;
        }
        let (zh_part, en_part) = (zh.part(&zh_left), en.part(&en_left));
        let band = band(&zh_part, &en_part, &lexicon.forward);
        let found = best_path(&zh_part, &en_part, &band, lexicon, shapes);
        let sure: Vec<Step> = found.iter().filter_map(|step| whole(step, &zh_left, &en_left)).collect();
        if sure.is_empty() {
            break;
        }
        path = replaced(path, &sure);
    }
    path
}

/// A bead of left-over sentences in terms of all sentences, where it is sure and its sentences stand together.
fn whole(step: &Step, zh_left: &[usize], en_left: &[usize]) -> Option<Step> {
    let together = |left: &[usize], part: &std::ops::Range<usize>| {
        let all = left.get(part.clone())?;
        let (first, last) = (*all.first()?, *all.last()?);
        (last - first + 1 == all.len()).then_some(first..last + 1)
    };
    let (zh, en) = (together(zh_left, &step.zh)?, together(en_left, &step.en)?);
    (step.score >= SURE).then_some(Step { zh, en, score: step.score })
}

fn replaced(path: Vec<Step>, sure: &[Step]) -> Vec<Step> {
    let mut kept = Vec::with_capacity(path.len());
    for step in path {
        let moved = sure.iter().find(|moved| {
            step.en.is_empty() && moved.zh.contains(&step.zh.start)
                || step.zh.is_empty() && moved.en.contains(&step.en.start)
        });
        match moved {
            None => kept.push(step),
            Some(moved) if step.en.is_empty() && moved.zh.start == step.zh.start => kept.push(moved.clone()),
            Some(_) => {}
        }
    }
    kept
}
