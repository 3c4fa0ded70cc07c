//! What became of an attempt to deliver.

use std::time::Duration;

/// Why an attempt failed, and what that means for the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// What the receiver answered, or why it was not reached. It holds no secret: no address beyond the host, no key.
    pub(super) why: String,
    /// Whether and when it makes sense to try again.
    pub(super) again: Again,
}

/// Whether and when it makes sense to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// As the schedule says.
    Later,
    /// Not before the pause that the receiver asked for.
    After(Duration),
    /// The receiver did not answer: whatever else is for it need not be tried just now.
    Silent,
    /// The receiver will never take it.
    Never,
}

impl Failure {
    pub(super) fn new(again: Again, why: impl Into<String>) -> Self {
        Self { why: why.into(), again }
    }
}

/// The longest answer that is kept, in characters.
const LONGEST_ANSWER: usize = 200;

/// The beginning of what a receiver answered, on one line.
pub(super) fn shortened(answer: &str) -> String {
    let words: Vec<&str> =
        answer.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    match line.char_indices().nth(LONGEST_ANSWER) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
