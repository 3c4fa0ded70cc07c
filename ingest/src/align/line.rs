//! A sentence as the aligner sees it: its text and where it stands.

/// A sentence of one side of a bitext.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The sentence.
    pub text: &'a str,
    /// The level of the heading that it is, from 1; `None` for running text, and where it is not known.
    pub heading: Option<u8>,
    /// Whether it is the first of its block; `None` where blocks are not known.
    pub starts_block: Option<bool>,
}

impl<'a> Line<'a> {
    /// A sentence of which nothing but its text is known.
    pub fn plain(text: &'a str) -> Self {
        Self { text, heading: None, starts_block: None }
    }
}
