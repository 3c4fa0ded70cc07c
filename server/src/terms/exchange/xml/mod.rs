//! XML for files of terms: read a part at a time as small trees, written straight through.
//!
//! Files come from anywhere: no entity of a file's own is ever expanded, nesting and the size of a part are bounded, and
//! what is not well-formed is told with line and column.

mod parts;
mod pen;
mod text;
mod tree;

pub(crate) use parts::{Parts, Step, decoded};
pub(crate) use pen::Pen;
pub(crate) use tree::Element;

#[cfg(test)]
mod tests;
