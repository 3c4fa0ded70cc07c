//! Positioned text to lines, and lines to blocks.

mod blocks;
pub(crate) mod classify;
mod contents;
mod crossheads;
pub(crate) mod draft;
#[cfg(test)]
mod ends_tests;
mod furniture;
mod geometry;
pub(crate) mod glyphs;
mod grids;
pub(crate) mod letters;
mod levels;
pub(crate) mod lines;
#[cfg(test)]
mod lines_tests;
mod markdown;
mod notes;
pub(crate) mod numbering;
mod order;
mod plain;
mod reading;
mod ruled;
mod spacing;
mod step;
mod tables;
mod titles;

pub use blocks::blocks;
pub use markdown::markdown;
pub(crate) use notes::split_mark;
pub use plain::blocks_of_text;
pub(crate) use plain::{blocks_of_drafts, drafts_of_lines, without_emphasis};
pub use reading::{Anchor, Note, Reading, reading, reading_of_blocks};
