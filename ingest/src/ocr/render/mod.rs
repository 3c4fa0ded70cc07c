//! A page as a picture.
//!
//! Drawing is done by `hayro`. What is coloured and lies under or over black text is left out on the way to grey
//! (see `colour`): in grey it could no longer be told from the text.

mod colour;
mod page_picture;
#[cfg(test)]
mod tests;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::object::dict::keys::{HEIGHT, SUBTYPE, USER_UNIT, WIDTH};
use hayro::hayro_syntax::object::{Name, Stream};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};

use super::{Error, Picture};

/// A picture has at most so many pixels: an A3 page at 400 dpi has 31 million.
const MAX_PIXELS: u64 = 36_000_000;
/// No side is longer, in pixels.
const MAX_SIDE: u64 = 20_000;
/// Of so many pages the sizes are told.
const MAX_PAGES: usize = 20_000;
/// The resolution for pages that are not images.
const DPI: f32 = 300.0;
/// The least and the greatest resolution of an image that is kept as it is.
const IMAGE_DPI: std::ops::RangeInclusive<f32> = 250.0..=400.0;

/// A PDF whose pages can be drawn.
pub struct Renderer {
    pdf: Pdf,
}

impl Renderer {
    /// Opens a PDF; `password` is tried after the empty one.
    ///
    /// # Errors
    /// [`Error::PasswordNeeded`], [`Error::UnknownEncryption`] or [`Error::Damaged`].
    pub fn open(bytes: Vec<u8>, password: Option<&str>) -> Result<Self, Error> {
        let bytes = std::sync::Arc::new(bytes);
        let opened = match (Pdf::new(bytes.clone()), password) {
            (Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)), Some(password)) => {
                Pdf::new_with_password(bytes, password)
            }
            (opened, _) => opened,
        };
        match opened {
            Ok(pdf) => Ok(Self { pdf }),
            Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => Err(Error::PasswordNeeded),
            Err(LoadPdfError::Decryption(_)) => Err(Error::UnknownEncryption),
            Err(LoadPdfError::Invalid) => Err(Error::Damaged),
        }
    }

    /// How many pages can be drawn.
    pub fn page_count(&self) -> usize {
        self.pdf.pages().len()
    }

    /// The page's width and height as displayed, in points; pages are counted from 1.
    pub fn size(&self, page: u32) -> Option<(f32, f32)> {
        self.page(page).map(displayed)
    }

    /// The sizes of all pages, as [`Self::size`] has them; of a file with very many pages those of the first 20,000.
    pub fn sizes(&self) -> Vec<(f32, f32)> {
        self.pdf.pages().iter().take(MAX_PAGES).map(displayed).collect()
    }

    /// The resolution at which the page is best read, in pixels to the inch: that of the scan where it is one of
    /// sufficient resolution, since drawing it in another blurs it.
    pub fn best_dpi(&self, page: u32) -> f32 {
        let Some(page) = self.page(page) else { return DPI };
        image_dpi(page).filter(|dpi| IMAGE_DPI.contains(dpi)).unwrap_or(DPI)
    }

    /// Draws a page, counted from 1, in grey on white.
    ///
    /// # Errors
    /// [`Error::NoSuchPage`], or [`Error::TooLarge`] for more than 36 million pixels.
    pub fn picture(&self, page: u32, dpi: f32) -> Result<Picture, Error> {
        let count = self.page_count();
        let found = self.page(page).ok_or(Error::NoSuchPage { page, count })?;
        let scale = within_budget(page, found.render_dimensions(), dpi)?;
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        // The cache belongs to one page: it is never emptied, and pages of scans have nothing in common.
        let cache = RenderCache::new();
        let drawn =
            hayro::render(found, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
        let (width, height) = (u32::from(drawn.width()), u32::from(drawn.height()));
        let pixels = colour::grey(drawn.data_as_u8_slice(), width as usize, dpi);
        Ok(Picture { width, height, dpi, pixels })
    }

    fn page(&self, number: u32) -> Option<&Page<'_>> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        self.pdf.pages().get(index)
    }
}

/// A page's size in points: its units may be larger (UserUnit of ISO 32000-1, 7.7.3.3).
fn displayed(page: &Page<'_>) -> (f32, f32) {
    let unit = page.raw().get::<f32>(USER_UNIT).filter(|unit| (0.01..=100.0).contains(unit)).unwrap_or(1.0);
    let (width, height) = page.render_dimensions();
    (width * unit, height * unit)
}

/// Pixels to the point, if the picture stays within what is allowed.
fn within_budget(page: u32, (width, height): (f32, f32), dpi: f32) -> Result<f32, Error> {
    let scale = dpi / 72.0;
    // Casts from float saturate, and what is not a number becomes 0.
    let (wide, high) = ((width * scale) as u64, (height * scale) as u64);
    let fits = wide > 0 && high > 0 && wide <= MAX_SIDE && high <= MAX_SIDE && wide * high <= MAX_PIXELS;
    if fits { Ok(scale) } else { Err(Error::TooLarge { page, dpi: dpi as u32, width: wide, height: high }) }
}

/// The resolution of the widest image of a page, if it is as wide as the page.
///
/// Scans are often cut into strips: so the height is not asked for.
fn image_dpi(page: &Page<'_>) -> Option<f32> {
    let (width, height) = page.base_dimensions();
    let images = page.resources().x_objects.entries().filter_map(|(name, _)| {
        let image = page.resources().x_objects.get::<Stream<'_>>(name)?;
        let dict = image.dict();
        (dict.get::<Name<'_>>(SUBTYPE)?.as_str() == "Image").then_some(())?;
        Some((dict.get::<u32>(WIDTH)? as f32, dict.get::<u32>(HEIGHT)? as f32))
    });
    let (wide, high) = images.take(MAX_IMAGES).max_by(|a, b| a.0.total_cmp(&b.0))?;
    let dpi = wide * 72.0 / width;
    // An image whose own height tells of another resolution is either a strip or does not fill the page.
    let strip = high < wide / 4.0;
    (strip || (high * 72.0 / height / dpi - 1.0).abs() < 0.05).then_some(dpi)
}

/// So many images of a page are looked at.
const MAX_IMAGES: usize = 1_000;
