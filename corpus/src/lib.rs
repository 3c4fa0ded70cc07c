//! The domain of Policyglot and its store.
//!
//! Types that every other crate speaks in ([`document`], [`facts`], [`bitext`], [`term`], [`edit`], [`watch`]), the text
//! functions that must be the same everywhere ([`text`]), and the one place that knows SQL ([`store`]).
//! This crate knows nothing of PDF, tantivy or HTTP. Start reading at [`store::Store`].

pub mod access;
pub mod bitext;
pub mod correction;
pub mod document;
pub mod edit;
pub mod ends;
pub mod facts;
pub mod instrument;
pub mod place;
pub mod store;
pub mod term;
pub mod text;
pub mod topic;
pub mod watch;
