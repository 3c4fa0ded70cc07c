//! A worker that was built without the feature `ocr`.

use corpus::document::Page;
use ingest::ocr::GlyphReader;

use super::protocol::{Failure, Request};
use crate::ocr::Engine;

/// Nothing is kept.
#[derive(Default)]
pub(super) struct Kept {}

impl Kept {
    /// Reads nothing.
    pub(super) fn read_page(&mut self, _request: &Request, _number: u32) -> Result<Page, Failure> {
        Err(Failure::unreadable(crate::ocr::Missing::NotBuilt.to_string()))
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
