//! Sections that stand elsewhere in the translation.
//!
//! A path through the grid never turns back, so it leaves a moved section without a counterpart on both sides, or pairs
//! it with what stands in its place. What is left over, and what goes together worse than by chance, is aligned once
//! more by itself.

use super::{
    band::Band,
    chart::{Chart, Model},
    lexicon::Lexicon,
    marks::Marks,
    path::Step,
    shapes::Shapes,
};
use crate::align::side::Side;

/// How sure a bead of a moved section must be that stands by itself: nothing else but its words speaks for it.
const SURE: f32 = 0.8;
/// How sure it must be in a run of such beads, and the whole run, as the sum of its beads.
const SURE_IN_RUN: f32 = 0.2;
const SURE_RUN: f32 = 1.6;
/// A run goes on past so many sentences that the translation left out.
const LEFT_OUT: usize = 2;
/// How often the rest is aligned, so many moved sections are found at most.
const TURNS: usize = 4;
/// A bead is weighed with so many beads before it and after it.
const AROUND: usize = 2;

/// Replaces beads of left-over Chinese sentences by beads with left-over English ones. The beads stay in the order of
/// the Chinese side.
pub(crate) fn rejoin(
    mut path: Vec<Step>,
    zh: &Side,
    en: &Side,
    lexicon: &Lexicon,
    shapes: &Shapes,
    sharpness: f32,
) -> Vec<Step> {
    let marks = Marks::none();
    let model = Model { lexicon, shapes, marks: &marks };
    for _ in 0..TURNS {
        let open = open_beads(&path);
        let zh_left: Vec<usize> = open.iter().flat_map(|step| step.zh.clone()).collect();
        let en_left: Vec<usize> = open.iter().flat_map(|step| step.en.clone()).collect();
        if zh_left.is_empty() || en_left.is_empty() {
            break;
        }
        let (zh_part, en_part) = (zh.part(&zh_left), en.part(&en_left));
        let band = Band::new(&zh_part, &en_part, &lexicon.forward, &[]);
        let chart = Chart::new(&zh_part, &en_part, &band, &model, sharpness).with_free_gaps();
        let found = chart.posteriors().surest_path();
        let known = |step: &Step| open.iter().any(|one| one.zh == step.zh && one.en == step.en);
        let found = found.iter().filter_map(|step| whole(step, &zh_left, &en_left)).filter(|step| !known(step));
        let sure = sure(&found.collect::<Vec<_>>());
        if sure.is_empty() {
            break;
        }
        path = replaced(path, &sure);
    }
    path
}

/// Beads with an empty side, and those that by themselves or with their neighbours go together worse than by chance.
fn open_beads(path: &[Step]) -> Vec<Step> {
    let around = |at: usize| {
        let near = path.iter().skip(at.saturating_sub(AROUND)).take(at.min(AROUND) + 1 + AROUND);
        near.filter(|step| !step.is_alone()).map(|step| step.gain).sum::<f32>()
    };
    let open = path.iter().enumerate().filter(|(at, step)| step.is_alone() || step.gain.min(around(*at)) < 0.0);
    open.map(|(_, step)| step.clone()).collect()
}

/// The beads that are sure, by themselves or in a run: neighbours on both sides speak for each other.
fn sure(found: &[Step]) -> Vec<Step> {
    let follows = |a: &Step, b: &Step| {
        (a.zh.end..=a.zh.end + LEFT_OUT).contains(&b.zh.start) && (a.en.end..=a.en.end + LEFT_OUT).contains(&b.en.start)
    };
    let runs = found.chunk_by(follows);
    runs.flat_map(|run| {
        let together = run.iter().map(|step| step.score).sum::<f32>() >= SURE_RUN;
        let least = if together { SURE_IN_RUN } else { SURE };
        run.iter().filter(move |step| step.score >= least).cloned()
    })
    .collect()
}

/// A bead of left-over sentences in terms of all sentences. Its sentences stand together, since beads of a part never
/// reach across what the part leaves out.
fn whole(step: &Step, zh_left: &[usize], en_left: &[usize]) -> Option<Step> {
    let range = |left: &[usize], part: &std::ops::Range<usize>| {
        let all = left.get(part.clone())?;
        Some(*all.first()?..all.last()? + 1)
    };
    let (zh, en) = (range(zh_left, &step.zh)?, range(en_left, &step.en)?);
    (!step.is_alone()).then_some(Step { zh, en, ..*step })
}

/// The path with `sure` beads in place of those that hold their sentences; what else those held stands alone.
fn replaced(path: Vec<Step>, sure: &[Step]) -> Vec<Step> {
    let of_zh = |at: usize| sure.iter().find(|moved| moved.zh.contains(&at));
    let is_taken = |at: usize| sure.iter().any(|moved| moved.en.contains(&at));
    let mut kept = Vec::with_capacity(path.len());
    for step in path {
        if step.zh.clone().all(|at| of_zh(at).is_none()) && !step.en.clone().any(is_taken) {
            kept.push(step);
            continue;
        }
        for at in step.zh.clone() {
            match of_zh(at) {
                None => kept.push(Step::alone(at..at + 1, step.en.start..step.en.start)),
                Some(moved) if moved.zh.start == at => kept.push(moved.clone()),
                Some(_) => {}
            }
        }
        let left = step.en.clone().filter(|&at| !is_taken(at));
        kept.extend(left.map(|at| Step::alone(step.zh.end..step.zh.end, at..at + 1)));
    }
    kept
}
