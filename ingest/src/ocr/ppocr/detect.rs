//! Where the lines of a page are.

use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::boxes::Slanted;
use super::model::{Error, Models, Settings};
use super::regions::Likelihood;
use super::strip::View;
use crate::ocr::Picture;

/// The detector halves the picture five times: its sides are multiples of 2^5.
const STEP: usize = 32;
/// No text is lower, in pixels of the picture that the detector saw.
const LOWEST: f32 = 5.0;

/// The boxes of a page's lines, from the top to the bottom.
pub(super) fn lines(models: &Models, picture: &Picture) -> Result<Vec<Slanted>, Error> {
    let scale = scale(picture, &models.settings);
    let input = reduced(picture, scale);
    let (asked, answer) = (input.shape(), models.detect(input)?);
    let ([_, _, height, width], answered) = (asked, answer.shape());
    if answered != [1, 1, height, width] {
        let why = format!("it answers {answered:?} to {asked:?}");
        return Err(Error::Run { which: "detector", why });
    }
    let values = answer.to_vec();
    let cores = Likelihood { width, values: &values }.cores();
    let boxes = cores.into_iter().map(|core| core.unclipped(models.settings.unclip));
    let boxes = boxes.filter(|line| line.width.min(line.height) >= LOWEST);
    let mut lines: Vec<Slanted> = boxes.map(|line| line.scaled(1.0 / scale)).collect();
    lines.sort_by(|a, b| a.middle[1].total_cmp(&b.middle[1]).then(a.middle[0].total_cmp(&b.middle[0])));
    Ok(lines)
}

/// How much smaller the detector sees the picture: never larger than it is.
fn scale(picture: &Picture, settings: &Settings) -> f32 {
    let longest = picture.width.max(picture.height).max(1);
    let fits = settings.side.max(STEP as u32) as f32 / longest as f32;
    // A picture of unknown density is taken as it is.
    let reads = if picture.dpi > 0.0 { settings.dpi / picture.dpi } else { 1.0 };
    let least = 1.0 / longest as f32;
    fits.min(reads.max(least)).min(1.0)
}

/// The picture at a scale as the detector wants it, filled up with white to the right and below.
fn reduced(picture: &Picture, scale: f32) -> NdTensor<f32, 4> {
    let sized = |length: u32| ((length as f32 * scale).round() as usize).max(1).next_multiple_of(STEP);
    let (width, height) = (sized(picture.width), sized(picture.height));
    let (wide, high) = (width as f32 / scale, height as f32 / scale);
    let part = Slanted { middle: [wide / 2.0, high / 2.0], along: [1.0, 0.0], width: wide, height: high };
    let mut plane = View { picture, part, outside: 255.0 }.drawn(width, height);
    plane.iter_mut().for_each(|value| *value = *value / 127.5 - 1.0);
    NdTensor::from_data([1, 3, height, width], [plane.as_slice(); 3].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(width: u32, height: u32, dpi: f32, expected: [usize; 2]) {
        let picture = Picture { width, height, dpi, pixels: Vec::new() };
        let settings = Settings { side: 2_000, dpi: 100.0, ..Settings::default() };
        let [_, _, high, wide] = reduced(&picture, scale(&picture, &settings)).shape();
        assert_eq!([wide, high], expected);
    }

    #[test]
    fn a_page_is_seen_at_the_detectors_density() {
        check(1_654, 2_339, 200.0, [832, 1_184]);
        check(827, 1_170, 72.0, [832, 1_184]);
        check(827, 1_170, f32::NAN, [832, 1_184]);
    }

    #[test]
    fn no_picture_is_too_large_or_too_small() {
        check(90_000, 30_000, 300.0, [2_016, 672]);
        check(u32::MAX, 1, 1.0, [2_016, 32]);
        check(1, 1, 1e30, [32, 32]);
    }
}
