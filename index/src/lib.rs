//! Full-text search in Chinese and English, and watch matching.
//!
//! A query is read by [`query::parse`], answered by [`Index::search`], shown by [`highlight()`] and [`snippet`], and
//! matched against new documents by [`watch::Matcher`]. All of them see text through the same analysis. Only this
//! crate knows tantivy; it knows nothing of the store, of PDF or of HTTP. Start reading at [`Index::search`].

mod analysis;
mod document;
mod error;
mod highlight;
mod identifier;
mod index;
pub mod query;
mod schema;
mod search;
pub mod terms;
mod tokens;
pub mod watch;

pub use document::{DocumentFacts, Passage, PassageDocument, Topic};
pub use error::Error;
pub use highlight::{Snippet, highlight, snippet, stems};
pub use index::{Index, Writer};
pub use search::{Answer, FacetCount, Facets, Filters, Hit, HitPassage, Place, SearchRequest, Sort};
