//! Characters known by the shapes of their glyphs, where a font says nothing else.
//!
//! A subset font whose glyphs are renumbered and whose maps are gone still draws them. Each distinct outline is shown
//! once to an engine that recognises characters; what the place of the ink and the texts around say then decides
//! among what it may be. A standard of two hundred pages costs as many recognitions as it has different characters,
//! and keeps its positions, sizes and layout. Start reading at [`recognise`].

mod candidates;
mod collect;
mod context;
pub(super) mod ink;
mod lines;
mod lookalikes;
mod outline;
mod places;
mod program;
mod raster;
pub(super) mod sheet;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::content::{Contents, PageMarks};
use super::font::{self, Font};
use crate::ocr::{GlyphReader, Picture, SeenGlyph};
use candidates::{Candidate, candidates};
use collect::{Shape, Shapes};
use context::Choice;
use outline::Bounds;
use places::{Metrics, is_anchor};
use raster::Canvas;

/// The size of the em of a glyph's picture in pixels, and what is white around it.
const EM: f32 = 74.0;
const MARGIN: f32 = 16.0;
/// The height of such a picture and the place of its baseline, in pixels.
const HEIGHT: u32 = 96;
const BASELINE: f32 = 75.0;
/// So many pictures are shown to the reader at once.
const BATCH: usize = 1024;
/// A reader that is so sure may tell where the lines of a font are.
const CERTAIN: f32 = 0.9;
/// Fewer characters than this tell nothing of a font's map.
const FEW_CLAIMS: usize = 4;
/// A character that is less likely than this beside the others that it may be is not passed on: a letter or mark,
/// and an ideograph, of which there are more that a reader may not know.
const SURE: f32 = 0.4;
const SURE_OF_HAN: f32 = 0.6;
/// What the reader is less sure of than this is shown to it a second time, blurred.
const UNSURE: f32 = 0.7;

/// Asks the reader what the unreadable glyphs are, and gives their codes the characters; gives the warnings that this
/// deserves.
pub(super) fn recognise(contents: &mut Contents<'_>, marks: &[PageMarks], reader: &dyn GlyphReader) -> Vec<String> {
    let mut shapes = Shapes::collect(contents);
    if shapes.list.is_empty() {
        return Vec::new();
    }
    let seen = read(&shapes, reader);
    let metrics = metrics(&shapes, &seen);
    let candidates: Vec<Vec<Candidate>> = shapes
        .list
        .iter()
        .zip(&seen)
        .map(|(shape, seen)| {
            let metrics = metrics.get(&shape.font()).copied().unwrap_or_default();
            candidates(shape.form.as_ref(), seen, metrics)
        })
        .collect();
    let honest = honest(&shapes, &candidates);
    shapes.trust(&honest);
    let tokens = lines::tokens(contents, marks, &shapes.by_code());
    let choices = context::choose(&candidates, &tokens);
    let (mut characters, mut fonts, mut messages) = (0_u32, 0, Vec::new());
    for (index, readings) in readings(&shapes, &choices) {
        let Some(font) = contents.fonts.get_mut(index as usize) else { continue };
        match apply(font, &readings) {
            Some(count) => (characters, fonts) = (characters.saturating_add(count), fonts + 1),
            None => messages.push(format!("font {}: the shapes of its glyphs, as recognised, make no text", font.name)),
        }
    }
    messages.push(report(&shapes, &choices, characters, fonts));
    messages
}

/// What the reader takes each shape for; nothing for spaces.
fn read(shapes: &Shapes, reader: &dyn GlyphReader) -> Vec<Vec<SeenGlyph>> {
    let inked: Vec<usize> =
        shapes.list.iter().enumerate().filter(|(_, shape)| shape.form.is_some()).map(|(index, _)| index).collect();
    let mut seen = vec![Vec::new(); shapes.list.len()];
    let mut look = |which: &[usize], blurred: bool| {
        for which in which.chunks(BATCH) {
            let shapes = which.iter().filter_map(|index| shapes.list.get(*index));
            let pictures: Vec<Picture> = shapes.map(|shape| picture(shape, blurred)).collect();
            for (index, more) in which.iter().zip(reader.read(&pictures)) {
                if let Some(seen) = seen.get_mut(*index) {
                    *seen = merged(std::mem::take(seen), more);
                }
            }
        }
        let unsure = |index: &usize| {
            let first = seen.get(*index).and_then(|seen| seen.first());
            first.is_none_or(|first| first.confidence < UNSURE)
        };
        which.iter().copied().filter(unsure).collect::<Vec<usize>>()
    };
    let unsure = look(&inked, false);
    if !unsure.is_empty() {
        look(&unsure, true);
    }
    seen
}

