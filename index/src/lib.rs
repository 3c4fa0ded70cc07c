//! Full-text search in Chinese and English, and watch matching.
//!
//! A query is read by [`query::parse`], answered by [`Index::search`], shown by [`highlight()`] and [`snippet`], and
//! matched against new documents by [`watch::Matcher`]. All of them see text through the same analysis. Only this
//! crate knows tantivy; it knows nothing of the store, of PDF or of HTTP. Start reading at [`Index::search`].

mod analysis;
mod document;
mod error;
mod function_words;
mod highlight;
mod identifier;
mod index;
mod passages;
#[cfg(any(test, feature = "promises"))]
pub mod promises;
pub mod query;
mod quoted;
mod schema;
mod search;
mod suggest;
pub mod terms;
mod tokens;
pub mod watch;

pub use document::{DocumentFacts, Passage, PassageDocument, Topic};
pub use error::Error;
pub use highlight::{Snippet, highlight, snippet, stems};
pub use index::{Index, Size, Writer};
pub use quoted::{Quoted, quoted};
pub use search::{
    Answer, FacetCount, Facets, Filters, Hit, HitPassage, Place, SearchRequest, SimilarAnswer, SimilarPassage,
    SimilarRequest, Sort,
};
pub use suggest::{Guess, Slip};
