//! A worker that was built without the feature `ocr`.

use corpus::document::Page;
use ingest::ocr::GlyphReader;

use super::protocol::{Failure, PictureOf, Request};
use crate::ocr::Engine;

/// Nothing is kept.
#[derive(Default)]
pub(super) struct Kept {}

impl Kept {
    /// Reads nothing.
    pub(super) fn read_page(&mut self, _request: &Request, _number: u32) -> Result<Page, Failure> {
        Err(Failure::unreadable(crate::ocr::Missing::NotBuilt.to_string()))
    }

    /// Knows no sizes.
    pub(super) fn sizes(&mut self, _request: &Request) -> Result<Vec<(f32, f32)>, Failure> {
        Err(cannot_draw())
    }

    /// Draws nothing.
    pub(super) fn picture(&mut self, _request: &Request, _wanted: &PictureOf) -> Result<(), Failure> {
        Err(cannot_draw())
    }

    /// Does work without anything that tells glyphs.
    pub(super) fn with_glyphs<T>(
        &mut self,
        _engine: Option<&Engine>,
        work: impl FnOnce(Option<&dyn GlyphReader>) -> T,
    ) -> T {
        work(None)
    }
}

fn cannot_draw() -> Failure {
    Failure::unreadable("this policyglot was built without drawing; build it with the feature `ocr`")
}
