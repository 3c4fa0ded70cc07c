//! Positioned text to lines, and lines to blocks.

mod blocks;
mod classify;
mod draft;
mod furniture;
mod geometry;
pub(crate) mod glyphs;
pub(crate) mod letters;
pub(crate) mod lines;
#[cfg(test)]
mod lines_tests;
pub(crate) mod numbering;
mod order;
mod plain;
mod spacing;
mod tables;
mod titles;

pub use blocks::blocks;
pub use plain::blocks_of_text;
