//! How a query was read, as it is shown above the results. It is part of the page of a search.

use crate::search::Reading;
use crate::web::shell::Shell;
use crate::web::words::{ReadingWords, note};

/// How a query was read.
pub(super) struct ReadingView {
    pub(super) words: &'static ReadingWords,
    /// In words, where the query is more than plain words.
    pub(super) text: Option<String>,
    /// Remarks on unclear places.
    pub(super) notes: Vec<String>,
}

/// How a query was read, in the language of the interface.
pub(super) fn view(shell: &Shell, reading: &Reading) -> ReadingView {
    let ui = shell.ui();
    ReadingView {
        words: ReadingWords::of(ui),
        text: reading.told(shell.w.reads()),
        notes: reading.notes.iter().map(|remark| note(ui, remark)).collect(),
    }
}
