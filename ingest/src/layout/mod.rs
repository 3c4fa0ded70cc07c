//! Positioned text to lines, and lines to blocks.
