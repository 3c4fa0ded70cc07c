//! Which ink is letters.

use super::dilated;
use super::parts::{Part, Parts};
use super::tone::Paper;
use crate::ocr::Picture;

/// Parts no larger than this many points are specks.
const SPECK: f32 = 0.9;
/// Parts larger than this many points are no letters.
const LARGEST: f32 = 60.0;
/// In what is larger, runs of so many points are rules or frames, and what is left of it is a letter that touched
/// them if it is at least so high and so wide.
const RULE: f32 = 20.0;
const LETTER: f32 = 3.0;
/// The darkest pixel of a letter has at least this part of the usual letter's contrast. What is paler is the edge of
/// a watermark, or the print of the other side.
const PALE: f32 = 0.38;
/// How far from its ink a letter may go on, in points.
const STROKE: f32 = 0.75;
/// The ink without specks and without what is too large for letters.
pub(super) fn small_parts(ink: &[bool], width: usize, dpi: f32) -> Vec<bool> {
    Parts::new(ink, width).mask(width, ink.len() / width, |_, part| is_letter_sized(part, dpi / 72.0))
}

fn is_letter_sized(part: &Part, point: f32) -> bool {
    let longer = part.width().max(part.height()) as f32;
    longer > SPECK * point && longer <= LARGEST * point
}

/// The ink of a picture in parts, and how dark they are.
pub(super) struct Ink<'a> {
    picture: &'a Picture,
    paper: &'a Paper,
    parts: Parts,
    contrasts: Vec<f32>,
    /// The contrast from which on ink may be a letter's.
    least: f32,
}

impl<'a> Ink<'a> {
    pub(super) fn new(mask: &[bool], picture: &'a Picture, paper: &'a Paper) -> Self {
        let parts = Parts::new(mask, picture.width as usize);
        let contrasts = contrasts(&parts, picture, paper);
        let least = PALE * usual_contrast(&parts, &contrasts, picture.dpi / 72.0);
        Self { picture, paper, parts, contrasts, least }
    }

    /// The ink that is as dark as letters are, whatever it is.
    pub(super) fn dark(&self) -> Vec<bool> {
        self.mask(|_| true)
    }

    /// The ink of letters: without specks, rules, and what is paler than the letters are.
    pub(super) fn letters(&self) -> Vec<bool> {
        let (width, height) = (self.picture.width as usize, self.picture.height as usize);
        let point = self.picture.dpi / 72.0;
        let mut letters = self.mask(|part| is_letter_sized(part, point));
        let mut large = self.mask(|part| part.width().max(part.height()) as f32 > LARGEST * point);
        remove_rules(&mut large, width, (RULE * point) as usize);
        let touched = |part: &Part| part.width().min(part.height()) as f32 >= LETTER * point;
        let rests = Parts::new(&large, width);
        let rests = rests.mask(width, height, |_, part| touched(part) && is_letter_sized(part, point));
        letters.iter_mut().zip(rests).for_each(|(letter, rest)| *letter |= rest);
        self.grown(letters)
    }

    fn mask(&self, keep: impl Fn(&Part) -> bool) -> Vec<bool> {
        let is_dark = |index: usize| self.contrasts.get(index).is_some_and(|contrast| *contrast >= self.least);
        let (width, height) = (self.picture.width as usize, self.picture.height as usize);
        self.parts.mask(width, height, |index, part| is_dark(index) && keep(part))
    }

    /// The ink and the pixels near it that are as dark as letters are: thin strokes of pale print are ink in places
    /// only.
    fn grown(&self, ink: Vec<bool>) -> Vec<bool> {
        let width = self.picture.width as usize;
        let reach = (STROKE * self.picture.dpi / 72.0).round().clamp(1.0, 8.0) as usize;
        (0..reach).fold(ink, |ink, _| {
            let mut near = dilated(&ink, width);
            let added = near.iter_mut().zip(&ink).enumerate().filter(|(_, (near, ink))| **near && !**ink);
            for (index, (near, _)) in added {
                *near = 1.0 - self.paper.share(self.picture, index % width, index / width) >= self.least;
            }
            near
        })
    }
}

/// How much darker than the paper the darkest pixel of each part is, from 0 to 1.
fn contrasts(parts: &Parts, picture: &Picture, paper: &Paper) -> Vec<f32> {
    let mut contrasts = vec![0.0_f32; parts.parts.len()];
    for run in &parts.runs {
        let Some(contrast) = contrasts.get_mut(run.part as usize) else { continue };
        for x in run.x0..run.x1 {
            *contrast = contrast.max(1.0 - paper.share(picture, x as usize, run.y as usize));
        }
    }
    contrasts
}

/// The contrast that a fifth of the ink in parts of a letter's size exceeds: a watermark may have more ink than the text,
/// but is never darker.
fn usual_contrast(parts: &Parts, contrasts: &[f32], point: f32) -> f32 {
    let sized = parts.parts.iter().zip(contrasts).filter(|(part, _)| is_letter_sized(part, point));
    let mut weighed: Vec<(f32, u64)> = sized.map(|(part, contrast)| (*contrast, u64::from(part.area))).collect();
    weighed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let most = weighed.iter().map(|(_, area)| area).sum::<u64>() / 5 * 4;
    let mut passed = 0;
    let usual = weighed.iter().find(|(_, area)| {
        passed += area;
        passed > most
    });
    usual.map_or(0.0, |(contrast, _)| *contrast)
}

fn remove_rules(ink: &mut [bool], width: usize, length: usize) {
    let height = ink.len() / width;
    let mut rules: Vec<usize> = Vec::new();
    for y in 0..height {
        long_runs((0..width).map(|x| y * width + x), ink, length, &mut rules);
    }
    for x in 0..width {
        long_runs((0..height).map(|y| y * width + x), ink, length, &mut rules);
    }
    for index in rules {
        if let Some(pixel) = ink.get_mut(index) {
            *pixel = false;
        }
    }
}

fn long_runs(line: impl Iterator<Item = usize>, ink: &[bool], length: usize, rules: &mut Vec<usize>) {
    let start = rules.len();
    let mut open = start;
    for index in line {
        if ink.get(index).copied().unwrap_or(false) {
            rules.push(index);
        } else {
            if rules.len() - open < length {
                rules.truncate(open);
            }
            open = rules.len();
        }
    }
    if rules.len() - open < length {
        rules.truncate(open);
    }
}
