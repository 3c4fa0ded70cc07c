//! A page as its file shows it, in colour, for readers.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use png::{BitDepth, ColorType, Compression, Encoder};

use super::Renderer;
use crate::ocr::Error;

/// A picture for readers has at most so many pixels: of a very long page it is narrower than was asked for.
const MOST_PIXELS: f32 = 8_000_000.0;
/// No side is longer, in pixels.
const LONGEST: f32 = 16_000.0;

impl Renderer {
    /// Draws a page, counted from 1, `width` pixels wide, and encodes it as PNG: grey where it has no colours.
    ///
    /// # Errors
    /// [`Error::NoSuchPage`], or [`Error::Damaged`] where the page has no extent.
    pub fn png(&self, page: u32, width: u32) -> Result<Vec<u8>, Error> {
        let found = self.page(page).ok_or(Error::NoSuchPage { page, count: self.page_count() })?;
        let scale = scale(found.render_dimensions(), width as f32).ok_or(Error::Damaged)?;
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let cache = RenderCache::new();
        let drawn =
            hayro::render(found, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
        encoded(drawn.data_as_u8_slice(), u32::from(drawn.width()), u32::from(drawn.height())).ok_or(Error::Damaged)
    }
}

/// Pixels to the point that make a page as wide as wanted, or as wide as the limits allow.
fn scale((wide, high): (f32, f32), wanted: f32) -> Option<f32> {
    let most = (MOST_PIXELS / (wide * high)).sqrt().min(LONGEST / wide).min(LONGEST / high);
    let scale = (wanted / wide).min(most);
    (scale.is_finite() && wide * scale >= 1.0 && high * scale >= 1.0).then_some(scale)
}

/// Pixels on an opaque ground as PNG.
fn encoded(rgba: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    let grey =
        rgba.chunks_exact(4).all(|pixel| matches!(pixel, [red, green, blue, _] if red == green && green == blue));
    let kept = if grey { 1 } else { 3 };
    let pixels: Vec<u8> = rgba.chunks_exact(4).flat_map(|pixel| pixel.iter().take(kept).copied()).collect();
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(if grey { ColorType::Grayscale } else { ColorType::Rgb });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}