/// The mean of two looks at one glyph.
fn merged(first: Vec<SeenGlyph>, second: Vec<SeenGlyph>) -> Vec<SeenGlyph> {
    if first.is_empty() || second.is_empty() {
        return if first.is_empty() { second } else { first };
    }
    let mut all = first;
    all.iter_mut().for_each(|seen| seen.confidence /= 2.0);
    for glyph in second {
        match all.iter_mut().find(|seen| seen.text == glyph.text) {
            Some(seen) => seen.confidence += glyph.confidence / 2.0,
            None => all.push(SeenGlyph { confidence: glyph.confidence / 2.0, ..glyph }),
        }
    }
    all.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    all
}

/// Where each font has its lines.
fn metrics(shapes: &Shapes, seen: &[Vec<SeenGlyph>]) -> HashMap<u32, Metrics> {
    let mut anchors: HashMap<u32, Vec<(char, Bounds)>> = HashMap::new();
    for (shape, seen) in shapes.list.iter().zip(seen) {
        if let (Some(form), Some(first)) = (&shape.form, seen.first())
            && first.confidence > CERTAIN
            && is_anchor(first.text)
        {
            anchors.entry(shape.font()).or_default().push((first.text, form.bounds));
        }
    }
    anchors.into_iter().map(|(font, anchors)| (font, Metrics::fit(&anchors))).collect()
}

/// The fonts whose maps, where they say something, say what the shapes look like.
fn honest(shapes: &Shapes, candidates: &[Vec<Candidate>]) -> HashSet<u32> {
    let mut counts: HashMap<u32, (usize, usize)> = HashMap::new();
    for (shape, candidates) in shapes.list.iter().zip(candidates) {
        for code in &shape.codes {
            let Some(claim) = shapes.claims.get(code) else { continue };
            let (agreed, all) = counts.entry(code.0).or_default();
            *all += 1;
            *agreed += usize::from(candidates.iter().any(|candidate| candidate.char == *claim));
        }
    }
    counts
        .into_iter()
        .filter(|(_, (agreed, all))| *agreed * 2 >= *all || *all < FEW_CLAIMS)
        .map(|(font, _)| font)
        .collect()
}

/// A picture of a shape on its baseline, in true proportion.
fn picture(shape: &Shape, blurred: bool) -> Picture {
    let right = shape.form.map_or(0.0, |form| form.bounds.right).max(shape.advance).clamp(0.2, 4.0);
    let mut canvas = Canvas::new((right * EM + 2.0 * MARGIN) as u32, HEIGHT, EM);
    canvas.set(&shape.outline, MARGIN, BASELINE, EM);
    if blurred { canvas.finish_blurred() } else { canvas.finish() }
}

/// The characters that are sure enough, by font and code.
fn readings(shapes: &Shapes, choices: &[Option<Choice>]) -> BTreeMap<u32, Vec<(u32, char)>> {
    let mut readings: BTreeMap<u32, Vec<(u32, char)>> = BTreeMap::new();
    for (shape, choice) in shapes.list.iter().zip(choices) {
        let Some(choice) = choice.filter(is_sure) else { continue };
        for (font, code) in &shape.codes {
            readings.entry(*font).or_default().push((*code, choice.char));
        }
    }
    readings
}

fn is_sure(choice: &Choice) -> bool {
    choice.sure >= if corpus::text::is_han(choice.char) { SURE_OF_HAN } else { SURE }
}

/// Gives the codes of a font their characters, if these make a text; gives how often they are shown.
fn apply(font: &mut Font, readings: &[(u32, char)]) -> Option<u32> {
    let texts: Vec<(String, u32)> =
        readings.iter().map(|(code, char)| (char.to_string(), font.known(*code).uses)).collect();
    if font::is_implausible(texts.iter().map(|(text, uses)| (text.as_str(), *uses))) {
        return None;
    }
    for (code, char) in readings {
        font.set(*code, Some(char.encode_utf8(&mut [0; 4])));
    }
    Some(texts.iter().fold(0, |sum, (_, uses)| sum.saturating_add(*uses)))
}

/// What to say of the recognition.
fn report(shapes: &Shapes, choices: &[Option<Choice>], characters: u32, fonts: usize) -> String {
    let asked = || shapes.list.iter().zip(choices).filter(|(shape, _)| !shape.codes.is_empty());
    let sure: Vec<f32> = asked().filter_map(|(_, choice)| Some(choice.filter(is_sure)?.sure)).collect();
    let percent = (100.0 * sure.iter().sum::<f32>() / sure.len().max(1) as f32).floor();
    let rest = match asked().count() - sure.len() {
        0 => String::new(),
        1 => "; 1 shape remains unreadable".to_owned(),
        count => format!("; {count} shapes remain unreadable"),
    };
    let (glyphs, fonts) = (counted(sure.len(), "glyph"), counted(fonts, "font"));
    format!(
        "{characters} characters of {fonts} without a usable character map were read by the shapes of {glyphs}, \
         {percent} % sure{rest}"
    )
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
