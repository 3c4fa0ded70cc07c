//! What a line reads.

use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::boxes::Slanted;
use super::ctc::{self, Read};
use super::model::{Error, Models};
use super::strip::View;
use super::words;
use crate::ocr::{Picture, Seen};

/// The recogniser reads strips of this height.
pub(super) const HEIGHT: usize = 48;
/// A longer strip is squeezed: at usual type this is a line of 100 Han characters.
const WIDEST: f32 = 4_800.0;
/// The recogniser was trained on strips of at least this width, shorter lines filled up.
const NARROWEST: usize = 320;
/// A line that is less likely on average is no text.
const LIKELY: f32 = 0.5;
/// A line that is less likely than this may stand on its head.
const DOUBTFUL: f32 = 0.75;
/// A box that is this much higher than wide may hold turned text.
const TALL: f32 = 1.5;
/// One that is even higher holds no single character that stands upright.
const VERY_TALL: f32 = 4.0;

/// A reading of a line.
pub(super) struct Reading {
    /// The box in the sense in which it was read.
    pub(super) line: Slanted,
    /// How wide a time step is, as a share of the line.
    pub(super) step: f32,
    /// What was read.
    pub(super) read: Vec<Read>,
}

impl Reading {
    fn confidence(&self) -> f32 {
        self.read.iter().map(|read| read.confidence).sum::<f32>() / self.read.len().max(1) as f32
    }
}

/// The words of a line.
pub(super) fn read(models: &Models, picture: &Picture, line: &Slanted, number: u32) -> Result<Vec<Seen>, Error> {
    let is_level = line.height < TALL * line.width;
    let mut best: Option<Reading> = None;
    for sense in senses(line) {
        if is_level && best.as_ref().is_some_and(|best| best.confidence() >= DOUBTFUL) {
            break;
        }
        let reading = read_flat(models, picture, sense)?;
        if best.as_ref().is_none_or(|best| reading.confidence() > best.confidence()) {
            best = Some(reading);
        }
    }
    let likely = best.filter(|best| best.confidence() >= LIKELY);
    Ok(likely.map_or_else(Vec::new, |reading| words::words(models, picture, &reading, number)))
}

/// The ways in which a box may be read, the usual first.
fn senses(line: &Slanted) -> Vec<Slanted> {
    let (right, over) = (line.turned_right(), line.turned_over());
    match line.height / line.width.max(f32::MIN_POSITIVE) {
        tall if tall >= VERY_TALL => vec![right, right.turned_over()],
        tall if tall >= TALL => vec![*line, right, right.turned_over()],
        _ => vec![*line, over],
    }
}

fn read_flat(models: &Models, picture: &Picture, line: Slanted) -> Result<Reading, Error> {
    let natural = HEIGHT as f32 * line.width / line.height.max(1.0);
    let used = natural.clamp(8.0, WIDEST).ceil() as usize;
    let width = used.max(NARROWEST);
    let drawn = View { picture, part: line, outside: 255.0 }.drawn(used, HEIGHT);
    let answer = models.recognise(filled(&drawn, used, width))?;
    let [_, steps, classes] = answer.shape();
    let read = ctc::best_path(&answer.to_vec(), classes);
    Ok(Reading { line, step: width as f32 / used as f32 / steps.max(1) as f32, read })
}

/// A strip as the recogniser wants it, filled up with grey to the right.
pub(super) fn filled(drawn: &[f32], used: usize, width: usize) -> NdTensor<f32, 4> {
    let mut plane = Vec::with_capacity(width * HEIGHT);
    for row in drawn.chunks_exact(used.max(1)) {
        plane.extend(row.iter().map(|value| value / 127.5 - 1.0));
        plane.resize(plane.len() + width - used, 0.0);
    }
    NdTensor::from_data([1, 3, HEIGHT, width], [plane.as_slice(); 3].concat())
}
