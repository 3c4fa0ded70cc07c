//! Marking a text and checking a draft: what is sent is answered at once, and nothing of it is kept.

mod check;
mod mark;
mod upload;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;

use crate::web::{App, UPLOAD_LIMIT};

pub(in crate::web) use check::aligned_within;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/mark", get(mark::ask).post(mark::show))
        .route("/check", get(check::ask).post(check::show))
        .layer(DefaultBodyLimit::max(UPLOAD_LIMIT))
}

/// A piece of a text: plain, or a term.
struct Piece {
    text: String,
    term: Option<Linked>,
}

/// What a marked piece shows and leads to.
struct Linked {
    /// The class of its style: a status, or a severity.
    class: &'static str,
    href: String,
    title: String,
    /// Its place in the page, for a link to lead to; empty for most.
    anchor: String,
}

impl Piece {
    fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), term: None }
    }
}

/// The pieces of a text with some ranges marked; of ranges that overlap, the first is.
fn pieces(text: &str, ranges: Vec<(std::ops::Range<usize>, Linked)>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for (range, linked) in ranges {
        let (Some(before), Some(own)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
        if !before.is_empty() {
            pieces.push(Piece::plain(before));
        }
        pieces.push(Piece { text: own.to_owned(), term: Some(linked) });
        at = range.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    if !rest.is_empty() {
        pieces.push(Piece::plain(rest));
    }
    pieces
}
